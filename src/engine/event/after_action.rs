//! What people make of an exercise once it is over: feedback, hot wash, findings, the improvement plan and
//! the release of reports.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Answer, Copied};
use crate::engine::{
    date::Date,
    id::{CorrectiveActionId, FieldId, FindingId, ItemId, PartId, PersonId, TeamId},
    plan::Capability,
    prose::Prose,
    time::Timestamp,
};

/// What a part of the report is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// The event as a whole.
    Event,
    /// One team, which alone is told.
    Team(TeamId),
}

impl Scope {
    /// The team, if it is about one.
    #[must_use]
    pub fn team(&self) -> Option<&TeamId> {
        match self {
            Self::Event => None,
            Self::Team(team) => Some(team),
        }
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Event => f.write_str("event"),
            Self::Team(team) => write!(f, "team/{team}"),
        }
    }
}

/// On which side of the board, or of the report, something stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum FindingKind {
    /// What went well, to be kept.
    Strength,
    /// An area for improvement.
    Area,
}

/// What of a team's ability a corrective action changes (HSEEP).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names are those of HSEEP")]
pub enum CapabilityElement {
    Planning,
    Organisation,
    Equipment,
    Training,
    Exercise,
}

/// How soon a corrective action matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Urgency {
    High,
    Medium,
    Low,
}

/// What a corrective action costs, by who can decide on it: sums and currencies say little across countries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CostBand {
    /// Within what its owner has.
    Low,
    /// People or funds of the year have to be moved.
    Medium,
    /// New funds, or a decision above its owner.
    High,
}

/// Where a corrective action stands. That it is overdue follows from its date, and is never stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CorrectiveState {
    /// Somebody proposes it.
    Proposed,
    /// Its owner takes it on.
    Agreed,
    /// It is being done.
    InProgress,
    /// Its owner says that it is done.
    Implemented,
    /// A second person has seen that it is.
    Verified,
    /// It will not be done.
    Rejected,
    /// It will be done later.
    Deferred,
}

/// For whom a report is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ReportVersion {
    /// A team's own report.
    Team,
    /// One page about a team, for those who decide in its country.
    NationalBrief,
    /// About all teams, none of them named.
    Community,
    /// Sums only.
    Public,
}

impl ReportVersion {
    /// Its name, as keys of cards have it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Team => "team",
            Self::NationalBrief => "national_brief",
            Self::Community => "community",
            Self::Public => "public",
        }
    }

    /// Whether there is one for each team.
    #[must_use]
    pub fn is_of_a_team(self) -> bool {
        matches!(self, Self::Team | Self::NationalBrief)
    }
}

/// Where the first words of a finding come from: a rule of drafting, and what it found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = FindingDraft)]
#[serde(deny_unknown_fields)]
pub struct Draft {
    /// The rule.
    pub rule: String,
    /// What tells this draft from others of the same rule.
    pub key: String,
}

/// Somebody filled in the feedback form; in place of what the same person gave before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FeedbackGiven {
    /// By question.
    pub answers: BTreeMap<FieldId, Answer>,
    /// The texts that are no longer what that person says.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub replaces: BTreeMap<FieldId, PartId>,
}

/// Somebody put a note on the board of the hot wash.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HotWashAdded {
    /// Which.
    pub item: ItemId,
    /// On which side.
    pub kind: FindingKind,
    /// What.
    pub text: Prose,
    /// About which capability.
    pub capability: Option<Capability>,
    /// About which team, which staff alone are told.
    pub team: Option<TeamId>,
    /// Whether nobody is told who wrote it.
    pub anonymous: bool,
    /// The author's own team, where that may be told: it knows who is meant.
    pub by_team: Option<TeamId>,
}

/// Whoever leads the hot wash put a note elsewhere, hid it or showed it again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HotWashMoved {
    /// Which.
    pub item: ItemId,
    /// On which side it stands now.
    pub kind: FindingKind,
    /// About which capability it is.
    pub capability: Option<Capability>,
    /// Whether staff alone see it now.
    pub hidden: bool,
    /// When it was written.
    pub written_at: Timestamp,
    /// Its text as it was written.
    pub of: PartId,
    /// The text, shown again; none once erased.
    pub text: Option<Copied>,
}

/// Notes say the same: they stand under another one, or apart again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct HotWashMerged {
    pub items: BTreeSet<ItemId>,
    pub into: Option<ItemId>,
}

/// Its author took a note from the board.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HotWashWithdrawn {
    /// Which.
    pub item: ItemId,
    /// The team that knew whose it was.
    pub by_team: Option<TeamId>,
    /// Notes that stood under it and stand alone again.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub freed: BTreeSet<ItemId>,
}

/// A strength or an area of the report, as it reads now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the act of the same fields says it")]
pub struct FindingEdited {
    pub finding: FindingId,
    pub scope: Scope,
    pub kind: FindingKind,
    pub title: Prose,
    pub observation: Prose,
    pub reference: Option<Prose>,
    pub analysis: Option<Prose>,
    pub capability: Option<Capability>,
    pub rows: Vec<i64>,
    pub drafted_from: Option<Draft>,
}

/// The order in which findings stand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct FindingsOrdered {
    pub scope: Scope,
    pub order: Vec<FindingId>,
}

/// A corrective action, as it reads now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the act of the same fields says it")]
pub struct CorrectiveActionPut {
    pub action: CorrectiveActionId,
    pub scope: Scope,
    pub finding: Option<FindingId>,
    pub text: Prose,
    pub capability: Option<Capability>,
    pub element: CapabilityElement,
    pub owner: Option<Prose>,
    pub contact: Option<Prose>,
    pub start: Option<Date>,
    pub completion: Option<Date>,
    pub priority: Urgency,
    /// Logs from before there were cost bands say none, and are written as they were.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cost: Option<CostBand>,
    pub evidence: Option<Prose>,
}

/// A corrective action came further, or was given up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct CorrectiveStateSet {
    pub action: CorrectiveActionId,
    pub scope: Scope,
    pub state: CorrectiveState,
    pub note: Option<Prose>,
}

/// Somebody proposes to release a report as the log had it then.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportProposed {
    /// Which proposal.
    pub item: ItemId,
    /// For whom it is written.
    pub version: ReportVersion,
    /// The teams it is about, if there is one for each.
    pub teams: BTreeSet<TeamId>,
    /// Reviewers and observers who may read it, too.
    pub people: BTreeSet<PersonId>,
    /// The last row of the log that it tells of.
    pub at_seq: i64,
    /// What those teams are called: a reviewer learns it from nothing else.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub names: BTreeMap<TeamId, String>,
}

/// What somebody proposed to release will not go out: a second person says so, or whoever proposed it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the act of the same fields says it")]
pub struct ReleaseDeclined {
    pub item: ItemId,
    pub reason: Prose,
}

/// A finding is no longer in the report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct FindingWithdrawn {
    pub finding: FindingId,
    pub scope: Scope,
}

/// What the report says of it may go out; an edit lifts that.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct SignedOff {
    pub scope: Scope,
}
