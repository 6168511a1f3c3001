//! Documents expand to sections and fields.

use std::collections::BTreeSet;

use drillhall::{
    engine::{
        plan::{AnswerKey, Document, Field, FieldKind, Form, Section},
        text::{Language, Text},
    },
    scenario::diagnostic::Diagnostics,
};
use serde_json::Value;

use super::{fixture::load_text, typed::marked};
use crate::markup::catalogue::words;

const DOCS: &str = include_str!("../../../docs/SCENARIO.md");
const DOCUMENTS: [&str; 5] = ["early_warning", "notification", "final_report", "advisory", "sitrep"];
const LANGUAGES: [&str; 7] = ["ar", "en", "es", "fr", "pt", "ru", "zh"];

pub(super) const REPORT: &str = r"format: 1
meta: {name: report, title: Report, tlp: clear, languages: [en], duration: 60m}
objectives:
  - {id: tell, title: Tell, capability: notification_and_reporting}
injects:
  - id: regulator
    kind: task
    at: 1m
    player:
      title: Report
      body: Please report.
      form:
        fields:
          - {id: note, label: Note, short_text: {max_chars: 40}}
          - {id: report, points: 11, notification: {without: [tlp, told], required: [severity, happened]}}
    staff:
      objectives: [tell]
      keys:
        report-severity: {choice: high}
        report-class: {choice: intrusions}
        report-border: {choice: possible}
      samples:
        weak: {report-severity: {choice: low}, report-happened: {text: Something.}}
  - id: more
    kind: task
    when: {answer: {inject: regulator, field: report-border, includes: none}}
    player: {title: More, body: Sure?, form: {acknowledge: true}}
    staff: {objectives: [tell]}
";

fn form(scenario: &str) -> Form {
    let pack = load_text(scenario).unwrap_or_else(|wrong| panic!("{wrong}"));
    assert_eq!((&pack.warnings, &pack.hints), (&Vec::new(), &Vec::new()));
    pack.plan.injects[0].content.form.clone().expect("a form")
}

/// The form that a document with all of its parts becomes, in a scenario of some languages.
fn form_of(document: &str, languages: &[&str]) -> Form {
    let text = languages.iter().map(|tag| format!("{tag}: A")).collect::<Vec<_>>().join(", ");
    let languages = languages.join(", ");
    form(&format!(
        "format: 1\nmeta: {{name: x, title: {{{text}}}, tlp: clear, languages: [{languages}], duration: 9m}}\ninjects:\n  \
         - {{id: a, kind: admin, at: 0m, player: {{title: {{{text}}}, body: {{{text}}}, \
         form: {{fields: [{{id: report, points: 5, {document}: {{}}}}]}}}}}}\n"
    ))
}

fn part<'f>(form: &'f Form, id: &str) -> &'f Field {
    form.fields.iter().find(|field| field.id.0 == id).unwrap_or_else(|| panic!("no field {id}"))
}

#[test]
fn a_document_becomes_a_section_and_fields() {
    let form = form(REPORT);
    let section = Section {
        id: "report".into(),
        document: Document::Notification,
        title: Text::new("en", "Incident notification (within 72 hours)"),
    };
    assert_eq!(form.sections, [section]);
    assert_eq!(form.fields.len(), 1 + 20);
    assert!(form.fields[1..].iter().all(|field| field.section == Some("report".into())));
    assert!(form.fields.iter().all(|field| !field.id.0.ends_with("tlp") && !field.id.0.ends_with("told")));
    let required: Vec<_> = form.fields.iter().filter(|field| field.required).map(|field| field.id.as_str()).collect();
    assert_eq!(required, ["report-severity", "report-happened"]);
    assert_eq!(part(&form, "report-class").kind, FieldKind::Classification);
    assert_eq!(part(&form, "report-why").label, Text::new("en", "Why this severity?"));
    // Eleven points by three keys; what has none is for the rubric.
    let points: Vec<_> =
        form.fields.iter().filter(|field| field.points > 0).map(|f| (f.id.as_str(), f.points)).collect();
    assert_eq!(points, [("report-class", 4), ("report-severity", 4), ("report-border", 3)]);
    let plan = load_text(REPORT).unwrap().plan;
    let key = &plan.injects[0].staff.keys[&"report-severity".into()];
    assert_eq!(*key, AnswerKey::Options([("high".into(), 1000)].into()));
}

#[test]
fn every_document_has_its_parts_and_a_title_in_the_languages_of_the_scenario() {
    for (name, document, count, main) in [
        ("early_warning", Document::EarlyWarning, 6, "report-happened"),
        ("notification", Document::Notification, 22, "report-happened"),
        ("final_report", Document::FinalReport, 23, "report-happened"),
        ("advisory", Document::Advisory, 14, "report-summary"),
        ("sitrep", Document::Sitrep, 7, "report-situation"),
    ] {
        let form = form_of(name, &["ar", "pt-br"]);
        assert_eq!((form.sections[0].document, form.fields.len()), (document, count));
        assert_eq!(part(&form, main).points, 5, "{name}");
        let tags = |text: &Text| text.0.keys().map(|tag| tag.0.clone()).collect::<Vec<_>>();
        let options = form.fields.iter().flat_map(|field| field.kind.options()).map(|option| &option.label);
        let texts = form.fields.iter().map(|field| &field.label).chain([&form.sections[0].title]).chain(options);
        for text in texts.chain(form.fields.iter().filter_map(|field| field.help.as_ref())) {
            assert_eq!(tags(text), ["ar", "pt-br"], "{name} {text:?}");
        }
    }
}

#[test]
fn what_a_small_team_could_not_know_yet_is_wanted_only_if_required() {
    let spare: [(&str, &[&str]); 5] = [
        ("early_warning", &[]),
        ("notification", &["report-pap", "report-evidence"]),
        ("final_report", &["report-pap"]),
        ("advisory", &[]),
        ("sitrep", &[]),
    ];
    for (document, expected) in spare {
        let fields = form_of(document, &["en"]).fields;
        let found: Vec<_> = fields.iter().filter(|field| !field.wanted).map(|field| field.id.as_str()).collect();
        assert_eq!(found, expected, "{document}");
    }
    let asked = REPORT
        .replace("required: [severity, happened]", "required: [severity, happened, pap]")
        .replace("weak: {report-severity", "weak: {report-pap: {choice: amber}, report-severity");
    let form = form(&asked);
    let pap = part(&form, "report-pap");
    assert!(pap.required && pap.wanted);
}

#[test]
fn markings_are_called_by_their_protocol() {
    let form = form_of("notification", &["fr"]);
    let names = |id: &str| {
        let options = part(&form, id).kind.options().iter();
        options.map(|option| option.label.get(&Language::from("fr")).to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(names("report-tlp"), ["TLP:RED", "TLP:AMBER+STRICT", "TLP:AMBER", "TLP:GREEN", "TLP:CLEAR"]);
    assert_eq!(names("report-pap"), ["PAP:RED", "PAP:AMBER", "PAP:GREEN", "PAP:CLEAR"]);
}

/// The main text stands in italics there, and what is not wanted in brackets.
#[test]
fn the_documentation_lists_the_parts_in_their_order() {
    for document in DOCUMENTS {
        let form = form_of(document, &["en"]);
        let written = form.fields.iter().map(|field| {
            let name = field.id.as_str().strip_prefix("report-").unwrap();
            match (field.wanted, field.points) {
                (false, _) => format!("({name})"),
                (true, 0) => name.to_owned(),
                (true, _) => format!("*{name}*"),
            }
        });
        let row = format!("| `{document}` | {} |", written.collect::<Vec<_>>().join(", "));
        assert!(DOCS.lines().any(|line| line == row), "docs/SCENARIO.md does not say\n{row}");
    }
}

fn keys(map: &Value) -> BTreeSet<&str> {
    map.as_object().unwrap().keys().map(String::as_str).collect()
}

#[test]
fn every_part_has_words_in_every_language() {
    let fields: Vec<Field> = DOCUMENTS.iter().flat_map(|document| form_of(document, &LANGUAGES).fields).collect();
    let parts: BTreeSet<&str> = fields.iter().map(|field| field.id.as_str().strip_prefix("report-").unwrap()).collect();
    let english = words("scenario/document", "en");
    for language in LANGUAGES {
        let words = words("scenario/document", language);
        assert_eq!(keys(&words["parts"]), parts, "{language}");
        assert_eq!(keys(&words["documents"]), BTreeSet::from(DOCUMENTS), "{language}");
        assert_eq!(keys(&words["options"]), keys(&english["options"]), "{language}");
        for (part, words) in words["parts"].as_object().unwrap() {
            assert!(!words["label"].as_str().unwrap().trim().is_empty(), "{language} {part}");
            assert_eq!(words["help"].is_string(), english["parts"][part]["help"].is_string(), "{language} {part}");
        }
    }
}

#[test]
fn every_option_has_words_or_is_a_marking() {
    let english = words("scenario/document", "en");
    let known = keys(&english["options"]);
    let fields = DOCUMENTS.iter().flat_map(|document| form_of(document, &LANGUAGES).fields);
    let options: BTreeSet<String> =
        fields.flat_map(|field| field.kind.options().to_vec()).map(|option| option.id.0).collect();
    assert!(options.len() > known.len(), "{options:?}");
    for id in &options {
        let is_marking = ["red", "amber-strict", "amber", "green", "clear"].contains(&id.as_str());
        assert!(is_marking != known.contains(id.as_str()), "{id}");
    }
}

#[test]
fn a_language_without_words_is_pointed_out_and_reads_english() {
    let scenario = REPORT.replace("languages: [en]", "languages: [de]");
    let pack = load_text(&scenario).unwrap_or_else(|wrong| panic!("{wrong}"));
    let codes: Vec<_> = pack.warnings.iter().map(|warning| (warning.code, warning.line)).collect();
    assert_eq!(codes, [("missing_translation", 15)]);
    let form = pack.plan.injects[0].content.form.as_ref().unwrap();
    assert_eq!(part(form, "report-severity").label.get(&Language::from("de")), "Severity");
}

/// What is changed (the place that must be named stands behind a `»`), and code and advice.
const BAD: &[(&str, &str, &str, &str)] = &[
    ("without: [tlp, told]", "without: [tlp, »sevrity]", "unknown_reference", "did you mean 'severity'?"),
    ("required: [severity,", "required: [»tlp,", "part_left_out", "take it out of without, or out of required"),
    (
        "{id: report, points: 11,",
        "{id: »report, required: true, points: 11,",
        "key_not_allowed",
        "its parts bring their own; notification: {required: [happened]} requires some",
    ),
    ("id: report, points", "id: »a-very-long-name-for-one-report, points", "bad_id", "give the document a shorter id"),
    ("report-severity: {choice", "»report-sevrity: {choice", "unknown_reference", "did you mean 'report-severity'?"),
    (
        "report-border: {choice: possible}",
        "»report-told: {choice: possible}",
        "unknown_reference",
        "did you mean 'report-border'?",
    ),
    (
        "report-border: {choice: possible}",
        "report-border: {choice: »posible}",
        "unknown_reference",
        "did you mean 'possible'?",
    ),
    ("{id: note, label", "{id: »report-why, label", "duplicate_id", ""),
    ("{id: note, label: Note,", "{id: »note,", "missing_key", "write label:, the question"),
    ("field: report-border", "field: »report-tlp", "unknown_reference", ""),
    ("includes: none", "includes: »non", "unknown_reference", "did you mean 'none'?"),
    (", report-happened: {text: Something.}", "", "incomplete_sample", ""),
];

#[test]
fn each_mistake_is_named_placed_and_answered() {
    let mut missed = Vec::new();
    for (from, to, code, advice) in BAD {
        let to = if *code == "incomplete_sample" { "»" } else { to };
        let (scenario, line, column) = marked(REPORT, from, to);
        let Err(Diagnostics(found)) = load_text(&scenario) else { panic!("no error was found in\n{scenario}") };
        let wrong = found.iter().find(|wrong| wrong.code == *code).unwrap_or(&found[0]);
        let advised = advice.is_empty() || wrong.suggestion.as_deref() == Some(*advice);
        let placed = *code == "incomplete_sample" || (wrong.line, wrong.column) == (line, column);
        if wrong.code != *code || !advised || !placed {
            missed.push(format!("{to:?} at {line}:{column} gave\n{wrong}"));
        }
    }
    assert!(missed.is_empty(), "{}", missed.join("\n\n"));
}
