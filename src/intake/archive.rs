//! Zip archives, and the documents that are zip archives. Their list of contents is read within bounds;
//! what is packed is unpacked to nowhere and counted, never more than was announced.

use std::io::{Cursor, Read};

use zip::{CompressionMethod, ZipArchive, read::ZipFile};

use super::{Found, MediaType, Refused, marks};

/// Most files in an archive.
pub const ENTRIES_LIMIT: usize = 1_000;
/// Most bytes that an archive may unpack to.
pub const UNPACKED_LIMIT: u64 = 100 * 1024 * 1024;

/// How many times its size a file may unpack to, once that is more than [`SMALL`].
const RATIO: u64 = 250;
const SMALL: u64 = 1024 * 1024;
/// Bytes of the record at the end, without a comment.
const END: usize = 22;
/// What makes a number of that record too large for it: the archive is of the 64-bit kind.
const WIDE: [u8; 4] = [0xff; 4];

/// Says what an archive is, or why it is not taken.
pub(super) fn inspect(bytes: &[u8]) -> Result<Found, Refused> {
    let entries = announced(bytes)?;
    marks::refuse_late_pdf(bytes)?;
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_unreadable| Refused::Broken)?;
    // Of two entries of one name the library keeps one.
    if archive.len() != entries {
        return Err(Refused::BadPaths);
    }
    let contents = Contents::read(&archive, bytes.len() as u64)?;
    let mut mime_type = Vec::new();
    for entry in 0..archive.len() {
        if contents.encrypted.contains(&entry) {
            continue;
        }
        let mut file = archive.by_index(entry).map_err(|_unreadable| Refused::Broken)?;
        let head = measure(&mut file)?;
        if file.name_raw() == b"mimetype" {
            mime_type = head;
        }
    }
    let encrypted = !contents.encrypted.is_empty();
    let media_type = if encrypted { MediaType::Zip } else { contents.kind(&mime_type) };
    Ok(Found { media_type, encrypted })
}

/// How many entries the record at the end announces, if it stands where it must: the last bytes of the
/// file, right behind the list of contents.
fn announced(bytes: &[u8]) -> Result<usize, Refused> {
    if !bytes.starts_with(b"PK\x03\x04") {
        return Err(if bytes.starts_with(b"PK\x05\x06") { Refused::Empty } else { Refused::Unknown });
    }
    // A comment has at most 64 KiB.
    let from = bytes.len().saturating_sub(END + usize::from(u16::MAX));
    let at = from + marks::positions(&bytes[from..], b"PK\x05\x06").next_back().ok_or(Refused::Broken)?;
    let record = bytes.get(at..at + END).ok_or(Refused::Broken)?;
    let short = |at: usize| usize::from(u16::from_le_bytes([record[at], record[at + 1]]));
    let long = |at: usize| u64::from(u32::from_le_bytes([record[at], record[at + 1], record[at + 2], record[at + 3]]));
    if record[10..12] == WIDE[..2] || record[12..16] == WIDE || record[16..20] == WIDE {
        return Err(Refused::Unreadable);
    }
    if short(4) != 0 || short(6) != 0 || short(8) != short(10) {
        return Err(Refused::Broken);
    }
    if at + END + short(20) != bytes.len() || long(16) + long(12) != at as u64 {
        return Err(Refused::Mixed);
    }
    match short(10) {
        0 => Err(Refused::Empty),
        entries if entries > ENTRIES_LIMIT => Err(Refused::TooMuchInside),
        entries => Ok(entries),
    }
}

/// What the list of contents says.
struct Contents {
    names: Vec<Vec<u8>>,
    encrypted: Vec<usize>,
}

impl Contents {
    fn read(archive: &ZipArchive<Cursor<&[u8]>>, length: u64) -> Result<Self, Refused> {
        let mut contents = Self { names: Vec::new(), encrypted: Vec::new() };
        let (mut packed, mut unpacked) = (0_u64, 0_u64);
        for position in 0..archive.len() {
            let entry = archive.by_index_data(position).map_err(|_unreadable| Refused::Broken)?;
            if entry.is_symlink() || !is_safe(entry.name_raw()) {
                return Err(Refused::BadPaths);
            }
            if entry.encrypted() {
                contents.encrypted.push(position);
            } else if !matches!(entry.compression(), CompressionMethod::Stored | CompressionMethod::Deflated) {
                return Err(Refused::Unreadable);
            }
            packed = packed.saturating_add(entry.compressed_size());
            unpacked = unpacked.saturating_add(entry.size());
            // Entries that lie over each other pack more than the file holds.
            if unpacked > UNPACKED_LIMIT || packed > length || swells(entry.size(), entry.compressed_size()) {
                return Err(Refused::TooMuchInside);
            }
            let name = entry.name_raw().to_ascii_lowercase();
            if name.ends_with(b"vbaproject.bin") || name.starts_with(b"basic/") || name.starts_with(b"scripts/") {
                return Err(Refused::Active);
            }
            contents.names.push(name);
        }
        Ok(contents)
    }

    /// What the archive is.
    fn kind(&self, mime_type: &[u8]) -> MediaType {
        let has = |name: &[u8]| self.names.iter().any(|known| known == name);
        if has(b"[content_types].xml") && has(b"word/document.xml") {
            MediaType::Docx
        } else if has(b"[content_types].xml") && has(b"xl/workbook.xml") {
            MediaType::Xlsx
        } else if has(b"content.xml") && mime_type == MediaType::Odt.name().as_bytes() {
            MediaType::Odt
        } else {
            MediaType::Zip
        }
    }
}

fn swells(unpacked: u64, packed: u64) -> bool {
    unpacked > SMALL && unpacked > packed.saturating_mul(RATIO)
}

/// Whether a path stays where the archive is unpacked.
fn is_safe(path: &[u8]) -> bool {
    let is_separator = |byte: &u8| matches!(byte, b'/' | b'\\');
    !path.is_empty()
        && !path.first().is_some_and(is_separator)
        && path.get(1) != Some(&b':')
        && !path.iter().any(u8::is_ascii_control)
        && path.split(is_separator).all(|part| part != b"..")
}

/// Unpacks a file to nowhere. Gives its first bytes.
fn measure(file: &mut ZipFile<'_, Cursor<&[u8]>>) -> Result<Vec<u8>, Refused> {
    let mut left = file.size();
    let mut head = Vec::new();
    let mut buffer = [0_u8; 16 * 1024];
    loop {
        // A wrong checksum is found here, too.
        let count = file.read(&mut buffer).map_err(|_damaged| Refused::Broken)?;
        if count == 0 {
            break;
        }
        // More comes out than was announced.
        left = left.checked_sub(count as u64).ok_or(Refused::TooMuchInside)?;
        let wanted = 256_usize.saturating_sub(head.len()).min(count);
        head.extend_from_slice(&buffer[..wanted]);
    }
    if left > 0 {
        return Err(Refused::Broken);
    }
    if marks::is_archive(&head) {
        return Err(Refused::Nested);
    }
    // A script is text; a program is refused in an archive without a password as it is by itself.
    if marks::is_program(&head) && !head.starts_with(b"#!") {
        return Err(Refused::Program);
    }
    Ok(head)
}
