//! Why a file is not taken, and what to do instead.

/// Why a file is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
#[expect(missing_docs, reason = "the message says it")]
pub enum Refused {
    #[error("this file is empty: choose the one that you meant")]
    Empty,
    #[error(
        "files of this kind are not taken: hand in a picture (PNG, JPEG, GIF, WebP), a PDF, text, CSV, JSON or a mail in UTF-8, a capture (pcap, pcapng), a document (docx, xlsx, odt) or a zip archive"
    )]
    Unknown,
    #[error(
        "programs are not taken as they are: put it into a zip archive with a password, and say the password in the answer"
    )]
    Program,
    #[error(
        "this file holds scripts or macros that could run where it is opened: save it without them, as PDF or as plain text, or put it into a zip archive with a password"
    )]
    Active,
    #[error(
        "something else is hidden in this file or behind its end: save it anew in the program that it comes from, or hand in a screenshot"
    )]
    Mixed,
    #[error("this file is damaged or cut off: open it, save it anew and hand that in")]
    Broken,
    #[error(
        "this archive unpacks to more than 100 MiB or 1,000 files, or to far more than its size: hand in only what matters of it"
    )]
    TooMuchInside,
    #[error(
        "paths in this archive lead out of it (absolute, with '..', links, or twice the same): pack the files anew from one folder"
    )]
    BadPaths,
    #[error(
        "there is an archive or an office document in this archive: hand that in by itself, or unpack it first and pack everything once"
    )]
    Nested,
    #[error("this archive is packed in a way that cannot be looked into: pack it anew as an ordinary zip")]
    Unreadable,
}

impl Refused {
    /// Stable code, part of the protocol.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Empty => "file_empty",
            Self::Unknown => "file_unknown",
            Self::Program => "file_program",
            Self::Active => "file_active",
            Self::Mixed => "file_mixed",
            Self::Broken => "file_broken",
            Self::TooMuchInside => "archive_too_much",
            Self::BadPaths => "archive_paths",
            Self::Nested => "archive_nested",
            Self::Unreadable => "archive_unreadable",
        }
    }
}
