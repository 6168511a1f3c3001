//! What control does with injects themselves: write, amend, recall, resend, excuse, extend, try.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    LINE_LIMIT, TEXT_LIMIT, checked, checked_id,
    clock::{BEFORE_END, IN_PLAY},
    control::{Sending, checked_languages, ids},
};
use crate::engine::{
    command::Actor,
    event::{Fact, ReleaseCause},
    id::{InjectId, PersonId, TeamId},
    plan::{Condition, HintOffer, Inject, InjectAudience, Trigger},
    rejection::Rejection,
    role::Action,
    state::{Delivery, Stage, State, Team},
    time::{Millis, Timestamp},
};

/// Most fields of a form written on the day.
const MOST_FIELDS: usize = 40;
/// How deep conditions may nest.
const DEEPEST: usize = 8;

impl State {
    pub(super) fn add_inject(
        &self,
        actor: &Actor,
        inject: &Inject,
        release: bool,
        at: Timestamp,
    ) -> Result<Vec<Fact>, Rejection> {
        self.allow(actor, Action::ControlInjects)?;
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
        let sending = Sending { cause: ReleaseCause::Staff, by: actor.person().cloned(), due: None, at };
        let sent = self.released(inject, &targets, &sending);
        Ok(std::iter::once(added).chain(sent).collect())
    }

    /// The log says what was sent, so only what nobody has received can be changed.
    pub(super) fn amend(&self, actor: &Actor, inject: &Inject, at: Timestamp) -> Result<Vec<Fact>, Rejection> {
        self.allow(actor, Action::ControlInjects)?;
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
    fn past_already(&self, inject: &Inject, at: Timestamp) -> Option<Fact> {
        let position = self.inject(&inject.id).map(|(position, _)| position);
        let is_past = |team: &&Team| {
            let is_settled = position.is_some_and(|it| team.has_fate(it) || team.timed_by_hand.contains(&it));
            !is_settled && self.planned_time(inject, team).is_some_and(|time| time < team.clock.plan(at))
        };
        let teams: Vec<&Team> = self.teams.iter().filter(is_past).collect();
        let missed = Fact::InjectMissed { inject: inject.id.clone(), teams: ids(&teams), due: at };
        (self.stage() != Stage::Ready && !teams.is_empty()).then_some(missed)
    }

    pub(super) fn recall(
        &self,
        actor: &Actor,
        id: &InjectId,
        teams: Option<&BTreeSet<TeamId>>,
        reason: &str,
    ) -> Result<Vec<Fact>, Rejection> {
        self.allow(actor, Action::ControlInjects)?;
        self.in_stage(&IN_PLAY)?;
        let targets = self.with_it(id, teams, |delivery| !delivery.recalled, Rejection::AlreadyRecalled)?;
        let reason = checked(reason, LINE_LIMIT)?.to_owned();
        Ok(vec![Fact::InjectRecalled { inject: id.clone(), teams: ids(&targets), reason }])
    }

    pub(super) fn resend(
        &self,
        actor: &Actor,
        id: &InjectId,
        teams: Option<&BTreeSet<TeamId>>,
    ) -> Result<Vec<Fact>, Rejection> {
        self.allow(actor, Action::ControlInjects)?;
        self.in_stage(&IN_PLAY)?;
        let targets = self.with_it(id, teams, |delivery| !delivery.recalled, Rejection::AlreadyRecalled)?;
        Ok(vec![Fact::InjectResent { inject: id.clone(), teams: ids(&targets) }])
    }

    pub(super) fn excuse(
        &self,
        actor: &Actor,
        id: &InjectId,
        teams: Option<&BTreeSet<TeamId>>,
        reason: &str,
    ) -> Result<Vec<Fact>, Rejection> {
        self.allow(actor, Action::ControlInjects)?;
        let targets = self.with_it(id, teams, |delivery| delivery.excused.is_none(), Rejection::AlreadyExcused)?;
        let reason = checked(reason, LINE_LIMIT)?.to_owned();
        Ok(vec![Fact::InjectExcused { inject: id.clone(), teams: ids(&targets), reason }])
    }

    /// Gives longer, also after the deadline: then the answer is open again.
    pub(super) fn extend(
        &self,
        actor: &Actor,
        id: &InjectId,
        teams: Option<&BTreeSet<TeamId>>,
        by: Millis,
    ) -> Result<Vec<Fact>, Rejection> {
        self.allow(actor, Action::ControlInjects)?;
        self.in_stage(&IN_PLAY)?;
        let targets = self.with_it(id, teams, |delivery| !delivery.recalled, Rejection::AlreadyRecalled)?;
        let (position, inject) = self.inject(id).ok_or_else(|| Rejection::UnknownInject(id.clone()))?;
        let deadline = inject.content.form.as_ref().and_then(|form| form.deadline);
        let deadline = deadline.ok_or_else(|| Rejection::NoDeadline(id.clone()))?;
        if !(Millis(1)..=Millis::minutes(7 * 24 * 60)).contains(&by) {
            return Err(Rejection::NoLength);
        }
        let mut by_deadline: BTreeMap<Millis, BTreeSet<TeamId>> = BTreeMap::new();
        for team in targets {
            let before = team.deliveries.get(&position).map_or(Millis(0), |delivery| delivery.extension);
            by_deadline.entry(deadline.plus(before).plus(by)).or_default().insert(team.id.clone());
        }
        let fact = |(deadline, teams)| Fact::DeadlineExtended { inject: id.clone(), teams, by, deadline };
        Ok(by_deadline.into_iter().map(fact).collect())
    }

    pub(super) fn name_responsible(
        &self,
        actor: &Actor,
        id: &InjectId,
        person: &PersonId,
    ) -> Result<Vec<Fact>, Rejection> {
        self.allow(actor, Action::ControlInjects)?;
        self.inject(id).ok_or_else(|| Rejection::UnknownInject(id.clone()))?;
        let grant = self.grants.get(person).ok_or_else(|| Rejection::UnknownPerson(person.clone()))?;
        if grant.role.is_in_team() {
            return Err(Rejection::NotStaff(person.clone()));
        }
        Ok(vec![Fact::ResponsibleNamed { inject: id.clone(), person: person.clone() }])
    }

    /// Shows an inject to whoever asks, as a team would get it. It never counts as sent or read.
    pub(super) fn send_test(
        &self,
        actor: &Actor,
        id: &InjectId,
        team: Option<&TeamId>,
    ) -> Result<Vec<Fact>, Rejection> {
        self.allow(actor, Action::ControlInjects)?;
        let (_, inject) = self.inject(id).ok_or_else(|| Rejection::UnknownInject(id.clone()))?;
        let content = match team {
            Some(team) => self.content_for(inject, self.known_team(team)?).1,
            None => inject.content.clone(),
        };
        Ok(vec![Fact::TestSent { inject: id.clone(), content: Box::new(content) }])
    }

    /// The teams addressed that have an inject, those named or all that do, and whose delivery is like
    /// this; refused with the given reason if there is none.
    fn with_it(
        &self,
        id: &InjectId,
        teams: Option<&BTreeSet<TeamId>>,
        is_so: impl Fn(&Delivery) -> bool,
        otherwise: impl FnOnce(InjectId) -> Rejection,
    ) -> Result<Vec<&Team>, Rejection> {
        let (position, _) = self.inject(id).ok_or_else(|| Rejection::UnknownInject(id.clone()))?;
        let addressed = match teams {
            Some(teams) => teams.iter().map(|team| self.known_team(team)).collect::<Result<Vec<_>, _>>()?,
            None => self.teams.iter().collect(),
        };
        let has = addressed.into_iter().filter_map(|team| Some((team, team.deliveries.get(&position)?)));
        let has: Vec<_> = has.collect();
        if has.is_empty() {
            return Err(Rejection::NotReleased(id.clone()));
        }
        let targets: Vec<&Team> = has.into_iter().filter(|(_, it)| is_so(it)).map(|(team, _)| team).collect();
        if targets.is_empty() { Err(otherwise(id.clone())) } else { Ok(targets) }
    }

    /// What a scenario file is checked for, as far as play depends on it.
    fn check_inject(&self, inject: &Inject) -> Result<(), Rejection> {
        checked_id(inject.id.as_str()).ok_or(Rejection::BadId)?;
        let contents = std::iter::once(&inject.content).chain(inject.alternatives.iter().map(|other| &other.content));
        for content in contents {
            checked_languages(&content.title, LINE_LIMIT)?;
            checked_languages(&content.body, TEXT_LIMIT)?;
            let attached = content.attachments.iter();
            if let Some(unknown) =
                attached.map(|file| &file.hash).find(|hash| self.plan.files.iter().all(|file| file.hash != **hash))
            {
                return Err(Rejection::UnknownFile(unknown.clone()));
            }
        }
        check_form(inject)?;
        if let InjectAudience::Teams(teams) = &inject.audience {
            teams.iter().try_for_each(|team| self.known_team(team).map(|_| ()))?;
        }
        if let InjectAudience::Cohorts(cohorts) = &inject.audience
            && let Some(unknown) = cohorts.iter().find(|cohort| !self.plan.cohorts.contains(cohort))
        {
            return Err(Rejection::UnknownCohort(unknown.to_string()));
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

    /// Whether everything that a condition names is there.
    fn check_condition(&self, condition: &Condition, of: &Inject, depth: usize) -> Result<(), Rejection> {
        if depth > DEEPEST {
            return Err(Rejection::ConditionTooDeep);
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

fn check_form(inject: &Inject) -> Result<(), Rejection> {
    let Some(form) = &inject.content.form else { return Ok(()) };
    let (mut fields, mut hints) = (BTreeSet::new(), BTreeSet::new());
    if form.fields.len() > MOST_FIELDS || !form.fields.iter().all(|field| fields.insert(&field.id)) {
        return Err(Rejection::BadForm);
    }
    for field in &form.fields {
        checked_id(field.id.as_str()).ok_or(Rejection::BadId)?;
        checked_languages(&field.label, LINE_LIMIT)?;
    }
    if form.deadline.is_some_and(|deadline| deadline < Millis(1) || form.target > Some(deadline)) {
        return Err(Rejection::BadForm);
    }
    let is_kept = |offer: &HintOffer| inject.staff.hints.iter().any(|hint| hint.id == offer.id);
    if !form.hints.iter().all(|offer| hints.insert(&offer.id) && offer.price_permille <= 1000 && is_kept(offer)) {
        return Err(Rejection::BadForm);
    }
    Ok(())
}
