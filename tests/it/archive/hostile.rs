//! Archives that somebody made to do harm: nothing of them is unpacked to anywhere.

use proptest::prelude::*;

use super::fixture::{ARCHIVE, changed, codes, entries, zipped};
use crate::{
    cli::run::Desk,
    intake::samples::{locked, zip},
    random::cases,
};

/// The archive with one more entry of this name.
fn with(name: &str) -> Vec<u8> {
    changed(|entries| entries.push((name.to_owned(), b"x".to_vec())))
}

/// Changes a number of every header of a kind.
fn claiming(mut archive: Vec<u8>, signature: [u8; 4], at: usize, value: &[u8]) -> Vec<u8> {
    let found: Vec<usize> =
        archive.windows(4).enumerate().filter(|(_, four)| **four == signature).map(|it| it.0).collect();
    for header in found {
        archive[header + at..header + at + value.len()].copy_from_slice(value);
    }
    archive
}

#[test]
fn names_that_lead_elsewhere_are_refused() {
    for name in [
        "../up.txt",
        "attachments/../../up.txt",
        "/etc/passwd",
        "C:/up.txt",
        "a\\..\\up.txt",
        "\\\\host\\share",
        "./here",
        "a//b",
        "folder/",
        "new\nline",
        "\u{202e}txt.exe",
    ] {
        assert_eq!(codes(&with(name)), ["archive_path"], "{name:?}");
    }
}

#[test]
fn a_refusal_names_the_entry_without_its_tricks() {
    let desk = Desk::new();
    desk.write("drill.zip", with("../\u{202e}gpj.exe"));
    let ran = desk.run(&["verify", "drill.zip"]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(1), ""));
    insta::assert_snapshot!(ran.err, @r#"
    error[archive_path]: drill.zip cannot be trusted: entry "../\u{202e}gpj.exe" has a name that leads out of the folder it is unpacked to
    help: do not unpack this file; drillhall never wrote it so: ask for a new export, and who sent this one
    help: rows 1 to 42 of the log hold together: `drillhall report --incomplete` makes a report of them, and says in it that it is incomplete
    "#);
}

#[test]
fn links_passwords_and_unknown_packing_are_refused() {
    let link = {
        let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        writer.add_symlink("log.jsonl", "/etc/passwd", zip::write::SimpleFileOptions::default()).unwrap();
        writer.finish().unwrap().into_inner()
    };
    assert_eq!(codes(&link), ["archive_link"]);
    assert_eq!(codes(&locked(zip(&[("log.jsonl", b"x")]))), ["archive_encrypted"]);
    assert_eq!(codes(&claiming(zip(&[("log.jsonl", b"x")]), *b"PK\x01\x02", 10, &[12, 0])), ["archive_method"]);
}

#[test]
fn two_entries_of_one_name_are_refused() {
    let twice = zip(&[("log.jsonl", b"one"), ("log.jsonk", b"two")]);
    let at: Vec<usize> =
        twice.windows(9).enumerate().filter(|(_, nine)| *nine == b"log.jsonk").map(|it| it.0).collect();
    let mut archive = twice.clone();
    for at in at {
        archive[at + 8] = b'l';
    }
    assert_eq!(codes(&archive), ["archive_double_name"]);
}

#[test]
fn an_entry_with_two_names_is_refused() {
    let mut archive = ARCHIVE.clone();
    let at = archive.windows(11).position(|name| name == b"manifest.js").unwrap();
    archive[at..at + 11].copy_from_slice(b"../../../up");
    assert_eq!(codes(&archive), ["archive_two_names"]);
}

#[test]
fn a_bomb_is_not_unpacked() {
    let zeros = vec![0; 12 * 1024 * 1024];
    assert_eq!(codes(&zip(&[("log.jsonl", &zeros)])), ["archive_bomb"], "a thousand times its size");
    let small = zip(&[("log.jsonl", b"x")]);
    let claims = claiming(small.clone(), *b"PK\x01\x02", 24, &u32::MAX.to_le_bytes()[..]);
    assert!(
        matches!(codes(&claims)[..], ["archive_bomb" | "archive_damaged" | "archive_too_much"]),
        "{:?}",
        codes(&claims)
    );
    let over = claiming(small, *b"PK\x01\x02", 20, &1_000_000_u32.to_le_bytes());
    assert!(matches!(codes(&over)[..], ["archive_bomb" | "archive_damaged"]), "{:?}", codes(&over));
}

#[test]
fn a_bomb_that_lies_is_stopped_where_its_lie_ends() {
    let zeros = vec![0; 12 * 1024 * 1024];
    let size = 1_000_u32.to_le_bytes();
    let lying =
        claiming(claiming(zip(&[("manifest.json", &zeros)]), *b"PK\x01\x02", 24, &size), *b"PK\x03\x04", 22, &size);
    assert!(codes(&lying).contains(&"entry_damaged"), "{:?}", codes(&lying));
}

#[test]
fn a_manifest_without_end_is_not_read() {
    let long: Vec<u8> =
        (0..40_u32 * 1024 * 1024 / 4).flat_map(|n| n.wrapping_mul(2_654_435_761).to_le_bytes()).collect();
    assert!(codes(&zip(&[("manifest.json", &long)])).contains(&"entry_too_large"));
}

#[test]
fn more_entries_than_are_read_are_refused() {
    let mut archive = zip(&[("log.jsonl", b"x")]);
    let end = archive.len() - 22;
    for at in [8, 10] {
        archive[end + at..end + at + 2].copy_from_slice(&65_000_u16.to_le_bytes());
    }
    assert_eq!(codes(&archive), ["archive_too_much"]);
}

#[test]
fn something_beside_the_archive_is_refused() {
    assert_eq!(codes(&[b"PK#!/bin/sh\n", &ARCHIVE[..]].concat()), ["archive_mixed"]);
    assert_eq!(codes(&[&ARCHIVE[..], &ARCHIVE[..]].concat()), ["archive_mixed"]);
    assert!(codes(&[&ARCHIVE[..], b"more"].concat()).contains(&"archive_cut_off"));
}

#[test]
fn what_is_no_archive_is_refused() {
    for bytes in [
        &b""[..],
        b"PK",
        b"PK\x03\x04",
        &[b'P', b'K', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
    ] {
        assert_eq!(codes(bytes), ["archive_cut_off"], "{bytes:?}");
    }
    let empty = zipped(&[]);
    assert!(codes(&empty).contains(&"entry_missing"), "{:?}", codes(&empty));
    assert_eq!(entries(&empty).len(), 0);
}

proptest! {
    #![proptest_config(cases(300))]

    #[test]
    fn no_bytes_make_the_reader_fall(at in any::<prop::sample::Index>(), bytes in prop::collection::vec(any::<u8>(), 1..40)) {
        let mut archive = ARCHIVE.clone();
        let at = at.index(archive.len());
        let end = (at + bytes.len()).min(archive.len());
        archive.splice(at..end, bytes);
        let _whatever = codes(&archive);
        let tail = archive.split_off(at);
        let _whatever = codes(&tail);
    }

    #[test]
    fn a_file_that_was_cut_anywhere_is_refused(at in any::<prop::sample::Index>()) {
        prop_assert!(!codes(&ARCHIVE[..at.index(ARCHIVE.len())]).is_empty());
    }
}
