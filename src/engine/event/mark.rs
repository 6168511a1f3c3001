//! What evaluators find.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::engine::{
    id::{ActionId, CriterionId, InjectId, ItemId, ObjectiveId, PartId, PersonId, TeamId},
    plan::MarkingPolicy,
    prose::Prose,
    score::TeamScore,
    text::Language,
    time::{Millis, Timestamp},
};

/// Levels that somebody gives to an answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Marked {
    /// Revision of the answer that was read.
    pub revision: u32,
    /// From 0 to 4, by criterion.
    pub levels: BTreeMap<CriterionId, u8>,
    /// What the team is told; where there is none the words of the levels stand for it.
    pub feedback: Option<Prose>,
}

/// What became of an expected action.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ActionStatus {
    /// It was done.
    Met,
    /// Some of it was done.
    Partly,
    /// It was not done.
    NotMet,
    /// Nobody saw whether it was done: that is no failure.
    NotObserved,
}

/// How well an objective was reached (HSEEP).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Rating {
    /// Unable to be performed.
    Unable,
    /// Performed with major challenges.
    Major,
    /// Performed with some challenges.
    Some,
    /// Performed without challenges.
    Performed,
}

/// A team's line failed, and staff give the time back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct OutageCredited {
    pub team: TeamId,
    pub from: Timestamp,
    pub to: Timestamp,
    pub reason: String,
    /// What each open inject gets of it, in active time.
    pub credits: BTreeMap<InjectId, Millis>,
}

/// What an evaluator is to mark; none is everything.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct MarkingAssigned {
    pub person: PersonId,
    pub injects: Option<BTreeSet<InjectId>>,
    pub languages: Option<BTreeSet<Language>>,
    /// The team of the person's own organisation, whose answers the person never marks.
    pub home: Option<TeamId>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct AnswerMarked {
    pub team: TeamId,
    pub inject: InjectId,
    pub mark: Marked,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct ActionNoted {
    pub team: TeamId,
    pub inject: InjectId,
    pub action: ActionId,
    pub status: ActionStatus,
    pub happened_at: Timestamp,
    pub evidence: Option<Prose>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct ObjectiveRated {
    pub team: TeamId,
    pub objective: ObjectiveId,
    /// What the figures suggest.
    pub suggested: Option<Rating>,
    pub rating: Rating,
    pub reason: Option<Prose>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct AdjustmentProposed {
    pub item: ItemId,
    pub team: TeamId,
    /// Thousandths of a point of the hundred.
    pub milli: i64,
    pub reason: Prose,
}

/// The result of a team, as it was released.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct TeamScoreReleased {
    pub team: TeamId,
    /// Version of the rules that made it.
    pub rules: u32,
    pub score: Box<TeamScore>,
    pub ratings: BTreeMap<ObjectiveId, Rating>,
    /// What evaluators say to the team, by inject.
    pub feedback: BTreeMap<InjectId, Vec<Copied>>,
}

/// A text that is shown again to others than before. It is a part of its own; whoever erases the first erases
/// its copies, too.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Copied {
    pub of: PartId,
    pub text: Prose,
}

/// A team asks that a mark be looked at again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct AppealRaised {
    pub item: ItemId,
    pub team: TeamId,
    pub inject: InjectId,
    pub text: Prose,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct AppealAnswered {
    pub item: ItemId,
    pub team: TeamId,
    pub inject: InjectId,
    pub upheld: bool,
    pub answer: Prose,
}

/// The lead of a team lets somebody send its official answers, or no longer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct DelegateNamed {
    pub team: TeamId,
    pub person: PersonId,
    pub may_submit: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct MarkingPolicySet {
    pub policy: MarkingPolicy,
    /// Code names of teams are derived from it: whoever marks blind must not see it.
    pub salt: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct AdjustmentDecided {
    pub item: ItemId,
    pub team: TeamId,
    pub accepted: bool,
}
