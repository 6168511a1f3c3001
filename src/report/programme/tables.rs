//! The report of a drill day as tables for spreadsheets. Headings are names, the same in every language.

use super::model::{ProgrammeReport, TeamCapability, TeamLine};
use crate::{
    engine::text::Language,
    markup::{figures, handling},
    report::{
        named::name_of,
        tables::{decimal, maybe, table, yes},
    },
    scenario::msel::{FileKind, SheetError, Table},
};

/// Names of the tables, in order.
pub const TABLES: [&str; 6] = ["exercises", "teams", "capabilities", "medians", "findings", "actions"];

/// The tables of a report as comma-separated text: all of them, or the one with a name of [`TABLES`].
///
/// # Errors
/// If they cannot be written.
pub fn sheets(report: &ProgrammeReport, language: &Language, only: Option<&str>) -> Result<Vec<u8>, SheetError> {
    let all = [
        exercises(report, language),
        teams(report),
        capabilities(report),
        medians(report),
        findings(report),
        actions(report),
    ];
    let mut tables: Vec<Table> = all.into_iter().filter(|table| only.is_none_or(|only| table.name == only)).collect();
    for table in &mut tables {
        table.above = vec![vec![report.marking.clone(), handling(report.tlp).to_owned()]];
    }
    FileKind::Csv.write(&report.marking, &tables)
}

fn exercises(report: &ProgrammeReport, language: &Language) -> Table {
    let headings = ["exercise", "title", "stage", "rehearsal", "started_at", "ended_at", "teams", "withheld"];
    let rows = report.exercises.iter().map(|one| {
        vec![
            one.exercise.to_string(),
            one.title.get(language).to_owned(),
            name_of(&one.stage),
            yes(one.rehearsal),
            maybe(one.started_at, figures::machine_time),
            maybe(one.ended_at, figures::machine_time),
            maybe(one.teams, |teams| teams.to_string()),
            yes(one.withheld),
        ]
    });
    table("exercises", &headings, rows)
}

fn teams(report: &ProgrammeReport) -> Table {
    let headings = ["team", "name", "organisation", "country", "exercise", "score", "attainable", "counted"];
    let rows = report.teams.iter().flat_map(|team| {
        let of_day =
            [own(team), vec!["day".to_owned(), maybe(team.score_milli, decimal), String::new(), String::new()]];
        let of_exercise = team.exercises.iter().map(|one| {
            let figures = [maybe(one.score_milli, decimal), decimal(one.attainable_milli), one.counted.to_string()];
            own(team).into_iter().chain([one.exercise.to_string()]).chain(figures).collect()
        });
        std::iter::once(of_day.concat()).chain(of_exercise).collect::<Vec<_>>()
    });
    table("teams", &headings, rows)
}

fn own(team: &TeamLine) -> Vec<String> {
    let (organisation, country) = (team.organisation.clone(), team.country.clone());
    let or_nothing = Option::unwrap_or_default;
    vec![team.team.to_string(), team.name.clone(), or_nothing(organisation), or_nothing(country)]
}

fn capabilities(report: &ProgrammeReport) -> Table {
    let headings = ["team", "exercise", "capability", "score", "attainable", "counted", "rating", "suggested"];
    let row = |team: &TeamLine, exercise: &str, line: &TeamCapability| {
        vec![
            team.team.to_string(),
            exercise.to_owned(),
            name_of(&line.capability),
            maybe(line.score_milli, decimal),
            decimal(line.attainable_milli),
            line.counted.to_string(),
            maybe(line.rating, |rating| name_of(&rating)),
            maybe(line.suggested, |rating| name_of(&rating)),
        ]
    };
    let rows = report.teams.iter().flat_map(|team| {
        let of_day = team.capabilities.iter().map(|line| row(team, "day", line));
        let of_exercises = team
            .exercises
            .iter()
            .flat_map(|one| one.capabilities.iter().map(|line| row(team, one.exercise.as_str(), line)));
        of_day.chain(of_exercises).collect::<Vec<_>>()
    });
    table("capabilities", &headings, rows)
}

fn medians(report: &ProgrammeReport) -> Table {
    let headings = ["capability", "exercise", "median", "teams", "ratings"];
    let rows = report.capabilities.iter().flat_map(|line| {
        let name = name_of(&line.capability);
        let of_day = vec![
            name.clone(),
            "day".to_owned(),
            maybe(line.median_milli, decimal),
            line.teams.to_string(),
            String::new(),
        ];
        let of_exercises = line.exercises.iter().map(|one| {
            let ratings: Vec<String> =
                one.ratings.iter().map(|(rating, n)| format!("{}: {n}", name_of(rating))).collect();
            let median = maybe(one.median_milli, decimal);
            vec![name.clone(), one.exercise.to_string(), median, one.teams.to_string(), ratings.join("; ")]
        });
        std::iter::once(of_day).chain(of_exercises).collect::<Vec<_>>()
    });
    table("medians", &headings, rows)
}

fn findings(report: &ProgrammeReport) -> Table {
    let headings = ["exercise", "team", "kind", "title", "observation", "capability"];
    let rows = report.findings.iter().map(|one| {
        vec![
            one.exercise.to_string(),
            maybe(one.team.as_ref(), ToString::to_string),
            name_of(&one.kind),
            one.title.clone().unwrap_or_default(),
            one.observation.clone().unwrap_or_default(),
            maybe(one.capability, |capability| name_of(&capability)),
        ]
    });
    table("findings", &headings, rows)
}

fn actions(report: &ProgrammeReport) -> Table {
    let headings = ["exercise", "team", "action", "capability", "owner", "completion", "priority", "state", "overdue"];
    let rows = report.actions.iter().map(|one| {
        vec![
            one.exercise.to_string(),
            maybe(one.team.as_ref(), ToString::to_string),
            one.text.clone().unwrap_or_default(),
            maybe(one.capability, |capability| name_of(&capability)),
            one.owner.clone().unwrap_or_default(),
            maybe(one.completion.as_ref(), |day| day.0.clone()),
            name_of(&one.priority),
            name_of(&one.state),
            yes(one.overdue),
        ]
    });
    table("actions", &headings, rows)
}
