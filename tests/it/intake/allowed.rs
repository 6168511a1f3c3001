//! Each kind of the allow-list is taken for what its bytes say.

use drillhall::intake::{Found, MediaType, Refused, inspect};

use super::samples::{every, locked, pcap, zip};

#[test]
fn each_kind_is_taken_by_its_bytes() {
    let samples = every();
    assert_eq!(samples.iter().map(|(kind, _)| *kind).collect::<Vec<_>>(), MediaType::ALL);
    for (kind, bytes) in samples {
        assert_eq!(inspect(&bytes), Ok(Found { media_type: kind, encrypted: false }), "{kind:?}");
        assert_eq!(MediaType::named(kind.name()), Some(kind));
    }
}

#[test]
fn what_is_cut_off_anywhere_is_not_taken_for_the_same() {
    let text = [MediaType::Text, MediaType::Csv, MediaType::Json, MediaType::Mail];
    for (kind, bytes) in every().into_iter().filter(|(kind, _)| !text.contains(kind)) {
        for length in 0..bytes.len() {
            let whole_pdf = kind == MediaType::Pdf && bytes[..length].ends_with(b"%%EOF");
            let empty_capture = kind == MediaType::Pcap && length == 24 || kind == MediaType::Pcapng && length == 28;
            if !whole_pdf && !empty_capture {
                let found = inspect(&bytes[..length]).map(|found| found.media_type);
                assert_ne!(found, Ok(kind), "{length} bytes of {}", bytes.len());
            }
        }
    }
}

#[test]
fn text_is_valid_utf_8_and_no_page_and_no_script() {
    let kind = |text: &str| inspect(text.as_bytes()).map(|found| found.media_type);
    for page in [
        "<!DOCTYPE html><p>x",
        "\u{feff} \n<HTML>",
        "<script>alert(1)</script>",
        "<svg onload=alert(1)>",
        "<b>x",
        "<a href=x>",
        "<!-- x --><script>",
        "<?php system('id');",
        "<?xml version='1.0'?><svg/>",
        "<?xml version='1.0'?>\n<html/>",
        "%!PS-Adobe",
    ] {
        assert_eq!(kind(page), Err(Refused::Active), "{page}");
    }
    assert_eq!(kind("#!/bin/sh\nrm -r ."), Err(Refused::Program));
    for text in
        ["a < b and <b is no tag", "<aside note", "<?xml version='1.0'?><nmaprun/>", "10.0.0.1 GET /?q=<script> 200\n"]
    {
        assert_eq!(kind(text), Ok(MediaType::Text), "{text}");
    }
    for (bytes, refused) in [
        (&b"\xff\xfe\x41\x00"[..], Refused::Unknown),
        (b"caf\xe9", Refused::Unknown),
        (b"a\0b", Refused::Unknown),
        (b"{\\rtf1 x}", Refused::Unknown),
        (b"", Refused::Empty),
        (b" \n\t", Refused::Empty),
        (b"MZ\x90\0", Refused::Program),
        (b"\x7fELF\x02", Refused::Program),
        (b"Rar!\x1a\x07\0", Refused::Unknown),
        (b"\x1f\x8b\x08\0", Refused::Unknown),
    ] {
        assert_eq!(inspect(bytes), Err(refused), "{bytes:?}");
    }
}

#[test]
fn kinds_of_text_are_told_apart() {
    let kind = |text: &str| inspect(text.as_bytes()).unwrap().media_type;
    assert_eq!(kind("{\"cut\": "), MediaType::Text);
    assert_eq!(kind("[1, 2]"), MediaType::Json);
    assert_eq!(kind(&"[".repeat(1_000_000)), MediaType::Text);
    assert_eq!(kind("a;b\n1;2\n"), MediaType::Csv);
    assert_eq!(kind("one, two\nthree\n"), MediaType::Text);
    assert_eq!(kind("Note: this\nis no mail\n"), MediaType::Text);
}

#[test]
fn a_capture_may_hold_whatever_went_over_the_wire() {
    let archive = zip(&[("a.txt", b"a")]);
    for packet in [&archive[..], b"<script>alert(1)</script>", b"%PDF-1.4", b"MZ"] {
        assert_eq!(inspect(&pcap(packet)).unwrap().media_type, MediaType::Pcap);
    }
    let mut longer = pcap(b"x");
    longer.extend(archive);
    assert_eq!(inspect(&longer), Err(Refused::Broken), "nothing stands behind its last record");
}

#[test]
fn an_archive_with_a_password_is_taken_and_marked() {
    let sample = locked(zip(&[("sample.exe", b"MZ something bad"), ("more/inner.zip", b"PK\x03\x04")]));
    assert_eq!(inspect(&sample), Ok(Found { media_type: MediaType::Zip, encrypted: true }));
    let open = zip(&[("sample.exe", b"MZ something bad")]);
    assert_eq!(inspect(&open), Err(Refused::Program), "the same without a password is not");
}
