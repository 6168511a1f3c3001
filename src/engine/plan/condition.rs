//! Conditions: what branches ask of a team, or of all of them.
//!
//! A condition is judged for one team at a time. It is looked at again the moment something that it
//! reads changes, and once more when what hangs on it falls due.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::engine::{
    id::{CohortId, FieldId, FlagId, InjectId, OptionId},
    time::Millis,
};

/// Something that holds for a team or does not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
#[schema(no_recursion)]
pub enum Condition {
    /// Every one of these.
    All(Vec<Condition>),
    /// At least one of these.
    Any(Vec<Condition>),
    /// Not this.
    Not(Box<Condition>),
    /// A flag of the team is set.
    Flag(FlagId),
    /// The team received an inject.
    Received(InjectId),
    /// Somebody of the team opened an inject.
    Opened(InjectId),
    /// The team acknowledged an inject.
    Acknowledged(InjectId),
    /// The team answered an inject.
    Answered(InjectId),
    /// The team's official answer to a field includes an option.
    Answer {
        /// Which inject.
        inject: InjectId,
        /// Which of its fields.
        field: FieldId,
        /// The option.
        includes: OptionId,
    },
    /// The team has had an inject for so much active time without answering it.
    Silent {
        /// Which.
        inject: InjectId,
        /// For how long.
        #[serde(rename = "for")]
        length: Millis,
    },
    /// What the team has earned of the points that could be scored so far lies within these bounds, in
    /// permille; of one inject, or of everything. Nothing scored yet lies within none.
    Score {
        /// Only of this inject.
        #[serde(default)]
        inject: Option<InjectId>,
        /// At least this.
        #[serde(default)]
        at_least: Option<u32>,
        /// Less than this.
        #[serde(default)]
        below: Option<u32>,
    },
    /// The team has written so many entries into its log.
    Logged(u32),
    /// The team has written so many messages to other teams.
    ToldPeers(u32),
    /// A condition holds for some number of teams.
    Teams(Box<Quantity>),
}

/// A condition asked of several teams.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(no_recursion)]
pub struct Quantity {
    /// How many of them.
    pub of: Subject,
    /// Only of this cohort.
    #[serde(default)]
    pub cohort: Option<CohortId>,
    /// What must hold for each of them.
    pub meet: Condition,
    /// Which teams do not count because they are not playing.
    #[serde(default)]
    pub without: Vec<Absent>,
}

/// How many teams.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// At least one.
    Any,
    /// Every one of them, and there is at least one.
    All,
    /// At least so many.
    AtLeast(u32),
}

/// Why a team may be left out of the count.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema, schemars::JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Absent {
    /// Its clock stands while others' run.
    Paused,
    /// It was excused from an inject that the condition reads.
    Excused,
    /// Nobody of it is connected.
    Offline,
}

impl Condition {
    /// The conditions inside, for several teams or for this one.
    #[must_use]
    pub fn parts(&self) -> Vec<&Condition> {
        match self {
            Self::All(list) | Self::Any(list) => list.iter().collect(),
            Self::Not(inner) => vec![inner],
            Self::Teams(quantity) => vec![&quantity.meet],
            Self::Flag(_)
            | Self::Received(_)
            | Self::Opened(_)
            | Self::Acknowledged(_)
            | Self::Answered(_)
            | Self::Answer { .. }
            | Self::Silent { .. }
            | Self::Score { .. }
            | Self::Logged(_)
            | Self::ToldPeers(_) => Vec::new(),
        }
    }

    /// The injects that it reads, in order of mention.
    #[must_use]
    pub fn injects(&self) -> Vec<&InjectId> {
        let own = match self {
            Self::Received(inject)
            | Self::Opened(inject)
            | Self::Acknowledged(inject)
            | Self::Answered(inject)
            | Self::Answer { inject, .. }
            | Self::Silent { inject, .. }
            | Self::Score { inject: Some(inject), .. } => Some(inject),
            _ => None,
        };
        own.into_iter().chain(self.parts().into_iter().flat_map(Self::injects)).collect()
    }

    /// How long a silence it waits for, by inject.
    #[must_use]
    pub fn silences(&self) -> Vec<(&InjectId, Millis)> {
        let own = match self {
            Self::Silent { inject, length } => Some((inject, *length)),
            _ => None,
        };
        own.into_iter().chain(self.parts().into_iter().flat_map(Self::silences)).collect()
    }

    /// Whether it asks anything of several teams.
    #[must_use]
    pub fn asks_others(&self) -> bool {
        matches!(self, Self::Teams(_)) || self.parts().into_iter().any(Self::asks_others)
    }
}
