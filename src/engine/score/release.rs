//! What is stored when scores are released, and what the wall may show of how teams stand.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    RULES, naming,
    objective::objectives,
    result::TeamScore,
    sum::{HUNDRED, team_score},
};
use crate::engine::{
    event::{Copied, Rating, TeamScoreReleased},
    id::{InjectId, ObjectiveId},
    plan::Preset,
    prose::{Mint, Prose},
    state::{State, Team},
};

/// With fewer scored teams than these no standings are shown: whoever knows the teams could tell them apart.
const ENOUGH_TEAMS: usize = 5;

/// How a team stands, as the wall may show it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Standing {
    /// Its name if it has agreed to be named, else its code name.
    pub name: String,
    /// Whether that is its name.
    pub named: bool,
    /// Score from 0 to 100 in thousandths; outside a competition it is not told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub score_milli: Option<i64>,
    /// Quarter that it is in, 1 being the best.
    pub band: u32,
}

/// How teams stand, best first: nothing with fewer than five of them. A team that has agreed stands under its name,
/// another one under its code name: it counts among the five, and its quarter is one of the four.
#[must_use]
pub fn standings(state: &State, scores: &[TeamScore]) -> Vec<Standing> {
    let ranked: Vec<(&Team, i64)> =
        state.teams.iter().zip(scores).filter_map(|(team, score)| Some((team, score.score_milli?))).collect();
    if ranked.len() < ENOUGH_TEAMS {
        return Vec::new();
    }
    let better = |score: i64| ranked.iter().filter(|(_, other)| *other > score).count();
    let standing = |(team, score_milli): &(&Team, i64)| {
        let name = if team.named { team.name.clone() } else { state.code_name(team) };
        let band = u32::try_from(better(*score_milli) * 4 / ranked.len() + 1).unwrap_or(4);
        Standing { name, named: team.named, score_milli: Some(*score_milli), band }
    };
    let mut standings: Vec<Standing> = ranked.iter().map(standing).collect();
    standings.sort_by(|one, other| other.score_milli.cmp(&one.score_milli).then_with(|| one.name.cmp(&other.name)));
    standings
}

/// What everybody may see of that. Only in a competition are there places and scores; else nobody is told more
/// than the quarter that a team is in, and within a quarter they stand by name.
#[must_use]
pub fn public_standings(state: &State, mut standings: Vec<Standing>) -> Vec<Standing> {
    if state.plan.profile.preset == Preset::Competition {
        return standings;
    }
    for standing in &mut standings {
        standing.score_milli = None;
    }
    standings.sort_by(|one, other| (one.band, &one.name).cmp(&(other.band, &other.name)));
    standings
}

/// The results of every team, as they are released.
#[must_use]
pub fn released(state: &State, mint: Mint) -> Vec<TeamScoreReleased> {
    let mut copies = 0;
    state.teams.iter().map(|team| of_team(state, team, mint, &mut copies)).collect()
}

fn of_team(state: &State, team: &Team, mint: Mint, copies: &mut u32) -> TeamScoreReleased {
    let score = team_score(state, team);
    debug_assert!(score.score_milli.is_none_or(|score| (0..=HUNDRED).contains(&score)));
    let decided =
        |id: ObjectiveId, suggested: Option<Rating>, rating: Option<Rating>| Some((id, rating.or(suggested)?));
    let ratings: BTreeMap<ObjectiveId, Rating> = objectives(state, team, &score)
        .into_iter()
        .filter_map(|line| decided(line.objective, line.suggested, line.rating))
        .collect();
    let names = naming::names(state, &score, ratings.keys());
    TeamScoreReleased {
        team: team.id.clone(),
        rules: RULES,
        score: Box::new(score),
        ratings,
        feedback: feedback(state, team, mint, copies),
        names,
    }
}

/// What evaluators say to the team about the answers that count.
fn feedback(state: &State, team: &Team, mint: Mint, copies: &mut u32) -> BTreeMap<InjectId, Vec<Copied>> {
    let mut copy = |said: &Prose| {
        *copies += 1;
        Some(Copied { of: said.part.clone(), text: mint.prose(*copies, said.text()?) })
    };
    let of_inject = |(position, delivery): (&usize, &crate::engine::state::Delivery)| {
        let inject = state.plan.injects.get(*position)?;
        let revision = delivery.official()?.revision;
        let moderated = delivery.markings.moderated(revision);
        let marks = delivery.markings.of_revision(revision).chain(moderated);
        let said: Vec<Copied> = marks.filter_map(|mark| copy(mark.feedback.as_ref()?)).collect();
        (!said.is_empty()).then(|| (inject.id.clone(), said))
    };
    team.deliveries.iter().filter_map(of_inject).collect()
}
