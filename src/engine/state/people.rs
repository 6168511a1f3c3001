//! What people are in an exercise, and what goes with it.

use std::collections::{BTreeMap, BTreeSet};

use super::{State, Team};
use crate::engine::{
    event::RoleGranted,
    id::{PersonId, PersonaId, TeamId},
    role::{Action, Relation, Role, Side, Sight, may_with},
    time::Timestamp,
};

/// Who is what, who was on which side of play, and what ends when.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct People {
    /// On which side of play somebody has been, also after the role was taken away.
    pub sides: BTreeMap<PersonId, Side>,
    /// Grants that end by themselves, the next first.
    pub(in crate::engine) endings: BTreeSet<(Timestamp, PersonId)>,
}

/// What a person is in the exercise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    /// Role.
    pub role: Role,
    /// Team, for team roles.
    pub team: Option<TeamId>,
    /// When it ends by itself.
    pub until: Option<Timestamp>,
    /// What an observer is shown beyond what everybody sees.
    pub sights: BTreeSet<Sight>,
    /// The simulated senders that a role player speaks as.
    pub personas: BTreeSet<PersonaId>,
    /// The person's own organisation or country.
    pub organisation: Option<String>,
    /// What the person is again when this ends by itself.
    pub(in crate::engine) then: Option<Box<Grant>>,
}

impl Grant {
    /// Whether the person may do something, to the own team or beyond it.
    #[must_use]
    pub fn may(&self, action: Action, relation: Relation) -> bool {
        may_with(self.role, &self.sights, action, relation)
    }

    /// How a team stands to the person.
    #[must_use]
    pub fn relation(&self, team: Option<&TeamId>) -> Relation {
        if team.is_some() && self.team.as_ref() == team { Relation::Own } else { Relation::Other }
    }

    /// The side of play that somebody is on who is this.
    #[must_use]
    pub fn side(&self) -> Option<Side> {
        let knows = self.sights.iter().any(|sight| *sight != Sight::Scorecards);
        self.role.side().or(knows.then_some(Side::Runs))
    }
}

impl From<&RoleGranted> for Grant {
    fn from(given: &RoleGranted) -> Self {
        let RoleGranted { role, team, until, sights, personas, organisation, .. } = given.clone();
        Self { role, team, until, sights, personas, organisation, then: None }
    }
}

impl State {
    /// Whether somebody may do something to a team, or to the exercise as a whole. Whoever has no grant here, and
    /// so everybody of another exercise, may do nothing.
    #[must_use]
    pub fn allows(&self, person: &PersonId, action: Action, team: Option<&TeamId>) -> bool {
        self.grants.get(person).is_some_and(|grant| grant.may(action, grant.relation(team)))
    }

    /// Whether somebody may speak as a simulated sender. A role player speaks as the own ones; as long as no role
    /// player was given any, each speaks as all.
    #[must_use]
    pub fn speaks_as(&self, person: &PersonId, persona: &PersonaId) -> bool {
        let Some(grant) = self.grants.get(person) else { return false };
        let own = grant.role != Role::RolePlayer || grant.personas.contains(persona) || !self.are_voices_given();
        own && grant.may(Action::SpeakAsPersona, Relation::Other)
    }

    /// Whether some role player has simulated senders of their own.
    #[must_use]
    pub fn are_voices_given(&self) -> bool {
        self.grants.values().any(|grant| grant.role == Role::RolePlayer && !grant.personas.is_empty())
    }

    /// Whether a team has somebody who leads it.
    #[must_use]
    pub fn is_led(&self, team: &TeamId) -> bool {
        self.grants.values().any(|grant| grant.role == Role::TeamLead && grant.team.as_ref() == Some(team))
    }

    /// Whether a team is of a person's own organisation or country.
    #[must_use]
    pub fn is_at_home(&self, person: &PersonId, team: &Team) -> bool {
        let home = self.assignments.get(person).and_then(|assignment| assignment.home.as_ref());
        let own = self.grants.get(person).and_then(|grant| grant.organisation.as_deref());
        let same = own.zip(team.organisation.as_deref()).is_some_and(|(own, of_team)| is_same(own, of_team));
        home == Some(&team.id) || same
    }
}

/// Whether two people mean the same organisation: they write it as they like.
fn is_same(one: &str, other: &str) -> bool {
    one.trim().to_lowercase() == other.trim().to_lowercase()
}
