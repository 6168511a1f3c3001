//! Checking a backup, and putting it back where nothing is yet.
//!
//! First every entry is compared with the manifest; then all rows are put into a database aside and every log
//! is verified there, row by row; only then is anything put where a server would find it.

use std::{
    collections::BTreeSet,
    fs::{self, File, OpenOptions},
    io::{self, BufRead, BufReader, Read, Write},
    path::{Path, PathBuf},
};

use serde_json::Value;
use sha2::{Digest, Sha256};
use zip::ZipArchive;

use super::{BackupError, Entry, FORMAT, KEPT, MANIFEST, MANIFEST_LIMIT, Manifest, SETTINGS, entry_of};
use crate::{
    engine::time::Timestamp,
    store::{
        Exercise, Location, Store,
        chain::Verifier,
        data_dir::{create_private, database_in},
        refill::{Refill, RefillError},
    },
};

/// Rows of a log that are read at a time.
const PAGE: u32 = 5_000;
/// The database aside.
const ASIDE: &str = "restoring.sqlite";

/// What is in a backup that holds together, or was restored.
#[derive(Debug)]
pub struct Restored {
    /// What it says of itself.
    pub manifest: Manifest,
    /// The exercises in it.
    pub exercises: Vec<Exercise>,
    /// Logs that were verified, and their rows.
    pub logs: Vec<(String, i64)>,
    /// Where the settings were put; they are not used by themselves.
    pub settings: Option<PathBuf>,
}

/// Checks a backup, and keeps nothing of it. What it needs meanwhile lies in `scratch`.
pub async fn check(backup: &Path, scratch: &Path, now: Timestamp) -> Result<Restored, BackupError> {
    let aside = Aside::new(scratch);
    let mut archive = Archive::open(backup)?;
    aside.fill(&mut archive, now).await
}

/// Puts a backup back: into a data directory that holds nothing yet, or, if `location` is PostgreSQL, into an
/// empty database there. The directory must be locked by the caller.
pub async fn restore(backup: &Path, data: &Path, location: &Location, now: Timestamp) -> Result<Restored, BackupError> {
    if database_in(data).exists() || data.join("hall").exists() {
        return Err(BackupError::NotEmpty { path: data.to_owned() });
    }
    let aside = Aside::new(data);
    let mut archive = Archive::open(backup)?;
    let mut restored = aside.fill(&mut archive, now).await?;
    match location {
        Location::Sqlite(path) => {
            fs::rename(&aside.path, path).map_err(|source| BackupError::File { path: path.clone(), source })?;
        }
        Location::Postgres(_) => archive.refill(location, now).await?,
    }
    for name in KEPT {
        if archive.manifest.files.contains_key(name) {
            put_private(&data.join(name), &archive.bytes(name)?)?;
        }
    }
    if archive.manifest.files.contains_key(SETTINGS) {
        let path = data.join("restored-settings.yaml");
        put_private(&path, &archive.bytes(SETTINGS)?)?;
        restored.settings = Some(path);
    }
    Ok(restored)
}

/// A database that goes away again, unless it is put where it belongs.
struct Aside {
    path: PathBuf,
}

impl Aside {
    fn new(folder: &Path) -> Self {
        let aside = Self { path: folder.join(ASIDE) };
        // Of an attempt that was broken off.
        aside.remove();
        aside
    }

    fn remove(&self) {
        for ending in ["", "-wal", "-shm"] {
            let mut path = self.path.clone().into_os_string();
            path.push(ending);
            fs::remove_file(path).ok();
        }
    }

    /// Puts everything into it and verifies every log.
    async fn fill(&self, archive: &mut Archive, now: Timestamp) -> Result<Restored, BackupError> {
        let location = Location::Sqlite(self.path.clone());
        archive.refill(&location, now).await?;
        let store = Store::open(&location).await?;
        let exercises = store.exercises().await?;
        let mut logs = Vec::new();
        for stream in store.streams().await? {
            logs.push((stream.clone(), verify(&store, &stream).await?));
        }
        store.close().await;
        Ok(Restored { manifest: archive.manifest.clone(), exercises, logs, settings: None })
    }
}

impl Drop for Aside {
    fn drop(&mut self) {
        self.remove();
    }
}

/// The head of a log that holds together to its end.
async fn verify(store: &Store, stream: &str) -> Result<i64, BackupError> {
    let broken = |source| BackupError::Chain { stream: stream.to_owned(), source };
    let mut verifier = Verifier::default();
    let mut after = 0;
    loop {
        let rows = store.read_log(stream, after, PAGE).await?;
        let Some(last) = rows.last() else { break };
        after = last.row.seq;
        for row in &rows {
            verifier.push(row).map_err(broken)?;
        }
    }
    let found = verifier.finish().map_err(broken)?.head;
    let expected = store.head(stream).await?.unwrap_or_else(|| found.clone());
    if found != expected {
        return Err(BackupError::Head { stream: stream.to_owned(), found: found.seq, expected: expected.seq });
    }
    Ok(found.seq)
}

/// A backup whose entries are what its manifest says.
struct Archive {
    zip: ZipArchive<BufReader<File>>,
    manifest: Manifest,
}

impl Archive {
    fn open(path: &Path) -> Result<Self, BackupError> {
        let file = File::open(path).map_err(|source| BackupError::File { path: path.to_owned(), source })?;
        let mut zip = ZipArchive::new(BufReader::new(file))?;
        let mut bytes = Vec::new();
        let manifest = zip.by_name(MANIFEST).map_err(|_none| BackupError::Missing { entry: MANIFEST.to_owned() })?;
        manifest.take(MANIFEST_LIMIT).read_to_end(&mut bytes).map_err(BackupError::Read)?;
        let format = serde_json::from_slice::<Value>(&bytes).map_err(BackupError::Manifest)?;
        let found = format["format"].as_u64().and_then(|format| u32::try_from(format).ok()).unwrap_or_default();
        if found != FORMAT {
            return Err(BackupError::Format { found });
        }
        let manifest: Manifest = serde_json::from_slice(&bytes).map_err(BackupError::Manifest)?;
        let mut archive = Self { zip, manifest };
        archive.measure()?;
        Ok(archive)
    }

    fn measure(&mut self) -> Result<(), BackupError> {
        let tables = self.manifest.tables.iter().map(|table| (entry_of(&table.table), table.entry.clone()));
        let files = self.manifest.files.iter().map(|(name, entry)| (name.clone(), entry.clone()));
        let expected: Vec<(String, Entry)> = tables.chain(files).collect();
        let mut names: BTreeSet<String> =
            self.zip.file_names().map(|name| name.map(Into::into)).collect::<Result<_, _>>()?;
        names.remove(MANIFEST);
        for (name, entry) in expected {
            if !names.remove(&name) {
                return Err(BackupError::Missing { entry: name });
            }
            if entry_measured(self.zip.by_name(&name)?, entry.size).map_err(BackupError::Read)? != entry {
                return Err(BackupError::Altered { entry: name });
            }
        }
        names.into_iter().next().map_or(Ok(()), |entry| Err(BackupError::Unknown { entry }))
    }

    fn bytes(&mut self, name: &str) -> Result<Vec<u8>, BackupError> {
        let mut bytes = Vec::new();
        self.zip.by_name(name)?.read_to_end(&mut bytes).map_err(BackupError::Read)?;
        Ok(bytes)
    }

    async fn refill(&mut self, location: &Location, now: Timestamp) -> Result<(), BackupError> {
        let mut refill = Refill::begin(location, &self.manifest.migrations).await?;
        for table in &self.manifest.tables {
            let name = entry_of(&table.table);
            let lines = BufReader::new(self.zip.by_name(&name)?).lines();
            let bad = |row| RefillError::BadRow { table: table.table.name.clone(), row };
            let rows = (1..).zip(lines).map(|(row, line)| {
                let line = line.map_err(|_unreadable| bad(row))?;
                serde_json::from_str::<Vec<Value>>(&line).map_err(|_malformed| bad(row))
            });
            if refill.put(&table.table, rows).await? != table.rows {
                return Err(BackupError::Altered { entry: name });
            }
        }
        Ok(refill.finish(now).await?)
    }
}

/// Size and hash of what an entry unpacks to; of no more than it should have.
fn entry_measured(entry: impl Read, limit: u64) -> io::Result<Entry> {
    let mut hash = Hashing(Sha256::new());
    let size = io::copy(&mut entry.take(limit.saturating_add(1)), &mut hash)?;
    Ok(Entry { size, sha256: hex::encode(hash.0.finalize()) })
}

struct Hashing(Sha256);

impl Write for Hashing {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Writes a file that only its owner may read.
fn put_private(path: &Path, bytes: &[u8]) -> Result<(), BackupError> {
    let failed = |source| BackupError::File { path: path.to_owned(), source };
    if let Some(folder) = path.parent() {
        create_private(folder).map_err(failed)?;
    }
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).and_then(|mut file| file.write_all(bytes).and_then(|()| file.sync_all())).map_err(failed)
}
