//! What a list of indicators was understood as. Only [`indicator`](crate::engine::indicator) knows the rule, and scores
//! go by the same one.

use std::collections::BTreeMap;

use serde::Serialize;
use utoipa::ToSchema;

use crate::engine::indicator::{Indicator, Kind, parse_in_order};

/// Most indicators that are shown, and most bytes of them together: the text beside them has them all.
const MOST_SHOWN: usize = 200;
const MOST_BYTES: usize = 32 * 1024;

/// What the lines of an indicator field were understood as.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct RecognisedCard {
    /// How many there are of each kind. What is written twice counts once.
    pub kinds: BTreeMap<Kind, u32>,
    /// The first of them, at most 200, in the order in which they are written.
    pub shown: Vec<Indicator>,
    /// How many there are beside those.
    pub more: u32,
}

impl RecognisedCard {
    /// Of a text that has one indicator a line.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let mut card = Self::default();
        let mut bytes = 0;
        for indicator in parse_in_order(text.lines()) {
            *card.kinds.entry(indicator.kind).or_default() += 1;
            bytes += indicator.value.len();
            if card.shown.len() < MOST_SHOWN && bytes <= MOST_BYTES {
                card.shown.push(indicator);
            } else {
                card.more += 1;
            }
        }
        card
    }
}
