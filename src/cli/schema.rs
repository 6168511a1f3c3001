//! `drillhall schema`: what files of the format and reports look like, for editors and programs.

use clap::{Args, ValueEnum};

use super::{Outcome, say};
use crate::{report, scenario};

/// Print the JSON Schema of scenario files, for editors, or of reports, for programs
#[derive(Debug, Args)]
pub(super) struct Schema {
    /// Of what
    #[arg(value_enum, default_value_t = Of::Scenario)]
    of: Of,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Of {
    /// Scenario files
    Scenario,
    /// What `drillhall report --format json` writes
    Report,
}

impl Schema {
    pub(super) fn run(self) -> anyhow::Result<Outcome> {
        let schema = match self.of {
            Of::Scenario => serde_json::to_string_pretty(&scenario::schema())?,
            Of::Report => serde_json::to_string_pretty(&report::schema()?)?,
        };
        say(&format!("{schema}\n"))?;
        Ok(Outcome::Done)
    }
}
