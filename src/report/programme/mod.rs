//! What a drill day showed: the exercises of a programme side by side, team by team and capability by capability.
//! A function of the exercises' reports and of who reads it; what a version leaves out is left out before anything
//! is written.

mod build;
mod figures;
pub mod model;
pub mod tables;

use super::model::Report;
use crate::engine::{
    id::{ExerciseId, TeamId},
    state::Stage,
    text::Text,
};

pub use build::build;

/// A programme, with as much of its exercises as the reader may see.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Day {
    /// Its id.
    pub programme: String,
    /// Its title.
    pub title: String,
    /// Its exercises, in the order of the day.
    pub parts: Vec<Part>,
    /// Its teams, in their order.
    pub teams: Vec<Member>,
}

/// An exercise of the day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Which.
    pub exercise: ExerciseId,
    /// Title of its scenario.
    pub title: Text,
    /// Where it stands.
    pub stage: Stage,
    /// Whether it is a rehearsal.
    pub rehearsal: bool,
    /// Its report for staff; none if the reader may not see what it showed.
    pub report: Option<Report>,
    /// Whether nobody has released that to the reader.
    pub draft: bool,
}

/// A team of the day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// The id that it has in every exercise.
    pub team: TeamId,
    /// Its name.
    pub name: String,
    /// Name of the organisation that sends it.
    pub organisation: Option<String>,
    /// Country of that.
    pub country: Option<String>,
}
