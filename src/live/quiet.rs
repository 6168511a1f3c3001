//! Things that are gathered before they are noted, so that a hall full of people does not fill the log:
//! who has read what, and which teams nobody is connected of.

use std::collections::{BTreeMap, BTreeSet};

use tokio::sync::oneshot;

use super::runner::Outcome;
use crate::engine::{
    command::Order,
    event::Receipt,
    id::{InjectId, PersonId, TeamId},
    state::State,
    time::{Millis, Timestamp},
};

/// How often receipts are noted, at most.
const NOTED_EVERY: Millis = Millis::seconds(1);
/// How long nobody of a team has been connected before it counts as lost: a page that is loaded again
/// is no loss.
const LOST_AFTER: Millis = Millis::seconds(10);

/// Personal receipts since the last note, and who waits for it.
#[derive(Default)]
pub(super) struct Receipts {
    gathered: BTreeMap<(PersonId, InjectId), Receipt>,
    waiting: Vec<oneshot::Sender<Outcome>>,
    noted_at: Timestamp,
}

impl Receipts {
    pub(super) fn put(&mut self, receipt: Receipt, reply: oneshot::Sender<Outcome>) {
        let opened_at = receipt.opened_at;
        let known = self.gathered.entry((receipt.person.clone(), receipt.inject.clone())).or_insert(receipt);
        known.opened_at = known.opened_at.or(opened_at);
        self.waiting.push(reply);
    }

    /// What there is to note, if it is time.
    pub(super) fn take(&mut self, now: Timestamp) -> Option<(Vec<Receipt>, Vec<oneshot::Sender<Outcome>>)> {
        if self.waiting.is_empty() || now.since(self.noted_at) < NOTED_EVERY {
            return None;
        }
        self.noted_at = now;
        let receipts = std::mem::take(&mut self.gathered).into_values().collect();
        Some((receipts, std::mem::take(&mut self.waiting)))
    }
}

/// Since when nobody of a team has been connected that the log says is there.
#[derive(Default)]
pub(super) struct Absences(BTreeMap<TeamId, Timestamp>);

impl Absences {
    /// What has to be noted of the teams' connections.
    pub(super) fn notice(&mut self, state: &State, connected: &BTreeSet<TeamId>, now: Timestamp) -> Vec<Order> {
        let mut orders = Vec::new();
        for team in &state.teams {
            let is_here = connected.contains(&team.id);
            if is_here == team.connected {
                self.0.remove(&team.id);
                continue;
            }
            let since = *self.0.entry(team.id.clone()).or_insert(now);
            if is_here || now.since(since) >= LOST_AFTER {
                self.0.remove(&team.id);
                orders.push(Order::NoteConnection { team: team.id.clone(), connected: is_here });
            }
        }
        orders
    }
}
