//! A sheet in memory: cells by row and column, and which of them were merged. Bounded when it is
//! read, so nothing after it needs to fear the size of a file.

use super::error::SheetError;

/// Most bytes of a file.
pub(crate) const MAX_FILE_BYTES: usize = 16 * 1024 * 1024;
/// Most rows of a sheet.
const MAX_ROWS: usize = 5_000;
/// Most columns of a sheet.
const MAX_COLUMNS: usize = 256;
/// Most bytes of text in all cells of a file together.
const MAX_TEXT: usize = 16 * 1024 * 1024;

/// What stands in a cell.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) enum Cell {
    /// Nothing.
    #[default]
    Empty,
    /// Text.
    Text(String),
    /// A number.
    Number(f64),
    /// A date or a time of day, in days.
    Day(f64),
    /// A length of time, in days.
    Length(f64),
}

impl Cell {
    /// What a person reads there.
    pub(super) fn shown(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) => text.clone(),
            Self::Number(number) => number.to_string(),
            Self::Day(days) | Self::Length(days) => super::time::shown(*days),
        }
    }

    /// Whether a person sees nothing there.
    pub(super) fn is_blank(&self) -> bool {
        match self {
            Self::Empty => true,
            Self::Text(text) => text.trim().is_empty(),
            Self::Number(_) | Self::Day(_) | Self::Length(_) => false,
        }
    }
}

/// Cells that were merged into one; rows and columns count from zero and belong to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Area {
    pub(super) top: usize,
    pub(super) left: usize,
    pub(super) bottom: usize,
    pub(super) right: usize,
}

impl Area {
    /// As a spreadsheet writes it: `B5:B7`.
    pub(super) fn name(&self, sheet: &Sheet) -> String {
        let (first, last) = (sheet.number(self.top), sheet.number(self.bottom));
        format!("{}{first}:{}{last}", letters(self.left), letters(self.right))
    }
}

/// A sheet.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Sheet {
    pub(super) name: String,
    pub(super) rows: Vec<Vec<Cell>>,
    pub(super) merged: Vec<Area>,
    /// How many rows of the file come before it.
    pub(super) rows_before: usize,
}

impl Sheet {
    /// An empty sheet.
    pub(super) fn named(name: &str) -> Self {
        Self { name: name.to_owned(), ..Self::default() }
    }

    /// The number of a row as the spreadsheet shows it.
    pub(super) fn number(&self, row: usize) -> usize {
        self.rows_before + row + 1
    }

    /// A cell; empty where there is none.
    pub(super) fn cell(&self, row: usize, column: usize) -> &Cell {
        self.rows.get(row).and_then(|row| row.get(column)).unwrap_or(&Cell::Empty)
    }

    /// Columns of a row that are not blank.
    pub(super) fn filled(&self, row: usize) -> Vec<usize> {
        let cells = self.rows.get(row).map_or(&[][..], Vec::as_slice);
        cells.iter().enumerate().filter(|(_, cell)| !cell.is_blank()).map(|(column, _)| column).collect()
    }
}

/// Counts what is read, and refuses what is too much.
#[derive(Debug, Default)]
pub(super) struct Meter {
    text: usize,
}

impl Meter {
    /// Puts a cell into a sheet.
    pub(super) fn put(&mut self, sheet: &mut Sheet, row: usize, column: usize, cell: Cell) -> Result<(), SheetError> {
        if cell == Cell::Empty {
            return Ok(());
        }
        within(row, MAX_ROWS, "rows")?;
        within(column, MAX_COLUMNS, "columns")?;
        if let Cell::Text(text) = &cell {
            self.text += text.len();
            within(self.text, MAX_TEXT, "bytes of text")?;
        }
        if sheet.rows.len() <= row {
            sheet.rows.resize(row + 1, Vec::new());
        }
        let cells = &mut sheet.rows[row];
        if cells.len() <= column {
            cells.resize(column + 1, Cell::Empty);
        }
        cells[column] = cell;
        Ok(())
    }
}

/// Refuses a number that has reached a limit.
pub(super) fn within(number: usize, limit: usize, what: &'static str) -> Result<(), SheetError> {
    if number < limit { Ok(()) } else { Err(SheetError::TooLarge { what, limit }) }
}

/// A column as a spreadsheet names it: A to Z, then AA.
pub(super) fn letters(column: usize) -> String {
    let letter = |n: usize| char::from(b'A' + u8::try_from(n % 26).unwrap_or_default());
    if column < 26 { letter(column).to_string() } else { format!("{}{}", letters(column / 26 - 1), letter(column)) }
}
