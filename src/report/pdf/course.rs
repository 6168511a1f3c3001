//! Plan and course, teams and injects, who told whom: pictures that are tables.

use super::{
    picture::{Course, Heat, Picture, Shade, Shades, place},
    sheet::{Block, Cell, Column, Look, Run, Section},
};
use crate::{
    engine::{id::TeamId, time::Millis},
    markup::{
        figures,
        phrase::{fill, named},
    },
    report::{
        html::{Context, course},
        model::{CourseLine, PeerLine, Scorecard},
    },
};

/// Teams of which a page has a column each, and injects, whose titles are longer.
const TEAMS: usize = 24;
const INJECTS: usize = 15;

pub(super) fn sections(context: &Context<'_>, language: &str) -> Vec<Section> {
    let words = &context.words.figures;
    let heat = heat(context, language);
    let heat = (!heat.is_empty()).then(|| Section::following(&words.heat, heat));
    let course = (!context.report.course.is_empty())
        .then(|| Section::following(&words.course, vec![course_table(context, language)]));
    let peers = Section::following(&words.peers, peers(context));
    heat.into_iter().chain(course).chain([peers]).collect()
}

fn course_table(context: &Context<'_>, language: &str) -> Block {
    let (lines, words) = (&context.report.course, &context.words.figures);
    let times = || lines.iter().flat_map(|line| [line.planned, line.sent.map(|sent| sent.plan_time)]).flatten();
    let (first, last) = (times().min().unwrap_or_default(), times().max().unwrap_or_default());
    let columns = vec![
        Column::words(&context.words.inject, 6),
        Column::narrow(&words.planned, 3),
        Column::narrow(&words.first_sent, 3),
        Column::narrow(&words.apart, 3),
        Column::narrow(&words.got_it, 2),
        Column::pictures(figures::story_time(first), figures::story_time(last), 7),
    ];
    let rows = lines.iter().map(|line| course_row(context, language, line, (first, last))).collect();
    let caption = vec![Run::new(Look::Quiet, &words.course_caption)];
    Block::Table { caption, columns, rows }
}

fn course_row(context: &Context<'_>, language: &str, line: &CourseLine, (first, last): (Millis, Millis)) -> Vec<Cell> {
    let words = &context.words.figures;
    let sent = line.sent.map(|sent| sent.plan_time);
    let apart = sent.zip(line.planned).map(|(sent, planned)| sent.minus(planned));
    let told = |time: Option<Millis>, otherwise: &str| time.map_or_else(|| otherwise.to_owned(), figures::story_time);
    let (planned, went_out) = (told(line.planned, &words.unplanned), told(sent, &words.unsent));
    let since = |at: Millis| place(at.minus(first).0, last.minus(first).0);
    let time = |time: Option<Millis>, text: &str| {
        Cell::of([Run::new(if time.is_some() { Look::Plain } else { Look::Quiet }, text)])
    };
    vec![
        Cell::of([
            Run::local(Look::Strong, &line.title, language),
            Run::new(Look::Quiet, named(&context.words.kinds, line.kind)),
        ]),
        time(line.planned, &planned),
        time(sent, &went_out),
        Cell::plain(apart.map_or_else(|| "\u{2013}".to_owned(), figures::length)),
        Cell::plain(line.teams.to_string()),
        Cell::pictured(Picture::Course(Course {
            alt: format!("{}: {planned}; {}: {went_out}", words.planned, words.first_sent),
            planned: line.planned.map(since),
            sent: sent.map(since),
        })),
    ]
}

/// How much of each inject's points each team has.
fn heat(context: &Context<'_>, language: &str) -> Vec<Block> {
    let columns: Vec<&CourseLine> = course::scored(context.report).collect();
    let shade = |team: &Scorecard, line: &CourseLine| {
        let found = team.injects.iter().find(|inject| inject.inject == line.inject);
        let percent = found.and_then(course::share);
        let text = percent.map_or_else(|| "\u{2013}".to_owned(), |percent| percent.to_string());
        Shade { text, level: percent.map(|percent| percent.clamp(0, 100) / 20) }
    };
    let of = |columns: &[&CourseLine]| Heat {
        caption: vec![Run::new(Look::Quiet, &context.words.figures.heat_caption)],
        corner: context.words.team.clone(),
        columns: columns.iter().map(|line| Run::local(Look::Quiet, &line.title, language)).collect(),
        rows: rows(&context.report.teams, |team| columns.iter().map(|line| shade(team, line)).collect()),
    };
    parts(&columns, INJECTS).map(|columns| Block::Heat { heat: of(columns) }).collect()
}

fn rows(teams: &[Scorecard], cells: impl Fn(&Scorecard) -> Vec<Shade>) -> Vec<Shades> {
    teams.iter().map(|team| Shades { name: Run::new(Look::Strong, &team.name), cells: cells(team) }).collect()
}

/// Parts of much the same size, none larger than a page takes.
fn parts<T>(all: &[T], most: usize) -> impl Iterator<Item = &[T]> {
    let pages = all.len().div_ceil(most).max(1);
    all.chunks(all.len().div_ceil(pages).max(1))
}

/// Messages between teams.
fn peers(context: &Context<'_>) -> Vec<Block> {
    let (report, words) = (context.report, &context.words.figures);
    let total: u32 = report.peers.iter().map(|line| line.messages).sum();
    if total == 0 {
        return vec![Block::text(Look::Plain, &words.peers_none)];
    }
    let said = Block::text(Look::Plain, &fill(&words.peers_total, &[("n", &total.to_string())]));
    let all_known = report.peers.iter().all(|line| line.from.is_some() && line.to.is_some());
    let any_known = report.peers.iter().any(|line| line.from.is_some() || line.to.is_some());
    let who = if all_known && report.teams.len() > 1 && report.teams.len() <= TEAMS {
        Some(Block::Heat { heat: matrix(context) })
    } else {
        any_known.then(|| pairs(context))
    };
    [said].into_iter().chain(who).collect()
}

fn matrix(context: &Context<'_>) -> Heat {
    let (report, words) = (context.report, &context.words.figures);
    let messages = |from: &Scorecard, to: &Scorecard| {
        let between = report.peers.iter().filter(|line| line.from.as_ref() == Some(&from.team));
        between.filter(|line| line.to.as_ref() == Some(&to.team)).map(|line| line.messages).sum::<u32>()
    };
    let shade = |n: u32| match n {
        0 => Shade { text: "\u{b7}".to_owned(), level: None },
        n => Shade { text: n.to_string(), level: Some(2) },
    };
    Heat {
        caption: vec![Run::new(Look::Quiet, &words.peers_caption)],
        corner: words.from.clone(),
        columns: report.teams.iter().map(|team| Run::new(Look::Quiet, &team.name)).collect(),
        rows: rows(&report.teams, |from| report.teams.iter().map(|to| shade(messages(from, to))).collect()),
    }
}

fn pairs(context: &Context<'_>) -> Block {
    let words = &context.words.figures;
    let name = |team: &Option<TeamId>| {
        let known = context.report.teams.iter().find(|known| Some(&known.team) == team.as_ref());
        known.map_or_else(|| words.another.clone(), |known| known.name.clone())
    };
    let columns = vec![Column::words(&words.from, 4), Column::words(&words.to, 4), Column::figures(&words.messages)];
    let row = |line: &PeerLine| {
        let ends = [&line.from, &line.to].map(|team| Cell::plain(name(team)));
        ends.into_iter().chain([Cell::plain(line.messages.to_string())]).collect()
    };
    let caption = vec![Run::new(Look::Quiet, &words.peers)];
    Block::Table { caption, columns, rows: context.report.peers.iter().map(row).collect() }
}
