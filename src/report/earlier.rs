//! What earlier exercises showed, beside a report: a team's own, and what became of corrective actions. A team
//! is the same by its name. Ids are given anew in each exercise, and one that two teams had would show
//! one of them what the other did.

use super::{
    across::{AcrossError, day_of, in_order},
    model::{CapabilityLine, EarlierFigure, EarlierLine, Report, Scorecard},
};
use crate::engine::score::CapabilityScore;

impl Report {
    /// The same report for staff with what earlier ones showed of the same teams, in the order of their time.
    ///
    /// # Errors
    /// If an exercise is there twice, or a rehearsal stands beside an exercise.
    pub fn beside(mut self, earlier: Vec<Self>) -> Result<Self, AcrossError> {
        if let Some(same) = earlier.iter().find(|report| report.exercise == self.exercise) {
            return Err(AcrossError::Twice(same.exercise.clone()));
        }
        if let Some(rehearsal) = earlier.iter().find(|report| report.rehearsal && !self.rehearsal) {
            return Err(AcrossError::Rehearsal(rehearsal.exercise.clone()));
        }
        let earlier = in_order(earlier)?;
        // What was handed on under stricter rules stays under them.
        self.tlp = earlier.iter().map(|report| report.tlp).fold(self.tlp, Ord::min);
        self.earlier = earlier.iter().map(of_event).collect();
        for team in &mut self.teams {
            team.earlier = earlier.iter().filter_map(|report| of_team(report, &team.name)).collect();
        }
        Ok(self)
    }
}

fn of_event(report: &Report) -> EarlierLine {
    let figure =
        |line: &CapabilityLine| Some(EarlierFigure { capability: line.capability, score_milli: line.median_milli? });
    EarlierLine {
        exercise: report.exercise.clone(),
        title: report.title.clone(),
        day: day_of(report),
        score_milli: None,
        capabilities: report.capabilities.iter().filter_map(figure).collect(),
        improvement: report.improvement.clone(),
    }
}

fn of_team(report: &Report, name: &str) -> Option<EarlierLine> {
    let team = report.teams.iter().find(|team| team.is_called(name))?;
    let figure =
        |line: &CapabilityScore| Some(EarlierFigure { capability: line.capability, score_milli: line.score_milli? });
    Some(EarlierLine {
        score_milli: team.score_milli,
        capabilities: team.capabilities.iter().filter_map(figure).collect(),
        improvement: team.improvement.clone(),
        ..of_event(report)
    })
}

impl Scorecard {
    /// Whether the team has this name, in small or capital letters.
    #[must_use]
    pub fn is_called(&self, name: &str) -> bool {
        self.name.trim().to_lowercase() == name.trim().to_lowercase()
    }
}
