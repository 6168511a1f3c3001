//! The core: a pure state machine. Commands and time come in, events come out.
//!
//! No I/O, no clock, no randomness, no floats, no hash-map order: replaying a log gives the same
//! state on every machine, and replay never calls `decide`.

pub mod command;
pub mod event;
pub mod id;
pub mod plan;
pub mod prose;
pub mod rejection;
pub mod role;
pub mod score;
pub mod state;
pub mod text;
pub mod time;
pub mod view;
