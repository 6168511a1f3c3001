//! Logs and archives that were cut off or altered: refused, and on demand a report of what holds, which says so.

use serde_json::Value;

use super::fixture::{ARCHIVE, KEPT, changed, codes, drill, entries, hash_of};
use crate::cli::run::{Desk, Ran};

/// Up to the middle of the log.
fn cut_log() -> Vec<u8> {
    let log = &entries(&ARCHIVE)[0].1;
    log[..log.len() / 2].to_vec()
}

/// Where the log in the archive is cut in its middle: the next entry begins behind it.
fn cut_archive() -> Vec<u8> {
    let next = ARCHIVE.windows(4).enumerate().filter(|(_, four)| *four == b"PK\x03\x04").nth(1).unwrap().0;
    ARCHIVE[..next / 2].to_vec()
}

fn json(ran: &Ran) -> Value {
    serde_json::from_str(&ran.out).unwrap_or_else(|_| panic!("{ran:?}"))
}

#[test]
fn without_the_flag_nothing_is_made_and_the_flag_is_named() {
    let desk = Desk::new();
    desk.write("cut.jsonl", cut_log());
    desk.write("cut.zip", cut_archive());
    for (name, code) in [("cut.jsonl", "error[log_cut_off]: "), ("cut.zip", "error[archive_cut_off]: ")] {
        for command in ["report", "verify"] {
            let ran = desk.run(&[command, name]);
            assert_eq!((ran.code, ran.out.as_str()), (Some(1), ""));
            assert!(ran.err.starts_with(code) && ran.err.contains("--incomplete"), "{}", ran.err);
        }
        assert_eq!(desk.run(&["score", name]).code, Some(1), "nothing else is made of it");
    }
}

#[test]
fn with_the_flag_the_report_says_in_every_format_that_it_is_incomplete() {
    let desk = Desk::new();
    desk.write("cut.jsonl", cut_log());
    let ran = desk.run(&["report", "cut.jsonl", "--incomplete", "--format", "json"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let report = json(&ran);
    let from_row = report["limits"][0]["from_row"].as_i64().unwrap();
    assert_eq!(report["limits"][0]["limit"], "incomplete");
    assert_eq!(report["head_seq"], from_row - 1);
    let rows = drill().rows;
    assert_eq!(report["head_hash"], rows[usize::try_from(from_row).unwrap() - 2].row.hash);
    assert!(report["marking"].as_str().unwrap().ends_with("INCOMPLETE"));
    for (language, word) in [("en", "INCOMPLETE"), ("fr", "INCOMPLET"), ("es", "INCOMPLETO"), ("ar", "غير مكتمل")]
    {
        let page = desk.run(&["report", "cut.jsonl", "--incomplete", "--language", language]).out;
        let (cover, rest) = page.split_once("<main>").unwrap();
        for part in [cover, rest] {
            assert!(part.contains(word), "{language}");
            assert!(part.contains(&from_row.to_string()), "{language}");
        }
        assert!(cover.contains("REHEARSAL \u{2013} INCOMPLETE \\2013"), "in the margins of print, too");
        assert!(page.contains("REHEARSAL \u{2013} INCOMPLETE</strong>"), "{language}");
    }
}

#[test]
fn the_log_of_an_archive_that_was_cut_off_is_still_read() {
    let desk = Desk::new();
    desk.write("cut.zip", cut_archive());
    let report = json(&desk.run(&["report", "cut.zip", "--incomplete", "--format", "json"]));
    let from_row = report["limits"][0]["from_row"].as_i64().unwrap();
    assert!(1 < from_row && usize::try_from(from_row).unwrap() < drill().rows.len(), "{from_row}");
    let late = &ARCHIVE[..ARCHIVE.len() - 100];
    assert_eq!(codes(late), ["archive_cut_off"]);
    desk.write("late.zip", late);
    let report = json(&desk.run(&["report", "late.zip", "--incomplete", "--format", "json"]));
    assert_eq!(report["limits"][0]["from_row"], Value::Null, "all of the log is there");
    assert_eq!(report["head_seq"], drill().rows.len());
}

#[test]
fn a_file_that_is_gone_leaves_the_log_whole() {
    let kept = format!("attachments/{}", hash_of(KEPT));
    let desk = Desk::new();
    desk.write("drill.zip", changed(|entries| entries.retain(|(name, _)| *name != kept)));
    let ran = desk.run(&["report", "drill.zip", "--incomplete", "--format", "json"]);
    assert!(ran.err.starts_with("error[entry_missing]: "), "what is wrong is said all the same: {}", ran.err);
    let report = json(&ran);
    assert_eq!((&report["limits"][0]["from_row"], &report["head_seq"]), (&Value::Null, &drill().rows.len().into()));
}

#[test]
fn a_whole_log_is_not_marked_whatever_the_flag() {
    let desk = Desk::new();
    desk.write("drill.zip", &*ARCHIVE);
    let plain = desk.run(&["report", "drill.zip"]);
    assert_eq!(desk.run(&["report", "drill.zip", "--incomplete"]).out, plain.out);
    assert!(!plain.out.contains("INCOMPLETE"));
}

#[test]
fn where_nothing_can_be_read_the_flag_makes_nothing() {
    let desk = Desk::new();
    let log = entries(&ARCHIVE)[0].1.clone();
    let header = log.iter().position(|byte| *byte == b'\n').unwrap() + 1;
    desk.write("empty.jsonl", "");
    desk.write("header.jsonl", &log[..header]);
    desk.write("none.zip", &ARCHIVE[..20]);
    for name in ["empty.jsonl", "header.jsonl", "none.zip"] {
        let ran = desk.run(&["report", name, "--incomplete"]);
        assert_eq!((ran.code, ran.out.as_str()), (Some(1), ""), "{name}");
        assert!(ran.err.starts_with("error["), "{name}: {}", ran.err);
    }
}
