//! The audit log on the command line.

use std::fs;

use drillhall::{
    audit::{Audit, By, Deed},
    clock::ManualClock,
    store::{Location, Store, data_dir::database_in},
};

use super::run::Desk;
use crate::server::NOW;

/// A folder with a data directory whose audit log has one row.
async fn with_an_entry() -> Desk {
    let desk = Desk::new();
    fs::create_dir(desk.path("data")).unwrap();
    let store = Store::open(&Location::Sqlite(database_in(&desk.path("data")))).await.unwrap();
    let audit = Audit::new(store.clone(), ManualClock::starting_at(NOW).clock());
    audit.note(&By::OPERATOR, &Deed::ServerStarted { version: "0.1.0".to_owned() }).await.unwrap();
    store.close().await;
    desk
}

#[tokio::test]
async fn the_audit_log_is_shown_exported_and_verified() {
    let desk = with_an_entry().await;
    let shown = desk.run(&["audit", "show", "--data", "data"]);
    insta::assert_snapshot!(shown.out, @r#"     1  2026-11-18T11:06:40Z  operator  server_started  {"version":"0.1.0"}"#);
    let json = desk.run(&["audit", "show", "--data", "data", "--json"]);
    let entry: serde_json::Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!((&entry["kind"], &entry["about"]["version"]), (&"server_started".into(), &"0.1.0".into()));
    assert_eq!(desk.run(&["audit", "show", "--data", "data", "--after", "1"]).out, "");
    let exported = desk.run(&["audit", "export", "--data", "data", "-o", "audit.jsonl"]);
    assert_eq!(exported.code, Some(0), "{}", exported.err);
    let verified = desk.run(&["verify", "audit.jsonl"]);
    assert!(verified.out.starts_with("audit.jsonl holds together\naudit log\nrows 1\nhead "), "{verified:?}");
    let changed = String::from_utf8(desk.read("audit.jsonl")).unwrap().replace("operator", "nobody");
    desk.write("changed.jsonl", changed);
    let refused = desk.run(&["verify", "changed.jsonl"]);
    assert_eq!(refused.code, Some(1));
    assert!(refused.err.contains("cannot be trusted from row 1 on"), "{}", refused.err);
}

#[test]
fn where_there_is_no_data_there_is_no_log_to_read() {
    let desk = Desk::new();
    let ran = desk.run(&["audit", "show", "--data", "nowhere"]);
    assert_eq!(ran.code, Some(1));
    assert!(ran.err.contains("there is no data in nowhere"), "{}", ran.err);
}
