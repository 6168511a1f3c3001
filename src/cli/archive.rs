//! `drillhall export exercise`: an exercise as one signed file to keep.

use std::{
    io::BufWriter,
    path::{Path, PathBuf},
};

use anyhow::{Context, bail};
use clap::Args;
use tokio::runtime::Runtime;

use super::{Outcome, log_file, say};
use crate::{
    archive::{Contents, Key, Packed},
    config::{Config, ConfigArgs},
    engine::id::{ExerciseId, FileHash},
    id::Random,
    store::{Store, data_dir::DataDir, record::stream_of},
};

/// A whole exercise as one signed ZIP archive: log, plan, files, reports; read from the data directory of a server that is stopped
#[derive(Debug, Args)]
pub(super) struct Archive {
    /// Id of the exercise, as it stands in the address of its pages
    exercise: String,
    /// Where to write it
    #[arg(short, long, value_name = "FILE.zip")]
    output: PathBuf,
    #[command(flatten)]
    args: ConfigArgs,
}

impl Archive {
    pub(super) fn run(self) -> anyhow::Result<Outcome> {
        let wanted = ExerciseId(self.exercise);
        let packed = with_store(self.args, |runtime, store| pack(runtime, store, &wanted, &self.output))?;
        let Packed { manifest, fingerprint } = packed;
        say(&format!(
            "wrote {}\nrows {}\nhead {}\nsigned with the key {fingerprint}\n",
            self.output.display(),
            manifest.rows,
            manifest.head
        ))?;
        if !manifest.absent_files.is_empty() {
            say(&format!("files that are not kept any more and not in it {}\n", manifest.absent_files.len()))?;
        }
        Ok(Outcome::Done)
    }
}

/// Does something with the store of a server that is stopped.
pub(super) fn with_store<T>(
    args: ConfigArgs,
    act: impl FnOnce(&Runtime, &Store) -> anyhow::Result<T>,
) -> anyhow::Result<T> {
    let config = Config::load(args, Path::new("."))?;
    // Otherwise a mistyped path would leave an empty data directory behind.
    if config.database_url.is_none() && !config.data_dir.exists() {
        bail!("there is no data directory {}: name that of the server with --data", config.data_dir.display());
    }
    let data = DataDir::open(&config.data_dir).with_context(|| {
        "the store cannot be read while it is served; control can download the same archive from the running server \
         (/api/v1/exercises/EXERCISE/archive.zip)"
    })?;
    let runtime = Runtime::new()?;
    let store = runtime.block_on(Store::open(&config.location(data.database())))?;
    let done = act(&runtime, &store)?;
    runtime.block_on(store.close());
    Ok(done)
}

/// Says which exercises there are in place of one that there is not.
pub(super) fn unknown(runtime: &Runtime, store: &Store, exercise: &ExerciseId) -> anyhow::Result<anyhow::Error> {
    let known = runtime.block_on(store.exercises())?;
    let known: Vec<_> = known.iter().map(|one| format!("\n  {}  {}", one.id, one.title)).collect();
    Ok(anyhow::anyhow!("there is no exercise '{exercise}' here; there are:{}", known.concat()))
}

fn pack(runtime: &Runtime, store: &Store, exercise: &ExerciseId, output: &Path) -> anyhow::Result<Packed> {
    let rows = runtime.block_on(store.read_whole_log(&stream_of(exercise)))?;
    if rows.is_empty() {
        return Err(unknown(runtime, store, exercise)?);
    }
    let contents = Contents::of(exercise, &rows)?;
    drop(rows);
    let key = runtime.block_on(Key::of(store, &Random::system()))?;
    let bytes_of = |hash: &FileHash| Ok(runtime.block_on(store.file(hash))?.map(|file| file.bytes));
    log_file::write_with(output, |file| Ok(contents.write(BufWriter::new(file), &key, bytes_of)?))
}
