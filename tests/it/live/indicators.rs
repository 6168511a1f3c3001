//! Indicators over the wire: what they are understood as, while they are typed, once they are sent and where they
//! are marked; and a list that no frame can hold.

use drillhall::{
    bot::player::Place,
    engine::{
        id::FieldId,
        plan::{Field, FieldKind, Trigger},
        role::Role,
        text::Text,
        time::Rate,
    },
};
use serde_json::{Value, json};

use super::{
    client::{Answer, Client, get, post},
    drill::{inject, plan, release, start},
    fixture::{Hall, Server},
};

/// One inject that asks for a text, which people mark, and for indicators.
async fn hall(data: &tempfile::TempDir) -> Hall {
    let server = Server::start(data.path()).await;
    let mut call = inject("call", Trigger::Manual);
    let fields = &mut call.content.form.as_mut().unwrap().fields;
    let indicators = Field {
        id: FieldId::from("iocs"),
        label: Text::new("en", "Indicators"),
        kind: FieldKind::Indicators { max_lines: 500 },
        required: false,
        ..fields[0].clone()
    };
    fields.push(indicators);
    let mut hall = Hall::open(server, plan(vec![call]), Vec::new(), Rate::REAL, &["reds"]).await;
    hall.director.act(start()).await;
    hall.director.act(release("call")).await;
    hall
}

fn submit(lines: &[String]) -> Value {
    let answers = json!({ "answer": { "text": "We block them" }, "iocs": { "indicators": lines } });
    json!({ "type": "submit", "inject": "call", "answers": answers })
}

async fn read(place: &Place, text: &str) -> Answer {
    post(place, "indicators", &json!({ "text": text })).await
}

fn evil() -> Value {
    json!({
        "kinds": { "url": 1, "other": 1 },
        "shown": [{ "kind": "url", "value": "http://evil.example" }, { "kind": "other", "value": "a hunch" }],
        "more": 0,
    })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_types_is_told_what_is_understood() {
    let data = tempfile::tempdir().unwrap();
    let hall = hall(&data).await;
    let ada = hall.player("reds").await;
    for place in [&ada, &hall.control] {
        let told = read(place, "hxxp://evil[.]example\n\na hunch").await;
        assert_eq!((told.status, told.json()), (200, evil()));
    }
    assert_eq!(read(&ada, &"x".repeat(65_000)).await.status, 200);
    let refused = read(&ada, &"x".repeat(66_000)).await;
    assert_eq!((refused.status, refused.json()["code"].clone()), (413, json!("too_large")));
    assert_eq!(post(&ada, "indicators", &json!({})).await.status, 400);
    let stranger = Place { cookie: String::new(), ..ada };
    assert_eq!(read(&stranger, "192.0.2.7").await.status, 401);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_answer_and_the_paper_made_of_it_say_what_was_understood() {
    let data = tempfile::tempdir().unwrap();
    let mut hall = hall(&data).await;
    let judge = hall.seat(Role::LeadEvaluator, None, "Lead").await;
    let mut player = Client::enter(&hall.player("reds").await).await;
    player.act(submit(&["hxxp://evil[.]example".to_owned(), "a hunch".to_owned()])).await;
    let row = hall.director.wait_for("the answer", |frame| frame["cards"][0]["card"]["card"] == "response").await;
    assert_eq!(row["cards"][0]["card"]["answers"]["iocs"]["recognised"], evil());
    let desk = get(&judge, "marking").await.json();
    let lines = desk["papers"][0]["answers"].as_array().unwrap();
    let line = |field: &str| lines.iter().find(|line| line["field"] == field).unwrap();
    assert_eq!(line("iocs")["recognised"], evil());
    assert_eq!(line("answer")["recognised"], Value::Null);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_list_that_no_frame_can_hold_comes_by_the_other_door_once() {
    let data = tempfile::tempdir().unwrap();
    let mut hall = hall(&data).await;
    let place = hall.player("reds").await;
    let longest: Vec<String> = (0..500).map(|n| format!("hxxp://evil[.]example/{n:0>470}")).collect();
    let body = json!({ "key": "a", "act": submit(&longest) });
    assert!(body.to_string().len() > 3 * 64 * 1024);
    let first = post(&place, "commands", &body).await;
    assert_eq!(first.status, 200, "{}", first.json());
    let again = post(&place, "commands", &body).await;
    assert_eq!((again.status, again.json()), (200, first.json()), "the same key gets the first answer");
    let row = hall.director.wait_for("the answer", |frame| frame["cards"][0]["card"]["card"] == "response").await;
    let card = &row["cards"][0]["card"];
    assert_eq!((&card["revision"], &card["answers"]["iocs"]["recognised"]["kinds"]["url"]), (&json!(1), &json!(500)));
}
