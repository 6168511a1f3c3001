//! Answer sheets: one for each inject that asks for something, with what the team may see of it.

use super::{Standing, blank, block, close, length, open, phone, words::Words};
use crate::{
    engine::{
        plan::{Alternative, Choice, Content, Field, FieldKind, Form, HintOffer, SEVERITIES},
        taxonomy::rsit,
        text::{Language, Text},
    },
    markup::{self, page::Page, phrase::fill},
};

/// Lines to write on for free text.
const LINES: usize = 6;

pub(super) fn write(standing: &Standing, language: &Language) -> String {
    let (mut page, words) = open(standing, language, |words| &words.answer_sheet, false);
    let mut sheets = 0;
    for entry in standing.entries().iter().filter(|entry| entry.inject.is_sent()) {
        let content = &entry.inject.content;
        if let Some(form) = content.form.as_ref().filter(|form| form.acknowledge || !form.fields.is_empty()) {
            page.raw("<article class=\"sheet\">\n");
            markup::banner(&mut page, standing.marking, standing.plan.tlp);
            head(&mut page, words, standing, entry.number, title(content, &entry.inject.alternatives));
            answer(&mut page, words, standing, form);
            foot(&mut page, standing, words);
            page.raw("</article>\n");
            sheets += 1;
        }
    }
    if sheets == 0 {
        page.put("<p>", &words.no_sheets, "</p>\n");
    }
    close(page, standing)
}

/// The title, unless some teams get another one: those must not read what others were sent.
fn title<'a>(content: &'a Content, alternatives: &[Alternative]) -> Option<&'a Text> {
    alternatives.iter().all(|other| other.content.title == content.title).then_some(&content.title)
}

fn head(page: &mut Page, words: &Words, standing: &Standing, number: usize, title: Option<&Text>) {
    page.put("<p class=\"eyebrow\">", &words.answer_sheet, " ").text(&number.to_string()).raw(" \u{2013} ");
    page.local(&standing.plan.title).raw("</p>\n");
    match title {
        Some(title) => page.raw("<h1>").local(&without_gaps(standing, title)).raw("</h1>\n"),
        None => page.put("<div class=\"blank\"><span>", &words.title_blank, "</span><i></i></div>\n"),
    };
    page.put("<p class=\"note\">", &words.sheet_lead, "</p>\n<div class=\"blanks\">\n");
    for name in [&words.team, &words.caller, &words.time] {
        blank(page, name);
    }
    page.raw("</div>\n");
}

fn answer(page: &mut Page, words: &Words, standing: &Standing, form: &Form) {
    if let Some(deadline) = form.deadline {
        page.put("<p><b>", &fill(&words.deadline, &[("t", &length(deadline))]), "</b></p>\n");
    }
    if form.acknowledge {
        page.put("<p class=\"option\"><b class=\"box\"></b> ", &words.acknowledge, "</p>\n");
    }
    let mut section = None;
    for field in &form.fields {
        // A document begins with its first part.
        if field.section.is_some() && field.section != section {
            let document = form.sections.iter().find(|section| Some(&section.id) == field.section.as_ref());
            if let Some(document) = document {
                page.raw("<h2 class=\"document\">").local(&without_gaps(standing, &document.title)).raw("</h2>\n");
            }
        }
        section.clone_from(&field.section);
        page.raw("<section class=\"field\">\n<h2>").local(&without_gaps(standing, &field.label));
        if field.required {
            page.put(" <small>(", &words.must, ")</small>");
        }
        page.raw("</h2>\n");
        if let Some(help) = &field.help {
            block(page, &without_gaps(standing, help));
        }
        ask(page, words, field);
        page.raw("</section>\n");
    }
    for hint in &form.hints {
        offer(page, words, hint);
    }
}

fn ask(page: &mut Page, words: &Words, field: &Field) {
    match &field.kind {
        FieldKind::Choice { options } => choices(page, &words.choose_one, options),
        FieldKind::MultiChoice { options } => choices(page, &words.choose_any, options),
        FieldKind::LongText { .. } => lines(page, LINES),
        FieldKind::Decision { options } => {
            if !options.is_empty() {
                choices(page, &words.choose_one, options);
            }
            page.put("<p class=\"note\">", &words.reasons, "</p>\n");
            lines(page, LINES);
        }
        FieldKind::Number { least, most, unit } => {
            if let (Some(least), Some(most)) = (least, most) {
                let bounds = [("least", least.to_string()), ("most", most.to_string())];
                let bounds: Vec<(&str, &str)> = bounds.iter().map(|(name, value)| (*name, value.as_str())).collect();
                page.put("<p class=\"note\">", &fill(&words.number_between, &bounds), "</p>\n");
            }
            if let Some(unit) = unit {
                let unit = unit.get(page.language()).to_owned();
                page.put("<p class=\"note\">", &fill(&words.unit, &[("unit", &unit)]), "</p>\n");
            }
            lines(page, 1);
        }
        FieldKind::ShortText { .. } => lines(page, 1),
        FieldKind::Classification => {
            page.put("<p class=\"note\">", &words.one_class, "</p>\n");
            for class in rsit::CLASSES {
                tick(page, class.name, Some("en"));
            }
            lines(page, 1);
        }
        FieldKind::Severity => {
            page.put("<p class=\"note\">", &words.choose_one, "</p>\n");
            for level in SEVERITIES {
                tick(page, words.severities.get(level).map_or(level, String::as_str), None);
            }
        }
        FieldKind::Timestamp => {
            page.put("<p class=\"note\">", &words.time_zone, "</p>\n");
            lines(page, 1);
        }
        FieldKind::File => {
            page.put("<p class=\"note\">", &words.file_later, "</p>\n");
            lines(page, 2);
        }
        FieldKind::Techniques { most } => {
            page.put("<p class=\"note\">", &fill(&words.technique_ids, &[("n", &most.to_string())]), "</p>\n");
            lines(page, 2);
        }
        FieldKind::Indicators { max_lines } => {
            page.put("<p class=\"note\">", &fill(&words.one_a_line, &[("n", &max_lines.to_string())]), "</p>\n");
            lines(page, usize::try_from(*max_lines).unwrap_or(LINES).min(2 * LINES));
        }
    }
}

/// An option to tick, in the language of the page or in another one.
fn tick(page: &mut Page, label: &str, language: Option<&str>) {
    page.raw("<p class=\"option\"><b class=\"box\"></b> ");
    match language {
        Some(language) => page.put("<bdi lang=\"", language, "\">").text(label).raw("</bdi>"),
        None => page.text(label),
    };
    page.raw("</p>\n");
}

fn choices(page: &mut Page, how: &str, options: &[Choice]) {
    page.put("<p class=\"note\">", how, "</p>\n");
    for option in options {
        page.raw("<p class=\"option\"><b class=\"box\"></b> ").local(&option.label).raw("</p>\n");
    }
}

fn lines(page: &mut Page, count: usize) {
    page.raw("<div class=\"lines\">");
    for _ in 0..count {
        page.raw("<i></i>");
    }
    page.raw("</div>\n");
}

fn offer(page: &mut Page, words: &Words, hint: &HintOffer) {
    let price = (hint.price_permille / 10).to_string();
    page.raw("<p class=\"option\"><b class=\"box\"></b> ").text(&fill(&words.hint_ask, &[("n", &price)]));
    page.raw(" ").local(&hint.label).raw("</p>\n");
}

fn foot(page: &mut Page, standing: &Standing, words: &Words) {
    page.put("<div class=\"call\">\n<p><b>", &words.to_control, "</b></p>\n");
    phone(page, standing, words);
    page.put("<p>", &words.code_note, "</p>\n<p class=\"code\" aria-hidden=\"true\">");
    for _ in 0..6 {
        page.raw("<b class=\"letter\"></b>");
    }
    page.raw("</p>\n</div>\n");
}

/// A line to write on where the words differ from team to team: one team's are not for another.
fn without_gaps(standing: &Standing, text: &Text) -> Text {
    let mut text = text.clone();
    for variable in &standing.plan.variables {
        let gap = format!("{{{{{}}}}}", variable.id);
        for words in text.0.values_mut() {
            *words = words.replace(&gap, "__________");
        }
    }
    text
}
