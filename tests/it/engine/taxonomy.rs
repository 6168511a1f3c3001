//! The lists that incident response classifies by: whole, in order, and found by what people type.

use std::collections::BTreeSet;

use drillhall::engine::taxonomy::{attack, rsit};

#[test]
fn the_reference_taxonomy_is_whole() {
    assert_eq!((rsit::VERSION, rsit::CLASSES.len(), rsit::types().count()), (1003, 11, 39));
    let codes: BTreeSet<_> = rsit::types().map(|of_it| of_it.code).collect();
    assert_eq!(codes.len(), 39, "no code stands twice");
    for class in rsit::CLASSES {
        assert!(class.types.iter().all(|of_it| of_it.code.starts_with(&format!("{}/", class.code))), "{}", class.code);
    }
    for new in ["intrusions/system-compromise", "information-content-security/data-leak", "other/undetermined"] {
        assert!(rsit::is_known(new), "{new}");
    }
}

#[test]
fn a_type_is_found_with_its_class() {
    assert_eq!(rsit::class_of("fraud/phishing").unwrap().code, "fraud");
    assert_eq!(rsit::class_of("fraud").unwrap().code, "fraud");
    assert_eq!(rsit::name("fraud/phishing"), Some("Phishing"));
    assert_eq!(rsit::name("malicious-code"), Some("Malicious Code"));
    for unknown in ["", "phishing", "fraud/", "fraud/burglary", "Fraud"] {
        assert!(!rsit::is_known(unknown), "{unknown}");
    }
}

#[test]
fn the_list_of_techniques_is_whole() {
    let all = attack::all();
    assert_eq!((attack::VERSION, all.len()), ("19", 697));
    assert!(all.is_sorted_by(|a, b| a.id < b.id), "it is searched by halves");
    let tactics = attack::TACTICS.map(|tactic| tactic.code);
    for technique in all {
        let order: Vec<_> = technique.tactics.iter().map(|code| tactics.iter().position(|of| of == code)).collect();
        assert!(!order.is_empty() && order.iter().all(Option::is_some) && order.is_sorted(), "{}", technique.id);
        assert!(!technique.name.is_empty());
        let parent = technique.id.split_once('.').map(|(parent, _)| parent);
        assert_eq!(technique.parent.map(|parent| parent.id), parent, "{}", technique.id);
        assert_eq!(technique.parent.map(|parent| parent.name), parent.and_then(attack::name), "{}", technique.id);
    }
}

#[test]
fn ids_are_known_as_they_are_written() {
    assert!(attack::is_known("T1566.001"));
    assert_eq!(attack::name("T1566"), Some("Phishing"));
    assert_eq!(attack::find("T1078").unwrap().tactics.first(), Some(&"initial-access"));
    for unknown in ["", "T", "T1566.", "t1566", "T1566.999", "TA0001", "T1562.001"] {
        assert!(!attack::is_known(unknown), "{unknown}");
    }
}

#[test]
fn an_id_of_an_earlier_version_leads_to_what_took_its_place() {
    let current = |typed| attack::current(typed).map(|technique| technique.id);
    assert_eq!(current("T1562.001"), Some("T1685"));
    assert_eq!(current(" t1086 "), Some("T1059.001"));
    assert_eq!(current("t1566"), Some("T1566"));
    assert_eq!(current("T9999"), None);
    let former = include_str!("../../../src/engine/taxonomy/attack_former.tsv");
    let former: Vec<_> = former.lines().filter_map(|line| line.split_once('\t')).collect();
    assert!(former.len() > 100 && former.is_sorted_by(|a, b| a.0 < b.0));
    for (id, successor) in former {
        assert!(!attack::is_known(id) && attack::is_known(successor), "{id}");
    }
}

#[track_caller]
fn assert_found(words: &str, limit: usize, ids: &[&str]) {
    let found: Vec<_> = attack::search(words, limit).iter().map(|technique| technique.id).collect();
    assert_eq!(found, ids, "{words}");
}

#[test]
fn a_search_finds_ids_then_names_and_techniques_before_their_parts() {
    assert_found("t1566", 10, &["T1566", "T1566.001", "T1566.002", "T1566.003", "T1566.004"]);
    assert_found("T1566.002", 10, &["T1566.002"]);
    assert_found("T1562.001", 10, &["T1685"]);
    assert_found("phish", 4, &["T1566", "T1598", "T1534", "T1566.001"]);
    assert_found("LINK spear", 10, &["T1566.002", "T1598.003"]);
    assert_found("brute spraying", 10, &["T1110.003"]);
    assert_found("doppelganging", 10, &["T1055.013"]);
    assert_found("no such thing", 10, &[]);
    assert_eq!(attack::search("", 1_000).len(), attack::all().len(), "no word asks for nothing");
    assert_found("phish", 0, &[]);
}
