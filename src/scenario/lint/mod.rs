//! Warnings: what is allowed, but rarely meant. A pack with warnings can be played.

mod address;
mod branch;
mod line;
mod score;

use std::collections::BTreeSet;

use self::address::Suspect;
use super::{
    PackFile,
    check::due_times,
    diagnostic::Findings,
    model,
    parse::Parsed,
    value::{Place, Words},
};
use crate::engine::{
    id::ObjectiveId,
    plan::{Content, Form, Inject, InjectKind, Plan},
    text::{Language, Text},
    time::Millis,
};

/// Most bytes of what teams receive with one inject in one language: a thin line carries no more
/// at once.
const CONTENT_BUDGET: usize = 2048;

/// Most suspect addresses that are named in one text.
const MOST_SUSPECTS: usize = 20;

/// Looks over a pack that has no errors.
pub(super) fn look(parsed: &Parsed, plan: &Plan, files: &[PackFile], findings: &mut Findings) {
    findings.open(parsed.main);
    objectives_without_evidence(parsed, plan, findings);
    for contact in &parsed.scenario.directory {
        report_addresses(&contact.address, contact.address.place, findings);
    }
    for phase in &parsed.scenario.phases {
        addresses_in_text(&phase.situation, findings);
    }
    let mut seen_files = BTreeSet::new();
    let due_times = due_times(&plan.injects);
    line::look(parsed, plan, &due_times, findings);
    branch::look(parsed, plan, findings);
    score::look(parsed, plan, findings);
    for (((file, model), inject), due) in parsed.injects.iter().zip(&plan.injects).zip(&due_times) {
        findings.open(*file);
        too_late(model, inject, *due, plan.duration, findings);
        meaning(model, inject, findings);
        too_long(model, inject, &plan.languages, findings);
        if let Some(body) = &model.player.body {
            addresses_in_text(body, findings);
        }
        for words in model.alternatives.iter().map(|other| &other.player) {
            addresses_in_text(&words.body, findings);
        }
        let others = model.alternatives.iter().filter_map(|other| other.player.attachments.as_ref()).flatten();
        for attachment in model.player.attachments.iter().chain(others) {
            let place = attachment.file.place;
            if attachment.alt.is_none() {
                findings
                    .warn("no_alt_text", place, "This attachment has no words for people who cannot see it.")
                    .suggest("write alt:, saying what it shows");
            }
            if seen_files.insert(attachment.file.value.as_str()) {
                addresses_in_file(&attachment.file.value, place, files, findings);
            }
        }
    }
}

fn too_late(model: &model::Inject, inject: &Inject, due: Option<Millis>, end: Millis, findings: &mut Findings) {
    let Some(due) = due else { return };
    let closes = inject.content.form.as_ref().and_then(|form| form.deadline).map(|deadline| due.plus(deadline));
    if due > end {
        findings.warn("after_end", model.id.place, "What this inject follows comes so late that it is never sent.");
    } else if closes.is_some_and(|closes| closes > end) {
        let deadline = model.player.form.as_ref().and_then(|form| form.deadline.as_ref());
        let place = deadline.map_or(model.id.place, |deadline| deadline.place);
        findings.warn("due_after_close", place, "This deadline lies after the end of play.");
    }
}

fn objectives_without_evidence(parsed: &Parsed, plan: &Plan, findings: &mut Findings) {
    let evidenced = plan.injects.iter().flat_map(|inject| &inject.staff.objectives);
    let evidenced: BTreeSet<&str> = evidenced.map(ObjectiveId::as_str).collect();
    for objective in parsed.scenario.objectives.iter().filter(|objective| !evidenced.contains(objective.id.0.as_str()))
    {
        findings
            .warn("objective_without_evidence", objective.id.place, "No inject gives evidence for this objective.")
            .suggest("name it in the staff.objectives of an inject");
    }
}

fn meaning(model: &model::Inject, inject: &Inject, findings: &mut Findings) {
    let place = model.id.place;
    let has_time = model.at.is_some() || model.after.is_some();
    let asks = |form: &Form| form.acknowledge || !form.fields.is_empty();
    match inject.kind {
        InjectKind::Task if !inject.content.form.as_ref().is_some_and(asks) => {
            findings.warn("task_without_form", place, "This task asks teams for nothing.").suggest("write player.form");
        }
        InjectKind::Task if inject.staff.objectives.is_empty() => {
            findings
                .warn("task_without_objectives", place, "This task gives evidence for no objective.")
                .suggest("write staff.objectives");
        }
        InjectKind::InformationRequest | InjectKind::Contingency if has_time && model.only_if.is_none() => {
            findings
                .warn(
                    "sent_unasked",
                    place,
                    "This kind of inject waits for a decision, but has a time and is sent by itself.",
                )
                .suggest("write manual: true, or say when: it is needed");
        }
        _ => {}
    }
}

fn too_long(model: &model::Inject, inject: &Inject, languages: &[Language], findings: &mut Findings) {
    let contents = || inject.alternatives.iter().map(|other| &other.content).chain([&inject.content]);
    let bytes = |language| contents().map(|content| length(content, language)).max().unwrap_or_default();
    let longest = languages.iter().map(|language| (bytes(language), language)).max_by_key(|(n, _)| *n);
    if let Some((bytes, language)) = longest
        && bytes > CONTENT_BUDGET
    {
        let message = format!("Teams receive {bytes} bytes of text with this inject ({}).", language.0);
        findings
            .warn("long_text", model.id.place, message)
            .suggest(format!("keep it under {CONTENT_BUDGET} for thin lines; put detail into an attachment"));
    }
}

fn length(content: &Content, language: &Language) -> usize {
    // The words of documents are the program's own: nobody could make them shorter.
    let fields = content.form.iter().flat_map(|form| &form.fields).filter(|field| field.section.is_none());
    let hints = content.form.iter().flat_map(|form| &form.hints);
    let options = fields.clone().flat_map(|field| field.kind.options()).map(|option| &option.label);
    [&content.title, &content.body]
        .into_iter()
        .chain(&content.for_guests)
        .chain(content.attachments.iter().map(|attachment| &attachment.alt))
        .chain(fields.clone().map(|field| &field.label))
        .chain(fields.filter_map(|field| field.help.as_ref()))
        .chain(options)
        .chain(hints.map(|hint| &hint.label))
        .map(|text: &Text| text.get(language).len())
        .sum()
}

fn addresses_in_text(text: &model::Text, findings: &mut Findings) {
    match &text.value {
        Words::Plain(words) => report_addresses(words, text.place, findings),
        Words::ByLanguage(words) => {
            for words in words.values() {
                report_addresses(words, words.place, findings);
            }
        }
        Words::Other(_) => {}
    }
}

fn report_addresses(words: &str, place: Place, findings: &mut Findings) {
    for suspect in address::suspects(words).iter().take(MOST_SUSPECTS) {
        let place = findings.find(place, suspect.word());
        warn_of(suspect, place, "", findings);
    }
}

fn addresses_in_file(path: &str, place: Place, files: &[PackFile], findings: &mut Findings) {
    let text = files
        .iter()
        .find(|file| file.path == path)
        .filter(|file| {
            matches!(file.media_type, "application/json" | "message/rfc822") || file.media_type.starts_with("text/")
        })
        .and_then(|file| std::str::from_utf8(&file.bytes).ok());
    for suspect in address::suspects(text.unwrap_or_default()).iter().take(MOST_SUSPECTS) {
        warn_of(suspect, place, " in the attached file", findings);
    }
}

fn warn_of(suspect: &Suspect, place: Place, where_: &str, findings: &mut Findings) {
    let (message, suggestion) = match suspect {
        Suspect::Address(word) => (
            format!("'{word}'{where_} may be the address of a real machine."),
            "use 192.0.2.0/24, 198.51.100.0/24, 203.0.113.0/24 or 2001:db8::/32",
        ),
        Suspect::Domain(word) => {
            (format!("'{word}'{where_} may be a real domain."), "use a name under .example, .test or .invalid")
        }
    };
    findings.warn("real_address", place, message).suggest(suggestion);
}
