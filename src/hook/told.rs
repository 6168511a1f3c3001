//! What of an event is told, and to which hooks: decided with the event, stored in its transaction.

use serde::Serialize;
use sha2::{Digest, Sha256};

use super::{Hooks, Occasion};
use crate::{
    engine::{event::Event, id::ExerciseId, marking::marking},
    store::{Effect, record::stream_of},
};

/// What stands before a hook's name in the kind of an effect.
pub(super) const KIND: &str = "hook/";

/// What a hook is sent.
#[derive(Serialize)]
struct Body<'a> {
    /// The same each time it is sent.
    id: &'a str,
    event: &'static str,
    /// It is an exercise, whoever reads this and wherever.
    marking: &'a str,
    exercise: &'a str,
    /// Row of the log.
    seq: i64,
    /// When, in Unix milliseconds.
    at: i64,
}

/// What is to be sent because of an event that is row `seq` of its log.
///
/// # Panics
/// Never: a body holds nothing that JSON cannot.
#[must_use]
pub fn told(hooks: &Hooks, exercise: &ExerciseId, rehearsal: bool, seq: i64, event: &Event) -> Vec<Effect> {
    let Some(occasion) = Occasion::of(&event.fact) else { return Vec::new() };
    let wanting = hooks.all().iter().filter(|hook| hook.events.contains(&occasion));
    let effect = |hook: &super::Hook| {
        let id = id_of(&hook.name, exercise, seq);
        let body = Body {
            id: &id,
            event: occasion.name(),
            marking: marking(rehearsal),
            exercise: exercise.as_str(),
            seq,
            at: event.at.0,
        };
        let body = serde_json::to_string(&body).expect("names and numbers can be written");
        Effect { kind: format!("{KIND}{}", hook.name), seq, body, created_at: event.at, id }
    };
    wanting.map(effect).collect()
}

/// Follows from what it is about: the same event is never told under two ids.
fn id_of(hook: &str, exercise: &ExerciseId, seq: i64) -> String {
    let digest = Sha256::digest(format!("{hook}\n{}\n{seq}", stream_of(exercise)));
    hex::encode(&digest[..16])
}
