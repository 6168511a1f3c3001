//! The list of events as it was played: a row an inject and team, what was planned beside what
//! really happened, from the log alone. Headings are those of the list that planners know.

mod actual;
mod past;
mod planned;

use std::sync::Arc;

use self::past::Past;
use crate::{
    engine::{
        event::Event,
        marking::marking,
        plan::Plan,
        state::State,
        text::{Language, Text},
        time::{Millis, Timestamp},
    },
    markup::figures,
    scenario::msel::{FileKind, SheetError, Table},
};

/// Cells by their headings.
type Cells = Vec<(String, String)>;

/// Writes the list of events as it was played; none if the log does not begin with an exercise.
#[must_use]
pub fn as_run(events: &[(i64, Event)], kind: FileKind) -> Option<Result<Vec<u8>, SheetError>> {
    let (first, rest) = events.split_first()?;
    let mut state = State::open(&first.1)?;
    let plan = Arc::clone(&state.plan);
    let mut past = Past::default();
    for (_, event) in rest {
        past.take(event, &state);
        state.apply(event);
    }
    let marking = marking(state.rehearsal);
    Some(kind.write(marking, &[injects(marking, &plan, &state, &past), about(&state)]))
}

/// Every inject for each team that it is for or that got it.
fn injects(marking: &str, plan: &Plan, state: &State, past: &Past) -> Table {
    let mut table = Table { name: "As run".to_owned(), above: vec![vec![marking.to_owned()]], ..Table::default() };
    for (position, inject) in state.plan.injects.iter().enumerate() {
        for team in
            state.teams.iter().filter(|team| State::is_for(inject, team) || team.deliveries.contains_key(&position))
        {
            let sent = past.sent(team, inject);
            let content =
                sent.map_or_else(|| state.in_words_of(team, inject.content.clone()), |sent| sent.content.clone());
            let written = plan.injects.iter().find(|written| written.id == inject.id).unwrap_or(inject);
            let mut cells = planned::cells(state, position, written, inject, &content);
            cells.extend(actual::cells(state, past, team, position, &content));
            table.push(cells);
        }
    }
    table
}

/// What the sheet is about.
fn about(state: &State) -> Table {
    let row = |key: &str, value: String| vec![key.to_owned(), value];
    let at = |at: Option<Timestamp>| at.map(figures::machine_time).unwrap_or_default();
    Table {
        name: "Exercise".to_owned(),
        headings: vec!["key".to_owned(), "value".to_owned()],
        rows: vec![
            row("exercise", state.exercise.to_string()),
            row("scenario", state.plan.name.clone()),
            row("plan hash", state.plan_hash.clone()),
            row("rehearsal", if state.rehearsal { "yes" } else { "no" }.to_owned()),
            row("StartEx", at(state.started_at)),
            row("EndEx", at(state.ended_at)),
            row("everything later by", if state.shift == Millis(0) { String::new() } else { length(state.shift) }),
        ],
        ..Table::default()
    }
}

fn one(heading: &str, text: impl Into<String>) -> (String, String) {
    (heading.to_owned(), text.into())
}

/// A text in each language of the exercise; what was never said in one leaves its cell empty.
fn words(heading: &str, languages: &[Language], text: impl Fn(&Language) -> String) -> Cells {
    languages.iter().map(|language| (format!("{heading} ({})", language.0), text(language))).collect()
}

fn in_language(text: &Text, language: &Language) -> String {
    text.0.get(language).cloned().unwrap_or_default()
}

/// Hours, minutes and seconds.
fn length(Millis(time): Millis) -> String {
    let (sign, seconds) = (if time < 0 { "-" } else { "" }, time.abs() / 1000);
    format!("{sign}{}:{:02}:{:02}", seconds / 3600, seconds % 3600 / 60, seconds % 60)
}
