//! An archive on another machine: no server, no store, only the file and the program.

use std::io::Cursor;

use drillhall::{
    archive::{
        BYTES_LIMIT, inspect,
        manifest::{Absent, Why},
    },
    report::tables::TABLES,
    store::jsonl,
};
use serde_json::Value;

use super::fixture::{ARCHIVE, ERASED, KEPT, KEY, LOST, drill, entries, hash_of, key, packed};
use crate::cli::run::Desk;

#[test]
fn the_same_log_files_and_key_give_the_same_bytes() {
    assert_eq!(packed(&drill(), &key(1)), *ARCHIVE);
    assert_ne!(packed(&drill(), &key(2)), *ARCHIVE);
}

#[test]
fn an_archive_holds_everything_and_nothing_else() {
    let entries = entries(&ARCHIVE);
    let names: Vec<_> = entries.iter().map(|(name, _)| name.as_str()).collect();
    let kept = format!("attachments/{}", hash_of(KEPT));
    assert_eq!(
        names,
        [
            "log.jsonl",
            "scenario/plan.json",
            "report/report.en.html",
            "report/report.json",
            "report/report.csv",
            "report/report.xlsx",
            kept.as_str(),
            "manifest.json",
            "manifest.sig",
            "key.pub"
        ]
    );
    assert_eq!(entries[6].1, KEPT);
    assert_eq!(jsonl::read(&entries[0].1[..]).unwrap().rows.len(), drill().rows.len());
    let plan: Value = serde_json::from_slice(&entries[1].1).unwrap();
    assert_eq!(plan["name"], "two-injects");
    for (name, bytes) in &entries {
        let others = ["manifest.sig", "key.pub", "scenario/plan.json", "report/report.xlsx", kept.as_str()];
        let signed = others.contains(&name.as_str());
        assert!(signed || String::from_utf8_lossy(bytes).contains("EXERCISE EXERCISE EXERCISE"), "{name}");
    }
}

#[test]
fn the_tables_of_the_report_are_there_for_people_without_the_program() {
    let entries = entries(&ARCHIVE);
    let of = |path: &str| entries.iter().find(|(name, _)| name == path).map(|(_, bytes)| bytes.clone()).unwrap();
    let csv = String::from_utf8(of("report/report.csv")).unwrap();
    for table in TABLES.into_iter().skip(1) {
        assert!(csv.contains(&format!("#sheet {table}\n")), "{table}");
    }
    let mut workbook = zip::ZipArchive::new(Cursor::new(of("report/report.xlsx"))).unwrap();
    let mut part = |name: &str| std::io::read_to_string(workbook.by_name(name).unwrap()).unwrap();
    assert!(part("xl/worksheets/sheet1.xml").contains("EXERCISE EXERCISE EXERCISE"));
    // The same report makes the same file at any time.
    assert!(part("docProps/core.xml").contains("1980-01-01T00:00:00Z"));
}

#[test]
fn what_is_absent_is_told_apart() {
    let found = inspect(Cursor::new(&*ARCHIVE));
    assert!(found.faults.is_empty(), "{:?}", found.faults);
    let manifest = found.manifest.unwrap();
    let mut absent =
        vec![Absent { sha256: hash_of(LOST), why: Why::Missing }, Absent { sha256: hash_of(ERASED), why: Why::Erased }];
    absent.sort();
    assert_eq!(manifest.absent_files, absent);
    assert_eq!(manifest.erased_texts, drill().erased);
    assert_eq!(found.fingerprint.unwrap(), KEY.fingerprint());
    assert_eq!(found.log.unwrap().head.seq, manifest.rows);
}

#[test]
fn bytes_that_are_not_what_their_name_says_stay_out() {
    let drill = drill();
    let mut archive = Vec::new();
    let contents = drillhall::archive::Contents::of(&drill.exercise, &drill.rows).unwrap();
    let packed = contents.write(&mut archive, &KEY, |_| Ok(Some(b"something else".to_vec()))).unwrap();
    assert!(packed.manifest.absent_files.iter().all(|file| file.why == Why::Altered));
    assert_eq!(packed.manifest.absent_files.len(), 3);
    assert!(inspect(Cursor::new(&archive)).faults.is_empty());
    assert!((archive.len() as u64) < BYTES_LIMIT);
}

#[test]
fn nothing_is_signed_over_a_log_that_does_not_hold() {
    let mut drill = drill();
    drill.rows[3].row.at.0 += 1;
    assert!(drillhall::archive::Contents::of(&drill.exercise, &drill.rows).is_err());
}

#[test]
fn verify_says_what_holds_and_what_is_gone() {
    let desk = Desk::new();
    desk.write("drill.zip", &*ARCHIVE);
    let ran = desk.run(&["verify", "drill.zip"]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    let drill = drill();
    let last = &drill.rows.last().unwrap().row;
    for line in [
        "drill.zip holds together".to_owned(),
        format!("rows {}", last.seq),
        format!("head {}", last.hash),
        "texts erased for data protection 2".to_owned(),
        format!("  {}", drill.erased[0]),
        format!("exercise {}", drill.exercise),
        "files 7, each as the manifest says".to_owned(),
        format!("signed with the key {}", KEY.fingerprint()),
        "files erased for data protection 1".to_owned(),
        format!("  {}", hash_of(ERASED)),
        "files that the server did not have 1".to_owned(),
        format!("  {}", hash_of(LOST)),
    ] {
        assert!(ran.out.lines().any(|found| found == line), "{line}\n{}", ran.out);
    }
}

#[test]
fn every_format_comes_out_of_it_as_out_of_its_log() {
    let desk = Desk::new();
    desk.write("drill.zip", &*ARCHIVE);
    let entries = entries(&ARCHIVE);
    desk.write("log.jsonl", &entries[0].1);
    for arguments in [&["--format", "html"][..], &["--format", "json"], &["--format", "html", "--language", "ar"]] {
        let of = |file| desk.run(&[&["report", file], arguments].concat());
        let (archive, log) = (of("drill.zip"), of("log.jsonl"));
        assert_eq!((archive.code, archive.err.as_str()), (Some(0), ""));
        assert_eq!(archive.out, log.out);
    }
    assert_eq!(desk.run(&["report", "drill.zip", "--format", "html"]).out.as_bytes(), entries[2].1);
    assert_eq!(desk.run(&["report", "drill.zip", "--format", "json"]).out.as_bytes(), entries[3].1);
    assert_eq!(desk.run(&["score", "drill.zip"]).code, Some(0), "every command that takes a log takes an archive");
}

#[test]
fn the_key_can_be_asked_for() {
    let desk = Desk::new();
    desk.write("drill.zip", &*ARCHIVE);
    desk.write("log.jsonl", &entries(&ARCHIVE)[0].1);
    assert_eq!(desk.run(&["verify", "drill.zip", "--key", &KEY.fingerprint()]).code, Some(0));
    let ran = desk.run(&["verify", "drill.zip", "--key", &key(2).fingerprint()]);
    assert_eq!(ran.code, Some(1));
    assert!(
        ran.err.starts_with("error[key_other]: drill.zip cannot be trusted: the archive is signed with the key "),
        "{}",
        ran.err
    );
    let ran = desk.run(&["verify", "log.jsonl", "--key", &KEY.fingerprint()]);
    assert_eq!(
        ran.refusal(),
        "exit Some(1)\nerror: log.jsonl is a log, and logs are not signed: ask for the archive\n"
    );
}
