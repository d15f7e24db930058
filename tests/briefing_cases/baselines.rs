//! Our choice against the first sentences, TextRank and chance, at the same length: which covers more of what there is to know.
//!
//! `cargo test --test briefing baselines -- --nocapture` prints the table of BENCHMARKS.md.

use std::collections::{BTreeSet, HashMap};

use verbatim::answer::Passage;
use verbatim::briefing::{Covered, covered};
use verbatim::engine::{AskOptions, Snapshot};
use verbatim::span::Span;

use crate::shelf;

/// Draws by which chance is judged.
const DRAWS: u64 = 60;

struct Text {
    sentences: Vec<(Span, Vec<String>, usize)>,
}

impl Text {
    fn of(snapshot: &Snapshot) -> Self {
        let sentences = snapshot.without_question(&AskOptions::default(), |scene| {
            let mut sentences = Vec::new();
            for (edition, analysis) in scene.readings() {
                let rules = snapshot.rules.language(&edition.metadata.language);
                for (number, sentence) in analysis.sentences.iter().enumerate() {
                    let passage = Passage { edition: edition.id, sentence: u32::try_from(number).unwrap() };
                    if !scene.is_evidence(passage) {
                        continue;
                    }
                    let text = edition.slice(sentence.span);
                    let words = text.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase);
                    let content =
                        words.filter(|word| !word.is_empty() && !rules.is_some_and(|rules| rules.locale.is_stop_word(word)));
                    sentences.push((sentence.span, content.collect(), text.split_whitespace().count()));
                }
            }
            sentences
        });
        Self { sentences }
    }

    /// Sentences in `order`, as many as fit into `limit` words.
    fn fill(&self, order: impl IntoIterator<Item = usize>, limit: usize) -> BTreeSet<Span> {
        let mut spent = 0;
        let mut chosen = BTreeSet::new();
        for at in order {
            let (span, _, words) = &self.sentences[at];
            if spent + words <= limit {
                spent += words;
                chosen.insert(*span);
            }
        }
        chosen
    }

    fn lead(&self, limit: usize) -> BTreeSet<Span> {
        self.fill(0..self.sentences.len(), limit)
    }

    /// TextRank (Mihalcea and Tarau 2004): sentences as nodes, common words over the logarithms of the lengths as weights.
    fn text_rank(&self, limit: usize) -> BTreeSet<Span> {
        let count = self.sentences.len();
        let sets = self.sentences.iter().map(|(_, words, _)| words.iter().collect::<BTreeSet<_>>()).collect::<Vec<_>>();
        let mut weights = vec![vec![0.0; count]; count];
        for i in 0..count {
            for j in (0..count).filter(|&j| j != i && sets[i].len() > 1 && sets[j].len() > 1) {
                let common = sets[i].intersection(&sets[j]).count() as f64;
                weights[i][j] = common / ((sets[i].len() as f64).ln() + (sets[j].len() as f64).ln());
            }
        }
        let sums = weights.iter().map(|row| row.iter().sum::<f64>()).collect::<Vec<_>>();
        let mut ranks = vec![1.0; count];
        for _ in 0..60 {
            let next =
                |i: usize| (0..count).filter(|&j| sums[j] > 0.0).map(|j| weights[j][i] / sums[j] * ranks[j]).sum::<f64>();
            ranks = (0..count).map(|i| 0.15 + 0.85 * next(i)).collect();
        }
        let mut order = (0..count).collect::<Vec<_>>();
        order.sort_by(|&a, &b| ranks[b].total_cmp(&ranks[a]).then(a.cmp(&b)));
        self.fill(order, limit)
    }

    fn random(&self, limit: usize, seed: u64) -> BTreeSet<Span> {
        let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
        let mut keys = HashMap::new();
        for at in 0..self.sentences.len() {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            keys.insert(at, state);
        }
        let mut order = (0..self.sentences.len()).collect::<Vec<_>>();
        order.sort_by_key(|at| keys[at]);
        self.fill(order, limit)
    }
}

fn mean(all: &[Covered]) -> Covered {
    let count = all.len() as f64;
    let of = |part: fn(&Covered) -> f64| all.iter().map(part).sum::<f64>() / count;
    Covered { entities: of(|c| c.entities), statements: of(|c| c.statements), statuses: of(|c| c.statuses) }
}

fn row(name: &str, words: usize, covered: &Covered) {
    println!("| {name} | {words} | {:.3} | {:.3} | {:.3} |", covered.entities, covered.statements, covered.statuses);
}

#[test]
fn ours_covers_more_than_the_first_sentences_textrank_and_chance() {
    println!("| way of choosing | words | entities | statements | statuses |\n|---|---|---|---|---|");
    for words in [150, 300] {
        let (mut ours, mut lead, mut rank, mut chance) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        for (_, snapshot) in shelf::all() {
            let text = Text::of(&snapshot);
            let briefing = snapshot.brief(words, &AskOptions::default());
            let score =
                |shown: &BTreeSet<Span>| snapshot.without_question(&AskOptions::default(), |scene| covered(scene, shown));
            ours.push(score(&briefing.sentences()));
            lead.push(score(&text.lead(words)));
            rank.push(score(&text.text_rank(words)));
            let draws = (1..=DRAWS).map(|seed| score(&text.random(words, seed))).collect::<Vec<_>>();
            chance.push(mean(&draws));
        }
        let ours = mean(&ours);
        row("ours", words, &ours);
        for (name, other) in [("first sentences", mean(&lead)), ("TextRank", mean(&rank)), ("chance", mean(&chance))] {
            row(name, words, &other);
            assert!(ours.entities > other.entities, "{name} at {words}: {other:?} against {ours:?}");
            assert!(ours.statements > other.statements, "{name} at {words}: {other:?} against {ours:?}");
            assert!(ours.statuses > other.statuses, "{name} at {words}: {other:?} against {ours:?}");
        }
    }
}
