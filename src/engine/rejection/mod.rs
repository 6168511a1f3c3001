//! Why a command was refused. Each reason has a stable code; nothing was changed.

mod after_action;
mod granting;
mod judging;
mod preparing;

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Display,
};

use thiserror::Error;

pub use after_action::AfterAction;
pub use granting::Granting;
pub use judging::Judging;
pub use preparing::Preparing;

use super::{
    id::{
        AliasId, BreakId, FieldId, FileHash, FlagId, HintId, InjectId, ItemId, ObjectiveId, PartId, PersonId,
        PersonaId, TeamId, VariableId,
    },
    state::Stage,
    time::{Millis, Timestamp},
};

/// What a refusal names, by what it is.
pub type Values = BTreeMap<String, String>;

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
    #[error("this cannot be done while the exercise is {0}: {instead}", instead = instead(*.0))]
    WrongStage(Stage),
    #[error("the exercise has no team yet: add one before StartEx")]
    NoTeams,
    #[error("there is no team '{0}' in this exercise: name one that the board shows, or add it")]
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
    #[error("there is no inject '{0}' for you: take the id of one that you have received or see in the plan")]
    UnknownInject(InjectId),
    #[error("inject '{0}' is only watched for, never sent")]
    NeverSent(InjectId),
    #[error("inject '{inject}' was released already, {} at {} UTC", released_by(by.as_ref()), time_of_day(*at))]
    AlreadyReleased { inject: InjectId, by: Option<PersonId>, at: Timestamp },
    #[error("the plan means inject '{0}' for no team that is here: name the teams")]
    ForNoTeam(InjectId),
    #[error("no team is named: name at least one, or leave the teams out to address all that the plan means")]
    NoTeamNamed,
    #[error("inject '{0}' was not released to a team addressed: hold, skip or amend it instead")]
    NotReleased(InjectId),
    #[error("inject '{0}' was recalled already: send a correction as a new inject")]
    AlreadyRecalled(InjectId),
    #[error(
        "inject '{0}' was not recalled from every team that this correction is for: recall it first, or name only the teams that it was recalled from"
    )]
    NotRecalled(InjectId),
    #[error("every team addressed is excused from inject '{0}' already")]
    AlreadyExcused(InjectId),
    #[error("inject '{0}' is held already: release, retime or free it")]
    AlreadyHeld(InjectId),
    #[error("inject '{0}' is not held for a team addressed")]
    NotHeld(InjectId),
    #[error("inject '{0}' has no deadline that could be extended: answers are open until EndEx")]
    NoDeadline(InjectId),
    #[error("there is an inject '{0}' already: give the new one another id, or amend that one")]
    InjectExists(InjectId),
    #[error("inject '{0}' was released after that time: give the time at which the call really came")]
    BeforeRelease(InjectId),
    #[error("an id has 1 to 40 small letters, digits and hyphens")]
    BadId,
    #[error("this form cannot be answered as it is: {0}")]
    BadForm(&'static str),
    #[error("there is no objective '{0}' in the plan: name one of its objectives")]
    UnknownObjective(ObjectiveId),
    #[error("inject '{0}' is acknowledged already: nothing was changed")]
    AlreadyAcknowledged(InjectId),
    #[error("inject '{0}' has reached the team already: nothing was changed")]
    AlreadyReceived(InjectId),
    #[error("the tray is empty: nothing waits for a decision")]
    TrayEmpty,
    #[error("a condition on teams may not lie in another one: set a flag by the inner one, and ask for the flag")]
    TeamsInTeams,
    #[error("team '{0}' stands after a call of NO DUFF: nothing goes to it until the director lifts the suspension")]
    TeamSuspended(TeamId),
    #[error("conditions nest too deep: at most 8 levels")]
    ConditionTooDeep,
    #[error("there is no file '{0}' in the scenario: attach one of its files")]
    UnknownFile(FileHash),
    #[error("there is no flag '{0}' in the plan: take one that the plan names")]
    UnknownFlag(FlagId),
    #[error("there is no variable '{0}' in the plan")]
    UnknownVariable(VariableId),
    #[error("inject '{inject}' has no hint '{hint}'")]
    UnknownHint { inject: InjectId, hint: HintId },
    #[error("there is no request '{0}'")]
    UnknownRequest(ItemId),
    #[error("this request was answered already")]
    AlreadyAnswered,
    #[error("there is no simulated sender '{0}' in the plan")]
    UnknownPersona(PersonaId),
    #[error("there is no entry '{0}' in your team's log that could be corrected")]
    UnknownEntry(ItemId),
    #[error("nobody answers to the alias '{0}': look into the directory")]
    UnknownAlias(AliasId),
    #[error("another team answers to the alias '{0}' already")]
    AliasTaken(AliasId),
    #[error("your team has no alias in the directory, so it cannot write to other teams: ask control")]
    NoAlias,
    #[error("choose whom to write to")]
    NoAddressee,
    #[error("the line is down in the exercise: the message did not go out. Try the phone, or wait")]
    LinkDown,
    #[error("that person plays in a team: name somebody of the staff")]
    NotStaff(PersonId),
    #[error("the line of team '{0}' is cut by hand already: restore it")]
    AlreadyCut(TeamId),
    #[error("the line of team '{0}' is not cut: there is nothing to restore")]
    NotCut(TeamId),
    #[error("there is no break '{0}' in the plan: take one that is still ahead")]
    UnknownBreak(BreakId),
    #[error("break '{0}' has begun or was left out already: to end a break that is on, resume")]
    BreakGone(BreakId),
    #[error("'{0}' is no time zone: give a name of the IANA database such as `Pacific/Fiji`")]
    BadZone(String),
    #[error("there is nothing that could still be undone")]
    NothingToUndo,
    #[error("time does not run back; it stands at {} now. To give teams longer, shift or extend; to show something again, resend it", reading(*.0))]
    JumpBackwards(Millis),
    #[error("nothing is left that would come by itself: give a time to jump to")]
    NothingAhead,
    #[error("that would put something of the plan before now: shift at most {} earlier, or jump", reading(*most))]
    ShiftIntoPast { most: Millis },
    #[error(
        "give a length of time other than nought, at most a year; an extension is longer than nought and at most a week"
    )]
    NoLength,
    #[error("team '{0}' is not behind the exercise")]
    NotBehind(TeamId),
    #[error("the start must lie in the future: to start now, give StartEx")]
    StartInPast,
    #[error("no start is scheduled")]
    NotScheduled,
    #[error("the end must lie in the future: to end now, give EndEx")]
    EndInPast,
    #[error("the plan ends before that by itself: there is nothing to fit")]
    NothingToFit,
    #[error("breaks take up all the time until then: leave one out, or give a later end")]
    NoRoom,
    #[error("you have an open call already: control has it. Phone if nobody answers")]
    CallOpen,
    #[error("there is no call '{0}': take one of the calls that stand in the alarms")]
    UnknownCall(ItemId),
    #[error("something real was reported: decide on the open calls of NO DUFF, or stand them down ({})", listed(.0))]
    OpenCalls(BTreeSet<ItemId>),
    #[error("nobody decided on these calls of NO DUFF: decide on them, or name them as answered ({})", listed(.0))]
    UnansweredCalls(BTreeSet<ItemId>),
    #[error("play is suspended because of this call: the director lifts the suspension by a written decision")]
    StillSuspended,
    #[error("the new time must lie in the future of every team addressed: give a later one, or release it now")]
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
    #[error("this text is empty: write at least one character")]
    EmptyText,
    #[error("this text has {actual} characters; at most {limit} are kept")]
    TextTooLong { actual: u64, limit: u64 },
    #[error("play is not suspended: there is nothing to lift")]
    NotSuspended,
    #[error("it is not paused: time runs, or something else holds it. To stop it, pause")]
    NotPaused,
    #[error("it is paused already: resume it when play shall go on")]
    AlreadyPaused,
    #[error("there is no text '{0}' that could be erased")]
    UnknownPart(PartId),
    #[error("time runs at 100 to 1000000 permille of real time (0.1 to 1000 times): to stop it, pause")]
    BadRate,
    #[error("'{0}' is not a language: give a tag such as `en` or `pt-br`")]
    BadLanguage(String),
    #[error("your team has handed in {limit} files, the most there may be: name one of those in your answer")]
    TooManyFiles { limit: u64 },
    #[error("the files of your team would take more than {limit} MiB together: hand in what matters most of it")]
    FilesFull { limit: u64 },
    #[error("what happened cannot lie in the future: give the time at which it did, or leave it out for now")]
    FutureTime,
    #[error("a time lies outside the calendar: give milliseconds of the years 1970 to 9999")]
    TimeOutOfRange,
    #[error(transparent)]
    Granting(#[from] Granting),
    #[error(transparent)]
    Judging(#[from] Judging),
    #[error(transparent)]
    AfterAction(#[from] AfterAction),
    #[error(transparent)]
    Preparing(#[from] Preparing),
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
            Self::AlreadyReleased { .. } => "already_released",
            Self::ForNoTeam(_) => "for_no_team",
            Self::NoTeamNamed => "no_team_named",
            Self::NotReleased(_) => "not_released",
            Self::AlreadyRecalled(_) => "already_recalled",
            Self::NotRecalled(_) => "not_recalled",
            Self::AlreadyExcused(_) => "already_excused",
            Self::AlreadyHeld(_) => "already_held",
            Self::NotHeld(_) => "not_held",
            Self::NoDeadline(_) => "no_deadline",
            Self::InjectExists(_) => "inject_exists",
            Self::BeforeRelease(_) => "before_release",
            Self::BadId => "bad_id",
            Self::BadForm(_) => "bad_form",
            Self::UnknownObjective(_) => "unknown_objective",
            Self::AlreadyAcknowledged(_) => "already_acknowledged",
            Self::AlreadyReceived(_) => "already_received",
            Self::TrayEmpty => "tray_empty",
            Self::TeamsInTeams => "teams_in_teams",
            Self::TeamSuspended(_) => "team_suspended",
            Self::ConditionTooDeep => "condition_too_deep",
            Self::UnknownFile(_) => "unknown_file",
            Self::UnknownFlag(_) => "unknown_flag",
            Self::UnknownVariable(_) => "unknown_variable",
            Self::UnknownHint { .. } => "unknown_hint",
            Self::UnknownRequest(_) => "unknown_request",
            Self::AlreadyAnswered => "already_answered",
            Self::UnknownPersona(_) => "unknown_persona",
            Self::UnknownEntry(_) => "unknown_entry",
            Self::UnknownAlias(_) => "unknown_alias",
            Self::AliasTaken(_) => "alias_taken",
            Self::NoAlias => "no_alias",
            Self::NoAddressee => "no_addressee",
            Self::LinkDown => "link_down",
            Self::NotStaff(_) => "not_staff",
            Self::AlreadyCut(_) => "already_cut",
            Self::NotCut(_) => "not_cut",
            Self::UnknownBreak(_) => "unknown_break",
            Self::BreakGone(_) => "break_gone",
            Self::BadZone(_) => "bad_zone",
            Self::NothingToUndo => "nothing_to_undo",
            Self::JumpBackwards(_) => "jump_backwards",
            Self::NothingAhead => "nothing_ahead",
            Self::ShiftIntoPast { .. } => "shift_into_past",
            Self::NoLength => "no_length",
            Self::NotBehind(_) => "not_behind",
            Self::StartInPast => "start_in_past",
            Self::NotScheduled => "not_scheduled",
            Self::EndInPast => "end_in_past",
            Self::NothingToFit => "nothing_to_fit",
            Self::NoRoom => "no_room",
            Self::CallOpen => "call_open",
            Self::UnknownCall(_) => "unknown_call",
            Self::OpenCalls(_) => "open_calls",
            Self::UnansweredCalls(_) => "unanswered_calls",
            Self::StillSuspended => "still_suspended",
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
            Self::BadLanguage(_) => "bad_language",
            Self::TooManyFiles { .. } => "too_many_files",
            Self::FilesFull { .. } => "files_full",
            Self::FutureTime => "future_time",
            Self::TimeOutOfRange => "time_out_of_range",
            Self::Granting(refusal) => refusal.code(),
            Self::Judging(refusal) => refusal.code(),
            Self::AfterAction(refusal) => refusal.code(),
            Self::Preparing(refusal) => refusal.code(),
        }
    }

    /// What the sentence names, for words in another language: ids, instants in Unix milliseconds,
    /// lengths in milliseconds and counts.
    #[must_use]
    pub fn values(&self) -> Values {
        match self {
            Self::WrongStage(stage) => values([("stage", stage)]),
            Self::UnknownTeam(team)
            | Self::TeamExists(team)
            | Self::BadTeamId(team)
            | Self::NotBehind(team)
            | Self::TeamSuspended(team)
            | Self::AlreadyCut(team)
            | Self::NotCut(team) => values([("team", team)]),
            Self::UnknownBreak(pause) | Self::BreakGone(pause) => values([("break", pause)]),
            Self::BadZone(zone) => values([("zone", zone)]),
            Self::AlreadyReleased { inject, at, .. } => values([("inject", inject as &dyn Display), ("at", &at.0)]),
            Self::UnknownInject(inject)
            | Self::NeverSent(inject)
            | Self::ForNoTeam(inject)
            | Self::NotReleased(inject)
            | Self::AlreadyRecalled(inject)
            | Self::NotRecalled(inject)
            | Self::AlreadyExcused(inject)
            | Self::AlreadyHeld(inject)
            | Self::NotHeld(inject)
            | Self::NoDeadline(inject)
            | Self::InjectExists(inject)
            | Self::BeforeRelease(inject)
            | Self::AlreadyAcknowledged(inject)
            | Self::AlreadyReceived(inject)
            | Self::NothingToAcknowledge(inject)
            | Self::NothingToAnswer(inject) => values([("inject", inject)]),
            Self::UnknownHint { inject, hint } => values([("inject", inject as &dyn Display), ("hint", hint)]),
            Self::UnknownField { inject, field } => values([("inject", inject as &dyn Display), ("field", field)]),
            Self::FieldMissing(field) | Self::BadAnswer { field, .. } => values([("field", field)]),
            Self::UnknownCohort(cohort) => values([("cohort", cohort)]),
            Self::UnknownFlag(flag) => values([("flag", flag)]),
            Self::UnknownVariable(variable) => values([("variable", variable)]),
            Self::UnknownPersona(persona) => values([("persona", persona)]),
            Self::UnknownAlias(alias) | Self::AliasTaken(alias) => values([("alias", alias)]),
            Self::BadLanguage(language) => values([("language", language)]),
            Self::JumpBackwards(now) => values([("now", &now.0)]),
            Self::ShiftIntoPast { most } => values([("most", &most.0)]),
            Self::TextTooLong { actual, limit } => values([("actual", actual), ("limit", limit)]),
            Self::Granting(refusal) => refusal.values(),
            Self::Judging(refusal) => refusal.values(),
            Self::AfterAction(refusal) => refusal.values(),
            Self::TooManyFiles { limit } | Self::FilesFull { limit } => values([("limit", limit)]),
            Self::Forbidden
            | Self::NotCreated
            | Self::AlreadyCreated
            | Self::NoTeams
            | Self::UnknownPerson(_)
            | Self::RoleTaken(_)
            | Self::TeamMismatch
            | Self::LastDirector
            | Self::NoTeamNamed
            | Self::BadId
            | Self::BadForm(_)
            | Self::UnknownObjective(_)
            | Self::TrayEmpty
            | Self::TeamsInTeams
            | Self::NoRoom
            | Self::Preparing(_)
            | Self::OpenCalls(_)
            | Self::UnansweredCalls(_)
            | Self::ConditionTooDeep
            | Self::UnknownFile(_)
            | Self::UnknownRequest(_)
            | Self::AlreadyAnswered
            | Self::UnknownEntry(_)
            | Self::NoAlias
            | Self::NoAddressee
            | Self::LinkDown
            | Self::NotStaff(_)
            | Self::NothingToUndo
            | Self::NothingAhead
            | Self::NoLength
            | Self::StartInPast
            | Self::NotScheduled
            | Self::EndInPast
            | Self::NothingToFit
            | Self::CallOpen
            | Self::UnknownCall(_)
            | Self::StillSuspended
            | Self::TimeInPast
            | Self::EmptyText
            | Self::NotSuspended
            | Self::NotPaused
            | Self::AlreadyPaused
            | Self::UnknownPart(_)
            | Self::BadRate
            | Self::FutureTime
            | Self::TimeOutOfRange => Values::new(),
        }
    }

    /// The message with people by their names, where names are known.
    #[must_use]
    pub fn message(&self, name: impl Fn(&PersonId) -> Option<String>) -> String {
        match self {
            Self::AlreadyReleased { inject, by: Some(by), at } => {
                let by = name(by).unwrap_or_else(|| "somebody of the staff".to_owned());
                format!("inject '{inject}' was released already, by {by} at {} UTC", time_of_day(*at))
            }
            other => other.to_string(),
        }
    }
}

/// What can be done while the exercise stands so.
fn instead(stage: Stage) -> &'static str {
    match stage {
        Stage::Ready => "give StartEx first",
        Stage::Running => "it has begun already",
        Stage::Paused => "resume first",
        Stage::Suspended => "the director lifts the suspension first",
        Stage::Ended | Stage::Cancelled => "play is over; marks, notes and the report stay open",
    }
}

fn values<const N: usize, T: Display>(pairs: [(&str, T); N]) -> Values {
    pairs.map(|(name, value)| (name.to_owned(), value.to_string())).into()
}

fn listed(items: &BTreeSet<ItemId>) -> String {
    items.iter().map(ItemId::as_str).collect::<Vec<_>>().join(", ")
}

fn released_by(person: Option<&PersonId>) -> &'static str {
    if person.is_some() { "by somebody of the staff" } else { "by itself" }
}

/// Hours, minutes and seconds of the day, in UTC.
fn time_of_day(at: Timestamp) -> String {
    clock_face(at.0.div_euclid(1000).rem_euclid(24 * 3600))
}

/// Hours, minutes and seconds of exercise time.
fn reading(time: Millis) -> String {
    let sign = if time < Millis(0) { "-" } else { "" };
    format!("{sign}{}", clock_face(time.0.div_euclid(1000).abs()))
}

fn clock_face(seconds: i64) -> String {
    format!("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
}
