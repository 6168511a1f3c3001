//! What documents and their parts are called, in the languages of a scenario.

use std::{collections::BTreeMap, sync::LazyLock};

use serde::Deserialize;

use crate::engine::{
    plan::{Choice, Document},
    text::{Language, Text},
};

const FILES: [(&str, &str); 7] = [
    ("en", include_str!("words/en.json")),
    ("fr", include_str!("words/fr.json")),
    ("es", include_str!("words/es.json")),
    ("ar", include_str!("words/ar.json")),
    ("pt", include_str!("words/pt.json")),
    ("ru", include_str!("words/ru.json")),
    ("zh", include_str!("words/zh.json")),
];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    documents: BTreeMap<String, String>,
    options: BTreeMap<String, String>,
    parts: BTreeMap<String, PartWords>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PartWords {
    label: String,
    help: Option<String>,
}

static WORDS: LazyLock<Vec<(&str, Words)>> = LazyLock::new(|| {
    let read = |(language, json)| (language, serde_json::from_str(json).expect("a test reads every file of words"));
    FILES.into_iter().map(read).collect()
});

/// The words of a language, or of the language that it is a kind of (`pt` for `pt-br`).
fn words(language: &Language) -> Option<&'static Words> {
    let primary = language.0.split('-').next().unwrap_or_default();
    WORDS.iter().find(|(known, _)| *known == primary).map(|(_, words)| words)
}

/// Languages of a scenario that documents have no words in.
pub(in crate::scenario) fn unspoken(languages: &[Language]) -> Vec<&Language> {
    languages.iter().filter(|language| words(language).is_none()).collect()
}

/// A text in the languages of a scenario; in English, too, if one of them is unknown.
fn text(languages: &[Language], of: impl Fn(&'static Words) -> Option<&'static str>) -> Text {
    let english = Language::from("en");
    let also = (!unspoken(languages).is_empty()).then_some(&english);
    let known =
        languages.iter().chain(also).filter_map(|language| Some((language.clone(), of(words(language)?)?.to_owned())));
    Text(known.collect())
}

/// What a document is called.
pub(in crate::scenario) fn title(document: Document, languages: &[Language]) -> Text {
    text(languages, |words| words.documents.get(super::name(document)).map(String::as_str))
}

/// What a part asks.
pub(in crate::scenario) fn label(part: &str, languages: &[Language]) -> Text {
    text(languages, |words| words.parts.get(part).map(|part| part.label.as_str()))
}

/// How to answer a part, where that needs saying.
pub(in crate::scenario) fn help(part: &str, languages: &[Language]) -> Option<Text> {
    let help = text(languages, |words| words.parts.get(part)?.help.as_deref());
    (!help.0.is_empty()).then_some(help)
}

/// Options with their labels.
pub(in crate::scenario) fn options(ids: &[&str], languages: &[Language]) -> Vec<Choice> {
    let option = |id: &&str| Choice {
        id: (*id).into(),
        label: text(languages, |words| words.options.get(*id).map(String::as_str)),
    };
    ids.iter().map(option).collect()
}

/// Markings of a protocol, which have one name everywhere: `TLP:AMBER+STRICT`.
pub(in crate::scenario) fn markings(protocol: &str, ids: &[&str], languages: &[Language]) -> Vec<Choice> {
    let marking = |id: &&str| {
        let name = format!("{protocol}:{}", id.to_uppercase().replace('-', "+"));
        let label = Text(languages.iter().map(|language| (language.clone(), name.clone())).collect());
        Choice { id: (*id).into(), label }
    };
    ids.iter().map(marking).collect()
}
