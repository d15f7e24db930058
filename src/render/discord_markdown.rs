//! Writes source text so that Discord shows its very characters. Knows no answer.

/// Escapes `text` so that Discord's Markdown shows it unchanged.
///
/// Only backslashes are added, each before an ASCII punctuation character, where Discord shows none of them: no
/// character is dropped, replaced or joined by an invisible one.
///
/// ```
/// use verbatim::render::discord_markdown::escape;
/// assert_eq!(escape("a *b* <@1> # no"), r"a \*b\* \<\@1\> # no");
/// assert_eq!(escape("1. one\n# two"), "1\\. one\n\\# two");
/// ```
#[must_use]
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 16);
    let mut line = LineStart::Blank;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if is_special(c, chars.peek().copied(), line) {
            out.push('\\');
        }
        out.push(c);
        line = line.after(c);
    }
    out
}

/// Escapes `text` as a block quote: every line stands behind a mark of its own.
#[must_use]
pub fn block_quote(text: &str) -> String {
    text.split('\n').map(|line| format!("> {}", escape(line))).collect::<Vec<_>>().join("\n")
}

/// What has been seen of the line so far: some marks count only at its start.
#[derive(Clone, Copy, PartialEq, Eq)]
enum LineStart {
    /// Nothing but blanks.
    Blank,
    /// A number, as before the dot of a list.
    Number,
    /// Anything else.
    Past,
}

impl LineStart {
    fn after(self, c: char) -> Self {
        match (self, c) {
            (_, '\n' | '\r' | '\u{2028}' | '\u{2029}' | '\u{0085}' | '\u{000b}' | '\u{000c}') => Self::Blank,
            (Self::Blank, c) if c.is_whitespace() => Self::Blank,
            (Self::Blank | Self::Number, c) if c.is_ascii_digit() => Self::Number,
            _ => Self::Past,
        }
    }
}

fn is_special(c: char, next: Option<char>, line: LineStart) -> bool {
    match c {
        '\\' | '*' | '_' | '~' | '`' | '|' | '[' | ']' | '<' | '>' | '@' => true,
        '#' | '-' | '+' => line == LineStart::Blank,
        '.' | ')' => line == LineStart::Number,
        // An emoji's short name, or a link: a colon that something follows.
        ':' => next.is_some_and(|next| !next.is_whitespace()),
        _ => false,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn each_mark_is_escaped_where_it_counts() {
        let cases = [
            ("**bold** __under__ ~~strike~~", r"\*\*bold\*\* \_\_under\_\_ \~\~strike\~\~"),
            ("||spoiler|| `code` \\o/", r"\|\|spoiler\|\| \`code\` \\o/"),
            ("[text](https://example.org)", r"\[text\](https\://example.org)"),
            ("@everyone @here <#1> <:n:1>", r"\@everyone \@here \<#1\> \<\:n\:1\>"),
            ("- a\n  * b\n-# small", "\\- a\n  \\* b\n\\-# small"),
            ("well-known - yes # no 1. x", "well-known - yes # no 1. x"),
            ("> quote\n>>> all", "\\> quote\n\\>\\>\\> all"),
            ("Nov 3, 10:40 AM: so", r"Nov 3, 10\:40 AM: so"),
        ];
        for (text, wanted) in cases {
            assert_eq!(escape(text), wanted);
        }
    }

    #[test]
    fn each_line_of_a_quote_has_its_mark() {
        assert_eq!(block_quote("a\n# b"), "> a\n> \\# b");
    }

    proptest! {
        #[test]
        fn nothing_but_backslashes_before_punctuation_is_added(text in "\\PC*") {
            let escaped = escape(&text);
            let mut shown = String::new();
            let mut chars = escaped.chars();
            while let Some(c) = chars.next() {
                if c == '\\' {
                    let next = chars.next().unwrap();
                    prop_assert!(next.is_ascii_punctuation());
                    shown.push(next);
                } else {
                    shown.push(c);
                }
            }
            prop_assert_eq!(shown, text);
        }
    }
}
