//! Who did what to the platform: accounts and their rights, links, backups, whatever lies outside the play of one
//! exercise. A log of its own with the same chain of hashes, so that a later change of it shows; what happens
//! inside an exercise stands in that exercise's log.
//!
//! The log names people by their ids and holds no secret, no login that somebody only tried, and no words that
//! people wrote.

mod deed;
mod entry;

use std::{fmt, sync::Arc};

use axum::http::StatusCode;
use tokio::sync::Mutex;

pub use deed::{By, Deed, Who};
pub use entry::Entry;

use crate::{
    clock::Clock,
    problem::Problem,
    store::{
        AppendError, Batch, Store, StoreError,
        chain::{self, Head, StoredRow},
    },
};

/// Name of the log.
pub const STREAM: &str = "audit";
/// Other processes on the same data write here, too: each takes the log over for its row. One of them gets its row
/// through each time, so that somebody waits at most for all others.
const TRIES: usize = 1_000;

/// Writes the log of administrative acts. Clones write one after the other.
#[derive(Clone)]
pub struct Audit(Arc<Inner>);

struct Inner {
    store: Store,
    clock: Clock,
    /// Where the log ends and the right to append there, as far as is known.
    held: Mutex<Option<Held>>,
}

#[derive(Clone)]
struct Held {
    term: i64,
    head: Head,
}

impl fmt::Debug for Audit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Audit").finish_non_exhaustive()
    }
}

/// An administrative act that could not be noted.
#[derive(Debug, thiserror::Error)]
#[expect(missing_docs, reason = "the messages say it")]
pub enum AuditError {
    #[error("the audit log could not be taken over")]
    Claim(#[from] StoreError),
    #[error("the audit log could not be written")]
    Append(#[from] AppendError),
}

impl From<AuditError> for Problem {
    fn from(error: AuditError) -> Self {
        let detail = "this could not be noted in the audit log: look whether it was done before you try again";
        Self::new(StatusCode::SERVICE_UNAVAILABLE, "not_noted", detail).caused_by(&error)
    }
}

impl Audit {
    /// Writes into this store.
    #[must_use]
    pub fn new(store: Store, clock: Clock) -> Self {
        Self(Arc::new(Inner { store, clock, held: Mutex::default() }))
    }

    /// Notes an act, durably. Called once the act is done: what failed is not noted as done. An act that is done and
    /// cannot be noted is told to whoever did it as a failure, so that it is done again and noted then.
    pub async fn note(&self, by: &By, deed: &Deed) -> Result<(), AuditError> {
        let Inner { store, clock, held } = &*self.0;
        let mut held = held.lock().await;
        let mut tries = 0;
        loop {
            let now = clock.now();
            let Held { term, head } = if let Some(known) = held.clone() {
                known
            } else {
                let claim = store.claim_stream(STREAM, now).await?;
                Held { term: claim.term, head: claim.head }
            };
            let rows = chain::seal(&head.hash, STREAM, head.seq + 1, vec![entry::row(now, by, deed)]);
            let after = rows.last().map_or(head.clone(), |row| Head { seq: row.seq, hash: row.hash.clone() });
            let batch = Batch {
                stream: STREAM.to_owned(),
                term,
                expected_seq: head.seq,
                rows,
                parts: Vec::new(),
                keys: Vec::new(),
                outbox: Vec::new(),
                erase: Vec::new(),
                state: None,
                alive_at: now,
            };
            match store.append(batch).await {
                Ok(()) => {
                    *held = Some(Held { term, head: after });
                    return Ok(());
                }
                // Nothing here is decided from what the log holds, so the row is as good behind another one.
                Err(AppendError::StaleTerm { .. } | AppendError::Conflict { .. }) if tries < TRIES => {
                    tries += 1;
                    *held = None;
                }
                Err(error) => {
                    *held = None;
                    return Err(error.into());
                }
            }
        }
    }

    /// The log as it is stored, for an export, and where it ends.
    pub async fn rows(&self) -> Result<(Vec<StoredRow>, Head), StoreError> {
        let rows = self.0.store.read_whole_log(STREAM).await?;
        let head =
            rows.last().map_or_else(Head::genesis, |last| Head { seq: last.row.seq, hash: last.row.hash.clone() });
        Ok((rows, head))
    }

    /// At most `limit` entries behind the row `after`, in order.
    pub async fn entries(&self, after: i64, limit: u32) -> Result<Vec<Entry>, StoreError> {
        let rows = self.0.store.read_log(STREAM, after, limit).await?;
        Ok(rows.iter().map(Entry::of).collect())
    }
}
