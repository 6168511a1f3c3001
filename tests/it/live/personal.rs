//! What is kept of people: everybody sees their own, names and texts go when they must, and the log stays whole.

use drillhall::{
    clock::ManualClock,
    engine::{
        role::Role,
        time::{Millis, Rate, Timestamp},
    },
    live::personal::Privacy,
    store::{RetentionScope, chain, record::stream_of},
};
use serde_json::json;

use super::{
    client::{Client, ask, get, post},
    drill::{one_manual_inject, release, start, submit},
    fixture::{Hall, Server},
};

const WORDS: &str = "The canary sang at the desk of Ada";

/// Two teams have answered, and play is over.
async fn over(server: Server) -> (Hall, drillhall::bot::player::Place, drillhall::bot::player::Place) {
    let mut hall = Hall::open(server, one_manual_inject(), Vec::new(), Rate::REAL, &["reds", "blues"]).await;
    let red = hall.seat(Role::TeamLead, Some("reds"), "Ada Canary").await;
    let blue = hall.seat(Role::TeamLead, Some("blues"), "Bo Finch").await;
    hall.director.act(start()).await;
    hall.director.act(release("call")).await;
    Client::enter(&red).await.act(submit("call", WORDS)).await;
    Client::enter(&blue).await.act(submit("call", "Words of the blue ones")).await;
    hall.director.act(json!({ "type": "end_ex" })).await;
    (hall, red, blue)
}

async fn whole_log(hall: &Hall) -> String {
    let rows = hall.server.doors.store.read_whole_log(&stream_of(&hall.exercise)).await.unwrap();
    chain::verify(&rows).unwrap();
    format!("{rows:?}")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn everybody_may_have_what_is_kept_of_them_and_of_nobody_else() {
    let data = tempfile::tempdir().unwrap();
    let (_hall, red, blue) = over(Server::start(data.path()).await).await;
    let own = get(&red, "mine").await;
    assert!(own.header("content-disposition").contains("EXERCISE-my-data.json"));
    let own = own.json();
    assert_eq!((&own["name"], &own["role"], &own["team"]), (&json!("Ada Canary"), &json!("team_lead"), &json!("reds")));
    assert_eq!(own["marking"], "EXERCISE EXERCISE EXERCISE");
    assert!(own["agreed_at"].is_i64(), "joined at the door: {own}");
    let kinds: Vec<_> = own["acts"].as_array().unwrap().iter().map(|act| act["kind"].as_str().unwrap()).collect();
    assert!(kinds.contains(&"response_submitted"), "{kinds:?}");
    assert!(own.to_string().contains(WORDS) && !own.to_string().contains("blue"), "{own}");
    assert!(!get(&blue, "mine").await.json().to_string().contains("canary"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_name_goes_when_its_owner_asks_once_play_is_over() {
    let data = tempfile::tempdir().unwrap();
    let server = Server::start(data.path()).await;
    let mut hall = Hall::open(server, one_manual_inject(), Vec::new(), Rate::REAL, &["reds"]).await;
    let red = hall.seat(Role::TeamLead, Some("reds"), "Ada Canary").await;
    let early = ask(&red, reqwest::Method::DELETE, "mine/name", Vec::new()).await;
    assert_eq!((early.status, early.json()["code"].clone()), (409, json!("wrong_stage")));
    hall.director.act(start()).await;
    hall.director.act(json!({ "type": "end_ex" })).await;
    assert_eq!(ask(&red, reqwest::Method::DELETE, "mine/name", Vec::new()).await.status, 204);
    let kept = get(&red, "mine").await.json();
    assert!(kept["name"].as_str().unwrap().starts_with("P-"), "{kept}");
    let board = get(&hall.control, "snapshot").await.json().to_string();
    assert!(!board.contains("Ada") && board.contains(kept["name"].as_str().unwrap()), "{board}");
    let audited = hall.server.doors.accounts.audit().entries(0, 100).await.unwrap();
    assert_eq!(audited.last().unwrap().kind, "person_erased");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_director_erases_what_somebody_wrote_and_the_chain_stays_whole() {
    let data = tempfile::tempdir().unwrap();
    let (hall, red, blue) = over(Server::start(data.path()).await).await;
    let person = get(&red, "seat").await.json()["person"].as_str().unwrap().to_owned();
    let path = format!("people/{person}/erasure");
    let wanted = json!({ "texts": true, "reason": "asked to" });
    assert_eq!(post(&blue, &path, &wanted).await.status, 403);
    assert_eq!(
        post(&hall.control, &path, &json!({ "texts": true, "reason": " " })).await.json()["code"],
        "reason_needed"
    );
    assert_eq!(post(&hall.control, "people/nobody/erasure", &wanted).await.json()["code"], "unknown_person");
    let erased = post(&hall.control, &path, &wanted).await;
    assert_eq!((erased.status, erased.json()), (200, json!({ "texts": 1, "files": 0 })));
    let log = whole_log(&hall).await;
    assert!(!log.contains("canary") && log.contains("Words of the blue ones"));
    assert!(log.contains("part_erased"));
    let report = get(&hall.control, "report").await.json().to_string();
    assert!(!report.contains("canary") && !report.contains("Ada"), "{report}");
    assert_eq!(post(&hall.control, &path, &wanted).await.json(), json!({ "texts": 0, "files": 0 }));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_kept_long_enough_goes_by_itself() {
    const DAY: Millis = Millis::minutes(24 * 60);
    let data = tempfile::tempdir().unwrap();
    let time = ManualClock::starting_at(Timestamp(1_795_000_000_000));
    let server = Server::start_with(data.path(), None, time.clock()).await;
    let (hall, red, _) = over(server).await;
    let doors = &hall.server.doors;
    let privacy = Privacy { contact: None, days: 30 };
    let set = ask(&hall.control, reqwest::Method::PUT, "retention", br#"{"days":7,"scope":"texts"}"#.to_vec()).await;
    assert_eq!((set.status, &set.json()["days"], &set.json()["scope"]), (200, &json!(7), &json!("texts")));
    assert_eq!(set.json()["goes_at"], json!(time.clock().now().plus(Millis(7 * DAY.0)).0));
    let audit = doors.accounts.audit();
    time.advance(Millis(7 * DAY.0 - 1));
    assert_eq!(doors.live.retire_due(&privacy, audit).await.unwrap(), 0);
    assert!(whole_log(&hall).await.contains("canary"));
    time.advance(Millis(1));
    assert_eq!(doors.live.retire_due(&privacy, audit).await.unwrap(), 1);
    assert_eq!(doors.live.retire_due(&privacy, audit).await.unwrap(), 0, "once");
    assert!(!whole_log(&hall).await.contains("canary"));
    let people = doors.store.people(&hall.exercise).await.unwrap();
    assert!(people.iter().all(|person| person.name.starts_with("P-")), "{people:?}");
    assert_eq!(get(&red, "mine").await.status, 401, "seats have gone, too");
    let held = doors.store.retention(&hall.exercise).await.unwrap().unwrap();
    assert_eq!((held.scope, held.done_at), (RetentionScope::Texts, Some(time.clock().now())));
    assert_eq!(audit.entries(0, 100).await.unwrap().last().unwrap().kind, "exercise_retired");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn only_the_director_says_how_long_and_within_bounds() {
    let data = tempfile::tempdir().unwrap();
    let (hall, red, _) = over(Server::start(data.path()).await).await;
    let put = |body: &'static [u8]| ask(&hall.control, reqwest::Method::PUT, "retention", body.to_vec());
    for body in [br#"{"days":0,"scope":"names"}"#.as_slice(), br#"{"days":3661,"scope":"names"}"#] {
        assert_eq!(put(body).await.json()["code"], "bad_retention");
    }
    let by_player = ask(&red, reqwest::Method::PUT, "retention", br#"{"days":7,"scope":"names"}"#.to_vec()).await;
    assert_eq!(by_player.status, 403);
    let kept = get(&red, "retention").await.json();
    assert_eq!((&kept["days"], &kept["scope"]), (&json!(365), &json!("names")));
}
