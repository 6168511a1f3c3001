//! What control does with what goes out, and to whom.

use std::collections::{BTreeMap, BTreeSet};

use super::{LINE_LIMIT, TEXT_LIMIT, checked, clock::BEFORE_END};
use crate::engine::{
    command::{Actor, Command},
    event::{Fact, ReleaseCause},
    id::{AlternativeId, InjectId, PersonId, PersonaId, TeamId},
    plan::{Content, Inject, Persona},
    rejection::Rejection,
    role::Action,
    state::{Stage, State, Team},
    text::Text,
    time::{Millis, Timestamp},
};

/// How long a release by hand can be undone, in wall time.
pub const GRACE: Millis = Millis::seconds(10);

impl State {
    /// Sends an inject now. It may also go to a team that the plan does not mean it for.
    pub(super) fn release(
        &self,
        actor: &Actor,
        id: &InjectId,
        teams: Option<&BTreeSet<TeamId>>,
        grace: bool,
        at: Timestamp,
    ) -> Result<Vec<Fact>, Rejection> {
        let steered = self.steered(actor, id, teams)?;
        let teams = steered.as_ref();
        self.in_stage(&[Stage::Running, Stage::Paused])?;
        let (position, inject, targets) = self.without_it(id, teams)?;
        refuse_if_all_stand(&targets)?;
        if grace {
            Self::armed(position, inject, &targets, actor, at)
        } else {
            Ok(self.sent_by_hand(position, inject, &targets, actor.person(), at))
        }
    }

    /// The release waits for a while, in which it can be undone.
    pub(super) fn armed(
        position: usize,
        inject: &Inject,
        targets: &[&Team],
        actor: &Actor,
        at: Timestamp,
    ) -> Result<Vec<Fact>, Rejection> {
        let (waiting, new): (Vec<&Team>, Vec<&Team>) =
            targets.iter().partition(|team| team.armed.contains_key(&position));
        let first = waiting.iter().find_map(|team| team.armed.get(&position));
        if let Some(first) = first.filter(|_| new.is_empty()) {
            let at = first.goes_at.plus(Millis(-GRACE.0));
            return Err(Rejection::AlreadyReleased { inject: inject.id.clone(), by: first.by.clone(), at });
        }
        let by = actor.person().cloned();
        Ok(vec![Fact::ReleaseArmed { inject: inject.id.clone(), teams: ids(&new), by, goes_at: at.plus(GRACE) }])
    }

    /// The facts that an inject goes out because somebody said so. Whoever stands after a call of NO DUFF
    /// gets nothing: it waits in the tray.
    pub(super) fn sent_by_hand(
        &self,
        position: usize,
        inject: &Inject,
        targets: &[&Team],
        by: Option<&PersonId>,
        at: Timestamp,
    ) -> Vec<Fact> {
        let (standing, going): (Vec<&Team>, Vec<&Team>) = targets.iter().partition(|team| team.suspended);
        let due = going.iter().filter_map(|team| Some(team.missed.get(&position)?.due)).min();
        let cause = if due.is_some() { ReleaseCause::Missed } else { ReleaseCause::Staff };
        let sent = self.released(inject, &going, &Sending { cause, by: by.cloned(), due, at });
        let new: Vec<&Team> = standing.into_iter().filter(|team| !team.missed.contains_key(&position)).collect();
        let (inject, teams) = (inject.id.clone(), ids(&new));
        let waits = Fact::InjectMissed { inject, teams, due: at, plan_time: None };
        sent.into_iter().chain((!new.is_empty()).then_some(waits)).collect()
    }

    /// The plan sends it again at its time; if that came meanwhile, it waits in the tray.
    pub(super) fn undo_release(
        &self,
        actor: &Actor,
        id: &InjectId,
        teams: Option<&BTreeSet<TeamId>>,
        at: Timestamp,
    ) -> Result<Vec<Fact>, Rejection> {
        let steered = self.steered(actor, id, teams)?;
        let teams = steered.as_ref();
        let (position, inject) = self.inject(id).ok_or_else(|| Rejection::UnknownInject(id.clone()))?;
        let armed: Vec<&Team> =
            self.addressed(teams)?.into_iter().filter(|team| team.armed.contains_key(&position)).collect();
        if armed.is_empty() {
            return Err(Rejection::NothingToUndo);
        }
        let late = armed.iter().filter_map(|team| Some((*team, inject, team.armed.get(&position)?.due?)));
        let late = late.filter(|(team, _, time)| *time < team.clock.plan(at));
        let undone = Fact::ReleaseUndone { inject: id.clone(), teams: ids(&armed) };
        Ok(std::iter::once(undone).chain(missed(late, at)).collect())
    }

    /// All that waits in the tray goes out, one after another as it fell due.
    pub(super) fn release_missed(&self, actor: &Actor, at: Timestamp) -> Result<Vec<Fact>, Rejection> {
        self.allow(actor, Action::ControlInjects)?;
        self.in_stage(&[Stage::Running, Stage::Paused])?;
        let tray = self.tray()?;
        refuse_if_all_stand(&tray.iter().flat_map(|(_, teams)| teams.iter().copied()).collect::<Vec<_>>())?;
        let sent = |(position, teams): (usize, Vec<&Team>)| {
            let inject = self.plan.injects.get(position)?;
            Some(self.sent_by_hand(position, inject, &teams, actor.person(), at))
        };
        Ok(tray.into_iter().filter_map(sent).flatten().collect())
    }

    pub(super) fn skip_missed(&self, actor: &Actor, reason: &str) -> Result<Vec<Fact>, Rejection> {
        self.allow(actor, Action::ControlInjects)?;
        self.in_stage(&BEFORE_END)?;
        let reason = checked(reason, LINE_LIMIT)?;
        let skipped = |(position, teams): (usize, Vec<&Team>)| {
            let inject = self.plan.injects.get(position)?.id.clone();
            Some(Fact::InjectSkipped { inject, teams: ids(&teams), reason: reason.to_owned(), jumped: false })
        };
        Ok(self.tray()?.into_iter().filter_map(skipped).collect())
    }

    /// What waits for a decision, in the order in which it fell due.
    fn tray(&self) -> Result<Vec<(usize, Vec<&Team>)>, Rejection> {
        let mut tray: BTreeMap<(Timestamp, Option<Millis>, usize), Vec<&Team>> = BTreeMap::new();
        for team in &self.teams {
            for (position, missed) in &team.missed {
                tray.entry((missed.due, missed.plan_time, *position)).or_default().push(team);
            }
        }
        if tray.is_empty() {
            return Err(Rejection::TrayEmpty);
        }
        Ok(tray.into_iter().map(|((_, _, position), teams)| (position, teams)).collect())
    }

    pub(super) fn hold(
        &self,
        actor: &Actor,
        id: &InjectId,
        teams: Option<&BTreeSet<TeamId>>,
        reason: &str,
    ) -> Result<Vec<Fact>, Rejection> {
        let steered = self.steered(actor, id, teams)?;
        let teams = steered.as_ref();
        self.in_stage(&BEFORE_END)?;
        let (position, _, mut targets) = self.without_it(id, teams)?;
        targets.retain(|team| !team.held.contains_key(&position));
        if targets.is_empty() {
            return Err(Rejection::AlreadyHeld(id.clone()));
        }
        let reason = checked(reason, LINE_LIMIT)?.to_owned();
        Ok(vec![Fact::InjectHeld { inject: id.clone(), teams: ids(&targets), reason }])
    }

    /// A held inject goes out again at its time; if that has passed, it waits in the tray.
    pub(super) fn free(
        &self,
        actor: &Actor,
        id: &InjectId,
        teams: Option<&BTreeSet<TeamId>>,
        at: Timestamp,
    ) -> Result<Vec<Fact>, Rejection> {
        let steered = self.steered(actor, id, teams)?;
        let teams = steered.as_ref();
        self.in_stage(&BEFORE_END)?;
        let (position, inject, mut targets) = self.without_it(id, teams)?;
        targets.retain(|team| team.held.contains_key(&position));
        if targets.is_empty() {
            return Err(Rejection::NotHeld(id.clone()));
        }
        let late = targets.iter().filter_map(|team| Some((*team, inject, team.held.get(&position).copied()??)));
        let late = late.filter(|(team, _, time)| *time < team.clock.plan(at));
        let freed = Fact::InjectFreed { inject: id.clone(), teams: ids(&targets) };
        Ok(std::iter::once(freed).chain(missed(late, at)).collect())
    }

    pub(super) fn skip(
        &self,
        actor: &Actor,
        id: &InjectId,
        teams: Option<&BTreeSet<TeamId>>,
        reason: &str,
    ) -> Result<Vec<Fact>, Rejection> {
        self.allow(actor, Action::ControlInjects)?;
        self.in_stage(&BEFORE_END)?;
        let (_, _, targets) = self.without_it(id, teams)?;
        let reason = checked(reason, LINE_LIMIT)?.to_owned();
        Ok(vec![Fact::InjectSkipped { inject: id.clone(), teams: ids(&targets), reason, jumped: false }])
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
        self.in_stage(&BEFORE_END)?;
        let (position, inject, targets) = self.without_it(id, teams)?;
        if !at.plus(plan_time).is_in_calendar() {
            return Err(Rejection::TimeOutOfRange);
        }
        if targets.iter().any(|team| plan_time <= team.clock.plan(at)) {
            return Err(Rejection::TimeInPast);
        }
        let retimed = ids(&targets);
        let is_left_out = |team: &&Team| !team.deliveries.contains_key(&position) && !retimed.contains(&team.id);
        let mut meant = self.teams.iter().filter(|team| Self::is_for(inject, team));
        let for_all = targets.iter().any(|team| Self::is_for(inject, team)) && !meant.any(|team| is_left_out(&team));
        Ok(vec![Fact::InjectRetimed { inject: id.clone(), teams: retimed, plan_time, for_all }])
    }

    /// A message to teams: control's own, or in the voice of a simulated sender.
    pub(super) fn send_message(
        &self,
        command: &Command,
        team: Option<&TeamId>,
        title: &Text,
        body: &Text,
        persona: Option<&PersonaId>,
    ) -> Result<Vec<Fact>, Rejection> {
        match persona {
            Some(persona) => self.allow_voice(&command.actor, persona)?,
            None => self.allow_for(&command.actor, Action::AddressTeam, team)?,
        }
        let from = persona.map(|persona| self.known_persona(persona)).transpose()?;
        if let Some(team) = team {
            self.known_team(team)?;
        }
        Ok(vec![Fact::MessageSent {
            item: command.mint.item(0),
            team: team.cloned(),
            title: checked_languages(title, LINE_LIMIT)?,
            body: checked_languages(body, TEXT_LIMIT)?,
            from: from.cloned(),
        }])
    }

    /// The teams addressed that do not have an inject: those named, or all that the plan means.
    pub(super) fn without_it(
        &self,
        id: &InjectId,
        teams: Option<&BTreeSet<TeamId>>,
    ) -> Result<(usize, &Inject, Vec<&Team>), Rejection> {
        let (position, inject) = self.inject(id).ok_or_else(|| Rejection::UnknownInject(id.clone()))?;
        if !inject.is_sent() {
            return Err(Rejection::NeverSent(id.clone()));
        }
        let addressed = match teams {
            Some(teams) if teams.is_empty() => return Err(Rejection::NoTeamNamed),
            Some(teams) => teams.iter().map(|team| self.known_team(team)).collect::<Result<Vec<_>, _>>()?,
            None => self.teams.iter().filter(|team| Self::is_for(inject, team)).collect(),
        };
        let has = |team: &&Team| team.deliveries.get(&position).map(|it| (it.released_by.clone(), it.released_at));
        let last = addressed.iter().filter_map(has).max_by_key(|(_, at)| *at);
        let targets: Vec<_> = addressed.into_iter().filter(|team| has(team).is_none()).collect();
        match last {
            Some((by, at)) if targets.is_empty() => Err(Rejection::AlreadyReleased { inject: id.clone(), by, at }),
            None if targets.is_empty() => Err(Rejection::ForNoTeam(id.clone())),
            Some(_) | None => Ok((position, inject, targets)),
        }
    }

    /// The facts that an inject went out, with all that was sent: one for each wording.
    pub(super) fn released(&self, inject: &Inject, teams: &[&Team], sending: &Sending) -> Vec<Fact> {
        let mut wordings: Vec<(Option<AlternativeId>, Content, BTreeMap<TeamId, Millis>)> = Vec::new();
        for team in teams {
            let reading = (team.id.clone(), team.clock.active(sending.at));
            let (alternative, content) = self.content_for(inject, team);
            let alternative = alternative.map(|other| other.id.clone());
            match wordings.iter_mut().find(|(other, same, _)| *other == alternative && *same == content) {
                Some((_, _, readings)) => readings.extend([reading]),
                None => wordings.push((alternative, content, BTreeMap::from([reading]))),
            }
        }
        let fact = |(alternative, content, teams)| Fact::InjectReleased {
            inject: inject.id.clone(),
            teams,
            cause: sending.cause,
            by: sending.by.clone(),
            due: sending.due,
            alternative,
            content: Box::new(content),
        };
        wordings.into_iter().map(fact).collect()
    }

    pub(super) fn known_persona(&self, id: &PersonaId) -> Result<&Persona, Rejection> {
        self.plan.persona(id).ok_or_else(|| Rejection::UnknownPersona(id.clone()))
    }
}

/// Why, by whom and when something goes out.
pub(super) struct Sending {
    pub(super) cause: ReleaseCause,
    pub(super) by: Option<PersonId>,
    pub(super) due: Option<Timestamp>,
    pub(super) at: Timestamp,
}

/// Real help comes first: nothing is sent to teams that stand after a call of NO DUFF.
pub(super) fn refuse_if_all_stand(targets: &[&Team]) -> Result<(), Rejection> {
    match targets.first() {
        Some(first) if targets.iter().all(|team| team.suspended) => Err(Rejection::TeamSuspended(first.id.clone())),
        Some(_) | None => Ok(()),
    }
}

/// What has no time left to go out by itself: in the order in which the plan has it.
pub(super) fn missed<'a>(items: impl Iterator<Item = (&'a Team, &'a Inject, Millis)>, at: Timestamp) -> Vec<Fact> {
    let mut by_time: BTreeMap<Millis, Vec<(&InjectId, BTreeSet<TeamId>)>> = BTreeMap::new();
    for (team, inject, time) in items {
        let injects = by_time.entry(time).or_default();
        match injects.iter_mut().find(|(id, _)| **id == inject.id) {
            Some((_, teams)) => _ = teams.insert(team.id.clone()),
            None => injects.push((&inject.id, BTreeSet::from([team.id.clone()]))),
        }
    }
    let fact = |plan_time| {
        move |(inject, teams): (&InjectId, _)| Fact::InjectMissed {
            inject: inject.clone(),
            teams,
            due: at,
            plan_time: Some(plan_time),
        }
    };
    by_time.into_iter().flat_map(|(time, injects)| injects.into_iter().map(fact(time))).collect()
}

pub(super) fn ids(teams: &[&Team]) -> BTreeSet<TeamId> {
    teams.iter().map(|team| team.id.clone()).collect()
}

pub(super) fn checked_languages(text: &Text, limit: usize) -> Result<Text, Rejection> {
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
