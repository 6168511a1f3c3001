//! `drillhall restore`: a backup back to where a server can go on from it.

use std::{
    env,
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
};

use anyhow::Context;
use clap::Args;
use tokio::runtime::Runtime;

use super::{Outcome, backup::note, say};
use crate::{
    audit::Deed,
    backup::{self, Restored},
    clock::Clock,
    config::{Config, ConfigArgs},
    id::Random,
    store::data_dir::{DataDir, create_private},
    tls::instant,
};

/// Put a backup back where nothing is yet, after checking all of it; every client starts afresh then
#[derive(Debug, Args)]
pub(super) struct Restore {
    /// The backup
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Only check it: every checksum, and every row of every log
    #[arg(long)]
    check: bool,
    #[command(flatten)]
    args: ConfigArgs,
}

impl Restore {
    pub(super) fn run(self) -> anyhow::Result<Outcome> {
        let (runtime, now) = (Runtime::new()?, Clock::system().now());
        let unread = || format!("{} is not restored", self.file.display());
        if self.check {
            let scratch = env::temp_dir().join(format!("drillhall-check-{}", Random::system().uuid()));
            create_private(&scratch)?;
            let checked = runtime.block_on(backup::check(&self.file, &scratch, now));
            // Whatever is left lies in the directory for temporary files.
            fs::remove_dir_all(&scratch).ok();
            say(&told("holds together", &checked.with_context(unread)?))?;
            return Ok(Outcome::Done);
        }
        let config = Config::load(self.args, Path::new("."))?;
        let data = DataDir::open(&config.data_dir)?;
        let location = config.location(data.database());
        let restored =
            runtime.block_on(backup::restore(&self.file, data.path(), &location, now)).with_context(unread)?;
        let deed = Deed::BackupRestored { made_at: restored.manifest.made_at, rows: restored.manifest.rows() };
        runtime.block_on(note(&location, &deed))?;
        let mut text = told(&format!("is restored to {}", data.path().display()), &restored);
        if let Some(settings) = &restored.settings {
            writeln!(
                text,
                "The settings of that server are in {}; they are not used by themselves.",
                settings.display()
            )
            .ok();
        }
        text.push_str(
            "Every log begins a new generation: clients that come back start afresh, with what is in the backup.\n",
        );
        say(&text)?;
        Ok(Outcome::Done)
    }
}

fn told(what: &str, Restored { manifest, exercises, logs, .. }: &Restored) -> String {
    let rows = manifest.rows();
    let mut text = format!(
        "the backup of {} (drillhall {}) {what}\n{rows} rows of {} tables, {} other files\n",
        instant(manifest.made_at),
        manifest.program,
        manifest.tables.len(),
        manifest.files.len()
    );
    for table in &manifest.tables {
        // Writing to a string cannot fail.
        writeln!(text, "  {:<24}{:>10}", table.table.name, table.rows).ok();
    }
    writeln!(text, "{} logs, every row verified", logs.len()).ok();
    for (stream, head) in logs {
        writeln!(text, "  {stream}  rows {head}").ok();
    }
    writeln!(text, "{} exercises", exercises.len()).ok();
    for exercise in exercises {
        writeln!(text, "  {}  {}  {}", exercise.id, exercise.state, exercise.scenario).ok();
    }
    text
}
