//! What is to come, for those who see a part of it only: a moderator the own team's, a role player what the own
//! simulated senders say.

use super::{
    Viewer,
    card::{Ahead, AheadState, LastValue},
};
use crate::engine::{
    id::PersonaId,
    plan::Inject,
    role::{Action, Relation, Role},
    state::{State, Team},
};

/// How injects stand that are to come, in the viewer's part of them; none for who sees all or none of it.
#[must_use]
pub fn coming(state: &State, viewer: &Viewer) -> Option<(String, LastValue)> {
    let mine = Part::of(state, viewer)?;
    let injects = state.plan.injects.iter().enumerate().filter(|(_, inject)| inject.is_sent() && mine.has(inject));
    let of_teams = |(position, inject): (usize, &Inject)| {
        let teams = mine.teams(state).filter(|team| State::is_for(inject, team));
        teams.filter_map(|team| ahead(team, position, inject)).collect::<Vec<_>>()
    };
    let items = injects.flat_map(of_teams).collect();
    let personas = mine.personas(state).cloned().collect();
    Some(("coming".to_owned(), LastValue::Coming { personas, items }))
}

/// The injects that are in the viewer's part, sent or not.
#[must_use]
pub fn injects_of<'a>(state: &'a State, viewer: &'a Viewer) -> Option<impl Iterator<Item = &'a Inject> + use<'a>> {
    let mine = Part::of(state, viewer)?;
    Some(state.plan.injects.iter().filter(move |inject| mine.has(inject)))
}

fn ahead(team: &Team, position: usize, inject: &Inject) -> Option<Ahead> {
    if team.deliveries.contains_key(&position) {
        return None;
    }
    let armed = team.armed.get(&position);
    let plan_time = team.due_at(position).or_else(|| team.held.get(&position).copied().flatten());
    let state = if armed.is_some() {
        AheadState::Armed
    } else if team.held.contains_key(&position) {
        AheadState::Held
    } else if team.missed.contains_key(&position) {
        AheadState::Missed
    } else if team.skipped.contains(&position) {
        AheadState::Skipped
    } else if plan_time.is_some() {
        AheadState::Scheduled
    } else {
        AheadState::Waiting
    };
    let (inject, team) = (inject.id.clone(), team.id.clone());
    Some(Ahead { inject, team, state, plan_time, goes_at: armed.map(|armed| armed.goes_at) })
}

enum Part<'a> {
    /// The own team's.
    Team(&'a Team),
    /// What a role player's simulated senders say.
    Voices(&'a Viewer),
}

impl<'a> Part<'a> {
    fn of(state: &'a State, viewer: &'a Viewer) -> Option<Self> {
        if viewer.role == Role::RolePlayer {
            return Some(Self::Voices(viewer));
        }
        let part = viewer.may(Action::SeeComing, Relation::Own) && !viewer.may(Action::SeeComing, Relation::Other);
        let team = viewer.team.as_ref().filter(|_| part).and_then(|team| state.team(team))?;
        Some(Self::Team(team))
    }

    fn has(&self, inject: &Inject) -> bool {
        match self {
            Self::Team(team) => State::is_for(inject, team),
            Self::Voices(viewer) => inject.content.from.as_ref().is_some_and(|persona| speaks(viewer, &persona.id)),
        }
    }

    fn teams(&self, state: &'a State) -> impl Iterator<Item = &'a Team> + use<'a> {
        let (own, all) = match self {
            Self::Team(team) => (Some(*team), None),
            Self::Voices(_) => (None, Some(&state.teams)),
        };
        own.into_iter().chain(all.into_iter().flatten())
    }

    fn personas(&self, state: &'a State) -> impl Iterator<Item = &'a PersonaId> + use<'a> {
        let viewer = match self {
            Self::Team(_) => None,
            Self::Voices(viewer) => Some(*viewer),
        };
        let personas = state.plan.personas.iter().map(|persona| &persona.id);
        personas.filter(move |persona| viewer.is_some_and(|viewer| speaks(viewer, persona)))
    }
}

fn speaks(viewer: &Viewer, persona: &PersonaId) -> bool {
    viewer.extras.personas.as_ref().is_none_or(|own| own.contains(persona))
}
