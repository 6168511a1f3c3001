//! The first pages: where teams stand, what was practised, what the figures leave open.

use super::{Context, Tally, measures, open_table};
use crate::{
    markup::{figures, page::Page, phrase},
    report::model::{Limit, ObjectiveLine, Scorecard},
};

pub(super) fn write(page: &mut Page, context: &Context<'_>) {
    if !context.report.teams.is_empty() {
        glance(page, context);
    }
    objectives(page, context);
    limits(page, context);
}

fn glance(page: &mut Page, context: &Context<'_>) {
    let words = context.words;
    page.put("<section id=\"glance\">\n<h2>", &words.glance, "</h2>\n<p>").text(&words.glance_note).raw("</p>\n");
    open_table(page, &words.glance_caption);
    page.raw("<thead><tr>");
    page.put("<th scope=\"col\">", &words.team, "</th>");
    page.put("<th scope=\"col\" class=\"n\">", &words.figures.score, "</th>");
    page.put("<th scope=\"col\">", &words.points_of_counted, "</th>");
    page.put("<th scope=\"col\">", &words.coverage, "</th>");
    page.put("<th scope=\"col\" class=\"n\">", &words.waiting, "</th>");
    page.put("<th scope=\"col\" class=\"n\">", &words.answered, "</th>");
    page.put("<th scope=\"col\" class=\"n\">", &words.log_entries, "</th></tr></thead>\n<tbody>\n");
    for (n, team) in (1..).zip(&context.report.teams) {
        team_row(page, context, team, n);
    }
    page.raw("</tbody>\n</table></div>\n");
    legend(page, context);
    page.put("<p class=\"note\">", &words.how_to_read, "</p>\n</section>\n");
}

fn legend(page: &mut Page, context: &Context<'_>) {
    let words = context.words;
    page.put("<ul class=\"legend\">\n<li><i class=\"given\"></i>", &words.bar_given, "</li>\n");
    page.put("<li><i class=\"counted\"></i>", &words.bar_counted, "</li>\n");
    page.put("<li><i class=\"waits\"></i>", &words.bar_waits, "</li>\n");
    page.put("<li><i class=\"asked\"></i>", &words.bar_open, "</li>\n</ul>\n");
}

fn team_row(page: &mut Page, context: &Context<'_>, team: &Scorecard, n: u32) {
    let tally = Tally::of(&team.injects);
    page.put("<tr><th scope=\"row\"><a href=\"#team-", &n.to_string(), "\"><bdi>");
    page.put("", &team.name, "</bdi></a></th>");
    page.put("<td class=\"n\">", &measures::score(context, team.score_milli), "</td><td>");
    page.text(&context.points_of(team.points_milli, team.attainable_milli));
    bar(page, tally, team.unmarked_milli);
    page.put("</td><td>", &context.coverage(tally.counted, tally.asked), "</td>");
    page.put("<td class=\"n\">", &context.points(team.unmarked_milli), "</td>");
    let answered = [("a", &*team.answered.to_string()), ("b", &*team.asked.to_string())];
    page.put("<td class=\"n\">", &phrase::fill(&context.words.of, &answered), "</td>");
    page.put("<td class=\"n\">", &team.log_entries.to_string(), "</td></tr>\n");
}

/// Points given, points counted and points that wait, of all that was asked. The figures beside it
/// say the same in words.
pub(super) fn bar(page: &mut Page, tally: Tally, unmarked_milli: i64) {
    let width = |milli| figures::percent(milli, tally.asked).unwrap_or(0).to_string();
    let shares = [("waits", tally.counted + unmarked_milli), ("counted", tally.counted), ("given", tally.points)];
    page.raw("<svg class=\"bar\" viewBox=\"0 0 100 6\" preserveAspectRatio=\"none\" aria-hidden=\"true\">");
    page.raw("<rect class=\"asked\" width=\"100\" height=\"6\"/>");
    for (class, milli) in shares {
        page.put("<rect class=\"", class, "\" width=\"").put("", &width(milli), "\" height=\"6\"/>");
    }
    page.raw("</svg>");
}

fn objectives(page: &mut Page, context: &Context<'_>) {
    let words = context.words;
    page.put("<section id=\"objectives\">\n<h2>", &words.objectives, "</h2>\n");
    open_table(page, &words.objectives_caption);
    page.raw("<thead><tr>");
    page.put("<th scope=\"col\">", &words.objective, "</th>");
    page.put("<th scope=\"col\">", &words.capability, "</th>");
    page.put("<th scope=\"col\" class=\"n\">", &words.injects, "</th>");
    page.put("<th scope=\"col\">", &words.points_of_counted, "</th>");
    page.put("<th scope=\"col\">", &words.coverage, "</th>");
    page.put("<th scope=\"col\">", &words.figures.rating, "</th></tr></thead>\n<tbody>\n");
    for objective in &context.report.objectives {
        objective_row(page, context, objective);
    }
    page.raw("</tbody>\n</table></div>\n");
    measures::definitions(page, context);
    page.raw("</section>\n");
}

fn objective_row(page: &mut Page, context: &Context<'_>, objective: &ObjectiveLine) {
    let words = context.words;
    let evidence = context.report.teams.iter().flat_map(|team| &team.injects);
    let tally = Tally::of(evidence.filter(|inject| objective.injects.contains(&inject.inject)));
    page.raw("<tr><th scope=\"row\">").local(&objective.title);
    if objective.critical {
        page.put(" <span class=\"tag\">", &words.critical, "</span>");
    }
    page.put("</th><td>", &phrase::named(&words.capabilities, objective.capability), "</td>");
    page.put("<td class=\"n\">", &objective.injects.len().to_string(), "</td>");
    page.put("<td>", &context.points_of(tally.points, tally.counted), "</td>");
    page.put("<td>", &context.coverage(tally.counted, tally.asked), "</td><td>");
    measures::ratings(page, context, objective);
    page.raw("</td></tr>\n");
}

fn limits(page: &mut Page, context: &Context<'_>) {
    let words = context.words;
    page.put("<section id=\"limits\">\n<h2>", &words.limits, "</h2>\n");
    if context.report.limits.is_empty() {
        page.put("<p>", &words.no_limits, "</p>\n");
    } else {
        page.raw("<ul>\n");
        for limit in &context.report.limits {
            page.put("<li>", &in_words(context, limit), "</li>\n");
        }
        page.raw("</ul>\n");
    }
    page.raw("</section>\n");
}

pub(in crate::report) fn in_words(context: &Context<'_>, limit: &Limit) -> String {
    let words = context.words;
    match limit {
        Limit::Incomplete { from_row: Some(row) } => phrase::fill(&words.incomplete, &[("n", &row.to_string())]),
        Limit::Incomplete { from_row: None } => words.incomplete_archive.clone(),
        Limit::NotEnded => words.not_ended.clone(),
        Limit::Unmarked { answers, points_milli } => {
            phrase::fill(&words.unmarked, &[("n", &answers.to_string()), ("p", &context.points(*points_milli))])
        }
        Limit::Erased { parts } => phrase::fill(&words.erased_parts, &[("n", &parts.to_string())]),
        Limit::TooFewTeams { least } => phrase::fill(&words.too_few_teams, &[("n", &least.to_string())]),
        Limit::Outage { lasted } => phrase::fill(&words.outage, &[("t", &figures::length(*lasted))]),
    }
}
