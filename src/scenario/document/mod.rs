//! Documents that CIRTs write: which parts each has, and what the parts are called in every language
//! of the program. A scenario names a document; teams get ordinary fields.

mod parts;
mod words;

pub(super) use parts::{Part, PartKind, main_part, parts};
pub(super) use words::{help, label, title, unspoken};

use crate::engine::plan::Document;

/// A document as the format names it.
pub(super) fn name(document: Document) -> &'static str {
    match document {
        Document::EarlyWarning => "early_warning",
        Document::Notification => "notification",
        Document::FinalReport => "final_report",
        Document::Advisory => "advisory",
        Document::Sitrep => "sitrep",
    }
}
