//! What people see, as keyed cards in one language. A client keeps the last card of each key and
//! holds no rules of its own.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::engine::{
    command::Actor,
    event::ReleaseCause,
    id::{CohortId, ExerciseId, FieldId, FileHash, InjectId, ItemId, OptionId, PartId, PersonId, PhaseId, TeamId},
    plan::{Channel, Plan, Tlp},
    role::Role,
    state::Stage,
    text::Language,
    time::{Millis, Rate, Timestamp},
};

/// One thing to see. Its key names its type before the first slash (`inject/…`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(tag = "card", rename_all = "snake_case")]
pub enum Card {
    /// `exercise`: what is being played.
    Exercise(ExerciseCard),
    /// `directory`: whom teams may turn to.
    Directory {
        /// In file order.
        contacts: Vec<ContactCard>,
    },
    /// `plan`: the whole plan, for staff who may see the ground truth.
    Plan {
        /// In every language.
        plan: Box<Plan>,
    },
    /// `team/TEAM`.
    Team(TeamCard),
    /// `person/PERSON`: a role in the exercise.
    Person(PersonCard),
    /// `started`: `StartEx` was given.
    Started {
        /// When.
        at: Timestamp,
    },
    /// `ended`: `EndEx` was given.
    Ended {
        /// When.
        at: Timestamp,
        /// What to ask in the hot wash.
        hot_wash: Vec<String>,
    },
    /// `pause` for everybody, `pause/TEAM` for one team; removed on resume.
    Pause {
        /// Only this team.
        team: Option<TeamId>,
        /// Why.
        reason: String,
        /// Since when.
        at: Timestamp,
    },
    /// `suspension` for everybody, `suspension/TEAM` for one team; removed when lifted.
    Suspension {
        /// Only this team.
        team: Option<TeamId>,
        /// Since when.
        at: Timestamp,
    },
    /// `phase/PHASE`: a move that has begun.
    Phase {
        /// Which.
        phase: PhaseId,
        /// Title.
        title: String,
        /// What everybody may know.
        situation: String,
        /// When it began.
        at: Timestamp,
    },
    /// `guest/INJECT`: a plain sentence for visitors at the wall.
    Guest {
        /// When.
        at: Timestamp,
        /// The sentence.
        text: String,
    },
    /// `inject/INJECT`: an inject as a team received it.
    Inject(Box<InjectCard>),
    /// `released/INJECT/TEAM`: that a team was sent an inject, for staff.
    Released {
        /// Which.
        inject: InjectId,
        /// To whom.
        team: TeamId,
        /// When.
        at: Timestamp,
        /// Why.
        cause: ReleaseCause,
        /// What the team's active clock read.
        clock_at_release: Millis,
    },
    /// `missed/INJECT/TEAM`: it fell due too long ago and waits for a decision; removed then.
    Missed {
        /// Which.
        inject: InjectId,
        /// For whom.
        team: TeamId,
        /// When it was due.
        due: Timestamp,
        /// When that was found.
        at: Timestamp,
    },
    /// `skipped/INJECT/TEAM`.
    Skipped {
        /// Which.
        inject: InjectId,
        /// For whom.
        team: TeamId,
        /// Why.
        reason: String,
        /// When.
        at: Timestamp,
    },
    /// `retimed/INJECT/TEAM`: its new plan time.
    Retimed {
        /// Which.
        inject: InjectId,
        /// For whom.
        team: TeamId,
        /// New plan time.
        plan_time: Millis,
    },
    /// `delivered/INJECT/TEAM`, for staff.
    Delivered(ReceiptCard),
    /// `opened/INJECT/TEAM`, for staff.
    Opened(ReceiptCard),
    /// `acknowledged/INJECT/TEAM`.
    Acknowledged(ReceiptCard),
    /// `response/INJECT/TEAM/REVISION`: the last one in time is official, or the last of all if none
    /// was.
    Response(ResponseCard),
    /// `closed/INJECT/TEAM`: the deadline has passed.
    Closed {
        /// Which.
        inject: InjectId,
        /// For whom.
        team: TeamId,
        /// When.
        at: Timestamp,
    },
    /// `message/ITEM`: a message outside the plan.
    Message {
        /// Id.
        item: ItemId,
        /// Only to this team.
        team: Option<TeamId>,
        /// Subject.
        title: String,
        /// Markdown.
        body: String,
        /// When.
        at: Timestamp,
    },
    /// `entry/ITEM`: an entry of a team's log.
    Entry {
        /// Id.
        item: ItemId,
        /// Whose log.
        team: TeamId,
        /// Who wrote it.
        by: Option<PersonId>,
        /// What.
        text: ProseCard,
        /// When it happened.
        happened_at: Timestamp,
        /// When it was recorded.
        at: Timestamp,
        /// The inject it belongs to.
        inject: Option<InjectId>,
    },
    /// `said/ITEM`: a line of the thread between a team and control.
    Said {
        /// Id.
        item: ItemId,
        /// Whose thread.
        team: TeamId,
        /// Who; none for players when control speaks.
        by: Option<PersonId>,
        /// Whether control speaks.
        from_control: bool,
        /// What.
        text: ProseCard,
        /// When.
        at: Timestamp,
    },
    /// `duff/ITEM`: NO DUFF was raised.
    Duff {
        /// Id.
        item: ItemId,
        /// In which team, if in one.
        team: Option<TeamId>,
        /// Who.
        by: Option<PersonId>,
        /// What happened.
        text: ProseCard,
        /// Number to call back.
        call_back: ProseCard,
        /// When.
        at: Timestamp,
    },
    /// `decision/SEQ`: why a suspension was lifted.
    Decision {
        /// Only for this team.
        team: Option<TeamId>,
        /// The decision.
        text: ProseCard,
        /// When.
        at: Timestamp,
    },
    /// `outage/SEQ`: the platform was down; teams got the time back.
    Outage {
        /// Last known to be alive.
        from: Timestamp,
        /// Back.
        to: Timestamp,
    },
    /// `fault/SEQ`: something went wrong inside.
    Fault {
        /// What.
        reason: String,
        /// When.
        at: Timestamp,
    },
}

/// What is being played.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[expect(missing_docs, reason = "the plan's fields of the same names say it")]
pub struct ExerciseCard {
    pub exercise: ExerciseId,
    pub scenario: String,
    pub title: String,
    pub summary: String,
    pub tlp: Tlp,
    pub languages: Vec<Language>,
    pub opens_at: Millis,
    pub duration: Millis,
    pub rate: Rate,
    pub live_scores: bool,
    pub wall_scores: bool,
}

/// Somebody in the story.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[expect(missing_docs, reason = "the plan's fields of the same names say it")]
pub struct ContactCard {
    pub name: String,
    pub role: String,
    pub address: String,
}

/// A team.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct TeamCard {
    /// Id.
    pub team: TeamId,
    /// Name.
    pub name: String,
    /// The language it works in.
    pub language: Language,
    /// Its cohort, for staff only.
    pub cohort: Option<CohortId>,
}

/// A role in the exercise. Names come apart, in the `people` value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct PersonCard {
    /// Who.
    pub person: PersonId,
    /// As what.
    pub role: Role,
    /// In which team.
    pub team: Option<TeamId>,
}

/// An inject as a team received it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct InjectCard {
    /// Which.
    pub inject: InjectId,
    /// Subject.
    pub title: String,
    /// Message, Markdown.
    pub body: String,
    /// The language that title and body really are in.
    pub language: Language,
    /// How it arrives.
    pub channel: Channel,
    /// Who it seems to come from.
    pub from: Option<SenderCard>,
    /// Files to fetch.
    pub attachments: Vec<AttachmentCard>,
    /// What is asked for.
    pub form: Option<FormCard>,
    /// When it was sent.
    pub released_at: Timestamp,
    /// What the team's active clock read then; the deadline counts from it.
    pub clock_at_release: Millis,
}

/// A simulated sender.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[expect(missing_docs, reason = "the names say it")]
pub struct SenderCard {
    pub name: String,
    pub organisation: Option<String>,
}

/// A file to fetch on demand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[expect(missing_docs, reason = "the plan's fields of the same names say it")]
pub struct AttachmentCard {
    pub hash: FileHash,
    pub name: String,
    pub media_type: String,
    pub bytes: u64,
    pub alt: String,
}

/// An answer form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[expect(missing_docs, reason = "the plan's fields of the same names say it")]
pub struct FormCard {
    pub acknowledge: bool,
    pub target: Option<Millis>,
    pub deadline: Option<Millis>,
    pub fields: Vec<FieldCard>,
}

/// A field of an answer form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[expect(missing_docs, reason = "the plan's fields of the same names say it")]
pub struct FieldCard {
    pub id: FieldId,
    pub label: String,
    pub help: Option<String>,
    pub required: bool,
    pub points: u32,
    pub kind: FieldKindCard,
}

/// Type of an answer, as [`FieldKind`](crate::engine::plan::FieldKind).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
#[expect(missing_docs, reason = "the plan's kinds of the same names say it")]
pub enum FieldKindCard {
    Choice { options: Vec<ChoiceCard> },
    MultiChoice { options: Vec<ChoiceCard> },
    LongText { max_chars: u32 },
    Decision { options: Vec<ChoiceCard> },
    Indicators { max_lines: u32 },
}

/// One option.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[expect(missing_docs, reason = "the names say it")]
pub struct ChoiceCard {
    pub id: OptionId,
    pub label: String,
}

/// That a team received, opened or acknowledged an inject.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct ReceiptCard {
    /// Which.
    pub inject: InjectId,
    /// Which team.
    pub team: TeamId,
    /// Who did it first.
    pub by: Option<PersonId>,
    /// When.
    pub at: Timestamp,
}

/// A revision of a team's official answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct ResponseCard {
    /// To which inject.
    pub inject: InjectId,
    /// Whose.
    pub team: TeamId,
    /// Counts from 1.
    pub revision: u32,
    /// Who sent it.
    pub by: Option<PersonId>,
    /// When it was stored.
    pub at: Timestamp,
    /// Active time that the team took.
    pub taken: Millis,
    /// Whether it came after the deadline or the end.
    pub late: bool,
    /// The answer, field by field.
    pub answers: BTreeMap<FieldId, AnswerCard>,
}

/// An answer to one field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
#[expect(missing_docs, reason = "the plan's kinds of the same names say it")]
pub enum AnswerCard {
    Choice { option: OptionId },
    Choices { options: Vec<OptionId> },
    Text { text: ProseCard },
    Decision { option: Option<OptionId>, rationale: ProseCard },
    Indicators { lines: ProseCard },
}

/// Free text that somebody wrote.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct ProseCard {
    /// Which part it is.
    pub part: PartId,
    /// The text; none once erased.
    pub text: Option<String>,
}

/// Last-value frames: the newest replaces the older; they carry no sequence number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(tag = "value", rename_all = "snake_case")]
pub enum LastValue {
    /// `clock`: the exercise; `clock/TEAM`: one team.
    Clock(ClockValue),
    /// `people`: names of the people that the reader may know.
    People {
        /// Name of each person.
        names: BTreeMap<PersonId, String>,
    },
    /// `score/TEAM`.
    Score(crate::engine::score::TeamScore),
    /// `scores`: every team's total, where the profile shows them on the wall.
    Scores {
        /// Team name and total, in order of joining.
        teams: Vec<WallScore>,
    },
    /// `presence/TEAM`: who is connected and who is writing what.
    Presence {
        /// Which team.
        team: TeamId,
        /// Connected people.
        online: Vec<PersonId>,
        /// Who is writing an answer, by inject.
        writing: BTreeMap<InjectId, Vec<PersonId>>,
    },
}

/// A reading of a clock.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ClockValue {
    /// Where the exercise stands.
    pub stage: Stage,
    /// Rate.
    pub rate: Rate,
    /// Whether time passes.
    pub running: bool,
    /// When the clock was read.
    pub at: Timestamp,
    /// Active time then.
    pub active: Millis,
    /// Plan time then.
    pub plan: Millis,
    /// Whether this team alone is paused.
    pub paused_alone: bool,
    /// Whether this team alone is suspended.
    pub suspended_alone: bool,
}

/// A team's total on the wall.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct WallScore {
    /// Name.
    pub name: String,
    /// Points so far, in thousandths.
    pub points_milli: i64,
    /// Points attainable so far, in thousandths.
    pub attainable_milli: i64,
}

/// Who sent something: none if it was the server.
#[must_use]
pub fn person(actor: &Actor) -> Option<PersonId> {
    match actor {
        Actor::Person(person) => Some(person.clone()),
        Actor::System => None,
    }
}
