//! What a condition comes down to: the cases in which it holds, each a list of simple facts that must
//! hold or must not, and whether such a list contradicts itself.

use crate::engine::{
    id::{FieldId, InjectId},
    plan::{Condition, FieldKind, Plan},
};

/// Most cases of a condition that are told apart; one with more is believed.
const MOST_CASES: usize = 32;
/// Most facts in a case; one with more is believed.
const MOST_FACTS: usize = 24;

/// A simple fact that must hold, or must not.
#[derive(Clone, Copy, Debug)]
pub(super) struct Literal<'c> {
    /// The fact: no `all`, `any` or `not`.
    pub(super) fact: &'c Condition,
    /// Whether it must hold.
    pub(super) holds: bool,
}

/// Facts that must go together.
pub(super) type Case<'c> = Vec<Literal<'c>>;

/// The cases in which a condition holds, or does not; none if there are too many to tell.
pub(super) fn cases(condition: &Condition, holds: bool) -> Option<Vec<Case<'_>>> {
    match condition {
        Condition::Not(inner) => cases(inner, !holds),
        Condition::All(list) if holds => together(list, true),
        Condition::Any(list) if !holds => together(list, false),
        Condition::All(list) | Condition::Any(list) => {
            let mut either = Vec::new();
            for part in list {
                either.extend(cases(part, holds)?);
            }
            (either.len() <= MOST_CASES).then_some(either)
        }
        fact => Some(vec![vec![Literal { fact, holds }]]),
    }
}

fn together(list: &[Condition], holds: bool) -> Option<Vec<Case<'_>>> {
    let mut all = vec![Vec::new()];
    for part in list {
        all = both(&all, &cases(part, holds)?)?;
    }
    Some(all)
}

/// The cases of two conditions that must hold at once.
pub(super) fn both<'c>(some: &[Case<'c>], others: &[Case<'c>]) -> Option<Vec<Case<'c>>> {
    if some.len() * others.len() > MOST_CASES {
        return None;
    }
    let joined = some.iter().flat_map(|one| others.iter().map(move |other| [one.as_slice(), other].concat()));
    let joined: Vec<Case<'c>> = joined.collect();
    joined.iter().all(|case| case.len() <= MOST_FACTS).then_some(joined)
}

/// Whether the facts of a case can go together at all.
pub(super) fn is_consistent(case: &[Literal<'_>], plan: &Plan) -> bool {
    let clash = |a: &Literal<'_>, b: &Literal<'_>| match (a.holds, b.holds) {
        (true, true) => excludes(a.fact, b.fact, plan) || excludes(b.fact, a.fact, plan),
        (true, false) => implies(a.fact, b.fact),
        (false, true) => implies(b.fact, a.fact),
        (false, false) => false,
    };
    case.iter().enumerate().all(|(n, a)| case.iter().skip(n).all(|b| !clash(a, b)))
}

/// Whether a fact cannot hold without another.
fn implies(a: &Condition, b: &Condition) -> bool {
    use Condition::{Acknowledged, Answer, Answered, Logged, Opened, Received, Score, Silent, ToldPeers};
    match (a, b) {
        (a, b) if a == b => true,
        (
            Opened(a)
            | Acknowledged(a)
            | Answered(a)
            | Answer { inject: a, .. }
            | Silent { inject: a, .. }
            | Score { inject: Some(a), .. },
            Received(b),
        )
        | (Answer { inject: a, .. }, Answered(b)) => a == b,
        (Silent { inject: a, length: long }, Silent { inject: b, length: short }) => a == b && short <= long,
        (Logged(many), Logged(few)) | (ToldPeers(many), ToldPeers(few)) => few <= many,
        (
            Score { inject: a, at_least: high, below: low },
            Score { inject: b, at_least: at_most_high, below: at_least_low },
        ) => {
            let lower = at_most_high.is_none_or(|bound| high.is_some_and(|high| high >= bound));
            let upper = at_least_low.is_none_or(|bound| low.is_some_and(|low| low <= bound));
            a == b && lower && upper
        }
        _ => false,
    }
}

/// Whether two facts cannot hold at once. A fact that excludes itself never holds.
fn excludes(a: &Condition, b: &Condition, plan: &Plan) -> bool {
    use Condition::{Answer, Answered, Score, Silent};
    match (a, b) {
        (Silent { inject: a, .. }, Answered(b) | Answer { inject: b, .. }) => a == b,
        (
            Answer { inject: a, field: field_a, includes: one },
            Answer { inject: b, field: field_b, includes: other },
        ) => a == b && field_a == field_b && one != other && takes_one(a, field_a, plan),
        (Score { inject: a, at_least: Some(bound), .. }, Score { inject: b, below: Some(below), .. }) => {
            a == b && bound >= below
        }
        (Score { below: Some(0), .. }, _) => true,
        _ => false,
    }
}

fn takes_one(inject: &InjectId, field: &FieldId, plan: &Plan) -> bool {
    let inject = plan.injects.iter().find(|known| known.id == *inject);
    let fields = inject.and_then(|inject| inject.content.form.as_ref()).into_iter().flat_map(|form| &form.fields);
    let kind = fields.filter(|known| known.id == *field).map(|field| &field.kind).next();
    matches!(
        kind,
        Some(FieldKind::Choice { .. } | FieldKind::Decision { .. } | FieldKind::Classification | FieldKind::Severity)
    )
}
