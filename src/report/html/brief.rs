//! The page that whoever decides reads: what was tested, what went well, what did not, what is asked of them.

use super::{Context, measures};
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
        if edited.clone().next().is_none() && first(team, kind).next().is_none() {
            page.put("<p>", &words.none, "</p>\n");
            continue;
        }
        page.raw("<ul>\n");
        for finding in edited.clone() {
            page.put("<li dir=\"auto\">", &after::in_brief(finding), "</li>\n");
        }
        for finding in first(team, kind).take(THREE - edited.count()) {
            let sentence = wording::sentence(finding, context.words, &page.language().clone(), true);
            page.put("<li>", &sentence, "</li>\n");
        }
        page.raw("</ul>\n");
    }
    page.put("<h2>", &words.decisions, "</h2>\n");
    decisions(page, context, after::asked_for(&team.improvement, THREE));
    page.put("<h2>", &words.quote, "</h2>\n<p>");
    let title = context.report.title.get(page.language()).to_owned();
    page.text(&phrase::fill(&words.quote_text, &[("team", &team.name), ("title", &title)])).raw("</p>\n");
    page.put("<p class=\"note\">", &words.no_rank, "</p>\n").put(
        "<p class=\"note\">",
        &context.words.origin,
        ": <bdi>",
    );
    let hash = context.report.head_hash.as_deref().unwrap_or(&context.words.no_hash);
    page.put("", context.report.exercise.as_str(), ", ").text(hash).raw("</bdi></p>\n</section>\n");
}

/// What is asked of the reader: each with who would do it, until when and what it costs, as far as that is known.
fn decisions<'a>(page: &mut Page, context: &Context<'_>, asked: impl Iterator<Item = &'a ImprovementLine>) {
    let words = &context.words.improvement;
    let asked: Vec<&ImprovementLine> = asked.collect();
    if asked.is_empty() {
        page.put("<p>", &words.none, "</p>\n");
        return;
    }
    page.raw("<ol>\n");
    for line in &asked {
        let text = line.text.as_ref().unwrap_or(&context.words.erased);
        page.put("<li><strong><bdi>", text, "</bdi></strong>");
        let owner: Vec<&str> = [&line.owner, &line.contact].into_iter().flatten().map(String::as_str).collect();
        let owner = (!owner.is_empty()).then(|| owner.join(", "));
        let cost = line.cost.map(|cost| phrase::named(&words.costs, cost));
        let until = line.completion.as_ref().map(|day| day.0.clone());
        for (name, value) in [(&words.owner, owner), (&words.until, until), (&words.cost, cost)] {
            if let Some(value) = value {
                page.put(" <span class=\"quiet\">\u{b7} ", name, ":</span> ").put("<bdi>", &value, "</bdi>");
            }
        }
        page.raw("</li>\n");
    }
    page.raw("</ol>\n");
    // What a band means stands only where one was given.
    if asked.iter().any(|line| line.cost.is_some()) {
        page.put("<p class=\"note\">", &words.cost_note, "</p>\n");
    }
}

fn first(team: &Scorecard, kind: FindingKind) -> impl Iterator<Item = &Finding> {
    team.findings.iter().filter(move |finding| finding.kind == kind).take(THREE)
}
