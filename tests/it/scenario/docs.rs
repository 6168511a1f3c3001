//! The examples of `docs/SCENARIO.md` are right, and the documentation and the schema are whole.

use std::collections::{BTreeMap, BTreeSet};

use drillhall::{
    engine::{plan::Tlp, time::Millis},
    scenario::{MAIN_FILE, Pack, load_from, schema, summary},
};
use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag};
use serde_json::Value;

use super::fixture::load_text;

const DOCS: &str = include_str!("../../../docs/SCENARIO.md");

/// Code blocks by what stands behind their language: a path in the pack, or `complete`.
pub(super) fn examples() -> BTreeMap<String, String> {
    let mut examples = BTreeMap::new();
    let mut name = None;
    for event in Parser::new(DOCS) {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                name = info.split_once(' ').map(|(_, name)| name.to_owned());
            }
            Event::Text(text) => {
                if let Some(name) = name.take() {
                    examples.insert(name, text.into_string());
                }
            }
            _ => {}
        }
    }
    examples
}

fn whole_pack() -> Pack {
    load_from(&examples(), MAIN_FILE).unwrap_or_else(|wrong| panic!("{wrong}"))
}

#[test]
fn the_examples_are_right_and_raise_no_warning() {
    let pack = whole_pack();
    assert_eq!((&pack.warnings, &pack.hints), (&Vec::new(), &Vec::new()));
    assert_eq!((pack.plan.tlp, pack.plan.opens_at), (Tlp::Green, Millis::minutes(-10)));
    assert_eq!(pack.plan.injects.len(), 11);
    let small = load_text(&examples()["complete"]).unwrap_or_else(|wrong| panic!("{wrong}"));
    let codes: Vec<_> = small.warnings.iter().map(|warning| warning.code).collect();
    assert_eq!(codes, ["task_without_objectives"]);
}

#[test]
fn the_summary_counts_what_waits_for_a_team() {
    insta::assert_snapshot!(summary(&whole_pack()), @r"
    night-watch: en, fr
      minutes          70 (clock opens at -10m)
      injects          11 (1 contextual, 5 task, 1 expected_action, 2 contingency, 1 information_request, 1 practice)
      branches         when 3, only_if 1, alternatives 1, flags 1, variables 1, hints 1
      interruptions    breaks 1 (10 minutes), cut lines 1
      objectives       2
      files            1 (1 KiB)
      points           84
      points come from quality 39, accuracy 25, completeness 10, timeliness 6, collaboration 4
      to mark          injects 3, criteria 3 (1 with anchors, 1 critical), actions 2 (1 critical)
      team of north    injects 5-10, answers 4-5, points 79-84, minutes to answer 35
      team of south    injects 5-10, answers 4-5, points 79-84, minutes to answer 35
    ");
}

#[test]
fn the_schema_describes_the_examples() {
    let schema = schema();
    let examples = examples();
    for name in ["complete", MAIN_FILE] {
        let scenario: Value = serde_saphyr::from_str(&examples[name]).unwrap();
        assert_eq!(misfits(&schema, &schema, &scenario, name), Vec::<String>::new());
    }
    let list = &schema["properties"]["injects"];
    for name in ["injects/10-night.yaml", "injects/20-branches.yaml", "injects/30-report.yaml"] {
        let injects: Value = serde_saphyr::from_str(&examples[name]).unwrap();
        assert_eq!(misfits(&schema, list, &injects["injects"], name), Vec::<String>::new());
    }
    let wrong = serde_json::json!({"format": 1, "meta": {"nam": "x"}});
    assert!(!misfits(&schema, &schema, &wrong, "").is_empty(), "the walk finds nothing at all");
}

/// Every key that the format knows is in the schema with a description, and in the examples.
#[test]
fn every_key_is_described_and_shown() {
    let schema = schema();
    let mut keys = BTreeSet::new();
    let definitions = schema["$defs"].as_object().unwrap().values().chain([&schema]);
    for definition in definitions {
        let variants = definition["oneOf"].as_array().into_iter().flatten();
        for object in variants.chain([definition]) {
            for (key, property) in object["properties"].as_object().into_iter().flatten() {
                let described = property["description"].is_string() || object["description"].is_string();
                assert!(described, "{key} has no description");
                keys.insert(key.clone());
            }
        }
    }
    assert!(keys.len() > 60, "{keys:?}");
    let examples: String = examples().into_values().collect();
    let shown = |key: &&String| ["", "{", "- ", " "].iter().any(|before| examples.contains(&format!("{before}{key}:")));
    let missing: Vec<_> = keys.iter().filter(|key| !shown(key)).collect();
    assert!(missing.is_empty(), "docs/SCENARIO.md does not show {missing:?}");
}

/// Where a document has keys or types that a schema does not allow. Knows what our schema uses.
fn misfits(root: &Value, schema: &Value, value: &Value, path: &str) -> Vec<String> {
    if let Some(name) = schema["$ref"].as_str() {
        let definition = root.pointer(name.trim_start_matches('#')).expect(name);
        return misfits(root, definition, value, path);
    }
    if let Some(variants) = schema["oneOf"].as_array().or(schema["anyOf"].as_array()) {
        let fits = variants.iter().any(|variant| misfits(root, variant, value, path).is_empty());
        return if fits { Vec::new() } else { vec![format!("{path}: no variant takes {value}")] };
    }
    if let Some(only) = schema.get("const") {
        return if only == value { Vec::new() } else { vec![format!("{path}: not {only}")] };
    }
    let kind = match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_f64() => "number",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    let kinds = schema["type"].as_array().cloned().unwrap_or_else(|| vec![schema["type"].clone()]);
    if !kinds.iter().any(|allowed| allowed == kind || (allowed == "number" && kind == "integer")) {
        return vec![format!("{path}: {kind} instead of {kinds:?}")];
    }
    match value {
        Value::Array(items) => {
            items.iter().flat_map(|item| misfits(root, &schema["items"], item, &format!("{path}[]"))).collect()
        }
        Value::Object(entries) => {
            let pattern = schema["patternProperties"].as_object().and_then(|patterns| patterns.values().next());
            let entry = |(key, value): (&String, &Value)| {
                let path = format!("{path}.{key}");
                let known = schema["properties"].get(key).or(pattern);
                match known.or(schema.get("additionalProperties").filter(|any| any.is_object())) {
                    Some(schema) => misfits(root, schema, value, &path),
                    None => vec![format!("{path}: unknown")],
                }
            };
            entries.iter().flat_map(entry).collect()
        }
        _ => Vec::new(),
    }
}
