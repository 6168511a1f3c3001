//! The page that whoever decides reads: what was tested, what went well, what did not, what is asked of them.

use super::{Context, after as html_after, measures};
use crate::{
    markup::{page::Page, phrase},
    report::{
        after,
        model::{Finding, FindingKind, ImprovementLine, Scorecard},
        wording,
    },
};

/// So many of each fit on a page and in a head.
const THREE: usize = 3;

pub(super) fn write(page: &mut Page, context: &Context<'_>, team: &Scorecard) {
    let words = &context.words.brief;
    page.put("<section class=\"brief\">\n<p class=\"figure\"><bdi>", &team.name, "</bdi></p>\n<h2>");
    page.text(&words.tested).raw("</h2>\n<ul>\n");
    for objective in &context.report.objectives {
        page.raw("<li>").local(&objective.title);
        if let Some(line) = team.objectives.iter().find(|line| line.objective == objective.objective) {
            page.raw(" \u{2013} ");
            measures::rating(page, context, line);
        }
        page.raw("</li>\n");
    }
    page.raw("</ul>\n");
    for (kind, heading) in [(FindingKind::Strength, &words.strengths), (FindingKind::Area, &words.gaps)] {
        page.put("<h2>", heading, "</h2>\n");
        let edited = team.edited.iter().filter(|finding| finding.kind == kind).take(THREE);
        page.raw("<ul>\n");
        for finding in edited.clone() {
            let says = [&finding.title, &finding.observation].into_iter().flatten().map(String::as_str);
            page.put("<li dir=\"auto\">", &says.collect::<Vec<_>>().join(": "), "</li>\n");
        }
        for finding in first(team, kind).take(THREE - edited.count()) {
            let sentence = wording::sentence(finding, context.words, &page.language().clone(), true);
            page.put("<li>", &sentence, "</li>\n");
        }
        page.raw("</ul>\n");
    }
    page.put("<h2>", &words.decisions, "</h2>\n");
    let asked: Vec<ImprovementLine> = after::asked_for(&team.improvement, THREE).cloned().collect();
    html_after::plan(page, context, &asked);
    page.put("<h2>", &words.quote, "</h2>\n<p>");
    let title = context.report.title.get(page.language()).to_owned();
    page.text(&phrase::fill(&words.quote_text, &[("team", &team.name), ("title", &title)])).raw("</p>\n");
    page.put("<p class=\"note\">", &words.no_rank, " ").put("", &context.words.head_hash, ": <bdi>");
    page.text(context.report.head_hash.as_deref().unwrap_or(&context.words.no_hash)).raw("</bdi>.</p>\n</section>\n");
}

fn first(team: &Scorecard, kind: FindingKind) -> impl Iterator<Item = &Finding> {
    team.findings.iter().filter(move |finding| finding.kind == kind).take(THREE)
}
