//! What is open closes within a second when what it rests on is taken away: by its owner, by an administrator, or by
//! the command in another process. ASVS 7.4.1, 7.4.2, 7.4.5, 8.3.2.

use std::{path::Path, process::Stdio};

use drillhall::{
    account::{PlatformRole, api::AccountAct},
    audit::By,
    bot::player::Place,
    clock::Clock,
};
use futures_util::StreamExt;
use reqwest::{Method, StatusCode, header::COOKIE};
use serde_json::json;
use tokio::process::Command;

use super::{
    client::{Client, get},
    fixture::Server,
    staff::{PASSWORD, Staff},
};
use crate::scenario::fixture::TWO_INJECTS;

/// The close code of somebody who may be there no longer.
const NOT_ALLOWED: u16 = 4003;
/// What was taken away is gone within this long; so says the median of several, for the machine may be busy.
const SOON_MS: i64 = 1_000;

/// A director's account, the exercise that it created, and the seat in it.
async fn director(server: &Server, login: &str) -> (Staff, Place) {
    server.doors.accounts.create(login, PlatformRole::Director, PASSWORD.as_bytes()).await.unwrap();
    let staff = Staff::enrol(&server.base, login).await;
    let seat = staff.exercise(TWO_INJECTS, 1_000).await;
    (staff, seat)
}

/// Whether a seat may still be used.
async fn is_held(place: &Place) -> bool {
    get(place, "seat").await.status == 200
}

/// Milliseconds from now until a socket is closed as not allowed.
async fn closing(socket: &mut Client) -> i64 {
    let clock = Clock::system();
    let from = clock.now();
    assert_eq!(socket.closed().await, Some(NOT_ALLOWED));
    clock.now().since(from).0
}

#[track_caller]
fn assert_soon(mut took: Vec<i64>) {
    took.sort_unstable();
    assert!(took[took.len() / 2] < SOON_MS, "{took:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sockets_close_when_their_account_loses_its_rights() {
    let directory = tempfile::tempdir().unwrap();
    let server = Server::start(directory.path()).await;
    let accounts = &server.doors.accounts;
    let (bystander, bystanders_seat) = director(&server, "bystander").await;
    let mut undisturbed = Client::enter(&bystanders_seat).await;
    let mut took = Vec::new();
    for (login, act) in [
        ("disabled", AccountAct::Disable),
        ("demoted", AccountAct::SetRole { role: PlatformRole::Account }),
        ("reset", AccountAct::ResetSecondFactor),
        ("ended", AccountAct::RevokeSessions),
    ] {
        let (staff, seat) = director(&server, login).await;
        let mut by_seat = Client::enter(&seat).await;
        // Also a socket that rests on the session itself, without a seat.
        let bare = Place { seat: String::new(), cookie: staff.session.clone(), ..seat.clone() };
        let mut by_ticket = Client::open_without_cookie(&bare).await;
        let (ticket, _) = staff.ask(Method::POST, &format!("exercises/{}/tickets", seat.exercise), json!({})).await;
        by_ticket.say(&json!({ "type": "hello", "ticket": ticket["ticket"], "last_seq": 0, "language": "en" })).await;
        by_ticket.wait_for("reset", |frame| frame["type"] == "reset").await;

        accounts.act(&staff.account, act, &By::OPERATOR).await.unwrap();
        took.push(closing(&mut by_seat).await);
        took.push(closing(&mut by_ticket).await);
        assert!(!is_held(&seat).await, "{login}: the seat went with the session");
    }
    assert_soon(took);
    assert!(is_held(&bystanders_seat).await);
    undisturbed.act(json!({ "type": "add_team", "team": "t1", "name": "T1", "language": "en", "cohort": null })).await;
    drop(bystander);
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sockets_close_when_their_owner_signs_out_or_changes_the_password() {
    let directory = tempfile::tempdir().unwrap();
    let server = Server::start(directory.path()).await;
    let mut took = Vec::new();

    let (ana, seat) = director(&server, "ana").await;
    let mut open = Client::enter(&seat).await;
    ana.ask(Method::DELETE, "sessions/current", json!({})).await;
    took.push(closing(&mut open).await);

    // Another browser changes the password; this one is out.
    let (ben, seat) = director(&server, "ben").await;
    let mut open = Client::enter(&seat).await;
    let (half, _) = ben.ask(Method::POST, "sessions", json!({ "login": "ben", "password": PASSWORD })).await;
    let next = drillhall::engine::time::Timestamp(Clock::system().now().0 + 30_000);
    let code = drillhall::account::totp::code(&ben.secret, next).unwrap();
    let step = json!({ "challenge": half["challenge"], "code": code });
    let elsewhere =
        Staff { session: String::new(), base: ben.base.clone(), account: String::new(), secret: String::new() };
    let (_, cookie) = elsewhere.ask(Method::POST, "sessions/second-step", step).await;
    let elsewhere = Staff { session: cookie.unwrap(), ..elsewhere };
    let new = json!({ "old": PASSWORD, "new": "seven quiet herons by a lake" });
    elsewhere.ask(Method::PUT, "me/password", new).await;
    took.push(closing(&mut open).await);

    assert_eq!(ben.try_to(Method::GET, "me", json!({})).await.0, StatusCode::UNAUTHORIZED);
    assert_soon(took);
    server.stop().await;
}

async fn account_command(data: &Path, arguments: &[&str]) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_drillhall"));
    command.arg("account").args(arguments).arg("--data").arg(data).stdin(Stdio::null());
    let ran = command.output().await.unwrap();
    assert!(ran.status.success(), "{arguments:?}: {ran:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sockets_close_when_a_command_in_another_process_takes_the_rights() {
    let directory = tempfile::tempdir().unwrap();
    let server = Server::start(directory.path()).await;
    let mut took = Vec::new();
    for (login, command) in [("ana", "disable"), ("ben", "revoke-sessions"), ("cleo", "reset-mfa")] {
        let (_, seat) = director(&server, login).await;
        let mut open = Client::enter(&seat).await;
        account_command(directory.path(), &[command, login]).await;
        took.push(closing(&mut open).await);
        assert!(!is_held(&seat).await, "{command}");
    }
    assert_soon(took);
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stream_of_events_ends_too() {
    let directory = tempfile::tempdir().unwrap();
    let server = Server::start(directory.path()).await;
    let (staff, seat) = director(&server, "ana").await;
    let url = format!("{}/api/v1/exercises/{}/events?seat={}", seat.base, seat.exercise, seat.seat);
    let answer = reqwest::Client::new().get(url).header(COOKIE, &seat.cookie).send().await.unwrap();
    let mut body = std::pin::pin!(futures_util::stream::unfold(answer, |mut answer| async move {
        answer.chunk().await.ok().flatten().map(|chunk| (chunk, answer))
    }));
    assert!(body.next().await.is_some(), "it begins with everything");
    server.doors.accounts.act(&staff.account, AccountAct::Disable, &By::OPERATOR).await.unwrap();
    let rest = async { while body.next().await.is_some() {} };
    tokio::time::timeout(std::time::Duration::from_mins(1), rest).await.expect("the stream ends");
    server.stop().await;
}
