//! What a button carries: all that is needed to act on it, in a hundred characters, so that it works after a restart.
//! Knows no Discord but that limit.

/// Longest id, in characters.
pub const MAX: usize = 100;
/// The form of the ids; others are of an older program.
const VERSION: &str = "1";

/// What a button does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// Posts the asker's private answer for all.
    Share,
    /// Shows what the card had no room for.
    More,
    /// Shows the text around the first passage.
    Source,
    /// Answers privately what was asked in the open.
    Open,
    /// Asks again with the chosen name.
    Choose,
    /// Asks this question (an example).
    Ask,
    /// As [`Action::Share`], of a checked claim.
    ShareClaim,
    /// As [`Action::More`], of a checked claim.
    MoreOfClaim,
    /// As [`Action::Source`], of a checked claim.
    SourceOfClaim,
    /// Draws the answer.
    Picture,
    /// As [`Action::Picture`], of a checked claim.
    PictureOfClaim,
    /// Asks the desk about a refused question.
    Desk,
    /// Asks what is wrong with an answer.
    Feedback,
    /// Says what is wrong with it; the menu's value is what.
    Complain,
}

impl Action {
    const ALL: [(Action, &'static str); 14] = [
        (Action::Share, "s"),
        (Action::More, "m"),
        (Action::Source, "p"),
        (Action::Open, "o"),
        (Action::Choose, "c"),
        (Action::Ask, "a"),
        (Action::ShareClaim, "S"),
        (Action::MoreOfClaim, "M"),
        (Action::SourceOfClaim, "P"),
        (Action::Picture, "g"),
        (Action::PictureOfClaim, "G"),
        (Action::Desk, "d"),
        (Action::Feedback, "f"),
        (Action::Complain, "w"),
    ];

    fn code(self) -> &'static str {
        Self::ALL.into_iter().find(|(action, _)| *action == self).map_or("", |(_, code)| code)
    }
}

/// The state in a button.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct State {
    /// What to do.
    pub action: Action,
    /// Which passage or choice, from 0; for `More` the first one to show.
    pub number: u16,
    /// The receipt that was shown (its first characters), to notice that the answer is another one now; may be empty.
    pub receipt: String,
    /// Language of the asker.
    pub locale: String,
    /// The question; `None` where it was too long: then it stands in the card that the button is under.
    pub question: Option<String>,
}

impl State {
    /// Whether what is to be done needs the question.
    #[must_use]
    pub fn needs_question(&self) -> bool {
        !matches!(self.action, Action::Feedback | Action::Complain)
    }

    /// The id. The question is left out where it has no room.
    #[must_use]
    pub fn encode(&self) -> String {
        let head = format!("{VERSION}{}|{}|{}|{}|", self.action.code(), self.number, self.receipt, self.locale);
        match &self.question {
            Some(question) if head.chars().count() + question.chars().count() <= MAX && !question.is_empty() => head + question,
            _ => head.chars().take(MAX).collect(),
        }
    }

    /// Reads an id; `None` for one that this program did not write.
    #[must_use]
    pub fn decode(id: &str) -> Option<Self> {
        let mut parts = id.strip_prefix(VERSION)?.splitn(5, '|');
        let code = parts.next()?;
        let action = Action::ALL.into_iter().find(|(_, known)| *known == code)?.0;
        let number = parts.next()?.parse().ok()?;
        let receipt = parts.next()?.to_owned();
        let locale = parts.next()?.to_owned();
        let question = parts.next().filter(|question| !question.is_empty()).map(str::to_owned);
        Some(Self { action, number, receipt, locale, question })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn an_id_fits_and_says_the_same(question in "\\PC{1,200}", number in 0u16..500) {
            let state = State {
                action: Action::Share, number, receipt: "7K3F-9Q2M".into(), locale: "en-GB".into(), question: Some(question.clone()),
            };
            let id = state.encode();
            prop_assert!(id.chars().count() <= MAX);
            let read = State::decode(&id).unwrap();
            prop_assert!(read.question.is_none() || read.question == Some(question));
            prop_assert_eq!((read.action, read.number, read.receipt, read.locale), (state.action, state.number, state.receipt, state.locale));
        }

        #[test]
        fn any_other_id_is_read_without_a_fault(id in "\\PC{0,120}") {
            let _ = State::decode(&id);
        }
    }

    #[test]
    fn ids_of_others_are_not_ours() {
        assert!(["", "1", "2s|0||en|q", "1x|0||en|q", "1s|x||en|q"].iter().all(|id| State::decode(id).is_none()));
    }
}
