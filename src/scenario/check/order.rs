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
        Trigger::After { .. } | Trigger::Manual => None,
    }
}

/// Plan time of each inject if all goes as written; none for what staff release, or what follows it.
pub(in crate::scenario) fn due_times(injects: &[Inject]) -> Vec<Option<Millis>> {
    let position: BTreeMap<_, _> = injects.iter().enumerate().map(|(n, inject)| (&inject.id, n)).collect();
    let due = |start: &Inject| {
        let mut inject = start;
        let mut delays = Millis::default();
        // A chain without a cycle has no more links than there are injects.
        for _ in injects {
            match &inject.trigger {
                Trigger::At { at } => return Some(at.plus(delays)),
                Trigger::Manual => return None,
                Trigger::After { inject: before, delay } => {
                    delays = delays.plus(*delay);
                    inject = &injects[*position.get(before)?];
                }
            }
        }
        None
    };
    injects.iter().map(due).collect()
}

impl Checker<'_> {
    /// What makes an inject due.
    pub(super) fn trigger(&mut self, inject: &model::Inject) -> Trigger {
        let manual = inject.manual.as_ref().is_some_and(|manual| manual.value);
        if inject.kind.value == InjectKind::ExpectedAction {
            if inject.at.is_some() || inject.after.is_some() {
                self.findings
                    .error("trigger_not_allowed", inject.id.place, "An expected action is watched for, never sent.")
                    .suggest("take its trigger out");
            }
            return Trigger::Manual;
        }
        let triggers = usize::from(inject.at.is_some()) + usize::from(inject.after.is_some()) + usize::from(manual);
        if triggers != 1 {
            let message = format!("Inject '{}' has {triggers} triggers and needs exactly one.", inject.id.value);
            self.findings
                .error("one_trigger", inject.id.place, message)
                .suggest("write at: 10m, after: {inject: …, delay: 5m} or manual: true");
        }
        if let Some(written) = &inject.at {
            let at = self.length(written);
            self.not_after_end(at, written, "This inject falls due");
            Trigger::At { at }
        } else if let Some(after) = &inject.after {
            known(self.findings, &after.inject, "inject", self.injects.iter().map(String::as_str));
            let delay = after.delay.as_ref().map_or_else(Millis::default, |delay| self.forward_length(delay));
            Trigger::After { inject: after.inject.0.as_str().into(), delay }
        } else {
            Trigger::Manual
        }
    }

    /// Checks that each inject can be reached: that no chain bites its own tail, and that what an
    /// inject waits for is ever sent to the same teams.
    pub(super) fn chains(&mut self, models: &[(usize, model::Inject)], injects: &[Inject]) {
        let before: BTreeMap<&str, &str> =
            injects.iter().filter_map(|inject| Some((inject.id.as_str(), predecessor(inject)?))).collect();
        // One report for each cycle, at its first inject in file order.
        let mut reported: BTreeSet<&str> = BTreeSet::new();
        for ((file, model), inject) in models.iter().zip(injects) {
            let Some(after) = &model.after else { continue };
            if reported.contains(inject.id.as_str()) {
                continue;
            }
            self.findings.open(*file);
            if let Some(cycle) = cycle_from(inject.id.as_str(), &before) {
                let path = cycle.join(" → ");
                let message = format!("These injects wait for each other: {path} → {}.", inject.id);
                self.findings.error("cycle", after.inject.place, message).suggest("give one of them a time of its own");
                reported.extend(cycle);
            } else if let Some(other) = injects.iter().find(|other| predecessor(inject) == Some(other.id.as_str())) {
                self.reachable(inject, other, after.inject.place);
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

fn predecessor(inject: &Inject) -> Option<&str> {
    match &inject.trigger {
        Trigger::After { inject, .. } => Some(inject.as_str()),
        Trigger::At { .. } | Trigger::Manual => None,
    }
}

/// The cycle that an inject is part of, beginning with it.
fn cycle_from<'i>(start: &'i str, before: &BTreeMap<&'i str, &'i str>) -> Option<Vec<&'i str>> {
    let mut path = vec![start];
    while let Some(next) = before.get(path.last()?) {
        if *next == start {
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
