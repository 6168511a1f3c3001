//! Strengths and areas for improvement, each with the rows that it rests on.

use super::{Context, after, measures, timeline};
use crate::{
    markup::{page::Page, phrase},
    report::{
        model::{EditedFinding, Finding, FindingKind, Scorecard},
        wording,
    },
};

/// The section about all teams.
pub(super) fn write(page: &mut Page, context: &Context<'_>) {
    let words = &context.words.findings;
    page.put("<section id=\"findings\">\n<h2>", &words.heading, "</h2>\n<p class=\"note\">").text(&words.note);
    page.raw("</p>\n");
    let report = context.report;
    lists(page, context, (&report.edited, &report.findings, report.signed_off), false);
    page.raw("</section>\n");
}

/// Those of one team, under its scorecard.
pub(super) fn of_team(page: &mut Page, context: &Context<'_>, team: &Scorecard) {
    page.put("<h4>", &context.words.findings.heading, "</h4>\n");
    lists(page, context, (&team.edited, &team.findings, team.signed_off), true);
    page.put("<h4>", &context.words.improvement.heading, "</h4>\n");
    after::plan(page, context, &measures::of_one(&context.words.improvement.caption, team), &team.improvement);
}

fn lists(
    page: &mut Page,
    context: &Context<'_>,
    (edited, drafts, signed_off): (&[EditedFinding], &[Finding], bool),
    of_one_team: bool,
) {
    let words = &context.words.findings;
    page.put("<p class=\"quiet\">", if signed_off { &words.signed_off } else { &words.not_signed_off }, "</p>\n");
    page.raw("<div class=\"findings\">\n");
    for (kind, heading) in [(FindingKind::Strength, &words.strengths), (FindingKind::Area, &words.areas)] {
        page.put("<div><p class=\"title\">", heading, "</p>\n");
        after::edited(page, context, edited, kind);
        if !edited.is_empty() {
            page.put("<p class=\"quiet\">", &words.by_rules, "</p>\n");
        }
        list(page, context, drafts.iter().filter(|finding| finding.kind == kind), of_one_team);
        page.raw("</div>\n");
    }
    page.raw("</div>\n");
}

/// The rows that something rests on, each a way to where the report tells of it.
pub(super) fn rows(page: &mut Page, context: &Context<'_>, rows: &[i64]) {
    let Some((before, named, after)) = wording::rows_in_words(rows, context.words) else { return };
    page.put("<span class=\"quiet\">", &before, "");
    for (n, row) in named.iter().enumerate() {
        let number = row.to_string();
        page.raw(if n == 0 { "" } else { ", " });
        if timeline::tells_of(context.report, *row) {
            page.put("<a href=\"#row-", &number, "\">").put("", &number, "</a>");
        } else {
            page.text(&number);
        }
    }
    page.put("", &after, "</span>");
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
        page.raw(" ");
        rows(page, context, &finding.rows);
        page.raw("</li>\n");
    }
    page.raw("</ul>\n");
}
