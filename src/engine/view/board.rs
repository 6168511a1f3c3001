//! The board: every card that the log has put and not removed, in one language. What a viewer gets
//! on arrival is read off it.

use std::collections::BTreeMap;

use super::{Audience, Viewer, card::Card, frames::Frame};

/// Cards by key and audiences, which stand in order: a release has one for each team.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Board {
    cards: BTreeMap<String, Vec<(Vec<Audience>, Card)>>,
}

impl Board {
    /// Takes a frame in.
    pub fn take(&mut self, frame: &Frame) {
        let in_order = || {
            let mut to = frame.to.clone();
            to.sort_unstable();
            to
        };
        if let Some(card) = &frame.card {
            let (to, cards) = (in_order(), self.cards.entry(frame.key.clone()).or_default());
            cards.retain(|(audiences, _)| *audiences != to);
            cards.push((to, card.clone()));
        } else {
            // Most find nothing: a release removes whatever may say that it waits, for each team.
            let Some(cards) = self.cards.get_mut(&frame.key) else { return };
            let to = in_order();
            cards.retain(|(audiences, _)| *audiences != to);
            if cards.is_empty() {
                self.cards.remove(&frame.key);
            }
        }
    }

    /// What a viewer may see, in order of keys.
    pub fn seen_by(&self, viewer: &Viewer) -> impl Iterator<Item = (&str, &Card)> + use<'_> {
        let seen = viewer.audiences();
        let all = self.cards.iter().flat_map(|(key, cards)| cards.iter().map(move |(to, card)| (key, to, card)));
        let in_sight = all.filter(move |(_, to, _)| seen.iter().any(|audience| to.binary_search(audience).is_ok()));
        in_sight.map(|(key, _, card)| (key.as_str(), card))
    }
}
