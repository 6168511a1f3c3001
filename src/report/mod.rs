//! The after-action report, from a log alone.

pub mod model;
