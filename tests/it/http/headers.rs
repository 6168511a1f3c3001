//! What every answer tells the browser.

use axum::{
    body::Body,
    http::{Method, Request, StatusCode},
};
use drillhall::http::{Site, limits::Limits};
use serde_json::json;

use crate::server::{PASSWORD, Server, from_address, request};

const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; \
    font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

#[tokio::test]
async fn every_answer_restricts_what_a_page_may_do() {
    let server = Server::start().await;
    for path in [
        "/",
        "/join",
        "/play/x/y",
        "/nowhere",
        "/healthz",
        "/readyz",
        "/metrics",
        "/api/v1/me",
        "/api/v1/openapi.json",
        "/api/v1/docs/",
        "/api/v1/nowhere",
        "/api/v1/panic",
    ] {
        let reply = server.get(path).await;
        let described = path == "/api/v1/openapi.json" || path == "/api/v1/docs/";
        if described {
            assert!(reply.header("content-security-policy").contains("script-src 'self';"), "{path}");
        } else {
            assert_eq!(reply.header("content-security-policy"), POLICY, "{path}");
        }
        assert_eq!(reply.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(reply.header("referrer-policy"), "no-referrer", "{path}");
        assert_eq!(reply.header("cross-origin-opener-policy"), "same-origin", "{path}");
        assert_eq!(reply.header("cross-origin-resource-policy"), "same-origin", "{path}");
        assert!(reply.header("permissions-policy").contains("camera=()"), "{path}");
        assert_eq!(reply.header("strict-transport-security"), "", "plain HTTP promises no TLS: {path}");
        assert_eq!(reply.header("cache-control") == "no-store", path.starts_with("/api/"), "{path}");
        assert_eq!(reply.header("x-request-id").len(), 36, "{path}");
    }
}

#[tokio::test]
async fn over_tls_cookies_are_secure_and_the_browser_is_told_to_stay() {
    let site = Site { public: Some("https://drill.example".parse().unwrap()), ..Site::default() };
    let server = Server::with(site, Limits::default()).await;
    server.director().await;
    for (host, origin, secure) in
        [("drill.example", "https://drill.example", true), ("10.0.0.5:8080", "http://10.0.0.5:8080", false)]
    {
        let body = Body::from(json!({"login": "director", "password": PASSWORD}).to_string());
        let request = Request::builder().method(Method::POST).uri("/api/v1/sessions").header("host", host);
        let request = request.header("origin", origin).header("content-type", "application/json").body(body).unwrap();
        let reply = server.send(request).await;
        assert_eq!(reply.status, StatusCode::CREATED, "{}", reply.body);
        let cookie = reply.header("set-cookie");
        assert!(cookie.contains("; HttpOnly; SameSite=Strict; Path=/api/v1; Max-Age="), "{cookie}");
        assert_eq!(cookie.ends_with("; Secure"), secure, "{cookie}");
        assert_eq!(!reply.header("strict-transport-security").is_empty(), secure);
    }
}

#[tokio::test]
async fn the_api_describes_itself() {
    let server = Server::start().await;
    let document = server.get("/api/v1/openapi.json").await.json();
    for path in ["/api/v1/me", "/api/v1/setup", "/api/v1/sessions", "/api/v1/sessions/current", "/api/v1/tokens"] {
        assert!(document["paths"][path].is_object(), "{path}");
    }
    let page = server.get("/api/v1/docs/").await;
    assert!(page.body.contains("swagger-ui"), "{}", page.body);
    assert!(!page.body.contains("<script>"), "the policy lets no inline script run");
}

#[tokio::test]
async fn monitors_get_plain_answers() {
    let server = Server::start().await;
    assert_eq!(server.get("/healthz").await.body, "ok\n");
    assert_eq!(server.get("/readyz").await.body, "ready\n");
    let asked = request(Method::GET, "/metrics", &[], Body::empty());
    let metrics = server.send(from_address([127, 0, 0, 1], asked)).await.body;
    let counted = "drillhall_http_requests_total{method=\"GET\",route=\"/healthz\",status=\"200\"}";
    assert!(metrics.contains(counted), "{metrics}");
}

#[tokio::test]
async fn pages_are_served_with_the_client_or_without() {
    let server = Server::start().await;
    let page = server.get("/control/exercise/seat").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.header("content-type").starts_with("text/html"));
    assert!(page.body.to_lowercase().starts_with("<!doctype html>"), "{}", page.body);
}
