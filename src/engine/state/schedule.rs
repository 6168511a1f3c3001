//! What a team that joins now gets by itself: the times of the plan, as staff have moved them for everybody.

use std::collections::BTreeSet;

use super::{Team, team::Agenda};
use crate::engine::{
    plan::{Plan, Trigger},
    time::Millis,
};

/// Times and fates of the plan that hold for whoever joins, by position.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::engine) struct Schedule {
    /// When injects come.
    pub(in crate::engine) due: Agenda,
    /// When lines are cut (twice the position) and restored (one more).
    pub(in crate::engine) cutting: Agenda,
    /// What a fitting to another end leaves out.
    pub(in crate::engine) dropped: BTreeSet<usize>,
    /// What staff gave a time, for all its teams.
    by_hand: BTreeSet<usize>,
}

impl Schedule {
    /// What the plan says.
    pub(super) fn of(plan: &Plan) -> Self {
        let mut schedule = Self::default();
        for (position, inject) in plan.injects.iter().enumerate() {
            if let Trigger::At { at } = inject.trigger {
                schedule.due.put(position, at);
            }
        }
        for (position, cut) in plan.cuts.iter().enumerate() {
            schedule.cutting.put(2 * position, cut.at);
            schedule.cutting.put(2 * position + 1, cut.until);
        }
        schedule
    }

    pub(in crate::engine) fn shift(&mut self, by: Millis) {
        self.due.shift(by);
        self.cutting.shift(by);
    }

    /// Staff gave an inject a time, whatever became of it before.
    pub(in crate::engine) fn retime(&mut self, inject: usize, time: Millis) {
        self.dropped.remove(&inject);
        self.by_hand.insert(inject);
        self.due.put(inject, time);
    }

    /// An inject was added, or amended to come otherwise: its time is what it says, unless staff gave it one.
    pub(in crate::engine) fn plan_anew(&mut self, inject: usize, time: Option<Millis>) {
        if self.by_hand.contains(&inject) {
            return;
        }
        match time {
            Some(time) => self.due.put(inject, time),
            None => self.due.remove(inject),
        }
    }

    /// A fitting leaves an inject out.
    pub(in crate::engine) fn leave_out(&mut self, inject: usize) {
        self.due.remove(inject);
        self.dropped.insert(inject);
    }

    /// Gives a team that joins its inject; what a fitting since `before` changed can be given back.
    pub(in crate::engine) fn hand_to(&self, team: &mut Team, inject: usize, before: Option<&Self>) {
        if self.dropped.contains(&inject) {
            team.skipped.insert(inject);
        }
        if self.by_hand.contains(&inject) {
            team.timed_by_hand.insert(inject);
        }
        let time = self.due.time_of(inject);
        time.inspect(|time| team.due.put(inject, *time));
        let moved = before.filter(|before| {
            before.due.time_of(inject) != time || before.dropped.contains(&inject) != self.dropped.contains(&inject)
        });
        moved.inspect(|before| _ = team.fitted.insert(inject, before.due.time_of(inject)));
    }

    /// Tells a team that joins when its line is cut, or restored.
    pub(in crate::engine) fn hand_line_to(&self, team: &mut Team, item: usize, before: Option<&Self>) {
        let Some(time) = self.cutting.time_of(item) else { return };
        team.cutting.put(item, time);
        if let Some(planned) = before.and_then(|before| before.cutting.time_of(item)).filter(|it| *it != time) {
            team.fitted_lines.insert(item, planned);
        }
    }
}
