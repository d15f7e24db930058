//! Takes out of a question what a chat puts around words: mentions, Markdown, code, links, invisible characters. Knows no language.

/// Longest question in characters; what follows is not read.
pub const LONGEST: usize = 4_000;

/// The question's words as a person reads them, on one line.
#[must_use]
pub fn clean(text: &str) -> String {
    let text = text.chars().filter(|&ch| !is_invisible(ch)).take(LONGEST).collect::<String>();
    let text = without_mentions(&text);
    let text = without_links(&text);
    let mut out = String::with_capacity(text.len());
    for line in text.lines() {
        let line = line.trim_start_matches(|ch: char| ch.is_whitespace() || matches!(ch, '>' | '#'));
        let line = line.strip_prefix("- ").unwrap_or(line);
        unmarked(line, &mut out);
        out.push('\n');
    }
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Appends `line` without the signs of emphasis, code and spoilers.
fn unmarked(line: &str, out: &mut String) {
    let mut before = ' ';
    let mut chars = line.chars().peekable();
    while let Some(ch) = chars.next() {
        let after = chars.peek().copied().unwrap_or(' ');
        let sign = match ch {
            '`' | '|' | '\\' => true,
            '~' => after == '~' || before == '~',
            '*' => !(before == ' ' && after == ' '),
            // Inside a word an underscore belongs to it.
            '_' => !(before.is_alphanumeric() && after.is_alphanumeric()),
            _ => false,
        };
        if !sign {
            out.push(ch);
        }
        before = ch;
    }
}

/// Drops `<@1>`, `<#1>`, `<:name:1>`, `</name:1>` and `@everyone`.
fn without_mentions(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['<', '@']) {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let len = mention_len(from, before.chars().next_back());
        if len > 0 {
            out.push(' ');
        } else {
            out.extend(from.chars().next());
        }
        let skip = len.max(from.chars().next().map_or(1, char::len_utf8));
        rest = from.get(skip..).unwrap_or_default();
    }
    out.push_str(rest);
    out
}

/// Bytes of the mention that `from` begins with, 0 where it is none.
fn mention_len(from: &str, before: Option<char>) -> usize {
    if let Some(name) = from.strip_prefix('@') {
        let len = name.find(|ch: char| !ch.is_alphanumeric() && ch != '_').unwrap_or(name.len());
        let begins = before.is_none_or(|ch| !ch.is_alphanumeric());
        return if begins && len > 0 { 1 + len } else { 0 };
    }
    let window = from.char_indices().take(80).find(|&(_, ch)| ch == '>');
    match window {
        Some((end, _)) if from.starts_with("<@") || from.starts_with("<#") || from.starts_with("</") => end + 1,
        Some((end, _)) if from.starts_with("<:") || from.starts_with("<a:") || from.starts_with("<t:") => end + 1,
        _ => 0,
    }
}

/// Keeps the words of `[words](link)` and drops bare links.
fn without_links(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("](") {
        let (before, from) = rest.split_at(at);
        let Some(end) = from.char_indices().take(600).find(|&(_, ch)| ch == ')').map(|(end, _)| end) else { break };
        match before.rfind('[') {
            Some(open) => {
                out.push_str(before.get(..open).unwrap_or_default());
                out.push_str(before.get(open + 1..).unwrap_or_default());
            }
            None => out.push_str(before),
        }
        rest = from.get(end + 1..).unwrap_or_default();
    }
    out.push_str(rest);
    let is_link = |word: &&str| word.contains("://") || word.starts_with("www.");
    out.split_inclusive(char::is_whitespace).filter(|word| !is_link(word)).collect()
}

fn is_invisible(ch: char) -> bool {
    matches!(ch, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{ad}')
        || (ch.is_control() && !ch.is_whitespace())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stay_and_their_dress_goes() {
        assert_eq!(clean("<@123> **what did _Brandt_ say?**"), "what did Brandt say?");
        assert_eq!(clean("> `what did Bra\u{200b}ndt say?`"), "what did Brandt say?");
        assert_eq!(clean("[what did Brandt say?](https://a.example/x)"), "what did Brandt say?");
        assert_eq!(clean("@everyone see https://a.example who is it\n\n?"), "see who is it ?");
        assert_eq!(clean("is 3 < 4 and snake_case a@b.example"), "is 3 < 4 and snake_case a@b.example");
    }

    #[test]
    fn long_and_broken_input_is_cut_and_not_slow() {
        assert!(clean(&"[".repeat(100_000)).chars().count() <= LONGEST);
        assert!(clean(&"](".repeat(100_000)).chars().count() <= LONGEST);
        assert!(clean(&"<@".repeat(100_000)).chars().count() <= LONGEST);
    }
}
