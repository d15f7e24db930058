//! The gateway side: one WebSocket session at a time, with replay on resume and faults on demand.

use super::record::GatewayEvent;
use super::state::State;
use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::protocol::CloseFrame;

/// What the test makes the gateway send or do.
#[derive(Clone, Debug)]
pub enum Push {
    /// A dispatch; kept and replayed when the session is resumed.
    Event(&'static str, Value),
    /// Op 7.
    Reconnect,
    /// Op 9; whether the session may be resumed.
    InvalidSession(bool),
    Close(u16),
    /// A close frame that carries no code.
    CloseWithoutCode,
    /// The connection ends without a close frame.
    Drop,
}

/// The one session and its dispatches since READY.
#[derive(Default)]
pub struct Session {
    id: u64,
    log: Vec<(&'static str, Value)>,
    connection: Option<UnboundedSender<Push>>,
    resumable: bool,
}

impl Session {
    /// Sends now, or keeps a dispatch for the resume when nobody is connected.
    pub fn push(&mut self, push: Push) {
        match (&push, &self.connection) {
            (Push::Event(name, data), connection) => {
                self.log.push((name, data.clone()));
                if let Some(connection) = connection {
                    let _gone = connection.send(push);
                }
            }
            (_, Some(connection)) => {
                let _gone = connection.send(push);
            }
            (_, None) => {}
        }
    }

    pub fn is_connected(&self) -> bool {
        self.connection.as_ref().is_some_and(|c| !c.is_closed())
    }

    fn invalidate(&mut self, resumable: bool) {
        self.resumable = resumable;
        self.connection = None;
    }

    fn start(&mut self, connection: UnboundedSender<Push>) -> u64 {
        self.id += 1;
        self.log.clear();
        self.resumable = true;
        self.connection = Some(connection);
        self.id
    }
}

type Socket = WebSocketStream<TcpStream>;

/// Accepts connections for ever.
pub async fn serve(listener: TcpListener, state: Arc<State>) {
    while let Ok((stream, _)) = listener.accept().await {
        let state = state.clone();
        tokio::spawn(async move {
            if let Ok(socket) = tokio_tungstenite::accept_async(stream).await {
                state.note(GatewayEvent::Connected);
                connection(socket, &state).await;
            }
        });
    }
}

/// One connection from HELLO to its end.
async fn connection(mut socket: Socket, state: &State) {
    let interval = state.heartbeat_interval.load(Ordering::Relaxed);
    if send(&mut socket, json!({"op": 10, "d": {"heartbeat_interval": interval}})).await.is_none() {
        return;
    }
    let (sender, mut pushes) = unbounded_channel();
    let mut seq = 0;
    loop {
        let go_on = tokio::select! {
            message = socket.next() => received(&mut socket, state, message, &sender, &mut seq).await,
            Some(push) = pushes.recv() => do_push(&mut socket, state, push, &mut seq).await,
        };
        if go_on.is_none() {
            break;
        }
    }
}

async fn send(socket: &mut Socket, value: Value) -> Option<()> {
    socket.send(Message::text(value.to_string())).await.ok()
}

/// Sends one dispatch with the next sequence number.
async fn dispatch(socket: &mut Socket, seq: &mut u64, name: &str, data: Value) -> Option<()> {
    *seq += 1;
    send(socket, json!({"op": 0, "s": *seq, "t": name, "d": data})).await
}

async fn received(
    socket: &mut Socket,
    state: &State,
    message: Option<Result<Message, tokio_tungstenite::tungstenite::Error>>,
    sender: &UnboundedSender<Push>,
    seq: &mut u64,
) -> Option<()> {
    let text = match message {
        Some(Ok(Message::Text(text))) => text,
        Some(Ok(Message::Close(frame))) => {
            state.note(GatewayEvent::Closed(frame.map(|f| f.code.into())));
            return None;
        }
        Some(Ok(_)) => return Some(()),
        Some(Err(_)) | None => {
            state.note(GatewayEvent::Lost);
            return None;
        }
    };
    let payload: Value = serde_json::from_str(&text).ok()?;
    match payload["op"].as_u64() {
        Some(1) => {
            state.note(GatewayEvent::Heartbeat);
            if state.acknowledges.load(Ordering::Relaxed) {
                return send(socket, json!({"op": 11})).await;
            }
            Some(())
        }
        Some(2) => identify(socket, state, &payload["d"], sender, seq).await,
        Some(6) => resume(socket, state, &payload["d"], sender, seq).await,
        _ => Some(()),
    }
}

async fn identify(
    socket: &mut Socket,
    state: &State,
    data: &Value,
    sender: &UnboundedSender<Push>,
    seq: &mut u64,
) -> Option<()> {
    state.note(GatewayEvent::Identified { intents: data["intents"].as_u64().unwrap_or(0) });
    let refusal = state.refuse_identify.load(Ordering::Relaxed);
    if refusal != 0 {
        return close(socket, u16::try_from(refusal).ok()).await;
    }
    // Discord takes the token with the prefix of the REST header, too, as serenity sends it.
    if data["token"].as_str().map(|token| token.trim_start_matches("Bot ")) != Some(&state.token) {
        return close(socket, Some(4004)).await;
    }
    let id = state.session.lock().unwrap().start(sender.clone());
    let ready = super::payloads::ready(&id.to_string(), &state.gateway_url());
    *seq = 0;
    dispatch(socket, seq, "READY", ready).await
}

async fn resume(socket: &mut Socket, state: &State, data: &Value, sender: &UnboundedSender<Push>, seq: &mut u64) -> Option<()> {
    let seen = data["seq"].as_u64().unwrap_or(0);
    let missed = {
        let mut session = state.session.lock().unwrap();
        let known = session.resumable && data["session_id"].as_str() == Some(&session.id.to_string());
        known.then(|| {
            session.connection = Some(sender.clone());
            // READY was number 1, so the first logged dispatch is number 2.
            let skip = usize::try_from(seen.saturating_sub(1)).unwrap();
            session.log.iter().skip(skip).cloned().collect::<Vec<_>>()
        })
    };
    let Some(missed) = missed else {
        return send(socket, json!({"op": 9, "d": false})).await;
    };
    state.note(GatewayEvent::Resumed { seq: seen });
    *seq = seen;
    for (name, data) in missed {
        dispatch(socket, seq, name, data).await?;
    }
    // RESUMED carries the number of the last event, so that the numbers of later dispatches stay those of the log.
    send(socket, json!({"op": 0, "s": *seq, "t": "RESUMED", "d": {"_trace": []}})).await
}

async fn do_push(socket: &mut Socket, state: &State, push: Push, seq: &mut u64) -> Option<()> {
    match push {
        Push::Event(name, data) => return dispatch(socket, seq, name, data).await,
        Push::Reconnect => return send(socket, json!({"op": 7, "d": null})).await,
        Push::InvalidSession(resumable) => {
            state.session.lock().unwrap().invalidate(resumable);
            return send(socket, json!({"op": 9, "d": resumable})).await;
        }
        _ => {}
    }
    state.session.lock().unwrap().connection = None;
    match push {
        Push::Close(code) => close(socket, Some(code)).await,
        Push::CloseWithoutCode => close(socket, None).await,
        _ => None,
    }
}

/// Sends the close frame and reads on until the client is gone.
async fn close(socket: &mut Socket, code: Option<u16>) -> Option<()> {
    let frame = code.map(|code| CloseFrame { code: code.into(), reason: "as ordered".into() });
    socket.close(frame).await.ok()?;
    while let Some(Ok(_)) = socket.next().await {}
    None
}
