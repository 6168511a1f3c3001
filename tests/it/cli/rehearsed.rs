//! From a scenario to a log, and from the log to the same report again.

use super::run::Desk;

#[test]
fn the_same_seed_writes_the_same_bytes() {
    let desk = Desk::rehearsed();
    let again = desk.run(&["rehearse", "small.yaml", "--teams", "2", "--log", "again.jsonl"]);
    assert_eq!(again.code, Some(0), "{again:?}");
    assert_eq!(desk.read("log.jsonl"), desk.read("again.jsonl"));
    let other = desk.run(&["rehearse", "small.yaml", "--teams", "2", "--seed", "2", "--log", "other.jsonl"]);
    assert_eq!(other.code, Some(0), "{other:?}");
    assert_ne!(desk.read("log.jsonl"), desk.read("other.jsonl"));
}

#[test]
fn a_rehearsed_log_verifies_and_says_its_head() {
    let desk = Desk::rehearsed();
    let verified = desk.run(&["verify", "log.jsonl"]);
    assert_eq!((verified.code, verified.err.as_str()), (Some(0), ""));
    let rehearsed = desk.run(&["rehearse", "small.yaml", "--teams", "2"]);
    let head = rehearsed.out.split_whitespace().last().unwrap().to_owned();
    assert!(verified.out.contains(&format!("head {head}\n")), "{} {}", verified.out, rehearsed.out);
}

#[test]
fn reports_come_out_of_the_log_with_the_same_bytes() {
    let desk = Desk::rehearsed();
    let again = desk.run(&["report", "log.jsonl", "--format", "json", "-o", "again.json"]);
    assert_eq!(again.code, Some(0), "{again:?}");
    assert_eq!(desk.read("report.json"), desk.read("again.json"));
    for language in ["en", "fr", "es", "ar"] {
        let shown = desk.run(&["report", "log.jsonl", "--language", language]);
        desk.run(&["report", "log.jsonl", "--language", language, "--output", "page.html"]);
        assert_eq!(shown.out.into_bytes(), desk.read("page.html"), "{language}");
    }
}

#[test]
fn a_shipped_scenario_is_found_by_its_name() {
    let desk = Desk::new();
    let ran = desk.run(&["rehearse", "zephyrine", "--teams", "3", "--log", "log.jsonl"]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    assert_eq!(desk.run(&["verify", "log.jsonl"]).code, Some(0));
}

#[test]
fn whoever_reads_only_the_beginning_gets_no_complaint() {
    let desk = Desk::rehearsed();
    let (code, err) = desk.run_unread(&["report", "log.jsonl"]);
    assert_eq!((code, err.as_str()), (Some(0), ""));
}
