//! Scenarios: from the files that people write to the plan that the engine runs.
//!
//! A pack is read, checked and compiled in one go: [`load`] gives a [`Pack`] that has no error in
//! it, or everything that is wrong with line and column. Files are hostile until checked: nothing
//! in them runs, and no size, depth or path of theirs is trusted.

mod check;
pub mod diagnostic;
mod document;
mod lint;
pub mod markdown;
pub mod model;
pub mod msel;
mod naming;
mod node;
mod parse;
pub mod source;
mod summary;
pub mod value;

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use sha2::{Digest, Sha256};

use self::{
    diagnostic::{Diagnostic, Diagnostics, Findings, Severity},
    source::{Folder, Shipped, Source},
};
use crate::engine::{id::FileHash, plan::Plan};

pub use summary::summary;

/// Name of the scenario file of a pack.
pub const MAIN_FILE: &str = "scenario.yaml";

/// A scenario that was read and found right.
#[derive(Debug)]
pub struct Pack {
    /// What the engine runs.
    pub plan: Plan,
    /// The files that injects attach, each once, in order of their paths.
    pub files: Vec<PackFile>,
    /// What somebody should look at before play.
    pub warnings: Vec<Diagnostic>,
    /// What is good to know and may well be meant.
    pub hints: Vec<Diagnostic>,
}

/// A file that an inject attaches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackFile {
    /// Path inside the pack.
    pub path: String,
    /// SHA-256 of its bytes.
    pub hash: FileHash,
    /// Media type (RFC 6838).
    pub media_type: &'static str,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Reads a pack from disk: a folder with `scenario.yaml`, or one YAML file.
///
/// # Errors
/// Everything that is wrong with it, warnings included.
pub fn load(path: &Path) -> Result<Pack, Diagnostics> {
    let (folder, main) = place(path);
    load_from(&Folder::new(&folder), &main)
}

/// The folder of a pack on disk and the name of its scenario file in it.
#[must_use]
pub fn place(path: &Path) -> (PathBuf, String) {
    if path.is_dir() {
        return (path.to_owned(), MAIN_FILE.to_owned());
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    (folder.to_owned(), name)
}

/// Reads the pack whose scenario file has the path `main` in a source.
///
/// # Errors
/// Everything that is wrong with it, warnings included.
pub fn load_from(source: &dyn Source, main: &str) -> Result<Pack, Diagnostics> {
    let mut findings = Findings::default();
    let compiled = parse::read_pack(source, main, &mut findings).map(|parsed| {
        let (plan, files) = check::compile(&parsed, source, &mut findings);
        if !findings.has_errors() {
            lint::look(&parsed, &plan, &files, &mut findings);
        }
        (plan, files)
    });
    match compiled {
        Some((plan, files)) if !findings.has_errors() => {
            let (hints, warnings) =
                findings.into_sorted().into_iter().partition(|found| found.severity == Severity::Hint);
            Ok(Pack { plan, files, warnings, hints })
        }
        _ => Err(Diagnostics(findings.into_sorted())),
    }
}

/// Names of the packs that came with the binary.
#[must_use]
pub fn shipped() -> Vec<String> {
    Shipped::names()
}

/// Reads a pack that came with the binary.
///
/// # Errors
/// Everything that is wrong with it, warnings included.
pub fn load_shipped(name: &str) -> Result<Pack, Diagnostics> {
    load_from(&Shipped::new(name), MAIN_FILE)
}

/// Reads a scenario file that stands alone, without attachments.
///
/// # Errors
/// Everything that is wrong with it, warnings included.
pub fn load_text(yaml: &str) -> Result<Pack, Diagnostics> {
    load_from(&BTreeMap::from([(MAIN_FILE.to_owned(), yaml.to_owned())]), MAIN_FILE)
}

/// JSON Schema of format 1, for editors.
#[must_use]
pub fn schema() -> serde_json::Value {
    schemars::schema_for!(model::Scenario).to_value()
}

/// SHA-256 of a plan's canonical bytes, in lower-case hexadecimal.
///
/// # Panics
/// Never: a plan holds nothing that JSON cannot.
#[must_use]
pub fn plan_hash(plan: &Plan) -> String {
    let bytes = serde_json::to_vec(plan).expect("a plan has only string keys and integers");
    hex::encode(Sha256::digest(bytes))
}
