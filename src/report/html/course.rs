//! Plan and course, teams and injects, who told whom: pictures that are tables.

use super::{Context, Tally, marks, open_table};
use crate::{
    engine::{
        id::{InjectId, TeamId},
        time::Millis,
    },
    markup::{figures, page::Page, phrase},
    report::model::{CourseLine, InjectLine, Report, Scorecard},
};

/// Teams of which a table has a column each.
const COLUMNS: usize = 24;

pub(super) fn write(page: &mut Page, context: &Context<'_>) {
    let lines = &context.report.course;
    if lines.is_empty() {
        return;
    }
    let words = &context.words.figures;
    page.put("<section id=\"course\">\n<h2>", &words.course, "</h2>\n");
    open_table(page, &words.course_caption);
    page.put("<thead><tr><th scope=\"col\">", &context.words.inject, "</th>");
    for name in [&words.planned, &words.first_sent, &words.apart, &words.got_it] {
        page.put("<th scope=\"col\" class=\"n\">", name, "</th>");
    }
    page.raw("<td class=\"picture\"></td></tr></thead>\n<tbody>\n");
    let times = || lines.iter().flat_map(|line| [line.planned, line.sent.map(|sent| sent.plan_time)]).flatten();
    let (first, last) = (times().min().unwrap_or_default(), times().max().unwrap_or_default());
    for line in lines {
        row(page, context, line, (first, last));
    }
    page.raw("</tbody>\n</table></div>\n</section>\n");
}

fn row(page: &mut Page, context: &Context<'_>, line: &CourseLine, (first, last): (Millis, Millis)) {
    let words = &context.words.figures;
    let sent = line.sent.map(|sent| sent.plan_time);
    page.raw("<tr><th scope=\"row\">").local(&line.title);
    page.put(" <span class=\"quiet\">", &phrase::named(&context.words.kinds, line.kind), "</span></th>");
    for (time, otherwise) in [(line.planned, &words.unplanned), (sent, &words.unsent)] {
        match time {
            Some(time) => page.put("<td class=\"n\"><bdi>", &figures::story_time(time), "</bdi></td>"),
            None => page.put("<td class=\"n quiet\">", otherwise, "</td>"),
        };
    }
    let apart = sent.zip(line.planned).map(|(sent, planned)| sent.minus(planned));
    page.put("<td class=\"n\"><bdi>", &apart.map_or_else(|| "\u{2013}".to_owned(), figures::length), "</bdi></td>");
    page.put("<td class=\"n\">", &line.teams.to_string(), "</td><td class=\"picture\">");
    let since = |at: Millis| at.minus(first).0;
    marks::ring_and_dot(page, line.planned.map(since), sent.map(since), since(last));
    page.raw("</td></tr>\n");
}

/// How much of each inject's points each team has, as shades with figures.
pub(super) fn heat(page: &mut Page, context: &Context<'_>) {
    let (teams, words) = (&context.report.teams, &context.words.figures);
    let columns: Vec<&CourseLine> = scored(context.report).collect();
    if columns.is_empty() {
        return;
    }
    page.put("<section id=\"heat\">\n<h2>", &words.heat, "</h2>\n");
    open_table(page, &words.heat_caption);
    page.put("<thead><tr><th scope=\"col\">", &context.words.team, "</th>");
    for line in &columns {
        page.raw("<th scope=\"col\" class=\"upright\"><span>").local(&line.title).raw("</span></th>");
    }
    page.raw("</tr></thead>\n<tbody>\n");
    for team in teams {
        heat_row(page, team, &columns);
    }
    page.raw("</tbody>\n</table></div>\n</section>\n");
}

/// Injects of which at least one team has points that count.
pub(in crate::report) fn scored(report: &Report) -> impl Iterator<Item = &CourseLine> {
    let lines = || report.teams.iter().flat_map(|team| &team.injects);
    let counts =
        move |id: &InjectId| lines().filter(|inject| inject.inject == *id).any(|inject| share(inject).is_some());
    report.course.iter().filter(move |line| counts(&line.inject))
}

/// Whether there is anything to shade.
pub(super) fn has_heat(report: &Report) -> bool {
    scored(report).next().is_some()
}

fn heat_row(page: &mut Page, team: &Scorecard, columns: &[&CourseLine]) {
    page.put("<tr><th scope=\"row\"><bdi>", &team.name, "</bdi></th>");
    for line in columns {
        let found = team.injects.iter().find(|inject| inject.inject == line.inject);
        match found.and_then(share) {
            Some(percent) => {
                page.put("<td class=\"heat s", &(percent.clamp(0, 100) / 20).to_string(), "\">");
                page.put("", &percent.to_string(), "</td>");
            }
            None => {
                page.raw("<td class=\"heat quiet\">\u{2013}</td>");
            }
        }
    }
    page.raw("</tr>\n");
}

/// Percent of the points of an inject; none where nothing counts.
pub(in crate::report) fn share(inject: &InjectLine) -> Option<i64> {
    let tally = Tally::of([inject]);
    figures::percent(tally.points, tally.counted)
}

/// Messages between teams.
pub(super) fn peers(page: &mut Page, context: &Context<'_>) {
    let report = context.report;
    let words = &context.words.figures;
    page.put("<section id=\"peers\">\n<h2>", &words.peers, "</h2>\n");
    let total: u32 = report.peers.iter().map(|line| line.messages).sum();
    if total == 0 {
        page.put("<p>", &words.peers_none, "</p>\n</section>\n");
        return;
    }
    page.put("<p>", &phrase::fill(&words.peers_total, &[("n", &total.to_string())]), "</p>\n");
    let all_known = report.peers.iter().all(|line| line.from.is_some() && line.to.is_some());
    if all_known && report.teams.len() > 1 && report.teams.len() <= COLUMNS {
        matrix(page, context);
    } else if report.peers.iter().any(|line| line.from.is_some() || line.to.is_some()) {
        pairs(page, context);
    }
    page.raw("</section>\n");
}

fn matrix(page: &mut Page, context: &Context<'_>) {
    let (report, words) = (context.report, &context.words.figures);
    let messages = |from: &Scorecard, to: &Scorecard| {
        let between = report.peers.iter().filter(|line| line.from.as_ref() == Some(&from.team));
        between.filter(|line| line.to.as_ref() == Some(&to.team)).map(|line| line.messages).sum::<u32>()
    };
    open_table(page, &words.peers_caption);
    page.put("<thead><tr><th scope=\"col\">", &words.from, "</th>");
    for team in &report.teams {
        page.put("<th scope=\"col\" class=\"upright\"><span><bdi>", &team.name, "</bdi></span></th>");
    }
    page.raw("</tr></thead>\n<tbody>\n");
    for from in &report.teams {
        page.put("<tr><th scope=\"row\"><bdi>", &from.name, "</bdi></th>");
        for to in &report.teams {
            match messages(from, to) {
                0 => page.raw("<td class=\"heat quiet\">\u{b7}</td>"),
                n => page.put("<td class=\"heat s2\">", &n.to_string(), "</td>"),
            };
        }
        page.raw("</tr>\n");
    }
    page.raw("</tbody>\n</table></div>\n");
}

fn pairs(page: &mut Page, context: &Context<'_>) {
    let name = |team: &Option<TeamId>| {
        let known = context.report.teams.iter().find(|known| Some(&known.team) == team.as_ref());
        known.map_or_else(|| context.words.figures.another.clone(), |known| known.name.clone())
    };
    page.raw("<ul>\n");
    for line in &context.report.peers {
        page.put("<li><bdi>", &name(&line.from), "</bdi> \u{2192} <bdi>").text(&name(&line.to));
        page.put("</bdi>: ", &line.messages.to_string(), "</li>\n");
    }
    page.raw("</ul>\n");
}
