//! Passwords over plain HTTP: only on the server's own machine, unless the operator says otherwise. ASVS 4.1.2, 12.2.1.

use axum::{
    body::Body,
    http::{Method, StatusCode},
};
use drillhall::http::{Door, Site, limits::Limits};
use serde_json::json;

use crate::server::{HOST, ORIGIN, PASSWORD, Server, from_address, proxy, request};

const LAPTOP: [u8; 4] = [127, 0, 0, 1];
const HALL: [u8; 4] = [192, 0, 2, 7];

#[tokio::test]
async fn passwords_are_taken_on_this_machine_or_over_tls_only() {
    let site = Site { door: Door::Plain, public: Some("https://drill.example".parse().unwrap()), allowed: Vec::new() };
    let server = Server::without_plain_sign_in(site, Limits::default()).await;
    server.create_director().await;
    for (from, host, origin, forwarded, taken) in [
        (LAPTOP, HOST, ORIGIN, None, true),
        (HALL, HOST, ORIGIN, None, false),
        (HALL, "drill.example", "https://drill.example", None, true),
        (proxy(), "drill.example", "https://drill.example", Some("192.0.2.9"), true),
        (proxy(), HOST, ORIGIN, Some("192.0.2.9"), false),
        // A proxy on this machine that nobody told the server of is not this machine.
        (LAPTOP, HOST, ORIGIN, Some("192.0.2.9"), false),
        (LAPTOP, HOST, ORIGIN, Some("127.0.0.1"), false),
    ] {
        let body = json!({ "login": "director", "password": PASSWORD }).to_string();
        let mut attempt =
            request(Method::POST, "/api/v1/sessions", &[("content-type", "application/json")], Body::from(body));
        attempt.headers_mut().insert("host", host.parse().unwrap());
        attempt.headers_mut().insert("origin", origin.parse().unwrap());
        if let Some(forwarded) = forwarded {
            attempt.headers_mut().insert("x-forwarded-for", forwarded.parse().unwrap());
        }
        let reply = server.send(from_address(from, attempt)).await;
        let case = format!("{from:?} {host} {forwarded:?}: {}", reply.body);
        assert_eq!(reply.status, if taken { StatusCode::CREATED } else { StatusCode::FORBIDDEN }, "{case}");
        assert!(taken || reply.code() == "plain_http", "{case}");
    }
}

#[tokio::test]
async fn every_way_of_giving_a_password_is_held_to_it() {
    let server = Server::without_plain_sign_in(Site::default(), Limits::default()).await;
    let token = server.accounts.setup_link().await.unwrap().unwrap();
    let token = token.strip_prefix("/setup#").unwrap();
    for (path, body) in [
        ("/api/v1/setup", json!({ "token": token, "login": "ana", "password": PASSWORD })),
        ("/api/v1/sessions", json!({ "login": "ana", "password": PASSWORD })),
        ("/api/v1/sessions/second-step", json!({ "challenge": "x", "code": "123456" })),
        ("/api/v1/invitations/accept", json!({ "token": "x", "login": "ana", "password": PASSWORD })),
    ] {
        let headers = [("content-type", "application/json"), ("origin", ORIGIN)];
        let attempt = request(Method::POST, path, &headers, Body::from(body.to_string()));
        assert_eq!(server.send(from_address(HALL, attempt)).await.code(), "plain_http", "{path}");
    }
    assert_eq!(server.store.accounts().await.unwrap(), [], "and the set-up link was not used up");
}
