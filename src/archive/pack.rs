//! Writing an archive: first what is made of the log alone, then the files, one at a time, then the manifest
//! over all of it. Nothing is written twice and nothing is looked up again, so the output may be a socket.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::{self, Write},
};

use sha2::{Digest, Sha256};
use zip::{
    CompressionMethod, DateTime, ZipWriter,
    result::ZipError,
    write::{SimpleFileOptions, StreamWriter},
};

use super::{
    ATTACHMENTS, BYTES_LIMIT, ENTRIES_LIMIT, KEY, Key, LOG, MANIFEST, PLAN, REPORT, REPORT_CSV, REPORT_XLSX, SIGNATURE,
    manifest::{Absent, FORMAT, Listed, Manifest, Why},
};
use crate::{
    engine::{
        codec::CodecError,
        event::{Event, Fact},
        id::{ExerciseId, FileHash, PartId},
        marking::marking,
        plan::Plan,
        text::Language,
    },
    report::{self, ReportError, html, tables},
    scenario::msel::{FileKind, SheetError},
    store::{
        StoreError,
        chain::{self, Broken, Head, StoredRow},
        jsonl::{self, ExportError},
        record,
    },
};

/// An archive that could not be made.
#[derive(Debug, thiserror::Error)]
#[expect(missing_docs, reason = "the messages say it")]
pub enum PackError {
    #[error("the store could not be read")]
    Store(#[from] StoreError),
    #[error("the log does not hold together, so nothing is signed that says it does")]
    Broken(#[from] Broken),
    #[error("a row of the log cannot be read")]
    Row(#[from] CodecError),
    #[error("the log cannot be exported")]
    Export(#[from] ExportError),
    #[error("no report can be made of the log")]
    Report(#[from] ReportError),
    #[error("the report cannot be written as tables")]
    Sheet(#[from] SheetError),
    #[error("the archive cannot be written as JSON")]
    Json(#[from] serde_json::Error),
    #[error("the key that archives are signed with is damaged in the store: restore it from a backup")]
    BadKey,
    #[error("the archive cannot be written (is the disk full?)")]
    Write(#[from] io::Error),
    #[error("the archive cannot be packed")]
    Zip(#[from] ZipError),
    #[error(
        "the files of this exercise are more than an archive holds: export its log alone, and keep the data directory"
    )]
    TooLarge,
}

/// A file that a log names.
pub(super) struct Named {
    /// The row that names it first.
    pub(super) row: i64,
    /// What its sender called it, until that was erased.
    name: Option<PartId>,
}

/// Every file that a log names: those of the plan, and those that teams handed in.
pub(super) fn named_files(events: &[(i64, Event)]) -> BTreeMap<FileHash, Named> {
    let mut files = BTreeMap::new();
    for (row, event) in events {
        match &event.fact {
            Fact::ExerciseCreated { plan, .. } => {
                for file in &plan.files {
                    files.entry(file.hash.clone()).or_insert(Named { row: *row, name: None });
                }
            }
            Fact::FileTaken(taken) => {
                let name = Some(taken.name.part.clone());
                files.entry(taken.hash.clone()).or_insert(Named { row: *row, name });
            }
            _ => {}
        }
    }
    files
}

/// What goes into an archive, but for the bytes of the files.
pub struct Contents {
    manifest: Manifest,
    documents: Vec<(String, Vec<u8>)>,
    files: BTreeMap<FileHash, Named>,
}

/// An archive that was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Packed {
    /// What it says of itself.
    pub manifest: Manifest,
    /// Fingerprint of the key that signed it.
    pub fingerprint: String,
}

impl Contents {
    /// Makes everything that follows from a log, from its first row on.
    pub fn of(exercise: &ExerciseId, rows: &[StoredRow]) -> Result<Self, PackError> {
        let erased_texts = chain::verify(rows)?.erased;
        let read = |stored: &StoredRow| Ok((stored.row.seq, record::event(stored)?));
        let events: Vec<(i64, Event)> = rows.iter().map(read).collect::<Result<_, CodecError>>()?;
        let head =
            rows.last().map_or_else(Head::genesis, |last| Head { seq: last.row.seq, hash: last.row.hash.clone() });
        let report = report::build(&events, Some(head.hash.clone()))?;
        let mut log = Vec::new();
        jsonl::write(&mut log, &record::stream_of(exercise), &head, rows)?;
        let mut documents = vec![(LOG.to_owned(), log)];
        let mut first = Language::from("en");
        if let Some((_, Event { fact: Fact::ExerciseCreated { plan, .. }, .. })) = events.first() {
            documents.push((PLAN.to_owned(), line_after(serde_json::to_vec_pretty(plan)?)));
            let known = languages(plan);
            // Headings are the same in every language: one file of each kind is enough.
            first = in_order(plan).find(|language| known.contains(language)).unwrap_or(first);
            for language in known {
                let page = html::render(&report, &language).into_bytes();
                documents.push((format!("report/report.{language}.html", language = language.0), page));
            }
        }
        documents.push((REPORT.to_owned(), line_after(serde_json::to_vec_pretty(&report)?)));
        for (path, kind) in [(REPORT_CSV, FileKind::Csv), (REPORT_XLSX, FileKind::Xlsx)] {
            documents.push((path.to_owned(), tables::sheets(&report, &first, kind, None)?));
        }
        let manifest = Manifest {
            drillhall_archive: FORMAT,
            marking: marking(report.rehearsal).to_owned(),
            exercise: exercise.clone(),
            rehearsal: report.rehearsal,
            rows: head.seq,
            head: head.hash,
            files: Vec::new(),
            erased_texts,
            absent_files: Vec::new(),
        };
        Ok(Self { manifest, documents, files: named_files(&events) })
    }

    /// Whether it is a rehearsal.
    #[must_use]
    pub fn is_rehearsal(&self) -> bool {
        self.manifest.rehearsal
    }

    /// Writes the archive. `bytes_of` gives the bytes of a file, none if they are not kept.
    pub fn write(
        self,
        out: impl Write,
        key: &Key,
        mut bytes_of: impl FnMut(&FileHash) -> Result<Option<Vec<u8>>, StoreError>,
    ) -> Result<Packed, PackError> {
        let Self { mut manifest, documents, files } = self;
        if documents.len() + files.len() + 3 > ENTRIES_LIMIT {
            return Err(PackError::TooLarge);
        }
        let mut packer = Packer { zip: ZipWriter::new_stream(out), listed: Vec::new(), bytes: 0 };
        for (path, bytes) in documents {
            packer.put(path, &bytes)?;
        }
        let erased: BTreeSet<PartId> = manifest.erased_texts.iter().cloned().collect();
        for (hash, named) in files {
            let why = match bytes_of(&hash)? {
                Some(bytes) if hex::encode(Sha256::digest(&bytes)) == hash.0 => {
                    packer.put(format!("{ATTACHMENTS}{hash}"), &bytes)?;
                    continue;
                }
                Some(_) => Why::Altered,
                None if named.name.is_some_and(|name| erased.contains(&name)) => Why::Erased,
                None => Why::Missing,
            };
            manifest.absent_files.push(Absent { sha256: hash, why });
        }
        manifest.files = std::mem::take(&mut packer.listed);
        let bytes = manifest.bytes()?;
        packer.put(MANIFEST.to_owned(), &bytes)?;
        packer.put(SIGNATURE.to_owned(), key.sign(&bytes).as_bytes())?;
        packer.put(KEY.to_owned(), key.public().as_bytes())?;
        packer.zip.finish()?.into_inner().flush()?;
        Ok(Packed { manifest, fingerprint: key.fingerprint() })
    }
}

/// Languages of the plan that reports are written in; English if there is none.
fn languages(plan: &Plan) -> BTreeSet<Language> {
    let wanted: BTreeSet<Language> = in_order(plan).collect();
    let known: BTreeSet<Language> =
        html::languages().map(Language::from).filter(|known| wanted.contains(known)).collect();
    if known.is_empty() { BTreeSet::from([Language::from("en")]) } else { known }
}

/// Languages of the plan by their primary tags, the default first.
fn in_order(plan: &Plan) -> impl Iterator<Item = Language> + '_ {
    plan.languages.iter().map(|language| Language::from(language.0.split('-').next().unwrap_or_default()))
}

fn line_after(mut bytes: Vec<u8>) -> Vec<u8> {
    bytes.push(b'\n');
    bytes
}

struct Packer<W: Write> {
    zip: ZipWriter<StreamWriter<W>>,
    listed: Vec<Listed>,
    bytes: u64,
}

impl<W: Write> Packer<W> {
    fn put(&mut self, path: String, bytes: &[u8]) -> Result<(), PackError> {
        self.bytes = self.bytes.saturating_add(bytes.len() as u64);
        if self.bytes > BYTES_LIMIT {
            return Err(PackError::TooLarge);
        }
        // No time and no rights of whoever writes: the same contents are the same bytes.
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .last_modified_time(DateTime::default())
            .unix_permissions(0o644);
        self.zip.start_file(path.as_str(), options)?;
        self.zip.write_all(bytes)?;
        let sha256 = hex::encode(Sha256::digest(bytes));
        self.listed.push(Listed { path, bytes: bytes.len() as u64, sha256 });
        Ok(())
    }
}
