//! What the facilitator of a rehearsal decides on the spot: who gets what is released by hand.

use std::collections::BTreeSet;

use crate::engine::{
    id::{InjectId, TeamId},
    plan::InjectKind,
    state::{State, Team},
    time::Timestamp,
};

/// The teams that an inject is sent to now, of those that it is meant for and that lack it: data to
/// those that ask for it, a contingency to those that owe an answer, anything else to all.
pub(super) fn addressees(
    state: &State,
    inject: &InjectId,
    at: Timestamp,
    asks: impl Fn(&TeamId) -> bool,
) -> BTreeSet<TeamId> {
    let Some((position, inject)) = state.inject(inject) else { return BTreeSet::new() };
    let lacks = |team: &&Team| State::is_for(inject, team) && !team.deliveries.contains_key(&position);
    let wanted = |team: &&Team| match inject.kind {
        InjectKind::InformationRequest => asks(&team.id),
        InjectKind::Contingency => owes_an_answer(state, team, at),
        _ => true,
    };
    state.teams.iter().filter(lacks).filter(wanted).map(|team| team.id.clone()).collect()
}

/// Whether a team has left something unanswered for longer than it was meant to take.
fn owes_an_answer(state: &State, team: &Team, at: Timestamp) -> bool {
    team.deliveries.iter().any(|(position, delivery)| {
        let form = state.plan.injects.get(*position).and_then(|inject| inject.content.form.as_ref());
        let Some(form) = form.filter(|form| !form.fields.is_empty()) else { return false };
        let taken = team.clock.active(at).minus(delivery.clock_at_release);
        let meant = form.target.or(form.deadline);
        delivery.responses.is_empty() && meant.is_some_and(|meant| taken > meant)
    })
}
