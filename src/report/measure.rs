//! Figures over all teams, from their scorecards.

use std::collections::BTreeMap;

use super::{
    build::Evidence,
    model::{
        CapabilityLine, CourseLine, InjectLine, ObjectiveLine, PaceLine, PeerLine, Scorecard, TeamFigure, TeamTimes,
        TimingLine,
    },
};
use crate::engine::{
    event::Rating,
    id::{ObjectiveId, TeamId},
    plan::{Capability, Inject, InjectKind, Plan, Trigger},
    score::{InjectScore, Metric, ObjectiveScore, Outcome, timings},
    state::State,
    time::Millis,
};

/// The objectives of the plan, and how many teams have which rating.
pub(super) fn objectives(plan: &Plan, teams: &[Scorecard]) -> Vec<ObjectiveLine> {
    let mapped = |id: &ObjectiveId| {
        let injects = plan.injects.iter().filter(|inject| inject.staff.objectives.contains(id));
        injects.map(|inject| inject.id.clone()).collect()
    };
    let lines = plan.objectives.iter().map(|objective| {
        let scores = || teams.iter().flat_map(|team| &team.objectives).filter(|line| line.objective == objective.id);
        ObjectiveLine {
            objective: objective.id.clone(),
            title: objective.title.clone(),
            capability: objective.capability,
            critical: objective.critical,
            injects: mapped(&objective.id),
            ratings: counted(scores().filter_map(|line| line.rating)),
            suggested: counted(scores().filter(|line| line.rating.is_none()).filter_map(suggestion)),
        }
    });
    lines.collect()
}

fn suggestion(line: &ObjectiveScore) -> Option<Rating> {
    line.suggested
}

fn counted(ratings: impl Iterator<Item = Rating>) -> BTreeMap<Rating, u32> {
    let mut counts = BTreeMap::new();
    for rating in ratings {
        *counts.entry(rating).or_default() += 1;
    }
    counts
}

/// The capabilities that the plan has objectives for.
pub(super) fn capabilities(teams: &[Scorecard]) -> Vec<CapabilityLine> {
    let mut of_teams: BTreeMap<Capability, Vec<TeamFigure>> = BTreeMap::new();
    for team in teams {
        for line in &team.capabilities {
            let figures = of_teams.entry(line.capability).or_default();
            figures.extend(line.score_milli.map(|score_milli| TeamFigure { team: team.team.clone(), score_milli }));
        }
    }
    let line = |(capability, teams): (Capability, Vec<TeamFigure>)| {
        let median_milli = median(teams.iter().map(|figure| figure.score_milli).collect());
        CapabilityLine { capability, median_milli, teams }
    };
    of_teams.into_iter().map(line).collect()
}

/// How long teams took to do what.
pub(super) fn times(state: &State, teams: &[Scorecard]) -> Vec<TimingLine> {
    let of_teams = |metric: Metric| {
        let medians = teams.iter().filter_map(|team| {
            let median = team.timings.get(&metric)?.median?;
            Some(TeamTimes { team: team.team.clone(), median })
        });
        medians.collect()
    };
    let all = timings(state, &state.teams);
    all.into_iter().map(|(metric, spread)| TimingLine { metric, spread, teams: of_teams(metric) }).collect()
}

/// Answers against the time that was meant for them: what asks for an answer within a time.
pub(super) fn pace(plan: &Plan, teams: &[Scorecard]) -> Vec<PaceLine> {
    plan.injects.iter().filter_map(|inject| pace_of(inject, &lines_of(inject, teams))).collect()
}

fn pace_of(inject: &Inject, lines: &[&InjectLine]) -> Option<PaceLine> {
    let form = inject.content.form.as_ref()?;
    if inject.kind == InjectKind::Practice || form.fields.is_empty() || form.target.or(form.deadline).is_none() {
        return None;
    }
    let lines: Vec<&&InjectLine> = lines.iter().filter(|line| line.score.as_ref().is_none_or(asks)).collect();
    let taken = || lines.iter().filter_map(|line| line.answered_after);
    let in_target = taken().filter(|taken| form.target.is_some_and(|target| *taken <= target)).count();
    Some(PaceLine {
        inject: inject.id.clone(),
        title: inject.content.title.clone(),
        target: form.target,
        deadline: form.deadline,
        median: median(taken().collect()),
        asked: count(lines.len()),
        in_target: count(in_target),
        late: count(lines.iter().filter(|line| line.late).count()),
        unanswered: count(lines.len() - taken().count()),
    })
    .filter(|line| line.asked > 0)
}

/// Whether an inject still asks something of the team.
pub(super) fn asks(score: &InjectScore) -> bool {
    !matches!(
        score.outcome,
        Outcome::Recalled
            | Outcome::Excused { .. }
            | Outcome::ExcusedKept { .. }
            | Outcome::NotDelivered
            | Outcome::Open
    )
}

/// What each team has of an inject.
pub(super) fn lines_of<'a>(inject: &Inject, teams: &'a [Scorecard]) -> Vec<&'a InjectLine> {
    teams.iter().filter_map(|team| team.injects.iter().find(|line| line.inject == inject.id)).collect()
}

/// What was planned for when, and when it first went out.
pub(super) fn course(first: &Plan, now: &Plan, teams: &[Scorecard], evidence: &Evidence) -> Vec<CourseLine> {
    let planned = |inject: &Inject| {
        let before = first.injects.iter().find(|before| before.id == inject.id)?;
        if let Trigger::At { at } = before.trigger { Some(at) } else { None }
    };
    let lines = now.injects.iter().map(|inject| CourseLine {
        inject: inject.id.clone(),
        title: inject.content.title.clone(),
        kind: inject.kind,
        planned: planned(inject),
        sent: evidence.sent.get(&inject.id).copied(),
        teams: count(lines_of(inject, teams).len()),
    });
    let mut lines: Vec<CourseLine> = lines.collect();
    let place = |line: &CourseLine| line.planned.or(line.sent.map(|sent| sent.plan_time)).unwrap_or(Millis(i64::MAX));
    lines.sort_by_key(place);
    lines
}

/// Which team told which.
pub(super) fn peers(evidence: &Evidence) -> Vec<PeerLine> {
    let line = |((from, to), rows): (&(TeamId, TeamId), &Vec<i64>)| PeerLine {
        from: Some(from.clone()),
        to: Some(to.clone()),
        messages: count(rows.len()),
        rows: rows.clone(),
    };
    evidence.told.iter().map(line).collect()
}

/// The middle one; the lower of two.
pub(super) fn median<T: Ord>(mut values: Vec<T>) -> Option<T> {
    values.sort_unstable();
    let middle = values.len().div_ceil(2).checked_sub(1)?;
    Some(values.swap_remove(middle))
}

pub(super) fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
