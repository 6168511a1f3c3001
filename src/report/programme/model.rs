//! What the report of a drill day holds.

use std::collections::BTreeMap;

use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    engine::{
        date::Date,
        event::{CorrectiveState, FindingKind, Rating, Urgency},
        id::{ExerciseId, TeamId},
        plan::{Capability, Tlp},
        state::Stage,
        text::Text,
        time::Timestamp,
    },
    report::model::Version,
};

/// The report of a drill day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct ProgrammeReport {
    /// Whom it is for.
    pub version: Version,
    /// Whether something in it was not released.
    pub draft: bool,
    /// `EXERCISE EXERCISE EXERCISE`, with `REHEARSAL` if one of them was one.
    pub marking: String,
    /// Whether one of them was a rehearsal.
    pub rehearsal: bool,
    /// Handling.
    pub tlp: Tlp,
    /// Which programme.
    pub programme: String,
    /// Its title.
    pub title: String,
    /// Its exercises, in the order of the day.
    pub exercises: Vec<ExerciseLine>,
    /// How many teams the programme has.
    pub teams_in_all: u32,
    /// How each team did, exercise by exercise.
    pub teams: Vec<TeamLine>,
    /// How teams did in each capability.
    pub capabilities: Vec<CapabilityOfDay>,
    /// What people wrote of strengths and areas.
    pub findings: Vec<FindingOfDay>,
    /// Corrective actions.
    pub actions: Vec<ActionOfDay>,
    /// How many of these actions stand where.
    pub action_states: BTreeMap<CorrectiveState, u32>,
    /// Answers that wait for a mark, in all exercises that are shown.
    pub unmarked: u32,
    /// Whether figures were left out because fewer teams than this stood behind them.
    pub suppressed_below: Option<u32>,
}

/// An exercise of the day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct ExerciseLine {
    /// Which.
    pub exercise: ExerciseId,
    /// Title of its scenario.
    pub title: Text,
    /// Where it stands.
    pub stage: Stage,
    /// Whether it is a rehearsal.
    pub rehearsal: bool,
    /// Whether what it showed is not for the reader, or not yet.
    pub withheld: bool,
    /// `StartEx`.
    pub started_at: Option<Timestamp>,
    /// `EndEx`.
    pub ended_at: Option<Timestamp>,
    /// How many teams took part.
    pub teams: Option<u32>,
    /// The last row that its figures rest on.
    pub head_seq: Option<i64>,
}

/// How one team did over the day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct TeamLine {
    /// Which; a code where it must not be known.
    pub team: TeamId,
    /// Its name, or its code.
    pub name: String,
    /// Name of the organisation that sends it, where it may be known.
    pub organisation: Option<String>,
    /// Country of that, where it may be known.
    pub country: Option<String>,
    /// Its scores of a hundred, in thousandths, each weighted by the points that could be had; none while nothing
    /// counts.
    pub score_milli: Option<i64>,
    /// Exercise by exercise; those that it took no part in are not there.
    pub exercises: Vec<TeamInExercise>,
    /// The same by capability.
    pub capabilities: Vec<TeamCapability>,
}

/// How one team did in one exercise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct TeamInExercise {
    /// Which.
    pub exercise: ExerciseId,
    /// Score of a hundred, in thousandths; none while nothing counts, or where too few teams stand beside it.
    pub score_milli: Option<i64>,
    /// Points that could be had in what counts, in thousandths.
    pub attainable_milli: i64,
    /// Injects that count.
    pub counted: u32,
    /// By capability.
    pub capabilities: Vec<TeamCapability>,
}

/// How one team did in one capability.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct TeamCapability {
    /// Which.
    pub capability: Capability,
    /// Score of a hundred, in thousandths; none while fewer than three injects count.
    pub score_milli: Option<i64>,
    /// Points that could be had, in thousandths.
    pub attainable_milli: i64,
    /// Injects that count.
    pub counted: u32,
    /// What evaluators decided: the lowest among its objectives.
    pub rating: Option<Rating>,
    /// What the figures suggest where nobody decided.
    pub suggested: Option<Rating>,
}

/// How teams did in one capability.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct CapabilityOfDay {
    /// Which.
    pub capability: Capability,
    /// Exercise by exercise.
    pub exercises: Vec<CapabilityFigure>,
    /// The middle of the teams' scores over the day; none of too few teams.
    pub median_milli: Option<i64>,
    /// How many teams have one.
    pub teams: u32,
}

/// How teams did in one capability in one exercise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct CapabilityFigure {
    /// Which exercise.
    pub exercise: ExerciseId,
    /// The middle of the teams' scores; none of too few teams.
    pub median_milli: Option<i64>,
    /// How many teams have one.
    pub teams: u32,
    /// How many teams evaluators gave which rating; none of too few teams.
    pub ratings: BTreeMap<Rating, u32>,
}

/// A strength or an area that people wrote.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[expect(missing_docs, reason = "the names say it; a text is none once erased")]
pub struct FindingOfDay {
    pub exercise: ExerciseId,
    /// About which team; none if about all.
    pub team: Option<TeamId>,
    pub kind: FindingKind,
    pub title: Option<String>,
    pub observation: Option<String>,
    pub capability: Option<Capability>,
}

/// A corrective action.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[expect(missing_docs, reason = "the names say it; a text is none once erased, or where a version leaves it out")]
pub struct ActionOfDay {
    pub exercise: ExerciseId,
    /// Of which team; none if of the event.
    pub team: Option<TeamId>,
    pub text: Option<String>,
    pub capability: Option<Capability>,
    pub owner: Option<String>,
    pub completion: Option<Date>,
    pub priority: Urgency,
    pub state: CorrectiveState,
    pub overdue: bool,
}
