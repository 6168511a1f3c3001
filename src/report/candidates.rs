//! Corrective actions that nobody has verified, as objectives of the next exercise. Nothing is guessed: one that
//! names no capability, or whose words were erased, stands there as a comment until people say the rest.

use std::fmt::Write as _;

use serde::Serialize;

use super::{
    build::ReportError,
    named::name_of,
    tables::{maybe, table},
};
use crate::{
    engine::{
        after_action::{CandidateObjective, candidate_objectives},
        event::Event,
        id::ExerciseId,
        marking::marking,
        plan::{Capability, Tlp},
        state::State,
        text::{Language, Text},
    },
    markup::handling,
    scenario::msel::{FileKind, SheetError},
};

/// Longest title that an objective is given; the whole text stands in the table and in JSON.
const TITLE_CHARS: usize = 120;

/// What an exercise hands on to the next one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Candidates {
    /// `EXERCISE EXERCISE EXERCISE`.
    pub marking: String,
    /// Handling.
    pub tlp: Tlp,
    /// From which exercise.
    pub exercise: ExerciseId,
    /// Title of its scenario.
    pub title: Text,
    /// Languages of its scenario.
    pub languages: Vec<Language>,
    /// The corrective actions, by their ids.
    pub candidates: Vec<CandidateObjective>,
}

/// What a log hands on, from its first row on.
///
/// # Errors
/// If the log does not begin with an exercise.
pub fn candidates(events: &[(i64, Event)]) -> Result<Candidates, ReportError> {
    let (first, rest) = events.split_first().ok_or(ReportError::NoBeginning)?;
    let mut state = State::open(&first.1).ok_or(ReportError::NoBeginning)?;
    for (_, event) in rest {
        state.apply(event);
    }
    Ok(Candidates {
        marking: marking(state.rehearsal).to_owned(),
        tlp: state.plan.tlp,
        exercise: state.exercise.clone(),
        title: state.plan.title.clone(),
        languages: state.plan.languages.clone(),
        candidates: candidate_objectives(&state),
    })
}

impl Candidates {
    /// Objectives for a scenario file, each with a comment that says where it comes from.
    #[must_use]
    pub fn yaml(&self) -> String {
        let language = self.languages.first().cloned().unwrap_or_else(|| Language::from("en"));
        let title = one_line(self.title.get(&language));
        let mut text = format!(
            "# {} {}\n# Corrective actions that nobody has verified, of exercise {}: {title}\n# Each has the words of its \
             action in every language: say it as what a team should be able to do, and translate it.\n",
            self.marking,
            handling(self.tlp),
            one_line(self.exercise.as_str()),
        );
        let ready = |candidate: &&CandidateObjective| candidate.capability.is_some() && candidate.text.is_some();
        text.push_str(if self.candidates.iter().any(|it| ready(&it)) { "objectives:\n" } else { "objectives: []\n" });
        for candidate in &self.candidates {
            self.write(&mut text, candidate);
        }
        text
    }

    fn write(&self, text: &mut String, candidate: &CandidateObjective) {
        let due = candidate.completion.as_ref().map(|day| format!(", due {}", day.0)).unwrap_or_default();
        let (state, whose) = (name_of(&candidate.state), candidate.scope.to_string());
        let place = format!("{} of {}, {whose}: {state}{due}", candidate.action, one_line(self.exercise.as_str()));
        // Writing to a string cannot fail.
        let _infallible = match (&candidate.text, candidate.capability) {
            (Some(words), Some(capability)) => {
                writeln!(text, "  # Action {place}\n{}", self.objective(candidate, words, capability))
            }
            (Some(words), None) => {
                writeln!(text, "  # Action {place}\n  # names no capability, so it is left out: {}", one_line(words))
            }
            (None, _) => writeln!(text, "  # Action {place}\n  # was erased, so it is left out."),
        };
    }

    fn objective(&self, candidate: &CandidateObjective, words: &str, capability: Capability) -> String {
        let title = quoted(&shortened(&one_line(words)));
        let titles: Vec<String> =
            self.languages.iter().map(|language| format!("{}: {title}", quoted(&language.0))).collect();
        format!(
            "  - id: {}\n    title: {{{}}}\n    capability: {}",
            quoted(candidate.action.as_str()),
            titles.join(", "),
            name_of(&capability),
        )
    }

    /// The same as a table.
    ///
    /// # Errors
    /// If a table cannot be made.
    pub fn csv(&self) -> Result<Vec<u8>, SheetError> {
        let row = |candidate: &CandidateObjective| {
            vec![
                self.exercise.to_string(),
                candidate.action.to_string(),
                candidate.scope.to_string(),
                candidate.text.clone().unwrap_or_default(),
                maybe(candidate.capability, |capability| name_of(&capability)),
                name_of(&candidate.state),
                candidate.completion.as_ref().map(|day| day.0.clone()).unwrap_or_default(),
            ]
        };
        let headings = ["exercise", "action", "of", "text", "capability", "state", "completion"];
        let mut table = table("candidates", &headings, self.candidates.iter().map(row));
        table.above = vec![vec![self.marking.clone(), handling(self.tlp).to_owned()]];
        FileKind::Csv.write(&self.marking, &[table])
    }
}

/// A text on one line: what breaks a line would end a comment.
fn one_line(text: &str) -> String {
    let is_break = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
    let spaced: String = text.chars().map(|c| if is_break(c) { ' ' } else { c }).collect();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn shortened(text: &str) -> String {
    if text.chars().count() <= TITLE_CHARS {
        return text.to_owned();
    }
    let cut: String = text.chars().take(TITLE_CHARS - 1).collect();
    format!("{}\u{2026}", cut.trim_end())
}

/// A text in quotes, as JSON writes it and YAML reads it.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
