//! `source`: lists, shows, adds, compares, verifies and stops sources. Knows no question.

mod add;
mod diff;
mod suppress;
mod verify;

use std::path::Path;

use serde_json::json;

use super::args::{Global, ListFormat, SourceCommand};
use super::{Status, load, output};
use crate::document::{BlockKind, Edition, Knowledge, Metadata, Moment, Source};
use crate::render::text::{Canvas, Style};

pub fn run(global: &Global, command: SourceCommand) -> anyhow::Result<Status> {
    match command {
        SourceCommand::List { format } => list(&load::knowledge(global, &load::rules(global)?)?, format),
        SourceCommand::Show { id } => show(&load::knowledge(global, &load::rules(global)?)?, &id),
        SourceCommand::Add(args) => add::run(global, &args),
        SourceCommand::Diff { id } => diff::run(global, &id),
        SourceCommand::Verify => verify::run(global),
        SourceCommand::Suppress(args) => suppress::suppress(global, &args),
        SourceCommand::Allow(args) => suppress::allow(global, &args),
        SourceCommand::Stops { format } => suppress::list(global, format),
    }
}

/// The source called `id`.
fn find<'k>(knowledge: &'k Knowledge, id: &str) -> anyhow::Result<&'k Source> {
    let ids = || knowledge.sources.iter().map(|source| source.id.as_str()).collect::<Vec<_>>();
    knowledge.sources.iter().find(|source| source.id == id).ok_or_else(|| load::no_source(id, &ids()))
}

/// The editions of a source, oldest first.
fn editions<'k>(knowledge: &'k Knowledge, source: &'k Source) -> impl DoubleEndedIterator<Item = &'k Edition> {
    source.editions.iter().filter_map(|&id| knowledge.edition(id))
}

fn list(knowledge: &Knowledge, format: ListFormat) -> anyhow::Result<Status> {
    let mut text = String::new();
    for source in &knowledge.sources {
        let Some(newest) = editions(knowledge, source).next_back() else { continue };
        if format == ListFormat::Json {
            let line = json!({
                "id": source.id, "editions": source.editions.len(), "edition": newest.sha256, "data": newest.metadata,
                "from": knowledge.origin,
            });
            text.push_str(&format!("{line}\n"));
        }
    }
    if format == ListFormat::Text {
        text = table(knowledge);
    }
    output::print(&text)?;
    Ok(Status::Done)
}

fn table(knowledge: &Knowledge) -> String {
    let mut canvas = Canvas::new(output::layout());
    let case = knowledge.case.name.as_deref().map(|name| format!("{name}: ")).unwrap_or_default();
    let count = match knowledge.sources.len() {
        1 => "1 source".to_owned(),
        count => format!("{count} sources"),
    };
    canvas.paragraph(Style::Heading, &format!("{case}{count} from {}", Path::new(&knowledge.origin).display()));
    for source in &knowledge.sources {
        let Some(newest) = editions(knowledge, source).next_back() else { continue };
        canvas.gap();
        canvas.paragraph(Style::Plain, &source.id);
        canvas.item("", &newest.metadata.title);
        let mut facts = vec![newest.metadata.language.clone()];
        facts.extend(dates(&newest.metadata));
        if source.editions.len() > 1 {
            facts.push(format!("{} editions", source.editions.len()));
        }
        if newest.metadata.visibility == crate::document::Visibility::Newsroom {
            facts.push("newsroom only".to_owned());
        }
        canvas.item("", &facts.join(" · "));
    }
    canvas.finish()
}

fn dates(data: &Metadata) -> Vec<String> {
    let shown = |text: &Option<String>, moment: &Option<Moment>| {
        text.clone().or_else(|| moment.as_ref().map(|moment| moment.as_str().to_owned()))
    };
    let published = shown(&data.published_text, &data.published).map(|date| format!("published {date}"));
    let updated = shown(&data.updated_text, &data.updated).map(|date| format!("updated {date}"));
    let embargo = data.not_before.as_ref().map(|moment| format!("not before {}", moment.as_str()));
    [published, updated, embargo].into_iter().flatten().collect()
}

/// What is known about the newest edition, then its text with the kind of each block that is no running text.
fn show(knowledge: &Knowledge, id: &str) -> anyhow::Result<Status> {
    let source = find(knowledge, id)?;
    let mut canvas = Canvas::new(output::layout());
    for edition in editions(knowledge, source) {
        let number = format!("{id} · edition {}", edition.number);
        canvas.paragraph(Style::Heading, &number);
        canvas.paragraph(Style::Remark, &format!("sha256 {}", edition.sha256));
        let facts = [vec![edition.metadata.language.clone()], dates(&edition.metadata)].concat();
        canvas.paragraph(Style::Remark, &facts.join(" · "));
    }
    let Some(newest) = editions(knowledge, source).next_back() else { return Ok(Status::Nothing) };
    let mut paragraph = 0;
    for block in &newest.blocks {
        canvas.gap();
        let text = newest.slice(block.span);
        match block.kind {
            BlockKind::Paragraph => {
                paragraph += 1;
                canvas.paragraph(Style::Plain, text);
                canvas.item("", &format!("paragraph {paragraph}, bytes {}–{}", block.span.start, block.span.end));
            }
            BlockKind::Title | BlockKind::Heading => canvas.paragraph(Style::Heading, text),
            kind => {
                canvas.paragraph(Style::Remark, text);
                canvas.item("", &format!("{kind:?}").to_lowercase());
            }
        }
    }
    output::print(&canvas.finish())?;
    Ok(Status::Done)
}
