//! Names of values, as JSON has them: cells of tables, keys of findings.

use serde::Serialize;

/// What tells the kinds of a value apart, where a kind has more to say than its name.
const TAGS: [&str; 2] = ["rule", "why"];

/// What JSON calls a value: its text, or the tag that it has.
pub(super) fn name_of(value: &impl Serialize) -> String {
    let value = serde_json::to_value(value).unwrap_or_default();
    let tag = TAGS.into_iter().find_map(|tag| value.get(tag)).unwrap_or(&value);
    tag.as_str().unwrap_or_default().to_owned()
}
