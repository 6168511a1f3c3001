//! The client's types are made from `web/openapi.json`: it must say what the server does.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

#[test]
fn the_document_that_the_client_is_built_from_is_what_the_server_says() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("web/openapi.json");
    let kept: serde_json::Value = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
    let said = serde_json::to_value(drillhall::app::document()).unwrap();
    assert!(
        kept == said,
        "web/openapi.json is stale: run `cargo run -- openapi > web/openapi.json && npm --prefix web run types`"
    );
}

/// Every file of the program.
fn sources() -> Vec<PathBuf> {
    let (mut found, mut folders) = (Vec::new(), vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")]);
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { folders.push(path) } else { found.push(path) }
        }
    }
    found
}

/// The names under which the types of a file stand in the description.
fn names(source: &str) -> Vec<String> {
    let described = source.split("#[derive(").skip(1).filter(|rest| {
        let (traits, _) = rest.split_once(")]").unwrap();
        traits.split(',').any(|name| name.trim().ends_with("ToSchema"))
    });
    let word =
        |text: &str| text.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default().to_owned();
    let name = |rest: &str| {
        let head = rest.split_once('{').map_or(rest, |(head, _)| head);
        let renamed = head.split_once("schema(as = ").map(|(_, name)| word(name));
        let own = ["struct ", "enum "].iter().find_map(|kind| head.split_once(kind)).map(|(_, name)| word(name));
        renamed.or(own)
    };
    described.filter_map(name).collect()
}

/// Two types of one name are one schema there, and what the other one looks like nobody can know.
#[test]
fn no_two_types_have_the_same_name_in_the_description() {
    let mut files = BTreeMap::<String, Vec<PathBuf>>::new();
    for path in sources() {
        for name in names(&fs::read_to_string(&path).unwrap()) {
            files.entry(name).or_default().push(path.clone());
        }
    }
    assert!(files.len() > 150, "{} types are not all", files.len());
    let doubles: Vec<_> = files.iter().filter(|(_, files)| files.len() > 1).collect();
    assert!(doubles.is_empty(), "give all but one of them another name, with #[schema(as = ...)]: {doubles:#?}");
}
