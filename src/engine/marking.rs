//! What everything says that leaves an exercise, so that nobody takes it for the real thing.

/// First and last on every page, sheet and file of an exercise.
pub const MARKING: &str = "EXERCISE EXERCISE EXERCISE";
/// The same of a rehearsal: it says nothing about anybody.
pub const REHEARSAL_MARKING: &str = "EXERCISE EXERCISE EXERCISE \u{2013} REHEARSAL";

/// The marking of an exercise, or of a rehearsal for one.
#[must_use]
pub fn marking(rehearsal: bool) -> &'static str {
    if rehearsal { REHEARSAL_MARKING } else { MARKING }
}
