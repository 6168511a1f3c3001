//! Exported logs on disk: written whole or not at all, and read only if they hold together.

use std::{
    fs,
    io::{BufReader, Write},
    path::Path,
};

use anyhow::Context;

use crate::{
    engine::event::Event,
    store::{
        chain::{self, Head, StoredRow},
        jsonl, record,
    },
};

/// A log that was read and verified.
pub(super) struct Log {
    pub(super) events: Vec<(i64, Event)>,
    pub(super) verified: chain::Verified,
}

/// Reads an exported log and checks its chain and every text in it.
pub(super) fn read(path: &Path) -> anyhow::Result<Log> {
    let file = fs::File::open(path).with_context(|| {
        format!("the log {} cannot be opened (check the path, and that you may read it)", path.display())
    })?;
    let reader = jsonl::Reader::new(BufReader::new(file))
        .with_context(|| format!("the log {} cannot be read", path.display()))?;
    let mut chain = chain::Verifier::default();
    let mut rows = Vec::new();
    for (n, row) in (1..).zip(reader) {
        let row = row.with_context(|| distrusted(path, n))?;
        chain.push(&row).with_context(|| distrusted(path, n))?;
        rows.push(row);
    }
    let verified = chain.finish().map_err(|broken| {
        let first_bad = broken.seq;
        anyhow::Error::new(broken).context(distrusted(path, first_bad))
    })?;
    let event = |row: &StoredRow| {
        let event = record::event(row)
            .with_context(|| format!("row {} of the log {} cannot be read", row.row.seq, path.display()))?;
        Ok((row.row.seq, event))
    };
    let events = rows.iter().map(event).collect::<anyhow::Result<_>>()?;
    Ok(Log { events, verified })
}

fn distrusted(path: &Path, row: i64) -> String {
    format!("{} cannot be trusted from row {row} on, ask for a new export", path.display())
}

/// Events as the rows of a log of their own.
pub(super) fn sealed(stream: &str, events: &[Event]) -> (Vec<StoredRow>, Head) {
    let recorded = (1..).zip(events).map(|(seq, event)| record::new_row(seq, event));
    let (rows, parts): (Vec<_>, Vec<_>) = recorded.unzip();
    let rows = chain::seal(chain::GENESIS, stream, 1, rows);
    let head = rows.last().map_or_else(Head::genesis, |row| Head { seq: row.seq, hash: row.hash.clone() });
    (rows.into_iter().zip(parts).map(|(row, parts)| StoredRow { row, parts }).collect(), head)
}

/// Writes a file whole: it appears under its name only when all of it is on the disk.
pub(super) fn write_whole(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    let failed = || format!("{} cannot be written (does the folder exist, may you write there?)", path.display());
    let mut beside = path.as_os_str().to_owned();
    beside.push(".part");
    let mut file = fs::File::create(&beside).with_context(failed)?;
    file.write_all(bytes).and_then(|()| file.sync_all()).with_context(failed)?;
    fs::rename(&beside, path).with_context(failed)
}
