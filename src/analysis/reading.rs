//! Reads an edition in two passes: first who is named, then block by block what is said of them. Knows no question.

use super::anaphora::{History, Trace};
use super::attribution::{self, Found};
use super::class::Class;
use super::dates::Calendar;
use super::dialogue::{Dialogue, Turn};
use super::entities::{self, Registry};
use super::line::{Line, Reader};
use super::types::{
    Analysis, DateMention, EntityId, EntityKind, Mention, MentionKind, Mode, Sentence, Speaker, Standing, Statement, Status,
};
use super::vocabulary::Vocabulary;
use super::{corrections, dropped, mentions, names, roles, standing, status};
use crate::document::{BlockKind, Edition};
use crate::rules::LocaleRules;
use crate::span::Span;

/// Analyses `edition` with the rules of its language.
pub(crate) fn read(edition: &Edition, rules: &LocaleRules) -> Analysis {
    let mut reader = Reader::new(edition, rules);
    let blocks = u32::try_from(edition.blocks.len()).unwrap_or(u32::MAX);
    let vocabulary = Vocabulary::of(edition);
    let mut found_names = Vec::new();
    let mut dialogue = Dialogue::default();
    for block in 0..blocks {
        if let Some(line) = reader.line(block) {
            dialogue.take(&line);
            found_names.extend(names::find(&line, &vocabulary));
        }
    }
    let (mut registry, named) = entities::merge(edition, &found_names);
    drop(found_names);
    for block in 0..blocks {
        if let Some(line) = reader.line(block).filter(|line| is_text(line)) {
            roles::read(edition, &line, inside(&named, &line), &mut registry);
        }
    }
    let mut analysis =
        Analysis { edition: Some(edition.id), analysed: !rules.lexicon.entries().is_empty(), ..Analysis::default() };
    let metadata = &edition.metadata;
    let today = metadata.published.as_ref().or(metadata.updated.as_ref()).map(crate::document::Moment::date);
    let updated = edition.metadata.updated.as_ref().map(crate::document::Moment::date);
    let calendar = Calendar::new(&rules.locale.dates, today).updated(&rules.locale.dates, updated);
    let turns = dialogue.turns();
    let mut history = History::default();
    let mut last_speaker = None;
    for block in 0..blocks {
        if let Some(line) = reader.line(block) {
            read_block(
                edition,
                &line,
                turns.get(&block).copied(),
                inside(&named, &line),
                &calendar,
                &mut registry,
                &mut history,
                &mut last_speaker,
                &mut analysis,
            );
        }
    }
    analysis.entities = registry.entities;
    analysis
}

fn is_text(line: &Line<'_>) -> bool {
    matches!(line.kind, BlockKind::Paragraph | BlockKind::Caption | BlockKind::Correction)
}

/// The mentions inside a block.
fn inside<'m>(named: &'m [Mention], line: &Line<'_>) -> &'m [Mention] {
    let (Some(first), Some(last)) = (line.words.first(), line.words.last()) else { return &[] };
    let from = named.partition_point(|mention| (mention.span.start as usize) < first.start);
    let to = named.partition_point(|mention| (mention.span.start as usize) < last.end);
    named.get(from..to).unwrap_or_default()
}

#[allow(clippy::too_many_arguments)]
fn read_block(
    edition: &Edition,
    line: &Line<'_>,
    turn: Option<Turn>,
    named: &[Mention],
    calendar: &Calendar,
    registry: &mut Registry,
    history: &mut History,
    last_speaker: &mut Option<Speaker>,
    analysis: &mut Analysis,
) {
    let base = u32::try_from(analysis.sentences.len()).unwrap_or(u32::MAX);
    analysis.corrections.extend(corrections::find(line));
    let speaks = !matches!(line.kind, BlockKind::Byline | BlockKind::Dateline | BlockKind::Boilerplate);
    let mut found = if speaks { attribution::find(line) } else { Vec::new() };
    if let Some(turn) = turn {
        attribution::turn(line, turn, &mut found);
    }
    let first_mention = analysis.mentions.len();
    let mut dropped: Vec<(usize, Span, EntityId)> = Vec::new();
    for (number, &(lo, hi)) in line.sentences.iter().enumerate() {
        let sentence = base + u32::try_from(number).unwrap_or(0);
        let here: Vec<&Found> = found.iter().filter(|one| touches(one, lo, hi)).collect();
        let span = line.span(lo, hi);
        let read = mentions::read(line, (lo, hi), sentence, within(named, span), &here, edition, registry, history);
        let judged = standing::judge(line, lo, hi, &here);
        let mut all: Vec<Mention> = within(named, span).to_vec();
        all.extend(read.mentions);
        all.sort_by_key(|mention| (mention.span.start, mention.span.end));
        analysis.mentions.extend(all);
        let mut rules: Vec<String> = judged.rules.iter().map(|&rule| rule.to_owned()).collect();
        rules.extend(read.rules.iter().map(|&rule| rule.to_owned()));
        analysis.sentences.push(Sentence {
            span,
            block: line.block,
            standing: judged.standing,
            negated: judged.negated,
            hedges: judged.hedges,
            antecedents: read.antecedents,
            rules,
        });
        let unsaid = here.iter().all(|one| one.source.is_some());
        let acts = |id| registry.may_be_person(id) || registry.entity_kind(id) == EntityKind::Organisation;
        let nobody = within(named, span).iter().all(|mention| !mention.entity.is_none_or(acts));
        if line.drops_subject && unsaid && nobody {
            dropped_subject(line, (lo, hi), sentence, analysis, history);
        }
        for (index, one) in found.iter().enumerate().filter(|(_, one)| one.sentence == number) {
            let spoken = one.source.is_none() && one.cue.is_some_and(|cue| !attribution::is_plural(line, cue.0, lo));
            let spoken = spoken && !one.continues && line.drops_subject;
            if let Some((start, end)) = one.cue.filter(|_| spoken) {
                let first = super::phrases::group(line, start, lo).start;
                let verb = line.span(first, end);
                if let Some((entity, subject)) = history.dropped(verb, sentence, line.block) {
                    let named_in = subject.named_in;
                    dropped.push((index, verb, entity));
                    if let Some(sentence) = analysis.sentences.last_mut().filter(|_| named_in < sentence) {
                        sentence.antecedents.push(named_in);
                        sentence.rules.push("anaphora.dropped_subject".to_owned());
                    }
                }
            }
            if let Some(source) = one.source {
                history.mark_speaker(line.span(source.start, source.end));
            }
        }
        for date in calendar.find(line, lo, hi).into_iter().filter(|_| speaks) {
            let span = line.span(date.start, date.end);
            analysis.dates.push(DateMention { span, value: date.value, rule: date.rule.to_owned(), sentence });
        }
        if speaks {
            statuses(line, (lo, hi), sentence, analysis, first_mention, registry);
        }
    }
    let mut speakers: Vec<Mention> = Vec::new();
    let mut direct = None;
    for (index, one) in found.iter().enumerate() {
        let mentions = analysis.mentions.get(first_mention..).unwrap_or_default();
        let mut statement = statement(edition, line, one, base, mentions, registry, last_speaker);
        // "An earlier version of this article said …": the source itself, not somebody in it.
        if line.kind == BlockKind::Correction && statement.speaker.as_ref().is_some_and(|speaker| speaker.entity.is_none()) {
            statement.speaker = None;
        }
        if let Some(&(_, span, id)) = dropped.iter().find(|(of, _, _)| *of == index) {
            let rule = "anaphora.dropped_subject".to_owned();
            speakers.push(Mention { span, entity: Some(id), kind: MentionKind::Dropped, rule });
            statement.speaker = Some(Speaker { span, entity: Some(id), name: registry.name_of(id).to_owned() });
        } else if one.rule == "attribution.continued" && statement.speaker.is_none() {
            statement.speaker.clone_from(&direct);
        }
        if let Some(speaker) = &statement.speaker {
            let known = mentions.iter().chain(&speakers).any(|mention| mention.span.overlaps(speaker.span));
            if !known {
                let rule = "mention.speaker".to_owned();
                speakers.push(Mention { span: speaker.span, entity: speaker.entity, kind: MentionKind::Phrase, rule });
            }
        }
        if statement.content.is_empty() {
            direct.clone_from(&statement.speaker);
            continue;
        }
        let last = line.sentences.len().saturating_sub(3) <= one.sentence;
        if statement.mode == Mode::Direct && last {
            direct.clone_from(&statement.speaker);
        }
        analysis.statements.push(statement);
    }
    analysis.mentions.extend(speakers);
    if let Some(mentions) = analysis.mentions.get_mut(first_mention..) {
        mentions.sort_by_key(|mention| (mention.span.start, mention.span.end));
    }
    if line.kind == BlockKind::Paragraph {
        *last_speaker = direct;
    }
}

/// Notes whom a sentence means that opens with its verb.
fn dropped_subject(
    line: &Line<'_>,
    (lo, hi): (usize, usize),
    number: u32,
    analysis: &mut Analysis,
    history: &mut History,
) -> Option<()> {
    let (start, end) = dropped::opening_verb(line, lo, hi)?;
    let span = line.span(start, end);
    let (id, subject) = history.dropped(span, number, line.block)?;
    let trace = Trace { span, sentence: number, block: line.block, subject: true, ..subject.clone() };
    let sentence = analysis.sentences.last_mut().filter(|_| trace.named_in < number)?;
    sentence.antecedents.push(trace.named_in);
    sentence.rules.push("anaphora.dropped_subject".to_owned());
    let rule = "anaphora.dropped_subject".to_owned();
    analysis.mentions.push(Mention { span, entity: Some(id), kind: MentionKind::Dropped, rule });
    history.push(trace);
    Some(())
}

fn touches(one: &Found, lo: usize, hi: usize) -> bool {
    one.cue.is_some_and(|(start, _)| lo <= start && start < hi)
        || one.content.iter().any(|&(start, end)| start < hi && lo < end)
}

fn within(named: &[Mention], span: Span) -> &[Mention] {
    let from = named.partition_point(|mention| mention.span.start < span.start);
    let to = named.partition_point(|mention| mention.span.start < span.end);
    named.get(from..to).unwrap_or_default()
}

fn statuses(
    line: &Line<'_>,
    (lo, hi): (usize, usize),
    sentence: u32,
    analysis: &mut Analysis,
    first_mention: usize,
    registry: &mut Registry,
) {
    for one in status::find(line, lo, hi) {
        let mentions = analysis.mentions.get(first_mention..).unwrap_or_default();
        let meant = one.holder.and_then(|holder| mentions::meant(line, holder.start, holder.end, holder.head, mentions));
        let mut holders = vec![(
            meant.as_ref().and_then(|mention| mention.entity),
            one.holder.map(|holder| line.span(holder.start, holder.end)),
        )];
        if let Some(list) = one.holder.filter(|_| one.list) {
            holders = listed(line, list, mentions, registry);
        } else if !one.people.is_empty() {
            let person = |phrase: &super::phrases::Phrase| {
                let meant = mentions::meant(line, phrase.start, phrase.end, phrase.head, mentions);
                (meant.and_then(|mention| mention.entity), Some(line.span(phrase.start, phrase.end)))
            };
            holders = one.people.iter().map(person).collect();
        } else if let Some(holder) = one.holder {
            let more = status::others(line, holder, mentions)
                .into_iter()
                .filter(|mention| mention.entity != holders.first().and_then(|first| first.0));
            let more: Vec<_> = more.map(|mention| (mention.entity, Some(mention.span))).collect();
            // "Two of them, A and B": the list says who is meant.
            if !more.is_empty() && meant.as_ref().is_none_or(|mention| mention.entity.is_none()) {
                holders.clear();
            }
            holders.extend(more);
        }
        let quoted = line.word(line.index_at(line.span(one.start, one.end).start)).quote.is_some();
        holders.retain(|(entity, _)| entity.is_some() || !quoted);
        for (entity, holder) in holders {
            // Only people stand in a procedure so that a name of several words tells them.
            if let Some(id) = entity.filter(|&id| registry.may_be_person(id)) {
                registry.is_person(id);
            }
            analysis.statuses.push(Status {
                entity,
                holder,
                status: one.status.clone(),
                negated: one.negated,
                span: line.span(one.start, one.end),
                sentence,
                rule: one.rule.to_owned(),
            });
        }
    }
}

/// The people named in a list, each with the place of the name.
fn listed(
    line: &Line<'_>,
    list: super::phrases::Phrase,
    mentions: &[Mention],
    registry: &mut Registry,
) -> Vec<(Option<EntityId>, Option<Span>)> {
    let span = line.span(list.start, list.end);
    let named = mentions.iter().filter(|mention| mention.kind == MentionKind::Name && span.contains(mention.span));
    named
        .filter(|mention| mention.entity.is_some_and(|id| registry.may_be_person(id)))
        .map(|mention| (mention.entity, Some(mention.span)))
        .collect()
}

fn statement(
    edition: &Edition,
    line: &Line<'_>,
    one: &Found,
    base: u32,
    mentions: &[Mention],
    registry: &mut Registry,
    last_speaker: &Option<Speaker>,
) -> Statement {
    let content: Vec<Span> = one.content.iter().map(|&(start, end)| line.span(start, end)).collect();
    let speaker = match one.source {
        Some(source) => Some(speaker(edition, line, source, mentions, registry)),
        None if one.continues && one.cue.is_none() => last_speaker.clone(),
        None => None,
    };
    let cue_from = one.cue.map_or(one.first(), |cue| cue.0);
    let hedged = one.content.iter().any(|&(start, end)| !standing::hedges(line, start, end, &[one]).is_empty())
        || one.cue.is_some_and(|(start, _)| {
            let left = super::phrases::group(line, start, 0).start.saturating_sub(2);
            !standing::hedges(line, left.min(start), start, &[]).is_empty()
        });
    let standing = if one.alleges || hedged { Standing::Alleged } else { Standing::Attributed };
    let mut sentences: Vec<u32> = line
        .sentences
        .iter()
        .enumerate()
        .filter(|&(_, &(lo, hi))| touches(one, lo, hi) || (lo <= cue_from && cue_from < hi))
        .map(|(number, _)| base + u32::try_from(number).unwrap_or(0))
        .collect();
    sentences.dedup();
    Statement {
        mode: mode(line, one),
        content,
        cue: one.cue.map(|(start, end)| line.span(start, end)),
        class: one.class.clone(),
        speaker,
        standing,
        negated: one.negated,
        silence: one.silence,
        rule: one.rule.to_owned(),
        sentences,
    }
}

fn speaker(
    edition: &Edition,
    line: &Line<'_>,
    source: attribution::subject::Source,
    mentions: &[Mention],
    registry: &mut Registry,
) -> Speaker {
    let span = line.span(source.antecedent.map_or(source.start, |phrase| phrase.start.min(source.start)), source.end);
    let named =
        source.antecedent.map_or((source.start, source.end, source.head), |phrase| (phrase.start, phrase.end, phrase.head));
    let meant = mentions::meant(line, named.0, named.1, named.2, mentions);
    let stop = (named.0..named.1).find(|&at| line.word(at).is_mark(",")).unwrap_or(named.1);
    // "A Roe, 54, and B Doe, 39, said": the head is the last of several.
    let several = (stop..named.2).any(|at| line.word(at).is(Class::AND)) && line.word(named.0).capital;
    // "A Roe and B Doe", "A Roe and her sister".
    let person = Class::ROLE.and(Class::PERSON_NOUN);
    let joined = |at: usize| {
        let other = line.word(at + 1).capital || line.word(at + 1).is(Class::POSS) && line.word(named.2).is(person);
        line.word(at).is(Class::AND) && other && line.before(at, 0).capital
    };
    let named_twice = || mentions.iter().filter(|mention| line.span(named.0, stop).contains(mention.span)).count() > 1;
    let several = several || (named.0..stop).any(|at| joined(at) && (line.word(at + 1).is(Class::POSS) || named_twice()));
    let entity: Option<EntityId> = meant.as_ref().and_then(|mention| mention.entity).filter(|_| !several);
    let own = || match source.antecedent {
        Some(phrase) => edition.slice(line.span(phrase.start, phrase.end)).to_owned(),
        None => edition.slice(span).to_owned(),
    };
    // "A person familiar with the matter": whom the source only describes is called by all of its words.
    let clause = (named.0..named.1).any(|at| line.word(at).is(Class::WH.and(Class::PRON)) || line.is_verb(at, named.0));
    let plain = source.antecedent.is_none() && named.1 == stop && !clause;
    if let Some(id) = entity.filter(|_| plain) {
        registry.describe_fully(id, span, edition);
    }
    let name = entity.map_or_else(own, |id| registry.name_of(id).to_owned());
    Speaker { span, entity, name }
}

fn mode(line: &Line<'_>, one: &Found) -> Mode {
    let (mut inside, mut outside) = (0usize, 0usize);
    for &(start, end) in &one.content {
        for at in start..end {
            let word = line.word(at);
            if word.is_word() {
                if word.quote.is_some() { inside += word.end - word.start } else { outside += word.end - word.start }
            }
        }
    }
    match (inside, outside) {
        (0, _) => Mode::Indirect,
        (inside, outside) if outside * 9 <= inside => Mode::Direct,
        _ => Mode::Mixed,
    }
}
