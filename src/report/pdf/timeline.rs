//! What happened, on paper: the acts of control and of the clock, and each team's own record.

use super::sheet::{Block, Cell, Column, Look, Run, Section};
use crate::{
    engine::time::Millis,
    markup::{
        figures,
        phrase::{fill, named},
    },
    report::{
        html::{
            Context,
            timeline::{ELSEWHERE, OF_RECORD, teams},
        },
        model::{Scorecard, TimelineLine},
    },
};

pub(super) fn section(context: &Context<'_>, language: &str) -> Section {
    let words = context.words;
    let told = context.report.timeline.iter().filter(|line| !ELSEWHERE.contains(&line.kind.as_str()));
    let rows = told.map(|line| row(context, language, line, true)).collect();
    let caption = vec![Run::new(Look::Quiet, &words.timeline_caption)];
    Section {
        title: words.timeline.clone(),
        level: 1,
        eyebrow: None,
        new_page: true,
        blocks: vec![
            Block::text(Look::Plain, &words.timeline_note),
            Block::Table { caption, columns: columns(context), rows },
        ],
    }
}

/// Log, thread and answers of one team.
pub(super) fn record(context: &Context<'_>, language: &str, team: &Scorecard) -> Vec<Block> {
    let words = context.words;
    let own = |line: &&TimelineLine| OF_RECORD.contains(&line.kind.as_str()) && line.teams.contains(&team.team);
    let lines = context.report.timeline.iter().filter(own);
    let rows: Vec<_> = lines.map(|line| row(context, language, line, false)).collect();
    if rows.is_empty() {
        return Vec::new();
    }
    let caption = vec![Run::new(Look::Quiet, fill(&words.record_caption, &[("team", &team.name)]))];
    vec![Block::Heading { text: words.record.clone() }, Block::Table { caption, columns: columns(context), rows }]
}

fn columns(context: &Context<'_>) -> Vec<Column> {
    let words = context.words;
    vec![
        Column::words(&words.event, 3),
        Column::figures(&words.time),
        Column::figures(&words.story_time),
        Column::words(&words.details, 7),
        Column::figures(&words.row),
    ]
}

fn row(context: &Context<'_>, language: &str, line: &TimelineLine, with_teams: bool) -> Vec<Cell> {
    let words = context.words;
    let title = line.title.as_ref().map(|title| Run::local(Look::Strong, title, language));
    let text = line.text.as_ref().map(|text| Run::new(Look::Plain, text));
    let concerned = (with_teams && (!line.teams.is_empty() || line.inject.is_some()))
        .then(|| Run::new(Look::Quiet, teams(context, &line.teams)));
    let late = line.late_by.filter(|late| *late >= Millis::seconds(1));
    let late = late.map(|late| Run::new(Look::Tag, fill(&words.late_by, &[("t", &figures::length(late))])));
    vec![
        Cell::of([Run::new(Look::Strong, named(&words.happened, &line.kind))]),
        Cell::plain(figures::time_of_day(line.at)),
        Cell::plain(figures::story_time(line.plan_time)),
        Cell::of(title.into_iter().chain(text).chain(concerned).chain(late)),
        Cell::of([Run::new(Look::Quiet, line.seq.to_string())]),
    ]
}
