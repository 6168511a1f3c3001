//! The ways in which planners write times, and what they come to: `T+0:35`, `35`, `1 h 05`, `09:35`,
//! `9h35`, `9.35 h`, `07:29 PM`, `J+1 H+2 M-5`, dates, and the numbers behind cells of a workbook.

use super::{
    super::{naming::fold, value::Duration},
    grid::Cell,
};
use crate::engine::time::Millis;

const DAY: i64 = 24 * 60 * 60 * 1000;
/// Longest time that is believed.
const LONGEST: i64 = 30 * DAY;
/// The earliest time of day that, bare, is rather a clock than a length of time.
const MORNING: i64 = 5 * 60 * 60 * 1000;

/// What the times of a column are, as its heading tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    /// Counted from the start.
    Offset,
    /// Read off a clock.
    Clock,
    /// One of the two.
    Either,
}

/// A time as it stands in a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Moment {
    /// Counted from the start.
    Offset(i64),
    /// Read off a clock, on a numbered day if the cell names one.
    Clock(Option<i64>, i64),
    /// Hours and minutes of either.
    Bare(i64),
    /// When staff say so.
    Manual,
}

/// The time in a cell; none if it holds nothing that is one.
pub(super) fn read(cell: &Cell, style: Style) -> Option<Moment> {
    match cell {
        Cell::Empty => None,
        Cell::Length(days) => Some(Moment::Offset(millis(*days))),
        Cell::Day(days) if *days >= 1.0 => Some(on_day(millis(*days))),
        Cell::Day(days) => Some(Moment::Bare(millis(*days))),
        Cell::Number(number) if style == Style::Clock && *number >= 10_000.0 => Some(on_day(millis(*number))),
        Cell::Number(number) if *number > 0.0 && *number < 1.0 => Some(Moment::Bare(millis(*number))),
        Cell::Number(number) if style == Style::Clock => words(&number.to_string(), style),
        Cell::Number(minutes) => Some(Moment::Offset(millis(minutes / 1440.0))),
        Cell::Text(text) => words(&fold(text), style),
    }
}

/// The times of a column, counted from the start: from `start` on the clock, or else from the first
/// clock time. What goes back by more than half a day has passed midnight. With them what the
/// clock reads at the start, if the column tells times of day.
pub(super) fn offsets(
    moments: &[Option<Moment>],
    start: Option<Millis>,
    style: Style,
) -> (Vec<Option<Millis>>, Option<Millis>) {
    let is_clock = |moment: &&Moment| matches!(moment, Moment::Clock(..));
    let first_bare = moments.iter().flatten().find_map(|m| if let Moment::Bare(bare) = m { Some(*bare) } else { None });
    let bare_is_clock = match style {
        Style::Offset => false,
        Style::Clock => true,
        Style::Either => {
            start.is_some()
                || moments.iter().flatten().any(|m| is_clock(&m))
                || first_bare.is_some_and(|t| t >= MORNING)
        }
    };
    let mut first_day = None;
    let mut base = start.map(|start| start.0);
    let mut last = base;
    let mut offset = |moment: &Moment| {
        let (day, time) = match *moment {
            Moment::Manual => return None,
            Moment::Offset(offset) => return Some(offset),
            Moment::Bare(offset) if !bare_is_clock => return Some(offset),
            Moment::Bare(time) => (None, time),
            Moment::Clock(day, time) => (day, time),
        };
        let base = *base.get_or_insert(time);
        let time = match (day, last) {
            (Some(day), _) => (day - *first_day.get_or_insert(day)) * DAY + time,
            (None, Some(last)) => {
                let days = (last - time + DAY / 2).div_euclid(DAY).max(0);
                time + days * DAY
            }
            (None, None) => time,
        };
        last = Some(time);
        Some(time - base)
    };
    let believed = |offset: &i64| offset.abs() <= LONGEST;
    let found =
        moments.iter().map(|moment| moment.as_ref().and_then(&mut offset).filter(believed).map(Millis)).collect();
    (found, base.map(Millis))
}

/// A length of time in minutes, with units or as the format writes it, for targets and deadlines.
pub(super) fn length(cell: &Cell) -> Option<Millis> {
    if let Some(length) = Duration(cell.shown()).millis().filter(|length| length.0 >= 0) {
        return Some(length);
    }
    match read(cell, Style::Offset)? {
        Moment::Offset(time) | Moment::Bare(time) if (0..=LONGEST).contains(&time) => Some(Millis(time)),
        _ => None,
    }
}

/// A number of days as a person reads it.
pub(super) fn shown(days: f64) -> String {
    let time = millis(days);
    let clock = format!("{:02}:{:02}", time % DAY / 3_600_000, time % 3_600_000 / 60_000);
    if time < DAY { clock } else { format!("day {} {clock}", time / DAY) }
}

/// `T+0:35`, which no spreadsheet takes for a time of its own.
pub(crate) fn written(time: Millis) -> String {
    let (sign, seconds) = (if time.0 < 0 { '-' } else { '+' }, time.0.abs() / 1000);
    let clock = format!("T{sign}{}:{:02}", seconds / 3600, seconds % 3600 / 60);
    if seconds % 60 == 0 { clock } else { format!("{clock}:{:02}", seconds % 60) }
}

/// A time of day, past midnight too: `00:15`.
pub(super) fn wall(time: Millis) -> String {
    let minutes = time.0.rem_euclid(DAY) / 60_000;
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

/// `90m` as the format writes it.
pub(crate) fn duration(time: Millis) -> String {
    let (sign, seconds) = (if time.0 < 0 { "-" } else { "" }, time.0.abs() / 1000);
    match (seconds / 60, seconds % 60) {
        (minutes, 0) => format!("{sign}{minutes}m"),
        (minutes, seconds) => format!("{sign}{minutes}m{seconds}s"),
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "a cast from a float saturates, and what is too long is not believed"
)]
fn millis(days: f64) -> i64 {
    // To the second: what a workbook stores is seldom exact.
    (days * 86_400.0).round() as i64 * 1000
}

fn on_day(time: i64) -> Moment {
    Moment::Clock(Some(time.div_euclid(DAY)), time.rem_euclid(DAY))
}

/// A time in words, in lower case and without accents.
fn words(text: &str, style: Style) -> Option<Moment> {
    const MANUAL: [&str; 12] = [
        "manual",
        "manuel",
        "manuelle",
        "on request",
        "on demand",
        "as needed",
        "a la demande",
        "sur demande",
        "a demanda",
        "a peticion",
        "tbd",
        "n/a",
    ];
    let text = text.replace(['−', '–'], "-").replace(['\u{a0}', '\u{202f}'], " ");
    let text = text.trim();
    if MANUAL.contains(&text) {
        return Some(Moment::Manual);
    }
    let from_start =
        ["startex", "start", "stex", "debut", "inicio", "t"].iter().find_map(|word| text.strip_prefix(word));
    let signed = from_start.unwrap_or(text).trim_start();
    if let Some((sign, rest)) =
        signed.strip_prefix('+').map(|rest| (1, rest)).or(signed.strip_prefix('-').map(|rest| (-1, rest)))
    {
        let (Moment::Offset(time) | Moment::Bare(time)) = plain(rest.trim(), Style::Offset)? else { return None };
        return Some(Moment::Offset(sign * time));
    }
    if from_start == Some("0") || from_start == Some("") {
        return Some(Moment::Offset(0));
    }
    by_letters(text).or_else(|| dated(text)).or_else(|| plain(text, style))
}

/// `J+1 H+2 M-5` in French, `D+1 H+2 M-5` in English and Spanish; or a day and a clock, `J+1 9h00`.
fn by_letters(text: &str) -> Option<Moment> {
    let mut offset = 0;
    let mut day = None;
    let mut rest = text;
    while let Some(letter) = rest.chars().next().filter(|c| matches!(c, 'j' | 'd' | 'h' | 'm')) {
        let after = rest[1..].trim_start();
        let sign = if after.starts_with('+') { 1 } else { -1 };
        let after = after.strip_prefix(['+', '-'])?.trim_start();
        let end = after.find(|c: char| !c.is_ascii_digit()).unwrap_or(after.len());
        let number: i64 = sign * i64::from(after[..end].parse::<u16>().ok()?);
        rest = after[end..].trim_start();
        match letter {
            'h' => offset += number * 3_600_000,
            'm' => offset += number * 60_000,
            _ => day = Some(number),
        }
        if let Some(minutes) = rest.strip_prefix(':').filter(|_| letter == 'h') {
            offset += sign * i64::from(minutes.get(..2)?.parse::<u16>().ok()?) * 60_000;
            rest = minutes[2..].trim_start();
        }
    }
    match (rest.is_empty(), day) {
        (true, _) if rest.len() < text.len() => Some(Moment::Offset(day.unwrap_or(0) * DAY + offset)),
        (false, Some(day)) => match plain(rest, Style::Clock)? {
            Moment::Clock(None, time) => Some(Moment::Clock(Some(day), time)),
            _ => None,
        },
        _ => None,
    }
}

/// A date and a clock: `26/06/2024 09h00`, `2024-06-26T09:00`.
fn dated(text: &str) -> Option<Moment> {
    let (date, clock) = text.split_once([' ', 't'])?;
    let parts: Vec<i64> = date.split(['/', '-', '.']).map(|part| part.parse().ok()).collect::<Option<_>>()?;
    let &[a, b, c] = parts.as_slice() else { return None };
    let (year, month, day) = match (a, b, c) {
        (year, month, day) if year > 31 => (year, month, day),
        (month, day, year) if day > 12 => (year, month, day),
        (day, month, year) => (year, month, day),
    };
    let year = i16::try_from(if year < 100 { year + 2000 } else { year }).ok()?;
    let date = jiff::civil::Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
    let days = date.since(jiff::civil::Date::constant(1970, 1, 1)).ok()?.get_days();
    match plain(clock.trim(), Style::Clock)? {
        Moment::Clock(None, time) => Some(Moment::Clock(Some(days.into()), time)),
        _ => None,
    }
}

/// A time without a sign or a date.
fn plain(text: &str, style: Style) -> Option<Moment> {
    const ZONES: [&str; 6] = ["utc", "gmt", "local", "lt", "hrs", "z"];
    let text = ZONES.iter().find_map(|zone| text.strip_suffix(zone)).unwrap_or(text).trim();
    for (mark, noon) in [("am", 0), ("a.m.", 0), ("pm", 12), ("p.m.", 12)] {
        if let Some(clock) = text.strip_suffix(mark) {
            let time = parts(&clock.trim().replace([':', '.'], " "), style)?;
            return Some(Moment::Clock(None, time % (DAY / 2) + noon * 3_600_000));
        }
    }
    if text.bytes().all(|b| b.is_ascii_digit()) {
        let number: i64 = text.parse::<u32>().ok()?.into();
        let (hours, minutes) = (number / 100, number % 100);
        return match style {
            Style::Clock if hours < 24 && minutes < 60 && text.len() > 2 => {
                Some(Moment::Clock(None, clock(hours, minutes, 0)))
            }
            Style::Either if hours < 24 && minutes < 60 && text.len() == 4 => {
                Some(Moment::Clock(None, clock(hours, minutes, 0)))
            }
            Style::Clock => None,
            Style::Offset | Style::Either => Some(Moment::Offset(number * 60_000)),
        };
    }
    units(text, style)
}

/// `1 h 05 min`, `35 minutes`, `9h35`, `9.35 h`, `09:35:10`.
fn units(text: &str, style: Style) -> Option<Moment> {
    const HOURS: [&str; 6] = ["hours", "hour", "heures", "heure", "horas", "hora"];
    const MINUTES: [&str; 8] = ["minutes", "minute", "minutos", "minuto", "mins", "min", "mn", "'"];
    let mut spelled = text.to_owned();
    for word in HOURS {
        spelled = spelled.replace(word, "H");
    }
    for word in MINUTES {
        spelled = spelled.replace(word, "M");
    }
    let only_minutes = spelled.ends_with(['M', 'm']) && !spelled.contains(['h', 'H', ':']);
    if only_minutes {
        let number: i64 = spelled.trim_end_matches(['M', 'm']).trim().parse::<u16>().ok()?.into();
        return Some(Moment::Offset(number * 60_000));
    }
    // A length of time says so: hours in full, or minutes with their unit.
    let is_length = spelled.contains(['H', 'M']) && style != Style::Clock;
    let time = match spelled.trim_end_matches(['h', 'H']).trim().split_once('.') {
        // 1.5 hours are a decimal, 9.35 h are hours and minutes.
        Some((hours, tenths)) if tenths.len() == 1 && spelled.ends_with(['h', 'H']) => {
            i64::from(hours.parse::<u16>().ok()?) * 3_600_000 + i64::from(tenths.parse::<u16>().ok()?) * 360_000
        }
        Some(_) if !spelled.ends_with(['h', 'H']) && style == Style::Offset => return None,
        _ => parts(&spelled.replace([':', '.', 'h', 'H', 'M', 'm'], " "), style)?,
    };
    Some(match style {
        Style::Clock => Moment::Clock(None, time),
        _ if is_length || time >= DAY => Moment::Offset(time),
        _ => Moment::Bare(time),
    })
}

/// Hours, minutes and seconds between spaces.
fn parts(text: &str, style: Style) -> Option<i64> {
    let numbers: Vec<i64> =
        text.split_whitespace().map(|part| part.parse::<u16>().ok().map(i64::from)).collect::<Option<_>>()?;
    let (hours, minutes, seconds) = match *numbers.as_slice() {
        [hours] => (hours, 0, 0),
        [hours, minutes] => (hours, minutes, 0),
        [hours, minutes, seconds] => (hours, minutes, seconds),
        _ => return None,
    };
    let fits = minutes < 60 && seconds < 60 && (hours < 24 || style != Style::Clock);
    fits.then(|| clock(hours, minutes, seconds))
}

fn clock(hours: i64, minutes: i64, seconds: i64) -> i64 {
    (hours * 3600 + minutes * 60 + seconds) * 1000
}
