//! Tables as comma-separated text, in every habit that spreadsheets have: commas, semicolons or
//! tabs, UTF-8 with and without a mark, UTF-16, Windows-1252.

use encoding_rs::{Encoding, WINDOWS_1252};

use super::{
    cell::{guarded, unguarded},
    error::SheetError,
    grid::{Cell, Meter, Sheet},
    table::Table,
};

/// What may stand between two cells, the likeliest first.
const SEPARATORS: [u8; 4] = [b',', b';', b'\t', b'|'];
/// Opens a further table in the file.
const SHEET_MARK: &str = "#sheet ";

/// Reads a file as the sheet that `score` finds best among the ways to cut it into cells.
pub(super) fn read(bytes: &[u8], score: impl Fn(&Sheet) -> usize) -> Result<Vec<Sheet>, SheetError> {
    let text = decode(bytes)?;
    let mut best: Option<(usize, Sheet)> = None;
    for separator in SEPARATORS {
        let sheet = cut(&text, separator)?;
        let score = score(&sheet);
        if best.as_ref().is_none_or(|(found, _)| score > *found) {
            best = Some((score, sheet));
        }
    }
    Ok(best.map(|(_, sheet)| split(sheet)).unwrap_or_default())
}

/// The text of a file, whatever encoding it is in.
fn decode(bytes: &[u8]) -> Result<String, SheetError> {
    if bytes.iter().take(4096).any(|byte| *byte == 0) && Encoding::for_bom(bytes).is_none() {
        return Err(SheetError::Unreadable("it is neither text nor a workbook".to_owned()));
    }
    let encoding = match (Encoding::for_bom(bytes), std::str::from_utf8(bytes)) {
        (Some((encoding, _)), _) => encoding,
        (None, Ok(text)) => return Ok(text.to_owned()),
        (None, Err(_)) => WINDOWS_1252,
    };
    Ok(encoding.decode(bytes).0.into_owned())
}

fn cut(text: &str, separator: u8) -> Result<Sheet, SheetError> {
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(separator).from_reader(text.as_bytes());
    let mut sheet = Sheet::default();
    let mut meter = Meter::default();
    let mut row = 0;
    let mut line = 1;
    for record in reader.records() {
        let record = record.map_err(|error| SheetError::Unreadable(error.to_string()))?;
        // The reader passes over empty lines, which a spreadsheet counts as rows.
        let begins = record.position().map_or(line, csv::Position::line);
        row += usize::try_from(begins.saturating_sub(line)).unwrap_or(usize::MAX);
        for (column, text) in record.iter().enumerate() {
            if !text.is_empty() {
                meter.put(&mut sheet, row, column, Cell::Text(unguarded(text)))?;
            }
        }
        row += 1;
        let breaks = record.iter().map(|text| text.matches('\n').count()).sum::<usize>();
        line = begins + 1 + breaks as u64;
    }
    Ok(sheet)
}

/// The tables of a file that this program wrote, each opened by its mark; else the one sheet.
fn split(sheet: Sheet) -> Vec<Sheet> {
    let mut sheets = vec![Sheet::default()];
    for (number, row) in sheet.rows.into_iter().enumerate() {
        let mark = match row.first() {
            Some(Cell::Text(text)) => text.strip_prefix(SHEET_MARK).map(|name| name.trim().to_owned()),
            _ => None,
        };
        match (mark, sheets.last_mut()) {
            (Some(name), _) => sheets.push(Sheet { rows_before: number + 1, ..Sheet::named(&name) }),
            (None, Some(sheet)) => sheet.rows.push(row),
            (None, None) => {}
        }
    }
    sheets
}

/// Writes tables one below the other, in UTF-8 with its mark, so that spreadsheets see accents.
pub(super) fn write(tables: &[Table]) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new().flexible(true).from_writer("\u{feff}".as_bytes().to_vec());
    let mut put = |cells: &[String]| {
        let cells = cells.iter().map(|text| guarded(text));
        writer.write_record(cells).expect("memory takes every record");
    };
    for (n, table) in tables.iter().enumerate() {
        if n > 0 {
            put(&[format!("{SHEET_MARK}{}", table.name)]);
        }
        for row in table.above.iter().chain([&table.headings]).chain(&table.rows) {
            put(row);
        }
    }
    writer.into_inner().expect("memory takes every record")
}
