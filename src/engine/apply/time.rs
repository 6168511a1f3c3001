//! The clock: what starts, stops, moves and fits it.

use std::collections::{BTreeMap, BTreeSet};

use crate::engine::{
    event::Fact,
    id::{InjectId, TeamId},
    state::{State, Team},
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
                if team.is_none() {
                    self.on_break = None;
                }
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
            Fact::FaultNoted { .. } => {
                self.on_break = None;
                self.paused = true;
            }
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
        self.end_before_fit = self.end_before_fit.map(|end| end.plus(by));
        for team in &mut self.teams {
            team.due.shift(by);
            team.cutting.shift(by);
            let armed = team.armed.values_mut().flat_map(|armed| &mut armed.due);
            for time in team.held.values_mut().flatten().chain(team.fitted.values_mut()).chain(armed) {
                *time = time.plus(by);
            }
        }
    }

    fn fit(&mut self, planned_end: Millis, dropped: &BTreeSet<InjectId>, retimed: &BTreeMap<InjectId, Millis>) {
        self.end_before_fit = Some(std::mem::replace(&mut self.planned_end, planned_end));
        for team in &mut self.teams {
            team.fitted.clear();
            for (position, inject) in self.plan.injects.iter().enumerate() {
                let Some(before) = team.due.time_of(position) else { continue };
                if dropped.contains(&inject.id) {
                    team.unlist(position);
                    team.skipped.insert(position);
                } else if let Some(time) = retimed.get(&inject.id) {
                    team.due.put(position, before.min(*time));
                } else {
                    continue;
                }
                team.fitted.insert(position, before);
            }
        }
    }

    /// Gives back what was not sent or decided on since.
    fn undo_fit(&mut self) {
        let Some(planned_end) = self.end_before_fit.take() else { return };
        self.planned_end = planned_end;
        for team in &mut self.teams {
            for (position, before) in std::mem::take(&mut team.fitted) {
                team.skipped.remove(&position);
                team.due.put(position, before);
            }
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
