//! Somebody with an account, who signs in as people do.

use axum::http::{Method, StatusCode};
use drillhall::account::{PlatformRole, totp};
use serde_json::{Value, json};

use crate::server::{PASSWORD, Reply, Server};

pub(super) const SESSIONS: &str = "/api/v1/sessions";
pub(super) const SECOND_STEP: &str = "/api/v1/sessions/second-step";
pub(super) const TOTP: &str = "/api/v1/me/totp";
pub(super) const ME: &str = "/api/v1/me";

/// Somebody who has enrolled a device.
pub(super) struct Enrolled {
    pub(super) account: String,
    pub(super) cookie: String,
    pub(super) secret: String,
    pub(super) recovery_codes: Vec<String>,
}

/// Makes an account and signs in with its password.
pub(super) async fn begun(server: &Server, login: &str, role: PlatformRole) -> Reply {
    server.accounts.create(login, role, PASSWORD.as_bytes()).await.unwrap();
    let reply = first_step(server, login, PASSWORD).await;
    assert_eq!(reply.status, StatusCode::CREATED, "{}", reply.body);
    reply
}

/// Makes an account that enrols a device at once.
pub(super) async fn enrolled(server: &Server, login: &str, role: PlatformRole) -> Enrolled {
    let begun = begun(server, login, role).await;
    let secret = begin(server, &begun.cookie()).await;
    let code = totp::code(&secret, server.time.clock().now()).unwrap();
    let reply = server.ask(&begun.cookie(), Method::PUT, TOTP, &json!({ "code": code })).await;
    assert_eq!(reply.status, StatusCode::OK, "{}", reply.body);
    let codes = reply.json()["codes"].as_array().unwrap().clone();
    Enrolled {
        account: begun.json()["account"].as_str().unwrap().to_owned(),
        cookie: reply.cookie(),
        secret,
        recovery_codes: codes.iter().map(|code| code.as_str().unwrap().to_owned()).collect(),
    }
}

/// The secret of a device that is to be enrolled.
pub(super) async fn begin(server: &Server, cookie: &str) -> String {
    let reply = server.ask(cookie, Method::POST, TOTP, &json!({})).await;
    assert_eq!(reply.status, StatusCode::CREATED, "{}", reply.body);
    reply.json()["secret"].as_str().unwrap().to_owned()
}

pub(super) async fn first_step(server: &Server, login: &str, password: &str) -> Reply {
    server.post(SESSIONS, &json!({ "login": login, "password": password })).await
}

/// What is held between the two steps.
pub(super) async fn challenge(server: &Server, login: &str) -> String {
    let reply = first_step(server, login, PASSWORD).await;
    assert_eq!(reply.status, StatusCode::ACCEPTED, "{}", reply.body);
    reply.json()["challenge"].as_str().unwrap().to_owned()
}

pub(super) async fn second_step(server: &Server, challenge: &str, code: &str) -> Reply {
    server.post(SECOND_STEP, &json!({ "challenge": challenge, "code": code })).await
}

impl Enrolled {
    /// The code that the device shows, so many steps from now.
    pub(super) fn code(&self, server: &Server, steps: i64) -> String {
        let now = server.time.clock().now();
        totp::code(&self.secret, drillhall::engine::time::Timestamp(now.0 + steps * 30_000)).unwrap()
    }

    pub(super) async fn ask(&self, server: &Server, method: Method, path: &str, body: &Value) -> Reply {
        server.ask(&self.cookie, method, path, body).await
    }
}

/// Whether a cookie is good for anything.
pub(super) async fn is_signed_in(server: &Server, cookie: &str) -> bool {
    server.get_with(ME, "cookie", cookie).await.status == StatusCode::OK
}

/// The acts that were noted, by name.
pub(super) async fn noted(server: &Server) -> Vec<String> {
    server.accounts.audit().entries(0, 1_000).await.unwrap().into_iter().map(|entry| entry.kind).collect()
}
