//! A team's own report, and the one page that its leadership reads: nothing of another team is in them.

use std::collections::BTreeMap;

use super::{VersionError, recount, veil::Veil};
use crate::{
    engine::{
        event::Rating,
        id::{ObjectiveId, TeamId},
        score::Agreement,
    },
    report::model::{CapabilityLine, PeerLine, Report, Scorecard, TeamFigure, TeamTimes, TimelineLine, TimingLine},
};

/// Kinds of lines that are no business of teams: what people of the staff noted for themselves.
const FOR_STAFF: [&str; 4] = ["observation_noted", "flag_set", "team_lost", "team_back"];

/// Everything about one team.
pub(super) fn own(mut report: Report, team: &TeamId) -> Result<Report, VersionError> {
    let (mine, others): (Vec<Scorecard>, Vec<Scorecard>) =
        report.teams.into_iter().partition(|scorecard| scorecard.team == *team);
    let Some(scorecard) = mine.first() else {
        let known = others.iter().map(|scorecard| scorecard.team.to_string()).collect();
        return Err(VersionError::NoSuchTeam { team: team.clone(), known });
    };
    let veil = Veil::over(&others);
    report.findings = Vec::new();
    // About all teams; its own stand with its scorecard.
    report.edited = Vec::new();
    report.improvement = Vec::new();
    report.earlier = Vec::new();
    report.feedback = None;
    report.notes = report.notes.into_iter().filter_map(|note| veil.note(note)).collect();
    report.agreement = Agreement::default();
    rate(&mut report.objectives, scorecard);
    report.capabilities = capabilities(scorecard);
    report.timings = timings(scorecard);
    // They count other teams; the scorecard has this team's own.
    report.pace = Vec::new();
    let has = |id: &crate::engine::id::InjectId| scorecard.injects.iter().any(|line| line.inject == *id);
    report.course.retain(|line| has(&line.inject));
    report.course.iter_mut().for_each(|line| line.teams = 1);
    report.peers = report.peers.into_iter().filter_map(|line| peer(line, team)).collect();
    report.timeline = report.timeline.into_iter().filter_map(|line| told(line, team, &veil)).collect();
    report.teams = mine;
    recount(&mut report);
    Ok(report)
}

/// What fits on a page for whoever decides: no answers, no course of events.
pub(super) fn brief(mut report: Report) -> Report {
    report.timeline = Vec::new();
    report.course = Vec::new();
    report.peers = Vec::new();
    report.timings = Vec::new();
    report.hot_wash = Vec::new();
    report.notes = Vec::new();
    report.teams.iter_mut().for_each(|team| team.injects = Vec::new());
    report
}

fn rate(objectives: &mut [crate::report::model::ObjectiveLine], scorecard: &Scorecard) {
    let of = |id: &ObjectiveId| scorecard.objectives.iter().find(|line| line.objective == *id);
    let one = |rating: Option<Rating>| rating.map(|rating| (rating, 1)).into_iter().collect::<BTreeMap<_, _>>();
    for objective in objectives {
        let line = of(&objective.objective);
        let rating = line.and_then(|line| line.rating);
        objective.ratings = one(rating);
        objective.suggested = one(line.and_then(|line| line.suggested).filter(|_| rating.is_none()));
    }
}

fn capabilities(scorecard: &Scorecard) -> Vec<CapabilityLine> {
    let figure = |score_milli| TeamFigure { team: scorecard.team.clone(), score_milli };
    let line = |line: &crate::engine::score::CapabilityScore| CapabilityLine {
        capability: line.capability,
        median_milli: line.score_milli,
        teams: line.score_milli.map(figure).into_iter().collect(),
    };
    scorecard.capabilities.iter().map(line).collect()
}

fn timings(scorecard: &Scorecard) -> Vec<TimingLine> {
    let times = |median| TeamTimes { team: scorecard.team.clone(), median };
    let lines = scorecard.timings.iter().map(|(metric, spread)| TimingLine {
        metric: *metric,
        spread: *spread,
        teams: spread.median.map(times).into_iter().collect(),
    });
    lines.collect()
}

/// Whom a team told and who told it, without saying who those are.
fn peer(line: PeerLine, team: &TeamId) -> Option<PeerLine> {
    let own = |end: Option<TeamId>| end.filter(|end| end == team);
    let (from, to) = (own(line.from), own(line.to));
    (from.is_some() || to.is_some()).then_some(PeerLine { from, to, ..line })
}

fn told(line: TimelineLine, team: &TeamId, veil: &Veil) -> Option<TimelineLine> {
    let concerns = line.teams.is_empty() || line.teams.contains(team);
    if !concerns || FOR_STAFF.contains(&line.kind.as_str()) {
        return None;
    }
    // Names of addressees stand before what was said.
    let text = if line.kind == "peer_sent" { None } else { veil.keep(line.text) };
    let teams = if line.teams.is_empty() { Vec::new() } else { vec![team.clone()] };
    Some(TimelineLine { title: veil.keep_text(line.title), text, teams, ..line })
}
