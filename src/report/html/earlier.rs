//! What earlier exercises showed: the last value beside a capability's bar, a line for each exercise, and what
//! became of its corrective actions.

use super::{Context, after, measures, open_table};
use crate::{
    engine::plan::Capability,
    markup::{page::Page, phrase},
    report::model::{EarlierLine, Scorecard},
};

/// The last earlier score of a capability, and where it was.
pub(super) fn last(earlier: &[EarlierLine], capability: Capability) -> Option<(&EarlierLine, i64)> {
    earlier.iter().rev().find_map(|line| Some((line, line.score_of(capability)?)))
}

/// The heading of the column for it; none where there is nothing earlier.
pub(super) fn heading(page: &mut Page, context: &Context<'_>, earlier: &[EarlierLine]) {
    if !earlier.is_empty() {
        page.put("<th scope=\"col\" class=\"n\">", &context.words.earlier.before, "</th>");
    }
}

/// The last earlier score of a capability with its day.
pub(super) fn cell(page: &mut Page, context: &Context<'_>, earlier: &[EarlierLine], capability: Capability) {
    if earlier.is_empty() {
        return;
    }
    let last = last(earlier, capability);
    page.put("<td class=\"n\">", &measures::score(context, last.map(|(_, score)| score)), "");
    if let Some(day) = last.and_then(|(line, _)| line.day.as_ref()) {
        page.put(" <span class=\"quiet\">", &day.0, "</span>");
    }
    page.raw("</td>");
}

/// What a team showed before.
pub(super) fn of_team(page: &mut Page, context: &Context<'_>, team: &Scorecard) {
    if team.earlier.is_empty() {
        return;
    }
    let words = &context.words.earlier;
    page.put("<h4>", &words.heading, "</h4>\n").put("<p class=\"note\">", &words.note, "</p>\n");
    open_table(page, &measures::of_one(&words.caption, team));
    page.put("<thead><tr><th scope=\"col\">", &context.words.exercise, "</th>");
    page.put("<th scope=\"col\">", &words.day, "</th>");
    page.put("<th scope=\"col\" class=\"n\">", &context.words.figures.score, "</th></tr></thead>\n<tbody>\n");
    for line in &team.earlier {
        page.raw("<tr><th scope=\"row\">").local(&line.title);
        page.put("</th><td class=\"n\">", line.day.as_ref().map_or("\u{2013}", |day| day.0.as_str()), "</td>");
        page.put("<td class=\"n\">", &measures::score(context, line.score_milli), "</td></tr>\n");
    }
    page.raw("</tbody>\n</table></div>\n");
    actions(page, context, Some(team), &team.earlier, ["<h4>", "</h4>\n"]);
}

/// What became of the corrective actions of the event.
pub(super) fn of_event(page: &mut Page, context: &Context<'_>) {
    let earlier = &context.report.earlier;
    if earlier.is_empty() {
        return;
    }
    page.put("<section id=\"earlier\">\n<h2>", &context.words.earlier.heading, "</h2>\n");
    for line in earlier {
        page.raw("<p>").local(&line.title).put(" <span class=\"quiet\"><bdi>", line.exercise.as_str(), "</bdi> ");
        page.put("", line.day.as_ref().map_or("\u{2013}", |day| day.0.as_str()), "</span></p>\n");
    }
    actions(page, context, None, earlier, ["<h3 class=\"sub\">", "</h3>\n"]);
    page.raw("</section>\n");
}

/// What became of corrective actions, under headings of the level that the place asks for.
fn actions(
    page: &mut Page,
    context: &Context<'_>,
    team: Option<&Scorecard>,
    earlier: &[EarlierLine],
    [open, close]: [&'static str; 2],
) {
    for line in earlier.iter().filter(|line| !line.improvement.is_empty()) {
        let title = line.title.get(page.language()).to_owned();
        let heading = phrase::fill(&context.words.earlier.actions, &[("title", &title)]);
        page.put(open, &heading, close);
        let caption = team.map_or_else(|| heading.clone(), |team| measures::of_one(&heading, team));
        after::plan(page, context, &caption, &line.improvement);
    }
}
