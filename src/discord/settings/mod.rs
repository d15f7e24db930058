//! `/settings`: shows what is set for a channel or its server, and changes it by menus and forms; managers only. Knows no answer.

mod field;
mod panel;
mod values;

use serenity::all::{
    ActionRowComponent, CommandInteraction, ComponentInteraction, ComponentInteractionDataKind, ModalInteraction,
};

use super::asker::Asker;
use super::bot::Bot;
use super::command::text_option;
use crate::store::{Scope, Settings, StoreError, Time};
use field::{Edit, Field};

/// What the ids of its parts begin with.
const PREFIX: &str = "set|";

/// Whether a button, menu or form is one of the settings'.
pub(super) fn is_ours(id: &str) -> bool {
    id.starts_with(PREFIX)
}

/// For what something is set: the channel, or its whole server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Whole {
    Channel,
    Server,
}

impl Whole {
    fn code(self) -> &'static str {
        match self {
            Whole::Channel => "c",
            Whole::Server => "s",
        }
    }

    fn scope(self, server: u64, asker: &Asker) -> Scope {
        match self {
            Whole::Channel => Scope::Channel { server, channel: asker.place.settings_channel() },
            Whole::Server => Scope::Server(server),
        }
    }
}

/// What a part of the panel does, as its id says.
enum Step {
    /// Show the panel.
    Show,
    /// Show who changed what.
    Trail,
    /// A field was chosen from the menu of fields.
    Pick,
    /// A value of this field.
    Set(Field),
}

fn id(whole: Whole, what: &str) -> String {
    format!("{PREFIX}{}|{what}", whole.code())
}

fn read(id: &str) -> Option<(Whole, Step)> {
    let (whole, what) = id.strip_prefix(PREFIX)?.split_once('|')?;
    let whole = [Whole::Channel, Whole::Server].into_iter().find(|known| known.code() == whole)?;
    let step = match what {
        "show" => Step::Show,
        "trail" => Step::Trail,
        "pick" => Step::Pick,
        name => Step::Set(Field::called(name)?),
    };
    Some((whole, step))
}

/// The server, where the asker may manage it; else the asker is told.
async fn managed(bot: &Bot, asker: &Asker) -> Option<u64> {
    // Discord hides the command from others, but a server may have shown it to them.
    let server = asker.place.server.filter(|_| asker.manager);
    if server.is_none() {
        bot.tell(asker, bot.words(asker).get("settings.managers_only")).await;
    }
    server
}

/// The command: shows everything, or sets at once whom the channel is for.
pub(super) async fn run(bot: &Bot, asker: &Asker, event: &CommandInteraction) {
    let Some(server) = managed(bot, asker).await else { return };
    let scope = Whole::Channel.scope(server, asker);
    let wanted = text_option(event, "channel_is").map(|word| Field::Audience.parse(&[word], &[]));
    let Some(Ok(value)) = wanted else {
        let message = panel::show(bot, asker, Whole::Channel, scope, String::new()).await;
        return bot.reply(asker, &message).await;
    };
    let text = match change(bot, asker, scope, move |settings| value.put(settings, &[])).await {
        Ok(settings) => {
            let what = values::audience(bot, bot.words(asker), &settings);
            bot.words(asker).text("settings.saved", &[("what", &what)])
        }
        Err(error) => not_saved(bot, asker, &error),
    };
    bot.tell(asker, text + &panel::trouble(bot)).await;
}

/// A button or menu of the panel.
pub(super) async fn component(bot: &Bot, asker: &Asker, event: &ComponentInteraction) {
    let Some(server) = managed(bot, asker).await else { return };
    let Some((whole, step)) = read(&event.data.custom_id) else {
        return bot.tell(asker, bot.words(asker).get("say.too_old")).await;
    };
    let scope = whole.scope(server, asker);
    let chosen = match &event.data.kind {
        ComponentInteractionDataKind::StringSelect { values } => values.clone(),
        ComponentInteractionDataKind::ChannelSelect { values } => values.iter().map(|id| id.get().to_string()).collect(),
        _ => Vec::new(),
    };
    let message = match step {
        Step::Show => panel::show(bot, asker, whole, scope, String::new()).await,
        Step::Trail => panel::trail(bot, asker, whole, server).await,
        Step::Pick => {
            let Some(field) = chosen.first().and_then(|name| Field::called(name)) else { return };
            match field.edit() {
                Edit::Written(longest) => {
                    let form = panel::form(bot, asker, whole, scope, field, longest).await;
                    return bot.open(asker, &form).await;
                }
                Edit::Chosen => panel::choose(bot, asker, whole, scope, field).await,
            }
        }
        Step::Set(field) => set(bot, asker, whole, scope, field, chosen).await,
    };
    bot.update(asker, &message).await;
}

/// A form that was filled in.
pub(super) async fn form(bot: &Bot, asker: &Asker, event: &ModalInteraction) {
    let Some(server) = managed(bot, asker).await else { return };
    let Some((whole, Step::Set(field))) = read(&event.data.custom_id) else {
        return bot.tell(asker, bot.words(asker).get("say.too_old")).await;
    };
    let written = event.data.components.iter().flat_map(|row| &row.components).find_map(|part| match part {
        ActionRowComponent::InputText(field) => field.value.clone(),
        _ => None,
    });
    let written = written.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
    let message = set(bot, asker, whole, whole.scope(server, asker), field, written.into_iter().collect()).await;
    bot.update(asker, &message).await;
}

/// Sets a field and shows the panel with what came of it.
async fn set(
    bot: &Bot,
    asker: &Asker,
    whole: Whole,
    scope: Scope,
    field: Field,
    chosen: Vec<String>,
) -> super::message::Message {
    let visible = values::visible_sources(bot, &asker.place);
    let remark = match field.parse(&chosen, &visible) {
        Err(fault) => bot.words(asker).get(fault),
        Ok(value) => match change(bot, asker, scope, move |settings| value.put(settings, &visible)).await {
            Ok(_) => bot.words(asker).text("settings.set", &[("what", &bot.words(asker).get(&field.label()))]),
            Err(error) => not_saved(bot, asker, &error),
        },
    };
    panel::show(bot, asker, whole, scope, remark).await
}

fn not_saved(bot: &Bot, asker: &Asker, error: &StoreError) -> String {
    tracing::error!(%error, "a setting could not be read or saved");
    bot.words(asker).text("settings.not_saved", &[("why", &error.to_string())])
}

/// Changes what is set, and gives what is set then; on disk before it returns.
async fn change(
    bot: &Bot,
    asker: &Asker,
    scope: Scope,
    edit: impl FnOnce(Settings) -> Settings + Send + 'static,
) -> Result<Settings, StoreError> {
    let (memory, by, at) = (bot.memory.clone(), asker.user, Time(asker.asked_at()));
    let work = move || {
        let store = memory.store()?;
        let settings = edit(store.settings_of(scope)?);
        store.set_settings(scope, settings.clone(), by, at)?;
        Ok(settings)
    };
    let changed = tokio::task::spawn_blocking(work).await.unwrap_or(Err(StoreError::Closed));
    // A channel may be open again, or want replies from now on.
    bot.notices.look();
    changed
}
