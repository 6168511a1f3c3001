//! Nobody receives what they may not see: words that nobody else writes stand in every field that
//! some people must not see, two teams play, and every byte that each seat was ever sent is looked
//! through for them.

use std::collections::{BTreeMap, BTreeSet};

use drillhall::{
    bot::player::Place,
    engine::{
        command::AnswerInput,
        id::{CohortId, FieldId, FileHash, HintId, ObjectiveId, OptionId, PersonaId, PhaseId},
        plan::{
            AnswerKey, Attachment, Capability, Choice, Criterion, Evaluation, ExpectedAction, Field, FieldKind, Hint,
            Inject, InjectAudience, InjectKind, Objective, Persona, Phase, Plan, Planning, Sample, SampleGrade,
            StaffNotes, Trigger,
        },
        role::Role,
        text::Text,
        time::{Millis, Rate},
    },
    id::token_hash,
    scenario::PackFile,
};
use reqwest::Method;
use serde_json::json;

use super::{
    client::{Client, ask, get, post},
    drill::{inject, plan, release, start, submit, write_log},
    fixture::{Hall, Server},
};

/// What control alone may see.
const STAFF: [&str; 24] = [
    "red-feedback",
    "blue-feedback",
    "finding-title",
    "finding-observation",
    "notes",
    "expected",
    "ground",
    "responsible",
    "sample-text",
    "sample-other",
    "objective",
    "late-title",
    "late-body",
    "late-guests",
    "late-label",
    "late-option",
    "late-persona",
    "late-file-name",
    "late-file-text",
    "watched-title",
    "phase-title",
    "phase-situation",
    "skip-reason",
    "control-name",
];
/// What of that a team's moderator sees of what is to come for the own team; a role player the first of it, where
/// a simulated sender says it.
const AHEAD: [&str; 5] = ["late-title", "late-body", "late-persona", "watched-title", "expected"];
const SAID_AHEAD: usize = 3;
/// What beside them only one team may see.
const BLUE: [&str; 17] = [
    "blue-action",
    "blue-handed-name",
    "blue-handed-text",
    "blue-team-id",
    "blue-title",
    "blue-body",
    "blue-file-name",
    "blue-file-text",
    "blue-answer",
    "blue-entry",
    "blue-said",
    "blue-reply",
    "blue-message",
    "blue-person",
    "blue-pause",
    "blue-duff",
    "blue-call-back",
];
const RED: [&str; 10] = [
    "red-action",
    "red-handed-name",
    "red-handed-text",
    "red-title",
    "red-body",
    "red-answer",
    "red-entry",
    "red-said",
    "red-message",
    "red-person",
];
/// What the wall is shown of NO DUFF, wherever it is raised.
const DUFF: [&str; 3] = ["blue-duff", "blue-call-back", "blue-team-id"];

fn canary(name: &str) -> String {
    format!("canary-{name}-7q")
}

fn text(name: &str) -> Text {
    Text::new("en", &canary(name))
}

fn file(name: &str) -> (Attachment, PackFile) {
    let bytes = canary(&format!("{name}-file-text")).into_bytes();
    let hash = FileHash(token_hash(&canary(&format!("{name}-file-text"))));
    let attachment = Attachment {
        hash: hash.clone(),
        name: canary(&format!("{name}-file-name")),
        media_type: "text/plain".to_owned(),
        bytes: bytes.len() as u64,
        alt: Text::default(),
    };
    (attachment, PackFile { path: format!("{name}.txt"), hash, media_type: "text/plain", bytes })
}

fn staff_notes() -> StaffNotes {
    let answers = BTreeMap::from([(FieldId::from("answer"), AnswerInput::Text(canary("sample-text")))]);
    let rationale = AnswerInput::Decision { option: None, rationale: canary("sample-other") };
    let other = BTreeMap::from([(FieldId::from("answer"), rationale)]);
    StaffNotes {
        notes: text("notes"),
        expected: vec![text("expected")],
        objectives: vec![ObjectiveId::from("o1")],
        responsible: Some(canary("responsible")),
        planning: Planning {
            storyline: Some(canary("storyline")),
            plan_tested: Some(canary("plan-tested")),
            contingency_for: Some(canary("contingency-for")),
            evaluator_notes: Some(canary("evaluator-notes")),
            approval: Some(canary("approval")),
            capability: Some(canary("capability")),
        },
        keys: BTreeMap::from([(
            FieldId::from("choice"),
            AnswerKey::Options(BTreeMap::from([(OptionId::from("yes"), 1_000), (OptionId::from("no"), 617)])),
        )]),
        samples: vec![
            Sample { grade: SampleGrade::Good, answers },
            Sample { grade: SampleGrade::Weak, answers: other },
        ],
        hints: vec![Hint { id: HintId::from("unopened"), text: text("hint") }],
        evaluation: Evaluation {
            criteria: vec![Criterion {
                id: "clear".into(),
                title: text("criterion"),
                field: None,
                weight: 1,
                critical: false,
                anchors: (0..5).map(|level| text(&format!("anchor-{level}"))).collect(),
            }],
            actions: vec![ExpectedAction {
                id: "told".into(),
                text: text("action"),
                weight: 1,
                critical: false,
                objective: None,
            }],
            ..Evaluation::default()
        },
    }
}

fn of_cohort(id: &str, cohort: &str, name: &str) -> Inject {
    let mut inject = inject(id, Trigger::Manual);
    inject.audience = InjectAudience::Cohorts(vec![CohortId::from(cohort)]);
    inject.content.title = text(&format!("{name}-title"));
    inject.content.body = text(&format!("{name}-body"));
    inject.staff = staff_notes();
    let options = ["yes", "no"].map(|id| Choice { id: OptionId::from(id), label: Text::new("en", id) });
    if let Some(form) = &mut inject.content.form {
        form.fields.push(Field {
            id: FieldId::from("choice"),
            label: Text::new("en", "Is it?"),
            help: None,
            kind: FieldKind::Choice { options: options.into() },
            required: false,
            wanted: false,
            section: None,
            points: 5,
        });
    }
    inject
}

fn never_yet() -> Inject {
    let mut late = inject("late", Trigger::At { at: Millis::minutes(50) });
    late.content.title = text("late-title");
    late.content.body = text("late-body");
    late.content.for_guests = Some(text("late-guests"));
    late.content.from = Some(Persona { id: PersonaId::from("p"), name: text("late-persona"), organisation: None });
    if let Some(field) = late.content.form.as_mut().and_then(|form| form.fields.first_mut()) {
        field.label = text("late-label");
        let option = Choice { id: OptionId::from("o"), label: text("late-option") };
        field.kind = FieldKind::Choice { options: vec![option] };
    }
    late.content.attachments.push(file("late").0);
    late
}

fn scenario() -> (Plan, Vec<PackFile>) {
    let mut blue = of_cohort("b", "blue", "blue");
    blue.content.attachments.push(file("blue").0);
    let mut watched = inject("watched", Trigger::Manual);
    watched.kind = InjectKind::ExpectedAction;
    watched.content.title = text("watched-title");
    let injects = vec![of_cohort("r", "red", "red"), blue, never_yet(), watched, inject("skipped", Trigger::Manual)];
    let objective = Objective {
        id: ObjectiveId::from("o1"),
        title: text("objective"),
        capability: Capability::TriageAndClassification,
        weight: 1,
        critical: true,
    };
    let phase = Phase {
        id: PhaseId::from("later"),
        title: text("phase-title"),
        from: Millis::minutes(40),
        situation: text("phase-situation"),
    };
    let mut plan = plan(injects);
    plan.cohorts = vec![CohortId::from("red"), CohortId::from("blue")];
    plan.objectives.push(objective);
    plan.phases.push(phase);
    plan.ground_truth = text("ground");
    plan.profile.wall_scores = false;
    (plan, vec![file("late").1, file("blue").1])
}

/// Somebody who listens from the beginning to the end, and asks for everything there is.
struct Listener {
    name: &'static str,
    place: Place,
    client: Client,
    heard: String,
}

impl Listener {
    async fn new(hall: &Hall, name: &'static str, role: Role, team: Option<&str>, shown: &str) -> Self {
        let place = hall.seat(role, team, shown).await;
        let client = Client::enter(&place).await;
        Self { name, place, client, heard: String::new() }
    }

    async fn gather(&mut self, last_words: &str) {
        if self.name != "reviewer" {
            self.client.wait_for("the last words", |frame| frame.to_string().contains(last_words)).await;
        }
        self.client.hello(None, 0).await;
        let strange = self.client.ask("strange", &json!({ "type": "erase_part", "part": "x", "reason": "y" })).await;
        assert_eq!(strange["type"], "rejected");
        for frame in &self.client.heard {
            self.heard.push_str(&frame.to_string());
        }
        let description = get(&self.place, "/api/v1/openapi.json").await.json();
        for (path, methods) in description["paths"].as_object().unwrap() {
            if methods.get("get").is_some() && !path.ends_with("/socket") && !path.ends_with("/events") {
                let handed =
                    ["red", "blue"].map(|colour| FileHash(token_hash(&canary(&format!("{colour}-handed-text")))));
                for hash in [file("late").1.hash, file("blue").1.hash].into_iter().chain(handed) {
                    let path = path.replace("{exercise}", self.place.exercise.as_str());
                    let path = path.replace("{inject}", "b");
                    self.take(&get(&self.place, &path.replace("{hash}", hash.as_str())).await.bytes);
                }
            }
        }
        self.look_back().await;
        for (path, body) in [
            ("commands", json!({ "key": "x", "act": submit("r", "") })),
            ("commands", json!({ "key": "x", "act": release("r") })),
            ("teams", json!({ "key": "x", "team": "new", "name": "New", "language": "en", "cohort": null })),
            ("commands", json!({ "key": "x" })),
        ] {
            self.take(&post(&self.place, path, &body).await.bytes);
        }
        self.take(&get(&self.place, "snapshot?language=fr").await.bytes);
        self.heard = self.heard.to_lowercase();
    }

    /// Asks for the past as every role of every team, at every instant that something happened.
    async fn look_back(&mut self) {
        let instants: BTreeSet<i64> = self.client.heard.iter().filter_map(|frame| frame["at"].as_i64()).collect();
        let last = instants.last().copied().unwrap_or_default();
        for role in Role::ALL {
            let role = serde_json::to_value(role).unwrap();
            for team in [String::new(), "&team=reds".to_owned(), format!("&team={}", canary("blue-team-id"))] {
                let eyes = format!("as={}{team}", role.as_str().unwrap());
                self.take(&get(&self.place, &format!("replay/marks?{eyes}")).await.bytes);
                self.take(&get(&self.place, &format!("replay?at={last}&{eyes}")).await.bytes);
            }
        }
        let person = get(&self.place, "seat").await.json()["person"].as_str().unwrap_or_default().to_owned();
        for at in instants {
            let now = get(&self.place, &format!("replay?at={at}&person={person}")).await;
            let has_past = now.status == 200;
            assert_eq!(has_past, self.name != "reviewer", "the {} looks back on {at}", self.name);
            self.take(&now.bytes);
        }
    }

    fn take(&mut self, bytes: &[u8]) {
        self.heard.push_str(&String::from_utf8_lossy(bytes));
    }

    fn knows(&self, name: &str) -> bool {
        self.heard.contains(&canary(name))
    }

    fn must_not_know(&self, names: &[&str]) {
        for name in names {
            let found = self.heard.find(&canary(name)).map(|at| {
                let from = self.heard.floor_char_boundary(at.saturating_sub(300));
                &self.heard[from..self.heard.ceil_char_boundary(at + 60)]
            });
            assert!(found.is_none(), "the {} was sent {name}: …{}…", self.name, found.unwrap_or_default());
        }
    }
}

fn without<'a>(names: &[&'a str], known: &[&str]) -> Vec<&'a str> {
    names.iter().filter(|name| !known.contains(name)).copied().collect()
}

/// Both teams do everything that people in a team do, control everything that it does to a team.
async fn play(hall: &mut Hall, red: &mut Listener, blue: &mut Listener) {
    let blues = canary("blue-team-id");
    hall.director.act(start()).await;
    for inject in ["r", "b"] {
        hall.director.act(release(inject)).await;
    }
    let skip = json!({ "type": "skip", "inject": "skipped", "teams": null, "reason": canary("skip-reason") });
    hall.director.act(skip).await;
    for (colour, inject, side) in [("red", "r", &mut *red), ("blue", "b", &mut *blue)] {
        let name = |what: &str| canary(&format!("{colour}-{what}"));
        side.client.act(json!({ "type": "note_opened", "inject": inject })).await;
        side.client.act(json!({ "type": "acknowledge", "inject": inject })).await;
        side.client.say(&json!({ "type": "writing", "inject": inject, "active": true })).await;
        side.client.act(submit(inject, &name("answer"))).await;
        let upload = format!("uploads?name={}", name("handed-name"));
        let handed = ask(&side.place, Method::POST, &upload, name("handed-text").into_bytes()).await;
        assert_eq!(handed.status, 201);
        let draft = json!({ "answers": { "text": name("draft") } }).to_string().into_bytes();
        assert_eq!(ask(&side.place, Method::PUT, &format!("drafts/{inject}"), draft).await.status, 200);
        side.client.act(write_log(&name("entry"))).await;
        side.client.act(json!({ "type": "say", "team": null, "text": name("said") })).await;
        let team = if colour == "red" { "reds" } else { &blues };
        let message = json!({ "en": name("message") });
        hall.director
            .act(json!({ "type": "send_message", "team": team, "title": { "en": "To you" }, "body": message }))
            .await;
    }
    hall.director.act(json!({ "type": "say", "team": blues, "text": canary("blue-reply") })).await;
    hall.director.act(json!({ "type": "pause", "team": blues, "reason": canary("blue-pause") })).await;
    let duff = json!({ "type": "raise_no_duff", "text": canary("blue-duff"), "call_back": canary("blue-call-back") });
    blue.client.act(duff).await;
    hall.director.act(json!({ "type": "end_ex" })).await;
    look_back_on(hall, red, blue).await;
}

/// What comes after play: what staff alone may read, what one team may, and notes for everybody.
async fn look_back_on(hall: &mut Hall, red: &mut Listener, blue: &mut Listener) {
    let blues = canary("blue-team-id");
    for (colour, team, side) in [("red", "reds", red), ("blue", blues.as_str(), blue)] {
        let words = canary(&format!("{colour}-feedback"));
        let answers = json!({ "to-improve": { "text": words }, "pace": { "choice": "agree" } });
        side.client.act(json!({ "type": "give_feedback", "answers": answers })).await;
        for (anonymous, about) in [(true, Some(team)), (false, None)] {
            let note = json!({ "type": "add_to_hot_wash", "kind": "area", "text": "slow", "anonymous": anonymous, "team": about });
            side.client.act(note).await;
        }
        let action = json!({
            "type": "put_corrective_action", "action": colour, "scope": { "team": team }, "element": "training",
            "priority": "high", "text": canary(&format!("{colour}-action")),
        });
        hall.director.act(action).await;
        let agreed = json!({ "type": "set_corrective_state", "action": colour, "state": "deferred", "note": "later" });
        hall.director.act(agreed).await;
    }
    let finding = json!({
        "type": "edit_finding", "finding": "late", "scope": "event", "kind": "area", "title": canary("finding-title"),
        "observation": canary("finding-observation"),
    });
    hall.director.act(finding).await;
    hall.director.act(json!({ "type": "sign_off", "scope": "event" })).await;
    hall.director.act(json!({ "type": "propose_release", "version": "team", "teams": [blues] })).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_byte_reaches_anybody_who_may_not_see_it() {
    let data = tempfile::tempdir().unwrap();
    let server = Server::start(data.path()).await;
    let (plan, files) = scenario();
    let blues = canary("blue-team-id");
    let mut hall = Hall::open(server, plan, files, Rate::REAL, &["reds", &blues]).await;
    let named = canary("control-name");
    let mut staff = Listener::new(&hall, "director", Role::ExerciseDirector, None, &named).await;
    let mut red = Listener::new(&hall, "player", Role::Player, Some("reds"), &canary("red-person")).await;
    let mut blue = Listener::new(&hall, "blue player", Role::Player, Some(&blues), &canary("blue-person")).await;
    let mut moderator = Listener::new(&hall, "moderator", Role::TeamModerator, Some("reds"), "Trainer").await;
    let mut wall = Listener::new(&hall, "observer", Role::Observer, None, "Wall").await;
    let mut actor = Listener::new(&hall, "role player", Role::RolePlayer, None, "Minister").await;
    let mut reviewer = Listener::new(&hall, "reviewer", Role::Reviewer, None, "Reviewer").await;
    play(&mut hall, &mut red, &mut blue).await;
    // As long as the team has no lead, any player answers for it.
    let mut lead = Listener::new(&hall, "lead", Role::TeamLead, Some("reds"), "Lead").await;
    let last =
        json!({ "type": "send_message", "team": null, "title": { "en": "Last" }, "body": { "en": "last words" } });
    hall.director.act(last).await;
    for listener in [&mut staff, &mut red, &mut blue, &mut lead, &mut moderator, &mut wall, &mut actor, &mut reviewer] {
        listener.gather("last words").await;
    }

    let everything: Vec<&str> = STAFF.iter().chain(&BLUE).chain(&RED).copied().collect();
    let unseen: Vec<_> = everything.iter().filter(|name| !staff.knows(name)).collect();
    assert!(unseen.is_empty(), "control sees everything, or this test finds nothing: {unseen:?}");
    let unseen: Vec<_> = BLUE.iter().filter(|name| !blue.knows(name)).collect();
    assert!(unseen.is_empty(), "a team sees its own: {unseen:?}");
    for member in [&red, &lead, &moderator] {
        let unseen: Vec<_> = RED.iter().filter(|name| !member.knows(name)).collect();
        assert!(unseen.is_empty(), "a team sees its own: {unseen:?}");
        let ahead = if member.name == "moderator" { &AHEAD[..] } else { &[] };
        let unseen: Vec<_> = ahead.iter().filter(|name| !member.knows(name)).collect();
        assert!(unseen.is_empty(), "a moderator sees what is to come for the own team: {unseen:?}");
        member.must_not_know(&without(&STAFF, ahead));
        member.must_not_know(&BLUE);
    }
    blue.must_not_know(&STAFF);
    blue.must_not_know(&RED);
    let but_duff: Vec<&str> = everything.iter().filter(|name| !DUFF.contains(name)).copied().collect();
    for (outsider, ahead) in [(&wall, &[][..]), (&actor, &AHEAD[..SAID_AHEAD])] {
        assert!(outsider.knows("blue-duff"), "something real is hidden from nobody who must act");
        outsider.must_not_know(&without(&but_duff, ahead));
    }
    reviewer.must_not_know(&everything);
    assert!(blue.knows("blue-draft"), "a draft is for the people of its team");
    for other in [&staff, &red, &lead, &moderator, &wall, &actor, &reviewer] {
        other.must_not_know(&["blue-draft"]);
    }
}
