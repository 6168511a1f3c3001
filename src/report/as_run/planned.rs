//! What was planned, with the words that were really sent.

use super::{super::named::name_of, Cells, in_language, one, words};
use crate::{
    engine::{
        plan::{Content, Inject, InjectAudience, Trigger},
        state::State,
        text::{Language, Text},
        time::Millis,
    },
    print::condition_in_words,
    scenario::msel::{derived, duration, written},
};

/// The columns of the list that planners know. `first` is the inject as it stood when the exercise
/// was created, `now` as staff have left it, and `content` what this team was sent of it.
pub(super) fn cells(state: &State, position: usize, first: &Inject, now: &Inject, content: &Content) -> Cells {
    let languages = &state.plan.languages;
    let at = if let Trigger::At { at } = first.trigger { written(at) } else { String::new() };
    let from = content.from.as_ref().map(|from| from.id.to_string()).unwrap_or_default();
    let files: Vec<&str> = content.attachments.iter().map(|file| file.name.as_str()).collect();
    let minutes = |length: Option<Millis>| length.map(|length| (length.0 / 60_000).to_string()).unwrap_or_default();
    let form = content.form.as_ref();
    let planning = &now.staff.planning;
    let own = |heading: &str, text: &Option<String>| one(heading, text.clone().unwrap_or_default());
    // Number, phase, critical, capability and points follow from the plan, as in its own sheet.
    let follows = derived(position, &state.plan, now, None);
    let of_plan = |heading: &str| {
        let cell = follows.iter().find(|(known, _)| known == heading);
        vec![one(heading, cell.map(|(_, text)| text.clone()).unwrap_or_default())]
    };
    let said = |heading: &str, text: &Text| words(heading, languages, |language| in_language(text, language));
    let expected = |language: &Language| {
        let lines: Vec<String> = now.staff.expected.iter().map(|text| in_language(text, language)).collect();
        lines.join("\n").trim().to_owned()
    };
    [
        of_plan("No."),
        vec![one("ID", now.id.as_str())],
        said("Title", &content.title),
        vec![one("Exercise time", at)],
        of_plan("Phase"),
        vec![
            own("Storyline", &planning.storyline),
            one("Kind", name_of(&now.kind)),
            one("Channel", name_of(&content.channel)),
            one("From", from),
            one("To", audience(now)),
            one("Responsible", now.staff.responsible.clone().unwrap_or_default()),
        ],
        said("Message", &content.body),
        vec![one("Attachments", files.join("\n"))],
        words("Expected actions", languages, expected),
        of_plan("Critical"),
        vec![one("Priority", name_of(&now.priority)), one("Objectives", joined(&now.staff.objectives))],
        if planning.capability.is_some() {
            vec![own("Capability", &planning.capability)]
        } else {
            of_plan("Capability")
        },
        vec![
            own("Plan/policy tested", &planning.plan_tested),
            one("Target minutes", minutes(form.and_then(|form| form.target))),
            one("Deadline minutes", minutes(form.and_then(|form| form.deadline))),
        ],
        of_plan("Points"),
        vec![one("Depends on / condition", trigger(state, first)), own("Contingency for", &planning.contingency_for)],
        said("Controller notes", &now.staff.notes),
        vec![own("Evaluator notes", &planning.evaluator_notes), own("Approval status", &planning.approval)],
    ]
    .concat()
}

fn audience(inject: &Inject) -> String {
    match &inject.audience {
        InjectAudience::All => "all".to_owned(),
        InjectAudience::Teams(teams) => format!("teams: {}", joined(teams)),
        InjectAudience::Cohorts(cohorts) => format!("cohorts: {}", joined(cohorts)),
    }
}

/// What makes it due besides a time, in words.
fn trigger(state: &State, inject: &Inject) -> String {
    let english = Language::from("en");
    let in_words = |condition| condition_in_words(&state.plan, condition, &english);
    let due = match &inject.trigger {
        Trigger::At { .. } => None,
        Trigger::After { inject, delay } => Some(format!("after {inject} + {}", duration(*delay))),
        Trigger::When { condition, delay } if delay.0 > 0 => {
            Some(format!("when {} + {}", in_words(condition), duration(*delay)))
        }
        Trigger::When { condition, .. } => Some(format!("when {}", in_words(condition))),
        Trigger::Manual => Some("manual".to_owned()),
    };
    let only_if = inject.only_if.as_ref().map(|condition| format!("only if {}", in_words(condition)));
    due.into_iter().chain(only_if).collect::<Vec<_>>().join("; ")
}

fn joined(ids: &[impl ToString]) -> String {
    ids.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}
