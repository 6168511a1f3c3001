//! The plan: what a scenario file says, checked and compiled. The first event of a log carries it
//! whole, so an exercise never reads the file again.
//!
//! What players may see and what only staff may see sit in separate types: [`Content`] goes into
//! the release event and to the teams, [`StaffNotes`] never leaves control.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    id::{CohortId, FieldId, FileHash, InjectId, ObjectiveId, OptionId, PersonaId, PhaseId, TeamId},
    text::{Language, Text},
    time::Millis,
};

/// Everything an exercise needs to know of its scenario.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Plan {
    /// Name of the scenario (`zephyrine`).
    pub name: String,
    /// Title, shown to everybody.
    pub title: Text,
    /// What it is about, shown to everybody.
    pub summary: Text,
    /// Handling of the exercise material.
    pub tlp: Tlp,
    /// Languages that every player text is written in, the first being the default.
    pub languages: Vec<Language>,
    /// Plan time at which the clock starts: negative if practice comes before `StartEx`.
    pub opens_at: Millis,
    /// Plan time of the planned end.
    pub duration: Millis,
    /// What players see of scores and the wall.
    pub profile: Profile,
    /// Groups of teams that injects may address. A team added without one joins the smallest.
    pub cohorts: Vec<CohortId>,
    /// What is to be practised.
    pub objectives: Vec<Objective>,
    /// Who teams may turn to, by alias.
    pub directory: Vec<Contact>,
    /// Moves, in order of time.
    pub phases: Vec<Phase>,
    /// Everything that may be sent, in file order.
    pub injects: Vec<Inject>,
    /// Every file that an inject attaches.
    pub files: Vec<File>,
    /// What really happened in the story, for staff.
    pub ground_truth: Text,
    /// Questions for the hot wash after `EndEx`.
    pub hot_wash: Vec<Text>,
}

impl Plan {
    /// Position of an inject in file order.
    #[must_use]
    pub fn inject_position(&self, id: &InjectId) -> Option<usize> {
        self.injects.iter().position(|inject| inject.id == *id)
    }
}

/// Traffic Light Protocol 2.0 (FIRST).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Tlp {
    /// For the recipients only.
    Red,
    /// For the recipient's organisation only.
    AmberStrict,
    /// For the recipient's organisation and its clients.
    Amber,
    /// For the community.
    Green,
    /// For everybody.
    Clear,
}

/// How scores are shown and what late answers are worth.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Profile {
    /// Teams see their own points while play goes on.
    pub live_scores: bool,
    /// The wall shows every team's points.
    pub wall_scores: bool,
    /// What an answer after the deadline is worth, in permille of its points.
    pub late_credit_permille: u32,
}

/// One thing that the exercise is to show.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Objective {
    /// Id.
    pub id: ObjectiveId,
    /// What a team should be able to do.
    pub title: Text,
    /// Which capability it belongs to.
    pub capability: Capability,
    /// Weight among the objectives.
    pub weight: u32,
    /// Whether failing it caps the rating.
    pub critical: bool,
}

/// Capabilities of a CIRT, after the FIRST CSIRT Services Framework and NIST CSF 2.0.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema, schemars::JsonSchema,
)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names are the framework's own")]
pub enum Capability {
    TriageAndClassification,
    AnalysisAndForensics,
    ContainmentAndRecovery,
    CoordinationAndSharing,
    NotificationAndReporting,
    AdvisoryAndPublicCommunication,
    CrisisDecisionMaking,
    EvidenceAndRecordKeeping,
}

/// Somebody in the story whom teams may contact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Contact {
    /// Who it is.
    pub name: Text,
    /// What to turn to them for.
    pub role: Text,
    /// Fictional address or number.
    pub address: String,
}

/// A simulated sender.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Persona {
    /// Id in the scenario file.
    pub id: PersonaId,
    /// Name as signed.
    pub name: Text,
    /// Organisation, if it has one.
    pub organisation: Option<Text>,
}

/// A move: a stretch of the exercise with a situation everybody may read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Phase {
    /// Id.
    pub id: PhaseId,
    /// Title.
    pub title: Text,
    /// Plan time at which it begins.
    pub from: Millis,
    /// What everybody may know by then, for teams and the wall.
    pub situation: Text,
}

/// One thing that may be sent to teams, or that staff watch for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Inject {
    /// Id.
    pub id: InjectId,
    /// What kind of event it is.
    pub kind: InjectKind,
    /// What makes it due.
    pub trigger: Trigger,
    /// Which teams get it.
    pub audience: InjectAudience,
    /// What to keep when time runs short.
    pub priority: Priority,
    /// What teams receive.
    pub content: Content,
    /// What only staff see.
    pub staff: StaffNotes,
}

impl Inject {
    /// Whether it is ever sent: an expected action is only watched for.
    #[must_use]
    pub fn is_sent(&self) -> bool {
        self.kind != InjectKind::ExpectedAction
    }
}

/// What kind of event an inject is (HSEEP terms).
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema, schemars::JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum InjectKind {
    /// Builds the picture; may expect nothing.
    Contextual,
    /// Demands an answer.
    Task,
    /// Never sent: staff watch whether it happens.
    ExpectedAction,
    /// Sent only when an expected action did not happen.
    Contingency,
    /// Given only when a team asks for it.
    InformationRequest,
    /// Before play, outside the story; never scored.
    Practice,
    /// About the exercise itself.
    Admin,
}

/// What makes an inject due, on the plan clock of each team.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "on", rename_all = "snake_case")]
pub enum Trigger {
    /// At a plan time.
    At {
        /// Plan time.
        at: Millis,
    },
    /// Some time after another inject was released to the same team.
    After {
        /// The other inject.
        inject: InjectId,
        /// How long after.
        delay: Millis,
    },
    /// When staff release it.
    Manual,
}

/// Which teams an inject is for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum InjectAudience {
    /// Every team.
    All,
    /// The named teams.
    Teams(Vec<TeamId>),
    /// The teams of these cohorts.
    Cohorts(Vec<CohortId>),
}

/// What to keep when time runs short.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema, schemars::JsonSchema,
)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "must, should, could say it")]
pub enum Priority {
    Must,
    Should,
    Could,
}

/// How an inject pretends to arrive.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema, schemars::JsonSchema,
)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Channel {
    Mail,
    Phone,
    News,
    Social,
    SocAlert,
    Ticket,
    Intelligence,
    Control,
}

/// What teams receive. The release event carries it whole: the log says exactly what was sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Content {
    /// Subject.
    pub title: Text,
    /// Message, Markdown.
    pub body: Text,
    /// How it arrives.
    pub channel: Channel,
    /// Who it seems to come from.
    pub from: Option<Persona>,
    /// Files, fetched on demand.
    pub attachments: Vec<Attachment>,
    /// What teams are asked for.
    pub form: Option<Form>,
    /// One plain sentence for visitors at the wall.
    pub for_guests: Option<Text>,
}

/// A file that comes with an inject.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Attachment {
    /// Which file.
    pub hash: FileHash,
    /// File name as shown.
    pub name: String,
    /// Media type (RFC 6838).
    pub media_type: String,
    /// Size in bytes, shown before anybody pulls it over a thin line.
    pub bytes: u64,
    /// What it shows, in words.
    pub alt: Text,
}

/// A file of the scenario pack.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct File {
    /// SHA-256 of its bytes.
    pub hash: FileHash,
    /// Path inside the pack.
    pub path: String,
    /// Media type.
    pub media_type: String,
    /// Size in bytes.
    pub bytes: u64,
}

/// What teams are asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Form {
    /// Whether teams press *Acknowledge*.
    pub acknowledge: bool,
    /// Active time after release within which an answer is prompt.
    pub target: Option<Millis>,
    /// Active time after release at which the official answer closes. Later answers are kept as late.
    pub deadline: Option<Millis>,
    /// What to fill in.
    pub fields: Vec<Field>,
}

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
    /// Whether an answer may be sent without it.
    pub required: bool,
    /// What it is worth, in points.
    pub points: u32,
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
}

/// One option of a choice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Choice {
    /// Id.
    pub id: OptionId,
    /// Label.
    pub label: Text,
}

/// What only staff see of an inject.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct StaffNotes {
    /// For whoever runs the exercise.
    pub notes: Text,
    /// What teams should do.
    pub expected: Vec<Text>,
    /// Objectives it gives evidence for.
    pub objectives: Vec<ObjectiveId>,
    /// Which controller answers for it.
    pub responsible: Option<String>,
    /// Right answers of fields that are scored automatically.
    pub keys: BTreeMap<FieldId, AnswerKey>,
    /// Sample answers, for bots and for calibrating evaluators.
    pub samples: Vec<Sample>,
}

/// Right answer of a field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AnswerKey {
    /// Credit of each option of a choice, in permille; options not listed are worth nothing.
    Options(BTreeMap<OptionId, u32>),
    /// The right set of options, scored by overlap (F1).
    Set(Vec<OptionId>),
}

/// A sample answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Sample {
    /// How good it is.
    pub grade: SampleGrade,
    /// The answer, field by field, in the default language.
    pub answers: BTreeMap<FieldId, super::command::AnswerInput>,
}

/// How good a sample answer is.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema, schemars::JsonSchema,
)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum SampleGrade {
    Weak,
    Fair,
    Good,
}
