//! How one team did: its points with their reasons, and the rows they rest on.

use std::collections::BTreeMap;

use serde::Serialize;
use utoipa::ToSchema;

use super::{EarlierLine, EditedFinding, Finding, ImprovementLine};
use crate::engine::{
    id::{FieldId, InjectId, TeamId},
    plan::{Capability, InjectKind},
    score::{CapabilityScore, InjectScore, Metric, ObjectiveScore, Reason, Spread},
    text::{Language, Text},
    time::{Millis, Timestamp},
};

/// How one team did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Scorecard {
    /// Which team.
    pub team: TeamId,
    /// Its name.
    pub name: String,
    /// Its name where it must not be known.
    pub code: String,
    /// Its language.
    pub language: Language,
    /// Its score of a hundred, in thousandths; none while nothing counts.
    pub score_milli: Option<i64>,
    /// How many injects count in it.
    pub counted: u32,
    /// What two people agreed to add to it or take from it, in thousandths.
    pub adjustment_milli: i64,
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
    /// How far it reached each objective.
    pub objectives: Vec<ObjectiveScore>,
    /// How it did in each capability.
    pub capabilities: Vec<CapabilityScore>,
    /// How long it took to do what.
    pub timings: BTreeMap<Metric, Spread>,
    /// What was good and what was not, as people wrote it, in their order.
    pub edited: Vec<EditedFinding>,
    /// Whether somebody signed that off, and nothing was edited since.
    pub signed_off: bool,
    /// Its corrective actions, the most urgent first.
    pub improvement: Vec<ImprovementLine>,
    /// What was good and what was not, drafted by rules, the weightiest first.
    pub findings: Vec<Finding>,
    /// Inject by inject, in order of release.
    pub injects: Vec<InjectLine>,
    /// What it showed in earlier exercises, where somebody put them beside this one.
    pub earlier: Vec<EarlierLine>,
}

/// One inject of one team.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[expect(missing_docs, reason = "the names say it; times are on the team's active clock since release")]
pub struct InjectLine {
    pub inject: InjectId,
    pub title: Text,
    pub kind: InjectKind,
    /// What it gives evidence for, by the order of its objectives.
    pub capabilities: Vec<Capability>,
    /// Row and instant of the release, where a version may say them.
    pub released_seq: Option<i64>,
    pub released_at: Option<Timestamp>,
    pub delivered_after: Option<Millis>,
    pub opened_after: Option<Millis>,
    pub acknowledged_after: Option<Millis>,
    pub answered_after: Option<Millis>,
    pub target: Option<Millis>,
    pub deadline: Option<Millis>,
    pub late: bool,
    pub revisions: u32,
    /// Row of the official answer.
    pub answer_seq: Option<i64>,
    pub fields: Vec<FieldLine>,
    /// What evaluators looked at, and the levels that they gave.
    pub criteria: Vec<CriterionLine>,
    /// What they say to the team.
    pub feedback: Vec<String>,
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

/// One thing that evaluators looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct CriterionLine {
    /// What.
    pub title: Text,
    /// Levels from 0 to 4, one for each mark.
    pub levels: Vec<u8>,
    /// What the lowest of them looks like, where the rubric says so.
    pub anchor: Option<Text>,
}
