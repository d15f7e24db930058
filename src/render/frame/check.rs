//! The result of checking a claim, framed like an answer. Knows no layout.

use crate::claim::{Check, Finding};
use crate::engine::{AskOptions, Snapshot};
use crate::receipt::Receipt;
use crate::render::words::Words;

use super::passage::Reader;
use super::{Frame, Group, GroupRole, editions_of, source};

/// The code shown where nothing was found.
const NOT_FOUND: &str = "not_found";

impl Frame {
    /// Frames the result of a check for a reader of the language `locale`.
    #[must_use]
    pub fn of_check(check: &Check, snapshot: &Snapshot, options: &AskOptions, locale: &str, receipt: &Receipt) -> Self {
        let words = Words::of(&snapshot.rules, locale);
        let view = snapshot.knowledge.view(&options.viewer());
        let searched = snapshot.searched(&view, options);
        let quotations = check.quotations.iter().collect::<Vec<_>>();
        // Every passage says its speaker and standing: a check is about them.
        let passages = Reader::alone(snapshot, words).group(GroupRole::Nearest, None, &quotations).passages;
        let groups =
            if passages.is_empty() { Vec::new() } else { vec![Group { role: GroupRole::Answer, label: None, passages }] };
        let shown = editions_of(&groups);
        let sentence = sentence(check, words, searched);
        let found = check.finding != Finding::NotFound;
        Self {
            read_as: None,
            as_of: None,
            heading: found.then(|| sentence.clone()),
            refusal: (!found).then_some((sentence, NOT_FOUND)),
            choices: Vec::new(),
            groups,
            notes: Vec::new(),
            examples_label: String::new(),
            examples: Vec::new(),
            sources: match shown.is_empty() {
                true => source::lines(&view.editions, Some(searched), snapshot, words),
                false => source::lines(&shown, None, snapshot, words),
            },
            receipt_label: words.text("card.receipt", &[("id", receipt.id())]),
            receipt: receipt.to_string(),
        }
    }
}

fn sentence(check: &Check, words: Words<'_>, searched: usize) -> String {
    let mut speakers = check.quotations.iter().map(|quotation| quotation.speaker.as_deref());
    let first = speakers.next().flatten();
    let speaker = first.filter(|&name| speakers.all(|other| other == Some(name)));
    match (check.finding, speaker, &check.differs) {
        (Finding::Found, Some(name), _) => words.text("claim.found_by", &[("name", name)]),
        (Finding::Found, None, _) => words.text("claim.found", &[]),
        (Finding::OtherSpeaker, Some(name), _) => words.text("claim.other_speaker", &[("name", name)]),
        (Finding::OtherSpeaker, None, _) => words.text("claim.other_speaker_unknown", &[]),
        (Finding::Differs, _, Some((claimed, reported))) => {
            words.text("claim.differs", &[("claimed", claimed), ("reported", reported)])
        }
        (Finding::Differs, _, None) => words.text("claim.differs_somehow", &[]),
        (Finding::NotFound, ..) => words.counted("claim.not_found", searched),
    }
}
