//! Strengths and areas for improvement, each with the rows that it rests on.

use super::Context;
use crate::{
    markup::{page::Page, phrase},
    report::{
        model::{Finding, FindingKind},
        wording,
    },
};

/// The section about all teams.
pub(super) fn write(page: &mut Page, context: &Context<'_>) {
    let words = &context.words.findings;
    page.put("<section id=\"findings\">\n<h2>", &words.heading, "</h2>\n<p class=\"note\">").text(&words.note);
    page.raw("</p>\n");
    lists(page, context, &context.report.findings, false);
    page.raw("</section>\n");
}

/// Those of one team, under its scorecard.
pub(super) fn of_team(page: &mut Page, context: &Context<'_>, findings: &[Finding]) {
    page.put("<h4>", &context.words.findings.heading, "</h4>\n");
    lists(page, context, findings, true);
}

fn lists(page: &mut Page, context: &Context<'_>, findings: &[Finding], of_one_team: bool) {
    let words = &context.words.findings;
    page.raw("<div class=\"findings\">\n");
    for (kind, heading) in [(FindingKind::Strength, &words.strengths), (FindingKind::Area, &words.areas)] {
        page.put("<div><p class=\"title\">", heading, "</p>\n");
        list(page, context, findings.iter().filter(|finding| finding.kind == kind), of_one_team);
        page.raw("</div>\n");
    }
    page.raw("</div>\n");
}

/// A list of findings, or that there are none.
fn list<'a>(page: &mut Page, context: &Context<'_>, findings: impl Iterator<Item = &'a Finding>, of_one_team: bool) {
    let mut findings = findings.peekable();
    if findings.peek().is_none() {
        page.put("<p class=\"quiet\">", &context.words.findings.none, "</p>\n");
        return;
    }
    page.raw("<ul>\n");
    let language = page.language().clone();
    for finding in findings {
        page.put("<li>", &wording::sentence(finding, context.words, &language, of_one_team), "");
        if let Some(capability) = finding.capability {
            let name = phrase::named(&context.words.capabilities, capability);
            page.put(" <span class=\"quiet\">", &name, ".</span>");
        }
        if let Some(rows) = wording::rows(finding, context.words) {
            page.put(" <span class=\"quiet\">", &rows, "</span>");
        }
        page.raw("</li>\n");
    }
    page.raw("</ul>\n");
}
