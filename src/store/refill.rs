//! Filling an empty database from what was read out of another one, all of it or nothing, and beginning
//! a new generation of every log: whoever comes back with a number of the old one starts afresh.

use std::str::FromStr;

use serde_json::Value;
use sqlx::{
    AssertSqlSafe, ConnectOptions, Connection, PgConnection, SqliteConnection,
    postgres::PgConnectOptions,
    sqlite::{SqliteConnectOptions, SqliteJournalMode},
};

use super::{
    Location, StoreError,
    db::{POSTGRES_MIGRATIONS, SQLITE_MIGRATIONS},
    table::{self, Kind, Table},
};
use crate::engine::time::Timestamp;

/// Why a database was not filled.
#[derive(Debug, thiserror::Error)]
#[expect(missing_docs, reason = "the messages say it")]
pub enum RefillError {
    #[error("the database {location} is not empty: nothing is overwritten, name an empty one")]
    NotEmpty { location: String },
    #[error("it was made by a newer drillhall (its tables have the migration {version}): use that or a newer one")]
    Newer { version: i64 },
    #[error("the table {table:?} is not as this program knows it")]
    OtherTable { table: String },
    #[error("row {row} of the table {table:?} has a value that its column cannot hold")]
    BadRow { table: String, row: u64 },
    #[error("the table {table:?} refers to rows that are not there")]
    Orphans { table: String },
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<sqlx::Error> for RefillError {
    fn from(error: sqlx::Error) -> Self {
        Self::Store(error.into())
    }
}

/// An empty database that is being filled.
pub struct Refill {
    target: Target,
    tables: Vec<Table>,
}

enum Target {
    Sqlite(SqliteConnection),
    Postgres(PgConnection),
}

macro_rules! on {
    ($target:expr, |$connection:ident| $body:expr) => {
        match &mut $target {
            Target::Sqlite($connection) => $body,
            Target::Postgres($connection) => $body,
        }
    };
}

/// Binds the values of a row. None if one does not fit its column.
macro_rules! bound {
    ($statement:expr, $table:expr, $row:expr) => {{
        let mut query = sqlx::query(AssertSqlSafe($statement));
        let mut fits = $table.columns.len() == $row.len();
        for (column, value) in $table.columns.iter().zip($row) {
            query = match (column.kind, value) {
                (Kind::Text, Value::Null) => query.bind(None::<String>),
                (Kind::Bigint, Value::Null) => query.bind(None::<i64>),
                (Kind::Blob, Value::Null) => query.bind(None::<Vec<u8>>),
                (Kind::Text, Value::String(text)) => query.bind(text),
                (Kind::Bigint, Value::Number(number)) => {
                    fits &= number.as_i64().is_some();
                    query.bind(number.as_i64())
                }
                (Kind::Blob, Value::String(text)) => {
                    let bytes = hex::decode(&text).ok();
                    fits &= bytes.is_some();
                    query.bind(bytes)
                }
                _ => {
                    fits = false;
                    query
                }
            };
        }
        fits.then_some(query)
    }};
}

impl Refill {
    /// Makes the tables in an empty database, as these migrations leave them.
    pub async fn begin(location: &Location, migrations: &[i64]) -> Result<Self, RefillError> {
        let known = |version: &i64| match location {
            Location::Sqlite(_) => SQLITE_MIGRATIONS.version_exists(*version),
            Location::Postgres(_) => POSTGRES_MIGRATIONS.version_exists(*version),
        };
        if let Some(version) = migrations.iter().find(|version| !known(version)) {
            return Err(RefillError::Newer { version: *version });
        }
        let last = migrations.iter().max().copied().unwrap_or_default();
        let failed = |source| StoreError::Open { location: location.to_string(), source };
        let (target, tables) = match location {
            Location::Sqlite(path) => {
                let options = SqliteConnectOptions::new().filename(path).create_if_missing(true);
                // Rows may come before those that they refer to; all is looked at in the end.
                let options = options.journal_mode(SqliteJournalMode::Wal).foreign_keys(false);
                let mut connection = options.connect().await.map_err(failed)?;
                empty_sqlite(location, &mut connection).await?;
                SQLITE_MIGRATIONS.run_to(last, &mut connection).await.map_err(StoreError::from)?;
                let tables = table::of_sqlite(&mut connection).await?;
                (Target::Sqlite(connection), tables)
            }
            Location::Postgres(url) => {
                let options = PgConnectOptions::from_str(url).map_err(failed)?;
                let mut connection = options.application_name("drillhall restore").connect().await.map_err(failed)?;
                empty_postgres(location, &mut connection).await?;
                POSTGRES_MIGRATIONS.run_to(last, &mut connection).await.map_err(StoreError::from)?;
                let tables = table::of_postgres(&mut connection).await?;
                (Target::Postgres(connection), tables)
            }
        };
        let mut refill = Self { target, tables };
        on!(refill.target, |connection| sqlx::raw_sql("BEGIN").execute(connection).await?.rows_affected());
        Ok(refill)
    }

    /// Puts rows into a table in place of what a migration may have put there.
    pub async fn put(
        &mut self,
        table: &Table,
        rows: impl IntoIterator<Item = Result<Vec<Value>, RefillError>>,
    ) -> Result<u64, RefillError> {
        let known = self.tables.iter().find(|known| known.name == table.name);
        let fits = known.is_some_and(|known| {
            known.columns.len() == table.columns.len() && table.columns.iter().all(|one| known.columns.contains(one))
        });
        if !fits {
            return Err(RefillError::OtherTable { table: table.name.clone() });
        }
        // The names are those of our own tables from here on.
        let columns: Vec<String> = table.columns.iter().map(|column| format!("\"{}\"", column.name)).collect();
        let places: Vec<String> = (1..=columns.len()).map(|place| format!("${place}")).collect();
        let insert = format!("INSERT INTO \"{}\" ({}) VALUES ({})", table.name, columns.join(", "), places.join(", "));
        let clear = format!("DELETE FROM \"{}\"", table.name);
        on!(self.target, |connection| sqlx::query(AssertSqlSafe(clear.clone()))
            .execute(connection)
            .await?
            .rows_affected());
        let mut count = 0;
        for row in rows {
            let row = row?;
            count += 1;
            let bad = || RefillError::BadRow { table: table.name.clone(), row: count };
            on!(self.target, |connection| {
                let query = bound!(insert.clone(), table, row).ok_or_else(bad)?;
                query.execute(connection).await?.rows_affected()
            });
        }
        Ok(count)
    }

    /// Begins a new generation of every log, keeps everything, and brings the tables up to date.
    pub async fn finish(mut self, now: Timestamp) -> Result<(), RefillError> {
        const RENEW: &str = "UPDATE streams SET term = term + 1,
            generation = CASE WHEN generation >= $1 THEN generation + 1 ELSE $1 END";
        on!(self.target, |connection| sqlx::query(RENEW).bind(now.0).execute(connection).await?.rows_affected());
        if let Target::Sqlite(connection) = &mut self.target {
            let orphan: Option<(String,)> = sqlx::query_as("SELECT \"table\" FROM pragma_foreign_key_check LIMIT 1")
                .fetch_optional(connection)
                .await?;
            if let Some((table,)) = orphan {
                return Err(RefillError::Orphans { table });
            }
        }
        on!(self.target, |connection| sqlx::raw_sql("COMMIT").execute(connection).await?.rows_affected());
        match self.target {
            Target::Sqlite(mut connection) => {
                SQLITE_MIGRATIONS.run(&mut connection).await.map_err(StoreError::from)?;
                connection.close().await?;
            }
            Target::Postgres(mut connection) => {
                POSTGRES_MIGRATIONS.run(&mut connection).await.map_err(StoreError::from)?;
                connection.close().await?;
            }
        }
        Ok(())
    }
}

/// Refuses a database that holds a row. Tables may be there: of an attempt that was broken off.
macro_rules! holds_nothing {
    ($location:expr, $connection:expr, $tables:expr) => {
        for table in $tables {
            let any = AssertSqlSafe(format!("SELECT 1 FROM \"{}\" LIMIT 1", table.name));
            if sqlx::query(any).fetch_optional(&mut *$connection).await?.is_some() {
                return Err(RefillError::NotEmpty { location: $location.to_string() });
            }
        }
    };
}

async fn empty_sqlite(location: &Location, connection: &mut SqliteConnection) -> Result<(), RefillError> {
    holds_nothing!(location, connection, table::of_sqlite(connection).await?);
    Ok(())
}

async fn empty_postgres(location: &Location, connection: &mut PgConnection) -> Result<(), RefillError> {
    holds_nothing!(location, connection, table::of_postgres(connection).await?);
    Ok(())
}
