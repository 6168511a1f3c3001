//! `drillhall programme`: the report of a drill day.

use std::{collections::BTreeSet, path::PathBuf};

use clap::{Args, ValueEnum, builder::PossibleValuesParser};

use super::{
    Outcome,
    report::known_language,
    trend::{played, write},
};
use crate::{
    engine::{id::TeamId, state::Stage, text::Language},
    report::{
        across::AcrossError,
        html,
        model::{Report, Version},
        programme::{
            Day, Member, Part, build,
            tables::{TABLES, sheets},
        },
    },
};

/// Put several exercises of one day side by side, from their exported logs or archives
///
/// Teams are the same in two exercises by their ids. Scores over the day are put together by the points that could be
/// had in each exercise.
#[derive(Debug, Args)]
pub(super) struct Programme {
    /// The exported logs (JSON lines) or archives (ZIP), in the order of the day
    #[arg(required = true)]
    logs: Vec<PathBuf>,
    /// Title of the day
    #[arg(long)]
    title: String,
    /// For whom: those who ran the exercises; one team; peers, under numbers; everybody, in figures of all teams together
    #[arg(long = "for", value_name = "WHOM", default_value = "staff",
        value_parser = PossibleValuesParser::new(["staff", "team", "community", "public"]))]
    readers: String,
    /// Which team the version for a team is about
    #[arg(long, value_name = "ID", required_if_eq("readers", "team"))]
    team: Option<TeamId>,
    /// What to write
    #[arg(long, value_enum, default_value_t = Format::Html)]
    format: Format,
    /// Which table to write as CSV; all without it
    #[arg(long, value_parser = PossibleValuesParser::new(TABLES))]
    table: Option<String>,
    /// Where to write it; standard output without it
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Language of what people read
    #[arg(long, default_value = "en", value_name = "xx", value_parser = known_language)]
    language: Language,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// One file to read and to print
    Html,
    /// For programs
    Json,
    /// The figures, for spreadsheets
    Csv,
}

impl Programme {
    pub(super) fn run(self) -> anyhow::Result<Outcome> {
        let reports: Vec<Report> = played(&self.logs)?.into_iter().map(|played| played.report).collect();
        let mut known = BTreeSet::new();
        for report in &reports {
            if !known.insert(&report.exercise) {
                return Err(AcrossError::Twice(report.exercise.clone()).into());
            }
        }
        let version = Version::named(&self.readers, self.team)?;
        let report = build(day(self.title, reports, &version), &version)?;
        let bytes = match self.format {
            Format::Html => html::programme::render(&report, &self.language).into_bytes(),
            Format::Json => serde_json::to_vec_pretty(&report)?,
            Format::Csv => sheets(&report, &self.language, self.table.as_deref())?,
        };
        write(self.output.as_ref(), &bytes)
    }
}

fn day(title: String, reports: Vec<Report>, version: &Version) -> Day {
    let mut teams: Vec<Member> = Vec::new();
    for team in reports.iter().flat_map(|report| &report.teams) {
        if teams.iter().all(|known| known.team != team.team) {
            let (team, name) = (team.team.clone(), team.name.clone());
            teams.push(Member { team, name, organisation: None, country: None });
        }
    }
    let part = |report: Report| Part {
        exercise: report.exercise.clone(),
        title: report.title.clone(),
        stage: match (report.started_at, report.ended_at) {
            (_, Some(_)) => Stage::Ended,
            (Some(_), None) => Stage::Running,
            (None, None) => Stage::Ready,
        },
        rehearsal: report.rehearsal,
        draft: report.clone().for_readers(version).is_ok_and(|made| made.draft),
        report: Some(report),
    };
    Day { programme: String::new(), title, parts: reports.into_iter().map(part).collect(), teams }
}
