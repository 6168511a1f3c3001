//! Catalogues of words as their files have them, and the gaps in each text.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use serde_json::Value;

/// The words of a room of `src` in a language.
pub(crate) fn words(room: &str, language: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("src/{room}/words/{language}.json"));
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

/// Each text by its path, with the gaps in it; none of them is blank.
pub(crate) fn gaps(words: &Value) -> BTreeMap<String, BTreeSet<String>> {
    let mut found = BTreeMap::new();
    collect("", words, &mut found);
    found
}

fn collect(path: &str, value: &Value, found: &mut BTreeMap<String, BTreeSet<String>>) {
    match value {
        Value::Object(inner) => inner.iter().for_each(|(key, value)| collect(&format!("{path}/{key}"), value, found)),
        Value::Array(inner) => {
            inner.iter().enumerate().for_each(|(n, value)| collect(&format!("{path}/{n}"), value, found));
        }
        text => {
            let text = text.as_str().unwrap();
            assert!(!text.trim().is_empty(), "{path} says nothing");
            let gap = |part: &str| part.split_once('}').map(|(name, _)| name.to_owned());
            found.insert(path.to_owned(), text.split('{').skip(1).filter_map(gap).collect());
        }
    }
}
