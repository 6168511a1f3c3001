//! What came of an inject for one team.

use std::collections::BTreeMap;

use super::{
    Cells, length, one,
    past::{Past, with_reason},
};
use crate::{
    engine::{
        event::{Answer, ByHand},
        id::{FieldId, OptionId},
        plan::{Content, Field, Inject},
        state::{Delivery, State, Team},
        time::Millis,
    },
    markup::figures,
    scenario::msel::written,
};

/// What stands where text was erased.
const ERASED: &str = "(erased)";

pub(super) fn cells(state: &State, past: &Past, team: &Team, position: usize, content: &Content) -> Cells {
    let Some(inject) = state.plan.injects.get(position) else { return Vec::new() };
    let delivery = team.deliveries.get(&position);
    let sent = past.sent(team, inject);
    let after = |time: Option<Millis>| time.map(length).unwrap_or_default();
    let official = delivery.and_then(Delivery::official);
    let late = sent.and_then(|sent| sent.late).filter(|late| late.0 >= 1000);
    let alternative = sent.and_then(|sent| sent.alternative.as_ref()).map(ToString::to_string);
    vec![
        one("Team", team.name.as_str()),
        one("Actual release time", delivery.map(|it| figures::machine_time(it.released_at)).unwrap_or_default()),
        one("Actual exercise time", sent.map(|sent| written(sent.plan_time)).unwrap_or_default()),
        one("Later than due", after(late)),
        one("Released by", sent.map(|sent| sent.because.clone()).unwrap_or_default()),
        one("Alternative", alternative.unwrap_or_default()),
        one("Delivered after", after(delivery.and_then(|delivery| delivery.delivered_after))),
        one("Opened after", after(delivery.and_then(|delivery| delivery.opened_after))),
        one("Acknowledged after", after(delivery.and_then(|delivery| delivery.acknowledged_after))),
        one("Answered after", after(official.map(|answer| answer.taken))),
        one("Changes", past.changes(team, inject)),
        one("Actual result", result(past, team, position, inject)),
        one("By hand", by_hand(past, team, inject, delivery)),
        one("Answer", official.map(|answer| answers(content, &answer.answers, team)).unwrap_or_default()),
    ]
}

fn result(past: &Past, team: &Team, position: usize, inject: &Inject) -> String {
    match team.deliveries.get(&position) {
        Some(delivery) if delivery.recalled => with_reason("recalled", past.reason(team, inject)),
        Some(delivery) => received(past, team, inject, delivery),
        None => unsent(past, team, position, inject),
    }
}

/// Why a team never got an inject.
fn unsent(past: &Past, team: &Team, position: usize, inject: &Inject) -> String {
    if team.skipped.contains(&position) {
        with_reason("skipped", past.reason(team, inject))
    } else if let Some(missed) = team.missed.get(&position) {
        format!("missed: due {}, never decided", figures::machine_time(missed.due))
    } else if team.held.contains_key(&position) {
        with_reason("held back", past.reason(team, inject))
    } else if team.detained.contains_key(&position) {
        "not sent: the line was cut".to_owned()
    } else if team.passed_over.contains(&position) {
        "not sent: the condition did not hold".to_owned()
    } else if inject.is_sent() {
        "not sent".to_owned()
    } else {
        "watched for, never sent".to_owned()
    }
}

/// Answered, late, excused, acknowledged only, or not answered.
fn received(past: &Past, team: &Team, inject: &Inject, delivery: &Delivery) -> String {
    let form = inject.content.form.as_ref();
    let asks = form.is_some_and(|form| !form.fields.is_empty());
    if let Some(answer) = delivery.official() {
        let came = past.answer(team, inject, answer.revision);
        let when = came.map(|came| format!(" at {}", figures::machine_time(came.at))).unwrap_or_default();
        let revision = if answer.revision > 1 { format!(", revision {}", answer.revision) } else { String::new() };
        return format!("answered{}{when}{revision}", if answer.late { " late" } else { "" });
    }
    if let Some(reason) = &delivery.excused {
        return with_reason("excused", Some(reason));
    }
    match (asks, form.is_some_and(|form| form.acknowledge), delivery.acknowledged_after) {
        (true, ..) => "not answered".to_owned(),
        (false, _, Some(_)) => "acknowledged".to_owned(),
        (false, true, None) => "not acknowledged".to_owned(),
        (false, false, None) => "sent".to_owned(),
    }
}

/// Who called or handed in what, when, and the code that was read back.
fn by_hand(past: &Past, team: &Team, inject: &Inject, delivery: Option<&Delivery>) -> String {
    let said = |what: &str, by_hand: &ByHand| {
        let caller = by_hand.caller.text().unwrap_or(ERASED);
        format!("{what}: {caller}, {}, code {}", figures::machine_time(by_hand.happened_at), by_hand.code)
    };
    let acknowledged = past.acknowledged_by_hand(team, inject).map(|by_hand| said("acknowledged", by_hand));
    let revision = delivery.and_then(Delivery::official).map(|answer| answer.revision);
    let came = revision.and_then(|revision| past.answer(team, inject, revision));
    let answered = came.and_then(|came| came.by_hand.as_ref()).map(|by_hand| said("answered", by_hand));
    acknowledged.into_iter().chain(answered).collect::<Vec<_>>().join("\n")
}

/// The official answer in words, a field a line.
fn answers(content: &Content, given: &BTreeMap<FieldId, Answer>, team: &Team) -> String {
    let fields = content.form.iter().flat_map(|form| &form.fields);
    let line = |field: &Field| {
        let answer = given.get(&field.id)?;
        let label = |option: &OptionId| field.kind.label(option, &team.language).to_owned();
        let chosen = match answer {
            Answer::Choice(id) | Answer::Decision { option: Some(id), .. } => label(id),
            Answer::Choices(ids) => ids.iter().map(label).collect::<Vec<_>>().join("; "),
            Answer::Number(number) => number.to_string(),
            Answer::Time { at, offset } => figures::with_offset(*at, *offset),
            Answer::File(hash) => hash.to_string(),
            Answer::Decision { option: None, .. } | Answer::Text(_) | Answer::Indicators(_) => String::new(),
        };
        let prose = answer.prose().map(|prose| prose.text().unwrap_or(ERASED));
        let said = [chosen.as_str()].into_iter().chain(prose).filter(|text| !text.is_empty());
        Some(format!("{}: {}", field.label.get(&team.language), said.collect::<Vec<_>>().join(" - ")))
    };
    fields.filter_map(line).collect::<Vec<_>>().join("\n")
}
