//! The exercise as somebody saw it at an instant, folded once more from its log. Pure: events in,
//! cards and readings out.
//!
//! Invariants: what is shown at an instant is the fold of the frames up to it, and nothing else;
//! nobody sees through another's eyes what their own audiences never held; changes from one board
//! to another lead from the one exactly to the other.

pub mod marks;

use std::{collections::BTreeMap, ops::ControlFlow};

use super::wire::{KeyedCard, KeyedValue};
use crate::engine::{
    event::Event,
    id::PersonId,
    role::{Action, Relation},
    score::board::ScoreBoard,
    state::State,
    text::Language,
    time::Timestamp,
    view::{
        Audience, Viewer,
        board::Board,
        card::Card,
        frames::{Frame, frames},
        value,
    },
};

/// Through whose eyes somebody looks back.
#[derive(Clone, Debug)]
pub struct Lens {
    /// Whose eyes.
    pub viewer: Viewer,
    /// Who looks. Unless they may see the ground truth, only what is for both passes.
    pub asker: Viewer,
    /// Language of the cards.
    pub language: Language,
}

impl Lens {
    /// The frames of an event that pass.
    #[must_use]
    pub fn frames(&self, seq: i64, event: &Event) -> Vec<Frame> {
        let mut shown = frames(seq, event, &self.language);
        shown.retain(|frame| self.passes(frame));
        shown
    }

    fn passes(&self, frame: &Frame) -> bool {
        let is_for = |viewer: &Viewer| frame.to.iter().any(|audience| viewer.is_in(audience));
        // Who may see the ground truth still does not read a channel of other roles.
        let of_roles_only = frame.to.iter().all(|audience| matches!(audience, Audience::Role(_)));
        let sees_all = self.asker.may(Action::SeeGroundTruth, Relation::Other) && !of_roles_only;
        // Who wrote without a name is shown to that person alone, whatever eyes somebody borrows.
        let is_own = frame.tells_an_author() && self.asker.person != self.viewer.person;
        is_for(&self.viewer) && !is_own && (sees_all || is_for(&self.asker))
    }

    /// Readings of clocks, scores and names that the viewer had and the asker may have.
    fn values(&self, state: &State, at: Timestamp, names: &BTreeMap<PersonId, String>) -> Vec<KeyedValue> {
        let readings = |viewer: &Viewer| {
            let clocks = value::clocks(state, viewer, at);
            let people = value::people(state, viewer, names);
            let agenda = value::agenda(state, viewer);
            let board = ScoreBoard::new(state);
            let scores = value::scores(state, board.teams(), viewer);
            clocks.into_iter().chain(scores).chain(people).chain(agenda).chain(value::feedback(state, viewer))
        };
        let allowed: Vec<String> = readings(&self.asker).map(|(key, _)| key).collect();
        readings(&self.viewer)
            .filter(|(key, _)| allowed.contains(key))
            .map(|(key, value)| KeyedValue { key, value })
            .collect()
    }
}

/// Looks for one instant while a log goes by.
#[derive(Debug)]
pub struct Watch {
    lens: Lens,
    at: Timestamp,
    /// Sequence number of the board that the asker has already.
    held: Option<i64>,
    held_board: Option<Board>,
    /// Where the log has come to.
    board: Board,
    /// As of the instant; it stays behind when the log goes on.
    state: Option<State>,
    seq: i64,
    board_then: Option<Board>,
    first_at: Option<Timestamp>,
    next_at: Option<Timestamp>,
}

/// What was seen at an instant.
#[derive(Debug)]
pub struct Seen {
    /// Last row at the instant.
    pub seq: i64,
    /// When the log begins.
    pub first_at: Timestamp,
    /// When the next row that shows something comes.
    pub next_at: Option<Timestamp>,
    /// The row that the cards are changes from; none if they are all.
    pub since: Option<i64>,
    /// Cards to put or remove.
    pub cards: Vec<KeyedCard>,
    /// Readings at the instant.
    pub values: Vec<KeyedValue>,
}

impl Watch {
    /// For an instant, and for somebody who may hold the board of another row already.
    #[must_use]
    pub fn new(lens: Lens, at: Timestamp, held: Option<i64>) -> Self {
        Self {
            lens,
            at,
            held,
            held_board: None,
            board: Board::default(),
            state: None,
            seq: 0,
            board_then: None,
            first_at: None,
            next_at: None,
        }
    }

    /// Takes the next row in. Breaks when no later one matters.
    pub fn take(&mut self, seq: i64, event: &Event) -> ControlFlow<()> {
        let frames = self.lens.frames(seq, event);
        self.first_at.get_or_insert(event.at);
        if event.at <= self.at {
            match &mut self.state {
                Some(state) => state.apply(event),
                None => self.state = State::open(event),
            }
            self.seq = seq;
        } else {
            if self.board_then.is_none() {
                self.board_then = Some(self.board.clone());
            }
            if self.next_at.is_none() && !frames.is_empty() {
                self.next_at = Some(event.at);
            }
        }
        for frame in frames {
            self.board.take(&frame);
        }
        if self.held == Some(seq) {
            self.held_board = Some(self.board.clone());
        }
        let is_enough = self.next_at.is_some() && self.held.is_none_or(|held| held <= seq);
        if is_enough { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }

    /// What was seen; none if the instant lies before the log.
    #[must_use]
    pub fn finish(self, names: &BTreeMap<PersonId, String>) -> Option<Seen> {
        let Self { lens, at, held, held_board, board, state, seq, board_then, first_at, next_at } = self;
        let (state, first_at) = (state?, first_at?);
        let board = board_then.unwrap_or(board);
        let values = lens.values(&state, at, names);
        let since = held.filter(|_| held_board.is_some());
        let cards = changes(&held_board.unwrap_or_default(), &board, &lens.viewer);
        Some(Seen { seq, first_at, next_at, since, cards, values })
    }
}

/// What leads a viewer from one board to another.
fn changes(from: &Board, to: &Board, viewer: &Viewer) -> Vec<KeyedCard> {
    let before: BTreeMap<&str, &Card> = from.seen_by(viewer).collect();
    let after: BTreeMap<&str, &Card> = to.seen_by(viewer).collect();
    let gone = before.keys().filter(|key| !after.contains_key(*key));
    let gone = gone.map(|key| KeyedCard { key: (*key).to_owned(), card: None });
    let new = after.iter().filter(|(key, card)| before.get(*key) != Some(card));
    let new = new.map(|(key, card)| KeyedCard { key: (*key).to_owned(), card: Some((*card).clone()) });
    gone.chain(new).collect()
}
