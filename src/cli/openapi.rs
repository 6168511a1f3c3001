//! `drillhall openapi`: the description of the API.

use clap::Args;

use super::{Outcome, say};

/// Print the description of the API (OpenAPI), from which the client's types are made
#[derive(Debug, Args)]
pub(super) struct Openapi {}

impl Openapi {
    #[expect(clippy::unused_self, reason = "every command runs alike")]
    pub(super) fn run(self) -> anyhow::Result<Outcome> {
        say(&format!("{}\n", crate::app::document().to_pretty_json()?))?;
        Ok(Outcome::Done)
    }
}
