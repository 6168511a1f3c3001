//! What people made of the exercise once it was over.

use serde::Serialize;
use utoipa::ToSchema;

use crate::engine::{
    date::Date,
    event::{CapabilityElement, CorrectiveState, CostBand, FindingKind, ReportVersion, Urgency},
    id::{CorrectiveActionId, FieldId, FindingId, TeamId},
    plan::Capability,
    text::Text,
};

/// A strength or an area as people wrote it, and the rows that it rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct EditedFinding {
    /// Which.
    pub finding: FindingId,
    /// Strength or area.
    pub kind: FindingKind,
    /// In a few words; none once erased, as with the other texts.
    pub title: Option<String>,
    /// What was seen.
    pub observation: Option<String>,
    /// Plan or policy that it is measured by.
    pub reference: Option<String>,
    /// Why it was so.
    pub analysis: Option<String>,
    /// Capability that it says something about.
    pub capability: Option<Capability>,
    /// Rows of the log that it rests on.
    pub rows: Vec<i64>,
    /// Key of the draft that it took the place of.
    pub drafted_from: Option<String>,
}

/// A corrective action of the improvement plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[expect(missing_docs, reason = "the names say it; a text is none once erased, or where a version leaves it out")]
pub struct ImprovementLine {
    pub action: CorrectiveActionId,
    pub finding: Option<FindingId>,
    pub text: Option<String>,
    pub capability: Option<Capability>,
    pub element: CapabilityElement,
    pub owner: Option<String>,
    pub contact: Option<String>,
    pub start: Option<Date>,
    pub completion: Option<Date>,
    pub priority: Urgency,
    pub cost: Option<CostBand>,
    pub state: CorrectiveState,
    pub note: Option<String>,
    pub evidence: Option<String>,
    /// Whether it should have been done by the day of the log's last row.
    pub overdue: bool,
}

/// A note of the hot wash with what stands under it. None of them says who wrote it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct NoteLine {
    /// On which side.
    pub kind: FindingKind,
    /// What; none once erased.
    pub text: Option<String>,
    /// Notes that say the same.
    pub same: Vec<String>,
    /// About which team, which staff alone are told.
    pub team: Option<TeamId>,
}

/// What people said of how the exercise was run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct FeedbackLines {
    /// How many answered.
    pub given: u32,
    /// How many were asked.
    pub asked: u32,
    /// Question by question.
    pub questions: Vec<QuestionLine>,
}

/// Answers to one question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct QuestionLine {
    /// Which.
    pub field: FieldId,
    /// What was asked.
    pub label: Text,
    /// How many answered it.
    pub given: u32,
    /// How often each option was chosen, in the order of the form.
    pub options: Vec<OptionLine>,
    /// What people wrote, in no order of people or time.
    pub texts: Vec<String>,
}

/// How often an option was chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[expect(missing_docs, reason = "the names say it")]
pub struct OptionLine {
    pub label: Text,
    pub n: u32,
}

/// A version that was released.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct ReleaseLine {
    /// Which.
    pub version: ReportVersion,
    /// Of which teams, if there is one for each.
    pub teams: Vec<TeamId>,
    /// The last row of the log that it tells of.
    pub at_seq: i64,
}
