//! Appending to logs by group commit: one task takes every batch that waits, of all exercises, into
//! one transaction and one COMMIT, and only then answers.
//!
//! - A batch is stored whole or not at all, and only by whoever claimed its log last, right behind
//!   the row that it expects. A batch that fails that check is refused alone.
//! - A batch that the database itself refuses disturbs no other: then each is tried by itself.
//! - A fault of the disk stores nothing, every batch is told so, and the next ones are tried again.

mod statements;

use std::{sync::Arc, time::Duration};

use tokio::{
    sync::{mpsc, oneshot},
    time::timeout,
};

use crate::engine::{id::PartId, time::Timestamp};

use super::{
    AppendError, Store,
    chain::{Part, Row},
    db::Db,
};

/// Batches that may wait; a caller beyond them waits to hand its batch in.
const INBOX_BATCHES: usize = 1024;
/// Batches that one transaction takes at most.
const JOINED_BATCHES: usize = 512;

/// After so many transactions the database is tidied up in the next lull, before it has to be in the midst
/// of a transaction that somebody waits for.
const UNTIDY: usize = 32;
/// When so long nothing came, that is a lull.
const LULL: Duration = Duration::from_millis(50);

/// What one decision of an exercise stores, whole or not at all.
#[derive(Clone, Debug)]
pub struct Batch {
    /// The log.
    pub stream: String,
    /// From the claim.
    pub term: i64,
    /// Where the log must end now.
    pub expected_seq: i64,
    /// Sealed rows, numbered from there.
    pub rows: Vec<Row>,
    /// Texts of these rows.
    pub parts: Vec<Part>,
    /// Keys of the commands that these rows answer.
    pub keys: Vec<Key>,
    /// What is to be sent out because of these rows.
    pub outbox: Vec<Effect>,
    /// Texts of this log to erase.
    pub erase: Vec<PartId>,
    /// Where the exercise stands now, if that changed.
    pub state: Option<String>,
    /// When the writer was alive.
    pub alive_at: Timestamp,
}

/// The key of a command that was accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Key {
    pub actor: String,
    pub key: String,
    /// Hash of the command, to tell a repeat from another command with the same key.
    pub body_hash: String,
    /// The row that answers it.
    pub seq: i64,
}

/// Something to send to the world outside.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Effect {
    /// Goes with it each time it is sent.
    pub id: String,
    /// The row that caused it.
    pub seq: i64,
    pub kind: String,
    pub body: String,
    pub created_at: Timestamp,
}

#[derive(Debug)]
pub(super) enum Message {
    Append(Box<Batch>, Option<Ripe>, oneshot::Sender<Verdict>),
    /// Take no more, and say when all that waited is done.
    Stop(oneshot::Sender<()>),
}

type Verdict = Result<(), AppendError>;

/// Comes, or its sender goes away, when a batch may be committed.
pub(super) type Ripe = oneshot::Receiver<()>;

impl Store {
    /// Stores a batch, durably, together with whatever else waits.
    ///
    /// A batch that was handed in is stored or refused even if the caller goes away.
    ///
    /// # Errors
    /// Nothing of the batch is stored then; see [`AppendError`].
    pub async fn append(&self, batch: Batch) -> Result<(), AppendError> {
        self.append_when(batch, None).await
    }

    /// Makes everything ready to store a batch, and stores it once it is ripe. Others that are stored with
    /// it wait as long, so that should be milliseconds.
    ///
    /// # Errors
    /// As [`Self::append`].
    pub async fn append_when(&self, batch: Batch, ripe: Option<Ripe>) -> Result<(), AppendError> {
        check_numbers(&batch)?;
        let has_effects = !batch.outbox.is_empty();
        let (answer, verdict) = oneshot::channel();
        self.inbox
            .send(Message::Append(Box::new(batch), ripe, answer))
            .await
            .map_err(|_no_writer| AppendError::Closed)?;
        verdict.await.map_err(|_no_writer| AppendError::Closed)??;
        if has_effects {
            self.effects.send_replace(());
        }
        Ok(())
    }
}

fn check_numbers(batch: &Batch) -> Verdict {
    for (row, expected) in batch.rows.iter().zip(batch.expected_seq + 1..) {
        if row.seq != expected || row.stream != batch.stream {
            return Err(AppendError::Misnumbered { stream: batch.stream.clone(), seq: row.seq, expected });
        }
    }
    Ok(())
}

/// Starts the writer. It ends when it is stopped, or when no store is left to send to it.
pub(super) fn start(db: Db) -> mpsc::Sender<Message> {
    let (inbox, waiting) = mpsc::channel(INBOX_BATCHES);
    tokio::spawn(run(db, waiting));
    inbox
}

/// Stops the writer once all that waits is stored.
pub(super) async fn stop(inbox: &mpsc::Sender<Message>) {
    let (stopped, done) = oneshot::channel();
    if inbox.send(Message::Stop(stopped)).await.is_ok() {
        // An error means that it has stopped already.
        done.await.ok();
    }
}

async fn run(db: Db, mut inbox: mpsc::Receiver<Message>) {
    let mut messages = Vec::with_capacity(JOINED_BATCHES);
    let mut stopped = Vec::new();
    let mut untidy = 0;
    loop {
        let received = inbox.recv_many(&mut messages, JOINED_BATCHES);
        match if untidy < UNTIDY { Ok(received.await) } else { timeout(LULL, received).await } {
            Ok(0) => break,
            Ok(_) => untidy += 1,
            Err(_) => {
                db.tidy().await;
                untidy = 0;
                continue;
            }
        }
        let mut batches = Vec::with_capacity(messages.len());
        let mut answers = Vec::with_capacity(messages.len());
        let mut unripe = Vec::new();
        for message in messages.drain(..) {
            match message {
                Message::Append(batch, ripe, answer) => {
                    batches.push(*batch);
                    unripe.extend(ripe);
                    answers.push(answer);
                }
                Message::Stop(done) => {
                    inbox.close();
                    stopped.push(done);
                }
            }
        }
        for (answer, verdict) in answers.into_iter().zip(store(&db, &batches, unripe).await) {
            // Whoever has gone away needs no answer.
            answer.send(verdict).ok();
        }
    }
    for done in stopped {
        done.send(()).ok();
    }
}

/// Stores batches together if that works, else those that work.
async fn store(db: &Db, batches: &[Batch], mut unripe: Vec<Ripe>) -> Vec<Verdict> {
    match statements::commit(db, batches, &mut unripe).await {
        Ok(verdicts) => verdicts,
        Err(error) if batches.len() > 1 && is_fault_of_a_batch(&error) => {
            let mut verdicts = Vec::with_capacity(batches.len());
            for batch in batches {
                match statements::commit(db, std::slice::from_ref(batch), &mut unripe).await {
                    Ok(verdict) => verdicts.extend(verdict),
                    Err(error) => verdicts.push(Err(refusal(error))),
                }
            }
            verdicts
        }
        Err(error) => {
            let refusal = refusal(error);
            batches.iter().map(|_| Err(refusal.clone())).collect()
        }
    }
}

fn refusal(error: sqlx::Error) -> AppendError {
    if is_fault_of_a_batch(&error) {
        AppendError::Refused(Arc::new(error))
    } else {
        tracing::error!(error = &error as &dyn std::error::Error, "a transaction of the logs failed");
        AppendError::Unavailable(Arc::new(error))
    }
}

/// Whether what a batch holds is the reason: the same batch would fail again, others would not.
fn is_fault_of_a_batch(error: &sqlx::Error) -> bool {
    use sqlx::error::ErrorKind;
    let Some(error) = error.as_database_error() else { return matches!(error, sqlx::Error::Encode(_)) };
    let violates_constraint = matches!(
        error.kind(),
        ErrorKind::UniqueViolation
            | ErrorKind::ForeignKeyViolation
            | ErrorKind::NotNullViolation
            | ErrorKind::CheckViolation
            | ErrorKind::ExclusionViolation
    );
    // PostgreSQL's classes 22 (data), 23 (constraint) and 54 (too large); SQLite's 18 (too large).
    let code = error.code().unwrap_or_default();
    let bad_data = code == "18" || code.len() == 5 && ["22", "23", "54"].iter().any(|class| code.starts_with(class));
    violates_constraint || bad_data
}
