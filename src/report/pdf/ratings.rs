//! Ratings of objectives, what one team has of them, and how far evaluators agree.

use super::{
    measures::HUNDRED,
    picture::{Marks, Picture, place},
    sheet::{Block, Cell, Column, Look, Run, Section},
};
use crate::{
    engine::{
        event::Rating,
        score::{CapabilityScore, ObjectiveScore},
    },
    markup::phrase::{fill, named},
    report::{
        html::{Context, measures},
        model::{ObjectiveLine, Scorecard, Version},
    },
};

/// How far evaluators agree, for staff.
pub(super) fn agreement(context: &Context<'_>) -> Option<Section> {
    let (words, agreement) = (&context.words.figures, context.report.agreement);
    if context.report.version != Version::Staff {
        return None;
    }
    let [pairs, same, near] = [agreement.pairs, agreement.same, agreement.within_one].map(|n| n.to_string());
    let text = match agreement.pairs {
        0 => words.agreement_none.clone(),
        _ => fill(&words.agreement_text, &[("n", &pairs), ("same", &same), ("near", &near)]),
    };
    Some(Section::following(&words.agreement, vec![Block::text(Look::Plain, &text)]))
}

/// How often each rating was given: `P 3 · S 2`, and what the figures suggest where nobody decided.
pub(super) fn ratings(context: &Context<'_>, line: &ObjectiveLine) -> Cell {
    let words = &context.words.figures;
    let given = [(&line.ratings, &words.decided), (&line.suggested, &words.suggested)];
    let given = given.into_iter().filter(|(counts, _)| !counts.is_empty());
    let mut runs: Vec<Run> = given
        .flat_map(|(counts, by)| {
            let counts = counts.iter().rev().map(|(rating, n)| format!("{}\u{a0}{n}", measures::letter(*rating)));
            [Run::new(Look::Strong, counts.collect::<Vec<_>>().join(" \u{b7} ")), Run::new(Look::Quiet, by)]
        })
        .collect();
    if runs.is_empty() {
        runs.push(Run::new(Look::Quiet, &words.not_rated));
    }
    Cell::of(runs)
}

/// What the letters mean, and where they come from.
pub(super) fn definitions(context: &Context<'_>) -> [Block; 2] {
    let words = &context.words.figures;
    let ratings = [Rating::Performed, Rating::Some, Rating::Major, Rating::Unable];
    let items = ratings.map(|rating| Run::own(Look::Plain, named(&words.ratings, rating))).into();
    [Block::List { numbered: false, items }, Block::text(Look::Quiet, &words.ratings_note)]
}

/// Ratings and capabilities of one team.
pub(super) fn of_team(context: &Context<'_>, language: &str, team: &Scorecard) -> Vec<Block> {
    let words = &context.words.figures;
    let mut blocks = Vec::new();
    if !team.objectives.is_empty() {
        let columns = vec![
            Column::words(&context.words.objective, 5),
            Column::figures(&words.score),
            Column::words(&words.rating, 5),
        ];
        let rows = team.objectives.iter().map(|line| objective_row(context, language, line)).collect();
        let caption = vec![Run::new(Look::Quiet, &context.words.objectives)];
        blocks.push(Block::Table { caption, columns, rows });
    }
    let capabilities = team.capabilities.iter().any(|line| line.score_milli.is_some());
    blocks.extend(capabilities.then(|| own_capabilities(context, &team.capabilities)));
    blocks
}

fn objective_row(context: &Context<'_>, language: &str, line: &ObjectiveScore) -> Vec<Cell> {
    let words = &context.words.figures;
    let known = context.report.objectives.iter().find(|known| known.objective == line.objective);
    let rating = match (line.rating, line.suggested) {
        (Some(rating), _) => {
            Cell::of([Run::own(Look::Strong, named(&words.ratings, rating)), Run::new(Look::Quiet, &words.decided)])
        }
        (None, Some(rating)) => {
            Cell::of([Run::own(Look::Plain, named(&words.ratings, rating)), Run::new(Look::Quiet, &words.suggested)])
        }
        (None, None) => Cell::of([Run::new(Look::Quiet, &words.not_rated)]),
    };
    let title = known.map(|known| Run::local(Look::Strong, &known.title, language));
    vec![Cell::of(title), Cell::plain(measures::score(context, line.score_milli)), rating]
}

fn own_capabilities(context: &Context<'_>, lines: &[CapabilityScore]) -> Block {
    let words = &context.words.figures;
    let columns = vec![
        Column::words(&context.words.capability, 5),
        Column::figures(&words.score),
        Column::pictures("0", "100", 5),
    ];
    let row = |line: &CapabilityScore| {
        let score = measures::score(context, line.score_milli);
        let alt = format!("{}: {score}", words.score);
        let bar = line.score_milli.map(|milli| place(milli, HUNDRED));
        vec![
            Cell::of([Run::new(Look::Strong, named(&context.words.capabilities, line.capability))]),
            Cell::plain(&score),
            Cell::pictured(Picture::Marks(Marks { alt, bar, each: bar.into_iter().collect() })),
        ]
    };
    let caption = vec![Run::new(Look::Quiet, &words.capabilities)];
    Block::Table { caption, columns, rows: lines.iter().map(row).collect() }
}
