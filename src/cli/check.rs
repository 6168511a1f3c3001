//! `drillhall check`: is a scenario right, and what does it ask of people?

use std::fmt::Write;

use clap::Args;

use super::{Outcome, say, scenario::open, warn};
use crate::scenario::{diagnostic::Diagnostic, summary};

/// Check scenarios: what is wrong goes to standard error, a summary of what is right to standard output
#[derive(Debug, Args)]
pub(super) struct Check {
    /// Folders with a scenario.yaml, single YAML files, or names of scenarios that came with the program
    #[arg(required = true, value_name = "PATH")]
    scenarios: Vec<String>,
    /// Refuse scenarios with warnings, too
    #[arg(long)]
    strict: bool,
}

impl Check {
    pub(super) fn run(self) -> anyhow::Result<Outcome> {
        let mut outcome = Outcome::Done;
        for scenario in &self.scenarios {
            match open(scenario) {
                Ok(pack) => {
                    warn(&listed(&pack.warnings))?;
                    warn(&listed(&pack.hints))?;
                    say(&summary(&pack))?;
                    if self.strict && !pack.warnings.is_empty() {
                        outcome = Outcome::Refused;
                    }
                }
                Err(error) => {
                    warn(&format!("error: {error}\n"))?;
                    outcome = Outcome::Refused;
                }
            }
        }
        Ok(outcome)
    }
}

fn listed(diagnostics: &[Diagnostic]) -> String {
    diagnostics.iter().fold(String::new(), |mut text, diagnostic| {
        let _infallible = writeln!(text, "{diagnostic}\n");
        text
    })
}
