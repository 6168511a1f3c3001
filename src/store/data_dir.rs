//! The directory that a server keeps its data in, held by one process at a time.

use std::{
    fs::{DirBuilder, File, OpenOptions, TryLockError},
    io::{Read, Seek, Write},
    path::{Path, PathBuf},
};

use super::DataDirError;
use crate::engine::time::Timestamp;

/// Holds the instant of the last backup.
const LAST_BACKUP: &str = "last-backup";

/// File of SQLite in the directory.
const DATABASE: &str = "drillhall.sqlite";

/// A data directory that is ours. The lock goes with the value, also when the process is killed.
#[derive(Debug)]
pub struct DataDir {
    path: PathBuf,
    _lock: File,
}

impl DataDir {
    /// Makes the directory if it is not there (only its owner may enter it) and locks it.
    pub fn open(path: &Path) -> Result<Self, DataDirError> {
        create_private(path).map_err(|source| DataDirError::Create { path: path.to_owned(), source })?;
        let lock_path = path.join("drillhall.lock");
        let failed = |source| DataDirError::Lock { path: lock_path.clone(), source };
        let mut lock =
            OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&lock_path).map_err(failed)?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(DataDirError::InUse { path: path.to_owned(), pid: holder(&mut lock) });
            }
            Err(TryLockError::Error(source)) => return Err(failed(source)),
        }
        write_pid(&mut lock).map_err(failed)?;
        Ok(Self { path: path.to_owned(), _lock: lock })
    }

    /// The database of a directory that another process may serve from, without locking it: for commands that
    /// change what the store keeps safe by itself. Makes the directory if it is not there.
    pub fn shared_database(path: &Path) -> Result<PathBuf, DataDirError> {
        create_private(path).map_err(|source| DataDirError::Create { path: path.to_owned(), source })?;
        Ok(database_in(path))
    }

    /// The directory.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Where the hall's own certificate authority is kept.
    #[must_use]
    pub fn hall(&self) -> PathBuf {
        hall_of(&self.path)
    }

    /// The database in it.
    #[must_use]
    pub fn database(&self) -> PathBuf {
        database_in(&self.path)
    }
}

/// The database in a data directory that somebody else may hold: SQLite lets others read beside a server.
#[must_use]
pub fn database_in(directory: &Path) -> PathBuf {
    directory.join(DATABASE)
}

/// The hall's own certificate authority in a data directory.
#[must_use]
pub fn hall_of(directory: &Path) -> PathBuf {
    directory.join("hall")
}

/// Notes when a backup was made, for those who watch over its age.
pub fn note_backup(directory: &Path, at: Timestamp) -> std::io::Result<()> {
    std::fs::write(directory.join(LAST_BACKUP), format!("{}\n", at.0))
}

/// When the last backup was made; none if none ever was.
#[must_use]
pub fn last_backup(directory: &Path) -> Option<Timestamp> {
    std::fs::read_to_string(directory.join(LAST_BACKUP)).ok()?.trim().parse().ok().map(Timestamp)
}

/// Bytes that may still be written where a directory lies.
pub fn free_bytes(directory: &Path) -> std::io::Result<u64> {
    let space = rustix::fs::statvfs(directory)?;
    Ok(space.f_bavail.saturating_mul(space.f_frsize))
}

/// Makes a directory that only its owner may enter.
pub fn create_private(path: &Path) -> std::io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

fn write_pid(lock: &mut File) -> std::io::Result<()> {
    lock.set_len(0)?;
    lock.rewind()?;
    writeln!(lock, "{}", std::process::id())
}

/// Who holds the lock, as they wrote into it.
fn holder(lock: &mut File) -> String {
    let mut pid = String::new();
    match lock.read_to_string(&mut pid) {
        Ok(read) if read > 0 => pid.trim().to_owned(),
        _ => "unknown".to_owned(),
    }
}
