//! One team over several exercises: a row for its score, each capability, each time that was taken, and its
//! corrective actions. What an exercise does not have stays empty; one that it took no part in says so.

use std::collections::{BTreeMap, BTreeSet};

use super::{AcrossError, Actions, Countries, Country, day_of, in_order, written};
use crate::{
    engine::{
        event::Rating,
        id::{ExerciseId, TeamId},
        plan::{Capability, InjectKind, Tlp},
        score::{CapabilityScore, Metric, RULES, Spread},
        text::Language,
    },
    report::{
        measure,
        model::{InjectLine, ObjectiveLine, Report, Scorecard},
        named::name_of,
        tables::{decimal, maybe, seconds, table, yes},
    },
};

/// Whom a trend is of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Who {
    /// The team of an id; in some exercises of another one.
    Team {
        /// Its id where nothing else is said; without it, it is looked for only where something is.
        everywhere: Option<TeamId>,
        /// Its id in some exercises.
        elsewhere: BTreeMap<ExerciseId, TeamId>,
    },
    /// Teams of a name.
    Named(String),
    /// Teams of a country.
    Of(Country),
}

const HEADINGS: [&str; 23] = [
    "exercise",
    "title",
    "date",
    "rehearsal",
    "scoring_rules",
    "team",
    "name",
    "line",
    "of",
    "score",
    "attainable",
    "counted",
    "rating",
    "suggested",
    "median_s",
    "n",
    "not_done",
    "target_s",
    "in_target",
    "with_target",
    "actions_proposed",
    "actions_agreed",
    "actions_closed",
];

/// The trend of a team, as comma-separated text. Scores are made anew from each log, by the rules named in the table.
///
/// # Errors
/// If an exercise is there twice, or if whom it is of took part in none.
pub fn trend(reports: Vec<Report>, who: &Who, countries: &Countries) -> Result<Vec<u8>, AcrossError> {
    let reports = in_order(reports)?;
    if let Who::Team { elsewhere, .. } = who
        && let Some(unknown) = elsewhere.keys().find(|id| reports.iter().all(|report| report.exercise != **id))
    {
        return Err(AcrossError::NoSuchExercise(unknown.clone()));
    }
    let mut rows = Vec::new();
    let mut is_anywhere = false;
    for report in &reports {
        let teams: Vec<&Scorecard> = report.teams.iter().filter(|team| who.is_meant(report, team, countries)).collect();
        is_anywhere |= !teams.is_empty();
        if teams.is_empty() {
            rows.push(Row::of(report, None).line("absent", ""));
        }
        rows.extend(teams.iter().flat_map(|team| of_team(report, team)));
    }
    if !is_anywhere {
        return Err(AcrossError::Nobody { who: who.told(), known: known(&reports, who) });
    }
    // What is told of one team is at least as strict as its own report.
    let tlp = reports.iter().map(|report| report.tlp).fold(Tlp::Amber, Ord::min);
    let rehearsal = reports.iter().any(|report| report.rehearsal);
    written(table("trend", &HEADINGS, rows.into_iter().map(|row| row.0)), rehearsal, tlp)
}

impl Who {
    fn is_meant(&self, report: &Report, team: &Scorecard, countries: &Countries) -> bool {
        match self {
            Self::Team { everywhere, elsewhere } => {
                elsewhere.get(&report.exercise).or(everywhere.as_ref()) == Some(&team.team)
            }
            Self::Named(name) => team.is_called(name),
            Self::Of(country) => countries.of(&report.exercise, team) == Some(country),
        }
    }

    fn told(&self) -> String {
        match self {
            Self::Team { everywhere, elsewhere } => {
                let there = elsewhere.iter().map(|(exercise, team)| format!("{exercise}={team}"));
                let ids: Vec<String> = everywhere.iter().map(ToString::to_string).chain(there).collect();
                format!("the team {}", ids.join(", "))
            }
            Self::Named(name) => format!("a team called '{name}'"),
            Self::Of(country) => format!("a team of the country {}", country.as_str()),
        }
    }
}

/// Teams to choose from, as they were asked for.
fn known(reports: &[Report], who: &Who) -> Vec<String> {
    let teams = reports.iter().flat_map(|report| &report.teams);
    let shown = |team: &Scorecard| if matches!(who, Who::Named(_)) { team.name.clone() } else { team.team.to_string() };
    teams.map(shown).collect::<BTreeSet<_>>().into_iter().collect()
}

/// Cells in the order of the headings.
struct Row(Vec<String>);

impl Row {
    fn of(report: &Report, team: Option<&Scorecard>) -> Self {
        let language = report.languages.first().cloned().unwrap_or_else(|| Language::from("en"));
        let mut cells = vec![String::new(); HEADINGS.len()];
        let begun = [
            report.exercise.to_string(),
            report.title.get(&language).to_owned(),
            day_of(report).map(|day| day.0).unwrap_or_default(),
            yes(report.rehearsal),
            RULES.to_string(),
            team.map(|team| team.team.to_string()).unwrap_or_default(),
            team.map(|team| team.name.clone()).unwrap_or_default(),
        ];
        for (cell, text) in cells.iter_mut().zip(begun) {
            *cell = text;
        }
        Self(cells)
    }

    fn line(self, line: &str, of: &str) -> Self {
        self.put("line", line.to_owned()).put("of", of.to_owned())
    }

    fn put(mut self, heading: &str, text: String) -> Self {
        if let Some((_, cell)) = HEADINGS.iter().zip(&mut self.0).find(|(known, _)| **known == heading) {
            *cell = text;
        }
        self
    }
}

fn of_team(report: &Report, team: &Scorecard) -> Vec<Row> {
    let capabilities = team.capabilities.iter().map(|line| of_capability(report, team, line));
    let timings = team.timings.iter().map(|(metric, spread)| of_metric(report, team, *metric, *spread));
    std::iter::once(overall(report, team)).chain(capabilities).chain(timings).collect()
}

fn overall(report: &Report, team: &Scorecard) -> Row {
    let actions = Actions::of(&team.improvement);
    Row::of(report, Some(team))
        .line("overall", "")
        .put("score", maybe(team.score_milli, decimal))
        .put("attainable", decimal(team.attainable_milli))
        .put("counted", team.counted.to_string())
        .put("actions_proposed", actions.proposed.to_string())
        .put("actions_agreed", actions.agreed.to_string())
        .put("actions_closed", actions.closed.to_string())
}

fn of_capability(report: &Report, team: &Scorecard, line: &CapabilityScore) -> Row {
    let (rating, suggested) = rating(&report.objectives, team, line.capability);
    let actions = Actions::of(team.improvement.iter().filter(|action| action.capability == Some(line.capability)));
    Row::of(report, Some(team))
        .line("capability", &name_of(&line.capability))
        .put("score", maybe(line.score_milli, decimal))
        .put("attainable", decimal(line.attainable_milli))
        .put("counted", line.counted.to_string())
        .put("rating", maybe(rating, |rating| name_of(&rating)))
        .put("suggested", maybe(suggested, |rating| name_of(&rating)))
        .put("actions_proposed", actions.proposed.to_string())
        .put("actions_agreed", actions.agreed.to_string())
        .put("actions_closed", actions.closed.to_string())
}

/// What evaluators decided of a capability, and what the figures suggest where they did not: the lowest among its
/// objectives, since a chain is as strong as that.
pub(in crate::report) fn rating(
    objectives: &[ObjectiveLine],
    team: &Scorecard,
    capability: Capability,
) -> (Option<Rating>, Option<Rating>) {
    let is_of = |id: &_| objectives.iter().any(|known| known.objective == *id && known.capability == capability);
    let lines = || team.objectives.iter().filter(|line| is_of(&line.objective));
    let decided = lines().filter_map(|line| line.rating).min();
    (decided, lines().filter(|line| line.rating.is_none()).filter_map(|line| line.suggested).min())
}

fn of_metric(report: &Report, team: &Scorecard, metric: Metric, spread: Spread) -> Row {
    let row = Row::of(report, Some(team))
        .line("timing", &name_of(&metric))
        .put("median_s", maybe(spread.median, seconds))
        .put("n", spread.n.to_string())
        .put("not_done", spread.not_done.to_string());
    if metric == Metric::Answer { against_targets(row, team) } else { row }
}

/// Answers against the time that was meant for them; the target is the middle one.
fn against_targets(row: Row, team: &Scorecard) -> Row {
    let is_meant = |line: &&InjectLine| {
        line.kind != InjectKind::Practice && !line.fields.is_empty() && line.score.as_ref().is_none_or(measure::asks)
    };
    let lines = || team.injects.iter().filter(is_meant).filter_map(|line| Some((line.answered_after, line.target?)));
    let in_target = lines().filter(|(taken, target)| taken.is_some_and(|taken| taken <= *target)).count();
    row.put("target_s", maybe(measure::median(lines().map(|(_, target)| target).collect()), seconds))
        .put("in_target", in_target.to_string())
        .put("with_target", lines().count().to_string())
}
