//! The export of a log: one line of JSON for the header, one for each row. Whoever has the file can
//! verify it without a server.
//!
//! The form is canonical: a line that the writer would have written in any other way is refused. So
//! with the chain, and the head in the header, no byte can be changed unnoticed.

use std::io::{BufRead, Read, Write};

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::engine::{id::PartId, marking::MARKING, prose::PartContent, time::Timestamp};

use super::chain::{Head, Part, Row, StoredRow};

/// The version of the format.
pub const FORMAT: u32 = 1;
/// Longest line that is read, in bytes.
pub const LINE_LIMIT: u64 = 8 * 1024 * 1024;

/// First line of an export.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct HeaderLine {
    drillhall_log: u32,
    marking: String,
    stream: String,
    head_seq: i64,
    head_hash: String,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct RowLine<'a> {
    seq: i64,
    at: i64,
    actor: String,
    kind: String,
    version: i64,
    #[serde(borrow)]
    body: &'a RawValue,
    hash: String,
    parts: Vec<PartLine>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct PartLine {
    part: String,
    salt: String,
    text: String,
}

/// An export that could not be read or written.
#[derive(Debug, thiserror::Error)]
#[expect(missing_docs, reason = "the messages say it")]
pub enum ExportError {
    #[error("line {line} could not be read")]
    Read { line: u64, source: std::io::Error },
    #[error("the export could not be written")]
    Write(#[source] std::io::Error),
    #[error("row {seq} cannot be exported: its body is not JSON")]
    BodyNotJson { seq: i64, source: serde_json::Error },
    #[error("row {seq} cannot be exported: its body is not one line")]
    BodyNotOneLine { seq: i64 },
    #[error("the file is empty: the first line of an export is its header")]
    Empty,
    #[error("line {line} is longer than {} MiB", LINE_LIMIT / 1024 / 1024)]
    TooLong { line: u64 },
    #[error("line {line} does not end with a line break: the file was cut off")]
    CutOff { line: u64 },
    #[error("line {line} is not a line of an exported log")]
    Malformed { line: u64, source: serde_json::Error },
    #[error("line {line} names a text whose salt is not 16 bytes in hexadecimal")]
    BadSalt { line: u64 },
    #[error("line {line} is not written the way drillhall writes it: the file was changed")]
    NotCanonical { line: u64 },
    #[error("the file has format {found}, this program reads format {FORMAT}: use a newer drillhall")]
    OtherFormat { found: u32 },
    #[error("the header does not say {MARKING}: the file was changed")]
    Unmarked,
    #[error("the last row is {found}, the header says {expected}: rows were cut off or added")]
    OtherHead { found: i64, expected: i64 },
}

impl ExportError {
    /// Stable name of the fault.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Read { .. } => "unreadable",
            Self::Write(_) => "unwritable",
            Self::BodyNotJson { .. } | Self::BodyNotOneLine { .. } => "log_not_exportable",
            Self::Empty => "log_empty",
            Self::TooLong { .. } => "log_line_too_long",
            Self::CutOff { .. } => "log_cut_off",
            Self::Malformed { .. } | Self::BadSalt { .. } | Self::Unmarked => "log_malformed",
            Self::NotCanonical { .. } => "log_altered",
            Self::OtherFormat { .. } => "log_newer",
            Self::OtherHead { .. } => "log_other_head",
        }
    }
}

/// Writes the header of the export of a log that ends at `head`.
pub fn write_header(out: &mut impl Write, stream: &str, head: &Head) -> Result<(), ExportError> {
    let header = HeaderLine {
        drillhall_log: FORMAT,
        marking: MARKING.to_owned(),
        stream: stream.to_owned(),
        head_seq: head.seq,
        head_hash: head.hash.clone(),
    };
    write_line(out, &header)
}

/// Writes one row.
pub fn write_row(out: &mut impl Write, stored: &StoredRow) -> Result<(), ExportError> {
    let row = &stored.row;
    let body: &RawValue =
        serde_json::from_str(&row.body).map_err(|source| ExportError::BodyNotJson { seq: row.seq, source })?;
    if body.get() != row.body || row.body.contains('\n') {
        return Err(ExportError::BodyNotOneLine { seq: row.seq });
    }
    let part = |part: &Part| PartLine {
        part: part.id.0.clone(),
        salt: hex::encode(part.content.salt),
        text: part.content.text.clone(),
    };
    let line = RowLine {
        seq: row.seq,
        at: row.at.0,
        actor: row.actor.clone(),
        kind: row.kind.clone(),
        version: row.version,
        body,
        hash: row.hash.clone(),
        parts: stored.parts.iter().map(part).collect(),
    };
    write_line(out, &line)
}

/// Writes a whole log.
pub fn write<'a>(
    out: &mut impl Write,
    stream: &str,
    head: &Head,
    rows: impl IntoIterator<Item = &'a StoredRow>,
) -> Result<(), ExportError> {
    write_header(out, stream, head)?;
    rows.into_iter().try_for_each(|row| write_row(out, row))
}

fn write_line(out: &mut impl Write, line: &impl Serialize) -> Result<(), ExportError> {
    serde_json::to_writer(&mut *out, line).map_err(|error| ExportError::Write(error.into()))?;
    out.write_all(b"\n").map_err(ExportError::Write)
}

/// An export in memory.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Export {
    pub stream: String,
    /// Where the header says that the log ends; [`read`] has made sure that it does.
    pub head: Head,
    /// Without audiences: they are no part of an export.
    pub rows: Vec<StoredRow>,
}

/// Reads a whole export. That it holds together, [`super::chain::verify`] says.
pub fn read(input: impl BufRead) -> Result<Export, ExportError> {
    let mut reader = Reader::new(input)?;
    let rows = reader.by_ref().collect::<Result<_, _>>()?;
    Ok(Export { stream: reader.stream, head: reader.head, rows })
}

/// Reads an export row by row, for logs that do not fit into memory.
#[derive(Debug)]
pub struct Reader<R> {
    lines: Lines<R>,
    stream: String,
    head: Head,
    last: Head,
    done: bool,
}

impl<R: BufRead> Reader<R> {
    /// Reads the header.
    pub fn new(input: R) -> Result<Self, ExportError> {
        let mut lines = Lines { input, number: 0 };
        let text = lines.next_line()?.ok_or(ExportError::Empty)?;
        let header: HeaderLine = parse(1, &text)?;
        if header.drillhall_log != FORMAT {
            return Err(ExportError::OtherFormat { found: header.drillhall_log });
        }
        if header.marking != MARKING {
            return Err(ExportError::Unmarked);
        }
        let head = Head { seq: header.head_seq, hash: header.head_hash };
        Ok(Self { lines, stream: header.stream, head, last: Head::genesis(), done: false })
    }

    /// Which log it is.
    #[must_use]
    pub fn stream(&self) -> &str {
        &self.stream
    }

    /// Where the header says that the log ends.
    #[must_use]
    pub fn head(&self) -> &Head {
        &self.head
    }

    fn next_row(&mut self) -> Result<Option<StoredRow>, ExportError> {
        let Some(text) = self.lines.next_line()? else {
            return if self.last == self.head {
                Ok(None)
            } else {
                Err(ExportError::OtherHead { found: self.last.seq, expected: self.head.seq })
            };
        };
        let stored = stored_row(&self.stream, self.lines.number, &text)?;
        self.last = Head { seq: stored.row.seq, hash: stored.row.hash.clone() };
        Ok(Some(stored))
    }
}

impl<R: BufRead> Iterator for Reader<R> {
    type Item = Result<StoredRow, ExportError>;

    /// The next row. After the last one, an error if the log does not end where the header says.
    fn next(&mut self) -> Option<Self::Item> {
        if self.done {
            return None;
        }
        let row = self.next_row().transpose();
        self.done = !matches!(row, Some(Ok(_)));
        row
    }
}

fn stored_row(stream: &str, number: u64, text: &[u8]) -> Result<StoredRow, ExportError> {
    let line: RowLine<'_> = parse(number, text)?;
    let part = |part: PartLine| {
        let mut salt = [0; 16];
        hex::decode_to_slice(&part.salt, &mut salt).map_err(|_not_hex| ExportError::BadSalt { line: number })?;
        if hex::encode(salt) != part.salt {
            return Err(ExportError::NotCanonical { line: number });
        }
        Ok(Part { id: PartId(part.part), seq: line.seq, content: PartContent { salt, text: part.text } })
    };
    let parts = line.parts.into_iter().map(part).collect::<Result<_, _>>()?;
    let row = Row {
        stream: stream.to_owned(),
        seq: line.seq,
        at: Timestamp(line.at),
        actor: line.actor,
        kind: line.kind,
        version: line.version,
        body: line.body.get().to_owned(),
        audiences: String::new(),
        hash: line.hash,
    };
    Ok(StoredRow { row, parts })
}

/// A line, if writing it again gives the same bytes.
fn parse<'a, T: Serialize + Deserialize<'a>>(number: u64, text: &'a [u8]) -> Result<T, ExportError> {
    let malformed = |source| ExportError::Malformed { line: number, source };
    let line: T = serde_json::from_slice(text).map_err(malformed)?;
    if serde_json::to_vec(&line).map_err(malformed)? != text {
        return Err(ExportError::NotCanonical { line: number });
    }
    Ok(line)
}

#[derive(Debug)]
struct Lines<R> {
    input: R,
    /// Of the line that was read last, from 1.
    number: u64,
}

impl<R: BufRead> Lines<R> {
    /// The next line without its line break; none at the end of the file.
    fn next_line(&mut self) -> Result<Option<Vec<u8>>, ExportError> {
        let line = self.number + 1;
        let mut text = Vec::new();
        let read = self.input.by_ref().take(LINE_LIMIT + 1).read_until(b'\n', &mut text);
        if read.map_err(|source| ExportError::Read { line, source })? == 0 {
            return Ok(None);
        }
        self.number = line;
        match text.pop() {
            Some(b'\n') => Ok(Some(text)),
            _ if text.len() as u64 >= LINE_LIMIT => Err(ExportError::TooLong { line }),
            _ => Err(ExportError::CutOff { line }),
        }
    }
}
