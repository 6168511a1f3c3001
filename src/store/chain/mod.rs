//! The chain of a log: each row's hash covers the row before it, so no row can be changed, taken
//! out, put in or moved without a trace. Pure: rows in, rows or a verdict out.
//!
//! A chain alone cannot show that its last rows were cut off. Compare the head with one that was
//! written down elsewhere: in an export's header, in a report.

mod verifier;

use sha2::{Digest, Sha256};

use crate::engine::{id::PartId, prose::PartContent, time::Timestamp};

pub use verifier::{Broken, Reason, Verified, Verifier, verify};

/// What stands for the hash of the row before the first one.
pub const GENESIS: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// A row of a log as stored. The hash covers all of it but the audiences.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Which log: `exercise/<id>`, `audit`.
    pub stream: String,
    /// Counts from 1 without gaps.
    pub seq: i64,
    /// When it was decided.
    pub at: Timestamp,
    /// `system` or `person/<id>`.
    pub actor: String,
    /// What happened, by name.
    pub kind: String,
    /// Version of that kind's body.
    pub version: i64,
    /// JSON, byte for byte as hashed.
    pub body: String,
    /// Who may see it, as JSON.
    pub audiences: String,
    /// SHA-256 in lower-case hexadecimal.
    pub hash: String,
}

/// A row that has no place in a log yet.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields are those of Row")]
pub struct NewRow {
    pub at: Timestamp,
    pub actor: String,
    pub kind: String,
    pub version: i64,
    pub body: String,
    pub audiences: String,
}

/// Free text that a row names by its hash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Its id in the row's body.
    pub id: PartId,
    /// The row that brought it.
    pub seq: i64,
    /// Salt and text.
    pub content: PartContent,
}

/// A row and those of its parts that were not erased.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub struct StoredRow {
    pub row: Row,
    pub parts: Vec<Part>,
}

/// Where a log ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// Sequence number of the last row; 0 if there is none.
    pub seq: i64,
    /// Its hash; [`GENESIS`] if there is none.
    pub hash: String,
}

impl Head {
    /// Of a log without rows.
    #[must_use]
    pub fn genesis() -> Self {
        Self { seq: 0, hash: GENESIS.to_owned() }
    }
}

/// Gives rows their place behind `prev`, the hash of the row before `first_seq`.
#[must_use]
pub fn seal(prev: &str, stream: &str, first_seq: i64, rows: Vec<NewRow>) -> Vec<Row> {
    let mut prev = prev.to_owned();
    (first_seq..)
        .zip(rows)
        .map(|(seq, NewRow { at, actor, kind, version, body, audiences })| {
            let stream = stream.to_owned();
            let mut row = Row { stream, seq, at, actor, kind, version, body, audiences, hash: String::new() };
            row.hash = row_hash(&prev, &row);
            prev.clone_from(&row.hash);
            row
        })
        .collect()
}

/// The hash that a row must have behind a row with hash `prev`.
#[must_use]
pub fn row_hash(prev: &str, row: &Row) -> String {
    let Row { stream, seq, at, actor, kind, version, body, audiences: _, hash: _ } = row;
    let head = format!("{prev}\n{stream}\n{seq}\n{}\n{actor}\n{kind}\n{version}\n", at.0);
    hex::encode(Sha256::new().chain_update(head).chain_update(body).finalize())
}
