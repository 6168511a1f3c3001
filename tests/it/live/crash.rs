//! The server is killed again and again while people play. Nothing that it accepted is lost, nothing
//! is done twice, and everybody ends with exactly what the log says they may see.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

use drillhall::{
    bot::player::{Line, Place, PlayerError},
    clock::Clock,
    engine::{
        id::{PersonId, TeamId},
        role::Role,
        view::{Extras, Viewer},
    },
    store::{jsonl, record},
};
use serde_json::{Value, json};
use tokio::{process::Command, sync::watch, task::JoinSet};

use super::{
    after_crash::{check_boards, check_control, check_injects, check_log},
    client::{get, post},
    crash_plan::{scenario, scenario_of_everything},
    drill::{start, submit, write_log},
    process::Site,
};
use crate::postgres;

const TEAMS: usize = 8;
const PEOPLE: usize = 5;
/// A plan minute passes in a second.
const RATE: u32 = 60_000;
/// How often each person does something.
const WORK_EVERY: Duration = Duration::from_millis(300);
/// What control says when it is over.
const LAST_WORDS: &str = "last words";

/// Somebody who plays on whatever happens to the server, as the browser's client does.
pub(super) struct Person {
    pub(super) name: String,
    place: Place,
    pub(super) viewer: Viewer,
    epoch: Option<String>,
    pub(super) last_seq: i64,
    pub(super) cards: BTreeMap<String, Value>,
    /// Commands that no answer has come for.
    pub(super) outbox: BTreeMap<String, Value>,
    /// Every answer, by key.
    pub(super) accepted: BTreeMap<String, i64>,
    pub(super) asked: u32,
    /// What a rule of play forbade.
    pub(super) refused: u32,
    /// Commands that leave no words in the log.
    pub(super) wordless: BTreeSet<String>,
    /// Commands of a player that may not fit the moment.
    may_fail: BTreeSet<String>,
    beside_control: bool,
    /// Whether something real happens to this person now and then.
    calls: bool,
    done: bool,
}

impl Person {
    async fn play(mut self, mut base: watch::Receiver<String>, mut ending: watch::Receiver<bool>) -> Self {
        while !self.done || !self.outbox.is_empty() {
            self.place.base.clone_from(&base.borrow_and_update());
            if self.connection(&mut ending).await.is_err() && !self.done {
                // A back-off, shorter than a person's.
                tokio::time::timeout(Duration::from_millis(100), base.changed()).await.ok();
            }
        }
        self
    }

    async fn connection(&mut self, ending: &mut watch::Receiver<bool>) -> Result<(), PlayerError> {
        let mut line = self.place.connect().await?;
        let (epoch, last_seq) = (&self.epoch, self.last_seq);
        line.send(&json!({ "type": "hello", "epoch": epoch, "last_seq": last_seq, "language": "en" })).await?;
        for (key, act) in &self.outbox {
            line.send(&command(key, act)).await?;
        }
        let mut work = tokio::time::interval(WORK_EVERY);
        work.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                frame = line.next() => {
                    let Some(frame) = frame? else { return Ok(()) };
                    self.take(&frame);
                    if self.done && self.outbox.is_empty() {
                        return Ok(());
                    }
                }
                _ = work.tick(), if !*ending.borrow() => self.work(&mut line).await?,
            }
        }
    }

    async fn work(&mut self, line: &mut Line) -> Result<(), PlayerError> {
        let key = format!("{} does {};", self.name, self.asked + 1);
        let injects: Vec<&String> = self.cards.keys().filter(|key| key.starts_with("inject/i")).collect();
        // What it says is its key, so that the log can be searched for it.
        let act = match injects.last() {
            _ if self.viewer.role == Role::Facilitator => self.control(&key),
            _ if self.viewer.role == Role::ExerciseDirector => match self.decision(&key) {
                Some(act) => act,
                None => return Ok(()),
            },
            _ if self.calls && self.asked % 20 == 10 => no_duff(&key),
            Some(inject) if self.beside_control && self.asked % 6 == 2 => {
                let act = self.seldom(inject.trim_start_matches("inject/"), &key);
                self.may_fail.insert(key.clone());
                act
            }
            Some(inject) if self.asked % 2 == 1 => submit(inject.trim_start_matches("inject/"), &key),
            _ => write_log(&key),
        };
        self.asked += 1;
        if !act.to_string().contains(&key) {
            self.wordless.insert(key.clone());
        }
        self.outbox.insert(key.clone(), act.clone());
        line.send(&command(&key, &act)).await
    }

    /// What a player does now and then beside answering.
    fn seldom(&self, inject: &str, key: &str) -> Value {
        match self.asked / 6 % 3 {
            0 => json!({ "type": "open_hint", "inject": inject, "hint": "look" }),
            1 => json!({ "type": "ask_information", "text": key, "inject": null }),
            _ => {
                json!({ "type": "write_to_peers", "to": [self.peer()], "text": key, "tlp": "amber", "inject": null })
            }
        }
    }

    /// The team that others write to, and whom that one writes to.
    fn peer(&self) -> &'static str {
        if self.viewer.team == Some(TeamId::from("team-0")) { "south" } else { "north" }
    }

    /// One thing after another of what control may do, on whatever is there.
    fn control(&self, key: &str) -> Value {
        let n = self.asked + 1;
        let team = format!("team-{}", n as usize % TEAMS);
        let out = self.cards.keys().rev().find_map(|key| key.strip_prefix("released/")?.split('/').next());
        let out = out.unwrap_or("i1");
        let ahead = format!("i{}", 400 + n % 90);
        let before = format!("i{}", 400 + (n - 1) % 90);
        let asked = self.cards.keys().find_map(|key| key.strip_prefix("request/")).unwrap_or("none");
        let caller = json!({ "team": team, "inject": out, "happened_at": Clock::system().now().0 - 1_000, "caller": "by phone" });
        let by_phone = |kind: &str, more: Value| {
            let mut act = caller.clone();
            act["type"] = json!(kind);
            act.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            act
        };
        match n % 43 {
            0 => json!({ "type": "say_to_staff", "text": key }),
            1 => json!({ "type": "pause", "team": team, "reason": key }),
            2 => json!({ "type": "hold", "inject": ahead, "teams": null, "reason": key }),
            3 => json!({ "type": "resume", "team": format!("team-{}", (n as usize - 2) % TEAMS) }),
            4 => json!({ "type": "recall", "inject": out, "teams": [team], "reason": key }),
            5 => json!({ "type": "realign", "team": format!("team-{}", (n as usize - 4) % TEAMS), "passed": "tray" }),
            6 => json!({ "type": "extend", "inject": out, "teams": null, "by": 60_000 }),
            7 => json!({ "type": "jump", "to": null, "passed": "release" }),
            8 => json!({ "type": "add_inject", "inject": written_on_the_day(n, key), "release": n.is_multiple_of(3) }),
            9 => json!({ "type": "release", "inject": ahead, "teams": [team], "grace": true }),
            10 => json!({ "type": "shift", "by": 30_000 }),
            11 => json!({ "type": "excuse", "inject": out, "teams": [team], "reason": key }),
            12 => json!({ "type": "set_rate", "permille": RATE + n % 2 }),
            13 => json!({ "type": "hold", "inject": before, "teams": [team], "reason": key }),
            14 => json!({ "type": "free", "inject": format!("i{}", 400 + (n - 2) % 90), "teams": null }),
            15 => json!({ "type": "retime", "inject": ahead, "teams": [team], "at": 86_000_000 }),
            16 => json!({ "type": "skip", "inject": ahead, "teams": [team], "reason": key }),
            17 => json!({ "type": "amend", "inject": amended(&ahead, key) }),
            18 => json!({ "type": "release", "inject": ahead, "teams": null, "grace": true }),
            19 => json!({ "type": "undo_release", "inject": before, "teams": [team] }),
            20 => json!({ "type": "fit_to_end", "end": in_four_minutes(), "keep": [] }),
            21 => json!({ "type": "undo_fit" }),
            22 => json!({ "type": "release_missed" }),
            23 => json!({ "type": "skip_missed", "reason": key }),
            24 => json!({ "type": "cut_link", "team": team, "reason": key }),
            25 => json!({ "type": "restore_link", "team": format!("team-{}", (n as usize - 1) % TEAMS) }),
            26 => no_duff(key),
            27 => by_phone("submit_for", json!({ "answers": { "answer": { "text": key } } })),
            28 => by_phone("acknowledge_for", json!({})),
            29 => json!({ "type": "set_flag", "flag": "seen", "teams": [team], "value": (n / 43).is_multiple_of(2) }),
            30 => {
                json!({ "type": "set_variable", "variable": "quay", "team": team, "value": { "en": format!("quay {n}") } })
            }
            31 => json!({ "type": "resend", "inject": out, "teams": null }),
            32 => json!({ "type": "name_responsible", "inject": ahead, "person": self.viewer.person }),
            33 => {
                json!({ "type": "observe", "text": key, "team": team, "inject": null, "capability": null, "polarity": "positive" })
            }
            34 => json!({ "type": "say", "team": team, "text": key, "persona": "minister" }),
            35 => json!({ "type": "take_request", "item": asked }),
            36 => json!({ "type": "answer_request", "item": asked, "text": key, "inject": null }),
            37 => json!({ "type": "skip_break", "break": "late" }),
            38 => by_phone("deliver_for", json!({})),
            40 => json!({
                "type": "put_corrective_action", "action": team, "scope": { "team": team }, "element": "training",
                "priority": "low", "text": key, "owner": "CIRT", "completion": "2027-03-31",
            }),
            41 => {
                let state = if (n / 43).is_multiple_of(2) { "deferred" } else { "agreed" };
                let of = format!("team-{}", (n as usize - 1) % TEAMS);
                json!({ "type": "set_corrective_state", "action": of, "state": state, "note": key })
            }
            39 => json!({ "type": "add_inject", "inject": late(n, key), "release": false }),
            _ => json!({ "type": "send_message", "team": null, "title": { "en": key }, "body": { "en": "-" } }),
        }
    }

    /// What a director does about NO DUFF: decides on a call, and lets play go on where it stands.
    fn decision(&self, key: &str) -> Option<Value> {
        let of_kind = |kind: &'static str| {
            self.cards
                .iter()
                .filter_map(move |(known, card)| Some((known.strip_prefix(kind)?.strip_prefix('/')?, card)))
        };
        if let Some((item, _)) = of_kind("duff_state").find(|(_, card)| card["standing"] == "open") {
            let is_of_team = self.cards[&format!("duff/{item}")]["team"].is_string();
            let verdict = if is_of_team && self.asked.is_multiple_of(2) { "team_only" } else { "suspend_all" };
            return Some(json!({ "type": "decide_no_duff", "item": item, "verdict": verdict, "note": key }));
        }
        if self.cards.contains_key("suspension") {
            return Some(json!({ "type": "lift_suspension", "team": null, "decision": key }));
        }
        let (team, _) = of_kind("suspension").next()?;
        Some(json!({ "type": "lift_suspension", "team": team, "decision": key }))
    }

    /// Whether this person tries things that may not fit the moment.
    pub(super) fn is_bold(&self) -> bool {
        self.calls || matches!(self.viewer.role, Role::Facilitator | Role::ExerciseDirector)
    }

    /// Honest work never is: an answer or an entry of the log that is refused fails the test.
    fn may_be_refused(&self, frame: &Value) -> bool {
        let is_risky = self.is_bold() || frame["key"].as_str().is_some_and(|key| self.may_fail.contains(key));
        is_risky && frame["code"] != "unavailable"
    }

    fn take(&mut self, frame: &Value) {
        match frame["type"].as_str().unwrap() {
            "reset" => {
                self.cards.clear();
                self.put(frame);
                self.last_seq = frame["seq"].as_i64().unwrap();
                self.epoch = frame["epoch"].as_str().map(ToOwned::to_owned);
            }
            "welcome" => assert_eq!(frame["epoch"].as_str(), self.epoch.as_deref()),
            "frame" => {
                let seq = frame["seq"].as_i64().unwrap();
                assert!(seq > self.last_seq, "{} got row {seq} after row {}", self.name, self.last_seq);
                self.last_seq = seq;
                self.put(frame);
            }
            "accepted" => {
                let seq = frame["seq"].as_i64().unwrap();
                let key = frame["key"].as_str().unwrap();
                // Beside a busy control an answer may bring rows with it that are not for this person.
                assert!(
                    self.beside_control || self.last_seq >= seq,
                    "{} was answered {seq} ahead of row {}",
                    self.name,
                    self.last_seq
                );
                self.outbox.remove(key);
                self.accepted.insert(key.to_owned(), seq);
            }
            "rejected" if self.may_be_refused(frame) => {
                self.outbox.remove(frame["key"].as_str().unwrap());
                self.refused += 1;
            }
            // It stays in the outbox.
            "rejected" => assert!(
                ["unavailable", "too_many_frames"].contains(&frame["code"].as_str().unwrap()),
                "{}: {frame}",
                self.name
            ),
            _ => {}
        }
    }

    fn put(&mut self, frame: &Value) {
        for keyed in frame["cards"].as_array().unwrap() {
            let key = keyed["key"].as_str().unwrap().to_owned();
            self.done |= keyed["card"]["title"] == LAST_WORDS;
            match &keyed["card"] {
                Value::Null => drop(self.cards.remove(&key)),
                card => drop(self.cards.insert(key, card.clone())),
            }
        }
    }
}

/// Four minutes from now: the plan lasts ten.
fn in_four_minutes() -> i64 {
    Clock::system().now().0 + 240_000
}

/// What it says is its key.
fn no_duff(key: &str) -> Value {
    json!({ "type": "raise_no_duff", "text": key, "call_back": "+1 555 0100" })
}

fn written_on_the_day(n: u32, words: &str) -> Value {
    amended(&format!("x{n}"), words)
}

/// An inject whose time has passed: it waits in the tray.
fn late(n: u32, words: &str) -> Value {
    let mut inject = amended(&format!("late{n}"), words);
    inject["trigger"] = json!({ "on": "at", "at": 60_000 });
    inject
}

fn amended(id: &str, words: &str) -> Value {
    json!({
        "id": id, "kind": "contextual", "trigger": { "on": "manual" }, "audience": "all", "priority": "could",
        "content": { "title": { "en": words }, "body": { "en": "-" }, "channel": "mail", "from": null, "attachments": [],
            "form": null, "for_guests": null },
        "staff": { "notes": {}, "expected": [], "objectives": [], "responsible": null, "keys": {}, "samples": [] },
    })
}

fn command(key: &str, act: &Value) -> Value {
    json!({ "type": "command", "key": key, "act": act })
}

impl Person {
    /// Joins by a link.
    async fn join(control: &Place, secret: &str, name: String, role: Role, team: Option<&str>) -> Self {
        let place = Place::join(&control.base, secret, &name, "en").await.unwrap();
        Self::seated(place, name, role, team).await
    }

    async fn seated(place: Place, name: String, role: Role, team: Option<&str>) -> Self {
        let seat = get(&place, "seat").await.json();
        let person = PersonId::from(seat["person"].as_str().unwrap());
        Self {
            name,
            place,
            viewer: Viewer { person, role, team: team.map(TeamId::from), blind: false, extras: Extras::default() },
            epoch: None,
            last_seq: 0,
            cards: BTreeMap::new(),
            outbox: BTreeMap::new(),
            accepted: BTreeMap::new(),
            asked: 0,
            refused: 0,
            wordless: BTreeSet::new(),
            may_fail: BTreeSet::new(),
            beside_control: false,
            calls: false,
            done: false,
        }
    }
}

async fn link(control: &Place, wanted: &Value) -> String {
    let link = post(control, "links", wanted).await.json();
    link["path"].as_str().unwrap().trim_start_matches("/join#").to_owned()
}

/// Somebody who runs the exercise beside the director.
async fn facilitator(control: &Place) -> Person {
    let secret = link(control, &json!({ "role": "facilitator", "team": null, "max_uses": 1 })).await;
    Person::join(control, &secret, "control".to_owned(), Role::Facilitator, None).await
}

/// Takes every seat at a server that runs.
async fn seats(control: &Place, aliases: &[&str]) -> Vec<Person> {
    let mut people = Vec::new();
    for n in 0..TEAMS {
        let (team, alias) = (format!("team-{n}"), aliases.get(n));
        let add = json!({ "key": team, "team": team, "name": team, "language": "en", "cohort": null, "alias": alias });
        assert_eq!(post(control, "teams", &add).await.status, 201);
        let wanted = json!({ "role": "player", "team": team, "max_uses": PEOPLE });
        let secret = link(control, &wanted).await;
        for n in 0..PEOPLE {
            people.push(Person::join(control, &secret, format!("{team} person {n}"), Role::Player, Some(&team)).await);
        }
    }
    people
}

/// Moments until the next kill: chance, but the same chance each time.
fn moments(seed: u64) -> impl Iterator<Item = Duration> {
    let mut state = seed;
    std::iter::repeat_with(move || {
        // Constants of Knuth's MMIX.
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        Duration::from_millis(200 + (state >> 33) % 1_500)
    })
}

/// Plays, kills so many times, lets everybody come to rest, and returns the people and the exported log.
async fn play_and_kill(site: &Site, kills: usize, seed: u64, with_control: bool) -> (Vec<Person>, Vec<u8>) {
    site.add_account().await;
    let mut process = site.serve().await;
    let control = process.exercise(&if with_control { scenario_of_everything() } else { scenario() }, RATE).await;
    let mut people = seats(&control, if with_control { &["north", "south"] } else { &[] }).await;
    if with_control {
        people[0].calls = true;
        people.push(facilitator(&control).await);
        people.push(Person::seated(control.clone(), "director".to_owned(), Role::ExerciseDirector, None).await);
        for person in &mut people {
            person.beside_control = true;
        }
    }
    let start = json!({ "key": "start", "act": start() });
    assert_eq!(post(&control, "commands", &start).await.status, 200);
    let (base, everywhere) = watch::channel(process.base.clone());
    let (ending, ended) = watch::channel(false);
    let mut playing = JoinSet::new();
    for person in people {
        playing.spawn(person.play(everywhere.clone(), ended.clone()));
    }
    for moment in moments(seed).take(kills) {
        // Nobody waits for anything here: a power cut comes when it comes.
        tokio::time::sleep(moment).await;
        process.kill().await;
        process = site.serve().await;
        base.send_replace(process.base.clone());
    }
    ending.send_replace(true);
    let control = process.at(&control);
    let quiet = json!({ "type": "pause", "team": null, "reason": "over" });
    assert_eq!(post(&control, "commands", &json!({ "key": "quiet", "act": quiet })).await.status, 200);
    let words = json!({ "type": "send_message", "team": null, "title": { "en": LAST_WORDS }, "body": { "en": "-" } });
    assert_eq!(post(&control, "commands", &json!({ "key": "over", "act": words })).await.status, 200);
    let people = tokio::time::timeout(Duration::from_mins(2), playing.join_all()).await.expect("all come to rest");
    let log = get(&control, "log.jsonl").await.bytes;
    process.kill().await;
    (people, log)
}

async fn survives(site: Site, kills: usize, seed: u64, with_control: bool) {
    let (people, exported) = play_and_kill(&site, kills, seed, with_control).await;
    let export = jsonl::read(exported.as_slice()).unwrap();
    let events: Vec<_> = export.rows.iter().map(|row| (row.row.seq, record::event(row).unwrap())).collect();
    check_log(&events, &people, kills);
    if with_control {
        check_control(&events, &people);
    } else {
        check_injects(&events);
    }
    check_boards(&events, &people);
    let file = site.data.join("log.jsonl");
    std::fs::write(&file, exported).unwrap();
    let verified = Command::new(env!("CARGO_BIN_EXE_drillhall")).arg("verify").arg(file).output().await.unwrap();
    assert!(verified.status.success(), "{}", String::from_utf8_lossy(&verified.stderr));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn twenty_kills_lose_and_double_nothing_on_sqlite() {
    let data = tempfile::tempdir().unwrap();
    let seed = 7;
    println!("seed {seed}");
    survives(Site { data: data.path().to_owned(), database_url: None }, 20, seed, false).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn fifty_kills_under_a_busy_control_lose_and_double_nothing() {
    let data = tempfile::tempdir().unwrap();
    let seed = 23;
    println!("seed {seed}");
    survives(Site { data: data.path().to_owned(), database_url: None }, 50, seed, true).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn five_kills_lose_and_double_nothing_on_postgres() {
    let Some(url) = postgres::database().await else { return };
    let data = tempfile::tempdir().unwrap();
    let seed = 11;
    println!("seed {seed}");
    survives(Site { data: data.path().to_owned(), database_url: Some(url) }, 5, seed, false).await;
}
