//! What there was to win, and what people would have to judge for that.

use super::model::Reach;
use crate::engine::{
    plan::{Inject, Profile},
    score::{InjectScore, Outcome, TeamScore},
    state::{State, Team},
};

/// What could be won with everything that a team was sent, and with what it would be watched for.
pub(super) fn reach(state: &State, team: &Team) -> Reach {
    let mut reach = Reach::default();
    for (position, inject) in state.plan.injects.iter().enumerate() {
        let is_asked =
            if inject.is_sent() { team.deliveries.contains_key(&position) } else { State::is_for(inject, team) };
        if is_asked {
            let worth = i64::from(inject.worth()) * 1000;
            let by_people = by_people(inject, &state.plan.profile, worth);
            reach.by_people_milli += by_people;
            reach.automatic_milli += worth - by_people;
        }
    }
    reach
}

/// How much of the worth of an inject hangs on people, if every part that it can have is there.
fn by_people(inject: &Inject, profile: &Profile, worth: i64) -> i64 {
    let weights = inject.staff.evaluation.weights.unwrap_or(profile.weights);
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
    if judged + told == 0 { 0 } else { worth * judged / (judged + told) }
}

/// How many levels people still have to give to the answers of a team: each criterion as often as the
/// marking policy wants it judged.
pub(super) fn levels_to_give(state: &State, team: &Team, score: &TeamScore) -> u32 {
    let of_inject = |inject: &InjectScore| {
        let Outcome::Unmarked { missing } = inject.outcome else { return 0 };
        let Some((position, plan)) = state.inject(&inject.inject) else { return 0 };
        let official = team.deliveries.get(&position).and_then(|delivery| delivery.official());
        let is_answered = |field: &_| official.is_some_and(|response| response.answers.contains_key(field));
        let judged = plan.criteria().iter().filter(|criterion| Inject::is_judged(criterion, is_answered)).count();
        u32::try_from(judged).unwrap_or(u32::MAX).saturating_mul(missing)
    };
    score.injects.iter().map(of_inject).fold(0, u32::saturating_add)
}
