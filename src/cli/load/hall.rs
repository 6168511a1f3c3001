//! A hall full of people before the drill begins: an account, an exercise, teams, and everybody's
//! place in it, all by the routes that people use.

use anyhow::{Context, bail};
use futures_util::{StreamExt, TryStreamExt, stream};
use reqwest::{
    RequestBuilder,
    header::{COOKIE, ORIGIN},
};
use serde::Deserialize;
use serde_json::{Value, json};

use super::server::Server;
use crate::{
    account::totp,
    bot::player::{Place, cookie_of},
    clock::Clock,
    engine::{command::Act, id::ExerciseId},
};

/// Requests that are under way at once.
const AT_ONCE: usize = 32;
/// People that one link is for: a link may be looked at and used 300 times a minute.
const PEOPLE_A_LINK: u32 = 250;
/// The inject that asks for an answer.
pub(super) const ASKED: &str = "load-0";
/// Seconds between `StartEx` and the first inject, and between injects.
pub(super) const SECONDS_APART: i64 = 1;

/// An exercise with everybody in it, and the director's hand on it.
pub(super) struct Hall {
    /// Everybody's place. Person `n` is in team `n % teams`.
    pub(super) places: Vec<Place>,
    client: reqwest::Client,
    base: String,
    session: String,
    exercise: ExerciseId,
}

#[derive(Deserialize)]
struct Opened {
    exercise: ExerciseId,
}

impl Hall {
    /// Opens an exercise and lets everybody join.
    pub(super) async fn open(server: &Server, people: u32, teams: u32, injects: u32) -> anyhow::Result<Self> {
        let (client, base) = (reqwest::Client::new(), server.base.clone());
        let account = json!({ "token": server.setup_token, "login": "load", "password": "a measurement, no secret" });
        let answer = client.post(format!("{base}/api/v1/setup")).header(ORIGIN, &base).json(&account).send().await?;
        let session = cookie_of(answer.error_for_status()?.headers());
        let exercise = ExerciseId(String::new());
        let mut hall = Self { places: Vec::new(), client, base, session, exercise };
        hall.enrol().await?;
        let opened = hall.post("/api/v1/exercises", &json!({ "yaml": scenario(injects) })).await?;
        hall.exercise = Opened::deserialize(opened)?.exercise;
        let crews = stream::iter(0..teams).map(|team| hall.gather(team, (people - team).div_ceil(teams)));
        let crews: Vec<Vec<Place>> = crews.buffered(AT_ONCE).try_collect().await?;
        let mut crews: Vec<_> = crews.into_iter().map(Vec::into_iter).collect();
        let turns = 0..people.div_ceil(teams);
        hall.places = turns.flat_map(|_| crews.iter_mut().filter_map(Iterator::next).collect::<Vec<_>>()).collect();
        Ok(hall)
    }

    /// Enrols the second factor without which nobody directs.
    async fn enrol(&mut self) -> anyhow::Result<()> {
        let path = "/api/v1/me/totp";
        let device = self.post(path, &json!({})).await?;
        let code = device["secret"].as_str().and_then(|secret| totp::code(secret, Clock::system().now()));
        let request = self.client.put(format!("{}{path}", self.base)).header(ORIGIN, &self.base);
        let code = json!({ "code": code.context("a device has no secret")? });
        let answer = good(request.header(COOKIE, &self.session).json(&code)).await?;
        self.session = cookie_of(answer.headers());
        Ok(())
    }

    /// Does something as the exercise's director.
    pub(super) async fn direct(&self, key: &str, act: &Act) -> anyhow::Result<()> {
        let path = format!("/api/v1/exercises/{}/commands", self.exercise);
        self.post(&path, &json!({ "key": key, "act": act })).await.map(drop)
    }

    /// Does so many things as the exercise's director, some of them at the same time.
    pub(super) async fn direct_all(&self, acts: impl Iterator<Item = (String, Act)>) -> anyhow::Result<()> {
        let all = stream::iter(acts).map(|(key, act)| async move { self.direct(&key, &act).await });
        all.buffer_unordered(AT_ONCE).try_collect().await
    }

    /// Adds a team and lets its people join.
    async fn gather(&self, team: u32, people: u32) -> anyhow::Result<Vec<Place>> {
        let (path, name) = (format!("/api/v1/exercises/{}", self.exercise), format!("team-{team}"));
        let new = json!({ "key": name, "team": name, "name": name, "language": "en" });
        self.post(&format!("{path}/teams"), &new).await?;
        let mut places = Vec::new();
        for first in (0..people).step_by(PEOPLE_A_LINK as usize) {
            let wanted = PEOPLE_A_LINK.min(people - first);
            let terms = json!({ "role": "player", "team": name, "max_uses": wanted });
            let link = self.post(&format!("{path}/links"), &terms).await?;
            let secret = link["path"].as_str().and_then(|path| path.split_once('#')).context("a link has no secret")?.1;
            for person in first..first + wanted {
                places.push(self.join(secret, team, person).await?);
            }
        }
        Ok(places)
    }

    /// Joins as if from a machine of one's own, by way of a proxy that the server trusts.
    async fn join(&self, secret: &str, team: u32, person: u32) -> anyhow::Result<Place> {
        let [_, _, team_high, team_low] = team.to_be_bytes();
        let address = format!("10.{team_high}.{team_low}.{}", person % 250);
        let body = json!({ "token": secret, "name": format!("Player {person}"), "language": "en" });
        let request = self.client.post(format!("{}/api/v1/join", self.base)).header("X-Forwarded-For", address);
        let answer = good(request.header(ORIGIN, &self.base).json(&body)).await?;
        Ok(Place::of(&self.base, answer).await?)
    }

    async fn post(&self, path: &str, body: &Value) -> anyhow::Result<Value> {
        let request = self.client.post(format!("{}{path}", self.base));
        let request = request.header(ORIGIN, &self.base).header(COOKIE, &self.session).json(body);
        Ok(good(request).await?.json().await?)
    }
}

async fn good(request: RequestBuilder) -> anyhow::Result<reqwest::Response> {
    let answer = request.send().await.context("the server did not answer a request")?;
    if answer.status().is_success() {
        return Ok(answer);
    }
    bail!("the server refused: {}", answer.text().await?)
}

/// Short and long injects in turn, one a second; the first asks for an answer.
fn scenario(injects: u32) -> String {
    let head = "format: 1\nmeta:\n  name: load\n  title: Load\n  tlp: clear\n  languages: [en]\n  \
                duration: 240m\ninjects:\n";
    let form = "      form:\n        fields:\n          - id: answer\n            label: What is it?\n            \
                choice: [{id: phishing, label: Phishing}, {id: other, label: Something else}]\n";
    let inject = |n| {
        let body = "Customers see a login page that is not the bank's own. ".repeat(if n % 2 == 0 { 4 } else { 26 });
        let (at, body, form) = ((i64::from(n) + 1) * SECONDS_APART, body.trim(), if n == 0 { form } else { "" });
        format!(
            "  - id: load-{n}\n    kind: contextual\n    at: {at}s\n    player:\n      title: A call\n      \
             body: \"{body}\"\n      channel: phone\n{form}"
        )
    };
    std::iter::once(head.to_owned()).chain((0..injects).map(inject)).collect()
}
