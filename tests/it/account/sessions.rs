//! Signing in and out.

use argon2::{Algorithm, Argon2, Params, PasswordHasher, Version};
use axum::{
    body::Body,
    http::{Method, StatusCode},
};
use drillhall::engine::time::Millis;
use serde_json::json;

use crate::server::{ORIGIN, PASSWORD, Server, request};

const ME: &str = "/api/v1/me";
const HOUR: Millis = Millis::minutes(60);

#[tokio::test]
async fn an_unknown_login_and_a_wrong_password_look_the_same() {
    let server = Server::start().await;
    server.director().await;
    let wrong = server.post("/api/v1/sessions", &json!({"login": "director", "password": "x"})).await;
    let unknown = server.post("/api/v1/sessions", &json!({"login": "nobody", "password": PASSWORD})).await;
    assert_eq!(wrong.problem(), unknown.problem());
    assert_eq!(wrong.headers.get("set-cookie"), None);
    insta::assert_json_snapshot!(wrong.problem(), @r#"
    {
      "code": "wrong_credentials",
      "detail": "login or password is wrong",
      "status": 401,
      "title": "Unauthorized",
      "type": "urn:drillhall:problem:wrong_credentials"
    }
    "#);
}

#[tokio::test]
async fn a_session_tells_who_is_signed_in() {
    let server = Server::start().await;
    assert_eq!(server.get(ME).await.code(), "unauthorized");
    let cookie = server.director().await;
    assert_eq!(server.get_with(ME, "cookie", &cookie).await.json()["login"], "director");
    assert_eq!(server.get_with(ME, "cookie", "dh_session=guessed").await.code(), "unauthorized");
}

#[tokio::test]
async fn the_secret_of_a_session_is_not_stored() {
    let server = Server::start().await;
    let cookie = server.director().await;
    let secret = cookie.strip_prefix("dh_session=").unwrap();
    assert_eq!(server.store.session_by_token(secret).await.unwrap(), None);
    let hash = drillhall::id::token_hash(secret);
    assert!(server.store.session_by_token(&hash).await.unwrap().is_some());
}

#[tokio::test]
async fn an_unused_session_ends_after_half_a_day() {
    let server = Server::start().await;
    let cookie = server.director().await;
    server.time.advance(Millis(12 * HOUR.0 - 1));
    assert_eq!(server.get_with(ME, "cookie", &cookie).await.status, StatusCode::OK);
    server.time.advance(Millis(12 * HOUR.0));
    assert_eq!(server.get_with(ME, "cookie", &cookie).await.code(), "unauthorized");
}

#[tokio::test]
async fn a_session_in_use_ends_after_a_week() {
    let server = Server::start().await;
    let cookie = server.director().await;
    for _ in 0..7 * 24 - 1 {
        server.time.advance(HOUR);
        assert_eq!(server.get_with(ME, "cookie", &cookie).await.status, StatusCode::OK);
    }
    server.time.advance(HOUR);
    assert_eq!(server.get_with(ME, "cookie", &cookie).await.code(), "unauthorized");
}

#[tokio::test]
async fn signing_out_ends_the_session_on_the_server() {
    let server = Server::start().await;
    let (one, other) = (server.director().await, server.sign_in().await);
    let headers = [("cookie", one.as_str()), ("origin", ORIGIN)];
    for _ in 0..2 {
        let out = server.send(request(Method::DELETE, "/api/v1/sessions/current", &headers, Body::empty())).await;
        assert_eq!(out.status, StatusCode::NO_CONTENT);
        assert_eq!(out.header("set-cookie"), "dh_session=; HttpOnly; SameSite=Strict; Path=/api/v1; Max-Age=0");
    }
    assert_eq!(server.get_with(ME, "cookie", &one).await.code(), "unauthorized");
    assert_eq!(server.get_with(ME, "cookie", &other).await.status, StatusCode::OK);
}

#[tokio::test]
async fn signing_in_anew_ends_the_session_before() {
    let server = Server::start().await;
    let before = server.director().await;
    let headers = [("cookie", before.as_str()), ("origin", ORIGIN), ("content-type", "application/json")];
    let body = json!({"login": "director", "password": PASSWORD}).to_string();
    let reply = server.send(request(Method::POST, "/api/v1/sessions", &headers, Body::from(body))).await;
    assert_ne!(reply.cookie(), before);
    assert_eq!(server.get_with(ME, "cookie", &before).await.code(), "unauthorized");
    assert_eq!(server.get_with(ME, "cookie", &reply.cookie()).await.status, StatusCode::OK);
}

/// ASVS 11.4.2: what was hashed cheaper once does not stay so.
#[tokio::test]
async fn a_password_that_was_hashed_cheaper_is_hashed_again_at_sign_in() {
    let server = Server::start().await;
    server.create_director().await;
    let id = server.store.account_by_login("director").await.unwrap().unwrap().id;
    let cheap = Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::new(8, 1, 1, None).unwrap());
    let hash = cheap.hash_password_with_salt(PASSWORD.as_bytes(), &[7; 16]).unwrap().to_string();
    server.store.set_password_hash(&id, &hash).await.unwrap();
    server.sign_in().await;
    let kept = server.store.account(&id).await.unwrap().unwrap().password_hash;
    assert!(kept.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{kept}");
    server.sign_in().await;
}
