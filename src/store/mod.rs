//! Where everything is kept: one [`Store`] on SQLite or PostgreSQL, with the same verbs and the same
//! conformance tests on both.
//!
//! - What was acknowledged is durable: SQLite commits with `synchronous=FULL`.
//! - The log only grows, through [`Store::append`], by whoever claimed it last. The hash chain
//!   ([`chain`]) shows any later change.
//! - Free text is kept as parts beside the log and can be erased; names are in tables of their own.
//! - Tokens are stored as hashes. Time comes with each call; the store reads no clock.

pub mod chain;
pub mod data_dir;
pub mod db;
pub mod dump;
pub mod jsonl;
pub mod record;
pub mod refill;
pub mod table;

mod account;
mod code;
mod draft;
mod error;
mod exercise;
mod factor;
mod file;
mod invitation;
mod link;
mod log;
mod outbox;
mod personal;
mod programme;
mod seat;
mod session;
mod setting;
mod value;
mod writer;

use std::{fmt, path::PathBuf};

use tokio::sync::{mpsc, watch};

pub use account::Account;
pub use code::SeatCode;
pub use draft::{Draft, DraftPlace};
pub use error::{AppendError, DataDirError, StoreError};
pub use exercise::{Exercise, Person};
pub use factor::TotpSecret;
pub use file::{ExerciseFile, File};
pub use invitation::Invitation;
pub use link::{JoinLink, LinkUse};
pub use log::{Claim, KeyUse};
pub use outbox::PendingEffect;
pub use personal::{Retention, RetentionScope};
pub use programme::{DayExercise, DayLink, DayLinkUse, DayPerson, DayPlace, DayRole, DayTeam, Organisation, Programme};
pub use seat::Seat;
pub use session::AccountSession;
pub use writer::{Batch, Effect, Key};

/// Where a store is.
#[derive(Clone)]
pub enum Location {
    /// A file, made when it is not there.
    Sqlite(PathBuf),
    /// A `postgres://` URL, which may hold a password.
    Postgres(String),
}

impl fmt::Display for Location {
    /// Without the URL, for it may hold a password.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sqlite(path) => write!(f, "{}", path.display()),
            Self::Postgres(_) => f.write_str("on PostgreSQL"),
        }
    }
}

impl fmt::Debug for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Location({self})")
    }
}

/// The store. Clones share connections and the one writer of the logs.
#[derive(Clone, Debug)]
pub struct Store {
    db: db::Db,
    inbox: mpsc::Sender<writer::Message>,
    /// Tells senders that something waits for them.
    effects: watch::Sender<()>,
}

impl Store {
    /// Connects, brings the tables up to date and starts the writer of the logs.
    pub async fn open(location: &Location) -> Result<Self, StoreError> {
        Ok(Self::on(db::Db::open(location).await?))
    }

    /// A store on connections that are open already. Starts the writer of the logs, so a runtime must be there.
    #[must_use]
    pub fn on(db: db::Db) -> Self {
        let inbox = writer::start(db.clone());
        Self { db, inbox, effects: watch::Sender::new(()) }
    }

    /// How many batches wait for the writer of the logs.
    #[must_use]
    pub fn waiting(&self) -> usize {
        self.inbox.max_capacity() - self.inbox.capacity()
    }

    /// Stores what waits to be appended, then ends every connection. Later calls fail.
    pub async fn close(&self) {
        writer::stop(&self.inbox).await;
        self.db.close().await;
    }
}
