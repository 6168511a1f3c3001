//! Files that are two things at once are neither.

use drillhall::intake::{Refused, inspect};

use super::samples::{docx, gif, jpeg, pdf, png, stored, webp, zip};

fn joined(parts: &[&[u8]]) -> Vec<u8> {
    parts.concat()
}

#[track_caller]
fn is_mixed(what: &str, bytes: &[u8]) {
    assert_eq!(inspect(bytes), Err(Refused::Mixed), "{what}");
}

#[test]
fn nothing_stands_behind_the_real_end_of_a_picture() {
    let archive = zip(&[("evil.html", b"<script>")]);
    for (what, picture) in [("PNG", png()), ("JPEG", jpeg()), ("GIF", gif()), ("WebP", webp())] {
        is_mixed(&format!("{what} + ZIP"), &joined(&[&picture, &archive]));
        is_mixed(&format!("{what} + script"), &joined(&[&picture, b"<script>alert(1)</script>"]));
        is_mixed(&format!("{what} + a byte"), &joined(&[&picture, b"\0"]));
        is_mixed(&format!("{what} + PDF"), &joined(&[&picture, &pdf()]));
        is_mixed(&format!("{what} + a program"), &joined(&[&picture, b"MZ\x90\0"]));
    }
}

/// A GIF with a comment, which its structure allows.
fn gif_saying(comment: &[u8]) -> Vec<u8> {
    let mut bytes = gif();
    bytes.pop();
    bytes.extend([0x21, 0xfe, u8::try_from(comment.len()).unwrap()]);
    bytes.extend(comment);
    bytes.extend([0, 0x3b]);
    bytes
}

#[test]
fn nothing_stands_inside_a_picture_that_a_browser_could_run() {
    assert!(inspect(&gif_saying(b"made by hand")).is_ok());
    for markup in [
        &b"<script>alert(1)</script>"[..],
        b"<SCRIPT src=x>",
        b"<?php system('id'); ?>",
        b"<html >",
        b"<!DOCTYPE HTML>",
    ] {
        is_mixed("GIF with markup in its comment", &gif_saying(markup));
    }
    is_mixed("GIF with a PDF in its comment", &gif_saying(b"%PDF-1.4"));
    is_mixed("GIF with the end of an archive", &gif_saying(&joined(&[b"PK\x05\x06", &[0; 18]])));
}

#[test]
fn a_picture_that_reads_as_a_script_is_none() {
    for width in [b"/*", b"=\"", b"='", b"//"] {
        let mut script = gif_saying(b"*/=1;alert(1);/*");
        script[6..8].copy_from_slice(width);
        is_mixed("GIF + JS", &script);
    }
    // Without a table of colours the whole screen may be text: `=`, line breaks, `/*`.
    let mut script = gif_saying(b"*/1;alert(1);/*");
    script.drain(13..19);
    script[6..13].copy_from_slice(b"=\n\n\n/*\0");
    is_mixed("GIF + JS in all of its screen", &script);
    let mut wide = gif();
    wide[6] = b'=';
    assert!(inspect(&wide).is_ok(), "61 pixels wide is no script");
}

#[test]
fn a_pdf_begins_at_its_first_byte_and_ends_with_its_last() {
    let archive = zip(&[("evil.html", b"<script>")]);
    is_mixed("PDF + ZIP", &joined(&[&pdf(), &archive]));
    let inside = joined(&[&pdf()[..9], &archive, &pdf()[9..]]);
    is_mixed("ZIP inside a PDF", &inside);
    is_mixed("text + PDF", &joined(&[b"hello\n", &pdf()]));
    is_mixed("ZIP that holds a PDF as it is", &stored(&[("a.pdf", &pdf())]));
    for (what, action) in [("a script", &b"/JavaScript"[..]), ("a command", b"/Launch")] {
        let acting = joined(&[&pdf()[..9], b"<</S", action, b">>\n", &pdf()[9..]]);
        assert_eq!(inspect(&acting), Err(Refused::Active), "{what}");
    }
}

#[test]
fn an_archive_begins_at_its_first_byte_and_ends_with_its_last() {
    let archive = zip(&[("a.txt", b"a")]);
    assert_eq!(inspect(&joined(&[b"MZ\x90\0", &archive])), Err(Refused::Program), "one that unpacks itself");
    is_mixed("text + ZIP", &joined(&[b"hello\n", &archive]));
    is_mixed("ZIP + text", &joined(&[&archive, b"<script>alert(1)</script>"]));
    is_mixed("ZIP + ZIP", &joined(&[&archive, &archive]));
    is_mixed("docx + ZIP", &joined(&[&docx(), &archive]));
}
