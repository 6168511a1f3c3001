//! Text in several languages, with a fallback that never hides an inject.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A language by its BCP 47 tag in lower case (`en`, `fr`, `es`).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(transparent)]
#[schema(value_type = String)]
pub struct Language(pub String);

impl Language {
    /// Whether it has the shape of a tag: up to 35 letters, digits and hyphens (RFC 5646).
    #[must_use]
    pub fn is_tag(&self) -> bool {
        (2..=35).contains(&self.0.len()) && self.0.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    }
}

impl From<&str> for Language {
    fn from(tag: &str) -> Self {
        Self(tag.to_lowercase())
    }
}

/// The same text in each language that the plan has it in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(transparent)]
#[schema(value_type = BTreeMap<String, String>)]
pub struct Text(pub BTreeMap<Language, String>);

impl Text {
    /// A text in one language.
    #[must_use]
    pub fn new(language: &str, text: &str) -> Self {
        Self(BTreeMap::from([(Language::from(language), text.to_owned())]))
    }

    /// The text for a reader, and the language it really is in: the wanted one, else its primary
    /// tag (`fr` for `fr-ca`), else English, else the first there is.
    #[must_use]
    pub fn read(&self, wanted: &Language) -> Option<(&Language, &str)> {
        let primary = Language::from(wanted.0.split('-').next().unwrap_or_default());
        [wanted, &primary, &Language::from("en")]
            .into_iter()
            .find_map(|language| self.0.get_key_value(language))
            .or_else(|| self.0.first_key_value())
            .map(|(language, text)| (language, text.as_str()))
    }

    /// The text for a reader, empty if there is none in any language.
    #[must_use]
    pub fn get(&self, wanted: &Language) -> &str {
        self.read(wanted).map_or("", |(_, text)| text)
    }

    /// Whether there is nothing to read in any language.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.values().all(String::is_empty)
    }
}
