//! State: the fold of events, with the indexes that keep decisions cheap. [`State::apply`] is
//! total; it checks nothing, because `decide` has.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
    sync::Arc,
};

use serde::{Deserialize, Serialize};

use super::{
    command::Actor,
    event::Answer,
    id::{CohortId, ExerciseId, FieldId, InjectId, PartId, PersonId, TeamId},
    plan::{Inject, InjectAudience, Plan},
    role::Role,
    text::Language,
    time::{Clock, Millis, Rate, Timestamp},
};

/// Where an exercise stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Created, not started.
    Ready,
    /// Time runs.
    Running,
    /// Time stands for everybody.
    Paused,
    /// Something real comes first: time stands for everybody.
    Suspended,
    /// Play is over; the log goes on.
    Ended,
}

impl fmt::Display for Stage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Ready => "ready",
            Self::Running => "running",
            Self::Paused => "paused",
            Self::Suspended => "suspended",
            Self::Ended => "ended",
        })
    }
}

/// An exercise, from the event that created it on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct State {
    /// Which exercise.
    pub exercise: ExerciseId,
    /// What is played.
    pub plan: Arc<Plan>,
    /// Hash of the plan.
    pub plan_hash: String,
    /// The clock of the exercise as a whole: staff and the wall go by it.
    pub clock: Clock,
    /// When `StartEx` was given.
    pub started_at: Option<Timestamp>,
    /// When `EndEx` was given.
    pub ended_at: Option<Timestamp>,
    /// Whether time stands for everybody.
    pub paused: bool,
    /// Whether something real comes first, for everybody.
    pub suspended: bool,
    /// Teams in order of joining.
    pub teams: Vec<Team>,
    /// Who plays which part.
    pub grants: BTreeMap<PersonId, Grant>,
    /// How many phases have begun on its clock, in order of their time.
    pub phases_begun: usize,
    /// Instant of the last event.
    pub at: Timestamp,
    pub(super) phase_order: Vec<usize>,
    pub(super) team_index: BTreeMap<TeamId, usize>,
    pub(super) inject_index: BTreeMap<InjectId, usize>,
    /// For each inject, those that follow its release, and how much later.
    pub(super) followers: Vec<Vec<(usize, Millis)>>,
    /// Text that could be erased.
    pub(super) parts: BTreeSet<PartId>,
}

/// What a person is in the exercise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    /// Role.
    pub role: Role,
    /// Team, for team roles.
    pub team: Option<TeamId>,
}

/// A team.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Team {
    /// Id.
    pub id: TeamId,
    /// Name.
    pub name: String,
    /// The language it works in.
    pub language: Language,
    /// Its cohort.
    pub cohort: Option<CohortId>,
    /// Its clocks.
    pub clock: Clock,
    /// Whether it alone is paused.
    pub paused: bool,
    /// Whether it alone is suspended.
    pub suspended: bool,
    /// How many phases have begun for it, in order of their time.
    pub phases_begun: usize,
    /// What it received, by position of the inject in the plan.
    pub deliveries: BTreeMap<usize, Delivery>,
    /// What staff decided not to send it.
    pub skipped: BTreeSet<usize>,
    /// What waits in the missed tray, and since when it was due.
    pub missed: BTreeMap<usize, Timestamp>,
    /// Entries in its log.
    pub log_entries: u32,
    /// What will fall due on its plan clock.
    pub(super) due: Agenda,
    /// Which answers will close on its active clock.
    pub(super) closing: Agenda,
}

impl Team {
    /// Whether an inject has a time or a fate already, which the release of another leaves alone.
    pub(super) fn is_settled(&self, inject: usize) -> bool {
        self.deliveries.contains_key(&inject)
            || self.skipped.contains(&inject)
            || self.missed.contains_key(&inject)
            || self.due.holds(inject)
    }
}

/// Items by the clock reading at which they fall due, then by file order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Agenda {
    by_time: BTreeSet<(Millis, usize)>,
    times: BTreeMap<usize, Millis>,
}

impl Agenda {
    pub(super) fn put(&mut self, item: usize, time: Millis) {
        self.remove(item);
        self.by_time.insert((time, item));
        self.times.insert(item, time);
    }

    pub(super) fn remove(&mut self, item: usize) {
        if let Some(time) = self.times.remove(&item) {
            self.by_time.remove(&(time, item));
        }
    }

    pub(super) fn holds(&self, item: usize) -> bool {
        self.times.contains_key(&item)
    }

    pub(super) fn first(&self) -> Option<Millis> {
        self.by_time.first().map(|(time, _)| *time)
    }

    pub(super) fn until(&self, now: Millis) -> impl Iterator<Item = (Millis, usize)> + '_ {
        self.by_time.range(..=(now, usize::MAX)).copied()
    }
}

/// An inject that a team received.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivery {
    /// When it was sent.
    pub released_at: Timestamp,
    /// What the team's active clock read then.
    pub clock_at_release: Millis,
    /// When it first reached a device of the team, by active time since release.
    pub delivered_after: Option<Millis>,
    /// When somebody first opened it.
    pub opened_after: Option<Millis>,
    /// When it was acknowledged.
    pub acknowledged_after: Option<Millis>,
    /// Revisions of the answer, in order.
    pub responses: Vec<Response>,
    /// Whether the deadline has passed.
    pub closed: bool,
}

impl Delivery {
    /// The official answer: the last one in time, or the last late one if there is none.
    #[must_use]
    pub fn official(&self) -> Option<&Response> {
        self.responses.iter().rev().find(|response| !response.late).or_else(|| self.responses.last())
    }
}

/// A revision of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Response {
    /// Counts from 1.
    pub revision: u32,
    /// Active time since release.
    pub taken: Millis,
    /// Whether it came after the deadline or the end.
    pub late: bool,
    /// Field by field.
    pub answers: BTreeMap<FieldId, Answer>,
}

impl State {
    /// A new exercise, as [`Fact::ExerciseCreated`](super::event::Fact::ExerciseCreated) opens it.
    #[must_use]
    pub fn new(exercise: ExerciseId, plan: Arc<Plan>, plan_hash: String, rate: Rate, at: Timestamp) -> Self {
        let inject_index: BTreeMap<_, _> =
            plan.injects.iter().enumerate().map(|(position, inject)| (inject.id.clone(), position)).collect();
        let mut followers = vec![Vec::new(); plan.injects.len()];
        for (position, inject) in plan.injects.iter().enumerate() {
            if let super::plan::Trigger::After { inject: leader, delay } = &inject.trigger
                && let Some(list) = inject_index.get(leader).and_then(|leader| followers.get_mut(*leader))
            {
                list.push((position, *delay));
            }
        }
        let mut phase_order: Vec<usize> = (0..plan.phases.len()).collect();
        phase_order.sort_by_key(|position| plan.phases.get(*position).map(|phase| phase.from));
        Self {
            exercise,
            clock: Clock::stopped(plan.opens_at, rate),
            plan,
            plan_hash,
            started_at: None,
            ended_at: None,
            paused: false,
            suspended: false,
            teams: Vec::new(),
            grants: BTreeMap::new(),
            phases_begun: 0,
            at,
            phase_order,
            team_index: BTreeMap::new(),
            inject_index,
            followers,
            parts: BTreeSet::new(),
        }
    }

    /// Where the exercise stands.
    #[must_use]
    pub fn stage(&self) -> Stage {
        match (self.started_at, self.ended_at) {
            (_, Some(_)) => Stage::Ended,
            (None, None) => Stage::Ready,
            (Some(_), None) if self.suspended => Stage::Suspended,
            (Some(_), None) if self.paused => Stage::Paused,
            (Some(_), None) => Stage::Running,
        }
    }

    /// A team by its id.
    #[must_use]
    pub fn team(&self, id: &TeamId) -> Option<&Team> {
        self.team_index.get(id).and_then(|position| self.teams.get(*position))
    }

    /// An inject and its position by its id.
    #[must_use]
    pub fn inject(&self, id: &InjectId) -> Option<(usize, &Inject)> {
        let position = *self.inject_index.get(id)?;
        Some((position, self.plan.injects.get(position)?))
    }

    /// What an actor is in the exercise; the server itself is nobody.
    #[must_use]
    pub fn grant(&self, actor: &Actor) -> Option<&Grant> {
        match actor {
            Actor::Person(person) => self.grants.get(person),
            Actor::System => None,
        }
    }

    /// Whether the plan means an inject for a team.
    #[must_use]
    pub fn is_for(inject: &Inject, team: &Team) -> bool {
        match &inject.audience {
            InjectAudience::All => true,
            InjectAudience::Teams(teams) => teams.contains(&team.id),
            InjectAudience::Cohorts(cohorts) => team.cohort.as_ref().is_some_and(|cohort| cohorts.contains(cohort)),
        }
    }

    /// Lets each clock run or stand as the state says.
    pub(super) fn set_clocks(&mut self, at: Timestamp) {
        let running = self.stage() == Stage::Running;
        run(&mut self.clock, running, at);
        for team in &mut self.teams {
            run(&mut team.clock, running && !team.paused && !team.suspended, at);
        }
    }
}

fn run(clock: &mut Clock, running: bool, at: Timestamp) {
    if running && !clock.is_running() {
        clock.start(at);
    } else if !running && clock.is_running() {
        clock.stop(at);
    }
}
