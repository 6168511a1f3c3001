//! The record at the end of a ZIP archive, read before anything else is: it must be the last thing in the
//! file and stand right behind the list of contents, so that no second archive hides beside the first.

use std::io::{Read, Seek, SeekFrom};

use super::{BYTES_LIMIT, ENTRIES_LIMIT, Refused};

/// Bytes of the record, which has no comment.
const RECORD: u64 = 22;

/// How long the file is and how many entries it announces.
pub(super) fn read(input: &mut (impl Read + Seek)) -> Result<(u64, usize), Refused> {
    let length = input.seek(SeekFrom::End(0)).map_err(Refused::Unreadable)?;
    if length > BYTES_LIMIT {
        return Err(Refused::TooLarge);
    }
    let at = length.checked_sub(RECORD).ok_or(Refused::CutOff)?;
    let mut record = [0; RECORD as usize];
    input.seek(SeekFrom::Start(at)).map_err(Refused::Unreadable)?;
    input.read_exact(&mut record).map_err(Refused::Unreadable)?;
    let [b'P', b'K', 5, 6, disk0, disk1, start0, start1, here0, here1, all0, all1, sizes @ .., note0, note1] = record
    else {
        return Err(Refused::CutOff);
    };
    let [size0, size1, size2, size3, from0, from1, from2, from3] = sizes;
    let size = u64::from(u32::from_le_bytes([size0, size1, size2, size3]));
    let from = u64::from(u32::from_le_bytes([from0, from1, from2, from3]));
    if [disk0, disk1, start0, start1] != [0; 4] || [here0, here1] != [all0, all1] {
        return Err(Refused::Damaged(None));
    }
    if from + size != at || [note0, note1] != [0; 2] {
        return Err(Refused::Mixed);
    }
    match usize::from(u16::from_le_bytes([all0, all1])) {
        found if found > ENTRIES_LIMIT => Err(Refused::TooManyEntries { found }),
        entries => Ok((length, entries)),
    }
}
