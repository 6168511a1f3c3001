//! What is allowed but rarely meant is pointed out, and the pack loads all the same.

use std::collections::BTreeMap;

use drillhall::scenario::{MAIN_FILE, diagnostic::Diagnostic, load_from};

use super::fixture::TWO_INJECTS;

/// What is changed, and the codes, lines and columns that must come of it.
type Case<'c> = (&'c str, &'c str, &'c [(&'c str, u32, u32)]);

fn warnings(from: &str, to: &str) -> Vec<Diagnostic> {
    assert!(TWO_INJECTS.contains(from), "the fixture no longer says {from:?}");
    let files = BTreeMap::from([
        (MAIN_FILE.to_owned(), TWO_INJECTS.replacen(from, to, 1)),
        ("note.txt".to_owned(), "Beacons to 8.8.8.8 and to 192.0.2.1.".to_owned()),
    ]);
    load_from(&files, MAIN_FILE).unwrap_or_else(|wrong| panic!("{wrong}")).warnings
}

/// The words of an attached text that may be somebody's, as they are pointed out.
fn suspects(text: &str) -> Vec<String> {
    let attached = "channel: phone\n      attachments: [{file: note.txt, alt: A note}]\n";
    let files = BTreeMap::from([
        (MAIN_FILE.to_owned(), TWO_INJECTS.replacen("channel: phone\n", attached, 1)),
        ("note.txt".to_owned(), text.to_owned()),
    ]);
    let pack = load_from(&files, MAIN_FILE).unwrap_or_else(|wrong| panic!("{wrong}"));
    let word = |warning: &Diagnostic| {
        assert_eq!(warning.code, "real_address", "{warning}");
        warning.message.split('\'').nth(1).unwrap().to_owned()
    };
    pack.warnings.iter().map(word).collect()
}

#[test]
fn a_careful_scenario_raises_none() {
    assert_eq!(warnings("", ""), []);
}

#[test]
fn each_oversight_is_named_and_placed() {
    let long = format!("body: {}", "word ".repeat(450));
    let cases: &[Case<'_>] = &[
        (
            "      objectives: [triage]\n",
            "",
            &[("objective_without_evidence", 10, 10), ("task_without_objectives", 14, 9)],
        ),
        ("kind: contextual", "kind: task", &[("task_without_form", 40, 9)]),
        ("deadline: 10m", "deadline: 29m30s", &[("due_after_close", 25, 19)]),
        ("delay: 5m", "delay: 30m", &[("after_end", 40, 9)]),
        ("        class: {choice: guessing}\n", "        {}\n", &[("no_key", 27, 17)]),
        ("kind: contextual", "kind: information_request", &[("sent_unasked", 40, 9)]),
        ("kind: task", "kind: practice", &[("practice_scored", 14, 9)]),
        ("body: She asks whether she can still sign in.", &long, &[("long_text", 40, 9)]),
        ("from 203.0.113.9 in", "from 8.8.8.8 in", &[("real_address", 20, 38)]),
        ("body: She asks", "body: |\n        Hello\n        see portal.gov: She asks", &[("real_address", 47, 13)]),
        (
            "      channel: phone\n",
            "      channel: phone\n      attachments: [{file: note.txt}]\n",
            &[("no_alt_text", 47, 28), ("real_address", 47, 28)],
        ),
        (
            "cohorts: [a, b]",
            "directory: [{name: Bank, role: Helps, address: desk@bank.com}]",
            &[("real_address", 8, 53)],
        ),
        ("cohorts: [a, b]", "profile: {preset: competition}", &[("no_freeze", 8, 19)]),
        ("cohorts: [a, b]", "profile: {preset: competition, freeze: 0m}", &[("no_freeze", 8, 40)]),
        ("cohorts: [a, b]", "profile: {preset: competition, freeze: 10m}", &[]),
        ("cohorts: [a, b]", "profile: {preset: balanced, freeze: 0m}", &[]),
    ];
    for (from, to, expected) in cases {
        let found: Vec<_> = warnings(from, to).iter().map(|w| (w.code, w.line, w.column)).collect();
        assert_eq!(found, *expected, "for {to:?}");
    }
}

#[test]
fn real_addresses_and_domains_are_suspect() {
    assert_eq!(suspects("Seen from 8.8.8.8:53, then (1.1.1.1)."), ["1.1.1.1", "8.8.8.8"]);
    assert_eq!(suspects("beacon to 2606:4700::1111 over TLS"), ["2606:4700::1111"]);
    assert_eq!(suspects("mail desk@bank.com or see https://news.agency.org/a.html"), ["bank.com", "news.agency.org"]);
    assert_eq!(suspects("hxxp://evil[.]com"), ["evil.com"]);
}

#[test]
fn example_addresses_files_and_versions_are_not() {
    let text = "192.0.2.7 198.51.100.1:443 203.0.113.9 10.1.2.3 172.16.0.1 192.168.1.1 127.0.0.1 255.255.255.0 \
                2001:db8::5 fe80::1 fuel.pdf v1.2.3 10.0.19041.1 12:30:45 port.example a@ops.test www.example.com \
                update.exe e.g. and .com";
    assert_eq!(suspects(text), [""; 0]);
}
