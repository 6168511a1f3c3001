//! The clock: what starts, stops, moves and fits it.

use std::collections::{BTreeMap, BTreeSet};

use crate::engine::{
    event::{Calls, Event, Fact, FittedCourse},
    id::{BreakId, InjectId, TeamId},
    state::{BeforeFit, CallStanding, State, Team},
    time::Millis,
};

impl State {
    pub(super) fn apply_time(&mut self, event: &Event) {
        let at = event.at;
        match &event.fact {
            Fact::ExerciseStarted(_) => {
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
            Fact::BreakBegan { pause, ends_at, .. } => {
                self.take_break_off(pause);
                self.on_break = Some(*ends_at);
                self.paused = true;
            }
            Fact::BreakSkipped { pause, .. } => self.take_break_off(pause),
            Fact::BreakEnded => {
                self.on_break = None;
                self.paused = false;
            }
            Fact::PlanFitted { .. } => self.fit(&event.fact),
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
            Fact::Suspended { team, calls } => {
                self.set_flag(team.as_ref(), |state| &mut state.suspended, |team| &mut team.suspended, true);
                self.stand_for(team.as_ref(), calls, CallStanding::of_suspension(&event.actor));
            }
            Fact::SuspensionLifted { team, calls, .. } => {
                self.set_flag(team.as_ref(), |state| &mut state.suspended, |team| &mut team.suspended, false);
                self.calls.retain(|item, call| match calls {
                    Some(answered) => !answered.contains_key(item),
                    None => !call.is_about(team.as_ref()),
                });
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

    /// Play stands because of some calls. Once it does for everybody there is nothing left to widen.
    fn stand_for(&mut self, team: Option<&TeamId>, calls: &Calls, standing: CallStanding) {
        for item in calls.keys() {
            let Some(call) = self.calls.get_mut(item) else { continue };
            match team {
                Some(_) => call.stops_team = true,
                None => call.standing = standing,
            }
        }
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
        self.schedule.shift(by);
        self.breaks.shift(by);
        self.phase_times.iter_mut().for_each(|time| *time = time.plus(by));
        if let Some(before) = &mut self.before_fit {
            before.planned_end = before.planned_end.plus(by);
            before.breaks.shift(by);
            before.schedule.shift(by);
            before.phases.iter_mut().for_each(|time| *time = time.plus(by));
        }
        for team in &mut self.teams {
            team.due.shift(by);
            team.cutting.shift(by);
            let armed = team.armed.values_mut().flat_map(|armed| &mut armed.due);
            let waiting = team.held.values_mut().chain(team.fitted.values_mut()).flatten().chain(armed);
            for time in waiting.chain(team.fitted_lines.values_mut()) {
                *time = time.plus(by);
            }
        }
    }

    /// A break that has begun or is left out does not come any more.
    fn take_break_off(&mut self, id: &BreakId) {
        let is_it = |position: usize| self.plan.breaks.get(position).is_some_and(|pause| pause.id == *id);
        let ahead = self.breaks.all().map(|(_, position)| position).find(|position| is_it(*position));
        if let Some(position) = ahead {
            self.breaks.remove(position);
        }
    }

    fn fit(&mut self, fact: &Fact) {
        let Fact::PlanFitted { planned_end, dropped, retimed, course, .. } = fact else { return };
        self.before_fit = Some(BeforeFit {
            planned_end: std::mem::replace(&mut self.planned_end, *planned_end),
            phases: self.phase_times.clone(),
            breaks: self.breaks.clone(),
            delays: self.delays.clone(),
            schedule: self.schedule.clone(),
        });
        self.fit_course(course);
        self.fit_schedule(dropped, retimed);
        for team in &mut self.teams {
            team.fitted.clear();
            for (position, inject) in self.plan.injects.iter().enumerate() {
                let before = team.due.time_of(position);
                let follows = inject.is_sent() && Self::is_for(inject, team) && !team.has_fate(position);
                if dropped.contains(&inject.id) && (before.is_some() || follows) {
                    team.unlist(position);
                    team.skipped.insert(position);
                } else if let Some((time, before)) = retimed.get(&inject.id).zip(before) {
                    team.due.put(position, before.min(*time));
                } else {
                    continue;
                }
                team.fitted.insert(position, before);
            }
        }
    }

    /// Whoever joins from now on gets what is fitted.
    fn fit_schedule(&mut self, dropped: &BTreeSet<InjectId>, retimed: &BTreeMap<InjectId, Millis>) {
        for (position, inject) in self.plan.injects.iter().enumerate() {
            let before = self.schedule.due.time_of(position);
            if dropped.contains(&inject.id) {
                self.schedule.leave_out(position);
            } else if let Some((time, before)) = retimed.get(&inject.id).zip(before) {
                self.schedule.due.put(position, before.min(*time));
            }
        }
    }

    fn fit_course(&mut self, course: &FittedCourse) {
        for (id, delay) in &course.delays {
            if let Some((position, _)) = self.inject(id) {
                self.delays.insert(position, *delay);
            }
        }
        for (phase, time) in self.plan.phases.iter().zip(&mut self.phase_times) {
            *time = course.phases.get(&phase.id).copied().unwrap_or(*time);
        }
        for (position, pause) in self.plan.breaks.iter().enumerate() {
            if let Some(time) = course.breaks.get(&pause.id).filter(|_| self.breaks.holds(position)) {
                self.breaks.put(position, *time);
            }
        }
        for line in &course.lines {
            let cutting = &mut self.schedule.cutting;
            if let Some(before) = cutting.time_of(line.item()) {
                cutting.put(line.item(), before.min(line.plan_time));
            }
        }
        for team in &mut self.teams {
            team.fitted_lines.clear();
            for line in &course.lines {
                let item = line.item();
                if let Some(before) = team.cutting.time_of(item) {
                    team.fitted_lines.insert(item, before);
                    team.cutting.put(item, before.min(line.plan_time));
                }
            }
        }
    }

    /// Gives back what was not sent, begun or decided on since.
    pub(in crate::engine) fn undo_fit(&mut self) {
        let Some(before) = self.before_fit.take() else { return };
        self.planned_end = before.planned_end;
        self.phase_times = before.phases;
        self.delays = before.delays;
        self.schedule = before.schedule;
        for (time, position) in before.breaks.all() {
            if self.breaks.holds(position) {
                self.breaks.put(position, time);
            }
        }
        for index in 0..self.teams.len() {
            self.give_back(index);
        }
    }

    fn give_back(&mut self, index: usize) {
        let Some(team) = self.teams.get_mut(index) else { return };
        for (item, time) in std::mem::take(&mut team.fitted_lines) {
            if team.cutting.holds(item) {
                team.cutting.put(item, time);
            }
        }
        for (position, before) in std::mem::take(&mut team.fitted) {
            let Some(team) = self.teams.get(index) else { return };
            let time = before.or_else(|| self.follows_at(position, team));
            let Some(team) = self.teams.get_mut(index) else { return };
            team.skipped.remove(&position);
            if let Some(armed) = team.armed.get_mut(&position) {
                armed.due = time;
            } else if let Some(time) = time {
                team.due.put(position, time);
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
