//! Injects that are written or amended on the day, and what they are checked for: the same as a
//! scenario file, as far as play depends on it.

use super::{
    LINE_LIMIT, TEXT_LIMIT, checked_id,
    clock::BEFORE_END,
    control::{checked_languages, missed, refuse_if_all_stand},
    form::check_form,
};
use crate::engine::{
    command::Actor,
    event::Fact,
    plan::{Condition, Content, Inject, InjectAudience, Trigger},
    rejection::Rejection,
    state::{Stage, State, Team},
    time::{Millis, Timestamp},
};

/// How deep conditions may nest.
const DEEPEST: usize = 8;
/// Longest time after which something follows: a week.
const LONGEST_DELAY: Millis = Millis::minutes(7 * 24 * 60);

impl State {
    pub(super) fn add_inject(
        &self,
        actor: &Actor,
        inject: &Inject,
        release: bool,
        at: Timestamp,
    ) -> Result<Vec<Fact>, Rejection> {
        self.allow_writing(actor, release)?;
        self.in_stage(&BEFORE_END)?;
        if self.inject(&inject.id).is_some() {
            return Err(Rejection::InjectExists(inject.id.clone()));
        }
        self.check_inject(inject)?;
        let added = Fact::InjectAdded { inject: Box::new(inject.clone()) };
        if !release {
            return Ok(std::iter::once(added).chain(self.past_already(inject, at)).collect());
        }
        self.in_stage(&[Stage::Running, Stage::Paused])?;
        if !inject.is_sent() {
            return Err(Rejection::NeverSent(inject.id.clone()));
        }
        let targets: Vec<&Team> = self.teams.iter().filter(|team| Self::is_for(inject, team)).collect();
        if targets.is_empty() {
            return Err(Rejection::ForNoTeam(inject.id.clone()));
        }
        refuse_if_all_stand(&targets)?;
        let sent = Self::armed(self.plan.injects.len(), inject, &targets, actor, at)?;
        Ok(std::iter::once(added).chain(sent).collect())
    }

    /// The log says what was sent, so only what nobody has received can be changed.
    pub(super) fn amend(&self, actor: &Actor, inject: &Inject, at: Timestamp) -> Result<Vec<Fact>, Rejection> {
        self.allow_writing(actor, false)?;
        self.in_stage(&BEFORE_END)?;
        let (position, _) = self.inject(&inject.id).ok_or_else(|| Rejection::UnknownInject(inject.id.clone()))?;
        let sent = self.teams.iter().filter_map(|team| team.deliveries.get(&position));
        if let Some(delivery) = sent.max_by_key(|delivery| delivery.released_at) {
            let (by, at) = (delivery.released_by.clone(), delivery.released_at);
            return Err(Rejection::AlreadyReleased { inject: inject.id.clone(), by, at });
        }
        self.check_inject(inject)?;
        let amended = Fact::InjectAmended { inject: Box::new(inject.clone()) };
        Ok(std::iter::once(amended).chain(self.past_already(inject, at)).collect())
    }

    /// What is given a time that has passed does not burst out: staff decide.
    fn past_already(&self, inject: &Inject, at: Timestamp) -> Vec<Fact> {
        if self.stage() == Stage::Ready {
            return Vec::new();
        }
        let given = self.given_anew(inject).into_iter().filter_map(|(team, time)| Some((self.teams.get(team)?, time?)));
        missed(given.map(|(team, time)| (team, inject, time)).filter(|(team, _, time)| *time < team.clock.plan(at)), at)
    }

    /// What a scenario file is checked for, as far as play depends on it.
    fn check_inject(&self, inject: &Inject) -> Result<(), Rejection> {
        checked_id(inject.id.as_str()).ok_or(Rejection::BadId)?;
        if let Trigger::At { at } = &inject.trigger
            && at.0.unsigned_abs() > LONGEST_DELAY.0.unsigned_abs()
        {
            return Err(Rejection::TimeOutOfRange);
        }
        let contents = std::iter::once(&inject.content).chain(inject.alternatives.iter().map(|other| &other.content));
        contents.into_iter().try_for_each(|content| self.check_content(content))?;
        check_form(inject)?;
        self.check_correction(inject)?;
        let mut objectives = inject.staff.objectives.iter();
        if let Some(unknown) = objectives.find(|id| self.plan.objectives.iter().all(|known| known.id != **id)) {
            return Err(Rejection::UnknownObjective(unknown.clone()));
        }
        if let InjectAudience::Teams(teams) = &inject.audience {
            teams.iter().try_for_each(|team| self.known_team(team).map(|_| ()))?;
        }
        if let InjectAudience::Cohorts(cohorts) = &inject.audience
            && let Some(unknown) = cohorts.iter().find(|cohort| !self.plan.cohorts.contains(cohort))
        {
            return Err(Rejection::UnknownCohort(unknown.to_string()));
        }
        if let Trigger::After { delay, .. } | Trigger::When { delay, .. } = &inject.trigger
            && !(Millis(0)..=LONGEST_DELAY).contains(delay)
        {
            return Err(Rejection::TimeOutOfRange);
        }
        match &inject.trigger {
            Trigger::After { inject: leader, .. } if leader == &inject.id || self.inject(leader).is_none() => {
                Err(Rejection::UnknownInject(leader.clone()))
            }
            Trigger::When { condition, .. } => self.check_condition(condition, inject, 0),
            Trigger::At { .. } | Trigger::After { .. } | Trigger::Manual => Ok(()),
        }?;
        let asked = inject.only_if.iter().chain(inject.alternatives.iter().map(|other| &other.when));
        asked.into_iter().try_for_each(|condition| self.check_condition(condition, inject, 0))
    }

    /// A correction is for teams that what it corrects was recalled from.
    fn check_correction(&self, inject: &Inject) -> Result<(), Rejection> {
        let Some(corrected) = &inject.content.corrects else { return Ok(()) };
        self.inject(corrected).ok_or_else(|| Rejection::UnknownInject(corrected.clone()))?;
        let mut teams = self.teams.iter().filter(|team| Self::is_for(inject, team)).peekable();
        let has_teams = teams.peek().is_some();
        if has_teams && teams.all(|team| self.is_recalled(corrected, team)) {
            Ok(())
        } else {
            Err(Rejection::NotRecalled(corrected.clone()))
        }
    }

    fn check_content(&self, content: &Content) -> Result<(), Rejection> {
        checked_languages(&content.title, LINE_LIMIT)?;
        checked_languages(&content.body, TEXT_LIMIT)?;
        content.for_guests.iter().try_for_each(|text| checked_languages(text, LINE_LIMIT).map(|_| ()))?;
        content.from.iter().try_for_each(|persona| self.known_persona(&persona.id).map(|_| ()))?;
        let mut attached = content.attachments.iter().map(|file| &file.hash);
        match attached.find(|hash| self.plan.files.iter().all(|file| file.hash != **hash)) {
            Some(unknown) => Err(Rejection::UnknownFile(unknown.clone())),
            None => Ok(()),
        }
    }

    /// Whether everything that a condition names is there.
    fn check_condition(&self, condition: &Condition, of: &Inject, depth: usize) -> Result<(), Rejection> {
        if depth > DEEPEST {
            return Err(Rejection::ConditionTooDeep);
        }
        if let Condition::Teams(quantity) = condition
            && quantity.meet.asks_others()
        {
            return Err(Rejection::TeamsInTeams);
        }
        if let Condition::Teams(quantity) = condition
            && let Some(cohort) = quantity.cohort.as_ref().filter(|cohort| !self.plan.cohorts.contains(cohort))
        {
            return Err(Rejection::UnknownCohort(cohort.to_string()));
        }
        if let Condition::Flag(flag) = condition
            && self.plan.flags.iter().all(|known| known.id != *flag)
        {
            return Err(Rejection::UnknownFlag(flag.clone()));
        }
        if let Some(unknown) = condition.injects().into_iter().find(|id| self.inject(id).is_none() && **id != of.id) {
            return Err(Rejection::UnknownInject(unknown.clone()));
        }
        if let Condition::Answer { inject, field, .. } = condition {
            let asks =
                |inject: &Inject| inject.content.form.iter().flat_map(|form| &form.fields).any(|it| it.id == *field);
            if !self.inject(inject).is_some_and(|(_, inject)| asks(inject)) {
                return Err(Rejection::UnknownField { inject: inject.clone(), field: field.clone() });
            }
        }
        condition.parts().into_iter().try_for_each(|part| self.check_condition(part, of, depth + 1))
    }
}
