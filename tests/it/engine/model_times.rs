//! What waits for one team, as somebody with a pencil would list it: each thing with the plan time at
//! which it comes, moved about as people are told that it is.

use std::collections::{BTreeMap, BTreeSet};

use drillhall::engine::{event::FittedCourse, id::InjectId, time::Millis};

/// The list of one team. Injects go by their number, lines by twice the number of the cut, and one more
/// for when it is restored.
#[derive(Clone, Debug, Default)]
pub(super) struct Waiting {
    /// Plan time at which each inject comes.
    pub(super) due: BTreeMap<i64, i64>,
    /// What is held, and when it would have come.
    pub(super) held: BTreeMap<i64, Option<i64>>,
    /// What waits for the line, by when it would have come.
    detained: BTreeSet<(i64, i64)>,
    /// When lines are cut and restored.
    pub(super) lines: BTreeMap<u32, i64>,
    /// What cuts the line now.
    pub(super) cuts: BTreeSet<Option<u32>>,
    /// Times before the last fitting, as far as nobody decided otherwise since.
    unfitted: BTreeMap<i64, i64>,
    unfitted_lines: BTreeMap<u32, i64>,
}

impl Waiting {
    /// As the plan has it.
    pub(super) fn for_all(due: BTreeMap<i64, i64>, lines: BTreeMap<u32, i64>) -> Self {
        Self { due, lines, ..Self::default() }
    }

    /// Something was decided on an inject: it stands on no list any more.
    pub(super) fn strike_out(&mut self, inject: i64) -> Option<i64> {
        self.held.remove(&inject);
        self.detained.retain(|(_, detained)| *detained != inject);
        self.unfitted.remove(&inject);
        self.due.remove(&inject)
    }

    pub(super) fn retime(&mut self, inject: i64, time: i64) {
        self.strike_out(inject);
        self.due.insert(inject, time);
    }

    pub(super) fn hold(&mut self, inject: i64) {
        let due = self.strike_out(inject);
        self.held.insert(inject, due);
    }

    pub(super) fn free(&mut self, inject: i64) {
        if let Some(time) = self.held.remove(&inject).expect("it is held") {
            self.due.insert(inject, time);
        }
    }

    /// It came while the line was down.
    pub(super) fn detain(&mut self, inject: i64, when: i64) {
        self.strike_out(inject);
        self.detained.insert((when, inject));
    }

    pub(super) fn cut(&mut self, cut: Option<u32>) -> Option<i64> {
        assert!(self.cuts.insert(cut), "{cut:?} cuts the line twice");
        self.lines.remove(&(2 * cut?))
    }

    /// What waited goes out one by one from this plan time on, once nothing cuts the line.
    pub(super) fn restore(&mut self, cut: Option<u32>, now: i64) -> Option<i64> {
        assert!(self.cuts.remove(&cut), "{cut:?} did not cut the line");
        if self.cuts.is_empty() {
            for (later, (_, inject)) in (0..).zip(std::mem::take(&mut self.detained)) {
                self.due.insert(inject, now + later);
            }
        }
        self.lines.remove(&(2 * cut? + 1))
    }

    pub(super) fn shift(&mut self, by: i64) {
        let held = self.held.values_mut().flatten();
        let injects = self.due.values_mut().chain(held).chain(self.unfitted.values_mut());
        injects.chain(self.lines.values_mut()).chain(self.unfitted_lines.values_mut()).for_each(|time| *time += by);
    }

    /// Nothing comes later than it would have.
    pub(super) fn fit(
        &mut self,
        dropped: &BTreeSet<InjectId>,
        retimed: &BTreeMap<InjectId, Millis>,
        course: &FittedCourse,
    ) {
        self.unfitted.clear();
        self.unfitted_lines.clear();
        for id in dropped {
            let inject = number(id);
            if let Some(time) = self.strike_out(inject) {
                self.unfitted.insert(inject, time);
            }
        }
        for (id, time) in retimed {
            if let Some(before) = self.due.get_mut(&number(id)) {
                self.unfitted.insert(number(id), *before);
                *before = time.0.min(*before);
            }
        }
        for line in &course.lines {
            let item = 2 * line.cut + u32::from(line.restored);
            if let Some(before) = self.lines.get_mut(&item) {
                self.unfitted_lines.insert(item, *before);
                *before = line.plan_time.0.min(*before);
            }
        }
    }

    pub(super) fn undo_fit(&mut self) {
        self.due.append(&mut self.unfitted);
        for (item, time) in std::mem::take(&mut self.unfitted_lines) {
            self.lines.entry(item).and_modify(|fitted| *fitted = time);
        }
    }
}

pub(super) fn number(inject: &InjectId) -> i64 {
    inject.as_str().trim_start_matches('i').parse().expect("a number")
}
