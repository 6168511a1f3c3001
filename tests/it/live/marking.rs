//! The marking desk on a real server: who gets which papers, and that whoever marks blind is told by no
//! frame and by no route whose an answer is.

use drillhall::{
    bot::player::Place,
    clock::Clock,
    engine::{plan::Trigger, role::Role, time::Rate},
};
use serde_json::{Value, json};

use super::{
    client::{Client, get, post},
    drill::{inject, plan, release, start, submit},
    fixture::{Hall, Server},
};

const RED: &str = "canary-red-7q";
const BLUE: &str = "canary-blue-7q";

struct Desk {
    hall: Hall,
    lead: Place,
    evaluator: Place,
    _data: tempfile::TempDir,
}

/// Two teams have answered one inject.
async fn answered() -> Desk {
    let data = tempfile::tempdir().unwrap();
    let server = Server::start(data.path()).await;
    let injects = vec![inject("call", Trigger::Manual), inject("later", Trigger::Manual)];
    let mut hall = Hall::open(server, plan(injects), Vec::new(), Rate::REAL, &[RED, BLUE]).await;
    let lead = hall.seat(Role::LeadEvaluator, None, "Lead").await;
    let evaluator = hall.seat(Role::Evaluator, None, "Eva").await;
    hall.director.act(start()).await;
    hall.director.act(release("call")).await;
    for (team, words) in [(RED, "We unplug it"), (BLUE, "We phone the bank")] {
        let mut player = Client::enter(&hall.player(team).await).await;
        player.act(submit("call", words)).await;
    }
    Desk { hall, lead, evaluator, _data: data }
}

async fn desk(place: &Place, query: &str) -> Value {
    let answer = get(place, &format!("marking?{query}")).await;
    assert_eq!(answer.status, 200);
    answer.json()
}

/// Hands over a command by REST.
async fn ask(place: &Place, key: &str, act: Value) -> (u16, Value) {
    let answer = post(place, "commands", &json!({ "key": key, "act": act })).await;
    (answer.status, answer.json())
}

fn mark(team: &str, level: u8) -> Value {
    json!({ "type": "mark", "team": team, "inject": "call", "levels": { "answer": level }, "feedback": null })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_evaluator_reads_the_answers_and_marks_them() {
    let Desk { hall, lead, evaluator, _data } = answered().await;
    let told = desk(&evaluator, "language=en").await;
    assert_eq!((&told["policy"], &told["blind"], &told["may_mark"]), (&json!("small"), &json!(false), &json!(true)));
    assert_eq!(
        told["progress"][0],
        json!({ "inject": "call", "title": "call", "papers": 2, "marked": 0, "waiting": 2 })
    );
    let question = &told["questions"][0];
    assert_eq!(question["criteria"][0]["criterion"], "answer", "without a rubric the field itself is one");
    let paper = &told["papers"][0];
    assert!(["We unplug it", "We phone the bank"].contains(&paper["answers"][0]["words"].as_str().unwrap()));
    assert_eq!((&paper["waiting"], &paper["mine"], &paper["lead"]), (&json!(true), &Value::Null, &Value::Null));

    let team = paper["team"].as_str().unwrap();
    assert_eq!(ask(&evaluator, "m1", mark(team, 3)).await.0, 200);
    let told = desk(&evaluator, "inject=call").await;
    assert_eq!(told["progress"][0]["marked"], 1);
    assert_eq!(told["papers"][0]["mine"]["levels"]["answer"], 3);
    assert!(desk(&evaluator, "inject=later").await["papers"].as_array().unwrap().is_empty());
    assert!(desk(&evaluator, "papers=false").await["questions"].as_array().unwrap().is_empty());

    // Whoever runs the marking sees what everybody gave; others do not get in.
    let told = desk(&lead, "inject=call").await;
    let paper = told["papers"].as_array().unwrap().iter().find(|paper| paper["team"] == team).unwrap();
    assert_eq!(paper["lead"]["standing"], "done");
    assert_eq!(paper["lead"]["marks"].as_object().unwrap().len(), 1);
    assert_eq!(paper["waiting"], false, "it has all the marks that it needs");
    let board = get(&lead, "judging").await.json();
    assert_eq!(board["open"].as_array().unwrap().len(), 1);
    assert_eq!(board["injects"][0]["done"], 1);
    let marked: u64 =
        board["evaluators"].as_array().unwrap().iter().filter_map(|one| one["marked"]["call"].as_u64()).sum();
    assert_eq!(marked, 1);
    assert_eq!(get(&hall.control, "judging").await.status, 200);
    assert_eq!(get(&hall.control, "marking").await.json()["may_mark"], false);
    let outsiders = [
        hall.player(RED).await,
        hall.seat(Role::Facilitator, None, "Fay").await,
        hall.seat(Role::Observer, None, "Wall").await,
        hall.seat(Role::Planner, None, "Pia").await,
    ];
    for place in &outsiders {
        assert_eq!(get(place, "marking").await.status, 403);
    }
    for place in outsiders.iter().chain([&evaluator]) {
        assert_eq!(get(place, "judging").await.status, 403);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_marks_at_home_or_what_is_not_assigned() {
    let Desk { mut hall, evaluator, _data, .. } = answered().await;
    let person = get(&evaluator, "seat").await.json()["person"].clone();
    let assign = |injects: Value, home: Value| json!({ "type": "assign_marking", "person": person, "injects": injects, "languages": null, "home": home });
    hall.director.act(assign(Value::Null, json!(BLUE))).await;
    let told = desk(&evaluator, "").await;
    let teams: Vec<&str> =
        told["papers"].as_array().unwrap().iter().map(|paper| paper["team"].as_str().unwrap()).collect();
    assert_eq!(teams, [RED]);
    hall.director.act(assign(json!(["later"]), Value::Null)).await;
    let told = desk(&evaluator, "").await;
    assert!(told["papers"].as_array().unwrap().is_empty());
    assert_eq!(told["progress"].as_array().unwrap().len(), 1, "only what is assigned is on the desk");
    let (status, refused) = ask(&evaluator, "k", mark(RED, 3)).await;
    assert_eq!((status, &refused["code"]), (422, &json!("not_assigned")), "{refused}");
    hall.director.act(assign(Value::Null, json!(BLUE))).await;
    let (status, refused) = ask(&evaluator, "k", mark(BLUE, 3)).await;
    assert_eq!((status, &refused["code"]), (422, &json!("own_organisation")), "{refused}");
    assert_eq!(ask(&evaluator, "k", mark(RED, 3)).await.0, 200);
}

/// Each of so many marks changes a score; a board is told at most four times a second, and last of all the
/// last of them.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_marks_in_a_second_reach_a_board_as_a_few_scores() {
    const MARKS: usize = 60;
    let Desk { hall, evaluator, _data, .. } = answered().await;
    let mut board = Client::enter(&hall.control).await;
    let begun = Clock::system().now();
    for n in 1..MARKS {
        assert_eq!(ask(&evaluator, &format!("k{n}"), mark(RED, if n % 2 == 0 { 4 } else { 3 })).await.0, 200);
    }
    let mut last = mark(RED, 0);
    last["feedback"] = json!("Nobody could act on this.");
    assert_eq!(ask(&evaluator, "last", last).await.0, 200);
    let is_score = |frame: &Value| frame["type"] == "value" && frame["key"] == format!("score/{RED}");
    let is_last = |frame: &Value| is_score(frame) && frame.to_string().contains("\"levels\":[0]");
    board.wait_for("the last score", is_last).await;
    let most = Clock::system().now().since(begun).0 / 250 + 2;
    let told = board.heard.iter().filter(|frame| is_score(frame)).count();
    assert!(told < MARKS / 2 && told <= usize::try_from(most).unwrap(), "{told} of {MARKS} marks, at most {most}");
}

/// Everything that a seat is told by routes that read.
async fn everything(place: &Place) -> String {
    let description = get(place, "/api/v1/openapi.json").await.json();
    let mut heard = String::new();
    for (path, methods) in description["paths"].as_object().unwrap() {
        if methods.get("get").is_some() && !path.ends_with("/socket") && !path.ends_with("/events") {
            let path = path.replace("{exercise}", place.exercise.as_str());
            heard.push_str(&String::from_utf8_lossy(&get(place, &path).await.bytes));
        }
    }
    for role in ["facilitator", "evaluator", "observer", "player"] {
        for query in [format!("replay/marks?as={role}"), format!("replay?at=1&as={role}")] {
            heard.push_str(&String::from_utf8_lossy(&get(place, &query).await.bytes));
        }
    }
    for act in [json!({ "type": "end_ex" }), release("later")] {
        heard.push_str(&String::from_utf8_lossy(&post(place, "preview", &json!({ "act": act })).await.bytes));
    }
    heard
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_marks_blind_is_not_told_whose_an_answer_is() {
    let Desk { mut hall, lead, evaluator, _data } = answered().await;
    let mut before = Client::enter(&evaluator).await;
    assert!(before.heard.iter().any(|frame| frame.to_string().contains(RED)), "or this test finds nothing");
    hall.director.act(json!({ "type": "set_marking_policy", "policy": "strict" })).await;
    assert_eq!(before.closed().await, Some(1001), "whoever saw names comes back and starts afresh");

    let person = get(&evaluator, "seat").await.json()["person"].clone();
    let assign =
        json!({ "type": "assign_marking", "person": person, "injects": null, "languages": null, "home": null });
    hall.director.act(assign).await;
    let mut client = Client::open(&evaluator).await;
    let epoch = before.heard.iter().find_map(|frame| frame["epoch"].as_str()).unwrap().to_owned();
    let seq = before.heard.iter().find_map(|frame| frame["seq"].as_i64()).unwrap();
    assert_eq!(client.hello(Some(&epoch), seq).await["type"], "reset");

    let told = desk(&evaluator, "").await;
    assert_eq!(told["blind"], true);
    let papers = told["papers"].as_array().unwrap();
    assert_eq!(papers.len(), 2);
    for (n, paper) in papers.iter().enumerate() {
        let code = paper["team"].as_str().unwrap();
        assert_eq!(ask(&evaluator, &format!("b{n}"), mark(code, 4)).await.0, 200);
    }
    assert_eq!(ask(&evaluator, "b9", mark(RED, 4)).await.0, 404, "a name is of no use");
    let code = papers[0]["team"].as_str().unwrap();
    let withdraw = json!({ "type": "withdraw_mark", "team": code, "inject": "call" });
    assert_eq!(ask(&evaluator, "b10", withdraw).await.0, 200);

    // Play goes on, and words for everybody come last.
    let mut player = Client::enter(&hall.player(RED).await).await;
    player.act(submit("call", "We unplug it twice")).await;
    let last =
        json!({ "type": "send_message", "team": null, "title": { "en": "Last" }, "body": { "en": "last words" } });
    hall.director.act(last).await;
    client.wait_for("the last words", |frame| frame.to_string().contains("last words")).await;
    client.hello(None, 0).await;
    let mut heard = client.heard.iter().map(Value::to_string).collect::<String>();
    heard.push_str(&everything(&evaluator).await);
    heard.push_str(&desk(&evaluator, "inject=call").await.to_string());
    for name in [RED, BLUE] {
        let found = heard.find(name).map(|at| heard[at.saturating_sub(300)..(at + 30).min(heard.len())].to_owned());
        assert!(found.is_none(), "{name} was told: …{}…", found.unwrap_or_default());
    }
    assert!(heard.contains("We unplug it twice"), "the answers themselves are read");
    assert!(everything(&lead).await.contains(RED), "the lead evaluator knows the teams");

    // Once scores are out there is nothing left to hide.
    hall.director.act(json!({ "type": "end_ex" })).await;
    let mut releases = Client::enter(&lead).await;
    releases.act(json!({ "type": "release_scores", "unfinished": true })).await;
    let told = Client::enter(&evaluator).await;
    assert!(told.heard.iter().any(|frame| frame.to_string().contains(RED)));
}
