//! Finds what is what on a sheet: the row of headings, what each column holds, which rows are
//! injects, which are titles of sections, and what merged cells stand for.

use super::{
    error::SheetError,
    grid::{Area, Cell, Sheet, letters},
    mapping::Mapping,
    words::{self, PLANNING, Role},
};
use crate::engine::marking::MARKING;

/// Rows in which headings are looked for.
const SEARCHED: usize = 60;

/// A column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Column {
    pub(super) index: usize,
    pub(super) heading: String,
    /// What it holds, if that is known.
    pub(super) role: Option<Role>,
    /// Language of its texts, if the heading says so.
    pub(super) language: Option<String>,
}

/// A row below the headings that holds something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Line {
    /// Title of a section, in this row and column.
    Section(usize, usize),
    /// An inject.
    Inject(usize),
    /// A lone cell that is neither.
    Stray(usize, usize),
}

/// What is what on a sheet. Rows and columns count from zero.
#[derive(Debug)]
pub(super) struct Outline {
    pub(super) header: usize,
    pub(super) columns: Vec<Column>,
    pub(super) lines: Vec<Line>,
}

/// How well the best row of headings is understood.
pub(super) fn score(sheet: &Sheet, mapping: &Mapping) -> usize {
    candidates(sheet, mapping).map(|(_, score)| score).max().unwrap_or_default()
}

impl Outline {
    /// Reads a sheet; the values of merged cells are written into the rows that they stand for.
    pub(super) fn read(sheet: &mut Sheet, mapping: &Mapping) -> Result<Self, SheetError> {
        let best = candidates(sheet, mapping).rev().max_by_key(|(_, score)| *score).filter(|(_, score)| *score > 0);
        let (header, _) = best.ok_or(SheetError::NoHeader { rows: SEARCHED.min(sheet.rows.len()) })?;
        let columns = columns(sheet, header, mapping);
        let headings: Vec<String> = columns.iter().map(|column| column.heading.clone()).collect();
        if let Some(name) = mapping.unmet(&headings) {
            let known = headings.join("', '");
            return Err(SheetError::Mapping(format!("what the column '{name}' is, and the headings are '{known}'")));
        }
        unmerge(sheet, header, &columns)?;
        let lines: Vec<Line> =
            (header + 1..sheet.rows.len()).filter_map(|row| line(sheet, header, row, &columns)).collect();
        if !lines.iter().any(|line| matches!(line, Line::Inject(_))) {
            return Err(SheetError::NoInjects { header: sheet.number(header) });
        }
        Ok(Self { header, columns, lines })
    }
}

/// Rows that may hold the headings, and how many kinds of columns each names.
fn candidates(sheet: &Sheet, mapping: &Mapping) -> impl DoubleEndedIterator<Item = (usize, usize)> {
    let forced = mapping.header_row.map(|row| row.saturating_sub(1));
    (0..sheet.rows.len().min(SEARCHED)).filter(move |row| forced.is_none_or(|forced| forced == *row)).map(move |row| {
        let mut roles: Vec<Role> = columns(sheet, row, mapping).iter().filter_map(|column| column.role).collect();
        roles.sort();
        roles.dedup();
        let has_text = roles.contains(&Role::Title) || roles.contains(&Role::Body);
        (row, if has_text && roles.len() > 1 { roles.len() } else { 0 })
    })
}

/// Columns as a row of headings names them.
fn columns(sheet: &Sheet, header: usize, mapping: &Mapping) -> Vec<Column> {
    let width = sheet.rows.iter().map(Vec::len).max().unwrap_or_default();
    let mut columns: Vec<Column> = Vec::new();
    for index in 0..width {
        let heading = sheet.cell(header, index).shown().trim().to_owned();
        let meaning = mapping.meaning(&heading, &letters(index)).or_else(|| words::heading(&heading));
        let (role, language) = meaning.map_or((None, None), |(role, language)| (Some(role), language));
        // Of two columns that hold the same, only texts and remarks can be joined.
        let joins = |role| {
            matches!(role, Role::Body | Role::Notes | Role::Expected | Role::Remark | Role::Derived | Role::Ignored)
        };
        let taken = columns.iter().any(|column| column.role == role && column.language == language);
        let is_planners = |role| PLANNING.iter().any(|(_, known, _)| *known == role);
        // Of two columns of approval, say, the further one is kept as a remark.
        let role = role.map(|role| if taken && is_planners(role) { Role::Remark } else { role });
        let role = role.filter(|role| joins(*role) || !taken);
        columns.push(Column { index, heading, role, language });
    }
    columns
}

/// What a row is; none if there is nothing in it to read.
fn line(sheet: &Sheet, header: usize, row: usize, columns: &[Column]) -> Option<Line> {
    let filled = sheet.filled(row);
    let first = *filled.first()?;
    let same_as_header = filled.iter().all(|column| sheet.cell(row, *column) == sheet.cell(header, *column));
    if same_as_header || sheet.cell(row, first).shown().trim() == MARKING {
        return None;
    }
    if sheet.merged.iter().any(|area| area.top == row && is_banner(area, columns)) && filled.len() == 1 {
        return Some(Line::Section(row, first));
    }
    if filled.len() > 1 {
        return Some(Line::Inject(row));
    }
    let leftmost = columns.iter().find(|column| column.role.is_some()).map_or(0, |column| column.index);
    let role = columns.get(first).and_then(|column| column.role);
    Some(match role {
        Some(Role::Title | Role::Body) => Line::Inject(row),
        _ if first <= leftmost && matches!(sheet.cell(row, first), Cell::Text(_)) => Line::Section(row, first),
        _ => Line::Stray(row, first),
    })
}

/// Whether a merged cell spans the sheet as a title does.
fn is_banner(area: &Area, columns: &[Column]) -> bool {
    let known = columns.iter().filter(|column| column.role.is_some());
    let (inside, all) = known.fold((0, 0), |(inside, all), column| {
        (inside + usize::from((area.left..=area.right).contains(&column.index)), all + 1)
    });
    inside > 1 && inside * 2 >= all
}

/// Writes the value of each merged cell into every row that it spans, where that can be meant.
fn unmerge(sheet: &mut Sheet, header: usize, columns: &[Column]) -> Result<(), SheetError> {
    let areas: Vec<Area> = sheet.merged.iter().copied().filter(|area| area.top > header).collect();
    for area in areas.iter().filter(|area| !is_banner(area, columns)) {
        let inside = |column: &&Column| (area.left..=area.right).contains(&column.index) && column.role.is_some();
        let covered: Vec<&Column> = columns.iter().filter(inside).collect();
        let refuse = |why: String| Err(SheetError::Merged { area: area.name(sheet), why });
        let column = match covered.as_slice() {
            [] => continue,
            [column] => *column,
            [first, .., last] => {
                let why = format!(
                    "spans the columns '{}' to '{}', so it is not known which of them it means",
                    first.heading, last.heading
                );
                return refuse(why);
            }
        };
        let is_used = |row: &usize| sheet.filled(*row).iter().any(|filled| !(area.left..=area.right).contains(filled));
        let used: Vec<usize> = (area.top..=area.bottom).filter(is_used).collect();
        let own = matches!(column.role, Some(Role::Number | Role::Id | Role::Title | Role::Body));
        if own && used.len() > 1 {
            return refuse(format!(
                "gives {} rows one '{}', so it is not known whether they are one inject or several",
                used.len(),
                column.heading
            ));
        }
        let value = sheet.cell(area.top, area.left).clone();
        for row in used {
            let cells = &mut sheet.rows[row];
            if cells.len() <= column.index {
                cells.resize(column.index + 1, Cell::Empty);
            }
            cells[column.index] = value.clone();
        }
    }
    Ok(())
}
