//! What is personal goes by itself when it has been kept long enough.

use super::erase::Erased;
use crate::{
    audit::{Audit, AuditError, By, Deed},
    engine::{
        command::Actor,
        id::ExerciseId,
        state::Stage,
        time::{Millis, Timestamp},
    },
    live::{Exercise, Live, LiveError},
    store::{Retention, RetentionScope, Store, StoreError, record::stream_of},
};

const DAY: i64 = Millis::minutes(24 * 60).0;
/// Stands in the log as the reason, beside each text that goes.
const REASON: &str = "kept long enough";

/// What people are told at the door, and what holds where nobody has said otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Privacy {
    /// Whom to ask about what is kept.
    pub contact: Option<String>,
    /// Days behind the end of play that what is personal is kept.
    pub days: u32,
}

impl Privacy {
    /// What holds for an exercise.
    pub(in crate::live) async fn of(&self, store: &Store, exercise: &ExerciseId) -> Result<Retention, StoreError> {
        let usual = Retention { days: self.days, scope: RetentionScope::Names, done_at: None };
        Ok(store.retention(exercise).await?.unwrap_or(usual))
    }
}

/// What is personal could not be erased.
#[derive(Debug, thiserror::Error)]
pub enum RetireError {
    /// The exercise does not take it.
    #[error(transparent)]
    Live(#[from] LiveError),
    /// The store does not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// It was done, and could not be noted.
    #[error(transparent)]
    Audit(#[from] AuditError),
}

impl Live {
    /// Erases what is personal of every exercise whose time for it has come. Says how many there were.
    pub async fn retire_due(&self, privacy: &Privacy, audit: &Audit) -> Result<usize, RetireError> {
        let (store, clock) = (&self.0.store, &self.0.clock);
        let mut retired = 0;
        for summary in store.exercises().await? {
            let over = [Stage::Ended, Stage::Cancelled].iter().any(|stage| stage.to_string() == summary.state);
            let held = privacy.of(store, &summary.id).await?;
            if !over || held.done_at.is_some() {
                continue;
            }
            let Some(ended_at) = store.ended_at(&stream_of(&summary.id)).await? else { continue };
            if clock.now() < goes_at(ended_at, &held) {
                continue;
            }
            let Some(exercise) = self.exercise(&summary.id).await? else { continue };
            let Erased { texts, files } = exercise.retire(&held).await?;
            store.note_retired(&summary.id, &held, clock.now()).await?;
            let deed = Deed::ExerciseRetired { exercise: summary.id, texts, files };
            audit.note(&By::SERVER, &deed).await?;
            retired += 1;
        }
        store.retire_programmes(clock.now()).await?;
        Ok(retired)
    }
}

/// When what is personal goes.
pub(in crate::live) fn goes_at(ended_at: Timestamp, held: &Retention) -> Timestamp {
    ended_at.plus(Millis(i64::from(held.days) * DAY))
}

impl Exercise {
    async fn retire(&self, held: &Retention) -> Result<Erased, LiveError> {
        let now = self.clock.now();
        self.store.revoke_links(&self.id, now).await?;
        for person in self.store.people(&self.id).await? {
            self.store.revoke_seats_of_person(&self.id, &person.id, now).await?;
            self.disconnect(&person.id);
            self.erase_name(&person.id).await?;
        }
        match held.scope {
            RetentionScope::Names => Ok(Erased::default()),
            RetentionScope::Texts => self.erase_texts(Actor::System, None, REASON).await,
        }
    }
}
