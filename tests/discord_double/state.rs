//! The double's memory: who may connect, which interactions are open, what was registered, what arrived.

use super::faults::{Fault, Faults};
use super::gateway::{Push, Session};
use super::record::{GatewayEvent, Request, Route};
use super::schema::Judge;
use serde_json::{Value, json};
use std::collections::HashMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};
use tokio::sync::watch;

/// An interaction that was delivered to the bot.
#[derive(Clone, Debug)]
pub struct Interaction {
    pub kind: u64,
    pub sent: Instant,
    /// When a callback arrived that was taken.
    pub acknowledged: Option<Instant>,
    /// Whether there is an original message to edit.
    has_original: bool,
    /// The channel it was delivered from.
    channel: u64,
    /// The message it was answered with.
    pub message: Option<u64>,
}

/// Shared by the two servers and the test.
pub struct State {
    pub token: String,
    pub judge: Judge,
    pub session: Mutex<Session>,
    /// Whether heartbeats are acknowledged.
    pub acknowledges: AtomicBool,
    /// Close with this code instead of accepting an IDENTIFY; 0 accepts.
    pub refuse_identify: AtomicU64,
    /// Between heartbeats, in milliseconds; told in HELLO.
    pub heartbeat_interval: AtomicU64,
    gateway_url: Mutex<String>,
    faults: Mutex<Faults>,
    requests: Mutex<Vec<Request>>,
    gateway_events: Mutex<Vec<GatewayEvent>>,
    interactions: Mutex<HashMap<String, Interaction>>,
    /// Messages posted by the bot, oldest first, with their nonces.
    posted: Mutex<Vec<(Value, Value)>>,
    commands: Mutex<Value>,
    next_id: AtomicU64,
    changed: watch::Sender<u64>,
}

/// A snowflake of today: what is done under an older one would be old to the program's clock, too.
fn first_id() -> u64 {
    const EPOCH: u128 = 1_420_070_400_000;
    let since = std::time::UNIX_EPOCH.elapsed().unwrap().as_millis();
    u64::try_from(since - EPOCH).unwrap() << 22
}

impl State {
    pub fn new(token: &str) -> Self {
        Self {
            token: token.to_owned(),
            judge: Judge::new(),
            session: Mutex::default(),
            acknowledges: AtomicBool::new(true),
            refuse_identify: AtomicU64::new(0),
            heartbeat_interval: AtomicU64::new(41_250),
            gateway_url: Mutex::default(),
            faults: Mutex::default(),
            requests: Mutex::default(),
            gateway_events: Mutex::default(),
            interactions: Mutex::default(),
            posted: Mutex::default(),
            commands: Mutex::new(json!([])),
            next_id: AtomicU64::new(first_id()),
            changed: watch::Sender::new(0),
        }
    }

    pub fn gateway_url(&self) -> String {
        self.gateway_url.lock().unwrap().clone()
    }

    pub fn set_gateway_url(&self, url: String) {
        *self.gateway_url.lock().unwrap() = url;
    }

    /// A snowflake that nobody else has.
    pub fn new_id(&self) -> u64 {
        self.next_id.fetch_add(4096, Ordering::Relaxed)
    }

    pub fn order(&self, route: Route, fault: Fault) {
        self.faults.lock().unwrap().order(route, fault);
    }

    pub fn take_fault(&self, route: Route) -> Option<Fault> {
        self.faults.lock().unwrap().take(route)
    }

    pub fn faults_left(&self) -> bool {
        !self.faults.lock().unwrap().is_empty()
    }

    pub fn record(&self, request: Request) {
        self.requests.lock().unwrap().push(request);
        self.changed.send_modify(|n| *n += 1);
    }

    pub fn note(&self, event: GatewayEvent) {
        self.gateway_events.lock().unwrap().push(event);
        self.changed.send_modify(|n| *n += 1);
    }

    pub fn requests(&self) -> Vec<Request> {
        self.requests.lock().unwrap().clone()
    }

    /// The requests that satisfy a condition, without copying the others.
    pub fn requests_where(&self, wanted: impl Fn(&Request) -> bool) -> Vec<Request> {
        self.requests.lock().unwrap().iter().filter(|r| wanted(r)).cloned().collect()
    }

    pub fn gateway_events(&self) -> Vec<GatewayEvent> {
        self.gateway_events.lock().unwrap().clone()
    }

    /// Waits until `look` finds something; `None` after `limit`.
    pub async fn wait_for<T>(&self, limit: Duration, look: impl Fn() -> Option<T>) -> Option<T> {
        let mut changes = self.changed.subscribe();
        let end = tokio::time::Instant::now() + limit;
        loop {
            if let Some(found) = look() {
                return Some(found);
            }
            if tokio::time::timeout_at(end, changes.changed()).await.is_err() {
                return look();
            }
        }
    }

    pub fn commands(&self) -> Value {
        self.commands.lock().unwrap().clone()
    }

    /// Registers commands as Discord would store them: with ids and the defaults filled in.
    pub fn set_commands(&self, sent: &Value) -> Value {
        let mut stored = sent.clone();
        for command in stored.as_array_mut().into_iter().flatten() {
            command["id"] = json!(self.new_id().to_string());
            command["version"] = json!(self.new_id().to_string());
            command["application_id"] = json!(super::APPLICATION.to_string());
            for (key, default) in [("type", json!(1)), ("description", json!("")), ("nsfw", json!(false))] {
                if command.get(key).is_none() {
                    command[key] = default;
                }
            }
            if command.get("default_member_permissions").is_none() {
                command["default_member_permissions"] = Value::Null;
            }
        }
        *self.commands.lock().unwrap() = stored.clone();
        stored
    }

    /// Delivers an interaction over the gateway and remembers it as open.
    pub fn deliver(&self, payload: &Value) -> String {
        let token = payload["token"].as_str().unwrap().to_owned();
        let kind = payload["type"].as_u64().unwrap();
        let channel = payload["channel_id"].as_str().unwrap().parse().unwrap();
        let opened =
            Interaction { kind, sent: Instant::now(), acknowledged: None, has_original: kind == 3, channel, message: None };
        self.interactions.lock().unwrap().insert(token.clone(), opened);
        self.push(Push::Event("INTERACTION_CREATE", payload.clone()));
        token
    }

    pub fn push(&self, push: Push) {
        self.session.lock().unwrap().push(push);
    }

    pub fn interaction(&self, token: &str) -> Option<Interaction> {
        self.interactions.lock().unwrap().get(token).cloned()
    }

    /// Applies a callback, follow-up or edit by Discord's rules; the error is an HTTP status and a Discord code.
    pub fn interact(&self, request: &Request) -> Result<Option<Value>, (u16, u32)> {
        let mut all = self.interactions.lock().unwrap();
        let token = request.token.as_deref().unwrap_or_default();
        let open = all.get_mut(token).ok_or(if request.route == Route::Callback { (404, 10062) } else { (404, 10015) })?;
        if request.route != Route::Callback {
            if open.acknowledged.is_none() || (request.route == Route::EditOriginal && !open.has_original) {
                return Err((404, 10008));
            }
            let id = *open.message.get_or_insert_with(|| self.new_id());
            return Ok(Some(message_of(id, open.channel)));
        }
        if open.acknowledged.is_some() {
            return Err((400, 40060));
        }
        if open.sent.elapsed() > Duration::from_secs(3) {
            return Err((404, 10062));
        }
        let kind = request.body["type"].as_u64().unwrap_or(0);
        let fits = match open.kind {
            2 => matches!(kind, 4 | 5 | 9),
            3 => matches!(kind, 4..=7 | 9),
            4 => kind == 8,
            5 => matches!(kind, 4..=7),
            _ => false,
        };
        if !fits || !request.violations.is_empty() {
            return Err((400, 50035));
        }
        open.acknowledged = Some(request.at);
        open.has_original = !matches!(kind, 8 | 9);
        let id = *open.message.get_or_insert_with(|| self.new_id());
        let told = request.query.contains("with_response=true");
        Ok(told.then(|| message_of(id, open.channel)))
    }

    /// Posts a message as Discord would: one with the nonce of an earlier one is that one.
    pub fn post(&self, request: &Request) -> Value {
        let mut posted = self.posted.lock().unwrap();
        let nonce = &request.body["nonce"];
        if let Some((_, known)) = posted.iter().find(|(seen, _)| request.body["enforce_nonce"] == true && seen == nonce) {
            return known.clone();
        }
        let mut message = message_of(self.new_id(), channel_of(&request.path));
        for key in ["content", "embeds", "components"] {
            if let Some(value) = request.body.get(key) {
                message[key] = value.clone();
            }
        }
        posted.push((nonce.clone(), message.clone()));
        message
    }

    /// Forgets the nonces of earlier messages, as Discord does after some minutes.
    pub fn forget_nonces(&self) {
        self.posted.lock().unwrap().iter_mut().for_each(|(nonce, _)| *nonce = Value::Null);
    }

    /// The messages of a channel, newest first.
    pub fn posted(&self, path: &str) -> Value {
        let channel = channel_of(path).to_string();
        let posted = self.posted.lock().unwrap();
        posted
            .iter()
            .rev()
            .map(|(_, message)| message)
            .filter(|message| message["channel_id"] == json!(channel))
            .cloned()
            .collect()
    }
}

fn channel_of(path: &str) -> u64 {
    path.split('/').nth(2).and_then(|s| s.parse::<u64>().ok()).unwrap_or(super::CHANNEL)
}

/// A message as the API gives it back.
fn message_of(id: u64, channel: u64) -> Value {
    super::payloads::message_object(id, channel, &super::payloads::bot_user(), "")
}

/// For long runs, in which nobody can keep everything.
impl State {
    /// Interactions that nobody has acknowledged, or that were announced and not filled in.
    pub fn unfinished(&self) -> usize {
        let requests = self.requests.lock().unwrap();
        let filled =
            |token: &String| requests.iter().any(|r| r.route == Route::EditOriginal && r.token.as_ref() == Some(token));
        let announced = |token: &String| {
            requests.iter().any(|r| {
                r.route == Route::Callback && r.token.as_ref() == Some(token) && r.status < 300 && r.body["type"] == json!(5)
            })
        };
        let open =
            |(token, seen): &(&String, &Interaction)| seen.acknowledged.is_none() || (announced(token) && !filled(token));
        self.interactions.lock().unwrap().iter().filter(open).count()
    }

    /// Forgets what has happened so far; gives the requests.
    pub fn forget(&self) -> Vec<Request> {
        self.interactions.lock().unwrap().clear();
        self.gateway_events.lock().unwrap().clear();
        std::mem::take(&mut *self.requests.lock().unwrap())
    }
}
