//! What is scored and marked: that points have something to go by, that critical things are looked at, and
//! that a competition stays open to its end.

use crate::{
    engine::{
        plan::{Field, FieldKind, Inject, InjectKind, Plan, Preset},
        time::Millis,
    },
    scenario::{diagnostic::Findings, model, parse::Parsed, value::Place},
};

/// Looks over what the injects of a pack without errors are judged by.
pub(super) fn look(parsed: &Parsed, plan: &Plan, findings: &mut Findings) {
    findings.open(parsed.main);
    critical_unseen(parsed, plan, findings);
    never_freezes(parsed, plan, findings);
    for ((file, model), inject) in parsed.injects.iter().zip(&plan.injects) {
        findings.open(*file);
        if inject.kind == InjectKind::Practice {
            never_scored(model, inject, findings);
            continue;
        }
        for field in inject.content.form.iter().flat_map(|form| &form.fields) {
            of_field(model, inject, field, findings);
        }
        for (criterion, written) in inject.staff.evaluation.criteria.iter().zip(&model.staff.evaluation.rubric) {
            if criterion.anchors.is_empty() {
                findings
                    .hint("no_anchors", written.id.place, "Nobody is told what the levels of this criterion look like.")
                    .suggest("write anchors: {0: …, 1: …, 2: …, 3: …, 4: …}: evaluators agree better with them");
            }
        }
    }
}

/// A critical objective caps ratings by what people saw; so somebody must look.
fn critical_unseen(parsed: &Parsed, plan: &Plan, findings: &mut Findings) {
    for (model, objective) in parsed.scenario.objectives.iter().zip(&plan.objectives) {
        let shows =
            |inject: &&Inject| inject.kind != InjectKind::Practice && inject.staff.objectives.contains(&objective.id);
        let mut evidence = plan.injects.iter().filter(shows).peekable();
        // Without any evidence at all there is a warning for that.
        if objective.critical
            && evidence.peek().is_some()
            && evidence.all(|inject| inject.criteria().is_empty() && inject.actions().is_empty())
        {
            findings
                .warn("critical_unseen", model.id.place, "Nobody looks whether this critical objective is reached.")
                .suggest("give an inject that shows it a rubric or actions under staff.evaluation");
        }
    }
}

/// Standings that move to the last minute tell everybody who has won before people have marked the last answers.
/// Pointed out even where the wall shows none: whoever turns them on later thinks of the wall, not of its end.
fn never_freezes(parsed: &Parsed, plan: &Plan, findings: &mut Findings) {
    let freezes = plan.profile.freeze.is_some_and(|before| before > Millis::default());
    if plan.profile.preset == Preset::Competition && !freezes {
        let written = &parsed.scenario.profile;
        let place = written.freeze.as_ref().map_or(written.preset.place, |freeze| freeze.place);
        findings
            .warn("no_freeze", place, "Nothing freezes the standings of this competition before its end.")
            .suggest("write freeze: 15m in the profile: from then on the wall keeps still until scores are released");
    }
}

fn never_scored(model: &model::Inject, inject: &Inject, findings: &mut Findings) {
    let points = inject.content.form.iter().flat_map(|form| &form.fields).any(|field| field.points > 0);
    if points || inject.staff.evaluation.points.is_some_and(|points| points > 0) {
        findings.warn("practice_scored", model.id.place, "Practice is never scored, so its points are worth nothing.");
    }
}

fn of_field(model: &model::Inject, inject: &Inject, field: &Field, findings: &mut Findings) {
    let place = place_of(model, field);
    let has_key = inject.staff.keys.contains_key(&field.id);
    let looks = |field: &Field| {
        let mut criteria = inject.staff.evaluation.criteria.iter();
        criteria.any(|criterion| criterion.field.as_ref().is_none_or(|of| *of == field.id))
    };
    if is_automatic(&field.kind) && field.points > 0 && !has_key && !looks(field) {
        findings
            .warn("no_key", place, "This field has points but no right answer.")
            .suggest("write staff.keys for it, or leave its points out");
    }
    if has_key && field.points == 0 {
        let key = model.staff.keys.keys().find(|id| id.0 == field.id.0);
        findings
            .warn(
                "key_without_points",
                key.map_or(place, |key| key.place),
                "This key decides nothing: its field has no points.",
            )
            .suggest("give the field points, or take the key out");
    }
}

/// Whether there is one right answer, as a rule.
fn is_automatic(kind: &FieldKind) -> bool {
    match kind {
        FieldKind::Choice { .. }
        | FieldKind::MultiChoice { .. }
        | FieldKind::Number { .. }
        | FieldKind::Classification
        | FieldKind::Severity
        | FieldKind::Techniques { .. }
        | FieldKind::Timestamp => true,
        FieldKind::ShortText { .. }
        | FieldKind::LongText { .. }
        | FieldKind::Decision { .. }
        | FieldKind::Indicators { .. }
        | FieldKind::File => false,
    }
}

/// Where a field is written; a part stands where its document does.
fn place_of(model: &model::Inject, field: &Field) -> Place {
    let id = field.section.as_ref().map_or(field.id.as_str(), |section| section.as_str());
    let fields = model.player.form.iter().flat_map(|form| &form.fields);
    fields.into_iter().find(|written| written.id.0 == id).map_or(model.id.place, |written| written.id.place)
}
