//! Text: valid UTF-8 without NUL, that no browser takes for a page and no shell for a script; and PDF.

use super::{MediaType, Refused, marks};

/// What a browser that guesses takes for markup, at the beginning of a text.
const MARKUP: [&str; 20] = [
    "<!doctype",
    "<html",
    "<head",
    "<body",
    "<script",
    "<iframe",
    "<style",
    "<title",
    "<table",
    "<div",
    "<font",
    "<h1",
    "<svg",
    "<!--",
    "<?php",
    "<img",
    "<object",
    "<embed",
    "<meta",
    "%!ps",
];
/// The same of one letter, which only counts as a whole tag.
const SHORT_MARKUP: [&str; 4] = ["<a", "<b", "<p", "<br"];
/// How far into a text its kind is looked for.
const HEAD: usize = 64 * 1024;
/// Rows of a table that are compared.
const ROWS: usize = 100;
/// Most bytes of white space behind the end of a PDF.
const PDF_TAIL: usize = 1_024;

/// What kind of text a file is.
pub(super) fn kind(bytes: &[u8]) -> Result<MediaType, Refused> {
    let text = std::str::from_utf8(bytes).map_err(|_not_text| Refused::Unknown)?;
    if text.contains('\0') || text.starts_with("{\\rtf") {
        return Err(Refused::Unknown);
    }
    let text = text.trim_start_matches('\u{feff}').trim_start();
    if text.is_empty() {
        return Err(Refused::Empty);
    }
    if text.starts_with("#!") {
        return Err(Refused::Program);
    }
    if is_markup(text) {
        return Err(Refused::Active);
    }
    Ok(if is_json(text) {
        MediaType::Json
    } else if is_mail(text) {
        MediaType::Mail
    } else if is_table(text) {
        MediaType::Csv
    } else {
        MediaType::Text
    })
}

fn is_markup(text: &str) -> bool {
    let begins = |word: &str| text.get(..word.len()).is_some_and(|head| head.eq_ignore_ascii_case(word));
    let whole = |tag: &str| {
        let next = text.as_bytes().get(tag.len());
        begins(tag) && next.is_some_and(|next| *next == b'>' || next.is_ascii_whitespace())
    };
    if MARKUP.iter().any(|word| begins(word)) || SHORT_MARKUP.iter().any(|tag| whole(tag)) {
        return true;
    }
    // An XML file may be a log, a picture or a page.
    begins("<?xml") && {
        let lower = text.to_ascii_lowercase();
        ["<svg", "<html", "<script", "http://www.w3.org/1999/xhtml"].iter().any(|mark| lower.contains(mark))
    }
}

fn is_json(text: &str) -> bool {
    text.starts_with(['{', '[']) && serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok()
}

/// Whether it begins with the headers of a mail, a sender and something else that every mail has among them.
fn is_mail(text: &str) -> bool {
    let mut names = Vec::new();
    for line in text[..text.floor_char_boundary(HEAD)].lines() {
        if line.is_empty() {
            break;
        }
        if line.starts_with([' ', '\t']) {
            continue;
        }
        let Some((name, _)) = line.split_once(':') else { return false };
        if name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_graphic()) {
            return false;
        }
        names.push(name.to_ascii_lowercase());
    }
    let has = |wanted: &str| names.iter().any(|name| name == wanted);
    has("from") && ["date", "subject", "message-id", "received", "to"].iter().any(|name| has(name))
}

/// Whether its first rows have the same number of cells, two or more.
fn is_table(text: &str) -> bool {
    let head = &text[..text.floor_char_boundary(HEAD)];
    let is_cut = head.len() < text.len();
    b",;\t".iter().any(|delimiter| {
        let mut reader =
            csv::ReaderBuilder::new().has_headers(false).delimiter(*delimiter).from_reader(head.as_bytes());
        let rows: Vec<_> = reader.records().take(ROWS).collect();
        // What was cut off in the middle of a row says nothing.
        let whole = if is_cut && rows.len() < ROWS { rows.len().saturating_sub(1) } else { rows.len() };
        let rows = &rows[..whole];
        rows.len() >= 2 && rows.iter().all(|row| row.as_ref().is_ok_and(|row| row.len() >= 2))
    })
}

/// Refuses a PDF that is cut off, that something follows, or that says in the clear that it acts when it
/// is opened.
pub(super) fn check_pdf(bytes: &[u8]) -> Result<(), Refused> {
    let end = marks::positions(bytes, b"%%EOF").next_back().ok_or(Refused::Broken)? + b"%%EOF".len();
    let tail = &bytes[end..];
    if tail.len() > PDF_TAIL || !tail.iter().all(|byte| byte.is_ascii_whitespace() || *byte == 0) {
        return Err(Refused::Mixed);
    }
    if [b"/JavaScript".as_slice(), b"/Launch"].iter().any(|name| marks::holds(bytes, name)) {
        return Err(Refused::Active);
    }
    Ok(())
}
