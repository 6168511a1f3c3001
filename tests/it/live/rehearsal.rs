//! Rehearsals on the server: for staff only, on the side, and told apart from the drill.

use drillhall::{
    bot::player::Place,
    engine::{
        plan::Trigger,
        role::Role,
        time::{Millis, Rate},
    },
    live::http::open_exercise,
    scenario::{Pack, PackFile},
};
use serde_json::Value;

use super::{
    client::get,
    drill::{inject, plan},
    fixture::{Hall, Server},
};

const NO_FILES: Vec<PackFile> = Vec::new();

async fn hall(data: &tempfile::TempDir) -> Hall {
    let server = Server::start(data.path()).await;
    let scenario = plan(vec![inject("call", Trigger::Manual), inject("mail", Trigger::At { at: Millis::minutes(5) })]);
    Hall::open(server, scenario, NO_FILES, Rate::REAL, &["reds", "blues"]).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn staff_rehearse_the_plan_with_their_own_teams_and_the_log_stays_as_it_is() {
    let data = tempfile::tempdir().unwrap();
    let hall = hall(&data).await;
    let before = get(&hall.control, "log.jsonl").await.bytes;
    let shown = get(&hall.control, "rehearsal?teams=3&runs=5&profiles=fast,silent&evaluators=3").await;
    assert_eq!(shown.status, 200);
    let shown: Value = serde_json::from_slice(&shown.bytes).unwrap();
    let teams = shown["analysis"]["teams"].as_array().unwrap();
    let names: Vec<&str> = teams.iter().map(|team| team["team"].as_str().unwrap()).collect();
    assert_eq!(names[..2], ["reds", "blues"]);
    assert_eq!(names.len(), 3);
    assert_eq!(shown["profiles"]["blues"], "silent");
    assert_eq!(shown["frequencies"]["runs"], 5);
    assert_eq!(shown["frequencies"]["injects"][1]["sent_to"], 15);
    assert_eq!(shown["analysis"]["terms"]["evaluators"], 3);
    assert_eq!(get(&hall.control, "log.jsonl").await.bytes, before);
    hall.server.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_rehearsal_would_give_the_plan_away_so_players_get_none() {
    let data = tempfile::tempdir().unwrap();
    let hall = hall(&data).await;
    let player = hall.player("reds").await;
    let observer = hall.seat(Role::Observer, None, "Guest").await;
    for place in [player, observer] {
        assert_eq!(get(&place, "rehearsal").await.status, 403);
    }
    hall.server.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_rehearsal_that_would_take_too_long_is_refused() {
    let data = tempfile::tempdir().unwrap();
    let hall = hall(&data).await;
    for query in ["runs=51", "runs=0", "teams=21", "teams=0", "profiles=lazy", "evaluators=0"] {
        let refused = get(&hall.control, &format!("rehearsal?{query}")).await;
        let body: Value = serde_json::from_slice(&refused.bytes).unwrap();
        assert_eq!((refused.status, body["code"].as_str()), (422, Some("bad_rehearsal")), "{query}: {body}");
    }
    hall.server.stop().await;
}

/// Whether the board of a place says that it is of a rehearsal.
async fn is_marked(place: &Place) -> bool {
    let board: Value = serde_json::from_slice(&get(place, "snapshot").await.bytes).unwrap();
    let cards = board["cards"].as_array().unwrap();
    cards.iter().any(|card| card["key"] == "exercise" && card["card"]["rehearsal"] == true)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_exercise_that_is_a_rehearsal_says_so_to_everybody_and_after_a_restart() {
    let data = tempfile::tempdir().unwrap();
    let server = Server::start(data.path()).await;
    let pack = Pack { plan: plan(Vec::new()), files: NO_FILES, warnings: Vec::new(), hints: Vec::new() };
    let exercise = open_exercise(&server.doors, pack, Rate::REAL, true).await.unwrap().id.clone();
    let wall = server.seat(&exercise, Role::Observer, None, "Wall").await;
    assert!(is_marked(&wall).await);
    server.stop().await;
    let server = Server::start(data.path()).await;
    let wall = server.again(&wall);
    assert!(is_marked(&wall).await);
    let summary = get(&wall, "").await;
    let summary: Value = serde_json::from_slice(&summary.bytes).unwrap();
    assert_eq!(summary["rehearsal"], true);
    server.stop().await;
}
