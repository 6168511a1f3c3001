//! Fitting what is left of the plan to another end.
//!
//! The gaps between injects are tightened evenly, to half of what was planned at most. What does not
//! fit then is dropped: first what could, then what should be played, the latest first. What must be
//! played stays, however tight it gets.

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

/// Plan time that passes before an inject, or before the end. Dropping the inject closes it.
struct Gap<'a> {
    before: Millis,
    inject: Option<&'a Inject>,
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
        let mut gaps = self.gaps(now, at);
        let dropped = drop_until_it_fits(&mut gaps, keep, Millis(room.0.saturating_mul(1000) / TIGHTEST_PERMILLE));
        let length = length_of(&gaps);
        let mut clock = Millis(0);
        let mut retimed = BTreeMap::new();
        for Gap { before, inject } in &gaps {
            clock = clock.plus(*before);
            let time = if length > room { scale(clock, room, length) } else { clock };
            if let Some(inject) = inject {
                retimed.insert(inject.id.clone(), now.plus(time));
            }
        }
        let weakened = self.weakened(&dropped);
        Ok(vec![Fact::PlanFitted { end, planned_end: now.plus(room), dropped, retimed, weakened }])
    }

    pub(super) fn undo_fit_rule(&self, actor: &Actor) -> Result<Vec<Fact>, Rejection> {
        self.allow(actor, Action::RunClock)?;
        self.in_stage(&BEFORE_END)?;
        self.fit.as_ref().map(|_| vec![Fact::FitUndone]).ok_or(Rejection::NothingToUndo)
    }

    /// The rest of the plan as gaps: one before each inject that has a time of its own and is still to
    /// come, and the one before the end. What follows another by a delay moves with it.
    fn gaps(&self, now: Millis, at: Timestamp) -> Vec<Gap<'_>> {
        let mut ahead: BTreeMap<usize, Millis> = BTreeMap::new();
        for team in &self.teams {
            let now = team.clock.plan(at);
            for (time, position) in team.due.all() {
                let left = time.minus(now).max(Millis(0));
                ahead.entry(position).and_modify(|known| *known = left.max(*known)).or_insert(left);
            }
        }
        let timed = ahead.into_iter().filter_map(|(position, ahead)| {
            let inject = self.plan.injects.get(position)?;
            matches!(inject.trigger, Trigger::At { .. }).then_some((ahead, Some(inject)))
        });
        let mut stops: Vec<_> = timed.collect();
        stops.sort_by_key(|(ahead, _)| *ahead);
        let last = stops.last().map_or(Millis(0), |(ahead, _)| *ahead);
        stops.push((self.planned_end.minus(now).max(last), None));
        let mut since = Millis(0);
        let gap = |(ahead, inject): (Millis, _)| {
            let before = ahead.minus(std::mem::replace(&mut since, ahead));
            Gap { before, inject }
        };
        stops.into_iter().map(gap).collect()
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
            let may_go = |gap: &Gap<'_>| {
                let wanted = |inject: &Inject| inject.priority != priority || keep.contains(&inject.id);
                gap.before > Millis(0) && gap.inject.is_some_and(|inject| !wanted(inject))
            };
            let Some(index) = gaps.iter().rposition(may_go) else { break };
            dropped.extend(gaps.remove(index).inject.map(|inject| inject.id.clone()));
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
