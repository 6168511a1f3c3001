//! Nobody receives what they may not see, in drills that chance has made: random plans and random acts on real
//! sockets, with somebody of every role connected from the beginning, who asks at the end for all that can be asked for.
//! The same random drills show the engine's frames one by one (`engine::properties`); here is everything around them:
//! sockets, resets, refusals, routes.

use std::collections::BTreeSet;

use drillhall::{
    bot::player::Place,
    clock::ManualClock,
    engine::{
        command::{Act, Actor, Order},
        event::{Event, Fact, HintOpened},
        id::TeamId,
        role::{Action, Relation, Role, may},
        time::Millis,
    },
    store::record::{self, stream_of},
};
use proptest::{
    strategy::{Strategy, ValueTree},
    test_runner::{Config, RngAlgorithm, TestRng, TestRunner},
};
use serde_json::Value;

use super::{
    client::{Client, get},
    fixture::{Hall, Server},
};
use crate::{
    engine::arbitrary::{Course, Numbers, When, Wish, course},
    server::NOW,
};

/// How many drills.
const DRILLS: u8 = 4;
const TEAMS: [&str; 2] = ["atoll", "basin"];
/// Everybody by the name that random acts have for them, behind the team's.
const STAFF: [(&str, Role); 8] = [
    ("director", Role::ExerciseDirector),
    ("planner", Role::Planner),
    ("facilitator", Role::Facilitator),
    ("actor", Role::RolePlayer),
    ("lead-evaluator", Role::LeadEvaluator),
    ("evaluator", Role::Evaluator),
    ("observer", Role::Observer),
    ("reviewer", Role::Reviewer),
];
const MEMBERS: [(&str, Role); 3] =
    [("lead", Role::TeamLead), ("player", Role::Player), ("moderator", Role::TeamModerator)];

struct Person {
    name: String,
    role: Role,
    team: Option<TeamId>,
    place: Place,
    client: Client,
    /// Everything that was sent to them.
    heard: String,
}

impl Person {
    async fn enter(hall: &Hall, name: String, role: Role, team: Option<&str>) -> Self {
        let place = hall.seat(role, team, "Somebody").await;
        let client = Client::enter(&place).await;
        Self { name, role, team: team.map(TeamId::from), place, client, heard: String::new() }
    }

    /// Asks for the board afresh, and for everything that a route gives.
    async fn gather(&mut self) {
        if self.role != Role::Reviewer {
            self.client.hello(None, 0).await;
        }
        let told = |frame: &&Value| frame["type"] != "rejected";
        self.heard = self.client.heard.iter().filter(told).map(Value::to_string).collect();
        for path in ["snapshot", "seat", "score", "report", "report.html", "log.jsonl", "findings", "marking", "links"]
        {
            self.heard.push_str(&String::from_utf8_lossy(&get(&self.place, path).await.bytes));
        }
        for number in 0..8 {
            let path = format!("drafts/inject-{number}");
            self.heard.push_str(&String::from_utf8_lossy(&get(&self.place, &path).await.bytes));
        }
        let last = self.client.heard.iter().filter_map(|frame| frame["at"].as_i64()).max().unwrap_or_default();
        for (role, at) in Role::ALL.into_iter().flat_map(|role| [(role, last), (role, last / 2 + NOW.0 / 2)]) {
            let role = serde_json::to_value(role).unwrap();
            let role = role.as_str().unwrap();
            for path in [format!("replay?at={at}&as={role}"), format!("replay/marks?as={role}")] {
                self.heard.push_str(&String::from_utf8_lossy(&get(&self.place, &path).await.bytes));
            }
        }
    }

    /// What they were refused: in words that may repeat theirs, but nobody else's.
    fn refused(&self) -> String {
        self.client.heard.iter().filter(|frame| frame["type"] == "rejected").map(Value::to_string).collect()
    }

    /// What they know and must not.
    fn leak(&self, log: &[Event]) -> Option<String> {
        if may(self.role, Action::SeeGroundTruth, Relation::Other) {
            return None;
        }
        let all = format!("{}{}", self.heard, self.refused());
        let allowed = Allowed::to(self.team.as_ref(), log);
        // In these drills chance says so in the channel of those who run them, and in calls of NO DUFF, which everybody
        // beside the teams is told of.
        let called = log.iter().any(|event| matches!(event.fact, Fact::NoDuffRaised { .. }));
        let hears_staff = may(self.role, Action::TalkToStaff, Relation::Other) || (called && self.team.is_none());
        let secrets = [
            ("canary-staff", hears_staff),
            ("canary-expected", allowed.score),
            ("canary-hint", allowed.hint),
            ("canary-other-words", allowed.other_words),
        ];
        if let Some((secret, _)) = secrets.into_iter().find(|(secret, may)| !may && all.contains(secret)) {
            let at = all.find(secret).unwrap_or_default();
            let (from, to) = (all.floor_char_boundary(at.saturating_sub(300)), all.ceil_char_boundary(at + 60));
            return Some(format!("{secret}: …{}…", &all[from..to]));
        }
        let bodies = all.match_indices("canary-of-").map(|(at, canary)| &all[at + canary.len()..]);
        let mut unreleased = bodies.filter(|rest| !allowed.injects.iter().any(|id| rest.starts_with(id.as_str())));
        if let Some(rest) = unreleased.next() {
            return Some(format!("an unreleased inject: {}", &rest[..rest.floor_char_boundary(12)]));
        }
        let own = self.team.as_ref()?;
        let others = TEAMS.into_iter().filter(|team| *team != own.as_str() && !allowed.writers.contains(*team));
        others.into_iter().find(|team| self.heard.contains(team)).map(|team| format!("something of {team}"))
    }
}

/// What a team was shown on purpose in the course of a drill; nobody's team was shown nothing.
#[derive(Default)]
struct Allowed {
    injects: BTreeSet<String>,
    writers: BTreeSet<String>,
    score: bool,
    hint: bool,
    other_words: bool,
}

impl Allowed {
    fn to(team: Option<&TeamId>, log: &[Event]) -> Self {
        let mut allowed = Self::default();
        let Some(team) = team else { return allowed };
        for event in log {
            match &event.fact {
                Fact::InjectReleased { inject, teams, alternative, .. } if teams.contains_key(team) => {
                    allowed.injects.insert(inject.to_string());
                    allowed.other_words |= alternative.is_some();
                }
                Fact::TeamScoreReleased(result) => allowed.score |= result.team == *team,
                Fact::HintOpened(HintOpened { team: opened, .. }) => allowed.hint |= opened == team,
                Fact::PeerSent { from, to, .. } if to.contains_key(team) => {
                    allowed.writers.insert(from.to_string());
                }
                _ => {}
            }
        }
        allowed
    }
}

/// The drill that a number stands for.
fn chosen(number: u8) -> Course {
    let random = TestRng::from_seed(RngAlgorithm::ChaCha, &[number; 32]);
    let mut runner = TestRunner::new_with_rng(Config::default(), random);
    course(Numbers::Fair).new_tree(&mut runner).unwrap().current()
}

/// Plays a random course with everybody connected. Returns them with all that they heard, and the log.
async fn played(course: &Course, data: &std::path::Path) -> (Vec<Person>, Vec<Event>) {
    let time = ManualClock::starting_at(NOW);
    let server = Server::start_with(data, None, time.clock()).await;
    let hall = Hall::open(server, course.plan.clone(), Vec::new(), course.rate, &TEAMS).await;
    let mut people = Vec::new();
    for (name, role) in STAFF {
        people.push(Person::enter(&hall, name.to_owned(), role, None).await);
    }
    for team in TEAMS {
        for (name, role) in MEMBERS {
            people.push(Person::enter(&hall, format!("{team}-{name}"), role, Some(team)).await);
        }
    }
    for (number, asked) in course.moves.iter().enumerate() {
        if let When::After(wait) = asked.when {
            time.advance(Millis(wait.0.max(0)));
        }
        let (Actor::Person(who), Wish::Order(Order::Act(act))) = (&asked.actor, &asked.wish) else { continue };
        let Some(person) = people.iter_mut().find(|person| person.name == who.as_str()) else { continue };
        // Whether it is accepted is not the question here.
        let act = serde_json::to_value::<&Act>(act).unwrap();
        person.client.ask(&format!("move-{number}"), &act).await;
    }
    for person in &mut people {
        person.gather().await;
    }
    let rows = hall.server.doors.store.read_log(&stream_of(&hall.exercise), 0, 10_000).await.unwrap();
    let log = rows.iter().map(|row| record::event(row).unwrap()).collect();
    hall.server.stop().await;
    (people, log)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn in_random_drills_with_every_role_connected_nobody_is_sent_what_they_may_not_see() {
    let (mut known, mut rows) = (0, 0);
    for number in 0..DRILLS {
        let data = tempfile::tempdir().unwrap();
        let (people, log) = played(&chosen(number), data.path()).await;
        rows += log.len();
        let roles: BTreeSet<Role> = people.iter().map(|person| person.role).collect();
        assert_eq!(roles, Role::ALL.into(), "somebody of every role is connected");
        for person in &people {
            assert_eq!(person.leak(&log), None, "drill {number}: the {} was sent it", person.name);
            let directs = person.role == Role::ExerciseDirector;
            assert!(!directs || person.heard.contains("canary-staff"), "drill {number} has nothing to hide");
            known += usize::from(person.team.is_some() && person.heard.contains("canary-of-"));
        }
    }
    assert!(
        known >= 6 && rows >= 100,
        "{known} people of teams were shown an inject, in {rows} rows: this looks at nothing"
    );
}
