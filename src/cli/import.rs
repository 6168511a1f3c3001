//! `drillhall import`: scenarios from what teams have already.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
    fs,
    io::Read,
    path::{Path, PathBuf},
};

use anyhow::{Context, bail};
use clap::{Args, Subcommand};

use super::{Outcome, log_file, say, warn};
use crate::{
    engine::time::Millis,
    scenario::{
        markdown::import_markdown,
        msel::{self, Choices, SheetError, import_msel},
        source::{Folder, Source},
    },
};

/// Most bytes of a spreadsheet that are read; the importer takes no more either.
const MAX_SHEET_BYTES: u64 = 16 * 1024 * 1024;
/// Most bytes of a mapping file.
const MAX_MAPPING_BYTES: u64 = 64 * 1024;
/// Most bytes of an attachment.
const MAX_ATTACHMENT_BYTES: u64 = 5 * 1024 * 1024;

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
    /// From a spreadsheet (MSEL) in CSV or .xlsx; lists each cell that found no place
    Msel(Msel),
}

/// From a spreadsheet (MSEL) in CSV or .xlsx; lists each cell that found no place
#[derive(Debug, Args)]
pub(super) struct Msel {
    /// The spreadsheet
    file: PathBuf,
    /// Folder to write the scenario to
    #[arg(short, long, value_name = "DIR")]
    output: PathBuf,
    /// A YAML file that says what the columns are
    #[arg(long, value_name = "FILE")]
    mapping: Option<PathBuf>,
    /// Which sheet of the workbook; else the one whose headings say most
    #[arg(long, value_name = "NAME")]
    sheet: Option<String>,
    /// What the clock shows at the start; else the time of the first inject
    #[arg(long, value_name = "HH:MM", value_parser = clock_time)]
    start: Option<Millis>,
    /// Where the attachments are; else beside the spreadsheet
    #[arg(long, value_name = "DIR")]
    files: Option<PathBuf>,
    /// Write over files that are there
    #[arg(long)]
    force: bool,
}

impl Import {
    pub(super) fn run(self) -> anyhow::Result<Outcome> {
        match self {
            Self::Markdown { file, output, force } => markdown(&file, &output, force),
            Self::Msel(msel) => msel.run(),
        }
    }
}

fn markdown(file: &Path, output: &Path, force: bool) -> anyhow::Result<Outcome> {
    let text = fs::read_to_string(file)
        .with_context(|| format!("{} cannot be read (check the path, and that it is text in UTF-8)", file.display()))?;
    let imported = import_markdown(&text);
    write(&imported.files, output, force)?;
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

impl Msel {
    fn run(self) -> anyhow::Result<Outcome> {
        let bytes = read(&self.file, MAX_SHEET_BYTES)?;
        let mapping = self.mapping.as_deref().map(|path| read(path, MAX_MAPPING_BYTES)).transpose()?;
        let mapping = mapping
            .map(String::from_utf8)
            .transpose()
            .context("the mapping file is not text in UTF-8: save it as UTF-8")?;
        let name = self.file.file_stem().unwrap_or_default().to_string_lossy();
        let choices = Choices { mapping: mapping.as_deref(), sheet: self.sheet.as_deref(), start: self.start };
        let imported = match import_msel(&bytes, &name, &choices) {
            Ok(imported) => imported,
            Err(error) => return refuse(&error, &self.file),
        };
        write(&imported.files, &self.output, self.force)?;
        let beside = self.file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let from = self.files.as_deref().unwrap_or(beside);
        let lacking = copy(&imported.attachments, &Folder::new(from), &self.output, self.force)?;
        let mut notes = imported.notes.iter().fold(String::new(), |mut text, note| {
            let _infallible = writeln!(text, "{}: {note}", self.file.display());
            text
        });
        for path in &lacking {
            writeln!(
                notes,
                "{}: the attachment '{path}' is not in {}: put it into {} before you check",
                self.file.display(),
                from.display(),
                self.output.display()
            )?;
        }
        warn(&notes)?;
        say(&format!(
            "wrote {} injects to {}; {} notes\nnext: drillhall check {}\n",
            imported.injects,
            self.output.display(),
            imported.notes.len() + lacking.len(),
            self.output.display()
        ))?;
        Ok(Outcome::Done)
    }
}

/// Says why a spreadsheet was refused: a stable code, what is wrong, what to do.
pub(super) fn refuse(error: &SheetError, file: &Path) -> anyhow::Result<Outcome> {
    warn(&format!("error[{}]: {}: {error}\nhelp: {}\n", error.code(), file.display(), error.advice()))?;
    Ok(Outcome::Refused)
}

/// A time of day, for arguments.
pub(super) fn clock_time(text: &str) -> Result<Millis, String> {
    msel::clock(text).ok_or_else(|| "write a time of day, such as 09:00".to_owned())
}

/// Reads a file, but no more of it than is of use.
fn read(path: &Path, limit: u64) -> anyhow::Result<Vec<u8>> {
    let unreadable = || format!("{} cannot be read (check the path, and that you may read it)", path.display());
    let mut bytes = Vec::new();
    fs::File::open(path).and_then(|file| file.take(limit + 1).read_to_end(&mut bytes)).with_context(unreadable)?;
    if bytes.len() as u64 > limit {
        bail!("{} has more than {limit} bytes: take out what is no inject, or cut it in two", path.display());
    }
    Ok(bytes)
}

/// Copies attachments to a pack, and gives back those that are not there.
fn copy(paths: &BTreeSet<String>, from: &Folder, to: &Path, force: bool) -> anyhow::Result<Vec<String>> {
    let mut lacking = Vec::new();
    for path in paths {
        let target = to.join(path);
        match from.read(path, MAX_ATTACHMENT_BYTES) {
            Ok(bytes) if force || !target.exists() => write_below(&target, &bytes)?,
            Ok(_) => {}
            Err(_) if target.exists() => {}
            Err(_) => lacking.push(path.clone()),
        }
    }
    Ok(lacking)
}

fn write(files: &BTreeMap<String, String>, folder: &Path, force: bool) -> anyhow::Result<()> {
    if let Some(there) = files.keys().map(|path| folder.join(path)).find(|path| path.exists())
        && !force
    {
        bail!("{} is there already and was left as it is: choose another folder, or add --force", there.display());
    }
    files.iter().try_for_each(|(path, text)| write_below(&folder.join(path), text.as_bytes()))
}

fn write_below(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent)
            .with_context(|| format!("the folder {} cannot be made (may you write there?)", parent.display()))?;
    }
    log_file::write_whole(path, bytes)
}
