//! The board: every card that the log has put and not removed, in one language. What a viewer gets
//! on arrival is read off it.

use std::collections::BTreeMap;

use super::{Audience, Viewer, card::Card, frames::Frame};

/// Cards by key and audiences.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Board {
    cards: BTreeMap<String, Vec<(Vec<Audience>, Card)>>,
}

impl Board {
    /// Takes a frame in.
    pub fn take(&mut self, frame: Frame) {
        let Frame { to, key, card } = frame;
        let cards = self.cards.entry(key.clone()).or_default();
        cards.retain(|(audiences, _)| *audiences != to);
        match card {
            Some(card) => cards.push((to, card)),
            None if cards.is_empty() => {
                self.cards.remove(&key);
            }
            None => {}
        }
    }

    /// What a viewer may see, in order of keys.
    pub fn seen_by<'a>(&'a self, viewer: &'a Viewer) -> impl Iterator<Item = (&'a str, &'a Card)> {
        self.cards.iter().flat_map(move |(key, cards)| {
            cards
                .iter()
                .filter(move |(to, _)| to.iter().any(|audience| viewer.is_in(audience)))
                .map(move |(_, card)| (key.as_str(), card))
        })
    }
}
