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
}
