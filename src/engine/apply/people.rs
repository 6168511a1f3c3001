//! How teams and people change the state.

use crate::engine::{
    event::{Event, Fact, OrganisationNamed, RoleGranted, RoleRevoked, ScorecardShown},
    id::PersonId,
    role::Role,
    state::{Grant, State},
};

impl State {
    pub(super) fn apply_roles(&mut self, event: &Event) {
        match &event.fact {
            Fact::RoleGranted(granted) => self.grant_role(granted),
            Fact::RoleRevoked(RoleRevoked { person, .. }) => drop(self.end_grant(person)),
            Fact::OrganisationNamed(OrganisationNamed { team, organisation }) => {
                self.with_team(team, |team| team.organisation.clone_from(organisation));
            }
            Fact::ScorecardShown(ScorecardShown { team, shown }) => {
                self.with_team(team, |team| team.scorecard_shown = *shown);
            }
            Fact::ScoresVetoed(vetoed) => self.veto.clone_from(&vetoed.reason),
            _ => {}
        }
    }

    /// Of what ends by itself, what lasted before is kept: the person is that again.
    fn grant_role(&mut self, granted: &RoleGranted) {
        let before = self.end_grant(&granted.person);
        let mut grant = Grant::from(granted);
        if let Some(until) = grant.until {
            grant.then =
                before.and_then(|before| if before.until.is_none() { Some(Box::new(before)) } else { before.then });
            self.people.endings.insert((until, granted.person.clone()));
        }
        if let Some(side) = grant.side() {
            self.people.sides.entry(granted.person.clone()).or_insert(side);
        }
        self.grants.insert(granted.person.clone(), grant);
    }

    fn end_grant(&mut self, person: &PersonId) -> Option<Grant> {
        let ended = self.grants.remove(person)?;
        if let Some(until) = ended.until {
            self.people.endings.remove(&(until, person.clone()));
        }
        if let Some(team) = ended.team.as_ref().filter(|_| ended.role == Role::Player) {
            self.with_team(team, |team| _ = team.delegates.remove(person));
        }
        Some(ended)
    }
}
