//! One chat: what was asked before, which source is looked at, the commands. Knows neither keys nor screen.

use std::time::{Duration, Instant};

use super::super::args::Format;
use super::super::load::{self, Loaded};
use super::super::{ask, output};
use super::completion::Completion;
use crate::answer::{Answer, Choice, Outcome};
use crate::engine::AskOptions;
use crate::receipt::Receipt;
use crate::render::text::{Canvas, Style};
use crate::render::words::Words;

/// How long a question can be followed up.
const FOLLOW_UP: Duration = Duration::from_secs(120);

/// Commands; what they do stands in the wording under `chat`.
pub const COMMANDS: [&str; 5] = [":help", ":source", ":explain", ":examples", ":quit"];

/// What comes back for a line.
pub enum Turn {
    /// Text, ended by a line break.
    Reply(String),
    /// Nothing.
    Silence,
    /// The end.
    Quit,
}

/// A chat in progress.
pub struct Session<'l> {
    loaded: &'l Loaded,
    options: AskOptions,
    /// The last question as understood, and when it was asked.
    previous: Option<(String, Instant)>,
    /// The last question with its answer, and what gave it.
    last: Option<(String, Answer, Loaded)>,
}

impl<'l> Session<'l> {
    pub fn new(loaded: &'l Loaded, options: AskOptions) -> Self {
        Self { loaded, options, previous: None, last: None }
    }

    fn words(&self) -> Words<'_> {
        Words::of(&self.loaded.snapshot.rules, self.options.locale.as_deref().unwrap_or("en"))
    }

    /// What is said at the start.
    pub fn greeting(&self) -> String {
        let name = self.loaded.snapshot.knowledge.case.name.as_deref().unwrap_or("Verbatim");
        let sources = self.words().counted("chat.sources", self.visible().len());
        let mut canvas = Canvas::new(output::layout());
        canvas.paragraph(Style::Heading, &self.words().text("chat.greeting", &[("name", name), ("sources", &sources)]));
        canvas.paragraph(Style::Remark, &self.words().text("chat.hint", &[]));
        format!("{}\n", canvas.finish())
    }

    /// Names, examples and commands to complete.
    pub fn completion(&self) -> Completion {
        let snapshot = &self.loaded.snapshot;
        let view = snapshot.knowledge.view(&self.options.viewer());
        let analyses = view.editions.iter().filter_map(|id| snapshot.analyses.get(id.0 as usize));
        let names = analyses.flat_map(|analysis| &analysis.entities).map(|entity| entity.name.clone());
        Completion::new(names.collect(), self.examples(), self.visible())
    }

    /// Replies to one line.
    pub fn turn(&mut self, line: &str) -> anyhow::Result<Turn> {
        let line = line.trim();
        if line.is_empty() {
            return Ok(Turn::Silence);
        }
        if let Some(command) = line.strip_prefix(':') {
            return self.command(command);
        }
        let question = self.chosen(line).unwrap_or_else(|| line.to_owned());
        let previous = self.previous.take().filter(|(_, asked)| asked.elapsed() < FOLLOW_UP).map(|(question, _)| question);
        let options = AskOptions { previous, ..self.options.clone() };
        let loaded = self.loaded.for_question(&question, &options)?;
        let answer = loaded.snapshot.ask(&question, &options);
        let text = ask::written(&question, &answer, &loaded, &options, Format::Text)?;
        let understood = answer.question.read_as.clone().unwrap_or_else(|| question.clone());
        self.previous = Some((understood, Instant::now()));
        self.last = Some((question, answer, loaded));
        Ok(Turn::Reply(text))
    }

    fn command(&mut self, command: &str) -> anyhow::Result<Turn> {
        let (name, rest) = command.split_once(char::is_whitespace).unwrap_or((command, ""));
        Ok(match (name, rest.trim()) {
            ("quit" | "exit" | "q", _) => Turn::Quit,
            ("help" | "h" | "?", _) => Turn::Reply(self.help()),
            ("examples", _) => Turn::Reply(lines(&self.examples())),
            ("explain", _) => Turn::Reply(self.explain()),
            ("source", "") => Turn::Reply(self.sources()),
            ("source", "all") => {
                self.options.source = None;
                Turn::Reply(self.sources())
            }
            ("source", id) => Turn::Reply(self.choose_source(id)),
            (other, _) => Turn::Reply(self.unknown(other)),
        })
    }

    fn help(&self) -> String {
        let words = self.words();
        let mut canvas = Canvas::new(output::layout());
        canvas.paragraph(Style::Heading, &words.text("chat.such_as", &[]));
        self.examples().iter().for_each(|example| canvas.item("", example));
        canvas.gap();
        canvas.paragraph(Style::Plain, &words.text("chat.follow_up", &[]));
        canvas.gap();
        canvas.paragraph(Style::Heading, &words.text("chat.commands", &[]));
        for command in COMMANDS {
            let does = words.text(&format!("chat.{}", command.trim_start_matches(':')), &[]);
            canvas.item(&format!("{command:<11}"), &does);
        }
        canvas.finish()
    }

    fn explain(&self) -> String {
        let Some((_, answer, loaded)) = &self.last else { return self.say("chat.nothing_asked", &[]) };
        let settings = self.options.receipt();
        let receipt = Receipt::of(answer, &settings, &loaded.snapshot.knowledge, loaded.version);
        ask::explanation(answer, &receipt, Format::Text).trim_start().to_owned()
    }

    fn sources(&self) -> String {
        let knowledge = &self.loaded.snapshot.knowledge;
        let mut canvas = Canvas::new(output::layout());
        canvas.paragraph(Style::Heading, &self.words().text("chat.from", &[("folder", &knowledge.origin)]));
        if self.loaded.snapshot.archive.is_some() {
            // Too many to list; which one is looked at is told.
            canvas.item("  ", &self.words().counted("chat.sources", self.visible().len()));
            self.options.source.iter().for_each(|id| canvas.item("• ", id));
            return canvas.finish();
        }
        for id in self.visible() {
            let chosen = self.options.source.as_ref().is_none_or(|chosen| *chosen == id);
            let source = knowledge.sources.iter().find(|source| source.id == id);
            let newest = source.and_then(|source| source.editions.last()).and_then(|&edition| knowledge.edition(edition));
            let title = newest.map_or("", |edition| edition.metadata.title.as_str());
            canvas.item(if chosen { "• " } else { "  " }, &format!("{id} · {title}"));
        }
        canvas.finish()
    }

    fn choose_source(&mut self, id: &str) -> String {
        match load::known_source(id, &self.options, &self.loaded.snapshot) {
            Ok(()) => {
                self.options.source = Some(id.to_owned());
                self.previous = None;
                self.sources()
            }
            Err(_) => self.say("chat.no_source", &[("id", id)]),
        }
    }

    /// Where the last name was shared, a number means one of the people: the question again with the full name.
    fn chosen(&self, line: &str) -> Option<String> {
        let (question, answer, _) = self.last.as_ref()?;
        let Outcome::Ambiguous(choices) = &answer.outcome else { return None };
        let number: usize = line.trim_end_matches('.').parse().ok()?;
        let choice = choices.get(number.checked_sub(1)?)?;
        Some(with_full_name(question, choice))
    }

    fn say(&self, key: &str, places: &[(&str, &str)]) -> String {
        format!("{}\n", self.words().text(key, places))
    }

    fn unknown(&self, name: &str) -> String {
        let known = COMMANDS.iter().map(|command| command.trim_start_matches(':'));
        match crate::rules::fault::nearest(name, known) {
            Some(near) => self.say("chat.near_command", &[("name", name), ("near", near)]),
            None => self.say("chat.no_command", &[("name", name)]),
        }
    }

    fn visible(&self) -> Vec<String> {
        let knowledge = &self.loaded.snapshot.knowledge;
        let viewer = AskOptions { source: None, ..self.options.clone() }.viewer();
        if let Some(archive) = &self.loaded.snapshot.archive {
            return archive.read_by(&viewer).map(|source| source.id.clone()).collect();
        }
        let editions = knowledge.view(&viewer).editions;
        editions.iter().filter_map(|&id| knowledge.source_of(id)).map(|source| source.id.clone()).collect()
    }

    fn examples(&self) -> Vec<String> {
        let examples = &self.loaded.snapshot.knowledge.case.examples;
        let own = self.options.locale.as_ref().and_then(|locale| examples.get(locale));
        own.or_else(|| examples.values().next()).cloned().unwrap_or_default()
    }
}

/// The question with the last of the name's words that it holds replaced by the full name.
fn with_full_name(question: &str, choice: &Choice) -> String {
    let lower = question.to_lowercase();
    let found = choice.id.split_whitespace().rev().find_map(|word| {
        // Only where lower case changed no length do its offsets hold in the question.
        let at = lower.find(&word.to_lowercase()).filter(|_| lower.len() == question.len())?;
        Some((question.get(..at)?, question.get(at + word.len()..)?))
    });
    match found {
        Some((before, after)) => format!("{before}{}{after}", choice.id),
        None => format!("{question} {}", choice.id),
    }
}

fn lines(items: &[String]) -> String {
    items.iter().map(|item| format!("{item}\n")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chosen_name_takes_the_place_of_the_shared_one() {
        let choice = Choice { id: "Marion Hartley".into(), label: "Marion Hartley (mayor)".into() };
        assert_eq!(with_full_name("what did hartley say?", &choice), "what did Marion Hartley say?");
        assert_eq!(with_full_name("what did she say?", &choice), "what did she say? Marion Hartley");
    }
}
