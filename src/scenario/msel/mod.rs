//! The spreadsheet people already have: a master scenario events list, read from and written to CSV
//! and workbooks.
//!
//! Import: cells (`grid`) from a file, what is what on the sheet (`outline`, by the words of
//! `words`), each row as an inject (`inject`), and the files of a pack. Nothing is dropped in
//! silence: what finds no place is listed with its row and column, and no text is invented.
//! Export: the scenario's own tree as tables, so that whatever a file says comes back from them.

mod cast;
mod cell;
mod csv;
mod error;
mod export;
mod grid;
mod import;
mod inject;
mod mapping;
mod outline;
mod own;
mod table;
mod time;
mod words;
mod xlsx;

pub use error::SheetError;
pub use export::export_msel;
pub use import::{Imported, Note, clock, import_msel};

pub(crate) use cell::{guarded, unguarded};
pub(crate) use export::derived;
pub(crate) use table::Table;
pub(crate) use time::{duration, written};

use crate::engine::time::Millis;

/// What somebody says about a sheet that is to be read.
#[derive(Clone, Copy, Debug, Default)]
pub struct Choices<'a> {
    /// Text of a mapping file.
    pub mapping: Option<&'a str>,
    /// Which sheet of the workbook.
    pub sheet: Option<&'a str>,
    /// What the clock shows at the start.
    pub start: Option<Millis>,
}

/// Kinds of spreadsheet files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// Comma-separated text.
    Csv,
    /// A workbook.
    Xlsx,
}

impl FileKind {
    /// The kind that a file name says.
    #[must_use]
    pub fn of(name: &str) -> Option<Self> {
        match name.rsplit_once('.')?.1.to_ascii_lowercase().as_str() {
            "csv" => Some(Self::Csv),
            "xlsx" => Some(Self::Xlsx),
            _ => None,
        }
    }

    /// Tables as a file of this kind, each marked above its headings and on every page.
    pub(crate) fn write(self, marking: &str, tables: &[Table]) -> Result<Vec<u8>, SheetError> {
        match self {
            Self::Csv => Ok(csv::write(tables)),
            Self::Xlsx => xlsx::write(marking, tables),
        }
    }
}
