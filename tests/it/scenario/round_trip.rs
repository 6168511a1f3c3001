//! What goes out as a spreadsheet comes back as the same plan, whatever is in it.

use std::collections::BTreeMap;

use drillhall::{
    engine::time::Millis,
    scenario::{
        MAIN_FILE, Pack, load_from,
        msel::{Choices, FileKind, Imported, export_msel, import_msel},
        plan_hash, shipped,
        source::{ReadError, Shipped, Source},
    },
};
use proptest::prelude::{Strategy, prop_oneof, proptest};

use super::{docs::examples, document::REPORT, typed::TYPED};
use crate::random::cases;

/// What an import wrote, with the attachments of the pack that was exported.
struct Beside<'a>(&'a Imported, &'a dyn Source);

impl Source for Beside<'_> {
    fn read(&self, path: &str, limit: u64) -> Result<Vec<u8>, ReadError> {
        if self.0.files.contains_key(path) { self.0.files.read(path, limit) } else { self.1.read(path, limit) }
    }
}

fn there_and_back(source: &dyn Source, kind: FileKind) -> (Pack, Pack, Imported) {
    let pack = load_from(source, MAIN_FILE).unwrap_or_else(|wrong| panic!("{wrong}"));
    let start = Some(Millis::minutes(9 * 60));
    let bytes = export_msel(source, MAIN_FILE, &pack, kind, start).unwrap();
    let imported = import_msel(&bytes, "sheet", &Choices::default()).unwrap();
    assert_eq!(imported.notes, []);
    let back = load_from(&Beside(&imported, source), MAIN_FILE);
    let back = back.unwrap_or_else(|wrong| panic!("{wrong}\n\n{}", imported.files[MAIN_FILE]));
    (pack, back, imported)
}

fn assert_same(source: &dyn Source) -> Imported {
    let [(_, _, imported), _] = [FileKind::Csv, FileKind::Xlsx].map(|kind| {
        let (pack, back, imported) = there_and_back(source, kind);
        assert_eq!(pack.plan, back.plan, "{kind:?}");
        assert_eq!(plan_hash(&pack.plan), plan_hash(&back.plan));
        assert_eq!(pack.files, back.files);
        (pack, back, imported)
    });
    imported
}

#[test]
fn every_shipped_pack_comes_back_as_it_was() {
    for name in shipped() {
        let imported = assert_same(&Shipped::new(&name));
        // Its injects stand in the same files as before.
        let source = Shipped::new(&name);
        assert!(imported.files.keys().all(|path| source.read(path, 1 << 20).is_ok()), "{:?}", imported.files.keys());
    }
}

/// The pack of the documentation uses every key that there is.
#[test]
fn every_key_of_the_format_comes_back() {
    let examples = examples();
    assert_same(&examples);
    assert_same(&BTreeMap::from([(MAIN_FILE.to_owned(), examples["complete"].clone())]));
}

#[test]
fn typed_fields_documents_and_rubrics_come_back() {
    let typed = [(MAIN_FILE, TYPED), ("proof.txt", "EXERCISE: the proof")];
    let imported = assert_same(
        &typed.map(|(name, text)| (name.to_owned(), text.to_owned())).into_iter().collect::<BTreeMap<_, _>>(),
    );
    assert!(imported.attachments.contains("proof.txt"), "{:?}", imported.attachments);
    assert_same(&BTreeMap::from([(MAIN_FILE.to_owned(), REPORT.to_owned())]));
}

const AWKWARD: &str = r#"format: 1
meta:
  name: awkward
  title: "=SUM(A1:A9)"
  summary: ''
  authors: [007, "- a name", 1e3, +33 1 23]
  tlp: clear
  languages: [en]
  duration: 1h30m15s
directory:
  - {name: "@desk", role: "!yaml [1]", address: "+1 000"}
ground_truth: "'=quoted"
hot_wash: ["- what?", "true", "12", "\n", "end\n\n"]
personas:
  - {id: p, name: "\n"}
injects:
  - id: a
    kind: task
    at: 90s
    audience: {teams: [a-1, b-2]}
    player:
      title: "2024"
      body: "-1\n\n+2\t\n"
      attachments: []
      form:
        target: 90s
        deadline: 2m
        fields:
          - {id: yes, label: "no", points: 3, choice: [{id: "1", label: "true"}, {id: b, label: "say \"b\", {c}"}]}
    staff:
      expected: ["two\nlines", " spaces "]
      notes: "'- a list"
      responsible: 0012
      keys: {yes: {options: {"1": 50, b: 100}}}
  - id: b
    kind: contextual
    after: {inject: a}
    player: {title: " ", body: "=1+1"}
    # The end of the file, and of a text whose last line is a space.
    staff: {responsible: "@\n "}
"#;

#[test]
fn what_looks_like_a_formula_or_a_number_comes_back() {
    let source = BTreeMap::from([(MAIN_FILE.to_owned(), AWKWARD.to_owned())]);
    assert_same(&source);
    let pack = load_from(&source, MAIN_FILE).unwrap();
    let csv = export_msel(&source, MAIN_FILE, &pack, FileKind::Csv, None).unwrap();
    let mut reader = csv::ReaderBuilder::new().flexible(true).has_headers(false).from_reader(csv.as_slice());
    for cell in reader.records().flat_map(|record| record.unwrap().iter().map(str::to_owned).collect::<Vec<_>>()) {
        assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "a spreadsheet would run {cell:?}");
    }
}

/// A text that YAML, CSV or a workbook might bend.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[ -~]{1,30}",
        "[a\\-='!,;:#\"\\\\ \n\t@é{}|]{1,20}",
        "\\PC{1,12}",
        "!yaml [a-z\"]{0,5}",
        "[0-9.eE+_-]{1,6}",
    ]
}

proptest! {
    #![proptest_config(cases(96))]

    #[test]
    fn no_text_is_bent(title in text(), body in text(), notes in text(), expected in text(), label in text()) {
        let quoted = |text: &str| serde_json::to_string(text).unwrap();
        let (title, body, notes) = (quoted(&title), quoted(&body), quoted(&notes));
        let (expected, label) = (quoted(&expected), quoted(&label));
        let scenario = format!(
            "format: 1\nmeta: {{name: x, title: {title}, tlp: clear, languages: [en], duration: 9m}}\n\
             ground_truth: {notes}\nhot_wash: [{label}]\npersonas: [{{id: p, name: {label}}}]\n\
             injects:\n  - id: a\n    kind: task\n    at: 1m\n    player: {{title: {title}, body: {body}, from: p, \
             form: {{fields: [{{id: f, label: {label}, long_text: {{max_chars: 9}}}}]}}}}\n    \
             staff: {{notes: {notes}, expected: [{expected}, {label}], responsible: {label}}}\n",
        );
        let source = BTreeMap::from([(MAIN_FILE.to_owned(), scenario)]);
        // Some of these texts are no scenario at all; those that are come back.
        if load_from(&source, MAIN_FILE).is_ok() {
            assert_same(&source);
        }
    }
}
