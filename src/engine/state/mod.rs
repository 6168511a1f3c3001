//! State: the fold of events, with the indexes that keep decisions cheap. [`State::apply`] is
//! total; it checks nothing, because `decide` has.

mod after_action;
mod call;
mod mark;
mod prepare;
mod people;
mod schedule;
mod team;

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
    sync::Arc,
};

use serde::{Deserialize, Serialize};

pub use after_action::{AfterAction, CorrectiveAction, HotWashNote, Proposal, Signature};
pub use call::{Call, CallStanding};
pub use mark::{Adjustment, Appeal, Assignment, Markings, Noted, Rated};
pub use people::{Grant, People};
pub use prepare::{Comcheck, Preparation, SignedList};
use schedule::Schedule;
use team::Agenda;
pub use team::{Armed, Delivery, Missed, Response, TakenFile, Team};

use super::{
    clock::Clock,
    command::Actor,
    id::{AliasId, ExerciseId, InjectId, ItemId, PartId, PersonId, TeamId},
    plan::{Inject, InjectAudience, MarkingPolicy, Plan, Trigger},
    prose::Prose,
    score::Standing,
    time::{Millis, Rate, Timestamp},
    watch::Watch,
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
    /// It was called off.
    Cancelled,
}

impl fmt::Display for Stage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Ready => "ready",
            Self::Running => "running",
            Self::Paused => "paused",
            Self::Suspended => "suspended",
            Self::Ended => "ended",
            Self::Cancelled => "cancelled",
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
    /// Whether it is a rehearsal.
    pub rehearsal: bool,
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
    /// When it was called off.
    pub cancelled_at: Option<Timestamp>,
    /// When `StartEx` will be given by itself.
    pub scheduled: Option<Timestamp>,
    /// Until when a break lasts.
    pub on_break: Option<Timestamp>,
    /// Plan time of the planned end, with all shifts.
    pub planned_end: Millis,
    /// How much later than the plan says everything falls due that was not sent.
    pub shift: Millis,
    /// Open calls of NO DUFF.
    pub calls: BTreeMap<ItemId, Call>,
    /// How to reach control for real, once somebody has said so.
    pub hall_contact: Option<Prose>,
    /// What teams asked to know.
    pub requests: BTreeMap<ItemId, Request>,
    /// Controllers who answer for injects, by position.
    pub responsible: BTreeMap<usize, PersonId>,
    /// Which team answers to which alias.
    pub aliases: BTreeMap<AliasId, TeamId>,
    /// Teams in order of joining.
    pub teams: Vec<Team>,
    /// Who plays which part.
    pub grants: BTreeMap<PersonId, Grant>,
    /// On which side they are, and when what they were given ends.
    pub people: People,
    /// How carefully answers are marked.
    pub marking_policy: MarkingPolicy,
    /// What the evaluators are to mark.
    pub assignments: BTreeMap<PersonId, Assignment>,
    /// Why the director keeps scores from being released.
    pub veto: Option<String>,
    /// When scores were released, the last time.
    pub scores_released_at: Option<Timestamp>,
    /// Standings that the wall keeps showing.
    pub frozen: Option<Vec<Standing>>,
    /// How many phases have begun on its clock, in order of their time.
    pub phases_begun: usize,
    /// What was made ready before the start.
    pub preparation: Preparation,
    /// What comes after play.
    pub after_action: AfterAction,
    /// Number of the last row of the log.
    pub seq: i64,
    /// Instant of the last event.
    pub at: Timestamp,
    pub(in crate::engine) marking_salt: Option<String>,
    /// What a team that joins now gets by itself.
    pub(in crate::engine) schedule: Schedule,
    pub(in crate::engine) phase_order: Vec<usize>,
    /// Plan time of each phase, by position.
    pub(in crate::engine) phase_times: Vec<Millis>,
    /// Breaks that are still to come, by position.
    pub(in crate::engine) breaks: Agenda,
    /// How much later than their leaders followers come since the plan was fitted to another end, by
    /// position.
    pub(in crate::engine) delays: BTreeMap<usize, Millis>,
    /// What the last fitting to another end changed, as long as that can be undone.
    pub(in crate::engine) before_fit: Option<BeforeFit>,
    pub(in crate::engine) team_index: BTreeMap<TeamId, usize>,
    pub(in crate::engine) inject_index: BTreeMap<InjectId, usize>,
    /// For each inject, those that follow its release, and how much later.
    pub(in crate::engine) followers: Vec<Vec<(usize, Millis)>>,
    /// What to look at again when something changes.
    pub(in crate::engine) watch: Watch,
    /// Text that could be erased.
    pub(in crate::engine) parts: Vec<PartId>,
    /// Texts that were shown again, by the first of them.
    pub(in crate::engine) copies: BTreeMap<PartId, BTreeSet<PartId>>,
}

/// The course of the exercise before it was fitted to another end; what each team had to get is kept
/// with the team.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::engine) struct BeforeFit {
    pub(in crate::engine) planned_end: Millis,
    pub(in crate::engine) phases: Vec<Millis>,
    pub(in crate::engine) breaks: Agenda,
    pub(in crate::engine) delays: BTreeMap<usize, Millis>,
    pub(in crate::engine) schedule: Schedule,
}

/// A request for information.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// Whose.
    pub team: TeamId,
    /// The controller who answers for it.
    pub owner: Option<PersonId>,
    /// Whether it was answered.
    pub answered: bool,
}

impl State {
    /// A new exercise, as [`Fact::ExerciseCreated`](super::event::Fact::ExerciseCreated) opens it.
    #[must_use]
    pub fn new(exercise: ExerciseId, plan: Arc<Plan>, plan_hash: String, rate: Rate, at: Timestamp) -> Self {
        let (inject_index, followers) = indexes(&plan);
        let mut phase_order: Vec<usize> = (0..plan.phases.len()).collect();
        phase_order.sort_by_key(|position| plan.phases.get(*position).map(|phase| phase.from));
        let mut breaks = Agenda::default();
        plan.breaks.iter().enumerate().for_each(|(position, pause)| breaks.put(position, pause.at));
        Self {
            exercise,
            clock: Clock::stopped(plan.opens_at, rate),
            planned_end: plan.duration,
            watch: Watch::new(&plan),
            phase_times: plan.phases.iter().map(|phase| phase.from).collect(),
            breaks,
            marking_policy: plan.profile.marking,
            marking_salt: None,
            assignments: BTreeMap::new(),
            veto: None,
            scores_released_at: None,
            frozen: None,
            schedule: Schedule::of(&plan),
            plan,
            plan_hash,
            rehearsal: false,
            started_at: None,
            ended_at: None,
            paused: false,
            suspended: false,
            cancelled_at: None,
            scheduled: None,
            on_break: None,
            shift: Millis(0),
            delays: BTreeMap::new(),
            before_fit: None,
            calls: BTreeMap::new(),
            hall_contact: None,
            requests: BTreeMap::new(),
            responsible: BTreeMap::new(),
            aliases: BTreeMap::new(),
            teams: Vec::new(),
            grants: BTreeMap::new(),
            people: People::default(),
            phases_begun: 0,
            preparation: Preparation::default(),
            after_action: AfterAction::default(),
            seq: 1,
            at,
            phase_order,
            team_index: BTreeMap::new(),
            inject_index,
            followers,
            parts: Vec::new(),
            copies: BTreeMap::new(),
        }
    }

    /// Where the exercise stands.
    #[must_use]
    pub fn stage(&self) -> Stage {
        match (self.started_at, self.ended_at) {
            _ if self.cancelled_at.is_some() => Stage::Cancelled,
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

    /// Plan time at which something of the plan comes, with all shifts.
    #[must_use]
    pub fn shifted(&self, time: Millis) -> Millis {
        time.plus(self.shift)
    }

    /// How much later than its leader a follower comes.
    pub(in crate::engine) fn delay(&self, follower: usize, planned: Millis) -> Millis {
        self.delays.get(&follower).copied().unwrap_or(planned)
    }

    /// When play was over, in one way or the other.
    #[must_use]
    pub fn over_at(&self) -> Option<Timestamp> {
        self.ended_at.or(self.cancelled_at)
    }

    /// Puts an inject into the plan, in place of the one of the same id if there is one.
    pub(in crate::engine) fn put_inject(&mut self, inject: &Inject) {
        let plan = Arc::make_mut(&mut self.plan);
        match plan.injects.iter_mut().find(|known| known.id == inject.id) {
            Some(known) => *known = inject.clone(),
            None => plan.injects.push(inject.clone()),
        }
        (self.inject_index, self.followers) = indexes(plan);
        self.watch = Watch::new(plan);
    }

    /// Lets each clock run or stand as the state says.
    pub(in crate::engine) fn set_clocks(&mut self, at: Timestamp) {
        let running = self.stage() == Stage::Running;
        run(&mut self.clock, running, at);
        for team in &mut self.teams {
            run(&mut team.clock, running && !team.paused && !team.suspended, at);
        }
    }
}

type Followers = Vec<Vec<(usize, Millis)>>;

/// Where each inject stands in the plan, and which follow each.
fn indexes(plan: &Plan) -> (BTreeMap<InjectId, usize>, Followers) {
    let positions: BTreeMap<_, _> =
        plan.injects.iter().enumerate().map(|(position, inject)| (inject.id.clone(), position)).collect();
    let mut followers = vec![Vec::new(); plan.injects.len()];
    for (position, inject) in plan.injects.iter().enumerate() {
        if let Trigger::After { inject: leader, delay } = &inject.trigger
            && let Some(list) = positions.get(leader).and_then(|leader| followers.get_mut(*leader))
        {
            list.push((position, *delay));
        }
    }
    (positions, followers)
}

fn run(clock: &mut Clock, running: bool, at: Timestamp) {
    if running && !clock.is_running() {
        clock.start(at);
    } else if !running && clock.is_running() {
        clock.stop(at);
    }
}
