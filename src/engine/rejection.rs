//! Why a command was refused. Each reason has a stable code; nothing was changed.

use thiserror::Error;

use super::{
    id::{FieldId, InjectId, PartId, PersonId, TeamId},
    state::Stage,
};

/// A refusal.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[expect(missing_docs, reason = "the message says it")]
pub enum Rejection {
    #[error("you have no role in this exercise that allows this")]
    Forbidden,
    #[error("this exercise has no log yet")]
    NotCreated,
    #[error("this exercise exists already")]
    AlreadyCreated,
    #[error("this cannot be done while the exercise is {0}")]
    WrongStage(Stage),
    #[error("the exercise has no team yet: add one before StartEx")]
    NoTeams,
    #[error("there is no team '{0}' in this exercise")]
    UnknownTeam(TeamId),
    #[error("there is a team '{0}' already")]
    TeamExists(TeamId),
    #[error("'{0}' is not a team id: use 1 to 40 small letters, digits and hyphens")]
    BadTeamId(TeamId),
    #[error("there is no cohort '{0}' in the plan")]
    UnknownCohort(String),
    #[error("there is no such person in this exercise")]
    UnknownPerson(PersonId),
    #[error("that person holds a role already: one person cannot be both player and staff")]
    RoleTaken(PersonId),
    #[error("this role needs a team, or must not have one")]
    TeamMismatch,
    #[error("the exercise would be left without a director")]
    LastDirector,
    #[error("there is no inject '{0}' for you")]
    UnknownInject(InjectId),
    #[error("inject '{0}' is only watched for, never sent")]
    NeverSent(InjectId),
    #[error("every team addressed has inject '{0}' already")]
    AlreadyReleased(InjectId),
    #[error("the new time must lie in the future of every team addressed")]
    TimeInPast,
    #[error("inject '{0}' asks for no acknowledgement")]
    NothingToAcknowledge(InjectId),
    #[error("inject '{0}' asks for no answer")]
    NothingToAnswer(InjectId),
    #[error("inject '{inject}' has no field '{field}'")]
    UnknownField { inject: InjectId, field: FieldId },
    #[error("field '{0}' must be filled in")]
    FieldMissing(FieldId),
    #[error("the answer to field '{field}' does not fit it: {reason}")]
    BadAnswer { field: FieldId, reason: &'static str },
    #[error("this text is empty")]
    EmptyText,
    #[error("this text has {actual} characters; at most {limit} are kept")]
    TextTooLong { actual: u64, limit: u64 },
    #[error("play is not suspended")]
    NotSuspended,
    #[error("it is not paused")]
    NotPaused,
    #[error("it is paused already")]
    AlreadyPaused,
    #[error("there is no text '{0}' that could be erased")]
    UnknownPart(PartId),
    #[error("a rate lies between 100 and 1000000 permille")]
    BadRate,
    #[error("a time lies in the future")]
    FutureTime,
    #[error("a time lies outside the calendar: give milliseconds of the years 1970 to 9999")]
    TimeOutOfRange,
}

impl Rejection {
    /// Stable code, part of the protocol.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Forbidden => "forbidden",
            Self::NotCreated => "not_created",
            Self::AlreadyCreated => "already_created",
            Self::WrongStage(_) => "wrong_stage",
            Self::NoTeams => "no_teams",
            Self::UnknownTeam(_) => "unknown_team",
            Self::TeamExists(_) => "team_exists",
            Self::BadTeamId(_) => "bad_team_id",
            Self::UnknownCohort(_) => "unknown_cohort",
            Self::UnknownPerson(_) => "unknown_person",
            Self::RoleTaken(_) => "role_taken",
            Self::TeamMismatch => "team_mismatch",
            Self::LastDirector => "last_director",
            Self::UnknownInject(_) => "unknown_inject",
            Self::NeverSent(_) => "never_sent",
            Self::AlreadyReleased(_) => "already_released",
            Self::TimeInPast => "time_in_past",
            Self::NothingToAcknowledge(_) => "nothing_to_acknowledge",
            Self::NothingToAnswer(_) => "nothing_to_answer",
            Self::UnknownField { .. } => "unknown_field",
            Self::FieldMissing(_) => "field_missing",
            Self::BadAnswer { .. } => "bad_answer",
            Self::EmptyText => "empty_text",
            Self::TextTooLong { .. } => "text_too_long",
            Self::NotSuspended => "not_suspended",
            Self::NotPaused => "not_paused",
            Self::AlreadyPaused => "already_paused",
            Self::UnknownPart(_) => "unknown_part",
            Self::BadRate => "bad_rate",
            Self::FutureTime => "future_time",
            Self::TimeOutOfRange => "time_out_of_range",
        }
    }
}
