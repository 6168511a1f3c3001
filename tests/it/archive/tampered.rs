//! Archives in which something was changed, taken out or put in: each is refused with its code and place.

use drillhall::store::jsonl;

use serde_json::{Value, json};

use super::fixture::{ARCHIVE, KEPT, changed, codes, drill, entries, entry, hash_of, key, packed, signed_anew, zipped};
use crate::cli::run::Desk;

#[test]
fn an_archive_that_was_packed_anew_still_holds() {
    assert_eq!(codes(&zipped(&entries(&ARCHIVE))), [""; 0], "what counts is in it, not how it is packed");
}

#[test]
fn any_other_byte_of_the_file_is_found_or_means_nothing() {
    let whole = entries(&ARCHIVE);
    // A step that shares no factor with the length of common fields comes down in all kinds of places.
    for at in (0..ARCHIVE.len()).step_by(ARCHIVE.len() / 211) {
        let mut archive = ARCHIVE.clone();
        archive[at] ^= 1;
        // Times and versions in the headers are of no account.
        let harmless = || std::panic::catch_unwind(|| entries(&archive)).is_ok_and(|read| read == whole);
        assert!(!codes(&archive).is_empty() || harmless(), "byte {at}");
    }
}

#[test]
fn an_altered_row_is_named() {
    let archive = changed(|entries| {
        let log = entry(entries, "log.jsonl");
        let mut text = String::from_utf8(std::mem::take(log)).unwrap();
        let start = text.match_indices('\n').nth(6).unwrap().0;
        let at = start + text[start..].find("\"at\":1").unwrap() + 5;
        text.replace_range(at..=at, "2");
        *log = text.into_bytes();
    });
    assert_eq!(codes(&archive), ["log_altered", "entry_altered"]);
    let desk = Desk::new();
    desk.write("drill.zip", archive);
    let ran = desk.run(&["verify", "drill.zip"]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(1), ""));
    insta::assert_snapshot!(ran.err, @r#"
    error[log_altered]: drill.zip cannot be trusted from row 7 on, ask for a new export: row 7 of the log is not what was written: its hash does not fit
    error[entry_altered]: drill.zip cannot be trusted: entry "log.jsonl" is not what the manifest says: it was altered
    help: ask for a new export, and keep this file to find out what became of it
    help: rows 1 to 6 of the log hold together: `drillhall report --incomplete` makes a report of them, and says in it that it is incomplete
    "#);
}

#[test]
fn a_missing_attachment_is_named() {
    let kept = format!("attachments/{}", hash_of(KEPT));
    let archive = changed(|entries| entries.retain(|(name, _)| *name != kept));
    assert_eq!(codes(&archive), ["entry_missing"]);
    let desk = Desk::new();
    desk.write("drill.zip", archive);
    let ran = desk.run(&["report", "drill.zip"]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(1), ""));
    insta::assert_snapshot!(ran.err, @r#"
    error[entry_missing]: drill.zip cannot be trusted: entry "attachments/292be0c523d8d42aa99277d552398d4b576b21869634e604c9d1c63d2f3b94ee" is named in the manifest and is not there
    help: ask for a new export, and keep this file to find out what became of it
    help: rows 1 to 42 of the log hold together: `drillhall report --incomplete` makes a report of them, and says in it that it is incomplete
    "#);
}

#[test]
fn an_altered_attachment_and_an_altered_report_are_found() {
    let kept = format!("attachments/{}", hash_of(KEPT));
    for name in [kept.as_str(), "report/report.csv", "report/report.xlsx", "report/report.json", "scenario/plan.json"] {
        assert_eq!(codes(&changed(|entries| entry(entries, name)[0] ^= 1)), ["entry_altered"], "{name}");
        assert_eq!(codes(&changed(|entries| entry(entries, name).push(b' '))), ["entry_altered"], "{name}");
    }
}

#[test]
fn what_the_manifest_does_not_name_is_refused() {
    let archive = changed(|entries| entries.push(("notes.txt".to_owned(), b"read me".to_vec())));
    assert_eq!(codes(&archive), ["entry_unlisted"]);
}

#[test]
fn a_manifest_that_was_altered_is_not_signed() {
    let redo = |from: &str, to: &str| {
        changed(|entries| {
            let manifest = entry(entries, "manifest.json");
            let text = String::from_utf8(std::mem::take(manifest)).unwrap();
            assert!(text.contains(from));
            *manifest = text.replacen(from, to, 1).into_bytes();
        })
    };
    let rows = drill().rows.len();
    assert_eq!(codes(&redo(&format!("\"rows\": {rows}"), "\"rows\": 5")), ["signature_wrong", "head_other"]);
    assert_eq!(codes(&redo("\"missing\"", "\"erased\"")), ["signature_wrong"]);
    assert_eq!(codes(&redo("\"erased_texts\": [", "\"erased_texts\":[")), ["signature_wrong", "manifest_malformed"]);
    assert_eq!(codes(&redo("EXERCISE EXERCISE EXERCISE", "REAL")), ["signature_wrong", "manifest_malformed"]);
    assert_eq!(codes(&redo("\"drillhall_archive\": 1", "\"drillhall_archive\": 2")), ["archive_newer"]);
}

#[test]
fn a_signed_manifest_that_does_not_fit_the_log_is_noticed() {
    assert_eq!(codes(&signed_anew(|_| ())), [""; 0]);
    assert_eq!(codes(&signed_anew(|it| it["head"] = json!("0".repeat(64)))), ["head_other"]);
    assert_eq!(codes(&signed_anew(|it| it["exercise"] = json!("another"))), ["head_other"]);
    assert_eq!(codes(&signed_anew(|it| it["erased_texts"] = json!([]))), ["erased_other"]);
    assert_eq!(codes(&signed_anew(|it| it["absent_files"] = json!([]))), ["file_missing", "file_missing"]);
    let own = json!({ "path": "key.pub", "bytes": 65, "sha256": "0" });
    assert_eq!(codes(&signed_anew(|it| it["files"][0] = own)), ["manifest_malformed"]);
    let twice = |it: &mut Value| it["files"][1] = it["files"][0].clone();
    assert_eq!(codes(&signed_anew(twice)), ["manifest_malformed"]);
    let up = json!({ "path": "../up", "bytes": 1, "sha256": "0" });
    assert_eq!(codes(&signed_anew(|it| it["files"].as_array_mut().unwrap().push(up))), ["entry_missing"]);
}

#[test]
fn another_key_does_not_fit_the_signature() {
    let other = entries(&packed(&drill(), &key(2)));
    let take = |names: &[&str]| {
        changed(|entries| {
            for (name, bytes) in other.iter().filter(|(name, _)| names.contains(&name.as_str())) {
                entry(entries, name).clone_from(bytes);
            }
        })
    };
    assert_eq!(codes(&take(&["key.pub"])), ["signature_wrong"]);
    assert_eq!(codes(&take(&["manifest.sig"])), ["signature_wrong"]);
    assert_eq!(codes(&take(&["key.pub", "manifest.sig"])), [""; 0], "the same archive, signed by somebody else");
    for name in ["manifest.sig", "key.pub", "manifest.json"] {
        let gone = changed(|entries| entries.retain(|(found, _)| found != name));
        assert_eq!(codes(&gone), ["entry_missing"], "{name}");
    }
}

#[test]
fn the_log_of_another_archive_is_noticed() {
    let mut shorter = drill();
    shorter.rows.pop();
    // The text whose erasure was cut off is there again.
    let export = jsonl::read(&entries(&ARCHIVE)[0].1[..]).unwrap();
    assert_eq!(export.rows.len(), shorter.rows.len() + 1);
    let head = drillhall::store::chain::Head {
        seq: export.head.seq - 2,
        hash: export.rows[export.rows.len() - 3].row.hash.clone(),
    };
    let archive = changed(|entries| {
        let log = entry(entries, "log.jsonl");
        log.clear();
        jsonl::write(log, &export.stream, &head, &export.rows[..export.rows.len() - 2]).unwrap();
    });
    assert!(codes(&archive).contains(&"log_text_missing"), "{:?}", codes(&archive));
}
