//! What there is to win with an inject, before anybody has answered it, and what people would judge for that.

use super::{
    inject::weights,
    result::{InjectScore, Outcome},
};
use crate::engine::{
    plan::Inject,
    state::{State, Team},
};

/// What an inject is worth, in thousandths of a point, told apart by who gives it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reach {
    /// By rule: right answers, what was wanted, and time.
    pub automatic_milli: i64,
    /// By people: rubrics and expected actions.
    pub by_people_milli: i64,
}

/// Shares out the worth of an inject by the weights of the parts that it can have.
#[must_use]
pub fn reach(state: &State, inject: &Inject) -> Reach {
    let weights = weights(state, inject);
    let form = inject.content.form.as_ref();
    let fields = form.map_or(&[][..], |form| &form.fields);
    let weight = |applies: bool, weight: u32| if applies { i64::from(weight) } else { 0 };
    let judged = weight(!inject.criteria().is_empty(), weights.quality)
        + weight(!inject.staff.evaluation.actions.is_empty(), weights.collaboration);
    let keyed = fields.iter().any(|field| inject.key_of(field).is_some());
    let wanted = fields.iter().any(|field| field.wanted);
    let is_receipt = form.is_some_and(|form| form.acknowledge && form.fields.is_empty());
    let is_timed = form.is_some_and(|form| form.target.or(form.deadline).is_some());
    let told = weight(keyed, weights.accuracy)
        + weight(wanted || is_receipt, weights.completeness)
        + weight(is_timed, weights.timeliness);
    let worth = i64::from(inject.worth()) * 1000;
    let by_people_milli = if judged == 0 { 0 } else { worth * judged / (judged + told) };
    Reach { automatic_milli: worth - by_people_milli, by_people_milli }
}

/// How many levels people still have to give to an answer of a team: each criterion that they judge, as often
/// as the marking policy asks.
#[must_use]
pub fn levels_to_give(state: &State, team: &Team, score: &InjectScore) -> u32 {
    let Outcome::Unmarked { missing } = score.outcome else { return 0 };
    let Some((position, inject)) = state.inject(&score.inject) else { return 0 };
    let official = team.deliveries.get(&position).and_then(|delivery| delivery.official());
    let is_answered = |field: &_| official.is_some_and(|response| response.answers.contains_key(field));
    let judged = inject.criteria().iter().filter(|criterion| Inject::is_judged(criterion, is_answered)).count();
    u32::try_from(judged).unwrap_or(u32::MAX).saturating_mul(missing)
}
