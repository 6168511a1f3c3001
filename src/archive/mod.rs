//! An exercise as one file to keep: its log, the plan that was played, the files of both sides, the reports,
//! and a signed manifest over all of it. Whoever has the file needs no server to check and to read it.
//!
//! - The same log, files and key give the same bytes: entries stand in a fixed order and carry no time.
//! - The log comes first, so that of an archive that was cut off the log can still be read.
//! - A file that is read is hostile until checked: no name in it becomes a path, nothing is unpacked further
//!   than it announced, and what is announced is bounded.
//! - The signature is worth what is known of its key: compare the fingerprint with that of the server.

pub mod log;
pub mod manifest;

mod container;
mod inspect;
mod key;
mod pack;
mod refused;
mod salvage;
mod tail;

pub use inspect::{Inspection, inspect, inspect_log};
pub use key::Key;
pub use pack::{Contents, PackError, Packed};
pub use refused::Refused;

/// The log of the exercise, as its export.
pub const LOG: &str = "log.jsonl";
/// The plan that was played, as the first row of the log has it.
pub const PLAN: &str = "scenario/plan.json";
/// The after-action report for programs.
pub const REPORT: &str = "report/report.json";
/// Its figures as tables, one below the other.
pub const REPORT_CSV: &str = "report/report.csv";
/// The same as a workbook.
pub const REPORT_XLSX: &str = "report/report.xlsx";
/// What is in the archive, and what is not.
pub const MANIFEST: &str = "manifest.json";
/// Ed25519 signature over the bytes of the manifest, in hexadecimal.
pub const SIGNATURE: &str = "manifest.sig";
/// The key that the signature was made with, in hexadecimal.
pub const KEY: &str = "key.pub";
/// Folder of the files of the exercise, each named by its SHA-256.
const ATTACHMENTS: &str = "attachments/";

/// Most entries. More need another form of list, which nobody here reads.
pub const ENTRIES_LIMIT: usize = 60_000;
/// Most bytes that an archive may take, packed and unpacked.
pub const BYTES_LIMIT: u64 = 4 * 1024 * 1024 * 1024 - 64 * 1024 * 1024;
/// How many times its size an entry may unpack to, once that is more than [`SMALL`].
const RATIO: u64 = 250;
const SMALL: u64 = 1024 * 1024;

/// Whether an entry swells as only a bomb does.
fn swells(unpacked: u64, packed: u64) -> bool {
    unpacked > SMALL && unpacked > packed.saturating_mul(RATIO)
}
