//! Claiming and reading logs. Appending is in [`super::writer`].

use std::collections::BTreeMap;

use crate::engine::{id::PartId, prose::PartContent, time::Timestamp};

use super::{
    Store, StoreError,
    chain::{GENESIS, Head, Part, Row, StoredRow},
    db::{reading, writing},
    value::Column,
};

/// Rows that are read at a time, so that one statement never takes long.
const PAGE: u32 = 1_000;

/// The right to append to a log, until somebody claims it after us.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// Goes with every batch; grows with every claim.
    pub term: i64,
    /// Where the log ended when it was claimed.
    pub head: Head,
    /// Which incarnation of the log this is: another one after a backup was restored.
    pub generation: i64,
    /// Last instant at which the log's writer was known to be alive.
    pub alive_at: Timestamp,
}

/// What a command key was used for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyUse {
    /// Hash of the command that came with it first.
    pub body_hash: String,
    /// The row that answers it.
    pub seq: i64,
}

impl Store {
    /// Takes a log over, and begins it if it is new. Whoever held it before can append no more.
    pub async fn claim_stream(&self, stream: &str, now: Timestamp) -> Result<Claim, StoreError> {
        let (head_seq, head_hash, term, generation, alive_at): (i64, String, i64, i64, i64) = writing!(self, |pool| {
            sqlx::query_as(
                "INSERT INTO streams (stream, head_seq, head_hash, term, generation, alive_at)
                 VALUES ($1, 0, $2, 1, $3, $4)
                 ON CONFLICT (stream) DO UPDATE SET term = streams.term + 1
                 RETURNING head_seq, head_hash, term, generation, alive_at",
            )
            .bind(stream)
            .bind(GENESIS)
            .bind(now.0)
            .bind(now.0)
            .fetch_one(pool)
            .await?
        });
        let head = Head { seq: head_seq, hash: head_hash };
        Ok(Claim { term, head, generation, alive_at: Timestamp(alive_at) })
    }

    /// Every log that was ever claimed, by name.
    pub async fn streams(&self) -> Result<Vec<String>, StoreError> {
        let found: Vec<(String,)> =
            reading!(self, |pool| sqlx::query_as("SELECT stream FROM streams").fetch_all(pool).await?);
        let mut names: Vec<String> = found.into_iter().map(|(stream,)| stream).collect();
        // Databases sort text each in their own way.
        names.sort();
        Ok(names)
    }

    /// Where a log ends; none if it was never claimed.
    pub async fn head(&self, stream: &str) -> Result<Option<Head>, StoreError> {
        let head: Option<(i64, String)> = reading!(self, |pool| {
            sqlx::query_as("SELECT head_seq, head_hash FROM streams WHERE stream = $1")
                .bind(stream)
                .fetch_optional(pool)
                .await?
        });
        Ok(head.map(|(seq, hash)| Head { seq, hash }))
    }

    /// Notes that the writer of a log is alive. False if somebody else has claimed the log.
    pub async fn note_alive(&self, stream: &str, term: i64, at: Timestamp) -> Result<bool, StoreError> {
        let noted = writing!(self, |pool| {
            sqlx::query("UPDATE streams SET alive_at = $1 WHERE stream = $2 AND term = $3")
                .bind(at.0)
                .bind(stream)
                .bind(term)
                .execute(pool)
                .await?
                .rows_affected()
        });
        Ok(noted == 1)
    }

    /// At most `limit` rows behind `after_seq`, in order, with their parts.
    pub async fn read_log(&self, stream: &str, after_seq: i64, limit: u32) -> Result<Vec<StoredRow>, StoreError> {
        type Columns = (i64, i64, String, String, i64, String, String, String);
        let rows: Vec<Columns> = reading!(self, |pool| {
            sqlx::query_as(
                "SELECT seq, at, actor, kind, version, body, audiences, hash FROM log
                 WHERE stream = $1 AND seq > $2 ORDER BY seq LIMIT $3",
            )
            .bind(stream)
            .bind(after_seq)
            .bind(i64::from(limit))
            .fetch_all(pool)
            .await?
        });
        let Some(last_seq) = rows.last().map(|row| row.0) else { return Ok(Vec::new()) };
        let mut parts = self.read_parts(stream, after_seq, last_seq).await?;
        let stored = |(seq, at, actor, kind, version, body, audiences, hash): Columns| {
            let (stream, at) = (stream.to_owned(), Timestamp(at));
            let row = Row { stream, seq, at, actor, kind, version, body, audiences, hash };
            StoredRow { row, parts: parts.remove(&seq).unwrap_or_default() }
        };
        Ok(rows.into_iter().map(stored).collect())
    }

    /// A whole log, page by page.
    pub async fn read_whole_log(&self, stream: &str) -> Result<Vec<StoredRow>, StoreError> {
        let mut rows: Vec<StoredRow> = Vec::new();
        loop {
            let after = rows.last().map_or(0, |last| last.row.seq);
            let page = self.read_log(stream, after, PAGE).await?;
            if page.is_empty() {
                return Ok(rows);
            }
            rows.extend(page);
        }
    }

    async fn read_parts(
        &self,
        stream: &str,
        after_seq: i64,
        last_seq: i64,
    ) -> Result<BTreeMap<i64, Vec<Part>>, StoreError> {
        const SALT: Column = Column { table: "parts", name: "salt" };
        const BYTES: Column = Column { table: "parts", name: "bytes" };
        let found: Vec<(String, i64, Vec<u8>, Vec<u8>)> = reading!(self, |pool| {
            sqlx::query_as(
                "SELECT part, seq, salt, bytes FROM parts
                 WHERE stream = $1 AND seq > $2 AND seq <= $3 ORDER BY seq, part",
            )
            .bind(stream)
            .bind(after_seq)
            .bind(last_seq)
            .fetch_all(pool)
            .await?
        });
        let mut parts = BTreeMap::<i64, Vec<Part>>::new();
        for (part, seq, salt, bytes) in found {
            let salt = salt.try_into().map_err(|_length| SALT.inconsistent(&part))?;
            let text = String::from_utf8(bytes).map_err(|_not_utf8| BYTES.inconsistent(&part))?;
            let content = PartContent { salt, text };
            parts.entry(seq).or_default().push(Part { id: PartId(part), seq, content });
        }
        Ok(parts)
    }

    /// What an actor's command key was used for; none if it is new.
    pub async fn find_key(&self, stream: &str, actor: &str, key: &str) -> Result<Option<KeyUse>, StoreError> {
        let used: Option<(String, i64)> = reading!(self, |pool| {
            sqlx::query_as("SELECT body_hash, seq FROM keys WHERE stream = $1 AND actor = $2 AND key = $3")
                .bind(stream)
                .bind(actor)
                .bind(key)
                .fetch_optional(pool)
                .await?
        });
        Ok(used.map(|(body_hash, seq)| KeyUse { body_hash, seq }))
    }
}
