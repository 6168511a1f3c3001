//! The after-action report and the list of events as run, from a log alone: the same log gives the
//! same bytes, on every machine and at any later time.

mod as_run;
mod build;
pub mod html;
pub mod model;
#[cfg(feature = "pdf")]
pub mod pdf;
pub mod recompute;
pub mod rehearsal;
mod scorecard;
mod timeline;

pub use as_run::as_run;
pub use build::{ReportError, build};
pub(crate) use scorecard::in_words;
