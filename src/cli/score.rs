//! `drillhall score`: do the released results follow from the log?

use std::{fmt::Write as _, path::PathBuf};

use anyhow::Context;
use clap::Args;

use super::{Outcome, log_file, say, warn};
use crate::{
    engine::score::TeamScore,
    markup::figures,
    report::recompute::{Difference, recompute},
};

/// Score an exported log anew; exit code 1 if a released result does not follow from it
#[derive(Debug, Args)]
pub(super) struct Score {
    /// The exported log (JSON lines)
    log: PathBuf,
    /// Write every score with its reasons, for programs
    #[arg(long)]
    json: bool,
}

impl Score {
    pub(super) fn run(self) -> anyhow::Result<Outcome> {
        let log = log_file::read(&self.log)?;
        let found =
            recompute(&log.events).with_context(|| format!("nothing can be scored in {}", self.log.display()))?;
        if self.json {
            let mut text = serde_json::to_string_pretty(&found.scores)?;
            text.push('\n');
            say(&text)?;
        } else {
            say(&table(&found.names, &found.scores))?;
        }
        if let Some(difference) = &found.difference {
            warn(&told(difference))?;
            return Ok(Outcome::Refused);
        }
        match found.released {
            0 => warn("No result was released in this log.\n")?,
            n => warn(&format!("{n} released results follow from the log.\n"))?,
        }
        Ok(Outcome::Done)
    }
}

fn table(names: &[String], scores: &[TeamScore]) -> String {
    let mut text =
        format!("{:>9}  {:>9}  {:>10}  {:>8}  {:>9}  team\n", "score", "points", "attainable", "counted", "unmarked");
    for (name, score) in names.iter().zip(scores) {
        let total = score.score_milli.map_or_else(|| "-".to_owned(), |milli| figures::points(milli, "."));
        // Writing to a string cannot fail.
        let _infallible = writeln!(
            text,
            "{total:>9}  {:>9}  {:>10}  {:>8}  {:>9}  {name}",
            figures::points(score.points_milli, "."),
            figures::points(score.attainable_milli, "."),
            format!("{}/{}", score.counted, score.asked),
            figures::points(score.unmarked_milli, "."),
        );
    }
    text
}

fn told(difference: &Difference) -> String {
    let Difference { seq, team, place, released, recomputed } = difference;
    format!(
        "row {seq}: the released result of team '{team}' does not follow from the log\n  {place}\n  released    {released}\n  \
         recomputed  {recomputed}\nDo not use this result: release scores again, and compare the program's version with the log's.\n"
    )
}
