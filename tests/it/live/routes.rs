//! Who may ask each route, in a table that is written out by hand. A route without a row fails, and so does a row
//! without a route; then every route is asked over HTTP by everybody.

use std::collections::{BTreeMap, BTreeSet};

use drillhall::{
    account::{LinkTerms, PlatformRole},
    bot::player::Place,
    engine::role::Role,
};
use reqwest::{
    Client, Method, StatusCode,
    header::{CONTENT_TYPE, COOKIE, ORIGIN},
};
use serde_json::{Value, json};

use super::{
    client::ask,
    drill::{one_manual_inject, release, start},
    fixture::{Hall, Server},
    staff,
};

/// `y`: the route does its work; `u`: 401, `.`: 403, `n`: 404. The first are nobody, four accounts that are in no
/// exercise (a plain one, one that may direct, an administrator, an auditor), and the director of another exercise;
/// then the roles, those of a team in the team that it is about.
#[rustfmt::skip]
const ROUTES: [(&str, &str, &str); 95] = [
    //                                                         -  acc dac adm aud far dir pla fac rol lea eva obs rev tle pla tmo
    ("GET",    "/api/v1/exercises",                            "u  y  y  y  y  u  u  u  u  u  u  u  u  u  u  u  u"),
    ("POST",   "/api/v1/exercises",                            "u  .  y  y  .  u  u  u  u  u  u  u  u  u  u  u  u"),
    ("GET",    "/api/v1/exercises/{exercise}",                 "u  .  .  .  .  u  y  y  y  y  y  y  y  y  y  y  y"),
    ("GET",    "/api/v1/exercises/{exercise}/archive.zip",     "u  .  .  .  .  u  y  y  y  .  y  y  .  .  .  .  ."),
    ("GET",    "/api/v1/exercises/{exercise}/coming",          "u  .  .  .  .  u  .  .  .  y  .  .  .  .  .  .  y"),
    // As the act is, see `engine::roles`: this one is for those who play.
    ("POST",   "/api/v1/exercises/{exercise}/commands",        "u  .  .  .  .  u  .  .  .  .  .  .  .  .  y  y  ."),
    ("GET",    "/api/v1/exercises/{exercise}/drafts/{inject}", "u  .  .  .  .  u  .  .  .  .  .  .  .  .  y  y  ."),
    ("PUT",    "/api/v1/exercises/{exercise}/drafts/{inject}", "u  .  .  .  .  u  .  .  .  .  .  .  .  .  y  y  ."),
    ("DELETE", "/api/v1/exercises/{exercise}/drafts/{inject}", "u  .  .  .  .  u  .  .  .  .  .  .  .  .  y  y  ."),
    ("GET",    "/api/v1/exercises/{exercise}/events",          "u  .  .  .  .  u  y  y  y  y  y  y  y  y  y  y  y"),
    ("GET",    "/api/v1/exercises/{exercise}/files/{hash}",    "u  .  .  .  .  u  y  y  y  n  y  y  n  n  y  y  y"),
    ("GET",    "/api/v1/exercises/{exercise}/findings",        "u  .  .  .  .  u  y  .  y  .  y  y  .  .  .  .  ."),
    // Understands lines that somebody types, and keeps nothing.
    ("POST",   "/api/v1/exercises/{exercise}/indicators",      "u  .  .  .  .  u  y  y  y  y  y  y  y  y  y  y  y"),
    ("GET",    "/api/v1/exercises/{exercise}/judging",         "u  .  .  .  .  u  y  .  .  .  y  .  .  .  .  .  ."),
    ("GET",    "/api/v1/exercises/{exercise}/links",           "u  .  .  .  .  u  y  .  .  .  .  .  .  .  .  .  ."),
    ("POST",   "/api/v1/exercises/{exercise}/links",           "u  .  .  .  .  u  y  .  .  .  .  .  .  .  .  .  ."),
    ("DELETE", "/api/v1/exercises/{exercise}/links/{link}",    "u  .  .  .  .  u  y  .  .  .  .  .  .  .  .  .  ."),
    ("GET",    "/api/v1/exercises/{exercise}/log",             "u  .  .  .  .  u  y  y  y  .  y  y  .  .  .  .  ."),
    ("GET",    "/api/v1/exercises/{exercise}/log.jsonl",       "u  .  .  .  .  u  y  y  y  .  y  y  .  .  .  .  ."),
    ("GET",    "/api/v1/exercises/{exercise}/marking",         "u  .  .  .  .  u  y  .  .  .  y  y  .  .  .  .  ."),
    ("POST",   "/api/v1/exercises/{exercise}/preview",         "u  .  .  .  .  u  y  y  y  .  y  y  .  .  .  .  ."),
    ("GET",    "/api/v1/exercises/{exercise}/rehearsal",       "u  .  .  .  .  u  y  y  y  .  y  y  .  .  .  .  ."),
    ("GET",    "/api/v1/exercises/{exercise}/replay",          "u  .  .  .  .  u  y  y  y  y  y  y  y  .  y  y  y"),
    ("GET",    "/api/v1/exercises/{exercise}/replay/marks",    "u  .  .  .  .  u  y  y  y  y  y  y  y  .  y  y  y"),
    ("GET",    "/api/v1/exercises/{exercise}/report",          "u  .  .  .  .  u  y  .  y  .  y  .  .  .  .  .  ."),
    ("GET",    "/api/v1/exercises/{exercise}/report.csv",      "u  .  .  .  .  u  y  .  y  .  y  .  .  .  .  .  ."),
    ("GET",    "/api/v1/exercises/{exercise}/report.html",     "u  .  .  .  .  u  y  .  y  .  y  .  .  .  .  .  ."),
    ("GET",    "/api/v1/exercises/{exercise}/report.pdf",      "u  .  .  .  .  u  y  .  y  .  y  .  .  .  .  .  ."),
    ("GET",    "/api/v1/exercises/{exercise}/report.xlsx",     "u  .  .  .  .  u  y  .  y  .  y  .  .  .  .  .  ."),
    // What is in the answer is for the reader alone; see `engine::views`.
    ("GET",    "/api/v1/exercises/{exercise}/score",           "u  .  .  .  .  u  y  y  y  y  y  y  y  y  y  y  y"),
    ("GET",    "/api/v1/exercises/{exercise}/seat",            "u  .  .  .  .  u  y  y  y  y  y  y  y  y  y  y  y"),
    // For accounts that are in the exercise: a seat begets no seats.
    ("POST",   "/api/v1/exercises/{exercise}/seats",           "u  .  .  .  .  u  u  u  u  u  u  u  u  u  u  u  u"),
    ("GET",    "/api/v1/exercises/{exercise}/snapshot",        "u  .  .  .  .  u  y  y  y  y  y  y  y  y  y  y  y"),
    // Whoever has no cookie brings a ticket in `hello`; without one the socket is closed (`live::socket`).
    ("GET",    "/api/v1/exercises/{exercise}/socket",          "y  y  y  y  y  y  y  y  y  y  y  y  y  y  y  y  y"),
    ("POST",   "/api/v1/exercises/{exercise}/teams",           "u  .  .  .  .  u  y  .  .  .  .  .  .  .  .  .  ."),
    ("POST",   "/api/v1/exercises/{exercise}/tickets",         "u  .  .  .  .  u  y  y  y  y  y  y  y  y  y  y  y"),
    ("POST",   "/api/v1/exercises/{exercise}/uploads",         "u  .  .  .  .  u  .  .  .  .  .  .  .  .  y  y  ."),
    ("POST",   "/api/v1/join",                                 "y  y  y  y  y  y  y  y  y  y  y  y  y  y  y  y  y"),
    ("POST",   "/api/v1/join/preview",                         "y  y  y  y  y  y  y  y  y  y  y  y  y  y  y  y  y"),
    ("GET",    "/api/v1/me",                                   "u  y  y  y  y  u  u  u  u  u  u  u  u  u  u  u  u"),
    ("GET",    "/api/v1/scenarios",                            "u  .  y  y  .  u  u  u  u  u  u  u  u  u  u  u  u"),
    ("POST",   "/api/v1/sessions",                             "y  y  y  y  y  y  y  y  y  y  y  y  y  y  y  y  y"),
    ("POST",   "/api/v1/setup",                                ".  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  ."),
    ("GET",    "/api/v1/taxonomies/attack",                    "y  y  y  y  y  y  y  y  y  y  y  y  y  y  y  y  y"),
    ("GET",    "/api/v1/taxonomies/rsit",                      "y  y  y  y  y  y  y  y  y  y  y  y  y  y  y  y  y"),
    // As good as the credential that asks, and no better.
    ("POST",   "/api/v1/tokens",                               "u  y  y  y  y  y  y  y  y  y  y  y  y  y  y  y  y"),
    // What has no such thing to give (an invitation, an account, a programme) says so to whoever may ask at all.
    ("DELETE", "/api/v1/exercises/{exercise}/mine/name",                          "u  .  .  .  .  u   y   y   y   y   y   y   y   y   y   y   y"),
    ("DELETE", "/api/v1/invitations/{invitation}",                                "u  .  .  n  .  u   u   u   u   u   u   u   u   u   u   u   u"),
    ("DELETE", "/api/v1/me/sessions",                                             "u  y  y  y  y  u   u   u   u   u   u   u   u   u   u   u   u"),
    ("DELETE", "/api/v1/me/sessions/{session}",                                   "u  n  n  n  n  u   u   u   u   u   u   u   u   u   u   u   u"),
    ("DELETE", "/api/v1/programmes/{programme}/links/{link}",                     ".  .  .  .  .  .   .   .   .   .   .   .   .   .   .   .   ."),
    ("DELETE", "/api/v1/programmes/{programme}/people/{person}",                  ".  .  .  .  .  .   .   .   .   .   .   .   .   .   .   .   ."),
    ("GET",    "/api/v1/accounts",                                                "u  .  .  y  .  u   u   u   u   u   u   u   u   u   u   u   u"),
    ("GET",    "/api/v1/audit",                                                   "u  .  .  .  y  u   u   u   u   u   u   u   u   u   u   u   u"),
    ("GET",    "/api/v1/audit.jsonl",                                             "u  .  .  .  y  u   u   u   u   u   u   u   u   u   u   u   u"),
    ("GET",    "/api/v1/exercises/{exercise}/mine",                               "u  .  .  .  .  u   y   y   y   y   y   y   y   y   y   y   y"),
    ("GET",    "/api/v1/exercises/{exercise}/readiness",                          "u  .  .  .  .  u   y   .   y   .   .   .   .   .   .   .   ."),
    ("GET",    "/api/v1/exercises/{exercise}/retention",                          "u  .  .  .  .  u   y   y   y   y   y   y   y   y   y   y   y"),
    ("GET",    "/api/v1/exercises/{exercise}/sample",                             "u  .  .  .  .  u   y   y   y   y   y   y   y   y   y   y   y"),
    ("GET",    "/api/v1/invitations",                                             "u  .  .  y  .  u   u   u   u   u   u   u   u   u   u   u   u"),
    ("GET",    "/api/v1/me/factors",                                              "u  y  y  y  y  u   u   u   u   u   u   u   u   u   u   u   u"),
    ("GET",    "/api/v1/me/sessions",                                             "u  y  y  y  y  u   u   u   u   u   u   u   u   u   u   u   u"),
    ("GET",    "/api/v1/programmes",                                              "u  y  y  y  y  u   u   u   u   u   u   u   u   u   u   u   u"),
    ("GET",    "/api/v1/programmes/{programme}",                                  ".  .  .  .  .  .   .   .   .   .   .   .   .   .   .   .   ."),
    ("GET",    "/api/v1/programmes/{programme}/report",                           ".  .  .  .  .  .   .   .   .   .   .   .   .   .   .   .   ."),
    ("GET",    "/api/v1/programmes/{programme}/report.csv",                       ".  .  .  .  .  .   .   .   .   .   .   .   .   .   .   .   ."),
    ("GET",    "/api/v1/programmes/{programme}/report.html",                      ".  .  .  .  .  .   .   .   .   .   .   .   .   .   .   .   ."),
    ("GET",    "/api/v1/programmes/{programme}/scorecards",                       ".  .  .  .  .  .   .   .   .   .   .   .   .   .   .   .   ."),
    ("POST",   "/api/v1/accounts/{account}/acts",                                 "u  .  .  n  .  u   u   u   u   u   u   u   u   u   u   u   u"),
    ("POST",   "/api/v1/day/preview",                                             "n  n  n  n  n  n   n   n   n   n   n   n   n   n   n   n   n"),
    ("POST",   "/api/v1/exercises/{exercise}/codes",                              "u  .  .  .  .  u   .   y   y   y   y   y   y   y   y   y   y"),
    ("POST",   "/api/v1/exercises/{exercise}/links/list",                         "u  .  .  .  .  u   y   .   .   .   .   .   .   .   .   .   ."),
    ("POST",   "/api/v1/exercises/{exercise}/links/preview",                      "u  .  .  .  .  u   y   .   .   .   .   .   .   .   .   .   ."),
    ("POST",   "/api/v1/exercises/{exercise}/people/{person}/erasure",            "u  .  .  .  .  u   n   .   .   .   .   .   .   .   .   .   ."),
    ("POST",   "/api/v1/exercises/{exercise}/readiness",                          "u  .  .  .  .  u   y   .   .   .   .   .   .   .   .   .   ."),
    ("POST",   "/api/v1/invitations",                                             "u  .  .  y  .  u   u   u   u   u   u   u   u   u   u   u   u"),
    ("POST",   "/api/v1/invitations/accept",                                      "y  y  y  y  y  y   y   y   y   y   y   y   y   y   y   y   y"),
    ("POST",   "/api/v1/invitations/preview",                                     ".  .  .  .  .  .   .   .   .   .   .   .   .   .   .   .   ."),
    ("POST",   "/api/v1/join/code",                                               "n  n  n  n  n  n   n   n   n   n   n   n   n   n   n   n   n"),
    ("POST",   "/api/v1/me/recovery-codes",                                       "u  y  y  y  y  u   u   u   u   u   u   u   u   u   u   u   u"),
    ("POST",   "/api/v1/me/totp",                                                 "u  y  y  y  y  u   u   u   u   u   u   u   u   u   u   u   u"),
    ("POST",   "/api/v1/me/totp/removal",                                         "u  y  y  y  y  u   u   u   u   u   u   u   u   u   u   u   u"),
    ("POST",   "/api/v1/programmes",                                              "u  .  y  y  .  u   u   u   u   u   u   u   u   u   u   u   u"),
    ("POST",   "/api/v1/programmes/{programme}/exercises",                        ".  .  .  .  .  .   .   .   .   .   .   .   .   .   .   .   ."),
    ("POST",   "/api/v1/programmes/{programme}/exercises/{exercise}/seat",        ".  .  .  .  .  .   .   .   .   .   .   .   .   .   .   .   ."),
    ("POST",   "/api/v1/programmes/{programme}/join",                             "n  n  n  n  n  n   n   n   n   n   n   n   n   n   n   n   n"),
    ("POST",   "/api/v1/programmes/{programme}/links",                            ".  .  .  .  .  .   .   .   .   .   .   .   .   .   .   .   ."),
    ("POST",   "/api/v1/programmes/{programme}/organisations",                    ".  .  .  .  .  .   .   .   .   .   .   .   .   .   .   .   ."),
    ("POST",   "/api/v1/programmes/{programme}/teams",                            ".  .  .  .  .  .   .   .   .   .   .   .   .   .   .   .   ."),
    ("POST",   "/api/v1/sessions/second-step",                                    "y  y  y  y  y  y   y   y   y   y   y   y   y   y   y   y   y"),
    ("PUT",    "/api/v1/exercises/{exercise}/retention",                          "u  .  .  .  .  u   y   .   .   .   .   .   .   .   .   .   ."),
    ("PUT",    "/api/v1/me/password",                                             "u  y  y  y  y  u   u   u   u   u   u   u   u   u   u   u   u"),
    ("PUT",    "/api/v1/me/totp",                                                 "u  y  y  y  y  u   u   u   u   u   u   u   u   u   u   u   u"),
    ("PUT",    "/api/v1/programmes/{programme}/exercises/{exercise}",             ".  .  .  .  .  .   .   .   .   .   .   .   .   .   .   .   ."),
    // Last: from then on the account is nobody.
    ("DELETE", "/api/v1/sessions/current",                     "y  y  y  y  y  y  y  y  y  y  y  y  y  y  y  y  y"),
];

/// Every route of the server's own description.
fn described() -> BTreeSet<(String, String)> {
    let document = serde_json::to_value(drillhall::app::document()).unwrap();
    let paths = document["paths"].as_object().unwrap().iter();
    let routes = paths.flat_map(|(path, methods)| {
        methods.as_object().unwrap().keys().map(move |method| (method.to_uppercase(), path.clone()))
    });
    routes.collect()
}

#[test]
fn every_route_has_a_row_and_every_row_a_route() {
    let rows: BTreeSet<_> = ROUTES.iter().map(|(method, path, _)| ((*method).to_owned(), (*path).to_owned())).collect();
    assert_eq!(rows, described());
    assert_eq!(rows.len(), ROUTES.len(), "one row each");
}

/// Somebody who asks: with a cookie or none, and perhaps with a seat.
struct Asker {
    name: String,
    cookie: Option<String>,
    seat: Option<String>,
}

impl Asker {
    fn seated(name: &str, place: &Place) -> Self {
        Self { name: name.to_owned(), cookie: Some(place.cookie.clone()), seat: Some(place.seat.clone()) }
    }

    /// Only the head of the answer: a stream of events has no end.
    async fn ask(&self, base: &str, method: &str, path: &str, query: &str, body: Vec<u8>) -> StatusCode {
        let seat = self.seat.as_ref().map(|seat| format!("&seat={seat}")).unwrap_or_default();
        let method = Method::from_bytes(method.as_bytes()).unwrap();
        let request = Client::new().request(method, format!("{base}{path}?{query}{seat}")).header(ORIGIN, base);
        let request = request.header(CONTENT_TYPE, "application/json").body(body);
        let request = self.cookie.iter().fold(request, |request, cookie| request.header(COOKIE, cookie));
        request.send().await.unwrap().status()
    }
}

/// What each route is asked: the query and the body.
fn asked(method: &str, path: &str, n: usize, secret: &str) -> (String, Value) {
    let none = || (String::new(), Value::Null);
    match (method, path.rsplit('/').next().unwrap_or_default()) {
        ("POST", "exercises" | "codes") => (String::new(), json!({})),
        ("POST", "commands") => {
            (String::new(), json!({ "key": "once", "act": { "type": "note_opened", "inject": "call" } }))
        }
        ("PUT", "{inject}") => (String::new(), json!({ "answers": {} })),
        ("POST", "indicators") => (String::new(), json!({ "text": "192.0.2.1" })),
        ("POST", "links") => (String::new(), json!({ "role": "observer" })),
        ("POST", "list") => {
            (String::new(), json!({ "key": format!("list-{n}"), "csv": "role\nobserver\n", "create_teams": false }))
        }
        ("POST", "preview") if path.contains("links") => {
            (String::new(), json!({ "csv": "role\nobserver\n", "create_teams": false }))
        }
        ("POST", "erasure") => (String::new(), json!({ "texts": false, "reason": "asked to" })),
        ("POST", "readiness") => (String::new(), json!({ "seen": [], "clock": 0, "note": null })),
        ("PUT", "retention") => (String::new(), json!({ "days": 7, "scope": "names" })),
        ("POST", "programmes") => (String::new(), json!({ "title": "A day" })),
        ("POST", "code") => (String::new(), json!({ "code": "0000 0000", "key": "k" })),
        ("POST", "acts") => (String::new(), json!({ "act": "enable" })),
        ("POST", "invitations") => (String::new(), json!({ "role": "account", "label": "" })),
        ("POST", "preview") if path.contains("{exercise}") => (String::new(), json!({ "act": { "type": "start_ex" } })),
        ("GET", "rehearsal") => ("runs=0".to_owned(), Value::Null),
        ("GET", "replay") => ("at=0".to_owned(), Value::Null),
        ("GET", "report" | "report.csv" | "report.html" | "report.pdf" | "report.xlsx") => {
            ("for=staff".to_owned(), Value::Null)
        }
        ("POST", "teams") => {
            (String::new(), json!({ "key": format!("team-{n}"), "team": "cove", "name": "Cove", "language": "en" }))
        }
        ("POST", "uploads") => ("name=notes.txt".to_owned(), json!({ "some": "text" })),
        ("POST", "join") => (String::new(), json!({ "token": secret, "name": "Ana", "language": "en" })),
        ("POST", "preview") => (String::new(), json!({ "token": secret })),
        ("POST", "setup") => {
            (String::new(), json!({ "token": "0", "login": "mallory", "password": "a long sentence" }))
        }
        _ => none(),
    }
}

fn cell(status: StatusCode) -> &'static str {
    match status.as_u16() {
        401 => "u",
        403 => ".",
        404 => "n",
        500 => panic!("a fault of the server"),
        _ => "y",
    }
}

const PEOPLE: [(Role, Option<&str>); 11] = [
    (Role::ExerciseDirector, None),
    (Role::Planner, None),
    (Role::Facilitator, None),
    (Role::RolePlayer, None),
    (Role::LeadEvaluator, None),
    (Role::Evaluator, None),
    (Role::Observer, None),
    (Role::Reviewer, None),
    (Role::TeamLead, Some("reds")),
    (Role::Player, Some("reds")),
    (Role::TeamModerator, Some("reds")),
];

/// An account that is in no exercise, by its session; one with rights on the platform has enrolled a second factor.
async fn account(server: &Server, role: PlatformRole) -> Asker {
    let login = role.name();
    server.doors.accounts.create(login, role, staff::PASSWORD.as_bytes()).await.unwrap();
    let staff = staff::Staff::enrol(&server.base, login).await;
    Asker { name: format!("an account ({login})"), cookie: Some(staff.session), seat: None }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_route_is_for_those_whom_the_table_names() {
    let data = tempfile::tempdir().unwrap();
    let server = Server::start(data.path()).await;
    let mut hall =
        Hall::open(server, one_manual_inject(), Vec::new(), drillhall::engine::time::Rate::REAL, &["reds", "blues"])
            .await;
    hall.director.act(start()).await;
    hall.director.act(release("call")).await;
    let far = drillhall::live::http::open_exercise(
        &hall.server.doors,
        drillhall::scenario::Pack {
            plan: one_manual_inject(),
            files: Vec::new(),
            warnings: Vec::new(),
            hints: Vec::new(),
        },
        drillhall::engine::time::Rate::REAL,
        false,
    );
    let far = far.await.unwrap().id.clone();
    let far = hall.server.seat(&far, Role::ExerciseDirector, None, "Far").await;
    let mut askers = vec![
        Asker { name: "nobody".to_owned(), cookie: None, seat: None },
        account(&hall.server, PlatformRole::Account).await,
        account(&hall.server, PlatformRole::Director).await,
        account(&hall.server, PlatformRole::PlatformAdmin).await,
        account(&hall.server, PlatformRole::Auditor).await,
        Asker::seated("a director elsewhere", &far),
    ];
    let mut handed = None;
    for (role, team) in PEOPLE {
        let place = hall.seat(role, team, "Somebody").await;
        if role == Role::Player {
            let answer = ask(&place, Method::POST, "uploads?name=notes.txt", b"notes".to_vec()).await;
            handed = answer.json()["hash"].as_str().map(str::to_owned);
        }
        askers.push(Asker::seated(&format!("{role:?}"), &place));
    }
    let terms =
        LinkTerms { role: Role::Observer, team: None, label: String::new(), max_uses: Some(100), expires_at: None };
    let (_, secret) = hall.server.doors.accounts.mint_link(&hall.exercise, terms.clone()).await.unwrap();
    let mut wrong = BTreeMap::new();
    for (method, path, row) in ROUTES {
        let row: Vec<&str> = row.split_whitespace().collect();
        assert_eq!(row.len(), askers.len(), "{path}");
        for (n, (asker, expected)) in askers.iter().zip(row).enumerate() {
            let (link, _) = hall.server.doors.accounts.mint_link(&hall.exercise, terms.clone()).await.unwrap();
            let (query, body) = asked(method, path, n, &secret);
            let named = path
                .replace("{exercise}", hall.exercise.as_str())
                .replace("{inject}", "call")
                .replace("{hash}", handed.as_deref().unwrap())
                .replace("{link}", &link.id);
            let body = if body.is_null() { Vec::new() } else { body.to_string().into_bytes() };
            let status = asker.ask(&hall.server.base, method, &named, &query, body).await;
            if cell(status) != expected {
                wrong.insert(format!("{method} {path} by {}", asker.name), format!("{status}, not {expected}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    hall.server.stop().await;
}

/// What is about one team is for the people of another like nothing at all.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_route_about_a_team_is_for_no_other_team() {
    let data = tempfile::tempdir().unwrap();
    let server = Server::start(data.path()).await;
    let mut hall =
        Hall::open(server, one_manual_inject(), Vec::new(), drillhall::engine::time::Rate::REAL, &["reds", "blues"])
            .await;
    hall.director.act(start()).await;
    let only = json!({ "type": "release", "inject": "call", "teams": ["reds"] });
    hall.director.act(only).await;
    let red = hall.player("reds").await;
    let handed = ask(&red, Method::POST, "uploads?name=notes.txt", b"notes".to_vec()).await;
    let file = format!("files/{}", handed.json()["hash"].as_str().unwrap());
    hall.director.act(json!({ "type": "end_ex" })).await;
    for role in [Role::TeamLead, Role::Player, Role::TeamModerator] {
        let other = hall.seat(role, Some("blues"), "Other").await;
        let paths = [
            (Method::GET, file.as_str(), 404),
            (Method::GET, "report?for=team&team=reds", 403),
            (Method::GET, "replay?at=9999999999999&as=player&team=reds", 403),
            (Method::GET, "replay/marks?as=player&team=reds", 403),
        ];
        for (method, path, status) in paths {
            assert_eq!(ask(&other, method, path, Vec::new()).await.status, status, "{role:?} {path}");
        }
        if role != Role::TeamModerator {
            assert_eq!(
                ask(&other, Method::GET, "drafts/call", Vec::new()).await.status,
                404,
                "an inject of other teams"
            );
        }
    }
    assert_eq!(ask(&red, Method::GET, &file, Vec::new()).await.status, 200);
    hall.server.stop().await;
}
