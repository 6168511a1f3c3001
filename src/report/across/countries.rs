//! Which team is of which country. A log does not say: whoever asks brings a list, so that no exercise has to
//! keep what only statistics need.

use crate::{
    engine::id::{ExerciseId, TeamId},
    report::model::Scorecard,
};

use super::AcrossError;

/// A country by its code of two letters (ISO 3166-1 alpha-2).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Country(String);

impl Country {
    /// The country of a code, in small or capital letters; none if it is no such code.
    #[must_use]
    pub fn of(code: &str) -> Option<Self> {
        let code = code.trim().to_ascii_uppercase();
        let is_code = code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_uppercase());
        is_code.then_some(Self(code))
    }

    /// Its code.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Countries of teams.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Countries(Vec<Entry>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Entry {
    /// In which exercise; in all of them if it does not say.
    exercise: Option<ExerciseId>,
    /// Id or name.
    team: String,
    country: Country,
}

impl Countries {
    /// Reads a list: comma- or semicolon-separated text whose first line names the columns `team` (id or name),
    /// `country` and, where an id means another team elsewhere, `exercise`.
    ///
    /// # Errors
    /// If it is no such list, or a code is none.
    pub fn read(bytes: &[u8]) -> Result<Self, AcrossError> {
        let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
        let first = bytes.split(|byte| *byte == b'\n').next().unwrap_or_default();
        let delimiter = if first.contains(&b';') && !first.contains(&b',') { b';' } else { b',' };
        let unreadable = |wrong: csv::Error| AcrossError::Unreadable(wrong.to_string());
        let mut reader =
            csv::ReaderBuilder::new().delimiter(delimiter).trim(csv::Trim::All).flexible(true).from_reader(bytes);
        let headings = reader.headers().map_err(unreadable)?.clone();
        let column = |name: &str| headings.iter().position(|heading| heading.eq_ignore_ascii_case(name));
        let team = column("team").ok_or(AcrossError::NoColumn("team"))?;
        let country = column("country").ok_or(AcrossError::NoColumn("country"))?;
        let exercise = column("exercise");
        let mut entries = Vec::new();
        for record in reader.records() {
            let record = record.map_err(unreadable)?;
            let cell = |column: usize| record.get(column).unwrap_or_default();
            let bad = || AcrossError::BadCode {
                line: record.position().map_or(0, csv::Position::line),
                code: cell(country).to_owned(),
            };
            entries.push(Entry {
                exercise: exercise.map(cell).filter(|id| !id.is_empty()).map(ExerciseId::from),
                team: cell(team).to_owned(),
                country: Country::of(cell(country)).ok_or_else(bad)?,
            });
        }
        Ok(Self(entries))
    }

    /// The country of a team, by the id that it has in the exercise, else by its name.
    #[must_use]
    pub fn of(&self, exercise: &ExerciseId, team: &Scorecard) -> Option<&Country> {
        let here = || self.0.iter().filter(|entry| entry.exercise.as_ref().is_none_or(|id| id == exercise));
        let by_id = here().find(|entry| TeamId::from(entry.team.as_str()) == team.team);
        by_id.or_else(|| here().find(|entry| team.is_called(&entry.team))).map(|entry| &entry.country)
    }
}
