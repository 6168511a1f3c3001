//! The after-action report and the list of events as run, from a log alone: the same log gives the
//! same bytes, on every machine and at any later time.

pub mod across;
mod after;
mod as_run;
pub mod attendance;
mod build;
pub mod candidates;
mod earlier;
mod finding;
pub mod html;
mod measure;
pub mod model;
mod named;
#[cfg(feature = "pdf")]
pub mod pdf;
pub mod programme;
pub mod recompute;
pub mod rehearsal;
mod schema;
mod scorecard;
pub mod tables;
mod timeline;
mod version;
mod words;
mod wording;

pub use as_run::as_run;
pub use build::{ReportError, build};
pub use schema::schema;
pub(crate) use scorecard::in_words;
pub use version::{LEAST_TEAMS, READERS, VersionError};
pub use wording::drafts;
