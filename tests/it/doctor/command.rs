//! The command, on this very machine: whatever it finds here, it says all of it, with what to do.

use std::{collections::BTreeSet, net::TcpListener, path::Path, process::Command};

use serde_json::Value;

const LOOKED_AT: [&str; 15] = [
    "network",
    "addresses",
    "port",
    "certificate",
    "disk space",
    "disk speed",
    "database",
    "backup",
    "packs",
    "fonts",
    "sleep",
    "open files",
    "queue at the port",
    "clock",
    "load",
];

fn doctor(folder: &Path, arguments: &[&str]) -> (Option<i32>, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_drillhall"))
        .arg("doctor")
        .args(arguments)
        .current_dir(folder)
        .output()
        .unwrap();
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
    (output.status.code(), String::from_utf8(output.stdout).unwrap())
}

fn finding<'a>(report: &'a Value, what: &str) -> &'a Value {
    report["findings"].as_array().unwrap().iter().find(|one| one["what"] == what).unwrap()
}

#[test]
fn everything_is_looked_at_and_each_red_line_has_its_fix() {
    let folder = tempfile::tempdir().unwrap();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let listen = taken.local_addr().unwrap().to_string();
    let (code, out) = doctor(folder.path(), &["--json", "--listen", &listen, "--players", "20"]);
    let report: Value = serde_json::from_str(&out).unwrap();
    let findings = report["findings"].as_array().unwrap();
    let what: BTreeSet<&str> = findings.iter().map(|one| one["what"].as_str().unwrap()).collect();
    assert_eq!(what, LOOKED_AT.into());
    for one in findings {
        assert_eq!(one["verdict"] == "green", one["fix"].is_null(), "{one}");
        assert!(!one["seen"].as_str().unwrap().is_empty());
    }
    assert_eq!((code, &report["ready"]), (Some(1), &Value::from(false)));
    let port = finding(&report, "port");
    assert_eq!(port["verdict"], "red");
    assert!(port["fix"].as_str().unwrap().contains("ss -ltnp"), "{port}");
    // Twenty people were measured, whatever came of it on a busy machine.
    assert!(finding(&report, "load")["seen"].as_str().unwrap().contains("20 people: 0 lost, 0 doubled"), "{report}");
    assert_eq!(finding(&report, "packs")["verdict"], "green");
    assert_eq!(finding(&report, "database")["verdict"], "green");
    let left: Vec<_> = std::fs::read_dir(folder.path()).unwrap().collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn verdicts_are_words_on_paper() {
    let folder = tempfile::tempdir().unwrap();
    let (_, out) = doctor(folder.path(), &["--listen", "127.0.0.1:0"]);
    assert!(out.contains("\nGREEN        packs"), "{out}");
    assert!(out.contains("\nRED          network") && out.contains("-> set listen to 0.0.0.0"), "{out}");
    assert!(out.contains("\nNOT CHECKED  load"), "{out}");
    assert!(out.trim_end().lines().last().unwrap().starts_with("NOT ready: "), "{out}");
    assert!(!out.contains('\u{1b}'), "no colours where nobody sees them");
}
