//! The ways in which planners write times: each style comes to the time that a planner meant.

use drillhall::{
    engine::time::Millis,
    scenario::{
        MAIN_FILE,
        msel::{Choices, Imported, import_msel},
    },
};
use rust_xlsxwriter::{Format, Workbook};
use serde_json::Value;

fn import(sheet: &[u8], start: Option<Millis>) -> Imported {
    let choices = Choices { start, ..Choices::default() };
    import_msel(sheet, "sheet", &choices).unwrap_or_else(|error| panic!("{error}"))
}

/// A sheet with a row for each text in its column of times.
fn sheet(heading: &str, cells: &[&str]) -> String {
    let rows = cells.iter().zip(1..).map(|(text, n)| format!("{text},Row {n}\n"));
    std::iter::once(format!("{heading},Title\n")).chain(rows).collect()
}

/// When each inject of a sheet falls due, in minutes from the start.
fn minutes(imported: &Imported) -> Vec<Option<i64>> {
    let scenario: Value = serde_saphyr::from_str(&imported.files[MAIN_FILE]).unwrap();
    let at = |inject: &Value| Some(inject["at"].as_str()?.strip_suffix('m').unwrap().parse::<i64>().unwrap());
    scenario["injects"].as_array().unwrap().iter().map(at).collect()
}

fn column(heading: &str, start: Option<i64>, cells: &[&str]) -> Vec<Option<i64>> {
    minutes(&import(sheet(heading, cells).as_bytes(), start.map(Millis::minutes)))
}

#[test]
fn offsets_in_every_style() {
    let cells = ["T+35", "+0:35", "35", "0h35", "1 h 05", "T-0:10", "35 min", "M-5", "H+2", "J+1 H+2 M-5", "2 heures"];
    let minutes = [35, 35, 35, 35, 65, -10, 35, -5, 120, 1555, 120];
    assert_eq!(column("Time", None, &cells), minutes.map(Some));
}

#[test]
fn clocks_in_every_style() {
    let cells = ["9h35", "9.35 h", "09:35", "0935", "9:40 AM", "07:29 PM", "21 h 05", "8 h"];
    assert_eq!(column("Clock", Some(9 * 60), &cells), [35, 35, 35, 35, 40, 629, 725, 23 * 60].map(Some));
}

#[test]
fn a_bare_clock_counts_from_the_first_row_and_passes_midnight() {
    assert_eq!(column("Time", None, &["23:50", "00:15", "23:55"]), [0, 25, 5].map(Some));
    assert_eq!(column("Time", None, &["0:00", "0:35", "1:05"]), [0, 35, 65].map(Some));
    assert_eq!(column("Time", Some(9 * 60), &["08:50", "09:35"]), [-10, 35].map(Some));
}

#[test]
fn dates_count_days() {
    let cells = ["26/06/2024 09h00", "26/06/2024 11:30", "2024-06-27 09:00", "06/28/2024 09:00"];
    assert_eq!(column("Time", None, &cells), [0, 150, 1440, 2880].map(Some));
}

#[test]
fn the_numbers_behind_cells_of_a_workbook_are_days_clocks_and_lengths() {
    let cells = [(45_000.5, "yyyy-mm-dd hh:mm"), (45_001.5, "yyyy-mm-dd hh:mm"), (0.25, "hh:mm"), (1.25, "[h]:mm")];
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.write(0, 0, "Time").unwrap();
    sheet.write(0, 1, "Title").unwrap();
    for (row, (days, format)) in (1..).zip(cells) {
        sheet.write_with_format(row, 0, days, &Format::new().set_num_format(format)).unwrap();
        sheet.write(row, 1, format!("Row {row}")).unwrap();
    }
    let imported = import(&workbook.save_to_buffer().unwrap(), None);
    assert_eq!(minutes(&imported), [0, 1440, 18 * 60, 1800].map(Some));
}

#[test]
fn what_is_no_time_is_none_and_is_told_unless_it_says_so() {
    let cells = ["soon", "25:99", "9:75", "J+x", "32/13/2024 09:00", "", "99999999999", "à la demande"];
    let imported = import(sheet("Time", &cells).as_bytes(), None);
    assert_eq!(minutes(&imported), [None; 8]);
    let told: Vec<&str> =
        imported.notes.iter().filter(|note| !note.place.is_empty()).map(|note| note.text.as_str()).collect();
    assert_eq!(told, ["soon", "25:99", "9:75", "J+x", "32/13/2024 09:00", "99999999999"]);
}
