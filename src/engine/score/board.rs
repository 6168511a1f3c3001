//! Scores that follow play: after each event only what it can have changed is scored again.
//!
//! Invariant: the board is always what scoring everything anew would give.

use super::{
    inject::inject_score,
    result::{Outcome, TeamScore},
    sum::of_injects,
};
use crate::engine::{
    event::{Event, Fact, HintOpened},
    id::{InjectId, TeamId},
    state::{State, Team},
};

/// Every team's score.
#[derive(Clone, Debug, Default)]
pub struct ScoreBoard {
    /// By team in order of joining: the positions in the plan of its scored injects, in order.
    positions: Vec<Vec<usize>>,
    /// By team in order of joining, with the scores of the injects at those positions.
    teams: Vec<TeamScore>,
}

/// What an event can have changed.
enum Changed<'a> {
    Nothing,
    Everything,
    /// What was open until the end.
    Open,
    Inject(&'a InjectId),
    Some(Vec<&'a TeamId>, &'a InjectId),
    Team(&'a TeamId),
    Sum(&'a TeamId),
}

impl ScoreBoard {
    /// The board of a state, made anew.
    #[must_use]
    pub fn new(state: &State) -> Self {
        let mut board = Self::default();
        board.anew(state);
        board
    }

    /// A team's score by its place in the order of joining.
    #[must_use]
    pub fn team(&self, index: usize) -> Option<&TeamScore> {
        self.teams.get(index)
    }

    /// Every team's score, in order of joining.
    #[must_use]
    pub fn teams(&self) -> &[TeamScore] {
        &self.teams
    }

    /// Follows an event that the state has just taken in.
    pub fn follow(&mut self, state: &State, event: &Event) {
        match changed(&event.fact) {
            Changed::Nothing => {}
            Changed::Everything => self.anew(state),
            Changed::Open => self.end(state),
            Changed::Inject(inject) => self.look(state, 0..state.teams.len(), inject),
            Changed::Some(teams, inject) => {
                let indexes: Vec<usize> = teams.into_iter().filter_map(|team| state.team_position(team)).collect();
                self.look(state, indexes, inject);
            }
            Changed::Team(team) => self.whole(state, team),
            Changed::Sum(team) => {
                if let Some(index) = state.team_position(team) {
                    self.sum(state, index);
                }
            }
        }
    }

    fn anew(&mut self, state: &State) {
        (self.positions, self.teams) = state.teams.iter().map(|team| of_team(state, team)).unzip();
    }

    fn whole(&mut self, state: &State, team: &TeamId) {
        let Some((index, team)) = state.team_position(team).zip(state.team(team)) else { return };
        let (positions, score) = of_team(state, team);
        match self.positions.get_mut(index).zip(self.teams.get_mut(index)) {
            Some(known) => (*known.0, *known.1) = (positions, score),
            // It has just joined, as the last one.
            None => (self.positions.push(positions), self.teams.push(score)).0,
        }
    }

    fn look(&mut self, state: &State, teams: impl IntoIterator<Item = usize>, inject: &InjectId) {
        let Some((position, _)) = state.inject(inject) else { return };
        for index in teams {
            self.score(state, index, position);
            self.sum(state, index);
        }
    }

    /// The end decides only on what had come to no end before.
    fn end(&mut self, state: &State) {
        for index in 0..state.teams.len() {
            let open: Vec<usize> =
                self.positions.get(index).zip(self.teams.get(index)).map_or_else(Vec::new, |known| {
                    let scores = known.0.iter().zip(&known.1.injects);
                    scores.filter(|(_, score)| score.outcome == Outcome::Open).map(|(position, _)| *position).collect()
                });
            for position in open {
                self.score(state, index, position);
            }
            self.sum(state, index);
        }
    }

    fn score(&mut self, state: &State, index: usize, position: usize) {
        let Some((positions, known)) = self.positions.get_mut(index).zip(self.teams.get_mut(index)) else { return };
        let score = state.teams.get(index).and_then(|team| inject_score(state, team, position));
        match (positions.binary_search(&position), score) {
            (Ok(place), Some(score)) => _ = known.injects.get_mut(place).map(|known| *known = score),
            (Ok(place), None) => {
                positions.remove(place);
                known.injects.remove(place);
            }
            (Err(place), Some(score)) => {
                positions.insert(place, position);
                known.injects.insert(place, score);
            }
            (Err(_), None) => {}
        }
    }

    /// The scores of the injects are taken out and put back, not copied: there may be hundreds.
    fn sum(&mut self, state: &State, index: usize) {
        if let Some((team, known)) = state.teams.get(index).zip(self.teams.get_mut(index)) {
            *known = of_injects(team, std::mem::take(&mut known.injects));
        }
    }
}

fn of_team(state: &State, team: &Team) -> (Vec<usize>, TeamScore) {
    let score = |position| Some((position, inject_score(state, team, position)?));
    let (positions, injects) = (0..state.plan.injects.len()).filter_map(score).unzip();
    (positions, of_injects(team, injects))
}

fn changed(fact: &Fact) -> Changed<'_> {
    match fact {
        Fact::MarkingPolicySet(_) => Changed::Everything,
        Fact::ExerciseEnded { .. } | Fact::ExerciseCancelled { .. } => Changed::Open,
        Fact::InjectAdded { inject } | Fact::InjectAmended { inject } => Changed::Inject(&inject.id),
        Fact::TeamAdded { team, .. } => Changed::Team(team),
        Fact::OutageCredited(credited) => Changed::Team(&credited.team),
        Fact::InjectReleased { inject, teams, .. } => Changed::Some(teams.keys().collect(), inject),
        Fact::InjectRecalled { inject, teams, .. }
        | Fact::InjectExcused { inject, teams, .. }
        | Fact::DeadlineExtended { inject, teams, .. }
        | Fact::AnswerClosed { inject, teams } => Changed::Some(teams.iter().collect(), inject),
        Fact::InjectDelivered { inject, team, .. }
        | Fact::InjectOpened { inject, team }
        | Fact::InjectAcknowledged { inject, team, .. }
        | Fact::ResponseSubmitted { inject, team, .. }
        | Fact::HintOpened(HintOpened { inject, team, .. })
        | Fact::MarkWithdrawn { inject, team } => Changed::Some(vec![team], inject),
        Fact::AnswerMarked(marked) | Fact::AnswerModerated(marked) => Changed::Some(vec![&marked.team], &marked.inject),
        Fact::ActionNoted(noted) => Changed::Some(vec![&noted.team], &noted.inject),
        Fact::AdjustmentDecided(decided) => Changed::Sum(&decided.team),
        _ => Changed::Nothing,
    }
}
