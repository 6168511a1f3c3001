//! Spreadsheets out and in by the command line.

use super::run::Desk;

#[test]
fn a_scenario_goes_out_and_comes_back() {
    let desk = Desk::new();
    desk.write("small.yaml", crate::scenario::fixture::TWO_INJECTS);
    for name in ["sheet.csv", "sheet.xlsx"] {
        let out = desk.run(&["export", "msel", "small.yaml", "-o", name, "--start", "09:00"]);
        assert_eq!((out.code, out.out), (Some(0), format!("wrote {name}\n")), "{}", out.err);
        let back = desk.run(&["import", "msel", name, "-o", &format!("from-{name}")]);
        assert_eq!((back.code, back.err.as_str()), (Some(0), ""));
        assert!(back.out.starts_with(&format!("wrote 2 injects to from-{name}; 0 notes")), "{}", back.out);
        assert_eq!(desk.run(&["check", &format!("from-{name}")]).out, desk.run(&["check", "small.yaml"]).out, "{name}");
    }
    assert!(String::from_utf8(desk.read("sheet.csv")).unwrap().contains(",T+0:01,09:01,"));
}

#[test]
fn attachments_are_looked_for_beside_the_sheet_and_missing_ones_are_named() {
    let desk = Desk::new();
    desk.write("a.csv", "x\n");
    desk.write("msel.csv", "Time,Title,Message,Attachments,Weather\nT+5,Call,Who?,\"a.csv\nb.csv\",sunny\n");
    let ran = desk.run(&["import", "msel", "msel.csv", "-o", "pack"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert_eq!(desk.read("pack/a.csv"), b"x\n");
    insta::assert_snapshot!(ran.err, @r#"
    msel.csv: by its headings the sheet is taken to be in en: a mapping with 'language: xx' says otherwise
    msel.csv: the sheet names no handling, so the scenario is marked TLP:AMBER
    msel.csv: row 2, column E "Weather": 'sunny' found no place
    msel.csv: play ends 15 minutes after the last inject: set meta.duration if it is longer
    msel.csv: the attachment 'b.csv' is not in .: put it into pack before you check
    "#);
    desk.write("pack/b.csv", "y\n");
    let checked = desk.run(&["check", "pack"]);
    assert_eq!(checked.code, Some(0), "{checked:?}");
}

#[test]
fn a_refused_sheet_says_why_and_what_to_do() {
    let desk = Desk::new();
    desk.write("list.csv", "Shopping\nmilk\nbread\n");
    insta::assert_snapshot!(desk.run(&["import", "msel", "list.csv", "-o", "pack"]).refusal(), @r"
    exit Some(1)
    error[no_header]: list.csv: No row of the first 3 names a title or a message, and one more column, so it is not known what is what.
    help: name the columns in one row (Title, Message, Time, To, ...), or say with --mapping what yours are
    ");
    desk.write("small.yaml", crate::scenario::fixture::TWO_INJECTS);
    insta::assert_snapshot!(desk.run(&["export", "msel", "small.yaml", "-o", "sheet.ods"]).refusal(), @r"
    exit Some(1)
    error[unsupported_file]: sheet.ods: The name ends neither in .csv nor in .xlsx, so it is not known what to write.
    help: let the name end in .csv or .xlsx
    ");
    assert_eq!(desk.run(&["export", "msel", "-o", "sheet.csv"]).code, Some(2));
    assert_eq!(desk.run(&["import", "msel", "list.csv", "-o", "pack", "--start", "soon"]).code, Some(2));
    insta::assert_snapshot!(desk.run(&["import", "msel", "nowhere.csv", "-o", "pack"]).refusal(), @r"
    exit Some(1)
    error: nowhere.csv cannot be read (check the path, and that you may read it): No such file or directory (os error 2)
    ");
}

#[test]
fn an_import_never_writes_over_anything_unasked() {
    let desk = Desk::new();
    desk.write("msel.csv", "Time,Title,Message\nT+5,Call,Who?\n");
    assert_eq!(desk.run(&["import", "msel", "msel.csv", "-o", "pack"]).code, Some(0));
    desk.write("pack/scenario.yaml", "mine");
    assert_eq!(desk.run(&["import", "msel", "msel.csv", "-o", "pack"]).code, Some(1));
    assert_eq!(desk.read("pack/scenario.yaml"), b"mine");
    assert_eq!(desk.run(&["import", "msel", "msel.csv", "-o", "pack", "--force"]).code, Some(0));
    assert_ne!(desk.read("pack/scenario.yaml"), b"mine");
}

#[test]
fn the_list_as_run_says_when_and_what_came_of_it() {
    let desk = Desk::rehearsed();
    let ran = desk.run(&["export", "msel", "--log", "log.jsonl", "-o", "run.csv"]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    let text = String::from_utf8(desk.read("run.csv")).unwrap();
    assert!(
        text.trim_start_matches('\u{feff}').starts_with("EXERCISE EXERCISE EXERCISE \u{2013} REHEARSAL\n"),
        "{text}"
    );
    let mut reader = csv::ReaderBuilder::new().flexible(true).has_headers(false).from_reader(text.as_bytes());
    let rows: Vec<Vec<String>> =
        reader.records().map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect();
    let column = |name: &str| rows[1].iter().position(|heading| heading == name).expect(name);
    let cells = |name: &str| rows[2..6].iter().map(|row| row[column(name)].as_str()).collect::<Vec<_>>();
    assert_eq!(cells("ID"), ["alert", "alert", "call", "call"]);
    assert_eq!(cells("Exercise time"), ["T+0:01", "T+0:01", "", ""]);
    assert_eq!(cells("Depends on / condition"), ["", "", "after alert + 5m", "after alert + 5m"]);
    assert_eq!(cells("Actual exercise time"), ["T+0:01", "T+0:01", "T+0:06", "T+0:06"]);
    assert!(cells("Actual release time").iter().all(|time| time.ends_with('Z')), "{text}");
    assert!(cells("Actual result")[0].starts_with("answered at "), "{text}");
    assert_eq!(cells("Actual result")[2], "sent");
    assert_eq!(desk.run(&["export", "msel", "--log", "log.jsonl", "-o", "run.xlsx"]).code, Some(0));
}
