//! What is made ready before the start.

use std::collections::BTreeSet;

use crate::engine::{
    event::{ComcheckRound, Event, Fact, Prepared},
    state::{Comcheck, SignedList, State},
};

impl State {
    pub(super) fn apply_prepared(&mut self, event: &Event) {
        let Fact::Prepared(prepared) = &event.fact else { return };
        let preparation = &mut self.preparation;
        match prepared {
            Prepared::ComcheckSent { round, injects, teams } => {
                let messages = injects.iter().map(|inject| (inject.id.clone(), inject.content.channel)).collect();
                let round = ComcheckRound { round: *round, messages, teams: teams.clone(), sent_at: event.at };
                let (acknowledged, answered) = (BTreeSet::new(), BTreeSet::new());
                let messages = injects.clone();
                preparation.comcheck = Some(Comcheck { round, messages, acknowledged, answered });
            }
            Prepared::ComcheckAcknowledged { inject, team } => {
                if let Some(comcheck) = &mut preparation.comcheck {
                    comcheck.acknowledged.insert((team.clone(), inject.clone()));
                }
            }
            Prepared::ComcheckAnswered { inject, team, .. } => {
                if let Some(comcheck) = &mut preparation.comcheck {
                    comcheck.answered.insert((team.clone(), inject.clone()));
                }
            }
            Prepared::ComcheckEnded(_) => {
                if let Some(comcheck) = &mut preparation.comcheck {
                    comcheck.messages.clear();
                }
            }
            Prepared::ReadyTicked { line, done: true, note } => {
                preparation.ticks.insert(*line, note.clone());
            }
            Prepared::ReadyTicked { line, done: false, .. } => {
                preparation.ticks.remove(line);
                // What was signed is not so any more.
                preparation.signed = None;
            }
            Prepared::ReadySigned { lines, note } => {
                // A note was copied into the list: erased in one place, it goes in both.
                for line in lines {
                    let original = preparation.ticks.get(&line.line).and_then(Option::as_ref);
                    if let (Some(of), Some(copy)) = (original, &line.note) {
                        self.copies.entry(of.part.clone()).or_default().insert(copy.part.clone());
                    }
                }
                let (by, at) = (event.actor.person().cloned(), event.at);
                preparation.signed = Some(SignedList { by, at, lines: lines.clone(), note: note.clone() });
            }
        }
    }
}
