//! Right answers, each in the form that fits its type of field.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use crate::scenario::value::{At, Code, Decimal};

/// The right answer of a field.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Key {
    /// For `choice`, `classification` and `severity`: full credit for this option.
    Choice(At<Code>),
    /// For `choice`, `classification` and `severity`: credit in percent by option; others are worth nothing.
    Options(BTreeMap<At<Code>, At<u32>>),
    /// For `multi_choice` and `techniques`: the right set, scored by overlap.
    Set(Vec<At<Code>>),
    /// For `indicators`: the right ones, defanged or not, scored by overlap.
    Indicators(Vec<At<String>>),
    /// For `short_text`: accepted texts, whatever their case and spaces, and the credit of each in percent.
    Texts(BTreeMap<At<String>, At<u32>>),
    /// For `number`: full credit from the least to the most.
    Range(Range),
    /// For `timestamp`: full credit from the first to the last, both with their offset from UTC.
    Times(Times),
}

/// Numbers that are right.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Range {
    /// The least that is right.
    pub least: At<Decimal>,
    /// The most that is right.
    pub most: At<Decimal>,
    /// A wider range that is worth part of the credit.
    pub near: Option<Near>,
}

/// Numbers that are near enough for part of the credit.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Near {
    /// The least that is near enough.
    pub least: At<Decimal>,
    /// The most that is near enough.
    pub most: At<Decimal>,
    /// What it is worth, in percent.
    pub credit_percent: At<u32>,
}

/// Times that are right, as `2027-09-17T04:10-04:00`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Times {
    /// The first that is right.
    pub first: At<String>,
    /// The last that is right.
    pub last: At<String>,
}
