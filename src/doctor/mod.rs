//! The night before: what would spoil tomorrow's drill, each with what to do about it.
//!
//! Looking ([`probe`]) is apart from judging ([`check`], [`host`]): judgements are functions of what was seen.

pub mod check;
pub mod host;
pub mod probe;

use serde::Serialize;

/// What was found out about one thing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// What was looked at, in a word or two.
    pub what: &'static str,
    /// How it stands.
    pub verdict: Verdict,
    /// What was seen.
    pub seen: String,
    /// What to do about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fix: Option<String>,
}

/// How something stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Good for tomorrow.
    Green,
    /// Not good, and this is what to do.
    Red,
    /// It could not be found out, or was not asked for.
    NotChecked,
}

impl Finding {
    /// Something that is good.
    pub fn green(what: &'static str, seen: impl Into<String>) -> Self {
        Self { what, verdict: Verdict::Green, seen: seen.into(), fix: None }
    }

    /// Something that is not good, and what to do about it.
    pub fn red(what: &'static str, seen: impl Into<String>, fix: impl Into<String>) -> Self {
        Self { what, verdict: Verdict::Red, seen: seen.into(), fix: Some(fix.into()) }
    }

    /// Something that is not known, and how a person finds it out.
    pub fn not_checked(what: &'static str, seen: impl Into<String>, how: impl Into<String>) -> Self {
        Self { what, verdict: Verdict::NotChecked, seen: seen.into(), fix: Some(how.into()) }
    }

    /// Green if `holds`, else red.
    pub(crate) fn when(holds: bool, what: &'static str, seen: impl Into<String>, fix: impl Into<String>) -> Self {
        if holds { Self::green(what, seen) } else { Self::red(what, seen, fix) }
    }
}
