//! A small drill with files and erased texts, its archive, and archives made by somebody who means no good.

use std::{
    io::{Cursor, Read, Write},
    sync::LazyLock,
};

use drillhall::{
    archive::{Contents, Key, inspect, manifest::Manifest},
    bot::{cast::Cast, rehearse::rehearse},
    engine::{
        command::Actor,
        event::{Event, Fact, FileTaken},
        id::{ExerciseId, FileHash, PartId, TeamId},
        prose::{Mint, Prose},
    },
    id::Random,
    scenario::plan_hash,
    store::{
        Location, Store,
        chain::{self, StoredRow},
        record::{new_row, stream_of},
    },
};
use ed25519_dalek::{Signer, SigningKey};
use serde_json::Value;
use sha2::{Digest, Sha256};
use zip::{CompressionMethod, ZipArchive, ZipWriter, write::SimpleFileOptions};

use crate::scenario::fixture::two_injects;

/// A file that a team handed in and that is kept.
pub(super) const KEPT: &[u8] = b"what the team saw";
/// One whose bytes the server does not have any more.
pub(super) const LOST: &[u8] = b"what nobody kept";
/// One that was erased with its name.
pub(super) const ERASED: &[u8] = b"what nobody should have sent";

pub(super) fn hash_of(bytes: &[u8]) -> FileHash {
    FileHash(hex::encode(Sha256::digest(bytes)))
}

/// A drill that was played, as its log has it.
pub(super) struct Drill {
    pub(super) exercise: ExerciseId,
    pub(super) rows: Vec<StoredRow>,
    /// Texts that were erased.
    pub(super) erased: Vec<PartId>,
}

/// A rehearsal, and behind it three files and two erasures.
pub(super) fn drill() -> Drill {
    let plan = two_injects();
    let cast = Cast::invented(&plan, 2, &[]);
    let rehearsal = rehearse(&plan, &plan_hash(&plan), &cast, 1).unwrap();
    let mut events = rehearsal.events;
    let at = events.last().unwrap().at;
    let team = rehearsal.state.teams.iter().map(|team| team.id.clone()).next().unwrap();
    let said = events.iter().flat_map(|event| event.fact.prose()).next().unwrap().part.clone();
    let mint = Mint::new([7; 32]);
    let mut then = |fact| events.push(Event { at, actor: Actor::System, fact });
    for (n, bytes) in (0..).zip([KEPT, LOST, ERASED]) {
        then(taken(&team, bytes, mint.prose(n, "seen.txt")));
    }
    let erased = vec![said, mint.prose(2, "").part];
    for part in &erased {
        then(Fact::PartErased { part: part.clone(), reason: "asked for".to_owned() });
    }
    let recorded = (1..).zip(&events).map(|(seq, event)| new_row(seq, event));
    let (rows, parts): (Vec<_>, Vec<_>) = recorded.unzip();
    let exercise = rehearsal.state.exercise;
    let sealed = chain::seal(chain::GENESIS, &stream_of(&exercise), 1, rows);
    let rows = sealed.into_iter().zip(parts).map(|(row, mut parts)| {
        parts.retain(|part| !erased.contains(&part.id));
        StoredRow { row, parts }
    });
    Drill { exercise, rows: rows.collect(), erased }
}

fn taken(team: &TeamId, bytes: &[u8], name: Prose) -> Fact {
    Fact::FileTaken(FileTaken {
        team: team.clone(),
        hash: hash_of(bytes),
        name,
        media_type: "text/plain".to_owned(),
        bytes: bytes.len() as u64,
        encrypted: false,
    })
}

/// The key of a server with this seed.
pub(super) fn key(seed: u64) -> Key {
    let folder = tempfile::tempdir().unwrap();
    tokio::runtime::Runtime::new().unwrap().block_on(async {
        let store = Store::open(&Location::Sqlite(folder.path().join("test.sqlite"))).await.unwrap();
        let key = Key::of(&store, &Random::seeded(seed)).await.unwrap();
        store.close().await;
        key
    })
}

/// The archive of a drill, signed with a key, by a server that has only one of the files.
pub(super) fn packed(drill: &Drill, key: &Key) -> Vec<u8> {
    let mut bytes = Vec::new();
    let kept = |hash: &FileHash| Ok((*hash == hash_of(KEPT)).then(|| KEPT.to_vec()));
    Contents::of(&drill.exercise, &drill.rows).unwrap().write(&mut bytes, key, kept).unwrap();
    bytes
}

pub(super) static KEY: LazyLock<Key> = LazyLock::new(|| key(1));
pub(super) static ARCHIVE: LazyLock<Vec<u8>> = LazyLock::new(|| packed(&drill(), &KEY));

/// What an archive unpacks to, in its order.
pub(super) fn entries(archive: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut zip = ZipArchive::new(Cursor::new(archive)).unwrap();
    (0..zip.len())
        .map(|position| {
            let mut file = zip.by_index(position).unwrap();
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes).unwrap();
            (file.name().unwrap().into_owned(), bytes)
        })
        .collect()
}

/// An archive of these entries.
pub(super) fn zipped(entries: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, bytes) in entries {
        writer.start_file(name.as_str(), options).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// The archive after somebody changed its entries.
pub(super) fn changed(change: impl FnOnce(&mut Vec<(String, Vec<u8>)>)) -> Vec<u8> {
    let mut entries = entries(&ARCHIVE);
    change(&mut entries);
    zipped(&entries)
}

/// An entry to change.
pub(super) fn entry<'a>(entries: &'a mut [(String, Vec<u8>)], name: &str) -> &'a mut Vec<u8> {
    &mut entries.iter_mut().find(|(found, _)| found == name).unwrap().1
}

/// The archive after somebody with the key changed its manifest.
pub(super) fn signed_anew(change: impl FnOnce(&mut Value)) -> Vec<u8> {
    changed(|entries| {
        let manifest = entry(entries, "manifest.json");
        let mut document: Value = serde_json::from_slice(manifest).unwrap();
        change(&mut document);
        // The order of members is that of the type.
        let typed: Manifest = serde_json::from_value(document).unwrap();
        *manifest = serde_json::to_vec_pretty(&typed).unwrap();
        manifest.push(b'\n');
        let secret = SigningKey::from_bytes(&Random::seeded(1).bytes());
        let signature = format!("{}\n", hex::encode(secret.sign(manifest).to_bytes()));
        *entry(entries, "manifest.sig") = signature.into_bytes();
    })
}

/// Codes of everything that is wrong with an archive.
pub(super) fn codes(archive: &[u8]) -> Vec<&'static str> {
    inspect(Cursor::new(archive)).faults.iter().map(drillhall::archive::Refused::code).collect()
}
