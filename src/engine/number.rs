//! Numbers that people write, exact to the thousandth: no floats, so the same everywhere.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};
use utoipa::ToSchema;

/// A number in thousandths. Written as people do: `3`, `-0.25`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, ToSchema)]
#[schema(value_type = String)]
pub struct Number(pub i64);

impl Number {
    /// Largest that is taken, so that sums stay exact everywhere (below 2^53 thousandths).
    pub const LIMIT: i64 = 9_000_000_000_000_000;

    /// A number with a point or a comma before at most three decimals, and spaces or apostrophes between
    /// groups of digits; none if it is written otherwise.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let plain: String =
            text.trim().chars().filter(|c| !matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\'' | '_')).collect();
        let (negative, digits) = match plain.strip_prefix(['-', '\u{2212}']) {
            Some(rest) => (true, rest),
            None => (false, plain.strip_prefix('+').unwrap_or(&plain)),
        };
        let (whole, part) = digits.split_once(['.', ',']).unwrap_or((digits, ""));
        let all_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        let fits = !whole.is_empty() && whole.len() <= 13 && part.len() <= 3 && digits.len() != whole.len() + 1;
        if !fits || !all_digits(whole) || !all_digits(part) {
            return None;
        }
        let milli: i64 = format!("{whole}{part:0<3}").parse().ok()?;
        (milli <= Self::LIMIT).then_some(Self(if negative { -milli } else { milli }))
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, part) = (self.0.unsigned_abs() / 1000, self.0.unsigned_abs() % 1000);
        let sign = if self.0 < 0 { "-" } else { "" };
        match part {
            0 => write!(f, "{sign}{whole}"),
            part => write!(f, "{sign}{whole}.{}", format!("{part:03}").trim_end_matches('0')),
        }
    }
}

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| D::Error::custom("a number with at most three decimals is asked for"))
    }
}
