//! One team's scorecard on paper: every inject, every answer, every point with its reason.

use super::{
    after,
    overview::bar,
    ratings,
    sheet::{Block, Cell, Column, Look, Run, Section},
    timeline::record,
};
use crate::{
    engine::{text::Language, time::Millis},
    markup::{
        figures,
        phrase::{fill, named},
    },
    report::{
        html::{
            self, Context, Tally,
            team::{evidence, in_words, outcome, points},
        },
        model::{FieldLine, InjectLine, Scorecard},
    },
};

/// The first stands below the title of them all.
pub(super) fn section(context: &Context<'_>, language: &str, team: &Scorecard, first: bool) -> Section {
    let words = context.words;
    let tally = Tally::of(&team.injects);
    let coverage = context.coverage(tally.counted, tally.asked);
    let waiting = context.points(team.unmarked_milli);
    let points = context.points_of(team.points_milli, team.attainable_milli);
    let mut blocks = vec![
        Block::Figure { text: html::measures::score(context, team.score_milli) },
        Block::Bar { bar: bar(context, tally, team.unmarked_milli) },
        Block::text(Look::Plain, &format!("{points}. {coverage}. {}: {waiting}.", words.waiting)),
    ];
    blocks.extend(ratings::of_team(context, language, team));
    blocks.extend(after::of_team(context, language, team));
    blocks.push(injects(context, language, team));
    let asked: Vec<&InjectLine> = team.injects.iter().filter(|inject| !inject.fields.is_empty()).collect();
    if !asked.is_empty() {
        blocks.push(Block::Heading { text: words.answers.clone() });
    }
    blocks.extend(asked.into_iter().flat_map(|inject| answers(context, language, inject)));
    blocks.extend(record(context, language, team));
    Section { title: team.name.clone(), level: 2, eyebrow: Some(words.scorecard.clone()), new_page: !first, blocks }
}

fn injects(context: &Context<'_>, language: &str, team: &Scorecard) -> Block {
    let words = context.words;
    let columns = vec![
        Column::words(&words.inject, 9),
        Column::narrow(&words.sent, 3),
        Column::narrow(&words.opened, 3),
        Column::narrow(&words.acknowledged, 4),
        Column::narrow(&words.answered_after, 4),
        Column::narrow(&words.time_allowed, 3),
        Column::words(&words.points_of_counted, 7),
    ];
    let caption = vec![Run::new(Look::Quiet, fill(&words.injects_caption, &[("team", &team.name)]))];
    let rows = team.injects.iter().map(|inject| inject_row(context, language, inject)).collect();
    Block::Table { caption, columns, rows }
}

fn inject_row(context: &Context<'_>, language: &str, inject: &InjectLine) -> Vec<Cell> {
    let words = context.words;
    let tally = Tally::of([inject]);
    let scored = match tally.asked {
        0 => Run::new(Look::Quiet, &words.not_scored),
        _ => Run::new(Look::Plain, context.points_of(tally.points, tally.counted)),
    };
    let why = inject.score.as_ref().map(|score| outcome(context, score)).filter(|why| *why != scored.text);
    let why = why.map(|why| Run::new(Look::Quiet, why));
    let late = inject.late.then(|| Run::new(Look::Tag, &words.late));
    vec![
        Cell::of([
            Run::local(Look::Strong, &inject.title, language),
            Run::new(Look::Quiet, named(&words.kinds, inject.kind)),
        ]),
        Cell::plain(inject.released_at.map_or_else(|| "\u{2013}".to_owned(), figures::time_of_day)),
        length(inject.opened_after, &words.not_done),
        length(inject.acknowledged_after, &words.not_done),
        length(inject.answered_after, &words.not_done),
        length(inject.deadline, &words.none_set),
        Cell::of([scored].into_iter().chain(why).chain(late)),
    ]
}

/// A length of time, or in words that there is none.
fn length(time: Option<Millis>, otherwise: &str) -> Cell {
    time.map_or_else(|| Cell::of([Run::new(Look::Quiet, otherwise)]), |time| Cell::plain(figures::length(time)))
}

fn answers(context: &Context<'_>, language: &str, inject: &InjectLine) -> Vec<Block> {
    let words = context.words;
    let columns = vec![
        Column::words(&words.question, 4),
        Column::words(&words.answer, 7),
        Column::words(&words.points, 2),
        Column::words(&words.reason, 4),
    ];
    let rows = inject.fields.iter().map(|field| field_row(context, language, field)).collect();
    let evidence = Run::new(Look::Quiet, evidence(context, inject));
    let caption = vec![Run::local(Look::Strong, &inject.title, language), evidence];
    let expected = (!inject.expected.is_empty()).then(|| Block::Aside {
        title: words.expected.clone(),
        items: inject.expected.iter().map(|text| Run::local(Look::Plain, text, language)).collect(),
    });
    let table = Block::Table { caption, columns, rows };
    [table]
        .into_iter()
        .chain(expected)
        .chain(criteria(context, language, inject))
        .chain(feedback(context, inject))
        .collect()
}

/// What evaluators looked at, and the levels that they gave.
fn criteria(context: &Context<'_>, language: &str, inject: &InjectLine) -> Option<Block> {
    let words = &context.words.figures;
    let items = inject.criteria.iter().map(|line| {
        let levels: Vec<String> = line.levels.iter().map(ToString::to_string).collect();
        let reader = Language::from(language);
        let anchor = line.anchor.as_ref().map(|anchor| format!(" \u{2013} {}", anchor.get(&reader)));
        let title = line.title.get(&reader);
        Run::new(Look::Plain, format!("{title}: {}{}", levels.join(", "), anchor.unwrap_or_default()))
    });
    let title = format!("{} ({})", words.criteria, words.levels);
    (!inject.criteria.is_empty()).then(|| Block::Aside { title, items: items.collect() })
}

/// What evaluators say to the team.
fn feedback(context: &Context<'_>, inject: &InjectLine) -> Option<Block> {
    let items = inject.feedback.iter().map(|said| Run::new(Look::Plain, said)).collect();
    (!inject.feedback.is_empty()).then(|| Block::Aside { title: context.words.figures.feedback.clone(), items })
}

fn field_row(context: &Context<'_>, language: &str, field: &FieldLine) -> Vec<Cell> {
    let words = context.words;
    let answer = field.answer.as_ref().map(|answer| Run::new(Look::Plain, answer));
    let erased = field.erased.then(|| Run::new(Look::Tag, &words.erased));
    let none = (answer.is_none() && erased.is_none()).then(|| Run::new(Look::Quiet, &words.no_answer));
    let reason = field.reason.as_ref().map(|reason| in_words(context, reason, field.credit_permille));
    vec![
        Cell::of([Run::local(Look::Strong, &field.label, language)]),
        Cell::of(answer.into_iter().chain(erased).chain(none)),
        Cell::plain(points(context, field)),
        Cell::plain(reason.unwrap_or_default()),
    ]
}
