//! Whatever is done to a scenario file, it is read or refused without a crash. A failure prints the
//! smallest set of changes that leads to it.

use drillhall::scenario::markdown::import_markdown;
use proptest::{
    prelude::{Just, Strategy, any, prop_oneof, proptest},
    sample::Index,
};

use super::{
    fixture::{TWO_INJECTS, load_text},
    typed::TYPED,
};
use crate::random::cases;

/// What trips parsers.
const PIECES: &[&str] = &[
    "\n",
    "  ",
    "- ",
    ": ",
    "{",
    "}",
    "[",
    "]",
    "&a ",
    "*a",
    "<<: ",
    "|",
    ">",
    "'",
    "\"",
    "#",
    "!!binary ",
    "\t",
    "---\n",
    "é",
    "0",
    "-9999999h",
    "\u{feff}",
];

/// One careless or hostile change: where, how much goes, and what comes instead.
fn change() -> impl Strategy<Value = (Index, usize, String)> {
    let piece = prop_oneof![
        4 => proptest::sample::select(PIECES).prop_map(str::to_owned),
        2 => (any::<Index>(), 1..60_usize).prop_map(|(from, length)| cut(TWO_INJECTS, from, length)),
        1 => ".{0,6}",
        1 => Just(String::new()),
    ];
    (any::<Index>(), 0..12_usize, piece)
}

fn cut(text: &str, from: Index, length: usize) -> String {
    let characters: Vec<char> = text.chars().collect();
    characters.iter().skip(from.index(characters.len())).take(length).collect()
}

fn mutate(text: &str, changes: &[(Index, usize, String)]) -> String {
    let mut characters: Vec<char> = text.chars().collect();
    for (at, length, piece) in changes {
        let from = at.index(characters.len() + 1);
        let to = (from + length).min(characters.len());
        characters.splice(from..to, piece.chars());
    }
    characters.into_iter().collect()
}

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn a_changed_scenario_is_read_or_refused(changes in proptest::collection::vec(change(), 1..5)) {
        let text = mutate(TWO_INJECTS, &changes);
        match load_text(&text) {
            Ok(pack) => assert!(!pack.plan.languages.is_empty()),
            Err(wrong) => {
                assert!(!wrong.0.is_empty());
                for diagnostic in &wrong.0 {
                    let lines = u32::try_from(text.lines().count()).unwrap();
                    assert!(diagnostic.line <= lines + 1, "{diagnostic}");
                    assert!(!diagnostic.to_string().is_empty());
                }
            }
        }
    }

    /// The same with every type of answer, every key, a rubric and a checklist.
    #[test]
    fn a_changed_rubric_is_read_or_refused(changes in proptest::collection::vec(change(), 1..5)) {
        let whole = TYPED.replacen("          proof: {file: proof.txt}\n", "", 1);
        match load_text(&mutate(&whole, &changes)) {
            Ok(pack) => {
                for inject in &pack.plan.injects {
                    let anchors = inject.staff.evaluation.criteria.iter().map(|criterion| criterion.anchors.len());
                    assert!(anchors.into_iter().all(|count| count == 0 || count == 5));
                    let fields = inject.content.form.iter().flat_map(|form| &form.fields);
                    let keyed = fields.filter(|field| inject.key_of(field).is_some()).count();
                    assert_eq!(keyed, inject.staff.keys.len());
                }
            }
            Err(wrong) => assert!(!wrong.0.is_empty()),
        }
    }

    /// What the importer writes always passes the check, whatever it read.
    #[test]
    fn an_imported_document_passes_the_check(changes in proptest::collection::vec(change(), 1..6)) {
        let kit = "# T\n\n**Duration:** 2 hours\n\n## Overview\n\nText: more # text\n\n## Inject 1: A\n\n**Read aloud:** \"x\"\n\n\
                   **Question:** Why?\n\n**Follow-up:**\n- One\n- Two\n\n## Inject 2: B (T+00:10)\n\n> y\n\n| a | b |\n|---|---|\n| c | d |\n";
        let files = import_markdown(&mutate(kit, &changes)).files;
        let pack = drillhall::scenario::load_from(&files, drillhall::scenario::MAIN_FILE);
        if let Err(wrong) = pack {
            panic!("{wrong}\n{files:?}");
        }
    }
}
