//! The measurement measures: a small crowd gets everything once, and every figure is there. How fast
//! is another matter, which no test judges.

use std::{process::Command, time::Duration};

use drillhall::cli::load::Spread;
use serde_json::Value;

const FIGURES: [&str; 21] = [
    "connections",
    "teams",
    "injects",
    "ready_ms",
    "joins_per_second",
    "connects_per_second",
    "kib_per_connection",
    "lost",
    "doubled",
    "stamped_ms",
    "first_has_it_ms",
    "delivery_ms",
    "all_have_it_ms",
    "cpu_us_per_delivery",
    "answers",
    "ack_ms",
    "accepted_per_second",
    "cpu_us_per_answer",
    "flood",
    "reconnect",
    "server_kib",
];

fn load(arguments: &[&str]) -> std::process::Output {
    Command::new(env!("CARGO_BIN_EXE_drillhall")).arg("load").args(arguments).output().unwrap()
}

#[test]
fn a_small_crowd_loses_nothing_and_gets_nothing_twice() {
    // Seven people to a team and some left over, so that teams are not of one size.
    let output = load(&["--connections", "40", "--teams", "6", "--injects", "2", "--answers", "100", "--json"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let figures: Value = serde_json::from_slice(&output.stdout).unwrap();
    let mut names: Vec<&str> = figures.as_object().unwrap().keys().map(String::as_str).collect();
    let mut expected = FIGURES;
    names.sort_unstable();
    expected.sort_unstable();
    assert_eq!(names, expected);
    assert_eq!((&figures["lost"], &figures["doubled"]), (&Value::from(0), &Value::from(0)));
    assert_eq!((&figures["connections"], &figures["answers"]), (&Value::from(40), &Value::from(100)));
    // What was counted at all has been measured.
    let max = |name: &str| figures[name]["max"].as_f64().unwrap();
    assert!(0.0 < max("first_has_it_ms") && max("first_has_it_ms") <= max("delivery_ms"));
    // The last one of all is the last one of some inject.
    assert!((max("delivery_ms") - max("all_have_it_ms")).abs() < 1e-9);
    assert!(figures["ack_ms"]["p50"].as_f64().unwrap() > 0.0);
}

#[test]
fn attempts_to_sign_in_are_all_answered_while_injects_go_out() {
    let output = load(&["--connections", "20", "--injects", "2", "--answers", "20", "--login-flood", "60", "--json"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let figures: Value = serde_json::from_slice(&output.stdout).unwrap();
    let flood = &figures["login_flood"];
    let count = |name: &str| flood[name].as_u64().unwrap();
    assert_eq!(count("attempts"), 60);
    assert_eq!(count("refused") + count("turned_away"), 60, "{flood}");
    assert!(count("refused") > 0, "none was looked at: {flood}");
    assert!(flood["delivery_ms"]["max"].as_f64().unwrap() > 0.0);
    assert!(flood["p99_ratio"].as_f64().unwrap() > 0.0);
    // Those that came meanwhile are of the second half; nobody has lost one of either.
    assert_eq!((&figures["injects"], &figures["lost"]), (&Value::from(2), &Value::from(0)));
}

#[test]
fn more_connections_than_ports_are_refused_with_a_reason() {
    let output = load(&["--connections", "40000"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("28000"));
}

#[test]
fn a_spread_names_values_that_were_measured() {
    let times = (1..=200).map(Duration::from_millis).collect();
    assert_eq!(Spread::of(times), Spread { p50: 100.0, p99: 198.0, max: 200.0 });
    assert_eq!(Spread::of(vec![Duration::from_millis(7)]), Spread { p50: 7.0, p99: 7.0, max: 7.0 });
    assert_eq!(Spread::of(Vec::new()), Spread::default());
}
