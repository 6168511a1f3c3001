//! What people made of the exercise once it was over, out of the state.

use super::model::{EditedFinding, FeedbackLines, ImprovementLine, NoteLine, OptionLine, QuestionLine, ReleaseLine};
use crate::{
    engine::{
        after_action::{feedback_sums, feedback_texts},
        date::Date,
        event::{CorrectiveState, FindingKind, Scope},
        plan::{Field, FieldKind},
        prose::Prose,
        state::{CorrectiveAction, State},
        time::Timestamp,
    },
    markup::figures,
};

fn words(prose: &Prose) -> Option<String> {
    prose.text().map(str::to_owned)
}

fn maybe(prose: Option<&Prose>) -> Option<String> {
    prose.and_then(words)
}

/// Findings as people wrote them, in their order.
pub(super) fn edited(state: &State, scope: &Scope) -> Vec<EditedFinding> {
    let line = |finding: &crate::engine::event::FindingEdited| EditedFinding {
        finding: finding.finding.clone(),
        kind: finding.kind,
        title: words(&finding.title),
        observation: words(&finding.observation),
        reference: maybe(finding.reference.as_ref()),
        analysis: maybe(finding.analysis.as_ref()),
        capability: finding.capability,
        rows: finding.rows.clone(),
        drafted_from: finding.drafted_from.as_ref().map(|draft| draft.key.clone()),
    };
    state.after_action.findings_of(scope).into_iter().map(line).collect()
}

/// The improvement plan: what is urgent first, then by day.
pub(super) fn improvement(state: &State, scope: &Scope, last: Timestamp) -> Vec<ImprovementLine> {
    let today = Date::from(figures::machine_time(last).get(..10).unwrap_or_default());
    let actions = state.after_action.corrective_actions.values().filter(|action| action.put.scope == *scope);
    let mut lines: Vec<ImprovementLine> = actions.map(|action| improvement_line(action, &today)).collect();
    lines.sort_by(|one, other| {
        (one.priority, &one.completion, &one.action).cmp(&(other.priority, &other.completion, &other.action))
    });
    lines
}

fn improvement_line(action: &CorrectiveAction, today: &Date) -> ImprovementLine {
    let put = &action.put;
    ImprovementLine {
        action: put.action.clone(),
        finding: put.finding.clone(),
        text: words(&put.text),
        capability: put.capability,
        element: put.element,
        owner: maybe(put.owner.as_ref()),
        contact: maybe(put.contact.as_ref()),
        start: put.start.clone(),
        completion: put.completion.clone(),
        priority: put.priority,
        cost: put.cost,
        state: action.state,
        note: maybe(action.note.as_ref()),
        evidence: maybe(put.evidence.as_ref()),
        overdue: action.is_overdue(today),
    }
}

/// The board of the hot wash.
pub(super) fn notes(state: &State) -> Vec<NoteLine> {
    let side = |kind| {
        let notes = state.after_action.board(kind);
        notes.into_iter().map(move |(note, under)| NoteLine {
            kind,
            text: words(&note.added.text),
            same: under.into_iter().filter_map(|note| words(&note.added.text)).collect(),
            team: note.added.team.clone(),
        })
    };
    side(FindingKind::Strength).chain(side(FindingKind::Area)).collect()
}

/// What people said of how the exercise was run; none while nobody has.
pub(super) fn feedback(state: &State) -> Option<FeedbackLines> {
    let sums = feedback_sums(state);
    let (given, asked) =
        sums.by_role.values().fold((0, 0), |(given, asked), role| (given + role.given, asked + role.asked));
    let question = |field: &Field| {
        let sum = sums.questions.iter().find(|sum| sum.field == field.id);
        let chosen = |id| sum.and_then(|sum| sum.options.get(id)).copied().unwrap_or_default();
        let options = match &field.kind {
            FieldKind::Choice { options } | FieldKind::MultiChoice { options } => options.as_slice(),
            _ => &[],
        };
        QuestionLine {
            field: field.id.clone(),
            label: field.label.clone(),
            given: sum.map_or(0, |sum| sum.given),
            options: options
                .iter()
                .map(|option| OptionLine { label: option.label.clone(), n: chosen(&option.id) })
                .collect(),
            texts: feedback_texts(state, &field.id).into_iter().filter_map(words).collect(),
        }
    };
    let questions = state.feedback_form().iter().map(question).collect();
    (given > 0).then_some(FeedbackLines { given, asked, questions })
}

/// Versions that were released.
pub(super) fn releases(state: &State) -> Vec<ReleaseLine> {
    let line = |release: &crate::engine::event::ReportProposed| ReleaseLine {
        version: release.version,
        teams: release.teams.iter().cloned().collect(),
        at_seq: release.at_seq,
    };
    state.after_action.releases.iter().map(line).collect()
}

/// Whether somebody signed off what the report says of it, and nothing was edited since.
pub(super) fn is_signed_off(state: &State, scope: &Scope) -> bool {
    state.after_action.signed_off.contains_key(scope)
}

/// Longest observation that a page for whoever decides has room for, in characters.
const BRIEF: usize = 200;

/// A finding on that page: its title, and what was seen if that is short.
pub(super) fn in_brief(finding: &EditedFinding) -> String {
    let observation = finding.observation.as_ref().filter(|text| text.chars().count() <= BRIEF);
    let says = [finding.title.as_ref(), observation].into_iter().flatten().map(String::as_str);
    says.collect::<Vec<_>>().join(": ")
}

/// What is asked of whoever decides: actions that are proposed and that nobody has decided on, the most urgent first.
/// What is agreed or being done needs no decision.
pub(super) fn asked_for(lines: &[ImprovementLine], most: usize) -> impl Iterator<Item = &ImprovementLine> {
    lines.iter().filter(|line| line.state == CorrectiveState::Proposed).take(most)
}
