//! The one way out to Discord's REST interface: time-outs, retries, pauses, and nothing that could ping. Knows no event.

use std::sync::Mutex;
use std::time::Duration;

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use tokio::sync::watch;
use tokio::time::{Instant, sleep_until, timeout_at};

use super::config::{Config, Token};
use super::message::{Form, Message};

/// Discord takes a callback within three seconds of the event; a little is left for the way.
const CALLBACK_BUDGET: Duration = Duration::from_millis(2_700);
/// A callback that is not answered by then is sent again: if it had arrived, Discord says so.
const CALLBACK_ATTEMPT: Duration = Duration::from_millis(900);
/// All tries to learn where the gateway is.
const GATEWAY_BUDGET: Duration = Duration::from_secs(4);
/// All tries of anything else.
const BUDGET: Duration = Duration::from_secs(30);
/// One try of anything else.
const ATTEMPT: Duration = Duration::from_secs(8);

/// Connections that are kept for later; after a rush the others are closed, for each holds memory.
const IDLE_CONNECTIONS: usize = 16;

/// Already acknowledged: an earlier try had arrived.
const ALREADY_ACKNOWLEDGED: u64 = 40060;

/// Why something could not be sent.
#[derive(Debug, thiserror::Error)]
pub enum SendError {
    /// Discord is not in reach, or too slow.
    #[error("Discord can't be reached: {0}")]
    Unreachable(String),
    /// Discord answered, and does not want it.
    #[error("Discord refused with status {status}, code {code}: {message}")]
    Refused {
        /// HTTP status.
        status: u16,
        /// Discord's own code; 0 where there is none.
        code: u64,
        /// Discord's explanation.
        message: String,
    },
    /// The token is not valid, or not any more.
    #[error("Discord refused the token")]
    Unauthorised,
}

impl SendError {
    /// Whether there is no such place (any more).
    #[must_use]
    pub fn is_gone(&self) -> bool {
        matches!(self, SendError::Refused { status: 404, .. })
    }

    /// Whether the bot lacks a permission in that place.
    #[must_use]
    pub fn is_forbidden(&self) -> bool {
        matches!(self, SendError::Refused { status: 403, .. })
    }
}

/// Where and how to connect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gateway {
    /// Address.
    pub url: String,
    /// How many connections Discord wants for this many servers.
    pub shards: u32,
    /// How long to wait first: the day's sessions are used up, and one more would cost the token.
    pub wait: Option<Duration>,
}

/// What happened to one try.
enum Tried {
    Done(Value),
    Failed(SendError),
    /// Worth another try, not before this.
    Again(Duration, SendError),
}

/// One request, ready to be tried.
struct Request<'a> {
    method: Method,
    path: String,
    body: Option<&'a Value>,
    files: &'a [(String, Vec<u8>)],
    with_token: bool,
    attempt: Duration,
    deadline: Instant,
}

/// Sends to Discord.
#[derive(Debug)]
pub struct Sender {
    client: reqwest::Client,
    base: String,
    token: Token,
    /// Nothing but callbacks is sent before this.
    paused_until: Mutex<Option<Instant>>,
    revoked: watch::Sender<bool>,
}

impl Sender {
    /// A sender for this configuration.
    ///
    /// # Errors
    /// When the TLS library can't be set up.
    pub fn new(config: &Config) -> Result<Self, SendError> {
        let client = http_client(config).map_err(|error| SendError::Unreachable(error.to_string()))?;
        Ok(Self {
            client,
            base: config.base.clone(),
            token: config.token.clone(),
            paused_until: Mutex::new(None),
            revoked: watch::Sender::new(false),
        })
    }

    /// Becomes true when Discord no longer takes the token.
    pub fn revoked(&self) -> watch::Receiver<bool> {
        self.revoked.subscribe()
    }

    /// Where the gateway is; given up soon, so that the caller can say what is going on.
    ///
    /// # Errors
    /// As [`SendError`].
    pub async fn gateway(&self) -> Result<Gateway, SendError> {
        let deadline = Instant::now() + GATEWAY_BUDGET;
        let value = self.call(self.simple(Method::GET, "/gateway/bot".into(), None, deadline)).await?;
        let Some(url) = value.get("url").and_then(Value::as_str) else {
            return Err(SendError::Unreachable("the answer named no gateway".to_owned()));
        };
        let limit = |key: &str| value.pointer(&format!("/session_start_limit/{key}")).and_then(Value::as_u64);
        let used_up = limit("remaining") == Some(0);
        Ok(Gateway {
            url: url.to_owned(),
            shards: value.get("shards").and_then(Value::as_u64).and_then(|n| u32::try_from(n).ok()).unwrap_or(1).max(1),
            wait: used_up.then(|| Duration::from_millis(limit("reset_after").unwrap_or(60_000))),
        })
    }

    /// Answers an interaction that arrived at `arrived`.
    ///
    /// # Errors
    /// As [`SendError`]; an earlier try that had arrived is no error.
    pub async fn callback(&self, id: u64, token: &str, kind: u8, message: &Message, arrived: Instant) -> Result<(), SendError> {
        let body = json!({"type": kind, "data": message.body()});
        self.raw_callback(id, token, &body, &message.files, arrived, false).await.map(|_| ())
    }

    /// Answers an interaction and gives the message that came of it, where Discord names it.
    ///
    /// # Errors
    /// As [`Sender::callback`].
    pub async fn callback_with_message(
        &self,
        id: u64,
        token: &str,
        message: &Message,
        arrived: Instant,
    ) -> Result<Option<u64>, SendError> {
        let body = json!({"type": 4, "data": message.body()});
        let value = self.raw_callback(id, token, &body, &message.files, arrived, true).await?;
        Ok(value.pointer("/resource/message").and_then(id_of))
    }

    /// The message that an interaction was answered with.
    ///
    /// # Errors
    /// As [`SendError`].
    pub async fn original(&self, application: u64, token: &str) -> Result<u64, SendError> {
        let path = format!("/webhooks/{application}/{token}/messages/@original");
        let deadline = Instant::now() + BUDGET;
        let request = Request { with_token: false, ..self.simple(Method::GET, path, None, deadline) };
        let value = self.call(request).await?;
        id_of(&value).ok_or_else(|| SendError::Unreachable("the answer named no message".to_owned()))
    }

    /// The newest messages of a channel, a hundred at most.
    ///
    /// # Errors
    /// As [`SendError`].
    pub async fn recent_messages(&self, channel: u64) -> Result<Vec<Value>, SendError> {
        let path = format!("/channels/{channel}/messages?limit=100");
        let value = self.call(self.simple(Method::GET, path, None, Instant::now() + BUDGET)).await?;
        Ok(value.as_array().cloned().unwrap_or_default())
    }

    /// Answers an interaction with a form.
    ///
    /// # Errors
    /// As [`SendError`].
    pub async fn form(&self, id: u64, token: &str, form: &Form, arrived: Instant) -> Result<(), SendError> {
        let body = json!({"type": 9, "data": form.body()});
        self.raw_callback(id, token, &body, &[], arrived, false).await.map(|_| ())
    }

    /// Acknowledges an interaction whose answer takes longer.
    ///
    /// # Errors
    /// As [`SendError`].
    pub async fn defer(&self, id: u64, token: &str, private: bool, arrived: Instant) -> Result<(), SendError> {
        let body = json!({"type": 5, "data": if private { json!({"flags": 64}) } else { json!({}) }});
        self.raw_callback(id, token, &body, &[], arrived, false).await.map(|_| ())
    }

    /// Offers choices while somebody types: names and values.
    ///
    /// # Errors
    /// As [`SendError`].
    pub async fn choices(&self, id: u64, token: &str, choices: &[(String, String)], arrived: Instant) -> Result<(), SendError> {
        let choices: Vec<Value> = choices.iter().take(25).map(|(name, value)| json!({"name": name, "value": value})).collect();
        let body = json!({"type": 8, "data": {"choices": choices}});
        self.raw_callback(id, token, &body, &[], arrived, false).await.map(|_| ())
    }

    /// Fills or replaces the first answer to an interaction; gives its message, where Discord names it.
    ///
    /// # Errors
    /// As [`SendError`].
    pub async fn edit_original(&self, application: u64, token: &str, message: &Message) -> Result<Option<u64>, SendError> {
        let body = message.body();
        let path = format!("/webhooks/{application}/{token}/messages/@original");
        let request = Request { method: Method::PATCH, files: &message.files, with_token: false, ..self.post(path, &body) };
        self.call(request).await.map(|value| id_of(&value))
    }

    /// A message in a channel, whose id comes back; its nonce makes repeats harmless.
    ///
    /// # Errors
    /// As [`SendError`].
    pub async fn post_message(&self, channel: u64, message: &Message) -> Result<u64, SendError> {
        let body = message.body();
        let request = Request { files: &message.files, ..self.post(format!("/channels/{channel}/messages"), &body) };
        let value = self.call(request).await?;
        id_of(&value).ok_or_else(|| SendError::Unreachable("the answer named no message".to_owned()))
    }

    /// The channel for direct messages with a user.
    ///
    /// # Errors
    /// As [`SendError`].
    pub async fn direct_channel(&self, user: u64) -> Result<u64, SendError> {
        let body = json!({"recipient_id": user.to_string()});
        let value = self.call(self.post("/users/@me/channels".into(), &body)).await?;
        id_of(&value).ok_or_else(|| SendError::Unreachable("the answer named no channel".to_owned()))
    }

    /// The commands as they are registered, with all translations.
    ///
    /// # Errors
    /// As [`SendError`].
    pub async fn commands(&self, application: u64, guild: Option<u64>) -> Result<Value, SendError> {
        let path = format!("{}?with_localizations=true", commands_path(application, guild));
        self.call(self.simple(Method::GET, path, None, Instant::now() + BUDGET)).await
    }

    /// Registers this set of commands in place of whatever was registered.
    ///
    /// # Errors
    /// As [`SendError`].
    pub async fn set_commands(&self, application: u64, guild: Option<u64>, commands: &Value) -> Result<(), SendError> {
        let path = commands_path(application, guild);
        self.call(self.simple(Method::PUT, path, Some(commands), Instant::now() + BUDGET)).await.map(|_| ())
    }

    async fn raw_callback(
        &self,
        id: u64,
        token: &str,
        body: &Value,
        files: &[(String, Vec<u8>)],
        arrived: Instant,
        with_response: bool,
    ) -> Result<Value, SendError> {
        let query = if with_response { "?with_response=true" } else { "" };
        let request = Request {
            files,
            with_token: false,
            attempt: CALLBACK_ATTEMPT,
            deadline: arrived + CALLBACK_BUDGET,
            ..self.post(format!("/interactions/{id}/{token}/callback{query}"), body)
        };
        match self.call(request).await {
            Err(SendError::Refused { code: ALREADY_ACKNOWLEDGED, .. }) => Ok(Value::Null),
            other => other,
        }
    }

    fn post<'a>(&self, path: String, body: &'a Value) -> Request<'a> {
        self.simple(Method::POST, path, Some(body), Instant::now() + BUDGET)
    }

    fn simple<'a>(&self, method: Method, path: String, body: Option<&'a Value>, deadline: Instant) -> Request<'a> {
        Request { method, path, body, files: &[], with_token: true, attempt: ATTEMPT, deadline }
    }

    /// Tries until it is done, refused, or too late.
    async fn call(&self, request: Request<'_>) -> Result<Value, SendError> {
        let mut backoff = Duration::from_millis(60);
        loop {
            self.wait_for_pause(&request).await;
            let failure = match self.attempt(&request).await {
                Tried::Done(value) => return Ok(value),
                Tried::Failed(error) => return Err(error),
                Tried::Again(wait, error) => {
                    let next = Instant::now() + wait.max(backoff);
                    if next >= request.deadline {
                        return Err(error);
                    }
                    sleep_until(next).await;
                    error
                }
            };
            tracing::debug!(route = %shape(&request.path), error = %failure, "sending again");
            backoff = (backoff * 2).min(Duration::from_secs(2));
        }
    }

    /// A global limit stops everything but what interactions are answered with.
    async fn wait_for_pause(&self, request: &Request<'_>) {
        let until = self.paused_until.lock().ok().and_then(|until| *until);
        if let (true, Some(until)) = (request.with_token, until) {
            sleep_until(until.min(request.deadline)).await;
        }
    }

    async fn attempt(&self, request: &Request<'_>) -> Tried {
        let limit = (Instant::now() + request.attempt).min(request.deadline);
        match timeout_at(limit, self.exchange(request)).await {
            Ok(Ok((status, retry_after, body))) => self.judge(request, status, retry_after, &body),
            // Repeating is safe: callbacks and edits are taken once, and a channel message has its nonce.
            Ok(Err(error)) => Tried::Again(Duration::ZERO, SendError::Unreachable(causes(&error.without_url()))),
            Err(_) => Tried::Again(Duration::ZERO, SendError::Unreachable("no answer in time".to_owned())),
        }
    }

    async fn exchange(&self, request: &Request<'_>) -> Result<(StatusCode, Option<f64>, String), reqwest::Error> {
        let mut builder = self.client.request(request.method.clone(), format!("{}/api/v10{}", self.base, request.path));
        if request.with_token {
            builder = builder.header("Authorization", format!("Bot {}", self.token.secret()));
        }
        builder = match request.body {
            Some(body) if request.files.is_empty() => builder.json(body),
            Some(body) => builder.multipart(form(body, request.files)?),
            None => builder,
        };
        let response = builder.send().await?;
        let status = response.status();
        let retry_after = response.headers().get("retry-after").and_then(|value| value.to_str().ok()?.parse().ok());
        Ok((status, retry_after, response.text().await?))
    }

    fn judge(&self, request: &Request<'_>, status: StatusCode, retry_after: Option<f64>, body: &str) -> Tried {
        let value: Value = serde_json::from_str(body).unwrap_or(Value::Null);
        if status.is_success() {
            return Tried::Done(value);
        }
        if status == StatusCode::UNAUTHORIZED && request.with_token {
            self.revoked.send_replace(true);
            return Tried::Failed(SendError::Unauthorised);
        }
        let error = SendError::Refused {
            status: status.as_u16(),
            code: value.get("code").and_then(Value::as_u64).unwrap_or(0),
            message: value.get("message").and_then(Value::as_str).unwrap_or("no explanation").to_owned(),
        };
        if status == StatusCode::TOO_MANY_REQUESTS {
            let seconds = retry_after.or_else(|| value.get("retry_after").and_then(Value::as_f64)).unwrap_or(1.0);
            let wait = Duration::try_from_secs_f64(seconds.clamp(0.0, 3600.0)).unwrap_or(Duration::from_secs(1));
            if value.get("global").and_then(Value::as_bool) == Some(true) {
                self.pause(wait);
            }
            return Tried::Again(wait, error);
        }
        if status.is_server_error() { Tried::Again(Duration::ZERO, error) } else { Tried::Failed(error) }
    }

    fn pause(&self, wait: Duration) {
        if let Ok(mut until) = self.paused_until.lock() {
            *until = Some(Instant::now() + wait);
        }
    }
}

/// The HTTP client, for this sender and for serenity: with time-outs, and past no proxy to loopback.
///
/// # Errors
/// When the TLS library can't be set up.
pub fn http_client(config: &Config) -> Result<reqwest::Client, reqwest::Error> {
    let agent = format!("DiscordBot (https://crates.io/crates/verbatim, {})", env!("CARGO_PKG_VERSION"));
    let mut builder = reqwest::Client::builder()
        .user_agent(agent)
        .connect_timeout(Duration::from_secs(4))
        .timeout(Duration::from_secs(10))
        .pool_idle_timeout(Duration::from_secs(50))
        .pool_max_idle_per_host(IDLE_CONNECTIONS);
    if ["127.0.0.1", "localhost", "[::1]"].iter().any(|host| config.base.contains(&format!("://{host}"))) {
        builder = builder.no_proxy();
    }
    builder.build()
}

/// The number of what Discord gives back.
fn id_of(value: &Value) -> Option<u64> {
    value.get("id").and_then(Value::as_str).and_then(|id| id.parse().ok())
}

fn commands_path(application: u64, guild: Option<u64>) -> String {
    match guild {
        Some(guild) => format!("/applications/{application}/guilds/{guild}/commands"),
        None => format!("/applications/{application}/commands"),
    }
}

fn form(body: &Value, files: &[(String, Vec<u8>)]) -> Result<reqwest::multipart::Form, reqwest::Error> {
    let json = reqwest::multipart::Part::text(body.to_string()).mime_str("application/json")?;
    let mut form = reqwest::multipart::Form::new().part("payload_json", json);
    for (index, (name, bytes)) in files.iter().enumerate() {
        let part = reqwest::multipart::Part::bytes(bytes.clone()).file_name(name.clone());
        form = form.part(format!("files[{index}]"), part);
    }
    Ok(form)
}

/// A path without the secrets in it (an interaction's token opens it for fifteen minutes), for the log.
fn shape(path: &str) -> String {
    path.split('/')
        .filter(|part| !part.is_empty() && part.len() <= 16 && !part.starts_with(|c: char| c.is_ascii_digit()))
        .collect::<Vec<_>>()
        .join("/")
}

/// An error with its causes, since reqwest says the reason only there.
fn causes(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut next = error.source();
    while let Some(cause) = next {
        text = format!("{text}: {cause}");
        next = cause.source();
    }
    text
}
