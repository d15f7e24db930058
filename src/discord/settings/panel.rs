//! The panel: everything that is set, the menu to change it, the menus and forms of the fields, the trail. Knows no store but reads it.

use super::field::{DEFAULT, Edit, Field};
use super::{Whole, id, values};
use crate::discord::asker::Asker;
use crate::discord::autocomplete;
use crate::discord::bot::Bot;
use crate::discord::message::{Choice, Component, Embed, Form, Look, Menu, Message, Offer};
use crate::discord::phrases::Words;
use crate::render::discord_markdown::escape;
use crate::store::{Change, ChangeKind, Scope, Settings, UserKey};

/// Changes shown at once.
const SHOWN: usize = 12;

/// What is wrong with the memory, on a line of its own; empty while all is well.
pub(super) fn trouble(bot: &Bot) -> String {
    bot.memory.trouble().map(|why| format!("\n{}", escape(&why))).unwrap_or_default()
}

/// What is set in a scope, and what holds there.
fn settings(bot: &Bot, scope: Scope) -> (Settings, Settings) {
    let own = bot.memory.store().and_then(|store| store.settings_of(scope)).unwrap_or_default();
    let whole = match scope {
        Scope::Server(_) => own.clone(),
        Scope::Channel { server, channel } => bot.memory.settings(server, channel),
    };
    (own, whole)
}

/// The panel, with a remark above it.
pub(super) async fn show(bot: &Bot, asker: &Asker, whole: Whole, scope: Scope, remark: String) -> Message {
    let words = bot.words(asker);
    let embed = overview(bot, asker, whole, scope);
    let mut components = vec![pick(words, whole)];
    components.extend(buttons(words, whole));
    Message { content: remark + &trouble(bot), embeds: vec![embed], components, private: true, ..Message::default() }
}

fn overview(bot: &Bot, asker: &Asker, whole: Whole, scope: Scope) -> Embed {
    let words = bot.words(asker);
    let (own, holds) = settings(bot, scope);
    let visible = values::visible_sources(bot, &asker.place);
    let line = |field: Field| {
        let mark = if values::is_set(field, &own) { "" } else { "-# " };
        let value = values::value(bot, words, field, &holds, &visible);
        format!("{mark}**{}**: {value}", escape(&words.get(&field.label())))
    };
    let fields = Field::ALL.into_iter().filter(|&field| is_of(field, whole));
    let description = fields.map(line).collect::<Vec<_>>().join("\n");
    let title = words.get(if whole == Whole::Channel { "settings.of_channel" } else { "settings.of_server" });
    Embed { title, description, footer: words.get("settings.small_print"), ..Embed::default() }
}

/// Which channels are answered in is a matter of the whole server.
fn is_of(field: Field, whole: Whole) -> bool {
    field != Field::Channels || whole == Whole::Server
}

fn pick(words: Words<'_>, whole: Whole) -> Component {
    let fields = Field::ALL.into_iter().filter(|&field| is_of(field, whole));
    let choice = |field: Field| Choice { label: words.get(&field.label()), value: field.name().to_owned(), chosen: false };
    let hint = words.get("settings.pick");
    Component::Menu(Menu { id: id(whole, "pick"), hint, of: Offer::Choices(fields.map(choice).collect()), count: (1, 1) })
}

fn buttons(words: Words<'_>, whole: Whole) -> [Component; 2] {
    let (other, label) = match whole {
        Whole::Channel => (Whole::Server, "settings.go_server"),
        Whole::Server => (Whole::Channel, "settings.go_channel"),
    };
    [(id(other, "show"), label), (id(whole, "trail"), "settings.go_trail")].map(|(id, label)| Component::Button {
        label: words.get(label),
        id,
        look: Look::Secondary,
    })
}

/// The panel with the menu of a field.
pub(super) async fn choose(bot: &Bot, asker: &Asker, whole: Whole, scope: Scope, field: Field) -> Message {
    let words = bot.words(asker);
    let (own, _) = settings(bot, scope);
    let visible = values::visible_sources(bot, &asker.place);
    let menu = menu(bot, words, whole, field, &own, &visible);
    let embed = overview(bot, asker, whole, scope);
    let mut components = vec![pick(words, whole)];
    let content = match menu {
        Some(menu) => {
            components.push(Component::Menu(menu));
            String::new()
        }
        None => words.get("settings.nothing_to_choose"),
    };
    components.extend(buttons(words, whole));
    Message { content, embeds: vec![embed], components, private: true, ..Message::default() }
}

fn menu(bot: &Bot, words: Words<'_>, whole: Whole, field: Field, own: &Settings, visible: &[(String, String)]) -> Option<Menu> {
    let word = |value: &str, key: &str, chosen: bool| Choice { label: words.get(key), value: value.to_owned(), chosen };
    let default = |chosen: bool| word(DEFAULT, "value.default", chosen);
    let switch = |on: Option<bool>| {
        vec![word("on", "value.on", on == Some(true)), word("off", "value.off", on == Some(false)), default(on.is_none())]
    };
    let sources = |set: &Option<Vec<String>>| {
        let is_set = |id: &String| set.as_ref().is_some_and(|set| set.contains(id));
        let choice = |(id, title): &(String, String)| Choice { label: title.clone(), value: id.clone(), chosen: is_set(id) };
        visible.iter().filter(|(id, _)| id.chars().count() <= 100).take(25).map(choice).collect::<Vec<_>>()
    };
    let (of, count) = match field {
        Field::Audience => {
            use crate::store::Audience::{Newsroom, Readers};
            let off = own.off == Some(true);
            let choices = vec![
                word("readers", "choice.readers", own.audience == Some(Readers) && !off),
                word("newsroom", "choice.newsroom", own.audience == Some(Newsroom) && !off),
                word("off", "choice.off", off),
                default(own.audience.is_none() && !off),
            ];
            (Offer::Choices(choices), (1, 1))
        }
        Field::Locale => {
            let tags = std::iter::once("en").chain(bot.phrases.translations().map(|(tag, _)| tag));
            let rules = bot.engine.load();
            let names = crate::render::words::Words::of(&rules.rules, "en");
            let choice = |tag: &str| Choice {
                label: format!("{} ({tag})", names.language(tag)),
                value: tag.to_owned(),
                chosen: own.locale.as_deref() == Some(tag),
            };
            let choices = tags.take(24).map(choice).chain([default(own.locale.is_none())]).collect();
            (Offer::Choices(choices), (1, 1))
        }
        Field::Confidence => {
            use crate::store::Confidence::{Desk, Public};
            let choices = vec![
                word("desk", "value.desk", own.confidence == Some(Desk)),
                word("public", "value.public", own.confidence == Some(Public)),
                default(own.confidence.is_none()),
            ];
            (Offer::Choices(choices), (1, 1))
        }
        Field::Logging => (Offer::Choices(switch(own.log_questions)), (1, 1)),
        Field::Notices => (Offer::Choices(switch(own.recall_notices)), (1, 1)),
        Field::Sources | Field::Suppressed => {
            let choices = sources(if field == Field::Sources { &own.sources } else { &own.suppressed });
            if choices.is_empty() {
                return None;
            }
            let most = choices.len();
            (Offer::Choices(choices), (0, most))
        }
        Field::Desk => (Offer::Channels(own.desk.iter().map(|id| id.0).collect()), (0, 1)),
        Field::Channels => {
            let chosen = own.allow_list.iter().flatten().take(25).map(|id| id.0).collect();
            (Offer::Channels(chosen), (0, 25))
        }
        Field::Freshness | Field::Budget => return None,
    };
    Some(Menu { id: id(whole, field.name()), hint: words.get(&field.label()), of, count })
}

/// The form of a field that is written.
pub(super) async fn form(bot: &Bot, asker: &Asker, whole: Whole, scope: Scope, field: Field, longest: u16) -> Form {
    debug_assert!(matches!(field.edit(), Edit::Written(_)));
    let words = bot.words(asker);
    let (own, _) = settings(bot, scope);
    let value = match field {
        Field::Freshness => own.freshness_days.map(|days| days.to_string()),
        Field::Budget => own.quote_budget.map(|budget| budget.to_string()),
        _ => None,
    };
    Form {
        id: id(whole, field.name()),
        title: words.get(&field.label()),
        label: words.get("settings.write_number"),
        value: value.unwrap_or_default(),
        longest,
    }
}

/// Who changed what in the server, newest first.
pub(super) async fn trail(bot: &Bot, asker: &Asker, whole: Whole, server: u64) -> Message {
    let words = bot.words(asker);
    let memory = bot.memory.clone();
    let user = asker.user;
    let read = move || -> Result<(Vec<Change>, UserKey), crate::store::StoreError> {
        let store = memory.store()?;
        Ok((store.audit(server)?, store.user(user)))
    };
    let read = tokio::task::spawn_blocking(read).await;
    let description = match read {
        Ok(Ok((changes, own))) => {
            let visible = values::visible_sources(bot, &asker.place);
            let names = autocomplete::names(bot, asker);
            let known = |what: &str| visible.iter().any(|(id, _)| id == what) || names.iter().any(|name| name == what);
            let lines = changes.iter().rev().filter_map(|change| line(change, own, &known, words)).take(SHOWN);
            let lines = lines.collect::<Vec<_>>().join("\n");
            if lines.is_empty() { words.get("settings.no_trail") } else { lines }
        }
        Ok(Err(error)) => escape(&error.to_string()),
        Err(_) => words.get("say.failed"),
    };
    let embed = Embed { title: words.get("settings.trail"), description, ..Embed::default() };
    let back = Component::Button { label: words.get("settings.back"), id: id(whole, "show"), look: Look::Secondary };
    Message { embeds: vec![embed], components: vec![back], private: true, ..Message::default() }
}

/// One change; `None` where it names what whoever reads this may not know of.
fn line(change: &Change, own: UserKey, known: &dyn Fn(&str) -> bool, words: Words<'_>) -> Option<String> {
    let who = match change.by {
        None => words.get("settings.by_nobody"),
        Some(by) if by == own => words.get("settings.by_you"),
        // A keyed hash tells people apart and says nothing of them.
        Some(by) => by.to_string().chars().take(6).collect(),
    };
    let place = |channel: &crate::store::Id| if channel.0 == 0 { String::new() } else { format!("<#{channel}> ") };
    let short = |text: &str| escape(&text.chars().take(60).collect::<String>());
    let what = match &change.what {
        ChangeKind::Setting { channel, field, from, to } => {
            // Lists of sources may hold some that whoever reads this may not know of.
            let (from, to) = if field == "sources" || field == "suppressed" {
                (listed(from, known), listed(to, known))
            } else {
                (from.clone(), to.clone())
            };
            format!("{}{}: {} → {}", place(channel), escape(field), short(&from), short(&to))
        }
        ChangeKind::Follow { what, .. } | ChangeKind::Unfollow { what, .. } if !known(what) => return None,
        ChangeKind::Follow { channel, what } => format!("{}+ {}", place(channel), short(what)),
        ChangeKind::Unfollow { channel, what } => format!("{}− {}", place(channel), short(what)),
    };
    Some(format!("<t:{}:f> · {what} · {who}", change.at.0))
}

/// The known ones of a list of sources in JSON.
fn listed(json: &str, known: &dyn Fn(&str) -> bool) -> String {
    let list: Option<Vec<String>> = serde_json::from_str(json).ok();
    let kept = list.map(|list| list.into_iter().filter(|id| known(id)).collect::<Vec<_>>().join(", "));
    kept.unwrap_or_else(|| "–".to_owned())
}
