//! The contact card: how to reach control, and what to say when something real happens. One page
//! that folds to the size of a pocket.

use super::{Standing, blank, close, open, phone, words::Words};
use crate::{
    engine::{plan::Contact, text::Language},
    markup::{self, page::Page},
};

/// More entries than fit into a quarter of a page go on the back.
const IN_A_QUARTER: usize = 14;
/// What is said aloud, whatever language play is in.
const IN_ENGLISH: &str = "NO DUFF, NO DUFF, NO DUFF. This is a real emergency. This is not part of the exercise.";

pub(super) fn write(standing: &Standing, language: &Language) -> String {
    let (mut page, words) = open(standing, language, |words| &words.contact_card, false);
    let contacts = &standing.plan.directory;
    let on_the_back = contacts.len() > IN_A_QUARTER;
    page.raw("<div class=\"card\">\n<section>\n");
    markup::banner(&mut page, standing.marking, standing.plan.tlp);
    page.put("<p class=\"eyebrow\">", &words.contact_card, "</p>\n<h1>").local(&standing.plan.title).raw("</h1>\n");
    phone(&mut page, standing, words);
    for name in [&words.call_sign, &words.our_team] {
        blank(&mut page, name);
    }
    page.put("<p class=\"note\">", &words.fold, "</p>\n</section>\n");
    no_duff(&mut page, words);
    page.put("<section>\n<h2>", &words.by_phone, "</h2>\n");
    steps(&mut page, &words.phone_steps);
    page.raw("</section>\n<section>\n");
    if !on_the_back {
        directory(&mut page, words, contacts);
    }
    page.raw("</section>\n</div>\n");
    if on_the_back {
        page.raw("<section class=\"back\">\n");
        directory(&mut page, words, contacts);
        page.raw("</section>\n");
    }
    close(page, standing)
}

fn no_duff(page: &mut Page, words: &Words) {
    page.put("<section class=\"duff\">\n<h2><bdi>NO DUFF</bdi></h2>\n<p><b>", &words.no_duff_when, "</b></p>\n");
    steps(page, &words.no_duff_steps);
    page.put("<p>", &words.in_english, "</p>\n<p lang=\"en\" dir=\"ltr\"><b>")
        .raw(IN_ENGLISH)
        .raw("</b></p>\n</section>\n");
}

fn steps(page: &mut Page, steps: &[String]) {
    page.raw("<ol>\n");
    for step in steps {
        page.put("<li>", step, "</li>\n");
    }
    page.raw("</ol>\n");
}

fn directory(page: &mut Page, words: &Words, contacts: &[Contact]) {
    if contacts.is_empty() {
        return;
    }
    page.put("<h2>", &words.directory, "</h2>\n<dl>\n");
    for contact in contacts {
        page.raw("<div><dt>").local(&contact.name);
        if let Some(alias) = &contact.alias {
            page.put(" <small>(", &words.alias, ": ").put("<bdi>", alias.as_str(), "</bdi>)</small>");
        }
        page.raw("</dt><dd>").local(&contact.role);
        page.put(" <bdi>", &contact.address, "</bdi></dd></div>\n");
    }
    page.raw("</dl>\n");
}
