//! Every mistake is found, named, placed and answered with advice.

use std::{fmt::Write, fs, path::Path};

use drillhall::scenario::{
    MAIN_FILE,
    diagnostic::{Diagnostic, Diagnostics},
    load,
};

use super::fixture::{TWO_INJECTS, load_text};

/// The small scenario with one thing changed.
fn with(from: &str, to: &str) -> String {
    assert!(TWO_INJECTS.contains(from), "the fixture no longer says {from:?}");
    TWO_INJECTS.replacen(from, to, 1)
}

fn errors(scenario: &str) -> Vec<Diagnostic> {
    match load_text(scenario) {
        Ok(pack) => panic!("no error was found in\n{scenario}\n{:?}", pack.warnings),
        Err(Diagnostics(found)) => found,
    }
}

/// What is changed, and the code, line, column and advice that must come of it.
type Case = (&'static str, &'static str, &'static str, u32, u32, &'static str);

/// How a file may be wrong in form: reading it stops there.
const BAD_FORM: &[Case] = &[
    ("deadline: 10m", "deadlin: 10m", "unknown_key", 25, 9, "did you mean 'deadline'?"),
    ("label: Why?,", "lable: Why?,", "unknown_key", 32, 23, "did you mean 'label'?"),
    ("  tlp: clear", "  tlp: clear\n  tlp: red", "duplicate_key", 6, 3, "keep one of the two"),
    (
        "class: {choice: guessing}",
        "class: {choice: guessing}\n        class: {choice: phishing}",
        "duplicate_key",
        37,
        9,
        "keep one of the two",
    ),
    ("points: 10", "points: ten", "wrong_type", 30, 21, ""),
    ("points: 10", "points: -10", "wrong_type", 30, 21, ""),
    ("cohorts: [a, b]", "cohorts: a", "wrong_type", 8, 10, ""),
    ("id: alert", "id: {en: alert}", "wrong_type", 14, 9, ""),
    ("required: true", "required: NO", "wrong_type", 29, 23, "write true or false, in lower case"),
    ("{choice: guessing}", "{choice: guessing, set: [guessing]}", "wrong_type", 36, 35, ""),
    (
        "title: Two injects",
        "title: {en: Two, or three}",
        "wrong_type",
        4,
        28,
        "write '' for an empty text; within braces, a text with a comma needs quotation marks",
    ),
    ("kind: task", "kind: tsk", "unknown_value", 15, 11, "did you mean 'task'?"),
    ("{choice: guessing}", "{chioce: guessing}", "unknown_value", 36, 17, "did you mean 'choice'?"),
    ("audience: all", "audience: {cohort: [a]}", "unknown_value", 17, 16, "did you mean 'cohorts'?"),
    ("  tlp: clear\n", "", "missing_key", 6, 3, ""),
    ("cohorts: [a, b]", "<<: {cohorts: [a]}", "unknown_key", 8, 1, ""),
    ("title: Two injects", "title: Two: injects", "syntax", 4, 13, ""),
    ("cohorts: [a, b]", "cohorts: [a, b]\n---\nformat: 1", "syntax", 9, 1, ""),
];

/// How a file that can be read may be wrong in meaning.
const BAD_MEANING: &[Case] = &[
    ("format: 1", "format: 2", "unsupported_format", 1, 9, ""),
    ("title: Two injects", "title: 2024", "wrong_type", 4, 10, "put a short text in quotation marks"),
    ("name: two-injects", "name: Two injects", "bad_id", 3, 9, "use 1 to 40 lower-case letters, digits and hyphens"),
    (
        "languages: [en]",
        "languages: [English]",
        "bad_language",
        6,
        15,
        "write a lower-case tag such as en, fr or pt-br",
    ),
    ("title: Two injects", "title: {en: Two, fr: Deux}", "unknown_language", 4, 24, "known here: en"),
    (
        "title: Two injects",
        "title: {en: ' '}",
        "missing_translation",
        4,
        10,
        "translate it, or take the language out of meta.languages",
    ),
    ("languages: [en]", "languages: [en, no]", "missing_translation", 4, 10, "write a map by language: {en: …, no: …}"),
    (
        "at: 1m",
        "at: 1 minute",
        "bad_duration",
        16,
        9,
        "write hours, minutes and seconds, as in 90m, 1h30m, 45s or -10m",
    ),
    ("at: 1m", "at: 31m", "after_end", 16, 9, "move it, or make meta.duration longer"),
    ("delay: 5m", "delay: -5m", "out_of_range", 42, 35, ""),
    ("duration: 30m", "duration: 0m", "out_of_range", 7, 13, ""),
    ("points: 10", "points: 1001", "out_of_range", 30, 21, ""),
    ("max_chars: 500", "max_chars: 0", "out_of_range", 32, 59, ""),
    ("id: call", "id: alert", "duplicate_id", 40, 9, ""),
    ("cohorts: [a, b]", "cohorts: [a, a]", "duplicate_id", 8, 14, ""),
    ("id: why", "id: class", "duplicate_id", 32, 18, ""),
    ("id: phishing,", "id: guessing,", "duplicate_id", 31, 69, ""),
    ("from: soc", "from: sock", "unknown_reference", 22, 13, "did you mean 'soc'?"),
    ("audience: all", "audience: {cohorts: [c]}", "unknown_reference", 17, 26, "known here: a, b"),
    ("audience: all", "audience: {cohorts: []}", "empty_audience", 17, 15, "write audience: all"),
    ("inject: alert", "inject: alrt", "unknown_reference", 42, 21, "did you mean 'alert'?"),
    ("objectives: [triage]", "objectives: [tirage]", "unknown_reference", 34, 20, "did you mean 'triage'?"),
    ("class: {choice: guessing}", "clas: {choice: guessing}", "unknown_reference", 36, 9, "did you mean 'class'?"),
    ("{choice: guessing}", "{choice: guesing}", "unknown_reference", 36, 25, "did you mean 'guessing'?"),
    ("{choice: guessing}", "{options: {guessing: 101}}", "out_of_range", 36, 37, ""),
    ("{choice: guessing}", "{set: [guessing]}", "key_mismatch", 36, 16, "choice takes choice: or options:"),
    (
        "weak: {class: {choice: phishing}}",
        "weak: {class: {choice: fishing}}",
        "unknown_reference",
        38,
        32,
        "did you mean 'phishing'?",
    ),
    (
        "weak: {class: {choice: phishing}}",
        "weak: {class: {text: hm}}",
        "sample_mismatch",
        38,
        23,
        "choice takes choice:",
    ),
    ("weak: {class: {choice: phishing}}", "weak: {why: {text: hm}}", "incomplete_sample", 38, 16, ""),
    (
        "    at: 1m\n",
        "",
        "one_trigger",
        14,
        9,
        "write at: 10m, after: {inject: …, delay: 5m}, when: {…} or manual: true",
    ),
    (
        "    at: 1m\n",
        "    at: 1m\n    manual: true\n",
        "one_trigger",
        14,
        9,
        "write at: 10m, after: {inject: …, delay: 5m}, when: {…} or manual: true",
    ),
    (
        ", long_text: {max_chars: 500}",
        "",
        "one_field_type",
        32,
        18,
        "give it one of choice, multi_choice, number, short_text, long_text, decision, indicators, classification, severity, techniques, timestamp, file; or make it a document: early_warning, notification, final_report, advisory, sitrep",
    ),
    (", {id: phishing, label: Phishing}", "", "too_few_options", 27, 17, ""),
    ("target: 5m", "target: 11m", "target_after_deadline", 24, 17, "make the target the shorter of the two"),
    ("    at: 1m\n", "    after: {inject: call}\n", "cycle", 16, 21, "give one of them a time of its own"),
    ("{inject: alert, delay", "{inject: call, delay", "cycle", 42, 21, "give one of them a time of its own"),
    ("kind: contextual", "kind: expected_action", "trigger_not_allowed", 40, 9, "take its trigger out"),
    ("      body: She asks whether she can still sign in.\n", "", "missing_key", 40, 9, "write player.body"),
    (
        "      channel: phone\n",
        "      channel: phone\n      attachments: [{file: a/b.eml}]\n",
        "missing_file",
        47,
        28,
        "",
    ),
    (
        "      channel: phone\n",
        "      channel: phone\n      attachments: [{file: ../b.eml}]\n",
        "path_escape",
        47,
        28,
        "",
    ),
    (
        "      channel: phone\n",
        "      channel: phone\n      attachments: [{file: /etc/b.txt}]\n",
        "path_escape",
        47,
        28,
        "",
    ),
    (
        "      channel: phone\n",
        "      channel: phone\n      attachments: [{file: run.exe}]\n",
        "unsupported_file",
        47,
        28,
        "use one of: csv, eml, jpeg, jpg, json, log, md, pcap, pdf, png, svg, txt",
    ),
    ("cohorts: [a, b]", "inject_files: [more.yaml]", "missing_file", 8, 16, ""),
];

#[test]
fn each_mistake_is_named_placed_and_answered() {
    let mut missed = Vec::new();
    for (from, to, code, line, column, advice) in BAD_FORM.iter().chain(BAD_MEANING) {
        let found = errors(&with(from, to));
        let first = (found[0].code, found[0].line, found[0].column, found[0].suggestion.as_deref().unwrap_or_default());
        if first != (*code, *line, *column, *advice) {
            missed.push(format!("{to:?} gave {first:?}\n{}", found[0]));
        }
    }
    assert!(missed.is_empty(), "{}", missed.join("\n\n"));
}

#[test]
fn all_mistakes_in_meaning_are_found_at_once() {
    let mut scenario = TWO_INJECTS.to_owned();
    for (from, to, ..) in [BAD_MEANING[0], BAD_MEANING[2], BAD_MEANING[17], BAD_MEANING[20], BAD_MEANING[24]] {
        scenario = scenario.replacen(from, to, 1);
    }
    let found: Vec<_> = errors(&scenario).iter().map(|wrong| (wrong.line, wrong.code)).collect();
    let expected = [
        (1, "unsupported_format"),
        (3, "bad_id"),
        (22, "unknown_reference"),
        (36, "out_of_range"),
        (42, "unknown_reference"),
    ];
    assert_eq!(found, expected);
}

/// An inject that waits for something its teams never get would wait for ever.
#[test]
fn an_inject_that_can_never_follow_is_an_error() {
    let apart = with("audience: all", "audience: {cohorts: [a]}")
        .replace("    kind: contextual\n", "    kind: contextual\n    audience: {cohorts: [b]}\n");
    let watched = with("    after: {inject: alert, delay: 5m}\n", "    after: {inject: seen}\n")
        + "  - {id: seen, kind: expected_action, player: {title: Seen}}\n";
    for (scenario, line) in [(apart, 43), (watched, 42)] {
        let found = errors(&scenario);
        assert_eq!((found[0].code, found[0].line, found[0].column), ("unreachable", line, 21), "{}", found[0]);
    }
}

#[test]
fn a_cycle_is_reported_once_and_what_hangs_on_it_not_at_all() {
    let scenario = TWO_INJECTS.replacen("    at: 1m\n", "    after: {inject: call}\n", 1)
        + "  - {id: more, kind: admin, after: {inject: call}, player: {title: More, body: More}}\n";
    let found: Vec<_> = errors(&scenario).iter().map(|wrong| (wrong.code, wrong.message.clone())).collect();
    assert_eq!(found, [("cycle", "These injects wait for each other: alert → call → alert.".to_owned())]);
}

#[test]
fn phases_stand_in_order_of_time() {
    let phases =
        "phases:\n  - {id: one, title: One, from: 5m, situation: S}\n  - {id: two, title: Two, from: 5m, situation: S}";
    let found = errors(&with("cohorts: [a, b]", phases));
    assert_eq!((found[0].code, found[0].line, found[0].column), ("out_of_order", 10, 33), "{}", found[0]);
}

#[test]
fn a_diagnostic_shows_the_line_and_the_way_out() {
    insta::assert_snapshot!(errors(&with("deadline: 10m", "deadlin: 10m"))[0], @r"
    error[unknown_key]: scenario.yaml:25:9: There is no key 'deadlin' here.
     25 |         deadlin: 10m
        |         ^
    help: did you mean 'deadline'?
    ");
}

/// In YAML 1.1 a bare NO is false. Here it is the word, and Norwegian is a language.
#[test]
fn no_is_a_word_and_a_language() {
    let plan = load_text(&with("title: Two injects", "title: NO")).expect("a title may be NO").plan;
    assert_eq!(plan.title, drillhall::engine::text::Text::new("en", "NO"));
    let norwegian = with("languages: [en]", "languages: [no]");
    assert_eq!(load_text(&norwegian).expect("no is a language").plan.languages, ["no".into()]);
}

#[test]
fn nothing_in_a_file_reaches_the_terminal_as_a_command() {
    let shown = errors(&with("from: soc", r#"from: "\e[31msoc\e[0m""#))[0].to_string();
    assert!(!shown.contains('\u{1b}'), "{shown:?}");
}

#[test]
fn bombs_are_refused() {
    let nested = format!("cohorts: {}{}", "[".repeat(5_000), "]".repeat(5_000));
    let many = format!("cohorts: [{}]", "a,".repeat(60_000));
    let anchors: Vec<String> = (0..200).map(|n| format!("&n{n} c{n}")).collect();
    let anchors = format!("cohorts: [{}]", anchors.join(", "));
    let mut laughs = "cohorts: [a, b]\nground_truth:\n  - &l0 [ha, ha, ha, ha, ha, ha, ha, ha, ha, ha]\n".to_owned();
    for n in 1..9 {
        let line = vec![format!("*l{}", n - 1); 10].join(", ");
        writeln!(laughs, "  - &l{n} [{line}]").unwrap();
    }
    for (bomb, code) in
        [(&nested, "too_deep"), (&many, "too_large"), (&anchors, "too_many_aliases"), (&laughs, "too_many_aliases")]
    {
        let found = errors(&with("cohorts: [a, b]", bomb));
        assert_eq!(found[0].code, code, "{}", found[0]);
        assert!(found[0].line >= 8, "{}", found[0]);
    }
}

/// A sparse file costs the disk nothing; reading it whole would cost ten megabytes of memory.
#[test]
fn a_large_file_is_refused_by_its_size() {
    let folder = tempfile::tempdir().unwrap();
    let file = fs::File::create(folder.path().join(MAIN_FILE)).unwrap();
    file.set_len(10 * 1024 * 1024).unwrap();
    let found = load(folder.path()).unwrap_err().0;
    assert_eq!((found[0].code, found[0].line), ("too_large", 0), "{}", found[0]);

    file.set_len(0).unwrap();
    write_pack(folder.path(), &attach("big.txt"));
    fs::File::create(folder.path().join("big.txt")).unwrap().set_len(6 * 1024 * 1024).unwrap();
    let found = load(folder.path()).unwrap_err().0;
    assert_eq!((found[0].code, found[0].line, found[0].column), ("too_large", 47, 28), "{}", found[0]);
}

#[cfg(unix)]
#[test]
fn a_link_that_leads_out_of_the_pack_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let pack = folder.path().join("pack");
    fs::create_dir(&pack).unwrap();
    fs::write(folder.path().join("secret.txt"), "the password").unwrap();
    std::os::unix::fs::symlink("../secret.txt", pack.join("note.txt")).unwrap();
    write_pack(&pack, &attach("note.txt"));
    let found = load(&pack).unwrap_err().0;
    assert_eq!((found[0].code, found[0].line), ("path_escape", 47), "{}", found[0]);
}

#[test]
fn a_file_that_is_not_text_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join(MAIN_FILE), b"format: 1\nmeta: \xff\n").unwrap();
    let found = load(folder.path()).unwrap_err().0;
    assert_eq!((found[0].code, found[0].message.as_str()), ("not_utf8", "Line 2 is not valid UTF-8 text."));
}

#[test]
fn mistakes_in_inject_files_point_into_them() {
    let folder = tempfile::tempdir().unwrap();
    write_pack(folder.path(), &with("cohorts: [a, b]", "inject_files: [injects/late.yaml, injects/worse.yaml]"));
    fs::create_dir(folder.path().join("injects")).unwrap();
    let late = "injects:\n  - {id: alert, kind: admin, manual: true, player: {title: Late, body: Late}}\n";
    fs::write(folder.path().join("injects/late.yaml"), late).unwrap();
    fs::write(folder.path().join("injects/worse.yaml"), "injects:\n  - {id: worse, kid: admin}\n").unwrap();
    let found = load(folder.path()).unwrap_err().0;
    assert_eq!((found[0].code, found[0].file.as_str(), found[0].line), ("unknown_key", "injects/worse.yaml", 2));

    fs::write(folder.path().join("injects/worse.yaml"), "injects: []\n").unwrap();
    let found = load(folder.path()).unwrap_err().0;
    assert_eq!((found[0].code, found[0].file.as_str(), found[0].line), ("duplicate_id", "injects/late.yaml", 2));
}

fn write_pack(folder: &Path, scenario: &str) {
    fs::write(folder.join(MAIN_FILE), scenario).expect("a fresh folder can be written to");
}

fn attach(file: &str) -> String {
    with("      channel: phone\n", &format!("      channel: phone\n      attachments: [{{file: {file}}}]\n"))
}
