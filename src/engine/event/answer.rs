//! Answers as the log keeps them.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::engine::{id::OptionId, prose::Prose, time::Timestamp};

/// An answer to one field, as kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the field kinds of the plan say it")]
pub enum Answer {
    Choice(OptionId),
    Choices(BTreeSet<OptionId>),
    Text(Prose),
    Decision {
        option: Option<OptionId>,
        rationale: Prose,
    },
    /// One indicator a line.
    Indicators(Prose),
}

impl Answer {
    /// Whether an option was chosen, alone or among others.
    #[must_use]
    pub fn includes(&self, option: &OptionId) -> bool {
        match self {
            Self::Choice(chosen) | Self::Decision { option: Some(chosen), .. } => chosen == option,
            Self::Choices(chosen) => chosen.contains(option),
            Self::Decision { option: None, .. } | Self::Text(_) | Self::Indicators(_) => false,
        }
    }

    /// The free text in it.
    #[must_use]
    pub fn prose(&self) -> Option<&Prose> {
        match self {
            Self::Choice(_) | Self::Choices(_) => None,
            Self::Text(prose) | Self::Indicators(prose) | Self::Decision { rationale: prose, .. } => Some(prose),
        }
    }

    /// The free text in it, to store, join or erase it.
    pub fn prose_mut(&mut self) -> Option<&mut Prose> {
        match self {
            Self::Choice(_) | Self::Choices(_) => None,
            Self::Text(prose) | Self::Indicators(prose) | Self::Decision { rationale: prose, .. } => Some(prose),
        }
    }
}

/// How an act that control typed in really came: by phone, on paper, by messenger.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ByHand {
    /// Who called or handed it in.
    pub caller: Prose,
    /// When that was: lateness is judged by it.
    pub happened_at: Timestamp,
    /// What was read back to the caller, to match the sheet of paper with the log.
    pub code: String,
}
