//! Strengths and areas for improvement, drafted from figures by rules: no guesses. People edit, order and
//! sign them off. Each names the rows of the log that it rests on.

mod event;
mod team;

use super::{
    build::Evidence,
    model::{EditedFinding, Finding, FindingKind, InjectLine, Rule, Scorecard},
    named::name_of,
};
use crate::engine::{
    id::TeamId,
    plan::Capability,
    score::{InjectScore, Outcome},
    state::State,
};

pub(super) use event::of_event;
pub(super) use team::of_team;

/// From so much of the points of an inject on it was met, in permille.
const MET: u32 = 850;
/// Below so much of its points it was missed, in permille.
const MISSED: u32 = 500;
/// From this score on a capability is a strength, in thousandths; that is where a rating of *performed* begins.
const CAPABLE: i64 = 85_000;
/// Below this score it is an area for improvement, in thousandths; there *some challenges* ends.
const INCAPABLE: i64 = 60_000;
/// A log of so many entries was kept.
const KEPT: usize = 3;

/// What messages between teams say something about.
const SHARING: Option<Capability> = Some(Capability::CoordinationAndSharing);
/// What a team's log says something about.
const RECORDS: Option<Capability> = Some(Capability::EvidenceAndRecordKeeping);

/// A finding before it has its place.
fn finding(kind: FindingKind, rule: Rule, capability: Option<Capability>, weight: u32, rows: Vec<i64>) -> Finding {
    let (name, about) = (name_of(&rule), about(&rule));
    let key = if about.is_empty() { name } else { format!("{name}/{about}") };
    let mut rows = rows;
    rows.sort_unstable();
    rows.dedup();
    Finding { key, kind, rule, capability, weight_permille: weight, rows }
}

/// What a rule is about, as keys say it.
fn about(rule: &Rule) -> String {
    match rule {
        Rule::Met { inject, .. }
        | Rule::Missed { inject, .. }
        | Rule::InTarget { inject, .. }
        | Rule::PastTarget { inject, .. }
        | Rule::Late { inject, .. } => inject.to_string(),
        Rule::Capable { capability, .. } | Rule::Incapable { capability, .. } => name_of(capability),
        Rule::CriticalUndone { objective, .. } => objective.to_string(),
        Rule::Shared { .. } | Rule::NotShared { .. } | Rule::LogKept { .. } | Rule::NoLog { .. } => String::new(),
    }
}

/// The weightiest first; what weighs the same stands by its key.
fn ordered(mut findings: Vec<Finding>) -> Vec<Finding> {
    let rank = |finding: &Finding| {
        let critical = matches!(finding.rule, Rule::CriticalUndone { .. });
        (finding.kind, !critical, std::cmp::Reverse(finding.weight_permille), finding.key.clone())
    };
    findings.sort_by_cached_key(rank);
    findings
}

/// Drafts that nobody wrote anything in the place of.
pub(super) fn not_adopted(mut drafts: Vec<Finding>, edited: &[EditedFinding]) -> Vec<Finding> {
    drafts.retain(|draft| !edited.iter().any(|edited| edited.drafted_from.as_ref() == Some(&draft.key)));
    drafts
}

/// What a team has of the points of an inject, in permille; none where nothing counts yet.
fn share(score: &InjectScore) -> Option<u32> {
    let counts = matches!(score.outcome, Outcome::Counted | Outcome::NotAnswered | Outcome::TeamOffline);
    if !counts || score.attainable_milli <= 0 {
        return None;
    }
    let points = score.points_milli.unwrap_or(0).max(0);
    u32::try_from(points.saturating_mul(1000) / score.attainable_milli).ok()
}

/// Rows of an inject's release to a team and of the answer that counts.
fn rows_of(line: &InjectLine) -> impl Iterator<Item = i64> {
    [line.released_seq, line.answer_seq].into_iter().flatten()
}

/// Whether enough is marked to say how a team did in a capability: at least half of what gives evidence for it
/// and asked the team for something.
fn known(team: &Scorecard, capability: Capability) -> bool {
    let unmarked = |line: &&InjectLine| {
        line.score.as_ref().is_some_and(|score| matches!(score.outcome, Outcome::Unmarked { .. } | Outcome::Split))
    };
    let counted = team.capabilities.iter().find(|line| line.capability == capability).map_or(0, |line| line.counted);
    let waiting = team.injects.iter().filter(unmarked).filter(|line| line.capabilities.contains(&capability)).count();
    usize::try_from(counted).unwrap_or(0) >= waiting
}

/// Rows of what gives evidence for a capability.
fn rows_for<'a>(capability: Capability, lines: impl Iterator<Item = &'a InjectLine>) -> Vec<i64> {
    lines.filter(|line| line.capabilities.contains(&capability)).flat_map(rows_of).collect()
}

/// Whether teams can write to one another.
fn can_share(state: &State) -> bool {
    state.teams.len() > 1 && state.plan.directory.iter().any(|contact| contact.for_team)
}

/// Rows of messages that a team wrote to others.
fn told_by<'a>(evidence: &'a Evidence, team: &TeamId) -> impl Iterator<Item = i64> + use<'a> {
    let team = team.clone();
    evidence.told.iter().filter(move |((from, _), _)| *from == team).flat_map(|(_, rows)| rows.iter().copied())
}

fn permille(n: u32, of: u32) -> u32 {
    (n * 1000).checked_div(of).unwrap_or(0)
}
