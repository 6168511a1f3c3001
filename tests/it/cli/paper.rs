//! What the program prints: reports and certificates as PDF, and what it says without.

use std::collections::BTreeSet;

use super::run::{Desk, Ran};

/// A rehearsed drill, and a file of names for everybody of `log.jsonl` who acted.
fn named() -> (Desk, usize) {
    let desk = Desk::rehearsed();
    let log = String::from_utf8(desk.read("log.jsonl")).unwrap();
    let rows = log.lines().skip(1).map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
    let actors: Vec<String> = rows.filter_map(|row| row["actor"].as_str().map(str::to_owned)).collect();
    let people: BTreeSet<&str> = actors.iter().filter_map(|actor| actor.strip_prefix("person/")).collect();
    let rows: Vec<String> = (1..).zip(&people).map(|(n, id)| format!("{id},Person {n}\n")).collect();
    desk.write("names.csv", format!("person,name\n{}", rows.concat()));
    (desk, people.len())
}

fn certificates(desk: &Desk, more: &[&str]) -> Ran {
    desk.run(&[&["certificates", "log.jsonl", "--names", "names.csv"], more].concat())
}

#[cfg(not(feature = "pdf"))]
#[test]
fn a_program_without_pdf_says_how_to_get_it() {
    let (desk, _) = named();
    let report = desk.run(&["report", "log.jsonl", "--format", "pdf", "-o", "report.pdf"]);
    for ran in [report, certificates(&desk, &["-o", "all.pdf"])] {
        assert_eq!(ran.code, Some(1));
        assert!(ran.err.contains("pdf_not_built") && ran.err.contains("make build PDF=1"), "{ran:?}");
    }
}

#[test]
fn names_without_their_columns_and_logs_without_an_end_are_refused() {
    let (desk, _) = named();
    desk.write("names.csv", "who,what\n1,2\n");
    let ran = certificates(&desk, &["-o", "all.pdf"]);
    assert_eq!(ran.code, Some(1));
    assert!(ran.err.contains("no columns person and name"), "{ran:?}");
}

#[test]
fn whoever_has_no_name_gets_no_certificate_and_that_is_said() {
    let (desk, people) = named();
    desk.write("names.csv", "person,name\n");
    let ran = certificates(&desk, &["-o", "all.pdf"]);
    assert_eq!(ran.code, Some(1));
    assert!(ran.err.contains(&format!("note: {people} who took part have no name there, or it was erased")), "{ran:?}");
    assert!(!desk.path("all.pdf").exists());
}

#[test]
fn every_format_is_written_at_once() {
    let desk = Desk::rehearsed();
    let ran = desk.run(&["report", "log.jsonl", "--format", "all", "-o", "report"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let paper = if cfg!(feature = "pdf") { &["pdf"][..] } else { &[] };
    for ending in ["html", "json", "csv", "xlsx"].iter().chain(paper) {
        let once = format!("once.{ending}");
        assert_eq!(desk.run(&["report", "log.jsonl", "--format", ending, "-o", &once]).code, Some(0));
        assert!(desk.read(&once) == desk.read(&format!("report/report.{ending}")), "{ending}");
    }
    assert_eq!(ran.err.contains("pdf_not_built"), !cfg!(feature = "pdf"));
}

#[cfg(feature = "pdf")]
mod printed {
    use hayro_syntax::{
        Pdf,
        object::{Dict, String as Text},
    };

    use super::*;

    #[test]
    fn a_report_is_printed_in_each_language_and_says_which() {
        let desk = Desk::rehearsed();
        for language in ["en", "fr", "ar"] {
            let print = ["report", "log.jsonl", "--format", "pdf", "--language", language, "-o", "report.pdf"];
            let ran = desk.run(&print);
            assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
            let pdf = Pdf::new(desk.read("report.pdf")).unwrap();
            let catalogue: Dict<'_> = pdf.xref().get(pdf.xref().root_id()).unwrap();
            assert_eq!(catalogue.get::<Text<'_>>("Lang").unwrap().as_bytes(), language.as_bytes());
            assert!(catalogue.contains_key("StructTreeRoot") && catalogue.contains_key("Outlines"));
        }
    }

    #[test]
    fn certificates_are_printed_together_or_each_alone() {
        let (desk, people) = named();
        let ran = certificates(&desk, &["-o", "all.pdf", "--organiser", "CERT", "--language", "fr"]);
        assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
        assert!(ran.out.starts_with(&format!("certificates {people}\n")), "{ran:?}");
        assert_eq!(Pdf::new(desk.read("all.pdf")).unwrap().pages().len(), people);

        let ran = certificates(&desk, &["-o", "each"]);
        assert_eq!(ran.code, Some(0), "{ran:?}");
        assert_eq!(std::fs::read_dir(desk.path("each")).unwrap().count(), people);
        assert_eq!(Pdf::new(desk.read("each/EXERCISE-certificate-001.pdf")).unwrap().pages().len(), 1);
    }
}

/// It once was put aside for a file: as root that took `/dev/null` away.
#[cfg(unix)]
#[test]
fn a_pipe_is_written_to_and_stays_a_pipe() {
    use std::os::unix::fs::FileTypeExt;

    let desk = Desk::rehearsed();
    let pipe = desk.path("pipe");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let reader = std::thread::spawn({
        let pipe = pipe.clone();
        move || std::fs::read(pipe).unwrap()
    });
    let ran = desk.run(&["report", "log.jsonl", "--format", "json", "-o", "pipe"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    // First: nobody would write to a reader whose pipe was taken away.
    assert!(std::fs::metadata(pipe).unwrap().file_type().is_fifo());
    assert!(reader.join().unwrap().starts_with(b"{"));
}
