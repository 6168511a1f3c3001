//! What the analysis of a rehearsal holds. Lists are in plan order or in the order of joining.

use serde::Serialize;
use utoipa::ToSchema;

use crate::engine::{
    id::{InjectId, TeamId},
    plan::{Inject, InjectKind, Trigger},
    text::Text,
    time::Millis,
};

/// What a rehearsal showed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Analysis {
    /// `EXERCISE EXERCISE EXERCISE – REHEARSAL`.
    pub marking: String,
    /// Name of the scenario.
    pub scenario: String,
    /// Its title.
    pub title: Text,
    /// Plan time at which play began.
    pub from: Millis,
    /// Plan time at which it ended.
    pub until: Millis,
    /// What was assumed.
    pub terms: Terms,
    /// Every inject that is ever sent, and to whom it was.
    pub injects: Vec<InjectPlayed>,
    /// Those that went to nobody.
    pub never: Vec<InjectId>,
    /// Team by team.
    pub teams: Vec<TeamPlayed>,
    /// What people would have to mark.
    pub marking_work: MarkingWork,
}

/// What the analysis assumes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Terms {
    /// A stretch is dead if for longer than this nothing is open and nothing new arrives.
    pub quiet_after: Millis,
    /// How long a person takes to give one level, in minutes.
    pub minutes_a_field: u32,
    /// How many people share the marking.
    pub evaluators: u32,
}

impl Default for Terms {
    fn default() -> Self {
        Self { quiet_after: Millis::minutes(10), minutes_a_field: 3, evaluators: 2 }
    }
}

/// What makes an inject go out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum TriggerKind {
    /// A plan time.
    Clock,
    /// The release of another inject.
    After,
    /// Staff.
    Hand,
    /// A condition: it waits for one, or falls due only if one holds.
    Condition,
}

impl TriggerKind {
    /// What makes an inject go out.
    #[must_use]
    pub fn of(inject: &Inject) -> Self {
        match &inject.trigger {
            _ if inject.only_if.is_some() => Self::Condition,
            Trigger::When { .. } => Self::Condition,
            Trigger::At { .. } => Self::Clock,
            Trigger::After { .. } => Self::After,
            Trigger::Manual => Self::Hand,
        }
    }
}

/// What became of an inject.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct InjectPlayed {
    /// Which.
    pub inject: InjectId,
    /// Its title.
    pub title: Text,
    /// What kind of event it is.
    pub kind: InjectKind,
    /// What makes it go out: all but the clock is a branch.
    pub trigger: TriggerKind,
    /// How many of the teams the plan means it for.
    pub meant_for: u32,
    /// The teams that got it.
    pub sent_to: Vec<TeamId>,
}

/// How one team was kept busy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct TeamPlayed {
    /// Which.
    pub team: TeamId,
    /// Its name.
    pub name: String,
    /// What it got, in order of time.
    pub releases: Vec<ReleasePlayed>,
    /// Its workload, one entry for each quarter hour of play.
    pub quarters: Vec<Quarter>,
    /// When it had nothing to do.
    pub dead: Vec<Stretch>,
    /// What it could win, and did.
    pub reach: Reach,
    /// Levels that people still have to give to its answers: one a criterion, or a field without a rubric,
    /// for each evaluator that the marking policy asks for.
    pub fields_to_mark: u32,
}

/// An inject that arrived.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct ReleasePlayed {
    /// Which.
    pub inject: InjectId,
    /// When.
    pub at: Millis,
    /// When it was answered, closed or cut off by the end; none if it asked for nothing.
    pub open_until: Option<Millis>,
}

/// A quarter hour of a team.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Quarter {
    /// When it begins: quarters are counted from plan time nought.
    pub from: Millis,
    /// How many injects arrived.
    pub arrived: u32,
    /// How many waited for an answer at some moment of it.
    pub open: u32,
    /// How many answers were due in it, by their deadline or else by their target.
    pub due: u32,
    /// How much the team did: acknowledged, answered, logged, asked.
    pub acts: u32,
}

/// A stretch of plan time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Stretch {
    pub from: Millis,
    pub until: Millis,
}

/// Points that a team could reach with what it was sent, and watched for, in thousandths. The worth of an
/// inject is shared out by the weights of the parts that it can have. Practice counts nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct Reach {
    /// Scored automatically: right answers, what was wanted, and time.
    pub automatic_milli: i64,
    /// Judged by people: rubrics and expected actions.
    pub by_people_milli: i64,
    /// What the simulated team got of what was counted.
    pub points_milli: i64,
    /// What was counted.
    pub counted_milli: i64,
}

/// What people have to mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct MarkingWork {
    /// Levels that people have to give, of all teams.
    pub fields: u32,
    /// How long that takes in all, in minutes.
    pub minutes: u32,
    /// How long it takes each evaluator, in minutes.
    pub minutes_each: u32,
}

/// How often each inject went out in many rehearsals.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Frequencies {
    /// How many rehearsals.
    pub runs: u32,
    /// Every inject that is ever sent.
    pub injects: Vec<Frequency>,
    /// Those that went to nobody in any run.
    pub never: Vec<InjectId>,
}

/// How often one inject went out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Frequency {
    /// Which.
    pub inject: InjectId,
    /// Its title.
    pub title: Text,
    /// What makes it go out.
    pub trigger: TriggerKind,
    /// In how many runs at least one team got it.
    pub runs: u32,
    /// Teams that the plan means it for, over all runs.
    pub meant_for: u64,
    /// Of those, how many got it.
    pub sent_to: u64,
}
