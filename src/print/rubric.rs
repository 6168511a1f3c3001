//! What evaluators look at, on paper: expected actions to tick and criteria to give a level.

use super::words::Words;
use crate::{
    engine::{plan::Inject, text::Text},
    markup::page::Page,
};

pub(super) fn write(page: &mut Page, words: &Words, inject: &Inject) {
    actions(page, words, inject);
    let criteria = &inject.staff.evaluation.criteria;
    if criteria.is_empty() {
        return;
    }
    page.put("<h3>", &words.rubric, "</h3>\n");
    for criterion in criteria {
        page.raw("<p><b>").local(&criterion.title).raw("</b>");
        critical(page, words, criterion.critical);
        page.raw("</p>\n");
        if !criterion.anchors.is_empty() {
            page.raw("<ol start=\"0\">\n");
            for anchor in &criterion.anchors {
                page.raw("<li>").local(anchor).raw("</li>\n");
            }
            page.raw("</ol>\n");
        }
    }
}

/// The checklist, and what else the plan expects.
fn actions(page: &mut Page, words: &Words, inject: &Inject) {
    let listed = &inject.staff.evaluation.actions;
    let others = inject.staff.expected.iter().filter(|text| listed.iter().all(|action| action.text != **text));
    let all: Vec<(&Text, bool)> =
        listed.iter().map(|action| (&action.text, action.critical)).chain(others.map(|text| (text, false))).collect();
    if all.is_empty() {
        return;
    }
    page.put("<h3>", &words.expected, "</h3>\n<ul>\n");
    for (text, is_critical) in all {
        page.raw("<li><b class=\"box\"></b> ").local(text);
        critical(page, words, is_critical);
        page.raw("</li>\n");
    }
    page.raw("</ul>\n");
}

fn critical(page: &mut Page, words: &Words, is_critical: bool) {
    if is_critical {
        page.put(" <small>(", &words.critical, ")</small>");
    }
}
