//! What several exercises say together: the trend of one team, and figures of an event that name nobody. Each
//! is a function of the logs: their order on the command line changes no byte.

mod countries;
mod groups;
mod indicators;
mod trend;

use std::collections::BTreeSet;

use super::{
    build::{ReportError, build},
    model::{ImprovementLine, Report},
    version::LEAST_TEAMS,
};
use crate::{
    engine::{
        date::Date,
        event::{CorrectiveState, Event, Fact, RoleGranted},
        id::{ExerciseId, PersonId},
        marking::marking,
        plan::Tlp,
        role::Role,
        time::Timestamp,
    },
    markup::{figures, handling},
    scenario::msel::{FileKind, SheetError, Table},
};

pub use countries::{Countries, Country};
pub use indicators::indicators;
pub(in crate::report) use trend::rating;
pub use trend::{Who, trend};

/// What cannot be said across exercises.
#[derive(Debug, thiserror::Error)]
#[expect(missing_docs, reason = "the messages say it")]
pub enum AcrossError {
    #[error("the exercise {0} was given twice: give each log or archive once")]
    Twice(ExerciseId),
    #[error("the exercise {0} was a rehearsal: its figures say nothing about anybody, so leave it out")]
    Rehearsal(ExerciseId),
    #[error("{who} took part in none of these exercises: the teams are {}", known.join(", "))]
    Nobody { who: String, known: Vec<String> },
    #[error("no exercise {0} is among the logs: name one that is, as EXERCISE=TEAM")]
    NoSuchExercise(ExerciseId),
    #[error("the list of countries cannot be read: {0}")]
    Unreadable(String),
    #[error("the list of countries has no column '{0}': its first line names team, country and, if need be, exercise")]
    NoColumn(&'static str),
    #[error("line {line} of the list of countries: '{code}' is no country code of two letters (ISO 3166-1 alpha-2)")]
    BadCode { line: u64, code: String },
    #[error("the table cannot be written")]
    Sheet(#[from] SheetError),
}

impl AcrossError {
    /// A name for programs that stays the same.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Twice(_) => "exercise_twice",
            Self::Rehearsal(_) => "rehearsal",
            Self::Nobody { .. } => "nobody_took_part",
            Self::NoSuchExercise(_) => "no_such_exercise",
            Self::Unreadable(_) => "countries_unreadable",
            Self::NoColumn(_) => "countries_no_column",
            Self::BadCode { .. } => "bad_country_code",
            Self::Sheet(_) => "sheet",
        }
    }
}

/// An exercise as it was played: its report for staff, and how many people of teams took part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Played {
    /// Its report.
    pub report: Report,
    /// Leads and players who did something in it; a seat that nobody used trained nobody.
    pub trained: u32,
}

impl Played {
    /// What a log says of it, from its first row on.
    ///
    /// # Errors
    /// If no report can be made of it.
    pub fn of(events: &[(i64, Event)]) -> Result<Self, ReportError> {
        let mut seated: BTreeSet<&PersonId> = BTreeSet::new();
        let mut acted: BTreeSet<&PersonId> = BTreeSet::new();
        for (_, event) in events {
            if let Fact::RoleGranted(RoleGranted { person, role: Role::TeamLead | Role::Player, .. }) = &event.fact {
                seated.insert(person);
            }
            acted.extend(event.actor.person());
        }
        let trained = u32::try_from(seated.intersection(&acted).count()).unwrap_or(u32::MAX);
        Ok(Self { report: build(events, None)?, trained })
    }
}

/// Reports in the order of their time; what never began comes last.
///
/// # Errors
/// If an exercise is there twice.
pub(super) fn in_order(mut reports: Vec<Report>) -> Result<Vec<Report>, AcrossError> {
    reports.sort_by(|one, other| place(one).cmp(&place(other)));
    once(reports.iter())?;
    Ok(reports)
}

fn place(report: &Report) -> (bool, Option<Timestamp>, &ExerciseId) {
    (report.started_at.is_none(), report.started_at, &report.exercise)
}

fn once<'a>(reports: impl Iterator<Item = &'a Report>) -> Result<(), AcrossError> {
    let mut known = BTreeSet::new();
    for report in reports {
        if !known.insert(&report.exercise) {
            return Err(AcrossError::Twice(report.exercise.clone()));
        }
    }
    Ok(())
}

/// The day of `StartEx`.
pub(super) fn day_of(report: &Report) -> Option<Date> {
    let at = figures::machine_time(report.started_at?);
    at.get(..10).map(Date::from)
}

/// What became of corrective actions: all that were proposed; those that were agreed on, done or not; and those
/// that are done, whether or not a second person has seen it.
#[derive(Clone, Copy, Default)]
struct Actions {
    proposed: u32,
    agreed: u32,
    closed: u32,
}

impl Actions {
    fn of<'a>(lines: impl IntoIterator<Item = &'a ImprovementLine>) -> Self {
        lines.into_iter().fold(Self::default(), |sum, line| {
            let closed = matches!(line.state, CorrectiveState::Implemented | CorrectiveState::Verified);
            let agreed = closed || matches!(line.state, CorrectiveState::Agreed | CorrectiveState::InProgress);
            Self {
                proposed: sum.proposed + 1,
                agreed: sum.agreed + u32::from(agreed),
                closed: sum.closed + u32::from(closed),
            }
        })
    }
}

/// One table as a file, marked as what it comes from.
fn written(mut table: Table, rehearsal: bool, tlp: Tlp) -> Result<Vec<u8>, AcrossError> {
    let marking = marking(rehearsal);
    table.above = vec![vec![marking.to_owned(), handling(tlp).to_owned()]];
    Ok(FileKind::Csv.write(marking, &[table])?)
}
