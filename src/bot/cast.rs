//! Who plays in a rehearsal: the teams, and what each is like.

use std::collections::BTreeMap;

use super::{profile::Profile, words::TEAMS};
use crate::engine::{
    id::{AliasId, CohortId, TeamId},
    plan::{InjectAudience, Plan},
    state::State,
    text::Language,
};

/// The teams of a rehearsal, in order of joining.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cast {
    /// The teams.
    pub teams: Vec<CastTeam>,
}

/// One team.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CastTeam {
    /// Id.
    pub team: TeamId,
    /// Name.
    pub name: String,
    /// The language it works in.
    pub language: Language,
    /// Its cohort; without one it joins the smallest.
    pub cohort: Option<CohortId>,
    /// The entry of the directory under which the others know it.
    pub alias: Option<AliasId>,
    /// How it plays.
    pub profile: Profile,
}

impl Cast {
    /// So many invented teams. They take the languages of the plan and the profiles in turn; without
    /// profiles, a fair mix of all. Teams that injects name come first, so that those injects reach
    /// somebody.
    #[must_use]
    pub fn invented(plan: &Plan, count: usize, profiles: &[Profile]) -> Self {
        Self::fill(plan, Vec::new(), count, profiles)
    }

    /// The teams of an exercise as they are, and invented ones if more are to play.
    #[must_use]
    pub fn of_exercise(state: &State, count: usize, profiles: &[Profile]) -> Self {
        let known = state.teams.iter().take(count).map(|team| CastTeam {
            team: team.id.clone(),
            name: team.name.clone(),
            language: team.language.clone(),
            cohort: team.cohort.clone(),
            alias: state.aliases.iter().find(|(_, holder)| **holder == team.id).map(|(alias, _)| alias.clone()),
            profile: Profile::Fast,
        });
        Self::fill(&state.plan, known.collect(), count, profiles)
    }

    fn fill(plan: &Plan, mut teams: Vec<CastTeam>, count: usize, profiles: &[Profile]) -> Self {
        let english = Language::from("en");
        for id in ids(plan) {
            if teams.len() >= count {
                break;
            }
            if teams.iter().all(|known| known.team != id) {
                let language = in_turn(&plan.languages, teams.len()).unwrap_or(&english).clone();
                teams.push(CastTeam {
                    name: name_of(&id),
                    team: id,
                    language,
                    cohort: None,
                    alias: None,
                    profile: Profile::Fast,
                });
            }
        }
        let profiles = if profiles.is_empty() { &Profile::FAIR_MIX } else { profiles };
        for (n, team) in teams.iter_mut().enumerate() {
            team.profile = in_turn(profiles, n).copied().unwrap_or(Profile::Fast);
        }
        Self { teams }
    }

    /// How each team plays.
    #[must_use]
    pub fn profiles(&self) -> BTreeMap<TeamId, Profile> {
        self.teams.iter().map(|team| (team.team.clone(), team.profile)).collect()
    }
}

fn in_turn<T>(items: &[T], n: usize) -> Option<&T> {
    items.get(n.checked_rem(items.len())?)
}

/// Ids for teams without end: those that the plan names, then invented places, then numbers.
fn ids(plan: &Plan) -> impl Iterator<Item = TeamId> + '_ {
    let wanted = plan.injects.iter().filter_map(|inject| match &inject.audience {
        InjectAudience::Teams(teams) => Some(teams),
        InjectAudience::All | InjectAudience::Cohorts(_) => None,
    });
    let invented = TEAMS.iter().map(|(id, _)| TeamId::from(*id));
    let numbered = (TEAMS.len() + 1..).map(|n| TeamId(format!("team-{n}")));
    wanted.flatten().cloned().chain(invented).chain(numbered)
}

fn name_of(id: &TeamId) -> String {
    let known = TEAMS.iter().find(|(known, _)| *known == id.as_str());
    known.map_or_else(|| id.to_string(), |(_, name)| (*name).to_owned())
}
