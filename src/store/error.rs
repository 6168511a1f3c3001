//! What can go wrong in the store, named for what failed.

use std::{path::PathBuf, sync::Arc};

/// A read or a change that failed.
#[derive(Debug, thiserror::Error)]
#[expect(missing_docs, reason = "the messages say it")]
pub enum StoreError {
    #[error(
        "the database {location} could not be opened: is the path or address right, and may this user read and write it?"
    )]
    Open { location: String, source: sqlx::Error },
    #[error(
        "the tables of the database could not be brought up to date; if a newer drillhall wrote it, use that or a newer one"
    )]
    Migrate(#[from] sqlx::migrate::MigrateError),
    #[error("the database could not be read or written")]
    Database(#[from] sqlx::Error),
    #[error("the database holds {value:?} in column {column} of table {table}, which this program never writes there")]
    Inconsistent { table: &'static str, column: &'static str, value: String },
}

/// A batch that was not stored.
#[derive(Clone, Debug, thiserror::Error)]
#[expect(missing_docs, reason = "the messages say it")]
pub enum AppendError {
    /// Whoever holds the log now goes on; this writer must stop.
    #[error("log {stream} was taken over by another writer (term {held}, ours is {term})")]
    StaleTerm { stream: String, term: i64, held: i64 },
    /// Load what is there, decide again.
    #[error("log {stream} ends at row {head_seq}, not at row {expected_seq}")]
    Conflict { stream: String, expected_seq: i64, head_seq: i64 },
    #[error("log {stream} was never claimed")]
    Unclaimed { stream: String },
    #[error("a batch for log {stream} holds row {seq} where row {expected} should be")]
    Misnumbered { stream: String, seq: i64, expected: i64 },
    /// A fault of this batch (a key or an id used twice): the same batch would fail again.
    #[error("the database refuses this batch")]
    Refused(#[source] Arc<sqlx::Error>),
    /// A fault of the disk or the database: nothing was stored, later the same may work. If the
    /// connection to PostgreSQL broke during COMMIT, all of it may have been stored: read the head
    /// before going on.
    #[error("the database cannot store anything now (disk full or database gone?)")]
    Unavailable(#[source] Arc<sqlx::Error>),
    #[error("the store is closed")]
    Closed,
}

/// A data directory that cannot be used.
#[derive(Debug, thiserror::Error)]
#[expect(missing_docs, reason = "the messages say it")]
pub enum DataDirError {
    #[error("the data directory {} could not be made: may this user write there?", path.display())]
    Create { path: PathBuf, source: std::io::Error },
    #[error("the lock file {} could not be opened or locked", path.display())]
    Lock { path: PathBuf, source: std::io::Error },
    #[error(
        "another drillhall serves from the directory {} (pid {pid}): stop that one, or name another directory",
        path.display()
    )]
    InUse { path: PathBuf, pid: String },
}
