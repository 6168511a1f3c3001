//! The tables of a database as they are, whatever a migration made of them: to copy them whole
//! ([`super::dump`], [`super::refill`]).

use serde::{Deserialize, Serialize};
use sqlx::{PgConnection, SqliteConnection};

/// The table that sqlx keeps of migrations.
const MIGRATIONS: &str = "_sqlx_migrations";

/// A table: its name and columns.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Table {
    pub name: String,
    pub columns: Vec<TableColumn>,
}

/// A column of a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the names say it")]
pub struct TableColumn {
    pub name: String,
    pub kind: Kind,
}

/// The types that both databases have, and no other is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Kind {
    Text,
    Bigint,
    Blob,
}

impl Kind {
    fn of(name: &str) -> Result<Self, sqlx::Error> {
        match name.to_ascii_lowercase().as_str() {
            "text" => Ok(Self::Text),
            "bigint" => Ok(Self::Bigint),
            "blob" | "bytea" => Ok(Self::Blob),
            other => Err(sqlx::Error::TypeNotFound { type_name: other.to_owned() }),
        }
    }
}

/// Every table of ours, those that others refer to before those.
pub(super) async fn of_sqlite(connection: &mut SqliteConnection) -> Result<Vec<Table>, sqlx::Error> {
    let names: Vec<(String,)> = sqlx::query_as(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> $1 ORDER BY name",
    )
    .bind(MIGRATIONS)
    .fetch_all(&mut *connection)
    .await?;
    let mut found = Vec::new();
    for (name,) in names {
        let columns = sqlx::query_as("SELECT name, type FROM pragma_table_info($1) ORDER BY cid")
            .bind(&name)
            .fetch_all(&mut *connection)
            .await?;
        let parents = sqlx::query_as("SELECT DISTINCT \"table\" FROM pragma_foreign_key_list($1)")
            .bind(&name)
            .fetch_all(&mut *connection)
            .await?;
        found.push(described(name, columns, parents)?);
    }
    Ok(in_order(found))
}

/// Every table of ours, those that others refer to before those.
pub(super) async fn of_postgres(connection: &mut PgConnection) -> Result<Vec<Table>, sqlx::Error> {
    let names: Vec<(String,)> = sqlx::query_as(
        "SELECT table_name::text FROM information_schema.tables
         WHERE table_schema = current_schema() AND table_type = 'BASE TABLE' AND table_name <> $1 ORDER BY 1",
    )
    .bind(MIGRATIONS)
    .fetch_all(&mut *connection)
    .await?;
    let mut found = Vec::new();
    for (name,) in names {
        let columns = sqlx::query_as(
            "SELECT column_name::text, data_type::text FROM information_schema.columns
             WHERE table_schema = current_schema() AND table_name = $1 ORDER BY ordinal_position",
        )
        .bind(&name)
        .fetch_all(&mut *connection)
        .await?;
        let parents = sqlx::query_as(
            "SELECT DISTINCT parent.relname::text FROM pg_constraint
             JOIN pg_class child ON child.oid = conrelid JOIN pg_class parent ON parent.oid = confrelid
             WHERE contype = 'f' AND child.relname = $1 AND child.relnamespace = current_schema()::regnamespace",
        )
        .bind(&name)
        .fetch_all(&mut *connection)
        .await?;
        found.push(described(name, columns, parents)?);
    }
    Ok(in_order(found))
}

type Found = (Table, Vec<String>);

fn described(name: String, columns: Vec<(String, String)>, parents: Vec<(String,)>) -> Result<Found, sqlx::Error> {
    let column = |(name, kind): (String, String)| Ok(TableColumn { name, kind: Kind::of(&kind)? });
    let columns = columns.into_iter().map(column).collect::<Result<_, sqlx::Error>>()?;
    // A table may refer to itself.
    let parents = parents.into_iter().map(|(parent,)| parent).filter(|parent| *parent != name).collect();
    Ok((Table { name, columns }, parents))
}

fn in_order(mut left: Vec<Found>) -> Vec<Table> {
    let mut ordered: Vec<Table> = Vec::new();
    while !left.is_empty() {
        let is_ready = |(_, parents): &Found| parents.iter().all(|one| ordered.iter().any(|table| table.name == *one));
        // Tables that refer to each other in a circle go in the order of their names.
        let next = left.iter().position(is_ready).unwrap_or_default();
        ordered.push(left.remove(next).0);
    }
    ordered
}
