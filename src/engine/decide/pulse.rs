//! What the passing of time brings.
//!
//! Ties are settled by due instant, then file order, then order of teams. What is found more than
//! [`LATE_TOLERANCE`] after it was due goes to the missed tray and never bursts out.

use super::control::released;
use crate::engine::{
    event::{Fact, ReleaseCause},
    state::{Stage, State, Team},
    time::{Clock, Millis, Timestamp},
};

/// How late an item may be found and still go out by itself, in wall time.
pub const LATE_TOLERANCE: Millis = Millis::seconds(5);

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct DueItem {
    due: Timestamp,
    what: What,
    /// Position of the phase or inject.
    position: usize,
    /// Position of the team; none for the exercise as a whole.
    team: Option<usize>,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum What {
    Phase,
    Close,
    Release,
}

impl State {
    /// The next instant at which a pulse finds something; none while everything stands.
    #[must_use]
    pub fn next_deadline(&self) -> Option<Timestamp> {
        let phase = self.next_phase(self.phases_begun).and_then(|(_, from)| self.clock.plan_due(from));
        let of_teams = self.teams.iter().flat_map(|team| {
            let phase = self.next_phase(team.phases_begun).and_then(|(_, from)| team.clock.plan_due(from));
            let release = team.due.first().and_then(|time| team.clock.plan_due(time));
            let close = team.closing.first().and_then(|time| team.clock.active_due(time));
            [phase, release, close]
        });
        of_teams.flatten().chain(phase).min()
    }

    pub(super) fn pulse(&self, at: Timestamp) -> Vec<Fact> {
        if self.stage() != Stage::Running {
            return Vec::new();
        }
        let mut items = self.due_items(at);
        items.sort_unstable();
        let mut facts = Vec::new();
        for group in items.chunk_by(|a, b| (a.due, a.what, a.position) == (b.due, b.what, b.position)) {
            facts.extend(self.fall_due(group, at));
        }
        facts
    }

    fn due_items(&self, at: Timestamp) -> Vec<DueItem> {
        let mut items = Vec::new();
        items.extend(self.due_phase(&self.clock, self.phases_begun, None, at));
        for (index, team) in self.teams.iter().enumerate().filter(|(_, team)| team.clock.is_running()) {
            let item = |what, position| move |due| DueItem { due, what, position, team: Some(index) };
            items.extend(self.due_phase(&team.clock, team.phases_begun, Some(index), at));
            items.extend(
                team.due
                    .until(team.clock.plan(at))
                    .filter_map(|(time, position)| team.clock.plan_due(time).map(item(What::Release, position))),
            );
            items.extend(
                team.closing
                    .until(team.clock.active(at))
                    .filter_map(|(time, position)| team.clock.active_due(time).map(item(What::Close, position))),
            );
        }
        items
    }

    fn due_phase(&self, clock: &Clock, begun: usize, team: Option<usize>, at: Timestamp) -> Option<DueItem> {
        let (position, from) = self.next_phase(begun)?;
        let due = clock.plan_due(from).filter(|due| *due <= at)?;
        Some(DueItem { due, what: What::Phase, position, team })
    }

    fn fall_due(&self, group: &[DueItem], at: Timestamp) -> Option<Fact> {
        let first = group.first()?;
        let teams: Vec<&Team> = group.iter().filter_map(|item| self.teams.get(item.team?)).collect();
        let ids = || teams.iter().map(|team| team.id.clone()).collect();
        if first.what == What::Phase {
            let phase = self.plan.phases.get(first.position)?;
            return Some(Fact::PhaseBegan {
                phase: phase.id.clone(),
                title: phase.title.clone(),
                situation: phase.situation.clone(),
                teams: ids(),
                for_exercise: first.team.is_none(),
            });
        }
        let inject = self.plan.injects.get(first.position)?;
        Some(if first.what == What::Close {
            Fact::AnswerClosed { inject: inject.id.clone(), teams: ids() }
        } else if at.since(first.due) > LATE_TOLERANCE {
            Fact::InjectMissed { inject: inject.id.clone(), teams: ids(), due: first.due }
        } else {
            released(inject, &teams, ReleaseCause::Due, Some(first.due), at)
        })
    }

    /// The phase after those that have begun, and its plan time.
    fn next_phase(&self, begun: usize) -> Option<(usize, Millis)> {
        let position = *self.phase_order.get(begun)?;
        Some((position, self.plan.phases.get(position)?.from))
    }
}
