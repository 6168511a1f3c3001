//! A real tabletop kit, imported and conducted to its end by three teams over real sockets.

use std::path::PathBuf;

use drillhall::{
    bot::player,
    engine::{
        command::{Act, AnswerInput},
        role::Role,
        time::{Millis, Rate},
        view::card::{FieldKindCard, InjectCard},
    },
    scenario::{MAIN_FILE, load_from, markdown::import_markdown},
};
use serde_json::{Value, json};
use tokio::task::JoinSet;

use super::{
    client::get,
    drill::start,
    fixture::{Hall, Server},
};

const TEAMS: [&str; 3] = ["reds", "blues", "greens"];
/// 90 minutes of play in nine seconds.
const RATE: Rate = Rate(600_000);

/// Every question of an inject answered a minute after it came.
fn acts(card: &InjectCard, team: &str) -> Vec<(Millis, Act)> {
    let inject = || card.inject.clone();
    let fields = card.form.iter().flat_map(|form| &form.fields);
    let texts = fields.filter(|field| matches!(field.kind, FieldKindCard::LongText { .. }));
    let answers = texts.map(|field| (field.id.clone(), AnswerInput::Text(format!("{team} on: {}", field.label))));
    let submit = Act::Submit { inject: inject(), answers: answers.collect(), composed_at: None };
    vec![(Millis::seconds(20), Act::NoteOpened { inject: inject() }), (Millis::minutes(1), submit)]
}

fn cards(heard: &[Value], kind: &str) -> usize {
    let cards = heard.iter().filter_map(|frame| frame["cards"].as_array()).flatten();
    cards.filter(|card| card["card"]["card"] == kind).count()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_real_kit_is_conducted_to_its_end_and_reported() {
    let beside = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/examples");
    let examples = std::env::var_os("DRILLHALL_EXAMPLES").map_or(beside, PathBuf::from);
    let path = examples.join("medcaribe-ttx-kit/scenario-1-bec.md");
    let Ok(kit) = std::fs::read_to_string(&path) else {
        println!("SKIPPED: {} is not there, so no real kit was conducted", path.display());
        return;
    };
    let pack = load_from(&import_markdown(&kit).files, MAIN_FILE).unwrap();
    let plan = pack.plan.clone();
    let data = tempfile::tempdir().unwrap();
    let server = Server::start(data.path()).await;
    let mut hall = Hall::open(server, pack.plan, pack.files, RATE, &TEAMS).await;
    let mut people = JoinSet::new();
    for team in TEAMS {
        let place = hall.seat(Role::TeamLead, Some(team), team).await;
        people.spawn(async move { player::play(&place, "en", RATE, |card| acts(card, team)).await });
    }
    hall.director.act(start()).await;
    let all = plan.injects.len() * TEAMS.len();
    while cards(&hall.director.heard, "response") < all {
        hall.director.wait_for_row("response_submitted").await;
    }
    assert_eq!(cards(&hall.director.heard, "released"), all, "every inject to every team");
    hall.director.act(json!({ "type": "end_ex" })).await;
    for played in people.join_all().await {
        played.unwrap();
    }

    let report = get(&hall.control, "report").await.json();
    let head = get(&hall.control, "").await.json();
    assert_eq!((&report["head_seq"], &report["head_hash"]), (&head["head_seq"], &head["head_hash"]));
    assert!(report["ended_at"].is_i64());
    assert_eq!(report["teams"].as_array().unwrap().len(), TEAMS.len());
    for team in report["teams"].as_array().unwrap() {
        let lines = team["injects"].as_array().unwrap();
        assert_eq!((lines.len(), &team["received"]), (plan.injects.len(), &json!(plan.injects.len())), "{team}");
        assert_eq!(team["answered"], team["asked"], "{team}");
    }
    let page = String::from_utf8(get(&hall.control, "report.html").await.bytes).unwrap();
    assert!(page.contains("EXERCISE") && page.contains(head["head_hash"].as_str().unwrap()));
    assert!(plan.duration > Millis::minutes(60));
}
