//! What may be asked when answers are judged.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::engine::{
    event::{ActionStatus, Polarity, Rating},
    id::{ActionId, CriterionId, InjectId, ItemId, ObjectiveId, PersonId, TeamId},
    plan::Capability,
    text::Language,
    time::Timestamp,
};

/// Gives a team back the time in which its line had failed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CreditOutage {
    /// Whose.
    pub team: TeamId,
    /// Since when.
    pub from: Timestamp,
    /// Until when.
    pub to: Timestamp,
    /// What was confirmed.
    pub reason: String,
}

/// Says what an evaluator is to mark.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AssignMarking {
    /// Who.
    pub person: PersonId,
    /// Only these injects.
    pub injects: Option<BTreeSet<InjectId>>,
    /// Only answers of teams that work in these languages.
    pub languages: Option<BTreeSet<Language>>,
    /// The team of the person's own organisation, if it plays.
    pub home: Option<TeamId>,
}

/// Gives levels to the official answer of a team.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Mark {
    /// Whose, by id or by code name.
    pub team: TeamId,
    /// To which inject.
    pub inject: InjectId,
    /// Levels from 0 to 4, one for each criterion.
    pub levels: BTreeMap<CriterionId, u8>,
    /// What to tell the team.
    #[serde(default)]
    pub feedback: Option<String>,
}

/// Decides on the levels of an answer, whatever its marks say.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Moderate {
    /// Whose.
    pub team: TeamId,
    /// To which inject.
    pub inject: InjectId,
    /// Levels from 0 to 4, one for each criterion.
    pub levels: BTreeMap<CriterionId, u8>,
    /// Why.
    pub reason: String,
}

/// Notes what became of an expected action.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NoteAction {
    /// Of which team.
    pub team: TeamId,
    /// Of which inject.
    pub inject: InjectId,
    /// Which action.
    pub action: ActionId,
    /// What became of it.
    pub status: ActionStatus,
    /// When, if not now.
    #[serde(default)]
    pub happened_at: Option<Timestamp>,
    /// What shows it.
    #[serde(default)]
    pub evidence: Option<String>,
}

/// Confirms the suggested rating of an objective, or gives another one with a reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RateObjective {
    /// Of which team.
    pub team: TeamId,
    /// Which objective.
    pub objective: ObjectiveId,
    /// The rating.
    pub rating: Rating,
    /// Why, where it differs from the suggestion.
    #[serde(default)]
    pub reason: Option<String>,
}

/// Proposes to move a team's score a little; a second person decides.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProposeAdjustment {
    /// Whose.
    pub team: TeamId,
    /// By how much, in thousandths of a point of the hundred.
    pub milli: i64,
    /// Why.
    pub reason: String,
}

/// Answers an appeal in writing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AnswerAppeal {
    /// Which.
    pub item: ItemId,
    /// Whether the team is right.
    pub upheld: bool,
    /// The answer.
    pub answer: String,
}

/// Lets a person of one's team send its official answers, or no longer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NameDelegate {
    /// Who.
    pub person: PersonId,
    /// Whether the person may.
    pub may_submit: bool,
}

/// Asks that the marks of one's team in an inject be looked at again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Appeal {
    /// Which inject.
    pub inject: InjectId,
    /// Why.
    pub text: String,
}

/// Decides on a proposed adjustment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DecideAdjustment {
    /// Which.
    pub item: ItemId,
    /// Whether it stands.
    pub accepted: bool,
}

/// Notes what was seen, for the evaluation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Observe {
    /// What.
    pub text: String,
    /// Of which team.
    pub team: Option<TeamId>,
    /// At which inject.
    pub inject: Option<InjectId>,
    /// For which capability.
    pub capability: Option<Capability>,
    /// Whether it speaks for or against.
    pub polarity: Polarity,
}
