//! Sample answers.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use crate::scenario::value::{At, Code, Decimal, Id};

/// Sample answers, in the first language.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Samples {
    /// An answer that misses the point.
    pub weak: Option<Sample>,
    /// An answer that will do.
    pub fair: Option<Sample>,
    /// An answer to be proud of.
    pub good: Option<Sample>,
}

/// A sample answer, field by field.
pub type Sample = BTreeMap<At<Id>, At<Answer>>;

/// A sample answer to one field.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// To a `choice`, a `classification` or a `severity`.
    Choice(At<Code>),
    /// To a `multi_choice` or `techniques`.
    Choices(Vec<At<Code>>),
    /// To a `short_text` or a `long_text`.
    Text(String),
    /// To a `decision`.
    Decision(Decision),
    /// To `indicators`, one a line.
    Indicators(Vec<String>),
    /// To a `number`.
    Number(Decimal),
    /// To a `timestamp`, as `2027-09-17T04:10-04:00`.
    Time(String),
    /// To a `file`: a path inside the pack. Evaluators see it; simulated teams hand nothing in.
    File(At<String>),
}

/// A sample decision.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Decision {
    /// What was decided, where there are options.
    pub option: Option<At<Code>>,
    /// Why.
    pub rationale: String,
}
