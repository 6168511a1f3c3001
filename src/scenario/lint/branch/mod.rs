//! Branches that can never be taken. What is reported is certain as long as play goes by itself; staff
//! may still send such an inject by hand.

mod blame;
mod literal;
mod world;

use std::collections::BTreeSet;

use self::{
    blame::{Asked, Blame, Written, at, blame},
    world::World,
};
use crate::{
    engine::plan::{Condition, Inject, InjectAudience, InjectKind, Plan, Trigger},
    scenario::{
        diagnostic::Findings,
        model,
        parse::Parsed,
        value::{At, Place},
    },
};

/// Looks over the branches of a pack that has no errors.
pub(super) fn look(parsed: &Parsed, plan: &Plan, findings: &mut Findings) {
    contingencies(parsed, plan, findings);
    findings.open(parsed.main);
    for flag in parsed.scenario.flags.iter().filter(|flag| flag.when.is_none()) {
        findings
            .hint("set_by_staff", flag.id.place, "Only staff can set this flag.")
            .suggest("that may be meant; if not, write when:");
    }
    if let Some(world) = World::of(plan) {
        let look = Look { parsed, plan, world: &world };
        look.flags(findings);
        look.injects(findings);
        look.alternatives(findings);
    }
}

/// A contingency is sent because something did not happen.
fn contingencies(parsed: &Parsed, plan: &Plan, findings: &mut Findings) {
    for ((file, model), inject) in parsed.injects.iter().zip(&plan.injects) {
        let Trigger::When { condition, .. } = &inject.trigger else { continue };
        let conditions = [Some(condition), inject.only_if.as_ref()];
        let waits_in_vain = conditions.into_iter().flatten().any(asks_for_nothing_done);
        if inject.kind == InjectKind::Contingency && !waits_in_vain {
            findings.open(*file);
            let place = model.when.as_ref().map_or(model.id.place, |when| when.place);
            findings
                .hint("contingency_without_silence", place, "This contingency waits for nothing that was left undone.")
                .suggest("ask for silent: or not: {answered: …}, or make it a task");
        }
    }
}

fn asks_for_nothing_done(condition: &Condition) -> bool {
    matches!(condition, Condition::Silent { .. } | Condition::Not(_) | Condition::Score { below: Some(_), .. })
        || condition.parts().into_iter().any(asks_for_nothing_done)
}

struct Look<'a> {
    parsed: &'a Parsed,
    plan: &'a Plan,
    world: &'a World<'a>,
}

impl Look<'_> {
    fn flags(&self, findings: &mut Findings) {
        for (model, flag) in self.parsed.scenario.flags.iter().zip(&self.plan.flags) {
            let Some(written) = written(model.when.as_ref(), flag.when.as_ref()) else { continue };
            if !self.world.can_hold(written.condition, &InjectAudience::All, None) {
                let blame = self.blame(written, Asked { teams: &InjectAudience::All, limit: None });
                let message = format!("The flag '{}' never sets itself. {}", flag.id, blame.why);
                findings
                    .warn("never_set", blame.place, message)
                    .suggest("change its condition; staff can still set it");
            }
        }
    }

    fn injects(&self, findings: &mut Findings) {
        let mut told = BTreeSet::new();
        for (position, (file, model)) in self.parsed.injects.iter().enumerate() {
            let Some(inject) = self.plan.injects.get(position) else { continue };
            let has_branch = model.when.is_some() || model.only_if.is_some();
            if !has_branch || told.contains(&position) || self.world.earliest(position).is_some() {
                continue;
            }
            findings.open(*file);
            let Some(blame) = self.why_never(position, model, inject) else { continue };
            if let Some(circle) = self.circle(position) {
                let names: Vec<&str> = circle
                    .iter()
                    .chain([&position])
                    .filter_map(|n| Some(self.plan.injects.get(*n)?.id.as_str()))
                    .collect();
                let message = format!("These injects wait for each other: {}.", names.join(" → "));
                findings.warn("cycle", blame.place, message).suggest("give one of them a time of its own");
                told.extend(circle);
            } else if blame.waits_for.is_none() {
                let message = format!("'{}' can never come by itself. {}", inject.id, blame.why);
                findings
                    .warn("never_fires", blame.place, message)
                    .suggest("change its condition, or write manual: true");
            }
        }
    }

    /// What keeps an inject from coming. One that follows another has its leader to blame.
    fn why_never(&self, position: usize, model: &model::Inject, inject: &Inject) -> Option<Blame> {
        if let (Trigger::After { inject: leader, .. }, Some(after)) = (&inject.trigger, &model.after) {
            let (leader, _) = self.world.inject(leader)?;
            if self.world.earliest(leader).is_none() {
                let why = "What it follows can never come.".to_owned();
                return Some(Blame { place: after.inject.place, why, waits_for: Some(leader) });
            }
        }
        let of_trigger = match &inject.trigger {
            Trigger::When { condition, .. } => written(model.when.as_ref(), Some(condition)),
            Trigger::At { .. } | Trigger::After { .. } | Trigger::Manual => None,
        };
        let of_only_if = written(model.only_if.as_ref(), inject.only_if.as_ref());
        let when = of_trigger.map(|written| (written, Asked { teams: &inject.audience, limit: None }));
        let only_if =
            of_only_if.map(|written| (written, Asked { teams: &inject.audience, limit: self.world.limit(position) }));
        let both = [when, only_if].into_iter().flatten();
        let part = both.clone().find_map(|(written, asked)| blame(written, asked, self.world, self.plan));
        part.or_else(|| self.too_late(model, inject)).or_else(|| Some(contradiction(both.last()?.0.model.place)))
    }

    /// What comes true in time may still lead past the end.
    fn too_late(&self, model: &model::Inject, inject: &Inject) -> Option<Blame> {
        let Trigger::When { condition, delay } = &inject.trigger else { return None };
        let due = self.world.holds_from(condition, &inject.audience)?.plus(*delay);
        let why = format!(
            "It falls due at {} at the earliest with its delay, and play ends at {}.",
            at(due),
            at(self.plan.duration)
        );
        let place = model.delay.as_ref()?.place;
        (due > self.plan.duration).then_some(Blame { place, why, waits_for: None })
    }

    fn blame(&self, written: Written<'_>, asked: Asked<'_>) -> Blame {
        blame(written, asked, self.world, self.plan).unwrap_or_else(|| contradiction(written.model.place))
    }

    /// The injects that wait for each other, beginning with this one, if it is among them.
    fn circle(&self, start: usize) -> Option<Vec<usize>> {
        let mut path = vec![start];
        loop {
            let last = *path.last()?;
            let (_, model) = self.parsed.injects.get(last)?;
            let next = self.why_never(last, model, self.plan.injects.get(last)?)?.waits_for?;
            if next == start {
                return Some(path);
            }
            if path.contains(&next) {
                return None;
            }
            path.push(next);
        }
    }

    fn alternatives(&self, findings: &mut Findings) {
        for (position, (file, model)) in self.parsed.injects.iter().enumerate() {
            let Some(inject) = self.plan.injects.get(position) else { continue };
            if self.world.earliest(position).is_none() {
                continue;
            }
            for (n, (model, other)) in model.alternatives.iter().zip(&inject.alternatives).enumerate() {
                if self.world.is_chosen(position, n) {
                    continue;
                }
                findings.open(*file);
                let asked = Asked { teams: &inject.audience, limit: self.world.limit(position) };
                let blame = self.blame(Written { model: &model.when, condition: &other.when }, asked);
                let message = format!("'{}' never takes the place of the ordinary words. {}", other.id, blame.why);
                findings
                    .warn("never_chosen", blame.place, message)
                    .suggest("change its condition, or put it further up");
            }
        }
    }
}

fn written<'c>(model: Option<&'c At<model::Condition>>, condition: Option<&'c Condition>) -> Option<Written<'c>> {
    model.zip(condition).map(|(model, condition)| Written { model, condition })
}

fn contradiction(place: Place) -> Blame {
    Blame { place, why: "What it asks for cannot hold together.".to_owned(), waits_for: None }
}
