//! Drafts on the server: shared by a team, seen by nobody else, and never in the log.

use drillhall::{
    bot::player::Place,
    engine::{plan::Trigger, role::Role, time::Rate},
};
use reqwest::Method;
use serde_json::{Value, json};

use super::{
    client::{Answer, ask, get},
    drill::{inject, plan, release, start},
    fixture::{Hall, Server},
};

async fn hall(data: &std::path::Path) -> Hall {
    let server = Server::start(data).await;
    let scenario = plan(vec![inject("call", Trigger::Manual), inject("later", Trigger::Manual)]);
    let mut hall = Hall::open(server, scenario, Vec::new(), Rate::REAL, &["reds", "blues"]).await;
    hall.director.act(start()).await;
    hall.director.act(release("call")).await;
    hall
}

async fn put(place: &Place, inject: &str, body: &Value) -> Answer {
    ask(place, Method::PUT, &format!("drafts/{inject}"), body.to_string().into_bytes()).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_team_goes_on_where_one_of_it_stopped() {
    let data = tempfile::tempdir().unwrap();
    let hall = hall(data.path()).await;
    let ada = hall.seat(Role::TeamLead, Some("reds"), "Ada").await;
    let bo = hall.seat(Role::Player, Some("reds"), "Bo").await;
    let none = get(&ada, "drafts/call").await.json();
    assert_eq!((&none["version"], &none["answers"]), (&json!(0), &Value::Null));
    let first =
        put(&ada, "call", &json!({ "answers": { "answer": { "text": "canary-draft" } }, "base": 0 })).await.json();
    assert_eq!((&first["version"], &first["overwrote"]), (&json!(1), &Value::Null));
    let seen = get(&bo, "drafts/call").await.json();
    assert_eq!((&seen["version"], &seen["name"]), (&json!(1), &json!("Ada")));
    assert_eq!(seen["answers"], json!({ "answer": { "text": "canary-draft" } }));
    let second = put(&bo, "call", &json!({ "answers": { "answer": {} }, "base": 1 })).await.json();
    assert_eq!((&second["version"], &second["overwrote"]), (&json!(2), &Value::Null));
    let third = put(&ada, "call", &json!({ "answers": { "mine": true }, "base": 1 })).await.json();
    assert_eq!(third["version"], 3, "the last write wins");
    assert_eq!(
        (&third["overwrote"]["name"], &third["overwrote"]["version"]),
        (&json!("Bo"), &json!(2)),
        "and says over whom"
    );
    assert_eq!(ask(&ada, Method::DELETE, "drafts/call", Vec::new()).await.status, 204);
    let gone = get(&bo, "drafts/call").await.json();
    assert_eq!((&gone["version"], &gone["answers"], &gone["name"]), (&json!(4), &Value::Null, &json!("Ada")));
    let log = get(&hall.control, "log.jsonl").await;
    assert_eq!(log.status, 200);
    assert!(!String::from_utf8_lossy(&log.bytes).contains("canary-draft"), "a draft is never in the log");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_else_has_a_way_to_it() {
    let data = tempfile::tempdir().unwrap();
    let hall = hall(data.path()).await;
    let ada = hall.player("reds").await;
    put(&ada, "call", &json!({ "answers": { "secret": 1 } })).await;
    let other = get(&hall.player("blues").await, "drafts/call").await;
    assert_eq!(other.json()["version"], 0, "another team has its own");
    let trainer = hall.seat(Role::TeamModerator, Some("reds"), "Trainer").await;
    for outsider in [&hall.control, &trainer, &hall.seat(Role::Observer, None, "Wall").await] {
        for method in [Method::GET, Method::PUT, Method::DELETE] {
            let answer = ask(outsider, method.clone(), "drafts/call", br#"{"answers":{}}"#.to_vec()).await;
            assert_eq!(answer.status, 403, "{method}");
        }
    }
    let early = get(&ada, "drafts/later").await;
    let unknown = get(&ada, "drafts/none").await;
    assert_eq!((early.status, unknown.status), (404, 404), "what was not received does not exist");
    assert_eq!(early.json()["code"], "unknown_inject");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_no_draft_is_refused() {
    let data = tempfile::tempdir().unwrap();
    let hall = hall(data.path()).await;
    let ada = hall.player("reds").await;
    for (body, status) in [
        (json!({ "answers": [] }), 400),
        (json!({ "answers": "text" }), 400),
        (json!({}), 400),
        (json!({ "answers": {}, "other": 1 }), 400),
        (json!({ "answers": { "a": "x".repeat(65_000) } }), 200),
        (json!({ "answers": { "a": "x".repeat(66_000) } }), 413),
        (json!({ "answers": { "a": "x".repeat(2_000_000) } }), 413),
    ] {
        assert_eq!(put(&ada, "call", &body).await.status, status, "{:.60}", body.to_string());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_base_that_no_draft_ever_had_is_one_that_was_overtaken() {
    let data = tempfile::tempdir().unwrap();
    let hall = hall(data.path()).await;
    let ada = hall.seat(Role::TeamLead, Some("reds"), "Ada").await;
    for (version, base) in [(1, i64::MAX), (2, i64::MIN)] {
        let written = put(&ada, "call", &json!({ "answers": {}, "base": base })).await;
        assert_eq!((written.status, &written.json()["version"]), (200, &json!(version)));
        assert!(written.json()["overwrote"].is_object(), "{base}");
    }
}
