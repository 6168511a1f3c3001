//! Reading an exercise back from its log.

use std::{collections::BTreeMap, sync::Arc};

use super::committed::{Committed, Stored};
use crate::{
    engine::{codec::CodecError, id::ExerciseId},
    store::{
        Store, StoreError,
        chain::{Head, StoredRow},
        record,
    },
};

const PAGE: u32 = 5_000;

/// A log that cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// The store does not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A row cannot be read.
    #[error(transparent)]
    Codec(#[from] CodecError),
    /// The log does not begin as one does.
    #[error("the log of exercise {0} does not begin with its creation")]
    NoBeginning(ExerciseId),
}

/// The committed side of an exercise, folded from its whole log.
pub(super) async fn committed(store: &Store, exercise: &ExerciseId, generation: i64) -> Result<Committed, LoadError> {
    let people = store.people(exercise).await?;
    let names: BTreeMap<_, _> = people.into_iter().map(|person| (person.id, person.name)).collect();
    let mut rows = rows_after(store, exercise, 0).await?.into_iter();
    let first = rows.next();
    let opened = first.and_then(|first| Committed::open(&first.event, &first.head, generation, names));
    let mut committed = opened.ok_or_else(|| LoadError::NoBeginning(exercise.clone()))?;
    rows.for_each(|row| committed.take(&row));
    Ok(committed)
}

/// Every row after a sequence number.
pub(super) async fn rows_after(store: &Store, exercise: &ExerciseId, mut after: i64) -> Result<Vec<Stored>, LoadError> {
    let stream = record::stream_of(exercise);
    let mut all = Vec::new();
    loop {
        let page = store.read_log(&stream, after, PAGE).await?;
        let Some(last) = page.last() else { return Ok(all) };
        after = last.row.seq;
        for stored in &page {
            all.push(read(stored)?);
        }
    }
}

fn read(stored: &StoredRow) -> Result<Stored, LoadError> {
    let head = Head { seq: stored.row.seq, hash: stored.row.hash.clone() };
    Ok(Stored { head, event: Arc::new(record::event(stored)?), shown: None })
}
