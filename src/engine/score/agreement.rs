//! How far evaluators agree who have marked the same answers.

use serde::Serialize;
use utoipa::ToSchema;

use crate::engine::{event::Marked, state::State};

/// Agreement over every criterion that two people gave a level.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct Agreement {
    /// Pairs of levels.
    pub pairs: u32,
    /// Pairs with the same level.
    pub same: u32,
    /// Pairs at most one level apart, the same ones included.
    pub within_one: u32,
}

/// How far the evaluators of an exercise agree, before anything was moderated.
#[must_use]
pub fn agreement(state: &State) -> Agreement {
    let deliveries = state.teams.iter().flat_map(|team| team.deliveries.values());
    let mut all = Agreement::default();
    for delivery in deliveries {
        let Some(response) = delivery.official() else { continue };
        let marks: Vec<&Marked> = delivery.markings.of_revision(response.revision).collect();
        for (n, one) in marks.iter().enumerate() {
            marks.iter().skip(n + 1).for_each(|other| all.take(one, other));
        }
    }
    all
}

impl Agreement {
    fn take(&mut self, one: &Marked, other: &Marked) {
        for (criterion, level) in &one.levels {
            let Some(second) = other.levels.get(criterion) else { continue };
            let apart = level.abs_diff(*second);
            self.pairs += 1;
            self.same += u32::from(apart == 0);
            self.within_one += u32::from(apart <= 1);
        }
    }
}
