//! `drillhall candidates`: what the next exercise should look at again.

use std::path::PathBuf;

use anyhow::Context;
use clap::{Args, ValueEnum};

use super::{Outcome, log_file, trend::write};
use crate::report::candidates::candidates;

/// Write the corrective actions that nobody has verified as objectives for the next scenario
#[derive(Debug, Args)]
pub(super) struct Candidates {
    /// The exported log (JSON lines) or archive (ZIP)
    log: PathBuf,
    /// What to write
    #[arg(long, value_enum, default_value_t = Format::Yaml)]
    format: Format,
    /// Where to write it; standard output without it
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// Objectives to paste into a scenario file
    Yaml,
    /// For spreadsheets
    Csv,
    /// For programs
    Json,
}

impl Candidates {
    pub(super) fn run(self) -> anyhow::Result<Outcome> {
        let log = log_file::read(&self.log)?;
        let found = candidates(&log.events)
            .with_context(|| format!("nothing can be carried on from {}", self.log.display()))?;
        let bytes = match self.format {
            Format::Yaml => found.yaml().into_bytes(),
            Format::Csv => found.csv()?,
            Format::Json => {
                let mut bytes = serde_json::to_vec_pretty(&found)?;
                bytes.push(b'\n');
                bytes
            }
        };
        write(self.output.as_ref(), &bytes)
    }
}
