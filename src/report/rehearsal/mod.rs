//! What a rehearsal shows: when each team got what, how much lay on its table, when nothing did, what
//! there was to win, who would have to mark it, and which injects never went out.
//!
//! Pure: functions of a log, or of the state that it folds to. The command prints what comes out and
//! the client draws it. All times are plan time.

mod frequency;
pub mod model;
mod watch;
mod workload;

pub use frequency::Tally;

use self::{
    model::{Analysis, InjectPlayed, MarkingWork, Reach, ReleasePlayed, Stretch, TeamPlayed, Terms, TriggerKind},
    watch::{Watch, Watched},
};
use super::build::ReportError;
use crate::engine::{
    event::Event,
    id::TeamId,
    marking::REHEARSAL_MARKING,
    plan::Inject,
    score::{levels_to_give, reach, team_score},
    state::{State, Team},
};

/// Looks at the log of a rehearsal, from its first row on.
pub fn analyse(events: &[Event], terms: Terms) -> Result<Analysis, ReportError> {
    let (first, rest) = events.split_first().ok_or(ReportError::NoBeginning)?;
    let mut state = State::open(first).ok_or(ReportError::NoBeginning)?;
    let mut watch = Watch::default();
    for event in rest {
        watch.take(event, &state);
        state.apply(event);
    }
    let from = state.plan.opens_at;
    let until = state.ended_at.map_or(state.plan.duration, |ended| state.clock.plan(ended)).max(from);
    let mut watched = watch.finish(until);
    let played: Vec<TeamPlayed> = state
        .teams
        .iter()
        .map(|team| {
            team_played(&state, team, watched.remove(&team.id).unwrap_or_default(), Stretch { from, until }, terms)
        })
        .collect();
    let injects = injects(&state);
    Ok(Analysis {
        marking: REHEARSAL_MARKING.to_owned(),
        scenario: state.plan.name.clone(),
        title: state.plan.title.clone(),
        from,
        until,
        never: injects.iter().filter(|line| line.sent_to.is_empty()).map(|line| line.inject.clone()).collect(),
        marking_work: MarkingWork::of(played.iter().map(|team| team.fields_to_mark).sum(), terms),
        terms,
        injects,
        teams: played,
    })
}

fn team_played(state: &State, team: &Team, watched: Watched, play: Stretch, terms: Terms) -> TeamPlayed {
    let score = team_score(state, team);
    TeamPlayed {
        team: team.id.clone(),
        name: team.name.clone(),
        quarters: workload::quarters(&watched, play),
        dead: workload::dead(&watched, play, terms.quiet_after),
        reach: Reach {
            points_milli: score.points_milli,
            counted_milli: score.attainable_milli,
            ..reach_of(state, team)
        },
        fields_to_mark: score.injects.iter().map(|it| levels_to_give(state, team, it)).fold(0, u32::saturating_add),
        releases: watched
            .tables
            .into_iter()
            .map(|table| ReleasePlayed { inject: table.inject, at: table.from, open_until: table.until })
            .collect(),
    }
}

/// What could be won with everything that a team was sent, and with what it would be watched for.
fn reach_of(state: &State, team: &Team) -> Reach {
    let is_asked = |position: usize, inject: &Inject| {
        if inject.is_sent() { team.deliveries.contains_key(&position) } else { State::is_for(inject, team) }
    };
    let asked = state.plan.injects.iter().enumerate().filter(|(position, inject)| is_asked(*position, inject));
    asked.map(|(_, inject)| reach(state, inject)).fold(Reach::default(), |sum, one| Reach {
        automatic_milli: sum.automatic_milli + one.automatic_milli,
        by_people_milli: sum.by_people_milli + one.by_people_milli,
        ..sum
    })
}

fn injects(state: &State) -> Vec<InjectPlayed> {
    let meant = |inject: &Inject| state.teams.iter().filter(|team| State::is_for(inject, team)).count();
    let plan = state.plan.injects.iter().enumerate().filter(|(_, inject)| inject.is_sent());
    let teams = |position: usize| -> Vec<TeamId> {
        let sent = state.teams.iter().filter(|team| team.deliveries.contains_key(&position));
        sent.map(|team| team.id.clone()).collect()
    };
    plan.map(|(position, inject)| InjectPlayed {
        inject: inject.id.clone(),
        title: inject.content.title.clone(),
        kind: inject.kind,
        trigger: TriggerKind::of(inject),
        meant_for: u32::try_from(meant(inject)).unwrap_or(u32::MAX),
        sent_to: teams(position),
    })
    .collect()
}

impl MarkingWork {
    /// So many levels to give, by the terms.
    fn of(fields: u32, terms: Terms) -> Self {
        let minutes = fields.saturating_mul(terms.minutes_a_field);
        let minutes_each = minutes.div_ceil(terms.evaluators.max(1));
        Self { fields, minutes, minutes_each }
    }
}
