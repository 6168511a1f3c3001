//! What hooks are told, when, and what becomes of those that do not answer.

use drillhall::{
    clock::{Clock, ManualClock},
    engine::{command::Act, time::Millis},
    hook::signature,
};
use serde_json::json;
use tokio::net::TcpListener;

use super::fixture::{Program, SECRET, Server};
use crate::server::NOW;

fn act(act: serde_json::Value) -> Act {
    serde_json::from_value(act).unwrap()
}

#[tokio::test]
async fn a_program_is_told_what_happens_in_order_signed_and_without_a_name() {
    let data = tempfile::tempdir().unwrap();
    let program = Program::start(&[]).await;
    let hooks = [("duty", format!("{}/drill", program.base))];
    let server = Server::start(data.path(), Clock::system(), &["127.0.0.1"], &hooks).await;
    let (exercise, director) = server.exercise().await;
    for asked in [
        act(json!({ "type": "start_ex" })),
        act(json!({ "type": "pause", "team": null, "reason": "canary reason" })),
        act(json!({ "type": "resume", "team": null })),
        act(json!({ "type": "pause", "team": "reds", "reason": "canary reason" })),
        act(json!({ "type": "raise_no_duff", "text": "canary words", "call_back": "canary number" })),
    ] {
        server.act(&exercise, &director, asked).await;
    }
    let mut seen = Vec::new();
    for event in ["exercise_started", "exercise_paused", "exercise_resumed", "no_duff"] {
        let told = program.hears().await;
        assert_eq!(told.value("event"), event);
        assert_eq!(told.value("exercise"), exercise.id.as_str());
        assert_eq!(told.value("marking"), "EXERCISE EXERCISE EXERCISE");
        assert_eq!(told.value("id"), told.header("drillhall-id"));
        assert_eq!(told.header("content-type"), "application/json");
        assert!(!told.body.to_lowercase().contains("canary"), "{}", told.body);
        seen.push((told.value("seq").as_i64().unwrap(), told.header("drillhall-id").to_owned()));
        let signed = told.header("drillhall-signature");
        let seconds: i64 = signed.split(',').next().unwrap().strip_prefix("t=").unwrap().parse().unwrap();
        assert_eq!(signed, signature(SECRET, drillhall::engine::time::Timestamp(seconds * 1000), &told.body));
    }
    assert!(seen.is_sorted_by(|a, b| a.0 < b.0), "{seen:?}");
    server.stop().await;
    assert!(!program.was_told_more().await, "the pause of one team is nobody else's business");
}

#[test]
fn the_signature_is_what_the_document_says() {
    // echo -n '1800000000.{}' | openssl dgst -sha256 -hmac 0123456789abcdef0123456789abcdef
    let signed = signature(SECRET, drillhall::engine::time::Timestamp(1_800_000_000_999), "{}");
    assert_eq!(signed, "t=1800000000,v1=a8471f58daa469f8073cbebd823830f85e8942f4bbc0acd2ef47c28edc8c488e");
}

#[tokio::test]
async fn a_program_that_fails_is_told_again_under_the_same_id_and_then_the_rest() {
    let data = tempfile::tempdir().unwrap();
    let program = Program::start(&[(500, "")]).await;
    let hooks = [("duty", program.base.clone())];
    let server = Server::start(data.path(), Clock::system(), &["127.0.0.1"], &hooks).await;
    let (exercise, director) = server.exercise().await;
    server.act(&exercise, &director, Act::StartEx).await;
    let first = program.hears().await;
    server.act(&exercise, &director, Act::EndEx).await;
    let again = program.hears().await;
    assert_eq!((first.header("drillhall-id"), &first.body), (again.header("drillhall-id"), &again.body));
    assert_eq!(program.hears().await.value("event"), "exercise_ended");
    server.stop().await;
}

#[tokio::test]
async fn what_was_not_told_before_a_stop_is_told_after_it_and_nothing_twice() {
    let data = tempfile::tempdir().unwrap();
    let program = Program::start(&[(503, "")]).await;
    let hooks = [("duty", program.base.clone())];
    let server = Server::start(data.path(), Clock::system(), &["127.0.0.1"], &hooks).await;
    let (exercise, director) = server.exercise().await;
    server.act(&exercise, &director, Act::StartEx).await;
    let refused = program.hears().await;
    server.stop().await;
    let server = Server::start(data.path(), Clock::system(), &["127.0.0.1"], &hooks).await;
    let told = program.hears().await;
    assert_eq!(told.header("drillhall-id"), refused.header("drillhall-id"));
    // The exercise is loaded, its log folded: nothing of that is news.
    let exercise = server.doors.live.exercise(&exercise.id).await.unwrap().unwrap();
    server.act(&exercise, &director, Act::EndEx).await;
    assert_eq!(program.hears().await.value("event"), "exercise_ended");
    server.stop().await;
    assert!(!program.was_told_more().await);
}

#[tokio::test]
async fn a_program_that_never_answers_delays_neither_play_nor_others() {
    let data = tempfile::tempdir().unwrap();
    let program = Program::start(&[]).await;
    let silent = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let hooks = [("silent", format!("http://{}", silent.local_addr().unwrap())), ("duty", program.base.clone())];
    let server = Server::start(data.path(), Clock::system(), &["127.0.0.1"], &hooks).await;
    let (exercise, director) = server.exercise().await;
    for (asked, event) in [(Act::StartEx, "exercise_started"), (Act::EndEx, "exercise_ended")] {
        server.act(&exercise, &director, asked).await;
        assert_eq!(program.hears().await.value("event"), event);
    }
    assert_eq!(server.waiting("silent").await, 2);
    server.stop().await;
}

#[tokio::test]
async fn nobody_is_led_elsewhere() {
    let data = tempfile::tempdir().unwrap();
    let elsewhere = Program::start(&[]).await;
    let there = format!("{}/stolen", elsewhere.base);
    let program = Program::start(&[(307, &there), (302, &there)]).await;
    let hooks = [("duty", program.base.clone())];
    let server = Server::start(data.path(), Clock::system(), &["127.0.0.1"], &hooks).await;
    let (exercise, director) = server.exercise().await;
    server.act(&exercise, &director, Act::StartEx).await;
    for _ in 0..3 {
        program.hears().await;
    }
    assert!(!elsewhere.was_told_more().await);
    server.stop().await;
}

#[tokio::test]
async fn a_listed_name_at_an_address_that_is_not_listed_is_not_reached_and_is_given_up_after_a_day() {
    let data = tempfile::tempdir().unwrap();
    let program = Program::start(&[]).await;
    let time = ManualClock::starting_at(NOW);
    let by_name = program.base.replace("127.0.0.1", "localhost");
    let server = Server::start(data.path(), time.clock(), &["localhost"], &[("inside", by_name)]).await;
    let (exercise, director) = server.exercise().await;
    let mut news = server.doors.store.effects();
    server.act(&exercise, &director, Act::StartEx).await;
    news.changed().await.unwrap();
    assert_eq!(server.waiting("inside").await, 1);
    while server.waiting("inside").await > 0 {
        time.advance(Millis::minutes(25 * 60));
    }
    assert!(!program.was_told_more().await, "it was looked at where the name leads");
    server.stop().await;
}
