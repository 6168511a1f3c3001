//! What organiser, leads and people may see and do of a day, and what they may not.

use drillhall::engine::{
    id::{ExerciseId, PersonId},
    role::Role,
    text::Language,
};
use serde_json::{Value, json};

use super::{
    super::{
        client::{Client, get},
        drill::{release, start, submit},
    },
    day::{Browser, Day, SCENARIO, token, view},
};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn organising_a_day_opens_no_exercise_that_others_direct() {
    let data = tempfile::tempdir().unwrap();
    let mut day = Day::open(&data).await;
    let [first, second] = day.exercises.clone();
    let seen = view(&mut day.owner, &day.id).await;
    assert_eq!(seen["exercises"][1]["lead"], json!("lead"));
    assert_eq!(
        (&seen["exercises"][0]["directs"], &seen["exercises"][1]["directs"]),
        (&json!("exercise_director"), &Value::Null)
    );
    assert!(!seen.to_string().contains("intern"), "ground truth is in the page of the day");
    let inside =
        ["", "/seat", "/log", "/log.jsonl", "/snapshot", "/score", "/report", "/replay?at=0", "/links", "/marking"];
    for (browser, exercise) in [(&mut day.owner, &second), (&mut day.lead, &first)] {
        for path in inside {
            let path = format!("/exercises/{exercise}{path}");
            assert_eq!(browser.refused("GET", &path, Value::Null).await, "forbidden", "{path}");
        }
        assert_eq!(browser.refused("POST", &format!("/exercises/{exercise}/seats"), Value::Null).await, "forbidden");
    }
    // Nor by a link: what opens ground truth is made by who directs the exercise, and not for a whole day.
    let links = day.path("/links");
    for (role, exercises, code) in [
        ("facilitator", json!([second]), "forbidden"),
        ("exercise_director", json!([first, second]), "forbidden"),
        ("observer", json!([]), "bad_programme"),
        ("observer", json!(["elsewhere"]), "unknown_exercise"),
        ("facilitator", Value::Null, "not_for_the_day"),
        ("evaluator", Value::Null, "not_for_the_day"),
        ("planner", Value::Null, "not_for_the_day"),
        ("team_moderator", Value::Null, "not_for_the_day"),
    ] {
        let wanted = json!({ "role": role, "exercises": exercises });
        assert_eq!(day.owner.refused("POST", &links, wanted).await, code, "{role} {exercises}");
    }
    // Who leads one exercise sees no link, person or right of the day.
    let seen = view(&mut day.lead, &day.id).await;
    assert_eq!((&seen["people"], &seen["links"], &seen["organises"]), (&json!([]), &json!([]), &json!(false)));
    for (path, body) in [
        ("/teams", json!({ "teams": [{ "team": "x", "name": "X", "language": "en", "organisation": null }] })),
        (
            "/organisations",
            json!({ "organisations": [{ "organisation": "x", "name": "X", "country": null, "kind": "other" }] }),
        ),
        ("/exercises", json!({ "yaml": SCENARIO })),
        ("/links", json!({ "role": "player", "team": "reds" })),
        ("/links", json!({ "role": "observer", "exercises": [first] })),
    ] {
        assert_eq!(day.lead.refused("POST", &day.path(path), body).await, "forbidden", "{path}");
    }
    let moved = json!({ "position": 9, "planned_start": null });
    assert_eq!(day.lead.refused("PUT", &day.path(&format!("/exercises/{first}")), moved.clone()).await, "forbidden");
    day.lead.ok("PUT", &day.path(&format!("/exercises/{second}")), moved).await;
    day.server.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_has_no_part_in_a_day_does_not_learn_that_there_is_one() {
    let data = tempfile::tempdir().unwrap();
    let mut day = Day::open(&data).await;
    let mut stranger = Browser::signed_in(&day.server, "stranger").await;
    let mut nobody = Browser::new(&day.server);
    assert_eq!(stranger.ok("GET", "/programmes", Value::Null).await, json!([]));
    for path in ["", "/scorecards", "/report", "/report.html", "/report.csv"] {
        for browser in [&mut stranger, &mut nobody] {
            let there = browser.ask("GET", &day.path(path), Value::Null).await.json();
            let not_there = browser.ask("GET", &format!("/programmes/none{path}"), Value::Null).await.json();
            assert_eq!((&there["code"], &there["detail"]), (&not_there["code"], &not_there["detail"]));
            assert_eq!(there["code"], json!("forbidden"));
        }
    }
    // A pass is for its day: another one takes it for nothing.
    let mut ana = day.person("player", Some("reds"), "Ana").await;
    let other = day.owner.ok("POST", "/programmes", json!({ "title": "Another day" })).await;
    let other = other["programme"].as_str().unwrap();
    let secret = ana.cookies[&format!("dh_pass_{}", day.id)].clone();
    ana.cookies.insert(format!("dh_pass_{other}"), secret);
    assert_eq!(ana.refused("GET", &format!("/programmes/{other}"), Value::Null).await, "forbidden");
    // Nor does a link of one day open another.
    let link = day.link("player", Some("reds"), 1).await;
    let join = json!({ "token": token(&link), "name": "Ben", "language": "en" });
    assert_eq!(nobody.refused("POST", &format!("/programmes/{other}/join"), join).await, "unknown_link");
    day.server.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_player_of_one_exercise_may_mark_in_another_and_nobody_is_both_in_one() {
    let data = tempfile::tempdir().unwrap();
    let mut day = Day::open(&data).await;
    let [first, second] = day.exercises.clone();
    let marks = day.staff_link("evaluator").await;
    let mut ana = day.person("player", Some("reds"), "Ana").await;
    ana.join(&day.id, &marks, "Ana").await;
    let roles = |seen: Value| [seen["exercises"][0]["role"].clone(), seen["exercises"][1]["role"].clone()];
    assert_eq!(roles(view(&mut ana, &day.id).await), ["player", "evaluator"]);
    let (plays, judges) = (ana.enter(&day.id, &first).await, ana.enter(&day.id, &second).await);
    assert_eq!(get(&plays, "seat").await.json()["role"], json!("player"));
    assert_eq!(get(&judges, "seat").await.json()["role"], json!("evaluator"));
    assert_eq!(get(&plays, "log").await.status, 403);
    assert_eq!(get(&judges, "log").await.status, 200);

    // Where she plays already she becomes nothing else; the link keeps its use.
    let mut ben = day.person("player", Some("blues"), "Ben").await;
    ben.enter(&day.id, &second).await;
    let marks = day.staff_link("facilitator").await;
    let join = json!({ "token": token(&marks), "name": "Ben", "language": "en" });
    assert_eq!(ben.refused("POST", &day.path("/join"), join).await, "role_taken");
    let links = view(&mut day.lead, &day.id).await["links"].clone();
    assert_eq!(links.as_array().unwrap().last().unwrap()["uses"], json!(0));
    // The engine refuses it, too, whoever asks.
    let exercise = day.server.doors.live.exercise(&ExerciseId::from(second.as_str())).await.unwrap().unwrap();
    let person = exercise.read(|state, _| {
        let is_ben = |(_, grant): &(&PersonId, &_)| -> bool {
            let grant: &drillhall::engine::state::Grant = grant;
            grant.team.as_ref().is_some_and(|team| team.as_str() == "blues")
        };
        state.grants.iter().find(is_ben).map(|(person, _)| person.clone()).unwrap()
    });
    let refused =
        exercise.seat_as(&person, (Role::Facilitator, None), "Ben", &Language::from("en"), None).await.unwrap_err();
    assert!(refused.to_string().contains("role"), "{refused}");
    // Nor does whoever leads it by an account come in as a player in the same browser.
    let link = day.link("player", Some("reds"), 1).await;
    day.lead.join(&day.id.clone(), &link, "The lead").await;
    let enter = day.path(&format!("/exercises/{second}/seat"));
    assert_eq!(day.lead.refused("POST", &enter, Value::Null).await, "role_taken");
    let session = day.lead.cookies.remove("dh_session").unwrap();
    assert_eq!(
        day.lead.refused("POST", &enter, Value::Null).await,
        "role_taken",
        "signing out does not change who one is"
    );
    day.lead.enter(&day.id, &first).await;
    day.lead.cookies.insert("dh_session".to_owned(), session);
    day.server.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn scorecards_and_reports_of_a_day_are_as_far_as_each_exercise_is_ones_own_to_see() {
    let data = tempfile::tempdir().unwrap();
    let mut day = Day::open(&data).await;
    let [first, second] = day.exercises.clone();
    let mut ana = day.person("player", Some("reds"), "Ana").await;
    let mut directors = day.directors().await;
    for (director, exercise) in directors.iter_mut().zip([&first, &second]) {
        let place = ana.enter(&day.id, exercise).await;
        director.act(start()).await;
        director.act(release("call")).await;
        Client::enter(&place).await.act(submit("call", "What the red ones said")).await;
        director.act(json!({ "type": "end_ex" })).await;
    }
    // Nothing is released: a person reads nothing, the owner the own exercise and of the other that it ended.
    assert_eq!(ana.ok("GET", &day.path("/scorecards"), Value::Null).await, json!([]));
    for version in ["staff", "team&team=reds", "team&team=blues", "community", "public"] {
        let path = day.path(&format!("/report?for={version}"));
        assert_eq!(ana.refused("GET", &path, Value::Null).await, "forbidden", "{version}");
    }
    let report = day.owner.ok("GET", &day.path("/report"), Value::Null).await;
    assert_eq!(
        (&report["version"]["for"], &report["marking"]),
        (&json!("staff"), &json!("EXERCISE EXERCISE EXERCISE"))
    );
    assert_eq!(
        (&report["exercises"][0]["withheld"], &report["exercises"][1]["withheld"]),
        (&json!(false), &json!(true))
    );
    assert_eq!((&report["exercises"][1]["stage"], &report["exercises"][1]["teams"]), (&json!("ended"), &Value::Null));
    let reds = &report["teams"][0];
    assert_eq!((&reds["name"], &reds["organisation"]), (&json!("The reds"), &json!("CIRT of Meridian")));
    assert_eq!(reds["exercises"].as_array().unwrap().len(), 1);
    assert_eq!(reds["exercises"][0]["exercise"], json!(first));
    let of_lead = day.lead.ok("GET", &day.path("/scorecards"), Value::Null).await;
    assert_eq!(of_lead[0]["exercises"][0]["exercise"], json!(second));

    // Two people release the team's version in the first exercise; then she reads that, and of that team only.
    let lead = day.server.seat(&ExerciseId::from(first.as_str()), Role::LeadEvaluator, None, "Second person").await;
    let mut lead = Client::enter(&lead).await;
    directors[0].act(json!({ "type": "propose_release", "version": "team", "teams": ["reds"] })).await;
    let card = lead.wait_for("a proposal", |frame| frame["kind"] == json!("report_proposed")).await;
    lead.act(json!({ "type": "approve_release", "item": card["cards"][0]["card"]["item"] })).await;
    let own = ana.ok("GET", &day.path("/scorecards"), Value::Null).await;
    assert_eq!((own.as_array().unwrap().len(), &own[0]["team"]), (1, &json!("reds")));
    assert_eq!(own[0]["exercises"].as_array().unwrap().len(), 1);
    let report = ana.ok("GET", &day.path("/report"), Value::Null).await;
    assert_eq!((&report["version"], &report["draft"]), (&json!({ "for": "team", "team": "reds" }), &json!(false)));
    assert!(!report.to_string().contains("blues"), "{report}");
    assert_eq!(ana.refused("GET", &day.path("/report?for=team&team=blues"), Value::Null).await, "forbidden");
    let mut ben = day.person("player", Some("blues"), "Ben").await;
    assert_eq!(ben.ok("GET", &day.path("/scorecards"), Value::Null).await, json!([]));

    let page = day.owner.ask("GET", &day.path("/report.html?language=ar"), Value::Null).await;
    assert_eq!(page.header("content-security-policy"), "default-src 'none'; style-src 'unsafe-inline'; sandbox");
    assert!(String::from_utf8_lossy(&page.bytes).contains("EXERCISE EXERCISE EXERCISE"));
    let table = day.owner.ask("GET", &day.path("/report.csv?table=exercises"), Value::Null).await;
    assert!(table.header("content-disposition").contains("EXERCISE"));
    assert!(String::from_utf8_lossy(&table.bytes).contains(&second));
    assert_eq!(day.owner.refused("GET", &day.path("/report.csv?table=none"), Value::Null).await, "unknown_table");
    assert_eq!(
        day.owner.refused("GET", &day.path("/report?for=brief&team=reds"), Value::Null).await,
        "unknown_version"
    );
    assert_eq!(day.owner.refused("GET", &day.path("/report?for=team&team=none"), Value::Null).await, "unknown_team");

    // What was done to the day is noted, and who did it.
    let (rows, _) = day.server.doors.accounts.audit().rows().await.unwrap();
    let kinds: Vec<&str> = rows.iter().map(|row| row.row.kind.as_str()).collect();
    for kind in [
        "programme_created",
        "programme_organisations_added",
        "programme_teams_added",
        "programme_exercise_added",
        "programme_link_minted",
        "programme_exported",
    ] {
        assert!(kinds.contains(&kind), "{kind} in {kinds:?}");
    }
    day.server.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_does_not_fit_a_day_is_refused_whole() {
    let data = tempfile::tempdir().unwrap();
    let mut day = Day::open(&data).await;
    let team = |id: &str, organisation: Value| json!({ "team": id, "name": "N", "language": "en", "organisation": organisation });
    for (path, body, code) in [
        ("/teams", json!({ "teams": [] }), "bad_programme"),
        ("/teams", json!({ "teams": [team("fine", Value::Null), team("Not fine", Value::Null)] }), "bad_programme"),
        ("/teams", json!({ "teams": [team("fine", Value::Null), team("fine", Value::Null)] }), "team_exists"),
        ("/teams", json!({ "teams": [team("fine", json!("nowhere"))] }), "unknown_organisation"),
        (
            "/organisations",
            json!({ "organisations": [{ "organisation": "cirt", "name": "N", "country": null, "kind": "other" }] }),
            "organisation_exists",
        ),
        (
            "/organisations",
            json!({ "organisations": [{ "organisation": "x", "name": "N", "country": "Trinidad", "kind": "other" }] }),
            "bad_programme",
        ),
        ("/exercises", json!({ "yaml": SCENARIO, "lead": "nobody" }), "unknown_account"),
        ("/exercises", json!({ "yaml": "format: 1" }), "bad_scenario"),
        ("/exercises", json!({}), "one_scenario"),
        ("/links", json!({ "role": "player" }), "team_mismatch"),
        ("/links", json!({ "role": "player", "team": "purples" }), "unknown_team"),
        ("/links", json!({ "role": "observer", "organisation": "nowhere" }), "unknown_organisation"),
        ("/links", json!({ "role": "observer", "max_uses": 0 }), "bad_link"),
    ] {
        assert_eq!(day.owner.refused("POST", &day.path(path), body.clone()).await, code, "{path} {body}");
    }
    let seen = view(&mut day.owner, &day.id).await;
    assert_eq!((seen["teams"].as_array().unwrap().len(), seen["exercises"].as_array().unwrap().len()), (2, 2));
    assert_eq!(day.owner.refused("POST", "/programmes", json!({ "title": " " })).await, "bad_programme");
    let person = day.path("/people/none");
    assert_eq!(day.owner.refused("DELETE", &person, Value::Null).await, "unknown_person");
    let mut nobody = Browser::new(&day.server);
    assert_eq!(nobody.refused("POST", "/programmes", json!({ "title": "A day" })).await, "unauthorized");
    day.server.stop().await;
}
