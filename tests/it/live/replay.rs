//! Looking back: at each instant the board is what the viewer held then, no more and no less, and
//! nobody sees through another's eyes what they were not shown themselves.

use std::collections::{BTreeMap, BTreeSet};

use drillhall::{
    bot::{cast::Cast, rehearse::rehearse},
    clock::ManualClock,
    engine::{
        event::{Event, Fact, RoleGranted},
        id::{PersonId, TeamId},
        role::Role,
        text::Language,
        time::{Millis, Rate, Timestamp},
        view::{Extras, Viewer, card::Card, frames::frames},
    },
    live::{
        replay::{
            Lens, Watch,
            marks::{MOST_MARKS, Marks},
        },
        wire::KeyedCard,
    },
    scenario,
};
use serde_json::{Value, json};

use super::{
    client::{Client, get},
    drill::{one_manual_inject, release, start, submit, write_log},
    fixture::{Hall, Server},
};

/// Every role, in every team where it is one of a team; and a person of each role.
fn viewers(events: &[Event]) -> Vec<Viewer> {
    let mut people: BTreeMap<(Role, Option<TeamId>), PersonId> = BTreeMap::new();
    let mut teams = BTreeSet::new();
    for event in events {
        if let Fact::TeamAdded { team, .. } = &event.fact {
            teams.insert(team.clone());
        }
        if let Fact::RoleGranted(RoleGranted { person, role, team, .. }) = &event.fact {
            people.insert((*role, team.clone()), person.clone());
        }
    }
    let places = Role::ALL.into_iter().flat_map(|role| {
        let of_teams = teams.iter().map(move |team| (role, Some(team.clone())));
        if role.is_in_team() { of_teams.collect() } else { vec![(role, None)] }
    });
    let somebody = |place: &(Role, Option<TeamId>)| people.get(place).cloned().unwrap_or_else(|| PersonId::from(""));
    let viewer = |place: (Role, Option<TeamId>)| {
        let person = somebody(&place);
        Viewer { person, role: place.0, team: place.1, blind: false, extras: Extras::default() }
    };
    places.map(viewer).collect()
}

fn put(board: &mut BTreeMap<String, Card>, cards: Vec<KeyedCard>) {
    for KeyedCard { key, card } in cards {
        board.remove(&key);
        board.extend(card.map(|card| (key, card)));
    }
}

/// What frames up to each row leave with a viewer, told in the plainest way.
fn held(viewer: &Viewer, rows: &[(i64, Event)], language: &Language) -> Vec<BTreeMap<String, Card>> {
    let mut board = BTreeMap::new();
    rows.iter()
        .map(|(seq, event)| {
            let shown = frames(*seq, event, language).into_iter();
            let mine = shown.filter(|frame| frame.to.iter().any(|audience| viewer.is_in(audience)));
            put(&mut board, mine.map(|frame| KeyedCard { key: frame.key, card: frame.card }).collect());
            board.clone()
        })
        .collect()
}

fn rehearsed(teams: usize) -> Vec<(i64, Event)> {
    let plan = scenario::load_shipped("zephyrine").unwrap_or_else(|wrong| panic!("{wrong}")).plan;
    let events = rehearse(&plan, &scenario::plan_hash(&plan), &Cast::invented(&plan, teams, &[]), 7).unwrap().events;
    (1..).zip(events).collect()
}

#[test]
fn at_each_instant_every_role_sees_the_fold_of_its_frames_and_changes_lead_there_from_any_other() {
    let (rows, language) = (rehearsed(2), Language::from("fr"));
    let events: Vec<Event> = rows.iter().map(|(_, event)| event.clone()).collect();
    let everybody = viewers(&events);
    assert!(everybody.len() >= 8 + 2 * 3, "{everybody:?}");
    for (turn, viewer) in everybody.iter().enumerate() {
        let held = held(viewer, &rows, &language);
        let mut mine: (Option<i64>, BTreeMap<String, Card>) = (None, BTreeMap::new());
        // Forwards and backwards through the log, by steps that differ from viewer to viewer.
        let steps = 23 + turn;
        for step in 0..steps {
            let position = (step * 7 % steps) * (rows.len() - 1) / (steps - 1);
            let at = rows[position].1.at;
            let last = rows.partition_point(|(_, event)| event.at <= at) - 1;
            let lens = Lens { viewer: viewer.clone(), asker: viewer.clone(), language: language.clone() };
            let mut watch = Watch::new(lens, at, mine.0);
            assert!(rows.iter().any(|(seq, event)| watch.take(*seq, event).is_break()) || last + 1 >= position);
            let seen = watch.finish(&BTreeMap::new()).unwrap();
            assert_eq!((seen.seq, seen.since), (rows[last].0, mine.0), "{viewer:?} at {at:?}");
            put(&mut mine.1, seen.cards);
            assert_eq!(mine.1, held[last], "{viewer:?} at {at:?}");
            let next = (last + 1..rows.len()).find(|&row| held[row] != held[row - 1]);
            assert!(seen.next_at <= next.map(|row| rows[row].1.at) || next.is_none(), "{viewer:?} at {at:?}");
            mine.0 = Some(seen.seq);
        }
        assert_eq!(mine.1.is_empty(), viewer.role == Role::Reviewer, "{viewer:?}");
    }
}

#[test]
fn through_the_eyes_of_a_colleague_nobody_sees_what_was_not_theirs() {
    let (rows, language) = (rehearsed(2), Language::from("en"));
    let events: Vec<Event> = rows.iter().map(|(_, event)| event.clone()).collect();
    let teams: Vec<Viewer> = viewers(&events).into_iter().filter(|viewer| viewer.team.is_some()).collect();
    for (asker, viewer) in teams.iter().flat_map(|asker| teams.iter().map(move |viewer| (asker, viewer))) {
        let lens = Lens { viewer: viewer.clone(), asker: asker.clone(), language: language.clone() };
        let shown = rows.iter().flat_map(|(seq, event)| lens.frames(*seq, event));
        for frame in shown {
            for eyes in [asker, viewer] {
                assert!(frame.to.iter().any(|audience| eyes.is_in(audience)), "{asker:?} as {viewer:?}: {frame:?}");
            }
        }
    }
}

#[test]
fn marks_stand_where_the_viewer_was_shown_something() {
    let (rows, language) = (rehearsed(2), Language::from("en"));
    let events: Vec<Event> = rows.iter().map(|(_, event)| event.clone()).collect();
    for viewer in viewers(&events) {
        let lens = Lens { viewer: viewer.clone(), asker: viewer.clone(), language: language.clone() };
        let mut gathered = Marks::new(lens.clone());
        for (seq, event) in &rows {
            assert!(gathered.take(*seq, event).is_continue());
        }
        let (first_at, marks, left_out) = gathered.finish();
        assert_eq!(first_at, Some(rows[0].1.at));
        assert_eq!(left_out, 0);
        assert!(marks.is_sorted_by_key(|mark| (mark.at, mark.seq)));
        for mark in &marks {
            let row = rows.iter().find(|(seq, _)| *seq == mark.seq).unwrap();
            assert!(!lens.frames(row.0, &row.1).is_empty(), "{viewer:?} {mark:?}");
            let named = mark.kind != "inject_released" || viewer.team.is_none() || mark.title.is_some();
            assert!(named, "{mark:?}");
        }
        assert_eq!(marks.is_empty(), viewer.role == Role::Reviewer, "{viewer:?}");
    }
}

#[test]
fn of_a_long_log_the_seldom_marks_stay_and_the_frequent_are_thinned() {
    let rows = rehearsed(20);
    let facilitator = Viewer {
        person: PersonId::from(""),
        role: Role::Facilitator,
        team: None,
        blind: false,
        extras: Extras::default(),
    };
    let lens = Lens { viewer: facilitator.clone(), asker: facilitator, language: Language::from("en") };
    let mut gathered = Marks::new(lens);
    for (seq, event) in &rows {
        assert!(gathered.take(*seq, event).is_continue());
    }
    let (_, marks, left_out) = gathered.finish();
    let quiet = ["inject_delivered", "inject_opened", "receipts_noted", "role_granted", "role_revoked"];
    let all = rows.iter().filter(|(_, event)| !quiet.contains(&event.fact.kind())).count();
    assert!((MOST_MARKS / 2..=MOST_MARKS).contains(&marks.len()), "{}", marks.len());
    assert_eq!(u64::try_from(all - marks.len()).unwrap(), left_out);
    for kind in ["exercise_started", "phase_began", "inject_released", "exercise_ended"] {
        let there = rows.iter().filter(|(_, event)| event.fact.kind() == kind).count();
        assert_eq!(marks.iter().filter(|mark| mark.kind == kind).count(), there, "{kind}");
    }
    assert!(marks.is_sorted_by_key(|mark| mark.seq));
}

const NOON: Timestamp = Timestamp(1_800_000_000_000);
const MINUTE: Millis = Millis::minutes(1);

/// A drill with two teams, a minute between any two things, and whoever saw it from the reds.
struct Played {
    hall: Hall,
    red: Client,
    place: drillhall::bot::player::Place,
    created: i64,
    started: i64,
    released: i64,
    answered: i64,
    ended: i64,
    time: ManualClock,
}

async fn played(data: &tempfile::TempDir) -> Played {
    let time = ManualClock::starting_at(NOON);
    let server = Server::start_with(data.path(), None, time.clock()).await;
    let mut hall = Hall::open(server, one_manual_inject(), Vec::new(), Rate::REAL, &["reds", "blues"]).await;
    let place = hall.player("reds").await;
    let mut red = Client::enter(&place).await;
    let blue = hall.player("blues").await;
    let mut blue = Client::enter(&blue).await;
    let created = time.clock().now().0;
    let next = || {
        time.advance(MINUTE);
        time.clock().now().0
    };
    let started = next();
    hall.director.act(start()).await;
    let released = next();
    hall.director.act(release("call")).await;
    next();
    hall.director.act(json!({ "type": "pause", "team": "reds", "reason": "a break for the reds" })).await;
    next();
    blue.act(submit("call", "the answer of the blues")).await;
    let answered = next();
    red.act(submit("call", "the answer of the reds")).await;
    red.act(write_log("noted by the reds")).await;
    next();
    hall.director.act(json!({ "type": "resume", "team": "reds" })).await;
    let ended = next();
    hall.director.act(json!({ "type": "end_ex" })).await;
    red.wait_for_row("exercise_ended").await;
    Played { hall, red, place, created, started, released, answered, ended, time }
}

fn keys(answer: &Value, kind: &str) -> Vec<String> {
    let cards = answer["cards"].as_array().unwrap().iter().filter(|card| card["card"]["card"] == kind);
    cards.map(|card| card["key"].as_str().unwrap().to_owned()).collect()
}

fn clock<'a>(answer: &'a Value, key: &str) -> &'a Value {
    let found = answer["values"].as_array().unwrap().iter().find(|value| value["key"] == key);
    &found.unwrap_or_else(|| panic!("there is no {key} in {answer}"))["value"]
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_player_sees_again_what_the_socket_told_then() {
    let data = tempfile::tempdir().unwrap();
    let Played { hall, red, place, created, started, released, answered, ended, .. } = played(&data).await;
    let at = async |at: i64| get(&place, &format!("replay?at={at}")).await.json();
    let quiet = at(created).await;
    assert!(keys(&quiet, "started").is_empty() && clock(&quiet, "clock/reds")["stage"] == "ready");
    let begun = at(started).await;
    assert_eq!((keys(&begun, "started").len(), keys(&begun, "inject").len()), (1, 0), "nothing has come yet");
    assert_eq!(begun["next_at"], released);
    assert_eq!(begun["span"]["started_at"], started);
    assert_eq!(begun["span"]["ended_at"], ended);
    assert_eq!(keys(&at(released - 1).await, "inject"), [""; 0]);
    assert_eq!(keys(&at(released).await, "inject"), ["inject/call"]);
    assert_eq!(clock(&at(released).await, "clock/reds")["active"], MINUTE.0);
    let paused = at(answered).await;
    assert_eq!((keys(&paused, "response").len(), keys(&paused, "entry").len()), (1, 1));
    assert_eq!(clock(&paused, "clock/reds")["running"], false);
    assert_eq!(clock(&paused, "clock/reds")["active"], 2 * MINUTE.0, "the reds stood still");
    assert_eq!(clock(&paused, "clock")["active"], 4 * MINUTE.0, "the others did not");

    // The board that the browser of that player had, row by row.
    let mut board: BTreeMap<String, Value> = BTreeMap::new();
    let told: Vec<&Value> = red.heard.iter().filter(|frame| frame["cards"].is_array()).collect();
    for (index, frame) in told.iter().enumerate() {
        for card in frame["cards"].as_array().unwrap() {
            let key = card["key"].as_str().unwrap().to_owned();
            board.remove(&key);
            if !card["card"].is_null() {
                board.insert(key, card["card"].clone());
            }
        }
        let instant = frame["at"].as_i64().unwrap_or(created);
        if told.get(index + 1).is_some_and(|next| next["at"].as_i64() == Some(instant)) {
            continue;
        }
        let seen = at(instant).await;
        let cards = seen["cards"].as_array().unwrap().iter();
        let again: BTreeMap<_, _> =
            cards.map(|card| (card["key"].as_str().unwrap().to_owned(), card["card"].clone())).collect();
        assert_eq!(again, board, "after {frame}");
    }
    assert!(board.len() > 6, "{board:?}");
    hall.server.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn staff_look_through_any_eyes_and_teams_only_through_their_own_after_the_end() {
    let data = tempfile::tempdir().unwrap();
    let Played { mut hall, place, released, answered, ended, time, .. } = played(&data).await;
    let head = get(&hall.control, "").await.json()["head_seq"].clone();
    let blue = get(&hall.control, &format!("replay?at={ended}&as=player&team=blues")).await.json();
    assert!(blue.to_string().contains("the answer of the blues") && !blue.to_string().contains("of the reds"));
    assert_eq!(blue["viewer"], json!({ "role": "player", "team": "blues", "person": null, "language": "en" }));
    let wall = get(&hall.control, &format!("replay?at={ended}&as=observer")).await.json();
    assert!(!wall.to_string().contains("the answer of"), "{wall}");
    let own = get(&hall.control, &format!("replay?at={released}")).await.json();
    assert_eq!((keys(&own, "plan").len(), keys(&own, "released").len()), (1, 2));
    let later = get(&hall.control, &format!("replay?at={answered}&held={}", own["seq"])).await.json();
    assert_eq!((later["since"].clone(), keys(&later, "plan").len()), (own["seq"].clone(), 0), "only what is new");
    assert_eq!(keys(&later, "response").len(), 2);
    let person = place.clone();
    let who = get(&person, "seat").await.json()["person"].as_str().unwrap().to_owned();
    let red = get(&hall.control, &format!("replay?at={ended}&person={who}")).await.json();
    assert_eq!((&red["viewer"]["role"], &red["viewer"]["person"]), (&json!("player"), &json!(who)));
    let lead = get(&place, &format!("replay?at={ended}&as=team_lead")).await.json();
    assert_eq!(lead["viewer"]["team"], "reds");
    let marks = get(&hall.control, "replay/marks?as=player&team=reds").await.json();
    let kinds: Vec<_> = marks["marks"].as_array().unwrap().iter().map(|mark| mark["kind"].as_str().unwrap()).collect();
    assert_eq!(
        kinds[kinds.iter().position(|kind| *kind == "exercise_started").unwrap()..],
        [
            "exercise_started",
            "inject_released",
            "paused",
            "response_submitted",
            "log_written",
            "resumed",
            "exercise_ended"
        ]
    );
    assert_eq!(get(&hall.control, "").await.json()["head_seq"], head, "looking back writes nothing");

    let part = hall.director.heard.iter().flat_map(|frame| frame["cards"].as_array().into_iter().flatten());
    let mut parts = part.filter_map(|card| card["card"]["answers"]["answer"]["text"]["part"].as_str());
    let part = parts.next().unwrap().to_owned();
    time.advance(MINUTE);
    hall.director.ask("erase", &json!({ "type": "erase_part", "part": part, "reason": "asked to" })).await;
    let blue = get(&hall.control, &format!("replay?at={ended}&as=player&team=blues")).await.json();
    assert!(!blue.to_string().contains("the answer of the blues"), "what is erased is gone from the past too");
    hall.server.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_cannot_be_looked_at_is_refused_with_a_stable_code() {
    let data = tempfile::tempdir().unwrap();
    let Played { hall, place, created, ended, time, .. } = played(&data).await;
    let lead = hall.seat(Role::TeamLead, Some("reds"), "Lead").await;
    let observer = hall.seat(Role::Observer, None, "Wall").await;
    let reviewer = hall.seat(Role::Reviewer, None, "Reviewer").await;
    let director = &hall.control;
    let ahead = time.clock().now().0 + 1;
    let good = |query: &str| format!("at={ended}&{query}");
    for (who, query, status, code) in [
        (director, String::new(), 422, "bad_at"),
        (director, "at=noon".to_owned(), 422, "bad_at"),
        (director, "at=99999999999999999999".to_owned(), 422, "bad_at"),
        (director, format!("at={}", created - 1), 422, "bad_at"),
        (director, format!("at={}", i64::MIN), 422, "bad_at"),
        (director, format!("at={ahead}"), 422, "bad_at"),
        (director, good("as=king"), 422, "unknown_role"),
        (director, good("as=player"), 422, "team_mismatch"),
        (director, good("team=reds"), 422, "team_mismatch"),
        (director, good("as=observer&team=reds"), 422, "team_mismatch"),
        (director, good("as=player&team=greens"), 404, "unknown_team"),
        (director, good("person=nobody"), 404, "unknown_person"),
        (director, good("held=x"), 400, "bad_query"),
        (&place, good("as=king"), 422, "unknown_role"),
        (&place, good("team=blues"), 403, "forbidden"),
        (&place, good("team=greens"), 403, "forbidden"),
        (&place, good("as=player&team=blues"), 403, "forbidden"),
        (&place, good("as=exercise_director"), 403, "forbidden"),
        (&place, good("as=observer"), 403, "forbidden"),
        (&place, good("person=somebody"), 403, "forbidden"),
        (&lead, good("as=facilitator"), 403, "forbidden"),
        (&observer, good("as=player&team=reds"), 403, "forbidden"),
        (&observer, good("as=role_player"), 403, "forbidden"),
        (&reviewer, good(""), 403, "forbidden"),
    ] {
        let answer = get(who, &format!("replay?{query}")).await;
        assert_eq!((answer.status, answer.json()["code"].as_str()), (status, Some(code)), "{query}");
    }
    for query in ["as=player", "as=team_lead", "as=team_moderator", ""] {
        assert_eq!(get(&lead, &format!("replay?{}", good(query))).await.status, 200, "{query}");
    }
    assert_eq!(get(&observer, &format!("replay?at={ended}")).await.status, 200);
    assert_eq!(get(&reviewer, "replay/marks").await.status, 403);
    hall.server.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn while_play_goes_on_only_staff_look_back() {
    let data = tempfile::tempdir().unwrap();
    let server = Server::start(data.path()).await;
    let mut hall = Hall::open(server, one_manual_inject(), Vec::new(), Rate::REAL, &["reds"]).await;
    hall.director.act(start()).await;
    let player = hall.player("reds").await;
    for path in ["replay?at=1", "replay/marks"] {
        let early = get(&player, path).await;
        assert_eq!((early.status, early.json()["code"].as_str()), (409, Some("wrong_stage")), "{path}");
    }
    let marks = get(&hall.control, "replay/marks").await.json();
    let now = get(&hall.control, &format!("replay?at={}", marks["span"]["last_at"])).await.json();
    assert_eq!(now["seq"], get(&hall.control, "").await.json()["head_seq"], "up to the present");
    hall.server.stop().await;
}
