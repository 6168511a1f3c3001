//! `drillhall audit`: who did what to the platform, read beside a running server.

use std::{
    fs,
    io::BufReader,
    path::{Path, PathBuf},
};

use anyhow::{Context, ensure};
use clap::{Args, Subcommand};

use super::{Outcome, log_file, say};
use crate::{
    audit::{self, Entry, STREAM, Who},
    clock::Clock,
    config::{Config, ConfigArgs},
    store::{
        Location, Store,
        chain::{Head, Verifier},
        data_dir::database_in,
        jsonl,
    },
};

/// Entries that are read at a time.
const PAGE: u32 = 1_000;

/// Read the log of administrative acts: accounts, rights, links, backups
#[derive(Debug, Subcommand)]
pub(super) enum Audit {
    Show(Show),
    Export(Export),
}

/// Print the log, one line an act
#[derive(Debug, Args)]
pub(super) struct Show {
    /// Begin behind this row
    #[arg(long, value_name = "ROW", default_value_t = 0)]
    after: i64,
    /// Each entry as a line of JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    args: ConfigArgs,
}

/// Write the log to a file that `drillhall verify` checks without a server
#[derive(Debug, Args)]
pub(super) struct Export {
    /// Where to write it
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
    #[command(flatten)]
    args: ConfigArgs,
}

impl Audit {
    pub(super) fn run(self) -> anyhow::Result<Outcome> {
        let runtime = tokio::runtime::Runtime::new()?;
        match self {
            Self::Show(wanted) => runtime.block_on(wanted.show())?,
            Self::Export(wanted) => runtime.block_on(wanted.export())?,
        }
        Ok(Outcome::Done)
    }
}

impl Show {
    async fn show(self) -> anyhow::Result<()> {
        let (audit, store) = open(self.args).await?;
        let mut after = self.after;
        loop {
            let entries = audit.entries(after, PAGE).await?;
            let Some(last) = entries.last() else { break };
            after = last.seq;
            for entry in &entries {
                say(&if self.json { serde_json::to_string(entry)? + "\n" } else { line(entry) })?;
            }
        }
        store.close().await;
        Ok(())
    }
}

impl Export {
    async fn export(self) -> anyhow::Result<()> {
        let (audit, store) = open(self.args).await?;
        let (rows, head) = audit.rows().await?;
        log_file::write_with(&self.output, |file| Ok(jsonl::write(file, STREAM, &head, &rows)?))?;
        say(&format!("wrote {} rows to {}\nhead {}\n", head.seq, self.output.display(), head.hash))?;
        store.close().await;
        Ok(())
    }
}

/// The log in the data directory that a server may hold, or on PostgreSQL.
async fn open(args: ConfigArgs) -> anyhow::Result<(audit::Audit, Store)> {
    let config = Config::load(args, Path::new("."))?;
    let location = config.location(database_in(&config.data_dir));
    if let Location::Sqlite(path) = &location {
        ensure!(path.exists(), "there is no data in {}: name the directory with --data", config.data_dir.display());
    }
    let store = Store::open(&location).await?;
    Ok((audit::Audit::new(store.clone(), Clock::system()), store))
}

fn line(entry: &Entry) -> String {
    let at = jiff::Timestamp::from_millisecond(entry.at.0).map_or_else(|_| entry.at.0.to_string(), |at| at.to_string());
    let who = match &entry.who {
        None => "?".to_owned(),
        Some(Who::Server) => "server".to_owned(),
        Some(Who::Operator) => "operator".to_owned(),
        Some(Who::Nobody) => "nobody".to_owned(),
        Some(Who::Account(account)) => format!("account {account}"),
        Some(Who::Person { exercise, person }) => format!("person {person} of {exercise}"),
    };
    let from = entry.from.as_ref().map_or_else(String::new, |from| format!(" from {from}"));
    let about = serde_json::Value::Object(entry.about.clone());
    format!("{:>6}  {at}  {who}{from}  {}  {about}\n", entry.seq, entry.kind)
}

/// Where an exported audit log ends, if it holds together; none if the file is another log or none at all.
pub(super) fn verified(path: &Path) -> anyhow::Result<Option<Head>> {
    let Ok(file) = fs::File::open(path) else { return Ok(None) };
    let Ok(mut reader) = jsonl::Reader::new(BufReader::new(file)) else { return Ok(None) };
    if reader.stream() != STREAM {
        return Ok(None);
    }
    let untrusted = |row: i64| format!("{} cannot be trusted from row {row} on, ask for a new export", path.display());
    let mut chain = Verifier::default();
    for (row, stored) in (1..).zip(reader.by_ref()) {
        let stored = stored.with_context(|| untrusted(row))?;
        chain.push(&stored).with_context(|| untrusted(row))?;
    }
    Ok(Some(chain.finish()?.head))
}
