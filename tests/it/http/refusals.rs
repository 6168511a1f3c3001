//! What a client is told when a request is not served.

use std::time::Duration;

use axum::{
    Router,
    body::Body,
    http::{Method, StatusCode},
    routing::get,
};
use drillhall::http::{Site, limits::Limits};
use serde_json::json;

use crate::server::{ORIGIN, Server, from_address, proxy, request, send, shell_around};

const SESSIONS: &str = "/api/v1/sessions";

#[tokio::test]
async fn an_unknown_path_is_a_problem() {
    let server = Server::start().await;
    insta::assert_json_snapshot!(server.get("/api/v1/nowhere?token=canary").await.problem(), @r#"
    {
      "code": "not_found",
      "detail": "there is nothing at /api/v1/nowhere",
      "status": 404,
      "title": "Not Found",
      "type": "urn:drillhall:problem:not_found"
    }
    "#);
    assert_eq!(server.get("/nowhere").await.code(), "not_found");
    assert_eq!(server.get("/play/only-one-part").await.code(), "not_found");
}

#[tokio::test]
async fn a_wrong_method_is_a_problem() {
    let reply = Server::start().await.get(SESSIONS).await;
    assert_eq!((reply.status, reply.code()), (StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed".to_owned()));
}

#[tokio::test]
async fn a_wrong_body_is_told_what_is_wrong_and_where() {
    let server = Server::start().await;
    let unknown = server.post(SESSIONS, &json!({"login": "ada", "pasword": "x"})).await;
    insta::assert_json_snapshot!(unknown.problem(), @r#"
    {
      "code": "bad_json",
      "detail": "the body is not what this route takes: pasword: unknown field `pasword`, expected `login` or `password` at line 1 column 24",
      "status": 400,
      "title": "Bad Request",
      "type": "urn:drillhall:problem:bad_json"
    }
    "#);
    for body in ["", "{", "[]", "{\"login\": 7}", "\u{0}"] {
        let headers = [("content-type", "application/json"), ("origin", ORIGIN)];
        let reply = server.send(request(Method::POST, SESSIONS, &headers, Body::from(body))).await;
        assert_eq!(reply.code(), "bad_json", "{body}");
    }
    let form = [("content-type", "application/x-www-form-urlencoded"), ("origin", ORIGIN)];
    let reply = server.send(request(Method::POST, SESSIONS, &form, Body::from("login=ada"))).await;
    assert_eq!((reply.status, reply.code()), (StatusCode::UNSUPPORTED_MEDIA_TYPE, "not_json".to_owned()));
}

#[tokio::test]
async fn a_body_over_a_mebibyte_is_refused() {
    let reply = Server::start().await.post(SESSIONS, &json!({"login": "x".repeat(1024 * 1024)})).await;
    assert_eq!((reply.status, reply.code()), (StatusCode::PAYLOAD_TOO_LARGE, "too_large".to_owned()));
}

#[tokio::test]
async fn a_request_that_takes_too_long_is_given_up() {
    let api = Router::new().route("/api/v1/never", get(std::future::pending::<()>));
    let server = shell_around(api, Duration::from_millis(1), true);
    let reply = send(&server, request(Method::GET, "/api/v1/never", &[], Body::empty())).await;
    assert_eq!((reply.status, reply.code()), (StatusCode::SERVICE_UNAVAILABLE, "timeout".to_owned()));
}

#[tokio::test]
async fn a_server_that_cannot_serve_says_so_to_monitors() {
    let server = shell_around(Router::new(), Duration::from_secs(20), false);
    let reply = send(&server, request(Method::GET, "/readyz", &[], Body::empty())).await;
    assert_eq!((reply.status, reply.code()), (StatusCode::SERVICE_UNAVAILABLE, "not_ready".to_owned()));
    assert_eq!(send(&server, request(Method::GET, "/healthz", &[], Body::empty())).await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_fault_of_the_server_tells_nothing_of_its_cause() {
    let server = Server::start().await;
    for path in ["/api/v1/panic", "/api/v1/broken"] {
        let reply = server.get(path).await;
        assert_eq!(reply.code(), "internal", "{path}");
        assert!(!reply.body.contains("canary"), "{path}: {}", reply.body);
    }
}

#[tokio::test]
async fn too_many_attempts_on_one_login_are_told_to_wait() {
    let server = Server::with(Site::default(), Limits::per_minute(2, 100, 100)).await;
    let attempt = json!({"login": "director", "password": "wrong wrong wrong"});
    // Spaces and size of letters make no other login.
    let same = json!({"login": " DIRECTOR ", "password": "wrong wrong wrong"});
    assert_eq!(server.post(SESSIONS, &attempt).await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(server.post(SESSIONS, &same).await.status, StatusCode::UNAUTHORIZED);
    let refused = server.post(SESSIONS, &same).await;
    assert_eq!((refused.status, refused.code()), (StatusCode::TOO_MANY_REQUESTS, "too_many_requests".to_owned()));
    let wait: u32 = refused.header("retry-after").parse().unwrap();
    assert!((1..=31).contains(&wait), "{wait}");
    let other = json!({"login": "deputy", "password": "wrong wrong wrong"});
    assert_eq!(server.post(SESSIONS, &other).await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn an_address_is_believed_from_a_trusted_proxy_only() {
    let server = Server::with(Site::default(), Limits::per_minute(100, 100, 1)).await;
    let attempt = async |peer: [u8; 4], forwarded: &str| {
        let headers = [("content-type", "application/json"), ("origin", ORIGIN), ("x-forwarded-for", forwarded)];
        let body = json!({"login": "director", "password": "wrong wrong wrong"}).to_string();
        server.send(from_address(peer, request(Method::POST, SESSIONS, &headers, Body::from(body)))).await.status
    };
    assert_eq!(attempt(proxy(), "192.0.2.1").await, StatusCode::UNAUTHORIZED);
    assert_eq!(attempt(proxy(), "192.0.2.2").await, StatusCode::UNAUTHORIZED);
    assert_eq!(attempt(proxy(), "192.0.2.9, 192.0.2.1").await, StatusCode::TOO_MANY_REQUESTS, "only the last counts");
    let stranger = [198, 51, 100, 7];
    assert_eq!(attempt(stranger, "192.0.2.3").await, StatusCode::UNAUTHORIZED);
    assert_eq!(attempt(stranger, "192.0.2.4").await, StatusCode::TOO_MANY_REQUESTS, "strangers choose no address");
}
