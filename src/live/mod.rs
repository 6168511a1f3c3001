//! The running exercise.

pub mod api;
pub mod wire;
