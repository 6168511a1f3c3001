//! NO DUFF: something real has happened, and the exercise must not hide it.

use super::{LINE_LIMIT, TEXT_LIMIT, checked};
use crate::engine::{
    command::Command,
    event::{DuffVerdict, Fact},
    id::{ItemId, TeamId},
    rejection::Rejection,
    role::{Action, Relation, Role, may},
    state::{Stage, State},
    time::{Millis, Timestamp},
};

/// How long staff have to decide on a player's call before play stands for everybody, in wall time.
pub const DECISION_TIME: Millis = Millis::seconds(30);

impl State {
    /// Staff and team leads suspend all play; a player suspends the own team and alarms all staff.
    /// An observer alarms: the link of a wall is shown widely, so staff decide.
    /// A player's call widens to everybody unless staff decide in time. One open call a person: a second
    /// adds nothing but noise.
    pub(super) fn raise_no_duff(
        &self,
        command: &Command,
        text: &str,
        call_back: &str,
        at: Timestamp,
    ) -> Result<Vec<Fact>, Rejection> {
        let grant = self.grant(&command.actor).ok_or(Rejection::Forbidden)?;
        if !may(grant.role, Action::RaiseNoDuff, Relation::Own) {
            return Err(Rejection::Forbidden);
        }
        if self.calls.values().any(|call| call.by == command.actor) {
            return Err(Rejection::CallOpen);
        }
        let scope = grant.team.as_ref().filter(|_| matches!(grant.role, Role::Player | Role::TeamModerator));
        let in_play = matches!(self.stage(), Stage::Running | Stage::Paused);
        let raised = Fact::NoDuffRaised {
            item: command.mint.item(0),
            team: grant.team.clone(),
            text: command.mint.prose(0, checked(text, TEXT_LIMIT)?),
            call_back: command.mint.prose(1, checked(call_back, LINE_LIMIT)?),
            escalates_at: (in_play && scope.is_some()).then(|| at.plus(DECISION_TIME)),
        };
        let suspends = in_play && grant.role != Role::Observer && !self.is_suspended(scope);
        Ok(std::iter::once(raised).chain(suspends.then(|| Fact::Suspended { team: scope.cloned() })).collect())
    }

    /// Staff decide on a call before it widens by itself, or close one that suspended nothing.
    pub(super) fn decide_no_duff(
        &self,
        command: &Command,
        item: &ItemId,
        verdict: DuffVerdict,
        note: &str,
    ) -> Result<Vec<Fact>, Rejection> {
        self.allow(&command.actor, Action::DecideNoDuff)?;
        let call = self.calls.get(item).ok_or_else(|| Rejection::UnknownCall(item.clone()))?;
        let team = call.team.clone();
        let stands = self.suspended || (team.is_some() && self.is_suspended(team.as_ref()));
        if verdict == DuffVerdict::StandDown && stands {
            return Err(Rejection::StillSuspended);
        }
        let note = command.mint.prose(0, checked(note, TEXT_LIMIT)?);
        let decided = Fact::NoDuffDecided { item: item.clone(), team, verdict, note };
        let in_play = matches!(self.stage(), Stage::Running | Stage::Paused);
        let suspends = verdict == DuffVerdict::SuspendAll && in_play;
        Ok(std::iter::once(decided).chain(suspends.then_some(Fact::Suspended { team: None })).collect())
    }

    pub(super) fn lift_suspension(
        &self,
        command: &Command,
        team: Option<&TeamId>,
        decision: &str,
    ) -> Result<Vec<Fact>, Rejection> {
        self.allow(&command.actor, Action::LiftSuspension)?;
        if let Some(team) = team {
            self.known_team(team)?;
        }
        if !self.is_suspended(team) {
            return Err(Rejection::NotSuspended);
        }
        let decision = command.mint.prose(0, checked(decision, TEXT_LIMIT)?);
        Ok(vec![Fact::SuspensionLifted { team: team.cloned(), decision }])
    }

    fn is_suspended(&self, team: Option<&TeamId>) -> bool {
        match team {
            None => self.suspended,
            Some(team) => self.team(team).is_some_and(|team| team.suspended),
        }
    }
}
