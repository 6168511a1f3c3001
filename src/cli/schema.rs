//! `drillhall schema`: the scenario format for editors.

use clap::Args;

use super::{Outcome, say};
use crate::scenario;

/// Print the JSON Schema of scenario files, for editors
#[derive(Debug, Args)]
pub(super) struct Schema {}

impl Schema {
    #[expect(clippy::unused_self, reason = "every command runs the same way")]
    pub(super) fn run(self) -> anyhow::Result<Outcome> {
        say(&format!("{}\n", serde_json::to_string_pretty(&scenario::schema())?))?;
        Ok(Outcome::Done)
    }
}
