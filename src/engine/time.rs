//! Instants, lengths and rates. Wall time comes in with commands; nothing here reads a clock.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A wall-clock instant: milliseconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(transparent)]
#[schema(value_type = i64)]
pub struct Timestamp(pub i64);

/// A length of time, or a reading of an exercise clock, in milliseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(transparent)]
#[schema(value_type = i64)]
pub struct Millis(pub i64);

impl Millis {
    /// So many seconds.
    #[must_use]
    pub const fn seconds(seconds: i64) -> Self {
        Self(seconds.saturating_mul(1000))
    }

    /// So many minutes.
    #[must_use]
    pub const fn minutes(minutes: i64) -> Self {
        Self(minutes.saturating_mul(60_000))
    }

    /// This much later.
    #[must_use]
    pub const fn plus(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }

    /// This much earlier.
    #[must_use]
    pub const fn minus(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

impl Timestamp {
    /// This much later.
    #[must_use]
    pub const fn plus(self, length: Millis) -> Self {
        Self(self.0.saturating_add(length.0))
    }

    /// This much earlier.
    #[must_use]
    pub const fn minus(self, length: Millis) -> Self {
        Self(self.0.saturating_sub(length.0))
    }

    /// Time from an earlier instant to this one; negative if it is a later one.
    #[must_use]
    pub const fn since(self, earlier: Self) -> Millis {
        Millis(self.0.saturating_sub(earlier.0))
    }

    /// Whether a calendar has it, from 1970 to 9999. What a client claims may lie outside.
    #[must_use]
    pub const fn is_in_calendar(self) -> bool {
        0 <= self.0 && self.0 <= 253_402_207_200_000
    }
}

/// How fast exercise time runs, in permille of wall time: 1000 is real time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(transparent)]
#[schema(value_type = u32)]
pub struct Rate(pub u32);

impl Rate {
    /// Real time.
    pub const REAL: Self = Self(1000);
    /// Slowest and fastest rate that an exercise may run at.
    pub const LIMITS: std::ops::RangeInclusive<u32> = 100..=1_000_000;
}
