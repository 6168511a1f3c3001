//! Signs that a file is, or is also, something else than it seems.

use super::Refused;

/// Beginnings of programs.
const PROGRAMS: [&[u8]; 8] = [
    b"MZ",
    b"\x7fELF",
    b"\xfe\xed\xfa\xce",
    b"\xfe\xed\xfa\xcf",
    b"\xce\xfa\xed\xfe",
    b"\xcf\xfa\xed\xfe",
    b"\xca\xfe\xba\xbe",
    b"#!",
];
/// Beginnings of archives, other than zip ones.
const ARCHIVES: [&[u8]; 8] =
    [b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"\x28\xb5\x2f\xfd", b"MSCF", b"\x60\xea"];
/// The end of a zip archive, which is where it is found.
const ZIP_END: &[u8] = b"PK\x05\x06";
/// Bytes of that record, without a comment.
const ZIP_END_LENGTH: usize = 22;
/// Where readers of PDF look for its beginning.
const PDF_WITHIN: usize = 1_024;

/// Whether a file begins as a program does.
pub(super) fn is_program(bytes: &[u8]) -> bool {
    PROGRAMS.iter().any(|mark| bytes.starts_with(mark))
}

/// Whether a file begins as an archive does.
pub(super) fn is_archive(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04")
        || bytes.starts_with(ZIP_END)
        || ARCHIVES.iter().any(|mark| bytes.starts_with(mark))
}

/// Refuses a file that is no archive if it could be opened as one, or as a PDF that begins further on.
pub(super) fn refuse_others_inside(bytes: &[u8]) -> Result<(), Refused> {
    refuse_late_pdf(bytes)?;
    if positions(bytes, ZIP_END).any(|at| is_zip_end(&bytes[at..])) { Err(Refused::Mixed) } else { Ok(()) }
}

/// Refuses a PDF that does not begin at the first byte.
pub(super) fn refuse_late_pdf(bytes: &[u8]) -> Result<(), Refused> {
    let head = &bytes[..bytes.len().min(PDF_WITHIN + 5)];
    if head.windows(5).skip(1).any(|window| window == b"%PDF-") { Err(Refused::Mixed) } else { Ok(()) }
}

/// Whether a record makes sense as the end of a zip archive: one disk, as many entries on it as in all.
fn is_zip_end(record: &[u8]) -> bool {
    let Some(record_head) = record.get(..ZIP_END_LENGTH) else { return false };
    let comment = usize::from(u16::from_le_bytes([record_head[20], record_head[21]]));
    record_head[4..8] == [0; 4] && record_head[8..10] == record_head[10..12] && comment <= record.len() - ZIP_END_LENGTH
}

/// Refuses a picture that holds markup which a browser or a server could run, or that reads as a script
/// from its first byte on.
pub(super) fn refuse_scripts_inside(bytes: &[u8]) -> Result<(), Refused> {
    if bytes.iter().enumerate().any(|(at, byte)| *byte == b'<' && is_markup(&bytes[at..])) || reads_as_script(bytes) {
        return Err(Refused::Mixed);
    }
    Ok(())
}

fn is_markup(bytes: &[u8]) -> bool {
    let begins = |word: &[u8]| bytes.get(..word.len()).is_some_and(|head| head.eq_ignore_ascii_case(word));
    let then = |word: &[u8]| {
        begins(word) && bytes.get(word.len()).is_some_and(|next| *next == b'>' || next.is_ascii_whitespace())
    };
    begins(b"<script") || begins(b"<!doctype html") || begins(b"<?php") || then(b"<html") || begins(b"<svg xmlns")
}

/// Whether what follows the magic letters of a picture opens a comment or a string of a script before
/// any byte that no script has: `GIF89a/*…`, `GIF89a=1;"…`.
fn reads_as_script(bytes: &[u8]) -> bool {
    let from = match bytes.first() {
        Some(b'G') => 6,
        Some(b'R' | 0xff) => 4,
        _ => return false,
    };
    let rest = bytes.get(from..).unwrap_or_default();
    let end = rest.iter().position(|byte| !byte.is_ascii_graphic() && !byte.is_ascii_whitespace());
    let text = &rest[..end.unwrap_or(rest.len())];
    text.iter().any(|byte| b"\"'`".contains(byte)) || text.windows(2).any(|two| two == b"/*" || two == b"//")
}

/// Whether a word stands somewhere.
pub(super) fn holds(bytes: &[u8], word: &[u8]) -> bool {
    positions(bytes, word).next().is_some()
}

/// Where a word stands.
pub(super) fn positions<'a>(bytes: &'a [u8], word: &'a [u8]) -> impl DoubleEndedIterator<Item = usize> + 'a {
    let first = word.first().copied();
    (0..bytes.len()).filter(move |at| bytes.get(*at).copied() == first && bytes[*at..].starts_with(word))
}
