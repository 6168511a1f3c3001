//! What happened: the acts of control and of the clock in one table. What a team did stands with
//! the team.

use super::{Context, open_table, time_cell};
use crate::{
    engine::{id::TeamId, time::Millis},
    markup::{figures, page::Page, phrase},
    report::model::{Report, TimelineLine},
};

/// Facts that are told elsewhere: with a team, or by the list of teams.
pub(in crate::report) const ELSEWHERE: [&str; 6] =
    ["answer_closed", "inject_acknowledged", "log_written", "response_submitted", "said", "team_added"];
/// Facts that a team's record tells.
pub(in crate::report) const OF_RECORD: [&str; 9] = [
    "file_taken",
    "hint_opened",
    "inject_acknowledged",
    "information_asked",
    "log_written",
    "peer_sent",
    "request_answered",
    "response_submitted",
    "said",
];

pub(super) fn write(page: &mut Page, context: &Context<'_>) {
    let words = context.words;
    page.put("<section id=\"timeline\">\n<h2>", &words.timeline, "</h2>\n<p>");
    page.text(&words.timeline_note).raw("</p>\n");
    open_table(page, &words.timeline_caption);
    columns(page, context);
    for line in context.report.timeline.iter().filter(|line| !is_elsewhere(line)) {
        row(page, context, line, true, true);
    }
    page.raw("</tbody>\n</table></div>\n</section>\n");
}

fn is_elsewhere(line: &TimelineLine) -> bool {
    ELSEWHERE.contains(&line.kind.as_str())
}

/// Whether a row of the log has a place in the report that a link may lead to.
pub(super) fn tells_of(report: &Report, seq: i64) -> bool {
    let Ok(place) = report.timeline.binary_search_by_key(&seq, |line| line.seq) else { return false };
    report.timeline.get(place).is_some_and(|line| {
        let of_team = |team: &TeamId| report.teams.iter().any(|known| known.team == *team);
        !is_elsewhere(line) || (OF_RECORD.contains(&line.kind.as_str()) && line.teams.first().is_some_and(of_team))
    })
}

/// Log, thread and answers of one team.
pub(super) fn record(page: &mut Page, context: &Context<'_>, team: &TeamId, name: &str) {
    let words = context.words;
    let own = |line: &&TimelineLine| OF_RECORD.contains(&line.kind.as_str()) && line.teams.contains(team);
    let mut lines = context.report.timeline.iter().filter(own).peekable();
    if lines.peek().is_none() {
        return;
    }
    let caption = phrase::fill(&words.record_caption, &[("team", name)]);
    page.put("<h4>", &words.record, "</h4>\n");
    open_table(page, &caption);
    columns(page, context);
    for line in lines {
        // A line of several teams stands with each of them: the way to it leads to the first.
        let is_first = is_elsewhere(line) && line.teams.first() == Some(team);
        row(page, context, line, false, is_first);
    }
    page.raw("</tbody>\n</table></div>\n");
}

fn columns(page: &mut Page, context: &Context<'_>) {
    let words = context.words;
    page.put("<thead><tr><th scope=\"col\" class=\"n\">", &words.time, "</th>");
    page.put("<th scope=\"col\" class=\"n\">", &words.story_time, "</th>");
    page.put("<th scope=\"col\">", &words.event, "</th>");
    page.put("<th scope=\"col\">", &words.details, "</th>");
    page.put("<th scope=\"col\" class=\"n\">", &words.row, "</th></tr></thead>\n<tbody>\n");
}

fn row(page: &mut Page, context: &Context<'_>, line: &TimelineLine, with_teams: bool, is_target: bool) {
    let words = context.words;
    if is_target {
        page.put("<tr id=\"row-", &line.seq.to_string(), "\">");
    } else {
        page.raw("<tr>");
    }
    time_cell(page, line.at);
    page.put("<td class=\"n\"><bdi>", &figures::story_time(line.plan_time), "</bdi></td>");
    page.put("<th scope=\"row\">", &phrase::named(&words.happened, &line.kind), "</th><td>");
    if let Some(title) = &line.title {
        page.raw("<p class=\"title\">").local(title).raw("</p>");
    }
    if let Some(text) = &line.text {
        page.put("<p class=\"words\" dir=\"auto\">", text, "</p>");
    }
    if with_teams && (!line.teams.is_empty() || line.inject.is_some()) {
        page.put("<p class=\"quiet\">", &teams(context, &line.teams), "</p>");
    }
    if let Some(late) = line.late_by.filter(|late| *late >= Millis::seconds(1)) {
        page.put("<p class=\"tag\">", &phrase::fill(&words.late_by, &[("t", &figures::length(late))]), "</p>");
    }
    page.put("</td><td class=\"n quiet\">", &line.seq.to_string(), "</td></tr>\n");
}

pub(in crate::report) fn teams(context: &Context<'_>, ids: &[TeamId]) -> String {
    let all = &context.report.teams;
    if all.len() > 1 && all.iter().all(|team| ids.contains(&team.team)) {
        return context.words.all_teams.clone();
    }
    let names: Vec<&str> = all.iter().filter(|team| ids.contains(&team.team)).map(|team| team.name.as_str()).collect();
    names.join(", ")
}
