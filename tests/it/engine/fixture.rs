//! A drill to try rules on: two teams, a person in each role, a plan, and a clock in the hands of
//! the test.
//!
//! ```text
//! given(lagoon()).started().at(10)            the drill as it stands
//!     .when("director", act)                  somebody acts
//!     .then(&["paused"])                      what the log says then
//!     .refused(Rejection::AlreadyPaused)      or why not; nothing has changed
//! ```

use std::collections::{BTreeMap, BTreeSet};

use drillhall::engine::{
    command::{
        Act, Actor, AnswerInput, Command, Creation, DecideNoDuff, GrantRole, LiftSuspension, Order, RevokeGrant, Seat,
    },
    event::{DuffVerdict, EntryKind, Event, Fact},
    id::{FieldId, ItemId, OptionId, PersonId, TeamId},
    plan::Plan,
    prose::Mint,
    rejection::Rejection,
    role::Role,
    score::{FieldScore, InjectScore, TeamScore, team_score},
    state::{Delivery, State, Team},
    step::{by_system, step},
    text::Language,
    time::{Millis, Rate, Timestamp},
};

use super::{plan::text, told::told};

/// When `StartEx` is given.
pub(super) const START: Timestamp = Timestamp(1_800_000_000_000);

/// Staff by their names, then the people of the two teams.
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
const TEAM_PEOPLE: [(&str, Role); 3] =
    [("lead", Role::TeamLead), ("player", Role::Player), ("moderator", Role::TeamModerator)];

/// A drill and its log.
pub(crate) struct Drill {
    pub(super) state: State,
    pub(crate) log: Vec<Event>,
    pub(super) now: Timestamp,
    pub(super) commands: u32,
}

/// What became of a command.
pub(super) struct Outcome {
    before: State,
    drill: Drill,
    result: Result<Vec<Event>, Rejection>,
}

/// A drill of this plan with its people in place, not started.
pub(super) fn given(plan: Plan) -> Drill {
    given_at_rate(plan, Rate::REAL)
}

pub(super) fn given_at_rate(plan: Plan, rate: Rate) -> Drill {
    let creation = Creation { exercise: "drill".into(), plan, plan_hash: "hash".to_owned(), rate, rehearsal: false };
    let created = State::create(&by_system(Order::Create(Box::new(creation)), START), START).expect("a fair rate");
    let state = State::open(&created).expect("the first event opens the log");
    let mut drill = Drill { state, log: vec![created], now: START, commands: 0 };
    for (person, role) in STAFF {
        drill.seat(person, role, None);
    }
    for team in ["atoll", "basin"] {
        drill = drill.and("director", add_team(team));
        for (person, role) in TEAM_PEOPLE {
            drill.seat(&format!("{team}-{person}"), role, Some(team));
        }
    }
    drill
}

impl Drill {
    pub(super) fn seat(&mut self, person: &str, role: Role, team: Option<&str>) {
        let order = Order::Seat(seat(person, role, team));
        self.order(order).expect("there is a free seat");
    }

    /// The server itself asks for something, now.
    pub(super) fn order(&mut self, order: Order) -> Result<Vec<Event>, Rejection> {
        let events = step(&mut self.state, &by_system(order, self.now), self.now)?;
        self.log.extend(events.iter().cloned());
        Ok(events)
    }

    /// Something that is known to be allowed.
    pub(super) fn and(self, who: &str, act: Act) -> Self {
        let Outcome { drill, result, .. } = self.when(who, act);
        result.expect("the given part is allowed");
        drill
    }

    /// The director decides on the last call of NO DUFF.
    pub(super) fn decided(self, verdict: DuffVerdict) -> Self {
        let item = self.log.iter().rev().find_map(|event| match &event.fact {
            Fact::NoDuffRaised { item, .. } => Some(item.clone()),
            _ => None,
        });
        let item = item.expect("somebody has called");
        self.and("director", Act::DecideNoDuff(DecideNoDuff { item, verdict, note: "we know".to_owned() }))
    }

    pub(super) fn started(self) -> Self {
        self.and("director", Act::StartEx)
    }

    /// The given minute of wall time since `StartEx`, with a pulse at each deadline on the way.
    pub(super) fn at(self, minute: i64) -> Self {
        self.at_time(Millis::minutes(minute)).drill
    }

    pub(super) fn at_seconds(self, seconds: i64) -> Self {
        self.at_time(Millis::seconds(seconds)).drill
    }

    pub(super) fn at_millis(self, millis: i64) -> Self {
        self.at_time(Millis(millis)).drill
    }

    pub(super) fn when_it_is_milli(self, milli: i64) -> Outcome {
        self.at_time(Millis(milli))
    }

    /// The same, to see what passing time brings.
    pub(super) fn when_it_is(self, minute: i64) -> Outcome {
        self.at_time(Millis::minutes(minute))
    }

    pub(super) fn when_it_is_second(self, second: i64) -> Outcome {
        self.at_time(Millis::seconds(second))
    }

    fn at_time(mut self, since_start: Millis) -> Outcome {
        let before = self.state.clone();
        let until = START.plus(since_start);
        let mut events = Vec::new();
        while let Some(due) = self.state.next_deadline().filter(|due| *due <= until) {
            self.now = due.max(self.now);
            events.extend(self.order(Order::Pulse).expect("a pulse is never refused"));
        }
        self.now = until;
        Outcome { before, drill: self, result: Ok(events) }
    }

    /// The computer sleeps, so no pulse comes, until this second since `StartEx`.
    pub(super) fn asleep_until(mut self, seconds: i64) -> Self {
        self.now = START.plus(Millis::seconds(seconds));
        self
    }

    /// The server pulses now.
    pub(super) fn when_it_wakes(self) -> Outcome {
        self.when_ordered(Order::Pulse)
    }

    /// The server itself asks for something.
    pub(super) fn when_ordered(mut self, order: Order) -> Outcome {
        let before = self.state.clone();
        let result = self.order(order);
        Outcome { before, drill: self, result }
    }

    /// Somebody acts now.
    pub(super) fn when(self, who: &str, act: Act) -> Outcome {
        let received_at = self.now;
        self.when_received(who, act, received_at)
    }

    /// Somebody's act is decided now; its frame was read earlier.
    pub(super) fn when_read_at_second(self, second: i64, who: &str, act: Act) -> Outcome {
        self.when_received(who, act, START.plus(Millis::seconds(second)))
    }

    fn when_received(mut self, who: &str, act: Act, received_at: Timestamp) -> Outcome {
        let before = self.state.clone();
        let mut random = [0; 32];
        random[..4].copy_from_slice(&self.commands.to_be_bytes());
        self.commands += 1;
        let actor = Actor::Person(PersonId::from(who));
        let command = Command { actor, received_at, mint: Mint::new(random), order: Order::Act(act) };
        let result = step(&mut self.state, &command, self.now);
        if let Ok(events) = &result {
            self.log.extend(events.iter().cloned());
        }
        Outcome { before, drill: self, result }
    }

    /// Somebody of a team connects, or the last one is gone.
    pub(super) fn connected(mut self, team: &str, connected: bool) -> Self {
        self.order(Order::NoteConnection { team: team.into(), connected }).expect("the server notes it");
        self
    }

    /// The id of the last thing that somebody wrote, asked or raised.
    pub(super) fn last_item(&self) -> ItemId {
        let item = self.log.iter().rev().find_map(|event| match &event.fact {
            Fact::NoDuffRaised { item, .. }
            | Fact::InformationAsked { item, .. }
            | Fact::LogWritten { item, .. }
            | Fact::PeerSent { item, .. } => Some(item.clone()),
            Fact::AppealRaised(raised) => Some(raised.item.clone()),
            _ => None,
        });
        item.expect("there is one")
    }

    pub(super) fn team(&self, id: &str) -> &Team {
        self.state.team(&id.into()).expect("the team is there")
    }

    pub(super) fn delivery(&self, inject: &str, team: &str) -> &Delivery {
        let (position, _) = self.state.inject(&inject.into()).expect("the plan has it");
        self.team(team).deliveries.get(&position).expect("the team has it")
    }

    /// Since when the nth inject of the plan has waited in the tray for a team.
    pub(super) fn missed(&self, team: &str, nth: usize) -> Timestamp {
        self.team(team).missed.get(&nth).expect("it is in the tray").due
    }

    /// Minutes and seconds that a team's two clocks show now, in seconds: active, plan.
    pub(super) fn clocks(&self, team: &str) -> (i64, i64) {
        let clock = &self.team(team).clock;
        (clock.active(self.now).0 / 1000, clock.plan(self.now).0 / 1000)
    }

    pub(super) fn total(&self, team: &str) -> TeamScore {
        team_score(&self.state, self.team(team))
    }

    pub(super) fn score(&self, team: &str, inject: &str) -> InjectScore {
        let injects = self.total(team).injects;
        injects.into_iter().find(|score| score.inject.as_str() == inject).expect("the inject is scored")
    }

    pub(super) fn field(&self, team: &str, inject: &str, field: &str) -> FieldScore {
        let fields = self.score(team, inject).fields;
        fields.into_iter().find(|line| line.field.as_str() == field).expect("the field is scored")
    }

    pub(super) fn last_fact(&self) -> &Fact {
        &self.log.last().expect("a log is never empty").fact
    }
}

impl Outcome {
    /// Exactly these facts followed, in this order.
    #[track_caller]
    pub(super) fn then(self, expected: &[&str]) -> Drill {
        let events = self.result.unwrap_or_else(|rejection| panic!("refused: {rejection}"));
        let actual: Vec<String> = events.iter().map(|event| told(&event.fact)).collect();
        assert_eq!(actual, expected);
        self.drill
    }

    /// It was refused, and nothing has changed.
    #[track_caller]
    pub(super) fn refused(self, expected: Rejection) -> Drill {
        assert_eq!(self.result.map(|events| events.len()), Err(expected));
        assert!(self.before == self.drill.state, "a refusal changed the state");
        self.drill
    }

    pub(super) fn into_drill(self) -> Drill {
        self.drill
    }

    /// The drill after it, whatever became of it.
    pub(super) fn done(self) -> Drill {
        self.drill
    }

    pub(super) fn is_allowed(&self) -> bool {
        self.result.is_ok()
    }

    pub(super) fn is_forbidden(&self) -> bool {
        self.why() == Some(&Rejection::Forbidden)
    }

    /// Why it was refused, if it was.
    pub(super) fn why(&self) -> Option<&Rejection> {
        self.result.as_ref().err()
    }

    /// Whether it was refused because of the stage.
    pub(super) fn is_for_its_stage(&self) -> bool {
        matches!(self.result, Err(Rejection::WrongStage(_)))
    }

    pub(super) fn events(self) -> Vec<Event> {
        self.result.expect("it is allowed")
    }
}

/// A place for somebody.
pub(super) fn seat(person: &str, role: Role, team: Option<&str>) -> Seat {
    Seat { person: person.into(), role, team: team.map(TeamId::from), organisation: None }
}

pub(super) fn revoke(person: &str) -> Act {
    Act::RevokeGrant(RevokeGrant { person: person.into(), reason: None })
}

/// What somebody is from now on, with nothing beyond it.
pub(super) fn as_role(person: &str, role: Role, team: Option<&str>) -> GrantRole {
    let (sights, personas) = (BTreeSet::new(), BTreeSet::new());
    let (person, team) = (person.into(), team.map(TeamId::from));
    GrantRole { person, role, team, until: None, sights, personas, organisation: None, reason: None }
}

pub(super) fn add_team(id: &str) -> Act {
    Act::AddTeam { team: id.into(), name: id.to_owned(), language: Language::from("en"), cohort: None, alias: None }
}

fn named(teams: Option<&[&str]>) -> Option<BTreeSet<TeamId>> {
    teams.map(|ids| ids.iter().map(|id| TeamId::from(*id)).collect())
}

pub(super) fn pause(team: Option<&str>) -> Act {
    Act::Pause { team: team.map(TeamId::from), reason: "lunch".to_owned() }
}

pub(super) fn resume(team: Option<&str>) -> Act {
    Act::Resume { team: team.map(TeamId::from) }
}

pub(super) fn release(inject: &str, teams: Option<&[&str]>) -> Act {
    Act::Release { inject: inject.into(), teams: named(teams), grace: false }
}

pub(super) fn skip(inject: &str, teams: Option<&[&str]>) -> Act {
    Act::Skip { inject: inject.into(), teams: named(teams), reason: "no time".to_owned() }
}

pub(super) fn retime(inject: &str, teams: Option<&[&str]>, minute: i64) -> Act {
    Act::Retime { inject: inject.into(), teams: named(teams), at: Millis::minutes(minute) }
}

pub(super) fn message(team: Option<&str>) -> Act {
    Act::SendMessage {
        team: team.map(TeamId::from),
        title: text("Notice"),
        body: text("Lunch is late."),
        persona: None,
    }
}

pub(super) fn no_duff() -> Act {
    Act::RaiseNoDuff { text: "real fire".to_owned(), call_back: "+1 555 0100".to_owned() }
}

pub(super) fn lift(team: Option<&str>) -> Act {
    Act::LiftSuspension(LiftSuspension { team: team.map(TeamId::from), decision: "all safe".to_owned(), calls: None })
}

/// With the calls that it answers.
pub(super) fn lift_for(team: Option<&str>, calls: &[&ItemId]) -> Act {
    let calls = Some(calls.iter().copied().cloned().collect());
    Act::LiftSuspension(LiftSuspension { team: team.map(TeamId::from), decision: "all safe".to_owned(), calls })
}

pub(super) fn say(team: Option<&str>, words: &str) -> Act {
    Act::Say { team: team.map(TeamId::from), text: words.to_owned(), persona: None }
}

pub(super) fn write_log(words: &str) -> Act {
    Act::WriteLog {
        text: words.to_owned(),
        happened_at: None,
        inject: None,
        kind: EntryKind::Observation,
        tlp: None,
        corrects: None,
    }
}

pub(super) fn acknowledge(inject: &str) -> Act {
    Act::Acknowledge { inject: inject.into() }
}

pub(super) fn submit(inject: &str, answers: &[(&str, AnswerInput)]) -> Act {
    let answers: BTreeMap<_, _> =
        answers.iter().map(|(field, answer)| (FieldId::from(*field), answer.clone())).collect();
    Act::Submit { inject: inject.into(), answers, composed_at: None }
}

/// The answer to `cause`, which alone is required.
pub(super) fn answer(inject: &str, cause: &str) -> Act {
    submit(inject, &[("cause", choice(cause))])
}

pub(super) fn choice(id: &str) -> AnswerInput {
    AnswerInput::Choice(OptionId::from(id))
}

pub(super) fn choices(ids: &[&str]) -> AnswerInput {
    AnswerInput::Choices(ids.iter().map(|id| OptionId::from(*id)).collect())
}
