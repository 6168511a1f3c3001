//! `drillhall export people`: the names of people, which stand in no log and in no archive.

use std::path::PathBuf;

use clap::Args;

use super::{
    Outcome,
    archive::{unknown, with_store},
    log_file, say,
};
use crate::{config::ConfigArgs, engine::id::ExerciseId, scenario::msel::guarded};

/// The names of people as CSV, for certificates; read from the data directory of a server that is stopped
#[derive(Debug, Args)]
pub(super) struct People {
    /// Id of the exercise, as it stands in the address of its pages
    exercise: String,
    /// Where to write it. It holds names: keep it no longer than you need it
    #[arg(short, long, value_name = "FILE.csv")]
    output: PathBuf,
    #[command(flatten)]
    args: ConfigArgs,
}

impl People {
    pub(super) fn run(self) -> anyhow::Result<Outcome> {
        let exercise = ExerciseId(self.exercise);
        let people = with_store(self.args, |runtime, store| {
            if runtime.block_on(store.exercise(&exercise))?.is_none() {
                return Err(unknown(runtime, store, &exercise)?);
            }
            Ok(runtime.block_on(store.people(&exercise))?)
        })?;
        let mut rows = csv::Writer::from_writer(Vec::new());
        rows.write_record(["person", "name", "language"])?;
        for person in &people {
            // Whoever joins chooses a name: no spreadsheet shall run it.
            rows.write_record([person.id.as_str(), &guarded(&person.name), &person.language.0])?;
        }
        log_file::write_whole(&self.output, &rows.into_inner()?)?;
        say(&format!("people {}\nwrote {}\n", people.len(), self.output.display()))?;
        Ok(Outcome::Done)
    }
}
