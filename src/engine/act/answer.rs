//! Answers as they are sent.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::engine::id::{FileHash, OptionId};

/// An answer to one field, as sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum AnswerInput {
    /// To a choice.
    Choice(OptionId),
    /// To a multiple choice.
    Choices(BTreeSet<OptionId>),
    /// To a long text.
    Text(String),
    /// To a decision.
    Decision {
        /// What was decided, where there are options.
        option: Option<OptionId>,
        /// Why.
        rationale: String,
    },
    /// To an indicator field: one a line.
    Indicators(Vec<String>),
    /// To a number field: as people write it, with at most three decimals.
    Number(String),
    /// To a timestamp: with its offset from UTC (RFC 3339), `2027-09-17T04:10-04:00`.
    Time(String),
    /// To a file field: one that the team has handed in.
    File(FileHash),
}
