//! Fields of answer forms, and the documents that expand to several of them.

use schemars::JsonSchema;
use serde::Deserialize;

use super::Text;
use crate::{
    engine::plan::Document,
    scenario::value::{At, Decimal, Id},
};

/// One field of an answer form, or a document that makes several of them. Give exactly one type: `choice`,
/// `multi_choice`, `number`, `short_text`, `long_text`, `decision`, `indicators`, `classification`, `severity`,
/// `techniques`, `timestamp`, `file`, `early_warning`, `notification`, `final_report`, `advisory` or `sitrep`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Field {
    /// Id, unique in its inject. The parts of a document are called `ID-PART`.
    pub id: At<Id>,
    /// Question. A document has a title of its own unless told.
    pub label: Option<Text>,
    /// How to answer.
    pub help: Option<Text>,
    /// Whether an answer may not be sent without it.
    #[serde(default)]
    pub required: bool,
    /// Whether a complete answer has it. It may be sent without.
    #[serde(default)]
    pub wanted: bool,
    /// What it is worth, in points. Those of a document go to the parts that have a key, else to its main text.
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
    /// Document: incident report within 24 hours.
    pub early_warning: Option<DocumentParts>,
    /// Document: incident report within 72 hours.
    pub notification: Option<DocumentParts>,
    /// Document: incident report within a month.
    pub final_report: Option<DocumentParts>,
    /// Document: a warning to constituents or the public.
    pub advisory: Option<DocumentParts>,
    /// Document: where things stand, for those who decide.
    pub sitrep: Option<DocumentParts>,
}

impl Field {
    /// The documents that it says it is; one at the most in a scenario that is right.
    pub fn documents(&self) -> impl Iterator<Item = (Document, &DocumentParts)> {
        [
            (Document::EarlyWarning, &self.early_warning),
            (Document::Notification, &self.notification),
            (Document::FinalReport, &self.final_report),
            (Document::Advisory, &self.advisory),
            (Document::Sitrep, &self.sitrep),
        ]
        .into_iter()
        .filter_map(|(document, parts)| Some((document, parts.as_ref()?)))
    }
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

/// Which parts a document has.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct DocumentParts {
    /// Parts that are left out.
    pub without: Vec<At<Id>>,
    /// Parts without which it may not be sent. All others may be left empty.
    pub required: Vec<At<Id>>,
}
