//! Objectives and capabilities: the same points seen by what they are evidence for, and the rating that
//! they suggest.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    result::{InjectScore, Outcome, TeamScore},
    sum::{Part, Sum, sum},
};
use crate::engine::{
    event::{ActionStatus, Rating},
    id::{ActionId, CriterionId, InjectId, ObjectiveId},
    plan::{Capability, Objective},
    state::{State, Team},
};

/// Least counted injects for the score of a capability to say something.
const ENOUGH: u32 = 3;
/// Scores from which on a rating is suggested, in thousandths.
const PERFORMED: i64 = 85_000;
const SOME: i64 = 60_000;
const MAJOR: i64 = 30_000;
/// Up to this level a critical criterion is not met.
const NOT_MET: u8 = 1;

/// How far a team reached an objective.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ObjectiveScore {
    /// Which.
    pub objective: ObjectiveId,
    /// From 0 to 100 in thousandths; none while nothing counts.
    pub score_milli: Option<i64>,
    /// Points attainable in what counts, in thousandths.
    pub attainable_milli: i64,
    /// Injects that count.
    pub counted: u32,
    /// Injects of the plan that give evidence for it.
    pub mapped: u32,
    /// What the figures suggest.
    pub suggested: Option<Rating>,
    /// What keeps the suggestion at major challenges or below.
    pub capped_by: Vec<Cap>,
    /// What evaluators decided, as long as it stands.
    pub rating: Option<Rating>,
    /// What they confirmed while the figures suggested it. They no longer do: it is to be confirmed again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lapsed: Option<Rating>,
}

/// A critical task that was not done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "cap", rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Cap {
    Action { inject: InjectId, action: ActionId },
    Criterion { inject: InjectId, criterion: CriterionId },
    Unanswered { inject: InjectId },
}

/// How a team did in a capability.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CapabilityScore {
    /// Which.
    pub capability: Capability,
    /// From 0 to 100 in thousandths; none while fewer than three injects count.
    pub score_milli: Option<i64>,
    /// Points attainable in what counts, in thousandths.
    pub attainable_milli: i64,
    /// Injects that count.
    pub counted: u32,
    /// Injects of the plan that give evidence for it.
    pub mapped: u32,
}

/// The objectives of the plan, as a team reached them.
#[must_use]
pub fn objectives(state: &State, team: &Team, score: &TeamScore) -> Vec<ObjectiveScore> {
    state.plan.objectives.iter().map(|objective| of_objective(state, team, score, objective)).collect()
}

fn of_objective(state: &State, team: &Team, score: &TeamScore, objective: &Objective) -> ObjectiveScore {
    let mapped = mapped(state, &|id| *id == objective.id);
    let of = |score: &&InjectScore| mapped.contains(&score.inject);
    let evidence: Vec<Part> = score.injects.iter().filter(of).filter_map(|inject| evidence(inject, 1)).collect();
    let (sum, _) = sum(evidence.iter());
    let capped_by: Vec<Cap> =
        score.injects.iter().filter(of).flat_map(|inject| caps(state, objective, inject)).collect();
    let score_milli = sum.score();
    let by_score = score_milli.map(by_score);
    let suggested = by_score.map(|rating| if capped_by.is_empty() { rating } else { rating.min(Rating::Major) });
    let (rating, lapsed) = match team.ratings.get(&objective.id) {
        Some(rated) if rated.stands(suggested) => (Some(rated.rating), None),
        Some(rated) => (None, Some(rated.rating)),
        None => (None, None),
    };
    ObjectiveScore {
        objective: objective.id.clone(),
        score_milli,
        attainable_milli: sum.attainable,
        counted: sum.counted,
        mapped: count(mapped.len()),
        suggested,
        capped_by,
        rating,
        lapsed,
    }
}

fn by_score(score: i64) -> Rating {
    match score {
        PERFORMED.. => Rating::Performed,
        SOME.. => Rating::Some,
        MAJOR.. => Rating::Major,
        _ => Rating::Unable,
    }
}

/// The capabilities that the plan has objectives for, as a team showed them.
#[must_use]
pub fn capabilities(state: &State, score: &TeamScore) -> Vec<CapabilityScore> {
    let named: BTreeSet<Capability> = state.plan.objectives.iter().map(|objective| objective.capability).collect();
    named.into_iter().map(|capability| of_capability(state, score, capability)).collect()
}

fn of_capability(state: &State, score: &TeamScore, capability: Capability) -> CapabilityScore {
    let of = |id: &ObjectiveId| {
        state.plan.objectives.iter().find(|objective| objective.id == *id && objective.capability == capability)
    };
    let mapped = mapped(state, &|id| of(id).is_some());
    let weight = |inject: &InjectId| {
        let named = state.inject(inject).into_iter().flat_map(|(_, inject)| &inject.staff.objectives);
        named.filter_map(of).map(|objective| objective.weight).max().unwrap_or(1)
    };
    let parts = score.injects.iter().filter(|inject| mapped.contains(&inject.inject));
    let evidence: Vec<Part> = parts.filter_map(|inject| evidence(inject, weight(&inject.inject))).collect();
    let (sum, _): (Sum, _) = sum(evidence.iter());
    CapabilityScore {
        capability,
        score_milli: sum.score().filter(|_| sum.counted >= ENOUGH),
        attainable_milli: sum.attainable,
        counted: sum.counted,
        mapped: count(mapped.len()),
    }
}

/// Injects of the plan that give evidence for objectives.
fn mapped(state: &State, is_of: &dyn Fn(&ObjectiveId) -> bool) -> BTreeSet<InjectId> {
    let injects = state.plan.injects.iter().filter(|inject| inject.staff.objectives.iter().any(is_of));
    injects.map(|inject| inject.id.clone()).collect()
}

/// What an inject says about its objectives. One without points says what staff noted.
fn evidence(score: &InjectScore, weight: u32) -> Option<Part> {
    let excused = matches!(score.outcome, Outcome::Excused { .. } | Outcome::ExcusedKept { .. });
    let weigh = |points: i64, attainable: i64| Part {
        place: 0,
        worth: (points.saturating_mul(weight.into()), attainable.saturating_mul(weight.into())),
        excused,
    };
    if score.attainable_milli > 0 {
        return score.points_milli.map(|points| weigh(points, score.attainable_milli));
    }
    let noted = |status: ActionStatus| match status {
        ActionStatus::Met => Some(1000),
        ActionStatus::Partly => Some(500),
        ActionStatus::NotMet => Some(0),
        ActionStatus::NotObserved => None,
    };
    let worth = score.actions.iter().filter_map(|action| Some((i64::from(action.weight), noted(action.status)?)));
    let (points, attainable) =
        worth.fold((0, 0), |(points, all), (weight, share)| (points + weight * share, all + weight * 1000));
    (attainable > 0).then(|| weigh(points, attainable))
}

/// What of an inject caps the rating of an objective. Everything in the injects of a critical objective is
/// critical.
fn caps(state: &State, objective: &Objective, score: &InjectScore) -> Vec<Cap> {
    let inject = &score.inject;
    if matches!(score.outcome, Outcome::Recalled | Outcome::Excused { .. } | Outcome::ExcusedKept { .. }) {
        return Vec::new();
    }
    let elsewhere = |action: &ActionId| {
        let actions = state.inject(inject).map(|(_, inject)| inject.actions()).unwrap_or_default();
        let listed = actions.into_iter().find(|listed| listed.id == *action);
        listed.and_then(|listed| listed.objective).is_some_and(|named| named != objective.id)
    };
    let undone = score.actions.iter().filter(|action| {
        action.status == ActionStatus::NotMet && (action.critical || objective.critical) && !elsewhere(&action.action)
    });
    let low = score.criteria.iter().filter(|line| {
        let critical = line.critical || objective.critical;
        critical && line.levels.first().is_some_and(|least| *least <= NOT_MET)
    });
    let unanswered = matches!(score.outcome, Outcome::NotAnswered | Outcome::TeamOffline) && objective.critical;
    let actions = undone.map(|action| Cap::Action { inject: inject.clone(), action: action.action.clone() });
    let criteria = low.map(|line| Cap::Criterion { inject: inject.clone(), criterion: line.criterion.clone() });
    let silent = unanswered.then(|| Cap::Unanswered { inject: inject.clone() });
    actions.chain(criteria).chain(silent).collect()
}

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
