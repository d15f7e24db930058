//! What holds of every briefing.

use std::collections::BTreeSet;

use jiff::civil::date;
use verbatim::analysis::{EntityKind, MentionKind, Standing};
use verbatim::answer::Passage;
use verbatim::briefing::{Briefing, Fact, Topic};
use verbatim::engine::{AskOptions, Snapshot};

use crate::shelf;

const LENGTHS: [usize; 5] = [0, 60, 150, 300, 600];

fn every() -> Vec<(String, Snapshot, Vec<Briefing>)> {
    let brief = |snapshot: &Snapshot| LENGTHS.map(|words| snapshot.brief(words, &AskOptions::default())).to_vec();
    shelf::all().into_iter().map(|(name, snapshot)| (name, brief(&snapshot), snapshot)).map(|(a, b, c)| (a, c, b)).collect()
}

#[test]
fn every_sentence_is_a_whole_passage_of_running_text_word_for_word() {
    for (name, snapshot, briefings) in every() {
        for briefing in briefings {
            for span in briefing.sentences() {
                let edition = snapshot.knowledge.edition(span.edition).unwrap();
                let analysis = &snapshot.analyses[span.edition.0 as usize];
                assert!(analysis.sentences.iter().any(|sentence| sentence.span == span), "{name}: {span:?} is no sentence");
                assert!(!edition.slice(span).is_empty());
            }
            for entry in briefing.entries() {
                let span = entry.quotation.span();
                let text = snapshot.knowledge.edition(span.edition).unwrap().text();
                assert_eq!(entry.quotation.text(), &text[span.range()], "{name}");
            }
        }
    }
}

#[test]
fn no_passage_stands_twice_and_numbers_run_through() {
    for (name, _, briefings) in every() {
        for briefing in briefings {
            let numbers = briefing.entries().map(|entry| entry.number).collect::<Vec<_>>();
            assert_eq!(numbers, (1..=numbers.len()).collect::<Vec<_>>(), "{name}");
            let spans = briefing.entries().map(|entry| entry.quotation.span()).collect::<Vec<_>>();
            assert_eq!(spans.iter().collect::<BTreeSet<_>>().len(), spans.len(), "{name}");
            let lines = briefing.sections.iter().flat_map(|section| &section.lines);
            assert!(lines.clone().all(|line| line.number >= 1 && line.number <= numbers.len()), "{name}");
        }
    }
}

#[test]
fn the_length_holds_with_all_that_is_shown_beside_the_passages() {
    for (name, snapshot, briefings) in every() {
        for briefing in briefings {
            let shown = briefing.sentences();
            let words: usize = shown.iter().map(|&span| snapshot.knowledge.slice(span).split_whitespace().count()).sum();
            assert_eq!(words, briefing.words, "{name} at {}", briefing.limit);
            assert!(words <= briefing.limit, "{name}: {words} words of {}", briefing.limit);
        }
    }
}

#[test]
fn whoever_points_back_is_shown_with_the_sentence_that_names_whom_they_mean() {
    for (name, snapshot, briefings) in every() {
        for briefing in briefings {
            let shown = briefing.sentences();
            for entry in briefing.entries() {
                let span = entry.quotation.span();
                let analysis = &snapshot.analyses[span.edition.0 as usize];
                let sentence = analysis.sentences.iter().find(|sentence| sentence.span == span).unwrap();
                for &antecedent in &sentence.antecedents {
                    assert!(
                        shown.contains(&analysis.sentences[antecedent as usize].span),
                        "{name}: {:?}",
                        entry.quotation.text()
                    );
                }
            }
        }
    }
}

#[test]
fn what_a_page_lacks_is_listed_and_of_a_long_one_only_what_names_nobody() {
    for (name, snapshot, briefings) in every() {
        assert!(briefings[0].sections.is_empty(), "{name}: a page without words has passages");
        let whole = snapshot.brief(100_000, &AskOptions::default());
        let shown = whole.sentences();
        for left in whole.left_out {
            let analysis = &snapshot.analyses[left.quotation.span().edition.0 as usize];
            let mut mentions = analysis.mentions_in(left.quotation.span()).iter();
            let unknown = mentions.any(|mention| mention.entity.is_none() && mention.kind != MentionKind::Name);
            assert!(unknown && !shown.contains(&left.quotation.span()), "{name}: {}", left.quotation.text());
        }
    }
    let (_, snapshot, briefings) = every().remove(0);
    assert!(briefings[1].left_out.len() > briefings[3].left_out.len());
    assert_eq!(snapshot.brief(450, &AskOptions::default()).left_out, []);
}

/// Each knowledge as a whole, and each source of it alone.
fn views() -> Vec<(String, Snapshot, Vec<AskOptions>)> {
    let of = |snapshot: &Snapshot| {
        let sources = snapshot.knowledge.sources.iter().map(|source| Some(source.id.clone()));
        let views = std::iter::once(None).chain(sources);
        views.map(|source| AskOptions { source, newsroom: true, ..AskOptions::default() }).collect()
    };
    shelf::all().into_iter().map(|(name, snapshot)| (name, of(&snapshot), snapshot)).map(|(a, b, c)| (a, c, b)).collect()
}

#[test]
fn at_300_words_every_allegation_is_shown_or_listed_by_place() {
    let mut listed = 0;
    for (name, snapshot, views) in views() {
        for options in views {
            let briefing = snapshot.brief(300, &options);
            let (shown, left_out) = (briefing.sentences(), briefing.left_out.iter().map(|left| left.quotation.span()));
            let left_out = left_out.collect::<BTreeSet<_>>();
            assert!(shown.is_disjoint(&left_out), "{name}: what is shown is not listed as left out");
            listed += left_out.len();
            snapshot.without_question(&options, |scene| {
                for passage in scene.evidence().filter(|&passage| scene.standing(passage) == Some(Standing::Alleged)) {
                    let span = scene.sentence(passage).unwrap().span;
                    assert!(shown.contains(&span) || left_out.contains(&span), "{name}: {}", scene.text(passage));
                }
            });
        }
    }
    assert!(listed > 5, "something did not fit: {listed}");
}

#[test]
fn at_300_words_everybody_with_a_status_or_a_statement_is_shown_where_one_source_is_told_of() {
    let mut people = 0;
    for (name, snapshot, views) in views() {
        for options in views.into_iter().filter(|options| options.source.is_some()) {
            let shown = snapshot.brief(300, &options).sentences();
            snapshot.without_question(&options, |scene| {
                for (edition, analysis) in scene.readings() {
                    let evidence = |number: u32| scene.is_evidence(Passage { edition: edition.id, sentence: number });
                    let is_shown = |number: u32| shown.contains(&analysis.sentences[number as usize].span);
                    let person = |id| analysis.entity(id).filter(|entity| entity.kind == EntityKind::Person);
                    let statuses = analysis.statuses.iter().filter(|status| evidence(status.sentence));
                    let mut told = statuses
                        .filter_map(|status| Some((&person(status.entity?)?.name, status.status.as_str(), status.sentence)))
                        .collect::<Vec<_>>();
                    for statement in analysis.statements.iter().filter(|statement| !statement.silence) {
                        let speaker = statement.speaker.as_ref().and_then(|speaker| person(speaker.entity?));
                        let sentences = statement.sentences.iter().filter(|&&number| evidence(number));
                        told.extend(
                            speaker.iter().flat_map(|speaker| sentences.clone().map(|&at| (&speaker.name, "says", at))),
                        );
                    }
                    let wanted = told.iter().map(|(name, what, _)| (*name, *what)).collect::<BTreeSet<_>>();
                    for (person, what) in &wanted {
                        let somewhere = told.iter().any(|(name, is, at)| (name, is) == (person, what) && is_shown(*at));
                        assert!(somewhere, "{name}, {:?}: {person} {what} is not on the page", options.source);
                    }
                    people += wanted.len();
                }
            });
        }
    }
    assert!(people > 40, "{people}");
}

/// Sentences that accuse somebody, as the question after allegations finds them.
fn accusations(snapshot: &Snapshot) -> Vec<verbatim::span::Span> {
    let answer = snapshot.ask("what are the allegations?", &AskOptions::default());
    answer.quotations.iter().map(verbatim::answer::Quotation::span).collect()
}

#[test]
fn at_300_words_the_cases_page_has_every_accusation_and_everybody_with_a_status_or_a_statement() {
    let snapshot = shelf::case();
    let briefing = snapshot.brief(300, &AskOptions::default());
    let shown = briefing.sentences();
    let accusations = accusations(&snapshot);
    assert!(accusations.len() >= 4, "{accusations:?}");
    for span in accusations {
        assert!(shown.contains(&span), "missing: {}", snapshot.knowledge.slice(span));
    }
    snapshot.without_question(&AskOptions::default(), |scene| {
        let (edition, analysis) = scene.readings().next().unwrap();
        let is_shown = |number: u32| shown.contains(&analysis.sentences[number as usize].span);
        let evidence = |number: u32| scene.is_evidence(Passage { edition: edition.id, sentence: number });
        let person = |id| analysis.entity(id).filter(|entity| entity.kind == EntityKind::Person);
        let (mut statuses, mut speakers) = (BTreeSet::new(), BTreeSet::new());
        let (mut shown_statuses, mut shown_speakers) = (BTreeSet::new(), BTreeSet::new());
        for status in analysis.statuses.iter().filter(|status| evidence(status.sentence)) {
            let Some(holder) = status.entity.and_then(person) else { continue };
            statuses.insert((holder.name.as_str(), status.status.as_str()));
            if is_shown(status.sentence) {
                shown_statuses.insert((holder.name.as_str(), status.status.as_str()));
            }
        }
        for statement in analysis.statements.iter().filter(|statement| !statement.silence) {
            let Some(speaker) = statement.speaker.as_ref().and_then(|speaker| speaker.entity).and_then(person) else {
                continue;
            };
            speakers.insert(speaker.name.as_str());
            if statement.sentences.iter().any(|&number| is_shown(number)) {
                shown_speakers.insert(speaker.name.as_str());
            }
        }
        assert!(statuses.len() >= 3 && speakers.len() >= 5, "{statuses:?} {speakers:?}");
        assert_eq!(shown_statuses, statuses);
        assert_eq!(shown_speakers, speakers);
    });
    let reply = briefing.sections.iter().find(|section| section.topic == Topic::Reply).unwrap();
    assert!(reply.entries.iter().any(|entry| entry.quotation.text().starts_with("Their legal representatives")));
}

#[test]
fn who_accuses_does_not_reply_and_a_mere_title_is_no_role() {
    let (_, snapshot, briefings) = every().into_iter().find(|(name, ..)| name == "surnames").unwrap();
    let reply = briefings[4].sections.iter().find(|section| section.topic == Topic::Reply).unwrap();
    assert!(reply.entries.iter().all(|entry| entry.quotation.speaker.as_deref() != Some("Ruth Ann Kowalski")), "{reply:?}");
    let roles = |snapshot: &Snapshot, briefing: &Briefing| {
        let facts = briefing.sections.iter().flat_map(|section| &section.lines).map(|line| line.fact.clone());
        let roles = facts.filter_map(|fact| if let Fact::Role(span, _) = fact { Some(span) } else { None });
        roles.map(|span| snapshot.knowledge.slice(span).to_owned()).collect::<Vec<_>>()
    };
    for (name, snapshot, briefings) in every() {
        let titles = roles(&snapshot, &briefings[4]).into_iter().filter(|role| role == "Mr." || role == "Dr.").count();
        assert_eq!(titles, 0, "{name}: a mere title is no role");
        let named = roles(&snapshot, &briefings[4]).into_iter().find(|role| role.ends_with("Anneliese Brandt"));
        assert_eq!(named, None, "{name}: a name is no role");
    }
    assert!(roles(&snapshot, &snapshot.brief(600, &AskOptions::default())).iter().any(|role| role == "Town Attorney"));
}

#[test]
fn standing_is_kept_under_every_topic() {
    for (name, snapshot, briefings) in every() {
        for entry in briefings[3].entries() {
            let span = entry.quotation.span();
            let analysis = &snapshot.analyses[span.edition.0 as usize];
            let sentence = analysis.sentences.iter().find(|sentence| sentence.span == span).unwrap();
            assert!(entry.quotation.standing >= Some(sentence.standing), "{name}: {}", entry.quotation.text());
        }
        let alleged = briefings[3].sections.iter().filter(|section| section.topic == Topic::Alleged);
        for entry in alleged.flat_map(|section| &section.entries) {
            assert_eq!(entry.quotation.standing, Some(Standing::Alleged), "{name}: {}", entry.quotation.text());
        }
    }
}

#[test]
fn the_same_state_gives_the_same_page() {
    for (name, snapshot, briefings) in every() {
        let again = LENGTHS.map(|words| snapshot.brief(words, &AskOptions::default()));
        assert_eq!(again.to_vec(), briefings, "{name}");
    }
}

#[test]
fn a_page_as_of_a_date_has_only_editions_valid_by_then() {
    let snapshot = shelf::folder("editions");
    let options = AskOptions { as_of: Some(date(2025, 7, 8)), ..AskOptions::default() };
    let briefing = snapshot.brief(600, &options);
    let now = snapshot.brief(600, &AskOptions::default());
    assert!(briefing.entries().count() > 0);
    for entry in briefing.entries() {
        let edition = snapshot.knowledge.edition(entry.quotation.span().edition).unwrap();
        assert!(edition.valid_from().unwrap().date() <= date(2025, 7, 8));
    }
    assert_ne!(briefing.sentences(), now.sentences());
}

#[test]
fn people_are_listed_with_the_roles_and_statuses_that_the_page_shows() {
    let snapshot = shelf::folder("court");
    let briefing = snapshot.brief(600, &AskOptions::default());
    let status = briefing.sections.iter().find(|section| section.topic == Topic::Status).unwrap();
    let has =
        |wanted: &str| status.lines.iter().any(|line| matches!(&line.fact, Fact::Status(id, _) if id.starts_with(wanted)));
    assert!(has("status.sentenced") || has("status.convicted"), "{:?}", status.lines);
    let shown = briefing.sentences();
    for line in briefing.sections.iter().flat_map(|section| &section.lines) {
        if let Fact::Role(span, _) = &line.fact {
            assert!(shown.iter().any(|sentence| sentence.contains(*span)), "{line:?}");
        }
    }
}
