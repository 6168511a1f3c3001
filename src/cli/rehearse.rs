//! `drillhall rehearse`: a whole drill with simulated teams, in a moment.

use std::path::PathBuf;

use clap::Args;

use super::{Outcome, log_file, say, scenario::open, warn};
use crate::{
    bot::rehearse::{Refusal, rehearse},
    engine::{event::Fact, time::Millis},
    report, scenario,
    store::{jsonl, record::stream_of},
};

/// Play a whole drill with simulated teams in virtual time; the same seed gives the same log
#[derive(Debug, Args)]
pub(super) struct Rehearse {
    /// Path of a scenario, or the name of one that came with the program
    scenario: String,
    /// How many teams play
    #[arg(long, default_value_t = 4, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=500))]
    teams: u16,
    /// What chance is made from
    #[arg(long, default_value_t = 1, value_name = "S")]
    seed: u64,
    /// Where to write the log
    #[arg(long, value_name = "OUT.jsonl")]
    log: Option<PathBuf>,
    /// Where to write the after-action report as JSON
    #[arg(long, value_name = "OUT.json")]
    report: Option<PathBuf>,
}

impl Rehearse {
    pub(super) fn run(self) -> anyhow::Result<Outcome> {
        let pack = open(&self.scenario)?;
        let rehearsal = rehearse(&pack.plan, &scenario::plan_hash(&pack.plan), usize::from(self.teams), self.seed)?;
        let stream = match rehearsal.events.first().map(|event| &event.fact) {
            Some(Fact::ExerciseCreated { exercise, .. }) => stream_of(exercise),
            _ => anyhow::bail!("the rehearsal has no beginning; please report this fault"),
        };
        let (rows, head) = log_file::sealed(&stream, &rehearsal.events);
        if let Some(path) = &self.log {
            let mut bytes = Vec::new();
            jsonl::write(&mut bytes, &stream, &head, &rows)?;
            log_file::write_whole(path, &bytes)?;
        }
        if let Some(path) = &self.report {
            let events: Vec<_> = (1..).zip(rehearsal.events.iter().cloned()).collect();
            let report = report::build(&events, Some(head.hash.clone()))?;
            log_file::write_whole(path, &super::report::json(&report)?)?;
        }
        say(&format!(
            "rehearsed {} with {} teams, seed {}: {} events\nhead {} {}\n",
            pack.plan.name, self.teams, self.seed, head.seq, head.seq, head.hash
        ))?;
        for refusal in &rehearsal.refusals {
            warn(&said(refusal))?;
        }
        Ok(if rehearsal.refusals.is_empty() { Outcome::Done } else { Outcome::Refused })
    }
}

/// Every act that is refused points at the plan: a sample answer that does not fit its form.
fn said(refusal: &Refusal) -> String {
    let Millis(time) = refusal.plan_time;
    let inject = refusal.inject.as_ref().map_or_else(String::new, |inject| format!(" about inject '{inject}'"));
    format!(
        "error: at minute {} of the plan an act{inject} was refused: {}. \
         Check the sample answers and the form of that inject\n",
        time.div_euclid(60_000),
        refusal.why
    )
}
