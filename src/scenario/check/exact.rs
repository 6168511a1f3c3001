//! Numbers and times of the story, exactly as they are written.

use super::Checker;
use crate::{
    engine::{number::Number, time::Timestamp},
    scenario::value::{At, Decimal, Place},
};

impl Checker<'_> {
    /// A number with at most three decimals; none if it is not one.
    pub(super) fn number(&mut self, written: &At<Decimal>) -> Option<Number> {
        self.number_at(&written.value.0, written.place)
    }

    /// A number that stands at a place.
    pub(super) fn number_at(&mut self, written: &str, place: Place) -> Option<Number> {
        let number = Number::parse(written);
        if number.is_none() {
            self.findings
                .error("bad_number", place, format!("'{written}' is not a number with at most three decimals."))
                .suggest("write digits, as in 3, -0.25 or 12500");
        }
        number
    }

    /// A time with its offset from UTC; none if it is not one.
    pub(super) fn instant(&mut self, written: &str, place: Place) -> Option<Timestamp> {
        let instant = instant(written);
        if instant.is_none() {
            self.findings
                .error("bad_time", place, format!("'{written}' is not a time with its offset from UTC."))
                .suggest("write date, time and offset, as in 2027-09-17T04:10-04:00");
        }
        instant
    }
}

/// RFC 3339, seconds may be left out.
fn instant(written: &str) -> Option<Timestamp> {
    let pieces = jiff::fmt::temporal::Pieces::parse(written.trim()).ok()?;
    let at = pieces.to_numeric_offset()?.to_timestamp(pieces.date().to_datetime(pieces.time()?)).ok()?;
    Some(Timestamp(at.as_millisecond())).filter(|at| at.is_in_calendar())
}
