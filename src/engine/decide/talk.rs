//! What people write: the team's log, threads, the staff's own channel, messages between teams, notes.
//! Logs and threads are open at any time: nothing that people write is lost.

use std::collections::{BTreeMap, BTreeSet};

use super::{LINE_LIMIT, TEXT_LIMIT, checked};
use crate::engine::{
    command::{Actor, Command},
    event::{EntryKind, Fact, ObservationNoted, Polarity, StaffTalk},
    id::{AliasId, InjectId, ItemId, PartId, PersonaId, TeamId},
    plan::{Capability, Tlp},
    rejection::Rejection,
    role::{Action, Relation},
    state::{Stage, State},
    text::Text,
    time::{Millis, Timestamp},
};

/// How far ahead of the server a client's clock may be.
pub(super) const CLOCK_SKEW: Millis = Millis::minutes(2);

/// An entry of a team's log on its way in.
pub(super) struct Entry<'a> {
    pub(super) text: &'a str,
    pub(super) happened_at: Option<Timestamp>,
    pub(super) inject: Option<&'a InjectId>,
    pub(super) kind: EntryKind,
    pub(super) tlp: Option<Tlp>,
    pub(super) corrects: Option<&'a ItemId>,
}

/// A message from one team to others.
pub(super) struct Letter<'a> {
    pub(super) to: &'a BTreeSet<AliasId>,
    pub(super) text: &'a str,
    pub(super) tlp: Tlp,
    pub(super) inject: Option<&'a InjectId>,
}

/// An observer's note.
pub(super) struct Note<'a> {
    pub(super) text: &'a str,
    pub(super) team: Option<&'a TeamId>,
    pub(super) inject: Option<&'a InjectId>,
    pub(super) capability: Option<Capability>,
    pub(super) polarity: Polarity,
}

impl State {
    pub(super) fn write_log(
        &self,
        command: &Command,
        entry: &Entry<'_>,
        at: Timestamp,
    ) -> Result<Vec<Fact>, Rejection> {
        let (team, _) = self.allow_own(&command.actor, Action::WriteTeamLog)?;
        if let Some(inject) = entry.inject {
            self.received(team, inject)?;
        }
        if let Some(corrected) = entry.corrects.filter(|item| !team.entries.contains(item)) {
            return Err(Rejection::UnknownEntry(corrected.clone()));
        }
        let happened_at = entry.happened_at.unwrap_or(at);
        if happened_at > at.plus(CLOCK_SKEW) {
            return Err(Rejection::FutureTime);
        }
        if !happened_at.is_in_calendar() {
            return Err(Rejection::TimeOutOfRange);
        }
        Ok(vec![Fact::LogWritten {
            item: command.mint.item(0),
            team: team.id.clone(),
            text: command.mint.prose(0, checked(entry.text, TEXT_LIMIT)?),
            happened_at,
            inject: entry.inject.cloned(),
            kind: entry.kind,
            tlp: entry.tlp,
            corrects: entry.corrects.cloned(),
        }])
    }

    /// Control names the team; a team's own people write into their own thread only. A line in the voice
    /// of a simulated sender, or to one, is for role players too.
    pub(super) fn say(
        &self,
        command: &Command,
        team: Option<&TeamId>,
        text: &str,
        persona: Option<&PersonaId>,
    ) -> Result<Vec<Fact>, Rejection> {
        let grant = self.grant(&command.actor).ok_or(Rejection::Forbidden)?;
        let team = team.or(grant.team.as_ref()).ok_or(Rejection::TeamMismatch)?;
        let relation = grant.relation(Some(team));
        match persona.filter(|_| grant.may(Action::SpeakAsPersona, relation)) {
            Some(persona) => self.allow_voice(&command.actor, persona)?,
            None if grant.may(Action::Talk, relation) => {}
            None => return Err(Rejection::Forbidden),
        }
        self.known_team(team)?;
        let persona = persona.map(|persona| self.known_persona(persona)).transpose()?;
        // To a team nobody exists whom it has not heard from.
        let unmet = persona.filter(|persona| relation == Relation::Own && !self.has_met(team, &persona.id));
        if let Some(persona) = unmet {
            return Err(Rejection::UnknownPersona(persona.id.clone()));
        }
        Ok(vec![Fact::Said {
            item: command.mint.item(0),
            team: team.clone(),
            text: command.mint.prose(0, checked(text, TEXT_LIMIT)?),
            from_control: relation == Relation::Other,
            persona: persona.cloned(),
        }])
    }

    fn has_met(&self, team: &TeamId, persona: &PersonaId) -> bool {
        self.team(team).is_some_and(|team| team.met.contains(persona))
    }

    pub(super) fn say_to_staff(&self, command: &Command, text: &str, kind: StaffTalk) -> Result<Vec<Fact>, Rejection> {
        self.allow(&command.actor, Action::TalkToStaff)?;
        let text = command.mint.prose(0, checked(text, TEXT_LIMIT)?);
        Ok(vec![Fact::StaffSaid { item: command.mint.item(0), kind, text }])
    }

    /// Teams know each other by aliases only. Over a line that is cut nothing comes or goes.
    pub(super) fn write_to_peers(&self, command: &Command, letter: &Letter<'_>) -> Result<Vec<Fact>, Rejection> {
        let (team, _) = self.allow_own(&command.actor, Action::WriteToPeers)?;
        self.in_stage(&[Stage::Running, Stage::Paused])?;
        if let Some(inject) = letter.inject {
            self.received(team, inject)?;
        }
        let own = self.aliases.iter().find(|(_, holder)| **holder == team.id).ok_or(Rejection::NoAlias)?.0;
        if letter.to.is_empty() {
            return Err(Rejection::NoAddressee);
        }
        let mut to = BTreeMap::new();
        for alias in letter.to {
            let unknown = || Rejection::UnknownAlias(alias.clone());
            let addressee = self.aliases.get(alias).filter(|_| alias != own).ok_or_else(unknown)?;
            to.insert(addressee.clone(), self.alias_name(alias).ok_or_else(unknown)?.clone());
            if self.team(addressee).is_some_and(|team| !team.cuts.is_empty()) {
                return Err(Rejection::LinkDown);
            }
        }
        if !team.cuts.is_empty() {
            return Err(Rejection::LinkDown);
        }
        Ok(vec![Fact::PeerSent {
            item: command.mint.item(0),
            from: team.id.clone(),
            from_name: self.alias_name(own).ok_or(Rejection::NoAlias)?.clone(),
            to,
            text: command.mint.prose(0, checked(letter.text, TEXT_LIMIT)?),
            tlp: letter.tlp,
            inject: letter.inject.cloned(),
        }])
    }

    fn alias_name(&self, alias: &AliasId) -> Option<&Text> {
        self.plan.directory.iter().find(|contact| contact.alias.as_ref() == Some(alias)).map(|contact| &contact.name)
    }

    /// What somebody who watches has seen, for the evaluation.
    pub(super) fn observe(&self, command: &Command, note: &Note<'_>) -> Result<Vec<Fact>, Rejection> {
        let grant = self.grant(&command.actor).ok_or(Rejection::Forbidden)?;
        self.allow_for(&command.actor, Action::Observe, note.team)?;
        if let Some(team) = note.team {
            self.known_team(team)?;
        }
        if let Some(inject) = note.inject {
            let unknown = || Rejection::UnknownInject(inject.clone());
            let (position, _) = self.inject(inject).ok_or_else(unknown)?;
            // Whoever does not see the plan does not learn of it by asking.
            let sees_plan = grant.may(Action::SeeGroundTruth, Relation::Other);
            let is_out = self.teams.iter().any(|team| team.deliveries.contains_key(&position));
            if !sees_plan && !is_out {
                return Err(unknown());
            }
        }
        Ok(vec![Fact::ObservationNoted(ObservationNoted {
            item: command.mint.item(0),
            text: command.mint.prose(0, checked(note.text, TEXT_LIMIT)?),
            team: note.team.cloned(),
            inject: note.inject.cloned(),
            capability: note.capability,
            polarity: note.polarity,
        })])
    }

    pub(super) fn erase_part(&self, actor: &Actor, part: &PartId, reason: &str) -> Result<Vec<Fact>, Rejection> {
        self.allow(actor, Action::Erase)?;
        if !self.parts.contains(part) {
            return Err(Rejection::UnknownPart(part.clone()));
        }
        self.erase_parts(actor, std::slice::from_ref(part), reason)
    }

    /// Texts and the copies of them, each once, as far as they are still there.
    pub(super) fn erase_parts(&self, actor: &Actor, parts: &[PartId], reason: &str) -> Result<Vec<Fact>, Rejection> {
        if *actor != Actor::System {
            self.allow(actor, Action::Erase)?;
        }
        let reason = checked(reason, LINE_LIMIT)?;
        let known: BTreeSet<&PartId> = self.parts.iter().collect();
        let copies = |part| self.copies.get(part).into_iter().flatten();
        let mut told = BTreeSet::new();
        let there = parts.iter().flat_map(|part| std::iter::once(part).chain(copies(part)));
        let gone = there.filter(|part| known.contains(part) && told.insert(*part));
        Ok(gone.map(|part| Fact::PartErased { part: part.clone(), reason: reason.to_owned() }).collect())
    }
}
