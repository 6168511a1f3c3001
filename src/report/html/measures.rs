//! Figures of all teams: capabilities, ratings, times. Medians and spreads; nobody is ranked.

use super::{Context, earlier, length_cell, marks, open_table};
use crate::{
    engine::{
        event::Rating,
        score::{CapabilityScore, ObjectiveScore},
        time::Millis,
    },
    markup::{page::Page, phrase},
    report::model::{CapabilityLine, PaceLine, Scorecard, TimingLine},
};

/// A score of a hundred, in thousandths.
const HUNDRED: i64 = 100_000;

pub(super) fn capabilities(page: &mut Page, context: &Context<'_>) {
    let lines = &context.report.capabilities;
    if lines.is_empty() {
        return;
    }
    let words = &context.words.figures;
    page.put("<section id=\"capabilities\">\n<h2>", &words.capabilities, "</h2>\n");
    open_table(page, &words.capabilities_caption);
    page.put("<thead><tr><th scope=\"col\">", &context.words.capability, "</th>");
    page.put("<th scope=\"col\" class=\"n\">", &words.median, "</th>");
    earlier::heading(page, context, &context.report.earlier);
    page.put("<th scope=\"col\" class=\"n\">", &words.teams_with, "</th><td class=\"picture\"></td></tr></thead>\n");
    page.raw("<tbody>\n");
    for line in lines {
        capability_row(page, context, line);
    }
    page.raw("</tbody>\n</table></div>\n</section>\n");
}

fn capability_row(page: &mut Page, context: &Context<'_>, line: &CapabilityLine) {
    page.put("<tr><th scope=\"row\">", &phrase::named(&context.words.capabilities, line.capability), "</th>");
    page.put("<td class=\"n\">", &score(context, line.median_milli), "</td>");
    earlier::cell(page, context, &context.report.earlier, line.capability);
    page.put("<td class=\"n\">", &line.teams.len().to_string(), "</td><td class=\"picture\">");
    marks::bar_with_marks(page, line.median_milli, line.teams.iter().map(|team| team.score_milli), HUNDRED);
    page.raw("</td></tr>\n");
}

/// `68.4 of 100`, or a dash.
pub(in crate::report) fn score(context: &Context<'_>, milli: Option<i64>) -> String {
    milli.map_or_else(
        || "\u{2013}".to_owned(),
        |milli| phrase::fill(&context.words.figures.of_hundred, &[("n", &context.points(milli))]),
    )
}

/// How often each rating was given: `P 3 · S 2`, and what the figures suggest where nobody decided.
pub(super) fn ratings(page: &mut Page, context: &Context<'_>, line: &crate::report::model::ObjectiveLine) {
    let words = &context.words.figures;
    for (counts, by) in [(&line.ratings, &words.decided), (&line.suggested, &words.suggested)] {
        if counts.is_empty() {
            continue;
        }
        let counts: Vec<String> =
            counts.iter().rev().map(|(rating, n)| format!("{}\u{a0}{n}", letter(*rating))).collect();
        page.put("<p><strong>", &counts.join(" \u{b7} "), "</strong> <span class=\"quiet\">");
        page.put("", by, "</span></p>");
    }
    if line.ratings.is_empty() && line.suggested.is_empty() {
        page.put("<span class=\"quiet\">", &words.not_rated, "</span>");
    }
}

/// The letter of a rating.
pub(in crate::report) fn letter(rating: Rating) -> char {
    match rating {
        Rating::Performed => 'P',
        Rating::Some => 'S',
        Rating::Major => 'M',
        Rating::Unable => 'U',
    }
}

/// What the letters mean, and where they come from.
pub(super) fn definitions(page: &mut Page, context: &Context<'_>) {
    let words = &context.words.figures;
    page.raw("<ul class=\"definitions\">\n");
    for rating in [Rating::Performed, Rating::Some, Rating::Major, Rating::Unable] {
        page.put("<li>", &phrase::named(&words.ratings, rating), "</li>\n");
    }
    page.put("</ul>\n<p class=\"note\">", &words.ratings_note, "</p>\n");
}

pub(super) fn times(page: &mut Page, context: &Context<'_>) {
    let report = context.report;
    if report.timings.is_empty() && report.pace.is_empty() {
        return;
    }
    let words = &context.words.figures;
    page.put("<section id=\"times\">\n<h2>", &words.timings, "</h2>\n");
    if !report.timings.is_empty() {
        timings(page, context, &report.timings);
    }
    if !report.pace.is_empty() {
        pace(page, context, &report.pace);
    }
    page.raw("</section>\n");
}

fn timings(page: &mut Page, context: &Context<'_>, lines: &[TimingLine]) {
    let words = &context.words.figures;
    open_table(page, &words.timings_caption);
    page.put("<thead><tr><th scope=\"col\">", &words.what, "</th>");
    for name in [&words.median, &words.ninth, &words.times, &words.never] {
        page.put("<th scope=\"col\" class=\"n\">", name, "</th>");
    }
    page.raw("<td class=\"picture\"></td></tr></thead>\n<tbody>\n");
    let longest = |line: &TimingLine| line.teams.iter().map(|team| team.median.0).max();
    let most = lines.iter().filter_map(longest).max().unwrap_or(0);
    for line in lines {
        page.put("<tr><th scope=\"row\">", &phrase::named(&words.metrics, line.metric), "</th>");
        length_cell(page, line.spread.median, "\u{2013}");
        length_cell(page, line.spread.p90, "\u{2013}");
        page.put("<td class=\"n\">", &line.spread.n.to_string(), "</td>");
        page.put("<td class=\"n\">", &line.spread.not_done.to_string(), "</td><td class=\"picture\">");
        let median = line.spread.median.map(|Millis(median)| median);
        marks::bar_with_marks(page, median, line.teams.iter().map(|team| team.median.0), most);
        page.raw("</td></tr>\n");
    }
    page.raw("</tbody>\n</table></div>\n");
}

fn pace(page: &mut Page, context: &Context<'_>, lines: &[PaceLine]) {
    let words = &context.words.figures;
    page.put("<h3 class=\"sub\">", &words.pace, "</h3>\n");
    open_table(page, &words.pace_caption);
    page.put("<thead><tr><th scope=\"col\">", &context.words.inject, "</th>");
    let names = [
        &words.median,
        &words.target,
        &context.words.time_allowed,
        &words.asked,
        &words.within,
        &words.late,
        &words.unanswered,
    ];
    for name in names {
        page.put("<th scope=\"col\" class=\"n\">", name, "</th>");
    }
    page.raw("</tr></thead>\n<tbody>\n");
    for line in lines {
        page.raw("<tr><th scope=\"row\">").local(&line.title).raw("</th>");
        length_cell(page, line.median, "\u{2013}");
        length_cell(page, line.target, &context.words.none_set);
        length_cell(page, line.deadline, &context.words.none_set);
        for n in [line.asked, line.in_target, line.late, line.unanswered] {
            page.put("<td class=\"n\">", &n.to_string(), "</td>");
        }
        page.raw("</tr>\n");
    }
    page.raw("</tbody>\n</table></div>\n");
}

/// How far evaluators agree.
pub(super) fn agreement(page: &mut Page, context: &Context<'_>) {
    let (words, agreement) = (&context.words.figures, context.report.agreement);
    page.put("<section id=\"agreement\">\n<h2>", &words.agreement, "</h2>\n<p>");
    if agreement.pairs == 0 {
        page.text(&words.agreement_none);
    } else {
        let figures = [agreement.pairs, agreement.same, agreement.within_one].map(|n| n.to_string());
        let [pairs, same, near] = &figures;
        page.text(&phrase::fill(&words.agreement_text, &[("n", pairs), ("same", same), ("near", near)]));
    }
    page.raw("</p>\n</section>\n");
}

/// What a table shows, and of whom: regions of a page need names of their own.
pub(super) fn of_one(what: &str, team: &Scorecard) -> String {
    format!("{what} \u{b7} {}", team.name)
}

/// Ratings and capabilities of one team.
pub(super) fn of_team(page: &mut Page, context: &Context<'_>, team: &Scorecard) {
    let words = &context.words.figures;
    if !team.objectives.is_empty() {
        open_table(page, &of_one(&context.words.objectives, team));
        page.put("<thead><tr><th scope=\"col\">", &context.words.objective, "</th>");
        page.put("<th scope=\"col\" class=\"n\">", &words.score, "</th>");
        page.put("<th scope=\"col\">", &words.rating, "</th></tr></thead>\n<tbody>\n");
        for line in &team.objectives {
            objective_row(page, context, line);
        }
        page.raw("</tbody>\n</table></div>\n");
    }
    if team.capabilities.iter().any(|line| line.score_milli.is_some()) {
        open_table(page, &of_one(&words.capabilities, team));
        page.put("<thead><tr><th scope=\"col\">", &context.words.capability, "</th>");
        page.put("<th scope=\"col\" class=\"n\">", &words.score, "</th>");
        earlier::heading(page, context, &team.earlier);
        page.raw("<td class=\"picture\"></td></tr></thead>\n<tbody>\n");
        for line in &team.capabilities {
            own_capability(page, context, team, line);
        }
        page.raw("</tbody>\n</table></div>\n");
    }
}

fn own_capability(page: &mut Page, context: &Context<'_>, team: &Scorecard, line: &CapabilityScore) {
    page.put("<tr><th scope=\"row\">", &phrase::named(&context.words.capabilities, line.capability), "</th>");
    page.put("<td class=\"n\">", &score(context, line.score_milli), "</td>");
    earlier::cell(page, context, &team.earlier, line.capability);
    page.raw("<td class=\"picture\">");
    let before = earlier::last(&team.earlier, line.capability).map(|(_, score)| score);
    marks::bar_with_marks(page, line.score_milli, before, HUNDRED);
    page.raw("</td></tr>\n");
}

fn objective_row(page: &mut Page, context: &Context<'_>, line: &ObjectiveScore) {
    let known = context.report.objectives.iter().find(|known| known.objective == line.objective);
    page.raw("<tr><th scope=\"row\">");
    if let Some(known) = known {
        page.local(&known.title);
    }
    page.put("</th><td class=\"n\">", &score(context, line.score_milli), "</td><td>");
    rating(page, context, line);
    page.raw("</td></tr>\n");
}

/// A team's rating in words, and who says so.
pub(super) fn rating(page: &mut Page, context: &Context<'_>, line: &ObjectiveScore) {
    let words = &context.words.figures;
    match (line.rating, line.suggested) {
        (Some(rating), _) => {
            page.put("<strong>", &phrase::named(&words.ratings, rating), "</strong>");
            page.put(" <span class=\"quiet\">", &words.decided, "</span>");
        }
        (None, Some(rating)) => {
            page.text(&phrase::named(&words.ratings, rating));
            page.put(" <span class=\"quiet\">", &words.suggested, "</span>");
        }
        (None, None) => {
            page.put("<span class=\"quiet\">", &words.not_rated, "</span>");
        }
    }
}
