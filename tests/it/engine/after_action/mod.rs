//! What comes after play: feedback, the hot wash, findings, the improvement plan and releases.

pub(super) mod acts;
mod feedback;
mod findings;
mod hot_wash;
mod improvement;
mod laws;
mod releases;

use drillhall::engine::command::Act;

use super::{
    fixture::{Drill, given},
    plan::lagoon,
};

/// Play is over.
fn ended() -> Drill {
    given(lagoon()).started().at(5).and("director", Act::EndEx)
}
