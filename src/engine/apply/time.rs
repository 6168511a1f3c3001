//! The clock: what starts, stops, moves and fits it.

use std::collections::{BTreeMap, BTreeSet};

use crate::engine::{
    event::Fact,
    id::{InjectId, TeamId},
    state::{Fit, State, Team},
    time::{Millis, Timestamp},
};

impl State {
    pub(super) fn apply_time(&mut self, fact: &Fact, at: Timestamp) {
        match fact {
            Fact::ExerciseStarted => {
                self.started_at = Some(at);
                self.scheduled = None;
            }
            Fact::StartScheduled { at: start, .. } => self.scheduled = Some(*start),
            Fact::StartUnscheduled | Fact::StartHeld { .. } => self.scheduled = None,
            Fact::ExerciseEnded { .. } => self.ended_at = Some(at),
            Fact::ExerciseCancelled { .. } => {
                self.cancelled_at = Some(at);
                self.scheduled = None;
            }
            Fact::RateSet { rate } => self.with_clocks(None, |clock| clock.set_rate(*rate, at)),
            Fact::Jumped { team, by } => self.with_clocks(team.as_ref(), |clock| clock.jump(*by, at)),
            Fact::Shifted { by } => self.shift_rest(*by),
            Fact::BreakBegan { ends_at, .. } => {
                self.breaks_begun += 1;
                self.on_break = Some(*ends_at);
                self.paused = true;
            }
            Fact::BreakEnded => {
                self.on_break = None;
                self.paused = false;
            }
            Fact::PlanFitted { planned_end, dropped, retimed, .. } => self.fit(*planned_end, dropped, retimed),
            Fact::FitUndone => self.undo_fit(),
            Fact::Paused { team, .. } => {
                self.set_flag(team.as_ref(), |state| &mut state.paused, |team| &mut team.paused, true);
            }
            Fact::Resumed { team } => {
                if team.is_none() {
                    self.on_break = None;
                }
                self.set_flag(team.as_ref(), |state| &mut state.paused, |team| &mut team.paused, false);
            }
            Fact::Suspended { team } => {
                self.set_flag(team.as_ref(), |state| &mut state.suspended, |team| &mut team.suspended, true);
                self.stop_escalation(team.as_ref());
            }
            Fact::SuspensionLifted { team, .. } => {
                self.set_flag(team.as_ref(), |state| &mut state.suspended, |team| &mut team.suspended, false);
                self.calls.retain(|_, call| team.is_some() && call.team != *team);
            }
            Fact::FaultNoted { .. } => self.paused = true,
            Fact::OutageNoted { from, to } => self.with_clocks(None, |clock| clock.credit_outage(*from, *to)),
            Fact::PhaseBegan { teams, for_exercise, .. } => {
                self.phases_begun += usize::from(*for_exercise);
                for team in teams {
                    self.with_team(team, |team| team.phases_begun += 1);
                }
            }
            _ => {}
        }
    }

    /// Once play stands for everybody there is nothing left to widen.
    fn stop_escalation(&mut self, team: Option<&TeamId>) {
        if team.is_none() {
            self.calls.values_mut().for_each(|call| call.escalates_at = None);
        }
    }

    fn with_clocks(&mut self, team: Option<&TeamId>, change: impl Fn(&mut crate::engine::clock::Clock)) {
        if let Some(team) = team {
            self.with_team(team, |team| change(&mut team.clock));
        } else {
            change(&mut self.clock);
            self.teams.iter_mut().for_each(|team| change(&mut team.clock));
        }
    }

    fn shift_rest(&mut self, by: Millis) {
        self.shift = self.shift.plus(by);
        self.planned_end = self.planned_end.plus(by);
        for team in &mut self.teams {
            team.due.shift(by);
            team.cutting.shift(by);
            for time in team.held.values_mut().flatten() {
                *time = time.plus(by);
            }
        }
    }

    fn fit(&mut self, planned_end: Millis, dropped: &BTreeSet<InjectId>, retimed: &BTreeMap<InjectId, Millis>) {
        let mut before = Fit { planned_end: self.planned_end, times: Vec::new() };
        self.planned_end = planned_end;
        let plan = std::sync::Arc::clone(&self.plan);
        for team in &mut self.teams {
            let changed = plan.injects.iter().enumerate().filter_map(|(position, inject)| {
                let time = team.due.time_of(position)?;
                let new = retimed.get(&inject.id).copied();
                (new.is_some() || dropped.contains(&inject.id)).then_some((position, time, new))
            });
            for (position, time, new) in changed.collect::<Vec<_>>() {
                before.times.push((team.id.clone(), position, time));
                match new {
                    Some(new) => team.due.put(position, new),
                    None => {
                        team.due.remove(position);
                        team.skipped.insert(position);
                    }
                }
            }
        }
        self.fit = Some(before);
    }

    /// Gives back what was not sent or decided on since.
    fn undo_fit(&mut self) {
        let Some(before) = self.fit.take() else { return };
        self.planned_end = before.planned_end;
        for (team, position, time) in before.times {
            self.with_team(&team, |team| {
                let dropped = team.skipped.remove(&position);
                if dropped || team.due.holds(position) {
                    team.due.put(position, time);
                }
            });
        }
    }

    fn set_flag(
        &mut self,
        team: Option<&TeamId>,
        of_all: impl Fn(&mut Self) -> &mut bool,
        of_team: impl Fn(&mut Team) -> &mut bool,
        value: bool,
    ) {
        match team {
            None => *of_all(self) = value,
            Some(team) => self.with_team(team, |team| *of_team(team) = value),
        }
    }
}
