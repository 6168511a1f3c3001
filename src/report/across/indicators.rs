//! Figures of an event for the public: how many took part and of which groups of countries, how many people were
//! trained, which capabilities were rated, how long things took, what became of corrective actions. No name, id
//! or code of a country is in them, and nothing that fewer than five teams stand behind.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    AcrossError, Actions, Countries, Country, LEAST_TEAMS, Played, day_of,
    groups::{AS_OF, GROUPS},
    once,
    trend::rating,
    written,
};
use crate::{
    engine::{
        event::Rating,
        plan::{Capability, Tlp},
        score::Metric,
        time::Millis,
    },
    report::{
        measure::{count, median},
        model::{Report, Scorecard},
        named::name_of,
        tables::{maybe, seconds, table},
    },
};

const HEADINGS: [&str; 5] = ["indicator", "of", "level", "value", "teams"];
const LEVELS: [Rating; 4] = [Rating::Performed, Rating::Some, Rating::Major, Rating::Unable];

/// The indicators of an event, as comma-separated text.
///
/// # Errors
/// If an exercise is there twice, or if a rehearsal is among exercises.
pub fn indicators(played: &[Played], countries: &Countries) -> Result<Vec<u8>, AcrossError> {
    once(played.iter().map(|played| &played.report))?;
    let rehearsals: Vec<&Played> = played.iter().filter(|played| played.report.rehearsal).collect();
    if let Some(rehearsal) = rehearsals.first().filter(|_| rehearsals.len() < played.len()) {
        return Err(AcrossError::Rehearsal(rehearsal.report.exercise.clone()));
    }
    let event = Event::of(played, countries);
    let mut rows = about(played, &event);
    if count(event.teams.len()) < LEAST_TEAMS {
        rows.push(row("suppressed_below_teams", "", "", LEAST_TEAMS.to_string(), None));
    } else {
        rows.extend(taking_part(played, &event));
        rows.extend(ratings(&event));
        rows.extend(times(&event));
        rows.extend(actions(played));
    }
    written(table("indicators", &HEADINGS, rows), !rehearsals.is_empty(), Tlp::Clear)
}

/// A team is the same in two exercises by its country, where that sends one, else by its name: who plays twice is
/// one team.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Same<'a> {
    Country(&'a Country),
    Name(String),
}

struct Event<'a> {
    teams: BTreeMap<Same<'a>, Vec<(&'a Report, &'a Scorecard)>>,
    countries: BTreeSet<&'a Country>,
    /// Teams of no known country.
    unknown: usize,
}

impl<'a> Event<'a> {
    fn of(played: &'a [Played], list: &'a Countries) -> Self {
        let reports = || played.iter().map(|played| &played.report);
        let mut countries = BTreeSet::new();
        let mut several = BTreeSet::new();
        for report in reports() {
            let mut here = BTreeSet::new();
            let known = report.teams.iter().filter_map(|team| list.of(&report.exercise, team));
            several.extend(known.filter(|country| !here.insert(*country)));
            countries.extend(here);
        }
        let mut teams: BTreeMap<Same<'a>, Vec<(&Report, &Scorecard)>> = BTreeMap::new();
        let mut unknown = BTreeSet::new();
        for (report, team) in reports().flat_map(|report| report.teams.iter().map(move |team| (report, team))) {
            let name = team.name.trim().to_lowercase();
            let country = list.of(&report.exercise, team);
            if country.is_none() {
                unknown.insert(name.clone());
            }
            let alone = country.filter(|country| !several.contains(country));
            teams.entry(alone.map_or(Same::Name(name), Same::Country)).or_default().push((report, team));
        }
        Self { teams, countries, unknown: unknown.len() }
    }
}

/// `teams` is how many teams stand behind a result; the value of too few is left out.
fn row(indicator: &str, of: &str, level: &str, value: String, teams: Option<usize>) -> Vec<String> {
    let enough = teams.is_none_or(|teams| count(teams) >= LEAST_TEAMS);
    let value = if enough { value } else { String::new() };
    vec![indicator.to_owned(), of.to_owned(), level.to_owned(), value, maybe(teams, |teams| teams.to_string())]
}

fn about(played: &[Played], event: &Event<'_>) -> Vec<Vec<String>> {
    let days = || played.iter().filter_map(|played| day_of(&played.report));
    let day = |day: Option<crate::engine::date::Date>| day.map(|day| day.0).unwrap_or_default();
    vec![
        row("exercises", "", "", played.len().to_string(), None),
        row("first_day", "", "", day(days().min()), None),
        row("last_day", "", "", day(days().max()), None),
        row("teams", "", "", event.teams.len().to_string(), None),
    ]
}

fn taking_part(played: &[Played], event: &Event<'_>) -> Vec<Vec<String>> {
    let trained: u32 = played.iter().map(|played| played.trained).sum();
    let mut rows = vec![
        row("people_trained", "", "", trained.to_string(), None),
        row("teams_of_no_known_country", "", "", event.unknown.to_string(), None),
    ];
    // Without a list nothing is known of them, which is not the same as none.
    if !event.countries.is_empty() {
        rows.push(row("countries", "", "", event.countries.len().to_string(), None));
        rows.extend(GROUPS.map(|group| {
            let members = event.countries.iter().filter(|country| group.has(country)).count();
            row("countries_of_group", group.name, AS_OF, members.to_string(), None)
        }));
    }
    rows
}

/// How many teams were given which rating in each capability; of one that was rated twice, the later counts.
fn ratings(event: &Event<'_>) -> Vec<Vec<String>> {
    let mut spread: BTreeMap<Capability, Vec<Rating>> = BTreeMap::new();
    for exercises in event.teams.values() {
        let mut of_team = BTreeMap::new();
        let mut exercises = exercises.clone();
        exercises.sort_by_key(|(report, _)| report.started_at);
        for (report, team) in exercises {
            for line in &team.capabilities {
                let rated = of_team.entry(line.capability).or_insert(None);
                *rated = rating(&report.objectives, team, line.capability).0.or(*rated);
            }
        }
        for (capability, rated) in of_team {
            spread.entry(capability).or_default().extend(rated);
        }
    }
    let of_level = |(capability, rated): (Capability, Vec<Rating>)| {
        LEVELS.map(|level| {
            let n = rated.iter().filter(|rating| **rating == level).count();
            row("teams_rated", &name_of(&capability), &name_of(&level), n.to_string(), Some(rated.len()))
        })
    };
    spread.into_iter().flat_map(of_level).collect()
}

/// The middle of what teams took in the middle, in seconds.
fn times(event: &Event<'_>) -> Vec<Vec<String>> {
    let mut medians: BTreeMap<Metric, Vec<Millis>> = BTreeMap::new();
    for exercises in event.teams.values() {
        let mut of_team: BTreeMap<Metric, Vec<Millis>> = BTreeMap::new();
        for (metric, spread) in exercises.iter().flat_map(|(_, team)| &team.timings) {
            of_team.entry(*metric).or_default().extend(spread.median);
        }
        for (metric, times) in of_team {
            medians.entry(metric).or_default().extend(median(times));
        }
    }
    let of_metric = |(metric, times): (Metric, Vec<Millis>)| {
        let teams = times.len();
        row("median_s", &name_of(&metric), "", maybe(median(times), seconds), Some(teams))
    };
    medians.into_iter().map(of_metric).collect()
}

/// Those of the event and those of all teams.
fn actions(played: &[Played]) -> Vec<Vec<String>> {
    let reports = || played.iter().map(|played| &played.report);
    let of_teams = reports().flat_map(|report| &report.teams).flat_map(|team| &team.improvement);
    let sum = Actions::of(reports().flat_map(|report| &report.improvement).chain(of_teams));
    let value = |indicator, n: u32| row(indicator, "", "", n.to_string(), None);
    vec![
        value("actions_proposed", sum.proposed),
        value("actions_agreed", sum.agreed),
        value("actions_closed", sum.closed),
    ]
}
