//! The core: a pure state machine. Commands and time come in, events come out.
//!
//! ```text
//! state.decide(&command, at) -> Result<Vec<Event>, Rejection>   all rules; direct consequences only
//! state.apply(&event)                                           total, cannot fail
//! state.next_deadline() -> Option<Timestamp>                    derived; when to pulse next
//! ```
//!
//! No I/O, no clock, no randomness, no floats, no hash-map order: replaying a log gives the same
//! state on every machine, and replay never calls `decide`. After each command the caller pulses at
//! the same instant until nothing more follows.

pub mod time;
pub mod date;
pub mod clock;
pub mod id;
pub mod number;
pub mod text;
pub mod marking;
pub mod plan;
pub mod role;
pub mod prose;
pub mod indicator;
pub mod taxonomy;
mod act;
pub mod command;
pub mod event;
pub mod codec;
pub mod rejection;
pub mod state;
mod watch;
mod branch;
mod apply;
pub mod decide;
pub mod readiness;
pub mod step;
pub mod score;
pub mod after_action;
pub mod view;
