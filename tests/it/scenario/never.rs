//! `check` tells which branches can never be taken, and is silent about every one that can.

use drillhall::scenario::{
    MAIN_FILE,
    diagnostic::{Diagnostic, Severity},
    load_from,
};

use super::fixture::load_text;

/// A scenario with flags and injects to hang branches on. What is tested stands last.
const HALL: &str = "format: 1
meta: {name: hall, title: Hall, tlp: clear, languages: [en], duration: 60m}
cohorts: [a, b]
directory:
  - {name: N, role: P, address: n@cirt.example, alias: n, for_team: true}
  - {name: S, role: P, address: s@cirt.example, alias: s, for_team: true}
flags:
  - {id: called, title: Called, when: {answered: ask}}
  - {id: seen, title: Seen, when: {opened: news}}
injects:
  - id: ask
    kind: admin
    at: 10m
    player:
      title: T
      body: B
      form:
        acknowledge: true
        fields:
          - {id: act, label: L, points: 5, choice: [{id: yes, label: Y}, {id: no, label: N}]}
          - {id: also, label: L, multi_choice: [{id: x, label: X}, {id: y, label: Y}]}
    staff: {keys: {act: {choice: yes}}}
  - {id: news, kind: admin, at: 30m, player: {title: T, body: B}}
  - {id: for-a, kind: admin, at: 5m, audience: {cohorts: [a]}, player: {title: T, body: B, channel: mail, form: {fields: [{id: q, label: L, long_text: {max_chars: 9}}]}}}
  - {id: for-team, kind: admin, at: 5m, audience: {teams: [reef]}, player: {title: T, body: B}}
  - {id: by-hand, kind: admin, manual: true, player: {title: T, body: B}}
  - {id: later, kind: admin, after: {inject: news, delay: 10m}, player: {title: T, body: B}}
";

/// The line on which what is tested stands.
const LINE: u32 = 28;

fn found(injects: &str) -> (Vec<Diagnostic>, Vec<Diagnostic>) {
    let pack = load_text(&format!("{HALL}{injects}")).unwrap_or_else(|wrong| panic!("{injects}\n{wrong}"));
    (pack.warnings, pack.hints)
}

fn inject(rest: &str) -> String {
    format!("  - {{id: it, kind: admin, {rest}, player: {{title: T, body: B}}}}\n")
}

/// What an inject asks for, the place that is blamed, and a piece of what is said.
const NEVER: &[(&str, &str, u32, &str)] = &[
    ("when: {received: for-a}, audience: {cohorts: [b]}", "never_fires", 44, "ever gets 'for-a'"),
    (
        "when: {not: {not: {silent: {inject: for-a, for: 1m}}}}, audience: {cohorts: [b]}",
        "never_fires",
        33,
        "cannot hold together",
    ),
    ("when: {opened: for-team}, audience: {teams: [atoll]}", "never_fires", 42, "ever gets 'for-team'"),
    ("when: {all: [{flag: called}, {not: {flag: called}}]}", "never_fires", 33, "cannot hold together"),
    ("when: {all: [{silent: {inject: ask, for: 5m}}, {answered: ask}]}", "never_fires", 33, "cannot hold together"),
    ("when: {all: [{answered: ask}, {not: {received: ask}}]}", "never_fires", 33, "cannot hold together"),
    (
        "when: {all: [{answer: {inject: ask, field: act, includes: yes}}, {answer: {inject: ask, field: act, includes: no}}]}",
        "never_fires",
        33,
        "cannot hold together",
    ),
    (
        "when: {all: [{answer: {inject: ask, field: act, includes: yes}}, {not: {answered: ask}}]}",
        "never_fires",
        33,
        "cannot hold together",
    ),
    ("when: {silent: {inject: ask, for: 51m}}", "never_fires", 51, "at 61m at the earliest, and play ends at 60m"),
    ("when: {received: news}, delay: 31m", "never_fires", 58, "at 61m at the earliest with its delay"),
    ("when: {score: {at_least: 60, below: 40}}", "never_fires", 33, "This never holds"),
    ("when: {all: [{score: {at_least: 60}}, {score: {below: 60}}]}", "never_fires", 33, "cannot hold together"),
    ("when: {all: [{logged: 5}, {not: {logged: 3}}]}", "never_fires", 33, "cannot hold together"),
    ("when: {all: [{told_peers: 2}, {not: {told_peers: 2}}]}", "never_fires", 33, "cannot hold together"),
    (
        "when: {all: [{silent: {inject: ask, for: 20m}}, {not: {silent: {inject: ask, for: 10m}}}]}",
        "never_fires",
        33,
        "cannot hold together",
    ),
    ("when: {any: [{received: it}, {all: [{opened: it}, {flag: seen}]}]}", "cycle", 51, "it → it"),
    ("when: {flag: called}, only_if: {not: {flag: called}}", "never_fires", 58, "cannot hold together"),
    (
        "at: 20m, only_if: {received: news}",
        "never_fires",
        56,
        "at 30m at the earliest, and the inject falls due at 20m",
    ),
    ("at: 20m, only_if: {silent: {inject: ask, for: 11m}}", "never_fires", 63, "at 21m at the earliest"),
    ("after: {inject: ask, delay: 5m}, only_if: {received: later}", "never_fires", 80, "falls due at 15m"),
    ("after: {inject: ask}, only_if: {not: {received: ask}}", "never_fires", 58, "cannot hold together"),
    ("when: {teams: {of: any, cohort: b, meet: {received: for-a}}}", "never_fires", 79, "ever gets 'for-a'"),
    (
        "when: {teams: {of: all, meet: {all: [{flag: seen}, {not: {flag: seen}}]}}}",
        "never_fires",
        33,
        "cannot hold together",
    ),
];

#[test]
fn a_branch_that_can_never_be_taken_is_told() {
    let mut missed = Vec::new();
    for (rest, code, column, says) in NEVER {
        let (warnings, _) = found(&inject(rest));
        let told: Vec<_> = warnings.iter().map(|w| (w.code, w.line, w.column)).collect();
        if told != [(*code, LINE, *column)] || !warnings[0].message.contains(says) {
            missed.push(format!("{rest} gave {told:?} {}", warnings.first().map_or("", |w| &w.message)));
        }
    }
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}

/// What can come true, perhaps by an act of staff, perhaps for few teams, perhaps late.
const FAIR: &[&str] = &[
    "when: {received: for-a}",
    "when: {received: for-a}, audience: {teams: [reef]}",
    "when: {opened: for-team}, audience: {cohorts: [b]}",
    "when: {received: by-hand}",
    "when: {silent: {inject: ask, for: 50m}}",
    "when: {received: news}, delay: 30m",
    "when: {any: [{all: [{flag: called}, {not: {flag: called}}]}, {logged: 1}]}",
    "when: {any: [{received: it}, {received: ask}]}",
    "when: {not: {received: news}}",
    "when: {not: {received: it}}",
    "when: {all: [{received: ask}, {not: {answered: ask}}]}",
    "when: {all: [{flag: called}, {not: {flag: seen}}]}",
    "when: {all: [{answer: {inject: ask, field: also, includes: x}}, {answer: {inject: ask, field: also, includes: y}}]}",
    "when: {all: [{answered: ask}, {not: {answer: {inject: ask, field: act, includes: yes}}}]}",
    "when: {all: [{score: {at_least: 40}}, {score: {inject: ask, below: 40}}]}",
    "when: {all: [{score: {at_least: 40}}, {score: {below: 60}}]}",
    "when: {all: [{logged: 3}, {not: {logged: 5}}]}",
    "when: {all: [{silent: {inject: ask, for: 10m}}, {not: {silent: {inject: ask, for: 20m}}}]}",
    "when: {all: [{acknowledged: ask}, {silent: {inject: ask, for: 10m}}]}",
    "at: 30m, only_if: {received: news}",
    "at: 20m, only_if: {flag: seen}",
    "at: 20m, only_if: {not: {received: ask}}",
    "at: 20m, only_if: {silent: {inject: ask, for: 10m}}",
    "at: 5m, only_if: {received: by-hand}",
    "after: {inject: by-hand}, only_if: {received: later}",
    "after: {inject: later}, only_if: {received: news}",
    "manual: true, only_if: {answered: ask}",
    "when: {teams: {of: any, cohort: a, meet: {received: for-a}}}, audience: {cohorts: [b]}",
    "when: {teams: {of: {at_least: 3}, meet: {told_peers: 2}, without: [excused]}}",
    "when: {not: {teams: {of: all, meet: {answered: ask}}}}",
    "when: {not: {all: [{flag: seen}, {not: {flag: called}}, {logged: 4}]}}",
    "when: {all: [{any: [{logged: 1}, {logged: 2}]}, {any: [{logged: 3}, {logged: 4}]}, {any: [{logged: 5}, {logged: 6}]}, \
     {any: [{logged: 7}, {logged: 8}]}, {any: [{flag: seen}, {flag: called}]}, {any: [{opened: ask}, {opened: news}]}]}",
];

#[test]
fn a_branch_that_can_be_taken_is_not_told() {
    let mut told = Vec::new();
    for rest in FAIR {
        let (warnings, hints) = found(&inject(rest));
        told.extend(warnings.iter().chain(&hints).map(|wrong| format!("{rest}: {} {}", wrong.code, wrong.message)));
    }
    assert!(told.is_empty(), "{}", told.join("\n"));
}

/// Two injects that start each other, told once, and what hangs on them not at all.
#[test]
fn injects_that_wait_for_each_other_are_told_once() {
    let circle = "  - {id: one, kind: admin, when: {received: two}, player: {title: T, body: B}}\n  \
                  - {id: two, kind: admin, after: {inject: one}, only_if: {flag: seen}, player: {title: T, body: B}}\n  \
                  - {id: three, kind: admin, when: {all: [{opened: two}, {flag: called}]}, player: {title: T, body: B}}\n";
    let (warnings, _) = found(circle);
    let told: Vec<_> = warnings.iter().map(|w| (w.code, w.line, w.column, w.message.as_str())).collect();
    assert_eq!(told, [("cycle", LINE, 45, "These injects wait for each other: one → two → one.")]);
    let started = circle.replace("{received: two}", "{any: [{received: two}, {logged: 9}]}");
    assert_eq!(found(&started).0, []);
}

#[test]
fn a_flag_that_never_sets_itself_is_told() {
    let scenario = HALL.replace("{answered: ask}", "{all: [{answered: ask}, {silent: {inject: ask, for: 1m}}]}");
    let pack = load_text(&scenario).unwrap();
    let told: Vec<_> = pack.warnings.iter().map(|w| (w.code, w.line, w.column)).collect();
    assert_eq!(told, [("never_set", 8, 39)]);
    let pack = load_text(&HALL.replace(", when: {answered: ask}", "")).unwrap();
    let told: Vec<_> = pack.hints.iter().map(|hint| (hint.severity, hint.code, hint.line, hint.column)).collect();
    assert_eq!((told, pack.warnings), (vec![(Severity::Hint, "set_by_staff", 8, 10)], vec![]));
}

#[test]
fn other_words_that_are_never_chosen_are_told() {
    let words = |when: &str| {
        format!(
            "  - id: it\n    kind: admin\n    when: {{flag: called}}\n    player: {{title: T, body: B}}\n    alternatives:\n      \
             - {{id: one, when: {{logged: 2}}, player: {{title: T, body: B}}}}\n      \
             - {{id: two, when: {when}, player: {{title: T, body: B}}}}\n"
        )
    };
    for never in ["{not: {flag: called}}", "{logged: 4}", "{all: [{logged: 2}, {flag: seen}]}", "{received: it}"] {
        let told: Vec<_> = found(&words(never)).0.iter().map(|w| (w.code, w.line)).collect();
        let expected = if never.contains("received") { vec![] } else { vec![("never_chosen", LINE + 6)] };
        assert_eq!(told, expected, "{never}");
    }
    for fair in ["{logged: 1}", "{flag: seen}", "{not: {logged: 9}}"] {
        assert_eq!(found(&words(fair)).0, [], "{fair}");
    }
}

#[test]
fn a_contingency_waits_for_something_left_undone() {
    let contingency = |when: &str| inject(when).replace("kind: admin", "kind: contingency");
    for (when, expected) in [
        ("when: {answered: ask}", vec![("contingency_without_silence", 39)]),
        ("when: {silent: {inject: ask, for: 9m}}", vec![]),
        ("when: {all: [{received: news}, {not: {answered: ask}}]}", vec![]),
        ("when: {received: news}, only_if: {not: {flag: called}}", vec![]),
        ("when: {teams: {of: any, meet: {not: {opened: ask}}}}", vec![]),
        ("manual: true", vec![]),
    ] {
        let (warnings, hints) = found(&contingency(when));
        assert_eq!(warnings, [], "{when}");
        let told: Vec<_> = hints.iter().map(|hint| (hint.code, hint.column)).collect();
        assert_eq!(told, expected, "{when}");
    }
}

#[test]
fn breaks_and_cut_lines_are_held_against_each_other_and_the_injects() {
    let with = |lines: &str| {
        let pack = load_text(&HALL.replace("injects:\n", &format!("{lines}\ninjects:\n")))
            .unwrap_or_else(|wrong| panic!("{wrong}"));
        let found = pack.warnings.iter().chain(&pack.hints);
        found.map(|found| (found.code, found.line, found.column)).collect::<Vec<_>>()
    };
    let cut = |cohort: &str, at: &str, until: &str| format!("  - {{{cohort}at: {at}, until: {until}, notice: Down}}");
    let cuts = |list: &[String]| format!("cuts:\n{}", list.join("\n"));
    assert_eq!(with(&cuts(&[cut("cohort: a, ", "20m", "25m"), cut("cohort: b, ", "22m", "26m")])), []);
    let both = cuts(&[cut("cohort: a, ", "20m", "25m"), cut("", "24m", "26m")]);
    assert_eq!(with(&both), [("overlap", 12, 10)]);
    let in_break =
        format!("breaks: [{{id: tea, title: Tea, at: 22m, length: 5m}}]\n{}", cuts(&[cut("", "20m", "25m")]));
    assert_eq!(with(&in_break), [("overlap", 12, 10)]);
    // Only those whose every team is cut off.
    assert_eq!(with(&cuts(&[cut("cohort: a, ", "4m", "31m")])), [("waits_for_line", 26, 10)]);
    assert_eq!(with(&cuts(&[cut("cohort: b, ", "4m", "31m")])), []);
}

/// Too tangled to tell apart in reasonable time is believed, and costs nothing.
#[test]
fn a_tangled_scenario_is_believed() {
    let pairs: Vec<String> =
        (0..12).map(|n| format!("{{any: [{{logged: {}}}, {{told_peers: {}}}]}}", n + 1, n + 1)).collect();
    let tangled = format!("when: {{all: [{}, {{flag: seen}}, {{not: {{flag: seen}}}}]}}", pairs.join(", "));
    assert_eq!(found(&inject(&tangled)).0, []);
    let mut many = HALL.to_owned();
    for n in 0..1500 {
        let next = n + 1;
        let inject =
            format!("  - {{id: n{n}, kind: admin, when: {{received: n{next}}}, player: {{title: T, body: B}}}}\n");
        many.push_str(&inject);
    }
    many += "  - {id: n1500, kind: admin, at: 1m, player: {title: T, body: B}}\n";
    let files = std::collections::BTreeMap::from([(MAIN_FILE.to_owned(), many)]);
    assert_eq!(load_from(&files, MAIN_FILE).unwrap().warnings, []);
}
