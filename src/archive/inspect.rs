//! Everything about an archive that can be checked without a server, and what can be read in spite of faults.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::{BufRead, BufReader, Read, Seek},
};

use super::{
    ATTACHMENTS, KEY, LOG, MANIFEST, Refused, SIGNATURE,
    container::Container,
    key,
    log::{self, Log},
    manifest::Manifest,
    pack::named_files,
    salvage::salvage,
};
use crate::{engine::id::FileHash, store::record::stream_of};

/// Most bytes of a manifest.
const MANIFEST_LIMIT: u64 = 32 * 1024 * 1024;
/// Most bytes of a signature or key.
const LINE_LIMIT: u64 = 1024;

/// What was found in an archive, or in a log that stands alone.
#[derive(Debug, Default)]
pub struct Inspection {
    /// The log, up to its first fault; none if nothing of it can be read.
    pub log: Option<Log>,
    /// What the archive says of itself; none of a log that stands alone.
    pub manifest: Option<Manifest>,
    /// Fingerprint of the key whose signature holds.
    pub fingerprint: Option<String>,
    /// Everything that is wrong. Nothing if all of it holds together.
    pub faults: Vec<Refused>,
}

/// Looks at a log that stands alone.
pub fn inspect_log(input: impl BufRead) -> Inspection {
    let mut found = Inspection::default();
    found.take_log(log::read(input).map_err(Refused::Header));
    found
}

/// Looks at an archive.
pub fn inspect(mut input: impl Read + Seek) -> Inspection {
    let mut found = Inspection::default();
    match Container::open(&mut input) {
        Ok(mut container) => found.look(&mut container),
        Err(refused) => {
            found.faults.push(refused);
            // The faults of a log that was cut off are those of the archive.
            found.log = salvage(&mut input);
            if let Some(fault) = found.log.as_mut().and_then(|log| log.fault.take()) {
                found.faults.push(fault.into());
            }
        }
    }
    found
}

impl Inspection {
    /// The first row that is missing or not to be trusted, if it is the log itself that has a fault.
    #[must_use]
    pub fn bad_row(&self) -> Option<i64> {
        self.faults.iter().find_map(Refused::row)
    }

    fn take_log(&mut self, read: Result<Log, Refused>) {
        match read {
            Ok(mut log) => {
                self.faults.extend(log.fault.take().map(Refused::from));
                self.log = Some(log);
            }
            Err(refused) => self.faults.push(refused),
        }
    }

    fn look(&mut self, container: &mut Container<impl Read + Seek>) {
        let manifest = self.read_manifest(container);
        let log = container.unpack(LOG).and_then(|entry| log::read(BufReader::new(entry)).map_err(Refused::Header));
        self.take_log(log);
        let Some(manifest) = self.keep(manifest) else { return };
        self.compare_entries(container, &manifest);
        self.compare_log(&manifest);
        self.manifest = Some(manifest);
    }

    fn keep<T>(&mut self, result: Result<T, Refused>) -> Option<T> {
        result.map_err(|refused| self.faults.push(refused)).ok()
    }

    fn read_manifest(&mut self, container: &mut Container<impl Read + Seek>) -> Result<Manifest, Refused> {
        let bytes = container.bytes(MANIFEST, MANIFEST_LIMIT)?;
        // A newer version may sign in another way, so that is told first.
        let manifest = Manifest::read(&bytes);
        if !matches!(manifest, Err(Refused::Newer { .. })) {
            let signed = container.bytes(KEY, LINE_LIMIT).and_then(|key| {
                let signature = container.bytes(SIGNATURE, LINE_LIMIT)?;
                key::check(&key, &signature, &bytes)
            });
            self.fingerprint = self.keep(signed);
        }
        manifest
    }

    /// Each entry is named and as it is named, and nothing else is there.
    fn compare_entries(&mut self, container: &mut Container<impl Read + Seek>, manifest: &Manifest) {
        for listed in &manifest.files {
            let entry = || listed.path.clone();
            match container.measure(&listed.path) {
                Ok((bytes, sha256)) if bytes == listed.bytes && sha256 == listed.sha256 => {}
                Ok(_) => self.faults.push(Refused::EntryAltered { entry: entry() }),
                Err(Refused::EntryAbsent { .. }) => self.faults.push(Refused::EntryMissing { entry: entry() }),
                Err(refused) => self.faults.push(refused),
            }
        }
        let own = [MANIFEST, SIGNATURE, KEY];
        let listed: BTreeSet<&str> = manifest.files.iter().map(|file| file.path.as_str()).chain(own).collect();
        let unlisted = container.names().filter(|name| !listed.contains(name));
        self.faults.extend(unlisted.map(|name| Refused::EntryUnlisted { entry: name.to_owned() }));
    }

    /// The log that is there is the one that the manifest is about.
    fn compare_log(&mut self, manifest: &Manifest) {
        let Some(log) = self.log.as_ref().filter(|_| self.bad_row().is_none()) else { return };
        let mut faults = Vec::new();
        let head = &log.head;
        if (head.seq, &head.hash, &log.stream) != (manifest.rows, &manifest.head, &stream_of(&manifest.exercise)) {
            faults.push(Refused::OtherHead { found: head.seq, expected: manifest.rows });
        }
        if log.erased.iter().collect::<BTreeSet<_>>() != manifest.erased_texts.iter().collect() {
            faults.push(Refused::OtherErased);
        }
        let absent: BTreeSet<&FileHash> = manifest.absent_files.iter().map(|file| &file.sha256).collect();
        let there: BTreeSet<&str> =
            manifest.files.iter().filter_map(|file| file.path.strip_prefix(ATTACHMENTS)).collect();
        let named: BTreeMap<FileHash, _> = named_files(&log.events);
        for (hash, file) in named {
            if !there.contains(hash.as_str()) && !absent.contains(&hash) {
                faults.push(Refused::FileMissing { row: file.row, hash });
            }
        }
        self.faults.append(&mut faults);
    }
}
