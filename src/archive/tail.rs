//! The record at the end of a ZIP archive, read before anything else is: it must be the last thing in the
//! file and stand right behind the list of contents, so that no second archive hides beside the first.

use std::io::{Read, Seek, SeekFrom};

use super::{BYTES_LIMIT, ENTRIES_LIMIT, Refused};

/// Bytes of the record, which has no comment.
const RECORD: usize = 22;

/// How long the file is and how many entries it announces.
pub(super) fn read(input: &mut (impl Read + Seek)) -> Result<(u64, usize), Refused> {
    let length = input.seek(SeekFrom::End(0)).map_err(Refused::Unreadable)?;
    if length > BYTES_LIMIT {
        return Err(Refused::TooLarge);
    }
    let mut record = [0; RECORD];
    let at = length.checked_sub(record.len() as u64).ok_or(Refused::CutOff)?;
    input.seek(SeekFrom::Start(at)).map_err(Refused::Unreadable)?;
    input.read_exact(&mut record).map_err(Refused::Unreadable)?;
    if !record.starts_with(b"PK\x05\x06") {
        return Err(Refused::CutOff);
    }
    let short = |at: usize| u16::from_le_bytes([record[at], record[at + 1]]);
    let long = |at: usize| u64::from(u32::from_le_bytes([record[at], record[at + 1], record[at + 2], record[at + 3]]));
    // It must be the only part, and hold every entry.
    if short(4) != 0 || short(6) != 0 || short(8) != short(10) {
        return Err(Refused::Damaged(None));
    }
    let (list_bytes, list_at, comment) = (long(12), long(16), short(20));
    if list_at + list_bytes != at || comment != 0 {
        return Err(Refused::Mixed);
    }
    match usize::from(short(10)) {
        found if found > ENTRIES_LIMIT => Err(Refused::TooManyEntries { found }),
        entries => Ok((length, entries)),
    }
}
