//! What is backed up comes back to the byte, from either database to either.

use std::path::Path;

use drillhall::{
    backup::{self, Manifest},
    engine::id::FileHash,
    store::{File, Location, Store, data_dir::database_in},
};

use crate::{
    postgres,
    store::fixture::{Bench, NOW, Pen, key},
};

/// A store with something in many of its tables.
async fn filled(bench: &Bench) -> Pen {
    let exercise = bench.exercise("x1").await;
    let mut pen = Pen::claim(&bench.store, "exercise/x1").await;
    pen.write(&bench.store, &[r#"{"type":"a"}"#, r#"{"type":"b","text":"\u00e9\n\"\\"}"#]).await;
    let mut batch = pen.text_batch(3, "words that can be erased, in \u{43f}\u{438}\u{441}\u{44c}\u{43c}\u{43e}");
    batch.keys.push(key("k1", 3));
    pen.follow(&batch);
    let part = batch.parts[0].clone();
    bench.store.append(batch).await.unwrap();
    let gone = pen.text_batch(4, "words that were erased");
    pen.follow(&gone);
    bench.store.append(gone.clone()).await.unwrap();
    let erasing = pen.erasing_batch(&gone.parts[0]);
    pen.follow(&erasing);
    bench.store.append(erasing).await.unwrap();
    assert_ne!(part.id, gone.parts[0].id);
    let hash = FileHash("f".repeat(64));
    let bytes: Vec<u8> = (0..=255).cycle().take(5_000).collect();
    bench.store.put_file(&File { hash: hash.clone(), media_type: "image/png".to_owned(), bytes }).await.unwrap();
    bench.store.add_exercise_file(&exercise, "a.png", &hash).await.unwrap();
    bench.store.setting_or_insert("archive_key", "canary of a key").await.unwrap();
    pen
}

async fn written(location: &Location, data: &Path, file: &Path) -> Manifest {
    let output = std::fs::File::create(file).unwrap();
    backup::write(location, data, None, NOW, output).await.unwrap().manifest
}

/// Tables by name, without those that a restore changes on purpose.
fn tables(manifest: &Manifest) -> Vec<(String, u64, String)> {
    let mut found: Vec<_> = manifest
        .tables
        .iter()
        .filter(|table| table.table.name != "streams")
        .map(|table| (table.table.name.clone(), table.rows, table.entry.sha256.clone()))
        .collect();
    found.sort();
    found
}

async fn comes_back(from: Bench, to: Option<Location>) {
    let folder = tempfile::tempdir().unwrap();
    let pen = filled(&from).await;
    let file = folder.path().join("backup.zip");
    let before = written(&from.location, folder.path(), &file).await;
    assert!(before.tables.iter().map(|table| table.rows).sum::<u64>() > 12);
    let data = folder.path().join("data");
    std::fs::create_dir(&data).unwrap();
    let location = to.unwrap_or_else(|| Location::Sqlite(database_in(&data)));
    let restored = backup::restore(&file, &data, &location, NOW).await.unwrap();
    assert_eq!(restored.logs, [("exercise/x1".to_owned(), 5)]);
    assert_eq!(restored.exercises.len(), 1);
    let again = written(&location, &data, &folder.path().join("again.zip")).await;
    assert_eq!(tables(&again), tables(&before));
    let store = Store::open(&location).await.unwrap();
    assert_eq!(store.setting("archive_key").await.unwrap().as_deref(), Some("canary of a key"));
    assert_eq!(store.find_key("exercise/x1", "person/ada", "k1").await.unwrap().unwrap().seq, 3);
    assert_eq!(store.file(&FileHash("f".repeat(64))).await.unwrap().unwrap().bytes.len(), 5_000);
    let old = from.store.claim_stream("exercise/x1", NOW).await.unwrap();
    let new = store.claim_stream("exercise/x1", NOW).await.unwrap();
    assert_eq!((&new.head, &old.head), (&pen.head, &pen.head));
    assert!(new.generation > old.generation, "clients of the old one start afresh");
    store.close().await;
}

#[tokio::test]
async fn from_sqlite_to_sqlite() {
    comes_back(Bench::sqlite().await, None).await;
}

#[tokio::test]
async fn from_postgres_to_sqlite() {
    let Some(bench) = Bench::postgres().await else { return };
    comes_back(bench, None).await;
}

#[tokio::test]
async fn from_sqlite_to_postgres() {
    let Some(url) = postgres::database().await else { return };
    comes_back(Bench::sqlite().await, Some(Location::Postgres(url))).await;
}

#[tokio::test]
async fn from_postgres_to_postgres() {
    let (Some(bench), Some(url)) = (Bench::postgres().await, postgres::database().await) else { return };
    comes_back(bench, Some(Location::Postgres(url))).await;
}

/// What a backup sees is what was committed when it began.
async fn sees_one_instant(bench: Bench) {
    let mut pen = filled(&bench).await;
    let mut snapshot = drillhall::store::dump::Snapshot::open(&bench.location).await.unwrap();
    pen.write(&bench.store, &[r#"{"type":"later"}"#]).await;
    let tables = snapshot.tables().await.unwrap();
    let mut rows = Vec::new();
    for table in tables.iter().filter(|table| table.name == "log" || table.name == "streams") {
        let read = snapshot.read(table, |row| {
            rows.push(row);
            Ok::<_, drillhall::store::StoreError>(())
        });
        read.await.unwrap();
    }
    snapshot.close().await;
    let text = serde_json::to_string(&rows).unwrap();
    assert_eq!(rows.len(), 6, "five rows of the log, and its head");
    assert!(!text.contains("later"));
    assert_eq!(bench.store.head("exercise/x1").await.unwrap().unwrap().seq, 6, "writing went on");
}

#[tokio::test]
async fn sees_one_instant_of_sqlite() {
    sees_one_instant(Bench::sqlite().await).await;
}

#[tokio::test]
async fn sees_one_instant_of_postgres() {
    let Some(bench) = Bench::postgres().await else { return };
    sees_one_instant(bench).await;
}
