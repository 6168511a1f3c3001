//! Cards about what people were given.

use std::collections::BTreeSet;

use serde::Serialize;
use utoipa::ToSchema;

use crate::engine::{
    id::{PersonId, PersonaId, TeamId},
    role::Sight,
    time::Timestamp,
};

/// What goes with a person's role, and who gave it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct GrantedCard {
    /// Who.
    pub person: PersonId,
    /// When it ends by itself.
    pub until: Option<Timestamp>,
    /// What an observer is shown beyond what everybody sees.
    pub sights: BTreeSet<Sight>,
    /// The simulated senders that a role player speaks as.
    pub personas: BTreeSet<PersonaId>,
    /// The person's own organisation or country.
    pub organisation: Option<String>,
    /// Why, where somebody said so.
    pub reason: String,
    /// Who gave it; none for a join link, and for what time brought back.
    pub by: Option<PersonId>,
    /// When.
    pub at: Timestamp,
}

/// Whose a team is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct OrganisationCard {
    /// Which team.
    pub team: TeamId,
    /// Its organisation or country.
    pub organisation: String,
}

/// The players of a team may read its scorecard.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct ScorecardShownCard {
    /// Which team.
    pub team: TeamId,
}

/// The director keeps scores from being released.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct VetoCard {
    /// Why.
    pub reason: String,
    /// Who.
    pub by: Option<PersonId>,
    /// Since when.
    pub at: Timestamp,
}
