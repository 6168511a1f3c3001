//! A backup that is damaged, altered or not for this program is refused, and nothing is left behind.

use std::{
    collections::BTreeMap,
    fs,
    io::{Read, Write},
    path::Path,
};

use drillhall::{
    backup::{self, BackupError},
    store::{Location, data_dir::database_in},
};
use serde_json::Value;
use sha2::{Digest, Sha256};
use zip::{ZipArchive, ZipWriter, write::SimpleFileOptions};

use crate::store::fixture::{Bench, NOW, Pen};

type Entries = BTreeMap<String, Vec<u8>>;

async fn entries() -> Entries {
    let bench = Bench::sqlite().await;
    bench.exercise("x1").await;
    let mut pen = Pen::claim(&bench.store, "exercise/x1").await;
    pen.write(&bench.store, &[r#"{"type":"a"}"#, r#"{"type":"b"}"#, r#"{"type":"c"}"#]).await;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("backup.zip");
    backup::write(&bench.location, folder.path(), None, NOW, fs::File::create(&path).unwrap()).await.unwrap();
    let mut zip = ZipArchive::new(fs::File::open(&path).unwrap()).unwrap();
    let mut entries = Entries::new();
    for index in 0..zip.len() {
        let mut entry = zip.by_index(index).unwrap();
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).unwrap();
        entries.insert(entry.name().unwrap().into_owned(), bytes);
    }
    entries
}

fn write(entries: &Entries, path: &Path) {
    let mut zip = ZipWriter::new(fs::File::create(path).unwrap());
    for (name, bytes) in entries {
        zip.start_file(name.as_str(), SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap();
}

/// What comes of restoring these entries into an empty directory, in which nothing is left then.
async fn refused(entries: &Entries) -> BackupError {
    let folder = tempfile::tempdir().unwrap();
    let (file, data) = (folder.path().join("backup.zip"), folder.path().join("data"));
    fs::create_dir(&data).unwrap();
    write(entries, &file);
    let error = backup::restore(&file, &data, &Location::Sqlite(database_in(&data)), NOW).await.unwrap_err();
    let left: Vec<_> = fs::read_dir(&data).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert!(left.is_empty(), "{left:?}");
    error
}

/// Alters the manifest.
fn amend(entries: &mut Entries, change: impl FnOnce(&mut Value)) {
    let manifest = entries.get_mut("manifest.json").unwrap();
    let mut value: Value = serde_json::from_slice(manifest).unwrap();
    change(&mut value);
    *manifest = serde_json::to_vec(&value).unwrap();
}

/// Alters a table as somebody does who can count.
fn forge(entries: &mut Entries, table: &str, change: impl FnOnce(&str) -> String) {
    let name = format!("tables/{table}.jsonl");
    let lines = change(std::str::from_utf8(&entries[&name]).unwrap());
    let (size, rows, hash) = (lines.len(), lines.lines().count(), hex::encode(Sha256::digest(&lines)));
    entries.insert(name, lines.into_bytes());
    amend(entries, |manifest| {
        let tables = manifest["tables"].as_array_mut().unwrap();
        let entry = tables.iter_mut().find(|one| one["schema"]["name"] == table).unwrap();
        entry["rows"] = rows.into();
        entry["entry"]["size"] = size.into();
        entry["entry"]["sha256"] = hash.into();
    });
}

#[tokio::test]
async fn every_entry_is_what_the_manifest_says() {
    let good = entries().await;
    let mut altered = good.clone();
    altered.get_mut("tables/log.jsonl").unwrap()[20] ^= 1;
    assert!(matches!(refused(&altered).await, BackupError::Altered { entry } if entry == "tables/log.jsonl"));
    let mut longer = good.clone();
    longer.get_mut("tables/people.jsonl").unwrap().push(b'\n');
    assert!(matches!(refused(&longer).await, BackupError::Altered { .. }));
    let mut missing = good.clone();
    missing.remove("tables/parts.jsonl");
    assert!(matches!(refused(&missing).await, BackupError::Missing { .. }));
    let mut more = good.clone();
    more.insert("../../evil".to_owned(), b"x".to_vec());
    assert!(matches!(refused(&more).await, BackupError::Unknown { .. }));
    let mut headless = good;
    headless.remove("manifest.json");
    assert!(matches!(refused(&headless).await, BackupError::Missing { .. }));
}

#[tokio::test]
async fn every_row_of_a_log_holds_together_and_none_is_cut_off() {
    let good = entries().await;
    let mut altered = good.clone();
    forge(&mut altered, "log", |lines| lines.replace(r#"{\"type\":\"b\"}"#, r#"{\"type\":\"d\"}"#));
    assert!(matches!(refused(&altered).await, BackupError::Chain { stream, .. } if stream == "exercise/x1"));
    let mut cut = good.clone();
    forge(&mut cut, "log", |lines| lines.lines().take(2).flat_map(|line| [line, "\n"]).collect());
    assert!(matches!(refused(&cut).await, BackupError::Head { found: 2, expected: 3, .. }));
    let mut orphaned = good.clone();
    forge(&mut orphaned, "exercises", |_| String::new());
    assert!(refused(&orphaned).await.to_string().contains("put back"));
    let mut nonsense = good;
    forge(&mut nonsense, "log", |lines| lines.replacen('[', "[[", 1));
    assert!(matches!(refused(&nonsense).await, BackupError::Refill(_)));
}

#[tokio::test]
async fn what_another_program_wrote_is_refused_with_the_reason() {
    let good = entries().await;
    let mut newer = good.clone();
    amend(&mut newer, |manifest| manifest["migrations"].as_array_mut().unwrap().push(29_991_231_000_000_i64.into()));
    let error = refused(&newer).await;
    assert!(std::error::Error::source(&error).unwrap().to_string().contains("newer drillhall"), "{error:?}");
    let mut format = good.clone();
    amend(&mut format, |manifest| manifest["format"] = 2.into());
    assert!(matches!(refused(&format).await, BackupError::Format { found: 2 }));
    let mut column = good;
    amend(&mut column, |manifest| {
        manifest["tables"][0]["schema"]["columns"][0]["name"] = "x\"; DROP TABLE log; --".into();
    });
    assert!(matches!(refused(&column).await, BackupError::Refill(_)));
}

#[tokio::test]
async fn nothing_that_is_there_is_overwritten() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("backup.zip");
    write(&entries().await, &file);
    let data = folder.path().join("data");
    fs::create_dir(&data).unwrap();
    let location = Location::Sqlite(database_in(&data));
    backup::restore(&file, &data, &location, NOW).await.unwrap();
    let before = fs::read(database_in(&data)).unwrap();
    let again = backup::restore(&file, &data, &location, NOW).await.unwrap_err();
    assert!(matches!(again, BackupError::NotEmpty { .. }));
    assert_eq!(fs::read(database_in(&data)).unwrap(), before);
    if let Some(full) = Bench::postgres().await {
        full.exercise("here").await;
        let other = folder.path().join("other");
        fs::create_dir(&other).unwrap();
        let error = backup::restore(&file, &other, &full.location, NOW).await.unwrap_err();
        assert!(std::error::Error::source(&error).unwrap().to_string().contains("not empty"), "{error:?}");
    }
}
