//! Who may release, hold and say what beyond control: a moderator for the own team, a role player what comes from
//! the own simulated senders, a planner before `StartEx`.

use std::collections::BTreeSet;

use crate::engine::{
    command::Actor,
    id::{InjectId, PersonaId, TeamId},
    rejection::Rejection,
    role::{Action, Relation},
    state::{Stage, State},
};

impl State {
    /// The teams for which somebody may release or hold an inject: all that are asked for, or a moderator's own.
    /// Whoever has no right to an inject is not told whether there is one.
    pub(super) fn steered(
        &self,
        actor: &Actor,
        id: &InjectId,
        teams: Option<&BTreeSet<TeamId>>,
    ) -> Result<Option<BTreeSet<TeamId>>, Rejection> {
        let grant = self.grant(actor).ok_or(Rejection::Forbidden)?;
        if grant.may(Action::HoldAndRelease, Relation::Other) {
            return Ok(teams.cloned());
        }
        let inject = self.inject(id).map(|(_, inject)| inject);
        if grant.may(Action::SpeakAsPersona, Relation::Other) {
            let sender = inject.and_then(|inject| inject.content.from.as_ref()).zip(actor.person());
            let own = sender.is_some_and(|(persona, person)| self.speaks_as(person, &persona.id));
            return if own { Ok(teams.cloned()) } else { Err(Rejection::Forbidden) };
        }
        let (own, _) = self.allow_own(actor, Action::HoldAndRelease)?;
        if teams.is_some_and(|teams| teams.iter().any(|team| *team != own.id)) {
            return Err(Rejection::Forbidden);
        }
        let meant = inject.is_some_and(|inject| Self::is_for(inject, own));
        if meant { Ok(Some([own.id.clone()].into())) } else { Err(Rejection::UnknownInject(id.clone())) }
    }

    /// Somebody who may speak as a simulated sender, and as this one.
    pub(super) fn allow_voice(&self, actor: &Actor, persona: &PersonaId) -> Result<(), Rejection> {
        self.allow(actor, Action::SpeakAsPersona)?;
        self.known_persona(persona)?;
        let speaks = actor.person().is_some_and(|person| self.speaks_as(person, persona));
        speaks.then_some(()).ok_or(Rejection::Forbidden)
    }

    /// Somebody who may do something to this team, or to all of them.
    pub(super) fn allow_for(&self, actor: &Actor, action: Action, team: Option<&TeamId>) -> Result<(), Rejection> {
        let grant = self.grant(actor).ok_or(Rejection::Forbidden)?;
        grant.may(action, grant.relation(team)).then_some(()).ok_or(Rejection::Forbidden)
    }

    /// Control writes injects until the end; whoever plans writes what is not sent at once, before `StartEx`.
    pub(super) fn allow_writing(&self, actor: &Actor, release: bool) -> Result<(), Rejection> {
        let grant = self.grant(actor).ok_or(Rejection::Forbidden)?;
        if grant.may(Action::ControlInjects, Relation::Other) {
            return Ok(());
        }
        self.allow(actor, Action::WritePlan)?;
        if release { Err(Rejection::Forbidden) } else { self.in_stage(&[Stage::Ready]) }
    }

    /// Control changes a team's words until the end; whoever plans, and the team's moderator, before `StartEx`.
    pub(super) fn allow_words(&self, actor: &Actor, team: &TeamId) -> Result<(), Rejection> {
        if self.allow(actor, Action::ControlInjects).is_ok() {
            return Ok(());
        }
        self.allow_for(actor, Action::WritePlan, Some(team))?;
        self.in_stage(&[Stage::Ready])
    }
}
