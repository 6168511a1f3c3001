//! The vocabulary of administrative acts.

use std::net::IpAddr;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::engine::{
    id::{ExerciseId, PersonId, TeamId},
    role::Role,
    time::Timestamp,
};

/// Who did it, and from where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct By {
    /// Who.
    pub who: Who,
    /// Address of the client, as far as it is known.
    pub from: Option<IpAddr>,
}

impl By {
    /// Whoever may run commands on the server's machine.
    pub const OPERATOR: Self = Self { who: Who::Operator, from: None };
    /// The server itself.
    pub const SERVER: Self = Self { who: Who::Server, from: None };

    /// Somebody over the network.
    #[must_use]
    pub fn new(who: Who, from: Option<IpAddr>) -> Self {
        Self { who, from }
    }
}

/// Who does administrative acts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Who {
    /// The server itself.
    Server,
    /// Whoever may run commands on the server's machine.
    Operator,
    /// Nobody who is known: a sign-in that failed, a link that was opened.
    Nobody,
    /// An account.
    Account(String),
    /// Somebody with a seat in an exercise and no account.
    Person {
        /// Which exercise.
        exercise: ExerciseId,
        /// Who there.
        person: PersonId,
    },
}

/// What was done. Names of accounts and people are ids.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Deed {
    /// The server began to serve.
    ServerStarted {
        /// Version of the program.
        version: String,
    },
    /// An exercise was created.
    ExerciseCreated {
        /// Which.
        exercise: ExerciseId,
        /// From which scenario.
        scenario: String,
    },
    /// A join link was made.
    LinkMinted {
        /// In which exercise.
        exercise: ExerciseId,
        /// Which link.
        link: String,
        /// What whoever redeems it will be.
        role: Role,
        /// In which team.
        team: Option<TeamId>,
        /// How many people it is for.
        uses: u32,
    },
    /// A join link was revoked.
    LinkRevoked {
        /// In which exercise.
        exercise: ExerciseId,
        /// Which link.
        link: String,
    },
    /// Seats that were taken with a join link were taken back, and these people lost their roles.
    SeatsRevoked {
        /// In which exercise.
        exercise: ExerciseId,
        /// Which link.
        link: String,
        /// How many people.
        people: usize,
    },
    /// Somebody was given a code to take a person's seat along with: the person, or control for that person.
    SeatCodeMinted {
        /// In which exercise.
        exercise: ExerciseId,
        /// Whose seat.
        person: PersonId,
    },
    /// A log, report or archive of an exercise was taken out of the platform.
    ExerciseExported {
        /// Which.
        exercise: ExerciseId,
        /// What of it: `log`, `archive`, `report`.
        what: String,
    },
    /// A director said how long what is personal is kept.
    RetentionSet {
        /// In which exercise.
        exercise: ExerciseId,
        /// Days behind the end of play.
        days: u32,
    },
    /// A person's name was erased, and perhaps what the person wrote.
    PersonErased {
        /// In which exercise.
        exercise: ExerciseId,
        /// Whose.
        person: PersonId,
        /// Texts that went.
        texts: usize,
        /// Files that went.
        files: usize,
    },
    /// What was personal in an exercise was kept long enough and went.
    ExerciseRetired {
        /// In which exercise.
        exercise: ExerciseId,
        /// Texts that went.
        texts: usize,
        /// Files that went.
        files: usize,
    },
    /// A programme was created.
    ProgrammeCreated {
        /// Which.
        programme: String,
    },
    /// Organisations were added to a programme.
    ProgrammeOrganisationsAdded {
        /// To which.
        programme: String,
        /// Which organisations.
        organisations: Vec<String>,
    },
    /// Teams were added to a programme, and so to its exercises.
    ProgrammeTeamsAdded {
        /// To which.
        programme: String,
        /// Which teams.
        teams: Vec<TeamId>,
    },
    /// An exercise was created in a programme.
    ProgrammeExerciseAdded {
        /// In which.
        programme: String,
        /// Which exercise.
        exercise: ExerciseId,
        /// Which account directs it.
        lead: String,
    },
    /// A link of a programme was made.
    ProgrammeLinkMinted {
        /// In which.
        programme: String,
        /// Which link.
        link: String,
        /// What whoever redeems it will be.
        role: Role,
        /// In which team.
        team: Option<TeamId>,
        /// In which exercises; none for the whole day.
        exercises: Option<Vec<ExerciseId>>,
        /// How many people it is for.
        uses: u32,
    },
    /// A link of a programme was revoked.
    ProgrammeLinkRevoked {
        /// In which.
        programme: String,
        /// Which link.
        link: String,
    },
    /// Somebody was sent away from a programme and all its exercises.
    ProgrammePersonRemoved {
        /// From which.
        programme: String,
        /// Whom, by the id in the programme.
        person: String,
    },
    /// The report of a programme for staff was taken out of the platform.
    ProgrammeExported {
        /// Which.
        programme: String,
        /// For whom, and as what: `staff.html`.
        what: String,
    },
    /// This log was read or exported.
    AuditRead {
        /// Up to which row.
        head: i64,
    },
    /// Everything that the server keeps was written into a backup.
    BackupMade {
        /// Rows of all tables.
        rows: u64,
        /// SHA-256 of the file.
        sha256: String,
    },
    /// The server goes on from a backup.
    BackupRestored {
        /// When the backup was made.
        made_at: Timestamp,
        /// Rows of all tables.
        rows: u64,
    },
    /// An account was made.
    AccountCreated {
        /// Which.
        account: String,
        /// Its platform role.
        role: String,
    },
    /// Somebody was invited to make an account.
    AccountInvited {
        /// Which invitation.
        invitation: String,
        /// What the account will be.
        role: String,
    },
    /// An invitation was taken back.
    InvitationRevoked {
        /// Which.
        invitation: String,
    },
    /// An account was disabled.
    AccountDisabled {
        /// Which.
        account: String,
    },
    /// An account was enabled again.
    AccountEnabled {
        /// Which.
        account: String,
    },
    /// An account was given another platform role.
    AccountRoleChanged {
        /// Which.
        account: String,
        /// What it is now.
        role: String,
    },
    /// An account was given another password.
    PasswordChanged {
        /// Which.
        account: String,
    },
    /// Somebody enrolled a second factor.
    SecondFactorEnrolled {
        /// Of which account.
        account: String,
        /// What kind of factor.
        way: String,
    },
    /// Somebody removed a second factor of their own.
    SecondFactorRemoved {
        /// Of which account.
        account: String,
        /// What kind of factor.
        way: String,
    },
    /// The second factors of an account were taken off, for its owner to enrol others.
    SecondFactorReset {
        /// Of which account.
        account: String,
    },
    /// Sessions of an account were ended.
    SessionsRevoked {
        /// Of which account.
        account: String,
        /// How many.
        sessions: u64,
    },
    /// Sign-ins to a login were tried so often that they are turned away for now.
    SignInsLimited {
        /// The account of that login, if there is one.
        account: Option<String>,
    },
}
