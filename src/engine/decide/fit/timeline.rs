//! The rest of a plan as gaps between the times at which injects come, to drop from and to tighten.

use std::collections::{BTreeMap, BTreeSet};

use crate::engine::{plan::Priority, time::Millis};

/// An inject that comes by itself and all that follows it: they stay or go together.
pub(super) struct Unit {
    pub(super) members: Vec<Member>,
    /// The highest among them.
    pub(super) priority: Priority,
}

/// An inject of a unit, by position.
#[derive(Clone, Copy)]
pub(super) struct Member {
    pub(super) inject: usize,
    /// Plan time at which it would come.
    pub(super) time: Millis,
    /// When what it follows would come, if it follows something.
    pub(super) leads: Option<Millis>,
}

impl Unit {
    pub(super) fn of(inject: usize, time: Millis) -> Self {
        Self { members: vec![Member { inject, time, leads: None }], priority: Priority::Must }
    }

    pub(super) fn follow(&mut self, inject: usize, leader: &Member, delay: Millis) {
        self.members.push(Member { inject, time: leader.time.plus(delay), leads: Some(leader.time) });
    }
}

/// From now to the end.
pub(super) struct Timeline {
    pub(super) now: Millis,
    stops: Vec<Stop>,
    /// Which units go.
    pub(super) dropped: BTreeSet<usize>,
}

/// A time at which injects come; the last one is the end.
struct Stop {
    planned: Millis,
    /// Time since the one before. Dropping all that comes here closes it.
    gap: Millis,
    /// Units of which something comes here.
    units: BTreeSet<usize>,
    /// Where it comes to stand.
    moved: Millis,
}

impl Timeline {
    pub(super) fn new(now: Millis, planned_end: Millis, units: &[Unit]) -> Self {
        let mut times: BTreeMap<Millis, BTreeSet<usize>> = BTreeMap::new();
        for (number, unit) in units.iter().enumerate() {
            for member in &unit.members {
                times.entry(member.time).or_default().insert(number);
            }
        }
        let last = times.last_key_value().map_or(now, |(time, _)| *time);
        let end = (planned_end.max(last), BTreeSet::new());
        let mut since = now;
        let stop = |(planned, units): (Millis, BTreeSet<usize>)| {
            let gap = planned.minus(std::mem::replace(&mut since, planned));
            Stop { planned, gap, units, moved: planned }
        };
        Self { now, stops: times.into_iter().chain([end]).map(stop).collect(), dropped: BTreeSet::new() }
    }

    /// Plan time of the end as it was.
    pub(super) fn end(&self) -> Millis {
        self.stops.last().map_or(self.now, |stop| stop.planned)
    }

    /// Drops what is least wanted, the latest first, until all of it is no longer than this.
    pub(super) fn drop_until(&mut self, length: Millis, units: &[Unit]) {
        for priority in [Priority::Could, Priority::Should] {
            while self.length() > length {
                let may_go = |unit: &usize| units.get(*unit).is_some_and(|unit| unit.priority >= priority);
                let may_close = |stop: &&Stop| !stop.units.is_empty() && stop.units.iter().all(may_go);
                let Some(stop) = self.stops.iter().rev().find(may_close) else { break };
                for unit in stop.units.clone() {
                    self.drop_unit(unit);
                }
            }
        }
    }

    fn drop_unit(&mut self, unit: usize) {
        self.dropped.insert(unit);
        for stop in &mut self.stops {
            if stop.units.remove(&unit) && stop.units.is_empty() {
                stop.gap = Millis(0);
            }
        }
    }

    /// Says where each stop comes to stand so that all of it fits.
    pub(super) fn tighten(&mut self, room: Millis) {
        let length = self.length();
        let mut passed = Millis(0);
        for stop in &mut self.stops {
            passed = passed.plus(stop.gap);
            stop.moved = self.now.plus(if length > room { scale(passed, room, length) } else { passed });
        }
    }

    /// Where a plan time comes to stand: between two stops in proportion.
    pub(super) fn moved(&self, time: Millis) -> Millis {
        let (mut planned, mut moved) = (self.now, self.now);
        for stop in &self.stops {
            if time <= stop.planned && stop.planned > planned {
                return moved.plus(scale(time.minus(planned), stop.moved.minus(moved), stop.planned.minus(planned)));
            }
            (planned, moved) = (stop.planned, stop.moved);
        }
        moved.plus(time.minus(planned))
    }

    fn length(&self) -> Millis {
        self.stops.iter().fold(Millis(0), |sum, stop| sum.plus(stop.gap))
    }
}

fn scale(length: Millis, to: Millis, from: Millis) -> Millis {
    let scaled = i128::from(length.0) * i128::from(to.0) / i128::from(from.0.max(1));
    Millis(i64::try_from(scaled).unwrap_or(i64::MAX))
}
