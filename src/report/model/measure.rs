//! Figures over all teams: medians and spreads, never a rank.

use serde::Serialize;
use utoipa::ToSchema;

use crate::engine::{
    id::{InjectId, TeamId},
    plan::{Capability, InjectKind},
    score::{Metric, Spread},
    text::Text,
    time::{Millis, Timestamp},
};

/// How teams did in a capability.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct CapabilityLine {
    /// Which.
    pub capability: Capability,
    /// Score of the middle team of those that have one (the lower of two), from 0 to 100 in thousandths.
    pub median_milli: Option<i64>,
    /// The score of each team that has one.
    pub teams: Vec<TeamFigure>,
}

/// A figure of one team.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[expect(missing_docs, reason = "the names say it")]
pub struct TeamFigure {
    pub team: TeamId,
    pub score_milli: i64,
}

/// How long it took to do something, on the clocks of the teams.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct TimingLine {
    /// What was done.
    pub metric: Metric,
    /// Over every inject of every team.
    pub spread: Spread,
    /// The median of each team that has one.
    pub teams: Vec<TeamTimes>,
}

/// How long one team took in the median.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[expect(missing_docs, reason = "the names say it")]
pub struct TeamTimes {
    pub team: TeamId,
    pub median: Millis,
}

/// Answers to one inject, against the time that was meant for them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct PaceLine {
    /// Which inject.
    pub inject: InjectId,
    /// Its title.
    pub title: Text,
    /// Within what time an answer is prompt.
    pub target: Option<Millis>,
    /// When the answer closes.
    pub deadline: Option<Millis>,
    /// Time of the middle answer (the lower of two), from release.
    pub median: Option<Millis>,
    /// Teams that were asked.
    pub asked: u32,
    /// Teams that answered within the target.
    pub in_target: u32,
    /// Teams that answered late.
    pub late: u32,
    /// Teams that did not answer.
    pub unanswered: u32,
}

/// When something was to go out, and when it did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct CourseLine {
    /// Which inject.
    pub inject: InjectId,
    /// Its title.
    pub title: Text,
    /// Its kind.
    pub kind: InjectKind,
    /// Story time in the plan, if it had one.
    pub planned: Option<Millis>,
    /// When it first went out.
    pub sent: Option<SentLine>,
    /// How many teams have got it.
    pub teams: u32,
}

/// When an inject first went out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[expect(missing_docs, reason = "the names say it")]
pub struct SentLine {
    pub seq: i64,
    pub at: Timestamp,
    pub plan_time: Millis,
}

/// Messages from one team to another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct PeerLine {
    /// Who wrote; none if a version must not say so.
    pub from: Option<TeamId>,
    /// To whom; none if a version must not say so.
    pub to: Option<TeamId>,
    /// How many.
    pub messages: u32,
    /// Their rows in the log.
    pub rows: Vec<i64>,
}
