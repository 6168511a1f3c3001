//! The report as one file of HTML: no script, nothing to fetch, readable on paper and by a screen
//! reader. A function of the report and the language: same input, same bytes.

mod after;
mod brief;
pub(in crate::report) mod course;
mod earlier;
mod findings;
mod marks;
pub(in crate::report) mod measures;
pub(in crate::report) mod overview;
mod preparation;
pub mod programme;
pub(in crate::report) mod team;
pub(in crate::report) mod timeline;

use super::{
    model::{InjectLine, Limit, Report, Version},
    words::{self, Words},
};
use crate::{
    engine::{
        marking::marking,
        text::Language,
        time::{Millis, Timestamp},
    },
    markup::{
        banner, figures,
        page::Page,
        phrase::{self, fill},
        print_marking,
    },
};

pub use super::words::languages;

const STYLE: &str = include_str!("style.css");

/// What the parts of a page share, on the screen and on paper.
pub(in crate::report) struct Context<'a> {
    pub(in crate::report) report: &'a Report,
    pub(in crate::report) words: &'static Words,
}

impl Context<'_> {
    pub(in crate::report) fn points(&self, milli: i64) -> String {
        figures::points(milli, &self.words.decimal)
    }

    /// `40.5 of 60 (68 %)`, or that there is nothing yet.
    pub(in crate::report) fn points_of(&self, points_milli: i64, counted_milli: i64) -> String {
        let Some(percent) = figures::percent(points_milli, counted_milli) else {
            return self.words.nothing_counted.clone();
        };
        let of = fill(&self.words.of, &[("a", &self.points(points_milli)), ("b", &self.points(counted_milli))]);
        format!("{of} ({percent}\u{a0}%)")
    }

    /// What of everything that was asked has been counted.
    pub(in crate::report) fn coverage(&self, counted_milli: i64, asked_milli: i64) -> String {
        let gaps = [("a", self.points(counted_milli)), ("b", self.points(asked_milli))];
        let [a, b] = &gaps;
        fill(&self.words.counted_of_asked, &[(a.0, &a.1), (b.0, &b.1)])
    }
}

/// Points of some injects of a team.
#[derive(Clone, Copy, Default)]
pub(in crate::report) struct Tally {
    pub(in crate::report) points: i64,
    pub(in crate::report) counted: i64,
    pub(in crate::report) asked: i64,
}

impl Tally {
    pub(in crate::report) fn of<'a>(injects: impl IntoIterator<Item = &'a InjectLine>) -> Self {
        let mut tally = Self::default();
        for score in injects.into_iter().filter_map(|inject| inject.score.as_ref()) {
            tally.asked += score.attainable_milli;
            if let Some(points) = score.counted_milli() {
                tally.points += points;
                tally.counted += score.attainable_milli;
            }
        }
        tally
    }
}

/// Renders a report in a language; in English if there are no words for it.
#[must_use]
pub fn render(report: &Report, language: &Language) -> String {
    let (tag, words) = words::of(language);
    let context = Context { report, words };
    let mut page = Page::new(Language::from(tag));
    page.put("<!doctype html>\n<html lang=\"", tag, "\"").put(" dir=\"", &words.dir, "\">\n");
    head(&mut page, &context);
    page.raw("<body>\n");
    cover(&mut page, &context);
    page.raw("<main>\n");
    if let (Version::Brief { .. }, [team]) = (&report.version, report.teams.as_slice()) {
        brief::write(&mut page, &context, team);
    } else {
        whole(&mut page, &context);
        closing(&mut page, &context);
    }
    page.raw("</main>\n<footer>");
    banner(&mut page, &report.marking, report.tlp);
    page.raw("</footer>\n</body>\n</html>\n");
    page.finish()
}

fn whole(page: &mut Page, context: &Context<'_>) {
    let Context { report, words } = context;
    overview::write(page, context);
    // A team's own stand with its scorecard.
    if !matches!(report.version, Version::Team { .. }) {
        findings::write(page, context);
        after::improvement(page, context);
        earlier::of_event(page, context);
    }
    measures::capabilities(page, context);
    measures::times(page, context);
    course::heat(page, context);
    course::write(page, context);
    course::peers(page, context);
    after::notes(page, context);
    after::feedback(page, context);
    if report.version == Version::Staff {
        measures::agreement(page, context);
    }
    timeline::write(page, context);
    if report.teams.is_empty() {
        return;
    }
    page.put("<section id=\"teams\">\n<h2>", &words.scorecards, "</h2>\n");
    for (n, team) in (1..).zip(&report.teams) {
        team::write(page, context, team, n);
    }
    page.raw("</section>\n");
}

fn head(page: &mut Page, context: &Context<'_>) {
    page.raw("<head>\n<meta charset=\"utf-8\">\n");
    page.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    let title = context.report.title.get(page.language()).to_owned();
    page.raw("<meta name=\"robots\" content=\"noindex\">\n<title>EXERCISE \u{2013} ");
    page.text(&context.words.report).raw(" \u{2013} ").text(&title).raw("</title>\n<style>\n");
    page.raw(STYLE);
    print_marking(page, margin(context.report), context.report.tlp);
    page.raw("</style>\n</head>\n");
}

/// The marking as the margins of printed pages have it. What is put there is fixed: no data is in a style.
fn margin(report: &Report) -> &'static str {
    match (report.is_incomplete(), report.rehearsal) {
        (true, true) => "EXERCISE EXERCISE EXERCISE \u{2013} REHEARSAL \u{2013} INCOMPLETE",
        (true, false) => "EXERCISE EXERCISE EXERCISE \u{2013} INCOMPLETE",
        (false, rehearsal) => marking(rehearsal),
    }
}

fn cover(page: &mut Page, context: &Context<'_>) {
    let Context { report, words } = context;
    page.raw("<header class=\"cover\">\n");
    banner(page, &report.marking, report.tlp);
    page.put("<p class=\"eyebrow\">", &words.report, " \u{b7} ")
        .text(&phrase::named(&words.versions, name_of(&report.version)));
    page.raw("</p>\n<h1>");
    page.local(&report.title).raw("</h1>\n<p class=\"lead\">").local(&report.summary).raw("</p>\n");
    page.put("<p class=\"invented\">", &words.invented, "</p>\n");
    if report.draft {
        page.put("<p class=\"rehearsal\"><strong>", &words.draft, "</strong></p>\n");
    }
    for limit in report.limits.iter().filter(|limit| matches!(limit, Limit::Incomplete { .. })) {
        page.put("<p class=\"incomplete\"><strong>", &overview::in_words(context, limit), "</strong></p>\n");
    }
    if report.rehearsal {
        page.put("<p class=\"rehearsal\"><strong>", &words.rehearsal, "</strong></p>\n");
    }
    page.raw("<dl class=\"facts\">\n");
    instant(page, &words.start_ex, report.started_at, words);
    instant(page, &words.end_ex, report.ended_at, words);
    if let Some((started, ended)) = report.started_at.zip(report.ended_at) {
        fact(page, &words.lasted, &figures::length(ended.since(started)));
    }
    if !matches!(report.version, Version::Brief { .. }) {
        circumstances(page, report, words);
    }
    page.raw("</dl>\n");
    if !matches!(report.version, Version::Brief { .. }) {
        contents(page, context);
    }
    page.raw("</header>\n");
}

/// What whoever checks a report asks about the exercise, and whoever decides does not.
fn circumstances(page: &mut Page, report: &Report, words: &Words) {
    fact(page, &words.teams, &report.teams_in_all.to_string());
    let languages: Vec<&str> = report.languages.iter().map(|language| language.0.as_str()).collect();
    fact(page, &words.languages, &languages.join(", "));
    let rate = match report.rate.0 {
        1000 => words.real_time.clone(),
        rate => fill(&words.times_real_time, &[("n", &figures::points(i64::from(rate), &words.decimal))]),
    };
    fact(page, &words.pace, &rate);
    fact(page, &words.exercise, report.exercise.as_str());
}

fn contents(page: &mut Page, context: &Context<'_>) {
    let Context { report, words } = context;
    page.put("<nav aria-label=\"", &words.contents, "\">\n<ul>\n");
    let figures = &words.figures;
    let sections = [
        (!report.teams.is_empty(), "<li><a href=\"#glance\">", &words.glance),
        (true, "<li><a href=\"#objectives\">", &words.objectives),
        (true, "<li><a href=\"#limits\">", &words.limits),
        (!matches!(report.version, Version::Team { .. }), "<li><a href=\"#findings\">", &words.findings.heading),
        (!matches!(report.version, Version::Team { .. }), "<li><a href=\"#improvement\">", &words.improvement.heading),
        (!report.earlier.is_empty(), "<li><a href=\"#earlier\">", &words.earlier.heading),
        (!report.capabilities.is_empty(), "<li><a href=\"#capabilities\">", &figures.capabilities),
        (!report.timings.is_empty(), "<li><a href=\"#times\">", &figures.timings),
        (course::has_heat(report), "<li><a href=\"#heat\">", &figures.heat),
        (!report.course.is_empty(), "<li><a href=\"#course\">", &figures.course),
        (true, "<li><a href=\"#peers\">", &figures.peers),
        (!report.notes.is_empty(), "<li><a href=\"#notes\">", &words.after.notes),
        (report.feedback.is_some(), "<li><a href=\"#feedback\">", &words.after.feedback),
        (report.version == Version::Staff, "<li><a href=\"#agreement\">", &figures.agreement),
        (true, "<li><a href=\"#timeline\">", &words.timeline),
    ];
    for (_, link, heading) in sections.into_iter().filter(|(shown, ..)| *shown) {
        page.put(link, heading, "</a></li>\n");
    }
    if !report.teams.is_empty() {
        page.put("<li><a href=\"#teams\">", &words.scorecards, "</a>\n<ul>\n");
        for (n, team) in (1..).zip(&report.teams) {
            page.put("<li><a href=\"#team-", &n.to_string(), "\"><bdi>").put("", &team.name, "</bdi></a></li>\n");
        }
        page.raw("</ul>\n</li>\n");
    }
    if !report.hot_wash.is_empty() {
        page.put("<li><a href=\"#hot-wash\">", &words.hot_wash, "</a></li>\n");
    }
    if report.preparation.is_some() {
        page.put("<li><a href=\"#preparation\">", &words.preparation.heading, "</a></li>\n");
    }
    page.put("<li><a href=\"#origin\">", &words.origin, "</a></li>\n</ul>\n</nav>\n");
}

fn closing(page: &mut Page, context: &Context<'_>) {
    let Context { report, words } = context;
    if !report.hot_wash.is_empty() {
        page.put("<section id=\"hot-wash\">\n<h2>", &words.hot_wash, "</h2>\n<ol class=\"questions\">\n");
        for question in &report.hot_wash {
            page.raw("<li>").local(question).raw("</li>\n");
        }
        page.raw("</ol>\n</section>\n");
    }
    preparation::write(page, context);
    page.put("<section id=\"origin\">\n<h2>", &words.origin, "</h2>\n");
    page.put("<p>", &words.origin_note, "</p>\n<dl class=\"facts hashes\">\n");
    fact(page, &words.last_row, &report.head_seq.to_string());
    fact(page, &words.head_hash, report.head_hash.as_deref().unwrap_or(&words.no_hash));
    fact(page, &words.plan_hash, &report.plan_hash);
    page.raw("</dl>\n</section>\n");
}

/// A version as the catalogue calls it.
pub(in crate::report) fn name_of(version: &Version) -> &'static str {
    match version {
        Version::Staff => "staff",
        Version::Team { .. } => "team",
        Version::Brief { .. } => "brief",
        Version::Community => "community",
        Version::Public => "public",
    }
}

fn fact(page: &mut Page, name: &str, value: &str) {
    page.put("<div><dt>", name, "</dt>").put("<dd><bdi>", value, "</bdi></dd></div>\n");
}

fn instant(page: &mut Page, name: &str, at: Option<Timestamp>, words: &Words) {
    match at {
        Some(at) => fact(page, name, &figures::instant(at)),
        None => fact(page, name, &words.not_yet),
    }
}

/// A cell with a length of time, or in words that there is none.
fn length_cell(page: &mut Page, time: Option<Millis>, otherwise: &str) {
    match time {
        Some(time) => page.put("<td class=\"n\">", &figures::length(time), "</td>"),
        None => page.put("<td class=\"n quiet\">", otherwise, "</td>"),
    };
}

/// A cell with an instant of the exercise, for people and machines.
fn time_cell(page: &mut Page, at: Timestamp) {
    page.put("<td class=\"n\"><time datetime=\"", &figures::machine_time(at), "\">");
    page.put("", &figures::time_of_day(at), "</time></td>");
}

/// Opens a table that may be wider than the screen: it scrolls by itself, also from the keyboard.
fn open_table(page: &mut Page, caption: &str) {
    page.put("<div class=\"wide\" role=\"region\" tabindex=\"0\" aria-label=\"", caption, "\">");
    page.put("<table>\n<caption>", caption, "</caption>\n");
}
