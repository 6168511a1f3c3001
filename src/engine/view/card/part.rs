//! What cards are made of.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::RecognisedCard;
use crate::engine::{
    event::{EntryKind, Event, Fact, Polarity, Weakened},
    id::{
        AliasId, BreakId, CohortId, ExerciseId, FieldId, FileHash, HintId, InjectId, ItemId, OptionId, PartId,
        PersonId, PersonaId, SectionId, TeamId,
    },
    number::Number,
    plan::{Capability, Channel, Document, Preset, Tlp},
    role::Role,
    text::Language,
    time::{Millis, Rate, Timestamp},
};

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
    /// Whether it is a rehearsal, which every page has to say.
    pub rehearsal: bool,
    pub live_scores: bool,
    pub wall_scores: bool,
    pub preset: Preset,
    /// For how long after the release of scores teams may appeal, in wall time.
    pub appeal_window: Millis,
}

/// Somebody in the story.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[expect(missing_docs, reason = "the plan's fields of the same names say it")]
pub struct ContactCard {
    pub alias: Option<AliasId>,
    pub for_team: bool,
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
    /// The alias by which other teams know it.
    pub alias: Option<AliasId>,
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
    /// The inject that was recalled and that this one corrects.
    #[serde(default)]
    pub corrects: Option<InjectId>,
}

/// A simulated sender.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[expect(missing_docs, reason = "the names say it")]
pub struct SenderCard {
    pub id: PersonaId,
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
    pub sections: Vec<SectionCard>,
    pub hints: Vec<HintCard>,
}

/// A document that some fields make up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[expect(missing_docs, reason = "the plan's fields of the same names say it")]
pub struct SectionCard {
    pub id: SectionId,
    pub document: Document,
    pub title: String,
}

/// What a team sees of a hint before it opens it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[expect(missing_docs, reason = "the plan's fields of the same names say it")]
pub struct HintCard {
    pub id: HintId,
    pub label: String,
    pub price_permille: u32,
}

/// A field of an answer form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[expect(missing_docs, reason = "the plan's fields of the same names say it")]
pub struct FieldCard {
    pub id: FieldId,
    pub label: String,
    pub help: Option<String>,
    pub required: bool,
    pub wanted: bool,
    pub section: Option<SectionId>,
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
    Number { least: Option<Number>, most: Option<Number>, unit: Option<String> },
    ShortText { max_chars: u32 },
    LongText { max_chars: u32 },
    Decision { options: Vec<ChoiceCard> },
    Indicators { max_lines: u32 },
    Classification,
    Severity,
    Techniques { most: u32 },
    Timestamp,
    File,
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
    /// How it came, if control typed it in.
    pub by_hand: Option<ByHandCard>,
}

/// How an act that control typed in really came.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct ByHandCard {
    /// Who called or handed it in.
    pub caller: ProseCard,
    /// When that was.
    pub happened_at: Timestamp,
    /// What was read back to the caller.
    pub code: String,
}

/// What became of an inject for a team.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct FateCard {
    /// Which.
    pub inject: InjectId,
    /// For whom.
    pub team: TeamId,
    /// Why, where a person gave a reason.
    pub reason: String,
    /// Whether it was skipped because a jump passed it.
    pub jumped: bool,
    /// When.
    pub at: Timestamp,
}

/// What staff did with time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct MovedCard {
    /// What.
    pub movement: Movement,
    /// Who.
    pub by: Option<PersonId>,
    /// When.
    pub at: Timestamp,
}

/// How time was moved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(tag = "how", rename_all = "snake_case")]
pub enum Movement {
    /// It runs at another rate.
    Rate {
        /// The rate.
        rate: Rate,
    },
    /// The story went on by so much.
    Jump {
        /// Only for this team.
        team: Option<TeamId>,
        /// How much.
        length: Millis,
    },
    /// A break will not be made.
    SkipBreak {
        /// Which.
        #[serde(rename = "break")]
        pause: BreakId,
        /// What it is called.
        title: String,
    },
    /// Everything not yet sent falls due so much later.
    Shift {
        /// How much; less than nought is earlier.
        length: Millis,
    },
}

/// How the rest of the plan was fitted to another end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct FitCard {
    /// Wall time of the end.
    pub end: Timestamp,
    /// Plan time of the end.
    pub planned_end: Millis,
    /// What is not sent any more.
    pub dropped: BTreeSet<InjectId>,
    /// What comes at another plan time.
    pub retimed: BTreeMap<InjectId, Millis>,
    /// Objectives that lose evidence.
    pub weakened: Vec<Weakened>,
    /// When that was decided.
    pub at: Timestamp,
}

impl FitCard {
    /// Of an event that fitted the plan.
    #[must_use]
    pub fn of(event: &Event) -> Option<Self> {
        let Fact::PlanFitted { end, planned_end, dropped, retimed, weakened, .. } = &event.fact else { return None };
        Some(Self {
            end: *end,
            planned_end: *planned_end,
            dropped: dropped.clone(),
            retimed: retimed.clone(),
            weakened: weakened.clone(),
            at: event.at,
        })
    }
}

/// An entry of a team's log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct EntryCard {
    /// Id.
    pub item: ItemId,
    /// Whose log.
    pub team: TeamId,
    /// Who wrote it.
    pub by: Option<PersonId>,
    /// What.
    pub text: ProseCard,
    /// What kind of entry it is.
    pub kind: EntryKind,
    /// How it may be passed on.
    pub tlp: Option<Tlp>,
    /// When it happened.
    pub happened_at: Timestamp,
    /// When it was recorded.
    pub at: Timestamp,
    /// The inject it belongs to.
    pub inject: Option<InjectId>,
    /// The entry that it corrects.
    pub corrects: Option<ItemId>,
}

/// A message from one team to others. Teams see names only; ids and the linked inject are for the
/// sender and for staff.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct PeerCard {
    /// Id.
    pub item: ItemId,
    /// The sender's alias by name.
    pub from_name: String,
    /// The addressees' aliases by name.
    pub to_names: Vec<String>,
    /// The team that wrote it, for that team and staff.
    pub from: Option<TeamId>,
    /// The teams that got it, for staff.
    pub to: Vec<TeamId>,
    /// Who wrote it, for that team and staff.
    pub by: Option<PersonId>,
    /// What.
    pub text: ProseCard,
    /// How it may be passed on.
    pub tlp: Tlp,
    /// The inject it belongs to, for that team and staff.
    pub inject: Option<InjectId>,
    /// When.
    pub at: Timestamp,
}

/// What somebody who watches has seen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct ObservationCard {
    /// Id.
    pub item: ItemId,
    /// Who wrote it.
    pub by: Option<PersonId>,
    /// What.
    pub text: ProseCard,
    /// Of which team.
    pub team: Option<TeamId>,
    /// At which inject.
    pub inject: Option<InjectId>,
    /// For which capability.
    pub capability: Option<Capability>,
    /// Whether it speaks for or against.
    pub polarity: Polarity,
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
    /// How it came, if control typed it in.
    pub by_hand: Option<ByHandCard>,
}

/// An answer to one field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
#[expect(missing_docs, reason = "the plan's kinds of the same names say it")]
pub enum AnswerCard {
    Choice {
        option: OptionId,
    },
    Choices {
        options: Vec<OptionId>,
    },
    Text {
        text: ProseCard,
    },
    Decision {
        option: Option<OptionId>,
        rationale: ProseCard,
    },
    Indicators {
        lines: ProseCard,
        /// What they were understood as; none once they were erased.
        recognised: Option<RecognisedCard>,
    },
    Number {
        number: Number,
    },
    /// The offset from UTC in minutes.
    Time {
        time: Timestamp,
        offset: i32,
    },
    File {
        hash: FileHash,
    },
}

/// Free text that somebody wrote.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct ProseCard {
    /// Which part it is.
    pub part: PartId,
    /// The text; none once erased.
    pub text: Option<String>,
}

/// `personal_receipt/got/INJECT/PERSON` and `personal_receipt/read/INJECT/PERSON`: what further people
/// did, for staff.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct PersonalReceiptCard {
    /// Which.
    pub inject: InjectId,
    /// Who.
    pub person: PersonId,
    /// In which team.
    pub team: TeamId,
    /// When.
    pub at: Timestamp,
}

/// `request/ITEM`: what a team asks to know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct RequestCard {
    /// Id.
    pub item: ItemId,
    /// Whose.
    pub team: TeamId,
    /// Who asked.
    pub by: Option<PersonId>,
    /// What.
    pub text: ProseCard,
    /// The inject it belongs to.
    pub inject: Option<InjectId>,
    /// When.
    pub at: Timestamp,
}
