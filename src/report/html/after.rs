//! What people made of the exercise: findings in their words, the improvement plan, the hot wash, feedback.

use super::{Context, findings, open_table};
use crate::{
    markup::{page::Page, phrase},
    report::model::{EditedFinding, FindingKind, ImprovementLine, QuestionLine},
};

/// Findings in people's own words, on one side.
pub(super) fn edited(page: &mut Page, context: &Context<'_>, findings: &[EditedFinding], kind: FindingKind) {
    let mut findings = findings.iter().filter(|finding| finding.kind == kind).peekable();
    if findings.peek().is_none() {
        return;
    }
    page.raw("<ul class=\"edited\">\n");
    for finding in findings {
        one(page, context, finding);
    }
    page.raw("</ul>\n");
}

fn one(page: &mut Page, context: &Context<'_>, finding: &EditedFinding) {
    let words = context.words;
    let text = |text: &Option<String>| text.clone().unwrap_or_else(|| words.erased.clone());
    page.put("<li><p class=\"title\" dir=\"auto\">", &text(&finding.title), "</p>");
    page.put("<p class=\"words\" dir=\"auto\">", &text(&finding.observation), "</p>");
    for (name, said) in [(&words.findings.reference, &finding.reference), (&words.findings.analysis, &finding.analysis)]
    {
        if let Some(said) = said {
            page.put("<p><span class=\"quiet\">", name, ":</span> <span class=\"words\" dir=\"auto\">");
            page.put("", said, "</span></p>");
        }
    }
    if let Some(capability) = finding.capability {
        page.put("<span class=\"quiet\">", &phrase::named(&words.capabilities, capability), ".</span> ");
    }
    findings::rows(page, context, &finding.rows);
    page.raw("</li>\n");
}

/// The improvement plan of the event.
pub(super) fn improvement(page: &mut Page, context: &Context<'_>) {
    let words = &context.words.improvement;
    page.put("<section id=\"improvement\">\n<h2>", &words.heading, "</h2>\n");
    plan(page, context, &words.caption, &context.report.improvement);
    page.raw("</section>\n");
}

/// Corrective actions as a table with this caption, or that there are none.
pub(super) fn plan(page: &mut Page, context: &Context<'_>, caption: &str, lines: &[ImprovementLine]) {
    let words = &context.words.improvement;
    if lines.is_empty() {
        page.put("<p class=\"quiet\">", &words.none, "</p>\n");
        return;
    }
    open_table(page, caption);
    page.raw("<thead><tr>");
    for name in [&words.action, &words.element, &words.owner, &words.until, &words.cost, &words.priority, &words.state]
    {
        page.put("<th scope=\"col\">", name, "</th>");
    }
    page.raw("</tr></thead>\n<tbody>\n");
    for line in lines {
        row(page, context, line);
    }
    page.raw("</tbody>\n</table></div>\n");
    // What a band means stands only where one was given.
    if lines.iter().any(|line| line.cost.is_some()) {
        page.put("<p class=\"note\">", &words.cost_note, "</p>\n");
    }
}

fn row(page: &mut Page, context: &Context<'_>, line: &ImprovementLine) {
    let words = &context.words.improvement;
    let text = line.text.clone().unwrap_or_else(|| context.words.erased.clone());
    page.put("<tr><th scope=\"row\"><span class=\"words\" dir=\"auto\">", &text, "</span>");
    if let Some(capability) = line.capability {
        let name = phrase::named(&context.words.capabilities, capability);
        page.put(" <span class=\"quiet\">", &name, "</span>");
    }
    page.put("</th><td>", &phrase::named(&words.elements, line.element), "</td><td>");
    let who: Vec<&str> = [&line.owner, &line.contact].into_iter().flatten().map(String::as_str).collect();
    page.put("<bdi>", if who.is_empty() { "\u{2013}" } else { "" }, "").text(&who.join(", ")).raw("</bdi></td>");
    let until = line.completion.as_ref().map_or("\u{2013}", |day| day.0.as_str());
    page.put("<td class=\"n\">", until, "</td>");
    let cost = line.cost.map_or_else(|| "\u{2013}".to_owned(), |cost| phrase::named(&words.costs, cost));
    page.put("<td>", &cost, "</td>");
    page.put("<td>", &phrase::named(&words.priorities, line.priority), "</td>");
    page.put("<td>", &phrase::named(&words.states, line.state), "");
    if line.overdue {
        page.put(" <span class=\"tag\">", &words.overdue, "</span>");
    }
    for said in [&line.note, &line.evidence].into_iter().flatten() {
        page.put("<p class=\"words\" dir=\"auto\">", said, "</p>");
    }
    page.raw("</td></tr>\n");
}

/// The board of the hot wash.
pub(super) fn notes(page: &mut Page, context: &Context<'_>) {
    let (report, words) = (context.report, context.words);
    if report.notes.is_empty() {
        return;
    }
    page.put("<section id=\"notes\">\n<h2>", &words.after.notes, "</h2>\n<div class=\"findings\">\n");
    for (kind, heading) in
        [(FindingKind::Strength, &words.findings.strengths), (FindingKind::Area, &words.findings.areas)]
    {
        page.put("<div><p class=\"title\">", heading, "</p>\n<ul>\n");
        for note in report.notes.iter().filter(|note| note.kind == kind) {
            page.put("<li><span dir=\"auto\">", note.text.as_deref().unwrap_or(&words.erased), "</span>");
            for same in &note.same {
                page.put("<p class=\"quiet\" dir=\"auto\">", same, "</p>");
            }
            page.raw("</li>\n");
        }
        page.raw("</ul></div>\n");
    }
    page.raw("</div>\n</section>\n");
}

/// What people said of how the exercise was run.
pub(super) fn feedback(page: &mut Page, context: &Context<'_>) {
    let Some(feedback) = &context.report.feedback else { return };
    let words = &context.words.after;
    page.put("<section id=\"feedback\">\n<h2>", &words.feedback, "</h2>\n<p>");
    let counts = [("n", &*feedback.given.to_string()), ("of", &*feedback.asked.to_string())];
    page.text(&phrase::fill(&words.responses, &counts)).raw("</p>\n");
    open_table(page, &words.feedback);
    page.put("<thead><tr><th scope=\"col\">", &words.question, "</th>");
    page.put("<th scope=\"col\">", &words.answers, "</th></tr></thead>\n<tbody>\n");
    for question in &feedback.questions {
        answers(page, question);
    }
    page.raw("</tbody>\n</table></div>\n</section>\n");
}

fn answers(page: &mut Page, question: &QuestionLine) {
    page.raw("<tr><th scope=\"row\">").local(&question.label).raw("</th><td>");
    if !question.options.is_empty() {
        page.raw("<ul>");
        for option in &question.options {
            page.raw("<li>").local(&option.label).put(": <strong>", &option.n.to_string(), "</strong></li>");
        }
        page.raw("</ul>");
    }
    for text in &question.texts {
        page.put("<p class=\"words\" dir=\"auto\">", text, "</p>");
    }
    page.raw("</td></tr>\n");
}
