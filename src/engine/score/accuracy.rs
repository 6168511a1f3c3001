//! Accuracy: fields held against the right answer.

use super::{
    exact::{Exact, permille, ratio, shown, weighted},
    result::{FieldScore, Reason},
};
use crate::engine::{
    event::{Answer, Overlap, Verdict},
    id::OptionId,
    number::Number,
    plan::{AnswerKey, Field, Form, Inject, Near},
    state::Response,
};

/// The share of right answers, by the points of their fields, and a reason for each field that has
/// points. None if no field has a key.
pub(super) fn accuracy(inject: &Inject, form: &Form, response: &Response) -> (Option<Exact>, Vec<FieldScore>) {
    let scored = form.fields.iter().filter(|field| field.points > 0);
    let (shares, fields): (Vec<_>, Vec<_>) = scored
        .map(|field| {
            let (credit, reason) = credit(inject, field, response);
            let credit_permille = credit.as_ref().map(shown);
            let line = FieldScore { field: field.id.clone(), points: field.points, credit_permille, reason };
            (credit.map(|credit| (field.points, credit)), line)
        })
        .unzip();
    (weighted(shares.into_iter().flatten()), fields)
}

fn credit(inject: &Inject, field: &Field, response: &Response) -> (Option<Exact>, Reason) {
    let Some(key) = inject.key_of(field) else { return (None, Reason::ByPeople) };
    let Some(answer) = response.answers.get(&field.id) else { return (Some(Exact::zero()), Reason::LeftEmpty) };
    let (share, reason) = match (key, answer, response.verdicts.get(&field.id)) {
        (AnswerKey::Options(credits), Answer::Choice(option), _) => {
            of_credit(credits.get(option).copied().unwrap_or(0), vec![option.clone()])
        }
        (AnswerKey::Set(right), Answer::Choices(chosen), _) => {
            of_overlap(Overlap::of(&right.iter().cloned().collect(), chosen), chosen.iter().cloned().collect())
        }
        (AnswerKey::Range { least, most, near }, Answer::Number(number), _) => {
            of_credit(in_range(*number, (*least, *most), near.as_ref()), Vec::new())
        }
        (AnswerKey::Times { first, last }, Answer::Time { at, .. }, _) => {
            of_credit(if (first..=last).contains(&at) { 1000 } else { 0 }, Vec::new())
        }
        (_, _, Some(Verdict::Credit(credit))) => of_credit(*credit, Vec::new()),
        (_, _, Some(Verdict::Overlap(overlap))) => of_overlap(*overlap, Vec::new()),
        // An answer of another type than its key, from a plan that nobody checked.
        (_, _, None) => return (None, Reason::ByPeople),
    };
    (Some(share), reason)
}

fn of_credit(credit: u32, chosen: Vec<OptionId>) -> (Exact, Reason) {
    match credit {
        0 => (Exact::zero(), Reason::Wrong { chosen }),
        1000.. => (Exact::one(), Reason::Right),
        credit => (permille(credit), Reason::Partial),
    }
}

/// F1: twice the matches over the sizes of both sets.
fn of_overlap(Overlap { matched, missing, extra }: Overlap, chosen: Vec<OptionId>) -> (Exact, Reason) {
    match (matched, missing, extra) {
        (0, _, _) => (Exact::zero(), Reason::Wrong { chosen }),
        (_, 0, 0) => (Exact::one(), Reason::Right),
        _ => {
            let twice = 2 * u64::from(matched);
            let share = ratio(twice, twice + u64::from(missing) + u64::from(extra));
            (share, Reason::Overlap { matched, missing, extra })
        }
    }
}

fn in_range(number: Number, (least, most): (Number, Number), near: Option<&Near>) -> u32 {
    if (least..=most).contains(&number) {
        return 1000;
    }
    near.filter(|near| (near.least..=near.most).contains(&number)).map_or(0, |near| near.credit_permille.min(1000))
}
