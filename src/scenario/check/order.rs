//! When injects fall due: the triggers, and the chains of injects that follow each other.

use std::collections::{BTreeMap, BTreeSet};

use super::{Checker, known};
use crate::{
    engine::{
        plan::{Inject, InjectAudience, InjectKind, Trigger},
        time::Millis,
    },
    scenario::{model, value::Place},
};

/// Plan time of an inject that has one of its own.
pub(super) fn fixed_time(inject: &Inject) -> Option<Millis> {
    match inject.trigger {
        Trigger::At { at } => Some(at),
        Trigger::After { .. } | Trigger::When { .. } | Trigger::Manual => None,
    }
}

/// Plan time of each inject if all goes as written; none for what staff release, what waits for a
/// condition, and what follows either.
pub(in crate::scenario) fn due_times(injects: &[Inject]) -> Vec<Option<Millis>> {
    let before = predecessors(injects);
    let due = |start: usize| {
        let mut n = start;
        let mut delays = Millis::default();
        // A chain without a cycle has no more links than there are injects.
        for _ in injects {
            match &injects[n].trigger {
                Trigger::At { at } => return Some(at.plus(delays)),
                Trigger::Manual | Trigger::When { .. } => return None,
                Trigger::After { delay, .. } => delays = delays.plus(*delay),
            }
            n = before[n]?;
        }
        None
    };
    (0..injects.len()).map(due).collect()
}

/// For each inject the position of the one that it follows, if it follows one.
fn predecessors(injects: &[Inject]) -> Vec<Option<usize>> {
    let position: BTreeMap<_, _> = injects.iter().enumerate().map(|(n, inject)| (&inject.id, n)).collect();
    let before = |inject: &Inject| match &inject.trigger {
        Trigger::After { inject, .. } => position.get(inject).copied(),
        Trigger::At { .. } | Trigger::When { .. } | Trigger::Manual => None,
    };
    injects.iter().map(before).collect()
}

impl Checker<'_> {
    /// What makes an inject due.
    pub(super) fn trigger(&mut self, inject: &model::Inject) -> Trigger {
        let manual = inject.manual.as_ref().is_some_and(|manual| manual.value);
        if inject.kind.value == InjectKind::ExpectedAction {
            if inject.at.is_some() || inject.after.is_some() || inject.when.is_some() {
                self.findings
                    .error("trigger_not_allowed", inject.id.place, "An expected action is watched for, never sent.")
                    .suggest("take its trigger out");
            }
            return Trigger::Manual;
        }
        let given = [inject.at.is_some(), inject.after.is_some(), inject.when.is_some(), manual];
        let triggers = given.into_iter().filter(|given| *given).count();
        if triggers != 1 {
            let message = format!("Inject '{}' has {triggers} triggers and needs exactly one.", inject.id.value);
            self.findings
                .error("one_trigger", inject.id.place, message)
                .suggest("write at: 10m, after: {inject: …, delay: 5m}, when: {…} or manual: true");
        }
        if let (Some(delay), None) = (&inject.delay, &inject.when) {
            self.findings
                .error("delay_not_allowed", delay.place, "This delay belongs to no 'when'.")
                .suggest("put it into after: {inject: …, delay: …}, or write when:");
        }
        if let Some(written) = &inject.at {
            let at = self.length(written);
            self.not_after_end(at, written, "This inject falls due");
            Trigger::At { at }
        } else if let Some(after) = &inject.after {
            known(self.findings, &after.inject, "inject", self.injects.keys().copied());
            let delay = after.delay.as_ref().map_or_else(Millis::default, |delay| self.forward_length(delay));
            Trigger::After { inject: after.inject.0.as_str().into(), delay }
        } else if let Some(condition) = &inject.when {
            let delay = inject.delay.as_ref().map_or_else(Millis::default, |delay| self.forward_length(delay));
            Trigger::When { condition: self.condition(condition), delay }
        } else {
            Trigger::Manual
        }
    }

    /// Checks that each inject can be reached: that no chain bites its own tail, and that what an
    /// inject waits for is ever sent to the same teams.
    pub(super) fn chains(&mut self, models: &[(usize, model::Inject)], injects: &[Inject]) {
        let before = predecessors(injects);
        // One report for each cycle, at its first inject in file order.
        let mut reported = BTreeSet::new();
        for (n, (file, model)) in models.iter().enumerate() {
            let (Some(after), Some(other)) = (&model.after, before[n]) else { continue };
            if reported.contains(&n) {
                continue;
            }
            self.findings.open(*file);
            if let Some(cycle) = cycle_from(n, &before) {
                let path: Vec<&str> = cycle.iter().chain([&n]).map(|n| injects[*n].id.as_str()).collect();
                let message = format!("These injects wait for each other: {}.", path.join(" → "));
                self.findings.error("cycle", after.inject.place, message).suggest("give one of them a time of its own");
                reported.extend(cycle);
            } else {
                self.reachable(&injects[n], &injects[other], after.inject.place);
            }
        }
    }

    fn reachable(&mut self, inject: &Inject, before: &Inject, place: Place) {
        if before.kind == InjectKind::ExpectedAction {
            let message =
                format!("'{}' is an expected action and is never sent, so '{}' never follows.", before.id, inject.id);
            self.findings.error("unreachable", place, message);
        } else if disjoint(&inject.audience, &before.audience) {
            let message =
                format!("No team gets both '{}' and '{}', so the one never follows the other.", before.id, inject.id);
            self.findings.error("unreachable", place, message);
        }
    }
}

/// The cycle that an inject is part of, beginning with it.
fn cycle_from(start: usize, before: &[Option<usize>]) -> Option<Vec<usize>> {
    let mut path = vec![start];
    while let Some(next) = before[*path.last()?] {
        if next == start {
            return Some(path);
        }
        if path.len() > before.len() {
            return None;
        }
        path.push(next);
    }
    None
}

fn disjoint(a: &InjectAudience, b: &InjectAudience) -> bool {
    match (a, b) {
        (InjectAudience::Cohorts(a), InjectAudience::Cohorts(b)) => !a.iter().any(|cohort| b.contains(cohort)),
        (InjectAudience::Teams(a), InjectAudience::Teams(b)) => !a.iter().any(|team| b.contains(team)),
        _ => false,
    }
}
