//! The door: codes that move seats, links by the list, limits that shut no hall out, and the go/no-go list.

use std::time::Duration;

use drillhall::{
    bot::player::Place,
    engine::{
        id::{ExerciseId, TeamId},
        plan::Trigger,
        role::Role,
        time::{Rate, Timestamp},
    },
    id::token_hash,
    store::{JoinLink, SeatCode},
};
use reqwest::{Method, header::ORIGIN};
use serde_json::{Value, json};
use tokio::task::JoinSet;

use super::{
    client::{Answer, Client, ask, get, post},
    drill::{inject, plan, release, start},
    fixture::{Hall, Server},
};

async fn hall(data: &std::path::Path) -> Hall {
    let server = Server::start(data).await;
    let scenario = plan(vec![inject("call", Trigger::Manual)]);
    Hall::open(server, scenario, Vec::new(), Rate::REAL, &["reds", "blues"]).await
}

/// A request of somebody without a seat.
async fn knock(base: &str, path: &str, body: &Value) -> (u16, Value, reqwest::header::HeaderMap) {
    let request = reqwest::Client::new().post(format!("{base}/api/v1/{path}")).header(ORIGIN, base).json(body);
    let answer = request.send().await.unwrap();
    let (status, headers) = (answer.status().as_u16(), answer.headers().clone());
    (status, answer.json().await.unwrap_or_default(), headers)
}

async fn enter(base: &str, code: &str, key: &str) -> Result<(Place, Value), (u16, String)> {
    let (status, body, headers) = knock(base, "join/code", &json!({ "code": code, "key": key })).await;
    if status != 201 {
        return Err((status, body["code"].as_str().unwrap_or_default().to_owned()));
    }
    let cookie = headers["set-cookie"].to_str().unwrap().split(';').next().unwrap().to_owned();
    let text = |name: &str| body[name].as_str().unwrap().to_owned();
    let exercise = ExerciseId(text("exercise"));
    Ok((Place { base: base.to_owned(), exercise, seat: text("seat"), cookie }, body))
}

async fn code_for(place: &Place, person: Option<&str>) -> Answer {
    post(place, "codes", &json!({ "person": person })).await
}

async fn person_of(place: &Place) -> String {
    get(place, "seat").await.json()["person"].as_str().unwrap().to_owned()
}

fn code_of(answer: &Answer) -> String {
    assert_eq!(answer.status, 201, "{}", String::from_utf8_lossy(&answer.bytes));
    answer.json()["code"].as_str().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_seat_moves_with_its_draft_by_a_code_that_works_once() {
    let data = tempfile::tempdir().unwrap();
    let mut hall = hall(data.path()).await;
    hall.director.act(start()).await;
    hall.director.act(release("call")).await;
    let old = hall.seat(Role::TeamLead, Some("reds"), "Ada").await;
    let draft = json!({ "answers": { "answer": { "text": "half a sentence" } } });
    assert_eq!(ask(&old, Method::PUT, "drafts/call", draft.to_string().into_bytes()).await.status, 200);
    let mut line = Client::enter(&old).await;
    let code = code_of(&code_for(&old, None).await);
    assert_eq!((code.len(), &code[4..5]), (9, "-"), "two groups of four");
    // As a hurried person types it.
    let typed = format!(" {} ", code.replace('-', " ").to_lowercase().replace('0', "o").replace('1', "l"));
    let (new, seat) = enter(&hall.server.base, &typed, "k1").await.unwrap();
    assert_eq!((&seat["name"], &seat["role"], &seat["team"]), (&json!("Ada"), &json!("team_lead"), &json!("reds")));
    assert_eq!(seat["language"], "en");
    assert_eq!(get(&new, "drafts/call").await.json()["answers"], draft["answers"], "the draft is there");
    assert_eq!(line.closed().await, Some(4003), "the old line ends");
    assert_eq!(get(&old, "seat").await.status, 401, "and so does its seat");
    // The answer was lost on the way: the same key finds the same seat.
    let (again, _) = enter(&hall.server.base, &code, "k1").await.unwrap();
    assert_eq!(again.seat, new.seat);
    let used = enter(&hall.server.base, &code, "k2").await.unwrap_err();
    assert_eq!(used, (404, "unknown_code".to_owned()));
    let odd = enter(&hall.server.base, "12345", "k3").await.unwrap_err();
    assert_eq!(odd, (422, "bad_code".to_owned()));
    // Of two codes the later one counts; a camera reads its long form.
    let first = code_of(&code_for(&again, None).await);
    let second = code_for(&again, None).await;
    assert_eq!(enter(&hall.server.base, &first, "k4").await.unwrap_err().1, "unknown_code");
    let token = second.json()["path"].as_str().unwrap().strip_prefix("/join#").unwrap().to_owned();
    assert!(token.len() > 40);
    enter(&hall.server.base, &token, "k5").await.unwrap();
    let log = String::from_utf8_lossy(&get(&hall.control, "log.jsonl").await.bytes).into_owned();
    assert!(!log.contains(&code) && !log.contains(&token), "no code is in the log");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn control_gives_people_of_teams_codes_and_the_director_staff_too() {
    let data = tempfile::tempdir().unwrap();
    let hall = hall(data.path()).await;
    let player = hall.player("reds").await;
    let mate = hall.player("reds").await;
    let facilitator = hall.seat(Role::Facilitator, None, "Fay").await;
    let evaluator = hall.seat(Role::Evaluator, None, "Eve").await;
    let (player_is, evaluator_is) = (person_of(&player).await, person_of(&evaluator).await);
    let (control_is, code) = (person_of(&hall.control).await, code_for(&facilitator, Some(&player_is)).await);
    let (moved, _) = enter(&hall.server.base, &code_of(&code), "k").await.unwrap();
    assert_eq!(person_of(&moved).await, player_is);
    let status = async |by: &Place, whose: Option<&str>| code_for(by, whose).await.status;
    assert_eq!(status(&mate, Some(&player_is)).await, 403, "a player gives nobody else one");
    assert_eq!(status(&facilitator, Some(&evaluator_is)).await, 403, "nor does control reach for staff");
    assert_eq!(status(&hall.control, Some(&evaluator_is)).await, 201);
    assert_eq!(status(&facilitator, Some(&control_is)).await, 403);
    assert_eq!(status(&hall.control, None).await, 403, "a director signs in");
    assert_eq!(status(&hall.control, Some("nobody")).await, 404);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_code_is_void_when_its_time_is_over_or_its_person_was_sent_out() {
    let data = tempfile::tempdir().unwrap();
    let mut hall = hall(data.path()).await;
    let (player, other) = (hall.player("reds").await, hall.player("reds").await);
    let (person, base) = (person_of(&player).await, hall.server.base.clone());
    let old = SeatCode {
        code_hash: token_hash("01234567"),
        token_hash: token_hash("seat-old"),
        exercise: hall.exercise.clone(),
        person: person.as_str().into(),
        link: None,
        created_at: Timestamp(0),
        expires_at: Timestamp(600_000),
    };
    hall.server.doors.store.put_code(&old).await.unwrap();
    assert_eq!(enter(&base, "0123-4567", "k1").await.unwrap_err().1, "unknown_code");
    let code = code_of(&code_for(&other, None).await);
    hall.director.act(json!({ "type": "revoke_grant", "person": person_of(&other).await })).await;
    assert_eq!(enter(&base, &code, "k2").await.unwrap_err().1, "unknown_code", "whoever was sent out stays out");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn guessing_is_hopeless_and_shuts_nobody_out() {
    let data = tempfile::tempdir().unwrap();
    let hall = hall(data.path()).await;
    let (player, base) = (hall.player("reds").await, hall.server.base.clone());
    let good = code_for(&player, None).await;
    let mut last = (0, String::new());
    for n in 0..320 {
        last = enter(&base, &format!("ZZZZ{n:04}"), "k").await.unwrap_err();
        if last.0 == 429 {
            break;
        }
        assert_eq!(last, (404, "unknown_code".to_owned()));
    }
    assert_eq!(last.0, 429, "codes of an address are counted");
    // The long form of the same code is not: a camera helps out.
    let token = good.json()["path"].as_str().unwrap().strip_prefix("/join#").unwrap().to_owned();
    enter(&base, &token, "k").await.unwrap();
    let mut last = 0;
    for n in 0..200 {
        let (status, body, _) = knock(&base, "join/preview", &json!({ "token": format!("guess-{n}") })).await;
        last = status;
        if status == 429 {
            break;
        }
        assert_eq!((status, &body["code"]), (404, &json!("unknown_link")));
    }
    assert_eq!(last, 429, "links that nobody has are counted");
    hall.player("blues").await;
    assert_eq!(get(&hall.control, "links").await.status, 200, "a link that there is lets in from the same address");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_link_that_lets_nobody_in_says_why() {
    let data = tempfile::tempdir().unwrap();
    let hall = hall(data.path()).await;
    let link = |secret: &str, expires_at, revoked_at, uses| JoinLink {
        id: secret.to_owned(),
        exercise: hall.exercise.clone(),
        token_hash: token_hash(secret),
        role: Role::Player,
        team: Some(TeamId::from("reds")),
        label: String::new(),
        max_uses: 1,
        uses,
        created_at: Timestamp(0),
        expires_at: Some(expires_at),
        revoked_at,
    };
    let (past, ahead) = (Timestamp(1), Timestamp(i64::MAX));
    let links = [
        (link("past", past, None, 0), 410, "link_expired"),
        (link("gone", ahead, Some(past), 0), 410, "link_revoked"),
        (link("full", ahead, None, 1), 409, "link_used_up"),
    ];
    for (link, status, code) in links {
        hall.server.doors.store.create_link(&link).await.unwrap();
        for (path, body) in [
            ("join/preview", json!({ "token": link.id })),
            ("join", json!({ "token": link.id, "name": "Ada", "language": "en" })),
        ] {
            let (was, problem, _) = knock(&hall.server.base, path, &body).await;
            assert_eq!((was, problem["code"].as_str().unwrap()), (status, code), "{path}");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_link_is_revoked_with_the_seats_taken_with_it_or_without() {
    let data = tempfile::tempdir().unwrap();
    let hall = hall(data.path()).await;
    let made = post(&hall.control, "links", &json!({ "role": "player", "team": "reds", "max_uses": 5 })).await.json();
    let secret = made["path"].as_str().unwrap().strip_prefix("/join#").unwrap();
    let (ada, bo) = (
        Place::join(&hall.server.base, secret, "Ada", "en").await.unwrap(),
        Place::join(&hall.server.base, secret, "Bo", "en").await.unwrap(),
    );
    let (bo, _) = enter(&hall.server.base, &code_of(&code_for(&bo, None).await), "k").await.unwrap();
    let other = hall.player("reds").await;
    let mut socket = Client::enter(&ada).await;
    let link = made["link"].as_str().unwrap();
    let revoke =
        async |rest: &str| ask(&hall.control, Method::DELETE, &format!("links/{link}{rest}"), Vec::new()).await.status;
    assert_eq!(revoke("").await, 204);
    assert_eq!(get(&ada, "seat").await.status, 200, "whoever joined stays");
    assert_eq!(revoke("").await, 404, "once is enough");
    assert_eq!(revoke("?seats=true").await, 204);
    assert_eq!(socket.closed().await, Some(4003));
    assert_eq!(get(&ada, "seat").await.status, 401);
    assert_eq!(get(&bo, "seat").await.status, 401, "also who moved by a code");
    assert_eq!(get(&other, "seat").await.status, 200, "who came by another link stays");
    assert_eq!(ask(&other, Method::DELETE, &format!("links/{link}?seats=true"), Vec::new()).await.status, 403);
}

/// Two hundred people of a hall behind one address; everybody comes back at once when the Wi-Fi does.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_hundred_players_join_from_one_address_and_all_come_back() {
    const PLAYERS: u32 = 200;
    let data = tempfile::tempdir().unwrap();
    let hall = hall(data.path()).await;
    let mint = json!({ "role": "player", "team": "reds", "max_uses": PLAYERS });
    let made = post(&hall.control, "links", &mint).await.json();
    let secret = made["path"].as_str().unwrap().strip_prefix("/join#").unwrap().to_owned();
    let mut joining = JoinSet::new();
    for n in 0..PLAYERS {
        let (base, secret) = (hall.server.base.clone(), secret.clone());
        joining.spawn(async move {
            let (seen, _, _) = knock(&base, "join/preview", &json!({ "token": secret })).await;
            assert_eq!(seen, 200, "player {n} looks");
            let place = Place::join(&base, &secret, &format!("Player {n}"), "en").await.unwrap();
            let mut client = Client::open(&place).await;
            let reset = client.hello(None, 0).await;
            (place, client, reset["epoch"].as_str().unwrap().to_owned(), reset["seq"].as_i64().unwrap())
        });
    }
    let all_in = tokio::time::timeout(Duration::from_mins(1), joining.join_all()).await;
    let people = all_in.expect("all within a minute");
    assert_eq!(people.len(), PLAYERS as usize, "none refused");
    // The Wi-Fi drops: every line is gone at once, and everybody comes back.
    let mut back = JoinSet::new();
    for (place, client, epoch, seq) in people {
        drop(client);
        back.spawn(async move {
            assert_eq!(get(&place, "seat").await.status, 200);
            let mut client = Client::open(&place).await;
            let frame = client.hello(Some(&epoch), seq).await;
            assert_eq!(frame["type"], "welcome", "the place is kept");
            client
        });
    }
    assert_eq!(back.join_all().await.len(), PLAYERS as usize);
}

const LIST: &str = "\u{feff}Role;Team;Team name;Language;Uses;Label;Expires\r\n\
    player;reds;;;4;table 2;7d\r\n\
    team lead;greens;Green Team;fr;;=HYPERLINK(\"http://192.0.2.1\");\r\n\
    Player;greens;;;3;\"two; words\";2d\r\n\
    observer;;;;2;;12h\r\n";

async fn roll(place: &Place, path: &str, csv: &str, create: bool) -> Answer {
    post(place, path, &json!({ "csv": csv, "create_teams": create, "key": format!("roll-{}", csv.len()) })).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn links_come_of_a_list_all_or_none() {
    let data = tempfile::tempdir().unwrap();
    let hall = hall(data.path()).await;
    let seen = roll(&hall.control, "links/preview", LIST, true).await.json();
    assert_eq!((&seen["good"], &seen["new_teams"]), (&json!(true), &json!(["greens"])), "{seen}");
    let links = async || get(&hall.control, "links").await.json().as_array().unwrap().len();
    assert_eq!(links().await, 1, "looking makes nothing: there is the director's own");
    let made = roll(&hall.control, "links/list", LIST, true).await;
    assert_eq!(made.status, 201, "{}", String::from_utf8_lossy(&made.bytes));
    let of_list = made.json()["links"].as_array().unwrap().clone();
    assert_eq!(of_list.len(), 4);
    assert_eq!(
        (&of_list[1]["role"], &of_list[1]["team"], &of_list[1]["max_uses"]),
        (&json!("team_lead"), &json!("greens"), &json!(1))
    );
    assert_eq!(of_list[2]["label"], "two; words");
    let secret = of_list[1]["path"].as_str().unwrap().strip_prefix("/join#").unwrap();
    Place::join(&hall.server.base, secret, "Gil", "fr").await.unwrap();
    // Without leave to make teams the same list has a fault, and nothing comes of it.
    let other = LIST.replace("greens", "greys");
    let faulty = roll(&hall.control, "links/preview", &other, false).await.json();
    assert_eq!((&faulty["good"], &faulty["rows"][1]["flaws"]), (&json!(false), &json!(["unknown_team"])));
    assert_eq!(roll(&hall.control, "links/list", &other, false).await.json()["code"], "bad_roll");
    assert_eq!(links().await, 5, "all or none");
    let player = hall.player("reds").await;
    assert_eq!(roll(&player, "links/list", LIST, true).await.status, 403);
    let noted = hall.server.doors.accounts.audit().entries(0, 100).await.unwrap();
    assert_eq!(noted.iter().filter(|entry| entry.kind == "link_minted").count(), 4, "each stands in the audit log");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_fault_of_a_list_is_told_by_its_line() {
    let data = tempfile::tempdir().unwrap();
    let hall = hall(data.path()).await;
    let list = "role,team,team name,language,uses,label,expires\n\
        emperor,,,,,,\n\
        exercise_director,,,,,,\n\
        player,,,,,,\n\
        observer,reds,,,,,\n\
        player,../etc,,,,,\n\
        player,reds,,,0,,\n\
        player,reds,,,-1,,\n\
        player,reds,,,1e9,,\n\
        player,reds,,not a tag,,,\n\
        player,reds,,,,,2020-01-01\n\
        player,reds,,,,,999d\n\
        player,reds,,,,,whenever\n\
        player,new,,,,,\n\
        player,fresh,One,,,,\n\
        player,fresh,Two,,,,\n\
        player,reds,,,1,\"bell \u{7}\",\n\
        \n\
        player,reds,,,1,fine,\n";
    let rows = roll(&hall.control, "links/preview", list, true).await.json()["rows"].as_array().unwrap().clone();
    let told: Vec<(u64, String)> = rows
        .iter()
        .map(|row| (row["line"].as_u64().unwrap(), row["flaws"].to_string().replace(['[', ']', '"'], "")))
        .collect();
    let expected = [
        (2, "unknown_role"),
        (3, "role_not_by_list"),
        (4, "team_missing"),
        (5, "team_not_wanted"),
        (6, "bad_team"),
        (7, "bad_uses"),
        (8, "bad_uses"),
        (9, "bad_uses"),
        (10, "bad_language"),
        (11, "bad_expires"),
        (12, "bad_expires"),
        (13, "bad_expires"),
        (14, "team_name"),
        (15, ""),
        (16, "team_name"),
        (17, "bad_label"),
        (19, ""),
    ];
    assert_eq!(told, expected.map(|(line, flaws)| (line, flaws.to_owned())));
    for (csv, code) in [
        ("", "roll_empty"),
        ("role\n", "roll_empty"),
        ("name,team\nAda,reds\n", "roll_no_role"),
        (&format!("role\n{}", "observer\n".repeat(1_001)), "roll_too_long"),
        (&"x".repeat(300_000), "roll_too_long"),
    ] {
        assert_eq!(roll(&hall.control, "links/preview", csv, true).await.json()["code"], code);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn lines_are_measured_for_staff_and_the_list_is_signed_as_it_stands() {
    let data = tempfile::tempdir().unwrap();
    let mut hall = hall(data.path()).await;
    let lead = hall.seat(Role::TeamLead, Some("reds"), "Ada").await;
    let facilitator = hall.seat(Role::Facilitator, None, "Fay").await;
    let mut line = Client::enter(&lead).await;
    line.say(&json!({ "type": "probe", "n": 7, "measured": { "round_trip": 90, "bandwidth": 8_000 } })).await;
    line.wait_for("the probe back", |frame| frame["type"] == "probe" && frame["n"] == 7).await;
    let of_reds = |frame: &Value| frame["key"] == "lines/reds" && frame.to_string().contains("8000");
    let heard = hall.director.wait_for("the line of reds", of_reds).await;
    let person = person_of(&lead).await;
    assert_eq!(heard["value"]["people"][&person], json!({ "language": "en", "round_trip": 90, "bandwidth": 8_000 }));
    assert!(line.heard.iter().all(|frame| !frame.to_string().contains("lines/")), "for staff alone");
    assert_eq!(get(&lead, "sample").await.bytes.len(), 64 * 1024);
    hall.director.act(json!({ "type": "comcheck", "open": true })).await;
    let sent = line.wait_for_row("prepared").await;
    assert_eq!(sent["cards"][0]["card"]["card"], "inject", "as an inject of play");
    let inject = sent["cards"][0]["card"]["inject"].as_str().unwrap().to_owned();
    let draft = json!({ "answers": {} }).to_string().into_bytes();
    assert_eq!(ask(&lead, Method::PUT, &format!("drafts/{inject}"), draft).await.status, 200);
    line.act(json!({ "type": "acknowledge", "inject": inject })).await;
    line.act(json!({ "type": "submit", "inject": inject, "answers": { "reads": { "choice": "well" } }, "composed_at": null })).await;
    let now = hall.server.doors.clock.now().0;
    let list = get(&facilitator, &format!("readiness?clock={now}")).await.json();
    let state = |line: &str| {
        let lines = list["lines"].as_array().unwrap();
        lines.iter().find(|one| one["line"] == line).unwrap().clone()
    };
    assert_eq!((&state("teams")["count"], &state("teams")["missing"]), (&json!(1), &json!(["blues"])));
    assert_eq!(state("leads")["count"], 1);
    assert_eq!((&state("comcheck")["count"], &state("comcheck")["of"]), (&json!(1), &json!(2)));
    assert_eq!(state("clock")["go"], true);
    assert_eq!(get(&lead, "readiness").await.status, 403);
    let sign = json!({ "seen": list["lines"], "clock": now, "note": "blues come later" });
    assert_eq!(post(&facilitator, "readiness", &sign).await.status, 403, "the director signs");
    let mut other = sign.clone();
    other["seen"][0]["go"] = json!(true);
    let refused = post(&hall.control, "readiness", &other).await;
    assert_eq!((refused.status, &refused.json()["code"]), (409, &json!("readiness_changed")));
    assert_eq!(post(&hall.control, "readiness", &sign).await.status, 201);
    hall.director.act(start()).await;
    let report = get(&hall.control, "report").await.json();
    let prepared = &report["preparation"];
    assert_eq!((&prepared["unsigned"], &prepared["comcheck"]), (&json!(false), &json!([1, 2])));
    assert_eq!(prepared["signed"]["note"], "blues come later");
    let page = String::from_utf8_lossy(&get(&hall.control, "report.html").await.bytes).into_owned();
    assert!(page.contains("Comcheck: 1 of 2 teams") && page.contains("blues come later"));
    let own = get(&lead, "snapshot").await.json();
    assert!(!own.to_string().contains("comcheck"), "with the start it is gone from the team's page");
}
