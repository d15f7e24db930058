//! Compares an answer or a check with what its case demands; each fault is one short line.

use verbatim::answer::{Answer, Outcome, Quotation};
use verbatim::claim::Check;
use verbatim::document::Knowledge;

use super::case::Case;

/// Where long passages are cut in messages (characters).
const SHOWN: usize = 90;

/// What is wrong with the answer to a question.
pub fn answer(case: &Case, answer: &Answer, knowledge: &Knowledge) -> Vec<String> {
    let (outcome, reason, choices) = match &answer.outcome {
        Outcome::Answered => ("answered", None, Vec::new()),
        Outcome::Abstained(reason) => ("abstained", Some(reason.code()), Vec::new()),
        Outcome::Ambiguous(choices) => ("ambiguous", None, choices.iter().map(|choice| choice.id.clone()).collect()),
    };
    let mut faults = Faults(Vec::new());
    let got = reason.map_or(outcome.to_owned(), |reason| format!("{outcome} {reason}"));
    let wanted_reason = if outcome == "ambiguous" { None } else { case.reason.as_deref() };
    let wanted = wanted_reason.map_or(case.outcome.clone(), |reason| format!("{} {reason}", case.outcome));
    faults.same("outcome", &wanted, &got);
    if let Some(intent) = &case.intent {
        let own = serde_json::to_value(answer.question.intent).unwrap();
        faults.same("intent", intent, own.as_str().unwrap_or_default());
    }
    if case.outcome == outcome {
        faults.quotations(case, &answer.quotations);
    }
    faults.all_shown("related", &case.related, answer.related.iter().map(|related| &related.quotation));
    faults.all_shown("nearest", &case.nearest, answer.nearest.iter());
    if case.no_nearest && !answer.nearest.is_empty() {
        faults.0.push(format!("    nearest: wanted none, got {}", cut(answer.nearest[0].text())));
    }
    if !case.choices.is_empty() {
        faults.same("choices", &case.choices.join(", "), &choices.join(", "));
    }
    if let Some(reading) = &case.read_as {
        faults.same("read as", reading, answer.question.read_as.as_deref().unwrap_or("as written"));
    }
    let related = answer.related.iter().map(|related| &related.quotation);
    faults.none_shown(case, answer.quotations.iter().chain(related).chain(&answer.nearest));
    faults.verbatim(answer.quotations.iter().chain(&answer.nearest), knowledge);
    faults.0
}

/// What is wrong with the check of a claim.
pub fn check(case: &Case, check: &Check) -> Vec<String> {
    let mut faults = Faults(Vec::new());
    let finding = serde_json::to_value(check.finding).unwrap();
    faults.same("finding", &case.outcome, finding.as_str().unwrap_or_default());
    faults.quotations(case, &check.quotations);
    if !case.differs.is_empty() {
        let got = check.differs.as_ref().map_or(String::new(), |(claim, source)| format!("{claim} / {source}"));
        faults.same("differs", &case.differs.join(" / "), &got);
    }
    faults.none_shown(case, check.quotations.iter());
    faults.0
}

struct Faults(Vec<String>);

impl Faults {
    fn same(&mut self, what: &str, wanted: &str, got: &str) {
        if wanted != got {
            self.0.push(format!("    {what}: wanted {wanted}, got {got}"));
        }
    }

    /// The passages in their order, and the first one's speaker, standing and context.
    fn quotations(&mut self, case: &Case, quotations: &[Quotation]) {
        let texts = quotations.iter().map(Quotation::text).collect::<Vec<_>>();
        let wanted = case.quotes.iter().map(String::as_str).collect::<Vec<_>>();
        if case.first {
            self.same("first quotation", wanted.first().unwrap_or(&""), texts.first().unwrap_or(&"nothing"));
        } else {
            let free = |text: &&str| !wanted.contains(text) && case.allow.iter().any(|allowed| allowed == text);
            let got = texts.iter().copied().filter(|text| !free(text)).collect::<Vec<_>>();
            self.0.extend(wanted.iter().filter(|text| !got.contains(text)).map(|text| format!("    missing: {}", cut(text))));
            self.0
                .extend(got.iter().filter(|text| !wanted.contains(text)).map(|text| format!("    not wanted: {}", cut(text))));
            if got.len() == wanted.len() && got != wanted && got.iter().all(|text| wanted.contains(text)) {
                self.0.push(format!("    order: got {}", got.iter().map(|text| cut(text)).collect::<Vec<_>>().join(" | ")));
            }
        }
        let first = quotations.iter().find(|quotation| wanted.first() == Some(&quotation.text())).or(quotations.first());
        if let Some(first) = first {
            self.of_first(case, first);
        }
    }

    fn of_first(&mut self, case: &Case, first: &Quotation) {
        if let Some(speaker) = &case.speaker {
            self.same("speaker", speaker, first.speaker.as_deref().unwrap_or_default());
        }
        if let Some(standing) = &case.standing {
            let own = first.standing.map_or(String::new(), |standing| standing.to_string());
            self.same("standing", standing, &own);
        }
        for wanted in &case.context {
            if !first.context.iter().any(|context| context.text() == wanted) {
                self.0.push(format!("    missing context: {}", cut(wanted)));
            }
        }
    }

    fn all_shown<'q>(&mut self, what: &str, wanted: &[String], shown: impl Iterator<Item = &'q Quotation>) {
        let shown = shown.map(Quotation::text).collect::<Vec<_>>();
        let missing = wanted.iter().filter(|text| !shown.contains(&text.as_str()));
        self.0.extend(missing.map(|text| format!("    missing {what}: {}", cut(text))));
    }

    fn none_shown<'q>(&mut self, case: &Case, shown: impl Iterator<Item = &'q Quotation>) {
        for quotation in shown {
            let contexts = quotation.context.iter().map(|context| context.text());
            for text in contexts.chain([quotation.text()]) {
                for wrong in case.must_not.iter().filter(|wrong| text.contains(wrong.as_str())) {
                    self.0.push(format!("    must not show “{wrong}”: {}", cut(text)));
                }
            }
        }
    }

    fn verbatim<'q>(&mut self, shown: impl Iterator<Item = &'q Quotation>, knowledge: &Knowledge) {
        let changed = shown.filter(|quotation| knowledge.slice(quotation.span()) != quotation.text());
        self.0.extend(changed.map(|quotation| format!("    not verbatim: {}", cut(quotation.text()))));
    }
}

fn cut(text: &str) -> String {
    let mut short = text.chars().take(SHOWN).collect::<String>();
    if text.chars().nth(SHOWN).is_some() {
        short.push('…');
    }
    short
}
