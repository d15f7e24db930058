//! Offers while somebody types: names and example questions, the best match first. Knows no answer.

use serenity::all::CommandInteraction;

use super::asker::Asker;
use super::bot::{Bot, log_failure};
use crate::analysis::EntityKind;

/// Discord takes no more offers.
const OFFERS: usize = 25;
/// Longest name and value of an offer.
const LONGEST: usize = 100;

/// Answers with the offers for what is typed.
pub(super) async fn run(bot: &Bot, asker: &Asker, event: &CommandInteraction) {
    let Some(option) = event.data.autocomplete() else { return };
    let same = |offers: Vec<String>| offers.into_iter().map(|offer| (offer.clone(), offer)).collect();
    let choices: Vec<(String, String)> = match option.name {
        _ if bot.audience(&asker.place).is_none() => Vec::new(),
        "question" => same(questions(bot, asker, option.value)),
        "source" => {
            let all = sources(bot, asker);
            let titles = ranked(option.value, all.iter().map(|(_, title)| title.clone()).collect());
            let id_of = |title: &String| all.iter().find(|(_, known)| known == title).map(|(id, _)| id.clone());
            titles.into_iter().filter_map(|title| Some((title.clone(), id_of(&title)?))).collect()
        }
        "person" if event.data.name == "follow" => same(ranked(option.value, persons(bot, asker))),
        _ => same(ranked(option.value, names(bot, asker))),
    };
    if let Err(error) = bot.sender.choices(asker.id, &asker.token, &choices, asker.arrived).await {
        log_failure("offers", &error);
    }
}

/// Example questions, and those that ask about a name of which the last word typed is the beginning.
fn questions(bot: &Bot, asker: &Asker, typed: &str) -> Vec<String> {
    let mut offers = bot.examples(&bot.locale(asker));
    let last = typed.split_whitespace().next_back().unwrap_or_default().to_lowercase();
    if last.chars().count() >= 2 {
        let words = bot.words(asker);
        let begins = |name: &String| name.to_lowercase().split_whitespace().any(|word| word.starts_with(&last));
        for name in names(bot, asker).into_iter().filter(begins).take(OFFERS) {
            offers.push(words.text("question.said", &[("person", &name)]));
            offers.push(words.text("question.who", &[("name", &name)]));
        }
    }
    ranked(typed, offers)
}

/// The sources that the asker may read, by id and title; none whose id is too long to be chosen.
pub(super) fn sources(bot: &Bot, asker: &Asker) -> Vec<(String, String)> {
    let snapshot = bot.engine.load_full();
    let view = snapshot.knowledge.view(&bot.viewer(&asker.place));
    let named = view.editions.iter().filter_map(|&id| {
        let source = snapshot.knowledge.source_of(id)?.id.clone();
        let title: String = snapshot.metadata(id)?.title.chars().take(LONGEST).collect();
        (source.chars().count() <= LONGEST).then_some((source, title))
    });
    named.collect()
}

/// The persons and organisations of the sources that the asker may read, each once, persons first.
pub(super) fn names(bot: &Bot, asker: &Asker) -> Vec<String> {
    named(bot, asker).into_iter().map(|(_, name)| name).collect()
}

/// The persons among them.
pub(super) fn persons(bot: &Bot, asker: &Asker) -> Vec<String> {
    named(bot, asker).into_iter().filter(|(kind, _)| *kind == EntityKind::Person).map(|(_, name)| name).collect()
}

fn named(bot: &Bot, asker: &Asker) -> Vec<(EntityKind, String)> {
    let snapshot = bot.engine.load_full();
    let view = snapshot.knowledge.view(&bot.viewer(&asker.place));
    let mut found: Vec<(EntityKind, String)> = Vec::new();
    for edition in &view.editions {
        let Some(analysis) = snapshot.analyses.get(edition.0 as usize) else { continue };
        for entity in &analysis.entities {
            if !found.iter().any(|(_, name)| *name == entity.name) {
                found.push((entity.kind, entity.name.clone()));
            }
        }
    }
    found.sort_by_key(|(kind, _)| *kind != EntityKind::Person);
    found
}

/// The offers that match what is typed, best first; in their own order where nothing is typed or they match alike.
fn ranked(typed: &str, offers: Vec<String>) -> Vec<String> {
    let typed = typed.trim().to_lowercase();
    let mut kept: Vec<(u8, String)> = offers
        .into_iter()
        .filter(|offer| (1..=LONGEST).contains(&offer.chars().count()))
        .filter_map(|offer| Some((rank(&typed, &offer.to_lowercase())?, offer)))
        .collect();
    kept.sort_by_key(|(rank, _)| *rank);
    kept.into_iter().map(|(_, offer)| offer).take(OFFERS).collect()
}

/// How well an offer matches, 0 best; `None` where it does not.
fn rank(typed: &str, offer: &str) -> Option<u8> {
    if typed.is_empty() || offer.starts_with(typed) {
        return Some(0);
    }
    let words = || offer.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    if words().any(|word| word.starts_with(typed)) {
        return Some(1);
    }
    if offer.contains(typed) {
        return Some(2);
    }
    if typed.split_whitespace().all(|part| words().any(|word| word.starts_with(part))) {
        return Some(3);
    }
    // A slip of the finger: the typed letters against as many of the word's.
    let length = typed.chars().count();
    let near = |word: &str| strsim::damerau_levenshtein(typed, &word.chars().take(length).collect::<String>()) <= 1;
    (length >= 4 && words().any(near)).then_some(4)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn offered(typed: &str) -> Vec<String> {
        let names = ["Ada Byron", "Brian Ada", "Canada Post", "Zoe Lark"];
        ranked(typed, names.map(str::to_owned).to_vec())
    }

    #[test]
    fn the_best_match_comes_first() {
        assert_eq!(offered(""), ["Ada Byron", "Brian Ada", "Canada Post", "Zoe Lark"]);
        assert_eq!(offered("ada"), ["Ada Byron", "Brian Ada", "Canada Post"]);
        assert_eq!(offered("by ad"), ["Ada Byron"]);
        assert_eq!(offered("brina"), ["Brian Ada"]);
        assert!(offered("xyz").is_empty());
    }
}
