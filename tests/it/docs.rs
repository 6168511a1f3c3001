//! What the documents say is whole: every name that a client or a newcomer meets is in them.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use clap::CommandFactory;
use drillhall::{
    cli::Cli,
    engine::{
        command::Act,
        view::card::{Card, LastValue},
    },
    live::wire::{ClientFrame, ServerFrame},
};
use serde_json::Value;
use utoipa::PartialSchema;

const PROTOCOL: &str = include_str!("../../docs/PROTOCOL.md");
const ARCHITECTURE: &str = include_str!("../../docs/ARCHITECTURE.md");
const README: &str = include_str!("../../README.md");

/// Names that a document does not show as code.
fn missing(document: &str, names: BTreeSet<String>, at_least: usize) -> Vec<String> {
    assert!(names.len() >= at_least, "the list is not whole: {names:?}");
    names.into_iter().filter(|name| !document.contains(&format!("`{name}`"))).collect()
}

/// The values that an enum's tag may have, from its schema.
fn tags<T: PartialSchema>(tag: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    collect_tags(&serde_json::to_value(T::schema()).unwrap(), tag, &mut found);
    found
}

fn collect_tags(schema: &Value, tag: &str, found: &mut BTreeSet<String>) {
    let values = schema["properties"][tag]["enum"].as_array().into_iter().flatten();
    found.extend(values.filter_map(Value::as_str).map(ToOwned::to_owned));
    for part in ["oneOf", "allOf", "anyOf"].iter().filter_map(|way| schema[*way].as_array()).flatten() {
        collect_tags(part, tag, found);
    }
}

#[test]
fn the_protocol_names_every_frame() {
    assert_eq!(missing(PROTOCOL, tags::<ClientFrame>("type"), 3), [""; 0]);
    assert_eq!(missing(PROTOCOL, tags::<ServerFrame>("type"), 7), [""; 0]);
}

#[test]
fn the_protocol_names_every_card_and_value() {
    assert_eq!(missing(PROTOCOL, tags::<Card>("card"), 25), [""; 0]);
    assert_eq!(missing(PROTOCOL, tags::<LastValue>("value"), 5), [""; 0]);
}

#[test]
fn the_protocol_names_every_act() {
    assert_eq!(missing(PROTOCOL, tags::<Act>("type"), 19), [""; 0]);
}

/// The literals in a piece of source that holds no quoted quotation marks.
fn literals(source: &str) -> impl Iterator<Item = String> {
    source.split('"').skip(1).step_by(2).map(ToOwned::to_owned)
}

#[test]
fn the_protocol_names_every_code_of_a_refusal() {
    assert_eq!(missing(PROTOCOL, codes_of_refusals(), 35), [""; 0]);
}

/// No refusal is told in English to somebody who reads another language.
#[test]
fn the_pages_have_words_for_every_code_and_for_no_other() {
    let catalogue = |source: &str| serde_json::from_str::<BTreeMap<String, String>>(source).unwrap().into_keys();
    let keys = catalogue(include_str!("../../web/messages/refused/en.json"))
        .chain(catalogue(include_str!("../../web/messages/en.json")));
    let mut said: BTreeSet<_> = keys.filter_map(|key| key.strip_prefix("refused_").map(ToOwned::to_owned)).collect();
    let same = include_str!("../../web/src/frame/refusals.ts");
    said.extend(same.split('\'').skip(1).step_by(2).map(ToOwned::to_owned));
    // What several codes share, and what the browser itself finds.
    let own = ["gone", "fault", "later", "unreachable"].map(str::to_owned).into();
    let codes: BTreeSet<_> = codes_of_refusals().union(&codes_of_requests()).cloned().collect();
    assert_eq!(said.difference(&own).cloned().collect::<BTreeSet<_>>(), codes);
}

fn codes_of_refusals() -> BTreeSet<String> {
    let mut codes = BTreeSet::new();
    let engine = include_str!("../../src/engine/rejection/mod.rs");
    let granting = include_str!("../../src/engine/rejection/granting.rs");
    let judging = include_str!("../../src/engine/rejection/judging.rs");
    let after_action = include_str!("../../src/engine/rejection/after_action.rs");
    let preparing = include_str!("../../src/engine/rejection/preparing.rs");
    let intake = include_str!("../../src/intake/refused.rs");
    for source in
        [engine, granting, judging, after_action, preparing, intake, include_str!("../../src/live/refusal.rs")]
    {
        let (_, function) = source.split_once("fn code(").unwrap();
        let (body, _) = function.split_once("\n    }\n").unwrap();
        codes.extend(literals(body));
    }
    let socket = include_str!("../../src/live/socket/mod.rs");
    let calls = socket.split("self.reject(").skip(1).map(|call| call.split(';').next().unwrap());
    codes.extend(calls.filter_map(|call| literals(call).next()));
    codes
}

#[test]
fn the_protocol_names_every_code_of_a_request() {
    assert_eq!(missing(PROTOCOL, codes_of_requests(), 20), [""; 0]);
}

fn codes_of_requests() -> BTreeSet<String> {
    let mut codes = BTreeSet::new();
    for path in sources() {
        let source = fs::read_to_string(&path).unwrap();
        for rest in source.split("StatusCode::").skip(1) {
            let after = rest.trim_start_matches(|c: char| c.is_ascii_uppercase() || c == '_');
            let literal = after.strip_prefix(',').and_then(|after| after.trim_start().strip_prefix('"'));
            let code = literal.and_then(|literal| literal.split('"').next());
            codes.extend(code.filter(|code| is_code(code)).map(ToOwned::to_owned));
        }
    }
    codes
}

fn is_code(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_')
}

fn sources() -> Vec<PathBuf> {
    fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
            let path = entry.path();
            if path.is_dir() {
                walk(&path, found);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                found.push(path);
            }
        }
    }
    let mut found = Vec::new();
    walk(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut found);
    found
}

#[test]
fn each_dependency_says_why_it_is_there() {
    let manifest = include_str!("../../Cargo.toml");
    let sections = manifest.split("\n[").filter(|section| {
        section.split_once(']').is_some_and(|(name, _)| name == "dependencies" || name == "dev-dependencies")
    });
    let names =
        sections.flat_map(str::lines).filter_map(|line| line.split_once(" = ")).map(|(name, _)| name.to_owned());
    assert_eq!(missing(ARCHITECTURE, names.collect(), 30), [""; 0]);
}

#[test]
fn the_code_map_names_every_room() {
    let rooms = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("src")).unwrap();
    let names = rooms.map(|entry| entry.unwrap()).map(|entry| {
        let folder = if entry.path().is_dir() { "/" } else { "" };
        format!("src/{}{folder}", entry.file_name().to_string_lossy())
    });
    assert_eq!(missing(ARCHITECTURE, names.collect(), 15), [""; 0]);
}

#[test]
fn the_readme_names_every_command() {
    let command = Cli::command();
    let names = command.get_subcommands().map(|one| format!("drillhall {}", one.get_name()));
    let names: Vec<_> = names.filter(|name| !README.contains(name.as_str())).collect();
    assert_eq!(names, [""; 0]);
}
