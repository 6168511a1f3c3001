//! Whether a log holds together: every row behind the one before it, every text as it was written or
//! erased with a row that says so. The first row that does not fit is named.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::engine::{
    id::PartId,
    prose::{PartContent, part_hash},
};

use super::{Head, Part, Row, StoredRow, row_hash};

/// Kind of the row which says that a part was erased.
const PART_ERASED: &str = "part_erased";

/// A log that holds together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified {
    /// Where it ends.
    pub head: Head,
    /// Texts that were erased, as the log itself says.
    pub erased: Vec<PartId>,
}

/// The first row that does not hold together with those before it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("row {seq} of the log {reason}")]
#[expect(missing_docs, reason = "the names say it")]
pub struct Broken {
    pub seq: i64,
    pub reason: Reason,
}

/// What is wrong with a row.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[expect(missing_docs, reason = "the messages say it")]
pub enum Reason {
    #[error("is not what was written: its hash does not fit")]
    Altered,
    #[error("is the first there is: the beginning was cut off")]
    BeginningMissing,
    #[error("comes where row {expected} should be, and that row is missing")]
    Gap { expected: i64 },
    #[error("comes where row {expected} should be: rows were moved or doubled")]
    Reordered { expected: i64 },
    #[error("belongs to another log")]
    OtherStream,
    #[error("has a body that is not JSON")]
    NotJson,
    #[error("has a text ({part}) that is not what was written")]
    PartAltered { part: PartId },
    #[error("lacks a text ({part}), and no later row says that it was erased")]
    PartMissing { part: PartId },
    #[error("comes with a text ({part}) that it does not name")]
    PartUnknown { part: PartId },
    #[error("still has a text ({part}) that the log says was erased")]
    PartNotErased { part: PartId },
}

impl Reason {
    /// Stable name of the fault.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Altered | Self::NotJson => "log_altered",
            Self::BeginningMissing | Self::Gap { .. } => "log_row_missing",
            Self::Reordered { .. } => "log_reordered",
            Self::OtherStream => "log_other",
            Self::PartAltered { .. } | Self::PartUnknown { .. } => "log_text_altered",
            Self::PartMissing { .. } => "log_text_missing",
            Self::PartNotErased { .. } => "log_text_not_erased",
        }
    }
}

/// Checks a whole log, from its first row on.
pub fn verify(rows: &[StoredRow]) -> Result<Verified, Broken> {
    let mut verifier = Verifier::default();
    for stored in rows {
        verifier.push(stored).map_err(|broken| match broken.reason {
            // With all rows at hand, a missing row can be told from a moved one.
            Reason::Gap { expected } if rows.iter().any(|other| other.row.seq == expected) => {
                Broken { reason: Reason::Reordered { expected }, ..broken }
            }
            _ => broken,
        })?;
    }
    verifier.finish()
}

/// Checks a log row by row, for logs that are read in pages.
#[derive(Debug)]
pub struct Verifier {
    stream: Option<String>,
    head: Head,
    /// Row of each part that is there.
    present: BTreeMap<PartId, i64>,
    /// Row of each part that is named but not there.
    absent: BTreeMap<PartId, i64>,
    erased: Vec<PartId>,
}

impl Default for Verifier {
    fn default() -> Self {
        Self {
            stream: None,
            head: Head::genesis(),
            present: BTreeMap::new(),
            absent: BTreeMap::new(),
            erased: Vec::new(),
        }
    }
}

impl Verifier {
    /// Checks the next row against all before it.
    pub fn push(&mut self, stored: &StoredRow) -> Result<(), Broken> {
        let row = &stored.row;
        self.check(stored).map_err(|reason| Broken { seq: row.seq, reason })?;
        self.stream.get_or_insert_with(|| row.stream.clone());
        self.head = Head { seq: row.seq, hash: row.hash.clone() };
        Ok(())
    }

    /// What was checked, once the last row is in.
    pub fn finish(self) -> Result<Verified, Broken> {
        let first_missing = self.absent.into_iter().min_by_key(|(_, seq)| *seq);
        if let Some((part, seq)) = first_missing {
            return Err(Broken { seq, reason: Reason::PartMissing { part } });
        }
        Ok(Verified { head: self.head, erased: self.erased })
    }

    fn check(&mut self, StoredRow { row, parts }: &StoredRow) -> Result<(), Reason> {
        let expected = self.head.seq + 1;
        if row.seq > expected && self.head.seq == 0 {
            return Err(Reason::BeginningMissing);
        } else if row.seq > expected {
            return Err(Reason::Gap { expected });
        } else if row.seq < expected {
            return Err(Reason::Reordered { expected });
        }
        if self.stream.as_ref().is_some_and(|stream| *stream != row.stream) {
            return Err(Reason::OtherStream);
        }
        if row.hash != row_hash(&self.head.hash, row) {
            return Err(Reason::Altered);
        }
        let body: serde_json::Value = serde_json::from_str(&row.body).map_err(|_not_json| Reason::NotJson)?;
        self.check_parts(row, named_parts(&body), parts)?;
        if row.kind == PART_ERASED {
            self.note_erasure(&body)?;
        }
        Ok(())
    }

    fn check_parts(&mut self, row: &Row, named: Vec<Named>, parts: &[Part]) -> Result<(), Reason> {
        if let Some(stranger) = parts.iter().find(|part| named.iter().all(|named| named.part != part.id)) {
            return Err(Reason::PartUnknown { part: stranger.id.clone() });
        }
        for Named { part, sha256, bytes } in named {
            match parts.iter().find(|candidate| candidate.id == part).map(|found| &found.content) {
                None => self.absent.insert(part, row.seq),
                Some(PartContent { salt, text })
                    if part_hash(salt, text) == sha256 && u64::try_from(text.len()) == Ok(bytes) =>
                {
                    self.present.insert(part, row.seq)
                }
                Some(_) => return Err(Reason::PartAltered { part }),
            };
        }
        Ok(())
    }

    fn note_erasure(&mut self, body: &serde_json::Value) -> Result<(), Reason> {
        let Some(part) = body.get("part").and_then(|part| part.as_str()).map(PartId::from) else { return Ok(()) };
        if self.present.contains_key(&part) {
            return Err(Reason::PartNotErased { part });
        }
        if self.absent.remove(&part).is_some() {
            self.erased.push(part);
        }
        Ok(())
    }
}

/// How a body names a part, whatever event it is in: an object with these members.
#[derive(Deserialize)]
struct Named {
    part: PartId,
    sha256: String,
    bytes: u64,
}

fn named_parts(body: &serde_json::Value) -> Vec<Named> {
    match body {
        serde_json::Value::Array(items) => items.iter().flat_map(named_parts).collect(),
        serde_json::Value::Object(members) => match Named::deserialize(body) {
            Ok(named) => vec![named],
            Err(_) => members.values().flat_map(named_parts).collect(),
        },
        _ => Vec::new(),
    }
}
