//! `drillhall report`: the after-action report of a log.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, bail};
use clap::{Args, ValueEnum, builder::PossibleValuesParser};

use super::{Outcome, log_file, say, say_bytes, shown, trend::played, warn};
use crate::{
    engine::{id::TeamId, text::Language},
    report::{
        self, READERS, html,
        model::{self, Version},
        tables::TABLES,
    },
    scenario::msel::FileKind,
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
    /// For whom: those who ran the exercise; one team, in full; the leadership of a team's country, on a page;
    /// peers, under code names; everybody, in figures of all teams together
    #[arg(long = "for", value_name = "WHOM", default_value = "staff", value_parser = PossibleValuesParser::new(READERS))]
    readers: String,
    /// Which team the version for a team or the brief is about
    #[arg(long, value_name = "ID", required_if_eq_any([("readers", "team"), ("readers", "brief")]))]
    team: Option<TeamId>,
    /// Logs or archives of earlier exercises: what the same teams, by their names, showed in them stands beside what
    /// they show in this one
    #[arg(long, value_name = "LOG", num_args = 1..)]
    earlier: Vec<PathBuf>,
    /// Which table to write, of a format that has tables; all without it
    #[arg(long, value_parser = PossibleValuesParser::new(TABLES))]
    table: Option<String>,
    /// Where to write it; standard output without it. For all formats at once, a folder
    #[arg(short, long, value_name = "FILE|DIR", required_if_eq("format", "all"))]
    output: Option<PathBuf>,
    /// Language of what people read
    #[arg(long, default_value = "en", value_name = "xx", value_parser = known_language)]
    language: Language,
    /// A folder with fonts for scripts that the program has none for; only for PDF
    #[arg(long, value_name = "DIR")]
    fonts: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// One file to read and to print
    Html,
    /// Pages to print, to file and to hand on
    Pdf,
    /// For programs; `drillhall schema report` describes it
    Json,
    /// The figures, for spreadsheets: one table, or one below the other
    Csv,
    /// The figures as a workbook, a sheet a table
    Xlsx,
    /// Each of these in a folder; PDF if the program was built with it
    All,
}

/// What all formats are, and the ending of each.
const EACH: [(Format, &str); 5] = [
    (Format::Html, "html"),
    (Format::Pdf, "pdf"),
    (Format::Json, "json"),
    (Format::Csv, "csv"),
    (Format::Xlsx, "xlsx"),
];

impl Report {
    pub(super) fn run(self) -> anyhow::Result<Outcome> {
        let Some(report) = self.made()? else { return Ok(Outcome::Refused) };
        match &self.output {
            Some(folder) if self.format == Format::All => self.all(&report, folder)?,
            Some(path) => log_file::write_whole(path, &self.bytes(&report, self.format)?)?,
            None => say_bytes(&self.bytes(&report, self.format)?)?,
        }
        Ok(Outcome::Done)
    }

    fn bytes(&self, report: &model::Report, format: Format) -> anyhow::Result<Vec<u8>> {
        let sheets = |kind| report::tables::sheets(report, &self.language, kind, self.table.as_deref());
        match format {
            Format::Html => Ok(html::render(report, &self.language).into_bytes()),
            Format::Pdf => self.pdf(report),
            Format::Json => json(report),
            Format::Csv => Ok(sheets(FileKind::Csv)?),
            Format::Xlsx => Ok(sheets(FileKind::Xlsx)?),
            Format::All => bail!("all formats at once need a folder: name it with --output"),
        }
    }

    /// Every format of the same report, from one look at the log.
    fn all(&self, report: &model::Report, folder: &Path) -> anyhow::Result<()> {
        fs::create_dir_all(folder).with_context(|| format!("the folder {} cannot be made", folder.display()))?;
        for (format, ending) in EACH {
            if format == Format::Pdf && !cfg!(feature = "pdf") {
                warn("note: no report.pdf, as this program was built without PDF (pdf_not_built)\n")?;
                continue;
            }
            let file = folder.join(format!("report.{ending}"));
            log_file::write_whole(&file, &self.bytes(report, format)?)?;
            say(&format!("wrote {}\n", file.display()))?;
        }
        Ok(())
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
        let report = if is_whole { report } else { report.incomplete(from_row) };
        let earlier = played(&self.earlier)?.into_iter().map(|played| played.report).collect();
        let report = report.beside(earlier)?;
        Ok(Some(report.for_readers(&Version::named(&self.readers, self.team.clone())?)?))
    }

    #[cfg(feature = "pdf")]
    fn pdf(&self, report: &model::Report) -> anyhow::Result<Vec<u8>> {
        use crate::report::pdf::{Fonts, render};

        let fonts = Fonts::of_the_machine(self.fonts.clone());
        render(report, &self.language, &fonts).map_err(|wrong| {
            let code = wrong.code();
            anyhow::Error::new(wrong).context(format!("no PDF can be made of {} ({code})", self.log.display()))
        })
    }

    #[cfg(not(feature = "pdf"))]
    #[expect(clippy::unused_self, reason = "as with PDF")]
    fn pdf(&self, _: &model::Report) -> anyhow::Result<Vec<u8>> {
        bail!(
            "this program was built without PDF (pdf_not_built): build it with 'make build PDF=1', or take --format html and print it"
        )
    }
}

/// A report as JSON, readable and with a line break at its end.
pub(super) fn json(report: &model::Report) -> anyhow::Result<Vec<u8>> {
    let mut bytes = serde_json::to_vec_pretty(report)?;
    bytes.push(b'\n');
    Ok(bytes)
}

/// A language that there are words for.
pub(super) fn known_language(tag: &str) -> Result<Language, String> {
    let language = Language::from(tag);
    let primary = language.0.split('-').next().unwrap_or_default().to_owned();
    if html::languages().any(|known| known == primary) {
        return Ok(language);
    }
    Err(format!("reports are written in {}", html::languages().collect::<Vec<_>>().join(", ")))
}
