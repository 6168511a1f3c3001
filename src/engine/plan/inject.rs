//! Injects: what may be sent, what it asks for, and what only staff see of it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{AnswerKey, Condition, Evaluation, Field, Persona, Section};
use crate::engine::{
    id::{AlternativeId, CohortId, FieldId, FileHash, HintId, InjectId, ObjectiveId, TeamId},
    text::Text,
    time::Millis,
};

/// One thing that may be sent to teams, or that staff watch for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Inject {
    /// Id.
    pub id: InjectId,
    /// What kind of event it is.
    pub kind: InjectKind,
    /// What makes it due.
    pub trigger: Trigger,
    /// What must hold for a team when it falls due, or that team is passed over.
    #[serde(default)]
    pub only_if: Option<Condition>,
    /// Which teams get it.
    pub audience: InjectAudience,
    /// What to keep when time runs short.
    pub priority: Priority,
    /// What teams receive.
    pub content: Content,
    /// What some teams receive in its place: the first one whose condition holds at the release.
    #[serde(default)]
    pub alternatives: Vec<Alternative>,
    /// What only staff see.
    pub staff: StaffNotes,
}

/// Other words for the same inject: the form, its keys and its worth stay.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Alternative {
    /// Id, unique in its inject.
    pub id: AlternativeId,
    /// When it takes the place of the ordinary content.
    pub when: Condition,
    /// What teams receive then; its form is that of the inject.
    pub content: Content,
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
    /// Some time after a condition has come true for a team, if it still holds then.
    When {
        /// The condition.
        condition: Condition,
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

impl Channel {
    /// Whether it comes over the line that a cut takes down.
    #[must_use]
    pub fn needs_the_line(self) -> bool {
        !matches!(self, Self::Phone | Self::Control)
    }
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
    /// The recalled inject that it corrects, for teams that it was recalled from.
    #[serde(default)]
    pub corrects: Option<InjectId>,
}

impl Content {
    /// Every text that teams read in it.
    pub fn texts_mut(&mut self) -> Vec<&mut Text> {
        let attachments = self.attachments.iter_mut().map(|file| &mut file.alt);
        let fields = self.form.iter_mut().flat_map(|form| &mut form.fields);
        let asked = fields.flat_map(|field| std::iter::once(&mut field.label).chain(&mut field.help));
        let own = [&mut self.title, &mut self.body].into_iter().chain(&mut self.for_guests);
        own.chain(attachments).chain(asked).collect()
    }
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
    /// Documents that some of the fields make up.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sections: Vec<Section>,
    /// Hints that a team may open, and what each costs.
    #[serde(default)]
    pub hints: Vec<HintOffer>,
}

/// What a team sees of a hint before it opens it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct HintOffer {
    /// Id, unique in its inject.
    pub id: HintId,
    /// What it helps with.
    pub label: Text,
    /// What opening it costs, in permille of the inject's points.
    pub price_permille: u32,
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
    /// What planners keep beside it.
    #[serde(default, skip_serializing_if = "Planning::is_empty")]
    pub planning: Planning,
    /// Right answers of fields that are scored automatically.
    pub keys: BTreeMap<FieldId, AnswerKey>,
    /// Sample answers, for bots and for calibrating evaluators.
    pub samples: Vec<Sample>,
    /// The hints themselves.
    #[serde(default)]
    pub hints: Vec<Hint>,
    /// How answers are judged.
    #[serde(default, skip_serializing_if = "Evaluation::is_empty")]
    pub evaluation: Evaluation,
}

/// What planners keep beside an inject in their list of events. Nothing in play goes by it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema, schemars::JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Planning {
    /// Which thread of the story it belongs to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub storyline: Option<String>,
    /// Which plan or policy it tests.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub plan_tested: Option<String>,
    /// What it is kept ready for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contingency_for: Option<String>,
    /// For whoever evaluates.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub evaluator_notes: Option<String>,
    /// Who has agreed to it, or that nobody has yet.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub approval: Option<String>,
    /// The planners' own name for the capability.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub capability: Option<String>,
}

impl Planning {
    fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// A hint: shown to a team that opens it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Hint {
    /// The offer that it belongs to.
    pub id: HintId,
    /// The hint.
    pub text: Text,
}

/// A sample answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Sample {
    /// How good it is.
    pub grade: SampleGrade,
    /// The answer, field by field, in the default language.
    pub answers: BTreeMap<FieldId, crate::engine::command::AnswerInput>,
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
