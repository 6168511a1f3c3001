//! What tells who people are: how somebody gets to see what is kept of them, how it is erased, and how it goes by
//! itself when it has been kept long enough. What teams did stays: it belongs to them, and to the log.
//!
//! Invariants: a name that is erased is erased everywhere, for it stands in one place; a text that is erased leaves
//! the chain of the log whole; nobody is shown of a colleague what the page would not show.

pub mod api;

mod erase;
mod own;
mod retention;

pub use own::{OwnAct, OwnData};
pub use retention::{Privacy, RetireError};

pub(super) use erase::Erased;
pub(super) use own::Own;
pub(super) use retention::goes_at;

use crate::engine::id::PersonId;

/// What somebody is called whose name was erased: the same wherever the person is named, and in no language.
fn pseudonym(person: &PersonId) -> String {
    let short: String = person.as_str().chars().take(6).collect();
    format!("P-{short}")
}
