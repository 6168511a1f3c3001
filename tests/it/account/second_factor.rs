//! The second factor: enrolling a device, signing in in two steps, codes that work once. ASVS 6.3.3, 6.5.1 to 6.5.5.

use axum::http::{Method, StatusCode};
use drillhall::{account::PlatformRole, engine::time::Millis};
use serde_json::json;

use super::people::{
    ME, SECOND_STEP, TOTP, begin, begun, challenge, enrolled, first_step, is_signed_in, noted, second_step,
};
use crate::server::{PASSWORD, Server};

const HALF_A_MINUTE: Millis = Millis::seconds(30);

#[tokio::test]
async fn an_account_that_needs_a_second_factor_may_do_nothing_but_enrol_one() {
    let server = Server::start().await;
    let begun = begun(&server, "ana", PlatformRole::PlatformAdmin).await;
    assert_eq!((&begun.json()["must_enrol"], &begun.json()["second_factor"]), (&json!(true), &json!(false)));
    let cookie = begun.cookie();
    for (method, path) in [
        (Method::GET, "/api/v1/accounts"),
        (Method::GET, "/api/v1/invitations"),
        (Method::POST, "/api/v1/tokens"),
        (Method::POST, "/api/v1/exercises/x/whoami"),
        (Method::GET, "/api/v1/me/sessions"),
        (Method::DELETE, "/api/v1/me/sessions"),
        (Method::POST, "/api/v1/me/recovery-codes"),
        (Method::POST, "/api/v1/me/totp/removal"),
    ] {
        let refused = server.ask(&cookie, method, path, &json!({})).await;
        assert_eq!(
            (refused.status, refused.code().as_str()),
            (StatusCode::FORBIDDEN, "second_factor_needed"),
            "{path}"
        );
    }
    let secret = begin(&server, &cookie).await;
    let code = drillhall::account::totp::code(&secret, server.time.clock().now()).unwrap();
    let done = server.ask(&cookie, Method::PUT, TOTP, &json!({ "code": code })).await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.body);
    assert!(!is_signed_in(&server, &cookie).await, "the session that was worth less is over");
    let me = server.get_with(ME, "cookie", &done.cookie()).await.json();
    assert_eq!((&me["must_enrol"], &me["second_factor"]), (&json!(false), &json!(true)));
    assert_eq!(server.get_with("/api/v1/accounts", "cookie", &done.cookie()).await.status, StatusCode::OK);
    assert!(noted(&server).await.contains(&"second_factor_enrolled".to_owned()));
}

#[tokio::test]
async fn the_password_gives_a_challenge_and_no_session() {
    let server = Server::start().await;
    let ana = enrolled(&server, "ana", PlatformRole::Director).await;
    let half = first_step(&server, "ana", PASSWORD).await;
    assert_eq!((half.status, half.header("set-cookie")), (StatusCode::ACCEPTED, ""));
    assert_eq!(half.json()["ways"], json!(["totp", "recovery_code"]));
    let challenge = half.json()["challenge"].as_str().unwrap().to_owned();
    // It is good for the second step and for nothing else, and nothing else is good for that.
    assert_eq!(server.get_with(ME, "authorization", &format!("Bearer {challenge}")).await.code(), "unauthorized");
    assert!(!is_signed_in(&server, &format!("dh_session={challenge}")).await);
    let token = ana.ask(&server, Method::POST, "/api/v1/tokens", &json!({})).await.json();
    let forged = second_step(&server, token["token"].as_str().unwrap(), &ana.code(&server, 1)).await;
    assert_eq!(forged.code(), "bad_challenge");

    let done = second_step(&server, &challenge, &ana.code(&server, 1)).await;
    assert_eq!((done.status, &done.json()["login"]), (StatusCode::CREATED, &json!("ana")));
    assert!(is_signed_in(&server, &done.cookie()).await);
}

#[tokio::test]
async fn a_challenge_is_void_after_five_minutes_and_once_it_was_met() {
    let server = Server::start().await;
    let ana = enrolled(&server, "ana", PlatformRole::Director).await;
    let (met, late) = (challenge(&server, "ana").await, challenge(&server, "ana").await);
    assert_eq!(second_step(&server, &met, &ana.code(&server, 1)).await.status, StatusCode::CREATED);
    assert_eq!(second_step(&server, &met, &ana.recovery_codes[0]).await.code(), "bad_challenge");
    server.time.advance(Millis::minutes(5));
    assert_eq!(second_step(&server, &late, &ana.code(&server, 0)).await.code(), "bad_challenge");
    assert_eq!(second_step(&server, "guessed", &ana.code(&server, 0)).await.code(), "bad_challenge");
}

#[tokio::test]
async fn a_code_works_once() {
    let server = Server::start().await;
    let ana = enrolled(&server, "ana", PlatformRole::Director).await;
    let enrolled_with = second_step(&server, &challenge(&server, "ana").await, &ana.code(&server, 0)).await;
    assert_eq!(enrolled_with.code(), "wrong_code", "the code of enrolling was taken");
    let next = ana.code(&server, 1);
    assert_eq!(second_step(&server, &challenge(&server, "ana").await, &next).await.status, StatusCode::CREATED);
    assert_eq!(second_step(&server, &challenge(&server, "ana").await, &next).await.code(), "wrong_code");
    server.time.advance(HALF_A_MINUTE);
    assert_eq!(second_step(&server, &challenge(&server, "ana").await, &next).await.code(), "wrong_code");
}

#[tokio::test]
async fn a_clock_may_be_one_step_off_and_no_more() {
    let server = Server::start().await;
    let ana = enrolled(&server, "ana", PlatformRole::Director).await;
    for (steps, right) in [(-2, false), (-1, true), (2, false), (1, true)] {
        // So late that no step before was taken, and that there are tries again.
        server.time.advance(Millis::minutes(20));
        let reply = second_step(&server, &challenge(&server, "ana").await, &ana.code(&server, steps)).await;
        assert_eq!(reply.status == StatusCode::CREATED, right, "{steps}: {}", reply.body);
    }
}

#[tokio::test]
async fn codes_cannot_be_guessed_one_after_the_other() {
    let server = Server::start().await;
    let ana = enrolled(&server, "ana", PlatformRole::Director).await;
    let challenge = challenge(&server, "ana").await;
    for _ in 0..5 {
        assert_eq!(second_step(&server, &challenge, "000000").await.code(), "wrong_code");
    }
    let refused = second_step(&server, &challenge, &ana.code(&server, 1)).await;
    assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS, "also the right one waits then");
    // Whoever owns the account is not shut out by it: a recovery code cannot be guessed, and is taken.
    assert_eq!(second_step(&server, &challenge, &ana.recovery_codes[0]).await.status, StatusCode::CREATED);
}

#[tokio::test]
async fn a_recovery_code_works_once_however_it_is_typed_and_is_not_stored() {
    let server = Server::start().await;
    let ana = enrolled(&server, "ana", PlatformRole::Director).await;
    assert_eq!(ana.recovery_codes.len(), 10);
    for code in &ana.recovery_codes {
        // 24 letters of 5 bits: so much that a plain hash is enough (ASVS 6.5.2).
        assert!(code.len() == 29 && code.split('-').all(|group| group.len() == 4), "{code}");
        assert!(!server.store.use_recovery_code(&ana.account, code, server.time.clock().now()).await.unwrap());
    }
    let typed = ana.recovery_codes[3].to_uppercase().replace('-', " ");
    let done = second_step(&server, &challenge(&server, "ana").await, &typed).await;
    assert_eq!(done.status, StatusCode::CREATED, "{}", done.body);
    assert_eq!(second_step(&server, &challenge(&server, "ana").await, &typed).await.code(), "wrong_code");
    let factors = server.get_with("/api/v1/me/factors", "cookie", &done.cookie()).await.json();
    assert_eq!(factors, json!({ "totp": true, "recovery_codes_left": 9 }));
}

#[tokio::test]
async fn new_recovery_codes_make_the_ones_before_void() {
    let server = Server::start().await;
    let ana = enrolled(&server, "ana", PlatformRole::Director).await;
    let renewed = ana.ask(&server, Method::POST, "/api/v1/me/recovery-codes", &json!({})).await;
    assert_eq!(renewed.status, StatusCode::CREATED);
    let old = second_step(&server, &challenge(&server, "ana").await, &ana.recovery_codes[0]).await;
    assert_eq!(old.code(), "wrong_code");
    let new = renewed.json()["codes"][0].as_str().unwrap().to_owned();
    assert_eq!(second_step(&server, &challenge(&server, "ana").await, &new).await.status, StatusCode::CREATED);
}

#[tokio::test]
async fn a_device_is_enrolled_by_its_code_only_and_replaced_only_after_it_was_removed() {
    let server = Server::start().await;
    let cookie = begun(&server, "ana", PlatformRole::Director).await.cookie();
    let enrol = async |code: &str| server.ask(&cookie, Method::PUT, TOTP, &json!({ "code": code })).await;
    assert_eq!(enrol("123456").await.code(), "nothing_to_enrol");
    begin(&server, &cookie).await;
    assert_eq!(enrol("123456").await.code(), "wrong_code");
    let half = first_step(&server, "ana", PASSWORD).await;
    assert_eq!(half.status, StatusCode::CREATED, "a device that was not confirmed locks nobody out");

    let ben = enrolled(&server, "ben", PlatformRole::Director).await;
    assert_eq!(ben.ask(&server, Method::POST, TOTP, &json!({})).await.code(), "already_enrolled");
    let removal = "/api/v1/me/totp/removal";
    assert_eq!(ben.ask(&server, Method::POST, removal, &json!({})).await.code(), "wrong_password");
    let removed = ben.ask(&server, Method::POST, removal, &json!({ "password": PASSWORD })).await;
    assert_eq!(removed.status, StatusCode::NO_CONTENT, "{}", removed.body);
    assert!(!is_signed_in(&server, &ben.cookie).await);
    let me = server.get_with(ME, "cookie", &removed.cookie()).await.json();
    assert_eq!(me["must_enrol"], true, "a director without a second factor is where the first sign-in was");
}

#[tokio::test]
async fn how_somebody_signs_in_is_not_changed_from_a_browser_left_open() {
    let server = Server::start().await;
    let cookie = begun(&server, "ana", PlatformRole::Director).await.cookie();
    server.time.advance(Millis::minutes(10));
    let begin = async |body| server.ask(&cookie, Method::POST, TOTP, &body).await;
    assert_eq!(begin(json!({})).await.code(), "password_needed");
    assert_eq!(begin(json!({ "password": "some other sentence of words" })).await.code(), "wrong_password");
    assert_eq!(begin(json!({ "password": PASSWORD })).await.status, StatusCode::CREATED);
}

#[tokio::test]
async fn a_program_with_a_token_does_not_change_how_somebody_signs_in() {
    let server = Server::start().await;
    let ana = enrolled(&server, "ana", PlatformRole::Director).await;
    let token = ana.ask(&server, Method::POST, "/api/v1/tokens", &json!({})).await.json();
    let bearer = format!("Bearer {}", token["token"].as_str().unwrap());
    assert_eq!(server.get_with("/api/v1/me/sessions", "authorization", &bearer).await.code(), "forbidden");
    assert_eq!(server.get_with(ME, "authorization", &bearer).await.status, StatusCode::OK);
}

#[tokio::test]
async fn neither_the_secret_nor_the_challenge_can_be_printed() {
    let server = Server::start().await;
    let ana = enrolled(&server, "ana", PlatformRole::Director).await;
    let kept = server.store.totp(&ana.account).await.unwrap().unwrap();
    assert_eq!(kept.secret, ana.secret);
    assert!(!format!("{kept:?}").contains(&ana.secret));
    // The log of what administrators did names neither.
    let entries = serde_json::to_string(&server.accounts.audit().entries(0, 100).await.unwrap()).unwrap();
    for secret in [&ana.secret, &ana.recovery_codes[0], PASSWORD] {
        assert!(!entries.contains(secret), "{entries}");
    }
    assert_eq!(server.post(SECOND_STEP, &json!({ "challenge": 7 })).await.code(), "bad_json");
}
