//! Why a condition can never hold: the first part of it that cannot, and where it stands.

use super::world::World;
use crate::{
    engine::{
        plan::{Condition, InjectAudience, InjectKind, Plan},
        time::Millis,
    },
    scenario::{
        model,
        value::{At, Place},
    },
};

/// What keeps a condition from ever holding.
pub(super) struct Blame {
    /// Where it stands.
    pub(super) place: Place,
    /// What it is.
    pub(super) why: String,
    /// The inject that would have to come first, and cannot come to anybody.
    pub(super) waits_for: Option<usize>,
}

/// A condition as it is written and as the engine reads it.
#[derive(Clone, Copy)]
pub(super) struct Written<'c> {
    pub(super) model: &'c At<model::Condition>,
    pub(super) condition: &'c Condition,
}

/// For whom, and by when, a condition would have to hold.
#[derive(Clone, Copy)]
pub(super) struct Asked<'a> {
    pub(super) teams: &'a InjectAudience,
    pub(super) limit: Option<Millis>,
}

/// The part of a condition that cannot hold; none if the parts can, but not together.
pub(super) fn blame(written: Written<'_>, asked: Asked<'_>, world: &World<'_>, plan: &Plan) -> Option<Blame> {
    let Written { model, condition } = written;
    match (&model.value, condition) {
        (model::Condition::All(models), Condition::All(parts)) => {
            parts_of(models, parts).find_map(|part| blame(part, asked, world, plan))
        }
        (model::Condition::Any(models), Condition::Any(parts)) => {
            let all: Option<Vec<Blame>> = parts_of(models, parts).map(|part| blame(part, asked, world, plan)).collect();
            all?.into_iter().next()
        }
        // A part that never holds is no obstacle where it must not hold.
        (model::Condition::Not(_), _) => None,
        (model::Condition::Teams(teams), Condition::Teams(quantity)) => {
            let inner = Written { model: &teams.meet, condition: &quantity.meet };
            let cohort = quantity.cohort.clone();
            let of_others = cohort.map_or(InjectAudience::All, |cohort| InjectAudience::Cohorts(vec![cohort]));
            blame(inner, Asked { teams: &of_others, ..asked }, world, plan)
        }
        _ if world.can_hold(condition, asked.teams, asked.limit) => None,
        _ => Some(of_fact(model, condition, asked, world, plan)),
    }
}

fn parts_of<'c>(
    models: &'c [At<model::Condition>],
    parts: &'c [Condition],
) -> impl Iterator<Item = Written<'c>> + use<'c> {
    models.iter().zip(parts).map(|(model, condition)| Written { model, condition })
}

fn of_fact(model: &At<model::Condition>, fact: &Condition, asked: Asked<'_>, world: &World<'_>, plan: &Plan) -> Blame {
    let read = fact.injects().into_iter().next().and_then(|id| world.inject(id));
    let Some((position, inject)) = read else {
        return Blame { place: place(model), why: "This never holds.".to_owned(), waits_for: None };
    };
    let blame = |why: String, waits_for| Blame { place: place(model), why, waits_for };
    let end = asked.limit.unwrap_or(plan.duration);
    if !inject.is_sent() || inject.kind == InjectKind::ExpectedAction {
        return blame(format!("'{}' is never sent.", inject.id), None);
    }
    if !world.reaches(inject, asked.teams) {
        return blame(format!("None of the teams that this is asked of ever gets '{}'.", inject.id), None);
    }
    match world.earliest(position) {
        None => blame(format!("'{}' itself can never come.", inject.id), Some(position)),
        Some(time) => {
            let silence = fact.silences().into_iter().next().map_or(Millis::default(), |(_, length)| length);
            let from = time.plus(silence);
            if from > end && asked.limit.is_some() {
                blame(
                    format!("This holds at {} at the earliest, and the inject falls due at {}.", at(from), at(end)),
                    None,
                )
            } else if from > end {
                blame(format!("This holds at {} at the earliest, and play ends at {}.", at(from), at(end)), None)
            } else {
                blame(format!("This never holds for a team that gets '{}'.", inject.id), None)
            }
        }
    }
}

/// A plan time as people write it.
pub(super) fn at(time: Millis) -> String {
    let seconds = time.0 / 1000;
    match seconds % 60 {
        0 => format!("{}m", seconds / 60),
        rest => format!("{}m{:02}s", seconds / 60, rest.abs()),
    }
}

/// Where a fact names what it reads.
fn place(model: &At<model::Condition>) -> Place {
    match &model.value {
        model::Condition::Flag(id)
        | model::Condition::Received(id)
        | model::Condition::Opened(id)
        | model::Condition::Acknowledged(id)
        | model::Condition::Answered(id) => id.place,
        model::Condition::Answer(answer) => answer.inject.place,
        model::Condition::Silent(silence) => silence.inject.place,
        model::Condition::Score(share) => share.inject.as_ref().map_or(model.place, |inject| inject.place),
        _ => model.place,
    }
}
