//! `drillhall indicators`: figures of an event that name nobody.

use std::path::PathBuf;

use clap::Args;

use super::{
    Outcome,
    trend::{countries, played, write},
};
use crate::report::across::indicators;

/// Write figures of an event that name nobody, from the exported logs or archives of its exercises, as CSV
///
/// Countries by group of the United Nations, people trained, capabilities rated, times, corrective actions. Nothing
/// is told that fewer than five teams stand behind.
#[derive(Debug, Args)]
pub(super) struct Indicators {
    /// The exported logs (JSON lines) or archives (ZIP), in any order
    #[arg(required = true)]
    logs: Vec<PathBuf>,
    /// A CSV file with the columns team (id or name), country and, if need be, exercise
    #[arg(long, value_name = "FILE")]
    countries: Option<PathBuf>,
    /// Where to write it; standard output without it
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

impl Indicators {
    pub(super) fn run(self) -> anyhow::Result<Outcome> {
        let countries = countries(self.countries.as_ref())?;
        write(self.output.as_ref(), &indicators(&played(&self.logs)?, &countries)?)
    }
}
