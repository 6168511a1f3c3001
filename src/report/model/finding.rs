//! What a report says was good or was not: drafted by rules from figures, each with the rows that it rests
//! on, for people to edit.

use serde::Serialize;
use utoipa::ToSchema;

use crate::engine::{
    event::{Draft, FindingKind, Scope},
    id::{InjectId, ObjectiveId},
    plan::Capability,
    text::Text,
    time::Millis,
};

/// A strength or an area for improvement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Finding {
    /// Names the rule and what it is about (`most_missed/alert`): the same log drafts the same keys.
    pub key: String,
    /// Which of the two.
    pub kind: FindingKind,
    /// What the rule found.
    pub rule: Rule,
    /// Capability that it says something about.
    pub capability: Option<Capability>,
    /// Which share of the teams it concerns, in permille.
    pub weight_permille: u32,
    /// Rows of the log that it rests on. What did not happen rests on the row that ended play.
    pub rows: Vec<i64>,
}

/// A draft in the words of a language, for people to edit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct DraftedFinding {
    /// What it is about.
    pub scope: Scope,
    /// Which of the two.
    pub kind: FindingKind,
    /// What it comes of, as the finding that takes its place says it.
    pub from: Draft,
    /// What was seen.
    pub text: String,
    /// Capability that it says something about.
    pub capability: Option<Capability>,
    /// Rows of the log that it rests on.
    pub rows: Vec<i64>,
}

impl Rule {
    /// How many teams it is about.
    #[must_use]
    pub fn of(&self) -> u32 {
        match self {
            Self::Met { of, .. }
            | Self::Missed { of, .. }
            | Self::InTarget { of, .. }
            | Self::PastTarget { of, .. }
            | Self::Late { of, .. }
            | Self::Capable { of, .. }
            | Self::Incapable { of, .. }
            | Self::CriticalUndone { of, .. }
            | Self::Shared { of, .. }
            | Self::NotShared { of }
            | Self::LogKept { of, .. }
            | Self::NoLog { of, .. } => *of,
        }
    }
}

/// What was found. Of one team, `n` and `of` are about that team alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(tag = "rule", rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names say it; n of so many teams")]
pub enum Rule {
    /// At least three teams in four have 85 % or more of its points.
    Met { inject: InjectId, title: Text, percent: u32, n: u32, of: u32 },
    /// More than half of the teams have less than half of its points.
    Missed { inject: InjectId, title: Text, percent: u32, n: u32, of: u32 },
    /// The middle answer came within the target, and those of three teams in four.
    InTarget { inject: InjectId, title: Text, median: Millis, target: Millis, n: u32, of: u32 },
    /// The middle answer came after the target.
    PastTarget { inject: InjectId, title: Text, median: Millis, target: Millis, n: u32, of: u32 },
    /// At least a third of the teams answered after the deadline or never.
    Late { inject: InjectId, title: Text, n: u32, of: u32 },
    /// The median is 85 or more.
    Capable { capability: Capability, score_milli: i64, of: u32 },
    /// The median is less than 60.
    Incapable { capability: Capability, score_milli: i64, of: u32 },
    /// Teams left a critical task of an objective undone.
    CriticalUndone { objective: ObjectiveId, title: Text, n: u32, of: u32 },
    /// At least half of the teams told others what they knew.
    Shared { messages: u32, n: u32, of: u32 },
    /// No team told another anything.
    NotShared { of: u32 },
    /// Every team wrote at least three entries into its log.
    LogKept { n: u32, of: u32 },
    /// At least half of the teams wrote none.
    NoLog { n: u32, of: u32 },
}
