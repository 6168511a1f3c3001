//! Effects that wait to be sent. They were stored in the transaction of the events that caused them,
//! and are sent at least once, with a stable id.

use tokio::sync::watch;

use crate::engine::time::Timestamp;

use super::{
    Effect, Store, StoreError,
    db::{reading, writing},
};

/// An effect that was not sent yet.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub struct PendingEffect {
    pub stream: String,
    pub effect: Effect,
}

type Columns = (String, String, i64, String, String, i64);

impl From<Columns> for PendingEffect {
    fn from((stream, id, seq, kind, body, created_at): Columns) -> Self {
        Self { stream, effect: Effect { id, seq, kind, body, created_at: Timestamp(created_at) } }
    }
}

impl Store {
    /// At most `limit` effects that were not sent yet, oldest first.
    pub async fn pending_effects(&self, limit: u32) -> Result<Vec<PendingEffect>, StoreError> {
        let pending: Vec<Columns> = reading!(self, |pool| {
            sqlx::query_as(
                "SELECT stream, id, seq, kind, body, created_at FROM outbox
                 WHERE sent_at IS NULL ORDER BY created_at, id LIMIT $1",
            )
            .bind(i64::from(limit))
            .fetch_all(pool)
            .await?
        });
        Ok(pending.into_iter().map(PendingEffect::from).collect())
    }

    /// The same of one kind, for a sender that others must not wait for.
    pub async fn pending_effects_of(&self, kind: &str, limit: u32) -> Result<Vec<PendingEffect>, StoreError> {
        let pending: Vec<Columns> = reading!(self, |pool| {
            sqlx::query_as(
                "SELECT stream, id, seq, kind, body, created_at FROM outbox
                 WHERE sent_at IS NULL AND kind = $1 ORDER BY created_at, seq, id LIMIT $2",
            )
            .bind(kind)
            .bind(i64::from(limit))
            .fetch_all(pool)
            .await?
        });
        Ok(pending.into_iter().map(PendingEffect::from).collect())
    }

    /// Changes whenever effects have been stored.
    #[must_use]
    pub fn effects(&self) -> watch::Receiver<()> {
        self.effects.subscribe()
    }

    /// Notes that an effect was sent.
    pub async fn mark_effect_sent(&self, id: &str, at: Timestamp) -> Result<(), StoreError> {
        writing!(self, |pool| {
            sqlx::query("UPDATE outbox SET sent_at = $1 WHERE id = $2 AND sent_at IS NULL")
                .bind(at.0)
                .bind(id)
                .execute(pool)
                .await?;
        });
        Ok(())
    }
}
