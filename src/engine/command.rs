//! What somebody, or the passing of time, asks of an exercise.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

pub use super::act::{
    AcknowledgeFor, Act, AddTeams, AddToHotWash, AnswerAppeal, AnswerInput, Appeal, ApproveRelease, AssignMarking,
    Comcheck, CreditOutage, DecideAdjustment, DecideNoDuff, DeclineRelease, DeliverFor, EditFinding, GiveFeedback,
    GrantRole, HandOverLead, LiftSuspension, Mark, MergeInHotWash, Moderate, MoveInHotWash, NameDelegate,
    NameOrganisation, NewTeam, NoteAction, Observe, OrderFindings, Passed, ProposeAdjustment, ProposeRelease,
    PutCorrectiveAction, RateObjective, RemoveMember, RevokeGrant, SetCorrectiveState, SetVariable, ShowScorecard,
    SignOff, SubmitFor, TickReady, VetoScores, WithdrawFinding, WithdrawFromHotWash,
};
use super::{
    event::{Fault, ReadyState, Receipt},
    id::{ExerciseId, FileHash, PartId, PersonId, TeamId},
    plan::Plan,
    prose::Mint,
    role::Role,
    text::Language,
    time::{Rate, Timestamp},
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

impl Actor {
    /// The person who acts; none for the server itself.
    #[must_use]
    pub fn person(&self) -> Option<&PersonId> {
        match self {
            Self::System => None,
            Self::Person(person) => Some(person),
        }
    }
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
    /// Whether anybody of a team is connected.
    NoteConnection {
        /// Which.
        team: TeamId,
        /// Whether somebody is.
        connected: bool,
    },
    /// What people did with injects, gathered.
    NoteReceipts {
        /// By person and inject.
        receipts: Vec<Receipt>,
    },
    /// Something went wrong inside; play pauses.
    NoteFault {
        /// What.
        fault: Fault,
    },
    /// Gives a person the first role, before there is anybody who could grant it, and seats whoever
    /// redeems a join link.
    Seat(Seat),
    /// A team of the programme that the exercise belongs to joins it.
    Enrol {
        /// Which.
        team: TeamId,
        /// What it is called.
        name: String,
        /// Language that it works in.
        language: Language,
    },
    /// The programme that the exercise belongs to sends somebody away whom it had seated.
    Unseat {
        /// Whom.
        person: PersonId,
    },
    /// Somebody of a team hands a file in: its bytes were looked at and are kept.
    NoteFile(HandedIn),
    /// The director signs the go/no-go list as the server found it.
    SignReady {
        /// How each line stands.
        lines: Vec<ReadyState>,
        /// What there is to say.
        note: Option<String>,
    },
    /// Erases texts for data protection: those of a person, or everybody's when they were kept long enough. Texts that
    /// are gone already are passed over.
    Erase {
        /// Which.
        parts: Vec<PartId>,
        /// Why.
        reason: String,
    },
    /// A person's act.
    Act(Act),
}

/// A place that somebody takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seat {
    /// Who.
    pub person: PersonId,
    /// As what.
    pub role: Role,
    /// Team, for team roles.
    pub team: Option<TeamId>,
    /// The person's own organisation or country, as the person says.
    pub organisation: Option<String>,
}

/// A file that somebody of a team hands in, as it was found to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HandedIn {
    /// SHA-256 of its bytes.
    pub hash: FileHash,
    /// What its sender calls it.
    pub name: String,
    /// What it is, by its bytes.
    pub media_type: String,
    /// How many bytes it has.
    pub bytes: u64,
    /// Whether it is an archive with a password.
    pub encrypted: bool,
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
    /// Whether it is a rehearsal.
    pub rehearsal: bool,
}
