//! Pictures: each is walked through from its first byte to its real end, behind which nothing may stand.
//! Nothing is decoded.

use super::{MediaType, Refused};

/// The kind of picture that a file begins as.
pub(super) fn kind(bytes: &[u8]) -> Option<MediaType> {
    match bytes {
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => Some(MediaType::Png),
        [0xff, 0xd8, 0xff, ..] => Some(MediaType::Jpeg),
        [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Some(MediaType::Gif),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(MediaType::Webp),
        _ => None,
    }
}

/// Refuses a picture that is not whole, or that something follows.
pub(super) fn check(kind: MediaType, bytes: &[u8]) -> Result<(), Refused> {
    let end = match kind {
        MediaType::Png => png(bytes),
        MediaType::Jpeg => jpeg(bytes),
        MediaType::Gif => gif(bytes),
        _ => webp(bytes),
    };
    match end {
        Some(end) if end == bytes.len() => Ok(()),
        Some(end) if end < bytes.len() => Err(Refused::Mixed),
        Some(_) | None => Err(Refused::Broken),
    }
}

/// Where a PNG ends.
fn png(bytes: &[u8]) -> Option<usize> {
    let mut at = 8;
    let mut has_data = false;
    loop {
        let length = usize::try_from(u32::from_be_bytes(array(bytes, at)?)).ok()?;
        let name: [u8; 4] = array(bytes, at + 4)?;
        if (at == 8) != (name == *b"IHDR") || !name.iter().all(u8::is_ascii_alphabetic) {
            return None;
        }
        has_data |= name == *b"IDAT";
        at = at.checked_add(length)?.checked_add(12).filter(|next| *next <= bytes.len())?;
        if name == *b"IEND" {
            return (has_data && length == 0).then_some(at);
        }
    }
}

/// Where a JPEG ends.
fn jpeg(bytes: &[u8]) -> Option<usize> {
    let mut at = 2;
    let mut has_scan = false;
    loop {
        if *bytes.get(at)? != 0xff {
            return None;
        }
        // A marker may be filled up in front.
        while *bytes.get(at)? == 0xff {
            at += 1;
        }
        let marker = *bytes.get(at)?;
        at += 1;
        match marker {
            0xd9 => return has_scan.then_some(at),
            0x01 | 0xd0..=0xd7 => {}
            0x00 | 0xd8 => return None,
            _ => {
                let length = usize::from(u16::from_be_bytes(array(bytes, at)?));
                at = at.checked_add(length).filter(|next| length >= 2 && *next <= bytes.len())?;
            }
        }
        if marker == 0xda {
            has_scan = true;
            // The scan goes on up to the next marker that is neither a stuffed byte nor a restart.
            let is_marker = |pair: &[u8]| pair[0] == 0xff && !matches!(pair[1], 0x00 | 0xd0..=0xd7);
            at += bytes[at..].windows(2).position(is_marker)?;
        }
    }
}

/// Where a GIF ends.
fn gif(bytes: &[u8]) -> Option<usize> {
    let mut at = 13 + table(*bytes.get(10)?);
    let mut has_picture = false;
    loop {
        match *bytes.get(at)? {
            0x3b => return has_picture.then_some(at + 1),
            0x21 => at = blocks(bytes, at + 2)?,
            0x2c => {
                has_picture = true;
                at = blocks(bytes, at + 11 + table(*bytes.get(at + 9)?))?;
            }
            _ => return None,
        }
    }
}

/// Bytes of the table of colours that flags announce.
fn table(flags: u8) -> usize {
    if flags & 0x80 == 0 { 0 } else { 3 << ((flags & 7) + 1) }
}

/// Where a row of blocks ends.
fn blocks(bytes: &[u8], mut at: usize) -> Option<usize> {
    loop {
        let length = usize::from(*bytes.get(at)?);
        at += length + 1;
        if length == 0 {
            return Some(at);
        }
    }
}

/// Where a WebP ends.
fn webp(bytes: &[u8]) -> Option<usize> {
    let end = usize::try_from(u32::from_le_bytes(array(bytes, 4)?)).ok()?.checked_add(8)?;
    if end > bytes.len() || !matches!(bytes.get(12..16)?, b"VP8 " | b"VP8L" | b"VP8X") {
        return None;
    }
    let mut at = 12;
    while at < end {
        let length = usize::try_from(u32::from_le_bytes(array(bytes, at + 4)?)).ok()?;
        at = at.checked_add(8)?.checked_add(length)?.checked_add(length % 2)?;
    }
    (at == end).then_some(end)
}

fn array<const N: usize>(bytes: &[u8], at: usize) -> Option<[u8; N]> {
    bytes.get(at..at.checked_add(N)?)?.try_into().ok()
}
