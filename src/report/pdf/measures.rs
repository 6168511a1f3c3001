//! Figures of all teams: capabilities and times. Medians and spreads; nobody is ranked.

use super::{
    picture::{Marks, Picture, place},
    sheet::{Block, Cell, Column, Look, Run, Section},
};
use crate::{
    engine::time::Millis,
    markup::{figures, phrase::named},
    report::{
        html::{Context, measures},
        model::{CapabilityLine, PaceLine, TimingLine},
    },
};

/// A score of a hundred, in thousandths.
pub(super) const HUNDRED: i64 = 100_000;
const NONE: &str = "\u{2013}";

/// Capabilities and times.
pub(super) fn sections(context: &Context<'_>, language: &str) -> Vec<Section> {
    let (report, words) = (context.report, &context.words.figures);
    let mut sections = Vec::new();
    if !report.capabilities.is_empty() {
        let table = capabilities(context, &report.capabilities);
        sections.push(Section::following(&words.capabilities, vec![table]));
    }
    let mut blocks = Vec::new();
    if !report.timings.is_empty() {
        blocks.push(timings(context, &report.timings));
    }
    if !report.pace.is_empty() {
        blocks.push(Block::Heading { text: words.pace.clone() });
        blocks.push(pace(context, language, &report.pace));
    }
    if !blocks.is_empty() {
        sections.push(Section::following(&words.timings, blocks));
    }
    sections
}

fn capabilities(context: &Context<'_>, lines: &[CapabilityLine]) -> Block {
    let words = &context.words.figures;
    let columns = vec![
        Column::words(&context.words.capability, 5),
        Column::figures(&words.median),
        Column::figures(&words.teams_with),
        Column::pictures("0", "100", 6),
    ];
    let row = |line: &CapabilityLine| {
        let score = measures::score(context, line.median_milli);
        let teams: Vec<i64> = line.teams.iter().map(|team| team.score_milli).collect();
        let each = teams.iter().map(|milli| context.points(*milli));
        vec![
            Cell::of([Run::new(Look::Strong, named(&context.words.capabilities, line.capability))]),
            Cell::plain(&score),
            Cell::plain(line.teams.len().to_string()),
            Cell::pictured(marks(context, (line.median_milli, &score), &teams, each, HUNDRED)),
        ]
    };
    let caption = vec![Run::new(Look::Quiet, &words.capabilities_caption)];
    Block::Table { caption, columns, rows: lines.iter().map(row).collect() }
}

/// A bar up to the middle team and a mark for each team, in words: `Median: 68.4 of 100; Teams: 50, 68.4, 90`.
fn marks(
    context: &Context<'_>,
    (median, in_words): (Option<i64>, &str),
    teams: &[i64],
    each: impl Iterator<Item = String>,
    most: i64,
) -> Picture {
    let words = context.words;
    let each: Vec<String> = each.collect();
    let of_teams = (!each.is_empty()).then(|| format!("; {}: {}", words.teams, each.join(", ")));
    Picture::Marks(Marks {
        alt: format!("{}: {in_words}{}", words.figures.median, of_teams.unwrap_or_default()),
        bar: median.map(|median| place(median, most)),
        each: teams.iter().map(|team| place(*team, most)).collect(),
    })
}

fn time(time: Option<Millis>, otherwise: &str) -> Cell {
    Cell::plain(time.map_or_else(|| otherwise.to_owned(), figures::length))
}

fn timings(context: &Context<'_>, lines: &[TimingLine]) -> Block {
    let words = &context.words.figures;
    let longest = lines.iter().flat_map(|line| &line.teams).map(|team| team.median).max().unwrap_or_default();
    let columns = vec![
        Column::words(&words.what, 5),
        Column::narrow(&words.median, 2),
        Column::narrow(&words.ninth, 2),
        Column::narrow(&words.times, 2),
        Column::narrow(&words.never, 2),
        Column::pictures("0:00", figures::length(longest), 5),
    ];
    let row = |line: &TimingLine| {
        let median = line.spread.median;
        let teams: Vec<i64> = line.teams.iter().map(|team| team.median.0).collect();
        let each = line.teams.iter().map(|team| figures::length(team.median));
        let in_words = median.map_or_else(|| NONE.to_owned(), figures::length);
        vec![
            Cell::of([Run::new(Look::Strong, named(&words.metrics, line.metric))]),
            time(median, NONE),
            time(line.spread.p90, NONE),
            Cell::plain(line.spread.n.to_string()),
            Cell::plain(line.spread.not_done.to_string()),
            Cell::pictured(marks(context, (median.map(|at| at.0), &in_words), &teams, each, longest.0)),
        ]
    };
    let caption = vec![Run::new(Look::Quiet, &words.timings_caption)];
    Block::Table { caption, columns, rows: lines.iter().map(row).collect() }
}

fn pace(context: &Context<'_>, language: &str, lines: &[PaceLine]) -> Block {
    let words = &context.words.figures;
    let titles = [
        &words.median,
        &words.target,
        &context.words.time_allowed,
        &words.asked,
        &words.within,
        &words.late,
        &words.unanswered,
    ];
    let columns = [Column::words(&context.words.inject, 6)].into_iter();
    let columns = columns.chain(titles.map(|title| Column::narrow(title, 2))).collect();
    let row = |line: &PaceLine| {
        let counts = [line.asked, line.in_target, line.late, line.unanswered];
        let title = Cell::of([Run::local(Look::Strong, &line.title, language)]);
        let none = &context.words.none_set;
        [title, time(line.median, NONE), time(line.target, none), time(line.deadline, none)]
            .into_iter()
            .chain(counts.map(|n| Cell::plain(n.to_string())))
            .collect()
    };
    let caption = vec![Run::new(Look::Quiet, &words.pace_caption)];
    Block::Table { caption, columns, rows: lines.iter().map(row).collect() }
}
