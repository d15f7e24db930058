//! Numbers of servers, channels and messages, keyed hashes of users, and times, small on disk and plain in JSON. Knows no record.

use std::fmt;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::document::Edition;

/// The number of a server, channel or message. In JSON a string, for it may exceed what other programs read exactly.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Id(pub u64);

/// A moment in whole seconds since 1970 (UTC). In JSON written as RFC 3339.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Time(pub i64);

/// The keyed hash of a user's number: the same for one user and one data folder, and nothing to anybody without its secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UserKey(pub [u8; 16]);

/// SHA-256 of an edition's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EditionHash(pub [u8; 32]);

impl EditionHash {
    /// The hash of an edition.
    #[must_use]
    pub fn of(edition: &Edition) -> Self {
        // A loaded edition always has its hash in this form.
        edition.sha256.parse().unwrap_or(Self([0; 32]))
    }
}

impl Time {
    /// Seconds in a day.
    pub const DAY: i64 = 86_400;

    /// This moment, some days earlier.
    #[must_use]
    pub fn days_before(self, days: u32) -> Self {
        Self(self.0.saturating_sub(i64::from(days).saturating_mul(Self::DAY)))
    }
}

impl From<jiff::Timestamp> for Time {
    fn from(moment: jiff::Timestamp) -> Self {
        Self(moment.as_second())
    }
}

impl From<u64> for Id {
    fn from(number: u64) -> Self {
        Self(number)
    }
}

impl fmt::Display for Id {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(out)
    }
}

impl fmt::Display for Time {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match jiff::Timestamp::from_second(self.0) {
            Ok(moment) => moment.fmt(out),
            Err(_) => write!(out, "{}", self.0),
        }
    }
}

impl Serialize for Id {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        if to.is_human_readable() { to.collect_str(self) } else { to.serialize_u64(self.0) }
    }
}

impl<'de> Deserialize<'de> for Id {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        if from.is_human_readable() {
            let text = String::deserialize(from)?;
            text.parse().map(Self).map_err(|_| D::Error::custom(format!("`{text}` is no number of a server or channel")))
        } else {
            u64::deserialize(from).map(Self)
        }
    }
}

impl Serialize for Time {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        if to.is_human_readable() { to.collect_str(self) } else { to.serialize_i64(self.0) }
    }
}

impl<'de> Deserialize<'de> for Time {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        if from.is_human_readable() {
            let text = String::deserialize(from)?;
            let moment = text.parse::<jiff::Timestamp>().map_err(|_| D::Error::custom(format!("`{text}` is no time")))?;
            Ok(moment.into())
        } else {
            i64::deserialize(from).map(Self)
        }
    }
}

/// Bytes that are written in hexadecimal.
macro_rules! hexadecimal {
    ($name:ident, $length:literal, $what:literal) => {
        impl fmt::Display for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str(&data_encoding::HEXLOWER.encode(&self.0))
            }
        }

        impl std::str::FromStr for $name {
            type Err = String;

            fn from_str(text: &str) -> Result<Self, String> {
                let bytes = data_encoding::HEXLOWER.decode(text.as_bytes()).ok();
                let bytes = bytes.and_then(|bytes| <[u8; $length]>::try_from(bytes).ok());
                bytes.map(Self).ok_or_else(|| format!(concat!("`{}` is no ", $what), text))
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                if to.is_human_readable() { to.collect_str(self) } else { self.0.serialize(to) }
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                if from.is_human_readable() {
                    String::deserialize(from)?.parse().map_err(D::Error::custom)
                } else {
                    <[u8; $length]>::deserialize(from).map(Self)
                }
            }
        }
    };
}

hexadecimal!(UserKey, 16, "user hash");
hexadecimal!(EditionHash, 32, "hash of an edition");

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn plain_in_json_and_small_on_disk() {
        let all = (Id(u64::MAX), Time(1_700_000_000), UserKey([7; 16]));
        let json = serde_json::to_string(&all).unwrap();
        assert_eq!(json, r#"["18446744073709551615","2023-11-14T22:13:20Z","07070707070707070707070707070707"]"#);
        assert_eq!(serde_json::from_str::<(Id, Time, UserKey)>(&json).unwrap(), all);
        let bytes = postcard::to_allocvec(&all).unwrap();
        assert_eq!(bytes.len(), 10 + 5 + 16);
        assert_eq!(postcard::from_bytes::<(Id, Time, UserKey)>(&bytes).unwrap(), all);
        assert!(serde_json::from_str::<Id>(r#""x""#).is_err());
        assert!(serde_json::from_str::<Time>(r#""yesterday""#).is_err());
        assert!(serde_json::from_str::<UserKey>(r#""07""#).is_err());
    }
}
