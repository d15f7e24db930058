//! Reads `verbatim.toml`: an unknown name or a value that means nothing is a fault with its place. Knows no other origin of a value.

use std::ops::Range;
use std::path::Path;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::config::{Origin, Value, from_file};
use super::settings::{Kind, SETTINGS, Setting, setting_of};
use crate::rules::Fault;
use crate::rules::fault::nearest;

/// The values of a file, by key.
///
/// # Errors
/// Every fault of it.
pub(super) fn read(path: &Path, text: &str) -> Result<Vec<(&'static str, Value)>, Vec<Fault>> {
    let shown = path.display().to_string();
    let mut reader = Reader { path, shown: &shown, text, values: Vec::new(), faults: Vec::new() };
    match DeTable::parse(text) {
        Ok(table) => reader.table("", table.get_ref()),
        Err(error) => {
            let message = error.message().lines().next().unwrap_or_default();
            reader.faults.push(Fault::at(&shown, text, error.span().map_or(0, |span| span.start), message));
        }
    }
    if reader.faults.is_empty() { Ok(reader.values) } else { Err(reader.faults) }
}

struct Reader<'r> {
    path: &'r Path,
    shown: &'r str,
    text: &'r str,
    values: Vec<(&'static str, Value)>,
    faults: Vec<Fault>,
}

impl Reader<'_> {
    fn table(&mut self, prefix: &str, table: &DeTable<'_>) {
        for (name, value) in table {
            let key = if prefix.is_empty() { name.get_ref().to_string() } else { format!("{prefix}.{}", name.get_ref()) };
            match (setting_of(&key), value.get_ref()) {
                (Some(setting), _) => self.value(setting, name.span(), value),
                (None, DeValue::Table(inner)) if SETTINGS.iter().any(|setting| setting.table() == key) => {
                    self.table(&key, inner)
                }
                (None, _) => self.unknown(&key, name.span().start),
            }
        }
    }

    fn unknown(&mut self, key: &str, at: usize) {
        let fault = Fault::at(self.shown, self.text, at, format!("unknown setting `{key}`"));
        self.faults.push(match meant(key) {
            Some(name) => fault.hint(format!("did you mean `{name}`?")),
            None => fault.hint("`verbatim config default` lists all settings"),
        });
    }

    fn value(&mut self, setting: &'static Setting, name: Range<usize>, value: &Spanned<DeValue<'_>>) {
        let kind = setting.kind;
        if kind == Kind::Secret {
            let fault = Fault::at(self.shown, self.text, name.start, format!("`{}` does not belong into a file", setting.key));
            self.faults.push(
                fault.hint(format!("set {}, or `discord.token_file` to a file that only you can read", setting.variable)),
            );
            return;
        }
        let text = match value.get_ref() {
            DeValue::String(text) if !matches!(kind, Kind::Switch | Kind::Number(_)) => Some(text.to_string()),
            DeValue::Boolean(on) if kind == Kind::Switch => Some(if *on { "on" } else { "off" }.to_owned()),
            DeValue::Integer(number) if matches!(kind, Kind::Number(_)) => Some(number.to_string()),
            _ => None,
        };
        match text.filter(|text| kind.takes(text)) {
            Some(text) => {
                let text = if kind == Kind::Path { from_file(self.path, &text) } else { text };
                let place = Fault::at(self.shown, self.text, value.span().start, "");
                let origin = Origin::File(format!("{}:{}:{}", place.path, place.line, place.column));
                self.values.push((setting.key, Value { text, origin }));
            }
            None => {
                let expected = if kind == Kind::Switch { "true or false".to_owned() } else { kind.expected() };
                let written = self.text.get(value.span()).unwrap_or_default().lines().next().unwrap_or_default();
                let message = format!("`{}` is {written}: expected {expected}", setting.key);
                self.faults.push(Fault::at(self.shown, self.text, value.span().start, message));
            }
        }
    }
}

/// The setting that was meant: the nearest whole name, else one of that name in another table.
fn meant(key: &str) -> Option<&'static str> {
    let known = || SETTINGS.iter().filter(|setting| setting.kind != Kind::Secret);
    let last = key.rsplit('.').next().unwrap_or(key);
    let named = |name: &str| known().find(|setting| setting.name() == name).map(|setting| setting.key);
    let tables = || known().map(Setting::table).filter(|table| !table.is_empty());
    named(last)
        .or_else(|| nearest(key, known().map(|setting| setting.key)))
        .or_else(|| nearest(last, known().map(Setting::name)).and_then(named))
        .or_else(|| nearest(key, tables()))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn faults(text: &str) -> String {
        read(Path::new("v.toml"), text).unwrap_err().iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn an_unknown_name_is_told_with_its_place_and_the_nearest_one() {
        let cases = [
            (
                "locale = \"en\"\nknowlege = \"k\"\n",
                "v.toml:2:1: unknown setting `knowlege`\n  hint: did you mean `knowledge`?",
            ),
            (
                "[discord]\ndefault_audiense = \"readers\"\n",
                "v.toml:2:1: unknown setting `discord.default_audiense`\n  hint: did you mean `discord.default_audience`?",
            ),
            (
                "default_audience = \"readers\"\n",
                "v.toml:1:1: unknown setting `default_audience`\n  hint: did you mean `discord.default_audience`?",
            ),
            ("[discrod]\napi = \"x\"\n", "v.toml:1:2: unknown setting `discrod`\n  hint: did you mean `discord`?"),
            ("zzzzzzzz = 1", "v.toml:1:1: unknown setting `zzzzzzzz`\n  hint: `verbatim config default` lists all settings"),
        ];
        for (text, wanted) in cases {
            assert_eq!(faults(text), wanted);
        }
    }

    #[test]
    fn a_value_that_means_nothing_is_told_with_its_place() {
        assert_eq!(
            faults("[discord]\npatience = 2"),
            "v.toml:2:12: `discord.patience` is 2: expected a whole number, 5 or more"
        );
        assert_eq!(
            faults("[discord]\ndirect_messages = \"yes\""),
            "v.toml:2:19: `discord.direct_messages` is \"yes\": expected true or false"
        );
        assert_eq!(faults("[log]\nformat = \"xml\""), "v.toml:2:10: `log.format` is \"xml\": expected text or json");
        assert!(faults("locale = ").starts_with("v.toml:1:"));
        assert!(faults("[discord]\ntoken = \"abc.def.ghi\"").contains("does not belong into a file"));
        assert!(!faults("[discord]\ntoken = \"abc.def.ghi\"").contains("abc.def"));
    }

    #[test]
    fn paths_are_meant_from_where_the_file_is() {
        let values = read(Path::new("/etc/verbatim/v.toml"), "knowledge = \"k\"\ndata = \"/d\"").unwrap();
        assert_eq!(values.iter().map(|(_, value)| value.text.as_str()).collect::<Vec<_>>(), ["/d", "/etc/verbatim/k"]);
    }
}
