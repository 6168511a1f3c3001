//! Numbers as people read them. Rounding happens here and nowhere else, half to even.

use crate::engine::time::{Millis, Timestamp};

/// Points with at most one decimal.
#[must_use]
pub fn points(milli: i64, decimal: &str) -> String {
    let tenths = divide(milli, 100);
    let sign = if tenths < 0 { "-" } else { "" };
    match (tenths.abs() / 10, tenths.abs() % 10) {
        (whole, 0) => format!("{sign}{whole}"),
        (whole, rest) => format!("{sign}{whole}{decimal}{rest}"),
    }
}

/// A share in whole percent; none of nothing.
#[must_use]
pub fn percent(part: i64, whole: i64) -> Option<i64> {
    (whole > 0).then(|| divide(part.saturating_mul(100), whole))
}

/// A quotient with exactly one decimal.
#[must_use]
pub fn tenths(number: i64, by: i64) -> String {
    let tenths = divide(number.saturating_mul(10), by);
    let sign = if tenths < 0 { "-" } else { "" };
    format!("{sign}{}.{}", tenths.abs() / 10, tenths.abs() % 10)
}

/// Division that rounds half to even. The divisor is positive.
fn divide(number: i64, by: i64) -> i64 {
    let (down, rest) = (number.div_euclid(by), number.rem_euclid(by));
    match (rest.saturating_mul(2)).cmp(&by) {
        std::cmp::Ordering::Less => down,
        std::cmp::Ordering::Greater => down + 1,
        std::cmp::Ordering::Equal => down + down.rem_euclid(2),
    }
}

/// A length of time: `4:05`, `1:04:05`.
#[must_use]
pub fn length(time: Millis) -> String {
    let seconds = time.0.abs() / 1000;
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    let sign = if time.0 <= -1000 { "\u{2212}" } else { "" };
    if hours > 0 { format!("{sign}{hours}:{minutes:02}:{seconds:02}") } else { format!("{sign}{minutes}:{seconds:02}") }
}

/// A reading of the story's clock: `T+0:12:00`.
#[must_use]
pub fn story_time(time: Millis) -> String {
    let seconds = time.0.div_euclid(1000);
    let sign = if seconds < 0 { '\u{2212}' } else { '+' };
    let seconds = seconds.abs();
    format!("T{sign}{}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
}

/// Day and time in UTC.
#[must_use]
pub fn instant(at: Timestamp) -> String {
    formatted(at, "%Y-%m-%d %H:%M:%S UTC")
}

/// Day and time with its offset from UTC in minutes.
#[must_use]
pub fn with_offset(at: Timestamp, offset: i32) -> String {
    let local = Timestamp(at.0.saturating_add(i64::from(offset) * 60_000));
    let sign = if offset < 0 { '\u{2212}' } else { '+' };
    let (hours, minutes) = (offset.abs() / 60, offset.abs() % 60);
    format!("{} (UTC{sign}{hours:02}:{minutes:02})", formatted(local, "%Y-%m-%d %H:%M"))
}

/// Time of day in UTC.
#[must_use]
pub fn time_of_day(at: Timestamp) -> String {
    formatted(at, "%H:%M:%S")
}

/// Instant for machines.
#[must_use]
pub fn machine_time(at: Timestamp) -> String {
    formatted(at, "%Y-%m-%dT%H:%M:%SZ")
}

fn formatted(at: Timestamp, format: &str) -> String {
    match jiff::Timestamp::from_millisecond(at.0) {
        Ok(instant) => instant.strftime(format).to_string(),
        // An instant outside of the calendar can only come from a broken clock; show it as it is.
        Err(_) => format!("{} ms", at.0),
    }
}
