//! Who sees what. Decided here, from the event alone, before anything is encoded.

pub mod card;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    id::{PersonId, TeamId},
    role::Role,
};

/// Whom a card is for. Each log row keeps the audiences of its cards.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Audience {
    /// Everybody with a seat, the wall included.
    All,
    /// Staff who may see the ground truth.
    Control,
    /// Everybody with this role.
    Role(Role),
    /// The people of a team.
    Team(TeamId),
    /// The lead of a team.
    Lead(TeamId),
    /// One person.
    Person(PersonId),
}
