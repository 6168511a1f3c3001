//! `drillhall score`: released results follow from the log, now and in later versions.

use drillhall::{
    engine::{
        event::{Event, Fact},
        id::ExerciseId,
    },
    store::{
        chain::{self, Head, StoredRow},
        jsonl, record,
    },
};

use super::run::Desk;
use crate::engine::golden;

/// A log that the first version of the rules scored. It stays as it is: later versions must score it the same.
const GOLDEN: &[u8] = include_bytes!("../golden/scores-1.jsonl");

/// Events as an exported log whose chain holds together.
fn exported(events: &[Event]) -> Vec<u8> {
    let stream = record::stream_of(&ExerciseId::from("drill"));
    let (rows, parts): (Vec<_>, Vec<_>) = (1..).zip(events).map(|(seq, event)| record::new_row(seq, event)).unzip();
    let rows = chain::seal(chain::GENESIS, &stream, 1, rows);
    let head = rows.last().map_or_else(Head::genesis, |row| Head { seq: row.seq, hash: row.hash.clone() });
    let rows: Vec<StoredRow> = rows.into_iter().zip(parts).map(|(row, parts)| StoredRow { row, parts }).collect();
    let mut bytes = Vec::new();
    jsonl::write(&mut bytes, &stream, &head, &rows).unwrap();
    bytes
}

/// With `DRILLHALL_WRITE_GOLDEN` set this writes the log of today, for a new version of the rules.
#[test]
fn the_golden_log_is_scored_as_it_was_released() {
    if let Some(path) = std::env::var_os("DRILLHALL_WRITE_GOLDEN") {
        std::fs::write(path, exported(&golden::played().log)).unwrap();
    }
    let desk = Desk::new();
    desk.write("golden.jsonl", GOLDEN);
    let ran = desk.run(&["score", "golden.jsonl"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    insta::assert_snapshot!(format!("{}{}", ran.out, ran.err), @r"
        score     points  attainable   counted   unmarked  team
         56.5       13.9          24       4/4          0  atoll
         44.9        7.2          16       2/4          0  basin
    2 released results follow from the log.
    ");
}

#[test]
fn a_result_that_does_not_follow_from_its_log_is_named() {
    let mut events = golden::played().log;
    let forged = events.iter_mut().find_map(|event| match &mut event.fact {
        Fact::TeamScoreReleased(released) => Some(released),
        _ => None,
    });
    let score = &mut forged.unwrap().score;
    score.injects[0].points_milli = score.injects[0].points_milli.map(|points| points + 1);
    let desk = Desk::new();
    desk.write("forged.jsonl", exported(&events));
    assert_eq!(desk.run(&["verify", "forged.jsonl"]).code, Some(0), "the chain cannot know");
    let ran = desk.run(&["score", "forged.jsonl"]);
    insta::assert_snapshot!(ran.refusal(), @r"
    exit Some(1)
    row 57: the released result of team 'atoll' does not follow from the log
      inject task, points
      released    7295
      recomputed  7294
    Do not use this result: release scores again, and compare the program's version with the log's.
    ");
}

#[test]
fn a_log_that_cannot_be_trusted_is_not_scored() {
    let desk = Desk::new();
    desk.write("cut.jsonl", &GOLDEN[..GOLDEN.len() - 100]);
    let ran = desk.run(&["score", "cut.jsonl"]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(1), ""));
    assert!(ran.err.contains("cannot be trusted from row"), "{}", ran.err);
}

#[test]
fn scores_are_written_for_programs_too() {
    let desk = Desk::new();
    desk.write("golden.jsonl", GOLDEN);
    let ran = desk.run(&["score", "golden.jsonl", "--json"]);
    let scores: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(scores.as_array().map(Vec::len), Some(2));
    assert!(scores[0]["injects"][0]["outcome"]["why"].is_string());
}
