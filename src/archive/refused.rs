//! What is wrong with an archive or a log: a stable code, the reason with the place, and what to do.

use std::io;

use super::{
    BYTES_LIMIT, ENTRIES_LIMIT, KEY, LOG, MANIFEST, SIGNATURE,
    log::{LogCause, LogFault},
    manifest::FORMAT,
};
use crate::{engine::id::FileHash, store::jsonl::ExportError};

/// Why an archive or a log is refused. Names of entries are shown so that no letter in them deceives.
#[derive(Debug, thiserror::Error)]
#[expect(missing_docs, reason = "the messages say it")]
pub enum Refused {
    #[error("the file cannot be read")]
    Unreadable(#[source] io::Error),
    #[error("the file is not a whole ZIP archive: its list of contents is not at its end")]
    CutOff,
    #[error("something lies in the file beside the archive")]
    Mixed,
    #[error("the list of contents is damaged")]
    Damaged(#[source] Option<zip::result::ZipError>),
    #[error("there are two entries of one name")]
    DoubleName,
    #[error("there are {found} entries, more than the {ENTRIES_LIMIT} that are read")]
    TooManyEntries { found: usize },
    #[error("the file, or what is in it, has more than the {} MiB that are read", BYTES_LIMIT / 1024 / 1024)]
    TooLarge,
    #[error("entry {entry:?} would unpack to far more than any honest file does, or lies over another one")]
    Bomb { entry: String },
    #[error("entry {entry:?} has a name that leads out of the folder it is unpacked to")]
    Path { entry: String },
    #[error("entry {entry:?} has another name before its bytes than in the list of contents")]
    TwoNames { entry: String },
    #[error("entry {entry:?} is a link to something else")]
    Link { entry: String },
    #[error("entry {entry:?} is encrypted")]
    Encrypted { entry: String },
    #[error("entry {entry:?} is packed in a way that drillhall never uses")]
    Method { entry: String },
    #[error("entry {entry:?} cannot be unpacked: it was cut off, or altered")]
    EntryDamaged { entry: String, source: io::Error },
    #[error("there is no entry {entry:?}, which every archive has")]
    EntryAbsent { entry: String },
    #[error("entry {entry:?} is larger than the {limit} bytes that are read of it")]
    EntryTooLarge { entry: String, limit: u64 },
    #[error("the archive has format {found}, this program reads format {FORMAT}")]
    Newer { found: u32 },
    #[error("entry {MANIFEST:?} is not written the way drillhall writes it")]
    ManifestMalformed(#[source] Option<serde_json::Error>),
    #[error("entry {KEY:?} is no public key")]
    KeyMalformed,
    #[error("entry {SIGNATURE:?} is no signature of {MANIFEST:?} by {KEY:?}: one of the three was altered")]
    SignatureWrong,
    #[error("the archive is signed with the key {found}, not with {expected}")]
    OtherKey { found: String, expected: String },
    #[error("entry {entry:?} is named in the manifest and is not there")]
    EntryMissing { entry: String },
    #[error("entry {entry:?} is not named in the manifest")]
    EntryUnlisted { entry: String },
    #[error("entry {entry:?} is not what the manifest says: it was altered")]
    EntryAltered { entry: String },
    #[error("entry {LOG:?} ends at row {found} and the manifest says {expected}: one of them is of another archive")]
    OtherHead { found: i64, expected: i64 },
    #[error("entry {MANIFEST:?} does not name the same erased texts as the log")]
    OtherErased,
    #[error("row {row} of the log names the file {hash}, and it is neither there nor said to be absent")]
    FileMissing { row: i64, hash: FileHash },
    #[error("the log cannot be read")]
    Header(#[source] ExportError),
    #[error("the log cannot be trusted from row {row} on")]
    Log { row: i64, source: LogCause },
}

impl From<LogFault> for Refused {
    fn from(LogFault { row, cause: source }: LogFault) -> Self {
        Self::Log { row, source }
    }
}

impl Refused {
    /// Stable name of the fault.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Unreadable(_) => "unreadable",
            Self::CutOff => "archive_cut_off",
            Self::Mixed => "archive_mixed",
            Self::Damaged(_) => "archive_damaged",
            Self::DoubleName => "archive_double_name",
            Self::TooManyEntries { .. } | Self::TooLarge => "archive_too_much",
            Self::Bomb { .. } => "archive_bomb",
            Self::Path { .. } => "archive_path",
            Self::TwoNames { .. } => "archive_two_names",
            Self::Link { .. } => "archive_link",
            Self::Encrypted { .. } => "archive_encrypted",
            Self::Method { .. } => "archive_method",
            Self::EntryDamaged { .. } => "entry_damaged",
            Self::EntryAbsent { .. } | Self::EntryMissing { .. } => "entry_missing",
            Self::EntryTooLarge { .. } => "entry_too_large",
            Self::Newer { .. } => "archive_newer",
            Self::ManifestMalformed(_) => "manifest_malformed",
            Self::KeyMalformed | Self::SignatureWrong => "signature_wrong",
            Self::OtherKey { .. } => "key_other",
            Self::EntryUnlisted { .. } => "entry_unlisted",
            Self::EntryAltered { .. } => "entry_altered",
            Self::OtherHead { .. } => "head_other",
            Self::OtherErased => "erased_other",
            Self::FileMissing { .. } => "file_missing",
            Self::Header(error) => error.code(),
            Self::Log { source, .. } => source.code(),
        }
    }

    /// What to do.
    #[must_use]
    pub fn advice(&self) -> &'static str {
        match self {
            Self::Unreadable(_) => "check the path, and that you may read the file",
            Self::Newer { .. } => "use a newer drillhall",
            Self::Header(ExportError::OtherFormat { .. }) | Self::Log { source: LogCause::Row(_), .. } => {
                "use a newer drillhall, or ask for a new export"
            }
            Self::OtherKey { .. } => "ask the people of that server which key is theirs; trust neither until you know",
            Self::TooManyEntries { .. } | Self::TooLarge | Self::EntryTooLarge { .. } => {
                "ask for the log alone (log.jsonl), which makes the same report"
            }
            Self::Bomb { .. }
            | Self::Path { .. }
            | Self::TwoNames { .. }
            | Self::Link { .. }
            | Self::Method { .. }
            | Self::Encrypted { .. } => {
                "do not unpack this file; drillhall never wrote it so: ask for a new export, and who sent this one"
            }
            _ => "ask for a new export, and keep this file to find out what became of it",
        }
    }

    /// The first row that is not to be trusted, if it is the log itself that is at fault.
    #[must_use]
    pub fn row(&self) -> Option<i64> {
        match self {
            Self::Log { row, .. } => Some(*row),
            _ => None,
        }
    }
}
