//! `drillhall import`: scenarios from what teams have already.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, bail};
use clap::Subcommand;

use super::{Outcome, log_file, say, warn};
use crate::scenario::markdown::{Imported, import_markdown};

/// Make a scenario from other material
#[derive(Debug, Subcommand)]
pub(super) enum Import {
    /// From a tabletop kit written in Markdown; lists what found no place
    Markdown {
        /// The kit
        file: PathBuf,
        /// Folder to write the scenario to
        #[arg(short, long, value_name = "DIR")]
        output: PathBuf,
        /// Write over files that are there
        #[arg(long)]
        force: bool,
    },
}

impl Import {
    pub(super) fn run(self) -> anyhow::Result<Outcome> {
        let Self::Markdown { file, output, force } = self;
        let text = fs::read_to_string(&file).with_context(|| {
            format!("{} cannot be read (check the path, and that it is text in UTF-8)", file.display())
        })?;
        let imported = import_markdown(&text);
        write(&imported, &output, force)?;
        for unplaced in &imported.unplaced {
            let first = unplaced.text.lines().next().unwrap_or_default();
            warn(&format!("{}:{}: found no place: {first}\n", file.display(), unplaced.line))?;
        }
        say(&format!(
            "wrote {} files to {}; {} passages found no place\nnext: drillhall check {}\n",
            imported.files.len(),
            output.display(),
            imported.unplaced.len(),
            output.display()
        ))?;
        Ok(Outcome::Done)
    }
}

fn write(imported: &Imported, folder: &Path, force: bool) -> anyhow::Result<()> {
    if let Some(there) = imported.files.keys().map(|path| folder.join(path)).find(|path| path.exists())
        && !force
    {
        bail!("{} is there already and was left as it is: choose another folder, or add --force", there.display());
    }
    for (path, text) in &imported.files {
        let path = folder.join(path);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)
                .with_context(|| format!("the folder {} cannot be made (may you write there?)", parent.display()))?;
        }
        log_file::write_whole(&path, text.as_bytes())?;
    }
    Ok(())
}
