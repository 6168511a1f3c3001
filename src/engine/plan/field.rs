//! Fields of an answer form, and what is right in them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::engine::{
    id::{FieldId, OptionId, SectionId},
    number::Number,
    text::{Language, Text},
    time::Timestamp,
};

/// One field of an answer form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Field {
    /// Id.
    pub id: FieldId,
    /// Question.
    pub label: Text,
    /// How to answer.
    pub help: Option<Text>,
    /// Type of answer.
    pub kind: FieldKind,
    /// Whether an answer may not be sent without it.
    pub required: bool,
    /// Whether a complete answer has it; it may be sent without.
    #[serde(default)]
    pub wanted: bool,
    /// The document that it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub section: Option<SectionId>,
    /// What it is worth, in points.
    pub points: u32,
}

/// A document that some fields of a form make up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Section {
    /// Id.
    pub id: SectionId,
    /// What kind of document it is.
    pub document: Document,
    /// What it is called.
    pub title: Text,
}

/// Documents that CIRTs write. The stages of an incident report are those of NIS2, article 23.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema, schemars::JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Document {
    /// Incident report, within 24 hours: is it malicious, does it cross borders?
    EarlyWarning,
    /// Incident report, within 72 hours: severity, impact, indicators.
    Notification,
    /// Incident report, within a month: cause, measures, lessons.
    FinalReport,
    /// A warning to constituents or the public.
    Advisory,
    /// Where things stand, for those who decide.
    Sitrep,
}

/// Type of an answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum FieldKind {
    /// One option.
    Choice {
        /// What to choose from.
        options: Vec<Choice>,
    },
    /// Any number of options.
    MultiChoice {
        /// What to choose from.
        options: Vec<Choice>,
    },
    /// A number, exact to the thousandth.
    Number {
        /// Least, if there is a least.
        #[serde(default)]
        least: Option<Number>,
        /// Most, if there is a most.
        #[serde(default)]
        most: Option<Number>,
        /// What is counted.
        #[serde(default)]
        unit: Option<Text>,
    },
    /// One line of text.
    ShortText {
        /// Most characters (Unicode scalar values).
        max_chars: u32,
    },
    /// Free text.
    LongText {
        /// Most characters (Unicode scalar values).
        max_chars: u32,
    },
    /// A decision: an option if there are any, and why.
    Decision {
        /// What to choose from; may be empty.
        options: Vec<Choice>,
    },
    /// Indicators of compromise, one a line.
    Indicators {
        /// Most lines.
        max_lines: u32,
    },
    /// A class of incident, or a type in it (RSIT).
    Classification,
    /// How bad it is, on a scale of five.
    Severity,
    /// Techniques of attackers (ATT&CK), by their ids.
    Techniques {
        /// Most techniques.
        most: u32,
    },
    /// A time of the story, with its offset from UTC.
    Timestamp,
    /// A file that the team has handed in.
    File,
}

/// Levels of severity, least first.
pub const SEVERITIES: [&str; 5] = ["informational", "low", "medium", "high", "critical"];

impl FieldKind {
    /// What there is to choose from, where the plan says it.
    #[must_use]
    pub fn options(&self) -> &[Choice] {
        match self {
            Self::Choice { options } | Self::MultiChoice { options } | Self::Decision { options } => options,
            _ => &[],
        }
    }

    /// The label of an option; its id if the plan has none.
    #[must_use]
    pub fn label<'a>(&'a self, option: &'a OptionId, language: &Language) -> &'a str {
        let known = self.options().iter().find(|known| known.id == *option);
        known.map_or(option.as_str(), |known| known.label.get(language))
    }

    /// The name of the type, as scenario files have it.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Choice { .. } => "choice",
            Self::MultiChoice { .. } => "multi_choice",
            Self::Number { .. } => "number",
            Self::ShortText { .. } => "short_text",
            Self::LongText { .. } => "long_text",
            Self::Decision { .. } => "decision",
            Self::Indicators { .. } => "indicators",
            Self::Classification => "classification",
            Self::Severity => "severity",
            Self::Techniques { .. } => "techniques",
            Self::Timestamp => "timestamp",
            Self::File => "file",
        }
    }
}

/// One option of a choice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Choice {
    /// Id.
    pub id: OptionId,
    /// Label.
    pub label: Text,
}

/// Right answer of a field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AnswerKey {
    /// Credit of each option of a choice, a class or a severity, in permille; others are worth nothing.
    Options(BTreeMap<OptionId, u32>),
    /// The right set of options or techniques, scored by overlap (F1).
    Set(Vec<OptionId>),
    /// The right indicators in normal form, scored by overlap (F1).
    Indicators(Vec<String>),
    /// Accepted texts, compared without regard to case and spaces, and the credit of each in permille.
    Texts(BTreeMap<String, u32>),
    /// Numbers from the least to the most have full credit.
    Range {
        /// The least.
        least: Number,
        /// The most.
        most: Number,
        /// Numbers that are near enough for part of it.
        #[serde(default)]
        near: Option<Near>,
    },
    /// Times from the first to the last have full credit.
    Times {
        /// The first.
        first: Timestamp,
        /// The last.
        last: Timestamp,
    },
}

impl AnswerKey {
    /// Whether answers of a type can be held against it.
    #[must_use]
    pub fn fits(&self, kind: &FieldKind) -> bool {
        matches!(
            (self, kind),
            (Self::Options(_), FieldKind::Choice { .. } | FieldKind::Classification | FieldKind::Severity)
                | (Self::Set(_), FieldKind::MultiChoice { .. } | FieldKind::Techniques { .. })
                | (Self::Indicators(_), FieldKind::Indicators { .. })
                | (Self::Texts(_), FieldKind::ShortText { .. })
                | (Self::Range { .. }, FieldKind::Number { .. })
                | (Self::Times { .. }, FieldKind::Timestamp)
        )
    }
}

/// A wider range that is worth part of the credit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Near {
    /// The least.
    pub least: Number,
    /// The most.
    pub most: Number,
    /// Credit in permille.
    pub credit_permille: u32,
}
