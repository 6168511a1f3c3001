//! Imports tabletop kits that were written in Markdown, by their headings and labelled lines.
//!
//! What is for facilitators stays with staff, and nothing is dropped in silence: whatever finds no
//! place in a scenario is listed with its line.

mod kit;
mod outline;
mod words;
mod yaml;

use std::collections::BTreeMap;

use super::MAIN_FILE;

/// What became of a kit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Imported {
    /// The files of a pack, by path. They pass the check without an error.
    pub files: BTreeMap<String, String>,
    /// What found no place in it, in order of lines.
    pub unplaced: Vec<Unplaced>,
}

/// A part of a kit that found no place.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Unplaced {
    /// Line where it begins, from 1.
    pub line: usize,
    /// Its text.
    pub text: String,
}

/// Imports a kit written in English.
#[must_use]
pub fn import_markdown(text: &str) -> Imported {
    import_markdown_in(text, "en")
}

/// Imports a kit, noting the language of its texts.
///
/// # Panics
/// Never: everything an importer writes can be written as YAML.
#[must_use]
pub fn import_markdown_in(text: &str, language: &str) -> Imported {
    let mut kit = kit::Kit::read(&outline::blocks(text));
    kit.unplaced.sort();
    let scenario = yaml::write(&kit, &language.to_lowercase());
    Imported { files: BTreeMap::from([(MAIN_FILE.to_owned(), scenario)]), unplaced: kit.unplaced }
}
