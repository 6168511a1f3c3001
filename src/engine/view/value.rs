//! Last values: what changes too often, or too smoothly, to be a row of the log. Computed from
//! state when asked for; a newer one replaces an older one.

use std::collections::BTreeMap;

use super::{
    Viewer,
    card::{AgendaItem, ClockValue, Coming, LastValue},
};
use crate::engine::{
    after_action::feedback_sums,
    id::{PersonId, TeamId},
    role::{Action, Relation},
    score::{TeamScore, public_standings, standings},
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
    let public = viewer.may(Action::SeePublic, Relation::Other);
    let teams = visible_teams(state, viewer).map(|team| (format!("clock/{}", team.id), team_clock(team, state, at)));
    public.then(|| ("clock".to_owned(), LastValue::Clock(whole))).into_iter().chain(teams).collect()
}

/// Scores that a viewer may see: staff by role, teams their own if the profile shows them, everybody how teams
/// stand if the profile says so.
#[must_use]
pub fn scores(state: &State, scores: &[TeamScore], viewer: &Viewer) -> Vec<(String, LastValue)> {
    let profile = &state.plan.profile;
    let sees = |score: &&TeamScore| {
        let own = viewer.team.as_ref() == Some(&score.team);
        viewer.may(Action::SeeScores, Relation::Other) || (own && profile.live_scores)
    };
    let mut values: Vec<_> = scores
        .iter()
        .filter(sees)
        .map(|score| (format!("score/{}", score.team), LastValue::Score(score.clone())))
        .collect();
    // The wall names teams, too.
    if profile.wall_scores && !viewer.blind && viewer.may(Action::SeePublic, Relation::Other) {
        let standings = state.frozen.clone().unwrap_or_else(|| standings(state, scores));
        let standings = public_standings(state, standings);
        values.push(("scores".to_owned(), LastValue::Scores { standings, frozen: state.frozen.is_some() }));
    }
    values
}

/// Most entries of the agenda that are shown.
const AGENDA: usize = 200;

/// What comes by itself, for those who may see it: what falls due together stands in one entry.
#[must_use]
pub fn agenda(state: &State, viewer: &Viewer) -> Option<(String, LastValue)> {
    if !viewer.may(Action::SeeGroundTruth, Relation::Other) {
        return None;
    }
    Some(("agenda".to_owned(), LastValue::Agenda { items: agenda_items(state) }))
}

/// What the feedback comes to so far, for those who may see the ground truth.
#[must_use]
pub fn feedback(state: &State, viewer: &Viewer) -> Option<(String, LastValue)> {
    let is_there = state.ended_at.is_some() && viewer.may(Action::SeeGroundTruth, Relation::Other);
    is_there.then(|| ("feedback".to_owned(), LastValue::Feedback { sums: feedback_sums(state) }))
}

/// What comes by itself, in order of time; the first of it.
#[must_use]
pub fn agenda_items(state: &State) -> Vec<AgendaItem> {
    // By kind at one time, then by position in the plan.
    let mut items: BTreeMap<(Millis, What, usize), Vec<TeamId>> = BTreeMap::new();
    for team in &state.teams {
        let phases = phases_after(state, team.phases_begun);
        let lines = team.cutting.all().map(|(time, item)| (time, What::Line, item));
        let injects = team.due.all().map(|(time, position)| (time, What::Inject, position));
        for key in phases.chain(lines).chain(injects) {
            items.entry(key).or_default().push(team.id.clone());
        }
    }
    for (time, position) in state.breaks.all() {
        items.insert((time, What::Break, position), state.teams.iter().map(|team| team.id.clone()).collect());
    }
    let item = |((plan_time, what, position), teams): ((Millis, What, usize), Vec<TeamId>)| {
        let what = coming(state, what, position)?;
        Some(AgendaItem { what, plan_time, teams: Some(teams).filter(|teams| teams.len() < state.teams.len()) })
    };
    items.into_iter().take(AGENDA).filter_map(item).collect()
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum What {
    Phase,
    /// Twice the position of the cut; one more when the line is restored.
    Line,
    Inject,
    /// Whatever is due when a break begins comes before it.
    Break,
}

fn phases_after(state: &State, begun: usize) -> impl Iterator<Item = (Millis, What, usize)> + '_ {
    let ahead = state.phase_order.iter().skip(begun);
    ahead.filter_map(|position| Some((*state.phase_times.get(*position)?, What::Phase, *position)))
}

fn coming(state: &State, what: What, position: usize) -> Option<Coming> {
    let plan = &state.plan;
    Some(match what {
        What::Phase => Coming::Phase { phase: plan.phases.get(position)?.id.clone() },
        What::Line => {
            let cut = u32::try_from(position / 2).ok()?;
            if position.is_multiple_of(2) { Coming::LineCut { cut } } else { Coming::LineRestored { cut } }
        }
        What::Inject => Coming::Inject { inject: plan.injects.get(position)?.id.clone() },
        What::Break => {
            let pause = plan.breaks.get(position)?;
            Coming::Break { pause: pause.id.clone(), length: pause.length }
        }
    })
}

/// The teams whose affairs a viewer may see.
pub fn visible_teams<'a>(state: &'a State, viewer: &'a Viewer) -> impl Iterator<Item = &'a Team> {
    let sees = |relation| viewer.may(Action::SeeTeam, relation);
    all_or_own(state, viewer, sees(Relation::Other), sees(Relation::Own))
}

/// All teams, the viewer's own or none. It is looked up, not searched for: in a hall of a thousand teams
/// each of them asks.
fn all_or_own<'a>(state: &'a State, viewer: &'a Viewer, all: bool, own: bool) -> impl Iterator<Item = &'a Team> {
    let own = viewer.team.as_ref().filter(|_| own && !all).and_then(|team| state.team(team));
    all.then_some(&state.teams).into_iter().flatten().chain(own)
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

/// Names of the people that a viewer may know: a team its own, control all.
#[must_use]
pub fn people(state: &State, viewer: &Viewer, names: &BTreeMap<PersonId, String>) -> Option<(String, LastValue)> {
    let all = viewer.may(Action::SeeGroundTruth, Relation::Other);
    let knows = |person: &PersonId| {
        let grant = state.grants.get(person);
        all || grant.is_some_and(|grant| grant.team.is_some() && grant.team == viewer.team)
    };
    let in_sight: BTreeMap<_, _> =
        names.iter().filter(|(person, _)| knows(person)).map(|(id, name)| (id.clone(), name.clone())).collect();
    (!in_sight.is_empty()).then(|| ("people".to_owned(), LastValue::People { names: in_sight }))
}
