//! Between events and rows. Pure, and the only such way: the server, a rehearsal and every reader
//! of an export go through it.

use std::collections::BTreeSet;

use super::chain::{NewRow, Part, StoredRow};
use crate::engine::{
    codec::{self, CodecError},
    event::Event,
    id::ExerciseId,
    text::Language,
    view::{Audience, frames},
};

/// The row of an event that will be the `seq`th, and the texts that go beside it.
#[must_use]
pub fn new_row(seq: i64, event: &Event) -> (NewRow, Vec<Part>) {
    row_for(seq, event, &frames::audiences(&frames::frames(seq, event, &Language::from("en"))))
}

/// The same, by somebody who knows already whom it is shown to.
///
/// # Panics
/// Never: audiences hold nothing that JSON cannot.
#[must_use]
pub fn row_for(seq: i64, event: &Event, audiences: &BTreeSet<&Audience>) -> (NewRow, Vec<Part>) {
    let row = NewRow {
        at: event.at,
        actor: codec::actor_text(&event.actor),
        kind: event.fact.kind().to_owned(),
        version: codec::VERSION,
        body: codec::body(&event.fact),
        audiences: serde_json::to_string(audiences).expect("audiences are names"),
    };
    let parts = event.fact.prose().into_iter().filter_map(|prose| {
        let content = prose.content.clone()?;
        Some(Part { id: prose.part.clone(), seq, content })
    });
    (row, parts.collect())
}

/// The event of a stored row, with those of its texts that were not erased.
///
/// # Errors
/// When this program cannot read the row: a newer one wrote it, or it is not a row of a log.
pub fn event(stored: &StoredRow) -> Result<Event, CodecError> {
    let row = &stored.row;
    let mut event = codec::event(&row.kind, row.version, row.at, &row.actor, &row.body)?;
    for prose in event.fact.prose_mut() {
        let part = stored.parts.iter().find(|part| part.id == prose.part);
        prose.content = part.map(|part| part.content.clone());
    }
    Ok(event)
}

/// Name of the log of an exercise.
#[must_use]
pub fn stream_of(exercise: &ExerciseId) -> String {
    format!("exercise/{exercise}")
}
