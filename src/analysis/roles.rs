//! Roles and aliases that stand beside a name: "Guido Crosetto, Italy's defense minister", "known as …". Knows marks and classes.

use super::class::Class;
use super::entities::Registry;
use super::line::Line;
use super::phrases;
use super::types::{EntityId, EntityKind, Mention, NameAlias, Role};
use crate::document::Edition;

/// Reads the roles beside the names of a block.
pub(crate) fn read(edition: &Edition, line: &Line<'_>, mentions: &[Mention], registry: &mut Registry) {
    for mention in mentions {
        let Some(id) = mention.entity else { continue };
        let start = line.index_at(mention.span.start);
        let end = line.index_at(mention.span.end.saturating_sub(1)) + 1;
        let Some(&(lo, hi)) = line.sentences.iter().find(|&&(lo, hi)| lo <= start && start < hi) else { continue };
        behind(edition, line, id, end, hi, registry);
        before(edition, line, id, start, lo, registry);
        if who_follows(line, end) {
            registry.is_person(id);
        }
        also_known(edition, line, id, end, hi, registry);
    }
}

/// "Ada Roe, who …": only people are asked for so; a firm, too, may be one "whose owner …".
fn who_follows(line: &Line<'_>, end: usize) -> bool {
    let at = if line.word(end).is_mark(",") { end + 1 } else { end };
    line.hit(at, |entry| entry.id.as_str() == "gram.who").is_some()
}

/// "Ada Roe, president of the club, …".
fn behind(edition: &Edition, line: &Line<'_>, id: EntityId, end: usize, hi: usize, registry: &mut Registry) {
    if !line.word(end).is_mark(",(") || end + 1 >= hi || line.word(end + 1).quote.is_some() {
        return;
    }
    let Some(phrase) = phrases::after(line, end + 1, hi) else { return };
    let next = line.word(phrase.end);
    let closed = phrase.end >= hi
        || next.is_mark(",.;)—")
        || next.is(Class::AND.and(Class::WH))
        || next.hits.iter().any(|hit| hit.has_tag("participle"));
    let titled = (phrase.start..=phrase.head).any(|at| line.word(at).is(Class::ROLE.and(Class::PERSON_NOUN)));
    let article = line.word(phrase.start).is(Class::DET) && !line.word(phrase.head).capital && closed;
    if !closed || !(titled || article) || starts_clause(line, phrase.end, hi) {
        return;
    }
    if registry.entity_kind(id) == EntityKind::Place || (article && !titled && registry.entity_kind(id) != EntityKind::Person) {
        return;
    }
    add(edition, line, id, phrase.start, phrase.end, "role.apposition", registry);
}

/// A list or a new clause behind the comma is no apposition.
fn starts_clause(line: &Line<'_>, end: usize, hi: usize) -> bool {
    end < hi
        && (line.word(end).is(Class::BE.and(Class::HAVE).and(Class::MODAL))
            || line.is_verb(end, 0) && !line.word(end).hits.iter().any(|hit| hit.has_tag("participle")))
}

/// "Italy's defense minister, Guido Crosetto, …" and "former police officer Marco Malerba".
fn before(edition: &Edition, line: &Line<'_>, id: EntityId, start: usize, lo: usize, registry: &mut Registry) {
    if start <= lo {
        return;
    }
    let comma = line.word(start - 1).is_mark(",");
    let edge = if comma { start - 1 } else { start };
    let last = line.before(edge, lo);
    if last.is(Class::ORG_NOUN)
        && comma
        && !last.capital
        && let Some(entity) = registry.entities.get_mut(id.0 as usize)
        && matches!(entity.kind, EntityKind::Other | EntityKind::Organisation)
    {
        entity.kind = EntityKind::Organisation;
        let concepts = line.hits(edge - 1).iter().filter(|hit| hit.entry.is_a("kind")).map(|hit| hit.entry.id.to_string());
        let span = line.span(edge - 1, edge);
        let role = Role { span, concepts: concepts.collect(), former: false, rule: "role.before_name".to_owned() };
        if entity.roles.len() < 32 {
            entity.roles.push(role);
        }
    }
    if !last.is(Class::ROLE) && !(last.is(Class::PERSON_NOUN) && comma) {
        return;
    }
    let Some(phrase) = phrases::before(line, edge, lo) else { return };
    if phrase.end != edge {
        return;
    }
    let is_role = |at: usize| line.word(at).is(Class::ROLE.and(Class::PERSON_NOUN));
    let mut start = phrase.start;
    // "The adviser to the treasurer, Ada Roe": whose role is told stays open.
    if comma && start >= lo + 2 && governs(line, start - 1) && is_role(start - 2) {
        return;
    }
    if comma && !is_role(phrase.head) {
        // "A complaint with the state auditor, Ada Roe": only what stands behind the preposition.
        let preposition = (phrase.start..edge).rev().find(|&at| line.word(at).is(Class::PREP) && !line.word(at).is(Class::OF));
        match preposition {
            Some(at) if is_role(edge - 1) && line.word(at + 1).is(Class::DET) => start = at + 1,
            _ => return,
        }
    }
    add(edition, line, id, start, edge, "role.before_name", registry);
}

fn add(edition: &Edition, line: &Line<'_>, id: EntityId, start: usize, end: usize, rule: &str, registry: &mut Registry) {
    let former = (start..end).any(|at| line.word(at).is(Class::FORMER));
    let mut concepts: Vec<String> = Vec::new();
    let mut role_end = start;
    let (mut seen, mut governed) = (false, false);
    for at in start..end {
        governed |= seen && governs(line, at);
        // "Vice president" is one role, and "president" no part of it.
        let inside = at < role_end;
        let longest = line.hits(at).iter().filter(|hit| hit.entry.is_a("role")).map(|hit| hit.len).max().unwrap_or(0);
        // The role of the treasurer's lawyer, or the lawyer of the treasurer, is not that of the treasurer.
        let another = governed || longest > 0 && line.word(at + longest).is(Class::GENITIVE);
        for hit in line.hits(at).iter().filter(|hit| hit.len > 0 && !hit.entry.id.starts_with("gram.")) {
            if hit.entry.is_a("role") && (inside || another || hit.len < longest) {
                continue;
            }
            if !hit.entry.is_among(&concepts) && concepts.len() < 12 {
                concepts.push(hit.entry.id.to_string());
            }
        }
        role_end = role_end.max(at + longest);
        seen |= longest > 0;
    }
    let company = (start..end).any(|at| line.hit(at, |entry| entry.is_a("role") && entry.has_trait("company")).is_some());
    if !company {
        registry.has_human_role(id);
    }
    registry.add_role(edition, id, Role { span: line.span(start, end), concepts, former, rule: rule.to_owned() });
}

/// Whether the word makes what follows depend on the noun before it.
fn governs(line: &Line<'_>, at: usize) -> bool {
    line.word(at).is(Class::PREP.and(Class::OF).and(Class::TO))
}

/// "once known as a “super cop”".
fn also_known(edition: &Edition, line: &Line<'_>, id: EntityId, end: usize, hi: usize, registry: &mut Registry) {
    let limit = hi.min(end + 14);
    let Some(at) = (end..limit).find(|&at| line.hit(at, |entry| entry.is_a("gram.known_as")).is_some()) else { return };
    let Some(hit) = line.hit(at, |entry| entry.is_a("gram.known_as")) else { return };
    let quote = (at + hit.len..hi.min(at + hit.len + 3)).find_map(|at| line.word(at).quote);
    let Some(quote) = quote.and_then(|number| line.quotes.get(number as usize)).copied() else { return };
    let mut last = quote.inner_end();
    while last > quote.inner_start() && line.word(last - 1).is_mark(",.") {
        last -= 1;
    }
    if last <= quote.inner_start() {
        return;
    }
    let span = line.span(quote.inner_start(), last);
    if let Some(entity) = registry.entities.get_mut(id.0 as usize) {
        entity.aliases.push(NameAlias { name: edition.slice(span).to_owned(), span, rule: "alias.known_as".to_owned() });
    }
}
