//! Figures as tables: what a spreadsheet must not run, what a program reads.

use std::collections::BTreeSet;

use drillhall::{
    engine::{command::Act, text::Language},
    report::{
        model::PeerLine,
        schema,
        tables::{TABLES, sheets},
    },
    scenario::msel::FileKind,
};
use serde_json::{Value, json};

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

#[test]
fn an_outcome_and_a_rule_stand_there_by_their_names() {
    let mut hall = Hall::playing(TASK, &[("a", "Alpha", "en"), ("b", "Beta", "fr")]);
    hall.answer(120, "a", &[("class", choice("guessing"))]);
    hall.act(1_800, "director", Act::EndEx);
    let injects = csv(&hall, Some("injects"));
    let outcomes: Vec<&str> = injects.lines().skip(2).filter_map(|line| line.split(',').nth(13)).collect();
    assert_eq!(outcomes, ["counted", "team_offline"]);
    assert!(csv(&hall, Some("findings")).contains(",late/alert,"));
}

#[test]
fn the_improvement_plan_is_a_table() {
    let mut hall = Hall::playing(TASK, &[("a", "Alpha", "en")]);
    let put = |action: &str, scope: Value, cost: Value| {
        let act = json!({ "type": "put_corrective_action", "action": action, "scope": scope, "text": "Write it down",
                          "element": "planning", "priority": "high", "cost": cost });
        serde_json::from_value::<Act>(act).unwrap()
    };
    hall.act(100, "director", put("all", json!("event"), json!("low")));
    hall.act(101, "a", put("own", json!({ "team": "a" }), Value::Null));
    assert_eq!(
        csv(&hall, Some("actions")).trim_start_matches('\u{feff}'),
        "EXERCISE EXERCISE EXERCISE,TLP:AMBER\n\
         of,action,text,capability,element,owner,contact,start,completion,priority,cost,state,overdue,note,evidence\n\
         all,all,Write it down,,planning,,,,,high,low,proposed,no,,\n\
         a,own,Write it down,,planning,,,,,high,,proposed,no,,\n"
    );
}

/// A large drill has more rows behind a figure than a cell of a workbook takes.
#[test]
fn a_cell_names_as_many_rows_as_a_workbook_takes() {
    let mut report = Hall::playing(TASK, &[("a", "Alpha", "en")]).report();
    let rows = (1_000_000..1_040_000).collect();
    report.peers = vec![PeerLine { from: None, to: None, messages: 40_000, rows }];
    let sheet = |kind| sheets(&report, &Language::from("en"), kind, Some("peers")).unwrap();
    assert!(!sheet(FileKind::Xlsx).is_empty());
    assert!(String::from_utf8(sheet(FileKind::Csv)).unwrap().ends_with(" 1000999 \u{2026}\n"));
}
