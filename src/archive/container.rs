//! The ZIP archive around it all, opened without trust: every name, size and kind in its list of contents is
//! checked before anything is unpacked, and nothing unpacks to more than it announced.

use std::{
    collections::BTreeMap,
    io::{self, Read, Seek, SeekFrom},
};

use sha2::{Digest, Sha256};
use zip::{CompressionMethod, ZipArchive, read::ZipFile};

use super::{BYTES_LIMIT, Refused, salvage::HEADER, swells, tail};

/// An archive whose list of contents is sound.
pub(super) struct Container<R> {
    zip: ZipArchive<R>,
    /// Size and position of each entry, by name.
    entries: BTreeMap<String, (u64, usize)>,
}

impl<R: Read + Seek> Container<R> {
    /// Reads the list of contents.
    pub(super) fn open(mut input: R) -> Result<Self, Refused> {
        let (length, announced) = tail::read(&mut input)?;
        let zip = ZipArchive::new(input).map_err(|damaged| Refused::Damaged(Some(damaged)))?;
        // Of two entries of one name the library keeps one.
        if zip.len() != announced {
            return Err(Refused::DoubleName);
        }
        let mut entries = BTreeMap::new();
        let mut headers = Vec::new();
        let (mut packed, mut unpacked) = (0_u64, 0_u64);
        for position in 0..zip.len() {
            let found = zip.by_index_data(position).map_err(|damaged| Refused::Damaged(Some(damaged)))?;
            let entry = String::from_utf8_lossy(found.name_raw()).into_owned();
            if !is_plain(found.name_raw()) {
                return Err(Refused::Path { entry });
            }
            if found.is_symlink() {
                return Err(Refused::Link { entry });
            }
            if found.encrypted() {
                return Err(Refused::Encrypted { entry });
            }
            if !matches!(found.compression(), CompressionMethod::Stored | CompressionMethod::Deflated) {
                return Err(Refused::Method { entry });
            }
            packed = packed.saturating_add(found.compressed_size());
            unpacked = unpacked.saturating_add(found.size());
            // Entries that lie over each other pack more than the file holds.
            if packed > length || swells(found.size(), found.compressed_size()) {
                return Err(Refused::Bomb { entry });
            }
            if unpacked > BYTES_LIMIT {
                return Err(Refused::TooLarge);
            }
            let size = found.size();
            headers.push((found.header_start(), entry.clone()));
            if entries.insert(entry, (size, position)).is_some() {
                return Err(Refused::DoubleName);
            }
        }
        let mut input = zip.into_inner();
        for (start, entry) in headers {
            check_header(&mut input, start, &entry)?;
        }
        let zip = ZipArchive::new(input).map_err(|damaged| Refused::Damaged(Some(damaged)))?;
        Ok(Self { zip, entries })
    }

    /// Names of the entries.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.entries.keys().map(String::as_str)
    }

    /// A small entry, whole.
    pub(super) fn bytes(&mut self, name: &str, limit: u64) -> Result<Vec<u8>, Refused> {
        let entry = || name.to_owned();
        let mut unpacked = self.unpack(name)?;
        if unpacked.left > limit {
            return Err(Refused::EntryTooLarge { entry: entry(), limit });
        }
        let mut bytes = Vec::new();
        unpacked.read_to_end(&mut bytes).map_err(|source| Refused::EntryDamaged { entry: entry(), source })?;
        Ok(bytes)
    }

    /// Length and SHA-256 of what an entry unpacks to.
    pub(super) fn measure(&mut self, name: &str) -> Result<(u64, String), Refused> {
        let mut unpacked = self.unpack(name)?;
        let mut hash = Hashing { sha256: Sha256::new(), bytes: 0 };
        io::copy(&mut unpacked, &mut hash)
            .map_err(|source| Refused::EntryDamaged { entry: name.to_owned(), source })?;
        Ok((hash.bytes, hex::encode(hash.sha256.finalize())))
    }

    /// An entry as a stream that gives exactly as many bytes as were announced, or fails.
    pub(super) fn unpack(&mut self, name: &str) -> Result<Unpacked<'_, R>, Refused> {
        let absent = || Refused::EntryAbsent { entry: name.to_owned() };
        let (size, position) = *self.entries.get(name).ok_or_else(absent)?;
        let damaged =
            |source: zip::result::ZipError| Refused::EntryDamaged { entry: name.to_owned(), source: source.into() };
        let file = self.zip.by_index(position).map_err(damaged)?;
        Ok(Unpacked { file, left: size })
    }
}

/// An entry has its name twice: in the list of contents and before its bytes. Programs differ in which they go
/// by, so what was found harmless in one must stand in the other.
fn check_header(input: &mut (impl Read + Seek), start: u64, entry: &str) -> Result<(), Refused> {
    let damaged = |source| Refused::EntryDamaged { entry: entry.to_owned(), source };
    let mut header = [0; HEADER];
    let mut name = vec![0; entry.len()];
    input.seek(SeekFrom::Start(start)).map_err(damaged)?;
    input.read_exact(&mut header).map_err(damaged)?;
    input.read_exact(&mut name).map_err(damaged)?;
    let [b'P', b'K', 3, 4, .., length0, length1, _, _] = header else { return Err(Refused::Damaged(None)) };
    if usize::from(u16::from_le_bytes([length0, length1])) != entry.len() || name != entry.as_bytes() {
        return Err(Refused::TwoNames { entry: entry.to_owned() });
    }
    Ok(())
}

/// Whether a name is a plain path below the folder that the archive is unpacked to, on every system.
fn is_plain(name: &[u8]) -> bool {
    let is_odd = |byte: &u8| !byte.is_ascii_graphic() || matches!(byte, b'\\' | b':');
    !name.iter().any(is_odd) && name.split(|byte| *byte == b'/').all(|part| !matches!(part, b"" | b"." | b".."))
}

/// What an entry unpacks to, held to what it announced. A wrong checksum is found at the end.
pub(super) struct Unpacked<'a, R: Read> {
    file: ZipFile<'a, R>,
    left: u64,
}

impl<R: Read> Read for Unpacked<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.file.read(buffer)?;
        let invalid = |what| Err(io::Error::new(io::ErrorKind::InvalidData, what));
        match self.left.checked_sub(count as u64) {
            None => invalid("more comes out than was announced"),
            Some(left) if count == 0 && left > 0 && !buffer.is_empty() => invalid("less comes out than was announced"),
            Some(left) => {
                self.left = left;
                Ok(count)
            }
        }
    }
}

struct Hashing {
    sha256: Sha256,
    bytes: u64,
}

impl io::Write for Hashing {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.sha256.update(bytes);
        self.bytes += bytes.len() as u64;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
