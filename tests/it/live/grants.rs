//! A grant that changes is told on the open socket at once: the board is made anew, or the line is closed.

use drillhall::{
    account::{LinkTerms, PlatformRole},
    bot::player::Place,
    engine::{
        role::Role,
        time::{Millis, Rate},
    },
};
use reqwest::header::{COOKIE, ORIGIN};
use serde_json::{Value, json};

use super::{
    client::{Client, get},
    drill::{one_manual_inject, start, write_log},
    fixture::{Hall, Server},
    staff,
};

/// Sockets are told within a second of the act.
const AT_ONCE: Millis = Millis::seconds(1);

async fn hall(data: &std::path::Path) -> Hall {
    let server = Server::start(data).await;
    let mut hall = Hall::open(server, one_manual_inject(), Vec::new(), Rate::REAL, &["reds"]).await;
    hall.director.act(start()).await;
    hall
}

async fn who(place: &Place) -> String {
    get(place, "seat").await.json()["person"].as_str().unwrap().to_owned()
}

/// Gives a grant, and measures how long it takes until the person's socket is closed.
async fn told(hall: &mut Hall, client: &mut Client, act: Value) -> (Option<u16>, Millis) {
    hall.director.act(act).await;
    let since = hall.server.doors.clock.now();
    (client.closed().await, hall.server.doors.clock.now().since(since))
}

fn has(reset: &Value, key: &str) -> bool {
    reset["cards"].as_array().unwrap().iter().any(|card| card["key"] == key)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn another_role_makes_the_board_anew_within_a_second() {
    let data = tempfile::tempdir().unwrap();
    let mut hall = hall(data.path()).await;
    let place = hall.seat(Role::Observer, None, "Ona").await;
    let mut client = Client::open(&place).await;
    let before = client.hello(None, 0).await;
    assert!(!has(&before, "plan"));
    let act =
        json!({ "type": "grant_role", "person": who(&place).await, "role": "observer", "sights": ["ground_truth"] });
    let (code, after) = told(&mut hall, &mut client, act).await;
    assert_eq!(code, Some(1001), "come back");
    assert!(after < AT_ONCE, "{after:?}");
    let mut client = Client::open(&place).await;
    let renewed = client.hello(before["epoch"].as_str(), before["seq"].as_i64().unwrap()).await;
    assert_eq!(renewed["type"], "reset", "another grant is another epoch");
    assert!(has(&renewed, "plan"));
    let act = json!({ "type": "grant_role", "person": who(&place).await, "role": "evaluator" });
    assert_eq!(told(&mut hall, &mut client, act).await.0, Some(1001));
    let mut client = Client::open(&place).await;
    assert_eq!(client.hello(None, 0).await["reader"]["role"], "evaluator");
    hall.server.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_given_for_a_while_ends_on_the_socket_by_itself() {
    let data = tempfile::tempdir().unwrap();
    let mut hall = hall(data.path()).await;
    let place = hall.seat(Role::Observer, None, "Ona").await;
    let until = hall.server.doors.clock.now().0 + 1_500;
    let person = who(&place).await;
    let act = json!({ "type": "grant_role", "person": person, "role": "observer", "sights": ["ground_truth"], "until": until });
    hall.director.act(act).await;
    let mut client = Client::open(&place).await;
    assert!(has(&client.hello(None, 0).await, "plan"));
    assert_eq!(client.closed().await, Some(1001));
    let late = hall.server.doors.clock.now().0 - until;
    assert!(late < 1_000, "{late} ms after it ended");
    let mut client = Client::open(&place).await;
    assert!(!has(&client.hello(None, 0).await, "plan"));
    let granted = hall.director.wait_for_row("role_granted").await;
    assert_eq!(granted["kind"], "role_granted", "and the log says so");
    hall.server.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_member_whom_the_lead_removes_is_out_at_once_and_the_words_stay() {
    let data = tempfile::tempdir().unwrap();
    let hall = hall(data.path()).await;
    let (lead, player) = (hall.seat(Role::TeamLead, Some("reds"), "Lena").await, hall.player("reds").await);
    let (mut leads, mut plays) = (Client::enter(&lead).await, Client::enter(&player).await);
    plays.act(write_log("seen at the door")).await;
    let person = who(&player).await;
    leads.act(json!({ "type": "remove_member", "person": person })).await;
    let since = hall.server.doors.clock.now();
    assert_eq!(plays.closed().await, Some(4003), "not to come back");
    assert!(hall.server.doors.clock.now().since(since) < AT_ONCE);
    assert_eq!(get(&player, "seat").await.status, 403, "the seat is worth nothing");
    let board = get(&lead, "snapshot").await.json().to_string();
    assert!(board.contains("seen at the door"));
    hall.server.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_team_is_handed_over_and_both_start_afresh() {
    let data = tempfile::tempdir().unwrap();
    let hall = hall(data.path()).await;
    let (lead, player) = (hall.seat(Role::TeamLead, Some("reds"), "Lena").await, hall.player("reds").await);
    let (mut leads, mut plays) = (Client::enter(&lead).await, Client::enter(&player).await);
    leads.send_command("hand", &json!({ "type": "hand_over_lead", "person": who(&player).await })).await;
    assert_eq!((leads.closed().await, plays.closed().await), (Some(1001), Some(1001)));
    for (place, role) in [(&lead, "player"), (&player, "team_lead")] {
        let mut client = Client::open(place).await;
        assert_eq!(client.hello(None, 0).await["reader"]["role"], role);
    }
    hall.server.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn control_reads_who_of_the_staff_is_connected() {
    let data = tempfile::tempdir().unwrap();
    let mut hall = hall(data.path()).await;
    let place = hall.seat(Role::Evaluator, None, "Eva").await;
    let person = who(&place).await;
    let _client = Client::enter(&place).await;
    let online = |frame: &Value| {
        let people = frame["value"]["online"].as_array();
        frame["key"] == "staff" && people.is_some_and(|people| people.contains(&json!(person)))
    };
    hall.director.wait_for("the evaluator among the staff", online).await;
    hall.server.stop().await;
}

/// Redeems a new link for a role while an account is signed in; returns the status.
async fn join_as(hall: &Hall, session: &str, role: Role, team: Option<&str>) -> u16 {
    let (team, label) = (team.map(Into::into), String::new());
    let terms = LinkTerms { role, team, label, max_uses: None, expires_at: None };
    let (_, token) = hall.server.doors.accounts.mint_link(&hall.exercise, terms).await.unwrap();
    let join = json!({ "token": token, "name": "Ana", "language": "en", "organisation": "Isla Norte" });
    let base = &hall.server.base;
    let request = reqwest::Client::new().post(format!("{base}/api/v1/join")).json(&join);
    request.header(ORIGIN, base).header(COOKIE, session).send().await.unwrap().status().as_u16()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_account_that_is_in_the_exercise_takes_no_second_role_by_another_link() {
    let data = tempfile::tempdir().unwrap();
    let hall = hall(data.path()).await;
    let accounts = &hall.server.doors.accounts;
    accounts.create("ana", PlatformRole::Account, staff::PASSWORD.as_bytes()).await.unwrap();
    let session = staff::Staff::enrol(&hall.server.base, "ana").await.session;
    assert_eq!(join_as(&hall, &session, Role::Player, Some("reds")).await, 201);
    for (role, team) in [(Role::Evaluator, None), (Role::Facilitator, None), (Role::TeamModerator, Some("reds"))] {
        assert_eq!(join_as(&hall, &session, role, team).await, 409, "{role:?}");
    }
    assert_eq!(join_as(&hall, &session, Role::Observer, None).await, 201, "everybody may watch the wall");
    assert_eq!(join_as(&hall, "none=1", Role::Evaluator, None).await, 201, "of somebody else nothing is known");
    hall.server.stop().await;
}
