//! Finds a scenario by what somebody typed: a path, or the name of a pack that came with the
//! program.

use std::path::Path;

use crate::scenario::{
    self, MAIN_FILE, Pack,
    diagnostic::Diagnostics,
    source::{Folder, Shipped, Source},
};

/// Reads a scenario. A path that exists wins over a name.
pub(super) fn open(wanted: &str) -> Result<Pack, OpenError> {
    let path = Path::new(wanted);
    let shipped = scenario::shipped();
    let wrong = |diagnostics| OpenError::Wrong { scenario: wanted.to_owned(), diagnostics };
    if path.exists() {
        scenario::load(path).map_err(wrong)
    } else if shipped.iter().any(|name| name == wanted) {
        scenario::load_shipped(wanted).map_err(wrong)
    } else {
        Err(OpenError::Unknown { scenario: wanted.to_owned(), shipped: shipped.join(", ") })
    }
}

/// Where the files of a scenario are that [`open`] finds, and which is the first.
pub(super) fn source(wanted: &str) -> (Box<dyn Source>, String) {
    let path = Path::new(wanted);
    if !path.exists() {
        return (Box::new(Shipped::new(wanted)), MAIN_FILE.to_owned());
    }
    let (folder, main) = scenario::place(path);
    (Box::new(Folder::new(&folder)), main)
}

/// A scenario that cannot be used.
#[derive(Debug, thiserror::Error)]
pub(super) enum OpenError {
    #[error(
        "there is no file or folder '{scenario}' here, and no scenario of that name came with this program (it has: {shipped}). \
         Check the spelling, or give the path of a scenario.yaml or of its folder"
    )]
    Unknown { scenario: String, shipped: String },
    #[error("the scenario '{scenario}' cannot be used until this is mended\n\n{diagnostics}")]
    Wrong { scenario: String, diagnostics: Diagnostics },
}
