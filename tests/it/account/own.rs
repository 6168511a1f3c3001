//! One's own account: another password, and the sessions that are open. ASVS 6.2.2, 6.2.3, 7.4.3, 7.5.2.

use axum::{
    body::Body,
    http::{Method, StatusCode},
};
use drillhall::{account::PlatformRole, engine::time::Millis};
use serde_json::json;

use super::people::{SESSIONS, challenge, enrolled, first_step, is_signed_in, noted, second_step};
use crate::server::{ORIGIN, PASSWORD, Server, from_address, request};

const MINE: &str = "/api/v1/me/sessions";
const NEW: &str = "seven quiet herons by a lake";

async fn change(server: &Server, cookie: &str, old: &str, new: &str) -> crate::server::Reply {
    server.ask(cookie, Method::PUT, "/api/v1/me/password", &json!({ "old": old, "new": new })).await
}

#[tokio::test]
async fn another_password_needs_the_one_before_and_ends_the_other_sessions() {
    let server = Server::start().await;
    let (here, elsewhere) = (server.director().await, server.sign_in().await);
    assert_eq!(change(&server, &here, "some other sentence", NEW).await.code(), "wrong_password");
    assert_eq!(change(&server, &here, PASSWORD, "too short").await.code(), "bad_password");
    assert_eq!(change(&server, &here, PASSWORD, "director director director").await.code(), "weak_password");
    assert!(is_signed_in(&server, &elsewhere).await);
    assert_eq!(change(&server, &here, PASSWORD, NEW).await.status, StatusCode::NO_CONTENT);
    assert!(is_signed_in(&server, &here).await && !is_signed_in(&server, &elsewhere).await);
    assert_eq!(first_step(&server, "director", PASSWORD).await.code(), "wrong_credentials");
    assert_eq!(first_step(&server, "director", NEW).await.status, StatusCode::CREATED);
    assert!(noted(&server).await.contains(&"password_changed".to_owned()));
}

#[tokio::test]
async fn whoever_is_signed_in_sees_every_session_and_ends_one_or_all_others() {
    let server = Server::start().await;
    let ana = enrolled(&server, "ana", PlatformRole::Director).await;
    let agent = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
    let headers = [("content-type", "application/json"), ("origin", ORIGIN), ("user-agent", agent)];
    let step = json!({ "challenge": challenge(&server, "ana").await, "code": ana.recovery_codes[0] });
    let second = request(Method::POST, &format!("{SESSIONS}/second-step"), &headers, Body::from(step.to_string()));
    let other = server.send(from_address([192, 0, 2, 7], second)).await;
    let third = second_step(&server, &challenge(&server, "ana").await, &ana.recovery_codes[1]).await.cookie();

    let listed = ana.ask(&server, Method::GET, MINE, &json!({})).await.json();
    let listed = listed.as_array().unwrap();
    assert_eq!(listed.len(), 3, "{listed:?}");
    let current: Vec<_> = listed.iter().filter(|session| session["current"] == true).collect();
    assert_eq!((current.len(), &current[0]["factor"]), (1, &json!("totp")));
    let on_linux = listed.iter().find(|session| session["device"] == "Firefox, Linux").unwrap();
    assert_eq!((&on_linux["address"], &on_linux["factor"]), (&json!("192.0.2.7"), &json!("recovery_code")));

    let one = format!("{MINE}/{}", on_linux["session"].as_str().unwrap());
    assert_eq!(ana.ask(&server, Method::DELETE, &one, &json!({})).await.status, StatusCode::NO_CONTENT);
    assert_eq!(ana.ask(&server, Method::DELETE, &one, &json!({})).await.code(), "unknown_session");
    assert!(!is_signed_in(&server, &other.cookie()).await && is_signed_in(&server, &third).await);

    // Somebody else's session is nobody's business.
    let ben = enrolled(&server, "ben", PlatformRole::Director).await;
    let of_ana = current[0]["session"].as_str().unwrap();
    assert_eq!(
        ben.ask(&server, Method::DELETE, &format!("{MINE}/{of_ana}"), &json!({})).await.code(),
        "unknown_session"
    );

    assert_eq!(ana.ask(&server, Method::DELETE, MINE, &json!({})).await.status, StatusCode::NO_CONTENT);
    assert!(is_signed_in(&server, &ana.cookie).await && !is_signed_in(&server, &third).await);
    assert!(is_signed_in(&server, &ben.cookie).await);
}

#[tokio::test]
async fn sessions_that_are_over_are_not_listed() {
    let server = Server::start().await;
    let ana = enrolled(&server, "ana", PlatformRole::Director).await;
    server.time.advance(Millis::minutes(12 * 60));
    let fresh = second_step(&server, &challenge(&server, "ana").await, &ana.code(&server, 0)).await.cookie();
    let listed = server.get_with(MINE, "cookie", &fresh).await.json();
    assert_eq!(listed.as_array().unwrap().len(), 1);
}
