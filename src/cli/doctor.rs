//! `drillhall doctor`: the night before, whether this machine and these settings are ready.

use std::{
    fmt::Write as _,
    io::{self, IsTerminal},
    path::Path,
};

use clap::Args;
use serde::Serialize;
use tokio::runtime::Runtime;

use super::{Outcome, load::Load, say};
use crate::{
    clock::Clock,
    config::{Config, ConfigArgs},
    doctor::{Finding, Verdict, check, probe},
    tls::{instant, lan},
};

/// People for whom limits are judged where nobody says how many are planned.
const PLAYERS: u32 = 100;

/// Say, the night before, what would spoil tomorrow's drill, and what to do about it
#[derive(Debug, Args)]
pub(super) struct Doctor {
    /// How many people are planned; also measures this machine with so many
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=28_000))]
    players: Option<u32>,
    /// Print the findings as JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    args: ConfigArgs,
}

#[derive(Serialize)]
struct Report<'a> {
    version: &'static str,
    at: String,
    host: Option<String>,
    ready: bool,
    findings: &'a [Finding],
}

impl Doctor {
    pub(super) fn run(self) -> anyhow::Result<Outcome> {
        let config = Config::load(self.args, Path::new("."))?;
        let clock = Clock::system();
        let players = self.players.unwrap_or(PLAYERS);
        let mut findings = Runtime::new()?.block_on(probe::examine(&config, players, &clock));
        findings.push(match self.players {
            Some(players) => load(players),
            None => Finding::not_checked(
                "load",
                "this machine was not measured",
                "run with --players and the number that is planned",
            ),
        });
        let ready = findings.iter().all(|finding| finding.verdict != Verdict::Red);
        let report = Report {
            version: env!("CARGO_PKG_VERSION"),
            at: instant(clock.now()),
            host: lan::host_name(),
            ready,
            findings: &findings,
        };
        say(&if self.json {
            serde_json::to_string_pretty(&report)? + "\n"
        } else {
            table(&report, io::stdout().is_terminal())
        })?;
        Ok(if ready { Outcome::Done } else { Outcome::Refused })
    }
}

fn load(players: u32) -> Finding {
    match Load::short(players).figures() {
        Ok(figures) => check::load(check::Load {
            players,
            lost: figures.lost,
            doubled: figures.doubled,
            delivery_p99_ms: figures.delivery_ms.p99,
            ack_p99_ms: figures.ack_ms.p99,
        }),
        Err(error) => {
            Finding::red("load", format!("the measurement failed: {error:#}"), "mend what it says, and run this again")
        }
    }
}

/// The findings for a terminal or a sheet of paper: the verdict is always a word, too.
fn table(report: &Report<'_>, coloured: bool) -> String {
    let mut text = format!(
        "Drillhall {} on {}, {}\n\n",
        report.version,
        report.host.as_deref().unwrap_or("this machine"),
        report.at
    );
    for Finding { what, verdict, seen, fix } in report.findings {
        let (word, colour) = match verdict {
            Verdict::Green => ("GREEN", 32),
            Verdict::Red => ("RED", 31),
            Verdict::NotChecked => ("NOT CHECKED", 33),
        };
        let word = if coloured { format!("\u{1b}[{colour}m{word:<12}\u{1b}[0m") } else { format!("{word:<12}") };
        // Writing to a string cannot fail.
        writeln!(text, "{word} {what:<18} {seen}").ok();
        if let Some(fix) = fix {
            writeln!(text, "{:<12} {:<18} -> {fix}", "", "").ok();
        }
    }
    let red = report.findings.iter().filter(|finding| finding.verdict == Verdict::Red).count();
    let end = match red {
        0 => "Ready.\n".to_owned(),
        1 => "NOT ready: 1 thing is red.\n".to_owned(),
        more => format!("NOT ready: {more} things are red.\n"),
    };
    text.push('\n');
    text.push_str(&end);
    text
}
