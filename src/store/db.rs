//! The two databases behind the store, and the macros that compile one body for each.
//!
//! SQLite: WAL with `synchronous=FULL`, so that COMMIT means durable; one connection writes, others
//! read. PostgreSQL: one pool; durable as its server is configured (`synchronous_commit`, on unless
//! somebody turned it off).

use std::{path::Path, str::FromStr, time::Duration};

use sqlx::{
    Connection, PgPool, SqlitePool,
    migrate::Migrator,
    postgres::{PgConnectOptions, PgPoolOptions},
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};

use super::{Location, StoreError};

/// Readers beside the one writer of SQLite. WAL lets them read while it writes.
const SQLITE_READERS: u32 = 4;
/// Connections to PostgreSQL, of which a default server grants a hundred.
const POSTGRES_CONNECTIONS: u32 = 16;
/// How long a statement waits for a lock of another process (a backup) or for a free connection.
pub(super) const PATIENCE: Duration = Duration::from_secs(10);

pub(super) static SQLITE_MIGRATIONS: Migrator = sqlx::migrate!("migrations/sqlite");
pub(super) static POSTGRES_MIGRATIONS: Migrator = sqlx::migrate!("migrations/postgres");

/// Open connections to one of the databases. What is changed by them goes past the promises of the
/// store, so they are there for tests and repairs. Clones share them.
#[derive(Clone, Debug)]
pub enum Db {
    /// A file of SQLite.
    Sqlite {
        /// The one connection that writes.
        writer: SqlitePool,
        /// Connections that can only read.
        readers: SqlitePool,
    },
    /// PostgreSQL, for reading and writing alike.
    Postgres(PgPool),
}

/// Reads with one body on either database. Errors may leave by `?`.
macro_rules! reading {
    ($store:expr, |$pool:ident| $body:expr) => {
        match &$store.db {
            $crate::store::db::Db::Sqlite { readers: $pool, .. } => $body,
            $crate::store::db::Db::Postgres($pool) => $body,
        }
    };
}

/// Changes by one statement, with one body on either database.
macro_rules! writing {
    ($store:expr, |$pool:ident| $body:expr) => {
        match &$store.db {
            $crate::store::db::Db::Sqlite { writer: $pool, .. } => $body,
            $crate::store::db::Db::Postgres($pool) => $body,
        }
    };
}

pub(super) use {reading, writing};

impl Db {
    /// Connects, and brings the tables up to date.
    pub async fn open(location: &Location) -> Result<Self, StoreError> {
        let open = |source| StoreError::Open { location: location.to_string(), source };
        match location {
            Location::Sqlite(path) => {
                let writer = sqlite_writer(path).await.map_err(open)?;
                SQLITE_MIGRATIONS.run(&writer).await?;
                let readers = SqlitePoolOptions::new()
                    .max_connections(SQLITE_READERS)
                    .acquire_timeout(PATIENCE)
                    .test_before_acquire(false)
                    .connect_with(sqlite(path).read_only(true))
                    .await
                    .map_err(open)?;
                Ok(Self::Sqlite { writer, readers })
            }
            Location::Postgres(url) => {
                let options = PgConnectOptions::from_str(url).map_err(open)?;
                let pool = PgPoolOptions::new()
                    .max_connections(POSTGRES_CONNECTIONS)
                    .acquire_timeout(PATIENCE)
                    .connect_with(options.application_name("drillhall"))
                    .await
                    .map_err(open)?;
                POSTGRES_MIGRATIONS.run(&pool).await?;
                Ok(Self::Postgres(pool))
            }
        }
    }

    /// Moves what SQLite's write-ahead log holds into the file, unless somebody is in the way. PostgreSQL
    /// does so by itself.
    pub(super) async fn tidy(&self) {
        if let Self::Sqlite { writer, .. } = self
            && let Err(error) = sqlx::query("PRAGMA wal_checkpoint(PASSIVE)").execute(writer).await
        {
            // A later one does it, at the latest a transaction that finds the log too long.
            tracing::warn!(error = &error as &dyn std::error::Error, "the write-ahead log was not moved into the file");
        }
    }

    /// Ends every connection; SQLite moves its write-ahead log into the file.
    pub async fn close(&self) {
        match self {
            Self::Sqlite { writer, readers } => {
                readers.close().await;
                writer.close().await;
            }
            Self::Postgres(pool) => pool.close().await,
        }
    }
}

fn sqlite(path: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new().filename(path).foreign_keys(true).busy_timeout(PATIENCE)
}

async fn sqlite_writer(path: &Path) -> Result<SqlitePool, sqlx::Error> {
    let options = sqlite(path)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        // What is erased is overwritten, not only forgotten.
        .pragma("secure_delete", "ON");
    SqlitePoolOptions::new()
        .max_connections(1)
        .acquire_timeout(PATIENCE)
        .idle_timeout(None)
        .max_lifetime(None)
        // When SQLite has rolled back by itself (disk full), the rollback of the driver fails and it
        // believes for ever that it is in a transaction. A test of the connection waits for that rollback;
        // then such a connection is replaced. Otherwise there is nothing to test.
        .test_before_acquire(false)
        .before_acquire(|connection, _| {
            Box::pin(async move {
                if connection.is_in_transaction() {
                    connection.ping().await?;
                }
                Ok(!connection.is_in_transaction())
            })
        })
        .connect_with(options)
        .await
}
