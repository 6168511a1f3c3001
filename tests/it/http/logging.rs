//! The log says what was asked and what came of it, and never a secret.

use std::{
    io::{self, Write},
    sync::{Arc, LazyLock, Mutex},
};

use axum::{body::Body, http::Method};
use drillhall::{account::totp, store::StoreError};
use serde_json::json;
use tracing::Dispatch;
use tracing_subscriber::{EnvFilter, fmt::MakeWriter};

use crate::server::{ORIGIN, PASSWORD, Server, request};

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(line);
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

impl Log {
    fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}

/// While there is one subscriber only, tracing asks the thread that comes to a place first whether
/// anybody listens, and remembers the answer for all threads. With more it asks them all.
static LISTENERS: LazyLock<[Dispatch; 2]> =
    LazyLock::new(|| [(); 2].map(|()| Dispatch::new(tracing_subscriber::registry())));

/// What this thread logs from now on, all of it. The tests of this file serve on one thread.
fn capture() -> (Log, tracing::subscriber::DefaultGuard) {
    LazyLock::force(&LISTENERS);
    let log = Log::default();
    let filter = EnvFilter::new("trace");
    let subscriber = tracing_subscriber::fmt().with_env_filter(filter).with_ansi(false).with_writer(log.clone());
    (log, tracing::subscriber::set_default(subscriber.finish()))
}

#[tokio::test]
async fn no_secret_is_logged() {
    let (log, _guard) = capture();
    let server = Server::start().await;
    let setup = server.accounts.setup_link().await.unwrap().unwrap();
    let secret = setup.strip_prefix("/setup#").unwrap();
    let account = json!({"token": secret, "login": "director", "password": PASSWORD});
    assert_eq!(server.post("/api/v1/setup", &account).await.status, 201);
    let enrolling = server.sign_in().await;
    let device = server.ask(&enrolling, Method::POST, "/api/v1/me/totp", &json!({})).await.json();
    let device = device["secret"].as_str().unwrap();
    let code = totp::code(device, server.time.clock().now()).unwrap();
    let enrolled = server.ask(&enrolling, Method::PUT, "/api/v1/me/totp", &json!({ "code": code })).await;
    let paper = enrolled.json()["codes"][0].as_str().unwrap().to_owned();
    let half = server.post("/api/v1/sessions", &json!({"login": "director", "password": PASSWORD})).await.json();
    let challenge = half["challenge"].as_str().unwrap();
    let step = json!({ "challenge": challenge, "code": paper });
    let session = server.post("/api/v1/sessions/second-step", &step).await.cookie();
    let invitation =
        server.ask(&session, Method::POST, "/api/v1/invitations", &json!({ "role": "account" })).await.json();
    let invitation = invitation["path"].as_str().unwrap().strip_prefix("/invited#").unwrap();
    server.post("/api/v1/invitations/preview", &json!({ "token": invitation })).await;
    let headers = [("cookie", session.as_str()), ("origin", ORIGIN)];
    let token = server.send(request(Method::POST, "/api/v1/tokens", &headers, Body::empty())).await.json();
    let token = token["token"].as_str().unwrap();
    server.get_with("/api/v1/me?secret=canary-in-query", "authorization", &format!("Bearer {token}")).await;
    server.post("/api/v1/sessions", &json!({"login": "director", "password": ["canary-in-body"]})).await;
    server.get("/api/v1/panic").await;

    let log = log.text();
    assert!(log.contains("path=\"/api/v1/tokens\""), "{log}");
    assert!(log.contains("status=201"), "{log}");
    assert!(log.contains("a handler panicked"), "{log}");
    let session = session.strip_prefix("dh_session=").unwrap();
    for canary in [PASSWORD, secret, session, token, device, &paper, challenge, invitation, "canary"] {
        assert!(!log.contains(canary), "{canary} in {log}");
    }
    let key = server.store.setting("signing_secret").await.unwrap().unwrap();
    assert!(!log.contains(&key));
}

#[tokio::test]
async fn a_cause_is_logged_once_under_the_id_that_the_client_is_told() {
    let (log, _guard) = capture();
    let server = Server::start().await;
    let reply = server.get("/api/v1/broken").await;
    let log = log.text();
    let lines: Vec<_> = log.lines().filter(|line| line.contains("canary in a cause")).collect();
    assert_eq!(lines.len(), 1, "{log}");
    assert!(lines[0].contains("ERROR") && lines[0].contains(reply.header("x-request-id")), "{}", lines[0]);
}

#[tokio::test]
async fn a_store_that_is_gone_is_worth_another_try() {
    let (log, _guard) = capture();
    let server = Server::start().await;
    let cookie = server.director().await;
    server.store.close().await;
    let reply = server.get_with("/api/v1/me", "cookie", &cookie).await;
    assert_eq!((reply.status.as_u16(), reply.code().as_str()), (503, "unavailable"));
    assert_eq!(reply.header("retry-after"), "2");
    let failed = server.store.accounts().await;
    assert!(matches!(failed, Err(StoreError::Database(_))));
    assert_eq!(log.text().matches("could not be served for now").count(), 1);
}
