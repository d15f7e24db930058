//! A double of Discord on loopback: REST and gateway, judged by the API description, with faults on demand.
//! It knows the protocol only, nothing of what the bot answers.
#![allow(dead_code)]

pub mod bot;
pub mod faults;
pub mod gateway;
pub mod payloads;
pub mod record;
mod rest;
mod schema;
mod state;

use faults::Fault;
use gateway::Push;
use payloads::Place;
use record::{GatewayEvent, Request, Route};
use serde_json::{Value, json};
use state::State;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;
use tokio::net::TcpListener;

pub const APPLICATION: u64 = 1_100_000_000_000_000_001;
pub const BOT_USER: u64 = 1_100_000_000_000_000_001;
pub const GUILD: u64 = 1_100_000_000_000_000_100;
pub const CHANNEL: u64 = 1_100_000_000_000_000_200;
pub const TOKEN: &str = "MTEwMDAwMDAwMDAwMDAwMDAwMQ.GsEcRt.not-a-real-token-of-anybody-0123456789";

/// Longer than anything takes that should happen.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// The running double; it ends with the test's runtime.
pub struct Double {
    pub state: Arc<State>,
    /// The REST base, for `VERBATIM_DISCORD_API`.
    pub base: String,
}

impl Double {
    pub async fn start() -> Self {
        let state = Arc::new(State::new(TOKEN));
        let rest = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let gateway = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", rest.local_addr().unwrap());
        state.set_gateway_url(format!("ws://{}", gateway.local_addr().unwrap()));
        tokio::spawn(rest::serve(rest, state.clone()));
        tokio::spawn(gateway::serve(gateway, state.clone()));
        Self { state, base }
    }

    /// Orders a fault for the next request to this route.
    pub fn order(&self, route: Route, fault: Fault) {
        self.state.order(route, fault);
    }

    pub fn push(&self, push: Push) {
        self.state.push(push);
    }

    /// Stops or starts acknowledging heartbeats.
    pub fn acknowledge_heartbeats(&self, yes: bool) {
        self.state.acknowledges.store(yes, Ordering::Relaxed);
    }

    /// Sends a slash command and gives its token.
    pub fn slash(&self, place: &Place, name: &str, options: Value) -> String {
        self.state.deliver(&payloads::slash(self.state.new_id(), place, name, options))
    }

    /// `/ask question`.
    pub fn ask(&self, place: &Place, question: &str) -> String {
        self.slash(place, "ask", json!([{"name": "question", "type": 3, "value": question}]))
    }

    pub fn autocomplete(&self, place: &Place, name: &str, focused: &str, typed: &str) -> String {
        self.state.deliver(&payloads::autocomplete(self.state.new_id(), place, name, focused, typed))
    }

    pub fn message_command(&self, place: &Place, name: &str, target: &str) -> String {
        self.state.deliver(&payloads::message_command(self.state.new_id(), place, name, target))
    }

    /// Presses the button with this id.
    pub fn press(&self, place: &Place, custom_id: &str) -> String {
        let under = payloads::message_object(self.state.new_id(), place.channel, &payloads::bot_user(), "");
        self.state.deliver(&payloads::button(self.state.new_id(), place, custom_id, under))
    }

    /// Presses a button under a message that the bot had sent as `shown`.
    pub fn press_under(&self, place: &Place, custom_id: &str, shown: &Request) -> String {
        let mut under = payloads::message_object(self.state.new_id(), place.channel, &payloads::bot_user(), "");
        for key in ["content", "embeds", "components", "flags"] {
            if let Some(value) = shown.message().get(key) {
                under[key] = value.clone();
            }
        }
        for embed in under["embeds"].as_array_mut().into_iter().flatten() {
            embed["type"] = json!("rich");
        }
        self.state.deliver(&payloads::button(self.state.new_id(), place, custom_id, under))
    }

    /// Chooses from the menu with this id, which is of words, or of channels where its values are numbers of channels.
    pub fn choose(&self, place: &Place, custom_id: &str, values: &[&str]) -> String {
        let under = payloads::message_object(self.state.new_id(), place.channel, &payloads::bot_user(), "");
        let channels = values.iter().any(|value| value.len() > 15 && value.parse::<u64>().is_ok());
        let kind = if channels { 8 } else { 3 };
        self.state.deliver(&payloads::select(self.state.new_id(), place, kind, custom_id, values, under))
    }

    pub fn modal(&self, place: &Place, custom_id: &str, input: &str, value: &str) -> String {
        self.state.deliver(&payloads::modal(self.state.new_id(), place, custom_id, input, value))
    }

    /// Sends a message that the bot sees.
    pub fn say(&self, payload: Value) {
        self.push(Push::Event("MESSAGE_CREATE", payload));
    }

    pub fn mention(&self, place: &Place, question: &str) {
        self.say(payloads::mention(self.state.new_id(), place, question));
    }

    pub fn direct(&self, place: &Place, question: &str) {
        self.say(payloads::message(self.state.new_id(), place, question));
    }

    /// The bot is removed from its server.
    pub fn remove_from_server(&self) {
        self.push(Push::Event("GUILD_DELETE", json!({"id": GUILD.to_string()})));
    }

    /// Waits for the callback that was taken for this interaction.
    pub async fn callback(&self, token: &str) -> Request {
        let found =
            self.request(|r| r.route == Route::Callback && r.token.as_deref() == Some(token) && matches!(r.status, 200 | 204));
        found.await.unwrap_or_else(|| panic!("no callback; requests: {:#?}", self.tail()))
    }

    /// Waits for a request that satisfies a condition.
    pub async fn request(&self, wanted: impl Fn(&Request) -> bool) -> Option<Request> {
        self.state.wait_for(PATIENCE, || self.state.requests_where(&wanted).into_iter().next()).await
    }

    /// Waits for the `n`th request to a route.
    pub async fn nth(&self, route: Route, n: usize) -> Request {
        let look = || self.state.requests_where(|r| r.route == route).into_iter().nth(n);
        self.state.wait_for(PATIENCE, look).await.unwrap_or_else(|| panic!("no {route:?}: {:#?}", self.tail()))
    }

    /// Asks and waits for what is shown first.
    pub async fn answer(&self, place: &Place, question: &str) -> Request {
        let token = self.ask(place, question);
        self.callback(&token).await
    }

    /// Waits for a gateway event.
    pub async fn gateway_event(&self, wanted: impl Fn(&GatewayEvent) -> bool) -> bool {
        let look = || self.state.gateway_events().into_iter().find(|e| wanted(e));
        self.state.wait_for(PATIENCE, look).await.is_some()
    }

    /// Waits until the bot has identified itself `n` times.
    pub async fn identified(&self, n: usize) -> bool {
        let is = |e: &GatewayEvent| matches!(e, GatewayEvent::Identified { .. });
        let look = || (self.state.gateway_events().iter().filter(|e| is(e)).count() >= n).then_some(());
        self.state.wait_for(PATIENCE, look).await.is_some()
    }

    /// Waits until a session has its connection.
    pub async fn connected(&self) -> bool {
        let look = || self.state.session.lock().unwrap().is_connected().then_some(());
        self.state.wait_for(PATIENCE, look).await.is_some()
    }

    fn tail(&self) -> Vec<Request> {
        let all = self.state.requests();
        all[all.len().saturating_sub(4)..].to_vec()
    }

    /// Everything that Discord or its documentation would have objected to.
    pub fn violations(&self) -> Vec<String> {
        let all = self.state.requests();
        all.iter().flat_map(|r| r.violations.iter().map(move |v| format!("{:?} {}: {v}", r.route, r.path))).collect()
    }
}
