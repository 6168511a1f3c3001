//! What control does: the clock, and what goes out to whom.

use std::collections::{BTreeMap, BTreeSet};

use super::{LINE_LIMIT, TEXT_LIMIT, checked};
use crate::engine::{
    command::{Actor, Command},
    event::{Fact, ReleaseCause},
    id::{InjectId, TeamId},
    plan::Inject,
    rejection::Rejection,
    role::Action,
    state::{Stage, State, Team},
    text::Text,
    time::{Millis, Timestamp},
};

const IN_PLAY: [Stage; 3] = [Stage::Running, Stage::Paused, Stage::Suspended];

impl State {
    pub(super) fn start_ex(&self, actor: &Actor) -> Result<Vec<Fact>, Rejection> {
        self.allow(actor, Action::StartAndEnd)?;
        self.in_stage(&[Stage::Ready])?;
        if self.teams.is_empty() {
            return Err(Rejection::NoTeams);
        }
        Ok(vec![Fact::ExerciseStarted])
    }

    pub(super) fn end_ex(&self, actor: &Actor) -> Result<Vec<Fact>, Rejection> {
        self.allow(actor, Action::StartAndEnd)?;
        self.in_stage(&IN_PLAY)?;
        Ok(vec![Fact::ExerciseEnded { hot_wash: self.plan.hot_wash.clone() }])
    }

    pub(super) fn pause(&self, actor: &Actor, team: Option<&TeamId>, reason: &str) -> Result<Vec<Fact>, Rejection> {
        self.allow(actor, Action::RunClock)?;
        self.in_stage(&IN_PLAY)?;
        if self.is_paused(team)? {
            return Err(Rejection::AlreadyPaused);
        }
        let reason = checked(reason, LINE_LIMIT)?.to_owned();
        Ok(vec![Fact::Paused { team: team.cloned(), reason }])
    }

    pub(super) fn resume(&self, actor: &Actor, team: Option<&TeamId>) -> Result<Vec<Fact>, Rejection> {
        self.allow(actor, Action::RunClock)?;
        self.in_stage(&IN_PLAY)?;
        if !self.is_paused(team)? {
            return Err(Rejection::NotPaused);
        }
        Ok(vec![Fact::Resumed { team: team.cloned() }])
    }

    fn is_paused(&self, team: Option<&TeamId>) -> Result<bool, Rejection> {
        Ok(match team {
            None => self.paused,
            Some(team) => self.known_team(team)?.paused,
        })
    }

    /// Sends an inject now. It may also go to a team that the plan does not mean it for.
    pub(super) fn release(
        &self,
        actor: &Actor,
        id: &InjectId,
        teams: Option<&BTreeSet<TeamId>>,
        at: Timestamp,
    ) -> Result<Vec<Fact>, Rejection> {
        self.allow(actor, Action::ControlInjects)?;
        self.in_stage(&[Stage::Running, Stage::Paused])?;
        let (position, inject, targets) = self.without_it(id, teams)?;
        let due = targets.iter().filter_map(|team| team.missed.get(&position)).min().copied();
        let cause = if due.is_some() { ReleaseCause::Missed } else { ReleaseCause::Staff };
        Ok(vec![released(inject, &targets, cause, due, at)])
    }

    pub(super) fn skip(
        &self,
        actor: &Actor,
        id: &InjectId,
        teams: Option<&BTreeSet<TeamId>>,
        reason: &str,
    ) -> Result<Vec<Fact>, Rejection> {
        self.allow(actor, Action::ControlInjects)?;
        self.in_stage(&[Stage::Ready, Stage::Running, Stage::Paused, Stage::Suspended])?;
        let (_, _, targets) = self.without_it(id, teams)?;
        let reason = checked(reason, LINE_LIMIT)?.to_owned();
        Ok(vec![Fact::InjectSkipped { inject: id.clone(), teams: ids(&targets), reason }])
    }

    pub(super) fn retime(
        &self,
        actor: &Actor,
        id: &InjectId,
        teams: Option<&BTreeSet<TeamId>>,
        plan_time: Millis,
        at: Timestamp,
    ) -> Result<Vec<Fact>, Rejection> {
        self.allow(actor, Action::ControlInjects)?;
        self.in_stage(&[Stage::Ready, Stage::Running, Stage::Paused, Stage::Suspended])?;
        let (_, _, targets) = self.without_it(id, teams)?;
        if !at.plus(plan_time).is_in_calendar() {
            return Err(Rejection::TimeOutOfRange);
        }
        if targets.iter().any(|team| plan_time <= team.clock.plan(at)) {
            return Err(Rejection::TimeInPast);
        }
        Ok(vec![Fact::InjectRetimed { inject: id.clone(), teams: ids(&targets), plan_time }])
    }

    pub(super) fn send_message(
        &self,
        command: &Command,
        team: Option<&TeamId>,
        title: &Text,
        body: &Text,
    ) -> Result<Vec<Fact>, Rejection> {
        self.allow(&command.actor, Action::ControlInjects)?;
        if let Some(team) = team {
            self.known_team(team)?;
        }
        Ok(vec![Fact::MessageSent {
            item: command.mint.item(0),
            team: team.cloned(),
            title: checked_languages(title, LINE_LIMIT)?,
            body: checked_languages(body, TEXT_LIMIT)?,
        }])
    }

    /// The teams addressed that do not have an inject: those named, or all that the plan means.
    fn without_it(
        &self,
        id: &InjectId,
        teams: Option<&BTreeSet<TeamId>>,
    ) -> Result<(usize, &Inject, Vec<&Team>), Rejection> {
        let (position, inject) = self.inject(id).ok_or_else(|| Rejection::UnknownInject(id.clone()))?;
        if !inject.is_sent() {
            return Err(Rejection::NeverSent(id.clone()));
        }
        let addressed = match teams {
            Some(teams) => teams.iter().map(|team| self.known_team(team)).collect::<Result<Vec<_>, _>>()?,
            None => self.teams.iter().filter(|team| Self::is_for(inject, team)).collect(),
        };
        let targets: Vec<_> = addressed.into_iter().filter(|team| !team.deliveries.contains_key(&position)).collect();
        if targets.is_empty() {
            return Err(Rejection::AlreadyReleased(id.clone()));
        }
        Ok((position, inject, targets))
    }
}

/// The fact that an inject went out, with all that was sent.
pub(super) fn released(
    inject: &Inject,
    teams: &[&Team],
    cause: ReleaseCause,
    due: Option<Timestamp>,
    at: Timestamp,
) -> Fact {
    let readings: BTreeMap<_, _> = teams.iter().map(|team| (team.id.clone(), team.clock.active(at))).collect();
    Fact::InjectReleased {
        inject: inject.id.clone(),
        teams: readings,
        cause,
        due,
        content: Box::new(inject.content.clone()),
    }
}

fn ids(teams: &[&Team]) -> BTreeSet<TeamId> {
    teams.iter().map(|team| team.id.clone()).collect()
}

fn checked_languages(text: &Text, limit: usize) -> Result<Text, Rejection> {
    if text.is_empty() {
        return Err(Rejection::EmptyText);
    }
    if let Some(language) = text.0.keys().find(|language| !language.is_tag()) {
        return Err(Rejection::BadLanguage(language.0.clone()));
    }
    text.0
        .iter()
        .map(|(language, text)| Ok((language.clone(), checked(text, limit)?.to_owned())))
        .collect::<Result<_, _>>()
        .map(Text)
}
