//! Serves /healthz, /readyz and /metrics over HTTP, and asks for them. Knows no surface and no question.

use std::convert::Infallible;
use std::fmt;
use std::io::{self, Read, Write};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpStream};
use std::sync::Arc;
use std::time::Duration;

use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::header::{CACHE_CONTROL, CONTENT_TYPE};
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use serde_json::json;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tokio::time::timeout;

use super::metrics::{Condition, Metrics};

/// Connections at a time; more wait.
const CONNECTIONS: usize = 16;
/// A connection may last so long.
const PATIENCE: Duration = Duration::from_secs(10);
/// A program whose threads for computing don't answer by then is not healthy.
const LIVELY: Duration = Duration::from_secs(5);
/// What OpenMetrics' text form is called.
const OPEN_METRICS: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// What is served.
#[derive(Clone)]
pub struct Health {
    /// The counts.
    pub metrics: Arc<Metrics>,
    /// How it is now; called on a thread for computing.
    pub condition: Arc<dyn Fn() -> Condition + Send + Sync>,
}

impl fmt::Debug for Health {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Health")
    }
}

/// Serves for ever.
pub async fn serve(listener: TcpListener, health: Health) {
    let places = Arc::new(Semaphore::new(CONNECTIONS));
    loop {
        let Ok(place) = Arc::clone(&places).acquire_owned().await else { return };
        let stream = match listener.accept().await {
            Ok((stream, _)) => stream,
            Err(_) => {
                // Out of files, most likely; at once again would only keep a core busy.
                tokio::time::sleep(Duration::from_millis(200)).await;
                continue;
            }
        };
        let health = health.clone();
        tokio::spawn(async move {
            let _place = place;
            let mut server = hyper::server::conn::http1::Builder::new();
            server.timer(TokioTimer::new()).header_read_timeout(LIVELY).keep_alive(false).max_buf_size(8 * 1024);
            let service = service_fn(|request| answer(request, &health));
            // A client that goes away or sends nonsense is no matter of ours.
            let _ended = timeout(PATIENCE, server.serve_connection(TokioIo::new(stream), service)).await;
        });
    }
}

async fn answer(request: Request<Incoming>, health: &Health) -> Result<Response<Full<Bytes>>, Infallible> {
    const JSON: &str = "application/json";
    let path = request.uri().path();
    let (status, kind, body) = if !["/healthz", "/readyz", "/metrics"].contains(&path) {
        (StatusCode::NOT_FOUND, JSON, json!({"error": "there are /healthz, /readyz and /metrics"}).to_string())
    } else if !matches!(*request.method(), Method::GET | Method::HEAD) {
        (StatusCode::METHOD_NOT_ALLOWED, JSON, json!({"error": "only GET"}).to_string())
    } else {
        match condition(health).await {
            None => (StatusCode::SERVICE_UNAVAILABLE, JSON, json!({"status": "stuck"}).to_string()),
            Some(_) if path == "/healthz" => (StatusCode::OK, JSON, json!({"status": "ok"}).to_string()),
            Some(now) if path == "/readyz" => ready(&now),
            Some(now) => (StatusCode::OK, OPEN_METRICS, health.metrics.text(&now)),
        }
    };
    let response = Response::builder().status(status).header(CONTENT_TYPE, kind).header(CACHE_CONTROL, "no-store");
    Ok(response.body(Full::new(Bytes::from(body))).unwrap_or_default())
}

/// How it is now; `None` where no thread is free to say so.
async fn condition(health: &Health) -> Option<Condition> {
    let look = health.condition.clone();
    timeout(LIVELY, tokio::task::spawn_blocking(move || look())).await.ok()?.ok()
}

fn ready(now: &Condition) -> (StatusCode, &'static str, String) {
    let ready = now.connected && now.sources > 0;
    let body = json!({
        "status": if ready { "ready" } else { "not ready" },
        "connected": now.connected,
        "sources": now.sources,
        "memory": now.trouble.as_deref().unwrap_or("sound"),
    });
    let status = if ready { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    (status, "application/json", body.to_string())
}

/// Asks a running bot; tells whether all is well, and what it said.
///
/// # Errors
/// When nobody answers there.
pub fn ask(address: SocketAddr, path: &str) -> io::Result<(bool, String)> {
    let address = match address.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => SocketAddr::new(Ipv4Addr::LOCALHOST.into(), address.port()),
        IpAddr::V6(ip) if ip.is_unspecified() => SocketAddr::new(Ipv6Addr::LOCALHOST.into(), address.port()),
        _ => address,
    };
    let mut stream = TcpStream::connect_timeout(&address, LIVELY)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    stream.write_all(format!("GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n").as_bytes())?;
    let mut reply = Vec::new();
    stream.take(1024 * 1024).read_to_end(&mut reply)?;
    let reply = String::from_utf8_lossy(&reply);
    let (head, body) = reply.split_once("\r\n\r\n").unwrap_or((&reply, ""));
    Ok((head.split(' ').nth(1) == Some("200"), body.trim().to_owned()))
}
