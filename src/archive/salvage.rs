//! The log of an archive whose list of contents is gone or not to be trusted: it is the first entry, so it
//! can be unpacked from the front, as far as it goes.

use std::io::{BufReader, Read, Seek, SeekFrom};

use flate2::read::DeflateDecoder;

use super::{
    BYTES_LIMIT, LOG,
    log::{self, Log},
};

/// Bytes of the header of an entry, without name and extras.
pub(super) const HEADER: usize = 30;
const ENCRYPTED: u8 = 1;
const DEFLATED: [u8; 2] = [8, 0];

/// What can still be read of the log; none if the file does not begin with one. That the rows are the ones
/// that were written, only their chain says.
pub(super) fn salvage(input: &mut (impl Read + Seek)) -> Option<Log> {
    input.seek(SeekFrom::Start(0)).ok()?;
    let mut header = [0; HEADER];
    input.read_exact(&mut header).ok()?;
    let [b'P', b'K', 3, 4, _, _, flags, _, method0, method1, .., name0, name1, extra0, extra1] = header else {
        return None;
    };
    let mut name = vec![0; usize::from(u16::from_le_bytes([name0, name1]))];
    input.read_exact(&mut name).ok()?;
    if flags & ENCRYPTED != 0 || [method0, method1] != DEFLATED || name != LOG.as_bytes() {
        return None;
    }
    input.seek_relative(i64::from(u16::from_le_bytes([extra0, extra1]))).ok()?;
    // A row takes a hash of its own, so rows that hold cannot swell as a bomb does, and the first that does
    // not hold ends the reading.
    let unpacked = DeflateDecoder::new(BufReader::new(input)).take(BYTES_LIMIT);
    log::read(BufReader::new(unpacked)).ok()
}
