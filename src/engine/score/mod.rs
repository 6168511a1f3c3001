//! Scores: pure functions of state, with a reason for every point and no silent nought.
//!
//! What an inject gives is an exact fraction of its worth, rounded once (half to even) to thousandths of
//! a point; everything above that is sums of integers. `docs/SCORING.md` tells the rules in words, with
//! an example to follow by hand.

mod accuracy;
mod agreement;
mod inject;
mod naming;
mod objective;
mod quality;
mod reach;
mod release;
mod result;
mod sum;
mod timeliness;
mod timing;
pub mod board;
pub mod exact;

pub use agreement::{Agreement, agreement};
pub use inject::inject_score;
pub use naming::{CriterionNames, InjectNames, LevelName, Names};
pub use objective::{Cap, CapabilityScore, ObjectiveScore, capabilities, objectives};
pub use quality::{Marking, marking, marks_needed};
pub use reach::{Reach, levels_to_give, reach};
pub use release::{Standing, public_standings, released, standings};
pub use result::{
    ActionScore, Band, Component, ComponentScore, CriterionScore, FieldScore, InjectScore, Outcome, Reason, TeamScore,
};
pub use sum::{Sum, team_score};
pub use timing::{Metric, Spread, timings};

/// Version of the rules. A result that was released keeps the version that made it; a change of any rule
/// counts it up and leaves the old one standing for old logs.
pub const RULES: u32 = 1;
