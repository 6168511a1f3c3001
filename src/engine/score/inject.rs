//! What one inject gives one team.

use super::{
    accuracy::accuracy,
    exact::{Exact, half_even, permille, ratio, shown, weighted},
    quality::{Marking, marking, quality},
    result::{ActionScore, Band, Component, ComponentScore, InjectScore, Outcome},
    timeliness::{Pace, of_response, pace},
};
use crate::engine::{
    event::ActionStatus,
    plan::{Form, Inject, InjectKind, Weights},
    state::{Delivery, State, Team},
};

/// Hints cost at most so much of an inject, in permille.
pub(crate) const MOST_FOR_HINTS: u32 = 300;
/// From this merit on an answer gets the whole of its timeliness.
const GOOD_ENOUGH: (i64, i64) = (6, 10);

/// The score of an inject for a team that received it, or of one that is only watched for; none if there
/// is nothing to say.
#[must_use]
pub fn inject_score(state: &State, team: &Team, position: usize) -> Option<InjectScore> {
    let inject = state.plan.injects.get(position)?;
    if inject.kind == InjectKind::Practice {
        return None;
    }
    let delivery = team.deliveries.get(&position);
    let mut score = InjectScore {
        inject: inject.id.clone(),
        attainable_milli: i64::from(inject.worth()) * 1000,
        points_milli: None,
        outcome: Outcome::NotScored,
        components: Vec::new(),
        fields: Vec::new(),
        criteria: Vec::new(),
        actions: actions(inject, team, position),
        band: None,
        tau: None,
        hints_permille: 0,
        late_permille: 1000,
        revision: None,
    };
    match delivery {
        Some(delivery) => score_delivery(&mut score, state, team, inject, delivery),
        None if inject.is_sent() => return None,
        None => score_watched(&mut score, state, inject),
    }
    let is_evidence = !score.actions.is_empty() || !score.criteria.is_empty();
    (score.attainable_milli > 0 || is_evidence).then_some(score)
}

fn score_delivery(score: &mut InjectScore, state: &State, team: &Team, inject: &Inject, delivery: &Delivery) {
    let marking = marking(state, team, inject, delivery);
    if let Marking::Done(lines) = &marking {
        score.criteria.clone_from(lines);
    }
    score.revision = delivery.official().map(|response| response.revision);
    score.hints_permille = delivery.hints.values().copied().fold(0, u32::saturating_add).min(MOST_FOR_HINTS);
    let shares = shares(score, state, inject, delivery);
    score.outcome = outcome(score, state, inject, delivery, &marking);
    let excused = || Outcome::Excused { because: delivery.excused.clone().unwrap_or_default() };
    score.points_milli = match &score.outcome {
        Outcome::Counted => Some(points(score, &shares)),
        Outcome::NotAnswered | Outcome::TeamOffline => Some(0),
        _ => None,
    };
    if delivery.excused.is_some() && score.outcome != Outcome::Recalled {
        // Whether it is kept for the team's sake shows only among all the others.
        score.points_milli = score.points_milli.filter(|_| score.outcome == Outcome::Counted);
        score.outcome = excused();
    }
}

fn outcome(score: &InjectScore, state: &State, inject: &Inject, delivery: &Delivery, marking: &Marking) -> Outcome {
    if delivery.recalled {
        return Outcome::Recalled;
    }
    if score.attainable_milli == 0 || weights(state, inject) == Weights::NOTHING {
        return Outcome::NotScored;
    }
    if !is_answered(inject, delivery) {
        let reached = delivery.was_reached();
        return match is_over(state, inject, delivery) {
            false => Outcome::Open,
            true if reached => Outcome::NotAnswered,
            true if !delivery.credits.is_empty() => Outcome::NotDelivered,
            true => Outcome::TeamOffline,
        };
    }
    let by_people = weights(state, inject).quality > 0;
    match marking {
        Marking::Missing(missing) if by_people => Outcome::Unmarked { missing: *missing },
        Marking::Split if by_people => Outcome::Split,
        // Something that only people could judge, and the profile has no people judge.
        _ if score.components.is_empty() => Outcome::NotScored,
        _ => Outcome::Counted,
    }
}

/// An expected action: nothing is sent, so only what staff noted counts.
fn score_watched(score: &mut InjectScore, state: &State, inject: &Inject) {
    let Some(share) = collaboration(score).filter(|_| score.attainable_milli > 0) else {
        if score.attainable_milli > 0 {
            score.outcome = if state.over_at().is_some() { Outcome::NotObserved } else { Outcome::Open };
        }
        return;
    };
    let weight = weights(state, inject).collaboration;
    if weight == 0 {
        return;
    }
    score.outcome = Outcome::Counted;
    score.components =
        vec![ComponentScore { component: Component::Collaboration, weight, share_permille: shown(&share) }];
    score.points_milli = Some(half_even(&(share * ratio(score.attainable_milli, 1))));
}

/// The weights of an inject.
pub(super) fn weights(state: &State, inject: &Inject) -> Weights {
    inject.staff.evaluation.weights.unwrap_or(state.plan.profile.weights)
}

/// Whether what was asked for came.
fn is_answered(inject: &Inject, delivery: &Delivery) -> bool {
    match &inject.content.form {
        Some(form) if form.fields.is_empty() => delivery.acknowledged_after.is_some(),
        Some(_) => delivery.official().is_some(),
        None => true,
    }
}

/// Without a deadline an answer may come until the end of play. A deadline that had not passed by
/// then leaves the inject out: the team was not given its time.
fn is_over(state: &State, inject: &Inject, delivery: &Delivery) -> bool {
    let has_deadline = inject.content.form.as_ref().is_some_and(|form| form.deadline.is_some());
    delivery.closed || (!has_deadline && state.over_at().is_some())
}

/// What parts apply, exactly; the parts for reading and the band go into the score.
fn shares(
    score: &mut InjectScore,
    state: &State,
    inject: &Inject,
    delivery: &Delivery,
) -> Vec<(Component, u32, Exact)> {
    let weights = weights(state, inject);
    let form = inject.content.form.as_ref();
    let response = delivery.official();
    let mut shares = Vec::new();
    if let Some((form, response)) = form.zip(response) {
        let (accuracy, fields) = accuracy(inject, form, response);
        score.fields = fields;
        let filled = |field: &&crate::engine::plan::Field| response.answers.contains_key(&field.id);
        let wanted = || form.fields.iter().filter(|field| field.wanted);
        shares.push((Component::Quality, weights.quality, quality(&score.criteria)));
        shares.push((Component::Accuracy, weights.accuracy, accuracy));
        let complete = (wanted().count() > 0).then(|| ratio(wanted().filter(filled).count(), wanted().count()));
        shares.push((Component::Completeness, weights.completeness, complete));
    }
    let acknowledges = form.is_some_and(|form| form.acknowledge && form.fields.is_empty());
    if acknowledges && delivery.acknowledged_after.is_some() {
        shares.push((Component::Completeness, weights.completeness, Some(Exact::one())));
    }
    shares.push((Component::Collaboration, weights.collaboration, collaboration(score)));
    let pace = form.and_then(|form| pace_of(form, state, delivery));
    shares.push((Component::Timeliness, weights.timeliness, pace.as_ref().and_then(|pace| pace.share.clone())));
    if let Some(Pace { tau, band, .. }) = pace {
        (score.tau, score.band) = (Some(tau), band);
        if band == Some(Band::Late) {
            score.late_permille = state.plan.profile.late_credit_permille.min(1000);
        }
    }
    let shares: Vec<_> = shares
        .into_iter()
        .filter_map(|(component, weight, share)| Some((component, weight, share?)))
        .filter(|(_, weight, _)| *weight > 0)
        .collect();
    let part = |(component, weight, share): &(Component, u32, Exact)| ComponentScore {
        component: *component,
        weight: *weight,
        share_permille: shown(share),
    };
    score.components = shares.iter().map(part).collect();
    shares
}

fn pace_of(form: &Form, state: &State, delivery: &Delivery) -> Option<Pace> {
    let profile = &state.plan.profile;
    if form.fields.is_empty() {
        let taken = delivery.acknowledged_after?;
        let late = form.deadline.is_some_and(|deadline| taken > deadline.plus(delivery.extension));
        return Some(pace(form, profile, delivery, taken, late));
    }
    Some(of_response(form, profile, delivery, delivery.official()?))
}

/// The points of the parts: merit is what the answer is worth, and haste helps a good answer only.
fn points(score: &InjectScore, shares: &[(Component, u32, Exact)]) -> i64 {
    let is_merit = |component: &Component| *component != Component::Timeliness;
    let merit =
        weighted(shares.iter().filter(|(part, ..)| is_merit(part)).map(|(_, weight, share)| (*weight, share.clone())));
    let earns = merit.map_or_else(Exact::one, |merit| (merit * ratio(GOOD_ENOUGH.1, GOOD_ENOUGH.0)).min(Exact::one()));
    let paced = shares.iter().map(|(part, weight, share)| {
        (*weight, if is_merit(part) { share.clone() } else { share.clone() * earns.clone() })
    });
    let fraction = weighted(paced).unwrap_or_else(Exact::zero);
    let left = (fraction - permille(score.hints_permille)).max(Exact::zero());
    half_even(&(left * permille(score.late_permille) * ratio(score.attainable_milli, 1)))
}

/// What staff noted of the expected actions.
fn actions(inject: &Inject, team: &Team, position: usize) -> Vec<ActionScore> {
    let Some(noted) = team.noted.get(&position) else { return Vec::new() };
    let line = |action: crate::engine::plan::ExpectedAction| {
        let status = noted.get(&action.id)?.status;
        Some(ActionScore { action: action.id, weight: action.weight, status, critical: action.critical })
    };
    inject.actions().into_iter().filter_map(line).collect()
}

/// The share of actions that were done. One that nobody saw is left out: that is no failure.
fn collaboration(score: &InjectScore) -> Option<Exact> {
    let share = |action: &ActionScore| {
        let share = match action.status {
            ActionStatus::Met => Exact::one(),
            ActionStatus::Partly => ratio(1, 2),
            ActionStatus::NotMet => Exact::zero(),
            ActionStatus::NotObserved => return None,
        };
        Some((action.weight, share))
    };
    weighted(score.actions.iter().filter_map(share))
}
