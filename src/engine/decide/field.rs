//! Answers to fields: each is checked against its type, and texts are held against their keys.

use std::collections::{BTreeMap, BTreeSet};

use super::{LINE_LIMIT, TEXT_LIMIT, checked as checked_text};
use crate::engine::{
    command::AnswerInput,
    event::{Answer, Overlap, Verdict},
    id::{FieldId, InjectId, OptionId},
    indicator,
    number::Number,
    plan::{AnswerKey, Choice, Field, FieldKind, Form, Inject, SEVERITIES},
    prose::Mint,
    rejection::{Judging, Rejection},
    state::Team,
    taxonomy::{attack, rsit},
    time::Timestamp,
};

/// Longest indicator, in characters.
const INDICATOR_LIMIT: usize = 500;

/// The answers to a form, as they are kept.
pub(super) fn checked(
    team: &Team,
    inject: &Inject,
    form: &Form,
    answers: &BTreeMap<FieldId, AnswerInput>,
    mint: Mint,
) -> Result<BTreeMap<FieldId, Answer>, Rejection> {
    all_checked(Some(team), &form.fields, answers, mint, |field| unknown(&inject.id, field))
}

/// The answers to some fields, as they are kept; without a team no files are there.
pub(super) fn all_checked(
    team: Option<&Team>,
    fields: &[Field],
    answers: &BTreeMap<FieldId, AnswerInput>,
    mint: Mint,
    unknown: impl Fn(&FieldId) -> Rejection,
) -> Result<BTreeMap<FieldId, Answer>, Rejection> {
    if let Some(field) = answers.keys().find(|id| fields.iter().all(|field| field.id != **id)) {
        return Err(unknown(field));
    }
    let mut kept = BTreeMap::new();
    for (n, field) in (0..).zip(fields) {
        let answer = answers.get(&field.id).filter(|answer| !is_empty(answer));
        match answer {
            Some(answer) => {
                kept.insert(field.id.clone(), checked_answer(team, field, answer, mint, n)?);
            }
            None if field.required => return Err(Rejection::FieldMissing(field.id.clone())),
            None => {}
        }
    }
    if kept.is_empty() { Err(Rejection::EmptyText) } else { Ok(kept) }
}

fn unknown(inject: &InjectId, field: &FieldId) -> Rejection {
    Rejection::UnknownField { inject: inject.clone(), field: field.clone() }
}

fn is_empty(answer: &AnswerInput) -> bool {
    match answer {
        AnswerInput::Choice(_) | AnswerInput::File(_) => false,
        AnswerInput::Choices(options) => options.is_empty(),
        AnswerInput::Text(text) | AnswerInput::Number(text) | AnswerInput::Time(text) => text.trim().is_empty(),
        AnswerInput::Decision { option, rationale } => option.is_none() && rationale.trim().is_empty(),
        AnswerInput::Indicators(lines) => lines.iter().all(|line| line.trim().is_empty()),
    }
}

fn checked_answer(
    team: Option<&Team>,
    field: &Field,
    answer: &AnswerInput,
    mint: Mint,
    n: u32,
) -> Result<Answer, Rejection> {
    let bad = |reason| Rejection::BadAnswer { field: field.id.clone(), reason };
    let text = |text: &str, limit: u32, most: usize| {
        let limit = usize::try_from(limit).unwrap_or(most).min(most);
        Ok::<_, Rejection>(Answer::Text(mint.prose(n, checked_text(text, limit)?)))
    };
    let one =
        |known: bool, option: &OptionId, flaw| if known { Ok(Answer::Choice(option.clone())) } else { Err(bad(flaw)) };
    match (&field.kind, answer) {
        (FieldKind::Choice { options }, AnswerInput::Choice(option)) => {
            one(known(options, option), option, "there is no such option")
        }
        (FieldKind::Classification, AnswerInput::Choice(code)) => {
            one(rsit::is_known(code.as_str()), code, "this is no class or type of the taxonomy (RSIT)")
        }
        (FieldKind::Severity, AnswerInput::Choice(level)) => one(
            SEVERITIES.contains(&level.as_str()),
            level,
            "a severity is informational, low, medium, high or critical",
        ),
        (FieldKind::MultiChoice { options }, AnswerInput::Choices(chosen)) => {
            let all = chosen.iter().all(|option| known(options, option));
            all.then(|| Answer::Choices(chosen.clone())).ok_or_else(|| bad("there is no such option"))
        }
        (FieldKind::Techniques { most }, AnswerInput::Choices(chosen)) => {
            if chosen.len() > usize::try_from(*most).unwrap_or(usize::MAX) {
                return Err(bad("too many techniques"));
            }
            let all = chosen.iter().all(|technique| attack::is_known(technique.as_str()));
            let flaw = || bad("give ids of techniques such as `T1566` or `T1566.001`");
            all.then(|| Answer::Choices(chosen.clone())).ok_or_else(flaw)
        }
        (FieldKind::ShortText { max_chars }, AnswerInput::Text(line)) => {
            if line.trim().contains(['\n', '\r']) {
                return Err(bad("write one line"));
            }
            text(line, *max_chars, LINE_LIMIT)
        }
        (FieldKind::LongText { max_chars }, AnswerInput::Text(long)) => text(long, *max_chars, TEXT_LIMIT),
        (FieldKind::Number { least, most, .. }, AnswerInput::Number(written)) => {
            let number = Number::parse(written).ok_or_else(|| bad("write a number with at most three decimals"))?;
            let fits = least.is_none_or(|least| least <= number) && most.is_none_or(|most| number <= most);
            fits.then_some(Answer::Number(number)).ok_or_else(|| bad("the number is out of range"))
        }
        (FieldKind::Timestamp, AnswerInput::Time(written)) => {
            time(written).ok_or_else(|| bad("give date, time and offset from UTC: `2027-09-17T04:10-04:00`"))
        }
        (FieldKind::File, AnswerInput::File(hash)) => {
            let taken = team.is_some_and(|team| team.files.contains_key(hash));
            taken.then(|| Answer::File(hash.clone())).ok_or_else(|| Judging::FileNotTaken(hash.clone()).into())
        }
        (FieldKind::Decision { options }, AnswerInput::Decision { option, rationale }) => {
            match option {
                Some(option) if !known(options, option) => return Err(bad("there is no such option")),
                None if !options.is_empty() => return Err(bad("choose an option")),
                Some(_) | None => {}
            }
            let rationale = checked_text(rationale, TEXT_LIMIT).map_err(|rejection| match rejection {
                Rejection::EmptyText => bad("say why"),
                other => other,
            })?;
            Ok(Answer::Decision { option: option.clone(), rationale: mint.prose(n, rationale) })
        }
        (FieldKind::Indicators { max_lines }, AnswerInput::Indicators(lines)) => {
            let lines: Vec<&str> = lines.iter().map(|line| line.trim()).filter(|line| !line.is_empty()).collect();
            if lines.len() > usize::try_from(*max_lines).unwrap_or(usize::MAX) {
                return Err(bad("too many lines"));
            }
            if lines.iter().any(|line| line.contains(['\n', '\r']) || line.chars().count() > INDICATOR_LIMIT) {
                return Err(bad("one indicator a line, of at most 500 characters"));
            }
            Ok(Answer::Indicators(mint.prose(n, &lines.join("\n"))))
        }
        (_, _) => Err(bad("another type of answer is asked for")),
    }
}

fn known(options: &[Choice], id: &OptionId) -> bool {
    options.iter().any(|option| option.id == *id)
}

/// A time with its offset from UTC (RFC 3339; seconds may be left out).
fn time(written: &str) -> Option<Answer> {
    use jiff::fmt::temporal::Pieces;
    let pieces = Pieces::parse(written.trim()).ok()?;
    let offset = pieces.to_numeric_offset()?;
    let at = offset.to_timestamp(pieces.date().to_datetime(pieces.time()?)).ok()?;
    let at = Timestamp(at.as_millisecond());
    at.is_in_calendar().then_some(Answer::Time { at, offset: offset.seconds() / 60 })
}

/// What texts are worth, found when they come in: scores must not need them later.
pub(super) fn verdicts(
    inject: &Inject,
    form: &Form,
    answers: &BTreeMap<FieldId, Answer>,
) -> BTreeMap<FieldId, Verdict> {
    let verdict = |field: &Field| {
        let text = answers.get(&field.id)?.prose()?.text()?;
        match inject.key_of(field)? {
            AnswerKey::Texts(accepted) => {
                let folded = folded(text);
                let credit =
                    accepted.iter().filter(|(known, _)| self::folded(known) == folded).map(|(_, credit)| *credit);
                Some(Verdict::Credit(credit.max().unwrap_or(0)))
            }
            AnswerKey::Indicators(right) => {
                let right: BTreeSet<_> = indicator::parse_all(right.iter().map(String::as_str));
                let given = indicator::parse_all(text.lines());
                Some(Verdict::Overlap(Overlap::of(&right, &given)))
            }
            _ => None,
        }
    };
    form.fields.iter().filter_map(|field| Some((field.id.clone(), verdict(field)?))).collect()
}

/// A text without regard to case, outer spaces and how many spaces lie between words.
fn folded(text: &str) -> String {
    text.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}
