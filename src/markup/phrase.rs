//! Sentences of a catalogue: their gaps, and the names that stand for values of the engine.

use std::collections::BTreeMap;

use serde::Serialize;

/// A sentence with its gaps filled.
#[must_use]
pub fn fill(sentence: &str, gaps: &[(&str, &str)]) -> String {
    // Gap by gap from the left, so that what fills one gap is never taken for another.
    let mut filled = String::new();
    let mut rest = sentence;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let (name, tail) = after.split_once('}').unwrap_or((after, ""));
        filled.push_str(gaps.iter().find(|(gap, _)| *gap == name).map_or("", |(_, value)| value));
        rest = tail;
    }
    filled + rest
}

/// The words for a name of the engine, as it is written in JSON; the name itself if there are none.
#[must_use]
pub fn named(words: &BTreeMap<String, String>, name: impl Serialize) -> String {
    let name = serde_json::to_value(name).ok();
    let name = name.as_ref().and_then(|name| name.as_str()).unwrap_or_default();
    words.get(name).cloned().unwrap_or_else(|| name.to_owned())
}
