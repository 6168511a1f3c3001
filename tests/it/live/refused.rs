//! What control and teams ask for and do not get, over the wire: a stable code, and a sentence that says
//! what to do instead.

use drillhall::engine::{
    id::FieldId,
    plan::{Condition, Field, FieldKind, Trigger},
    role::Role,
    text::Text,
    time::{Millis, Rate},
};
use serde_json::{Value, json};
use tokio_tungstenite::tungstenite::Message;

use super::{
    client::{Client, post},
    drill::{inject, plan, release, start, write_log},
    fixture::{Hall, Server},
};

/// Longer than any form takes, shorter than what a request may hold.
const MANY: usize = 10_000;

async fn playing(data: &tempfile::TempDir) -> Hall {
    let server = Server::start(data.path()).await;
    let later = Trigger::At { at: Millis::minutes(10) };
    let scenario = plan(vec![inject("call", Trigger::Manual), inject("later", later)]);
    let mut hall = Hall::open(server, scenario, Vec::new(), Rate::REAL, &["reds", "blues"]).await;
    hall.director.act(start()).await;
    hall
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_second_release_says_who_was_first_and_when() {
    let data = tempfile::tempdir().unwrap();
    let hall = playing(&data).await;
    let mut first = Client::enter(&hall.seat(Role::Facilitator, None, "Amina").await).await;
    let mut second = Client::enter(&hall.seat(Role::Facilitator, None, "Bea").await).await;
    first.act(release("call")).await;
    let refused = second.ask("again", &release("call")).await;
    assert_eq!(refused["code"], "already_released");
    let message = refused["message"].as_str().unwrap();
    let time = message.strip_prefix("inject 'call' was released already, by Amina at ").expect(message);
    let is_time = time.ends_with(" UTC") && time.bytes().filter(u8::is_ascii_digit).count() >= 4;
    assert!(is_time, "{message}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_control_cannot_do_is_refused_with_a_code_and_what_to_do_instead() {
    let data = tempfile::tempdir().unwrap();
    let mut hall = playing(&data).await;
    let condition = Condition::Flag("nowhere".into());
    let waits = inject("extra", Trigger::When { condition, delay: Millis(0) });
    for (act, code, advice) in [
        (json!({ "type": "jump", "to": -60_000, "passed": "tray" }), "jump_backwards", "shift or extend"),
        (json!({ "type": "set_rate", "permille": 0 }), "bad_rate", "to stop it, pause"),
        (json!({ "type": "set_rate", "permille": -1 }), "bad_rate", "to stop it, pause"),
        (json!({ "type": "shift", "by": -3_600_000 }), "shift_into_past", "or jump"),
        (json!({ "type": "retime", "inject": "call", "at": -60_000, "teams": null }), "time_in_past", "a later one"),
        (json!({ "type": "release", "inject": "call", "teams": ["greens"] }), "unknown_team", "name one"),
        (json!({ "type": "add_inject", "inject": waits }), "unknown_flag", "nowhere"),
        (
            json!({ "type": "recall", "inject": "call", "teams": null, "reason": "wrong" }),
            "not_released",
            "hold, skip or amend",
        ),
    ] {
        let refused = hall.director.ask("k", &act).await;
        assert_eq!(refused["code"], code, "{act}: {refused}");
        assert!(refused["message"].as_str().unwrap().contains(advice), "{act}: {refused}");
    }
    hall.director.act(release("call")).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ten_thousand_indicators_are_refused_by_either_door_and_nobody_else_notices() {
    let data = tempfile::tempdir().unwrap();
    let server = Server::start(data.path()).await;
    let mut call = inject("call", Trigger::Manual);
    let fields = &mut call.content.form.as_mut().unwrap().fields;
    *fields = vec![Field {
        id: FieldId::from("iocs"),
        label: Text::new("en", "Indicators"),
        kind: FieldKind::Indicators { max_lines: 500 },
        ..fields[0].clone()
    }];
    let mut hall = Hall::open(server, plan(vec![call]), Vec::new(), Rate::REAL, &["reds"]).await;
    hall.director.act(start()).await;
    hall.director.act(release("call")).await;
    let place = hall.player("reds").await;
    let mut bystander = Client::enter(&hall.player("reds").await).await;
    let submit = |lines: usize| {
        let lines: Vec<String> = (0..lines).map(|n| format!("host-{n}[.]example")).collect();
        json!({ "type": "submit", "inject": "call", "answers": { "iocs": { "indicators": lines } } })
    };
    let by_rest = post(&place, "commands", &json!({ "key": "a", "act": submit(MANY) })).await;
    assert_eq!((by_rest.status, by_rest.json()["code"].clone()), (422, json!("bad_answer")));
    assert!(by_rest.json()["detail"].as_str().unwrap().contains("iocs"), "{}", by_rest.json());
    let mut client = Client::enter(&place).await;
    let frame = json!({ "type": "command", "key": "b", "act": submit(MANY) });
    client.try_say(Message::text(frame.to_string())).await;
    assert_eq!(client.closed().await, Some(1009));
    bystander.act(write_log("we go on")).await;
    let taken: Value = post(&place, "commands", &json!({ "key": "c", "act": submit(500) })).await.json();
    assert!(taken["seq"].is_i64(), "what a form takes is taken: {taken}");
}
