//! The first account.

use axum::http::StatusCode;
use drillhall::{
    account::{AccountError, PlatformRole},
    engine::time::Millis,
};
use serde_json::{Value, json};

use crate::server::{PASSWORD, Reply, Server};

async fn token(server: &Server) -> String {
    let path = server.accounts.setup_link().await.unwrap().unwrap();
    path.strip_prefix("/setup#").unwrap().to_owned()
}

async fn set_up(server: &Server, token: &str, login: &str, password: &str) -> Reply {
    server.post("/api/v1/setup", &json!({"token": token, "login": login, "password": password})).await
}

#[tokio::test]
async fn the_link_makes_one_account_and_signs_it_in() {
    let server = Server::start().await;
    let (token, second) = (token(&server).await, token(&server).await);
    let made = set_up(&server, &token, " Director ", PASSWORD).await;
    assert_eq!((made.status, &made.json()["login"]), (StatusCode::CREATED, &Value::from("director")));
    assert_eq!(server.get_with("/api/v1/me", "cookie", &made.cookie()).await.json(), made.json());
    for used in [token, second] {
        assert_eq!(set_up(&server, &used, "intruder", PASSWORD).await.code(), "bad_setup_link");
    }
    assert_eq!(server.accounts.setup_link().await.unwrap(), None);
    assert_eq!(server.store.accounts().await.unwrap().len(), 1);
}

#[tokio::test]
async fn what_can_be_put_right_does_not_use_the_link_up() {
    let server = Server::start().await;
    let token = token(&server).await;
    insta::assert_json_snapshot!(set_up(&server, &token, "director", "fourteen chars").await.problem(), @r#"
    {
      "code": "bad_password",
      "detail": "a password is 15 to 256 characters; a sentence of several words is good and easy to type",
      "status": 422,
      "title": "Unprocessable Entity",
      "type": "urn:drillhall:problem:bad_password"
    }
    "#);
    assert_eq!(set_up(&server, &token, "director", &"x".repeat(257)).await.code(), "bad_password");
    for login in ["", "  ", "two words", &"x".repeat(65)] {
        assert_eq!(set_up(&server, &token, login, PASSWORD).await.code(), "bad_login", "{login}");
    }
    assert_eq!(set_up(&server, &token, "director", "åéîøü ñç ßæþ ðœ ā").await.status, StatusCode::CREATED);
}

#[tokio::test]
async fn the_link_is_void_after_a_day() {
    let server = Server::start().await;
    let token = token(&server).await;
    assert_eq!(set_up(&server, "guessed", "director", PASSWORD).await.code(), "bad_setup_link");
    server.time.advance(Millis::minutes(24 * 60));
    assert_eq!(set_up(&server, &token, "director", PASSWORD).await.code(), "bad_setup_link");
}

#[tokio::test]
async fn an_account_is_made_with_a_password_from_a_line_of_input() {
    let server = Server::start().await;
    let input = format!("{PASSWORD}\r\nnot this\n");
    let account = server.accounts.create("Director", PlatformRole::Account, input.as_bytes()).await.unwrap();
    assert_eq!(account.login, "director");
    server.sign_in().await;
    let again = server.accounts.create("DIRECTOR", PlatformRole::Account, PASSWORD.as_bytes()).await;
    assert!(matches!(again, Err(AccountError::LoginTaken)));
    let empty = server.accounts.create("deputy", PlatformRole::Account, &b""[..]).await;
    assert!(matches!(empty, Err(AccountError::BadPassword)));
}
