//! Versions that leave the exercise: for peers under code names, and for everybody in figures of all teams
//! together.

use std::collections::BTreeMap;

use super::{LEAST_TEAMS, veil::Veil};
use crate::{
    engine::{
        id::{CorrectiveActionId, FindingId, TeamId},
        score::Outcome,
        text::Language,
    },
    report::model::{InjectLine, Limit, PeerLine, Report, Scorecard, TimelineLine},
};

/// What happened to all alike, and tells nothing of anybody.
const OF_ALL: [&str; 10] = [
    "break_began",
    "break_ended",
    "exercise_created",
    "exercise_ended",
    "exercise_started",
    "inject_released",
    "jumped",
    "phase_began",
    "scores_released",
    "shifted",
];

/// Teams under their code names, in the order of these, and without a word that they wrote.
pub(super) fn community(mut report: Report) -> Report {
    let veil = Veil::over(&report.teams);
    let codes: BTreeMap<TeamId, TeamId> =
        report.teams.iter().map(|team| (team.team.clone(), TeamId::from(team.code.as_str()))).collect();
    let code = |team: &mut TeamId| {
        if let Some(code) = codes.get(team) {
            *team = code.clone();
        }
    };
    let language = report.languages.first().cloned().unwrap_or_else(|| Language::from("en"));
    report.teams = report.teams.into_iter().map(|team| coded(team, &language)).collect();
    report.teams.sort_by(|one, other| one.code.cmp(&other.code));
    for line in &mut report.capabilities {
        line.teams.iter_mut().for_each(|figure| code(&mut figure.team));
        line.teams.sort_by(|one, other| one.team.cmp(&other.team));
    }
    for line in &mut report.timings {
        line.teams.iter_mut().for_each(|times| code(&mut times.team));
        line.teams.sort_by(|one, other| one.team.cmp(&other.team));
    }
    report.peers = together(&report.peers);
    report.timeline = of_all(report.timeline, &veil);
    edited(&mut report, &veil);
    report
}

/// Figures only, and those of enough teams.
pub(super) fn public(mut report: Report) -> Report {
    let veil = Veil::over(&report.teams);
    report.timeline = of_all(report.timeline, &veil);
    edited(&mut report, &veil);
    report.teams = Vec::new();
    report.capabilities.retain(|line| line.teams.len() >= LEAST_TEAMS as usize);
    report.capabilities.iter_mut().for_each(|line| line.teams = Vec::new());
    report.timings.retain(|line| line.teams.len() >= LEAST_TEAMS as usize);
    report.timings.iter_mut().for_each(|line| line.teams = Vec::new());
    report.peers = together(&report.peers);
    report.findings.iter_mut().for_each(|finding| finding.rows = Vec::new());
    if report.teams_in_all < LEAST_TEAMS {
        suppress(&mut report);
    } else {
        thin_out(&mut report);
    }
    report
}

/// How much teams told each other, and not who whom: a team knows whom it wrote to, and would find out by that
/// who stands under which code name.
fn together(peers: &[PeerLine]) -> Vec<PeerLine> {
    let messages = peers.iter().map(|line| line.messages).sum();
    let all = PeerLine { from: None, to: None, messages, rows: Vec::new() };
    (messages > 0).then_some(all).into_iter().collect()
}

/// Leaves out each figure that fewer than [`LEAST_TEAMS`] teams stand behind.
fn thin_out(report: &mut Report) {
    let is_enough = |teams: u32| teams >= LEAST_TEAMS;
    report.pace.retain(|line| is_enough(line.asked));
    report.findings.retain(|finding| is_enough(finding.rule.of()));
    for line in &mut report.objectives {
        for counts in [&mut line.ratings, &mut line.suggested] {
            if !is_enough(counts.values().sum()) {
                *counts = BTreeMap::new();
            }
        }
    }
}

/// What people wrote of all teams. What they said in the hot wash and in feedback stays inside; how they answered
/// does not, if enough did.
fn edited(report: &mut Report, veil: &Veil) {
    report.edited = veil.edited(std::mem::take(&mut report.edited));
    report.improvement = veil.improvement(std::mem::take(&mut report.improvement));
    rename(report);
    report.notes = Vec::new();
    report.earlier = Vec::new();
    report.feedback = report.feedback.take().filter(|feedback| feedback.given >= LEAST_TEAMS);
    let questions = report.feedback.iter_mut().flat_map(|feedback| &mut feedback.questions);
    questions.for_each(|question| {
        question.texts = Vec::new();
        if question.given < LEAST_TEAMS {
            question.options = Vec::new();
        }
    });
}

/// Ids that people chose may say more than their texts: here they are numbers.
fn rename(report: &mut Report) {
    let mut names = BTreeMap::new();
    for (n, finding) in (1..).zip(&mut report.edited) {
        let name = FindingId(format!("finding-{n}"));
        names.insert(std::mem::replace(&mut finding.finding, name.clone()), name);
        finding.rows = Vec::new();
        finding.drafted_from = None;
    }
    for (n, action) in (1..).zip(&mut report.improvement) {
        action.action = CorrectiveActionId(format!("action-{n}"));
        action.finding = action.finding.take().and_then(|finding| names.get(&finding).cloned());
    }
}

/// Leaves out every figure, and says so.
fn suppress(report: &mut Report) {
    report.capabilities = Vec::new();
    report.timings = Vec::new();
    report.pace = Vec::new();
    report.peers = Vec::new();
    report.findings = Vec::new();
    report.limits.retain(|limit| !matches!(limit, Limit::Unmarked { .. }));
    for line in &mut report.objectives {
        line.ratings = BTreeMap::new();
        line.suggested = BTreeMap::new();
    }
    report.limits.push(Limit::TooFewTeams { least: LEAST_TEAMS });
}

fn coded(mut team: Scorecard, language: &Language) -> Scorecard {
    team.name.clone_from(&team.code);
    team.team = TeamId::from(team.code.as_str());
    // A team may be the only one that works in its language.
    team.language = language.clone();
    team.injects.iter_mut().for_each(silence);
    team.edited = Vec::new();
    team.improvement = Vec::new();
    team.earlier = Vec::new();
    team
}

/// Takes words of people out: the team's own, and those about it.
fn silence(line: &mut InjectLine) {
    line.feedback = Vec::new();
    // Another team may know what stands in these rows, and when.
    (line.released_seq, line.released_at, line.answer_seq) = (None, None, None);
    for field in &mut line.fields {
        field.answer = None;
        field.erased = false;
    }
    if let Some(Outcome::Excused { because } | Outcome::ExcusedKept { because }) =
        line.score.as_mut().map(|score| &mut score.outcome)
    {
        because.clear();
    }
}

fn of_all(timeline: Vec<TimelineLine>, veil: &Veil) -> Vec<TimelineLine> {
    let lines = timeline.into_iter().filter(|line| OF_ALL.contains(&line.kind.as_str()));
    let bare =
        |line: TimelineLine| TimelineLine { teams: Vec::new(), text: None, title: veil.keep_text(line.title), ..line };
    lines.map(bare).collect()
}
