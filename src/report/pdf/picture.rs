//! Pictures beside figures: bars, marks on a line, shades. Each says in words what it shows, so that nobody
//! needs it, and shows in black and white.

use serde::Serialize;

use super::sheet::Run;

/// A small picture.
#[derive(Serialize)]
#[serde(tag = "picture", rename_all = "snake_case")]
pub(super) enum Picture {
    /// Shares of a whole.
    Bar(Bar),
    /// A bar up to a value, with a mark for each of some others.
    Marks(Marks),
    /// A ring where something was planned and a dot where it happened.
    Course(Course),
}

/// Shares of a whole, one behind the other.
#[derive(Serialize)]
pub(super) struct Bar {
    /// The same in words.
    pub(super) alt: String,
    pub(super) shares: Vec<Share>,
}

/// Up to where a bar has a colour, in percent.
#[derive(Serialize)]
pub(super) struct Share {
    pub(super) kind: &'static str,
    pub(super) name: String,
    pub(super) percent: i64,
}

/// A bar and marks, in thousandths of the width.
#[derive(Serialize)]
pub(super) struct Marks {
    /// The same in words.
    pub(super) alt: String,
    pub(super) bar: Option<i64>,
    pub(super) each: Vec<i64>,
}

/// Plan and course of one thing, in thousandths of the width.
#[derive(Serialize)]
pub(super) struct Course {
    /// The same in words.
    pub(super) alt: String,
    pub(super) planned: Option<i64>,
    pub(super) sent: Option<i64>,
}

/// A table of shades with their figures; its first column names the rows.
#[derive(Serialize)]
pub(super) struct Heat {
    pub(super) caption: Vec<Run>,
    pub(super) corner: String,
    pub(super) columns: Vec<Run>,
    pub(super) rows: Vec<Shades>,
}

/// A row of shades.
#[derive(Serialize)]
pub(super) struct Shades {
    pub(super) name: Run,
    pub(super) cells: Vec<Shade>,
}

/// A figure and how dark it stands.
#[derive(Clone, Serialize)]
pub(super) struct Shade {
    pub(super) text: String,
    /// From 0 to 5; none where there is nothing to show.
    pub(super) level: Option<i64>,
}

/// Where a value stands between nought and the most, in thousandths of the width.
pub(super) fn place(value: i64, most: i64) -> i64 {
    if most <= 0 { 0 } else { value.clamp(0, most).saturating_mul(1000) / most }
}
