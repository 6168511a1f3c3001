//! The inject book: everything about every inject, so that control can run the exercise by phone.
//! Staff only.

use super::{
    Standing, block, close,
    condition::Teller,
    length, open, rubric,
    standing::{Entry, Fate},
    words::Words,
};
use crate::{
    engine::{
        id::ObjectiveId,
        plan::{AnswerKey, Content, Form, Inject},
        text::{Language, Text},
        time::Millis,
    },
    markup::{
        self, figures,
        page::Page,
        phrase::{fill, named},
    },
};

/// Rows to write in by hand while no team is known.
const BLANK_ROWS: usize = 5;

pub(super) fn write(standing: &Standing, language: &Language) -> String {
    let (mut page, words) = open(standing, language, |words| &words.inject_book, true);
    let entries = standing.entries();
    let language = page.language().clone();
    let teller = Teller { plan: &standing.plan, entries: &entries, words, language: &language };
    page.raw("<header>\n");
    markup::banner(&mut page, standing.marking, standing.plan.tlp);
    staff_only(&mut page, words);
    page.put("<p class=\"eyebrow\">", &words.inject_book, "</p>\n<h1>").local(&standing.plan.title).raw("</h1>\n");
    page.put("<p>", &words.invented, " ").text(&words.book_note).raw("</p>\n</header>\n");
    overview(&mut page, &teller);
    for entry in &entries {
        inject(&mut page, standing, &teller, entry);
    }
    staff_only(&mut page, words);
    close(page, standing)
}

fn staff_only(page: &mut Page, words: &Words) {
    page.put("<p class=\"staff\">STAFF ONLY \u{2013} ", &words.staff_only, "</p>\n");
}

fn plan_time(entry: &Entry<'_>, words: &Words) -> String {
    entry.plan_time.map_or_else(|| words.no_time.clone(), figures::story_time)
}

fn overview(page: &mut Page, teller: &Teller<'_>) {
    let words = teller.words;
    page.put("<h2>", &words.overview, "</h2>\n<table class=\"index\">\n<thead><tr>");
    for name in [&words.number, &words.plan_time, &words.inject, &words.audience, &words.channel, &words.priority] {
        page.put("<th scope=\"col\">", name, "</th>");
    }
    page.raw("</tr></thead>\n<tbody>\n");
    for entry in teller.entries {
        let inject = entry.inject;
        page.put("<tr><td>", &entry.number.to_string(), "</td><td><bdi>").text(&plan_time(entry, words));
        page.raw("</bdi></td><th scope=\"row\">").local(&inject.content.title);
        page.put("</th><td>", &teller.audience(inject), "</td>");
        page.put("<td>", &named(&words.channels, inject.content.channel), "</td>");
        page.put("<td>", &named(&words.priorities, inject.priority), "</td></tr>\n");
    }
    page.raw("</tbody>\n</table>\n");
}

fn inject(page: &mut Page, standing: &Standing, teller: &Teller<'_>, entry: &Entry<'_>) {
    let (words, inject) = (teller.words, entry.inject);
    page.put("<article class=\"inject\">\n<h2>", &entry.number.to_string(), ". ").local(&inject.content.title);
    page.put(" <small><bdi>", inject.id.as_str(), "</bdi></small></h2>\n");
    facts(page, teller, entry);
    if !inject.is_sent() {
        page.put("<p><b>", &words.never_sent, "</b></p>\n");
    }
    content(page, words, &inject.content, &words.read_out);
    for other in &inject.alternatives {
        let heading = fill(&words.read_instead, &[("what", &teller.condition(&other.when))]);
        content(page, words, &other.content, &heading);
    }
    per_team(page, standing, words, inject);
    if let Some(form) = &inject.content.form {
        asked(page, teller, inject, form);
    }
    rubric::write(page, words, inject);
    if !inject.staff.notes.is_empty() {
        page.put("<h3>", &words.notes, "</h3>\n");
        block(page, &inject.staff.notes);
    }
    if inject.is_sent() {
        by_hand(page, standing, words, entry);
    }
    page.raw("</article>\n");
}

fn facts(page: &mut Page, teller: &Teller<'_>, entry: &Entry<'_>) {
    let (words, inject) = (teller.words, entry.inject);
    let content = &inject.content;
    let objective = |id: &ObjectiveId| teller.plan.objectives.iter().find(|objective| objective.id == *id);
    let objectives: Vec<&str> = inject
        .staff
        .objectives
        .iter()
        .map(|id| objective(id).map_or(id.as_str(), |objective| objective.title.get(teller.language)))
        .collect();
    let sender = content.from.as_ref().map(|from| {
        let organisation = from.organisation.as_ref().map(|text| text.get(teller.language));
        [Some(from.name.get(teller.language)), organisation].into_iter().flatten().collect::<Vec<_>>().join(", ")
    });
    page.raw("<dl class=\"facts\">\n");
    fact(page, &words.plan_time, &plan_time(entry, words));
    fact(page, &words.trigger, &teller.trigger(inject));
    fact(page, &words.audience, &teller.audience(inject));
    fact(page, &words.channel, &named(&words.channels, content.channel));
    fact(page, &words.priority, &named(&words.priorities, inject.priority));
    for (name, value) in [(&words.sender, sender), (&words.responsible, inject.staff.responsible.clone())] {
        if let Some(value) = value {
            fact(page, name, &value);
        }
    }
    if !objectives.is_empty() {
        fact(page, &words.objectives, &objectives.join("; "));
    }
    page.raw("</dl>\n");
}

fn fact(page: &mut Page, name: &str, value: &str) {
    page.put("<div><dt>", name, "</dt><dd><bdi>").text(value).raw("</bdi></dd></div>\n");
}

fn content(page: &mut Page, words: &Words, content: &Content, heading: &str) {
    page.put("<div class=\"say\"><h3>", heading, "</h3>\n<p><b>").local(&content.title).raw("</b></p>\n");
    block(page, &content.body);
    if !content.attachments.is_empty() {
        page.put("<p><b>", &words.attachments, "</b></p>\n<ul>\n");
        for file in &content.attachments {
            page.put("<li><bdi>", &file.name, "</bdi>: ").local(&file.alt).raw("</li>\n");
        }
        page.raw("</ul>\n");
    }
    page.raw("</div>\n");
}

/// What to say in place of each variable that the texts mention.
fn per_team(page: &mut Page, standing: &Standing, words: &Words, inject: &Inject) {
    let language = page.language().clone();
    for (position, variable) in standing.plan.variables.iter().enumerate() {
        let gap = format!("{{{{{}}}}}", variable.id);
        let contents = std::iter::once(&inject.content).chain(inject.alternatives.iter().map(|other| &other.content));
        if !contents.cloned().any(|mut content| content.texts_mut().iter().any(|text| mentions(text, &gap))) {
            continue;
        }
        page.put("<p><b>", &fill(&words.say_per_team, &[("gap", &gap)]), "</b></p>\n<ul>\n");
        for (team, word) in standing.words_for(position, variable) {
            let whose = team.unwrap_or(&words.unless_differs);
            page.put("<li><bdi>", whose, "</bdi>: <b>").put("<bdi>", word.get(&language), "</bdi></b></li>\n");
        }
        page.raw("</ul>\n");
    }
}

fn mentions(text: &Text, gap: &str) -> bool {
    text.0.values().any(|text| text.contains(gap))
}

fn asked(page: &mut Page, teller: &Teller<'_>, inject: &Inject, form: &Form) {
    let words = teller.words;
    page.put("<h3>", &words.asked, "</h3>\n");
    for (sentence, time) in [(&words.target, form.target), (&words.deadline, form.deadline)] {
        if let Some(time) = time {
            page.put("<p>", &fill(sentence, &[("t", &length(time))]), "</p>\n");
        }
    }
    page.raw("<ul>\n");
    for field in &form.fields {
        page.raw("<li>").local(&field.label);
        if field.points > 0 {
            page.put(" (", &fill(&words.worth, &[("n", &field.points.to_string())]), ")");
        }
        if let Some(key) = inject.staff.keys.get(&field.id) {
            let label = |id| field.kind.label(id, teller.language);
            let right: Vec<String> = match key {
                AnswerKey::Options(credits) => credits
                    .iter()
                    .map(|(id, credit)| {
                        format!("{} ({})", label(id), fill(&words.credit, &[("n", &(credit / 10).to_string())]))
                    })
                    .collect(),
                AnswerKey::Set(right) => right.iter().map(|id| label(id).to_owned()).collect(),
                AnswerKey::Indicators(right) => right.clone(),
                AnswerKey::Texts(accepted) => accepted.keys().cloned().collect(),
                AnswerKey::Range { least, most, .. } if least == most => vec![least.to_string()],
                AnswerKey::Range { least, most, .. } => vec![format!("{least} \u{2013} {most}")],
                AnswerKey::Times { first, last } => {
                    vec![format!("{} \u{2013} {}", figures::instant(*first), figures::instant(*last))]
                }
            };
            page.put("<br><b>", &words.keys, ":</b> ").put("<bdi>", &right.join("; "), "</bdi>");
        }
        page.raw("</li>\n");
    }
    page.raw("</ul>\n");
    hints(page, words, inject, form);
}

fn hints(page: &mut Page, words: &Words, inject: &Inject, form: &Form) {
    if form.hints.is_empty() {
        return;
    }
    page.put("<p><b>", &words.hints, "</b></p>\n<ul>\n");
    for offer in &form.hints {
        let price = (offer.price_permille / 10).to_string();
        page.raw("<li>").local(&offer.label).put(" (", &fill(&words.hint_price, &[("n", &price)]), "): ");
        if let Some(hint) = inject.staff.hints.iter().find(|hint| hint.id == offer.id) {
            page.local(&hint.text);
        }
        page.raw("</li>\n");
    }
    page.raw("</ul>\n");
}

/// Where control writes down to whom it was read, when, and with which code.
fn by_hand(page: &mut Page, standing: &Standing, words: &Words, entry: &Entry<'_>) {
    page.put("<table class=\"hand\">\n<caption>", &words.by_hand, "</caption>\n<thead><tr>");
    for name in [&words.team, &words.sent_at, &words.sent_by, &words.code] {
        page.put("<th scope=\"col\">", name, "</th>");
    }
    page.raw("</tr></thead>\n<tbody>\n");
    for team in &standing.teams {
        if let Some(fate) = team.fate(&entry.inject.id) {
            let said = said(fate, entry.plan_time, words);
            page.put("<tr><th scope=\"row\"><bdi>", &team.name, "</bdi></th><td>").text(&said);
            page.raw("</td><td></td><td></td></tr>\n");
        }
    }
    if standing.teams.is_empty() {
        for _ in 0..BLANK_ROWS {
            page.raw("<tr><td></td><td></td><td></td><td></td></tr>\n");
        }
    }
    page.raw("</tbody>\n</table>\n");
}

fn said(fate: Fate, plan_time: Option<Millis>, words: &Words) -> String {
    match fate {
        Fate::Open => String::new(),
        // To the second, as both are printed: nothing has moved to where it stands.
        Fate::Due(time) if plan_time.map(figures::story_time) == Some(figures::story_time(time)) => String::new(),
        Fate::Due(time) => fill(&words.moved, &[("t", &figures::story_time(time))]),
        Fate::Held => words.held.clone(),
        Fate::Skipped => words.skipped.clone(),
        Fate::Sent(at) => format!("{} UTC", figures::time_of_day(at)),
    }
}
