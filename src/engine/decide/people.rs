//! Teams: joining, and whether anybody of them is there.

use super::{LINE_LIMIT, checked, checked_id, clock::BEFORE_END, control::missed};
use crate::engine::{
    command::Actor,
    event::Fact,
    id::{AliasId, CohortId, TeamId},
    rejection::Rejection,
    role::Action,
    state::{Stage, State, Team},
    text::Language,
    time::Timestamp,
};

impl State {
    /// Somebody who manages people adds a team.
    pub(super) fn add_team_rule(
        &self,
        actor: &Actor,
        id: &TeamId,
        name: &str,
        language: &Language,
        place: (Option<&CohortId>, Option<&AliasId>),
        at: Timestamp,
    ) -> Result<Vec<Fact>, Rejection> {
        self.allow(actor, Action::ManagePeople)?;
        self.enrol(id, name, language, place, at)
    }

    /// A team joins. One that joins during play has missed what fell due before: that goes to the
    /// tray, and staff decide.
    pub(super) fn enrol(
        &self,
        id: &TeamId,
        name: &str,
        language: &Language,
        (cohort, alias): (Option<&CohortId>, Option<&AliasId>),
        at: Timestamp,
    ) -> Result<Vec<Fact>, Rejection> {
        self.in_stage(&BEFORE_END)?;
        checked_id(id.as_str()).ok_or_else(|| Rejection::BadTeamId(id.clone()))?;
        if !language.is_tag() {
            return Err(Rejection::BadLanguage(language.0.clone()));
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
        let alias = self.alias_for(alias)?;
        let team = self.new_team(id, &name, language, cohort.clone());
        let joined = Fact::TeamAdded { team: id.clone(), name, language: language.clone(), cohort, alias };
        Ok(std::iter::once(joined).chain(self.missed_before_joining(&team, at)).collect())
    }

    /// The alias asked for, or the first of the directory that no team has.
    fn alias_for(&self, wanted: Option<&AliasId>) -> Result<Option<AliasId>, Rejection> {
        let of_teams = self.plan.directory.iter().filter(|contact| contact.for_team);
        let mut aliases = of_teams.filter_map(|contact| contact.alias.as_ref());
        let Some(wanted) = wanted else {
            return Ok(aliases.find(|alias| !self.aliases.contains_key(alias)).cloned());
        };
        if aliases.all(|alias| alias != wanted) {
            return Err(Rejection::UnknownAlias(wanted.clone()));
        }
        if self.aliases.contains_key(wanted) {
            return Err(Rejection::AliasTaken(wanted.clone()));
        }
        Ok(Some(wanted.clone()))
    }

    pub(super) fn note_connection(&self, team: &TeamId, connected: bool) -> Vec<Fact> {
        match self.team(team) {
            Some(known) if connected && !known.connected => vec![Fact::TeamBack { team: team.clone() }],
            Some(known) if !connected && known.connected => vec![Fact::TeamLost { team: team.clone() }],
            Some(_) | None => Vec::new(),
        }
    }

    fn smallest_cohort(&self) -> Option<CohortId> {
        let size = |cohort: &&CohortId| self.teams.iter().filter(|team| team.cohort.as_ref() == Some(*cohort)).count();
        self.plan.cohorts.iter().min_by_key(size).cloned()
    }

    fn missed_before_joining(&self, team: &Team, at: Timestamp) -> Vec<Fact> {
        if self.stage() == Stage::Ready {
            return Vec::new();
        }
        let past = team.due.until(self.clock.plan(at));
        missed(past.filter_map(|(time, position)| Some((team, self.plan.injects.get(position)?, time))), at)
    }
}
