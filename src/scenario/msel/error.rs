//! Why a spreadsheet could not be read or written: a stable code, what is wrong, and what to do.

/// Why a spreadsheet was refused.
#[derive(Debug, thiserror::Error)]
pub enum SheetError {
    /// It is no spreadsheet, or a broken one.
    #[error("This is no spreadsheet that can be read: {0}.")]
    Unreadable(String),
    /// It is a spreadsheet of another kind.
    #[error("This is {0}.")]
    Unsupported(&'static str),
    /// The name of the file says nothing of its kind.
    #[error("The name ends neither in .csv nor in .xlsx, so it is not known what to write.")]
    UnknownEnding,
    /// It holds more than allowed.
    #[error("The file holds more than {limit} {what}.")]
    TooLarge {
        /// What there is too much of.
        what: &'static str,
        /// How much is allowed.
        limit: usize,
    },
    /// The workbook has no sheet of that name.
    #[error("There is no sheet '{name}'; there are: {known}.")]
    NoSheet {
        /// The name that was asked for.
        name: String,
        /// The names there are.
        known: String,
    },
    /// No row names columns.
    #[error(
        "No row of the first {rows} names a title or a message, and one more column, so it is not known what is what."
    )]
    NoHeader {
        /// How many rows were searched.
        rows: usize,
    },
    /// There is a header and nothing below it.
    #[error("Below the headings in row {header} there is no inject.")]
    NoInjects {
        /// Row of the headings.
        header: usize,
    },
    /// It tells a past run and is no plan.
    #[error("This is a list of events as it was run, a row an inject and team; it is no plan to play.")]
    AsRun,
    /// One cell stands for several injects or several columns.
    #[error("The merged cell {area} {why}.")]
    Merged {
        /// Where, as `B5:B7`.
        area: String,
        /// Why it cannot be taken apart.
        why: String,
    },
    /// The mapping file is wrong.
    #[error("The mapping says {0}.")]
    Mapping(String),
    /// A text does not fit into a cell of a workbook.
    #[error("The text in {place} has {chars} characters, and a cell of a workbook holds {limit}.")]
    CellTooLong {
        /// Which cell.
        place: String,
        /// Its length.
        chars: usize,
        /// What fits.
        limit: usize,
    },
    /// The workbook could not be written.
    #[error("The workbook cannot be written: {0}.")]
    Unwritable(String),
}

impl SheetError {
    /// Stable name of the mistake.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Unreadable(_) => "unreadable_file",
            Self::Unsupported(_) | Self::UnknownEnding => "unsupported_file",
            Self::TooLarge { .. } => "too_large",
            Self::NoSheet { .. } => "unknown_sheet",
            Self::NoHeader { .. } => "no_header",
            Self::NoInjects { .. } => "no_injects",
            Self::AsRun => "as_run_sheet",
            Self::Merged { .. } => "merged_cells",
            Self::Mapping(_) => "bad_mapping",
            Self::CellTooLong { .. } => "cell_too_long",
            Self::Unwritable(_) => "unwritable_file",
        }
    }

    /// What to do.
    #[must_use]
    pub fn advice(&self) -> &'static str {
        match self {
            Self::Unreadable(_) => "open it in a spreadsheet program and save it again as .xlsx or .csv",
            Self::Unsupported(_) => {
                "open it in a spreadsheet program, remove a password if it has one, and save it as .xlsx or .csv"
            }
            Self::UnknownEnding => "let the name end in .csv or .xlsx",
            Self::TooLarge { .. } => "take out what is no inject, or cut the file in two",
            Self::NoSheet { .. } => "name one of them with --sheet",
            Self::NoHeader { .. } => {
                "name the columns in one row (Title, Message, Time, To, ...), or say with --mapping what yours are"
            }
            Self::NoInjects { .. } => {
                "check that the right sheet was read (--sheet), and that each inject has a row of its own"
            }
            Self::AsRun => {
                "export the scenario itself (drillhall export msel SCENARIO) and import that; the list as run is for reading"
            }
            Self::Merged { .. } => {
                "unmerge these cells and write the value into each row or column that it is meant for"
            }
            Self::Mapping(_) => "mend the mapping file; docs/SCENARIO.md shows one",
            Self::CellTooLong { .. } => "export to .csv, where a cell may be as long as it needs to be",
            Self::Unwritable(_) => "export to .csv instead",
        }
    }
}
