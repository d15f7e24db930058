//! Completes commands, source ids, example questions and names. Knows no answer.

use rustyline::completion::{Completer, Pair};
use rustyline::highlight::Highlighter;
use rustyline::hint::Hinter;
use rustyline::validate::Validator;
use rustyline::{Context, Helper};

use super::session::COMMANDS;

/// What can be completed.
pub struct Completion {
    names: Vec<String>,
    examples: Vec<String>,
    sources: Vec<String>,
}

impl Completion {
    pub fn new(mut names: Vec<String>, examples: Vec<String>, sources: Vec<String>) -> Self {
        names.sort();
        names.dedup();
        Self { names, examples, sources }
    }

    /// Where what is completed begins, and what may stand there.
    fn candidates(&self, line: &str) -> (usize, Vec<String>) {
        if let Some(start) = line.strip_prefix(":source ") {
            let ids = self.sources.iter().map(String::as_str).chain(["all"]);
            return (line.len() - start.len(), ids.filter(|id| id.starts_with(start)).map(str::to_owned).collect());
        }
        if line.starts_with(':') {
            return (0, COMMANDS.iter().filter(|name| name.starts_with(line)).map(|name| (*name).to_owned()).collect());
        }
        let examples = self.examples.iter().filter(|example| begins(example, line)).cloned().collect::<Vec<_>>();
        if !examples.is_empty() {
            return (0, examples);
        }
        let start = line
            .rfind(|c: char| c.is_whitespace() || matches!(c, '\'' | '’'))
            .map_or(0, |at| at + line.get(at..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8));
        let word = line.get(start..).unwrap_or_default();
        if word.is_empty() {
            return (start, Vec::new());
        }
        let fits = |name: &&String| name.split_whitespace().any(|part| begins(part, word)) || begins(name, word);
        (start, self.names.iter().filter(fits).cloned().collect())
    }
}

/// Whether `text` begins with `start`, capitals or not.
fn begins(text: &str, start: &str) -> bool {
    let mut letters = text.chars().flat_map(char::to_lowercase);
    start.chars().flat_map(char::to_lowercase).all(|letter| letters.next() == Some(letter))
}

impl Completer for Completion {
    type Candidate = Pair;

    fn complete(&self, line: &str, at: usize, _: &Context<'_>) -> rustyline::Result<(usize, Vec<Pair>)> {
        let (start, candidates) = self.candidates(line.get(..at).unwrap_or(line));
        Ok((start, candidates.into_iter().map(|text| Pair { display: text.clone(), replacement: text }).collect()))
    }
}

impl Hinter for Completion {
    type Hint = String;
}

impl Highlighter for Completion {}

impl Validator for Completion {}

impl Helper for Completion {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_commands_sources_and_examples_are_completed() {
        let completion = Completion::new(
            vec!["Anton Varga".into(), "Jane Okafor".into()],
            vec!["who is under house arrest?".into()],
            vec!["ferry-fire".into()],
        );
        assert_eq!(completion.candidates("what did var"), (9, vec!["Anton Varga".to_owned()]));
        assert_eq!(completion.candidates(":ex"), (0, vec![":explain".to_owned(), ":examples".to_owned()]));
        assert_eq!(completion.candidates(":source f"), (8, vec!["ferry-fire".to_owned()]));
        assert_eq!(completion.candidates("who is u"), (0, vec!["who is under house arrest?".to_owned()]));
        assert_eq!(completion.candidates("che ha detto l’"), (17, Vec::new()));
    }
}
