//! `drillhall verify`: has anybody changed a log?

use std::path::PathBuf;

use clap::Args;

use super::{Outcome, log_file, say};
use crate::engine::event::{Event, Fact};

/// Check that nobody changed an exported log; prints its head to compare with a report
#[derive(Debug, Args)]
pub(super) struct Verify {
    /// The exported log (JSON lines)
    log: PathBuf,
}

impl Verify {
    pub(super) fn run(self) -> anyhow::Result<Outcome> {
        let log = log_file::read(&self.log)?;
        let head = &log.verified.head;
        say(&format!("{} holds together\nrows {}\nhead {}\n", self.log.display(), head.seq, head.hash))?;
        if rehearsed(&log.events) {
            say("REHEARSAL: not the drill itself\n")?;
        }
        if !log.verified.erased.is_empty() {
            say(&format!("texts erased for data protection {}\n", log.verified.erased.len()))?;
        }
        Ok(Outcome::Done)
    }
}

/// Whether a log says of itself that it is a rehearsal.
fn rehearsed(events: &[(i64, Event)]) -> bool {
    events.iter().any(|(_, event)| matches!(event.fact, Fact::ExerciseCreated { rehearsal: true, .. }))
}
