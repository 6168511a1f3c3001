//! What control does with what was sent: recall, resend, excuse, extend; and trying an inject out.

use std::collections::{BTreeMap, BTreeSet};

use super::{LINE_LIMIT, checked, clock::IN_PLAY, control::ids};
use crate::engine::{
    command::Actor,
    event::{Fact, ResponsibleNamed, TestSent},
    id::{InjectId, PersonId, TeamId},
    rejection::Rejection,
    role::Action,
    state::{Delivery, State, Team},
    time::Millis,
};

impl State {
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
        let in_time = |team: &TeamId, deadline| {
            let in_time = self.team(team)?.deliveries.get(&position)?.in_time_by(deadline);
            (!in_time.is_empty()).then(|| (team.clone(), in_time))
        };
        let fact = |(deadline, teams): (Millis, BTreeSet<TeamId>)| {
            let in_time = teams.iter().filter_map(|team| in_time(team, deadline)).collect();
            Fact::DeadlineExtended { inject: id.clone(), teams, by, deadline, in_time }
        };
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
        Ok(vec![Fact::ResponsibleNamed(ResponsibleNamed { inject: id.clone(), person: person.clone() })])
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
        Ok(vec![Fact::TestSent(TestSent { inject: id.clone(), content: Box::new(content) })])
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
        let has = self.addressed(teams)?.into_iter().filter_map(|team| Some((team, team.deliveries.get(&position)?)));
        let has: Vec<_> = has.collect();
        if has.is_empty() {
            return Err(Rejection::NotReleased(id.clone()));
        }
        let targets: Vec<&Team> = has.into_iter().filter(|(_, it)| is_so(it)).map(|(team, _)| team).collect();
        if targets.is_empty() { Err(otherwise(id.clone())) } else { Ok(targets) }
    }
}
