//! The figures of a report as tables for spreadsheets and statistics. Headings are names, the same in every
//! language; times are in seconds, scores of a hundred. No cell becomes a formula.

use super::{
    model::{Report, Scorecard, TimelineLine},
    named::name_of,
    wording, words,
};
use crate::{
    engine::{
        date::Date,
        id::TeamId,
        text::{Language, Text},
        time::Millis,
    },
    markup::{figures, handling},
    scenario::msel::{FileKind, SheetError, Table},
};

/// Names of the tables, in order.
pub const TABLES: [&str; 11] = [
    "teams",
    "injects",
    "objectives",
    "capabilities",
    "timings",
    "pace",
    "course",
    "peers",
    "findings",
    "actions",
    "timeline",
];

/// Most rows that a cell names: a workbook takes no longer cell. JSON has all of them.
const ROWS_NAMED: usize = 1_000;

/// The tables of a report as a file: all of them, or the one with a name of [`TABLES`].
///
/// # Errors
/// If a workbook cannot be made.
pub fn sheets(report: &Report, language: &Language, kind: FileKind, only: Option<&str>) -> Result<Vec<u8>, SheetError> {
    let tables: Vec<Table> =
        all(report, language).into_iter().filter(|table| only.is_none_or(|only| table.name == only)).collect();
    kind.write(&report.marking, &tables)
}

fn all(report: &Report, language: &Language) -> Vec<Table> {
    let mut tables = vec![
        teams(report),
        injects(report, language),
        objectives(report, language),
        capabilities(report),
        timings(report),
        pace(report, language),
        course(report, language),
        peers(report),
        findings(report, language),
        actions(report),
        timeline(report, language),
    ];
    let marks = [&report.marking, handling(report.tlp)].map(str::to_owned).to_vec();
    for table in &mut tables {
        table.above = vec![marks.clone()];
    }
    tables
}

/// One table: its headings, and a row of cells for each of them.
pub(super) fn table(name: &str, headings: &[&str], rows: impl IntoIterator<Item = Vec<String>>) -> Table {
    Table {
        name: name.to_owned(),
        headings: headings.iter().map(|heading| (*heading).to_owned()).collect(),
        rows: rows.into_iter().collect(),
        ..Table::default()
    }
}

fn teams(report: &Report) -> Table {
    let headings = [
        "team",
        "name",
        "score",
        "counted",
        "points",
        "attainable",
        "unmarked",
        "received",
        "asked",
        "answered",
        "log_entries",
    ];
    let row = |team: &Scorecard| {
        let points = [team.points_milli, team.attainable_milli, team.unmarked_milli].map(decimal);
        let counts = [team.received, team.asked, team.answered, team.log_entries].map(|n| n.to_string());
        let own =
            [team.team.to_string(), team.name.clone(), maybe(team.score_milli, decimal), team.counted.to_string()];
        own.into_iter().chain(points).chain(counts).collect()
    };
    table("teams", &headings, report.teams.iter().map(row))
}

fn injects(report: &Report, language: &Language) -> Table {
    let headings = [
        "team",
        "inject",
        "title",
        "released_at",
        "opened_after_s",
        "acknowledged_after_s",
        "answered_after_s",
        "target_s",
        "deadline_s",
        "late",
        "revisions",
        "points",
        "attainable",
        "outcome",
        "release_row",
        "answer_row",
    ];
    let rows = report.teams.iter().flat_map(|team| {
        team.injects.iter().map(|line| {
            let times = [line.opened_after, line.acknowledged_after, line.answered_after, line.target, line.deadline];
            let score = line.score.as_ref();
            let begun = [
                team.team.to_string(),
                line.inject.to_string(),
                words_of(&line.title, language),
                maybe(line.released_at, figures::machine_time),
            ];
            let ended = [
                yes(line.late),
                line.revisions.to_string(),
                maybe(score.and_then(|score| score.points_milli), decimal),
                maybe(score.map(|score| score.attainable_milli), decimal),
                score.map(|score| name_of(&score.outcome)).unwrap_or_default(),
                maybe(line.released_seq, |seq| seq.to_string()),
                maybe(line.answer_seq, |seq| seq.to_string()),
            ];
            begun.into_iter().chain(times.map(|time| maybe(time, seconds))).chain(ended).collect()
        })
    });
    table("injects", &headings, rows.collect::<Vec<_>>())
}

fn objectives(report: &Report, language: &Language) -> Table {
    let headings =
        ["team", "objective", "title", "capability", "critical", "score", "counted", "mapped", "rating", "suggested"];
    let rows = report.teams.iter().flat_map(|team| {
        team.objectives.iter().map(|line| {
            let known = report.objectives.iter().find(|known| known.objective == line.objective);
            vec![
                team.team.to_string(),
                line.objective.to_string(),
                known.map(|known| words_of(&known.title, language)).unwrap_or_default(),
                known.map(|known| name_of(&known.capability)).unwrap_or_default(),
                known.map(|known| yes(known.critical)).unwrap_or_default(),
                maybe(line.score_milli, decimal),
                line.counted.to_string(),
                line.mapped.to_string(),
                maybe(line.rating, |rating| name_of(&rating)),
                maybe(line.suggested, |rating| name_of(&rating)),
            ]
        })
    });
    table("objectives", &headings, rows.collect::<Vec<_>>())
}

fn capabilities(report: &Report) -> Table {
    let row = |of: String, capability: String, score: Option<i64>| vec![capability, of, maybe(score, decimal)];
    let rows = report.capabilities.iter().flat_map(|line| {
        let name = name_of(&line.capability);
        let teams = line.teams.iter().map(|team| row(team.team.to_string(), name.clone(), Some(team.score_milli)));
        let median = row("median".to_owned(), name.clone(), line.median_milli);
        std::iter::once(median).chain(teams.collect::<Vec<_>>())
    });
    table("capabilities", &["capability", "of", "score"], rows.collect::<Vec<_>>())
}

fn timings(report: &Report) -> Table {
    let rows = report.timings.iter().flat_map(|line| {
        let (metric, spread) = (name_of(&line.metric), line.spread);
        let all = vec![
            metric.clone(),
            "all".to_owned(),
            maybe(spread.median, seconds),
            maybe(spread.p90, seconds),
            spread.n.to_string(),
            spread.not_done.to_string(),
        ];
        let of_team = |team: &TeamId, median| {
            vec![metric.clone(), team.to_string(), seconds(median), String::new(), String::new(), String::new()]
        };
        let teams: Vec<_> = line.teams.iter().map(|times| of_team(&times.team, times.median)).collect();
        std::iter::once(all).chain(teams)
    });
    table("timings", &["metric", "of", "median_s", "p90_s", "n", "not_done"], rows.collect::<Vec<_>>())
}

fn pace(report: &Report, language: &Language) -> Table {
    let headings =
        ["inject", "title", "median_s", "target_s", "deadline_s", "asked", "in_target", "late", "unanswered"];
    let rows = report.pace.iter().map(|line| {
        let times = [line.median, line.target, line.deadline].map(|time| maybe(time, seconds));
        let counts = [line.asked, line.in_target, line.late, line.unanswered].map(|n| n.to_string());
        let about = [line.inject.to_string(), words_of(&line.title, language)];
        about.into_iter().chain(times).chain(counts).collect()
    });
    table("pace", &headings, rows)
}

fn course(report: &Report, language: &Language) -> Table {
    let headings = ["inject", "title", "kind", "planned_s", "sent_s", "sent_at", "teams", "row"];
    let rows = report.course.iter().map(|line| {
        vec![
            line.inject.to_string(),
            words_of(&line.title, language),
            name_of(&line.kind),
            maybe(line.planned, seconds),
            maybe(line.sent.map(|sent| sent.plan_time), seconds),
            maybe(line.sent.map(|sent| sent.at), figures::machine_time),
            line.teams.to_string(),
            maybe(line.sent.map(|sent| sent.seq), |seq| seq.to_string()),
        ]
    });
    table("course", &headings, rows)
}

fn peers(report: &Report) -> Table {
    let end = |team: &Option<TeamId>| team.as_ref().map(ToString::to_string).unwrap_or_default();
    let rows = report
        .peers
        .iter()
        .map(|line| vec![end(&line.from), end(&line.to), line.messages.to_string(), named_rows(&line.rows)]);
    table("peers", &["from", "to", "messages", "rows"], rows)
}

fn findings(report: &Report, language: &Language) -> Table {
    let (_, words) = words::of(language);
    let of_all = [("all".to_owned(), &report.edited, &report.findings, false)];
    let of_teams = report.teams.iter().map(|team| (team.team.to_string(), &team.edited, &team.findings, true));
    let mut rows = Vec::new();
    for (of, edited, drafts, of_one) in of_all.into_iter().chain(of_teams) {
        let capability = |capability| maybe(capability, |capability| name_of(&capability));
        rows.extend(edited.iter().map(|finding| {
            let says = [&finding.title, &finding.observation].into_iter().flatten().map(String::as_str);
            let says = says.collect::<Vec<_>>().join(": ");
            let (kind, key) = (name_of(&finding.kind), finding.finding.to_string());
            vec![
                of.clone(),
                "people".to_owned(),
                kind,
                key,
                capability(finding.capability),
                says,
                named_rows(&finding.rows),
            ]
        }));
        rows.extend(drafts.iter().map(|finding| {
            let says = wording::sentence(finding, words, language, of_one);
            let (kind, key) = (name_of(&finding.kind), finding.key.clone());
            vec![
                of.clone(),
                "rule".to_owned(),
                kind,
                key,
                capability(finding.capability),
                says,
                named_rows(&finding.rows),
            ]
        }));
    }
    table("findings", &["of", "by", "kind", "key", "capability", "sentence", "rows"], rows)
}

fn actions(report: &Report) -> Table {
    let headings = [
        "of",
        "action",
        "text",
        "capability",
        "element",
        "owner",
        "contact",
        "start",
        "completion",
        "priority",
        "cost",
        "state",
        "overdue",
        "note",
        "evidence",
    ];
    let of_all = report.improvement.iter().map(|line| ("all".to_owned(), line));
    let of_teams =
        report.teams.iter().flat_map(|team| team.improvement.iter().map(|line| (team.team.to_string(), line)));
    let said = |text: &Option<String>| text.clone().unwrap_or_default();
    let day = |day: &Option<Date>| day.as_ref().map(|day| day.0.clone()).unwrap_or_default();
    let rows = of_all.chain(of_teams).map(|(of, line)| {
        vec![
            of,
            line.action.to_string(),
            said(&line.text),
            maybe(line.capability, |capability| name_of(&capability)),
            name_of(&line.element),
            said(&line.owner),
            said(&line.contact),
            day(&line.start),
            day(&line.completion),
            name_of(&line.priority),
            maybe(line.cost, |cost| name_of(&cost)),
            name_of(&line.state),
            yes(line.overdue),
            said(&line.note),
            said(&line.evidence),
        ]
    });
    table("actions", &headings, rows.collect::<Vec<_>>())
}

/// Numbers of rows, as many as a cell takes.
fn named_rows(rows: &[i64]) -> String {
    let mut named: Vec<String> = rows.iter().take(ROWS_NAMED).map(ToString::to_string).collect();
    if rows.len() > ROWS_NAMED {
        named.push("\u{2026}".to_owned());
    }
    named.join(" ")
}

fn timeline(report: &Report, language: &Language) -> Table {
    let row = |line: &TimelineLine| {
        let teams = line.teams.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
        vec![
            line.seq.to_string(),
            figures::machine_time(line.at),
            seconds(line.plan_time),
            line.kind.clone(),
            teams,
            line.inject.as_ref().map(ToString::to_string).unwrap_or_default(),
            line.title.as_ref().map(|title| words_of(title, language)).unwrap_or_default(),
            line.text.clone().unwrap_or_default(),
        ]
    };
    let headings = ["row", "at", "story_s", "kind", "teams", "inject", "title", "text"];
    table("timeline", &headings, report.timeline.iter().map(row))
}

pub(super) fn maybe<T>(value: Option<T>, cell: impl Fn(T) -> String) -> String {
    value.map(cell).unwrap_or_default()
}

pub(super) fn yes(holds: bool) -> String {
    if holds { "yes" } else { "no" }.to_owned()
}

fn words_of(text: &Text, language: &Language) -> String {
    text.get(language).to_owned()
}

/// Thousandths as a number with a point.
pub(super) fn decimal(milli: i64) -> String {
    let sign = if milli < 0 { "-" } else { "" };
    format!("{sign}{}.{:03}", milli.abs() / 1000, milli.abs() % 1000)
}

pub(super) fn seconds(time: Millis) -> String {
    decimal(time.0)
}
