//! Cards about what staff, and teams, do with an inject.

use std::collections::BTreeSet;

use serde::Serialize;
use utoipa::ToSchema;

use crate::engine::{
    id::{HintId, InjectId, PersonId, TeamId},
    time::{Millis, Timestamp},
};

/// A release that can still be undone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct ArmedCard {
    /// Which.
    pub inject: InjectId,
    /// To whom.
    pub team: TeamId,
    /// Who released it.
    pub by: Option<PersonId>,
    /// When it goes out.
    pub goes_at: Timestamp,
}

/// A team has longer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct ExtendedCard {
    /// Which.
    pub inject: InjectId,
    /// For whom.
    pub team: TeamId,
    /// The deadline now, in active time after the release.
    pub deadline: Millis,
    /// Revisions of its answer so far that count as in time now, also if they came late.
    pub in_time: BTreeSet<u32>,
    /// When that was decided.
    pub at: Timestamp,
}

/// A hint that a team opened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct OpenedHintCard {
    /// Of which inject.
    pub inject: InjectId,
    /// Whose.
    pub team: TeamId,
    /// Which.
    pub hint: HintId,
    /// The hint.
    pub text: String,
    /// What it cost, in permille of the inject's points.
    pub price_permille: u32,
    /// When.
    pub at: Timestamp,
}
