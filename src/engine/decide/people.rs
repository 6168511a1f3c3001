//! Teams and roles.

use std::collections::BTreeSet;

use super::{LINE_LIMIT, checked};
use crate::engine::{
    command::Actor,
    event::Fact,
    id::{CohortId, PersonId, TeamId},
    plan::Trigger,
    rejection::Rejection,
    role::{Action, Role},
    state::{Stage, State},
    text::Language,
    time::Timestamp,
};

impl State {
    /// A person takes a role. One person holds one role: nobody is both player and staff.
    pub(super) fn seat(&self, person: &PersonId, role: Role, team: Option<&TeamId>) -> Result<Vec<Fact>, Rejection> {
        if role.is_in_team() != team.is_some() {
            return Err(Rejection::TeamMismatch);
        }
        if let Some(team) = team {
            self.known_team(team)?;
        }
        if self.grants.contains_key(person) {
            return Err(Rejection::RoleTaken(person.clone()));
        }
        Ok(vec![Fact::RoleGranted { person: person.clone(), role, team: team.cloned() }])
    }

    pub(super) fn revoke_grant(&self, actor: &Actor, person: &PersonId) -> Result<Vec<Fact>, Rejection> {
        self.allow(actor, Action::ManagePeople)?;
        let grant = self.grants.get(person).ok_or_else(|| Rejection::UnknownPerson(person.clone()))?;
        let directors = self.grants.values().filter(|grant| grant.role == Role::ExerciseDirector).count();
        if grant.role == Role::ExerciseDirector && directors == 1 {
            return Err(Rejection::LastDirector);
        }
        Ok(vec![Fact::RoleRevoked { person: person.clone(), team: grant.team.clone() }])
    }

    /// A team joins. One that joins during play has missed what fell due before: that goes to the
    /// tray, and staff decide.
    pub(super) fn add_team_rule(
        &self,
        actor: &Actor,
        id: &TeamId,
        name: &str,
        language: &Language,
        cohort: Option<&CohortId>,
        at: Timestamp,
    ) -> Result<Vec<Fact>, Rejection> {
        self.allow(actor, Action::ManagePeople)?;
        self.in_stage(&[Stage::Ready, Stage::Running, Stage::Paused, Stage::Suspended])?;
        if !is_team_id(id) {
            return Err(Rejection::BadTeamId(id.clone()));
        }
        if self.team(id).is_some() {
            return Err(Rejection::TeamExists(id.clone()));
        }
        let cohort = match cohort {
            Some(cohort) if !self.plan.cohorts.contains(cohort) => {
                return Err(Rejection::UnknownCohort(cohort.to_string()));
            }
            Some(cohort) => Some(cohort.clone()),
            None => self.smallest_cohort(),
        };
        let name = checked(name, LINE_LIMIT)?.to_owned();
        let joined = Fact::TeamAdded { team: id.clone(), name, language: language.clone(), cohort };
        let missed = self.missed_before_joining(&joined, id, at);
        Ok(std::iter::once(joined).chain(missed).collect())
    }

    fn smallest_cohort(&self) -> Option<CohortId> {
        let size = |cohort: &&CohortId| self.teams.iter().filter(|team| team.cohort.as_ref() == Some(*cohort)).count();
        self.plan.cohorts.iter().min_by_key(size).cloned()
    }

    fn missed_before_joining(&self, joined: &Fact, id: &TeamId, at: Timestamp) -> Vec<Fact> {
        if self.stage() == Stage::Ready {
            return Vec::new();
        }
        let mut with_team = self.clone();
        with_team.apply(&crate::engine::event::Event { at, actor: Actor::System, fact: joined.clone() });
        let Some(team) = with_team.team(id) else { return Vec::new() };
        let now = self.clock.plan(at);
        let past = |inject: &&crate::engine::plan::Inject| {
            matches!(inject.trigger, Trigger::At { at } if at <= now) && inject.is_sent() && Self::is_for(inject, team)
        };
        self.plan
            .injects
            .iter()
            .filter(past)
            .map(|inject| Fact::InjectMissed {
                inject: inject.id.clone(),
                teams: BTreeSet::from([id.clone()]),
                due: at,
            })
            .collect()
    }
}

fn is_team_id(id: &TeamId) -> bool {
    let id = id.as_str();
    (1..=40).contains(&id.len())
        && id.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}
