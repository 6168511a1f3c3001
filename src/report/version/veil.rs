//! What gives a team away in words of other people.

use crate::{engine::text::Text, report::model::Scorecard};

/// Names and ids that must not be read.
pub(super) struct Veil(Vec<String>);

impl Veil {
    /// Hides these teams.
    pub(super) fn over<'a>(teams: impl IntoIterator<Item = &'a Scorecard>) -> Self {
        let words = teams.into_iter().flat_map(|team| [team.name.to_lowercase(), team.team.as_str().to_lowercase()]);
        Self(words.filter(|word| !word.is_empty()).collect())
    }

    /// Whether a text names one of them.
    pub(super) fn hides(&self, text: &str) -> bool {
        let text = text.to_lowercase();
        self.0.iter().any(|word| text.contains(word.as_str()))
    }

    /// A text, unless it names one of them.
    pub(super) fn keep(&self, text: Option<String>) -> Option<String> {
        text.filter(|text| !self.hides(text))
    }

    /// A text of the scenario, unless it names one of them in any language.
    pub(super) fn keep_text(&self, text: Option<Text>) -> Option<Text> {
        text.filter(|text| !text.0.values().any(|words| self.hides(words)))
    }
}
