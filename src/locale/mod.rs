//! A language as loaded data, and what follows from it word by word. Knows no question and no source.

mod forms;

use std::borrow::Cow;

pub use forms::{DateForms, LayoutForms, Locale, Paradigm, SentenceForms};

impl Locale {
    /// The stem of a folded word; the word itself where the language has no stemmer.
    #[must_use]
    pub fn stem<'w>(&self, folded: &'w str) -> Cow<'w, str> {
        match self.stemmer.as_deref().and_then(|name| frostem::Stemmer::try_from_name(name).ok()) {
            Some(stemmer) => stemmer.stem(folded),
            None => Cow::Borrowed(folded),
        }
    }

    /// Whether the folded word carries no content.
    #[must_use]
    pub fn is_stop_word(&self, folded: &str) -> bool {
        self.stop_words.iter().any(|word| word == folded)
    }
}
