//! What a planner says about a sheet whose headings nobody could guess.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{
    super::parse,
    error::SheetError,
    words::{self, Role},
};

/// A mapping file.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct MappingFile {
    sheet: Option<String>,
    header_row: Option<usize>,
    language: Option<String>,
    start: Option<String>,
    columns: BTreeMap<String, String>,
}

/// Which headings mean what.
#[derive(Debug, Default)]
pub(super) struct Mapping {
    pub(super) sheet: Option<String>,
    /// Row of the headings, from 1.
    pub(super) header_row: Option<usize>,
    pub(super) language: Option<String>,
    pub(super) start: Option<String>,
    columns: Vec<(String, Role, Option<String>)>,
}

impl Mapping {
    /// Reads a mapping file.
    pub(super) fn read(yaml: &str) -> Result<Self, SheetError> {
        let file: MappingFile = serde_saphyr::from_str_with_options(yaml, parse::options())
            .map_err(|error| SheetError::Mapping(error.to_string().lines().next().unwrap_or_default().to_owned()))?;
        let mut columns = Vec::new();
        for (heading, meaning) in file.columns {
            let (role, language) = words::heading(&meaning).ok_or_else(|| {
                let known = words::role_names().join(", ");
                SheetError::Mapping(format!("that the column '{heading}' is '{meaning}', which is none of: {known}"))
            })?;
            columns.push((words::flat(&heading), role, language));
        }
        Ok(Self { sheet: file.sheet, header_row: file.header_row, language: file.language, start: file.start, columns })
    }

    /// What a heading means, or a column by its letters: `column F`.
    pub(super) fn meaning(&self, heading: &str, letters: &str) -> Option<(Role, Option<String>)> {
        let (heading, column) = (words::flat(heading), format!("column {}", letters.to_lowercase()));
        let found = self.columns.iter().find(|(name, ..)| (!heading.is_empty() && *name == heading) || *name == column);
        found.map(|(_, role, language)| (*role, language.clone()))
    }

    /// A heading of the mapping that stands nowhere in a row of headings.
    pub(super) fn unmet(&self, headings: &[String]) -> Option<&str> {
        let flat: Vec<String> = headings.iter().map(|heading| words::flat(heading)).collect();
        let mut names = self.columns.iter().map(|(name, ..)| name.as_str());
        names.find(|name| !name.starts_with("column ") && !flat.iter().any(|heading| heading == name))
    }
}
