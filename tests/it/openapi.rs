//! The client's types are made from `web/openapi.json`: it must say what the server does.

use std::{fs, path::Path};

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
