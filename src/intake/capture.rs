//! Captures of network traffic: walked through record by record. What they hold is what went over the
//! wire, zip archives and scripts included, and is nobody's business here.

use super::{MediaType, Refused};

/// Most bytes of a packet that capturing programs write.
const PACKET_LIMIT: u32 = 1024 * 1024;

/// The kind of capture that a file begins as.
pub(super) fn kind(bytes: &[u8]) -> Option<MediaType> {
    match bytes {
        [0xd4, 0xc3, 0xb2, 0xa1, ..]
        | [0xa1, 0xb2, 0xc3, 0xd4, ..]
        | [0x4d, 0x3c, 0xb2, 0xa1, ..]
        | [0xa1, 0xb2, 0x3c, 0x4d, ..] => Some(MediaType::Pcap),
        [0x0a, 0x0d, 0x0d, 0x0a, ..] => Some(MediaType::Pcapng),
        _ => None,
    }
}

/// Refuses a capture that its records do not fill to the last byte.
pub(super) fn check(kind: MediaType, bytes: &[u8]) -> Result<(), Refused> {
    let fits = if kind == MediaType::Pcap { pcap(bytes) } else { pcapng(bytes) };
    fits.ok_or(Refused::Broken)
}

fn pcap(bytes: &[u8]) -> Option<()> {
    let little = bytes[0] != 0xa1;
    let version = if little { [2, 0] } else { [0, 2] };
    if bytes.get(4..6)? != version {
        return None;
    }
    let mut at = 24;
    while at < bytes.len() {
        let length = number(bytes, at + 8, little).filter(|length| *length <= PACKET_LIMIT)?;
        at = at.checked_add(16)?.checked_add(usize::try_from(length).ok()?)?;
    }
    (at == bytes.len()).then_some(())
}

fn pcapng(bytes: &[u8]) -> Option<()> {
    let mut at = 0;
    let mut little = true;
    while at < bytes.len() {
        if bytes.get(at..at + 4)? == [0x0a, 0x0d, 0x0d, 0x0a] {
            little = match bytes.get(at + 8..at + 12)? {
                [0x4d, 0x3c, 0x2b, 0x1a] => true,
                [0x1a, 0x2b, 0x3c, 0x4d] => false,
                _ => return None,
            };
        }
        let length = number(bytes, at + 4, little).filter(|length| *length >= 12 && length % 4 == 0)?;
        let next = at.checked_add(usize::try_from(length).ok()?)?;
        // Each block says its length at its end again.
        if number(bytes, next.checked_sub(4)?, little)? != length {
            return None;
        }
        at = next;
    }
    Some(())
}

fn number(bytes: &[u8], at: usize, little: bool) -> Option<u32> {
    let four = bytes.get(at..at.checked_add(4)?)?.try_into().ok()?;
    Some(if little { u32::from_le_bytes(four) } else { u32::from_be_bytes(four) })
}
