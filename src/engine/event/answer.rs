//! Answers as the log keeps them.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::engine::{
    id::{FileHash, OptionId},
    number::Number,
    prose::Prose,
    time::Timestamp,
};

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
    /// One indicator a line, as typed.
    Indicators(Prose),
    Number(Number),
    /// A time of the story, and the offset from UTC that it was given in, in minutes.
    Time {
        at: Timestamp,
        offset: i32,
    },
    /// A file that the team handed in before.
    File(FileHash),
}

impl Answer {
    /// Whether an option was chosen, alone or among others.
    #[must_use]
    pub fn includes(&self, option: &OptionId) -> bool {
        match self {
            Self::Choice(chosen) | Self::Decision { option: Some(chosen), .. } => chosen == option,
            Self::Choices(chosen) => chosen.contains(option),
            _ => false,
        }
    }

    /// The free text in it.
    #[must_use]
    pub fn prose(&self) -> Option<&Prose> {
        match self {
            Self::Choice(_) | Self::Choices(_) | Self::Number(_) | Self::Time { .. } | Self::File(_) => None,
            Self::Text(prose) | Self::Indicators(prose) | Self::Decision { rationale: prose, .. } => Some(prose),
        }
    }

    /// The free text in it, to store, join or erase it.
    pub fn prose_mut(&mut self) -> Option<&mut Prose> {
        match self {
            Self::Choice(_) | Self::Choices(_) | Self::Number(_) | Self::Time { .. } | Self::File(_) => None,
            Self::Text(prose) | Self::Indicators(prose) | Self::Decision { rationale: prose, .. } => Some(prose),
        }
    }
}

/// What was found when a text was held against its key. The log keeps it, so that scores can be made
/// again after the text has been erased.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Credit in permille.
    Credit(u32),
    /// How it overlaps with what is right.
    Overlap(Overlap),
}

/// How a set overlaps the right one, in numbers: the log keeps none of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Overlap {
    /// Right and given.
    pub matched: u32,
    /// Right, but not given.
    pub missing: u32,
    /// Given, but not right.
    pub extra: u32,
}

impl Overlap {
    /// Of two sets.
    #[must_use]
    pub fn of<T: Ord>(right: &BTreeSet<T>, given: &BTreeSet<T>) -> Self {
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Self {
            matched: count(right.intersection(given).count()),
            missing: count(right.difference(given).count()),
            extra: count(given.difference(right).count()),
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
