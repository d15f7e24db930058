//! Answers as Markdown for documents (CommonMark): passages as block quotes, every character of the source escaped where
//! it would be read as a mark. Knows no colour and no width.

use super::frame::{Frame, Group, Passage, SourceLines};
use super::visible::visible;

/// The answer as a Markdown document that ends with a line break.
#[must_use]
pub fn answer(frame: &Frame) -> String {
    let mut blocks = Vec::new();
    if let Some(read_as) = &frame.read_as {
        blocks.push(format!("*{}*", escape(read_as)));
    }
    if let Some(as_of) = &frame.as_of {
        let warning = as_of.warning.as_ref().map(|warning| format!(" · **{}**", escape(warning))).unwrap_or_default();
        blocks.push(format!("{}{warning}", escape(&as_of.text)));
    }
    if let Some(heading) = &frame.heading {
        blocks.push(format!("**{}**", escape(heading)));
    }
    if let Some((sentence, code)) = &frame.refusal {
        blocks.push(format!("**{}** `{code}`", escape(sentence)));
    }
    if !frame.choices.is_empty() {
        blocks.push(list(frame.choices.iter().map(|(_, label)| label)));
    }
    for group in &frame.groups {
        push_group(group, &mut blocks);
    }
    blocks.extend(frame.notes.iter().map(|note| escape(note)));
    if !frame.examples.is_empty() {
        blocks.push(escape(&frame.examples_label));
        blocks.push(list(&frame.examples));
    }
    blocks.extend(frame.sources.iter().map(source_block));
    blocks.push(format!("`{}`", frame.receipt));
    format!("{}\n", blocks.join("\n\n"))
}

/// Title, linked where the source has an address, and dates.
#[must_use]
pub fn source_block(source: &SourceLines) -> String {
    let title = match &source.url {
        Some(url) if is_link(url) => format!("[{}](<{url}>)", escape(&source.title)),
        _ => escape(&source.title),
    };
    let dates = if source.dates.is_empty() { String::new() } else { format!("\\\n{}", escape(&source.dates)) };
    format!("{title}{dates}")
}

fn push_group(group: &Group, blocks: &mut Vec<String>) {
    if let Some(label) = &group.label {
        blocks.push(format!("**{}**", escape(label)));
    }
    for passage in &group.passages {
        blocks.extend(passage_blocks(passage));
    }
}

/// A passage: block quotes, remarks, and the line that tells its place.
#[must_use]
pub fn passage_blocks(passage: &Passage) -> Vec<String> {
    let mut blocks = Vec::new();
    for quote in &passage.quotes {
        blocks.push(block_quote(&quote.text));
        if let Some(remark) = &quote.remark {
            blocks.push(escape(remark));
        }
    }
    let number = passage.number.map(|number| format!("({number}) ")).unwrap_or_default();
    if !number.is_empty() || !passage.labels.is_empty() {
        blocks.push(format!("{number}{}", escape(&passage.labels.join(" · "))).trim_end().to_owned());
    }
    blocks
}

fn list<'t>(items: impl IntoIterator<Item = &'t String>) -> String {
    items.into_iter().map(|item| format!("- {}", escape(item))).collect::<Vec<_>>().join("\n")
}

fn is_link(url: &str) -> bool {
    let web = url.starts_with("https://") || url.starts_with("http://");
    web && !url.chars().any(|c| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '\\'))
}

/// `text` as a block quote.
fn block_quote(text: &str) -> String {
    text.lines().map(|line| format!("> {}", escape(line)).trim_end().to_owned()).collect::<Vec<_>>().join("\n")
}

/// Escapes `text` so that CommonMark shows its very characters.
///
/// ```
/// use verbatim::render::markdown::escape;
/// assert_eq!(escape("a *b* [c](d) & <e> #f"), r"a \*b\* \[c\](d) \& \<e> #f");
/// assert_eq!(escape("1. one"), r"1\. one");
/// ```
#[must_use]
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 16);
    let mut at_start = true;
    let mut in_number = false;
    for c in visible(text).chars() {
        let marks = match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '|' | '~' | '&' => true,
            '+' | '-' | '=' | '#' | '>' => at_start,
            '.' | ')' => in_number,
            _ => false,
        };
        if marks {
            out.push('\\');
        }
        out.push(c);
        in_number = c.is_ascii_digit() && (at_start || in_number);
        at_start = c == '\n' || (at_start && c.is_whitespace());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_escaped_only_where_they_mark() {
        assert_eq!(escape("well-known, 15 + 2"), "well-known, 15 + 2");
        assert_eq!(escape("- item"), r"\- item");
        assert_eq!(escape("  2024. a"), r"  2024\. a");
        assert_eq!(escape("in 2024. Then"), "in 2024. Then");
        assert_eq!(escape("=== x\n+ y"), "\\=== x\n\\+ y");
    }

    #[test]
    fn each_line_of_a_quotation_stays_in_its_block() {
        assert_eq!(block_quote("a\n\n# b"), "> a\n>\n> \\# b");
    }
}
