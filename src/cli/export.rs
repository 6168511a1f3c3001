//! `drillhall export`: scenarios, logs and whole exercises as files.

use std::path::PathBuf;

use anyhow::Context;
use clap::{Args, Subcommand};

use super::{
    Outcome, archive,
    import::{clock_time, refuse},
    log_file, people, say, scenario, warn,
};
use crate::{
    engine::time::Millis,
    report::as_run,
    scenario::msel::{FileKind, SheetError, export_msel},
};

/// Write a scenario, or what became of it, for other programs
#[derive(Debug, Subcommand)]
pub(super) enum Export {
    /// As a spreadsheet (MSEL) in CSV or .xlsx that can be imported again; with --log, as it was run
    Msel(Msel),
    Exercise(archive::Archive),
    People(people::People),
}

/// As a spreadsheet (MSEL) in CSV or .xlsx that can be imported again; with --log, as it was run
#[derive(Debug, Args)]
pub(super) struct Msel {
    /// Folder with a scenario.yaml, a YAML file, or name of a scenario that came with the program
    #[arg(required_unless_present = "log", conflicts_with = "log")]
    scenario: Option<String>,
    /// An exported log (JSON lines): planned and actual, a row an inject and team
    #[arg(long, value_name = "FILE")]
    log: Option<PathBuf>,
    /// Where to write it: a name that ends in .csv or .xlsx
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
    /// What the clock shows at the start, to write times of day, too
    #[arg(long, value_name = "HH:MM", value_parser = clock_time, conflicts_with = "log")]
    start: Option<Millis>,
}

impl Export {
    pub(super) fn run(self) -> anyhow::Result<Outcome> {
        match self {
            Self::Msel(msel) => msel.run(),
            Self::Exercise(exercise) => exercise.run(),
            Self::People(people) => people.run(),
        }
    }
}

impl Msel {
    fn run(self) -> anyhow::Result<Outcome> {
        let Some(kind) = FileKind::of(&self.output.to_string_lossy()) else {
            return refuse(&SheetError::UnknownEnding, &self.output);
        };
        let written = if let Some(log) = &self.log {
            let events = log_file::read(log)?.events;
            as_run(&events, kind).with_context(|| {
                format!("the log {} does not begin with an exercise: ask for a new export", log.display())
            })?
        } else {
            let wanted = self.scenario.unwrap_or_default();
            let pack = match scenario::open(&wanted) {
                Ok(pack) => pack,
                Err(error) => {
                    warn(&format!("error: {error}\n"))?;
                    return Ok(Outcome::Refused);
                }
            };
            let (source, main) = scenario::source(&wanted);
            export_msel(source.as_ref(), &main, &pack, kind, self.start)
        };
        match written {
            Ok(bytes) => log_file::write_whole(&self.output, &bytes)?,
            Err(error) => return refuse(&error, &self.output),
        }
        say(&format!("wrote {}\n", self.output.display()))?;
        Ok(Outcome::Done)
    }
}
