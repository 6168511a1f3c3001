//! Counts over many rehearsals of one plan.

use super::model::{Frequencies, Frequency, TriggerKind};
use crate::engine::{plan::Plan, state::State};

/// What has been counted so far, by position of the inject in the plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tally {
    runs: u32,
    injects: Vec<Counts>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Counts {
    runs: u32,
    meant_for: u64,
    sent_to: u64,
}

impl Tally {
    /// Nothing has been counted of a plan with so many injects.
    #[must_use]
    pub fn new(injects: usize) -> Self {
        Self { runs: 0, injects: vec![Counts::default(); injects] }
    }

    /// Counts a rehearsal by how it ended.
    pub fn take(&mut self, state: &State) {
        self.runs += 1;
        for ((position, inject), counts) in state.plan.injects.iter().enumerate().zip(&mut self.injects) {
            let meant = state.teams.iter().filter(|team| State::is_for(inject, team));
            let sent = meant.clone().filter(|team| team.deliveries.contains_key(&position)).count();
            counts.meant_for += meant.count() as u64;
            counts.sent_to += sent as u64;
            counts.runs += u32::from(sent > 0);
        }
    }

    /// Adds what was counted elsewhere of the same plan.
    pub fn add(&mut self, other: &Self) {
        self.runs += other.runs;
        for (mine, theirs) in self.injects.iter_mut().zip(&other.injects) {
            mine.runs += theirs.runs;
            mine.meant_for += theirs.meant_for;
            mine.sent_to += theirs.sent_to;
        }
    }

    /// The counts with the names of the plan.
    #[must_use]
    pub fn frequencies(&self, plan: &Plan) -> Frequencies {
        let sent = plan.injects.iter().zip(&self.injects).filter(|(inject, _)| inject.is_sent());
        let injects: Vec<Frequency> = sent
            .map(|(inject, counts)| Frequency {
                inject: inject.id.clone(),
                title: inject.content.title.clone(),
                trigger: TriggerKind::of(inject),
                runs: counts.runs,
                meant_for: counts.meant_for,
                sent_to: counts.sent_to,
            })
            .collect();
        let never = injects.iter().filter(|line| line.runs == 0).map(|line| line.inject.clone()).collect();
        Frequencies { runs: self.runs, injects, never }
    }
}
