//! How long people take, measured at a real drill: the five teams of a table-top run whose log
//! Masaryk University published (`ixp-logs`, 8 November 2023). Only these figures were taken from it.
//!
//! To derive them again: in each mail thread of a team, a *reply* is the time from the first message
//! that the team had not answered to its next one; *acts* are its mails and its uses of a tool, in
//! order of time, and a *gap* lies between two of them. Deciles are by nearest rank, in whole
//! seconds. `tests/it/bot/pace.rs` does so where the log is at hand.

use super::dice::Dice;
use crate::engine::time::Millis;

/// Deciles of the time from what arrives to the answer, in seconds.
pub const REPLY: [u32; 9] = [62, 125, 163, 195, 213, 246, 330, 368, 468];
/// Deciles of the time between two acts of a team, in seconds.
pub const GAP: [u32; 9] = [13, 19, 29, 44, 59, 83, 108, 161, 278];
/// How much a team does in a quarter hour in which it does anything, on average.
pub const ACTS_A_QUARTER: u32 = 7;

/// A part of what was measured, in permille: the whole of it, its faster or its slower half.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Pace {
    from: u32,
    to: u32,
}

impl Pace {
    pub(super) const USUAL: Self = Self { from: 0, to: 1000 };
    pub(super) const FAST: Self = Self { from: 0, to: 500 };
    pub(super) const SLOW: Self = Self { from: 500, to: 1000 };

    /// Time until an answer to something that was read.
    pub(super) fn reply(self, dice: &mut Dice) -> Millis {
        draw(&REPLY, dice.between(self.from, self.to))
    }

    /// Time until the next thing is done.
    pub(super) fn gap(self, dice: &mut Dice) -> Millis {
        draw(&GAP, dice.between(self.from, self.to))
    }
}

/// The time below which so many of a thousand lie. It runs straight between two deciles, from nought
/// to the first, and beyond the last up to twice of it. The deciles are in seconds.
#[must_use]
pub fn draw(deciles: &[u32; 9], permille: u32) -> Millis {
    let at = |decile: u32| match decile {
        0 => 0,
        decile => usize::try_from(decile - 1).ok().and_then(|n| deciles.get(n)).map_or(deciles[8] * 2, |known| *known),
    };
    let (low, high) = (at(permille / 100), at(permille / 100 + 1));
    // A hundredth of a decile's width is ten milliseconds a second.
    Millis(i64::from(low) * 1000 + i64::from(high.saturating_sub(low)) * 10 * i64::from(permille % 100))
}
