//! Fitting what is left of the plan to another end.
//!
//! The gaps between injects are tightened evenly, to half of what was planned at most. What does not
//! fit then is dropped: first what could, then what should be played, the latest first. What must be
//! played stays, however tight it gets. Nothing comes later than it would have.

use std::collections::{BTreeMap, BTreeSet};

use super::clock::BEFORE_END;
use crate::engine::{
    command::Actor,
    event::{Fact, Weakened},
    id::{InjectId, ObjectiveId},
    plan::{Inject, Priority, Trigger},
    rejection::Rejection,
    role::Action,
    state::State,
    time::{Millis, Timestamp},
};

/// How far gaps are tightened before anything is dropped, in permille of what was planned.
const TIGHTEST_PERMILLE: i64 = 500;

/// Plan time that passes before injects that come together, or before the end. Dropping all of them
/// closes it.
struct Gap<'a> {
    before: Millis,
    injects: Vec<&'a Inject>,
}

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
        let room = Millis(end.since(at).0.saturating_mul(i64::from(self.clock.rate().0)) / 1000);
        if room >= self.planned_end.minus(now) {
            return Err(Rejection::NothingToFit);
        }
        let mut gaps = self.gaps(now);
        let dropped = drop_until_it_fits(&mut gaps, keep, Millis(room.0.saturating_mul(1000) / TIGHTEST_PERMILLE));
        let length = length_of(&gaps);
        let mut clock = Millis(0);
        let mut retimed = BTreeMap::new();
        for Gap { before, injects } in &gaps {
            clock = clock.plus(*before);
            let time = if length > room { scale(clock, room, length) } else { clock };
            retimed.extend(injects.iter().map(|inject| (inject.id.clone(), now.plus(time))));
        }
        let weakened = self.weakened(&dropped);
        Ok(vec![Fact::PlanFitted { end, planned_end: now.plus(room), dropped, retimed, weakened }])
    }

    pub(super) fn undo_fit_rule(&self, actor: &Actor) -> Result<Vec<Fact>, Rejection> {
        self.allow(actor, Action::RunClock)?;
        self.in_stage(&BEFORE_END)?;
        self.end_before_fit.map(|_| vec![Fact::FitUndone]).ok_or(Rejection::NothingToUndo)
    }

    /// The rest of the plan as gaps: one before each time at which injects with a time of their own
    /// still come, and the one before the end. What follows another by a delay moves with it.
    fn gaps(&self, now: Millis) -> Vec<Gap<'_>> {
        let mut times: BTreeMap<usize, Millis> = BTreeMap::new();
        for (time, position) in self.teams.iter().flat_map(|team| team.due.after(now)) {
            times.entry(position).and_modify(|known| *known = time.max(*known)).or_insert(time);
        }
        let mut stops: BTreeMap<Millis, Vec<&Inject>> = BTreeMap::new();
        for (position, time) in times {
            let inject = self.plan.injects.get(position);
            if let Some(inject) = inject.filter(|inject| matches!(inject.trigger, Trigger::At { .. })) {
                stops.entry(time).or_default().push(inject);
            }
        }
        let last = stops.last_key_value().map_or(now, |(time, _)| *time);
        let end = (self.planned_end.max(last), Vec::new());
        let mut since = now;
        let gap = |(time, injects): (Millis, _)| {
            let before = time.minus(std::mem::replace(&mut since, time));
            Gap { before, injects }
        };
        stops.into_iter().chain([end]).map(gap).collect()
    }

    /// Which objectives lose evidence, and how much each has left.
    fn weakened(&self, dropped: &BTreeSet<InjectId>) -> Vec<Weakened> {
        let counts = |objective: &ObjectiveId| {
            let for_it = self.plan.injects.iter().filter(|inject| inject.staff.objectives.contains(objective));
            let (lost, left): (Vec<&Inject>, Vec<&Inject>) = for_it.partition(|inject| dropped.contains(&inject.id));
            (u32::try_from(lost.len()).unwrap_or(u32::MAX), u32::try_from(left.len()).unwrap_or(u32::MAX))
        };
        let objectives = self.plan.objectives.iter().map(|objective| (objective, counts(&objective.id)));
        objectives
            .filter(|(_, (lost, _))| *lost > 0)
            .map(|(objective, (lost, left))| Weakened { objective: objective.id.clone(), left, lost })
            .collect()
    }
}

/// Drops what is least wanted, the latest first, until the gaps are no longer than this all together.
fn drop_until_it_fits(gaps: &mut Vec<Gap<'_>>, keep: &BTreeSet<InjectId>, length: Millis) -> BTreeSet<InjectId> {
    let mut dropped = BTreeSet::new();
    for priority in [Priority::Could, Priority::Should] {
        while length_of(gaps) > length {
            let may_go = |inject: &&Inject| inject.priority >= priority && !keep.contains(&inject.id);
            let may_close = |gap: &Gap<'_>| !gap.injects.is_empty() && gap.injects.iter().all(may_go);
            let Some(index) = gaps.iter().rposition(may_close) else { break };
            dropped.extend(gaps.remove(index).injects.into_iter().map(|inject| inject.id.clone()));
        }
    }
    dropped
}

fn length_of(gaps: &[Gap<'_>]) -> Millis {
    gaps.iter().fold(Millis(0), |sum, gap| sum.plus(gap.before))
}

fn scale(length: Millis, to: Millis, from: Millis) -> Millis {
    let scaled = i128::from(length.0) * i128::from(to.0) / i128::from(from.0.max(1));
    Millis(i64::try_from(scaled).unwrap_or(i64::MAX))
}
