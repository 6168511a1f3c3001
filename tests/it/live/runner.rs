//! What the runner does when the store fails, when text is erased, when time stands or was lost, and
//! when another server takes an exercise over.

use std::{path::Path, time::Duration};

use drillhall::{
    clock::ManualClock,
    engine::{
        id::TeamId,
        plan::{Content, Inject, InjectAudience, Trigger},
        time::{Millis, Rate, Timestamp},
    },
    store::{chain, jsonl},
};
use serde_json::{Value, json};
use sqlx::{ConnectOptions, SqliteConnection, sqlite::SqliteConnectOptions};

use super::{
    client::{Client, get, post},
    drill::{inject, one_manual_inject, plan, release, start, submit, write_log},
    fixture::{Hall, Server},
};
use crate::postgres;

const NOON: Timestamp = Timestamp(1_795_000_000_000);

/// The database of a server, past the server.
async fn database(data: &Path) -> SqliteConnection {
    SqliteConnectOptions::new().filename(data.join("drillhall.sqlite")).connect().await.unwrap()
}

async fn open(data: &Path) -> Hall {
    let server = Server::start(data).await;
    let mut hall = Hall::open(server, one_manual_inject(), Vec::new(), Rate::REAL, &["reds"]).await;
    hall.director.act(start()).await;
    hall.director.act(release("call")).await;
    hall
}

async fn log(hall: &Hall) -> Vec<Value> {
    get(&hall.control, "log").await.json()["rows"].as_array().unwrap().clone()
}

fn kinds(rows: &[Value]) -> Vec<&str> {
    rows.iter().map(|row| row["kind"].as_str().unwrap()).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_store_that_fails_for_a_while_loses_nothing_and_repeats_nothing() {
    let data = tempfile::tempdir().unwrap();
    let hall = open(data.path()).await;
    let mut client = Client::enter(&hall.player("reds").await).await;
    let mut mate = Client::enter(&hall.player("reds").await).await;
    let before = client.ask("before", &write_log("before")).await;
    let mut database = database(data.path()).await;
    sqlx::raw_sql("CREATE TRIGGER full BEFORE INSERT ON log BEGIN SELECT RAISE(ABORT, 'disk full'); END")
        .execute(&mut database)
        .await
        .unwrap();
    for _ in 0..3 {
        let refused = client.ask("during", &write_log("during")).await;
        assert_eq!((&refused["type"], &refused["code"]), (&json!("rejected"), &json!("unavailable")));
    }
    let over_rest = post(&hall.control, "commands", &json!({ "key": "r", "act": release("call") })).await;
    assert!([409, 503].contains(&over_rest.status), "refused by the rules or for now, never accepted");
    assert_eq!(get(&hall.control, "snapshot").await.status, 200, "reading goes on");
    Client::enter(&hall.control).await;
    sqlx::raw_sql("DROP TRIGGER full").execute(&mut database).await.unwrap();

    let accepted = client.ask("during", &write_log("during")).await;
    assert_eq!(accepted["type"], "accepted");
    assert_eq!(client.ask("before", &write_log("before")).await, before, "a key from before is known");
    assert_eq!(client.ask("before", &write_log("other")).await["code"], "key_reused");
    mate.act(write_log("we go on")).await;
    client.wait_for("the mate's entry", |frame| frame.to_string().contains("we go on")).await;
    let entries = kinds(&log(&hall).await).into_iter().filter(|kind| *kind == "log_written").count();
    assert_eq!(entries, 3);
    assert_eq!(mate.rows().iter().filter(|row| client.rows().contains(row)).count(), 3, "both saw all of them");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_receipt_that_brings_nothing_new_is_not_acknowledged_before_what_it_rests_on_is_stored() {
    let data = tempfile::tempdir().unwrap();
    let hall = open(data.path()).await;
    let [mut first, mut mate] =
        [Client::enter(&hall.player("reds").await).await, Client::enter(&hall.player("reds").await).await];
    let opened = json!({ "type": "note_opened", "inject": "call" });
    first.act(opened.clone()).await;
    mate.act(opened.clone()).await;
    let mut database = database(data.path()).await;
    sqlx::raw_sql("BEGIN IMMEDIATE").execute(&mut database).await.unwrap();
    first.send_command("slow", &write_log("not stored yet")).await;
    mate.send_command("again", &opened).await;
    let early = tokio::time::timeout(Duration::from_secs(3), mate.answer("again")).await;
    assert!(early.is_err(), "acknowledged on top of a batch that a power cut could undo: {early:?}");
    sqlx::raw_sql("ROLLBACK").execute(&mut database).await.unwrap();
    assert_eq!(mate.answer("again").await["type"], "accepted");
    assert_eq!(first.answer("slow").await["type"], "accepted");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_preview_is_refused_in_the_same_words_as_the_act() {
    let data = tempfile::tempdir().unwrap();
    let mut hall = open(data.path()).await;
    let refused = hall.director.ask("twice", &release("call")).await;
    let preview = post(&hall.control, "preview", &json!({ "act": release("call") })).await.json();
    assert_eq!((&preview["refused"]["code"], &preview["refused"]["message"]), (&refused["code"], &refused["message"]));
    assert!(refused["message"].as_str().unwrap().contains("by Control at"), "{refused}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn erased_text_is_gone_for_everybody_and_the_log_still_holds_together() {
    let data = tempfile::tempdir().unwrap();
    let mut hall = open(data.path()).await;
    let place = hall.player("reds").await;
    let mut client = Client::open(&place).await;
    let reset = client.hello(None, 0).await;
    let first = client.ask("secret", &write_log("my home address")).await;
    let row = client.heard.iter().find(|frame| frame["kind"] == "log_written").unwrap().clone();
    let part = &row["cards"][0]["card"]["text"]["part"];
    let erase = json!({ "type": "erase_part", "part": part, "reason": "asked to" });
    assert_eq!(hall.director.ask("erase", &erase).await["type"], "accepted", "told before the line is cut");
    assert_eq!((client.closed().await, hall.director.closed().await), (Some(1001), Some(1001)));

    let mut back = Client::open(&place).await;
    let again = back.hello(reset["epoch"].as_str(), row["seq"].as_i64().unwrap()).await;
    assert_eq!(again["type"], "reset", "the epoch is another one");
    assert!(!again.to_string().contains("my home address"));
    assert!(again.to_string().contains(part.as_str().unwrap()), "that something was written stays");
    assert_eq!(back.ask("secret", &write_log("my home address")).await, first, "not written anew");
    assert_eq!(back.ask("erase", &erase).await["code"], "forbidden");
    back.act(write_log("we go on")).await;

    let mut database = database(data.path()).await;
    let count = "SELECT COUNT(*) FROM parts WHERE part = $1";
    let left: i64 = sqlx::query_scalar(count).bind(part.as_str().unwrap()).fetch_one(&mut database).await.unwrap();
    assert_eq!(left, 0);
    let export = jsonl::read(get(&hall.control, "log.jsonl").await.bytes.as_slice()).unwrap();
    assert_eq!(chain::verify(&export.rows).unwrap().erased.len(), 1);
    hall.server.stop().await;
    let server = Server::start(data.path()).await;
    let mut later = Client::open(&server.again(&place)).await;
    assert!(!later.hello(None, 0).await.to_string().contains("my home address"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_falls_due_while_time_stands() {
    let data = tempfile::tempdir().unwrap();
    let time = ManualClock::starting_at(NOON);
    let server = Server::start_with(data.path(), None, time.clock()).await;
    let scenario = plan(vec![inject("due", Trigger::At { at: Millis::minutes(1) })]);
    let mut hall = Hall::open(server, scenario, Vec::new(), Rate::REAL, &["reds"]).await;
    let mut client = Client::enter(&hall.player("reds").await).await;
    hall.director.act(start()).await;
    hall.director.act(json!({ "type": "pause", "team": null, "reason": "lunch" })).await;
    time.advance(Millis::minutes(30));
    client.act(write_log("at lunch")).await;
    assert!(!kinds(&log(&hall).await).contains(&"inject_released"));
    hall.director.act(json!({ "type": "resume", "team": null })).await;
    time.advance(Millis::minutes(1));
    let released = client.wait_for_row("inject_released").await;
    assert_eq!(released["at"], json!(NOON.plus(Millis::minutes(31))));
}

/// It is decided a moment before, so that storing it is all that is left to do.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_falls_due_is_shown_at_its_instant_and_not_before() {
    let data = tempfile::tempdir().unwrap();
    let time = ManualClock::starting_at(NOON);
    let server = Server::start_with(data.path(), None, time.clock()).await;
    let scenario = plan(vec![inject("due", Trigger::At { at: Millis::minutes(1) })]);
    let mut hall = Hall::open(server, scenario, Vec::new(), Rate::REAL, &["reds"]).await;
    let mut client = Client::enter(&hall.player("reds").await).await;
    hall.director.act(start()).await;
    time.advance(Millis::minutes(1).minus(Millis(5)));
    let early = tokio::time::timeout(Duration::from_millis(200), client.wait_for_row("inject_released")).await;
    assert!(early.is_err(), "shown before its time: {early:?}");
    assert!(!kinds(&log(&hall).await).contains(&"inject_released"), "stored before its time");
    time.advance(Millis(5));
    let released = client.wait_for_row("inject_released").await;
    assert_eq!(released["at"], json!(NOON.plus(Millis::minutes(1))));
}

/// More rows at once than are kept encoded: what came first is shown like what came last.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_first_of_thousands_of_rows_reaches_its_reader_and_stays_on_the_board() {
    let data = tempfile::tempdir().unwrap();
    let time = ManualClock::starting_at(NOON);
    let server = Server::start_with(data.path(), None, time.clock()).await;
    let only = |team: &str, id: &str| Inject {
        audience: InjectAudience::Teams(vec![TeamId::from(team)]),
        content: Content { form: None, ..inject(id, Trigger::Manual).content },
        ..inject(id, Trigger::At { at: Millis::minutes(1) })
    };
    let rest = (0..8_300).map(|n| only("blues", &format!("mail-{n}")));
    let scenario = plan(std::iter::once(only("reds", "first")).chain(rest).collect());
    let mut hall = Hall::open(server, scenario, Vec::new(), Rate::REAL, &["reds", "blues"]).await;
    let place = hall.player("reds").await;
    let mut client = Client::enter(&place).await;
    hall.director.act(start()).await;
    time.advance(Millis::minutes(1));
    let row = client.wait_for_row("inject_released").await;
    assert_eq!(row["cards"][0]["key"], json!("inject/first"));
    let board = Client::open(&place).await.hello(None, 0).await;
    assert!(board["cards"].as_array().unwrap().iter().any(|card| card["key"] == json!("inject/first")));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_outage_is_noted_before_anything_falls_due_in_its_light() {
    let data = tempfile::tempdir().unwrap();
    let time = ManualClock::starting_at(NOON);
    let server = Server::start_with(data.path(), None, time.clock()).await;
    let scenario = plan(vec![inject("call", Trigger::Manual), inject("due", Trigger::At { at: Millis::minutes(10) })]);
    let mut hall = Hall::open(server, scenario, Vec::new(), Rate::REAL, &["reds"]).await;
    let place = hall.player("reds").await;
    hall.director.act(start()).await;
    hall.director.act(release("call")).await;
    hall.server.stop().await;

    // Longer than the answer may take, and past an inject.
    time.advance(Millis::minutes(30));
    let server = Server::start_with(data.path(), None, time.clock()).await;
    let control = server.again(&hall.control);
    let mut director = Client::enter(&control).await;
    let mut client = Client::enter(&server.again(&place)).await;
    let released = director.act(json!({ "type": "release", "inject": "due", "teams": null })).await;
    client.act(submit("call", "in time, for the outage does not count")).await;
    let rows = get(&control, "log").await.json()["rows"].as_array().unwrap().clone();
    let kinds = kinds(&rows);
    let at = |kind: &str| kinds.iter().position(|other| *other == kind);
    assert!(at("outage_noted").is_some() && at("outage_noted") < at("inject_missed"), "{kinds:?}");
    assert!(!kinds.contains(&"answer_closed"), "the team has its time back: {kinds:?}");
    let release = rows.iter().find(|row| row["seq"] == released).unwrap();
    assert_eq!((&release["kind"], &release["body"]["cause"]), (&json!("inject_released"), &json!("missed")));
    let answer = rows.iter().find(|row| row["kind"] == "response_submitted").unwrap();
    assert_eq!(answer["body"]["late"], json!(false));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_was_taken_over_says_so_and_leaves_the_log_alone() {
    let Some(url) = postgres::database().await else { return };
    let (here, there) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let first = Server::start_with(here.path(), Some(&url), drillhall::clock::Clock::system()).await;
    let mut hall = Hall::open(first, one_manual_inject(), Vec::new(), Rate::REAL, &["reds"]).await;
    hall.director.act(start()).await;
    let place = hall.player("reds").await;
    let mut client = Client::enter(&place).await;
    client.act(write_log("at the first server")).await;

    let second = Server::start_with(there.path(), Some(&url), drillhall::clock::Clock::system()).await;
    let mut moved = Client::enter(&second.again(&place)).await;
    assert_eq!(client.closed().await, Some(1001), "the first server finds out by itself");
    for _ in 0..3 {
        for answer in [
            get(&hall.control, "snapshot").await,
            post(&hall.control, "commands", &json!({ "key": "late", "act": release("call") })).await,
        ] {
            assert_eq!((answer.status, answer.json()["code"].as_str()), (503, Some("taken_over")));
        }
        moved.act(write_log("at the second server")).await;
    }
    let log = get(&second.again(&hall.control), "log").await.json();
    let kinds = kinds(log["rows"].as_array().unwrap());
    assert!(!kinds.contains(&"inject_released"));
    assert_eq!(kinds.iter().filter(|kind| **kind == "outage_noted").count(), 1, "it changed hands once");
}
