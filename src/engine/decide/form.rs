//! What an answer form that is written on the day is checked for: that teams can answer it, and that
//! what is right can be told.

use std::collections::BTreeSet;

use super::{LINE_LIMIT, TEXT_LIMIT, checked_id, control::checked_languages};
use crate::engine::{
    id::{FieldId, OptionId},
    plan::{AnswerKey, Choice, Field, FieldKind, Form, HintOffer, Inject, SEVERITIES, TOP_LEVEL, Weights},
    rejection::Rejection,
    taxonomy::{attack, rsit},
    time::Millis,
};

/// Most fields of a form.
const MOST_FIELDS: usize = 40;
/// Most options of a field.
const MOST_OPTIONS: usize = 100;
/// Most points of a field.
const MOST_POINTS: u32 = 1_000;
/// Most criteria, and most actions, of an inject, and most that one of them weighs.
const MOST_CRITERIA: usize = 40;
const MOST_WEIGHT: u32 = 100;
/// Most points of an inject.
const MOST_WORTH: u32 = 10_000;
/// Longest deadline: a week.
const LONGEST: Millis = Millis::minutes(7 * 24 * 60);
/// Most lines of indicators.
const MOST_LINES: u32 = 500;
/// Most techniques of a field.
const MOST_TECHNIQUES: u32 = 100;

/// Whether teams can answer the form of an inject.
pub(super) fn check_form(inject: &Inject) -> Result<(), Rejection> {
    check_evaluation(inject)?;
    let Some(form) = &inject.content.form else {
        return bad_if(!inject.staff.keys.is_empty(), "there are right answers, but nothing is asked");
    };
    let mut ids = BTreeSet::new();
    bad_if(form.fields.len() > MOST_FIELDS, "there are more than 40 fields")?;
    bad_if(!form.fields.iter().all(|field| ids.insert(&field.id)), "two fields have the same id")?;
    form.fields.iter().try_for_each(check_field)?;
    check_times(form)?;
    check_hints(form, inject)?;
    for (id, key) in &inject.staff.keys {
        let field = form.fields.iter().find(|field| field.id == *id);
        let fits = field.is_some_and(|field| key_fits(key, &field.kind));
        bad_if(!fits, "a right answer is for no field or option of the form")?;
    }
    Ok(())
}

fn check_field(field: &Field) -> Result<(), Rejection> {
    checked_id(field.id.as_str()).ok_or(Rejection::BadId)?;
    checked_languages(&field.label, LINE_LIMIT)?;
    field.help.iter().try_for_each(|help| checked_languages(help, TEXT_LIMIT).map(|_| ()))?;
    bad_if(field.points > MOST_POINTS, "a field is worth more than 1000 points")?;
    match &field.kind {
        FieldKind::Choice { options } | FieldKind::MultiChoice { options } => {
            bad_if(options.len() < 2, "a choice needs two options at least")?;
            check_options(options)
        }
        FieldKind::Decision { options } => check_options(options),
        FieldKind::LongText { max_chars } => {
            let most = u32::try_from(TEXT_LIMIT).unwrap_or(u32::MAX);
            bad_if(!(1..=most).contains(max_chars), "a text has 1 to 8000 characters")
        }
        FieldKind::Indicators { max_lines } => {
            bad_if(!(1..=MOST_LINES).contains(max_lines), "indicators have 1 to 500 lines")
        }
        FieldKind::ShortText { max_chars } => {
            let most = u32::try_from(LINE_LIMIT).unwrap_or(u32::MAX);
            bad_if(!(1..=most).contains(max_chars), "a line has 1 to 300 characters")
        }
        FieldKind::Number { least, most, .. } => {
            bad_if(most.is_some() && least > most, "the least number is more than the most")
        }
        FieldKind::Techniques { most } => {
            bad_if(!(1..=MOST_TECHNIQUES).contains(most), "there are 1 to 100 techniques")
        }
        FieldKind::Classification | FieldKind::Severity | FieldKind::Timestamp | FieldKind::File => Ok(()),
    }
}

fn check_options(options: &[Choice]) -> Result<(), Rejection> {
    let mut ids = BTreeSet::new();
    bad_if(options.len() > MOST_OPTIONS, "a field has more than 100 options")?;
    bad_if(!options.iter().all(|option| ids.insert(&option.id)), "two options of a field have the same id")?;
    options.iter().try_for_each(|option| {
        checked_id(option.id.as_str()).ok_or(Rejection::BadId)?;
        checked_languages(&option.label, LINE_LIMIT).map(|_| ())
    })
}

fn check_times(form: &Form) -> Result<(), Rejection> {
    let is_none = |time: &Option<Millis>| time.is_some_and(|time| !(Millis(1)..=LONGEST).contains(&time));
    bad_if(
        is_none(&form.deadline) || is_none(&form.target),
        "the target or the deadline is no time between a millisecond and a week",
    )?;
    let (target, deadline) = (form.target, form.deadline);
    bad_if(deadline.is_some() && target > deadline, "the target lies after the deadline")
}

fn check_hints(form: &Form, inject: &Inject) -> Result<(), Rejection> {
    let mut ids = BTreeSet::new();
    bad_if(!form.hints.iter().all(|offer| ids.insert(&offer.id)), "two hints have the same id")?;
    bad_if(form.hints.iter().any(|offer| offer.price_permille > 1000), "a hint costs more than the points there are")?;
    let text = |offer: &HintOffer| inject.staff.hints.iter().find(|hint| hint.id == offer.id);
    for offer in &form.hints {
        checked_id(offer.id.as_str()).ok_or(Rejection::BadId)?;
        checked_languages(&offer.label, LINE_LIMIT)?;
        let hint = text(offer).ok_or(Rejection::BadForm("a hint has no text"))?;
        checked_languages(&hint.text, TEXT_LIMIT)?;
    }
    Ok(())
}

/// Whether people can judge by the rubric and the checklist.
fn check_evaluation(inject: &Inject) -> Result<(), Rejection> {
    let evaluation = &inject.staff.evaluation;
    let fields = inject.content.form.as_ref().map_or(&[][..], |form| &form.fields);
    bad_if(evaluation.points.is_some_and(|points| points > MOST_WORTH), "an inject is worth more than 10000 points")?;
    bad_if(evaluation.weights == Some(Weights::NOTHING), "all weights are nought")?;
    let most = evaluation.criteria.len().max(evaluation.actions.len());
    bad_if(most > MOST_CRITERIA, "there are more than 40 criteria or actions")?;
    bad_if(!evaluation.criteria.is_empty() && fields.is_empty(), "there is a rubric, but no answer to mark")?;
    let (mut criteria, mut actions) = (BTreeSet::new(), BTreeSet::new());
    bad_if(!evaluation.criteria.iter().all(|one| criteria.insert(&one.id)), "two criteria have the same id")?;
    bad_if(!evaluation.actions.iter().all(|one| actions.insert(&one.id)), "two actions have the same id")?;
    let is_weightless = !criteria.is_empty() && evaluation.criteria.iter().all(|criterion| criterion.weight == 0);
    bad_if(is_weightless, "no criterion weighs anything")?;
    for criterion in &evaluation.criteria {
        checked_id(criterion.id.as_str()).ok_or(Rejection::BadId)?;
        checked_languages(&criterion.title, LINE_LIMIT)?;
        let is_there = |id: &FieldId| fields.iter().any(|field| field.id == *id);
        bad_if(!criterion.field.iter().all(is_there), "a criterion looks at a field that is not there")?;
        bad_if(criterion.weight > MOST_WEIGHT, "a criterion weighs more than 100")?;
        let anchors = criterion.anchors.len();
        bad_if(anchors != 0 && anchors != usize::from(TOP_LEVEL) + 1, "a criterion has anchors for some levels only")?;
        criterion.anchors.iter().try_for_each(|anchor| checked_languages(anchor, TEXT_LIMIT).map(|_| ()))?;
    }
    evaluation.actions.iter().try_for_each(|action| {
        checked_id(action.id.as_str()).ok_or(Rejection::BadId)?;
        bad_if(action.weight > MOST_WEIGHT, "an action weighs more than 100")?;
        checked_languages(&action.text, TEXT_LIMIT).map(|_| ())
    })
}

fn key_fits(key: &AnswerKey, kind: &FieldKind) -> bool {
    let there = |options: &[Choice], id: &OptionId| options.iter().any(|option| option.id == *id);
    let listed = |id: &OptionId| match kind {
        FieldKind::Choice { options } | FieldKind::MultiChoice { options } => there(options, id),
        FieldKind::Classification => rsit::is_known(id.as_str()),
        FieldKind::Severity => SEVERITIES.contains(&id.as_str()),
        FieldKind::Techniques { .. } => attack::is_known(id.as_str()),
        _ => false,
    };
    let sound = match key {
        AnswerKey::Options(credits) => credits.iter().all(|(id, credit)| listed(id) && *credit <= 1000),
        AnswerKey::Set(set) => !set.is_empty() && set.iter().all(listed),
        AnswerKey::Indicators(right) => !right.is_empty(),
        AnswerKey::Texts(accepted) => accepted.values().all(|credit| *credit <= 1000),
        AnswerKey::Range { least, most, near } => {
            least <= most && near.is_none_or(|near| near.least <= near.most && near.credit_permille <= 1000)
        }
        AnswerKey::Times { first, last } => first <= last,
    };
    key.fits(kind) && sound
}

fn bad_if(is_bad: bool, flaw: &'static str) -> Result<(), Rejection> {
    if is_bad { Err(Rejection::BadForm(flaw)) } else { Ok(()) }
}
