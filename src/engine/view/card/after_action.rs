//! Cards about what comes after play.

use std::collections::BTreeSet;

use serde::Serialize;
use utoipa::ToSchema;

use super::{FieldCard, ProseCard};
use crate::engine::{
    date::Date,
    event::{CapabilityElement, CorrectiveState, CostBand, Draft, FindingKind, ReportVersion, Scope, Urgency},
    id::{CorrectiveActionId, FieldId, FindingId, ItemId, OptionId, PersonId, TeamId},
    plan::Capability,
    time::Timestamp,
};

/// What people are asked about how the exercise was run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct FeedbackCard {
    /// The questions, in order. Answers show no names.
    pub fields: Vec<FieldCard>,
}

/// The reader gave feedback; a new one takes its place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[expect(missing_docs, reason = "the names say it")]
pub struct FeedbackGivenCard {
    pub at: Timestamp,
}

/// What somebody wrote in the feedback form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct FeedbackTextCard {
    /// To which question.
    pub field: FieldId,
    /// With which option, of a decision.
    pub option: Option<OptionId>,
    /// What.
    pub text: ProseCard,
}

/// A note on the board of the hot wash.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct HotWashCard {
    /// Which.
    pub item: ItemId,
    /// On which side.
    pub kind: FindingKind,
    /// What.
    pub text: ProseCard,
    /// About which capability.
    pub capability: Option<Capability>,
    /// When it was written.
    pub at: Timestamp,
}

/// Where a note of the hot wash comes from, as far as the reader may know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct HotWashSourceCard {
    /// Which note.
    pub item: ItemId,
    /// Who wrote it; none if that is not to be told.
    pub by: Option<PersonId>,
    /// About which team it is.
    pub team: Option<TeamId>,
}

/// The reader wrote a note of the hot wash, and may take it back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[expect(missing_docs, reason = "the names say it")]
pub struct HotWashOwnCard {
    pub item: ItemId,
    pub anonymous: bool,
}

/// A note of the hot wash stands under another one that says the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[expect(missing_docs, reason = "the names say it")]
pub struct HotWashMergedCard {
    pub item: ItemId,
    pub into: ItemId,
}

/// A strength or an area of the report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct FindingCard {
    /// Which.
    pub finding: FindingId,
    /// What it is about.
    pub scope: Scope,
    /// Strength or area.
    pub kind: FindingKind,
    /// In a few words.
    pub title: ProseCard,
    /// What was seen.
    pub observation: ProseCard,
    /// The plan or policy that it is held against.
    pub reference: Option<ProseCard>,
    /// Why it was so.
    pub analysis: Option<ProseCard>,
    /// For which capability.
    pub capability: Option<Capability>,
    /// Rows of the log that it rests on.
    pub rows: Vec<i64>,
    /// The draft that it takes the place of.
    pub drafted_from: Option<Draft>,
    /// Who edited it last.
    pub by: Option<PersonId>,
    /// When.
    pub at: Timestamp,
}

/// The order in which findings stand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[expect(missing_docs, reason = "the names say it")]
pub struct FindingOrderCard {
    pub scope: Scope,
    pub order: Vec<FindingId>,
}

/// Findings are as they shall go out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[expect(missing_docs, reason = "the names say it")]
pub struct SignedOffCard {
    pub scope: Scope,
    pub by: Option<PersonId>,
    pub at: Timestamp,
}

/// A corrective action of the improvement plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct ImprovementCard {
    /// Which.
    pub action: CorrectiveActionId,
    /// Whose.
    pub scope: Scope,
    /// The finding that it answers.
    pub finding: Option<FindingId>,
    /// What is to be done.
    pub text: ProseCard,
    /// For which capability.
    pub capability: Option<Capability>,
    /// What of it is changed.
    pub element: CapabilityElement,
    /// The organisation that does it.
    pub owner: Option<ProseCard>,
    /// Whom to ask there.
    pub contact: Option<ProseCard>,
    /// From when.
    pub start: Option<Date>,
    /// Until when.
    pub completion: Option<Date>,
    /// How soon it matters.
    pub priority: Urgency,
    /// What it costs; none while nobody has said.
    pub cost: Option<CostBand>,
    /// What shows that it was done.
    pub evidence: Option<ProseCard>,
    /// When it was written.
    pub at: Timestamp,
}

/// Where a corrective action stands; without such a card it is proposed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct ImprovementStateCard {
    /// Which.
    pub action: CorrectiveActionId,
    /// Where it stands.
    pub state: CorrectiveState,
    /// What was said of that.
    pub note: Option<ProseCard>,
    /// Who said so, for staff.
    pub by: Option<PersonId>,
    /// When.
    pub at: Timestamp,
}

/// A release that waits for a second person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct ReleaseProposalCard {
    /// Which.
    pub item: ItemId,
    /// For whom the report is written.
    pub version: ReportVersion,
    /// The teams that get theirs.
    pub teams: BTreeSet<TeamId>,
    /// Who may read it, too.
    pub people: BTreeSet<PersonId>,
    /// The last row of the log that it tells of.
    pub at_seq: i64,
    /// Who proposed it.
    pub by: Option<PersonId>,
    /// When.
    pub at: Timestamp,
}

/// A report that the reader may read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct ReleaseCard {
    /// For whom it is written.
    pub version: ReportVersion,
    /// About which team, if there is one for each.
    pub team: Option<TeamId>,
    /// What that team is called.
    pub name: Option<String>,
    /// The last row of the log that it tells of.
    pub at_seq: i64,
    /// When it was released.
    pub at: Timestamp,
}
