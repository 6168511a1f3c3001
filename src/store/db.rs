//! The two databases behind the store, and the macros that compile one body for each.
//!
//! SQLite: WAL with `synchronous=FULL`, so that COMMIT means durable; one connection writes, others
//! read. PostgreSQL: one pool; durable as its server is configured (`synchronous_commit`, on unless
//! somebody turned it off).

use std::{path::Path, str::FromStr, time::Duration};

use sqlx::{
    Connection, PgPool, SqlitePool,
    postgres::{PgConnectOptions, PgPoolOptions},
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};

use super::{Location, StoreError};

/// Readers beside the one writer of SQLite. WAL lets them read while it writes.
const SQLITE_READERS: u32 = 4;
/// Connections to PostgreSQL, of which a default server grants a hundred.
const POSTGRES_CONNECTIONS: u32 = 16;
/// How long a statement waits for a lock of another process (a backup) or for a free connection.
const PATIENCE: Duration = Duration::from_secs(10);

#[derive(Clone, Debug)]
pub(super) enum Db {
    Sqlite { writer: SqlitePool, readers: SqlitePool },
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
    pub(super) async fn open(location: &Location) -> Result<Self, StoreError> {
        let open = |source| StoreError::Open { location: location.to_string(), source };
        match location {
            Location::Sqlite(path) => {
                let writer = sqlite_writer(path).await.map_err(open)?;
                sqlx::migrate!("migrations/sqlite").run(&writer).await?;
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
                sqlx::migrate!("migrations/postgres").run(&pool).await?;
                Ok(Self::Postgres(pool))
            }
        }
    }

    /// Ends every connection; SQLite moves its write-ahead log into the file.
    pub(super) async fn close(&self) {
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
        // believes for ever that it is in a transaction. The connection test, which the driver makes
        // first, waits for that rollback; then such a connection is replaced.
        .before_acquire(|connection, _| Box::pin(async move { Ok(!connection.is_in_transaction()) }))
        .connect_with(options)
        .await
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn pragma(pool: &SqlitePool, name: &str) -> String {
        let sql = format!("SELECT CAST({name} AS TEXT) FROM pragma_{name}");
        sqlx::query_scalar(sqlx::AssertSqlSafe(sql)).fetch_one(pool).await.unwrap()
    }

    #[tokio::test]
    async fn sqlite_is_as_durable_as_it_can_be_and_its_readers_only_read() {
        let directory = tempfile::tempdir().unwrap();
        let db = Db::open(&Location::Sqlite(directory.path().join("test.sqlite"))).await.unwrap();
        let Db::Sqlite { writer, readers } = &db else { panic!("a path opens SQLite") };
        assert_eq!(pragma(writer, "journal_mode").await, "wal");
        assert_eq!(pragma(writer, "synchronous").await, "2", "FULL");
        assert_eq!(pragma(writer, "foreign_keys").await, "1");
        assert_eq!(pragma(writer, "secure_delete").await, "1");
        assert!(sqlx::query("DELETE FROM log").execute(readers).await.is_err());
        db.close().await;
    }

    #[tokio::test]
    async fn a_database_that_cannot_be_opened_is_named_but_never_its_password() {
        let missing = Location::Sqlite("/nowhere/at/all.sqlite".into());
        assert!(Db::open(&missing).await.unwrap_err().to_string().contains("/nowhere/at/all.sqlite"));
        let refused = Location::Postgres("postgres://me:secret@localhost/x?host=/nowhere".to_owned());
        let error = Db::open(&refused).await.unwrap_err();
        assert!(matches!(error, StoreError::Open { .. }));
        assert!(!format!("{error:?} {refused:?}").contains("secret"));
    }
}
