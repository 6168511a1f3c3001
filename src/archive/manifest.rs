//! The manifest: what is in an archive, byte for byte, and what is known to be absent.

use serde::{Deserialize, Serialize};

use super::{KEY, MANIFEST, Refused, SIGNATURE};
use crate::engine::{
    id::{ExerciseId, FileHash, PartId},
    marking::MARKING,
};

/// Version of the format.
pub const FORMAT: u32 = 1;

/// What an archive says of itself. It is signed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// Version of the format.
    pub drillhall_archive: u32,
    /// `EXERCISE EXERCISE EXERCISE`, and `REHEARSAL` if it was one.
    pub marking: String,
    /// Which exercise.
    pub exercise: ExerciseId,
    /// Whether it was a rehearsal.
    pub rehearsal: bool,
    /// Rows of the log.
    pub rows: i64,
    /// Hash of the last one.
    pub head: String,
    /// Every entry but the manifest, its signature and the key, in the order of the archive.
    pub files: Vec<Listed>,
    /// Texts that were erased, as the log says.
    pub erased_texts: Vec<PartId>,
    /// Files that the log names and that are not in the archive.
    pub absent_files: Vec<Absent>,
}

/// An entry of the archive.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Listed {
    pub path: String,
    pub bytes: u64,
    pub sha256: String,
}

/// A file that is not there.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Absent {
    pub sha256: FileHash,
    pub why: Why,
}

/// Why a file is not there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// It was erased, together with its name.
    Erased,
    /// The server that wrote the archive did not have it.
    Missing,
    /// What the server had under its hash were other bytes.
    Altered,
}

/// The version alone, to tell an archive of a newer program from a broken one.
#[derive(Deserialize)]
struct Version {
    drillhall_archive: u32,
}

impl Manifest {
    /// The bytes that are signed: the only ones that this manifest is written as.
    pub(super) fn bytes(&self) -> Result<Vec<u8>, serde_json::Error> {
        let mut bytes = serde_json::to_vec_pretty(self)?;
        bytes.push(b'\n');
        Ok(bytes)
    }

    /// Reads a manifest that was written the way [`Manifest::bytes`] does.
    pub(super) fn read(bytes: &[u8]) -> Result<Self, Refused> {
        let malformed = |source| Refused::ManifestMalformed(Some(source));
        let version: Version = serde_json::from_slice(bytes).map_err(malformed)?;
        if version.drillhall_archive > FORMAT {
            return Err(Refused::Newer { found: version.drillhall_archive });
        }
        let manifest: Self = serde_json::from_slice(bytes).map_err(malformed)?;
        let mut paths: Vec<&str> = manifest.files.iter().map(|file| file.path.as_str()).collect();
        paths.sort_unstable();
        let doubled = paths.windows(2).any(|pair| pair.first() == pair.last());
        let names_itself = [MANIFEST, SIGNATURE, KEY].iter().any(|own| paths.contains(own));
        let canonical = manifest.bytes().map_err(malformed)? == bytes;
        let marked = manifest.marking.starts_with(MARKING);
        if manifest.drillhall_archive != FORMAT || doubled || names_itself || !canonical || !marked {
            return Err(Refused::ManifestMalformed(None));
        }
        Ok(manifest)
    }
}
