//! Words in several languages, each from one file of plain data that is part of the program.

use std::collections::BTreeMap;

use serde::de::DeserializeOwned;

use crate::engine::text::Language;

/// Words by the tag of their language. English is always among them.
pub(crate) struct Catalogue<W>(BTreeMap<&'static str, W>);

impl<W: DeserializeOwned> Catalogue<W> {
    /// From pairs of tag and JSON.
    pub(crate) fn read<const N: usize>(files: [(&'static str, &str); N]) -> Self {
        let words =
            |json| serde_json::from_str(json).expect("the catalogues are part of the program and read by its tests");
        Self(files.into_iter().map(|(tag, json)| (tag, words(json))).collect())
    }

    /// The tags of the languages.
    pub(crate) fn languages(&self) -> impl Iterator<Item = &'static str> + '_ {
        self.0.keys().copied()
    }

    /// The words of a language or of its primary tag, else English ones, and the tag that they really
    /// are in.
    pub(crate) fn of(&self, language: &Language) -> (&'static str, &W) {
        let primary = language.0.split('-').next().unwrap_or_default();
        let found = self.0.get_key_value(primary).or_else(|| self.0.get_key_value("en"));
        found.map(|(tag, words)| (*tag, words)).expect("English is there")
    }
}
