//! Somebody changes a log: the program says from which row on it cannot be trusted.

use super::run::Desk;

/// Which row a byte is in: the header is row 0.
fn row_of(log: &[u8], byte: usize) -> usize {
    log[..byte].split(|b| *b == b'\n').count() - 1
}

fn named_row(err: &str) -> Option<usize> {
    let (_, rest) = err.split_once("cannot be trusted from row ")?;
    rest.split(' ').next()?.parse().ok()
}

#[test]
fn a_flipped_byte_names_its_row() {
    let desk = Desk::rehearsed();
    let log = desk.read("log.jsonl");
    // A step that shares no factor with the length of common fields comes down in all kinds of places.
    for byte in (0..log.len()).step_by(log.len() / 97) {
        let mut changed = log.clone();
        changed[byte] ^= 1;
        desk.write("changed.jsonl", &changed);
        let ran = desk.run(&["verify", "changed.jsonl"]);
        assert_eq!((ran.code, ran.out.as_str()), (Some(1), ""), "byte {byte}");
        let expected = row_of(&log, byte);
        if expected == 0 {
            assert!(ran.err.contains("changed.jsonl"), "byte {byte}: {}", ran.err);
        } else {
            assert_eq!(named_row(&ran.err), Some(expected), "byte {byte}: {}", ran.err);
        }
    }
}

#[test]
fn a_row_taken_out_put_twice_or_moved_is_noticed() {
    let desk = Desk::rehearsed();
    let log = String::from_utf8(desk.read("log.jsonl")).unwrap();
    let lines: Vec<&str> = log.lines().collect();
    let mut missing = lines.clone();
    missing.remove(7);
    let mut doubled = lines.clone();
    doubled.insert(7, lines[7]);
    let mut swapped = lines.clone();
    swapped.swap(7, 8);
    for (name, lines, row) in [("missing", missing, 7), ("doubled", doubled, 8), ("swapped", swapped, 7)] {
        desk.write("changed.jsonl", format!("{}\n", lines.join("\n")));
        let ran = desk.run(&["verify", "changed.jsonl"]);
        assert_eq!((ran.code, named_row(&ran.err)), (Some(1), Some(row)), "{name}: {}", ran.err);
    }
}

#[test]
fn a_log_that_was_cut_off_is_refused() {
    let desk = Desk::rehearsed();
    let log = desk.read("log.jsonl");
    desk.write("cut.jsonl", &log[..log.len() - 100]);
    insta::assert_snapshot!(desk.run(&["verify", "cut.jsonl"]).refusal(), @r"
    exit Some(1)
    error[log_cut_off]: cut.jsonl cannot be trusted from row 37 on, ask for a new export: line 38 does not end with a line break: the file was cut off
    help: rows 1 to 36 of the log hold together: `drillhall report --incomplete` makes a report of them, and says in it that it is incomplete
    ");
    let text = String::from_utf8(log).unwrap();
    let short: Vec<&str> = text.lines().take(5).collect();
    desk.write("short.jsonl", format!("{}\n", short.join("\n")));
    insta::assert_snapshot!(desk.run(&["report", "short.jsonl"]).refusal(), @r"
    exit Some(1)
    error[log_other_head]: short.jsonl cannot be trusted from row 5 on, ask for a new export: the last row is 4, the header says 37: rows were cut off or added
    help: rows 1 to 4 of the log hold together: `drillhall report --incomplete` makes a report of them, and says in it that it is incomplete
    ");
}

#[test]
fn an_empty_log_is_refused() {
    let desk = Desk::new();
    desk.write("empty.jsonl", "");
    insta::assert_snapshot!(desk.run(&["verify", "empty.jsonl"]).refusal(), @r"
    exit Some(1)
    error[log_empty]: the log empty.jsonl cannot be read: the file is empty: the first line of an export is its header
    ");
}

#[test]
fn a_log_from_a_newer_version_is_refused() {
    let desk = Desk::rehearsed();
    let log = String::from_utf8(desk.read("log.jsonl")).unwrap();
    desk.write("newer.jsonl", log.replacen("\"drillhall_log\":1", "\"drillhall_log\":2", 1));
    insta::assert_snapshot!(desk.run(&["verify", "newer.jsonl"]).refusal(), @r"
    exit Some(1)
    error[log_newer]: the log newer.jsonl cannot be read: the file has format 2, this program reads format 1: use a newer drillhall
    ");
}

#[test]
fn a_row_of_a_newer_version_is_refused() {
    use drillhall::store::{chain, jsonl};

    let desk = Desk::rehearsed();
    let export = jsonl::read(&desk.read("log.jsonl")[..]).unwrap();
    let mut rows = export.rows;
    let mut prev = chain::GENESIS.to_owned();
    for stored in &mut rows {
        stored.row.version = if stored.row.seq == 6 { 2 } else { 1 };
        stored.row.hash = chain::row_hash(&prev, &stored.row);
        prev.clone_from(&stored.row.hash);
    }
    let head = chain::Head { seq: export.head.seq, hash: prev };
    let mut bytes = Vec::new();
    jsonl::write(&mut bytes, &export.stream, &head, &rows).unwrap();
    desk.write("newer.jsonl", bytes);
    insta::assert_snapshot!(desk.run(&["report", "newer.jsonl"]).refusal(), @r"
    exit Some(1)
    error[log_newer]: row 6 of the log newer.jsonl cannot be read: an event 'role_granted' of version 2 is newer than this program: use a newer one
    help: rows 1 to 5 of the log hold together: `drillhall report --incomplete` makes a report of them, and says in it that it is incomplete
    ");
}
