//! Cards about marks, ratings and results.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use utoipa::ToSchema;

use super::ProseCard;
use crate::engine::{
    event::{ActionStatus, Rating},
    id::{ActionId, CriterionId, InjectId, ItemId, ObjectiveId, PersonId, TeamId},
    plan::MarkingPolicy,
    score::TeamScore,
    text::Language,
    time::Timestamp,
};

/// What an evaluator is to mark.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[expect(missing_docs, reason = "the act of the same fields says it")]
pub struct AssignmentCard {
    pub person: PersonId,
    pub injects: Option<BTreeSet<InjectId>>,
    pub languages: Option<BTreeSet<Language>>,
    pub home: Option<TeamId>,
}

/// Levels that somebody gave an answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct MarkCard {
    /// Whose answer.
    pub team: TeamId,
    /// To which inject.
    pub inject: InjectId,
    /// Revision that was read.
    pub revision: u32,
    /// From 0 to 4.
    pub levels: BTreeMap<CriterionId, u8>,
    /// What the team is told; of a decision, why.
    pub feedback: Option<ProseCard>,
    /// Who.
    pub by: Option<PersonId>,
    /// When.
    pub at: Timestamp,
}

/// What became of an expected action.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[expect(missing_docs, reason = "the act of the same fields says it")]
pub struct ActionCard {
    pub team: TeamId,
    pub inject: InjectId,
    pub action: ActionId,
    pub status: ActionStatus,
    pub happened_at: Timestamp,
    pub evidence: Option<ProseCard>,
    /// Who noted it.
    pub by: Option<PersonId>,
}

/// How well an objective was reached.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct RatingCard {
    /// By which team.
    pub team: TeamId,
    /// Which.
    pub objective: ObjectiveId,
    /// What the figures suggested.
    pub suggested: Option<Rating>,
    /// What was decided.
    pub rating: Rating,
    /// Why, where it differs.
    pub reason: Option<ProseCard>,
    /// Who decided.
    pub by: Option<PersonId>,
}

/// A proposal to move a team's score a little.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct AdjustmentCard {
    /// Which.
    pub item: ItemId,
    /// Whose score.
    pub team: TeamId,
    /// By how much, in thousandths of a point of the hundred.
    pub milli: i64,
    /// Why.
    pub reason: ProseCard,
    /// Who proposed it.
    pub by: Option<PersonId>,
}

/// What was released to a team.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct ResultCard {
    /// Version of the rules.
    pub rules: u32,
    /// The score, with a reason for each point.
    pub score: TeamScore,
    /// How well objectives were reached.
    pub ratings: BTreeMap<ObjectiveId, Rating>,
    /// What evaluators say, by inject.
    pub feedback: BTreeMap<InjectId, Vec<ProseCard>>,
    /// What the rated objectives are called.
    pub objectives: BTreeMap<ObjectiveId, String>,
    /// What the injects, and what in them was judged, are called.
    pub names: BTreeMap<InjectId, NamesCard>,
    /// When.
    pub at: Timestamp,
}

/// What an inject, and what in it was judged, is called.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct NamesCard {
    /// Its title.
    pub title: String,
    /// Of criteria.
    pub criteria: BTreeMap<CriterionId, CriterionNamesCard>,
    /// Of expected actions.
    pub actions: BTreeMap<ActionId, String>,
    /// What the team should have done.
    pub expected: Vec<String>,
}

/// What a criterion looks at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct CriterionNamesCard {
    /// In a few words.
    pub title: String,
    /// The levels that were given, lowest first, in the words of the rubric.
    pub levels: Vec<LevelCard>,
}

/// What a level looks like.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct LevelCard {
    /// From 0 to 4.
    pub level: u8,
    /// In the words of the rubric.
    pub anchor: String,
}

/// An appeal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct AppealCard {
    /// Which.
    pub item: ItemId,
    /// Whose.
    pub team: TeamId,
    /// About which inject.
    pub inject: InjectId,
    /// Why.
    pub text: ProseCard,
    /// Who raised it.
    pub by: Option<PersonId>,
    /// When.
    pub at: Timestamp,
}

/// Somebody besides the lead may send the team's official answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[expect(missing_docs, reason = "the names say it")]
pub struct DelegateCard {
    pub team: TeamId,
    pub person: PersonId,
}

/// Whether a team may be named where standings are shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[expect(missing_docs, reason = "the names say it")]
pub struct ConsentCard {
    pub team: TeamId,
    pub named: bool,
}

/// Time of a failed line that a team was given back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[expect(missing_docs, reason = "the names say it")]
pub struct CreditCard {
    pub team: TeamId,
    pub from: Timestamp,
    pub to: Timestamp,
    pub reason: String,
}

/// How carefully answers are marked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[expect(missing_docs, reason = "the names say it")]
pub struct MarkingCard {
    pub policy: MarkingPolicy,
}

/// What a second person decided on an adjustment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[expect(missing_docs, reason = "the names say it")]
pub struct AdjustedCard {
    pub item: ItemId,
    pub accepted: bool,
    pub by: Option<PersonId>,
}

/// Scores are out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[expect(missing_docs, reason = "the names say it")]
pub struct ResultsCard {
    pub at: Timestamp,
}

/// The answer to an appeal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[expect(missing_docs, reason = "the names say it")]
pub struct AppealAnswerCard {
    pub item: ItemId,
    pub upheld: bool,
    pub answer: ProseCard,
    pub at: Timestamp,
}
