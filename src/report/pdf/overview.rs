//! The first pages: what was played, where teams stand, what was practised, what is left open.

use super::{
    picture::{Bar, Picture, Share},
    ratings::{definitions, ratings},
    sheet::{Block, Cell, Column, Cover, Fact, Look, Run, Section},
};
use crate::{
    engine::time::Timestamp,
    markup::{
        figures,
        phrase::{fill, named},
    },
    report::{
        html::{Context, Tally, measures::score, name_of, overview::in_words},
        model::{ObjectiveLine, Scorecard},
        words::Words,
    },
};

pub(super) fn cover(context: &Context<'_>, language: &str) -> Cover {
    let Context { report, words } = context;
    let rehearsal = report.rehearsal.then(|| Run::new(Look::Tag, &words.rehearsal));
    let duration = report.started_at.zip(report.ended_at).map(|(started, ended)| ended.since(started));
    let languages: Vec<&str> = report.languages.iter().map(|language| language.0.as_str()).collect();
    let pace = match report.rate.0 {
        1000 => words.real_time.clone(),
        rate => fill(&words.times_real_time, &[("n", &figures::points(i64::from(rate), &words.decimal))]),
    };
    let facts = [
        Some(fact(&words.start_ex, instant(report.started_at, words))),
        Some(fact(&words.end_ex, instant(report.ended_at, words))),
        duration.map(|lasted| fact(&words.lasted, figures::length(lasted))),
        Some(fact(&words.teams, report.teams_in_all.to_string())),
        Some(fact(&words.languages, languages.join(", "))),
        Some(fact(&words.pace, pace)),
        Some(fact(&words.exercise, report.exercise.as_str())),
    ];
    Cover {
        eyebrow: format!("{} \u{b7} {}", words.report, named(&words.versions, name_of(&report.version))),
        title: Run::local(Look::Plain, &report.title, language),
        summary: Run::local(Look::Plain, &report.summary, language),
        notes: [Run::new(Look::Quiet, &words.invented)].into_iter().chain(rehearsal).collect(),
        facts: facts.into_iter().flatten().collect(),
    }
}

pub(super) fn sections(context: &Context<'_>, language: &str) -> Vec<Section> {
    let glance = (!context.report.teams.is_empty()).then(|| glance(context));
    glance.into_iter().chain([objectives(context, language), limits(context)]).collect()
}

fn glance(context: &Context<'_>) -> Section {
    let words = context.words;
    let columns = vec![
        Column::words(&words.team, 4),
        Column::narrow(&words.figures.score, 2),
        Column::words(&words.points_of_counted, 4),
        Column::words(&words.coverage, 4),
        Column::figures(&words.waiting),
        Column::figures(&words.answered),
        Column::figures(&words.log_entries),
    ];
    let rows = context.report.teams.iter().map(|team| team_row(context, team)).collect();
    let share = |(kind, name): (&'static str, &String)| Share { kind, name: name.clone(), percent: 100 };
    let colours = [
        ("given", &words.bar_given),
        ("counted", &words.bar_counted),
        ("waits", &words.bar_waits),
        ("asked", &words.bar_open),
    ];
    Section {
        title: words.glance.clone(),
        level: 1,
        eyebrow: None,
        new_page: true,
        blocks: vec![
            Block::text(Look::Plain, &words.glance_note),
            Block::Legend { entries: colours.into_iter().map(share).collect() },
            Block::Table { caption: vec![Run::new(Look::Quiet, &words.glance_caption)], columns, rows },
            Block::text(Look::Quiet, &words.how_to_read),
        ],
    }
}

fn team_row(context: &Context<'_>, team: &Scorecard) -> Vec<Cell> {
    let tally = Tally::of(&team.injects);
    let answered = [("a", &*team.answered.to_string()), ("b", &*team.asked.to_string())];
    let points = Cell::plain(context.points_of(team.points_milli, team.attainable_milli));
    vec![
        Cell::of([Run::new(Look::Strong, &team.name)]),
        Cell::plain(score(context, team.score_milli)),
        Cell { picture: Some(Picture::Bar(bar(context, tally, team.unmarked_milli))), ..points },
        Cell::plain(context.coverage(tally.counted, tally.asked)),
        Cell::plain(context.points(team.unmarked_milli)),
        Cell::plain(fill(&context.words.of, &answered)),
        Cell::plain(team.log_entries.to_string()),
    ]
}

/// Points given, points counted and points that wait, of all that was asked.
pub(super) fn bar(context: &Context<'_>, tally: Tally, unmarked_milli: i64) -> Bar {
    let words = context.words;
    let percent = |milli| figures::percent(milli, tally.asked).unwrap_or(0).clamp(0, 100);
    let (given, counted) = (percent(tally.points), percent(tally.counted));
    let waits = percent(tally.counted + unmarked_milli);
    // Back to front: each is painted over the one before.
    let shares = [
        ("waits", &words.bar_waits, waits, waits - counted),
        ("counted", &words.bar_counted, counted, counted - given),
        ("given", &words.bar_given, given, given),
    ];
    let alone = shares.iter().rev().map(|(_, name, _, own)| format!("{name} {own}\u{a0}%"));
    Bar {
        alt: alone.collect::<Vec<_>>().join("; "),
        shares: shares.map(|(kind, name, percent, _)| Share { kind, name: name.clone(), percent }).into(),
    }
}

fn objectives(context: &Context<'_>, language: &str) -> Section {
    let words = context.words;
    let columns = vec![
        Column::words(&words.objective, 5),
        Column::words(&words.capability, 4),
        Column::narrow(&words.injects, 2),
        Column::words(&words.figures.rating, 4),
        Column::words(&words.points_of_counted, 3),
        Column::words(&words.coverage, 4),
    ];
    let row = |objective: &ObjectiveLine| {
        let evidence = context.report.teams.iter().flat_map(|team| &team.injects);
        let tally = Tally::of(evidence.filter(|inject| objective.injects.contains(&inject.inject)));
        let critical = objective.critical.then(|| Run::new(Look::Tag, &words.critical));
        vec![
            Cell::of([Run::local(Look::Strong, &objective.title, language)].into_iter().chain(critical)),
            Cell::plain(named(&words.capabilities, objective.capability)),
            Cell::plain(objective.injects.len().to_string()),
            ratings(context, objective),
            Cell::plain(context.points_of(tally.points, tally.counted)),
            Cell::plain(context.coverage(tally.counted, tally.asked)),
        ]
    };
    let rows = context.report.objectives.iter().map(row).collect();
    let caption = vec![Run::new(Look::Quiet, &words.objectives_caption)];
    Section {
        title: words.objectives.clone(),
        level: 1,
        eyebrow: None,
        new_page: false,
        blocks: [Block::Table { caption, columns, rows }].into_iter().chain(definitions(context)).collect(),
    }
}

fn limits(context: &Context<'_>) -> Section {
    let Context { report, words } = context;
    let block = if report.limits.is_empty() {
        Block::text(Look::Plain, &words.no_limits)
    } else {
        let items = report.limits.iter().map(|limit| Run::new(Look::Plain, in_words(context, limit)));
        Block::List { numbered: false, items: items.collect() }
    };
    Section { title: words.limits.clone(), level: 1, eyebrow: None, new_page: false, blocks: vec![block] }
}

/// Questions for the hot wash, and what the report was made from.
pub(super) fn closing(context: &Context<'_>, language: &str) -> Vec<Section> {
    let Context { report, words } = context;
    let questions = report.hot_wash.iter().map(|question| Run::local(Look::Plain, question, language));
    let hot_wash = (!report.hot_wash.is_empty()).then(|| Section {
        title: words.hot_wash.clone(),
        level: 1,
        eyebrow: None,
        new_page: true,
        blocks: vec![Block::List { numbered: true, items: questions.collect() }],
    });
    let facts = vec![
        fact(&words.last_row, report.head_seq.to_string()),
        fact(&words.head_hash, report.head_hash.as_deref().unwrap_or(&words.no_hash)),
        fact(&words.plan_hash, &*report.plan_hash),
    ];
    let origin = Section {
        title: words.origin.clone(),
        level: 1,
        eyebrow: None,
        new_page: report.hot_wash.is_empty(),
        blocks: vec![Block::text(Look::Plain, &words.origin_note), Block::Facts { facts, code: true }],
    };
    hot_wash.into_iter().chain([origin]).collect()
}

fn fact(name: &str, value: impl Into<String>) -> Fact {
    Fact { name: name.to_owned(), value: Run::new(Look::Plain, value) }
}

fn instant(at: Option<Timestamp>, words: &Words) -> String {
    at.map_or_else(|| words.not_yet.clone(), figures::instant)
}
