//! What gives a team away in words of other people.

use crate::{
    engine::text::Text,
    report::model::{EditedFinding, ImprovementLine, NoteLine, Scorecard},
};

/// Names and ids that must not be read.
pub(in crate::report) struct Veil(Vec<String>);

impl Veil {
    /// Hides these teams.
    pub(super) fn over<'a>(teams: impl IntoIterator<Item = &'a Scorecard>) -> Self {
        Self::naming(teams.into_iter().flat_map(|team| [team.name.clone(), team.team.0.clone()]))
    }

    /// Hides these names and ids.
    pub(in crate::report) fn naming(words: impl IntoIterator<Item = String>) -> Self {
        let words = words.into_iter().map(|word| word.to_lowercase());
        Self(words.filter(|word| !word.is_empty()).collect())
    }

    /// Whether a text names one of them.
    pub(in crate::report) fn hides(&self, text: &str) -> bool {
        let text = text.to_lowercase();
        self.0.iter().any(|word| names(&text, word))
    }

    /// A text, unless it names one of them.
    pub(super) fn keep(&self, text: Option<String>) -> Option<String> {
        text.filter(|text| !self.hides(text))
    }

    /// A note of the hot wash that everybody saw, unless it names one of them.
    pub(super) fn note(&self, note: NoteLine) -> Option<NoteLine> {
        if note.team.is_some() || note.text.as_ref().is_some_and(|text| self.hides(text)) {
            return None;
        }
        let same = note.same.into_iter().filter(|text| !self.hides(text)).collect();
        Some(NoteLine { same, ..note })
    }

    /// What people wrote of all teams, unless it names one of them.
    pub(super) fn edited(&self, findings: Vec<EditedFinding>) -> Vec<EditedFinding> {
        let hidden = |finding: &EditedFinding| {
            let texts = [&finding.title, &finding.observation, &finding.reference, &finding.analysis];
            texts.into_iter().flatten().any(|text| self.hides(text))
        };
        findings.into_iter().filter(|finding| !hidden(finding)).collect()
    }

    /// Corrective actions without the people and organisations that answer for them, unless they name one.
    pub(super) fn improvement(&self, actions: Vec<ImprovementLine>) -> Vec<ImprovementLine> {
        let shown = actions.into_iter().filter(|action| !action.text.as_ref().is_some_and(|text| self.hides(text)));
        let bare = |action| ImprovementLine { owner: None, contact: None, note: None, evidence: None, ..action };
        shown.map(bare).collect()
    }

    /// A text of the scenario, unless it names one of them in any language.
    pub(super) fn keep_text(&self, text: Option<Text>) -> Option<Text> {
        text.filter(|text| !text.0.values().any(|words| self.hides(words)))
    }
}

/// Whether a word stands in a text by itself, and not as a part of a longer one: a team called `a` does not hide
/// whatever has that letter. Both are in small letters.
fn names(text: &str, word: &str) -> bool {
    let is_alone = |start: usize| {
        let (before, rest) = text.split_at(start);
        rest.strip_prefix(word).is_some_and(|after| {
            !joins(before.chars().next_back(), word.chars().next())
                && !goes_on(word.chars().next_back(), after.chars().next())
        })
    };
    text.contains(word) && text.char_indices().any(|(start, _)| is_alone(start))
}

/// Whether two neighbours are of one word. Only scripts that have small and capital letters put spaces around
/// every word; in all others a name is found wherever it stands.
fn joins(one: Option<char>, other: Option<char>) -> bool {
    let is_in_words = |c: char| c.is_lowercase() || c.is_uppercase() || c.is_numeric();
    one.is_some_and(is_in_words) && other.is_some_and(is_in_words)
}

/// Whether a word goes on after its last letter. Names in Cyrillic and Greek take endings, and stay names.
fn goes_on(last: Option<char>, next: Option<char>) -> bool {
    let takes_endings = |c: char| c.is_lowercase() && matches!(c, '\u{370}'..='\u{52f}');
    joins(last, next) && !last.is_some_and(takes_endings)
}
