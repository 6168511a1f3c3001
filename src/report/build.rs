//! One pass over the log: the state folds, and each event leaves its line.

use std::collections::BTreeMap;

use super::{
    after, finding, measure,
    model::{Limit, PreparationLine, Report, Scorecard, SentLine, TimelineLine, Version},
    scorecard::scorecard,
    timeline,
};
use crate::engine::{
    event::{Begun, Event, Fact, Scope},
    id::{InjectId, TeamId},
    marking::marking,
    score::{Outcome, agreement},
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
    /// When each inject first went out.
    pub(super) sent: BTreeMap<InjectId, SentLine>,
    /// Messages from one team to another.
    pub(super) told: BTreeMap<(TeamId, TeamId), Vec<i64>>,
    /// Entries of the teams' logs.
    pub(super) entries: BTreeMap<TeamId, Vec<i64>>,
    /// What ended play, or happened last: what did not happen rests on it.
    pub(super) last: i64,
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
        evidence.take(*seq, event, &state);
        times.take(event);
        state.apply(event);
        lines.extend(timeline::line(*seq, event, &state));
    }
    let mut teams: Vec<Scorecard> = state.teams.iter().map(|team| scorecard(&state, team, &evidence)).collect();
    for team in &mut teams {
        let drafts = finding::of_team(&state, team, &evidence);
        team.findings = finding::not_adopted(drafts, &team.edited);
    }
    let plan = &state.plan;
    let first_plan = if let Fact::ExerciseCreated { plan, .. } = &first.1.fact { plan.as_ref() } else { plan.as_ref() };
    let pace = measure::pace(plan, &teams);
    let capabilities = measure::capabilities(&teams);
    let drafts = finding::of_event(&state, &teams, &pace, &capabilities, &evidence);
    let edited = after::edited(&state, &Scope::Event);
    Ok(Report {
        version: Version::Staff,
        draft: true,
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
        objectives: measure::objectives(plan, &teams),
        findings: finding::not_adopted(drafts, &edited),
        edited,
        signed_off: after::is_signed_off(&state, &Scope::Event),
        improvement: after::improvement(&state, &Scope::Event, state.at),
        notes: after::notes(&state),
        feedback: after::feedback(&state),
        releases: after::releases(&state),
        last_change: last_change(events),
        capabilities,
        timings: measure::times(&state, &teams),
        pace,
        course: measure::course(first_plan, plan, &teams, &evidence),
        peers: measure::peers(&evidence),
        agreement: agreement(&state),
        teams_in_all: measure::count(teams.len()),
        timeline: lines,
        limits: limits(&state, &teams, &times),
        teams,
        hot_wash: plan.hot_wash.clone(),
        preparation: PreparationLine::of(&state, began_unsigned(events)),
        earlier: Vec::new(),
    })
}

fn began_unsigned(events: &[(i64, Event)]) -> bool {
    events.iter().any(|(_, event)| matches!(event.fact, Fact::ExerciseStarted(Begun { unsigned: true })))
}

/// The last row that is not about releases themselves.
fn last_change(events: &[(i64, Event)]) -> i64 {
    let is_of_release =
        |fact: &Fact| matches!(fact, Fact::ReportProposed(_) | Fact::ReportReleased(_) | Fact::ReleaseDeclined(_));
    events.iter().rev().find(|(_, event)| !is_of_release(&event.fact)).map_or(0, |(seq, _)| *seq)
}

impl Evidence {
    fn take(&mut self, seq: i64, event: &Event, before: &State) {
        if !matches!(before.stage(), Stage::Ended | Stage::Cancelled) {
            self.last = seq;
        }
        match &event.fact {
            Fact::InjectReleased { inject, teams, .. } => {
                let sent = SentLine { seq, at: event.at, plan_time: before.clock.plan(event.at) };
                self.sent.entry(inject.clone()).or_insert(sent);
                for team in teams.keys() {
                    self.released.entry((team.clone(), inject.clone())).or_insert(seq);
                }
            }
            Fact::ResponseSubmitted { inject, team, revision, .. } => {
                self.answered.insert((team.clone(), inject.clone(), *revision), seq);
            }
            Fact::PeerSent { from, to, .. } => {
                for to in to.keys() {
                    self.told.entry((from.clone(), to.clone())).or_default().push(seq);
                }
            }
            Fact::LogWritten { team, .. } => self.entries.entry(team.clone()).or_default().push(seq),
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

fn limits(state: &State, teams: &[Scorecard], times: &Times) -> Vec<Limit> {
    let lasted = times.outages.iter().fold(Millis(0), |sum, (from, to)| sum.plus(to.since(*from)));
    [
        (!matches!(state.stage(), Stage::Ended | Stage::Cancelled)).then_some(Limit::NotEnded),
        unmarked(teams),
        (lasted > Millis(0)).then_some(Limit::Outage { lasted }),
        (times.erased > 0).then_some(Limit::Erased { parts: times.erased }),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Answers of these teams that wait for a person's mark.
pub(super) fn unmarked(teams: &[Scorecard]) -> Option<Limit> {
    let unmarked = teams
        .iter()
        .flat_map(|team| &team.injects)
        .filter_map(|inject| inject.score.as_ref())
        .filter(|score| matches!(score.outcome, Outcome::Unmarked { .. } | Outcome::Split));
    let (answers, points_milli) =
        unmarked.fold((0, 0), |(answers, points), score| (answers + 1, points + score.attainable_milli));
    (answers > 0).then_some(Limit::Unmarked { answers, points_milli })
}
