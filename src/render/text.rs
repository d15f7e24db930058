//! Answers as text for a terminal, wrapped to its width; words stay whole and quotations stay the source's own characters.
//! Knows neither the terminal nor the environment: width and colour are given.

mod canvas;

use super::frame::{Frame, Group, GroupRole, Passage, SourceLines};
pub use canvas::{Canvas, Style};

/// How text is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Layout {
    /// Columns.
    pub width: usize,
    /// Whether escape sequences for colour may be written.
    pub colour: bool,
}

impl Default for Layout {
    fn default() -> Self {
        Self { width: 100, colour: false }
    }
}

/// The answer as text that ends with a line break.
#[must_use]
pub fn answer(frame: &Frame, layout: Layout) -> String {
    let mut canvas = Canvas::new(layout);
    if let Some(read_as) = &frame.read_as {
        canvas.paragraph(Style::Remark, read_as);
    }
    if let Some(as_of) = &frame.as_of {
        match &as_of.warning {
            Some(warning) => canvas.pieces(&[(Style::Heading, &as_of.text), (Style::Warning, warning)]),
            None => canvas.paragraph(Style::Heading, &as_of.text),
        }
    }
    if let Some(heading) = &frame.heading {
        canvas.paragraph(Style::Heading, heading);
    }
    if let Some((sentence, code)) = &frame.refusal {
        canvas.sides((Style::Heading, sentence), (Style::Remark, &format!("[{code}]")));
    }
    for (number, (_, label)) in frame.choices.iter().enumerate() {
        canvas.item(&format!("{}  ", number + 1), label);
    }
    examples(frame, &mut canvas);
    if frame.heading.is_some() || frame.as_of.is_some() || !frame.choices.is_empty() || !frame.examples.is_empty() {
        canvas.gap();
    }
    for (number, group) in frame.groups.iter().enumerate() {
        push_group(group, number > 0, &mut canvas);
    }
    canvas.gap();
    for note in &frame.notes {
        canvas.paragraph(Style::Plain, note);
    }
    foot(&frame.sources, &frame.receipt_label, &mut canvas);
    canvas.finish()
}

fn examples(frame: &Frame, canvas: &mut Canvas) {
    if !frame.examples.is_empty() {
        canvas.paragraph(Style::Plain, &frame.examples_label);
    }
    frame.examples.iter().for_each(|example| canvas.item("", example));
}

fn push_group(group: &Group, apart: bool, canvas: &mut Canvas) {
    if let Some(label) = &group.label {
        if apart {
            canvas.gap();
        }
        let style = if group.role == GroupRole::Nearest { Style::Warning } else { Style::Heading };
        canvas.paragraph(style, label);
        if group.role == GroupRole::Answer {
            canvas.gap();
        }
    }
    for (number, passage) in group.passages.iter().enumerate() {
        if number > 0 {
            canvas.gap();
        }
        self::passage(passage, canvas);
    }
}

/// A passage: its quotes behind a bar, its number and place below.
pub fn passage(passage: &Passage, canvas: &mut Canvas) {
    for quote in &passage.quotes {
        canvas.quote(&quote.text);
        if let Some(remark) = &quote.remark {
            canvas.item("", remark);
        }
    }
    let labels = passage.labels.join(" · ");
    match passage.number {
        Some(number) if !labels.is_empty() => canvas.item(&format!("{number}  "), &labels),
        Some(number) => canvas.item("", &number.to_string()),
        None if !labels.is_empty() => canvas.item("", &labels),
        None => {}
    }
}

/// Title and dates of each source; the receipt stands at the end of the last line where it fits.
pub fn foot(sources: &[SourceLines], receipt: &str, canvas: &mut Canvas) {
    for (number, source) in sources.iter().enumerate() {
        canvas.paragraph(Style::Source, &source.title);
        if let Some(url) = &source.url {
            canvas.paragraph(Style::Remark, url);
        }
        if number + 1 == sources.len() {
            canvas.sides((Style::Remark, &source.dates), (Style::Remark, receipt));
        } else {
            canvas.paragraph(Style::Remark, &source.dates);
        }
    }
    if sources.is_empty() {
        canvas.sides((Style::Remark, ""), (Style::Remark, receipt));
    }
}
