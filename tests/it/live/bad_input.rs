//! What comes in wrong: each gets a clear answer with a stable code, and nobody else notices.

use std::{
    path::Path,
    process::{Command, Stdio},
};

use drillhall::engine::{plan::Trigger, role::Role, time::Rate};
use serde_json::{Value, json};
use tokio_tungstenite::tungstenite::Message;

use super::{
    client::{Client, get, post},
    drill::{inject, one_manual_inject, plan, release, start, submit, write_log},
    fixture::{Hall, Server},
};

async fn hall(data: &Path) -> Hall {
    let server = Server::start(data).await;
    let scenario = plan(vec![inject("call", Trigger::Manual), inject("for-blues", Trigger::Manual)]);
    let mut hall = Hall::open(server, scenario, Vec::new(), Rate::REAL, &["reds", "blues"]).await;
    hall.director.act(start()).await;
    hall.director.act(release("call")).await;
    let for_blues = json!({ "type": "release", "inject": "for-blues", "teams": ["blues"] });
    hall.director.act(for_blues).await;
    hall
}

async fn refusal(client: &mut Client, frame: Message) -> Value {
    client.say_raw(frame).await;
    client.wait_for("a refusal", |frame| frame["type"] == "rejected").await
}

fn command(act: &Value) -> Message {
    Message::text(json!({ "type": "command", "key": "k", "act": act }).to_string())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_frame_that_cannot_be_read_is_refused_and_play_goes_on() {
    let data = tempfile::tempdir().unwrap();
    let hall = hall(data.path()).await;
    let mut client = Client::enter(&hall.player("reds").await).await;
    let mut bystander = Client::enter(&hall.player("reds").await).await;
    let unknown_field = json!({ "type": "acknowledge", "inject": "call", "rating": 5 });
    let deep = format!("{{\"deep\":{}", "[".repeat(5_000));
    for (frame, code, key) in [
        (Message::text("{"), "not_json", Value::Null),
        (Message::text(""), "not_json", Value::Null),
        (Message::text(deep), "not_json", Value::Null),
        (Message::binary(vec![0, 159, 146, 150]), "not_json", Value::Null),
        (Message::text("[]"), "bad_frame", Value::Null),
        (Message::text(r#"{"type":"shout"}"#), "bad_frame", Value::Null),
        (Message::text(r#"{"type":"writing","inject":7,"active":true}"#), "bad_frame", Value::Null),
        (command(&unknown_field), "bad_frame", json!("k")),
        (command(&json!({ "type": "fly" })), "bad_frame", json!("k")),
    ] {
        let refused = refusal(&mut client, frame.clone()).await;
        assert_eq!((&refused["code"], &refused["key"]), (&json!(code), &key), "{frame:?}: {refused}");
        client.act(write_log("on")).await;
        bystander.wait_for_row("log_written").await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_inject_of_another_team_does_not_exist() {
    let data = tempfile::tempdir().unwrap();
    let hall = hall(data.path()).await;
    let place = hall.player("reds").await;
    let mut client = Client::enter(&place).await;
    for kind in ["note_delivered", "note_opened", "acknowledge"] {
        let theirs = client.ask("a", &json!({ "type": kind, "inject": "for-blues" })).await;
        let none = client.ask("b", &json!({ "type": kind, "inject": "for-nobody" })).await;
        assert_eq!(theirs["code"], "unknown_inject");
        assert!(theirs["values"]["inject"].is_string(), "{kind}: what the words name is there for other languages");
        let words =
            |frame: &Value| frame["message"].as_str().unwrap().replace("for-blues", "X").replace("for-nobody", "X");
        assert_eq!((&none["code"], words(&none)), (&theirs["code"], words(&theirs)), "{kind}");
    }
    let theirs = post(&place, "commands", &json!({ "key": "a", "act": submit("for-blues", "x") })).await;
    let none = post(&place, "commands", &json!({ "key": "a", "act": submit("for-nobody", "x") })).await;
    assert_eq!((theirs.status, none.status), (404, 404));
    assert_eq!(theirs.json()["code"], "unknown_inject");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_frame_that_is_too_large_ends_the_connection_with_a_code() {
    let data = tempfile::tempdir().unwrap();
    let hall = hall(data.path()).await;
    let place = hall.player("reds").await;
    let mut bystander = Client::enter(&hall.player("reds").await).await;
    for bytes in [70_000, 3_000_000] {
        let mut client = Client::enter(&place).await;
        client.try_say(Message::text("x".repeat(bytes))).await;
        assert_eq!(client.closed().await, Some(1009), "{bytes} bytes");
    }
    bystander.act(write_log("here we are")).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_is_done_before_hello() {
    let data = tempfile::tempdir().unwrap();
    let hall = hall(data.path()).await;
    let place = hall.player("reds").await;
    for frame in [
        json!({ "type": "command", "key": "k", "act": write_log("early") }),
        json!({ "type": "writing", "inject": "call", "active": true }),
    ] {
        let mut client = Client::open(&place).await;
        client.say(&frame).await;
        assert_eq!(client.closed().await, Some(4001), "{frame}");
    }
    let log = get(&hall.control, "log").await.json();
    assert!(log["rows"].as_array().unwrap().iter().all(|row| row["kind"] != "log_written"));
}

fn is_ours(key: &str) -> bool {
    key.strip_prefix('k').is_some_and(|number| number.parse::<u32>().is_ok())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_burst_of_frames_is_cut_down_and_the_others_go_on() {
    let data = tempfile::tempdir().unwrap();
    let hall = hall(data.path()).await;
    let mut loud = Client::enter(&hall.player("reds").await).await;
    let mut bystander = Client::enter(&hall.player("blues").await).await;
    for n in 0..1_000 {
        loud.send_command(&format!("k{n}"), &write_log("again")).await;
    }
    let entry = bystander.act(write_log("we work")).await;
    assert!(entry > 0);
    let answers =
        |client: &Client| client.heard.iter().filter(|frame| frame["key"].as_str().is_some_and(is_ours)).count();
    while answers(&loud) < 1_000 {
        loud.wait_for("an answer", |frame| frame["key"].as_str().is_some_and(is_ours)).await;
    }
    let told = loud.heard.iter().filter(|frame| frame["code"] == "too_many_frames");
    assert!(told.count() > 500, "each is told which was refused");
    let accepted = loud.heard.iter().filter(|frame| frame["type"] == "accepted").count();
    let entries = get(&hall.control, "log").await.json()["rows"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|row| row["kind"] == "log_written")
        .count();
    assert_eq!(entries, accepted + 1, "what was refused was not done");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_second_server_on_one_data_directory_is_refused() {
    let data = tempfile::tempdir().unwrap();
    let hall = hall(data.path()).await;
    let mut client = Client::enter(&hall.player("reds").await).await;
    let second = tokio::task::spawn_blocking({
        let data = data.path().to_owned();
        move || {
            Command::new(env!("CARGO_BIN_EXE_drillhall"))
                .args(["serve", "--listen", "127.0.0.1:0", "--data"])
                .arg(data)
                .stdin(Stdio::null())
                .output()
                .unwrap()
        }
    });
    let second = second.await.unwrap();
    let said = String::from_utf8(second.stderr).unwrap();
    assert_eq!(second.status.code(), Some(1), "{said}");
    assert!(said.contains("another drillhall serves from the directory"), "{said}");
    assert!(said.contains(&format!("pid {}", std::process::id())), "{said}");
    client.act(write_log("nothing happened to us")).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn wrong_requests_get_a_problem_with_a_stable_code() {
    let data = tempfile::tempdir().unwrap();
    let server = Server::start(data.path()).await;
    let hall = Hall::open(server, one_manual_inject(), Vec::new(), Rate::REAL, &["reds"]).await;
    let place = hall.player("reds").await;
    let observer = hall.seat(Role::Observer, None, "Wall").await;
    let acts = |act: Value| json!({ "key": "k", "act": act });
    for (seat, path, body, status, code) in [
        (&place, "commands", json!({}), 400, "bad_json"),
        (&place, "commands", acts(json!({ "type": "fly" })), 400, "bad_json"),
        (&place, "commands", acts(start()), 403, "forbidden"),
        (&place, "links", json!({ "role": "player", "team": "reds" }), 403, "forbidden"),
        (&observer, "commands", acts(write_log("x")), 403, "forbidden"),
        (&hall.control, "links", json!({ "role": "player", "team": "nobody" }), 404, "unknown_team"),
        (&hall.control, "links", json!({ "role": "player", "team": null }), 422, "team_mismatch"),
    ] {
        let answer = post(seat, path, &body).await;
        assert_eq!((answer.status, answer.json()["code"].as_str()), (status, Some(code)), "{path} {body}");
    }
    for (path, status, code) in
        [("log", 403, "forbidden"), ("files/ab", 404, "unknown_file"), ("log.jsonl", 403, "forbidden")]
    {
        let answer = get(&place, path).await;
        assert_eq!((answer.status, answer.json()["code"].as_str()), (status, Some(code)), "{path}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_key_that_no_database_takes_is_refused_and_disturbs_nobody() {
    let data = tempfile::tempdir().unwrap();
    let hall = hall(data.path()).await;
    let mut client = Client::enter(&hall.player("reds").await).await;
    for key in ["", "a\u{0}b", &"k".repeat(101), "käse"] {
        assert_eq!(client.ask(key, &write_log("odd")).await["code"], "bad_key", "{key:?}");
    }
    client.act(write_log("still here")).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_seat_does_not_beget_seats() {
    let data = tempfile::tempdir().unwrap();
    let hall = hall(data.path()).await;
    let place = hall.player("reds").await;
    let answer = post(&place, "seats", &json!({})).await;
    assert_eq!((answer.status, answer.json()["code"].clone()), (401, json!("unauthorized")));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_join_that_is_asked_again_gives_the_same_place_and_uses_nothing_up() {
    let data = tempfile::tempdir().unwrap();
    let hall = hall(data.path()).await;
    let wanted = json!({ "role": "player", "team": "reds", "label": "", "max_uses": 1 });
    let link = post(&hall.control, "links", &wanted).await.json();
    let secret = link["path"].as_str().unwrap().rsplit('#').next().unwrap().to_owned();
    let join = async |key: &str| {
        let body = json!({ "token": secret, "key": key, "name": "Ana", "language": "en" });
        let answer =
            reqwest::Client::new().post(format!("{}/api/v1/join", hall.control.base)).json(&body).send().await.unwrap();
        (answer.status().as_u16(), answer.json::<Value>().await.unwrap())
    };
    let first = join("one").await;
    assert_eq!(first.0, 201);
    assert_eq!(join("one").await, first);
    assert_eq!(join("other").await.1["code"], "link_used_up");
}
