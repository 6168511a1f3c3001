//! The command line: one file a command. Every message says what is wrong, where, and what to do.

pub mod load;

mod account;
mod archive;
mod audit;
mod backup;
mod candidates;
mod certificates;
mod check;
mod demo;
mod doctor;
mod export;
mod hall;
mod import;
mod indicators;
mod log_file;
mod openapi;
mod people;
mod print;
mod programme;
mod rehearse;
mod report;
mod restore;
mod scenario;
mod schema;
mod score;
mod serve;
mod trend;
mod verify;

use std::{
    io::{self, IsTerminal, Write},
    process::ExitCode,
};

use clap::{Parser, Subcommand};
use tracing::{Level, Metadata};
use tracing_subscriber::{EnvFilter, filter::filter_fn, fmt, layer::SubscriberExt, util::SubscriberInitExt};

use crate::{
    archive::{Refused, log::LogCause},
    config::LogFormat,
    report::across::AcrossError,
    store::jsonl::ExportError,
};

/// Names the variable that says which lines of the log are written.
const LOG_FILTER: &str = "DRILLHALL_LOG";

/// Runs cyber drills for national incident-response teams.
#[derive(Debug, Parser)]
#[command(name = "drillhall", version, about, propagate_version = true)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Demo(demo::Demo),
    Serve(serve::Serve),
    #[command(subcommand)]
    Account(account::Account),
    Backup(backup::Backup),
    Restore(restore::Restore),
    Doctor(doctor::Doctor),
    Check(check::Check),
    Schema(schema::Schema),
    Openapi(openapi::Openapi),
    Rehearse(rehearse::Rehearse),
    Verify(verify::Verify),
    #[command(subcommand)]
    Audit(audit::Audit),
    Score(score::Score),
    Report(report::Report),
    Programme(programme::Programme),
    Trend(trend::Trend),
    Indicators(indicators::Indicators),
    Candidates(candidates::Candidates),
    Certificates(certificates::Certificates),
    Print(print::Print),
    #[command(subcommand)]
    Import(import::Import),
    #[command(subcommand)]
    Export(export::Export),
    Load(load::Load),
}

/// What a command came to. Failures that are no answer but a fault are errors.
enum Outcome {
    Done,
    /// What was looked at is not as it should be; everything about it has been said.
    Refused,
}

/// Parses the arguments, runs the command and says how it went: 0 done, 1 refused or failed,
/// 2 wrong usage.
#[must_use]
pub fn run() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(usage) => {
            // Help and version are no errors; where they cannot be printed nobody can be told.
            let _unheard = usage.print();
            return ExitCode::from(u8::try_from(usage.exit_code()).unwrap_or(2));
        }
    };
    // A server reads first how its lines are to look.
    if !matches!(cli.command, Command::Serve(_)) {
        start_tracing("warn,sqlx=error", LogFormat::Text);
    }
    match cli.command.run() {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Refused) => ExitCode::from(1),
        // Whoever read our output has seen enough (`drillhall report … | head`).
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            let _unheard = warn(&shown(&error));
            ExitCode::from(1)
        }
    }
}

impl Command {
    fn run(self) -> anyhow::Result<Outcome> {
        match self {
            Self::Demo(command) => command.run(),
            Self::Serve(command) => command.run(),
            Self::Account(command) => command.run(),
            Self::Backup(command) => command.run(),
            Self::Restore(command) => command.run(),
            Self::Doctor(command) => command.run(),
            Self::Check(command) => command.run(),
            Self::Schema(command) => command.run(),
            Self::Openapi(command) => command.run(),
            Self::Rehearse(command) => command.run(),
            Self::Verify(command) => command.run(),
            Self::Audit(command) => command.run(),
            Self::Score(command) => command.run(),
            Self::Report(command) => command.run(),
            Self::Programme(command) => command.run(),
            Self::Trend(command) => command.run(),
            Self::Indicators(command) => command.run(),
            Self::Candidates(command) => command.run(),
            Self::Certificates(command) => command.run(),
            Self::Print(command) => command.run(),
            Self::Import(command) => command.run(),
            Self::Export(command) => command.run(),
            Self::Load(command) => command.run(),
        }
    }
}

/// Lines about what happens go to standard error, as many as [`LOG_FILTER`] asks for.
fn start_tracing(usual: &str, format: LogFormat) {
    let filter = EnvFilter::try_from_env(LOG_FILTER).unwrap_or_else(|_unset| EnvFilter::new(usual));
    let lines = fmt::layer().with_writer(io::stderr);
    let subscriber = tracing_subscriber::registry().with(filter).with(filter_fn(is_sayable));
    match format {
        LogFormat::Text => subscriber.with(lines.with_ansi(io::stderr().is_terminal())).init(),
        LogFormat::Json => subscriber.with(lines.json()).init(),
    }
}

/// Libraries print what passes through them where they are asked for more than events: headers, frames, addresses with
/// passwords in them. Only our own lines are known to hold nothing secret.
fn is_sayable(line: &Metadata<'_>) -> bool {
    *line.level() <= Level::INFO || line.target().split("::").next() == Some("drillhall")
}

/// An error with its code, if it has one, with what it came from, and what to do.
fn shown(error: &anyhow::Error) -> String {
    let code = error.chain().find_map(|cause| {
        let archive = cause.downcast_ref::<Refused>().map(Refused::code);
        let log = || cause.downcast_ref::<LogCause>().map(LogCause::code);
        let export = || cause.downcast_ref::<ExportError>().map(ExportError::code);
        archive.or_else(log).or_else(export).or_else(|| cause.downcast_ref::<AcrossError>().map(AcrossError::code))
    });
    let advice = error.chain().find_map(|cause| cause.downcast_ref::<Refused>()).map(Refused::advice);
    let code = code.map_or_else(String::new, |code| format!("[{code}]"));
    let help = advice.map_or_else(String::new, |advice| format!("help: {advice}\n"));
    format!("error{code}: {error:#}\n{help}")
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .filter_map(|cause| cause.downcast_ref::<io::Error>())
        .any(|cause| cause.kind() == io::ErrorKind::BrokenPipe)
}

/// Writes to standard output.
fn say(text: &str) -> io::Result<()> {
    say_bytes(text.as_bytes())
}

/// Writes to standard output what need not be text.
fn say_bytes(bytes: &[u8]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(bytes)?;
    out.flush()
}

/// Writes to standard error. What a hostile file says may be part of it, so no control character
/// gets through to the terminal.
fn warn(text: &str) -> io::Result<()> {
    let shown: String =
        text.chars().map(|c| if c.is_control() && !matches!(c, '\n' | '\t') { '\u{FFFD}' } else { c }).collect();
    io::stderr().lock().write_all(shown.as_bytes())
}
