//! What the teams together did well and did not.

use super::{
    CAPABLE, INCAPABLE, KEPT, MET, MISSED, RECORDS, SHARING, can_share, finding, known, ordered, permille, rows_for,
    rows_of, share, told_by,
};
use crate::{
    engine::{plan::Inject, state::State},
    report::{
        build::Evidence,
        measure::{asks, count, lines_of, median},
        model::{CapabilityLine, Finding, FindingKind, InjectLine, PaceLine, Rule, Scorecard},
    },
};

/// Findings about all teams. One team alone has its own.
pub(in crate::report) fn of_event(
    state: &State,
    teams: &[Scorecard],
    pace: &[PaceLine],
    capabilities: &[CapabilityLine],
    evidence: &Evidence,
) -> Vec<Finding> {
    if teams.len() < 2 {
        return Vec::new();
    }
    let injects = state.plan.injects.iter();
    let of_points = injects.filter_map(|inject| points(inject, &lines_of(inject, teams)));
    let of_pace = pace.iter().flat_map(|line| timely(line, teams));
    let of_capabilities = capabilities.iter().filter_map(|line| capable(line, teams));
    let of_objectives = undone(state, teams);
    let rest = sharing(state, teams, evidence).into_iter().chain(logs(teams, evidence));
    ordered(of_points.chain(of_pace).chain(of_capabilities).chain(of_objectives).chain(rest).collect())
}

/// Whether most teams met what an inject asked for, or missed it.
fn points(inject: &Inject, lines: &[&InjectLine]) -> Option<Finding> {
    let shares: Vec<(u32, &&InjectLine)> =
        lines.iter().filter_map(|line| Some((share(line.score.as_ref()?)?, line))).collect();
    let of = count(shares.len());
    // While most answers wait for a mark, those that count are those that never came.
    let asked = lines.iter().filter(|line| line.score.as_ref().is_some_and(asks)).count();
    if of < 2 || shares.len() * 2 < asked {
        return None;
    }
    let capability = lines.first().and_then(|line| line.capabilities.first().copied());
    let those = |holds: &dyn Fn(u32) -> bool| {
        let found: Vec<&&InjectLine> =
            shares.iter().filter(|(share, _)| holds(*share)).map(|(_, line)| *line).collect();
        (count(found.len()), found.into_iter().flat_map(|line| rows_of(line)).collect::<Vec<i64>>())
    };
    let percent = median(shares.iter().map(|(share, _)| *share).collect())? / 10;
    let (inject, title) = (inject.id.clone(), inject.content.title.clone());
    let (met, rows) = those(&|share| share >= MET);
    if met * 4 >= of * 3 {
        let rule = Rule::Met { inject, title, percent, n: met, of };
        return Some(finding(FindingKind::Strength, rule, capability, permille(met, of), rows));
    }
    let (missed, rows) = those(&|share| share < MISSED);
    let rule = Rule::Missed { inject, title, percent, n: missed, of };
    (missed * 2 > of).then(|| finding(FindingKind::Area, rule, capability, permille(missed, of), rows))
}

/// Whether answers came in time.
fn timely(line: &PaceLine, teams: &[Scorecard]) -> Vec<Finding> {
    let of = line.asked;
    let lines: Vec<&InjectLine> =
        teams.iter().filter_map(|team| team.injects.iter().find(|of_team| of_team.inject == line.inject)).collect();
    let capability = lines.first().and_then(|line| line.capabilities.first().copied());
    let rows = || lines.iter().flat_map(|line| rows_of(line)).collect::<Vec<i64>>();
    let (inject, title) = (line.inject.clone(), line.title.clone());
    let mut found = Vec::new();
    if of < 2 {
        return found;
    }
    if let Some((target, median)) = line.target.zip(line.median) {
        let n = line.in_target;
        if median <= target && n * 4 >= of * 3 {
            let rule = Rule::InTarget { inject: inject.clone(), title: title.clone(), median, target, n, of };
            found.push(finding(FindingKind::Strength, rule, capability, permille(n, of), rows()));
        } else if median > target {
            let rule = Rule::PastTarget { inject: inject.clone(), title: title.clone(), median, target, n, of };
            found.push(finding(FindingKind::Area, rule, capability, permille(of - n.min(of), of), rows()));
        }
    }
    let late = line.late + line.unanswered;
    if line.deadline.is_some() && late * 3 >= of && late > 0 {
        let those = lines.iter().filter(|line| line.late || line.answered_after.is_none());
        let rows = those.flat_map(|line| rows_of(line)).collect();
        let rule = Rule::Late { inject, title, n: late, of };
        found.push(finding(FindingKind::Area, rule, capability, permille(late, of), rows));
    }
    found
}

fn capable(line: &CapabilityLine, teams: &[Scorecard]) -> Option<Finding> {
    let (capability, score_milli, of) = (line.capability, line.median_milli?, count(line.teams.len()));
    let (kind, rule) = match score_milli {
        CAPABLE.. => (FindingKind::Strength, Rule::Capable { capability, score_milli, of }),
        ..INCAPABLE => (FindingKind::Area, Rule::Incapable { capability, score_milli, of }),
        _ => return None,
    };
    if of < 2 || line.teams.len() * 2 < teams.len() || teams.iter().any(|team| !known(team, capability)) {
        return None;
    }
    let n = line.teams.iter().filter(|figure| match kind {
        FindingKind::Strength => figure.score_milli >= CAPABLE,
        FindingKind::Area => figure.score_milli < INCAPABLE,
    });
    let weight = permille(count(n.count()), of);
    let rows = rows_for(capability, teams.iter().flat_map(|team| &team.injects));
    Some(finding(kind, rule, Some(capability), weight, rows))
}

/// Critical tasks that teams left undone.
fn undone(state: &State, teams: &[Scorecard]) -> Vec<Finding> {
    let of = count(teams.len());
    let objectives = state.plan.objectives.iter();
    let found = objectives.filter_map(|objective| {
        let capped = |team: &&Scorecard| {
            team.objectives.iter().any(|line| line.objective == objective.id && !line.capped_by.is_empty())
        };
        let those: Vec<&Scorecard> = teams.iter().filter(capped).collect();
        let n = count(those.len());
        let lines = those.iter().flat_map(|team| &team.injects);
        let rows = rows_for(objective.capability, lines);
        let (id, title) = (objective.id.clone(), objective.title.clone());
        let rule = Rule::CriticalUndone { objective: id, title, n, of };
        (n > 0).then(|| finding(FindingKind::Area, rule, Some(objective.capability), permille(n, of), rows))
    });
    found.collect()
}

fn sharing(state: &State, teams: &[Scorecard], evidence: &Evidence) -> Option<Finding> {
    if !can_share(state) {
        return None;
    }
    let rows = |team: &Scorecard| told_by(evidence, &team.team).collect::<Vec<i64>>();
    let of_senders: Vec<Vec<i64>> = teams.iter().map(rows).filter(|rows| !rows.is_empty()).collect();
    let (n, of) = (count(of_senders.len()), count(teams.len()));
    let mut rows: Vec<i64> = of_senders.concat();
    rows.sort_unstable();
    rows.dedup();
    if n == 0 {
        let rule = Rule::NotShared { of };
        return Some(finding(FindingKind::Area, rule, SHARING, 1000, vec![evidence.last]));
    }
    let rule = Rule::Shared { messages: count(rows.len()), n, of };
    (n * 2 >= of).then(|| finding(FindingKind::Strength, rule, SHARING, permille(n, of), rows))
}

fn logs(teams: &[Scorecard], evidence: &Evidence) -> Option<Finding> {
    let of = count(teams.len());
    let entries = |team: &Scorecard| evidence.entries.get(&team.team).map_or(&[][..], Vec::as_slice);
    let none = count(teams.iter().filter(|team| entries(team).is_empty()).count());
    if none * 2 >= of {
        let rule = Rule::NoLog { n: none, of };
        return Some(finding(FindingKind::Area, rule, RECORDS, permille(none, of), vec![evidence.last]));
    }
    let kept = count(teams.iter().filter(|team| entries(team).len() >= KEPT).count());
    let rows = teams.iter().flat_map(entries).copied().collect();
    let rule = Rule::LogKept { n: kept, of };
    (kept == of).then(|| finding(FindingKind::Strength, rule, RECORDS, permille(kept, of), rows))
}
