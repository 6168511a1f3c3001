//! What an after-action report holds. Every figure comes from the log; every line that says
//! something about a team names the rows it rests on.

mod after;
mod earlier;
mod finding;
mod measure;
mod preparation;
mod scorecard;

use std::collections::BTreeMap;

use serde::Serialize;
use utoipa::ToSchema;

pub use crate::engine::event::FindingKind;
pub use after::{EditedFinding, FeedbackLines, ImprovementLine, NoteLine, OptionLine, QuestionLine, ReleaseLine};
pub use earlier::{EarlierFigure, EarlierLine};
pub use finding::{DraftedFinding, Finding, Rule};
pub use measure::{CapabilityLine, CourseLine, PaceLine, PeerLine, SentLine, TeamFigure, TeamTimes, TimingLine};
pub use preparation::{PreparationLine, SignedLine, SignedState};
pub use scorecard::{CriterionLine, FieldLine, InjectLine, Scorecard};

use crate::engine::{
    event::Rating,
    id::{ExerciseId, InjectId, ObjectiveId, TeamId},
    plan::{Capability, Tlp},
    score::Agreement,
    text::{Language, Text},
    time::{Millis, Rate, Timestamp},
};

/// Who a report is written for, and so what it leaves out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(tag = "for", rename_all = "snake_case")]
pub enum Version {
    /// Those who ran the exercise: everything.
    Staff,
    /// One team, in full: nothing of another team is in it. TLP:AMBER.
    Team {
        /// Which.
        team: TeamId,
    },
    /// The leadership of one team's country or organisation: one page. TLP:AMBER.
    Brief {
        /// Of which team.
        team: TeamId,
    },
    /// Peers: teams under code names, none of their words. TLP:GREEN.
    Community,
    /// Everybody: figures of all teams together, from five teams on. TLP:CLEAR.
    Public,
}

/// An after-action report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Report {
    /// Whom it is for.
    pub version: Version,
    /// Whether nobody has released it yet.
    pub draft: bool,
    /// `EXERCISE EXERCISE EXERCISE`, with `REHEARSAL` if it was one and `INCOMPLETE` if not all of the log was read.
    pub marking: String,
    /// Whether it was a rehearsal: its figures say nothing about anybody.
    pub rehearsal: bool,
    /// Handling.
    pub tlp: Tlp,
    /// Which exercise.
    pub exercise: ExerciseId,
    /// Title of the scenario.
    pub title: Text,
    /// Summary of the scenario.
    pub summary: Text,
    /// Languages of the exercise.
    pub languages: Vec<Language>,
    /// `StartEx`.
    pub started_at: Option<Timestamp>,
    /// `EndEx`.
    pub ended_at: Option<Timestamp>,
    /// Rate at which time ran.
    pub rate: Rate,
    /// Hash of the plan that was played.
    pub plan_hash: String,
    /// Last row that the report rests on, and its hash if it was read from a chained log.
    pub head_seq: i64,
    /// Hash of that row.
    pub head_hash: Option<String>,
    /// What was to be practised.
    pub objectives: Vec<ObjectiveLine>,
    /// What was good and what was not, as people wrote it, in their order.
    pub edited: Vec<EditedFinding>,
    /// Whether somebody signed that off, and nothing was edited since.
    pub signed_off: bool,
    /// Corrective actions about the event, the most urgent first.
    pub improvement: Vec<ImprovementLine>,
    /// The board of the hot wash.
    pub notes: Vec<NoteLine>,
    /// What people said of how the exercise was run; none while nobody has.
    pub feedback: Option<FeedbackLines>,
    /// Versions that were released.
    pub releases: Vec<ReleaseLine>,
    /// The last row that something in the report may hang on: what is released is so as long as there is no later one.
    #[serde(skip)]
    pub last_change: i64,
    /// What was good and what was not, drafted by rules from the log, the weightiest first. What people wrote in the
    /// place of a draft stands in `edited`.
    pub findings: Vec<Finding>,
    /// Each capability that the plan has objectives for.
    pub capabilities: Vec<CapabilityLine>,
    /// How long teams took to do what.
    pub timings: Vec<TimingLine>,
    /// Answers against the time that was meant for them.
    pub pace: Vec<PaceLine>,
    /// What was planned for when, and when it went out.
    pub course: Vec<CourseLine>,
    /// Which team told which.
    pub peers: Vec<PeerLine>,
    /// How far evaluators agree who marked the same answers.
    pub agreement: Agreement,
    /// How many teams took part: a version may name fewer, or none.
    pub teams_in_all: u32,
    /// What happened, in order.
    pub timeline: Vec<TimelineLine>,
    /// One scorecard a team, in order of joining.
    pub teams: Vec<Scorecard>,
    /// What this report cannot say yet.
    pub limits: Vec<Limit>,
    /// Questions for the hot wash.
    pub hot_wash: Vec<Text>,
    /// How it was made ready, for staff; none if there is nothing to say.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub preparation: Option<PreparationLine>,
    /// What earlier exercises showed of the event, where somebody put them beside it, for staff.
    pub earlier: Vec<EarlierLine>,
}

impl Report {
    /// Whether it was made of what could be read, and not of a whole log.
    #[must_use]
    pub fn is_incomplete(&self) -> bool {
        self.limits.iter().any(|limit| matches!(limit, Limit::Incomplete { .. }))
    }

    /// Says first of all that the report was made of what could be read.
    #[must_use]
    pub fn incomplete(mut self, from_row: Option<i64>) -> Self {
        self.marking.push_str(" \u{2013} INCOMPLETE");
        self.limits.insert(0, Limit::Incomplete { from_row });
        self
    }
}

/// An objective and how the teams' counted points on its injects came out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[expect(missing_docs, reason = "the names say it")]
pub struct ObjectiveLine {
    pub objective: ObjectiveId,
    pub title: Text,
    pub capability: Capability,
    pub critical: bool,
    pub injects: Vec<InjectId>,
    /// What evaluators decided: how many teams have which rating.
    pub ratings: BTreeMap<Rating, u32>,
    /// What the figures suggest where nobody decided yet.
    pub suggested: BTreeMap<Rating, u32>,
}

/// Something that happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct TimelineLine {
    /// Row of the log.
    pub seq: i64,
    /// When.
    pub at: Timestamp,
    /// Plan time of the exercise then.
    pub plan_time: Millis,
    /// What kind of fact.
    pub kind: String,
    /// Teams it concerns; empty for all.
    pub teams: Vec<TeamId>,
    /// Inject it concerns.
    pub inject: Option<InjectId>,
    /// Title, where it has one.
    pub title: Option<Text>,
    /// Words of people or reasons, where there are any.
    pub text: Option<String>,
    /// How much later than due, where it was due.
    pub late_by: Option<Millis>,
}

/// Something that the report cannot say yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(tag = "limit", rename_all = "snake_case")]
pub enum Limit {
    /// Not all of the log could be read or trusted: what happened from this row on is not in here. Without a
    /// row, all of the log holds and something else in its archive does not.
    Incomplete {
        /// The first row that is left out.
        from_row: Option<i64>,
    },
    /// Answers wait for a person's mark.
    Unmarked {
        /// How many answers.
        answers: u32,
        /// Their points, in thousandths.
        points_milli: i64,
    },
    /// The exercise has not ended.
    NotEnded,
    /// Text was erased.
    Erased {
        /// How many parts.
        parts: u32,
    },
    /// So few teams took part that figures would tell how one of them did.
    TooFewTeams {
        /// From how many on they are shown.
        least: u32,
    },
    /// The platform was down.
    Outage {
        /// For how long in all.
        lasted: Millis,
    },
}
