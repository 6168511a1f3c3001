//! Many join links at once, from a list as a spreadsheet saves it: comma, semicolon or tab between the columns, their
//! names in the first line. Each line is read on its own, so that all that is wrong is told at once.

use csv::{ReaderBuilder, StringRecord};
use jiff::{Timestamp as Instant, civil::Date, tz::TimeZone};

use super::LinkTerms;
use crate::engine::{
    id::TeamId,
    role::Role,
    text::Language,
    time::{Millis, Timestamp},
};

/// Most lines of a list, without the one of names.
const ROWS: usize = 1_000;
/// Longest list in bytes.
const BYTES: usize = 256 * 1024;
/// Longest note of a link, in characters.
pub const LABEL: usize = 200;
/// How many people a link may be for.
pub const USES: std::ops::RangeInclusive<u32> = 1..=10_000;
/// How long a link may work.
pub const LINK_AT_MOST: Millis = Millis::minutes(366 * 24 * 60);

/// The columns, as they are named; the first two have to be there.
const COLUMNS: [&str; 7] = ["role", "team", "team name", "language", "uses", "label", "expires"];

/// A list that cannot be read at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RollError {
    /// Not text, or quotes that do not close.
    Unreadable,
    /// Nothing but names of columns, if that.
    Empty,
    /// More lines or bytes than are taken.
    TooLong,
    /// No column for the role.
    NoRole,
}

/// What is wrong in a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Flaw {
    UnknownRole,
    /// A list makes nobody a director.
    RoleNotByList,
    TeamMissing,
    TeamNotWanted,
    BadTeam,
    /// There is no such team, and none is to be made.
    UnknownTeam,
    /// A team that is to be made has no name, or two.
    TeamName,
    BadLanguage,
    BadUses,
    BadLabel,
    BadExpires,
    /// The exercise takes this team no more.
    TeamRefused,
}

/// A line as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Row {
    /// Number in the list; names are line 1.
    pub line: u64,
    pub role: Option<Role>,
    pub team: Option<TeamId>,
    pub team_name: String,
    pub language: Option<Language>,
    pub uses: Option<u32>,
    pub label: String,
    pub expires_at: Option<Timestamp>,
    pub flaws: Vec<Flaw>,
}

impl Row {
    /// The link that it asks for, if nothing is wrong with it.
    #[must_use]
    pub fn terms(&self) -> Option<LinkTerms> {
        let (role, team, label) = (self.role?, self.team.clone(), self.label.clone());
        let terms = LinkTerms { role, team, label, max_uses: self.uses, expires_at: self.expires_at };
        self.flaws.is_empty().then_some(terms)
    }
}

/// Reads a list.
pub fn read(text: &str, now: Timestamp) -> Result<Vec<Row>, RollError> {
    if text.len() > BYTES {
        return Err(RollError::TooLong);
    }
    let text = text.trim_start_matches('\u{feff}');
    let names = text.lines().next().ok_or(RollError::Empty)?;
    let delimiter =
        [b';', b'\t', b','].into_iter().max_by_key(|mark| names.bytes().filter(|byte| byte == mark).count());
    let mut reader =
        ReaderBuilder::new().delimiter(delimiter.unwrap_or(b',')).flexible(true).from_reader(text.as_bytes());
    let headers = reader.headers().map_err(|_broken| RollError::Unreadable)?.clone();
    let places = COLUMNS.map(|name| headers.iter().position(|header| normal(header) == name));
    places[0].ok_or(RollError::NoRole)?;
    let mut rows = Vec::new();
    let mut lines = Lines { bytes: text.as_bytes(), counted: 0, line: 1 };
    for record in reader.records() {
        let record = record.map_err(|_broken| RollError::Unreadable)?;
        let line = lines.of(&record);
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        if rows.len() == ROWS {
            return Err(RollError::TooLong);
        }
        rows.push(Row { line, ..row(&record, places, now) });
    }
    if rows.is_empty() { Err(RollError::Empty) } else { Ok(rows) }
}

fn row(record: &StringRecord, places: [Option<usize>; 7], now: Timestamp) -> Row {
    let cell = |n: usize| places[n].and_then(|place| record.get(place)).unwrap_or_default().trim();
    let mut flaws = Vec::new();
    let role = role_of(cell(0));
    match role {
        None => flaws.push(Flaw::UnknownRole),
        Some(Role::ExerciseDirector) => flaws.push(Flaw::RoleNotByList),
        Some(_) => {}
    }
    let team = Some(cell(1)).filter(|id| !id.is_empty()).map(TeamId::from);
    match (role.is_some_and(Role::is_in_team), &team) {
        (true, None) => flaws.push(Flaw::TeamMissing),
        (false, Some(_)) if role.is_some() => flaws.push(Flaw::TeamNotWanted),
        (_, Some(team)) if !is_id(team.as_str()) => flaws.push(Flaw::BadTeam),
        _ => {}
    }
    let team_name = cell(2).to_owned();
    if team_name.chars().any(char::is_control) || team_name.chars().count() > LABEL {
        flaws.push(Flaw::TeamName);
    }
    let language = Some(cell(3)).filter(|tag| !tag.is_empty()).map(Language::from);
    if language.as_ref().is_some_and(|language| !language.is_tag()) {
        flaws.push(Flaw::BadLanguage);
    }
    let uses = Some(cell(4)).filter(|uses| !uses.is_empty()).map(|uses| uses.parse().ok().filter(|n| USES.contains(n)));
    if uses == Some(None) {
        flaws.push(Flaw::BadUses);
    }
    let label = cell(5).to_owned();
    if label.chars().any(char::is_control) || label.chars().count() > LABEL {
        flaws.push(Flaw::BadLabel);
    }
    let expires = Some(cell(6)).filter(|text| !text.is_empty()).map(|text| expires_at(text, now));
    if expires == Some(None) {
        flaws.push(Flaw::BadExpires);
    }
    let (uses, expires_at) = (uses.flatten(), expires.flatten());
    Row { line: 0, role, team, team_name, language, uses, label, expires_at, flaws }
}

/// Counts lines as an editor does: the reader's own count stops before the empty lines that it passes over.
struct Lines<'a> {
    bytes: &'a [u8],
    counted: usize,
    line: u64,
}

impl Lines<'_> {
    /// The line on which a record begins; records come in order.
    fn of(&mut self, record: &StringRecord) -> u64 {
        let begins = record.position().and_then(|position| usize::try_from(position.byte()).ok()).unwrap_or_default();
        let rest = self.bytes.get(begins..).unwrap_or_default();
        let begins = begins + rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        let passed = self.bytes.get(self.counted..begins).unwrap_or_default();
        self.line += passed.iter().map(|byte| u64::from(*byte == b'\n')).sum::<u64>();
        self.counted = begins.max(self.counted);
        self.line
    }
}

/// A role by its name as it is stored; people also write it with spaces and capitals.
fn role_of(name: &str) -> Option<Role> {
    serde_json::from_value(normal(name).replace([' ', '-'], "_").into()).ok()
}

fn normal(name: &str) -> String {
    name.trim().to_lowercase().replace('_', " ")
}

fn is_id(id: &str) -> bool {
    let is_plain = id.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
    (1..=40).contains(&id.len()) && is_plain
}

/// When a link stops working: `7d` or `12h` from now, the end of a day in UTC, or an instant (RFC 3339).
fn expires_at(text: &str, now: Timestamp) -> Option<Timestamp> {
    let hours = |unit: char| text.strip_suffix(unit)?.parse::<i64>().ok().filter(|count| (1..10_000).contains(count));
    let at = if let Some(days) = hours('d') {
        now.plus(Millis::minutes(days * 24 * 60))
    } else if let Some(hours) = hours('h') {
        now.plus(Millis::minutes(hours * 60))
    } else if let Ok(day) = text.parse::<Date>() {
        let midnight = day.tomorrow().ok()?.to_zoned(TimeZone::UTC).ok()?;
        Timestamp(midnight.timestamp().as_millisecond())
    } else {
        Timestamp(text.parse::<Instant>().ok()?.as_millisecond())
    };
    (at > now && at <= now.plus(LINK_AT_MOST)).then_some(at)
}
