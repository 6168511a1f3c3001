//! A drill day of two exercises, and browsers that take part in it.

use std::collections::BTreeMap;

use drillhall::{account::PlatformRole, bot::player::Place, engine::id::ExerciseId};
use serde_json::{Value, json};

use super::super::{
    client::{Answer, Client},
    fixture::Server,
    staff::{PASSWORD, Staff},
};

/// A scenario with one inject that control releases.
pub(super) const SCENARIO: &str = "format: 1
meta: {name: small, title: {en: A small drill, fr: Un petit exercice}, tlp: green, languages: [en, fr], duration: 60m}
injects:
  - id: call
    kind: task
    manual: true
    player:
      title: {en: A call, fr: Un appel}
      body: {en: Somebody calls., fr: Quelqu'un appelle.}
      channel: phone
      form: {fields: [{id: answer, label: {en: What do you do?, fr: Que faites-vous ?}, required: true, points: 10, long_text: {max_chars: 500}}]}
    staff:
      notes: {en: The caller is the intern., fr: C'est le stagiaire.}
";

/// A browser: it keeps the cookies that it is given.
pub(super) struct Browser {
    pub(super) base: String,
    pub(super) cookies: BTreeMap<String, String>,
}

impl Browser {
    pub(super) fn new(server: &Server) -> Self {
        Self { base: server.base.clone(), cookies: BTreeMap::new() }
    }

    /// Somebody who is signed in to an account of the name.
    pub(super) async fn signed_in(server: &Server, login: &str) -> Self {
        server.doors.accounts.create(login, PlatformRole::Director, PASSWORD.as_bytes()).await.unwrap();
        let staff = Staff::enrol(&server.base, login).await;
        let mut browser = Self::new(server);
        let (name, value) = staff.session.split_once('=').unwrap();
        browser.cookies.insert(name.to_owned(), value.to_owned());
        browser
    }

    pub(super) async fn ask(&mut self, method: &str, path: &str, body: Value) -> Answer {
        let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let request = reqwest::Client::new()
            .request(method.parse().unwrap(), format!("{}/api/v1{path}", self.base))
            .header("cookie", cookies.join("; "))
            .header("origin", &self.base);
        let request = if body.is_null() { request } else { request.json(&body) };
        let answer = request.send().await.unwrap();
        for cookie in answer.headers().get_all("set-cookie") {
            let pair = cookie.to_str().unwrap().split(';').next().unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
        let (status, headers) = (answer.status().as_u16(), answer.headers().clone());
        Answer { status, headers, bytes: answer.bytes().await.unwrap().to_vec() }
    }

    /// Asks for something that must be granted.
    pub(super) async fn ok(&mut self, method: &str, path: &str, body: Value) -> Value {
        let answer = self.ask(method, path, body).await;
        let text = String::from_utf8_lossy(&answer.bytes).into_owned();
        assert!((200..300).contains(&answer.status), "{method} {path}: {} {text}", answer.status);
        serde_json::from_str(&text).unwrap_or(Value::Null)
    }

    /// The code with which something is refused.
    pub(super) async fn refused(&mut self, method: &str, path: &str, body: Value) -> String {
        let answer = self.ask(method, path, body).await;
        assert!(answer.status >= 400, "{method} {path} was granted: {}", String::from_utf8_lossy(&answer.bytes));
        answer.json()["code"].as_str().unwrap().to_owned()
    }

    /// Joins a day by the path of a link.
    pub(super) async fn join(&mut self, day: &str, path: &str, name: &str) -> Value {
        let token = token(path);
        self.ok("POST", &format!("/programmes/{day}/join"), json!({ "token": token, "name": name, "language": "fr" }))
            .await
    }

    /// Enters an exercise of a day with the pass.
    pub(super) async fn enter(&mut self, day: &str, exercise: &str) -> Place {
        let seat = self.ok("POST", &format!("/programmes/{day}/exercises/{exercise}/seat"), Value::Null).await;
        self.place(exercise, &seat)
    }

    /// Enters an exercise of the account.
    pub(super) async fn direct(&mut self, exercise: &str) -> Place {
        let seat = self.ok("POST", &format!("/exercises/{exercise}/seats"), Value::Null).await;
        self.place(exercise, &seat)
    }

    pub(super) fn place(&self, exercise: &str, seat: &Value) -> Place {
        let seat = seat["seat"].as_str().unwrap().to_owned();
        let cookie = format!("dh_seat_{seat}={}", self.cookies[&format!("dh_seat_{seat}")]);
        Place { base: self.base.clone(), exercise: ExerciseId::from(exercise), seat, cookie }
    }
}

/// The day as somebody sees it.
pub(super) async fn view(browser: &mut Browser, day: &str) -> Value {
    browser.ok("GET", &format!("/programmes/{day}"), Value::Null).await
}

pub(super) fn token(path: &str) -> &str {
    path.strip_prefix("/day#").unwrap()
}

/// A day of two exercises: the owner leads the first, somebody else the second. Two teams.
pub(super) struct Day {
    pub(super) server: Server,
    pub(super) id: String,
    pub(super) owner: Browser,
    pub(super) lead: Browser,
    /// The owner's exercise, and the other one.
    pub(super) exercises: [String; 2],
}

impl Day {
    pub(super) async fn open(data: &tempfile::TempDir) -> Self {
        Self::on(Server::start(data.path()).await).await
    }

    pub(super) async fn on(server: Server) -> Self {
        let mut owner = Browser::signed_in(&server, "owner").await;
        let lead = Browser::signed_in(&server, "lead").await;
        let made = owner.ok("POST", "/programmes", json!({ "title": "Regional drill day" })).await;
        let id = made["programme"].as_str().unwrap().to_owned();
        let organisations = json!([
            { "organisation": "cirt", "name": "CIRT of Meridian", "country": "TT", "kind": "national_cirt" },
            { "organisation": "bank", "name": "Bank of Serena", "country": null, "kind": "company" },
        ]);
        owner.ok("POST", &format!("/programmes/{id}/organisations"), json!({ "organisations": organisations })).await;
        let teams = json!([
            { "team": "reds", "name": "The reds", "language": "en", "organisation": "cirt" },
            { "team": "blues", "name": "The blues", "language": "fr", "organisation": null },
        ]);
        owner.ok("POST", &format!("/programmes/{id}/teams"), json!({ "teams": teams })).await;
        let mut day = Self { server, id, owner, lead, exercises: Default::default() };
        day.exercises = [
            day.exercise(json!({ "yaml": SCENARIO, "planned_start": 1_900_000_000_000_i64 })).await,
            day.exercise(json!({ "yaml": SCENARIO, "rate": 2_000, "lead": "lead" })).await,
        ];
        day
    }

    pub(super) async fn exercise(&mut self, wanted: Value) -> String {
        let made = self.owner.ok("POST", &format!("/programmes/{}/exercises", self.id), wanted).await;
        made["exercise"].as_str().unwrap().to_owned()
    }

    pub(super) fn path(&self, rest: &str) -> String {
        format!("/programmes/{}{rest}", self.id)
    }

    /// Path of a link for the whole day.
    pub(super) async fn link(&mut self, role: &str, team: Option<&str>, uses: u32) -> String {
        let path = self.path("/links");
        let made = self.owner.ok("POST", &path, json!({ "role": role, "team": team, "max_uses": uses })).await;
        made["path"].as_str().unwrap().to_owned()
    }

    /// Path of a link that the lead makes for the second exercise.
    pub(super) async fn staff_link(&mut self, role: &str) -> String {
        let (path, exercise) = (self.path("/links"), self.exercises[1].clone());
        let made = self.lead.ok("POST", &path, json!({ "role": role, "exercises": [exercise] })).await;
        made["path"].as_str().unwrap().to_owned()
    }

    /// Somebody with a pass.
    pub(super) async fn person(&mut self, role: &str, team: Option<&str>, name: &str) -> Browser {
        let link = self.link(role, team, 1).await;
        let mut browser = Browser::new(&self.server);
        browser.join(&self.id, &link, name).await;
        browser
    }

    /// Both directors on the line.
    pub(super) async fn directors(&mut self) -> [Client; 2] {
        let [first, second] = self.exercises.clone();
        let [one, other] = [self.owner.direct(&first).await, self.lead.direct(&second).await];
        [Client::enter(&one).await, Client::enter(&other).await]
    }
}
