//! `drillhall report`: the after-action report of a log.

use std::path::PathBuf;

use anyhow::Context;
use clap::{Args, ValueEnum};

use super::{Outcome, log_file, say_bytes};
use crate::{
    engine::text::Language,
    report::{self, html, model},
};

/// Make the after-action report of an exported log
#[derive(Debug, Args)]
pub(super) struct Report {
    /// The exported log (JSON lines)
    log: PathBuf,
    /// What to write
    #[arg(long, value_enum, default_value_t = Format::Html)]
    format: Format,
    /// Where to write it; standard output without it
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Language of what people read
    #[arg(long, default_value = "en", value_name = "xx", value_parser = known_language)]
    language: Language,
    /// A folder with fonts for scripts that the program has none for; only for PDF
    #[arg(long, value_name = "DIR")]
    fonts: Option<PathBuf>,
    /// Write across each page that this is a draft; only for PDF
    #[arg(long)]
    draft: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// One file to read and to print
    Html,
    /// Pages to print, to file and to hand on
    Pdf,
    /// For programs
    Json,
}

impl Report {
    pub(super) fn run(self) -> anyhow::Result<Outcome> {
        let log = log_file::read(&self.log)?;
        let report = report::build(&log.events, Some(log.verified.head.hash))
            .with_context(|| format!("no report can be made of {}", self.log.display()))?;
        let bytes = match self.format {
            Format::Html => html::render(&report, &self.language).into_bytes(),
            Format::Pdf => self.pdf(&report)?,
            Format::Json => json(&report)?,
        };
        match &self.output {
            Some(path) => log_file::write_whole(path, &bytes)?,
            None => say_bytes(&bytes)?,
        }
        Ok(Outcome::Done)
    }

    #[cfg(feature = "pdf")]
    fn pdf(&self, report: &model::Report) -> anyhow::Result<Vec<u8>> {
        use crate::report::pdf::{Fonts, Standing, render};

        let standing = if self.draft { Standing::Draft } else { Standing::Final };
        let fonts = Fonts::of_the_machine(self.fonts.clone());
        render(report, &self.language, standing, &fonts).map_err(|wrong| {
            let code = wrong.code();
            anyhow::Error::new(wrong).context(format!("no PDF can be made of {} ({code})", self.log.display()))
        })
    }

    #[cfg(not(feature = "pdf"))]
    #[expect(clippy::unused_self, reason = "as with PDF")]
    fn pdf(&self, _: &model::Report) -> anyhow::Result<Vec<u8>> {
        anyhow::bail!(
            "this program was built without PDF (pdf_not_built): build it with 'make build', or take --format html and print it"
        )
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
