//! Workbooks. A hostile one is refused before it costs anything: it is unpacked once to nowhere,
//! counting, and cells are read one by one, so a cell at the far end of a sheet allocates no sheet.

use std::io::{Cursor, Read};

use calamine::{DataRef, Reader, Xlsx, XlsxError, open_workbook_from_rs};
use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, Worksheet, XlsxError as WriteError,
};
use zip::ZipArchive;

use super::{
    cell::is_risky,
    error::SheetError,
    grid::{Area, Cell, Meter, Sheet, letters, within},
    table::Table,
};

/// Most files in a workbook.
const MAX_PARTS: usize = 1_000;
/// Most bytes of a workbook when unpacked.
const MAX_UNPACKED: u64 = 64 * 1024 * 1024;
/// Most sheets.
const MAX_SHEETS: usize = 50;
/// Most merged areas of a sheet.
const MAX_MERGED: usize = 5_000;
/// Most characters of a cell.
const CELL_CHARS: usize = 32_767;

/// Reads every sheet of a workbook.
pub(super) fn read(bytes: &[u8]) -> Result<Vec<Sheet>, SheetError> {
    measure(bytes)?;
    let mut workbook: Xlsx<_> = open_workbook_from_rs(Cursor::new(bytes)).map_err(|error| match error {
        XlsxError::Password => SheetError::Unsupported("a workbook with a password"),
        error => broken(&error),
    })?;
    let names = workbook.sheet_names();
    within(names.len(), MAX_SHEETS, "sheets")?;
    let mut meter = Meter::default();
    names.iter().map(|name| read_sheet(&mut workbook, name, &mut meter)).collect()
}

/// Unpacks every part to nowhere and refuses what unfolds into too much, whatever it claims to be.
fn measure(bytes: &[u8]) -> Result<(), SheetError> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| SheetError::Unreadable(error.to_string()))?;
    within(archive.len(), MAX_PARTS, "parts in the workbook")?;
    let mut left = MAX_UNPACKED;
    for part in 0..archive.len() {
        let part = archive.by_index(part).map_err(|error| SheetError::Unreadable(error.to_string()))?;
        let read = std::io::copy(&mut part.take(left + 1), &mut std::io::sink())
            .map_err(|error| SheetError::Unreadable(error.to_string()))?;
        left = left.checked_sub(read).ok_or(SheetError::TooLarge { what: "MiB when unpacked", limit: 64 })?;
    }
    Ok(())
}

fn read_sheet(workbook: &mut Xlsx<Cursor<&[u8]>>, name: &str, meter: &mut Meter) -> Result<Sheet, SheetError> {
    let merged = workbook.merge_cells_by_sheet_name(name).unwrap_or_default();
    let mut sheet = Sheet::named(name);
    let Ok(mut cells) = workbook.worksheet_cells_reader(name) else {
        // A sheet that holds a chart has no cells.
        return Ok(sheet);
    };
    while let Some(cell) = cells.next_cell().map_err(|error| broken(&error))? {
        let (row, column) = cell.get_position();
        meter.put(&mut sheet, row as usize, column as usize, taken(cell.get_value()))?;
    }
    within(merged.len(), MAX_MERGED, "merged cells")?;
    let area = |(top, left): (u32, u32), (bottom, right): (u32, u32)| Area {
        top: top as usize,
        left: left as usize,
        bottom: (bottom as usize).min(sheet.rows.len().saturating_sub(1)),
        right: right as usize,
    };
    sheet.merged = merged.iter().map(|merged| area(merged.start, merged.end)).collect();
    Ok(sheet)
}

fn broken(error: &XlsxError) -> SheetError {
    SheetError::Unreadable(error.to_string())
}

fn taken(value: &DataRef<'_>) -> Cell {
    match value {
        DataRef::Empty => Cell::Empty,
        DataRef::Int(number) => Cell::Text(number.to_string()),
        DataRef::Float(number) => Cell::Number(*number),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text_cell(text),
        DataRef::SharedString(text) => text_cell(text),
        DataRef::Bool(truth) => Cell::Text(truth.to_string()),
        DataRef::DateTime(time) if time.is_duration() => Cell::Length(time.as_f64()),
        DataRef::DateTime(time) => Cell::Day(time.as_f64()),
        DataRef::Error(error) => Cell::Text(error.to_string()),
    }
}

fn text_cell(text: &str) -> Cell {
    let text = match text.strip_prefix('\'') {
        // Written so by ourselves, because the text itself begins with an apostrophe like this.
        Some(rest) if rest.starts_with('\'') && is_risky(rest) => rest,
        _ => text,
    };
    if text.is_empty() { Cell::Empty } else { Cell::Text(text.to_owned()) }
}

/// Writes tables, a sheet each, with the headings in sight while one scrolls.
pub(super) fn write(marking: &str, tables: &[Table]) -> Result<Vec<u8>, SheetError> {
    let mut workbook = Workbook::new();
    // Otherwise it bears the time of its making, and the same log would not give the same bytes.
    let no_day = ExcelDateTime::from_ymd(2000, 1, 1).map_err(|error| unwritable(&error))?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&no_day));
    for table in tables {
        let sheet = workbook.add_worksheet();
        sheet.set_name(&table.name).map_err(|error| unwritable(&error))?;
        sheet.set_header(format!("&C{marking}"));
        write_sheet(sheet, table)?;
    }
    workbook.save_to_buffer().map_err(|error| unwritable(&error))
}

fn write_sheet(sheet: &mut Worksheet, table: &Table) -> Result<(), SheetError> {
    let plain = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    // Shows no apostrophe, and keeps what looks like a formula a text when somebody edits the cell.
    let quoted = plain.clone().set_quote_prefix();
    let bold = plain.clone().set_bold();
    let rows = table.above.iter().chain([&table.headings]).chain(&table.rows);
    for (row, cells) in (0_u32..).zip(rows) {
        let is_heading = row as usize <= table.above.len();
        for (column, text) in (0_u16..).zip(cells).filter(|(_, text)| !text.is_empty()) {
            let chars = text.encode_utf16().count();
            if chars > CELL_CHARS {
                let place = format!("row {}, column {}", row + 1, letters(column.into()));
                return Err(SheetError::CellTooLong { place, chars, limit: CELL_CHARS });
            }
            let format = if is_heading { &bold } else { &plain };
            let written = match number(text) {
                Some(number) if !is_heading => sheet.write_number_with_format(row, column, number, format),
                _ if text.starts_with('\'') && is_risky(text) => {
                    sheet.write_string_with_format(row, column, format!("'{text}"), &quoted)
                }
                _ if is_risky(text) => sheet.write_string_with_format(row, column, text, &quoted),
                _ => sheet.write_string_with_format(row, column, text, format),
            };
            written.map_err(|error| unwritable(&error))?;
        }
    }
    let below = u32::try_from(table.above.len() + 1).unwrap_or(1);
    sheet.set_freeze_panes(below, 0).map_err(|error| unwritable(&error))?;
    for (column, heading) in (0_u16..).zip(&table.headings) {
        let width = if heading.contains('(') || heading.contains("form") { 45 } else { 16 };
        sheet.set_column_width(column, width).map_err(|error| unwritable(&error))?;
    }
    Ok(())
}

/// A whole number that comes back as it is, so that people may add up a column.
fn number(text: &str) -> Option<f64> {
    let number: u32 = text.parse().ok()?;
    (number.to_string() == text).then(|| f64::from(number))
}

fn unwritable(error: &WriteError) -> SheetError {
    SheetError::Unwritable(error.to_string())
}
