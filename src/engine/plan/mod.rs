//! The plan: what a scenario file says, checked and compiled. The first event of a log carries it
//! whole, so an exercise never reads the file again.
//!
//! What players may see and what only staff may see sit in separate types: [`Content`] goes into
//! the release event and to the teams, [`StaffNotes`] never leaves control.

mod comcheck;
mod condition;
mod evaluation;
mod feedback;
mod field;
mod inject;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

pub use comcheck::practice_messages;
pub use condition::{Absent, Condition, Quantity, Subject};
pub use evaluation::{Criterion, Evaluation, ExpectedAction, MarkingPolicy, Preset, Profile, TOP_LEVEL, Weights};
pub use feedback::usual_feedback;
pub use field::{AnswerKey, Choice, Document, Field, FieldKind, Near, SEVERITIES, Section};
pub use inject::{
    Alternative, Attachment, Channel, Content, File, Form, Hint, HintOffer, Inject, InjectAudience, InjectKind,
    Planning, Priority, Sample, SampleGrade, StaffNotes, Trigger,
};

use super::{
    id::{AliasId, BreakId, CohortId, FlagId, InjectId, ObjectiveId, PersonaId, PhaseId, VariableId},
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
    /// Simulated senders: those that injects name and those that role players may speak as.
    #[serde(default)]
    pub personas: Vec<Persona>,
    /// Who teams may turn to, by alias.
    pub directory: Vec<Contact>,
    /// What may become true of a team, for branches to ask.
    #[serde(default)]
    pub flags: Vec<Flag>,
    /// Words that differ from team to team.
    #[serde(default)]
    pub variables: Vec<Variable>,
    /// Planned breaks, in order of time.
    #[serde(default)]
    pub breaks: Vec<Break>,
    /// Lines that are cut as part of the play, in order of time.
    #[serde(default)]
    pub cuts: Vec<Cut>,
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
    /// What people are asked after `EndEx` about how the exercise was run; if nothing, what is usual.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub feedback: Vec<Field>,
}

impl Plan {
    /// Position of an inject in file order.
    #[must_use]
    pub fn inject_position(&self, id: &InjectId) -> Option<usize> {
        self.injects.iter().position(|inject| inject.id == *id)
    }

    /// A persona by its id.
    #[must_use]
    pub fn persona(&self, id: &PersonaId) -> Option<&Persona> {
        self.personas.iter().find(|persona| persona.id == *id)
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
    /// Alias by which messages address it, if it can be written to.
    #[serde(default)]
    pub alias: Option<AliasId>,
    /// Whether a team of the exercise answers to the alias: the first one that joins takes the first.
    #[serde(default)]
    pub for_team: bool,
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

/// What may become true of a team. Once set it stays until staff change it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Flag {
    /// Id.
    pub id: FlagId,
    /// What it means, for staff.
    pub title: Text,
    /// What sets it by itself; staff may always set it.
    pub when: Option<Condition>,
}

/// A word that differs from team to team: `{{id}}` in the texts of injects.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Variable {
    /// Id.
    pub id: VariableId,
    /// What it stands for, for staff.
    pub title: Text,
    /// What a team gets unless staff say otherwise.
    pub default: Text,
}

/// A break: time stands for everybody when the exercise's clock comes to it, and goes on by itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Break {
    /// Id.
    pub id: BreakId,
    /// What it is called, shown to everybody.
    pub title: Text,
    /// Plan time at which it begins.
    pub at: Millis,
    /// How long it lasts, in wall time.
    pub length: Millis,
}

/// A line that is cut as part of the play: what would come over it waits until it is restored.
/// Phone calls and control come through.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Cut {
    /// The cohort that is cut off; without one every team.
    pub cohort: Option<CohortId>,
    /// Plan time at which it is cut.
    pub at: Millis,
    /// Plan time at which it is restored.
    pub until: Millis,
    /// What the teams are told.
    pub notice: Text,
}
