//! Roles: who is given one, for how long, with what beyond it, and who takes it away. Each change is a fact of the
//! log, with who did it and why.

use std::collections::BTreeSet;

use super::{LINE_LIMIT, checked};
use crate::engine::{
    command::{Actor, GrantRole, NameOrganisation, RemoveMember, RevokeGrant, Seat},
    event::{Fact, OrganisationNamed, RoleGranted, RoleRevoked, ScorecardShown},
    id::{PersonId, TeamId},
    rejection::{Granting, Judging, Rejection},
    role::{Action, Relation, Role, Side},
    state::{Grant, State},
    time::Timestamp,
};

impl State {
    /// A person takes a role. One person holds one role, and stays on one side of play.
    pub(super) fn seat(&self, seat: &Seat) -> Result<Vec<Fact>, Rejection> {
        let Seat { person, role, team, organisation } = seat.clone();
        self.fits_team(role, team.as_ref())?;
        if self.grants.contains_key(&person) {
            return Err(Rejection::RoleTaken(person));
        }
        self.on_one_side(&person, role.side())?;
        let organisation = line(organisation.as_deref())?;
        Ok(vec![Fact::RoleGranted(RoleGranted { organisation, ..plain(person, role, team) })])
    }

    /// The director makes somebody who is here something else, or gives more or less with the same role.
    pub(super) fn grant_role_rule(
        &self,
        actor: &Actor,
        wanted: &GrantRole,
        at: Timestamp,
    ) -> Result<Vec<Fact>, Rejection> {
        self.allow(actor, Action::ManagePeople)?;
        let GrantRole { person, role, team, until, sights, personas, organisation, reason } = wanted.clone();
        let before = self.known_person(&person)?;
        self.fits_team(role, team.as_ref())?;
        if until.is_some_and(|until| until <= at || !until.is_in_calendar()) {
            return Err(Granting::EndsInPast.into());
        }
        if (!sights.is_empty() && role != Role::Observer) || (!personas.is_empty() && role != Role::RolePlayer) {
            return Err(Granting::WrongExtra.into());
        }
        personas.iter().try_for_each(|persona| self.known_persona(persona).map(|_| ()))?;
        let left = before.team.clone().filter(|left| Some(left) != team.as_ref());
        let reason = line(reason.as_deref())?.unwrap_or_default();
        let organisation = line(organisation.as_deref())?;
        let granted = RoleGranted { until, sights, personas, organisation, reason, left, ..plain(person, role, team) };
        self.on_one_side(&granted.person, Grant::from(&granted).side())?;
        if role != Role::ExerciseDirector || until.is_some() {
            self.leaves_a_director(&granted.person)?;
        }
        Ok(vec![Fact::RoleGranted(granted)])
    }

    pub(super) fn revoke_grant(&self, actor: &Actor, wanted: &RevokeGrant) -> Result<Vec<Fact>, Rejection> {
        self.allow(actor, Action::ManagePeople)?;
        let grant = self.known_person(&wanted.person)?;
        self.leaves_a_director(&wanted.person)?;
        revoked(&wanted.person, grant.team.as_ref(), wanted.reason.as_deref())
    }

    /// The programme that the exercise belongs to sends somebody away whom it had seated.
    pub(super) fn unseat(&self, person: &PersonId) -> Result<Vec<Fact>, Rejection> {
        let grant = self.known_person(person)?;
        self.leaves_a_director(person)?;
        revoked(person, grant.team.as_ref(), None)
    }

    /// A team's lead removes a player of it. What that person wrote stays.
    pub(super) fn remove_member(&self, actor: &Actor, wanted: &RemoveMember) -> Result<Vec<Fact>, Rejection> {
        let (team, _) = self.allow_own(actor, Action::LeadTeam)?;
        self.plays_in(&wanted.person, &team.id)?;
        revoked(&wanted.person, Some(&team.id), wanted.reason.as_deref())
    }

    /// A team's lead, or the director, makes a player of the team its lead; whoever led it plays on.
    pub(super) fn hand_over_lead(&self, actor: &Actor, person: &PersonId) -> Result<Vec<Fact>, Rejection> {
        let grant = self.grant(actor).ok_or(Rejection::Forbidden)?;
        let manages = grant.may(Action::ManagePeople, Relation::Other);
        if !manages && !grant.may(Action::LeadTeam, Relation::Own) {
            return Err(Rejection::Forbidden);
        }
        let of_person = || self.known_person(person).map(|grant| grant.team.as_ref());
        let team = if manages { of_person()? } else { grant.team.as_ref() };
        let team = team.ok_or_else(|| Judging::NotInTeam(person.clone()))?;
        self.plays_in(person, team)?;
        let of_team = self.grants.iter().filter(|(_, grant)| grant.team.as_ref() == Some(team));
        let leads = of_team.filter(|(_, grant)| grant.role == Role::TeamLead);
        let as_role = |person: &PersonId, role| {
            let known = self.grants.get(person);
            let (until, organisation) = known.map(|it| (it.until, it.organisation.clone())).unwrap_or_default();
            let team = Some(team.clone());
            Fact::RoleGranted(RoleGranted { until, organisation, ..plain(person.clone(), role, team) })
        };
        let followed = leads.map(|(lead, _)| as_role(lead, Role::Player));
        Ok(std::iter::once(as_role(person, Role::TeamLead)).chain(followed).collect())
    }

    /// Whose a team is: nobody judges the own organisation.
    pub(super) fn name_organisation(&self, actor: &Actor, wanted: &NameOrganisation) -> Result<Vec<Fact>, Rejection> {
        self.allow(actor, Action::ManagePeople)?;
        let team = self.known_team(&wanted.team)?;
        let organisation = line(wanted.organisation.as_deref())?;
        let fact = |organisation| Fact::OrganisationNamed(OrganisationNamed { team: team.id.clone(), organisation });
        Ok((team.organisation != organisation).then(|| fact(organisation)).into_iter().collect())
    }

    pub(super) fn show_scorecard(&self, actor: &Actor, shown: bool) -> Result<Vec<Fact>, Rejection> {
        let (team, _) = self.allow_own(actor, Action::LeadTeam)?;
        let fact = || Fact::ScorecardShown(ScorecardShown { team: team.id.clone(), shown });
        Ok((team.scorecard_shown != shown).then(fact).into_iter().collect())
    }

    /// What people were given until now is over: each is again what lasted before, or nothing.
    pub(super) fn grants_over(&self, at: Timestamp) -> Vec<Fact> {
        let over = self.people.endings.iter().take_while(|(until, _)| *until <= at);
        over.filter_map(|(_, person)| self.after_grant(person)).collect()
    }

    fn after_grant(&self, person: &PersonId) -> Option<Fact> {
        let ended = self.grants.get(person)?;
        let Some(again) = &ended.then else {
            let (person, team) = (person.clone(), ended.team.clone());
            return Some(Fact::RoleRevoked(RoleRevoked { person, team, reason: String::new() }));
        };
        let Grant { role, team, until, sights, personas, organisation, then: _ } = (**again).clone();
        let left = ended.team.clone().filter(|left| Some(left) != team.as_ref());
        let plain = plain(person.clone(), role, team);
        Some(Fact::RoleGranted(RoleGranted { until, sights, personas, organisation, left, ..plain }))
    }

    /// When the next of what people were given ends by itself.
    pub(super) fn next_grant_over(&self) -> Option<Timestamp> {
        self.people.endings.first().map(|(until, _)| *until)
    }

    fn known_person(&self, person: &PersonId) -> Result<&Grant, Rejection> {
        self.grants.get(person).ok_or_else(|| Rejection::UnknownPerson(person.clone()))
    }

    fn fits_team(&self, role: Role, team: Option<&TeamId>) -> Result<(), Rejection> {
        if role.is_in_team() != team.is_some() {
            return Err(Rejection::TeamMismatch);
        }
        team.map_or(Ok(()), |team| self.known_team(team).map(|_| ()))
    }

    /// Whoever has played never learns what control knows, and the other way round.
    fn on_one_side(&self, person: &PersonId, side: Option<Side>) -> Result<(), Rejection> {
        let other = self.people.sides.get(person).is_some_and(|known| side.is_some_and(|side| side != *known));
        if other { Err(Granting::OtherSide(person.clone()).into()) } else { Ok(()) }
    }

    /// Somebody else is a director, and stays one.
    fn leaves_a_director(&self, without: &PersonId) -> Result<(), Rejection> {
        let lasts = |grant: &Grant| grant.role == Role::ExerciseDirector && grant.until.is_none();
        let is_one = self.grants.get(without).is_some_and(lasts);
        let another = self.grants.iter().any(|(person, grant)| person != without && lasts(grant));
        if is_one && !another { Err(Rejection::LastDirector) } else { Ok(()) }
    }

    fn plays_in(&self, person: &PersonId, team: &TeamId) -> Result<(), Rejection> {
        let plays = |grant: &Grant| grant.role == Role::Player && grant.team.as_ref() == Some(team);
        if self.grants.get(person).is_some_and(plays) { Ok(()) } else { Err(Judging::NotInTeam(person.clone()).into()) }
    }
}

fn plain(person: PersonId, role: Role, team: Option<TeamId>) -> RoleGranted {
    let (sights, personas) = (BTreeSet::new(), BTreeSet::new());
    let (until, organisation, reason, left) = (None, None, String::new(), None);
    RoleGranted { person, role, team, until, sights, personas, organisation, reason, left }
}

fn revoked(person: &PersonId, team: Option<&TeamId>, reason: Option<&str>) -> Result<Vec<Fact>, Rejection> {
    let reason = line(reason)?.unwrap_or_default();
    Ok(vec![Fact::RoleRevoked(RoleRevoked { person: person.clone(), team: team.cloned(), reason })])
}

/// A line that need not be given.
fn line(text: Option<&str>) -> Result<Option<String>, Rejection> {
    let given = text.filter(|text| !text.trim().is_empty());
    given.map(|text| checked(text, LINE_LIMIT).map(str::to_owned)).transpose()
}
