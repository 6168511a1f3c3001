//! NO DUFF: something real has happened, and the exercise must not hide it.

use std::collections::{BTreeMap, BTreeSet};

use super::{LINE_LIMIT, TEXT_LIMIT, checked};
use crate::engine::{
    command::Command,
    event::{Calls, DuffVerdict, Fact, NoDuffDecided},
    id::{ItemId, TeamId},
    rejection::Rejection,
    role::{Action, Relation, Role},
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
        if !grant.may(Action::RaiseNoDuff, Relation::Own) {
            return Err(Rejection::Forbidden);
        }
        if self.calls.values().any(|call| call.by == command.actor) {
            return Err(Rejection::CallOpen);
        }
        let scope = grant.team.as_ref().filter(|_| matches!(grant.role, Role::Player | Role::TeamModerator));
        let in_play = matches!(self.stage(), Stage::Running | Stage::Paused);
        let item = command.mint.item(0);
        let raised = Fact::NoDuffRaised {
            item: item.clone(),
            team: grant.team.clone(),
            text: command.mint.prose(0, checked(text, TEXT_LIMIT)?),
            call_back: command.mint.prose(1, checked(call_back, LINE_LIMIT)?),
            escalates_at: (in_play && scope.is_some()).then(|| at.plus(DECISION_TIME)),
        };
        let suspends = in_play && grant.role != Role::Observer && !self.is_suspended(scope);
        let suspended = || Fact::Suspended { team: scope.cloned(), calls: Calls::from([(item, grant.team.clone())]) };
        Ok(std::iter::once(raised).chain(suspends.then(suspended)).collect())
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
        let all_stand = self.suspended && call.standing.stops_all();
        let stands = all_stand || (team.is_some() && self.is_suspended(team.as_ref()));
        if verdict == DuffVerdict::StandDown && stands {
            return Err(Rejection::StillSuspended);
        }
        let note = command.mint.prose(0, checked(note, TEXT_LIMIT)?);
        let suspended = Fact::Suspended { team: None, calls: Calls::from([(item.clone(), team.clone())]) };
        let decided = Fact::NoDuffDecided(NoDuffDecided { item: item.clone(), team, verdict, note });
        let in_play = matches!(self.stage(), Stage::Running | Stage::Paused);
        let suspends = verdict == DuffVerdict::SuspendAll && in_play;
        Ok(std::iter::once(decided).chain(suspends.then_some(suspended)).collect())
    }

    /// At any time: who decides on calls says where they are to be told of one when the line is gone.
    pub(super) fn set_hall_contact(&self, command: &Command, text: &str) -> Result<Vec<Fact>, Rejection> {
        self.allow(&command.actor, Action::DecideNoDuff)?;
        Ok(vec![Fact::HallContactSet { text: command.mint.prose(0, checked(text, LINE_LIMIT)?) }])
    }

    /// Play goes on for what the decision answers. It does not go on over a call that nobody decided on,
    /// nor does such a call vanish with the decision on another.
    pub(super) fn lift_suspension(
        &self,
        command: &Command,
        team: Option<&TeamId>,
        decision: &str,
        calls: Option<&BTreeSet<ItemId>>,
    ) -> Result<Vec<Fact>, Rejection> {
        self.allow(&command.actor, Action::LiftSuspension)?;
        if let Some(team) = team {
            self.known_team(team)?;
        }
        if !self.is_suspended(team) {
            return Err(Rejection::NotSuspended);
        }
        let decision = command.mint.prose(0, checked(decision, TEXT_LIMIT)?);
        let calls = Some(self.answered_calls(team, calls)?);
        Ok(vec![Fact::SuspensionLifted { team: team.cloned(), decision, calls }])
    }

    fn answered_calls(&self, team: Option<&TeamId>, named: Option<&BTreeSet<ItemId>>) -> Result<Calls, Rejection> {
        let known = |item: &ItemId| self.calls.get(item).is_some_and(|call| call.is_about(team));
        if let Some(unknown) = named.and_then(|named| named.iter().find(|item| !known(item))) {
            return Err(Rejection::UnknownCall(unknown.clone()));
        }
        let (answered, left): (BTreeMap<_, _>, BTreeMap<_, _>) = self
            .calls
            .iter()
            .partition(|(item, call)| named.map_or_else(|| call.causes(team), |named| named.contains(*item)));
        let unanswered: BTreeSet<ItemId> =
            left.into_iter().filter(|(_, call)| call.bars_lifting(team)).map(|(item, _)| item.clone()).collect();
        if !unanswered.is_empty() {
            return Err(Rejection::UnansweredCalls(unanswered));
        }
        Ok(answered.into_iter().map(|(item, call)| (item.clone(), call.team.clone())).collect())
    }

    fn is_suspended(&self, team: Option<&TeamId>) -> bool {
        match team {
            None => self.suspended,
            Some(team) => self.team(team).is_some_and(|team| team.suspended),
        }
    }
}
