//! Scores that follow play: after each event only what it can have changed is scored again.
//!
//! Invariant: the board is always what scoring everything anew would give.

use std::collections::BTreeMap;

use super::{
    inject::inject_score,
    result::{InjectScore, TeamScore},
    sum::of_injects,
};
use crate::engine::{
    event::{Event, Fact, HintOpened},
    id::{InjectId, TeamId},
    state::State,
};

/// Every team's score.
#[derive(Clone, Debug, Default)]
pub struct ScoreBoard {
    /// By team in order of joining, then by position of the inject.
    injects: Vec<BTreeMap<usize, InjectScore>>,
    /// The sums, as far as they are still right.
    teams: Vec<TeamScore>,
}

/// What an event can have changed.
enum Changed<'a> {
    Nothing,
    Everything,
    Some(Vec<&'a TeamId>, &'a InjectId),
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
            Changed::Some(teams, inject) => {
                let indexes: Vec<usize> = teams.into_iter().filter_map(|team| state.team_position(team)).collect();
                self.look(state, indexes, inject);
            }
            Changed::Sum(team) => {
                if let Some(index) = state.team_position(team) {
                    self.sum(state, index);
                }
            }
        }
    }

    fn anew(&mut self, state: &State) {
        self.injects = vec![BTreeMap::new(); state.teams.len()];
        self.teams.clear();
        for index in 0..state.teams.len() {
            for position in 0..state.plan.injects.len() {
                self.score(state, index, position);
            }
            self.sum(state, index);
        }
    }

    fn look(&mut self, state: &State, teams: impl IntoIterator<Item = usize>, inject: &InjectId) {
        let Some((position, _)) = state.inject(inject) else { return };
        for index in teams {
            self.score(state, index, position);
            self.sum(state, index);
        }
    }

    fn score(&mut self, state: &State, index: usize, position: usize) {
        let Some(scores) = self.injects.get_mut(index) else { return };
        match state.teams.get(index).and_then(|team| inject_score(state, team, position)) {
            Some(score) => _ = scores.insert(position, score),
            None => _ = scores.remove(&position),
        }
    }

    fn sum(&mut self, state: &State, index: usize) {
        let Some((team, scores)) = state.teams.get(index).zip(self.injects.get(index)) else { return };
        let score = of_injects(team, scores.values().cloned().collect());
        match self.teams.get_mut(index) {
            Some(known) => *known = score,
            None => self.teams.push(score),
        }
    }
}

fn changed(fact: &Fact) -> Changed<'_> {
    match fact {
        Fact::TeamAdded { .. }
        | Fact::InjectAdded { .. }
        | Fact::InjectAmended { .. }
        | Fact::ExerciseEnded { .. }
        | Fact::ExerciseCancelled { .. }
        | Fact::MarkingPolicySet(_)
        | Fact::OutageCredited(_) => Changed::Everything,
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
