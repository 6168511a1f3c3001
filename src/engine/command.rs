//! What somebody, or the passing of time, asks of an exercise.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    id::{CohortId, ExerciseId, FieldId, InjectId, OptionId, PartId, PersonId, TeamId},
    plan::Plan,
    prose::Mint,
    role::Role,
    text::{Language, Text},
    time::{Millis, Rate, Timestamp},
};

/// A command with everything a decision needs that the state does not hold.
#[derive(Clone, Debug)]
pub struct Command {
    /// Who asks.
    pub actor: Actor,
    /// When its frame was read: lateness is judged by this, order by the instant of the decision.
    pub received_at: Timestamp,
    /// Source of the ids and salts that its events need.
    pub mint: Mint,
    /// What is asked.
    pub order: Order,
}

/// Who acts.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Actor {
    /// The server itself: passing time, recovery, setting up.
    System,
    /// A person with a role in this exercise.
    Person(PersonId),
}

/// What is asked: by the server, or by a person.
#[derive(Clone, Debug)]
pub enum Order {
    /// Opens the log.
    Create(Box<Creation>),
    /// Time has passed.
    Pulse,
    /// The platform was down: teams get the time back.
    NoteOutage {
        /// Last instant at which it was known to be alive.
        from: Timestamp,
        /// When it was back.
        to: Timestamp,
    },
    /// Something went wrong inside; play pauses.
    NoteFault {
        /// What, for staff.
        reason: String,
    },
    /// Gives a person the first role, before there is anybody who could grant it, and seats whoever
    /// redeems a join link.
    Seat {
        /// Who.
        person: PersonId,
        /// As what.
        role: Role,
        /// Team, for team roles.
        team: Option<TeamId>,
    },
    /// A person's act.
    Act(Act),
}

/// What an exercise is created from.
#[derive(Clone, Debug)]
pub struct Creation {
    /// Id of the exercise.
    pub exercise: ExerciseId,
    /// The checked plan.
    pub plan: Plan,
    /// SHA-256 of the plan's canonical bytes.
    pub plan_hash: String,
    /// Rate at which time will run.
    pub rate: Rate,
}

/// What a person may ask for. This is the wire form: the socket and REST take it as JSON.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum Act {
    /// Adds a team.
    AddTeam {
        /// Its id.
        team: TeamId,
        /// Its name as shown.
        name: String,
        /// The language it works in.
        language: Language,
        /// Its cohort; without one it joins the smallest.
        cohort: Option<CohortId>,
    },
    /// Takes a person's role away.
    RevokeGrant {
        /// Whose.
        person: PersonId,
    },
    /// Starts the exercise (`StartEx`).
    StartEx,
    /// Stops time for everybody or for one team.
    Pause {
        /// Only this team.
        team: Option<TeamId>,
        /// Why.
        reason: String,
    },
    /// Lets time run again for everybody or for one team.
    Resume {
        /// Only this team.
        team: Option<TeamId>,
    },
    /// Ends play (`EndEx`). The log goes on.
    EndEx,
    /// Sends an inject now, to all its teams that do not have it or to some of them.
    Release {
        /// Which.
        inject: InjectId,
        /// Only these teams.
        teams: Option<BTreeSet<TeamId>>,
    },
    /// Decides not to send an inject, to all its teams that do not have it or to some of them.
    Skip {
        /// Which.
        inject: InjectId,
        /// Only these teams.
        teams: Option<BTreeSet<TeamId>>,
        /// Why.
        reason: String,
    },
    /// Gives an inject another plan time, for all its teams that do not have it or for some of them.
    Retime {
        /// Which.
        inject: InjectId,
        /// Only these teams.
        teams: Option<BTreeSet<TeamId>>,
        /// New plan time, after now.
        at: Millis,
    },
    /// Sends a message that is not in the plan.
    SendMessage {
        /// Only to this team; without it to everybody.
        team: Option<TeamId>,
        /// Subject.
        title: Text,
        /// Message, Markdown.
        body: Text,
    },
    /// Notes that an inject reached the person's device.
    NoteDelivered {
        /// Which.
        inject: InjectId,
    },
    /// Notes that the person opened an inject.
    NoteOpened {
        /// Which.
        inject: InjectId,
    },
    /// Acknowledges an inject for the person's team.
    Acknowledge {
        /// Which.
        inject: InjectId,
    },
    /// Sends the official answer of the person's team, or a revision of it.
    Submit {
        /// To which inject.
        inject: InjectId,
        /// The answer, field by field.
        answers: BTreeMap<FieldId, AnswerInput>,
        /// When it was written, as the client claims; kept for people, never for rules.
        composed_at: Option<Timestamp>,
    },
    /// Writes into the team's log.
    WriteLog {
        /// What.
        text: String,
        /// When it happened, if not now.
        happened_at: Option<Timestamp>,
        /// The inject it belongs to.
        inject: Option<InjectId>,
    },
    /// Writes into the thread between a team and control.
    Say {
        /// Which team's thread; a team's own people may leave it out.
        team: Option<TeamId>,
        /// What.
        text: String,
    },
    /// Raises NO DUFF: something real has happened.
    RaiseNoDuff {
        /// What happened.
        text: String,
        /// Number to call back.
        call_back: String,
    },
    /// Lifts a suspension by a written decision.
    LiftSuspension {
        /// Only of this team.
        team: Option<TeamId>,
        /// The decision.
        decision: String,
    },
    /// Erases a piece of text that somebody wrote, for data protection.
    ErasePart {
        /// Which.
        part: PartId,
        /// Why.
        reason: String,
    },
}

/// An answer to one field, as sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum AnswerInput {
    /// To a choice.
    Choice(OptionId),
    /// To a multiple choice.
    Choices(BTreeSet<OptionId>),
    /// To a long text.
    Text(String),
    /// To a decision.
    Decision {
        /// What was decided, where there are options.
        option: Option<OptionId>,
        /// Why.
        rationale: String,
    },
    /// To an indicator field: one a line.
    Indicators(Vec<String>),
}
