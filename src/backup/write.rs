//! Making a backup.

use std::{
    collections::BTreeMap,
    fs,
    io::{self, Write},
    path::Path,
};

use sha2::{Digest, Sha256};
use zip::{
    ZipWriter,
    write::{SimpleFileOptions, StreamWriter},
};

use super::{BackupError, Entry, FORMAT, KEPT, MANIFEST, Manifest, SETTINGS, TableEntry, entry_of};
use crate::{
    engine::time::Timestamp,
    store::{Location, dump::Snapshot},
};

/// What was written.
#[derive(Clone, Debug)]
pub struct Written {
    /// What is in it.
    pub manifest: Manifest,
    /// Size and hash of the whole file.
    pub whole: Entry,
    /// Whether the tables are just as this program makes them.
    pub is_current: bool,
}

/// Writes everything of a server: its database as it is at this instant, and of its data directory what is
/// not in the database. It may be serving.
pub async fn write(
    location: &Location,
    data: &Path,
    settings: Option<&Path>,
    made_at: Timestamp,
    output: impl Write,
) -> Result<Written, BackupError> {
    let mut snapshot = Snapshot::open(location).await?;
    let mut archive = Archive(ZipWriter::new_stream(Measured::new(output)));
    let mut tables = Vec::new();
    for table in snapshot.tables().await? {
        let mut entry = archive.begin(&entry_of(&table))?;
        let mut rows = 0;
        snapshot
            .read(&table, |fields| {
                rows += 1;
                let mut line = serde_json::to_vec(&fields).map_err(|error| BackupError::Write(error.into()))?;
                line.push(b'\n');
                entry.write_all(&line).map_err(BackupError::Write)
            })
            .await?;
        let entry = entry.measured();
        tables.push(TableEntry { table, rows, entry });
    }
    let (migrations, is_current) = (snapshot.migrations().await?, snapshot.is_current().await?);
    snapshot.close().await;
    let mut files = BTreeMap::new();
    let kept = KEPT.iter().map(|name| (*name, data.join(name)));
    for (name, path) in kept.chain(settings.map(|path| (SETTINGS, path.to_owned()))) {
        match fs::read(&path) {
            Ok(bytes) => drop(files.insert(name.to_owned(), archive.put(name, &bytes)?)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(source) => return Err(BackupError::File { path, source }),
        }
    }
    let program = env!("CARGO_PKG_VERSION").to_owned();
    let manifest = Manifest { format: FORMAT, program, made_at, migrations, tables, files };
    let mut bytes = serde_json::to_vec_pretty(&manifest).map_err(BackupError::Manifest)?;
    bytes.push(b'\n');
    archive.put(MANIFEST, &bytes)?;
    let mut output = archive.0.finish()?.into_inner();
    output.flush().map_err(BackupError::Write)?;
    Ok(Written { manifest, whole: output.measured(), is_current })
}

type Zip<W> = ZipWriter<StreamWriter<Measured<W>>>;

struct Archive<W: Write>(Zip<W>);

impl<W: Write> Archive<W> {
    fn begin(&mut self, name: &str) -> Result<Measured<&mut Zip<W>>, BackupError> {
        // A table may be of any size. The time is that of the manifest alone.
        let options = SimpleFileOptions::default().large_file(true).last_modified_time(zip::DateTime::default());
        self.0.start_file(name, options.unix_permissions(0o600))?;
        Ok(Measured::new(&mut self.0))
    }

    fn put(&mut self, name: &str, bytes: &[u8]) -> Result<Entry, BackupError> {
        let mut entry = self.begin(name)?;
        entry.write_all(bytes).map_err(BackupError::Write)?;
        Ok(entry.measured())
    }
}

/// Counts and hashes what is written through it.
struct Measured<W> {
    inner: W,
    size: u64,
    hash: Sha256,
}

impl<W> Measured<W> {
    fn new(inner: W) -> Self {
        Self { inner, size: 0, hash: Sha256::new() }
    }

    fn measured(self) -> Entry {
        Entry { size: self.size, sha256: hex::encode(self.hash.finalize()) }
    }
}

impl<W: Write> Write for Measured<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.inner.write(bytes)?;
        self.size += written as u64;
        self.hash.update(&bytes[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}
