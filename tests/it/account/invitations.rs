//! Personal invitations: one account each, by whoever opens the link. ASVS 6.3.2, 6.4.1.

use axum::http::{Method, StatusCode};
use drillhall::{account::PlatformRole, config::Policy, engine::time::Millis};
use serde_json::{Value, json};

use super::people::{Enrolled, enrolled, noted};
use crate::server::{PASSWORD, Reply, Server};

const INVITATIONS: &str = "/api/v1/invitations";
const SENTENCE: &str = "seven quiet herons by a lake";

async fn invite(server: &Server, admin: &Enrolled, role: &str) -> (Value, String) {
    let reply = admin.ask(server, Method::POST, INVITATIONS, &json!({ "role": role, "label": "Ben" })).await;
    assert_eq!(reply.status, StatusCode::CREATED, "{}", reply.body);
    let made = reply.json();
    let token = made["path"].as_str().unwrap().strip_prefix("/invited#").unwrap().to_owned();
    (made, token)
}

async fn accept(server: &Server, token: &str, login: &str, password: &str) -> Reply {
    server.post("/api/v1/invitations/accept", &json!({ "token": token, "login": login, "password": password })).await
}

#[tokio::test]
async fn whoever_opens_an_invitation_makes_one_account_of_its_role() {
    let server = Server::start().await;
    let admin = enrolled(&server, "ana", PlatformRole::PlatformAdmin).await;
    let (_, token) = invite(&server, &admin, "director").await;
    let preview = server.post("/api/v1/invitations/preview", &json!({ "token": token })).await.json();
    assert_eq!((&preview["role"], &preview["must_enrol"]), (&json!("director"), &json!(true)));

    // What can be put right does not use it up.
    assert_eq!(accept(&server, &token, "ben", "fourteen chars").await.code(), "bad_password");
    assert_eq!(accept(&server, &token, "two words", SENTENCE).await.code(), "bad_login");
    assert_eq!(accept(&server, &token, "ana", SENTENCE).await.code(), "login_taken");
    let made = accept(&server, &token, "Ben", SENTENCE).await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.body);
    let me = made.json();
    assert_eq!((&me["login"], &me["role"], &me["must_enrol"]), (&json!("ben"), &json!("director"), &json!(true)));
    assert_eq!(accept(&server, &token, "cleo", SENTENCE).await.code(), "bad_invitation");
    assert_eq!(
        server.post("/api/v1/invitations/preview", &json!({ "token": token })).await.code(),
        "bad_invitation",
        "nobody learns whose it was"
    );
    let listed = admin.ask(&server, Method::GET, INVITATIONS, &json!({})).await.json();
    assert_eq!((&listed[0]["open"], &listed[0]["label"]), (&json!(false), &json!("Ben")));
    assert_eq!(noted(&server).await.iter().filter(|kind| *kind == "account_created").count(), 2);
}

#[tokio::test]
async fn an_invitation_is_kept_as_a_hash_and_is_void_in_time_or_when_taken_back() {
    let server = Server::under(Policy::Strict).await;
    let admin = enrolled(&server, "ana", PlatformRole::PlatformAdmin).await;
    let (_, late) = invite(&server, &admin, "account").await;
    let (back, taken_back) = invite(&server, &admin, "account").await;
    for invitation in server.store.invitations().await.unwrap() {
        assert!(![&late, &taken_back].contains(&&invitation.token_hash));
    }
    let path = format!("{INVITATIONS}/{}", back["invitation"].as_str().unwrap());
    assert_eq!(admin.ask(&server, Method::DELETE, &path, &json!({})).await.status, StatusCode::NO_CONTENT);
    assert_eq!(admin.ask(&server, Method::DELETE, &path, &json!({})).await.code(), "unknown_invitation");
    assert_eq!(accept(&server, &taken_back, "ben", SENTENCE).await.code(), "bad_invitation");
    server.time.advance(Millis::minutes(24 * 60));
    assert_eq!(accept(&server, &late, "ben", SENTENCE).await.code(), "bad_invitation");
    assert_eq!(accept(&server, "guessed", "ben", SENTENCE).await.code(), "bad_invitation");
}

/// ASVS 6.3.2.
#[tokio::test]
async fn there_is_no_account_that_nobody_made() {
    let server = Server::start().await;
    assert_eq!(server.store.accounts().await.unwrap(), []);
    for login in ["admin", "administrator", "root", "drillhall", "guest", "director"] {
        for password in [login, "password", "drillhall", PASSWORD, ""] {
            let refused = server.post("/api/v1/sessions", &json!({ "login": login, "password": password })).await;
            assert_eq!(refused.code(), "wrong_credentials");
        }
    }
}
