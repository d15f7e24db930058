//! `/follow`: has a channel told of new sentences of a source, or about a person; managers only. Knows no answer.

use std::collections::BTreeMap;

use serenity::all::{CommandInteraction, ComponentInteraction, ComponentInteractionDataKind, Permissions};

use super::text_option;
use crate::discord::asker::Asker;
use crate::discord::autocomplete;
use crate::discord::bot::Bot;
use crate::discord::keeping::on_store;
use crate::discord::message::{Choice, Component, Embed, Menu, Message, Offer};
use crate::discord::phrases::Words;
use crate::recall;
use crate::render::discord_markdown::escape;
use crate::store::{EditionHash, Follow, Followed, Store, StoreError, Time};

/// The id of the menu that ends a follow.
const STOP: &str = "fol|stop";

/// Whether a menu is this command's.
pub(in crate::discord) fn is_ours(id: &str) -> bool {
    id == STOP
}

/// Answers the command.
pub(in crate::discord) async fn run(bot: &Bot, asker: &Asker, event: &CommandInteraction) {
    let words = bot.words(asker);
    let Some(server) = asker.place.server.filter(|_| asker.manager) else {
        return bot.tell(asker, words.get("settings.managers_only")).await;
    };
    let here = (server, asker.place.channel);
    let source = text_option(event, "source").map(Followed::Source);
    let person = text_option(event, "person").map(Followed::Person);
    let wanted: Vec<Followed> = source.into_iter().chain(person).collect();
    if wanted.is_empty() {
        let message = list(bot, asker, here, String::new()).await;
        return bot.reply(asker, &message).await;
    }
    let needed = Permissions::VIEW_CHANNEL | Permissions::SEND_MESSAGES | Permissions::EMBED_LINKS;
    if event.app_permissions.is_some_and(|held| !held.contains(needed)) {
        return bot.tell(asker, words.get("follow.may_not_write")).await;
    }
    let known = {
        let snapshot = bot.engine.load_full();
        let view = snapshot.knowledge.view(&bot.viewer(&asker.place));
        recall::known(&snapshot, &view)
    };
    let names = autocomplete::persons(bot, asker);
    for what in &wanted {
        let there = match what {
            Followed::Source(id) => known.contains_key(id),
            Followed::Person(name) => names.contains(name),
        };
        if !there {
            return bot.tell(asker, words.text("follow.unknown", &[("what", &escape(&what.to_string()))])).await;
        }
    }
    let text = match follow(bot, asker, here, wanted.clone(), known).await {
        Ok(()) => {
            let what = wanted.iter().map(|what| title(bot, asker, what)).collect::<Vec<_>>().join(" · ");
            words.text("follow.begun", &[("what", &escape(&what))])
        }
        Err(error) => not_kept(words, &error),
    };
    bot.tell(asker, text).await;
}

/// A choice in the menu that ends a follow.
pub(in crate::discord) async fn component(bot: &Bot, asker: &Asker, event: &ComponentInteraction) {
    let words = bot.words(asker);
    let Some(server) = asker.place.server.filter(|_| asker.manager) else {
        return bot.tell(asker, words.get("settings.managers_only")).await;
    };
    let chosen = match &event.data.kind {
        ComponentInteractionDataKind::StringSelect { values } => values.first().and_then(|value| decoded(value)),
        _ => None,
    };
    let Some(what) = chosen else { return bot.tell(asker, words.get("say.too_old")).await };
    let here = (server, asker.place.channel);
    let (by, at, name) = (asker.user, Time(asker.asked_at()), title(bot, asker, &what));
    let remark = match on_store(bot, move |store| store.unfollow(here, what, by, at)).await {
        Ok(_) => words.text("follow.ended", &[("what", &escape(&name))]),
        Err(error) => not_kept(words, &error),
    };
    let message = list(bot, asker, here, remark).await;
    bot.update(asker, &message).await;
}

async fn follow(
    bot: &Bot,
    asker: &Asker,
    here: (u64, u64),
    wanted: Vec<Followed>,
    known: BTreeMap<String, EditionHash>,
) -> Result<(), StoreError> {
    let (by, at) = (asker.user, Time(asker.asked_at()));
    let work = move |store: &Store| wanted.into_iter().try_for_each(|what| store.follow(here, what, known.clone(), by, at));
    on_store(bot, work).await
}

/// What the channel follows, with the menu to end it.
async fn list(bot: &Bot, asker: &Asker, (server, channel): (u64, u64), remark: String) -> Message {
    let words = bot.words(asker);
    let follows = match on_store(bot, move |store| store.follows(Some(server))).await {
        Ok(follows) => follows,
        Err(error) => return Message::private(not_kept(words, &error)),
    };
    let here = follows.into_iter().filter(|follow| follow.channel.0 == channel);
    let here: Vec<Follow> = here.filter(|follow| is_visible(bot, asker, &follow.what)).collect();
    let line = |follow: &Follow| format!("{} · <t:{}:d>", escape(&title(bot, asker, &follow.what)), follow.since.0);
    let mut description = here.iter().take(25).map(line).collect::<Vec<_>>().join("\n");
    if description.is_empty() {
        description = words.get("follow.none");
    }
    let choices = here.iter().filter_map(|follow| {
        let (label, value) = (title(bot, asker, &follow.what), encoded(&follow.what));
        (value.chars().count() <= 100).then_some(Choice { label, value, chosen: false })
    });
    let choices: Vec<Choice> = choices.take(25).collect();
    let hint = words.get("follow.stop");
    let menu = Component::Menu(Menu { id: STOP.to_owned(), hint, of: Offer::Choices(choices.clone()), count: (1, 1) });
    let embed = Embed { title: words.get("follow.title"), description, ..Embed::default() };
    let components = if choices.is_empty() { Vec::new() } else { vec![menu] };
    Message { content: remark, embeds: vec![embed], components, private: true, ..Message::default() }
}

/// Whether whoever reads this may know of it.
fn is_visible(bot: &Bot, asker: &Asker, what: &Followed) -> bool {
    match what {
        Followed::Source(id) => autocomplete::sources(bot, asker).iter().any(|(known, _)| known == id),
        Followed::Person(name) => autocomplete::persons(bot, asker).contains(name),
    }
}

/// What is followed, by title or name.
fn title(bot: &Bot, asker: &Asker, what: &Followed) -> String {
    match what {
        Followed::Person(name) => name.clone(),
        Followed::Source(id) => {
            let known = autocomplete::sources(bot, asker).into_iter().find(|(known, _)| known == id);
            known.map_or_else(|| id.clone(), |(_, title)| title)
        }
    }
}

fn encoded(what: &Followed) -> String {
    match what {
        Followed::Source(id) => format!("s:{id}"),
        Followed::Person(name) => format!("p:{name}"),
    }
}

fn decoded(value: &str) -> Option<Followed> {
    match value.split_once(':')? {
        ("s", id) => Some(Followed::Source(id.to_owned())),
        ("p", name) => Some(Followed::Person(name.to_owned())),
        _ => None,
    }
}

fn not_kept(words: Words<'_>, error: &StoreError) -> String {
    tracing::error!(%error, "a follow could not be read or kept");
    words.text("settings.not_saved", &[("why", &escape(&error.to_string()))])
}
