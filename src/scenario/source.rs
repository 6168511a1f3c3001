//! Where the files of a pack come from: a folder, the binary itself, or memory.
//!
//! A path inside a pack is relative, with forward slashes, and never leads out of it. No source
//! reads more than it was told to, whatever the size of the file.

use std::{
    collections::BTreeMap,
    fs::File,
    io::{self, Read},
    path::{Path, PathBuf},
};

use rust_embed::Embed;

/// Why a file of a pack could not be read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// There is none.
    #[error("there is no such file in the pack")]
    Missing,
    /// The path leads out of the pack.
    #[error("the path leads out of the pack")]
    Outside,
    /// It is a folder or a device.
    #[error("this is not a file")]
    NotAFile,
    /// It is larger than allowed.
    #[error("the file has {bytes} bytes, and {limit} are allowed")]
    TooLarge {
        /// Its size.
        bytes: u64,
        /// Size that is allowed.
        limit: u64,
    },
    /// The disk said no.
    #[error("the file cannot be read: {0}")]
    Io(#[from] io::Error),
}

/// Somewhere that packs are read from.
pub trait Source {
    /// The bytes of a file by its path inside the pack, if there are no more than `limit`.
    fn read(&self, path: &str, limit: u64) -> Result<Vec<u8>, ReadError>;
}

/// A pack on disk.
pub struct Folder(PathBuf);

impl Folder {
    /// The pack in this folder.
    #[must_use]
    pub fn new(root: &Path) -> Self {
        Self(root.to_owned())
    }
}

impl Source for Folder {
    fn read(&self, path: &str, limit: u64) -> Result<Vec<u8>, ReadError> {
        if !stays_inside(path) {
            return Err(ReadError::Outside);
        }
        let missing = |error: io::Error| match error.kind() {
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => ReadError::Missing,
            _ => ReadError::Io(error),
        };
        let root = self.0.canonicalize().map_err(missing)?;
        // A symbolic link may stay inside the pack, but not lead out of it.
        let file = root.join(path).canonicalize().map_err(missing)?;
        if !file.starts_with(&root) {
            return Err(ReadError::Outside);
        }
        let metadata = file.metadata()?;
        if !metadata.is_file() {
            return Err(ReadError::NotAFile);
        }
        within(metadata.len(), limit)?;
        let mut bytes = Vec::new();
        // The file may have grown since its size was asked.
        File::open(&file)?.take(limit + 1).read_to_end(&mut bytes)?;
        within(bytes.len() as u64, limit)?;
        Ok(bytes)
    }
}

/// Files by path, in memory: what an importer made.
impl Source for BTreeMap<String, String> {
    fn read(&self, path: &str, limit: u64) -> Result<Vec<u8>, ReadError> {
        if !stays_inside(path) {
            return Err(ReadError::Outside);
        }
        let text = self.get(path).ok_or(ReadError::Missing)?;
        within(text.len() as u64, limit)?;
        Ok(text.as_bytes().to_owned())
    }
}

#[derive(Embed)]
#[folder = "scenarios/"]
#[allow_missing = true]
struct Embedded;

/// A pack that came with the binary.
pub struct Shipped(String);

impl Shipped {
    /// The pack of this name.
    #[must_use]
    pub fn new(name: &str) -> Self {
        Self(name.to_owned())
    }

    /// Names of all packs that came with the binary, in order.
    #[must_use]
    pub fn names() -> Vec<String> {
        let mut names: Vec<String> = Embedded::iter()
            .filter_map(|path| {
                path.strip_suffix("/scenario.yaml").filter(|name| !name.contains('/')).map(str::to_owned)
            })
            .collect();
        names.sort();
        names
    }
}

impl Source for Shipped {
    fn read(&self, path: &str, limit: u64) -> Result<Vec<u8>, ReadError> {
        if !stays_inside(path) || !stays_inside(&self.0) {
            return Err(ReadError::Outside);
        }
        let file = Embedded::get(&format!("{}/{path}", self.0)).ok_or(ReadError::Missing)?;
        within(file.data.len() as u64, limit)?;
        Ok(file.data.into_owned())
    }
}

fn within(bytes: u64, limit: u64) -> Result<(), ReadError> {
    if bytes > limit { Err(ReadError::TooLarge { bytes, limit }) } else { Ok(()) }
}

/// Whether a path is relative and plain on every system: no `..`, no drive, no backslash.
pub(super) fn stays_inside(path: &str) -> bool {
    !path.contains(['\\', ':', '\0']) && path.split('/').all(|part| !matches!(part, "" | "." | ".."))
}
