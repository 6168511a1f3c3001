//! One team's scorecard: every inject, every answer, every point with its reason and its row.

use super::{Context, Tally, earlier, findings, length_cell, measures, open_table, overview, time_cell, timeline};
use crate::{
    engine::{
        score::{Band, InjectScore, Outcome, Reason},
        text::Text,
    },
    markup::{banner, figures, page::Page, phrase},
    report::model::{FieldLine, InjectLine, Scorecard},
};

pub(super) fn write(page: &mut Page, context: &Context<'_>, team: &Scorecard, n: u32) {
    let words = context.words;
    page.put("<article class=\"team\" id=\"team-", &n.to_string(), "\">\n");
    banner(page, &context.report.marking, context.report.tlp);
    page.put("<p class=\"eyebrow\">", &words.scorecard, "</p>\n<h3><bdi>").text(&team.name).raw("</bdi></h3>\n");
    let tally = Tally::of(&team.injects);
    page.put("<p class=\"figure\">", &measures::score(context, team.score_milli), "</p>\n");
    page.put("<p>", &context.points_of(team.points_milli, team.attainable_milli), "</p>\n");
    overview::bar(page, tally, team.unmarked_milli);
    page.put("<p>", &context.coverage(tally.counted, tally.asked), ". ");
    page.text(&words.waiting).raw(": ").text(&context.points(team.unmarked_milli)).raw(".</p>\n");
    findings::of_team(page, context, team);
    measures::of_team(page, context, team);
    earlier::of_team(page, context, team);
    injects(page, context, team);
    let asked: Vec<&InjectLine> = team.injects.iter().filter(|inject| !inject.fields.is_empty()).collect();
    if !asked.is_empty() {
        page.put("<h4>", &words.answers, "</h4>\n");
    }
    for inject in asked {
        answers(page, context, inject);
    }
    timeline::record(page, context, &team.team, &team.name);
    page.raw("</article>\n");
}

fn injects(page: &mut Page, context: &Context<'_>, team: &Scorecard) {
    let words = context.words;
    let caption = phrase::fill(&words.injects_caption, &[("team", &team.name)]);
    open_table(page, &caption);
    page.raw("<thead><tr>");
    page.put("<th scope=\"col\">", &words.inject, "</th>");
    for name in [&words.sent, &words.opened, &words.acknowledged, &words.answered_after, &words.time_allowed] {
        page.put("<th scope=\"col\" class=\"n\">", name, "</th>");
    }
    page.put("<th scope=\"col\">", &words.points_of_counted, "</th></tr></thead>\n<tbody>\n");
    for inject in &team.injects {
        inject_row(page, context, inject);
    }
    page.raw("</tbody>\n</table></div>\n");
}

fn inject_row(page: &mut Page, context: &Context<'_>, inject: &InjectLine) {
    let words = context.words;
    page.raw("<tr><th scope=\"row\">").local(&inject.title);
    page.put(" <span class=\"quiet\">", &phrase::named(&words.kinds, inject.kind), "</span></th>");
    match inject.released_at {
        Some(at) => time_cell(page, at),
        None => drop(page.raw("<td class=\"n quiet\">\u{2013}</td>")),
    }
    length_cell(page, inject.opened_after, &words.not_done);
    length_cell(page, inject.acknowledged_after, &words.not_done);
    length_cell(page, inject.answered_after, &words.not_done);
    length_cell(page, inject.deadline, &words.none_set);
    page.raw("<td>");
    let tally = Tally::of([inject]);
    if tally.asked > 0 {
        page.text(&context.points_of(tally.points, tally.counted));
    } else {
        page.put("<span class=\"quiet\">", &words.not_scored, "</span>");
    }
    if let Some(score) = &inject.score {
        page.put(" <span class=\"quiet\">", &outcome(context, score), "</span>");
    }
    if inject.late {
        page.put(" <span class=\"tag\">", &words.late, "</span>");
    }
    page.raw("</td></tr>\n");
}

fn answers(page: &mut Page, context: &Context<'_>, inject: &InjectLine) {
    let words = context.words;
    page.raw("<table class=\"answers\">\n<caption><span class=\"title\">");
    page.local(&inject.title).raw("</span> ").text(&evidence(context, inject)).raw("</caption>\n<thead><tr>");
    for name in [&words.question, &words.answer, &words.points, &words.reason] {
        page.put("<th scope=\"col\">", name, "</th>");
    }
    page.raw("</tr></thead>\n<tbody>\n");
    for field in &inject.fields {
        field_row(page, context, field);
    }
    page.raw("</tbody>\n</table>\n");
    judged(page, context, inject);
    expected(page, context, &inject.expected);
}

/// What evaluators looked at, and what they say.
fn judged(page: &mut Page, context: &Context<'_>, inject: &InjectLine) {
    let words = &context.words.figures;
    if !inject.criteria.is_empty() {
        page.put("<div class=\"expected\"><p class=\"title\">", &words.criteria, "").put(
            " (",
            &words.levels,
            ")</p>\n<ul>\n",
        );
        for line in &inject.criteria {
            let levels: Vec<String> = line.levels.iter().map(ToString::to_string).collect();
            page.raw("<li>").local(&line.title).put(": <strong>", &levels.join(", "), "</strong>");
            if let Some(anchor) = &line.anchor {
                page.raw(" <span class=\"quiet\">").local(anchor).raw("</span>");
            }
            page.raw("</li>\n");
        }
        page.raw("</ul></div>\n");
    }
    if !inject.feedback.is_empty() {
        page.put("<div class=\"expected\"><p class=\"title\">", &words.feedback, "</p>\n");
        for said in &inject.feedback {
            page.put("<p class=\"words\" dir=\"auto\">", said, "</p>\n");
        }
        page.raw("</div>\n");
    }
}

/// Which rows of the log a line rests on, and how many answers there were.
pub(in crate::report) fn evidence(context: &Context<'_>, inject: &InjectLine) -> String {
    let words = context.words;
    let row = |sentence, n: i64| phrase::fill(sentence, &[("n", &n.to_string())]);
    let sent = inject.released_seq.map(|seq| row(&words.sent_row, seq));
    let answered = inject.answer_seq.map(|seq| row(&words.answer_row, seq));
    let revised = (inject.revisions > 1).then(|| row(&words.answers_sent, i64::from(inject.revisions)));
    let revised = revised.map(|text| format!("({text})"));
    [sent, answered, revised].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

fn field_row(page: &mut Page, context: &Context<'_>, field: &FieldLine) {
    let words = context.words;
    page.raw("<tr><th scope=\"row\">").local(&field.label).raw("</th><td>");
    if let Some(answer) = &field.answer {
        page.put("<p class=\"words\" dir=\"auto\">", answer, "</p>");
    }
    if field.erased {
        page.put("<p class=\"tag\">", &words.erased, "</p>");
    }
    if field.answer.is_none() && !field.erased {
        page.put("<p class=\"quiet\">", &words.no_answer, "</p>");
    }
    page.raw("</td><td>").text(&points(context, field)).raw("</td><td>");
    page.text(
        &field.reason.as_ref().map_or_else(String::new, |reason| in_words(context, reason, field.credit_permille)),
    );
    page.raw("</td></tr>\n");
}

/// What the field gave of its weight; people judge some fields, and their rubric counts for the whole answer.
pub(in crate::report) fn points(context: &Context<'_>, field: &FieldLine) -> String {
    let words = context.words;
    let worth = i64::from(field.points) * 1000;
    match (&field.reason, field.credit_permille) {
        (Some(_), Some(credit)) => {
            let given = worth * i64::from(credit) / 1000;
            phrase::fill(&words.of, &[("a", &context.points(given)), ("b", &context.points(worth))])
        }
        (Some(_), None) => words.by_people.clone(),
        (None, _) => words.not_scored.clone(),
    }
}

pub(in crate::report) fn in_words(context: &Context<'_>, reason: &Reason, credit_permille: Option<u32>) -> String {
    let words = context.words;
    match reason {
        Reason::Right => words.right.clone(),
        Reason::Partial => {
            let percent = figures::points(i64::from(credit_permille.unwrap_or(0)) * 100, &words.decimal);
            phrase::fill(&words.partial, &[("n", &percent)])
        }
        Reason::Overlap { matched, missing, extra } => {
            let gaps = [("m", matched), ("k", missing), ("x", extra)].map(|(gap, n)| (gap, n.to_string()));
            let gaps: Vec<(&str, &str)> = gaps.iter().map(|(gap, n)| (*gap, n.as_str())).collect();
            phrase::fill(&words.overlap, &gaps)
        }
        Reason::Wrong { .. } => words.wrong.clone(),
        Reason::LeftEmpty => words.left_empty.clone(),
        Reason::ByPeople => words.by_people.clone(),
    }
}

/// Why an inject has its points, or none.
pub(in crate::report) fn outcome(context: &Context<'_>, score: &InjectScore) -> String {
    let words = context.words;
    match &score.outcome {
        Outcome::Counted if score.band == Some(Band::Late) => words.late_part.clone(),
        Outcome::Counted => String::new(),
        Outcome::Open => words.still_open.clone(),
        Outcome::NotAnswered => words.not_answered.clone(),
        Outcome::TeamOffline => words.team_offline.clone(),
        Outcome::NotDelivered => words.not_delivered.clone(),
        Outcome::NotObserved => words.not_observed.clone(),
        Outcome::Unmarked { .. } => words.not_yet_marked.clone(),
        Outcome::Split => words.split.clone(),
        Outcome::Recalled => words.recalled.clone(),
        Outcome::Excused { because } => phrase::fill(&words.excused, &[("why", because)]),
        Outcome::ExcusedKept { because } => phrase::fill(&words.excused_kept, &[("why", because)]),
        Outcome::NotScored => words.not_scored.clone(),
    }
}

fn expected(page: &mut Page, context: &Context<'_>, expected: &[Text]) {
    if expected.is_empty() {
        return;
    }
    page.put("<div class=\"expected\"><p class=\"title\">", &context.words.expected, "</p>\n<ul>\n");
    for text in expected {
        page.raw("<li>").local(text).raw("</li>\n");
    }
    page.raw("</ul></div>\n");
}
