//! Documents that need no question (briefings, timelines, people) and answers as pages: titled parts of lines and passages, for
//! every surface alike. Knows no layout.

use super::frame::{Frame, GroupRole, Passage, SourceLines};
use super::markdown::{self, escape};
use super::text::{self, Canvas, Layout, Style};
use super::words::Words;

/// A page, part by part in the order shown. What is absent is not shown.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    /// Language of the reader (BCP 47).
    pub language: String,
    /// What the page is.
    pub title: String,
    /// Remarks under the title.
    pub remarks: Vec<String>,
    /// The parts.
    pub parts: Vec<Part>,
    /// Remarks on the whole.
    pub notes: Vec<String>,
    /// "Sources", above them where the surface needs a title.
    pub sources_label: String,
    /// Where everything stands.
    pub sources: Vec<SourceLines>,
    /// "receipt 7K3F-9QPM".
    pub receipt_label: String,
    /// The whole receipt.
    pub receipt: String,
}

/// Lines and passages under one title.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// The title.
    pub title: Option<String>,
    /// What its passages are to a question.
    pub role: Option<GroupRole>,
    /// What stands there.
    pub items: Vec<Item>,
    /// The line that stands for all of it in a picture, where it is only to be looked up.
    pub in_picture: Option<String>,
}

impl Part {
    /// Items under a title.
    #[must_use]
    pub fn titled(title: String, items: Vec<Item>) -> Self {
        Self { title: Some(title), role: None, items, in_picture: None }
    }
}

/// One thing of a part.
#[derive(Debug, Clone, PartialEq)]
pub enum Item {
    /// A line of the frame.
    Line(String),
    /// A date or another mark of what follows.
    Mark(String),
    /// A passage.
    Passage(Passage),
}

impl Page {
    /// An answer as a page.
    #[must_use]
    pub fn of_answer(frame: &Frame, question: &str, words: Words<'_>) -> Self {
        let heading = frame.heading.clone();
        let refusal = frame.refusal.as_ref().map(|(sentence, code)| format!("{sentence} [{code}]"));
        let as_of = frame.as_of.as_ref().map(|as_of| {
            let parts = std::iter::once(as_of.text.as_str()).chain(as_of.warning.as_deref());
            parts.collect::<Vec<_>>().join(" · ")
        });
        let mut parts = Vec::new();
        let choices = frame.choices.iter().map(|(_, label)| Item::Line(label.clone())).collect::<Vec<_>>();
        if !choices.is_empty() {
            parts.push(Part { title: None, role: None, items: choices, in_picture: None });
        }
        let groups = frame.groups.iter().map(|group| Part {
            title: group.label.clone(),
            role: Some(group.role),
            items: group.passages.iter().cloned().map(Item::Passage).collect(),
            in_picture: None,
        });
        parts.extend(groups);
        if !frame.examples.is_empty() {
            let items = frame.examples.iter().cloned().map(Item::Line).collect();
            parts.push(Part::titled(frame.examples_label.clone(), items));
        }
        Self {
            language: words.tag().to_owned(),
            title: question.to_owned(),
            remarks: frame.read_as.iter().cloned().chain(as_of).chain(heading).chain(refusal).collect(),
            parts,
            notes: frame.notes.clone(),
            sources_label: words.text("brief.sources", &[]),
            sources: frame.sources.clone(),
            receipt_label: frame.receipt_label.clone(),
            receipt: frame.receipt.clone(),
        }
    }

    /// As text for a terminal.
    #[must_use]
    pub fn text(&self, layout: Layout) -> String {
        let mut canvas = Canvas::new(layout);
        canvas.paragraph(Style::Heading, &self.title);
        self.remarks.iter().for_each(|remark| canvas.paragraph(Style::Remark, remark));
        for part in &self.parts {
            canvas.gap();
            if let Some(title) = &part.title {
                canvas.paragraph(Style::Heading, title);
            }
            let mut after_passage = false;
            for item in &part.items {
                if after_passage {
                    canvas.gap();
                }
                match item {
                    Item::Line(line) => canvas.item("", line),
                    Item::Mark(mark) => canvas.paragraph(Style::Plain, mark),
                    Item::Passage(passage) => text::passage(passage, &mut canvas),
                }
                after_passage = matches!(item, Item::Passage(_));
            }
        }
        canvas.gap();
        self.notes.iter().for_each(|note| canvas.paragraph(Style::Plain, note));
        text::foot(&self.sources, &self.receipt_label, &mut canvas);
        canvas.finish()
    }

    /// As Markdown.
    #[must_use]
    pub fn markdown(&self) -> String {
        let mut blocks = vec![format!("# {}", escape(&self.title))];
        blocks.extend(self.remarks.iter().map(|remark| escape(remark)));
        for part in &self.parts {
            blocks.extend(part.title.as_ref().map(|title| format!("## {}", escape(title))));
            let mut list: Vec<String> = Vec::new();
            for item in &part.items {
                if let Item::Line(line) = item {
                    list.push(format!("- {}", escape(line)));
                    continue;
                }
                blocks.extend(take(&mut list));
                match item {
                    Item::Line(_) => {}
                    Item::Mark(mark) => blocks.push(format!("**{}**", escape(mark))),
                    Item::Passage(passage) => blocks.extend(markdown::passage_blocks(passage)),
                }
            }
            blocks.extend(take(&mut list));
        }
        blocks.extend(self.notes.iter().map(|note| escape(note)));
        blocks.extend(self.sources.iter().map(markdown::source_block));
        blocks.push(format!("`{}`", self.receipt));
        format!("{}\n", blocks.join("\n\n"))
    }
}

fn take(list: &mut Vec<String>) -> Option<String> {
    let lines = std::mem::take(list);
    (!lines.is_empty()).then(|| lines.join("\n"))
}
