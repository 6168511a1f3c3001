//! Scores as functions of state.

use serde::Serialize;
use utoipa::ToSchema;

use super::id::{FieldId, InjectId, OptionId, TeamId};

/// A team's points, with a reason for each.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct TeamScore {
    /// Whose.
    pub team: TeamId,
    /// Points awarded so far, in thousandths.
    pub points_milli: i64,
    /// Points that the counted items could have given, in thousandths.
    pub attainable_milli: i64,
    /// Points of items that wait for a person's mark, in thousandths; not in the attainable ones.
    pub unmarked_milli: i64,
    /// Every item that was asked of the team.
    pub items: Vec<ItemScore>,
}

/// What became of one field of one inject.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct ItemScore {
    /// Which inject.
    pub inject: InjectId,
    /// Which field.
    pub field: FieldId,
    /// What it is worth, in thousandths of a point.
    pub attainable_milli: i64,
    /// What it was given, in thousandths; none if it does not count (yet).
    pub points_milli: Option<i64>,
    /// Why.
    pub reason: Reason,
    /// Revision of the answer that was scored.
    pub revision: Option<u32>,
}

/// Why an item has the points that it has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(tag = "why", rename_all = "snake_case")]
pub enum Reason {
    /// The right option or the whole right set.
    Right {
        /// Whether it was late, and so worth only part.
        late: bool,
    },
    /// An option with listed partial credit.
    Partial {
        /// Credit in permille.
        credit_permille: u32,
        /// Whether it was late.
        late: bool,
    },
    /// A set that overlaps the right one.
    Overlap {
        /// Right ones chosen.
        matched: u32,
        /// Right ones left out.
        missing: u32,
        /// Wrong ones chosen.
        extra: u32,
        /// Whether it was late.
        late: bool,
    },
    /// A wrong answer.
    Wrong {
        /// What was chosen.
        chosen: Vec<OptionId>,
    },
    /// A person has to mark it.
    NotYetMarked,
    /// The field was left empty.
    LeftEmpty,
    /// No answer came while it counted.
    NotAnswered,
    /// There is still time.
    Open,
}
