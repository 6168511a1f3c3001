//! The list of events as it was played: a row an inject and team, planned beside actual, from the
//! log alone.

use std::{collections::BTreeMap, sync::Arc};

use jiff::Timestamp as Instant;

use super::{FileKind, error::SheetError, outline::MARKING, table::Table, time};
use crate::engine::{
    event::{Answer, Event, Fact},
    id::{FieldId, InjectId, TeamId},
    plan::{Field, FieldKind, Inject, InjectAudience, Plan, Trigger},
    state::{Delivery, State, Team},
    text::Text,
    time::{Millis, Timestamp},
};

/// What the state of an exercise does not keep.
#[derive(Default)]
struct Past {
    /// What the team's clock read when an inject went out.
    released: BTreeMap<(TeamId, InjectId), Millis>,
    /// How much later than due an inject went out.
    late: BTreeMap<(TeamId, InjectId), Millis>,
    /// Why an inject was not sent, or was taken back.
    reasons: BTreeMap<(TeamId, InjectId), String>,
    /// When the official answer came.
    answered: BTreeMap<(TeamId, InjectId, u32), Timestamp>,
}

/// Writes the list of events as it was played; none if the log does not begin with an exercise.
#[must_use]
pub fn export_as_run(events: &[(i64, Event)], kind: FileKind) -> Option<Result<Vec<u8>, SheetError>> {
    let (first, rest) = events.split_first()?;
    let mut state = State::open(&first.1)?;
    let plan = Arc::clone(&state.plan);
    let mut past = Past::default();
    for (_, event) in rest {
        past.take(event, &state);
        state.apply(event);
    }
    Some(kind.write(&[injects(&plan, &state, &past), about(&state)]))
}

impl Past {
    fn take(&mut self, event: &Event, before: &State) {
        match &event.fact {
            Fact::InjectReleased { inject, teams, due, .. } => {
                for team in teams.keys() {
                    let key = (team.clone(), inject.clone());
                    if let Some(team) = before.team(team) {
                        self.released.insert(key.clone(), team.clock.plan(event.at));
                    }
                    if let Some(due) = due {
                        self.late.insert(key, event.at.since(*due));
                    }
                }
            }
            Fact::InjectSkipped { inject, teams, reason } | Fact::InjectRecalled { inject, teams, reason } => {
                for team in teams {
                    self.reasons.insert((team.clone(), inject.clone()), reason.clone());
                }
            }
            Fact::ResponseSubmitted { inject, team, revision, received_at, .. } => {
                self.answered.insert((team.clone(), inject.clone(), *revision), *received_at);
            }
            _ => {}
        }
    }
}

/// What the sheet is about.
fn about(state: &State) -> Table {
    let plan = &state.plan;
    let row = |key: &str, value: String| vec![key.to_owned(), value];
    let rows = vec![
        row("exercise", state.exercise.to_string()),
        row("scenario", plan.name.clone()),
        row("plan hash", state.plan_hash.clone()),
        row("StartEx", state.started_at.map(instant).unwrap_or_default()),
        row("EndEx", state.ended_at.map(instant).unwrap_or_default()),
    ];
    Table {
        name: "Exercise".to_owned(),
        headings: vec!["key".to_owned(), "value".to_owned()],
        rows,
        ..Table::default()
    }
}

fn injects(plan: &Plan, state: &State, past: &Past) -> Table {
    let mut table = Table { name: "As run".to_owned(), above: vec![vec![MARKING.to_owned()]], ..Table::default() };
    for (position, inject) in state.plan.injects.iter().enumerate() {
        for team in
            state.teams.iter().filter(|team| State::is_for(inject, team) || team.deliveries.contains_key(&position))
        {
            let mut cells =
                planned(position, plan, plan.injects.iter().find(|planned| planned.id == inject.id).unwrap_or(inject));
            cells.extend(actual(past, team, position, inject));
            table.push(cells);
        }
    }
    table
}

/// What the plan said.
fn planned(position: usize, plan: &Plan, inject: &Inject) -> Vec<(String, String)> {
    let words = |heading: &str, text: &Text| {
        let languages = plan.languages.iter();
        let cells = languages.map(|language| (format!("{heading} ({})", language.0), text.get(language).to_owned()));
        cells.collect::<Vec<_>>()
    };
    let one = |heading: &str, text: String| vec![(heading.to_owned(), text)];
    let trigger = match &inject.trigger {
        Trigger::At { .. } => String::new(),
        Trigger::After { inject, delay } => format!("after {inject} + {}", time::duration(*delay)),
        Trigger::When { condition, delay } => {
            let condition = serde_json::to_string(condition).unwrap_or_default();
            if delay.0 > 0 { format!("{condition} + {}", time::duration(*delay)) } else { condition }
        }
        Trigger::Manual => "manual".to_owned(),
    };
    let at = if let Trigger::At { at } = inject.trigger { time::written(at) } else { String::new() };
    let to = match &inject.audience {
        InjectAudience::All => "all".to_owned(),
        InjectAudience::Teams(teams) => format!("teams: {}", joined(teams.iter())),
        InjectAudience::Cohorts(cohorts) => format!("cohorts: {}", joined(cohorts.iter())),
    };
    let form = inject.content.form.as_ref();
    let minutes = |length: Option<Millis>| length.map(|length| (length.0 / 60_000).to_string()).unwrap_or_default();
    let points: u32 = form.iter().flat_map(|form| &form.fields).map(|field| field.points).sum();
    [
        one("No.", (position + 1).to_string()),
        one("ID", inject.id.to_string()),
        words("Title", &inject.content.title),
        one("Exercise time", at),
        one("Depends on / condition", trigger),
        one("Kind", name_of(&inject.kind)),
        one("Channel", name_of(&inject.content.channel)),
        one("From", inject.content.from.as_ref().map(|from| from.id.to_string()).unwrap_or_default()),
        one("To", to),
        one("Responsible", inject.staff.responsible.clone().unwrap_or_default()),
        words("Message", &inject.content.body),
        one("Objectives", joined(inject.staff.objectives.iter())),
        one("Target minutes", minutes(form.and_then(|form| form.target))),
        one("Deadline minutes", minutes(form.and_then(|form| form.deadline))),
        one("Points", if points > 0 { points.to_string() } else { String::new() }),
    ]
    .concat()
}

/// What came of it for one team.
fn actual(past: &Past, team: &Team, position: usize, inject: &Inject) -> Vec<(String, String)> {
    let key = (team.id.clone(), inject.id.clone());
    let delivery = team.deliveries.get(&position);
    let after = |time: Option<Millis>| time.map(length).unwrap_or_default();
    let result = match delivery {
        Some(delivery) if delivery.recalled => with_reason("recalled", past.reasons.get(&key)),
        Some(delivery) => result(past, team, inject, delivery),
        None => unsent(past, team, position, inject),
    };
    let official = delivery.and_then(Delivery::official);
    let cells = [
        ("Team", team.name.clone()),
        ("Actual release time", delivery.map(|delivery| instant(delivery.released_at)).unwrap_or_default()),
        ("Actual exercise time", past.released.get(&key).copied().map(time::written).unwrap_or_default()),
        ("Later than due", past.late.get(&key).filter(|late| late.0 >= 1000).copied().map(length).unwrap_or_default()),
        ("Delivered after", after(delivery.and_then(|delivery| delivery.delivered_after))),
        ("Opened after", after(delivery.and_then(|delivery| delivery.opened_after))),
        ("Acknowledged after", after(delivery.and_then(|delivery| delivery.acknowledged_after))),
        ("Answered after", after(official.map(|answer| answer.taken))),
        ("Actual result", result),
        ("Answer", official.map(|answer| answers(inject, &answer.answers, team)).unwrap_or_default()),
    ];
    cells.map(|(heading, text)| (heading.to_owned(), text)).into()
}

/// Why a team never got an inject.
fn unsent(past: &Past, team: &Team, position: usize, inject: &Inject) -> String {
    let key = (team.id.clone(), inject.id.clone());
    if team.skipped.contains(&position) {
        with_reason("skipped", past.reasons.get(&key))
    } else if let Some(missed) = team.missed.get(&position) {
        format!("missed: due {}, never decided", instant(missed.due))
    } else if team.held.contains_key(&position) {
        "held back".to_owned()
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

fn with_reason(what: &str, reason: Option<&String>) -> String {
    match reason.filter(|reason| !reason.is_empty()) {
        Some(reason) => format!("{what}: {reason}"),
        None => what.to_owned(),
    }
}

/// Answered, late, excused, acknowledged only, or not answered.
fn result(past: &Past, team: &Team, inject: &Inject, delivery: &Delivery) -> String {
    let asks = inject.content.form.as_ref().is_some_and(|form| !form.fields.is_empty());
    let wants_acknowledgement = inject.content.form.as_ref().is_some_and(|form| form.acknowledge);
    if let Some(answer) = delivery.official() {
        let key = (team.id.clone(), inject.id.clone(), answer.revision);
        let when = past.answered.get(&key).map(|at| format!(" at {}", instant(*at))).unwrap_or_default();
        let revision = if answer.revision > 1 { format!(", revision {}", answer.revision) } else { String::new() };
        return format!("answered{}{when}{revision}", if answer.late { " late" } else { "" });
    }
    if let Some(reason) = &delivery.excused {
        return with_reason("excused", Some(reason));
    }
    match (asks, wants_acknowledgement, delivery.acknowledged_after) {
        (true, ..) => "not answered".to_owned(),
        (false, _, Some(_)) => "acknowledged".to_owned(),
        (false, true, None) => "not acknowledged".to_owned(),
        (false, false, None) => "sent".to_owned(),
    }
}

/// The official answer in words, a field a line.
fn answers(inject: &Inject, given: &BTreeMap<FieldId, Answer>, team: &Team) -> String {
    let fields = inject.content.form.iter().flat_map(|form| &form.fields);
    let line = |field: &Field| {
        let answer = given.get(&field.id)?;
        let option = |id: &crate::engine::id::OptionId| match &field.kind {
            FieldKind::Choice { options } | FieldKind::MultiChoice { options } | FieldKind::Decision { options } => {
                options
                    .iter()
                    .find(|option| option.id == *id)
                    .map_or_else(|| id.to_string(), |option| option.label.get(&team.language).to_owned())
            }
            FieldKind::LongText { .. } | FieldKind::Indicators { .. } => id.to_string(),
        };
        let chosen = match answer {
            Answer::Choice(id) | Answer::Decision { option: Some(id), .. } => option(id),
            Answer::Choices(ids) => ids.iter().map(option).collect::<Vec<_>>().join("; "),
            Answer::Decision { option: None, .. } | Answer::Text(_) | Answer::Indicators(_) => String::new(),
        };
        let prose = answer.prose().map(|prose| prose.text().unwrap_or("(erased)"));
        let said = [chosen.as_str()].into_iter().chain(prose).filter(|text| !text.is_empty());
        Some(format!("{}: {}", field.label.get(&team.language), said.collect::<Vec<_>>().join(" - ")))
    };
    fields.filter_map(line).collect::<Vec<_>>().join("\n")
}

fn joined(ids: impl Iterator<Item = impl ToString>) -> String {
    ids.map(|id| id.to_string()).collect::<Vec<_>>().join(", ")
}

/// The name that the format has for a value.
fn name_of(value: &impl serde::Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|name| name.as_str().map(str::to_owned)).unwrap_or_default()
}

/// In UTC, to the second.
fn instant(at: Timestamp) -> String {
    let whole = Instant::from_second(at.0.div_euclid(1000));
    whole.map_or_else(|_| at.0.to_string(), |instant| instant.to_string())
}

/// Hours, minutes and seconds.
fn length(time: Millis) -> String {
    let seconds = time.0.max(0) / 1000;
    format!("{}:{:02}:{:02}", seconds / 3600, seconds % 3600 / 60, seconds % 60)
}
