//! What may be asked once an exercise is over, and for the plan of what to improve.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::AnswerInput;
use crate::engine::{
    date::Date,
    event::{CapabilityElement, CorrectiveState, CostBand, Draft, FindingKind, ReportVersion, Scope, Urgency},
    id::{CorrectiveActionId, FieldId, FindingId, ItemId, PersonId, TeamId},
    plan::Capability,
};

/// Fills in the feedback form, in place of what one gave before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct GiveFeedback {
    /// By question; none has to be answered.
    pub answers: BTreeMap<FieldId, AnswerInput>,
}

/// Puts a note on the board of the hot wash, which everybody sees.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AddToHotWash {
    /// On which side.
    pub kind: FindingKind,
    /// What.
    pub text: String,
    /// Whether nobody is told who wrote it.
    pub anonymous: bool,
    /// About which capability.
    #[serde(default)]
    pub capability: Option<Capability>,
    /// About which team, which staff alone are told: people of a team name their own.
    #[serde(default)]
    pub team: Option<TeamId>,
}

/// Puts a note of the hot wash elsewhere, hides it or shows it again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MoveInHotWash {
    /// Which.
    pub item: ItemId,
    /// On which side it shall stand.
    pub kind: FindingKind,
    /// About which capability it is.
    #[serde(default)]
    pub capability: Option<Capability>,
    /// Whether staff alone shall see it.
    #[serde(default)]
    pub hidden: bool,
}

/// Puts a note, with those under it, under another one that says the same; or alone again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MergeInHotWash {
    /// Which.
    pub item: ItemId,
    /// Under which; none puts it alone.
    pub into: Option<ItemId>,
}

/// Writes a strength or an area of the report, or writes it anew. What was signed off is so no longer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EditFinding {
    /// Which: small letters, digits and hyphens.
    pub finding: FindingId,
    /// What it is about; that stays.
    pub scope: Scope,
    /// Strength or area.
    pub kind: FindingKind,
    /// In a few words.
    pub title: String,
    /// What was seen.
    pub observation: String,
    /// The plan or policy that it is held against.
    #[serde(default)]
    pub reference: Option<String>,
    /// Why it was so.
    #[serde(default)]
    pub analysis: Option<String>,
    /// For which capability.
    #[serde(default)]
    pub capability: Option<Capability>,
    /// Rows of the log that it rests on.
    #[serde(default)]
    pub rows: Vec<i64>,
    /// The draft that it takes the place of.
    #[serde(default)]
    pub drafted_from: Option<Draft>,
}

/// Puts findings into an order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OrderFindings {
    /// Those about what.
    pub scope: Scope,
    /// All of them, first things first.
    pub order: Vec<FindingId>,
}

/// Puts a corrective action into the improvement plan, or writes it anew.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PutCorrectiveAction {
    /// Which: small letters, digits and hyphens.
    pub action: CorrectiveActionId,
    /// Whose it is; that stays.
    pub scope: Scope,
    /// The finding that it answers.
    #[serde(default)]
    pub finding: Option<FindingId>,
    /// What is to be done.
    pub text: String,
    /// For which capability.
    #[serde(default)]
    pub capability: Option<Capability>,
    /// What of it is changed.
    pub element: CapabilityElement,
    /// The organisation that does it.
    #[serde(default)]
    pub owner: Option<String>,
    /// Whom to ask there.
    #[serde(default)]
    pub contact: Option<String>,
    /// From when.
    #[serde(default)]
    pub start: Option<Date>,
    /// Until when.
    #[serde(default)]
    pub completion: Option<Date>,
    /// How soon it matters.
    pub priority: Urgency,
    /// What it costs, as far as somebody has an idea.
    #[serde(default)]
    pub cost: Option<CostBand>,
    /// What shows that it was done.
    #[serde(default)]
    pub evidence: Option<String>,
}

/// Says where a corrective action stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SetCorrectiveState {
    /// Which.
    pub action: CorrectiveActionId,
    /// Where it stands.
    pub state: CorrectiveState,
    /// Why; of one that is rejected or deferred it has to be said.
    #[serde(default)]
    pub note: Option<String>,
}

/// Proposes to release a report as it is now; where the plan says so, a second person approves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProposeRelease {
    /// For whom it is written.
    pub version: ReportVersion,
    /// The teams that get theirs; of a version for the community or the public, none.
    #[serde(default)]
    pub teams: BTreeSet<TeamId>,
    /// Reviewers and observers who may read it, too.
    #[serde(default)]
    pub people: BTreeSet<PersonId>,
}

/// Takes one's own note from the board of the hot wash.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WithdrawFromHotWash {
    /// Which.
    pub item: ItemId,
}

/// Takes a finding out of the report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WithdrawFinding {
    /// Which.
    pub finding: FindingId,
}

/// Says that findings are as they shall go out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SignOff {
    /// Those about what.
    pub scope: Scope,
}

/// Says that what somebody proposed to release shall not go out; or takes one's own proposal back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DeclineRelease {
    /// Which proposal.
    pub item: ItemId,
    /// Why.
    pub reason: String,
}

/// Approves, as a second person, what somebody proposed to release.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ApproveRelease {
    /// Which proposal.
    pub item: ItemId,
}
