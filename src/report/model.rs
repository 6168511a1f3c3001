//! What an after-action report holds. Every figure comes from the log; every line that says
//! something about a team names the rows it rests on.

use serde::Serialize;
use utoipa::ToSchema;

use crate::engine::{
    id::{ExerciseId, FieldId, InjectId, ObjectiveId, TeamId},
    plan::{Capability, InjectKind, Tlp},
    score::{InjectScore, Reason},
    text::{Language, Text},
    time::{Millis, Rate, Timestamp},
};

/// An after-action report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Report {
    /// `EXERCISE EXERCISE EXERCISE`, with `REHEARSAL` if it was one and `INCOMPLETE` if not all of the log was read.
    pub marking: String,
    /// Whether it was a rehearsal: its figures say nothing about anybody.
    pub rehearsal: bool,
    /// Handling.
    pub tlp: Tlp,
    /// Which exercise.
    pub exercise: ExerciseId,
    /// Title of the scenario.
    pub title: Text,
    /// Summary of the scenario.
    pub summary: Text,
    /// Languages of the exercise.
    pub languages: Vec<Language>,
    /// `StartEx`.
    pub started_at: Option<Timestamp>,
    /// `EndEx`.
    pub ended_at: Option<Timestamp>,
    /// Rate at which time ran.
    pub rate: Rate,
    /// Hash of the plan that was played.
    pub plan_hash: String,
    /// Last row that the report rests on, and its hash if it was read from a chained log.
    pub head_seq: i64,
    /// Hash of that row.
    pub head_hash: Option<String>,
    /// What was to be practised.
    pub objectives: Vec<ObjectiveLine>,
    /// What happened, in order.
    pub timeline: Vec<TimelineLine>,
    /// One scorecard a team, in order of joining.
    pub teams: Vec<Scorecard>,
    /// What this report cannot say yet.
    pub limits: Vec<Limit>,
    /// Questions for the hot wash.
    pub hot_wash: Vec<Text>,
}

impl Report {
    /// Whether it was made of what could be read, and not of a whole log.
    #[must_use]
    pub fn is_incomplete(&self) -> bool {
        self.limits.iter().any(|limit| matches!(limit, Limit::Incomplete { .. }))
    }

    /// Says first of all that the report was made of what could be read.
    #[must_use]
    pub fn incomplete(mut self, from_row: Option<i64>) -> Self {
        self.marking.push_str(" \u{2013} INCOMPLETE");
        self.limits.insert(0, Limit::Incomplete { from_row });
        self
    }
}

/// An objective and how the teams' counted points on its injects came out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[expect(missing_docs, reason = "the names say it")]
pub struct ObjectiveLine {
    pub objective: ObjectiveId,
    pub title: Text,
    pub capability: Capability,
    pub critical: bool,
    pub injects: Vec<InjectId>,
}

/// Something that happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct TimelineLine {
    /// Row of the log.
    pub seq: i64,
    /// When.
    pub at: Timestamp,
    /// Plan time of the exercise then.
    pub plan_time: Millis,
    /// What kind of fact.
    pub kind: String,
    /// Teams it concerns; empty for all.
    pub teams: Vec<TeamId>,
    /// Inject it concerns.
    pub inject: Option<InjectId>,
    /// Title, where it has one.
    pub title: Option<Text>,
    /// Words of people or reasons, where there are any.
    pub text: Option<String>,
    /// How much later than due, where it was due.
    pub late_by: Option<Millis>,
}

/// How one team did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Scorecard {
    /// Which team.
    pub team: TeamId,
    /// Its name.
    pub name: String,
    /// Its language.
    pub language: Language,
    /// Points given, in thousandths.
    pub points_milli: i64,
    /// Points of what was counted, in thousandths.
    pub attainable_milli: i64,
    /// Points that wait for a person's mark, in thousandths.
    pub unmarked_milli: i64,
    /// How many injects it was sent.
    pub received: u32,
    /// How many of those that asked for an answer it answered.
    pub answered: u32,
    /// How many asked for an answer.
    pub asked: u32,
    /// Entries in its log.
    pub log_entries: u32,
    /// Inject by inject, in order of release.
    pub injects: Vec<InjectLine>,
}

/// One inject of one team.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[expect(missing_docs, reason = "the names say it; times are on the team's active clock since release")]
pub struct InjectLine {
    pub inject: InjectId,
    pub title: Text,
    pub kind: InjectKind,
    pub released_seq: i64,
    pub released_at: Timestamp,
    pub delivered_after: Option<Millis>,
    pub opened_after: Option<Millis>,
    pub acknowledged_after: Option<Millis>,
    pub answered_after: Option<Millis>,
    pub deadline: Option<Millis>,
    pub late: bool,
    pub revisions: u32,
    /// Row of the official answer.
    pub answer_seq: Option<i64>,
    pub fields: Vec<FieldLine>,
    /// Its points, and why; none if nothing in it counts.
    pub score: Option<InjectScore>,
    /// What teams were expected to do.
    pub expected: Vec<Text>,
}

/// One field of an answer, with its points and the reason for them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[expect(missing_docs, reason = "the names say it")]
pub struct FieldLine {
    pub field: FieldId,
    pub label: Text,
    /// The official answer in words, in the team's language: labels of options, and below them text.
    pub answer: Option<String>,
    /// Whether there was text that has been erased since.
    pub erased: bool,
    /// Its weight among the fields with a right answer.
    pub points: u32,
    /// What it gave, in permille; none if people judge it.
    pub credit_permille: Option<u32>,
    /// Why; none if the field is worth nothing.
    pub reason: Option<Reason>,
}

/// Something that the report cannot say yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(tag = "limit", rename_all = "snake_case")]
pub enum Limit {
    /// Not all of the log could be read or trusted: what happened from this row on is not in here. Without a
    /// row, all of the log holds and something else in its archive does not.
    Incomplete {
        /// The first row that is left out.
        from_row: Option<i64>,
    },
    /// Answers wait for a person's mark.
    Unmarked {
        /// How many answers.
        answers: u32,
        /// Their points, in thousandths.
        points_milli: i64,
    },
    /// The exercise has not ended.
    NotEnded,
    /// Text was erased.
    Erased {
        /// How many parts.
        parts: u32,
    },
    /// The platform was down.
    Outage {
        /// For how long in all.
        lasted: Millis,
    },
}
