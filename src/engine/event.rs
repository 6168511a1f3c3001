//! What happened. Events are facts in the past tense; state is a fold of them and nothing else.
//!
//! An event holds everything that its frames show, so a frame never depends on state.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{
    command::Actor,
    id::{CohortId, ExerciseId, FieldId, InjectId, ItemId, OptionId, PartId, PersonId, PhaseId, TeamId},
    plan::{Content, Plan},
    prose::Prose,
    role::Role,
    text::{Language, Text},
    time::{Millis, Rate, Timestamp},
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ReleaseCause {
    /// It fell due.
    Due,
    /// Staff released it.
    Staff,
    /// Staff released it from the missed tray.
    Missed,
}

/// What happened. Version 1 of every fact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names are the facts; odd ones are explained")]
pub enum Fact {
    ExerciseCreated {
        exercise: ExerciseId,
        plan: Box<Plan>,
        plan_hash: String,
        rate: Rate,
    },
    TeamAdded {
        team: TeamId,
        name: String,
        language: Language,
        cohort: Option<CohortId>,
    },
    RoleGranted {
        person: PersonId,
        role: Role,
        team: Option<TeamId>,
    },
    RoleRevoked {
        person: PersonId,
        /// The team that the role was in.
        team: Option<TeamId>,
    },
    ExerciseStarted,
    Paused {
        team: Option<TeamId>,
        reason: String,
    },
    Resumed {
        team: Option<TeamId>,
    },
    ExerciseEnded {
        /// What to ask in the hot wash: shown from now on.
        hot_wash: Vec<Text>,
    },
    /// A move began: on the clock of the exercise as a whole, on those of some teams, or both.
    PhaseBegan {
        phase: PhaseId,
        title: Text,
        situation: Text,
        /// The teams whose clocks have come so far.
        teams: BTreeSet<TeamId>,
        /// Whether the clock of the exercise has: staff and the wall go by it.
        for_exercise: bool,
    },
    InjectReleased {
        inject: InjectId,
        /// The teams that got it, and what the active clock of each read then.
        teams: BTreeMap<TeamId, Millis>,
        cause: ReleaseCause,
        /// Wall time at which it was due, if it was.
        due: Option<Timestamp>,
        /// What was sent.
        content: Box<Content>,
    },
    /// It fell due more than the tolerance ago: staff decide.
    InjectMissed {
        inject: InjectId,
        teams: BTreeSet<TeamId>,
        due: Timestamp,
    },
    InjectSkipped {
        inject: InjectId,
        teams: BTreeSet<TeamId>,
        reason: String,
    },
    InjectRetimed {
        inject: InjectId,
        teams: BTreeSet<TeamId>,
        plan_time: Millis,
    },
    /// The deadline passed for these teams; later answers are late.
    AnswerClosed {
        inject: InjectId,
        teams: BTreeSet<TeamId>,
    },
    MessageSent {
        item: ItemId,
        team: Option<TeamId>,
        title: Text,
        body: Text,
    },
    InjectDelivered {
        inject: InjectId,
        team: TeamId,
    },
    InjectOpened {
        inject: InjectId,
        team: TeamId,
    },
    InjectAcknowledged {
        inject: InjectId,
        team: TeamId,
    },
    ResponseSubmitted {
        inject: InjectId,
        team: TeamId,
        /// Counts from 1 in the team and inject.
        revision: u32,
        answers: BTreeMap<FieldId, Answer>,
        /// When its frame was read.
        received_at: Timestamp,
        /// What the team's active clock read then, from the release on.
        taken: Millis,
        /// Whether the deadline or the end of play had passed.
        late: bool,
        /// The client's claim of when it was written.
        composed_at: Option<Timestamp>,
    },
    LogWritten {
        item: ItemId,
        team: TeamId,
        text: Prose,
        happened_at: Timestamp,
        inject: Option<InjectId>,
    },
    Said {
        item: ItemId,
        team: TeamId,
        text: Prose,
        from_control: bool,
    },
    NoDuffRaised {
        item: ItemId,
        team: Option<TeamId>,
        text: Prose,
        call_back: Prose,
    },
    /// Play stands for everybody or for one team: something real comes first.
    Suspended {
        team: Option<TeamId>,
    },
    SuspensionLifted {
        team: Option<TeamId>,
        decision: Prose,
    },
    /// The platform was down; the time is taken out of every running active clock.
    OutageNoted {
        from: Timestamp,
        to: Timestamp,
    },
    /// A fault inside; play was paused.
    FaultNoted {
        reason: String,
    },
    PartErased {
        part: PartId,
        reason: String,
    },
}

/// An answer to one field, as kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the field kinds of the plan say it")]
pub enum Answer {
    Choice(OptionId),
    Choices(BTreeSet<OptionId>),
    Text(Prose),
    Decision {
        option: Option<OptionId>,
        rationale: Prose,
    },
    /// One indicator a line.
    Indicators(Prose),
}

impl Answer {
    /// The free text in it.
    #[must_use]
    pub fn prose(&self) -> Option<&Prose> {
        match self {
            Self::Choice(_) | Self::Choices(_) => None,
            Self::Text(prose) | Self::Indicators(prose) | Self::Decision { rationale: prose, .. } => Some(prose),
        }
    }

    /// The free text in it, to store, join or erase it.
    pub fn prose_mut(&mut self) -> Option<&mut Prose> {
        match self {
            Self::Choice(_) | Self::Choices(_) => None,
            Self::Text(prose) | Self::Indicators(prose) | Self::Decision { rationale: prose, .. } => Some(prose),
        }
    }
}

impl Fact {
    /// Every piece of free text in it, for storing, joining and erasing parts.
    pub fn prose_mut(&mut self) -> Vec<&mut Prose> {
        match self {
            Self::ResponseSubmitted { answers, .. } => answers.values_mut().filter_map(Answer::prose_mut).collect(),
            Self::LogWritten { text, .. } | Self::Said { text, .. } => vec![text],
            Self::NoDuffRaised { text, call_back, .. } => vec![text, call_back],
            Self::SuspensionLifted { decision, .. } => vec![decision],
            Self::ExerciseCreated { .. }
            | Self::TeamAdded { .. }
            | Self::RoleGranted { .. }
            | Self::RoleRevoked { .. }
            | Self::ExerciseStarted
            | Self::Paused { .. }
            | Self::Resumed { .. }
            | Self::ExerciseEnded { .. }
            | Self::PhaseBegan { .. }
            | Self::InjectReleased { .. }
            | Self::InjectMissed { .. }
            | Self::InjectSkipped { .. }
            | Self::InjectRetimed { .. }
            | Self::AnswerClosed { .. }
            | Self::MessageSent { .. }
            | Self::InjectDelivered { .. }
            | Self::InjectOpened { .. }
            | Self::InjectAcknowledged { .. }
            | Self::Suspended { .. }
            | Self::OutageNoted { .. }
            | Self::FaultNoted { .. }
            | Self::PartErased { .. } => Vec::new(),
        }
    }

    /// Name of the fact as the log stores it.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::ExerciseCreated { .. } => "exercise_created",
            Self::TeamAdded { .. } => "team_added",
            Self::RoleGranted { .. } => "role_granted",
            Self::RoleRevoked { .. } => "role_revoked",
            Self::ExerciseStarted => "exercise_started",
            Self::Paused { .. } => "paused",
            Self::Resumed { .. } => "resumed",
            Self::ExerciseEnded { .. } => "exercise_ended",
            Self::PhaseBegan { .. } => "phase_began",
            Self::InjectReleased { .. } => "inject_released",
            Self::InjectMissed { .. } => "inject_missed",
            Self::InjectSkipped { .. } => "inject_skipped",
            Self::InjectRetimed { .. } => "inject_retimed",
            Self::AnswerClosed { .. } => "answer_closed",
            Self::MessageSent { .. } => "message_sent",
            Self::InjectDelivered { .. } => "inject_delivered",
            Self::InjectOpened { .. } => "inject_opened",
            Self::InjectAcknowledged { .. } => "inject_acknowledged",
            Self::ResponseSubmitted { .. } => "response_submitted",
            Self::LogWritten { .. } => "log_written",
            Self::Said { .. } => "said",
            Self::NoDuffRaised { .. } => "no_duff_raised",
            Self::Suspended { .. } => "suspended",
            Self::SuspensionLifted { .. } => "suspension_lifted",
            Self::OutageNoted { .. } => "outage_noted",
            Self::FaultNoted { .. } => "fault_noted",
            Self::PartErased { .. } => "part_erased",
        }
    }
}
