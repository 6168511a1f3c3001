//! Archives written as text, so that what is inside them can be changed byte by byte: a fuzzer does not find
//! its way through compression and sums.

use std::{
    borrow::Cow,
    io::{Cursor, Write},
};

use zip::{ZipWriter, write::SimpleFileOptions};

/// What stands before the name of an entry, on a line of its own.
const ENTRY: &str = "=== ";

/// The bytes themselves; or, where they begin with `=== NAME`, a ZIP archive of the entries that they list.
pub(super) fn packed(data: &[u8]) -> Cow<'_, [u8]> {
    let listed = str::from_utf8(data).ok().and_then(|text| text.strip_prefix(ENTRY));
    let archive = listed.and_then(|entries| zipped(entries.split("\n=== ")));
    archive.map_or(Cow::Borrowed(data), Cow::Owned)
}

fn zipped<'a>(entries: impl Iterator<Item = &'a str>) -> Option<Vec<u8>> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for entry in entries {
        let (name, bytes) = entry.split_once('\n').unwrap_or((entry, ""));
        // A name that stands there twice, or none, makes no archive.
        writer.start_file(name, SimpleFileOptions::default()).ok()?;
        writer.write_all(bytes.as_bytes()).ok()?;
    }
    Some(writer.finish().ok()?.into_inner())
}
