//! The fields of the settings: their names, how each is edited, and what may be put into it. Knows no message.

use crate::store::{Audience, Confidence, Id, Settings};

/// One thing that can be set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    /// Whom the place is for.
    Audience,
    /// Language of the frame.
    Locale,
    /// Sources that answer.
    Sources,
    /// Sources that are not quoted.
    Suppressed,
    /// Days after which a state is shown with a warning.
    Freshness,
    /// Words of one source in one message.
    Budget,
    /// How sure a free answer must be.
    Confidence,
    /// Whether texts of refused questions are kept.
    Logging,
    /// Whether earlier messages are replied to when their source has changed.
    Notices,
    /// The desk's channel.
    Desk,
    /// Channels that are answered in.
    Channels,
}

/// How a field is edited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Edit {
    /// From a menu.
    Chosen,
    /// In a form, with so many characters at most.
    Written(u16),
}

/// What is to be put into a field; `None` leaves it to the server or the operator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Value {
    Audience(Option<Audience>, Option<bool>),
    Locale(Option<String>),
    Sources(Option<Vec<String>>),
    Suppressed(Option<Vec<String>>),
    Freshness(Option<u16>),
    Budget(Option<u32>),
    Confidence(Option<Confidence>),
    Logging(Option<bool>),
    Notices(Option<bool>),
    Desk(Option<Id>),
    Channels(Option<Vec<Id>>),
}

/// The choice that leaves a field to whoever sets it next.
pub(super) const DEFAULT: &str = "default";

impl Field {
    /// Every field, in the order shown.
    pub(super) const ALL: [Field; 11] = [
        Field::Audience,
        Field::Locale,
        Field::Sources,
        Field::Suppressed,
        Field::Freshness,
        Field::Budget,
        Field::Confidence,
        Field::Logging,
        Field::Notices,
        Field::Desk,
        Field::Channels,
    ];

    /// Its name in ids and phrases.
    pub(super) fn name(self) -> &'static str {
        match self {
            Field::Audience => "audience",
            Field::Locale => "locale",
            Field::Sources => "sources",
            Field::Suppressed => "suppressed",
            Field::Freshness => "freshness",
            Field::Budget => "budget",
            Field::Confidence => "confidence",
            Field::Logging => "logging",
            Field::Notices => "notices",
            Field::Desk => "desk",
            Field::Channels => "channels",
        }
    }

    /// The field with that name.
    pub(super) fn called(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.name() == name)
    }

    /// The phrase that names it.
    pub(super) fn label(self) -> String {
        format!("setting.{}", self.name())
    }

    /// How it is edited.
    pub(super) fn edit(self) -> Edit {
        match self {
            Field::Freshness => Edit::Written(4),
            Field::Budget => Edit::Written(6),
            _ => Edit::Chosen,
        }
    }

    /// What was chosen or written as a value; the error is the phrase that says what is wrong with it.
    pub(super) fn parse(self, chosen: &[String], visible: &[(String, String)]) -> Result<Value, &'static str> {
        let first = chosen.first().map(String::as_str).filter(|&choice| choice != DEFAULT);
        let switch = match first {
            Some("on") => Some(true),
            Some("off") => Some(false),
            _ => None,
        };
        let sources = || {
            let known = chosen.iter().filter(|id| visible.iter().any(|(known, _)| known == *id));
            Some(known.cloned().collect::<Vec<_>>()).filter(|list| !list.is_empty())
        };
        let channels = || chosen.iter().filter_map(|id| id.parse().ok().map(Id)).collect::<Vec<_>>();
        Ok(match self {
            Field::Audience => match first {
                Some("readers") => Value::Audience(Some(Audience::Readers), Some(false)),
                Some("newsroom") => Value::Audience(Some(Audience::Newsroom), Some(false)),
                Some("off") => Value::Audience(None, Some(true)),
                _ => Value::Audience(None, None),
            },
            Field::Locale => Value::Locale(first.map(str::to_owned)),
            Field::Sources => Value::Sources(sources()),
            Field::Suppressed => Value::Suppressed(sources()),
            Field::Freshness => Value::Freshness(number(first, "settings.no_days")?),
            Field::Budget => Value::Budget(number(first, "settings.no_words")?),
            Field::Confidence => Value::Confidence(match first {
                Some("desk") => Some(Confidence::Desk),
                Some("public") => Some(Confidence::Public),
                _ => None,
            }),
            Field::Logging => Value::Logging(switch),
            Field::Notices => Value::Notices(switch),
            Field::Desk => Value::Desk(channels().first().copied()),
            Field::Channels => Value::Channels(Some(channels()).filter(|list| !list.is_empty())),
        })
    }
}

/// A number of 1 or more; nothing written takes it away.
fn number<N: std::str::FromStr + Default + PartialEq>(
    written: Option<&str>,
    fault: &'static str,
) -> Result<Option<N>, &'static str> {
    match written {
        None => Ok(None),
        Some(text) => text.parse().ok().filter(|number| *number != N::default()).map(Some).ok_or(fault),
    }
}

impl Value {
    /// The settings with this value. Sources that the editor can't see stay as they are.
    pub(super) fn put(self, settings: Settings, visible: &[(String, String)]) -> Settings {
        let kept = |before: Option<Vec<String>>, chosen: Option<Vec<String>>| {
            let unseen = before.unwrap_or_default().into_iter().filter(|id| !visible.iter().any(|(known, _)| known == id));
            let mut all: Vec<String> = chosen.unwrap_or_default();
            all.extend(unseen);
            Some(all).filter(|all| !all.is_empty())
        };
        match self {
            Value::Audience(audience, off) => Settings { audience, off, ..settings },
            Value::Locale(locale) => Settings { locale, ..settings },
            Value::Sources(chosen) => Settings { sources: kept(settings.sources.clone(), chosen), ..settings },
            Value::Suppressed(chosen) => Settings { suppressed: kept(settings.suppressed.clone(), chosen), ..settings },
            Value::Freshness(freshness_days) => Settings { freshness_days, ..settings },
            Value::Budget(quote_budget) => Settings { quote_budget, ..settings },
            Value::Confidence(confidence) => Settings { confidence, ..settings },
            Value::Logging(log_questions) => Settings { log_questions, ..settings },
            Value::Notices(recall_notices) => Settings { recall_notices, ..settings },
            Value::Desk(desk) => Settings { desk, ..settings },
            Value::Channels(allow_list) => Settings { allow_list, ..settings },
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn chosen(list: &[&str]) -> Vec<String> {
        list.iter().map(|&item| item.to_owned()).collect()
    }

    #[test]
    fn a_channel_can_be_open_in_a_server_that_is_switched_off() {
        let off = Field::Audience.parse(&chosen(&["off"]), &[]).unwrap().put(Settings::default(), &[]);
        let open = Field::Audience.parse(&chosen(&["readers"]), &[]).unwrap().put(Settings::default(), &[]);
        assert!(!off.answers_in(1) && open.clone().or(off.clone()).answers_in(1));
        let left = Field::Audience.parse(&chosen(&[DEFAULT]), &[]).unwrap().put(open, &[]);
        assert_eq!(left, Settings::default());
        assert!(!left.or(off).answers_in(1));
    }

    #[test]
    fn numbers_are_checked_and_nothing_takes_them_away() {
        assert_eq!(Field::Freshness.parse(&chosen(&["14"]), &[]), Ok(Value::Freshness(Some(14))));
        assert_eq!(Field::Freshness.parse(&[], &[]), Ok(Value::Freshness(None)));
        for bad in ["0", "-1", "many", "99999999"] {
            assert_eq!(Field::Freshness.parse(&chosen(&[bad]), &[]), Err("settings.no_days"), "{bad}");
        }
        assert_eq!(Field::Budget.parse(&chosen(&["x"]), &[]), Err("settings.no_words"));
    }

    #[test]
    fn sources_that_the_editor_cannot_see_are_neither_added_nor_lost() {
        let visible = [("open".to_owned(), String::new()), ("other".to_owned(), String::new())];
        let value = Field::Suppressed.parse(&chosen(&["open", "secret"]), &visible).unwrap();
        assert_eq!(value, Value::Suppressed(Some(chosen(&["open"]))));
        let before = Settings { suppressed: Some(chosen(&["hidden", "other"])), ..Settings::default() };
        let after = value.put(before, &visible);
        assert_eq!(after.suppressed, Some(chosen(&["open", "hidden"])));
    }
}
