//! Fitting what is left of the plan to another end.
//!
//! The gaps between injects are tightened evenly, to half of what was planned at most. What does not
//! fit then is dropped: first what could, then what should be played, the latest first. What must be
//! played stays, however tight it gets. Nothing comes later than it would have. An inject and what
//! follows it stay or go together; phases, breaks and cuts move with the injects around them.

mod timeline;

use std::collections::{BTreeMap, BTreeSet};

use super::{clock::BEFORE_END, control::missed};
use crate::engine::{
    command::Actor,
    event::{Fact, FittedCourse, FittedLine, Weakened},
    id::{InjectId, ObjectiveId},
    plan::{Inject, Priority, Trigger},
    rejection::Rejection,
    role::Action,
    state::{State, Team},
    time::{Millis, Timestamp},
};

use timeline::{Timeline, Unit};

/// How far gaps are tightened before anything is dropped, in permille of what was planned.
const TIGHTEST_PERMILLE: i64 = 500;

impl State {
    pub(super) fn fit_to_end(
        &self,
        actor: &Actor,
        end: Timestamp,
        keep: &BTreeSet<InjectId>,
        at: Timestamp,
    ) -> Result<Vec<Fact>, Rejection> {
        self.allow(actor, Action::RunClock)?;
        self.in_stage(&BEFORE_END)?;
        if end <= at {
            return Err(Rejection::EndInPast);
        }
        if !end.is_in_calendar() {
            return Err(Rejection::TimeOutOfRange);
        }
        if let Some(unknown) = keep.iter().find(|id| self.inject(id).is_none()) {
            return Err(Rejection::UnknownInject(unknown.clone()));
        }
        let now = self.clock.plan(at);
        let units = self.units(now, keep);
        let mut timeline = Timeline::new(now, self.planned_end, &units);
        let room = self.room(end, timeline.end(), at);
        if room >= self.planned_end.minus(now) {
            return Err(Rejection::NothingToFit);
        }
        if room <= Millis(0) {
            return Err(Rejection::NoRoom);
        }
        timeline.drop_until(Millis(room.0.saturating_mul(1000) / TIGHTEST_PERMILLE), &units);
        timeline.tighten(room);
        Ok(vec![self.fitted(end, now.plus(room), &units, &timeline)])
    }

    /// Plan time that passes until the end: breaks take wall time from it, be they on or to come.
    fn room(&self, end: Timestamp, planned: Millis, at: Timestamp) -> Millis {
        let from = self.on_break.map_or(at, |over| over.max(at));
        let ahead = self.breaks.all().filter(|(time, _)| *time < planned);
        let lengths = ahead.filter_map(|(_, position)| self.plan.breaks.get(position)).map(|pause| pause.length);
        let wall = lengths.fold(end.since(from), Millis::minus);
        Millis(wall.0.saturating_mul(i64::from(self.clock.rate().0)) / 1000)
    }

    fn fitted(&self, end: Timestamp, planned_end: Millis, units: &[Unit], timeline: &Timeline) -> Fact {
        let id = |position: usize| self.plan.injects.get(position).map(|inject| inject.id.clone());
        let mut dropped = BTreeSet::new();
        let mut retimed = BTreeMap::new();
        let mut course = self.fitted_course(timeline);
        for (number, unit) in units.iter().enumerate() {
            if timeline.dropped.contains(&number) {
                dropped.extend(unit.members.iter().filter_map(|member| id(member.inject)));
                continue;
            }
            for member in &unit.members {
                let time = timeline.moved(member.time);
                match member.leads {
                    None => retimed.extend(id(member.inject).map(|id| (id, time))),
                    Some(leader) => {
                        let delay = time.minus(timeline.moved(leader));
                        course.delays.extend(id(member.inject).map(|id| (id, delay)));
                    }
                }
            }
        }
        let weakened = self.weakened(&dropped);
        Fact::PlanFitted { end, planned_end, dropped, retimed, weakened, course: Box::new(course) }
    }

    /// Phases, breaks and cuts that are to come, at their new times.
    fn fitted_course(&self, timeline: &Timeline) -> FittedCourse {
        let is_ahead = |time: Millis| time > timeline.now;
        let phases = self.plan.phases.iter().zip(&self.phase_times).filter(|(_, time)| is_ahead(**time));
        let breaks = self.breaks.all().filter(|(time, _)| is_ahead(*time));
        let breaks = breaks.filter_map(|(time, position)| Some((self.plan.breaks.get(position)?, time)));
        let mut lines: BTreeMap<usize, Millis> = BTreeMap::new();
        let schedules = self.teams.iter().map(|team| &team.cutting).chain([&self.schedule.cutting]);
        for (time, item) in schedules.flat_map(|cutting| cutting.after(timeline.now)) {
            lines.entry(item).and_modify(|known| *known = time.max(*known)).or_insert(time);
        }
        let line = |(item, time): (usize, Millis)| {
            let cut = u32::try_from(item / 2).ok()?;
            Some(FittedLine { cut, restored: !item.is_multiple_of(2), plan_time: timeline.moved(time) })
        };
        FittedCourse {
            delays: BTreeMap::new(),
            phases: phases.map(|(phase, time)| (phase.id.clone(), timeline.moved(*time))).collect(),
            breaks: breaks.map(|(pause, time)| (pause.id.clone(), timeline.moved(time))).collect(),
            lines: lines.into_iter().filter_map(line).collect(),
        }
    }

    /// What it gives back and what has passed by now waits in the tray.
    pub(super) fn undo_fit_rule(&self, actor: &Actor, at: Timestamp) -> Result<Vec<Fact>, Rejection> {
        self.allow(actor, Action::RunClock)?;
        self.in_stage(&BEFORE_END)?;
        if self.before_fit.is_none() {
            return Err(Rejection::NothingToUndo);
        }
        let mut then = self.clone();
        then.undo_fit();
        let given_back = self.teams.iter().zip(&then.teams).flat_map(|(before, team)| {
            let item =
                move |position: &usize| Some((team, self.plan.injects.get(*position)?, team.due.time_of(*position)?));
            before.fitted.keys().filter_map(item)
        });
        let past = given_back.filter(|(team, _, time)| *time < team.clock.plan(at));
        Ok(std::iter::once(Fact::FitUndone).chain(missed(past, at)).collect())
    }

    /// What still comes by itself, each with all that follows it.
    fn units(&self, now: Millis, keep: &BTreeSet<InjectId>) -> Vec<Unit> {
        let mut times: BTreeMap<usize, Millis> = BTreeMap::new();
        let of_nobody =
            self.schedule.due.after(now).filter(|(_, it)| self.awaits_its_teams(self.plan.injects.get(*it)));
        for (time, position) in self.teams.iter().flat_map(|team| team.due.after(now)).chain(of_nobody) {
            times.entry(position).and_modify(|known| *known = time.max(*known)).or_insert(time);
        }
        let mut listed: BTreeSet<usize> = times.keys().copied().collect();
        let mut units = Vec::new();
        for (position, time) in times {
            let mut unit = Unit::of(position, time);
            let mut next = 0;
            while let Some(leader) = unit.members.get(next).copied() {
                next += 1;
                for (follower, delay) in self.followers.get(leader.inject).into_iter().flatten() {
                    if self.will_follow(*follower) && listed.insert(*follower) {
                        unit.follow(*follower, &leader, self.delay(*follower, *delay));
                    }
                }
            }
            let injects = || unit.members.iter().filter_map(|member| self.plan.injects.get(member.inject));
            let priority = injects().map(|inject| inject.priority).min().unwrap_or(Priority::Must);
            let kept = injects().any(|inject| keep.contains(&inject.id));
            units.push(Unit { priority: if kept { Priority::Must } else { priority }, ..unit });
        }
        units
    }

    /// Whether the release of its leader will give some team an inject.
    fn will_follow(&self, position: usize) -> bool {
        let comes =
            |inject: &Inject, team: &Team| inject.is_sent() && Self::is_for(inject, team) && !team.is_settled(position);
        let inject = self.plan.injects.get(position);
        self.awaits_its_teams(inject) || inject.is_some_and(|inject| self.teams.iter().any(|team| comes(inject, team)))
    }

    /// Whether an inject would be sent, but to teams that have yet to join.
    fn awaits_its_teams(&self, inject: Option<&Inject>) -> bool {
        inject.is_some_and(|it| it.is_sent() && self.teams.iter().all(|team| !Self::is_for(it, team)))
    }

    /// Which objectives lose evidence, and how much each has left.
    fn weakened(&self, dropped: &BTreeSet<InjectId>) -> Vec<Weakened> {
        let count = |list: Vec<&Inject>| u32::try_from(list.len()).unwrap_or(u32::MAX);
        let counts = |objective: &ObjectiveId| {
            let for_it = self.plan.injects.iter().filter(|inject| inject.staff.objectives.contains(objective));
            let (lost, rest): (Vec<&Inject>, Vec<&Inject>) = for_it.partition(|inject| dropped.contains(&inject.id));
            (count(lost), count(rest.into_iter().filter(|inject| self.gives_evidence(inject, dropped)).collect()))
        };
        let objectives = self.plan.objectives.iter().map(|objective| (objective, counts(&objective.id)));
        objectives
            .filter(|(_, (lost, _))| *lost > 0)
            .map(|(objective, (lost, left))| Weakened { objective: objective.id.clone(), left, lost })
            .collect()
    }

    /// Whether an inject was sent to a team and stands, or may still come to one.
    fn gives_evidence(&self, inject: &Inject, dropped: &BTreeSet<InjectId>) -> bool {
        let Some((position, _)) = self.inject(&inject.id) else { return false };
        let to_come = self.awaits_its_teams(Some(inject)) && !dropped.contains(&inject.id);
        to_come
            || self.teams.iter().any(|team| match team.deliveries.get(&position) {
                Some(delivery) => !delivery.recalled,
                None => self.may_come(inject, team, dropped),
            })
    }

    /// Whether anything could still bring an inject to a team. Goes up from follower to leader.
    fn may_come(&self, inject: &Inject, team: &Team, dropped: &BTreeSet<InjectId>) -> bool {
        let mut inject = inject;
        for _ in 0..self.plan.injects.len() {
            let Some((position, _)) = self.inject(&inject.id) else { return false };
            if !inject.is_sent() || dropped.contains(&inject.id) {
                return false;
            }
            if team.skipped.contains(&position) || team.passed_over.contains(&position) {
                return false;
            }
            if team.is_settled(position) {
                return true;
            }
            match &inject.trigger {
                Trigger::After { inject: leader, .. } => match self.inject(leader) {
                    Some((_, leader)) => inject = leader,
                    None => return false,
                },
                Trigger::When { .. } | Trigger::Manual => return Self::is_for(inject, team),
                Trigger::At { .. } => return false,
            }
        }
        false
    }
}
