//! Faults of the disk and of batches: nothing half-stored, nobody else disturbed, and the writer goes
//! on. On SQLite alone, because they need the writer's own connection or the order of one thread.

use std::time::Duration;

use drillhall::{
    engine::time::Timestamp,
    store::{
        AppendError, Batch, Key, Location, Store,
        chain::{NewRow, seal, verify},
        db::Db,
    },
};
use futures_util::future::{join, join_all};
use tempfile::TempDir;
use tokio::time::timeout;

fn location(directory: &TempDir) -> Location {
    Location::Sqlite(directory.path().join("test.sqlite"))
}

/// A store, and the connections below it.
async fn open(directory: &TempDir) -> (Store, Db) {
    let db = Db::open(&location(directory)).await.unwrap();
    (Store::on(db.clone()), db)
}

async fn set_page_limit(db: &Db, pages: i64) -> i64 {
    let Db::Sqlite { writer, .. } = db else { panic!("this test is about SQLite") };
    let sql = format!("PRAGMA max_page_count = {pages}");
    sqlx::query_scalar(sqlx::AssertSqlSafe(sql)).fetch_one(writer).await.unwrap()
}

/// Two rows of 20 kB behind the present head, and a key.
async fn batch(store: &Store, stream: &str, term: i64) -> Batch {
    let head = store.head(stream).await.unwrap().unwrap();
    let row = NewRow {
        at: Timestamp(1),
        actor: "system".to_owned(),
        kind: "noted".to_owned(),
        version: 1,
        body: format!("\"{}\"", "x".repeat(20_000)),
        audiences: "[]".to_owned(),
    };
    let rows = seal(&head.hash, stream, head.seq + 1, vec![row.clone(), row]);
    let key = Key {
        actor: "system".to_owned(),
        key: format!("{}", head.seq),
        body_hash: "hash".to_owned(),
        seq: head.seq + 1,
    };
    Batch {
        stream: stream.to_owned(),
        term,
        expected_seq: head.seq,
        rows,
        parts: Vec::new(),
        keys: vec![key],
        outbox: Vec::new(),
        erase: Vec::new(),
        state: None,
        alive_at: Timestamp(1),
    }
}

#[tokio::test]
async fn a_full_disk_stores_nothing_and_the_writer_goes_on_when_space_is_back() {
    let directory = tempfile::tempdir().unwrap();
    let (store, db) = open(&directory).await;
    let (a, b) = ("exercise/a", "exercise/b");
    let term_a = store.claim_stream(a, Timestamp(1)).await.unwrap().term;
    let term_b = store.claim_stream(b, Timestamp(1)).await.unwrap().term;
    store.append(batch(&store, a, term_a).await).await.unwrap();

    let pages_now = set_page_limit(&db, 1).await;
    for round in 0..3 {
        let (to_a, to_b) = (batch(&store, a, term_a).await, batch(&store, b, term_b).await);
        let (of_a, of_b) = tokio::join!(store.append(to_a), store.append(to_b));
        for error in [of_a.unwrap_err(), of_b.unwrap_err()] {
            let AppendError::Unavailable(source) = error else { panic!("round {round}: {error:?}") };
            let error = source.as_database_error().expect("the database says so");
            assert_eq!(error.code().as_deref(), Some("13"), "SQLITE_FULL");
        }
        // Other changes fail as well, and leave no transaction open.
        let big = "x".repeat(100_000);
        assert!(store.setting_or_insert("big", &big).await.is_err(), "round {round}");
    }
    assert_eq!(store.head(a).await.unwrap().unwrap().seq, 2);
    assert_eq!(store.head(b).await.unwrap().unwrap().seq, 0);
    assert!(store.find_key(b, "system", "0").await.unwrap().is_none());

    set_page_limit(&db, pages_now + 1000).await;
    store.append(batch(&store, a, term_a).await).await.unwrap();
    store.append(batch(&store, b, term_b).await).await.unwrap();
    let rows = store.read_log(a, 0, 100).await.unwrap();
    assert_eq!(verify(&rows).unwrap().head, store.head(a).await.unwrap().unwrap());
    assert_eq!(rows.len(), 4);
    store.close().await;
}

#[tokio::test]
async fn an_unripe_batch_is_stored_when_its_time_comes_or_nobody_waits_for_that() {
    let directory = tempfile::tempdir().unwrap();
    let (store, _db) = open(&directory).await;
    let stream = "exercise/a";
    let term = store.claim_stream(stream, Timestamp(1)).await.unwrap().term;
    for says_so in [true, false] {
        let (ripens, ripe) = tokio::sync::oneshot::channel();
        let before = store.head(stream).await.unwrap().unwrap().seq;
        let mut stored = std::pin::pin!(store.append_when(batch(&store, stream, term).await, Some(ripe)));
        assert!(timeout(Duration::from_millis(100), &mut stored).await.is_err(), "stored before its time");
        assert_eq!(store.head(stream).await.unwrap().unwrap().seq, before);
        if says_so {
            ripens.send(()).unwrap();
        } else {
            drop(ripens);
        }
        stored.await.unwrap();
        assert_eq!(store.head(stream).await.unwrap().unwrap().seq, before + 2);
    }
    store.close().await;
}

/// Far more transactions than the database is left untidied for, with lulls in between.
#[tokio::test]
async fn the_write_ahead_log_is_moved_into_the_file_in_a_lull() {
    let directory = tempfile::tempdir().unwrap();
    let (store, db) = open(&directory).await;
    let stream = "exercise/a";
    let term = store.claim_stream(stream, Timestamp(1)).await.unwrap().term;
    let file = directory.path().join("test.sqlite");
    let length = || std::fs::metadata(&file).unwrap().len();
    let before = length();
    for _ in 0..40 {
        store.append(batch(&store, stream, term).await).await.unwrap();
    }
    timeout(Duration::from_secs(20), async {
        while length() < before + 40 * 2 * 20_000 {
            tokio::task::yield_now().await;
        }
    })
    .await
    .expect("the file holds all rows");
    assert_eq!(store.head(stream).await.unwrap().unwrap().seq, 80);
    db.close().await;
}

#[tokio::test]
async fn a_batch_that_fails_is_taken_out_of_the_joined_transaction() {
    let directory = tempfile::tempdir().unwrap();
    let store = Store::open(&location(&directory)).await.unwrap();
    let mut batches = Vec::new();
    for stream in ["exercise/a", "exercise/b", "exercise/c"] {
        let term = store.claim_stream(stream, Timestamp(1)).await.unwrap().term;
        batches.push(batch(&store, stream, term).await);
    }
    let twice = batches[1].keys[0].clone();
    batches[1].keys.push(twice);
    // On one thread all of them wait before the writer comes to the first.
    let verdicts = join_all(batches.into_iter().map(|batch| store.append(batch))).await;
    assert!(matches!(verdicts[..], [Ok(()), Err(AppendError::Refused(_)), Ok(())]), "{verdicts:?}");
    assert_eq!(store.head("exercise/b").await.unwrap().unwrap().seq, 0);
    assert_eq!(store.head("exercise/c").await.unwrap().unwrap().seq, 2);
}

#[tokio::test]
async fn a_transaction_that_sqlite_rolled_back_by_itself_does_not_block_the_writer() {
    let directory = tempfile::tempdir().unwrap();
    let (store, db) = open(&directory).await;
    let term = store.claim_stream("audit", Timestamp(1)).await.unwrap().term;
    let Db::Sqlite { writer, .. } = &db else { panic!("this test is about SQLite") };
    let mut transaction = writer.begin_with("BEGIN IMMEDIATE").await.unwrap();
    sqlx::raw_sql("ROLLBACK").execute(&mut *transaction).await.unwrap();
    drop(transaction);
    store.append(batch(&store, "audit", term).await).await.unwrap();
    store.append(batch(&store, "audit", term).await).await.unwrap();
}

#[tokio::test]
async fn what_waits_is_stored_before_the_store_closes() {
    let directory = tempfile::tempdir().unwrap();
    let store = Store::open(&location(&directory)).await.unwrap();
    let term = store.claim_stream("audit", Timestamp(1)).await.unwrap().term;
    let (waiting, too_late) = (batch(&store, "audit", term).await, batch(&store, "audit", term).await);
    // On one thread it is handed in before the store closes, and the writer has not come to it.
    let (stored, ()) = join(store.append(waiting), store.close()).await;
    stored.unwrap();
    assert!(matches!(store.append(too_late).await, Err(AppendError::Closed)));

    let again = Store::open(&location(&directory)).await.unwrap();
    assert_eq!(again.read_log("audit", 0, 10).await.unwrap().len(), 2);
}
