//! `drillhall rehearse`: a whole drill with simulated teams, in a moment, and what it shows.

mod text;

use std::{collections::BTreeMap, num::NonZero, path::PathBuf, thread};

use clap::Args;
use serde::Serialize;

use super::{Outcome, log_file, say, scenario::open, warn};
use crate::{
    bot::{
        cast::Cast,
        many::rehearse_many,
        profile::Profile,
        rehearse::{Refusal, rehearse},
    },
    engine::{id::TeamId, time::Millis},
    report::{
        self,
        rehearsal::{
            analyse,
            model::{Analysis, Frequencies, Terms},
        },
    },
    scenario,
    store::{jsonl, record::stream_of},
};

/// Play a whole drill with simulated teams in virtual time and show how it went; the same seed gives the same log
#[derive(Debug, Args)]
pub(super) struct Rehearse {
    /// Path of a scenario, or the name of one that came with the program
    scenario: String,
    /// How many teams play
    #[arg(long, default_value_t = 5, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=500))]
    teams: u16,
    /// What chance is made from
    #[arg(long, default_value_t = 1, value_name = "S")]
    seed: u64,
    /// How the teams play, in turn: fast, slow, silent, wrong, chatty [default: one of each]
    #[arg(long, value_name = "LIST", value_delimiter = ',')]
    profiles: Vec<Profile>,
    /// Rehearse so often, each time with the next seed, and say how often each inject went out
    #[arg(long, default_value_t = 1, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=100_000))]
    runs: u32,
    /// How many evaluators share the marking
    #[arg(long, default_value_t = 2, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=1000))]
    evaluators: u32,
    /// How long an evaluator takes to mark one field
    #[arg(long, default_value_t = 3, value_name = "MINUTES", value_parser = clap::value_parser!(u32).range(1..=240))]
    marking: u32,
    /// After how long with nothing open and nothing new time counts as dead
    #[arg(long, default_value_t = 10, value_name = "MINUTES", value_parser = clap::value_parser!(u32).range(1..=1440))]
    quiet: u32,
    /// Print one JSON document instead of text
    #[arg(long)]
    json: bool,
    /// Where to write the log, which says that it is a rehearsal
    #[arg(long, value_name = "OUT.jsonl")]
    log: Option<PathBuf>,
    /// Where to write the after-action report as JSON
    #[arg(long, value_name = "OUT.json")]
    report: Option<PathBuf>,
}

/// What the command prints.
#[derive(Serialize)]
struct Printed {
    teams: u16,
    seed: u64,
    events: i64,
    head_hash: String,
    profiles: BTreeMap<TeamId, Profile>,
    analysis: Analysis,
    /// Only of more than one run.
    frequencies: Option<Frequencies>,
}

impl Rehearse {
    pub(super) fn run(self) -> anyhow::Result<Outcome> {
        let plan = open(&self.scenario)?.plan;
        let plan_hash = scenario::plan_hash(&plan);
        let cast = Cast::invented(&plan, usize::from(self.teams), &self.profiles);
        let rehearsal = rehearse(&plan, &plan_hash, &cast, self.seed)?;
        let stream = stream_of(&rehearsal.state.exercise);
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
        let analysis = analyse(&rehearsal.events, self.terms())?;
        let many = |threads| rehearse_many(&plan, &plan_hash, &cast, self.seed, self.runs, threads);
        let threads = thread::available_parallelism().map_or(1, NonZero::get);
        let tally = (self.runs > 1).then(|| many(threads)).transpose()?;
        let frequencies = tally.map(|tally| tally.frequencies(&plan));
        say(&self.printed(&Printed {
            teams: self.teams,
            seed: self.seed,
            events: head.seq,
            head_hash: head.hash,
            profiles: cast.profiles(),
            analysis,
            frequencies,
        })?)?;
        for refusal in &rehearsal.refusals {
            warn(&said(refusal))?;
        }
        Ok(if rehearsal.refusals.is_empty() { Outcome::Done } else { Outcome::Refused })
    }

    fn terms(&self) -> Terms {
        Terms {
            quiet_after: Millis::minutes(i64::from(self.quiet)),
            minutes_a_field: self.marking,
            evaluators: self.evaluators,
        }
    }

    fn printed(&self, printed: &Printed) -> anyhow::Result<String> {
        if self.json {
            return Ok(format!("{}\n", serde_json::to_string_pretty(printed)?));
        }
        let Printed { seed, events, head_hash, analysis, .. } = printed;
        Ok(format!(
            "{}{}\nrehearsed {} with {} teams, seed {seed}: {events} events\nhead {events} {head_hash}\n",
            text::analysis(analysis, &printed.profiles),
            printed.frequencies.as_ref().map(text::frequencies).unwrap_or_default(),
            analysis.scenario,
            printed.teams,
        ))
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
