//! Fields of answer forms.

use schemars::JsonSchema;
use serde::Deserialize;

use super::Text;
use crate::scenario::value::{At, Decimal, Id};

/// One field of an answer form. Give exactly one type: `choice`, `multi_choice`, `number`, `short_text`,
/// `long_text`, `decision`, `indicators`, `classification`, `severity`, `techniques`, `timestamp` or `file`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Field {
    /// Id, unique in its inject.
    pub id: At<Id>,
    /// Question.
    pub label: Text,
    /// How to answer.
    pub help: Option<Text>,
    /// Whether an answer may not be sent without it.
    #[serde(default)]
    pub required: bool,
    /// Whether a complete answer has it. It may be sent without.
    #[serde(default)]
    pub wanted: bool,
    /// What it is worth, in points.
    pub points: Option<At<u32>>,
    /// Type: one of these options.
    pub choice: Option<Vec<Choice>>,
    /// Type: any number of these options.
    pub multi_choice: Option<Vec<Choice>>,
    /// Type: a number with at most three decimals.
    pub number: Option<NumberRange>,
    /// Type: one line of text.
    pub short_text: Option<TextLimit>,
    /// Type: free text.
    pub long_text: Option<TextLimit>,
    /// Type: a decision and why. The list of options may be empty.
    pub decision: Option<Vec<Choice>>,
    /// Type: indicators of compromise, one a line.
    pub indicators: Option<Indicators>,
    /// Type: a class of incident, or a type in it (RSIT).
    pub classification: Option<NoSettings>,
    /// Type: how bad it is: informational, low, medium, high or critical.
    pub severity: Option<NoSettings>,
    /// Type: techniques of attackers (ATT&CK), by their ids.
    pub techniques: Option<Techniques>,
    /// Type: a time of the story, with its offset from UTC.
    pub timestamp: Option<NoSettings>,
    /// Type: a file that the team hands in.
    pub file: Option<NoSettings>,
}

/// One option of a choice.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// Id, unique in its field.
    pub id: At<Id>,
    /// Label.
    pub label: Text,
}

/// A number, and the bounds that answers must keep to.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NumberRange {
    /// Least that may be answered.
    pub least: Option<At<Decimal>>,
    /// Most that may be answered.
    pub most: Option<At<Decimal>>,
    /// What is counted.
    pub unit: Option<Text>,
}

/// Text, and how much of it.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TextLimit {
    /// Most characters.
    pub max_chars: At<u32>,
}

/// Indicators of compromise, one a line.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Indicators {
    /// Most lines.
    pub max_lines: At<u32>,
}

/// Techniques of attackers.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Techniques {
    /// Most techniques.
    pub most: At<u32>,
}

/// A type without settings: `{}`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NoSettings {}
