//! The connections below a store: as durable as SQLite can be, and silent about passwords.

use drillhall::store::{Location, StoreError, db::Db};
use sqlx::SqlitePool;

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
