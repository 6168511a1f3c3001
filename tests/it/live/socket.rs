//! The protocol of the socket: who comes, who comes back, who has to leave, and what is answered.

use drillhall::{engine::time::Rate, scenario::PackFile};
use serde_json::{Value, json};

use super::{
    client::{Client, get, post, rows},
    drill::{one_manual_inject, release, start, submit, write_log},
    fixture::{Hall, Server},
};

const NO_FILES: Vec<PackFile> = Vec::new();

/// A started exercise with one team that has the inject.
async fn hall(data: &tempfile::TempDir) -> Hall {
    let server = Server::start(data.path()).await;
    let mut hall = Hall::open(server, one_manual_inject(), NO_FILES, Rate::REAL, &["reds", "blues"]).await;
    hall.director.act(start()).await;
    hall.director.act(release("call")).await;
    hall
}

fn epoch(welcome: &Value) -> String {
    welcome["epoch"].as_str().unwrap().to_owned()
}

fn seq(frame: &Value) -> i64 {
    frame["seq"].as_i64().unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_comes_back_gets_exactly_what_was_missed_in_order() {
    let data = tempfile::tempdir().unwrap();
    let hall = hall(&data).await;
    let place = hall.player("reds").await;
    let mut mate = Client::enter(&hall.player("reds").await).await;
    let mut first = Client::open(&place).await;
    let reset = first.hello(None, 0).await;
    assert_eq!(
        (&reset["type"], &reset["protocol"], &reset["reader"]["role"]),
        (&json!("reset"), &json!(1), &json!("player"))
    );
    first.act(submit("call", "one")).await;
    let seen = *first.rows().last().unwrap();
    drop(first);

    let mut other = Client::enter(&hall.player("blues").await).await;
    let mut missed = Vec::new();
    for text in ["two", "three", "four"] {
        other.act(write_log(text)).await;
        missed.push(mate.act(write_log(text)).await);
    }
    let mut back = Client::open(&place).await;
    let welcome = back.hello(Some(&epoch(&reset)), seen).await;
    assert_eq!(welcome["type"], "welcome");
    back.act(write_log("five")).await;
    let heard = back.rows();
    let after: Vec<i64> = mate.rows().into_iter().filter(|row| *row > seen).collect();
    assert!(missed.iter().all(|row| heard.contains(row)), "{missed:?} {heard:?}");
    assert_eq!(heard[..after.len()], after, "what the mate heard, and nothing of the others");
    assert!(heard.is_sorted_by(|a, b| a < b));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_position_that_the_server_does_not_know_starts_afresh() {
    let data = tempfile::tempdir().unwrap();
    let hall = hall(&data).await;
    let place = hall.player("reds").await;
    let mut client = Client::open(&place).await;
    let reset = client.hello(None, 0).await;
    let (epoch, head) = (epoch(&reset), seq(&reset));
    assert_eq!(client.hello(Some(&epoch), head).await["type"], "welcome", "the known position");
    assert_eq!(client.hello(Some("another"), head).await["type"], "reset", "another epoch");
    assert_eq!(client.hello(Some(&epoch), head + 1_000).await["type"], "reset", "beyond the head");
    assert_eq!(client.hello_in("fr", Some(&epoch), head).await["type"], "reset", "another language");
    assert_eq!(client.hello(Some(&epoch), -5).await["type"], "welcome", "before the beginning is the beginning");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn accepted_comes_after_the_frames_up_to_it() {
    let data = tempfile::tempdir().unwrap();
    let hall = hall(&data).await;
    let mut client = Client::enter(&hall.player("reds").await).await;
    let mut mate = Client::enter(&hall.player("reds").await).await;
    for n in 0..20 {
        client.send_command(&format!("k{n}"), &write_log(&format!("entry {n}"))).await;
        mate.send_command(&format!("m{n}"), &write_log(&format!("mate {n}"))).await;
    }
    for n in 0..20 {
        let accepted = client.answer(&format!("k{n}")).await;
        let before = rows(&client.heard);
        assert!(before.contains(&seq(&accepted)) && before.last() >= Some(&seq(&accepted)), "{accepted} {before:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_repeated_command_gets_the_first_answer_and_has_one_effect_also_after_a_restart() {
    let data = tempfile::tempdir().unwrap();
    let hall = hall(&data).await;
    let (red, blue) = (hall.player("reds").await, hall.player("blues").await);
    let mut client = Client::enter(&red).await;
    let first = client.ask("key", &submit("call", "once")).await;
    assert_eq!(first["type"], "accepted");
    assert_eq!(client.ask("key", &submit("call", "once")).await, first);
    assert_eq!(client.ask("key", &submit("call", "other")).await["code"], "key_reused");
    let over_rest = post(&red, "commands", &json!({ "key": "key", "act": submit("call", "once") })).await;
    assert_eq!((over_rest.status, over_rest.json()["seq"].clone()), (200, first["seq"].clone()));
    let over_rest = post(&red, "commands", &json!({ "key": "key", "act": submit("call", "other") })).await;
    assert_eq!((over_rest.status, over_rest.json()["code"].clone()), (409, json!("key_reused")));
    let mut other = Client::enter(&blue).await;
    assert_eq!(other.ask("key", &submit("call", "ours")).await["type"], "accepted", "keys are everybody's own");

    hall.server.stop().await;
    let server = Server::start(data.path()).await;
    let mut client = Client::enter(&server.again(&red)).await;
    assert_eq!(client.ask("key", &submit("call", "once")).await, first);
    assert_eq!(client.ask("key", &submit("call", "other")).await["code"], "key_reused");
    let log = get(&server.again(&hall.control), "log").await.json();
    let answers = log["rows"].as_array().unwrap().iter().filter(|row| row["kind"] == "response_submitted").count();
    assert_eq!(answers, 2, "one a team");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_refusal_says_why_and_is_not_remembered() {
    let data = tempfile::tempdir().unwrap();
    let server = Server::start(data.path()).await;
    let mut hall = Hall::open(server, one_manual_inject(), NO_FILES, Rate::REAL, &["reds"]).await;
    let mut client = Client::enter(&hall.player("reds").await).await;
    for (act, code) in [
        (submit("call", "too early"), "unknown_inject"),
        (start(), "forbidden"),
        (write_log("  "), "empty_text"),
        (json!({ "type": "say", "team": "blues", "text": "psst" }), "forbidden"),
    ] {
        let answer = client.ask("same", &act).await;
        assert_eq!((&answer["type"], &answer["code"]), (&json!("rejected"), &json!(code)), "{act}");
        assert!(answer["message"].as_str().unwrap().len() > 10);
    }
    hall.director.act(start()).await;
    hall.director.act(release("call")).await;
    assert_eq!(client.ask("same", &submit("call", "now")).await["type"], "accepted");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_mark_says_how_many_rows_were_sent_since_hello() {
    let data = tempfile::tempdir().unwrap();
    let hall = hall(&data).await;
    let mut client = Client::enter(&hall.player("reds").await).await;
    client.act(write_log("before the second hello")).await;
    let welcome = client.hello(None, 0).await;
    let from = client.heard.len();
    for n in 0..3 {
        client.act(write_log(&format!("entry {n}"))).await;
    }
    let mark = client.wait_for("a mark", |frame| frame["type"] == "mark").await;
    assert_eq!(mark["n"], json!(rows(&client.heard[from..]).len()), "{welcome}");
    assert!(seq(&mark) >= *client.rows().last().unwrap(), "rows that this reader does not see may follow: {mark}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_ticket_opens_one_socket_of_its_exercise() {
    let data = tempfile::tempdir().unwrap();
    let hall = hall(&data).await;
    let place = hall.player("reds").await;
    let ticket = || async { post(&place, "tickets", &json!({})).await.json()["ticket"].as_str().unwrap().to_owned() };
    let hello = |ticket: &str| json!({ "type": "hello", "ticket": ticket });
    let used = ticket().await;
    let mut client = Client::open_without_cookie(&place).await;
    client.say(&hello(&used)).await;
    client.wait_for("reset", |frame| frame["type"] == "reset").await;
    let mut thief = Client::open_without_cookie(&place).await;
    thief.say(&hello(&used)).await;
    assert_eq!((thief.closed().await, thief.heard.len()), (Some(4003), 0), "it works once");
    let mut nobody = Client::open_without_cookie(&place).await;
    nobody.say(&json!({ "type": "hello" })).await;
    assert_eq!((nobody.closed().await, nobody.heard.len()), (Some(4003), 0), "neither cookie nor ticket");

    let other = Hall::open(hall.server, one_manual_inject(), NO_FILES, Rate::REAL, &["reds"]).await;
    let elsewhere = other.player("reds").await;
    let mut stranger = Client::open_without_cookie(&elsewhere).await;
    stranger.say(&hello(&ticket().await)).await;
    assert_eq!((stranger.closed().await, stranger.heard.len()), (Some(4003), 0), "a ticket of another exercise");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whose_role_is_taken_away_is_shown_out_at_once() {
    let data = tempfile::tempdir().unwrap();
    let mut hall = hall(&data).await;
    let place = hall.player("reds").await;
    let mut client = Client::open(&place).await;
    let reset = client.hello(None, 0).await;
    let mut mate = Client::enter(&hall.player("reds").await).await;
    hall.director.act(json!({ "type": "revoke_grant", "person": reset["reader"]["person"] })).await;
    assert_eq!(client.closed().await, Some(4003));
    let mut back = Client::open(&place).await;
    back.say(&json!({ "type": "hello", "epoch": reset["epoch"], "last_seq": reset["seq"] })).await;
    assert_eq!((back.closed().await, back.heard.len()), (Some(4003), 0));
    assert_eq!(get(&place, "snapshot").await.status, 403);
    mate.act(write_log("we go on")).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_stops_says_so_and_keeps_what_it_accepted() {
    let data = tempfile::tempdir().unwrap();
    let hall = hall(&data).await;
    let place = hall.player("reds").await;
    let mut client = Client::enter(&place).await;
    // Somebody who has not said hello must not hold the server up.
    let mut silent = Client::open(&hall.player("blues").await).await;
    for n in 0..30 {
        client.send_command(&format!("k{n}"), &write_log(&format!("entry {n}"))).await;
    }
    client.answer("k0").await;
    let stopping = tokio::spawn(hall.server.stop());
    assert_eq!((client.closed().await, silent.closed().await), (Some(1001), Some(1001)));
    stopping.await.unwrap();

    let server = Server::start(data.path()).await;
    let accepted = client.heard.iter().filter(|frame| frame["type"] == "accepted");
    let log = get(&server.again(&hall.control), "log").await.json();
    let rows: Vec<i64> = log["rows"].as_array().unwrap().iter().map(seq).collect();
    assert!(accepted.map(seq).all(|seq| rows.contains(&seq)));
    let mut back = Client::enter(&server.again(&place)).await;
    for n in 0..30 {
        assert_eq!(back.ask(&format!("k{n}"), &write_log(&format!("entry {n}"))).await["type"], "accepted");
    }
    let log = get(&server.again(&hall.control), "log").await.json();
    let written = log["rows"].as_array().unwrap().iter().filter(|row| row["kind"] == "log_written").count();
    assert_eq!(written, 30, "each of them once");
}

/// Whether the last presence that somebody heard of is without a person who was there.
fn has_left(client: &Client, person: &Value) -> bool {
    let online = |frame: &Value| frame["value"]["online"].as_array().is_some_and(|online| online.contains(person));
    let mut presences = client.heard.iter().filter(|frame| frame["key"] == "presence/reds").map(online);
    presences.any(|there| there) && !presences.next_back().unwrap_or(true)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_slow_reader_is_closed_delays_nobody_and_comes_back_losing_nothing() {
    let data = tempfile::tempdir().unwrap();
    let hall = hall(&data).await;
    let place = hall.player("reds").await;
    let mut bystander = Client::enter(&hall.player("reds").await).await;
    let mut slow = Client::open_narrow(&place).await;
    let reset = slow.hello(None, 0).await;
    // 24 KB a message.
    let body = "\u{1f4e3}".repeat(6_000);
    let message = json!({ "type": "send_message", "team": null, "title": { "en": "Loud" }, "body": { "en": body } });
    let (mut sent, mut last) = (0, 0);
    while !has_left(&bystander, &reset["reader"]["person"]) {
        assert!(sent < 4_000, "nobody finds it slow");
        sent += 1;
        let command = json!({ "key": format!("loud-{sent}"), "act": message });
        last = seq(&post(&hall.control, "commands", &command).await.json());
        while bystander.rows().last() < Some(&last) {
            bystander.wait_for_row("message_sent").await;
        }
    }
    assert_eq!(slow.closed().await, Some(4008));
    let seen = slow.rows().last().copied().unwrap_or(seq(&reset));
    assert!(seen < last, "it missed something");

    let mut back = Client::open(&place).await;
    let welcome = back.hello(Some(&epoch(&reset)), seen).await;
    assert_eq!(welcome["type"], "welcome");
    while back.rows().last() < Some(&last) {
        back.wait_for_row("message_sent").await;
    }
    let all = [slow.rows(), back.rows()].concat();
    assert_eq!(all, bystander.rows().into_iter().filter(|row| *row > seq(&reset)).collect::<Vec<_>>());
    let mut newcomer = Client::open(&hall.player("blues").await).await;
    let reset = newcomer.hello(None, 0).await;
    assert!(reset["cards"].as_array().unwrap().len() > sent, "a board larger than an outbox is sent too");
    newcomer.act(write_log("and play goes on")).await;
}
