//! The after-action report, from a log alone: the same log gives the same bytes, on every machine
//! and at any later time.

mod build;
pub mod html;
pub mod model;
pub mod rehearsal;
mod scorecard;
mod timeline;

pub use build::{ReportError, build};
