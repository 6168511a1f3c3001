//! What may be asked about people: roles, what goes with them, and who leads a team.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::engine::{
    id::{PersonId, PersonaId, TeamId},
    role::{Role, Sight},
    time::Timestamp,
};

/// Gives a person who is in the exercise a role, in place of the one that the person has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct GrantRole {
    /// Who.
    pub person: PersonId,
    /// As what.
    pub role: Role,
    /// In which team, for team roles.
    #[serde(default)]
    pub team: Option<TeamId>,
    /// When it ends by itself: then the person is again what lasted before.
    #[serde(default)]
    pub until: Option<Timestamp>,
    /// What an observer is shown beyond what everybody sees.
    #[serde(default)]
    pub sights: BTreeSet<Sight>,
    /// The simulated senders that a role player speaks as.
    #[serde(default)]
    pub personas: BTreeSet<PersonaId>,
    /// The person's own organisation or country: an evaluator does not mark its teams.
    #[serde(default)]
    pub organisation: Option<String>,
    /// Why.
    #[serde(default)]
    pub reason: Option<String>,
}

/// Takes a person's role away.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RevokeGrant {
    /// Whose.
    pub person: PersonId,
    /// Why.
    #[serde(default)]
    pub reason: Option<String>,
}

/// Takes a player out of one's team.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RemoveMember {
    /// Whom.
    pub person: PersonId,
    /// Why.
    #[serde(default)]
    pub reason: Option<String>,
}

/// Makes a player the lead of the team; whoever led it plays on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct HandOverLead {
    /// To whom.
    pub person: PersonId,
}

/// Says whose a team is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NameOrganisation {
    /// Which team.
    pub team: TeamId,
    /// Its organisation or country; none takes it back.
    pub organisation: Option<String>,
}

/// Says whether the players of one's team may read its scorecard.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ShowScorecard {
    /// Whether they may.
    pub shown: bool,
}

/// Keeps scores from being released.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct VetoScores {
    /// Why; none lets them be released again.
    pub reason: Option<String>,
}
