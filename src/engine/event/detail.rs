//! Words that facts are told with.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Fact;
use crate::engine::{
    command::Actor,
    id::{BreakId, FileHash, HintId, InjectId, ItemId, ObjectiveId, PersonId, PhaseId, TeamId, VariableId},
    plan::{Capability, Content},
    prose::Prose,
    text::Text,
    time::{Millis, Timestamp},
};

/// A fact, when it became one, and who made it so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// Instant of the decision; never decreases in a log.
    pub at: Timestamp,
    /// Who acted.
    pub actor: Actor,
    /// What happened.
    pub fact: Fact,
}

/// Why an inject went out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ReleaseCause {
    /// It fell due.
    Due,
    /// Staff released it.
    Staff,
    /// Staff released it from the tray.
    Missed,
    /// It answers a request for information.
    Request,
}

/// Why a scheduled start did not happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum StartHeld {
    /// Nobody of any team was there.
    EmptyHall,
    /// The platform was not up at that time.
    TooLate,
    /// Something real was reported, and the call is open.
    OpenCall,
}

/// What went wrong inside.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Fault {
    /// One thing led to another at one instant, without an end in sight.
    Runaway,
    /// Something else.
    #[default]
    Other,
}

/// What a line of the staff's own channel is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum StaffTalk {
    /// A line of talk.
    #[default]
    Message,
    /// What the next shift has to know.
    HandOver,
}

/// What an entry of a team's log is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum EntryKind {
    /// Something seen or learnt.
    #[default]
    Observation,
    /// Something decided.
    Decision,
    /// Something done.
    Action,
    /// Something said to or heard from others.
    Communication,
}

/// Whether an observer's note speaks for or against.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Polarity {
    /// A strength.
    Positive,
    /// Neither.
    Neutral,
    /// Something to improve.
    Negative,
}

/// What staff decide on a call of NO DUFF.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DuffVerdict {
    /// Play stands for everybody.
    SuspendAll,
    /// What stands for the team that called is enough.
    TeamOnly,
    /// Nothing stands, and the call is closed.
    StandDown,
}

/// Calls of NO DUFF, with the team that each came from.
pub type Calls = BTreeMap<ItemId, Option<TeamId>>;

/// What a person did with an inject after somebody of the team had done it first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Receipt {
    /// Which inject.
    pub inject: InjectId,
    /// Who.
    pub person: PersonId,
    /// In which team.
    pub team: TeamId,
    /// When it reached a device of the person.
    pub delivered_at: Option<Timestamp>,
    /// When the person opened it.
    pub opened_at: Option<Timestamp>,
}

/// What fitting the rest of the plan to another end takes from an objective.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Weakened {
    /// Which.
    pub objective: ObjectiveId,
    /// Injects with evidence for it that were sent or stay.
    pub left: u32,
    /// Injects with evidence for it that are dropped.
    pub lost: u32,
}

/// What fitting the rest of the plan to another end moves besides injects that have a time.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FittedCourse {
    /// How much later than their leaders followers come.
    pub delays: BTreeMap<InjectId, Millis>,
    /// Plan times of the phases that are to come.
    pub phases: BTreeMap<PhaseId, Millis>,
    /// Plan times of the breaks that are to come.
    pub breaks: BTreeMap<BreakId, Millis>,
    /// When lines are cut and restored.
    pub lines: Vec<FittedLine>,
}

/// When a line is cut, or restored, after a fitting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FittedLine {
    /// Position of the cut in the plan.
    pub cut: u32,
    /// Whether this is when it is restored.
    pub restored: bool,
    /// New plan time.
    pub plan_time: Millis,
}

/// What somebody saw, for the evaluation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct ObservationNoted {
    pub item: ItemId,
    pub text: Prose,
    pub team: Option<TeamId>,
    pub inject: Option<InjectId>,
    pub capability: Option<Capability>,
    pub polarity: Polarity,
}

/// Staff decided on a call.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct NoDuffDecided {
    pub item: ItemId,
    pub team: Option<TeamId>,
    pub verdict: DuffVerdict,
    pub note: Prose,
}

/// A team handed a file in. Its bytes are kept by their hash, beside the log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct FileTaken {
    pub team: TeamId,
    pub hash: FileHash,
    /// What its sender calls it.
    pub name: Prose,
    /// What it is, by its bytes.
    pub media_type: String,
    pub bytes: u64,
    /// Whether it is an archive with a password.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub encrypted: bool,
}

impl FittedLine {
    /// Its place on an agenda of lines.
    pub(in crate::engine) fn item(&self) -> usize {
        2 * self.cut as usize + usize::from(self.restored)
    }
}

/// A team opened a hint, at its price.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct HintOpened {
    pub inject: InjectId,
    pub team: TeamId,
    pub hint: HintId,
    pub text: Text,
    pub price_permille: u32,
}

/// A controller answers for an inject.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct ResponsibleNamed {
    pub inject: InjectId,
    pub person: PersonId,
}

/// Somebody of the staff looks at an inject as a team would; nobody has received it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct TestSent {
    pub inject: InjectId,
    pub content: Box<Content>,
}

/// A team's own word for something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct VariableSet {
    pub variable: VariableId,
    pub team: TeamId,
    pub value: Text,
}
