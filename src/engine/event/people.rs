//! Words for what people are given and what is taken from them.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::engine::{
    id::{PersonId, PersonaId, TeamId},
    role::{Role, Sight},
    time::Timestamp,
};

/// A person is something in the exercise from now on. All of it: what was before is over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct RoleGranted {
    pub person: PersonId,
    pub role: Role,
    pub team: Option<TeamId>,
    /// When it ends by itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Timestamp>,
    /// What an observer is shown beyond what everybody sees.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub sights: BTreeSet<Sight>,
    /// The simulated senders that a role player speaks as.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub personas: BTreeSet<PersonaId>,
    /// The person's own organisation or country.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organisation: Option<String>,
    /// Why, where somebody said so.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
    /// The team that the person was in before, if that is another one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub left: Option<TeamId>,
}

/// A person is nothing in the exercise any more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct RoleRevoked {
    pub person: PersonId,
    /// The team that the role was in.
    pub team: Option<TeamId>,
    /// Why, where somebody said so.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
}

/// Whose a team is, so that nobody judges the own organisation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct OrganisationNamed {
    pub team: TeamId,
    /// The organisation or country; none if it was wrong.
    pub organisation: Option<String>,
}

/// Whether the players of a team may read its scorecard.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct ScorecardShown {
    pub team: TeamId,
    pub shown: bool,
}

/// The director keeps scores from being released, or no longer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScoresVetoed {
    /// Why; none once they may go out.
    pub reason: Option<String>,
}
