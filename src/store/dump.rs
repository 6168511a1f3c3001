//! Reading a whole database as it is at one instant, while others write to it: one transaction that
//! sees what was committed before it and nothing after.

use std::str::FromStr;

use futures_util::TryStreamExt;
use serde_json::Value;
use sqlx::{
    AssertSqlSafe, ConnectOptions, Connection, PgConnection, Row, SqliteConnection, postgres::PgConnectOptions,
    sqlite::SqliteConnectOptions,
};

use super::{
    Location, StoreError,
    db::{PATIENCE, POSTGRES_MIGRATIONS, SQLITE_MIGRATIONS},
    table::{self, Kind, Table},
};

/// A database as it was when this was opened.
pub struct Snapshot(Source);

/// How a database stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Health {
    /// A newer program wrote it.
    pub is_newer: bool,
    /// Migrations that the next start brings.
    pub pending: usize,
    /// What is broken in it.
    pub damage: Option<String>,
}

enum Source {
    Sqlite(SqliteConnection),
    Postgres(PgConnection),
}

/// The fields of one row in the order of the columns: texts and numbers as they are, bytes in hexadecimal.
macro_rules! fields {
    ($row:expr, $table:expr) => {{
        let field = |(index, column): (usize, &table::TableColumn)| {
            Ok(match column.kind {
                Kind::Text => $row.try_get::<Option<String>, _>(index)?.map_or(Value::Null, Value::from),
                Kind::Bigint => $row.try_get::<Option<i64>, _>(index)?.map_or(Value::Null, Value::from),
                Kind::Blob => {
                    let bytes = $row.try_get::<Option<Vec<u8>>, _>(index)?;
                    bytes.map_or(Value::Null, |bytes| Value::from(hex::encode(bytes)))
                }
            })
        };
        $table.columns.iter().enumerate().map(field).collect::<Result<Vec<Value>, sqlx::Error>>()?
    }};
}

impl Snapshot {
    /// Opens a database that may be served meanwhile. Nothing is written to it.
    pub async fn open(location: &Location) -> Result<Self, StoreError> {
        let failed = |source| StoreError::Open { location: location.to_string(), source };
        match location {
            Location::Sqlite(path) => {
                let options = SqliteConnectOptions::new().filename(path).busy_timeout(PATIENCE);
                let mut connection = options.pragma("query_only", "ON").connect().await.map_err(failed)?;
                // It sees what it sees from its first read on.
                sqlx::raw_sql("BEGIN; SELECT count(*) FROM sqlite_master").execute(&mut connection).await?;
                Ok(Self(Source::Sqlite(connection)))
            }
            Location::Postgres(url) => {
                let options = PgConnectOptions::from_str(url).map_err(failed)?;
                let mut connection = options.application_name("drillhall backup").connect().await.map_err(failed)?;
                sqlx::raw_sql("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SELECT 1")
                    .execute(&mut connection)
                    .await?;
                Ok(Self(Source::Postgres(connection)))
            }
        }
    }

    /// Every table, those that others refer to first.
    pub async fn tables(&mut self) -> Result<Vec<Table>, StoreError> {
        Ok(match &mut self.0 {
            Source::Sqlite(connection) => table::of_sqlite(connection).await?,
            Source::Postgres(connection) => table::of_postgres(connection).await?,
        })
    }

    /// The migrations that made the tables what they are.
    pub async fn migrations(&mut self) -> Result<Vec<i64>, StoreError> {
        const APPLIED: &str = "SELECT version FROM _sqlx_migrations WHERE success ORDER BY version";
        let applied: Vec<(i64,)> = match &mut self.0 {
            Source::Sqlite(connection) => sqlx::query_as(APPLIED).fetch_all(connection).await?,
            Source::Postgres(connection) => sqlx::query_as(APPLIED).fetch_all(connection).await?,
        };
        Ok(applied.into_iter().map(|(version,)| version).collect())
    }

    /// Whether the tables are just as this program makes them: then it may write beside the server.
    pub async fn is_current(&mut self) -> Result<bool, StoreError> {
        let applied = self.migrations().await?;
        let known = match &self.0 {
            Source::Sqlite(_) => &SQLITE_MIGRATIONS,
            Source::Postgres(_) => &POSTGRES_MIGRATIONS,
        };
        Ok(known.iter().map(|migration| migration.version).eq(applied))
    }

    /// Whether the database can be served by this program.
    pub async fn health(&mut self) -> Result<Health, StoreError> {
        let applied = self.migrations().await?;
        let known = match &self.0 {
            Source::Sqlite(_) => &SQLITE_MIGRATIONS,
            Source::Postgres(_) => &POSTGRES_MIGRATIONS,
        };
        let is_newer = applied.iter().any(|version| !known.version_exists(*version));
        let pending = known.iter().filter(|migration| !applied.contains(&migration.version)).count();
        let damage = match &mut self.0 {
            Source::Sqlite(connection) => {
                let (said,): (String,) = sqlx::query_as("PRAGMA quick_check(1)").fetch_one(connection).await?;
                Some(said).filter(|said| said != "ok")
            }
            // It looks after itself.
            Source::Postgres(_) => None,
        };
        Ok(Health { is_newer, pending, damage })
    }

    /// Reads a table row by row.
    pub async fn read<E: From<StoreError>>(
        &mut self,
        table: &Table,
        mut each: impl FnMut(Vec<Value>) -> Result<(), E>,
    ) -> Result<(), E> {
        let columns: Vec<String> = table.columns.iter().map(|column| format!("\"{}\"", column.name)).collect();
        // Names come from the database itself.
        let statement = || AssertSqlSafe(format!("SELECT {} FROM \"{}\"", columns.join(", "), table.name));
        let failed = |error: sqlx::Error| E::from(StoreError::from(error));
        match &mut self.0 {
            Source::Sqlite(connection) => {
                let mut rows = sqlx::query(statement()).fetch(connection);
                while let Some(row) = rows.try_next().await.map_err(failed)? {
                    let fields = || -> Result<_, sqlx::Error> { Ok(fields!(row, table)) };
                    each(fields().map_err(failed)?)?;
                }
            }
            Source::Postgres(connection) => {
                let mut rows = sqlx::query(statement()).fetch(connection);
                while let Some(row) = rows.try_next().await.map_err(failed)? {
                    let fields = || -> Result<_, sqlx::Error> { Ok(fields!(row, table)) };
                    each(fields().map_err(failed)?)?;
                }
            }
        }
        Ok(())
    }

    /// Ends the transaction and the connection.
    pub async fn close(self) {
        // It has written nothing, so there is nothing that could fail to be kept.
        match self.0 {
            Source::Sqlite(connection) => connection.close().await.ok(),
            Source::Postgres(connection) => connection.close().await.ok(),
        };
    }
}
