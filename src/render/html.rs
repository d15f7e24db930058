//! A page as one HTML file that needs nothing beside it: no script, no font, no picture. Every character of a source is escaped.
//! Knows no answer.

use std::fmt::Write;

use super::frame::{Passage, SourceLines};
use super::page::{Item, Page, Part};
use super::visible::visible;

/// Colours have a contrast of at least 4.5 : 1 in both schemes; paper gets black on white.
const STYLE: &str = "\
:root{color-scheme:light dark;--ink:#1a1a1a;--soft:#595959;--paper:#fff;--line:#c8c8c8;--mark:#7a1f1f}\
@media(prefers-color-scheme:dark){:root{--ink:#ececec;--soft:#b0b0b0;--paper:#161616;--line:#4a4a4a;--mark:#ffb4a8}}\
body{margin:0 auto;padding:2rem 1.25rem;max-width:42rem;background:var(--paper);color:var(--ink);\
font:1.0625rem/1.55 system-ui,sans-serif;overflow-wrap:break-word}\
h1{font-size:1.6rem;line-height:1.25;margin:0 0 .5rem}h2{font-size:1.15rem;margin:2rem 0 .5rem}\
ul,ol{padding:0;list-style:none}li{margin:0 0 .25rem}ol>li{margin:0 0 1.25rem}\
blockquote{margin:.5rem 0;padding:0 0 0 1rem;border-left:3px solid var(--line)}blockquote p{margin:0}\
.where,.remark,footer{color:var(--soft);font-size:.9375rem;margin:.25rem 0}.mark{font-weight:600}\
a{color:inherit}code{overflow-wrap:anywhere;font-size:.8125rem}footer{border-top:1px solid var(--line);margin-top:2.5rem;padding-top:.5rem}\
@media print{:root{--ink:#000;--soft:#333;--paper:#fff;--line:#999}body{max-width:none;padding:0;font-size:11pt}\
li,blockquote{break-inside:avoid}h2{break-after:avoid}}";

/// The page as a whole document.
#[must_use]
pub fn document(page: &Page) -> String {
    let mut html = Html { out: String::with_capacity(8 * 1024), page, passages: 0 };
    html.all();
    html.out
}

/// Escapes `text` for HTML and SVG, in content and in attributes.
///
/// ```
/// use verbatim::render::html::escape;
/// assert_eq!(escape("<a href=\"x\">Q & A's</a>"), "&lt;a href=&quot;x&quot;&gt;Q &amp; A&#39;s&lt;/a&gt;");
/// ```
#[must_use]
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 16);
    for c in visible(text).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            // Not characters that XML or HTML may hold.
            '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

struct Html<'p> {
    out: String,
    page: &'p Page,
    passages: usize,
}

impl Html<'_> {
    fn put(&mut self, text: &str) {
        self.out.push_str(text);
        self.out.push('\n');
    }

    fn all(&mut self) {
        let page = self.page;
        self.put("<!doctype html>");
        self.put(&format!("<html lang=\"{}\">", escape(&page.language)));
        self.put("<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
        self.put("<meta name=\"referrer\" content=\"no-referrer\">");
        self.put(&format!("<title>{}</title>", escape(&page.title)));
        self.put(&format!("<style>{STYLE}</style>\n</head>\n<body>\n<main>"));
        self.put(&format!("<h1>{}</h1>", escape(&page.title)));
        page.remarks.iter().for_each(|remark| self.put(&format!("<p class=\"remark\">{}</p>", escape(remark))));
        for (number, part) in page.parts.iter().enumerate() {
            self.part(number + 1, part);
        }
        page.notes.iter().for_each(|note| self.put(&format!("<p class=\"remark\">{}</p>", escape(note))));
        self.put("</main>\n<footer>");
        self.put(&format!("<h2>{}</h2>", escape(&page.sources_label)));
        page.sources.iter().enumerate().for_each(|(number, source)| self.source(number + 1, source));
        let id = page.receipt.split('.').next().unwrap_or_default();
        let (label, whole) = (escape(&page.receipt_label), escape(&page.receipt));
        self.put(&format!("<p id=\"receipt-{}\">{label}<br><code>{whole}</code></p>", escape(id)));
        self.put("</footer>\n</body>\n</html>");
    }

    fn part(&mut self, number: usize, part: &Part) {
        match &part.title {
            Some(title) => {
                self.put(&format!("<section aria-labelledby=\"part-{number}\">"));
                self.put(&format!("<h2 id=\"part-{number}\">{}</h2>", escape(title)));
            }
            None => self.put("<div>"),
        }
        let mut open: Option<&str> = None;
        for item in &part.items {
            let list = match item {
                Item::Line(_) => Some("ul"),
                Item::Passage(_) => Some("ol"),
                Item::Mark(_) => None,
            };
            if open != list {
                self.close(open);
                list.iter().for_each(|list| self.put(&format!("<{list}>")));
                open = list;
            }
            match item {
                Item::Line(line) => self.put(&format!("<li>{}</li>", escape(line))),
                Item::Mark(mark) => self.put(&format!("<p class=\"mark\">{}</p>", escape(mark))),
                Item::Passage(passage) => self.passage(passage),
            }
        }
        self.close(open);
        self.put(if part.title.is_some() { "</section>" } else { "</div>" });
    }

    fn close(&mut self, list: Option<&str>) {
        list.iter().for_each(|list| self.put(&format!("</{list}>")));
    }

    fn passage(&mut self, passage: &Passage) {
        self.passages += 1;
        self.put(&format!("<li id=\"p{}\">", self.passages));
        let cite = self.page.sources.iter().enumerate().find(|(_, source)| source.edition == passage.span.edition);
        let cite = cite.map(|(number, source)| match source.url.as_deref().filter(|url| is_link(url)) {
            Some(url) => format!(" cite=\"{}\"", escape(url)),
            None => format!(" cite=\"#source-{}\"", number + 1),
        });
        let cite = cite.unwrap_or_default();
        for quote in &passage.quotes {
            let (lang, text) = (escape(&quote.language), escape(&quote.text).replace('\n', "<br>"));
            self.put(&format!("<blockquote{cite} lang=\"{lang}\"><p dir=\"auto\">{text}</p></blockquote>"));
            quote.remark.iter().for_each(|remark| self.put(&format!("<p class=\"where\">{}</p>", escape(remark))));
        }
        let number = passage.number.map(|number| format!("{number} · ")).unwrap_or_default();
        let labels = format!("{number}{}", passage.labels.join(" · "));
        if !labels.is_empty() {
            self.put(&format!("<p class=\"where\">{}</p>", escape(labels.trim_end_matches(" · "))));
        }
        self.put("</li>");
    }

    fn source(&mut self, number: usize, source: &SourceLines) {
        let title = escape(&source.title);
        let title = match source.url.as_deref().filter(|url| is_link(url)) {
            Some(url) => format!("<a href=\"{}\" rel=\"noreferrer\">{title}</a>", escape(url)),
            None => title,
        };
        let mut dates = escape(&source.dates);
        for (printed, moment) in &source.moments {
            let printed = escape(printed);
            let mut time = String::new();
            let _ = write!(time, "<time datetime=\"{}\">{printed}</time>", escape(moment));
            if let Some(at) = dates.find(&printed).filter(|&at| !in_tag(&dates, at)) {
                dates.replace_range(at..at + printed.len(), &time);
            }
        }
        let dates = if dates.is_empty() { String::new() } else { format!("<br>{dates}") };
        self.put(&format!("<p id=\"source-{number}\">{title}{dates}</p>"));
    }
}

/// Whether a place stands inside a `time` element that was written before.
fn in_tag(html: &str, at: usize) -> bool {
    let before = html.get(..at).unwrap_or_default();
    before.matches("<time").count() > before.matches("</time").count()
}

/// Whether an address may be linked to.
fn is_link(url: &str) -> bool {
    let web = url.starts_with("https://") || url.starts_with("http://");
    web && !url.chars().any(|c| c.is_whitespace() || c.is_control())
}
