//! What the state holds of the time before the start.

use std::collections::{BTreeMap, BTreeSet};

use crate::engine::{
    event::{ComcheckRound, ReadyLine, ReadyState},
    id::{InjectId, PartId, PersonId, TeamId},
    plan::Inject,
    prose::Prose,
    time::Timestamp,
};

/// The check of lines and the go/no-go list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Preparation {
    /// The last comcheck.
    pub comcheck: Option<Comcheck>,
    /// Lines that a person looked after, and what there was to say.
    pub ticks: BTreeMap<ReadyLine, Option<Prose>>,
    /// The signature on the list, unless a tick was taken back since.
    pub signed: Option<SignedList>,
}

/// A comcheck, and what came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comcheck {
    /// What it sent.
    pub round: ComcheckRound,
    /// Its messages, while teams have them.
    pub messages: Vec<Inject>,
    /// Who acknowledged what.
    pub acknowledged: BTreeSet<(TeamId, InjectId)>,
    /// Who answered what.
    pub answered: BTreeSet<(TeamId, InjectId)>,
}

impl Comcheck {
    /// Whether a team has answered on every channel.
    #[must_use]
    pub fn is_done_by(&self, team: &TeamId) -> bool {
        self.round.messages.keys().all(|inject| self.answered.contains(&(team.clone(), inject.clone())))
    }
}

/// A go/no-go list as it was signed.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub struct SignedList {
    pub by: Option<PersonId>,
    pub at: Timestamp,
    pub lines: Vec<ReadyState>,
    pub note: Option<Prose>,
}

impl Preparation {
    /// The message of an open comcheck that a team has.
    #[must_use]
    pub fn message(&self, team: &TeamId, inject: &InjectId) -> Option<&Inject> {
        let comcheck = self.comcheck.as_ref().filter(|comcheck| comcheck.round.teams.contains(team))?;
        comcheck.messages.iter().find(|message| message.id == *inject)
    }

    /// Drops an erased text.
    pub(in crate::engine) fn forget(&mut self, part: &PartId) {
        let signed = self
            .signed
            .iter_mut()
            .flat_map(|signed| signed.lines.iter_mut().filter_map(|line| line.note.as_mut()).chain(&mut signed.note));
        let notes = self.ticks.values_mut().flatten().chain(signed);
        notes.filter(|note| note.part == *part).for_each(|note| note.content = None);
    }
}
