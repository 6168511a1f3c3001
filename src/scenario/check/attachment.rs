//! Attachments: files of the pack, of kinds that are safe to open.

use sha2::{Digest, Sha256};

use super::Checker;
use crate::{
    engine::{id::FileHash, plan::Attachment},
    scenario::{
        PackFile, model,
        parse::{read_error_code, sentence},
        value::At,
    },
};

/// Most bytes of one attachment.
const MAX_FILE_BYTES: u64 = 5 * 1024 * 1024;
/// Most bytes of all attachments of a pack.
const MAX_PACK_BYTES: u64 = 64 * 1024 * 1024;

/// Kinds of files by extension. Nothing here runs when it is opened in a reader or an editor.
const MEDIA_TYPES: &[(&str, &str)] = &[
    ("csv", "text/csv"),
    ("eml", "message/rfc822"),
    ("jpeg", "image/jpeg"),
    ("jpg", "image/jpeg"),
    ("json", "application/json"),
    ("log", "text/plain"),
    ("md", "text/markdown"),
    ("pcap", "application/vnd.tcpdump.pcap"),
    ("pdf", "application/pdf"),
    ("png", "image/png"),
    ("svg", "image/svg+xml"),
    ("txt", "text/plain"),
];

impl Checker<'_> {
    /// A file that comes with an inject; none if it cannot be attached.
    pub(super) fn attachment(&mut self, attachment: &model::Attachment) -> Option<Attachment> {
        let alt = attachment.alt.as_ref().map(|alt| self.text_with_words(alt)).unwrap_or_default();
        self.load(&attachment.file)?;
        let file = self.files.get(&attachment.file.value)?;
        Some(Attachment {
            hash: file.hash.clone(),
            name: file.path.rsplit('/').next().unwrap_or(&file.path).to_owned(),
            media_type: file.media_type.to_owned(),
            bytes: file.bytes.len() as u64,
            alt,
        })
    }

    /// Makes a file of the pack one of the plan; none if it may not be.
    pub(super) fn load(&mut self, path: &At<String>) -> Option<()> {
        if self.files.contains_key(&path.value) {
            return Some(());
        }
        let extension = path.rsplit_once('.').map_or("", |(_, extension)| extension);
        let Some((_, media_type)) = MEDIA_TYPES.iter().find(|(known, _)| *known == extension) else {
            let known: Vec<&str> = MEDIA_TYPES.iter().map(|(known, _)| *known).collect();
            self.findings
                .error(
                    "unsupported_file",
                    path.place,
                    format!("'{}' is not a kind of file that can be attached.", path.value),
                )
                .suggest(format!("use one of: {}", known.join(", ")));
            return None;
        };
        let bytes = match self.source.read(path, MAX_FILE_BYTES) {
            Ok(bytes) => bytes,
            Err(error) => {
                let message = format!("'{}': {}", path.value, sentence(&error));
                self.findings.error(read_error_code(&error), path.place, message);
                return None;
            }
        };
        let held: u64 = self.files.values().map(|file| file.bytes.len() as u64).sum();
        if held + bytes.len() as u64 > MAX_PACK_BYTES {
            self.findings.error("too_large", path.place, "The attachments of this pack exceed 64 MiB together.");
            return None;
        }
        let hash = FileHash(hex::encode(Sha256::digest(&bytes)));
        self.files.insert(path.value.clone(), PackFile { path: path.value.clone(), hash, media_type, bytes });
        Some(())
    }
}
