//! A list of hostile texts, the same that the browser tests write into every page: in what the server writes itself,
//! none of them becomes markup, and none a formula.

use drillhall::{
    engine::{command::Act, event::EntryKind, text::Language},
    report::{html::render, tables::sheets},
    scenario::msel::FileKind,
};
use serde::Deserialize;

use super::hall::{Hall, TASK};

#[derive(Deserialize)]
struct Corpus {
    markup: Vec<String>,
    formulas: Vec<String>,
}

fn corpus() -> Corpus {
    serde_json::from_str(include_str!("../../hostile.json")).unwrap()
}

/// A drill in which a team with a hostile name has written each of these into its log.
fn written(texts: &[String]) -> Hall {
    let mut hall = Hall::playing(TASK, &[("a", &texts[0], "en")]);
    for (second, text) in (100..).zip(texts) {
        let entry = Act::WriteLog {
            text: text.clone(),
            happened_at: None,
            inject: None,
            kind: EntryKind::Observation,
            tlp: None,
            corrects: None,
        };
        hall.act(second, "a", entry);
    }
    hall
}

fn escaped(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    text.replace('"', "&quot;").replace('\'', "&#39;").replace('\u{202E}', "[U+202E]").replace('\u{2066}', "[U+2066]")
}

#[test]
fn no_hostile_text_becomes_markup_of_a_report() {
    let texts = corpus().markup;
    assert!(texts.len() > 30);
    let html = render(&written(&texts).report(), &Language::from("en"));
    for text in &texts {
        assert!(html.contains(&escaped(text)), "the report does not tell {text}");
        if text.contains(['<', '"', '\'']) {
            assert!(!html.contains(text.as_str()), "{text} is markup");
        }
    }
    for tag in ["<script", "<img", "<iframe", "<form", "<base", "<link", "<math", "<details open on", "href=\"j"] {
        assert!(!html.contains(tag), "{tag}");
    }
}

#[test]
fn no_hostile_text_becomes_a_formula_of_a_spreadsheet() {
    // A name holds no control character.
    let names: Vec<String> = corpus().formulas.into_iter().filter(|name| !name.contains('\t')).collect();
    let ids: Vec<String> = (0..names.len()).map(|n| format!("team-{n}")).collect();
    let teams: Vec<_> = ids.iter().zip(&names).map(|(id, name)| (id.as_str(), name.as_str(), "en")).collect();
    let report = Hall::playing(TASK, &teams).report();
    let text = String::from_utf8(sheets(&report, &Language::from("en"), FileKind::Csv, None).unwrap()).unwrap();
    let mut reader = csv::ReaderBuilder::new();
    let mut reader =
        reader.flexible(true).has_headers(false).from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let rows: Vec<_> = reader.records().map(Result::unwrap).collect();
    let cells: Vec<&str> = rows.iter().flat_map(|row| row.iter()).collect();
    for name in &names {
        assert!(cells.contains(&format!("'{name}").as_str()), "{name} is not told as a text: {cells:?}");
        // What stands behind an apostrophe already is none; and so is written another name that begins with it.
        assert!(name.starts_with('\'') || !cells.contains(&name.as_str()), "{name} is a formula");
    }
}
