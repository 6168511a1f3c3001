//! From the sheets of a file to the files of a pack.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};

use super::{
    super::{
        MAIN_FILE,
        naming::{capability, fold, unique},
        node::Node,
        source::stays_inside,
    },
    Choices,
    cast::{Cast, everywhere},
    csv,
    error::SheetError,
    grid::{Cell, MAX_FILE_BYTES, Sheet, letters, within},
    inject::{Reader, wanted_id},
    mapping::Mapping,
    outline::{self, Column, Line, Outline},
    own, time,
    words::{self, Role},
    xlsx,
};
use crate::engine::{marking::MARKING, time::Millis};

/// How long after the last inject play ends, where a sheet does not say.
const MINUTES_AFTER_LAST: i64 = 15;
/// Most cells that are listed; more help nobody.
const MAX_NOTES: usize = 1_000;

/// What became of a spreadsheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Imported {
    /// The files of a pack, by path. What a sheet left open, the check says.
    pub files: BTreeMap<String, String>,
    /// What found no place, or not the place that somebody might expect.
    pub notes: Vec<Note>,
    /// Files that injects attach, as paths inside the pack. They are not in a sheet.
    pub attachments: BTreeSet<String>,
    /// How many injects there are.
    pub injects: usize,
}

/// Something about a cell that somebody should know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// Which cell: `row 14, column F "Observaciones"`; empty if it is about the whole sheet.
    pub place: String,
    /// What stands there.
    pub text: String,
    /// What became of it.
    pub what: String,
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown: String = self.text.chars().take(100).collect();
        shown = shown.replace(['\n', '\r'], " ");
        match (self.place.is_empty(), shown.is_empty()) {
            (true, _) => f.write_str(&self.what),
            (false, true) => write!(f, "{}: {}", self.place, self.what),
            (false, false) => write!(f, "{}: '{shown}' {}", self.place, self.what),
        }
    }
}

/// The list of notes on the sheet that is read.
#[derive(Default)]
pub(super) struct Notes {
    headings: BTreeMap<usize, String>,
    list: Vec<Note>,
}

impl Notes {
    /// Notes something about a cell.
    pub(super) fn add(&mut self, sheet: &Sheet, row: usize, column: usize, what: &str) {
        let heading = self.headings.get(&column).filter(|heading| !heading.is_empty());
        let heading = heading.map(|heading| format!(" \"{heading}\"")).unwrap_or_default();
        let named = if sheet.name.is_empty() { String::new() } else { format!("sheet '{}', ", sheet.name) };
        let place = format!("{named}row {}, column {}{heading}", sheet.number(row), letters(column));
        self.push(Note { place, text: sheet.cell(row, column).shown(), what: what.to_owned() });
    }

    /// Notes something about the whole.
    pub(super) fn say(&mut self, what: String) {
        self.push(Note { place: String::new(), text: String::new(), what });
    }

    fn push(&mut self, note: Note) {
        if self.list.len() < MAX_NOTES {
            self.list.push(note);
        }
    }
}

/// Makes the files of a pack from a spreadsheet. `name` is what the scenario is called if the sheet
/// does not say.
pub fn import_msel(bytes: &[u8], name: &str, choices: &Choices<'_>) -> Result<Imported, SheetError> {
    within(bytes.len(), MAX_FILE_BYTES + 1, "bytes")?;
    let mapping = choices.mapping.map(Mapping::read).transpose()?.unwrap_or_default();
    let mut sheets = match bytes {
        [b'P', b'K', 3, 4, ..] => xlsx::read(bytes)?,
        [0xD0, 0xCF, 0x11, 0xE0, ..] => {
            return Err(SheetError::Unsupported("an old .xls workbook, or one with a password"));
        }
        bytes => csv::read(bytes, |sheet| outline::score(sheet, &mapping))?,
    };
    let wanted = choices.sheet.or(mapping.sheet.as_deref());
    let mut sheet = sheets.remove(chosen(&sheets, wanted, &mapping)?);
    let mut notes = Notes::default();
    let own = own::read(&sheets, &mut notes);
    let exact = own.is_some();
    let mut outline = Outline::read(&mut sheet, &mapping)?;
    if is_as_run(&outline) {
        return Err(SheetError::AsRun);
    }
    notes.headings = outline.columns.iter().map(|column| (column.index, column.heading.clone())).collect();
    let mut scenario = own.unwrap_or_else(|| Node::Map(Vec::new()));
    let languages = if exact {
        own::settle(&mut outline.columns);
        own::languages(&scenario)
    } else {
        sheets.iter().filter(|other| !other.rows.is_empty()).for_each(|other| {
            notes.say(format!("the sheet '{}' was not read; name it with --sheet to read it instead", other.name));
        });
        let languages = languages_of(&outline, &mapping, &mut notes);
        frame(&sheet, &outline, name, &languages, &mut notes, &mut scenario);
        languages
    };
    let start = choices.start.or_else(|| mapping.start.as_deref().and_then(clock));
    let play = injects(&sheet, &outline, &languages, exact, start, &mut scenario, &mut notes);
    let injects = play.len();
    if !exact {
        scenario.put(&["meta", "duration"], Node::Text(time::duration(end(&play))));
    }
    let (files, attachments) = own::files(scenario, play);
    Ok(Imported { files, notes: notes.list, attachments, injects })
}

/// Whether a sheet tells what became of each inject for each team. Planners leave columns for what
/// will have happened in their own lists, too, but none for when each team's clock said so.
fn is_as_run(outline: &Outline) -> bool {
    let heads = |name: &str| outline.columns.iter().any(|column| column.heading == name);
    ["Team", "Actual exercise time", "Actual result"].into_iter().all(heads)
}

/// A time of day, as `09:35` or in any other way that a sheet may write it.
#[must_use]
pub fn clock(text: &str) -> Option<Millis> {
    match time::read(&Cell::Text(text.to_owned()), time::Style::Clock)? {
        time::Moment::Clock(None, time) => Some(Millis(time)),
        _ => None,
    }
}

/// The sheet to read: the one that was named, or the one whose headings say most.
fn chosen(sheets: &[Sheet], wanted: Option<&str>, mapping: &Mapping) -> Result<usize, SheetError> {
    if let Some(wanted) = wanted {
        return sheets.iter().position(|sheet| sheet.name == wanted).ok_or_else(|| {
            let known: Vec<&str> =
                sheets.iter().map(|sheet| sheet.name.as_str()).filter(|name| !name.is_empty()).collect();
            let known = if known.is_empty() { "one without a name".to_owned() } else { known.join(", ") };
            SheetError::NoSheet { name: wanted.to_owned(), known }
        });
    }
    let scores = sheets.iter().map(|sheet| outline::score(sheet, mapping)).enumerate();
    scores.rev().max_by_key(|(_, score)| *score).map(|(n, _)| n).ok_or(SheetError::NoHeader { rows: 0 })
}

/// The languages of a foreign sheet: the one of its headings, and those that headings name.
fn languages_of(outline: &Outline, mapping: &Mapping, notes: &mut Notes) -> Vec<String> {
    let is_text = |column: &&Column| {
        matches!(column.role, Some(Role::Title | Role::Body | Role::Expected | Role::Notes | Role::Guests))
    };
    let headings: Vec<String> = outline.columns.iter().map(|column| column.heading.clone()).collect();
    let usual = mapping.language.clone().unwrap_or_else(|| words::language_of_headings(&headings).to_owned());
    if mapping.language.is_none() && outline.columns.iter().filter(is_text).any(|column| column.language.is_none()) {
        notes.say(format!(
            "by its headings the sheet is taken to be in {usual}: a mapping with 'language: xx' says otherwise"
        ));
    }
    let mut languages = Vec::new();
    for column in outline.columns.iter().filter(is_text) {
        let language = column.language.clone().unwrap_or_else(|| usual.clone());
        if !languages.contains(&language) {
            languages.push(language);
        }
    }
    languages
}

/// What the rows above the headings tell of the scenario.
fn frame(sheet: &Sheet, outline: &Outline, name: &str, languages: &[String], notes: &mut Notes, scenario: &mut Node) {
    const TLP: [(&str, &str); 6] = [
        ("strict", "amber-strict"),
        ("amber", "amber"),
        ("red", "red"),
        ("green", "green"),
        ("clear", "clear"),
        ("white", "clear"),
    ];
    let mut title = None;
    let mut tlp = None;
    for row in 0..outline.header {
        for column in sheet.filled(row) {
            let text = sheet.cell(row, column).shown().trim().to_owned();
            let folded = fold(&text);
            let marked = folded.contains("tlp").then(|| TLP.iter().find(|(word, _)| folded.contains(word))).flatten();
            if let (Some((_, marked)), None) = (marked, tlp) {
                tlp = Some(*marked);
            } else if text == MARKING {
                // Every page of an exercise says so.
            } else if title.is_none() && matches!(sheet.cell(row, column), Cell::Text(_)) {
                title = Some(text);
            } else {
                notes.add(sheet, row, column, "stands above the headings and found no place");
            }
        }
    }
    let title = title.unwrap_or_else(|| name.to_owned());
    scenario.put(&["format"], Node::Number(1));
    scenario.put(&["meta", "name"], Node::Text(unique(&title, "imported", &mut BTreeSet::new())));
    scenario.put(&["meta", "title"], everywhere(&title, languages));
    scenario.put(&["meta", "tlp"], Node::text(tlp.unwrap_or("amber")));
    scenario.put(&["meta", "languages"], Node::List(languages.iter().map(|language| Node::text(language)).collect()));
    if tlp.is_none() {
        notes.say("the sheet names no handling, so the scenario is marked TLP:AMBER".to_owned());
    }
}

/// The injects of a sheet, and into the scenario whoever and whatever they name.
fn injects(
    sheet: &Sheet,
    outline: &Outline,
    languages: &[String],
    exact: bool,
    start: Option<Millis>,
    scenario: &mut Node,
    notes: &mut Notes,
) -> Vec<(Option<String>, Node)> {
    let rows: Vec<usize> =
        outline.lines.iter().filter_map(|line| if let Line::Inject(row) = line { Some(*row) } else { None }).collect();
    let times = times(sheet, outline, &rows, start, exact, notes);
    let mut taken = BTreeSet::new();
    let mut names = BTreeMap::new();
    let ids: Vec<String> =
        rows.iter().map(|row| unique(&wanted_id(sheet, &outline.columns, *row), "inject", &mut taken)).collect();
    for (row, id) in rows.iter().zip(&ids) {
        names.insert(id.clone(), id.clone());
        for column in
            outline.columns.iter().filter(|column| matches!(column.role, Some(Role::Number | Role::Id | Role::Title)))
        {
            names.entry(words::flat(&sheet.cell(*row, column.index).shown())).or_insert_with(|| id.clone());
        }
    }
    let mut cast = Cast::of(scenario, languages);
    let columns = &outline.columns;
    let mut reader = Reader { sheet, columns, languages, exact, cast: &mut cast, notes, names: &names };
    let mut play = Vec::new();
    for ((row, id), at) in rows.iter().zip(&ids).zip(&times) {
        let file = file_of(sheet, columns, *row, reader.notes);
        play.push((file, reader.inject(*row, id, *at)));
    }
    if !exact {
        let phases = phases(sheet, outline, &rows, &times, languages, notes);
        leftovers(outline, &cast, notes);
        put_list(scenario, "phases", phases);
    }
    put_list(scenario, "cohorts", cast.cohorts);
    put_list(scenario, "objectives", cast.objectives);
    put_list(scenario, "personas", cast.personas);
    play
}

fn put_list(scenario: &mut Node, key: &str, list: Vec<Node>) {
    if !list.is_empty() {
        scenario.put(&[key], Node::List(list));
    }
}

/// When each row falls due: by the first of its columns that says so.
fn times(
    sheet: &Sheet,
    outline: &Outline,
    rows: &[usize],
    start: Option<Millis>,
    exact: bool,
    notes: &mut Notes,
) -> Vec<Option<Millis>> {
    let mut times = vec![None; rows.len()];
    for role in [Role::Offset, Role::Time, Role::Clock] {
        let Some(column) = outline.columns.iter().find(|column| column.role == Some(role)) else { continue };
        let style = words::style(role);
        let moments: Vec<_> = rows.iter().map(|row| time::read(sheet.cell(*row, column.index), style)).collect();
        let (found, base) = time::offsets(&moments, start, style);
        if let (false, None, Some(base)) = (exact, start, base) {
            let clock = time::wall(base);
            notes.say(format!(
                "T+0 is {clock} on the clock of the sheet: export it with --start {clock} to have its times of day again"
            ));
        }
        for (n, row) in rows.iter().enumerate() {
            if found[n].is_none()
                && moments[n] != Some(time::Moment::Manual)
                && !sheet.cell(*row, column.index).is_blank()
            {
                notes.add(sheet, *row, column.index, "is no time; without one, staff release the inject");
            }
            times[n] = times[n].or(found[n]);
        }
    }
    if !exact && times.iter().all(Option::is_none) {
        notes.say("no inject has a time: staff release all of them".to_owned());
    }
    times
}

/// The file of the pack that a row asks to stand in.
fn file_of(sheet: &Sheet, columns: &[Column], row: usize, notes: &mut Notes) -> Option<String> {
    let column = columns.iter().find(|column| column.role == Some(Role::File))?;
    let cell = sheet.cell(row, column.index);
    if cell.is_blank() {
        return None;
    }
    let path = cell.shown();
    let is_yaml = path.rsplit_once('.').is_some_and(|(_, ending)| matches!(ending, "yaml" | "yml"));
    if is_yaml && stays_inside(&path) && path != MAIN_FILE {
        return Some(path);
    }
    notes.add(
        sheet,
        row,
        column.index,
        "is no path of a YAML file inside the pack; the inject stands in scenario.yaml",
    );
    None
}

/// Phases from titles of sections and from a column of their own, each from its first inject on.
fn phases(
    sheet: &Sheet,
    outline: &Outline,
    rows: &[usize],
    times: &[Option<Millis>],
    languages: &[String],
    notes: &mut Notes,
) -> Vec<Node> {
    let column = outline.columns.iter().find(|column| column.role == Some(Role::Phase));
    let mut found: Vec<(String, Option<Millis>)> = Vec::new();
    let mut section: Option<(usize, usize)> = None;
    let mut used = BTreeSet::new();
    for line in &outline.lines {
        let row = match line {
            Line::Section(row, column) => {
                section = Some((*row, *column));
                continue;
            }
            Line::Stray(row, column) => {
                notes.add(sheet, *row, *column, "stands alone in its row and found no place");
                continue;
            }
            Line::Inject(row) => *row,
        };
        let at = rows.iter().position(|other| *other == row).and_then(|n| times[n]);
        let own = column.map(|column| sheet.cell(row, column.index)).filter(|cell| !cell.is_blank());
        let title = own.or_else(|| section.map(|(row, column)| sheet.cell(row, column)));
        let Some(title) = title.map(|cell| cell.shown().trim().to_owned()) else { continue };
        if own.is_none() {
            used.extend(section);
        }
        match found.iter_mut().find(|(known, _)| *known == title) {
            Some((_, from)) => *from = [*from, at].into_iter().flatten().min(),
            None => found.push((title, at)),
        }
    }
    for line in &outline.lines {
        if let Line::Section(row, column) = line
            && !used.contains(&(*row, *column))
        {
            notes.add(sheet, *row, *column, "heads no injects and found no place");
        }
    }
    let mut ids = BTreeSet::new();
    let mut last = Millis(i64::MIN);
    let phase = |(title, from): (String, Option<Millis>)| {
        // Moves stand in order of time.
        last = last.max(from.unwrap_or(last)).max(if last.0 == i64::MIN { from.unwrap_or_default() } else { last });
        Node::map(vec![
            ("id", Node::Text(unique(&title, "phase", &mut ids))),
            ("title", everywhere(&title, languages)),
            ("from", Node::Text(time::duration(last))),
            ("situation", everywhere(&title, languages)),
        ])
    };
    found.into_iter().map(phase).collect()
}

/// What a planner should know of the sheet as a whole.
fn leftovers(outline: &Outline, cast: &Cast, notes: &mut Notes) {
    for column in outline.columns.iter().filter(|column| column.role == Some(Role::Derived)) {
        notes.say(format!("the column '{}' tells what happened in a past run and was left out", column.heading));
    }
    if !cast.new_cohorts.is_empty() {
        let named = cast.new_cohorts.join("', '");
        notes.say(format!(
            "the receivers '{named}' became cohorts: put each team into one when you create the exercise"
        ));
    }
    for objective in &cast.objectives {
        let title = match objective.get("title") {
            Some(Node::Text(title)) => title.clone(),
            Some(Node::Map(titles)) => {
                titles.first().and_then(|(_, title)| title.as_text()).unwrap_or_default().to_owned()
            }
            _ => continue,
        };
        let named = objective.get("capability").and_then(Node::as_text).unwrap_or(capability(&title));
        notes.say(format!("the objective '{title}' was put under the capability {named}: see whether that is right"));
    }
    notes.say(format!(
        "play ends {MINUTES_AFTER_LAST} minutes after the last inject: set meta.duration if it is longer"
    ));
}

/// The end of play.
fn end(play: &[(Option<String>, Node)]) -> Millis {
    let at = |inject: &Node| super::super::value::Duration(inject.get("at")?.as_text()?.to_owned()).millis();
    let last = play.iter().filter_map(|(_, inject)| at(inject)).max().unwrap_or_default();
    last.max(Millis::default()).plus(Millis::minutes(MINUTES_AFTER_LAST))
}
