//! Ids, texts, durations and numbers: the checks that every part of a scenario needs.

use std::collections::BTreeMap;

use super::Checker;
use crate::{
    engine::{
        text::{Language, Text},
        time::Millis,
    },
    scenario::{
        model,
        value::{At, Duration, Id, Words},
    },
};

/// Longest time that a scenario may speak of.
const LONGEST: Millis = Millis::minutes(30 * 24 * 60);

impl Checker<'_> {
    /// Checks how an id is written.
    pub(super) fn id(&mut self, id: &At<Id>) {
        if !id.is_valid() {
            self.findings
                .error("bad_id", id.place, format!("'{}' is not an id.", id.value))
                .suggest("use 1 to 40 lower-case letters, digits and hyphens");
        }
    }

    /// Checks that ids are well written and that none stands twice.
    pub(super) fn unique<'i>(&mut self, ids: impl Iterator<Item = &'i At<Id>>) {
        let mut first: BTreeMap<&str, u32> = BTreeMap::new();
        for id in ids {
            self.id(id);
            if let Some(line) = first.insert(&id.0, id.place.line) {
                let message = format!("The id '{}' is already taken on line {line}.", id.value);
                self.findings.error("duplicate_id", id.place, message);
            }
        }
    }

    /// A text in all languages of the scenario.
    pub(super) fn text(&mut self, text: &model::Text) -> Text {
        match &text.value {
            Words::Plain(words) => self.plain_text(text, words),
            Words::ByLanguage(words) => {
                self.languages_of(text, words);
                Text(words.iter().map(|(tag, words)| (Language::from(tag.as_str()), words.value.clone())).collect())
            }
            Words::Other(what) => {
                self.findings
                    .error(
                        "wrong_type",
                        text.place,
                        format!("Here must be text or a map of texts by language, not {what}."),
                    )
                    .suggest("put a short text in quotation marks");
                Text::default()
            }
        }
    }

    /// A text that may be left out.
    pub(super) fn optional_text(&mut self, text: Option<&model::Text>) -> Option<Text> {
        text.map(|text| self.text(text))
    }

    fn plain_text(&mut self, text: &model::Text, words: &str) -> Text {
        let Some(first) = self.languages.first().cloned() else { return Text::default() };
        if self.languages.len() > 1 {
            let tags: Vec<String> = self.languages.iter().map(|language| format!("{}: …", language.0)).collect();
            self.findings
                .error("missing_translation", text.place, "This text is in one language, the scenario in several.")
                .suggest(format!("write a map by language: {{{}}}", tags.join(", ")));
        }
        Text(BTreeMap::from([(first, words.to_owned())]))
    }

    fn languages_of(&mut self, text: &model::Text, words: &BTreeMap<String, At<String>>) {
        for (tag, words) in words {
            if !self.languages.iter().any(|language| language.0 == *tag) {
                let known: Vec<String> = self.languages.iter().map(|language| language.0.clone()).collect();
                self.findings
                    .error("unknown_language", words.place, format!("'{tag}' is not among the scenario's languages."))
                    .suggest_nearest(tag, known.iter().map(String::as_str));
            }
        }
        let missing = |language: &&Language| words.get(&language.0).is_none_or(|words| words.trim().is_empty());
        let missing: Vec<&str> = self.languages.iter().filter(missing).map(|language| language.0.as_str()).collect();
        if !missing.is_empty() {
            self.findings
                .error("missing_translation", text.place, format!("This text is missing in: {}.", missing.join(", ")))
                .suggest("translate it, or take the language out of meta.languages");
        }
    }

    /// A length of time, zero if it is not one.
    pub(super) fn length(&mut self, duration: &At<Duration>) -> Millis {
        let Some(length) = duration.millis() else {
            self.findings
                .error("bad_duration", duration.place, format!("'{}' is not a duration.", duration.0))
                .suggest("write hours, minutes and seconds, as in 90m, 1h30m, 45s or -10m");
            return Millis::default();
        };
        if length.0.abs() > LONGEST.0 {
            self.findings.error("out_of_range", duration.place, "This is more than thirty days.");
        }
        length
    }

    /// A length of time that is not negative.
    pub(super) fn forward_length(&mut self, duration: &At<Duration>) -> Millis {
        let length = self.length(duration);
        if length < Millis::default() {
            self.findings.error("out_of_range", duration.place, "This time must not be negative.");
        }
        length
    }

    /// Checks that a plan time lies before the end.
    pub(super) fn not_after_end(&mut self, time: Millis, written: &At<Duration>, what: &str) {
        if self.duration > Millis::default() && time > self.duration {
            let end = self.duration.0 / 60_000;
            self.findings
                .error("after_end", written.place, format!("{what} after the end of play at {end}m."))
                .suggest("move it, or make meta.duration longer");
        }
    }

    /// A number with an upper bound.
    pub(super) fn at_most(&mut self, number: &At<u32>, most: u32) -> u32 {
        if number.value > most {
            self.findings.error("out_of_range", number.place, format!("This must be at most {most}."));
        }
        number.value.min(most)
    }
}
