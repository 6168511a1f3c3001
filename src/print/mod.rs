//! What control and teams hold in their hands when the platform is gone: the inject book, answer
//! sheets and the contact card, each one file of HTML made to be printed, in any of seven languages.
//!
//! Only the book knows what is staff's: sheets and card are written from [`Content`] and the
//! directory alone, so nothing of staff's can be on them.
//!
//! [`Content`]: crate::engine::plan::Content

mod book;
mod card;
mod condition;
mod rubric;
mod sheet;
mod standing;
mod words;

use self::words::Words;
use crate::{
    engine::{
        plan::{Condition, Plan},
        text::{Language, Text},
        time::Millis,
    },
    markup::{self, figures, page::Page},
};

pub use standing::Standing;
pub use words::languages;

const STYLE: &str = include_str!("style.css");

/// What is printed, of one plan in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Printed {
    /// Everything about every inject. Staff only.
    pub inject_book: String,
    /// One sheet for each inject that asks for an answer; for teams.
    pub answer_sheets: String,
    /// What everybody keeps at hand; for teams.
    pub contact_card: String,
}

/// Writes all that is printed in a language; in English if there are no words for it.
#[must_use]
pub fn print(standing: &Standing, language: &Language) -> Printed {
    Printed {
        inject_book: book::write(standing, language),
        answer_sheets: sheet::write(standing, language),
        contact_card: card::write(standing, language),
    }
}

/// A condition in words, for those who know injects by their place in the plan and their id.
pub(crate) fn condition_in_words(plan: &Plan, condition: &Condition, language: &Language) -> String {
    let (_, words) = words::of(language);
    let entries: Vec<_> =
        (1..).zip(&plan.injects).map(|(number, inject)| standing::Entry { number, inject, plan_time: None }).collect();
    condition::Teller { plan, entries: &entries, words, language }.condition(condition)
}

/// Begins a page: its head, the marking, and the margins of every sheet of paper.
fn open(
    standing: &Standing,
    language: &Language,
    name: impl Fn(&Words) -> &str,
    staff: bool,
) -> (Page, &'static Words) {
    let (tag, words) = words::of(language);
    let plan = &standing.plan;
    let mut page = Page::new(Language::from(tag));
    let title = plan.title.get(page.language()).to_owned();
    page.put("<!doctype html>\n<html lang=\"", tag, "\"").put(" dir=\"", &words.dir, "\">\n<head>\n");
    page.raw("<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    page.put("<meta name=\"robots\" content=\"noindex\">\n<title>EXERCISE \u{2013} ", name(words), " \u{2013} ");
    page.text(&title).raw("</title>\n<style>\n").raw(STYLE);
    markup::print_marking(&mut page, standing.marking, plan.tlp);
    page.raw("@page { @bottom-left { content: \"").css(&title).raw(" \\2013 ").css(name(words));
    if staff {
        page.raw(" \\2013 ").css(&words.staff_only);
    }
    page.raw("\"; } }\n</style>\n</head>\n<body>\n");
    (page, words)
}

fn close(mut page: Page, standing: &Standing) -> String {
    page.raw("<footer>");
    markup::banner(&mut page, standing.marking, standing.plan.tlp);
    page.raw("</footer>\n</body>\n</html>\n");
    page.finish()
}

/// A text of the scenario as a block, in whatever direction it is written.
fn block(page: &mut Page, text: &Text) {
    let language = page.language().clone();
    if let Some((found, text)) = text.read(&language).filter(|(_, text)| !text.is_empty()) {
        page.put("<div class=\"words\" dir=\"auto\" lang=\"", &found.0, "\">").put("", text.trim_end(), "</div>\n");
    }
}

/// A name and a line to write on.
fn blank(page: &mut Page, name: &str) {
    page.put("<div class=\"blank\"><span>", name, "</span><i></i></div>\n");
}

/// How to reach control: as the exercise says, or a line to write it on.
fn phone(page: &mut Page, standing: &Standing, words: &Words) {
    match &standing.hall_contact {
        Some(contact) => {
            page.put("<p><b>", &words.control_phone, "</b></p>\n");
            page.put("<div class=\"words phone\" dir=\"auto\">", contact, "</div>\n");
        }
        None => blank(page, &words.control_phone),
    }
}

/// Minutes and seconds, in the direction of figures.
fn length(time: Millis) -> String {
    figures::length(time)
}
