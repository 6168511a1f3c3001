//! What one team did well and did not, told without any other team.

use super::{
    CAPABLE, INCAPABLE, KEPT, MET, MISSED, RECORDS, SHARING, can_share, finding, known, ordered, rows_for, rows_of,
    share, told_by,
};
use crate::{
    engine::{plan::InjectKind, state::State},
    report::{
        build::Evidence,
        measure::{asks, count},
        model::{Finding, FindingKind, InjectLine, Rule, Scorecard},
    },
};

/// Findings about a team.
pub(in crate::report) fn of_team(state: &State, team: &Scorecard, evidence: &Evidence) -> Vec<Finding> {
    let of_points = team.injects.iter().filter_map(points);
    let of_pace = team.injects.iter().filter_map(timely);
    let rest = sharing(state, team, evidence).into_iter().chain(logs(team, evidence));
    let found = of_points.chain(of_pace).chain(capable(team)).chain(undone(state, team)).chain(rest);
    ordered(found.collect())
}

fn points(line: &InjectLine) -> Option<Finding> {
    let score = line.score.as_ref()?;
    let share = share(score)?;
    // What is worth more says more.
    let weight = u32::try_from(score.attainable_milli / 1000).unwrap_or(u32::MAX).min(999);
    let (inject, title, percent) = (line.inject.clone(), line.title.clone(), share / 10);
    let capability = line.capabilities.first().copied();
    let rows = rows_of(line).collect();
    match share {
        MET.. => {
            let rule = Rule::Met { inject, title, percent, n: 1, of: 1 };
            Some(finding(FindingKind::Strength, rule, capability, weight, rows))
        }
        ..MISSED => {
            let rule = Rule::Missed { inject, title, percent, n: 1, of: 1 };
            Some(finding(FindingKind::Area, rule, capability, weight, rows))
        }
        _ => None,
    }
}

fn timely(line: &InjectLine) -> Option<Finding> {
    let asks_something = line.score.as_ref().is_none_or(asks);
    if line.kind == InjectKind::Practice || line.fields.is_empty() || !asks_something {
        return None;
    }
    let (inject, title) = (line.inject.clone(), line.title.clone());
    let capability = line.capabilities.first().copied();
    let rows = rows_of(line).collect();
    if line.late || line.answered_after.is_none() && line.deadline.is_some() {
        let rule = Rule::Late { inject, title, n: 1, of: 1 };
        return Some(finding(FindingKind::Area, rule, capability, 500, rows));
    }
    let (median, target) = line.answered_after.zip(line.target)?;
    let (kind, rule) = if median <= target {
        (FindingKind::Strength, Rule::InTarget { inject, title, median, target, n: 1, of: 1 })
    } else {
        (FindingKind::Area, Rule::PastTarget { inject, title, median, target, n: 0, of: 1 })
    };
    // Haste weighs less than what was done.
    Some(finding(kind, rule, capability, 0, rows))
}

fn capable(team: &Scorecard) -> Vec<Finding> {
    let found = team.capabilities.iter().filter_map(|line| {
        let (capability, score_milli) = (line.capability, line.score_milli.filter(|_| known(team, line.capability))?);
        let (kind, rule) = match score_milli {
            CAPABLE.. => (FindingKind::Strength, Rule::Capable { capability, score_milli, of: 1 }),
            ..INCAPABLE => (FindingKind::Area, Rule::Incapable { capability, score_milli, of: 1 }),
            _ => return None,
        };
        let rows = rows_for(capability, team.injects.iter());
        Some(finding(kind, rule, Some(capability), 1000, rows))
    });
    found.collect()
}

fn undone(state: &State, team: &Scorecard) -> Vec<Finding> {
    let capped = team.objectives.iter().filter(|line| !line.capped_by.is_empty());
    let found = capped.filter_map(|line| {
        let objective = state.plan.objectives.iter().find(|objective| objective.id == line.objective)?;
        let rows = rows_for(objective.capability, team.injects.iter());
        let (id, title) = (objective.id.clone(), objective.title.clone());
        let rule = Rule::CriticalUndone { objective: id, title, n: 1, of: 1 };
        Some(finding(FindingKind::Area, rule, Some(objective.capability), 1000, rows))
    });
    found.collect()
}

fn sharing(state: &State, team: &Scorecard, evidence: &Evidence) -> Option<Finding> {
    if !can_share(state) {
        return None;
    }
    let mut rows: Vec<i64> = told_by(evidence, &team.team).collect();
    rows.sort_unstable();
    rows.dedup();
    if rows.is_empty() {
        return Some(finding(FindingKind::Area, Rule::NotShared { of: 1 }, SHARING, 400, vec![evidence.last]));
    }
    let rule = Rule::Shared { messages: count(rows.len()), n: 1, of: 1 };
    Some(finding(FindingKind::Strength, rule, SHARING, 400, rows))
}

fn logs(team: &Scorecard, evidence: &Evidence) -> Option<Finding> {
    let rows = evidence.entries.get(&team.team).cloned().unwrap_or_default();
    if rows.is_empty() {
        return Some(finding(FindingKind::Area, Rule::NoLog { n: 1, of: 1 }, RECORDS, 300, vec![evidence.last]));
    }
    let rule = Rule::LogKept { n: 1, of: 1 };
    (rows.len() >= KEPT).then(|| finding(FindingKind::Strength, rule, RECORDS, 300, rows))
}
