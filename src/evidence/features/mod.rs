//! Named features of a passage for a question, each a small function. Knows no weights.

mod contrast;
mod coverage;
mod form;
mod kind;
mod names;
mod order;
mod pairing;
mod replaced;
#[cfg(test)]
mod tests;

pub(super) use pairing::is_under;
pub use pairing::{Meeting, Pairing};

/// A named feature.
#[derive(Debug, Clone, Copy)]
pub struct Feature {
    /// Its name, as in the weights file.
    pub name: &'static str,
    /// What it measures, as written beside its weight.
    pub reason: &'static str,
    compute: fn(&Pairing<'_>) -> f64,
}

macro_rules! features {
    ($(#[$doc:meta])* $list:ident: $($name:literal $function:path, $reason:literal;)*) => {
        $(#[$doc])*
        pub const $list: &[Feature] = &[$(Feature { name: $name, reason: $reason, compute: $function },)*];
    };
}

features! {
    /// Every feature that passages are ranked by, in the order of a [`FeatureVector`].
    FEATURES:
    "coverage.here" coverage::here, "weight of the question's words in the sentence";
    "coverage.rare" coverage::rare, "the same, rare words counted more";
    "coverage.with_previous" coverage::with_previous, "with the sentence before";
    "coverage.with_next" coverage::with_next, "with the sentence after";
    "coverage.paragraph" coverage::paragraph, "with the whole paragraph and its heading";
    "coverage.alike" coverage::alike, "words that only look alike";
    "coverage.concept" coverage::concept, "words that only mean the same";
    "coverage.any" coverage::any, "the three together";
    "coverage.letters" coverage::letters, "the question's runs of four letters";
    "coverage.lacking" coverage::lacking, "number of words that are not there in any way";
    "coverage.lacking_everywhere" coverage::lacking_everywhere, "heaviest word that the paragraph lacks";
    "coverage.heaviest_here" coverage::heaviest_here, "the heaviest word is in the sentence";
    "coverage.last_here" coverage::last_here, "the last content word is in the sentence";
    "coverage.plain_lacking" coverage::plain_lacking, "heaviest word, not a name, that is not there in any way";
    "bm25.sentence" coverage::bm25, "BM25 of the sentence beside the question's weight";
    "bm25.paragraph" coverage::bm25_paragraph, "BM25 of the paragraph beside the question's weight";
    "order.subsequence" order::subsequence, "words in the same order";
    "order.adjacent" order::adjacent, "neighbours stay neighbours";
    "order.bigrams" order::bigrams, "pairs of words, stop words included";
    "order.window" order::window, "words within ten in a row";
    "order.density" order::density, "words close together";
    "order.apart" order::apart, "neighbours of the question far apart";
    "order.late" order::late, "how late its first word of the question stands";
    "names.lacking" names::names_lacking, "names that the sentence lacks";
    "names.lacking_everywhere" names::names_lacking_everywhere, "names that the paragraph lacks";
    "names.split" names::names_split, "a name of several words that is not there as a whole";
    "names.inside" replaced::inside_longer, "a name that is here only part of a longer one";
    "numbers.lacking" names::numbers_lacking, "numbers that the sentence lacks";
    "numbers.lacking_everywhere" names::numbers_lacking_everywhere, "numbers that the paragraph lacks";
    "numbers.other" names::other_number, "another number in place of the lacking one";
    "numbers.other_year" names::other_year, "another year in place of the lacking one";
    "kind.name" kind::name_for_who, "who: a new name is there";
    "kind.date" kind::date_for_when, "when: a new date is there";
    "kind.number" kind::number_for_how_many, "how many: a new number is there";
    "kind.money" kind::amount_for_money, "how much: an amount is there";
    "kind.place" kind::place_for_where, "where: a name behind a word of place";
    "kind.reason" kind::reason_for_why, "why: a word that opens a reason";
    "kind.near" kind::near, "the thing asked for stands beside the question's words";
    "kind.new_words" kind::new_words, "an answer brings something new";
    "kind.year_lacking" kind::year_lacking, "what year: no new year is there";
    "kind.only_year" kind::only_year, "how many: only a year is there";
    "form.length" form::length, "long sentences match by chance";
    "form.stub" form::stub, "hardly a sentence";
    "form.first" form::first, "first of its paragraph";
    "form.depth" form::depth, "sentences before it in its paragraph";
    "form.points_back" form::points_back, "begins with a pronoun";
}

features! {
    /// Features that tell whether the first passage answers and say nothing of its rank: what the question holds that the passage
    /// contradicts or lacks.
    CHECKS:
    "coverage.unknown" coverage::unknown, "words that no passage of any source holds";
    "coverage.words" coverage::words, "number of content words asked";
    "order.swapped" order::swapped, "names the other way round";
    "names.other" names::other_name, "another name in place of the lacking one";
    "names.unknown" names::names_unknown, "names that no passage of any source holds";
    "numbers.same_unit" names::same_unit, "another number of the same things in place of the lacking one";
    "kind.noun" kind::noun_here, "the noun behind which or what";
    "kind.new_names" kind::new_names, "new names";
    "kind.lacking" kind::lacking, "nothing of the kind asked for";
    "contrast.negation" contrast::negation, "one side is negated";
    "contrast.negation_lacking" contrast::negation_lacking, "only the question is negated";
    "contrast.opposites" contrast::opposites, "the opposite is said";
    "contrast.opposable_lacking" contrast::opposable_lacking, "a word that has an opposite is lacking";
    "contrast.exclusive_lacking" contrast::exclusive_lacking, "first, only, largest … is lacking";
    "contrast.negated_word" contrast::negated_word, "the word that the question negates is not negated here";
    "contrast.negated_here" contrast::negated_here, "a word of the question is negated here alone";
    "contrast.exclusive_other" contrast::exclusive_other, "first, only, largest … is lacking and another such word is there";
    "contrast.one_of" contrast::one_of, "another of a few that exclude each other (days, kin, units …)";
    "replaced.before" replaced::before, "another word before the one behind a lacking name";
    "replaced.between" replaced::between, "another word between the same neighbours";
    "replaced.aligned" replaced::aligned, "another word in its place in the best alignment";
}

/// The features of one passage, in the order of [`FEATURES`].
#[derive(Debug, Clone, PartialEq)]
pub struct FeatureVector(Vec<f64>);

impl FeatureVector {
    /// Computes every feature.
    #[must_use]
    pub fn of(pairing: &Pairing<'_>) -> Self {
        Self(FEATURES.iter().map(|feature| (feature.compute)(pairing)).collect())
    }

    /// Computes every check.
    #[must_use]
    pub fn checks(pairing: &Pairing<'_>) -> Vec<f64> {
        CHECKS.iter().map(|check| (check.compute)(pairing)).collect()
    }

    /// The values, in the order of [`FEATURES`].
    #[must_use]
    pub fn values(&self) -> &[f64] {
        &self.0
    }

    /// The value of the feature with that name; 0 where there is none.
    #[must_use]
    pub fn get(&self, name: &str) -> f64 {
        let at = FEATURES.iter().position(|feature| feature.name == name);
        at.and_then(|at| self.0.get(at)).copied().unwrap_or(0.0)
    }
}
