//! Typed fields, their keys and samples, rubrics, checklists and profiles: what they become, and each
//! mistake in them with its place and advice.

use std::collections::BTreeMap;

use drillhall::{
    engine::{
        command::AnswerInput,
        number::Number,
        plan::{AnswerKey, FieldKind, MarkingPolicy, Near, Plan, Preset, Weights},
        time::{Millis, Timestamp},
    },
    scenario::{
        MAIN_FILE, Pack,
        diagnostic::{Diagnostic, Diagnostics},
        load_from,
    },
};

/// Every type, every key, a rubric and a checklist.
pub(super) const TYPED: &str = r"format: 1
meta: {name: typed, title: Typed, tlp: clear, languages: [en], duration: 60m}
profile:
  preset: balanced
  weights: {timeliness: 5}
  wall_scores: true
  late_credit_percent: 40
  grace: 2m
  freeze: 15m
  outage_limit: 10m
  marking: strict
  appeal_window: 12h
  publish_needs_second: false
feedback:
  - {id: meals, label: How many meals?, number: {least: 0}}
  - {id: else, label: What else?, short_text: {max_chars: 80}}
objectives:
  - {id: triage, title: Triage, capability: triage_and_classification, critical: true}
injects:
  - id: report
    kind: task
    at: 1m
    player:
      title: Report
      body: What is it?
      form:
        deadline: 10m
        fields:
          - {id: hosts, label: How many?, points: 2, number: {least: 0, most: 500.5, unit: hosts}}
          - {id: who, label: Who?, points: 2, wanted: true, short_text: {max_chars: 40}}
          - {id: class, label: Class?, points: 2, classification: {}}
          - {id: grade, label: How bad?, points: 2, severity: {}}
          - {id: how, label: How?, points: 2, techniques: {most: 3}}
          - {id: when, label: When?, points: 2, timestamp: {}}
          - {id: iocs, label: Indicators?, points: 2, indicators: {max_lines: 3}}
          - {id: proof, label: Proof?, file: {}}
          - {id: why, label: Why?, points: 4, long_text: {max_chars: 200}}
        hints: [{id: look, label: Where, price_percent: 20}]
    staff:
      objectives: [triage]
      hints: {look: There.}
      keys:
        hosts: {range: {least: 12.5, most: 20, near: {least: 10, most: '30', credit_percent: 40}}}
        who: {texts: {Port Authority: 100, port: 50}}
        class: {options: {intrusions: 100, intrusions/burglary: 40}}
        grade: {choice: high}
        how: {set: [T1566.001, T1078]}
        when: {times: {first: 2027-09-17T04:10-04:00, last: 2027-09-17T04:12-04:00}}
        iocs: {indicators: ['hxxps://A[.]example/x/', 203.0.113.9]}
      samples:
        good:
          hosts: {number: 15}
          who: {text: Port authority}
          class: {choice: intrusions}
          grade: {choice: high}
          how: {choices: [T1078]}
          when: {time: 2027-09-17T08:11Z}
          iocs: {indicators: [203.0.113.9]}
          proof: {file: proof.txt}
          why: {text: Because.}
      evaluation:
        points: 30
        weights: {quality: 50}
        rubric:
          - id: reasons
            title: Reasons
            field: why
            weight: 3
            critical: true
            anchors: {0: Nothing, 1: One, 2: Two, 3: Three, 4: All}
          - {id: whole, title: As a whole, anchors: {0: a, 1: b, 2: c, 3: d, 4: e}}
        actions:
          - {id: told, text: Told the port, objective: triage, critical: true}
          - {id: logged, text: Wrote it down, weight: 0}
  - id: again
    kind: contingency
    when: {answer: {inject: report, field: class, includes: intrusions/burglary}}
    only_if: {not: {answer: {inject: report, field: grade, includes: low}}}
    player: {title: Again, body: Sure?}
";

fn load(scenario: &str) -> Result<Pack, Diagnostics> {
    let files = [(MAIN_FILE, scenario), ("proof.txt", "EXERCISE: the proof")];
    let files: BTreeMap<String, String> = files.map(|(name, text)| (name.to_owned(), text.to_owned())).into();
    load_from(&files, MAIN_FILE)
}

fn plan() -> Plan {
    let pack = load(TYPED).unwrap_or_else(|wrong| panic!("{wrong}"));
    assert_eq!((&pack.warnings, &pack.hints), (&Vec::new(), &Vec::new()));
    assert_eq!(pack.files.len(), 1);
    pack.plan
}

fn number(text: &str) -> Number {
    Number::parse(text).expect("a number")
}

#[test]
fn every_type_key_and_sample_is_compiled() {
    let plan = plan();
    let inject = &plan.injects[0];
    let fields = &inject.content.form.as_ref().unwrap().fields;
    let names: Vec<_> = fields.iter().map(|field| field.kind.name()).collect();
    assert_eq!(
        names,
        [
            "number",
            "short_text",
            "classification",
            "severity",
            "techniques",
            "timestamp",
            "indicators",
            "file",
            "long_text"
        ]
    );
    assert!(matches!(
        &fields[0].kind,
        FieldKind::Number { least: Some(Number(0)), most: Some(Number(500_500)), unit: Some(_) }
    ));
    assert_eq!(fields.iter().filter(|field| field.wanted).count(), 1);
    for (id, key) in &inject.staff.keys {
        let field = fields.iter().find(|field| field.id == *id).unwrap();
        assert!(key.fits(&field.kind), "{id}");
    }
    let key = |id: &str| inject.staff.keys[&id.into()].clone();
    let near = Near { least: number("10"), most: number("30"), credit_permille: 400 };
    assert_eq!(key("hosts"), AnswerKey::Range { least: number("12.5"), most: number("20"), near: Some(near) });
    assert_eq!(key("who"), AnswerKey::Texts([("Port Authority".to_owned(), 1000), ("port".to_owned(), 500)].into()));
    assert_eq!(key("iocs"), AnswerKey::Indicators(vec!["https://a.example/x".to_owned(), "203.0.113.9".to_owned()]));
    let first = Timestamp(1_821_168_600_000);
    assert_eq!(key("when"), AnswerKey::Times { first, last: first.plus(Millis::minutes(2)) });
    let sample = &inject.staff.samples[0].answers;
    assert_eq!(sample.len(), 9);
    assert_eq!(sample[&"hosts".into()], AnswerInput::Number("15".to_owned()));
    assert_eq!(sample[&"proof".into()], AnswerInput::File(plan.files[0].hash.clone()));
}

#[test]
fn a_rubric_a_checklist_and_a_profile_are_compiled() {
    let plan = plan();
    let profile = &plan.profile;
    assert_eq!((profile.preset, profile.marking), (Preset::Balanced, MarkingPolicy::Strict));
    assert_eq!(profile.weights, Weights { timeliness: 5, ..Preset::Balanced.weights() });
    assert_eq!((profile.grace, profile.freeze), (Millis::minutes(2), Some(Millis::minutes(15))));
    assert_eq!((profile.outage_limit, profile.appeal_window), (Millis::minutes(10), Millis::minutes(720)));
    assert_eq!(profile.late_credit_permille, 400);
    assert!(!profile.publish_needs_second && plan.feedback.len() == 2);
    let evaluation = &plan.injects[0].staff.evaluation;
    assert_eq!(plan.injects[0].worth(), 30);
    assert_eq!(evaluation.weights, Some(Weights { quality: 50, ..profile.weights }));
    let [reasons, whole] = evaluation.criteria.as_slice() else { panic!("{evaluation:?}") };
    assert_eq!((reasons.weight, reasons.critical, reasons.anchors.len()), (3, true, 5));
    assert_eq!(reasons.anchors[4].get(&"en".into()), "All");
    assert_eq!((whole.weight, &whole.field), (1, &None));
    let actions: Vec<_> = evaluation.actions.iter().map(|action| (action.weight, action.critical)).collect();
    assert_eq!(actions, [(1, true), (0, false)]);
    assert!(plan.injects[0].is_critical());
}

/// What is changed (the place that must be named stands behind a `»`), and code and advice.
type Case = (&'static str, &'static str, &'static str, &'static str);

const BAD: &[Case] = &[
    ("least: 0,", "least: »1e3,", "bad_number", "write digits, as in 3, -0.25 or 12500"),
    ("most: 500.5", "most: »0.0001", "bad_number", "write digits, as in 3, -0.25 or 12500"),
    ("most: 500.5", "most: »-1", "out_of_range", "exchange the two"),
    ("{max_chars: 40}", "{max_chars: »301}", "out_of_range", ""),
    (
        "{id: else, label: What else?, short_text: {max_chars: 80}}",
        "{id: »else, label: What else?, file: {}}",
        "bad_field",
        "use one of choice, multi_choice, number, short_text, long_text",
    ),
    ("{id: else, label: What else?,", "{id: »else, label: What else?, points: 2,", "bad_field", "leave points: out"),
    ("{id: else,", "{id: »meals,", "duplicate_id", ""),
    ("techniques: {most: 3}", "techniques: {most: »0}", "out_of_range", ""),
    ("severity: {}", "severity: {»scale: 5}", "unknown_key", ""),
    (
        "{id: who, label: Who?, points: 2, wanted: true, short_text: {max_chars: 40}}",
        "{id: »who, label: Who?, number: {}, severity: {}}",
        "one_field_type",
        "give it one of choice, multi_choice, number, short_text, long_text, decision, indicators, classification, severity, techniques, timestamp, file; or make it a document: early_warning, notification, final_report, advisory, sitrep",
    ),
    ("{range: {least: 12.5,", "{range: {least: »twelve,", "bad_number", "write digits, as in 3, -0.25 or 12500"),
    ("most: 20, near", "most: »12, near", "out_of_range", ""),
    ("near: {least: 10,", "near: {least: »13,", "out_of_range", ""),
    ("most: '30'", "most: »19", "out_of_range", ""),
    ("credit_percent: 40", "credit_percent: »101", "out_of_range", ""),
    ("port: 50", "»port: 50, ' PORT ': 40", "duplicate_id", ""),
    (
        "{texts: {Port Authority: 100, port: 50}}",
        "»{texts: {}}",
        "empty_key",
        "write what is right, or take the key out",
    ),
    ("intrusions/burglary: 40", "»burglary: 40", "unknown_reference", "did you mean 'intrusions/burglary'?"),
    ("{options: {intrusions: 100", "{options: {»intrusion: 100", "unknown_reference", "did you mean 'intrusions'?"),
    ("{choice: high}\n        how", "{choice: »hihg}\n        how", "unknown_reference", "did you mean 'high'?"),
    (
        "{choice: high}\n        how",
        "»{set: [high]}\n        how",
        "key_mismatch",
        "severity takes choice: or options:",
    ),
    (
        "T1566.001, T1078]",
        "»t1566.001, T1078]",
        "unknown_reference",
        "did you mean 'T1566.001' (Spearphishing Attachment)?",
    ),
    ("T1566.001, T1078]", "T1078, »T1078]", "duplicate_id", ""),
    ("[T1566.001, T1078]}\n", "[»burglary]}\n", "unknown_reference", "write ids such as T1566 or T1566.001"),
    (
        "last: 2027-09-17T04:12-04:00",
        "last: »2027-09-17T04:12",
        "bad_time",
        "write date, time and offset, as in 2027-09-17T04:10-04:00",
    ),
    ("last: 2027-09-17T04:12-04:00", "last: »2027-09-17T04:12+04:00", "out_of_range", ""),
    ("203.0.113.9]}\n      samples", "203.0.113.9, »'203[.]0[.]113[.]9']}\n      samples", "duplicate_id", ""),
    ("{number: 15}", "»{number: 501}", "sample_mismatch", ""),
    ("{number: 15}", "»{number: many}", "bad_number", "write digits, as in 3, -0.25 or 12500"),
    ("{number: 15}", "»{text: '15'}", "sample_mismatch", "number takes number:"),
    ("{text: Port authority}", "»{text: \"Port\\nauthority\"}", "sample_mismatch", ""),
    (
        "{time: 2027-09-17T08:11Z}",
        "»{time: '08:11'}",
        "bad_time",
        "write date, time and offset, as in 2027-09-17T04:10-04:00",
    ),
    ("{choices: [T1078]}", "{choices: [»T9999]}", "unknown_reference", "write ids such as T1566 or T1566.001"),
    ("proof.txt", "»prof.txt", "missing_file", ""),
    ("points: 30", "points: »10001", "out_of_range", ""),
    ("weights: {quality: 50}", "weights: {»qualty: 50}", "unknown_key", "did you mean 'quality'?"),
    (
        "weights: {quality: 50}",
        "weights: »{quality: 0, accuracy: 0, completeness: 0, timeliness: 0, collaboration: 0}",
        "no_weight",
        "give one of them a weight; if nothing shall be scored, write preset: observation_only",
    ),
    ("            field: why\n", "            field: »wy\n", "unknown_reference", "did you mean 'why'?"),
    ("weight: 3", "weight: »101", "out_of_range", ""),
    ("id: whole", "id: »reasons", "duplicate_id", ""),
    ("4: All}", "»5: All, 4: b}", "anchor_levels", "levels are 0, 1, 2, 3, 4"),
    (
        "id: whole, title: As a whole, anchors: {0: a, 1: b,",
        "id: »whole, title: As a whole, anchors: {0: a,",
        "anchor_levels",
        "say what each level from 0 to 4 looks like, or leave anchors out",
    ),
    ("objective: triage", "objective: »tirage", "unknown_reference", "did you mean 'triage'?"),
    ("id: logged", "id: »told", "duplicate_id", ""),
    (
        "price_percent: 20",
        "price_percent: »31",
        "hints_too_dear",
        "make them cheaper: whoever needs help shall dare to ask",
    ),
    ("preset: balanced", "preset: »balance", "unknown_value", "did you mean 'balanced'?"),
    ("marking: strict", "marking: »careful", "unknown_value", "known here: small, national, strict"),
    ("freeze: 15m", "freeze: »61m", "out_of_range", "make freeze shorter than meta.duration"),
    ("grace: 2m", "grace: »-2m", "out_of_range", ""),
    (
        "includes: intrusions/burglary",
        "includes: »burglary",
        "unknown_reference",
        "did you mean 'intrusions/burglary'?",
    ),
    ("includes: low", "includes: »lo", "unknown_reference", "did you mean 'low'?"),
];

fn errors(scenario: &str) -> Vec<Diagnostic> {
    match load(scenario) {
        Ok(pack) => panic!("no error was found in\n{scenario}\n{:?}", pack.warnings),
        Err(Diagnostics(found)) => found,
    }
}

/// A scenario with one thing changed, and where the mark in it stood.
pub(super) fn marked(scenario: &str, from: &str, to: &str) -> (String, u32, u32) {
    assert!(scenario.contains(from), "the fixture no longer says {from:?}");
    let changed = scenario.replacen(from, to, 1);
    let before = &changed[..changed.find('»').expect("a mark")];
    let (line, column) = (before.lines().count(), before.lines().last().map_or(0, |line| line.chars().count()) + 1);
    (changed.replacen('»', "", 1), u32::try_from(line).unwrap(), u32::try_from(column).unwrap())
}

#[test]
fn each_mistake_is_named_placed_and_answered() {
    let mut missed = Vec::new();
    for (from, to, code, advice) in BAD {
        let (scenario, line, column) = marked(TYPED, from, to);
        let found = errors(&scenario);
        let first = (found[0].code, found[0].line, found[0].column, found[0].suggestion.as_deref().unwrap_or_default());
        if first != (*code, line, column, *advice) {
            missed.push(format!("{to:?} gave {first:?}\n{}", found[0]));
        }
    }
    assert!(missed.is_empty(), "{}", missed.join("\n\n"));
}

#[test]
fn a_rubric_needs_something_to_mark() {
    let start = TYPED.find("      form:").unwrap();
    let end = TYPED.find("    staff:").unwrap();
    let keys = TYPED.find("      hints: {look").unwrap();
    let evaluation = TYPED.find("      evaluation:").unwrap();
    let again = TYPED.find("  - id: again").unwrap();
    let bare = [&TYPED[..start], &TYPED[end..keys], &TYPED[evaluation..again]].concat();
    let (scenario, line, column) = marked(&bare, "- id: reasons", "- id: »reasons");
    let found = errors(&scenario);
    assert_eq!((found[0].code, found[0].line, found[0].column), ("nothing_to_mark", line, column), "{}", found[0]);
}

/// What is allowed, but rarely meant.
#[test]
fn what_scores_nothing_and_what_nobody_looks_at_is_pointed_out() {
    let reasons = "            anchors: {0: Nothing, 1: One, 2: Two, 3: Three, 4: All}\n";
    let cases = [
        (
            "»grade: {choice: high}\n        how",
            "grade: {choice: high}\n        how",
            "points: 2, severity",
            "severity",
            "key_without_points",
        ),
        ("- id: »reasons", "- id: reasons", reasons, "", "no_anchors"),
    ];
    for (mark, plain, from, to, code) in cases {
        let (scenario, line, column) = marked(&TYPED.replacen(from, to, 1), plain, mark);
        let pack = load(&scenario).unwrap_or_else(|wrong| panic!("{wrong}"));
        let found: Vec<_> = pack.warnings.iter().chain(&pack.hints).map(|w| (w.code, w.line, w.column)).collect();
        assert_eq!(found, [(code, line, column)]);
    }
    let start = TYPED.find("      evaluation:").unwrap();
    let again = TYPED.find("  - id: again").unwrap();
    let unseen = [&TYPED[..start], &TYPED[again..]].concat().replacen("points: 4, ", "", 1);
    let pack = load(&unseen).unwrap_or_else(|wrong| panic!("{wrong}"));
    let found: Vec<_> = pack.warnings.iter().map(|w| (w.code, w.line, w.column)).collect();
    assert_eq!(found, [("critical_unseen", 18, 10)]);
}
