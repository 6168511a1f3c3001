//! Exported logs and archives on disk: written whole or not at all, and read only if they hold together.

use std::{
    fs,
    io::{BufReader, Read, Seek, Write},
    path::Path,
};

use anyhow::Context;

use crate::{
    archive::{self, Inspection, Refused, log::Log},
    engine::event::Event,
    store::{
        chain::{self, Head, StoredRow},
        record,
    },
};

/// Reads a log, alone or in an archive, and checks its chain and every text in it; of an archive everything.
pub(super) fn read(path: &Path) -> anyhow::Result<Log> {
    let Inspection { log, faults, .. } = inspect(path)?;
    match (faults.into_iter().next(), log) {
        (None, Some(log)) => Ok(log),
        (Some(fault), _) => Err(told(path, fault)),
        (None, None) => anyhow::bail!("the log {} cannot be read", path.display()),
    }
}

/// Everything that can be said of a log or an archive.
pub(super) fn inspect(path: &Path) -> anyhow::Result<Inspection> {
    let unopened = || format!("the log {} cannot be opened (check the path, and that you may read it)", path.display());
    let mut file = fs::File::open(path).with_context(unopened)?;
    let found = if is_archive(&mut file).with_context(unopened)? {
        archive::inspect(BufReader::new(file))
    } else {
        archive::inspect_log(BufReader::new(file))
    };
    Ok(found)
}

/// Whether it begins as a ZIP archive does.
fn is_archive(file: &mut fs::File) -> std::io::Result<bool> {
    let mut head = Vec::new();
    Read::by_ref(file).take(2).read_to_end(&mut head)?;
    file.rewind()?;
    Ok(head == b"PK")
}

/// A fault with the file that it is in, and what to do.
pub(super) fn told(path: &Path, fault: Refused) -> anyhow::Error {
    let path = path.display();
    let place = match &fault {
        Refused::Header(_) => format!("the log {path} cannot be read"),
        Refused::Log { row, source: archive::log::LogCause::Row(_) } => {
            format!("row {row} of the log {path} cannot be read")
        }
        Refused::Log { row, .. } => format!("{path} cannot be trusted from row {row} on, ask for a new export"),
        _ => format!("{path} cannot be trusted"),
    };
    match fault {
        // What the log says of itself says more than that it is at fault.
        Refused::Header(source) => anyhow::Error::new(source).context(place),
        Refused::Log { source, .. } => anyhow::Error::new(source).context(place),
        fault => anyhow::Error::new(fault).context(place),
    }
}

/// What can be read in spite of the faults, and how; nothing if there are no rows.
pub(super) fn what_holds(found: &Inspection) -> String {
    match &found.log {
        Some(log) if log.head.seq > 0 => format!(
            "help: rows 1 to {} of the log hold together: `drillhall report --incomplete` makes a report of them, and says in it \
             that it is incomplete\n",
            log.head.seq
        ),
        _ => String::new(),
    }
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
    write_with(path, |file| Ok(file.write_all(bytes)?))
}

/// The same for bytes that are made as they are written.
pub(super) fn write_with<T>(path: &Path, write: impl FnOnce(&mut fs::File) -> anyhow::Result<T>) -> anyhow::Result<T> {
    let failed = || format!("{} cannot be written (does the folder exist, may you write there?)", path.display());
    // A pipe or a device is written to, never put aside for a file: as root that would take `/dev/null` away.
    if fs::metadata(path).is_ok_and(|found| !found.is_file()) {
        let mut file = fs::OpenOptions::new().write(true).open(path).with_context(failed)?;
        return write(&mut file).with_context(failed);
    }
    let mut beside = path.as_os_str().to_owned();
    beside.push(".part");
    let mut file = fs::File::create(&beside).with_context(failed)?;
    let written = write(&mut file).with_context(failed).and_then(|written| {
        file.sync_all().with_context(failed)?;
        fs::rename(&beside, path).with_context(failed)?;
        Ok(written)
    });
    if written.is_err() {
        // What is half written is of no use, and nobody asked for it.
        let _kept = fs::remove_file(&beside);
    }
    written
}
