//! Last values: what changes too often, or too smoothly, to be a row of the log. Computed from
//! state when asked for; a newer one replaces an older one.

use std::collections::BTreeMap;

use super::{
    Viewer,
    card::{AgendaItem, ClockValue, LastValue, WallScore},
};
use crate::engine::{
    id::{PersonId, TeamId},
    role::{Action, Relation, may},
    score::team_score,
    state::{State, Team},
    time::{Millis, Timestamp},
};

/// Readings of the clocks that a viewer may see: the exercise's, and those of the teams in sight.
#[must_use]
pub fn clocks(state: &State, viewer: &Viewer, at: Timestamp) -> Vec<(String, LastValue)> {
    let whole = ClockValue {
        stage: state.stage(),
        rate: state.clock.rate(),
        running: state.clock.is_running(),
        at,
        active: state.clock.active(at),
        plan: state.clock.plan(at),
        paused_alone: false,
        suspended_alone: false,
        planned_end: state.planned_end,
    };
    let public = may(viewer.role, Action::SeePublic, Relation::Other);
    let teams = visible_teams(state, viewer).map(|team| (format!("clock/{}", team.id), team_clock(team, state, at)));
    public.then(|| ("clock".to_owned(), LastValue::Clock(whole))).into_iter().chain(teams).collect()
}

/// Scores that a viewer may see: staff by role, teams their own if the profile shows them.
#[must_use]
pub fn scores(state: &State, viewer: &Viewer) -> Vec<(String, LastValue)> {
    let profile = &state.plan.profile;
    let sees = |team: &&Team| {
        let own = viewer.team.as_ref() == Some(&team.id);
        may(viewer.role, Action::SeeScores, Relation::Other) || (own && profile.live_scores)
    };
    let mut values: Vec<_> = state
        .teams
        .iter()
        .filter(sees)
        .map(|team| (format!("score/{}", team.id), LastValue::Score(team_score(state, team))))
        .collect();
    if profile.wall_scores && may(viewer.role, Action::SeePublic, Relation::Other) {
        values.push((
            "scores".to_owned(),
            LastValue::Scores { teams: state.teams.iter().map(|team| wall(state, team)).collect() },
        ));
    }
    values
}

/// Most entries of the agenda that are shown.
const AGENDA: usize = 200;

/// What comes by itself, for those who may see it: what falls due together stands in one entry.
#[must_use]
pub fn agenda(state: &State, viewer: &Viewer) -> Option<(String, LastValue)> {
    if !may(viewer.role, Action::SeeGroundTruth, Relation::Other) {
        return None;
    }
    Some(("agenda".to_owned(), LastValue::Agenda { items: agenda_items(state) }))
}

/// What comes by itself, in order of time; the first of it.
#[must_use]
pub fn agenda_items(state: &State) -> Vec<AgendaItem> {
    let mut items: BTreeMap<(Millis, usize), Vec<TeamId>> = BTreeMap::new();
    for team in &state.teams {
        for (time, position) in team.due.all() {
            items.entry((time, position)).or_default().push(team.id.clone());
        }
    }
    let item = |((plan_time, position), teams): ((Millis, usize), Vec<TeamId>)| {
        let inject = state.plan.injects.get(position)?.id.clone();
        Some(AgendaItem { inject, plan_time, teams: Some(teams).filter(|teams| teams.len() < state.teams.len()) })
    };
    items.into_iter().take(AGENDA).filter_map(item).collect()
}

/// The teams whose affairs a viewer may see.
pub fn visible_teams<'a>(state: &'a State, viewer: &'a Viewer) -> impl Iterator<Item = &'a Team> {
    state.teams.iter().filter(|team| {
        let own = viewer.team.as_ref() == Some(&team.id);
        may(viewer.role, Action::SeeTeam, if own { Relation::Own } else { Relation::Other })
    })
}

fn team_clock(team: &Team, state: &State, at: Timestamp) -> LastValue {
    LastValue::Clock(ClockValue {
        stage: state.stage(),
        rate: team.clock.rate(),
        running: team.clock.is_running(),
        at,
        active: team.clock.active(at),
        plan: team.clock.plan(at),
        paused_alone: team.paused,
        suspended_alone: team.suspended,
        planned_end: state.planned_end,
    })
}

fn wall(state: &State, team: &Team) -> WallScore {
    let score = team_score(state, team);
    WallScore { name: team.name.clone(), points_milli: score.points_milli, attainable_milli: score.attainable_milli }
}

/// Names of the people that a viewer may know: a team its own, control all.
#[must_use]
pub fn people(state: &State, viewer: &Viewer, names: &BTreeMap<PersonId, String>) -> Option<(String, LastValue)> {
    let all = may(viewer.role, Action::SeeGroundTruth, Relation::Other);
    let knows = |person: &PersonId| {
        let grant = state.grants.get(person);
        all || grant.is_some_and(|grant| grant.team.is_some() && grant.team == viewer.team)
    };
    let in_sight: BTreeMap<_, _> =
        names.iter().filter(|(person, _)| knows(person)).map(|(id, name)| (id.clone(), name.clone())).collect();
    (!in_sight.is_empty()).then(|| ("people".to_owned(), LastValue::People { names: in_sight }))
}
