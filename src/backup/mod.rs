//! Everything that a server keeps as one file, made while it serves, and back again.
//!
//! The file is a ZIP archive: one entry of JSON lines for each table, the hall's own certificate
//! authority, the settings file, and last a manifest with size and SHA-256 of each. It is the same for SQLite
//! and PostgreSQL, so what was kept on the one can go on on the other. It holds every secret of the server:
//! it is as private as the data directory.
//!
//! A server that is restored begins a new generation of every log: clients that come back with a number of
//! the old one are told to start afresh, also where both count alike.

mod read;
mod write;

use std::{collections::BTreeMap, io, path::PathBuf};

use serde::{Deserialize, Serialize};

use crate::{
    engine::time::Timestamp,
    store::{StoreError, chain::Broken, refill::RefillError, table::Table},
};

pub use read::{Restored, check, restore};
pub use write::{Written, write};

/// The version of the format.
const FORMAT: u32 = 1;
const MANIFEST: &str = "manifest.json";
/// Most bytes of a manifest that are read.
const MANIFEST_LIMIT: u64 = 16 * 1024 * 1024;
/// Files of the data directory that go along, if they are there.
const KEPT: [&str; 5] = ["hall/ca.crt", "hall/ca.key", "hall/ca.names", "hall/server.crt", "hall/server.key"];
/// What the settings file is called in it.
const SETTINGS: &str = "settings.yaml";

/// What a backup is, and what is in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// The version of the format.
    pub format: u32,
    /// The version of the program that made it.
    pub program: String,
    /// When it was made.
    pub made_at: Timestamp,
    /// The migrations that made the tables what they are.
    pub migrations: Vec<i64>,
    /// The tables, those that others refer to first.
    pub tables: Vec<TableEntry>,
    /// Size and hash of each other file, by its path.
    pub files: BTreeMap<String, Entry>,
}

impl Manifest {
    /// Rows of all tables.
    #[must_use]
    pub fn rows(&self) -> u64 {
        self.tables.iter().map(|table| table.rows).sum()
    }
}

/// A table in a backup.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TableEntry {
    /// Its name and columns.
    #[serde(rename = "schema")]
    pub table: Table,
    /// How many rows it has.
    pub rows: u64,
    /// Size and hash of its lines.
    pub entry: Entry,
}

/// What an entry of the archive must be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// Bytes.
    pub size: u64,
    /// Hash of the bytes.
    pub sha256: String,
}

/// Why a backup was not made, or is not restored.
#[derive(Debug, thiserror::Error)]
#[expect(missing_docs, reason = "the messages say it")]
pub enum BackupError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("the backup could not be written")]
    Write(#[source] io::Error),
    #[error("the backup cannot be read: is it whole?")]
    Zip(#[from] zip::result::ZipError),
    #[error("the backup cannot be read: is it whole?")]
    Read(#[source] io::Error),
    #[error("the manifest of the backup cannot be read")]
    Manifest(#[source] serde_json::Error),
    #[error("it is a backup of format {found}, and this program reads format {FORMAT}")]
    Format { found: u32 },
    #[error("the entry {entry} is missing from the backup")]
    Missing { entry: String },
    #[error("the backup holds {entry}, which its manifest does not name")]
    Unknown { entry: String },
    #[error("the entry {entry} is not what was written: the backup is damaged, or somebody altered it")]
    Altered { entry: String },
    #[error("the rows cannot be put back")]
    Refill(#[from] RefillError),
    #[error("the log {stream} in the backup does not hold together")]
    Chain { stream: String, source: Broken },
    #[error("the log {stream} in the backup ends at row {found}, not at row {expected}")]
    Head { stream: String, found: i64, expected: i64 },
    #[error("there is data in {} already: nothing is overwritten, name an empty directory", path.display())]
    NotEmpty { path: PathBuf },
    #[error("{} could not be written", path.display())]
    File { path: PathBuf, source: io::Error },
}

fn entry_of(table: &Table) -> String {
    format!("tables/{}.jsonl", table.name)
}
