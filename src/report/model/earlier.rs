//! What earlier exercises showed of the same people, beside what this one shows.

use serde::Serialize;
use utoipa::ToSchema;

use super::ImprovementLine;
use crate::engine::{date::Date, id::ExerciseId, plan::Capability, text::Text};

/// An earlier exercise: of a team what that team showed, of the event the middle of its teams.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct EarlierLine {
    /// Which exercise.
    pub exercise: ExerciseId,
    /// Title of its scenario.
    pub title: Text,
    /// The day of its `StartEx`.
    pub day: Option<Date>,
    /// The score of a hundred, in thousandths; none of an event, or while nothing counted.
    pub score_milli: Option<i64>,
    /// The capabilities that had a score.
    pub capabilities: Vec<EarlierFigure>,
    /// Its corrective actions and what became of them, the most urgent first.
    pub improvement: Vec<ImprovementLine>,
}

/// What a capability's score was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[expect(missing_docs, reason = "the names say it")]
pub struct EarlierFigure {
    pub capability: Capability,
    pub score_milli: i64,
}

impl EarlierLine {
    /// What the score of a capability was, where it had one.
    #[must_use]
    pub fn score_of(&self, capability: Capability) -> Option<i64> {
        self.capabilities.iter().find(|figure| figure.capability == capability).map(|figure| figure.score_milli)
    }
}
