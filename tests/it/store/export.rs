//! Exported logs: what is read is what was written, and no change goes unnoticed.

use std::sync::LazyLock;

use drillhall::store::{
    chain::{Head, Reason, StoredRow, seal, verify},
    jsonl::{self, ExportError, LINE_LIMIT},
};
use proptest::prelude::*;

use super::fixture::{Pen, new_row};
use crate::random::cases;

const STREAM: &str = "exercise/0192";

/// A log with a text, a text that was erased, and letters of several scripts.
fn rows() -> Vec<StoredRow> {
    let mut pen = Pen { stream: STREAM.to_owned(), term: 1, head: Head::genesis() };
    let mut rows = Vec::new();
    let plain = pen.batch(&[r#"{"title":{"ar":"انقطاع"},"n":[1,20,300]}"#, r#""a\u00e9\n""#]);
    pen.follow(&plain);
    let said = pen.text_batch(1, "Ligne coupée\n\u{1f} \"fin\"");
    pen.follow(&said);
    let gone = pen.text_batch(2, "my name is Ada");
    pen.follow(&gone);
    let erasing = pen.erasing_batch(&gone.parts[0]);
    for batch in [plain, said, gone.clone(), erasing] {
        for row in batch.rows {
            let parts = batch.parts.iter().filter(|part| part.seq == row.seq && gone.parts[0] != **part);
            rows.push(StoredRow { parts: parts.cloned().collect(), row });
        }
    }
    rows
}

fn head_of(rows: &[StoredRow]) -> Head {
    rows.last().map_or_else(Head::genesis, |last| Head { seq: last.row.seq, hash: last.row.hash.clone() })
}

fn export(rows: &[StoredRow]) -> Vec<u8> {
    let mut bytes = Vec::new();
    jsonl::write(&mut bytes, STREAM, &head_of(rows), rows).unwrap();
    bytes
}

static EXPORT: LazyLock<Vec<u8>> = LazyLock::new(|| export(&rows()));

/// Whether an export reads and verifies.
fn holds(bytes: &[u8]) -> bool {
    jsonl::read(bytes).is_ok_and(|export| verify(&export.rows).is_ok())
}

proptest! {
    #![proptest_config(cases(2_000))]

    #[test]
    fn any_other_byte_anywhere_is_found(index in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let mut changed = EXPORT.clone();
        let at = index.index(changed.len());
        prop_assume!(changed[at] != byte);
        changed[at] = byte;
        prop_assert!(!holds(&changed), "byte {at} became {byte}");
    }

    #[test]
    fn a_byte_taken_out_or_put_in_is_found(index in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let at = index.index(EXPORT.len());
        let mut shorter = EXPORT.clone();
        shorter.remove(at);
        prop_assert!(!holds(&shorter), "byte {at} is gone");
        let mut longer = EXPORT.clone();
        longer.insert(at, byte);
        prop_assert!(!holds(&longer), "byte {byte} came in at {at}");
    }
}

#[test]
fn every_single_bit_that_flips_is_found() {
    assert!(holds(&EXPORT), "the export itself is good");
    for at in 0..EXPORT.len() {
        for bit in 0..8 {
            let mut changed = EXPORT.clone();
            changed[at] ^= 1 << bit;
            assert!(!holds(&changed), "bit {bit} of byte {at} flipped");
        }
    }
}

#[test]
fn what_is_read_is_what_was_written() {
    let mut rows = rows();
    let read = jsonl::read(EXPORT.as_slice()).unwrap();
    for stored in &mut rows {
        stored.row.audiences.clear();
    }
    assert_eq!((read.stream.as_str(), &read.head), (STREAM, &head_of(&rows)));
    assert_eq!(read.rows, rows);
    assert_eq!(export(&read.rows), *EXPORT);
    assert!(EXPORT.starts_with(br#"{"drillhall_log":1,"marking":"EXERCISE EXERCISE EXERCISE""#));
}

#[test]
fn a_log_without_rows_is_an_export_too() {
    let empty = jsonl::read(export(&[]).as_slice()).unwrap();
    assert!(empty.rows.is_empty());
    assert_eq!(verify(&empty.rows).unwrap().head, Head::genesis());
}

#[test]
fn errors_name_the_line() {
    let lines: Vec<&[u8]> = EXPORT.split_inclusive(|&byte| byte == b'\n').collect();
    let read = |bytes: &[u8]| jsonl::read(bytes).unwrap_err();
    assert!(matches!(read(b""), ExportError::Empty));
    assert!(matches!(read(b"hello\n"), ExportError::Malformed { line: 1, .. }));
    assert!(matches!(read(&[lines[0], b"{}\n"].concat()), ExportError::Malformed { line: 2, .. }));
    assert!(matches!(read(&EXPORT[..EXPORT.len() - 1]), ExportError::CutOff { line: 6 }));
    assert!(matches!(read(&lines[..5].concat()), ExportError::OtherHead { found: 4, expected: 5 }));
    let endless = vec![b'x'; usize::try_from(LINE_LIMIT).unwrap() + 10];
    assert!(matches!(read(&[lines[0], &endless].concat()), ExportError::TooLong { line: 2 }));
    let newer = String::from_utf8(EXPORT.clone()).unwrap().replacen(r#""drillhall_log":1"#, r#""drillhall_log":2"#, 1);
    assert!(matches!(read(newer.as_bytes()), ExportError::OtherFormat { found: 2 }));
}

/// The first bad row of a log after somebody with the database at hand changed it.
fn broken_by(change: impl FnOnce(&mut Vec<StoredRow>)) -> (i64, Reason) {
    let mut rows = rows();
    assert!(verify(&rows).is_ok(), "it held together before");
    change(&mut rows);
    let broken = verify(&rows).unwrap_err();
    (broken.seq, broken.reason)
}

#[test]
fn a_row_that_was_changed_is_named() {
    assert_eq!(broken_by(|rows| rows[1].row.body = "\"b\"".to_owned()), (2, Reason::Altered));
    assert_eq!(broken_by(|rows| rows[2].row.at.0 += 1), (3, Reason::Altered));
    let forge = |rows: &mut Vec<StoredRow>| {
        let prev = rows[0].row.hash.clone();
        rows[1].row = seal(&prev, STREAM, 2, vec![new_row("noted", "\"forged\"")]).remove(0);
    };
    assert_eq!(broken_by(forge), (3, Reason::Altered), "a row sealed anew does not fit the next one");
    assert_eq!(broken_by(|rows| rows[3].row.stream.push('9')), (4, Reason::OtherStream));
}

#[test]
fn a_row_that_was_moved_or_taken_out_is_named() {
    assert_eq!(broken_by(|rows| drop(rows.remove(1))), (3, Reason::Gap { expected: 2 }));
    assert_eq!(broken_by(|rows| rows.swap(1, 2)), (3, Reason::Reordered { expected: 2 }));
    assert_eq!(broken_by(|rows| rows.insert(2, rows[1].clone())), (2, Reason::Reordered { expected: 3 }));
    assert_eq!(broken_by(|rows| drop(rows.remove(0))), (2, Reason::BeginningMissing));
}

#[test]
fn a_text_that_is_not_as_written_is_named() {
    let said = rows()[2].parts[0].clone();
    let part = said.id.clone();
    let altered = broken_by(|rows| rows[2].parts[0].content.text.push('!'));
    assert_eq!(altered, (3, Reason::PartAltered { part: part.clone() }));
    let salted = broken_by(|rows| rows[2].parts[0].content.salt[0] ^= 1);
    assert_eq!(salted, (3, Reason::PartAltered { part: part.clone() }));
    assert_eq!(broken_by(|rows| rows[2].parts.clear()), (3, Reason::PartMissing { part: part.clone() }));
    assert_eq!(broken_by(|rows| rows[3].parts.push(said)), (4, Reason::PartUnknown { part }));
}

#[test]
fn a_text_that_should_have_been_erased_is_found() {
    let mut pen = Pen { stream: STREAM.to_owned(), term: 1, head: Head::genesis() };
    let said = pen.text_batch(1, "my name is Ada");
    pen.follow(&said);
    let erasing = pen.erasing_batch(&said.parts[0]);
    let kept = StoredRow { row: said.rows[0].clone(), parts: said.parts.clone() };
    let broken = verify(&[kept, StoredRow { row: erasing.rows[0].clone(), parts: Vec::new() }]).unwrap_err();
    assert_eq!(broken.reason, Reason::PartNotErased { part: said.parts[0].id.clone() });
}
