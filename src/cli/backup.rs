//! `drillhall backup`: everything that a server keeps as one file, while it serves.

use std::{
    fs::{self, Permissions},
    io::BufWriter,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
};

use anyhow::{Context, bail};
use clap::Args;
use tokio::runtime::Runtime;

use super::{Outcome, log_file, say, warn};
use crate::{
    audit::{Audit, By, Deed},
    backup::{self, Written},
    clock::Clock,
    config::{Config, ConfigArgs},
    store::{
        Location, Store,
        data_dir::{database_in, note_backup},
    },
};

/// Write everything that a server keeps into one file, while it serves or not: exercises, accounts, keys, settings
///
/// The file holds every secret of the server; only its owner may read it. To lock it with a passphrase,
/// write it to a program that does so: drillhall backup /dev/stdout | age -p > backup.zip.age
#[derive(Debug, Args)]
pub(super) struct Backup {
    /// Where to write it
    #[arg(value_name = "FILE")]
    file: PathBuf,
    #[command(flatten)]
    args: ConfigArgs,
}

impl Backup {
    pub(super) fn run(self) -> anyhow::Result<Outcome> {
        let settings = self.args.file(Path::new("."));
        let config = Config::load(self.args, Path::new("."))?;
        let database = database_in(&config.data_dir);
        if config.database_url.is_none() && !database.exists() {
            bail!("there is no data in {}: name the directory of the server with --data", config.data_dir.display());
        }
        let now = Clock::system().now();
        let location = config.location(database);
        let is_file = fs::metadata(&self.file).map_or(true, |found| found.is_file());
        let runtime = Runtime::new()?;
        let Written { manifest, whole, is_current } = log_file::write_with(&self.file, |file| {
            if is_file {
                file.set_permissions(Permissions::from_mode(0o600))?;
            }
            let written = backup::write(&location, &config.data_dir, settings.as_deref(), now, BufWriter::new(file));
            Ok(runtime.block_on(written)?)
        })?;
        let rows = manifest.rows();
        let told = format!(
            "backed up to {}\n{rows} rows of {} tables, {} other files, {} bytes\nsha256 {}\n",
            self.file.display(),
            manifest.tables.len(),
            manifest.files.len(),
            whole.size,
            whole.sha256
        );
        // What goes into a pipe is the backup itself.
        if is_file {
            say(&told)?;
        } else {
            warn(&told)?;
        }
        if is_current {
            let deed = Deed::BackupMade { rows, sha256: whole.sha256 };
            runtime.block_on(note(&location, &deed))?;
        } else {
            warn("The tables are those of another version, so this is not in the audit log.\n")?;
        }
        note_backup(&config.data_dir, now).with_context(|| {
            format!(
                "the backup is made, but {} cannot be told so: monitors will see an older one",
                config.data_dir.display()
            )
        })?;
        Ok(Outcome::Done)
    }
}

/// Notes an administrative act beside a server that may run.
pub(super) async fn note(location: &Location, deed: &Deed) -> anyhow::Result<()> {
    let store = Store::open(location).await?;
    let noted = Audit::new(store.clone(), Clock::system()).note(&By::OPERATOR, deed).await;
    store.close().await;
    noted.map(drop).context("this could not be noted in the audit log")
}
