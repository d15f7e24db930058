//! The REST side: a small HTTP server on loopback that records, judges and answers each request, or fails it as ordered.

use super::faults::Fault;
use super::record::{File, Request, Route};
use super::state::State;
use http_body_util::{BodyExt, Full};
use hyper::body::{Bytes, Incoming};
use hyper::service::service_fn;
use hyper::{Response, StatusCode, header};
use hyper_util::rt::TokioIo;
use serde_json::{Value, json};
use std::sync::Arc;
use std::time::Instant;
use tokio::net::TcpListener;

type Answer = Result<Response<Full<Bytes>>, Cut>;

/// The connection is to end without an answer.
#[derive(Debug)]
struct Cut;

impl std::fmt::Display for Cut {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("cut as ordered")
    }
}

impl std::error::Error for Cut {}

/// Accepts connections for ever.
pub async fn serve(listener: TcpListener, state: Arc<State>) {
    while let Ok((stream, _)) = listener.accept().await {
        let state = state.clone();
        tokio::spawn(async move {
            let service = service_fn(move |request| handle(state.clone(), request));
            let _cut = hyper::server::conn::http1::Builder::new().serve_connection(TokioIo::new(stream), service).await;
        });
    }
}

async fn handle(state: Arc<State>, request: hyper::Request<Incoming>) -> Answer {
    let at = Instant::now();
    let (head, body) = request.into_parts();
    let header = |name| head.headers.get(name).and_then(|v| v.to_str().ok()).unwrap_or_default().to_owned();
    let (content_type, user_agent, authorization) =
        (header(header::CONTENT_TYPE), header(header::USER_AGENT), header(header::AUTHORIZATION));
    let bytes = body.collect().await.map_err(|_| Cut)?.to_bytes();
    let path = head.uri.path().trim_start_matches("/api/v10").to_owned();
    let query = head.uri.query().unwrap_or_default().to_owned();
    let (route, token) = Route::of(head.method.as_str(), &path);
    let (body, files) = read_body(&content_type, &bytes);
    let mut violations = state.judge.violations(route, &body, files.len());
    if !user_agent.starts_with("DiscordBot (") {
        violations.push(format!("User-Agent {user_agent:?}"));
    }
    let method = head.method.to_string();
    let mut record = Request { at, route, method, path, query, token, user_agent, body, files, status: 0, violations };

    let fault = state.take_fault(route);
    if let Some(Fault::Slow(delay)) = fault {
        tokio::time::sleep(delay).await;
    }
    let refused = match fault {
        Some(Fault::RateLimited { after, global }) => Some(rate_limited(after, global)),
        Some(Fault::Error { status, code }) => Some(error(status, code)),
        Some(Fault::HtmlBadGateway) => Some(html_bad_gateway()),
        Some(Fault::CutBefore) => {
            state.record(record);
            return Err(Cut);
        }
        _ if needs_token(route) && authorization != format!("Bot {}", state.token) => Some(error(401, 0)),
        _ => None,
    };
    let response = match refused {
        Some(response) => response,
        None => perform(&state, &record),
    };
    if matches!(fault, Some(Fault::CutAfter)) {
        state.record(record);
        return Err(Cut);
    }
    record.status = response.status().as_u16();
    state.record(record);
    if let Some(Fault::SlowAnswer(delay)) = fault {
        tokio::time::sleep(delay).await;
    }
    Ok(response)
}

fn needs_token(route: Route) -> bool {
    matches!(
        route,
        Route::GetCommands | Route::PutCommands | Route::Message | Route::EditMessage | Route::OpenDirect | Route::ReadMessages
    )
}

/// Does what Discord would do with a request that no fault was ordered for.
fn perform(state: &State, request: &Request) -> Response<Full<Bytes>> {
    match request.route {
        Route::Gateway => reply(
            200,
            &json!({
                "url": state.gateway_url(), "shards": 1,
                "session_start_limit": {"total": 1000, "remaining": 999, "reset_after": 86_400_000, "max_concurrency": 1},
            }),
        ),
        Route::GetCommands => reply(200, &state.commands()),
        Route::PutCommands if !request.violations.is_empty() => error(400, 50035),
        Route::PutCommands => reply(200, &state.set_commands(&request.body)),
        Route::Callback | Route::FollowUp | Route::EditOriginal | Route::ReadOriginal => match state.interact(request) {
            Ok(Some(message)) if request.route == Route::Callback => {
                reply(200, &json!({"interaction": {"id": "1", "type": 2}, "resource": {"type": 4, "message": message}}))
            }
            Ok(None) => Response::builder().status(StatusCode::NO_CONTENT).body(Full::default()).unwrap(),
            Ok(Some(message)) => reply(200, &message),
            Err((status, code)) => error(status, code),
        },
        Route::Message | Route::EditMessage => reply(200, &state.post(request)),
        Route::ReadMessages => reply(200, &state.posted(&request.path)),
        Route::OpenDirect => reply(200, &json!({"id": super::CHANNEL.to_string(), "type": 1})),
        Route::Other => error(404, 0),
    }
}

fn reply(status: u16, body: &Value) -> Response<Full<Bytes>> {
    let bytes = Bytes::from(body.to_string());
    Response::builder().status(status).header(header::CONTENT_TYPE, "application/json").body(Full::new(bytes)).unwrap()
}

fn error(status: u16, code: u32) -> Response<Full<Bytes>> {
    reply(status, &json!({"message": format!("error {code}"), "code": code}))
}

fn rate_limited(after: f64, global: bool) -> Response<Full<Bytes>> {
    let body = json!({"message": "You are being rate limited.", "retry_after": after, "global": global});
    let mut response = reply(429, &body);
    let headers = response.headers_mut();
    headers.insert("retry-after", after.to_string().parse().unwrap());
    headers.insert("x-ratelimit-scope", if global { "global" } else { "user" }.parse().unwrap());
    if global {
        headers.insert("x-ratelimit-global", "true".parse().unwrap());
    }
    response
}

fn html_bad_gateway() -> Response<Full<Bytes>> {
    let page = Bytes::from_static(b"<html><head><title>502 Bad Gateway</title></head><body>cloudflare</body></html>");
    Response::builder().status(502).header(header::CONTENT_TYPE, "text/html").body(Full::new(page)).unwrap()
}

/// The JSON of a body, and the files when it is a form with `payload_json`.
fn read_body(content_type: &str, bytes: &[u8]) -> (Value, Vec<File>) {
    let Some((_, boundary)) = content_type.split_once("boundary=") else {
        return (serde_json::from_slice(bytes).unwrap_or(Value::Null), Vec::new());
    };
    let mut json = Value::Null;
    let mut files = Vec::new();
    for part in form_parts(bytes, boundary.trim_matches('"')) {
        let Some(end) = find(part, b"\r\n\r\n") else { continue };
        let head = String::from_utf8_lossy(&part[..end]).into_owned();
        let content = part[end + 4..].strip_suffix(b"\r\n").unwrap_or(&part[end + 4..]);
        if head.contains("name=\"payload_json\"") {
            json = serde_json::from_slice(content).unwrap_or(Value::Null);
        } else {
            let name = head.split("filename=\"").nth(1).and_then(|s| s.split('"').next()).unwrap_or_default();
            files.push(File { name: name.to_owned(), bytes: content.to_vec() });
        }
    }
    (json, files)
}

fn form_parts<'a>(bytes: &'a [u8], boundary: &str) -> Vec<&'a [u8]> {
    let mark = format!("--{boundary}").into_bytes();
    let mut parts = Vec::new();
    let mut rest = bytes;
    while let Some(start) = find(rest, &mark) {
        rest = &rest[start + mark.len()..];
        let end = find(rest, &mark).unwrap_or(rest.len());
        parts.push(&rest[..end]);
    }
    parts
}

fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack.windows(needle.len()).position(|w| w == needle)
}
