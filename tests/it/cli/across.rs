//! Commands that read several logs: what they write, and what they say where something is wrong.

use super::run::Desk;

/// The same small scenario rehearsed twice: two exercises with teams of the same names.
fn two() -> Desk {
    let desk = Desk::rehearsed();
    let ran = desk.run(&["rehearse", "small.yaml", "--teams", "3", "--seed", "7", "--log", "again.jsonl"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    desk
}

#[test]
fn a_trend_reads_logs_and_writes_the_same_bytes_in_any_order() {
    let desk = two();
    let ran = desk.run(&["trend", "log.jsonl", "again.jsonl", "--name", "port meridian", "-o", "trend.csv"]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    let other = desk.run(&["trend", "again.jsonl", "log.jsonl", "--team", "port-meridian"]);
    assert_eq!(other.out.as_bytes(), desk.read("trend.csv"));
    assert!(other.out.starts_with("\u{feff}EXERCISE EXERCISE EXERCISE \u{2013} REHEARSAL,TLP:"), "{}", other.out);
    assert_eq!(other.out.matches(",overall,").count(), 2);
}

#[test]
fn a_trend_says_what_is_wrong() {
    let desk = two();
    assert_eq!(desk.run(&["trend", "log.jsonl"]).code, Some(2), "of whom?");
    insta::assert_snapshot!(desk.run(&["trend", "log.jsonl", "--team", "nobody"]).refusal(), @r"
    exit Some(1)
    error[nobody_took_part]: the team nobody took part in none of these exercises: the teams are isla-serena, port-meridian
    ");
    let twice = desk.run(&["trend", "log.jsonl", "log.jsonl", "--team", "port-meridian"]);
    assert!(twice.err.starts_with("error[exercise_twice]: "), "{}", twice.err);
    desk.write("bad.csv", "team,country\nport-meridian,Narnia\n");
    let bad = desk.run(&["trend", "log.jsonl", "--country", "FJ", "--countries", "bad.csv"]);
    assert!(bad.err.starts_with("error[bad_country_code]: bad.csv says nothing of countries: line 2 "), "{}", bad.err);
}

#[test]
fn indicators_of_few_teams_are_suppressed() {
    let desk = two();
    let ran = desk.run(&["indicators", "log.jsonl", "again.jsonl"]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    assert!(ran.out.contains("teams,,,3,\nsuppressed_below_teams,,,5,\n"), "{}", ran.out);
}

#[test]
fn a_report_has_earlier_ones_beside_it() {
    let desk = two();
    let ran = desk.run(&["report", "again.jsonl", "--format", "json", "--earlier", "log.jsonl"]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    let report: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    let earlier = |n: usize| report["teams"][n]["earlier"].as_array().unwrap().len();
    assert_eq!([earlier(0), earlier(1), earlier(2)], [1, 1, 0], "the third took no part before");
    let same = desk.run(&["report", "log.jsonl", "--earlier", "log.jsonl"]);
    assert!(same.err.starts_with("error[exercise_twice]: "), "{}", same.err);
}

#[test]
fn candidates_are_written_in_three_forms() {
    let desk = Desk::rehearsed();
    for (format, begins) in [("yaml", "# EXERCISE"), ("csv", "\u{feff}EXERCISE"), ("json", "{")] {
        let ran = desk.run(&["candidates", "log.jsonl", "--format", format]);
        assert!(ran.code == Some(0) && ran.out.starts_with(begins), "{ran:?}");
    }
}

#[test]
fn a_drill_day_is_put_side_by_side_in_the_order_given() {
    let desk = two();
    let day = ["programme", "again.jsonl", "log.jsonl", "--title", "Regional drill day"];
    let ran = desk.run(&[&day[..], &["-o", "day.html", "--language", "es"]].concat());
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    let page = String::from_utf8(desk.read("day.html")).unwrap();
    assert!(page.contains("Regional drill day") && page.contains("lang=\"es\"") && page.contains("REHEARSAL"));
    let own = desk.run(&[&day[..], &["--for", "team", "--team", "port-meridian", "--format", "json"]].concat());
    let own: serde_json::Value = serde_json::from_str(&own.out).unwrap();
    assert_eq!((own["teams"].as_array().unwrap().len(), own["exercises"].as_array().unwrap().len()), (1, 2));
    let public = desk.run(&[&day[..], &["--for", "public", "--format", "csv", "--table", "medians"]].concat());
    assert!(
        public.out.starts_with("\u{feff}EXERCISE EXERCISE EXERCISE \u{2013} REHEARSAL,TLP:CLEAR"),
        "{}",
        public.out
    );
    let twice = desk.run(&["programme", "log.jsonl", "log.jsonl", "--title", "Day"]);
    assert!(twice.err.starts_with("error[exercise_twice]: "), "{}", twice.err);
    let nobody = desk.run(&[&day[..], &["--for", "team", "--team", "nobody"]].concat());
    assert!(nobody.err.contains("no team is called nobody"), "{}", nobody.err);
}
