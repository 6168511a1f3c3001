//! `drillhall report`: the after-action report of a log.

use std::path::PathBuf;

use anyhow::Context;
use clap::{Args, ValueEnum};

use super::{Outcome, log_file, say, shown, warn};
use crate::{
    engine::text::Language,
    report::{self, html, model},
};

/// Make the after-action report of an exported log or archive
#[derive(Debug, Args)]
pub(super) struct Report {
    /// The exported log (JSON lines) or archive (ZIP)
    log: PathBuf,
    /// Make the report of what can be read of a log that was cut off or altered, and say in it that it is incomplete
    #[arg(long)]
    incomplete: bool,
    /// What to write
    #[arg(long, value_enum, default_value_t = Format::Html)]
    format: Format,
    /// Where to write it; standard output without it
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Language of the HTML
    #[arg(long, default_value = "en", value_name = "xx", value_parser = known_language)]
    language: Language,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// One file to read and to print
    Html,
    /// For programs
    Json,
}

impl Report {
    pub(super) fn run(self) -> anyhow::Result<Outcome> {
        let Some(report) = self.made()? else { return Ok(Outcome::Refused) };
        let bytes = match self.format {
            Format::Html => html::render(&report, &self.language).into_bytes(),
            Format::Json => json(&report)?,
        };
        match &self.output {
            Some(path) => log_file::write_whole(path, &bytes)?,
            None => say(&String::from_utf8(bytes)?)?,
        }
        Ok(Outcome::Done)
    }

    /// The report; none if the log has a fault and nobody asked for what holds, which is said.
    fn made(&self) -> anyhow::Result<Option<model::Report>> {
        let found = log_file::inspect(&self.log)?;
        let (from_row, is_whole) = (found.bad_row(), found.faults.is_empty());
        let holds = log_file::what_holds(&found);
        let faults = found.faults.into_iter().map(|fault| shown(&log_file::told(&self.log, fault)));
        warn(&faults.collect::<String>())?;
        if !is_whole && !self.incomplete {
            warn(&holds)?;
        }
        let readable = found.log.filter(|_| is_whole || self.incomplete && !holds.is_empty());
        let Some(log) = readable else { return Ok(None) };
        let report = report::build(&log.events, Some(log.head.hash))
            .with_context(|| format!("no report can be made of {}", self.log.display()))?;
        Ok(Some(if is_whole { report } else { report.incomplete(from_row) }))
    }
}

/// A report as JSON, readable and with a line break at its end.
pub(super) fn json(report: &model::Report) -> anyhow::Result<Vec<u8>> {
    let mut bytes = serde_json::to_vec_pretty(report)?;
    bytes.push(b'\n');
    Ok(bytes)
}

fn known_language(tag: &str) -> Result<Language, String> {
    let language = Language::from(tag);
    let primary = language.0.split('-').next().unwrap_or_default().to_owned();
    if html::languages().any(|known| known == primary) {
        return Ok(language);
    }
    Err(format!("reports are written in {}", html::languages().collect::<Vec<_>>().join(", ")))
}
