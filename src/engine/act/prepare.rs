//! What may be asked before an exercise begins.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::engine::{
    event::ReadyLine,
    id::{AliasId, CohortId, TeamId, VariableId},
    text::{Language, Text},
};

/// Adds teams: all of them, or none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AddTeams {
    /// In the order in which they join.
    pub teams: Vec<NewTeam>,
}

/// A team that is to be added.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewTeam {
    /// Its id.
    pub team: TeamId,
    /// Its name as shown.
    pub name: String,
    /// The language it works in.
    pub language: Language,
    /// Its cohort; without one it joins the smallest.
    #[serde(default)]
    pub cohort: Option<CohortId>,
    /// Its alias in the directory; without one it takes the first that is free.
    #[serde(default)]
    pub alias: Option<AliasId>,
}

/// Sends a practice message on each channel of the plan to every team, or takes those that are out away.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Comcheck {
    /// Whether one begins.
    pub open: bool,
}

/// Ticks a line of the go/no-go list that a person looks after, or takes the tick back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TickReady {
    /// Which.
    pub line: ReadyLine,
    /// Whether it is so.
    pub done: bool,
    /// What there is to say about it.
    #[serde(default)]
    pub note: Option<String>,
}

/// Gives a team another word for a variable.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SetVariable {
    /// Which.
    pub variable: VariableId,
    /// For whom.
    pub team: TeamId,
    /// The word.
    pub value: Text,
}
