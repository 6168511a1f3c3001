//! One pass over the log: the state folds, and each event leaves its line.

use std::collections::BTreeMap;

use super::{
    model::{Limit, ObjectiveLine, Report, Scorecard, TimelineLine},
    scorecard::scorecard,
    timeline,
};
use crate::engine::{
    event::{Event, Fact},
    id::{InjectId, TeamId},
    marking::marking,
    plan::Plan,
    score::Outcome,
    state::{Stage, State},
    time::{Millis, Timestamp},
};

/// A log that no report can be made from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReportError {
    /// The first row is missing or of another kind.
    #[error("the log does not begin with the creation of an exercise")]
    NoBeginning,
}

/// Rows of the log that lines of a scorecard rest on.
#[derive(Default)]
pub(super) struct Evidence {
    pub(super) released: BTreeMap<(TeamId, InjectId), i64>,
    pub(super) answered: BTreeMap<(TeamId, InjectId, u32), i64>,
}

/// Makes the report of a log, from its first row on. `head_hash` is the hash of the last row, if
/// the log was read from a chain.
pub fn build(events: &[(i64, Event)], head_hash: Option<String>) -> Result<Report, ReportError> {
    let (first, rest) = events.split_first().ok_or(ReportError::NoBeginning)?;
    let mut state = State::open(&first.1).ok_or(ReportError::NoBeginning)?;
    let mut evidence = Evidence::default();
    let mut times = Times::default();
    let mut lines: Vec<TimelineLine> = timeline::line(first.0, &first.1, &state).into_iter().collect();
    for (seq, event) in rest {
        evidence.take(*seq, event);
        times.take(event);
        state.apply(event);
        lines.extend(timeline::line(*seq, event, &state));
    }
    let teams: Vec<Scorecard> = state.teams.iter().map(|team| scorecard(&state, team, &evidence)).collect();
    let plan = &state.plan;
    Ok(Report {
        marking: marking(state.rehearsal).to_owned(),
        rehearsal: state.rehearsal,
        tlp: plan.tlp,
        exercise: state.exercise.clone(),
        title: plan.title.clone(),
        summary: plan.summary.clone(),
        languages: plan.languages.clone(),
        started_at: state.started_at,
        ended_at: state.ended_at,
        rate: state.clock.rate(),
        plan_hash: state.plan_hash.clone(),
        head_seq: events.last().map_or(0, |(seq, _)| *seq),
        head_hash,
        objectives: objectives(plan),
        timeline: lines,
        limits: limits(&state, &teams, &times),
        teams,
        hot_wash: plan.hot_wash.clone(),
    })
}

impl Evidence {
    fn take(&mut self, seq: i64, event: &Event) {
        match &event.fact {
            Fact::InjectReleased { inject, teams, .. } => {
                for team in teams.keys() {
                    self.released.entry((team.clone(), inject.clone())).or_insert(seq);
                }
            }
            Fact::ResponseSubmitted { inject, team, revision, .. } => {
                self.answered.insert((team.clone(), inject.clone(), *revision), seq);
            }
            _ => {}
        }
    }
}

/// What the state does not keep and the limits need.
#[derive(Default)]
struct Times {
    erased: u32,
    outages: Vec<(Timestamp, Timestamp)>,
}

impl Times {
    fn take(&mut self, event: &Event) {
        match &event.fact {
            Fact::PartErased { .. } => self.erased += 1,
            Fact::OutageNoted { from, to } => self.outages.push((*from, *to)),
            _ => {}
        }
    }
}

fn objectives(plan: &Plan) -> Vec<ObjectiveLine> {
    plan.objectives
        .iter()
        .map(|objective| ObjectiveLine {
            objective: objective.id.clone(),
            title: objective.title.clone(),
            capability: objective.capability,
            critical: objective.critical,
            injects: plan
                .injects
                .iter()
                .filter(|inject| inject.staff.objectives.contains(&objective.id))
                .map(|inject| inject.id.clone())
                .collect(),
        })
        .collect()
}

fn limits(state: &State, teams: &[Scorecard], times: &Times) -> Vec<Limit> {
    let unmarked = teams
        .iter()
        .flat_map(|team| &team.injects)
        .filter_map(|inject| inject.score.as_ref())
        .filter(|score| matches!(score.outcome, Outcome::Unmarked { .. } | Outcome::Split));
    let (answers, points_milli) =
        unmarked.fold((0, 0), |(answers, points), score| (answers + 1, points + score.attainable_milli));
    let lasted = times.outages.iter().fold(Millis(0), |sum, (from, to)| sum.plus(to.since(*from)));
    [
        (state.stage() != Stage::Ended).then_some(Limit::NotEnded),
        (answers > 0).then_some(Limit::Unmarked { answers, points_milli }),
        (lasted > Millis(0)).then_some(Limit::Outage { lasted }),
        (times.erased > 0).then_some(Limit::Erased { parts: times.erased }),
    ]
    .into_iter()
    .flatten()
    .collect()
}
