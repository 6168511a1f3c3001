//! What can happen at all, and from when on, if play goes by itself: for each kind of team and each
//! inject the earliest plan time at which it can come.
//!
//! It errs on the side of the author: what staff may do at any time (release by hand, set a flag) is
//! possible from the start, and what is too tangled to tell is believed.

use std::collections::{BTreeMap, BTreeSet};

use super::literal::{Case, Literal, both, cases, is_consistent};
use crate::{
    engine::{
        id::{CohortId, InjectId, TeamId},
        plan::{Condition, Inject, InjectAudience, Plan, Quantity, Trigger},
        time::Millis,
    },
    scenario::check::due_times,
};

/// Most kinds of teams that are told apart.
const MOST_CREWS: usize = 64;
/// Most facts that are looked at before giving up.
const MOST_LOOKS: u32 = 500_000;

/// A kind of team: those that the plan cannot tell apart.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Crew {
    cohort: Option<CohortId>,
    /// The team, if an audience names it.
    name: Option<TeamId>,
}

/// When an inject goes out, and in which cases.
struct Way<'p> {
    /// What makes it due must hold.
    trigger: Vec<Case<'p>>,
    /// What must hold when it goes out, the trigger included; none if it is too tangled to tell.
    at_release: Option<Vec<Case<'p>>>,
    /// By when it must hold, if the inject has a time of its own.
    limit: Option<Millis>,
}

/// What can happen.
pub(super) struct World<'p> {
    plan: &'p Plan,
    positions: BTreeMap<&'p InjectId, usize>,
    crews: Vec<Crew>,
    ways: Vec<Way<'p>>,
    /// By kind of team and inject.
    earliest: Vec<Vec<Option<Millis>>>,
    looks: u32,
}

impl<'p> World<'p> {
    /// Works out what can happen; none if the plan is too tangled to tell.
    pub(super) fn of(plan: &'p Plan) -> Option<Self> {
        let positions = plan.injects.iter().enumerate().map(|(n, inject)| (&inject.id, n)).collect();
        let crews = crews(plan)?;
        let due = due_times(&plan.injects);
        let ways = plan.injects.iter().zip(due).map(|(inject, due)| way(plan, inject, due)).collect();
        let earliest = vec![vec![None; plan.injects.len()]; crews.len()];
        let mut world = Self { plan, positions, crews, ways, earliest, looks: 0 };
        while world.look_further() {
            if world.looks > MOST_LOOKS {
                return None;
            }
        }
        Some(world)
    }

    /// One pass: whether anything can come that could not before, or earlier than it could.
    fn look_further(&mut self) -> bool {
        let mut changed = false;
        for crew in 0..self.crews.len() {
            for position in 0..self.plan.injects.len() {
                let time = self.comes(crew, position);
                if let (Some(time), Some(slot)) = (time, self.earliest[crew].get_mut(position))
                    && slot.is_none_or(|before| time < before)
                {
                    *slot = Some(time);
                    changed = true;
                }
            }
        }
        changed
    }

    /// Earliest plan time at which an inject comes to a kind of team, as far as is known.
    fn comes(&mut self, crew: usize, position: usize) -> Option<Millis> {
        let inject = self.plan.injects.get(position)?;
        if !inject.is_sent() || !is_for(&inject.audience, &self.crews[crew]) {
            return None;
        }
        let way = self.ways.get(position)?;
        self.looks += 1 + count(&way.trigger) + way.at_release.as_deref().map_or(0, count);
        let due = match &inject.trigger {
            Trigger::At { at } => *at,
            Trigger::Manual => self.plan.opens_at,
            Trigger::After { inject, delay } => self.time(crew, inject)?.plus(*delay),
            Trigger::When { delay, .. } => self.soonest(crew, &way.trigger)?.plus(*delay),
        };
        let ready = match &way.at_release {
            Some(cases) => self.soonest(crew, cases)?,
            None => due,
        };
        let by_hand = inject.trigger == Trigger::Manual;
        let in_time = way.limit.is_none_or(|limit| ready <= limit);
        let time = due.max(ready);
        (in_time && (by_hand || time <= self.plan.duration)).then_some(time)
    }

    fn time(&self, crew: usize, inject: &InjectId) -> Option<Millis> {
        *self.earliest.get(crew)?.get(*self.positions.get(inject)?)?
    }

    fn soonest(&self, crew: usize, cases: &[Case<'_>]) -> Option<Millis> {
        cases.iter().filter_map(|case| self.case(crew, case)).min()
    }

    fn case(&self, crew: usize, case: &[Literal<'_>]) -> Option<Millis> {
        let times = case.iter().map(|literal| self.literal(crew, literal));
        times.collect::<Option<Vec<Millis>>>().map(|times| times.into_iter().max().unwrap_or(self.plan.opens_at))
    }

    fn literal(&self, crew: usize, literal: &Literal<'_>) -> Option<Millis> {
        // Whatever has not happened yet does not hold.
        if literal.holds { self.fact(crew, literal.fact) } else { Some(self.plan.opens_at) }
    }

    /// Earliest plan time at which a simple fact can hold for a kind of team.
    fn fact(&self, crew: usize, fact: &Condition) -> Option<Millis> {
        match fact {
            Condition::Received(inject)
            | Condition::Opened(inject)
            | Condition::Acknowledged(inject)
            | Condition::Answered(inject)
            | Condition::Answer { inject, .. }
            | Condition::Score { inject: Some(inject), .. } => self.time(crew, inject),
            Condition::Silent { inject, length } => {
                self.time(crew, inject).map(|time| time.plus(*length)).filter(|time| *time <= self.plan.duration)
            }
            Condition::Score { inject: None, .. } => {
                let scored = self.plan.injects.iter().filter(|inject| is_scored(inject));
                scored.filter_map(|inject| self.time(crew, &inject.id)).min()
            }
            Condition::Teams(quantity) => self.quantity(quantity),
            // Staff may set a flag whenever they like, and a team may write whenever it likes.
            _ => Some(self.plan.opens_at),
        }
    }

    fn quantity(&self, quantity: &Quantity) -> Option<Millis> {
        let asked = (0..self.crews.len()).filter(|crew| self.is_asked(quantity, *crew));
        asked.filter_map(|crew| self.when(crew, &quantity.meet)).min()
    }

    fn is_asked(&self, quantity: &Quantity, crew: usize) -> bool {
        let cohort = self.crews.get(crew).and_then(|crew| crew.cohort.as_ref());
        quantity.cohort.is_none() || quantity.cohort.as_ref() == cohort
    }

    /// Earliest plan time at which a condition can hold for a kind of team.
    fn when(&self, crew: usize, condition: &Condition) -> Option<Millis> {
        match consistent(cases(condition, true), self.plan) {
            Some(cases) => self.soonest(crew, &cases),
            None => Some(self.plan.opens_at),
        }
    }

    /// Earliest plan time at which an inject comes to anybody.
    pub(super) fn earliest(&self, position: usize) -> Option<Millis> {
        self.earliest.iter().filter_map(|crew| *crew.get(position)?).min()
    }

    /// Whether other words for an inject can ever take the place of the ordinary ones, none of those
    /// before them taking it first.
    pub(super) fn is_chosen(&self, position: usize, alternative: usize) -> bool {
        let Some((inject, way)) = self.plan.injects.get(position).zip(self.ways.get(position)) else { return true };
        let Some((chosen, before)) = inject.alternatives.get(..=alternative).and_then(<[_]>::split_last) else {
            return true;
        };
        let mut all = way.at_release.clone();
        for (condition, holds) in before.iter().map(|other| (&other.when, false)).chain([(&chosen.when, true)]) {
            all = all.zip(cases(condition, holds)).and_then(|(all, more)| both(&all, &more));
        }
        let Some(all) = consistent(all, self.plan) else { return true };
        let limit = way.limit.unwrap_or(self.plan.duration);
        let comes = |crew: &usize| self.earliest[*crew].get(position).is_some_and(Option::is_some);
        let mut times = (0..self.crews.len()).filter(comes).filter_map(|crew| self.soonest(crew, &all));
        times.any(|time| time <= limit)
    }

    /// Earliest plan time at which a condition can hold for any of these teams.
    pub(super) fn holds_from(&self, condition: &Condition, teams: &InjectAudience) -> Option<Millis> {
        let meant = (0..self.crews.len()).filter(|crew| is_for(teams, &self.crews[*crew]));
        meant.filter_map(|crew| self.when(crew, condition)).min()
    }

    /// Whether a condition can hold for any of these teams by a plan time, or while play goes on.
    pub(super) fn can_hold(&self, condition: &Condition, teams: &InjectAudience, limit: Option<Millis>) -> bool {
        let limit = limit.unwrap_or(self.plan.duration);
        self.holds_from(condition, teams).is_some_and(|time| time <= limit)
    }

    /// Whether an inject is meant for any of these teams.
    pub(super) fn reaches(&self, inject: &Inject, teams: &InjectAudience) -> bool {
        self.crews.iter().any(|crew| is_for(teams, crew) && is_for(&inject.audience, crew))
    }

    /// By when what an inject asks for must hold, if it has a time of its own.
    pub(super) fn limit(&self, position: usize) -> Option<Millis> {
        self.ways.get(position).and_then(|way| way.limit)
    }

    /// An inject by its id.
    pub(super) fn inject(&self, id: &InjectId) -> Option<(usize, &'p Inject)> {
        let position = *self.positions.get(id)?;
        Some((position, self.plan.injects.get(position)?))
    }
}

fn crews(plan: &Plan) -> Option<Vec<Crew>> {
    let audiences = plan.injects.iter().filter_map(|inject| match &inject.audience {
        InjectAudience::Teams(teams) => Some(teams),
        InjectAudience::All | InjectAudience::Cohorts(_) => None,
    });
    let mentioned: BTreeSet<&TeamId> = audiences.flatten().collect();
    if plan.cohorts.len().max(1) * (mentioned.len() + 1) > MOST_CREWS {
        return None;
    }
    let names: Vec<Option<TeamId>> = mentioned.into_iter().cloned().map(Some).chain([None]).collect();
    let mut cohorts: Vec<Option<CohortId>> = plan.cohorts.iter().cloned().map(Some).collect();
    if cohorts.is_empty() {
        cohorts.push(None);
    }
    let of_cohort = |cohort: Option<CohortId>| {
        let crew = move |name: &Option<TeamId>| Crew { cohort: cohort.clone(), name: name.clone() };
        names.iter().map(crew).collect::<Vec<Crew>>()
    };
    Some(cohorts.into_iter().flat_map(of_cohort).collect())
}

fn is_for(audience: &InjectAudience, crew: &Crew) -> bool {
    match audience {
        InjectAudience::All => true,
        InjectAudience::Cohorts(cohorts) => crew.cohort.as_ref().is_some_and(|cohort| cohorts.contains(cohort)),
        InjectAudience::Teams(teams) => crew.name.as_ref().is_some_and(|name| teams.contains(name)),
    }
}

fn way<'p>(plan: &'p Plan, inject: &'p Inject, due: Option<Millis>) -> Way<'p> {
    let of_trigger = match &inject.trigger {
        Trigger::When { condition, .. } => cases(condition, true),
        Trigger::At { .. } | Trigger::After { .. } | Trigger::Manual => Some(vec![Vec::new()]),
    };
    let of_only_if = inject.only_if.as_ref().map_or(Some(vec![Vec::new()]), |condition| cases(condition, true));
    let at_release = of_trigger.as_ref().zip(of_only_if).and_then(|(some, others)| both(some, &others));
    Way {
        // What is too tangled is taken for something that holds from the start.
        trigger: consistent(of_trigger, plan).unwrap_or_else(|| vec![Vec::new()]),
        at_release: consistent(at_release, plan).map(|cases| after_leader(cases, &inject.trigger)),
        limit: due.filter(|_| inject.only_if.is_some() || !inject.alternatives.is_empty()).map(|due| waits(plan, due)),
    }
}

/// An inject that follows another only reaches teams that received the other.
fn after_leader<'p>(mut cases: Vec<Case<'p>>, trigger: &Trigger) -> Vec<Case<'p>> {
    if let Trigger::After { inject: leader, .. } = trigger {
        let denied = |literal: &Literal<'_>| {
            !literal.holds && matches!(literal.fact, Condition::Received(inject) if inject == leader)
        };
        cases.retain(|case| !case.iter().any(denied));
    }
    cases
}

/// What falls due while a line is cut may go out when it is restored, and draws what follows with it.
fn waits(plan: &Plan, due: Millis) -> Millis {
    plan.cuts.iter().filter(|cut| cut.at <= due).map(|cut| cut.until).max().unwrap_or(due).max(due)
}

fn consistent<'p>(cases: Option<Vec<Case<'p>>>, plan: &Plan) -> Option<Vec<Case<'p>>> {
    cases.map(|cases| cases.into_iter().filter(|case| is_consistent(case, plan)).collect())
}

fn count(cases: &[Case<'_>]) -> u32 {
    u32::try_from(cases.iter().map(Vec::len).sum::<usize>()).unwrap_or(u32::MAX)
}

fn is_scored(inject: &Inject) -> bool {
    inject.worth() > 0
}
