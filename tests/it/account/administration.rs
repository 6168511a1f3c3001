//! What administrators do to accounts. ASVS 7.4.2, 7.4.5, 6.1.3.

use axum::http::{Method, StatusCode};
use drillhall::account::{PlatformRole, api::AccountAct};
use serde_json::{Value, json};

use super::people::{Enrolled, ME, challenge, enrolled, first_step, is_signed_in, noted, second_step};
use crate::server::{PASSWORD, Reply, Server};

async fn act(server: &Server, admin: &Enrolled, account: &str, act: Value) -> Reply {
    admin.ask(server, Method::POST, &format!("/api/v1/accounts/{account}/acts"), &act).await
}

#[tokio::test]
async fn a_disabled_account_looks_like_none_and_its_sessions_are_over() {
    let server = Server::start().await;
    let admin = enrolled(&server, "ana", PlatformRole::PlatformAdmin).await;
    let ben = enrolled(&server, "ben", PlatformRole::Director).await;
    let waiting = challenge(&server, "ben").await;
    let done = act(&server, &admin, &ben.account, json!({ "act": "disable" })).await;
    assert_eq!(done.status, StatusCode::NO_CONTENT, "{}", done.body);

    assert!(!is_signed_in(&server, &ben.cookie).await);
    assert_eq!(second_step(&server, &waiting, &ben.code(&server, 1)).await.code(), "bad_challenge");
    let disabled = first_step(&server, "ben", PASSWORD).await;
    let unknown = first_step(&server, "nobody", PASSWORD).await;
    assert_eq!(disabled.problem(), unknown.problem());

    assert_eq!(act(&server, &admin, &ben.account, json!({ "act": "enable" })).await.status, StatusCode::NO_CONTENT);
    assert!(!is_signed_in(&server, &ben.cookie).await, "no session comes back");
    let back = second_step(&server, &challenge(&server, "ben").await, &ben.code(&server, 1)).await;
    assert_eq!(back.status, StatusCode::CREATED, "{}", back.body);
    let noted = noted(&server).await;
    assert!(noted.contains(&"account_disabled".to_owned()) && noted.contains(&"account_enabled".to_owned()));
}

#[tokio::test]
async fn another_role_counts_at_once_and_ends_the_sessions() {
    let server = Server::start().await;
    let admin = enrolled(&server, "ana", PlatformRole::PlatformAdmin).await;
    let ben = enrolled(&server, "ben", PlatformRole::Director).await;
    let role = json!({ "act": "set_role", "role": "auditor" });
    assert_eq!(act(&server, &admin, &ben.account, role).await.status, StatusCode::NO_CONTENT);
    assert!(!is_signed_in(&server, &ben.cookie).await);
    let again = second_step(&server, &challenge(&server, "ben").await, &ben.code(&server, 1)).await;
    assert_eq!(again.json()["role"], "auditor");
}

#[tokio::test]
async fn a_reset_takes_the_second_factors_off_and_the_owner_enrols_anew() {
    let server = Server::start().await;
    let admin = enrolled(&server, "ana", PlatformRole::PlatformAdmin).await;
    let ben = enrolled(&server, "ben", PlatformRole::Director).await;
    let waiting = challenge(&server, "ben").await;
    act(&server, &admin, &ben.account, json!({ "act": "reset_second_factor" })).await;
    assert!(!is_signed_in(&server, &ben.cookie).await);
    assert_eq!(second_step(&server, &waiting, &ben.code(&server, 1)).await.code(), "wrong_code");
    assert_eq!(second_step(&server, &waiting, &ben.recovery_codes[0]).await.code(), "wrong_code");
    let again = first_step(&server, "ben", PASSWORD).await;
    assert_eq!((again.status, &again.json()["must_enrol"]), (StatusCode::CREATED, &json!(true)));
}

#[tokio::test]
async fn the_last_administrator_stays_one() {
    let server = Server::start().await;
    let ana = enrolled(&server, "ana", PlatformRole::PlatformAdmin).await;
    for attempt in [json!({ "act": "disable" }), json!({ "act": "set_role", "role": "director" })] {
        assert_eq!(act(&server, &ana, &ana.account, attempt).await.code(), "last_admin");
    }
    let ben = enrolled(&server, "ben", PlatformRole::PlatformAdmin).await;
    assert_eq!(act(&server, &ana, &ben.account, json!({ "act": "disable" })).await.status, StatusCode::NO_CONTENT);
    assert_eq!(act(&server, &ana, &ana.account, json!({ "act": "disable" })).await.code(), "last_admin");
    assert_eq!(act(&server, &ana, "x", json!({ "act": "disable" })).await.code(), "unknown_account");
    assert_eq!(act(&server, &ana, &ben.account, json!({ "act": "explode" })).await.code(), "bad_json");
}

#[tokio::test]
async fn the_list_of_accounts_holds_no_secret() {
    let server = Server::start().await;
    let ana = enrolled(&server, "ana", PlatformRole::PlatformAdmin).await;
    enrolled(&server, "ben", PlatformRole::Account).await;
    let listed = ana.ask(&server, Method::GET, "/api/v1/accounts", &json!({})).await;
    let lines = listed.json();
    assert_eq!(
        (&lines[1]["login"], &lines[1]["role"], &lines[1]["sessions"]),
        (&json!("ben"), &json!("account"), &json!(1))
    );
    assert!(!listed.body.contains("argon2") && !listed.body.contains(&ana.secret), "{}", listed.body);
}

#[tokio::test]
async fn the_operator_gives_another_password_and_that_ends_the_sessions() {
    let server = Server::start().await;
    let ana = enrolled(&server, "ana", PlatformRole::Director).await;
    let new = "seven quiet herons by a lake";
    server.accounts.set_password(&ana.account, format!("{new}\n").as_bytes()).await.unwrap();
    assert!(!is_signed_in(&server, &ana.cookie).await);
    assert_eq!(first_step(&server, "ana", new).await.status, StatusCode::ACCEPTED);
    let by = drillhall::audit::By::OPERATOR;
    server.accounts.act(&ana.account, AccountAct::RevokeSessions, &by).await.unwrap();
    let entries = server.accounts.audit().entries(0, 100).await.unwrap();
    let last = entries.last().unwrap();
    assert_eq!((last.kind.as_str(), last.who.as_ref()), ("sessions_revoked", Some(&drillhall::audit::Who::Operator)));
    assert_eq!(server.get_with(ME, "cookie", &ana.cookie).await.code(), "unauthorized");
}

/// A flood fills neither the log nor the disk.
#[tokio::test]
async fn a_login_that_is_tried_too_often_is_noted_once() {
    let server = Server::start().await;
    server.director().await;
    for _ in 0..30 {
        first_step(&server, "director", "wrong wrong wrong wrong").await;
    }
    assert_eq!(noted(&server).await.iter().filter(|kind| *kind == "sign_ins_limited").count(), 1);
}
