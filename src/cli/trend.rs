//! `drillhall trend`: one team over several exercises.

use std::{collections::BTreeMap, fs, path::PathBuf};

use anyhow::Context;
use clap::{ArgGroup, Args};

use super::{Outcome, log_file, say_bytes};
use crate::{
    engine::id::{ExerciseId, TeamId},
    report::{
        across::{Countries, Country, Played, Who, trend},
        model::Report,
    },
};

/// Write how one team did over several exercises, from their exported logs or archives, as CSV
///
/// A row for the score, each capability and each time that was taken, exercise by exercise in the order of their
/// time. An exercise that the team took no part in is listed as absent.
#[derive(Debug, Args)]
#[command(group(ArgGroup::new("who").required(true).args(["team", "name", "country"])))]
pub(super) struct Trend {
    /// The exported logs (JSON lines) or archives (ZIP), in any order
    #[arg(required = true)]
    logs: Vec<PathBuf>,
    /// The team by its id; where an exercise gave it another one, once more as EXERCISE=ID
    #[arg(long, value_name = "[EXERCISE=]ID")]
    team: Vec<String>,
    /// The team by its name, in small or capital letters
    #[arg(long)]
    name: Option<String>,
    /// Teams of a country by its code of two letters; `--countries` says which those are
    #[arg(long, value_name = "XX", value_parser = country, requires = "countries")]
    country: Option<Country>,
    /// A CSV file with the columns team (id or name), country and, if need be, exercise
    #[arg(long, value_name = "FILE")]
    countries: Option<PathBuf>,
    /// Where to write it; standard output without it
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

impl Trend {
    pub(super) fn run(self) -> anyhow::Result<Outcome> {
        let countries = countries(self.countries.as_ref())?;
        let reports: Vec<Report> = played(&self.logs)?.into_iter().map(|played| played.report).collect();
        let who = self.who();
        write(self.output.as_ref(), &trend(reports, &who, &countries)?)
    }

    fn who(&self) -> Who {
        match (&self.name, &self.country) {
            (Some(name), _) => Who::Named(name.clone()),
            (None, Some(country)) => Who::Of(country.clone()),
            (None, None) => {
                let (elsewhere, everywhere): (Vec<_>, Vec<_>) = self.team.iter().partition(|id| id.contains('='));
                let named = |id: &String| {
                    let (exercise, team) = id.split_once('=')?;
                    Some((ExerciseId::from(exercise), TeamId::from(team)))
                };
                let elsewhere: BTreeMap<_, _> = elsewhere.into_iter().filter_map(named).collect();
                Who::Team { everywhere: everywhere.last().map(|id| TeamId::from(id.as_str())), elsewhere }
            }
        }
    }
}

fn country(code: &str) -> Result<Country, String> {
    Country::of(code).ok_or_else(|| "give the code of two letters (ISO 3166-1 alpha-2)".to_owned())
}

/// Reads a list of countries, if there is one.
pub(super) fn countries(path: Option<&PathBuf>) -> anyhow::Result<Countries> {
    let Some(path) = path else { return Ok(Countries::default()) };
    let bytes = fs::read(path).with_context(|| format!("{} cannot be read (check the path)", path.display()))?;
    Countries::read(&bytes).with_context(|| format!("{} says nothing of countries", path.display()))
}

/// Exercises from their logs. Each has to hold: figures of a log that somebody changed are no figures.
pub(super) fn played(logs: &[PathBuf]) -> anyhow::Result<Vec<Played>> {
    let of = |path: &PathBuf| {
        let log = log_file::read(path)?;
        Played::of(&log.events).with_context(|| format!("no report can be made of {}", path.display()))
    };
    logs.iter().map(of).collect()
}

/// Writes a table to a file or to standard output.
pub(super) fn write(output: Option<&PathBuf>, bytes: &[u8]) -> anyhow::Result<Outcome> {
    match output {
        Some(path) => log_file::write_whole(path, bytes)?,
        None => say_bytes(bytes)?,
    }
    Ok(Outcome::Done)
}
