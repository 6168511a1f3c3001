//! NO DUFF: something real has happened, and the exercise must not hide it.

use super::{LINE_LIMIT, TEXT_LIMIT, checked};
use crate::engine::{
    command::Command,
    event::Fact,
    id::TeamId,
    rejection::Rejection,
    role::{Action, Relation, Role, may},
    state::{Stage, State},
};

impl State {
    /// Staff and team leads suspend all play; a player suspends the own team and alarms all staff.
    /// An observer alarms: the link of a wall is shown widely, so staff decide.
    pub(super) fn raise_no_duff(&self, command: &Command, text: &str, call_back: &str) -> Result<Vec<Fact>, Rejection> {
        let grant = self.grant(&command.actor).ok_or(Rejection::Forbidden)?;
        if !may(grant.role, Action::RaiseNoDuff, Relation::Own) {
            return Err(Rejection::Forbidden);
        }
        let raised = Fact::NoDuffRaised {
            item: command.mint.item(0),
            team: grant.team.clone(),
            text: command.mint.prose(0, checked(text, TEXT_LIMIT)?),
            call_back: command.mint.prose(1, checked(call_back, LINE_LIMIT)?),
        };
        let scope = grant.team.as_ref().filter(|_| matches!(grant.role, Role::Player | Role::TeamModerator));
        let in_play = matches!(self.stage(), Stage::Running | Stage::Paused);
        let suspends = in_play && grant.role != Role::Observer && !self.is_suspended(scope);
        Ok(std::iter::once(raised).chain(suspends.then(|| Fact::Suspended { team: scope.cloned() })).collect())
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
