//! Scores: pure functions of state, with a reason for every point and no silent nought.
//!
//! Integer arithmetic in thousandths of a point; each item is rounded down once.

use std::collections::BTreeSet;

use serde::Serialize;
use utoipa::ToSchema;

use super::{
    event::Answer,
    id::{FieldId, InjectId, OptionId, TeamId},
    plan::{AnswerKey, Field, Inject, InjectKind},
    state::{Delivery, Response, State, Team},
};

/// A team's points, with a reason for each.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct TeamScore {
    /// Whose.
    pub team: TeamId,
    /// Points awarded so far, in thousandths.
    pub points_milli: i64,
    /// Points that the counted items could have given, in thousandths.
    pub attainable_milli: i64,
    /// Points of items that wait for a person's mark, in thousandths; not in the attainable ones.
    pub unmarked_milli: i64,
    /// Every item that was asked of the team.
    pub items: Vec<ItemScore>,
}

/// What became of one field of one inject.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct ItemScore {
    /// Which inject.
    pub inject: InjectId,
    /// Which field.
    pub field: FieldId,
    /// What it is worth, in thousandths of a point.
    pub attainable_milli: i64,
    /// What it was given, in thousandths; none if it does not count (yet).
    pub points_milli: Option<i64>,
    /// Why.
    pub reason: Reason,
    /// Revision of the answer that was scored.
    pub revision: Option<u32>,
    /// What the hints that the team opened cost, in permille of the points.
    pub hints_permille: u32,
}

/// Why an item has the points that it has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(tag = "why", rename_all = "snake_case")]
pub enum Reason {
    /// The right option or the whole right set.
    Right {
        /// Whether it was late, and so worth only part.
        late: bool,
    },
    /// An option with listed partial credit.
    Partial {
        /// Credit in permille.
        credit_permille: u32,
        /// Whether it was late.
        late: bool,
    },
    /// A set that overlaps the right one.
    Overlap {
        /// Right ones chosen.
        matched: u32,
        /// Right ones left out.
        missing: u32,
        /// Wrong ones chosen.
        extra: u32,
        /// Whether it was late.
        late: bool,
    },
    /// A wrong answer.
    Wrong {
        /// What was chosen.
        chosen: Vec<OptionId>,
    },
    /// A person has to mark it.
    NotYetMarked,
    /// The field was left empty.
    LeftEmpty,
    /// No answer came while it counted.
    NotAnswered,
    /// There is still time.
    Open,
    /// It was sent by mistake and taken back.
    Recalled,
    /// Staff let the team off.
    Excused {
        /// Why.
        because: String,
    },
}

/// A team's points so far.
#[must_use]
pub fn team_score(state: &State, team: &Team) -> TeamScore {
    let items: Vec<ItemScore> = team
        .deliveries
        .iter()
        .filter_map(|(position, delivery)| Some((state.plan.injects.get(*position)?, delivery)))
        .flat_map(|(inject, delivery)| inject_items(state, inject, delivery))
        .collect();
    let sum = |of: &dyn Fn(&ItemScore) -> Option<i64>| items.iter().filter_map(of).sum();
    TeamScore {
        team: team.id.clone(),
        points_milli: sum(&|item| item.points_milli),
        attainable_milli: sum(&|item| item.points_milli.map(|_| item.attainable_milli)),
        unmarked_milli: sum(&|item| (item.reason == Reason::NotYetMarked).then_some(item.attainable_milli)),
        items,
    }
}

/// One item for each field that is worth something. Practice is never scored.
fn inject_items<'a>(
    state: &'a State,
    inject: &'a Inject,
    delivery: &'a Delivery,
) -> impl Iterator<Item = ItemScore> + 'a {
    let fields = inject.content.form.as_ref().map_or(&[][..], |form| &form.fields);
    let scored = |field: &&Field| field.points > 0 && inject.kind != InjectKind::Practice;
    fields.iter().filter(scored).map(|field| item(state, inject, delivery, field))
}

fn item(state: &State, inject: &Inject, delivery: &Delivery, field: &Field) -> ItemScore {
    let attainable_milli = i64::from(field.points) * 1000;
    let official = delivery.official();
    let (credit_permille, reason) = match official {
        _ if delivery.recalled => (None, Reason::Recalled),
        _ if delivery.excused.is_some() => {
            (None, Reason::Excused { because: delivery.excused.clone().unwrap_or_default() })
        }
        Some(response) => credit(inject, field, response),
        None if is_over(state, inject, delivery) => (Some(0), Reason::NotAnswered),
        None => (None, Reason::Open),
    };
    let late = official.is_some_and(|response| response.late);
    let worth = if late { state.plan.profile.late_credit_permille.min(1000) } else { 1000 };
    let hints_permille = delivery.hints.values().copied().fold(0, u32::saturating_add).min(1000);
    let points = |credit: u32| {
        let share = i128::from(credit) * i128::from(worth) * i128::from(1000 - hints_permille);
        i64::try_from(i128::from(attainable_milli) * share / 1_000_000_000).unwrap_or(i64::MAX)
    };
    ItemScore {
        inject: inject.id.clone(),
        field: field.id.clone(),
        attainable_milli,
        points_milli: credit_permille.map(points),
        reason,
        revision: official.map(|response| response.revision),
        hints_permille,
    }
}

/// Without a deadline an answer may come until the end of play. A deadline that had not passed by
/// then leaves the item out: the team was not given its time.
fn is_over(state: &State, inject: &Inject, delivery: &Delivery) -> bool {
    let has_deadline = inject.content.form.as_ref().is_some_and(|form| form.deadline.is_some());
    delivery.closed || (!has_deadline && state.over_at().is_some())
}

fn credit(inject: &Inject, field: &Field, response: &Response) -> (Option<u32>, Reason) {
    let late = response.late;
    let Some(key) = inject.staff.keys.get(&field.id) else {
        return match response.answers.get(&field.id) {
            Some(_) => (None, Reason::NotYetMarked),
            None => (Some(0), Reason::LeftEmpty),
        };
    };
    match (key, response.answers.get(&field.id)) {
        (AnswerKey::Options(credits), Some(Answer::Choice(option))) => match credits.get(option).copied() {
            Some(1000..) => (Some(1000), Reason::Right { late }),
            None | Some(0) => (Some(0), Reason::Wrong { chosen: vec![option.clone()] }),
            Some(credit) => (Some(credit), Reason::Partial { credit_permille: credit, late }),
        },
        (AnswerKey::Set(right), Some(Answer::Choices(chosen))) => overlap(right, chosen, late),
        (AnswerKey::Options(_) | AnswerKey::Set(_), Some(_)) => (None, Reason::NotYetMarked),
        (AnswerKey::Options(_) | AnswerKey::Set(_), None) => (Some(0), Reason::LeftEmpty),
    }
}

/// F1 of two sets: twice the matches over the sizes of both.
fn overlap(right: &[OptionId], chosen: &BTreeSet<OptionId>, late: bool) -> (Option<u32>, Reason) {
    let right: BTreeSet<&OptionId> = right.iter().collect();
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let matched = count(chosen.iter().filter(|option| right.contains(option)).count());
    let (missing, extra) = (count(right.len()) - matched, count(chosen.len()) - matched);
    if matched == 0 {
        return (Some(0), Reason::Wrong { chosen: chosen.iter().cloned().collect() });
    }
    if missing == 0 && extra == 0 {
        return (Some(1000), Reason::Right { late });
    }
    let credit = 2000 * matched / (2 * matched + missing + extra);
    (Some(credit), Reason::Overlap { matched, missing, extra, late })
}
