//! Figures as tables: what a spreadsheet must not run, what a program reads.

use std::collections::BTreeSet;

use drillhall::{
    engine::{command::Act, text::Language},
    report::{
        schema,
        tables::{TABLES, sheets},
    },
    scenario::msel::FileKind,
};
use serde_json::Value;

use super::hall::{Hall, TASK, choice, text};

fn csv(hall: &Hall, only: Option<&str>) -> String {
    let bytes = sheets(&hall.report(), &Language::from("en"), FileKind::Csv, only).unwrap();
    String::from_utf8(bytes).unwrap()
}

#[test]
fn what_people_wrote_never_becomes_a_formula() {
    let mut hall = Hall::playing(TASK, &[("a", "=HYPERLINK(\"http://x\")", "en"), ("b", "@SUM(1)", "en")]);
    hall.act(100, "director", Act::Pause { team: None, reason: "+1+cmd|' /C calc'!A0".to_owned() });
    let all = csv(&hall, None);
    let rows: Vec<csv::StringRecord> = csv::ReaderBuilder::new()
        .flexible(true)
        .has_headers(false)
        .from_reader(all.as_bytes())
        .records()
        .map(Result::unwrap)
        .collect();
    let cells: Vec<&str> = rows.iter().flat_map(|row| row.iter()).collect();
    assert!(cells.contains(&"'=HYPERLINK(\"http://x\")") && cells.contains(&"'@SUM(1)"), "{all}");
    assert!(cells.contains(&"'+1+cmd|' /C calc'!A0"), "{all}");
    for cell in cells {
        assert!(!cell.starts_with(['=', '@', '+']), "{cell}");
    }
}

#[test]
fn one_table_or_all_of_them_each_marked() {
    let mut hall = Hall::playing(TASK, &[("a", "Alpha", "en")]);
    hall.answer(120, "a", &[("class", choice("guessing")), ("why", text("One source."))]);
    assert_eq!(
        csv(&hall, Some("teams")),
        "\u{feff}EXERCISE EXERCISE EXERCISE,TLP:AMBER\n\
         team,name,score,counted,points,attainable,unmarked,received,asked,answered,log_entries\n\
         a,Alpha,,0,0.000,0.000,20.000,1,1,1,0\n"
    );
    let all = csv(&hall, None);
    for table in TABLES.into_iter().skip(1) {
        assert!(all.contains(&format!("#sheet {table}\n")), "{table}");
    }
    assert_eq!(all.matches("TLP:AMBER").count(), TABLES.len());
}

/// Everything that a report says in JSON stands in its schema, and nothing else may.
#[test]
fn a_report_is_what_its_schema_says() {
    let mut hall = Hall::playing(TASK, &[("a", "Alpha", "en"), ("b", "Beta", "fr")]);
    hall.answer(120, "a", &[("class", choice("guessing")), ("why", text("One source."))]);
    hall.act(1_800, "director", Act::EndEx);
    let report = serde_json::to_value(hall.report()).unwrap();
    let schema = schema().unwrap();
    let declared = &schema["$defs"]["Report"]["properties"];
    let names = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<BTreeSet<_>>();
    assert_eq!(names(&report), names(declared));
    let scorecard = &schema["$defs"]["Scorecard"]["properties"];
    assert_eq!(names(&report["teams"][0]), names(scorecard));
    // Every reference leads somewhere.
    let written = schema.to_string();
    for reference in written.split("\"$ref\":\"#/$defs/").skip(1) {
        let (name, _) = reference.split_once('"').unwrap();
        assert!(schema["$defs"].get(name).is_some(), "{name}");
    }
    assert!(!written.contains("#/components/"));
}
