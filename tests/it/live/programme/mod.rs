//! A drill day over HTTP and real sockets: two exercises with their own clocks, one link for both, and who is sent
//! away from them.

mod day;
mod rights;

use drillhall::{
    clock::Clock,
    engine::id::ExerciseId,
    store::{Retention, RetentionScope},
};
use serde_json::{Value, json};

use super::{
    client::{Client, get},
    drill::{release, start, submit, write_log},
    fixture::Server,
};
use crate::postgres;
use day::{Browser, Day, SCENARIO, token, view};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_link_gives_a_person_a_place_in_each_exercise_of_the_day() {
    let data = tempfile::tempdir().unwrap();
    one_link_for_the_day(Day::open(&data).await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_link_gives_a_place_in_each_exercise_on_postgresql() {
    let data = tempfile::tempdir().unwrap();
    let Some(database) = postgres::database().await else { return };
    one_link_for_the_day(Day::on(Server::start_with(data.path(), Some(&database), Clock::system()).await).await).await;
}

async fn one_link_for_the_day(mut day: Day) {
    let [first, second] = day.exercises.clone();
    let link = day.link("player", Some("reds"), 1).await;
    let mut ana = Browser::new(&day.server);
    // Looking takes nothing, however often.
    for _look in 0..3 {
        let shown = ana.ok("POST", "/day/preview", json!({ "token": token(&link) })).await;
        assert_eq!((&shown["programme"], &shown["team_name"]), (&json!(day.id), &json!("The reds")));
        assert_eq!(shown["exercises"].as_array().unwrap().len(), 2);
    }
    let joined = ana.join(&day.id, &link, "Ana").await;
    assert_eq!((&joined["you"]["role"], &joined["you"]["team"]), (&json!("player"), &json!("reds")));
    let mut late = Browser::new(&day.server);
    let again = json!({ "token": token(&link), "name": "Ben", "language": "en" });
    assert_eq!(late.refused("POST", &day.path("/join"), again).await, "link_used_up");

    let seen = view(&mut ana, &day.id).await;
    assert_eq!(seen["exercises"][0]["exercise"], json!(first));
    assert_eq!(seen["exercises"][0]["planned_start"], json!(1_900_000_000_000_i64));
    assert_eq!(seen["exercises"][1]["stage"], json!("ready"));
    let [mut directs_first, mut directs_second] = day.directors().await;
    let (in_first, in_second) = (ana.enter(&day.id, &first).await, ana.enter(&day.id, &second).await);
    let (mut one, mut other) = (Client::enter(&in_first).await, Client::enter(&in_second).await);

    // Both run at once; an act in one is nothing in the other.
    directs_first.act(start()).await;
    directs_second.act(start()).await;
    directs_first.act(release("call")).await;
    one.wait_for_row("inject_released").await;
    one.act(submit("call", "We call back.")).await;
    directs_first.act(json!({ "type": "pause", "team": null, "reason": "Lunch" })).await;
    other.act(write_log("It goes on here.")).await;
    assert!(other.heard.iter().all(|frame| frame["kind"] != "inject_released"), "the other exercise released nothing");
    let seen = view(&mut ana, &day.id).await;
    let clocks = [&seen["exercises"][0]["clock"], &seen["exercises"][1]["clock"]];
    assert_eq!((&clocks[0]["running"], &clocks[0]["rate"]), (&json!(false), &json!(1_000)));
    assert_eq!((&clocks[1]["running"], &clocks[1]["rate"]), (&json!(true), &json!(2_000)));

    // What comes later is of the same day: an exercise, and a team in all three.
    let third = day.exercise(json!({ "yaml": SCENARIO })).await;
    let greens =
        json!({ "teams": [{ "team": "greens", "name": "The greens", "language": "en", "organisation": null }] });
    day.owner.ok("POST", &day.path("/teams"), greens).await;
    directs_second.wait_for_row("team_added").await;
    let in_third = ana.enter(&day.id, &third).await;
    assert_eq!(get(&in_third, "seat").await.json()["team"], json!("reds"));
    let mut cleo = day.person("team_lead", Some("greens"), "Cleo").await;
    for exercise in [&first, &second, &third] {
        let place = cleo.enter(&day.id, exercise).await;
        let seat = get(&place, "seat").await.json();
        assert_eq!((&seat["team"], &seat["role"]), (&json!("greens"), &json!("team_lead")));
    }
    // Entering again is the same place, with a new cookie.
    let again = ana.enter(&day.id, &first).await;
    assert_eq!(again.seat, in_first.seat);
    assert_eq!(get(&in_first, "seat").await.status, 401);
    day.server.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_programmes_teams_join_by_the_servers_own_act_and_none_joins_what_is_over() {
    let data = tempfile::tempdir().unwrap();
    let mut day = Day::open(&data).await;
    let [mut directs_first, _] = day.directors().await;
    directs_first.act(start()).await;
    directs_first.act(json!({ "type": "end_ex" })).await;
    let greens =
        json!({ "teams": [{ "team": "greens", "name": "The greens", "language": "en", "organisation": null }] });
    day.owner.ok("POST", &day.path("/teams"), greens).await;
    let teams = |exercise: &str| {
        let (live, id) = (day.server.doors.live.clone(), ExerciseId::from(exercise));
        async move {
            let exercise = live.exercise(&id).await.unwrap().unwrap();
            exercise.read(|state, _| state.teams.iter().map(|team| team.id.to_string()).collect::<Vec<_>>())
        }
    };
    assert_eq!(teams(&day.exercises[0]).await, ["reds", "blues"]);
    assert_eq!(teams(&day.exercises[1]).await, ["reds", "blues", "greens"]);
    let place = day.owner.direct(&day.exercises[0].clone()).await;
    let log = get(&place, "log").await.json();
    let added: Vec<_> = log["rows"].as_array().unwrap().iter().filter(|row| row["kind"] == "team_added").collect();
    assert_eq!((added.len(), &added[0]["actor"]), (2, &json!("system")));
    let twice = json!({ "teams": [{ "team": "reds", "name": "Others", "language": "en", "organisation": null }] });
    assert_eq!(day.owner.refused("POST", &day.path("/teams"), twice).await, "team_exists");
    day.server.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_is_sent_away_loses_seats_and_sockets_in_every_exercise() {
    let data = tempfile::tempdir().unwrap();
    let mut day = Day::open(&data).await;
    let [first, second] = day.exercises.clone();
    let mut ana = day.person("player", Some("reds"), "Ana").await;
    let (one, other) = (ana.enter(&day.id, &first).await, ana.enter(&day.id, &second).await);
    let (mut in_first, mut in_second) = (Client::enter(&one).await, Client::enter(&other).await);
    let mut ben = day.person("player", Some("reds"), "Ben").await;
    let stays = ben.enter(&day.id, &first).await;

    let people = view(&mut day.owner, &day.id).await["people"].clone();
    let person = people.as_array().unwrap().iter().find(|one| one["name"] == "Ana").unwrap()["person"].clone();
    let path = day.path(&format!("/people/{}", person.as_str().unwrap()));
    assert_eq!(ben.refused("DELETE", &path, Value::Null).await, "forbidden");
    assert_eq!(day.lead.refused("DELETE", &path, Value::Null).await, "forbidden");
    day.owner.ok("DELETE", &path, Value::Null).await;
    in_first.closed().await;
    in_second.closed().await;
    for place in [&one, &other] {
        assert_eq!(get(place, "seat").await.status, 401);
    }
    assert_eq!(ana.refused("GET", &day.path(""), Value::Null).await, "forbidden");
    assert_eq!(ana.refused("POST", &day.path(&format!("/exercises/{first}/seat")), Value::Null).await, "forbidden");
    assert_eq!(get(&stays, "seat").await.status, 200);
    // A second time changes nothing and is no fault.
    day.owner.ok("DELETE", &path, Value::Null).await;
    day.server.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whom_control_sends_out_of_one_exercise_does_not_come_back_by_the_pass() {
    let data = tempfile::tempdir().unwrap();
    let mut day = Day::open(&data).await;
    let [first, second] = day.exercises.clone();
    let mut ana = day.person("player", Some("reds"), "Ana").await;
    let place = ana.enter(&day.id, &first).await;
    let person = get(&place, "seat").await.json()["person"].clone();
    let [mut director, _] = day.directors().await;
    director.act(json!({ "type": "revoke_grant", "person": person })).await;
    assert_eq!(ana.refused("POST", &day.path(&format!("/exercises/{first}/seat")), Value::Null).await, "forbidden");
    assert_eq!(view(&mut ana, &day.id).await["exercises"][0]["role"], Value::Null);
    ana.enter(&day.id, &second).await;
    day.server.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn joining_again_with_the_same_key_takes_nothing_and_as_somebody_else_does() {
    let data = tempfile::tempdir().unwrap();
    let mut day = Day::open(&data).await;
    let link = day.link("player", Some("reds"), 2).await;
    let join = |name: &str, anew: bool| json!({ "token": token(&link), "key": format!("key-of-{name}"), "name": name, "language": "en", "anew": anew });
    let mut browser = Browser::new(&day.server);
    let ana = browser.ok("POST", &day.path("/join"), join("Ana", false)).await;
    // The answer was lost, and with it the cookie.
    browser.cookies.clear();
    let again = browser.ok("POST", &day.path("/join"), join("Ana", false)).await;
    assert_eq!(again["you"]["person"], ana["you"]["person"]);
    // In this browser Ana stays Ana, unless somebody says that it is somebody else.
    let same = browser.ok("POST", &day.path("/join"), join("Ben", false)).await;
    assert_eq!(same["you"]["name"], json!("Ana"));
    let ben = browser.ok("POST", &day.path("/join"), join("Ben", true)).await;
    assert_eq!(ben["you"]["name"], json!("Ben"));
    assert_eq!(browser.refused("POST", &day.path("/join"), join("Cy", true)).await, "link_used_up");
    let links = view(&mut day.owner, &day.id).await["links"].clone();
    assert_eq!(links[0]["uses"], json!(2));
    let path = day.path(&format!("/links/{}", links[0]["link"].as_str().unwrap()));
    day.owner.ok("DELETE", &path, Value::Null).await;
    assert_eq!(browser.refused("POST", "/day/preview", json!({ "token": token(&link) })).await, "unknown_link");
    assert_eq!(day.owner.refused("DELETE", &path, Value::Null).await, "unknown_link");
    // No secret lies in the store.
    let kept = day.server.doors.store.day_links(&day.id).await.unwrap();
    assert!(!kept[0].token_hash.contains(token(&link)) && kept[0].token_hash.len() == 64);
    day.server.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn names_of_a_day_go_with_the_last_of_its_exercises() {
    let data = tempfile::tempdir().unwrap();
    names_go(Day::open(&data).await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn names_of_a_day_go_with_the_last_of_its_exercises_on_postgresql() {
    let data = tempfile::tempdir().unwrap();
    let Some(database) = postgres::database().await else { return };
    names_go(Day::on(Server::start_with(data.path(), Some(&database), Clock::system()).await).await).await;
}

async fn names_go(mut day: Day) {
    let link = day.link("player", Some("reds"), 2).await;
    let (mut ana, mut ben) = (Browser::new(&day.server), Browser::new(&day.server));
    for (browser, name) in [(&mut ana, "Ana Canary"), (&mut ben, "Ben Canary")] {
        browser.join(&day.id, &link, name).await;
    }
    let store = day.server.doors.store.clone();
    let names = async || {
        let people = store.day_people(&day.id).await.unwrap();
        people.into_iter().map(|person| person.name).collect::<Vec<_>>()
    };
    // A name that is erased in one exercise is erased in the day that led there.
    let [first, second] = day.exercises.clone().map(ExerciseId);
    let place = ana.enter(&day.id, first.as_str()).await;
    let person = get(&place, "seat").await.json()["person"].as_str().unwrap().into();
    store.erase_day_name(&first, &person).await.unwrap();
    assert!(names().await[0].starts_with("P-"));
    let now = Clock::system().now();
    let held = Retention { days: 1, scope: RetentionScope::Names, done_at: None };
    store.note_retired(&first, &held, now).await.unwrap();
    assert_eq!(store.retire_programmes(now).await.unwrap(), 0, "one exercise of the day still keeps them");
    store.note_retired(&second, &held, now).await.unwrap();
    assert_eq!(store.retire_programmes(now).await.unwrap(), 2);
    assert!(names().await.iter().all(|name| name.starts_with("P-")));
    assert_eq!(store.retire_programmes(now).await.unwrap(), 0, "once");
}
