//! What may be asked when something real comes first.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::engine::{
    event::DuffVerdict,
    id::{ItemId, TeamId},
};

/// Decides on a call of NO DUFF.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DecideNoDuff {
    /// Which.
    pub item: ItemId,
    /// What.
    pub verdict: DuffVerdict,
    /// Why, in writing.
    pub note: String,
}

/// Lifts a suspension by a written decision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LiftSuspension {
    /// Only of this team.
    pub team: Option<TeamId>,
    /// The decision.
    pub decision: String,
    /// The calls that it answers; without it those that the suspension stands for.
    #[serde(default)]
    pub calls: Option<BTreeSet<ItemId>>,
}
