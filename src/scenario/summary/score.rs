//! Where the points of a plan come from, and what people have to look at.

use crate::engine::plan::{Inject, InjectKind, Plan, Weights};

/// Parts of a score, as people call them.
const PARTS: [&str; 5] = ["quality", "accuracy", "completeness", "timeliness", "collaboration"];

/// The points of everything that may be sent, by the parts of a score that apply to each inject; none if
/// nothing is worth anything. Rounded, so they may add up to a little more or less.
pub(super) fn by_part(plan: &Plan) -> Option<String> {
    let mut thousandths = [0_u64; PARTS.len()];
    for inject in &plan.injects {
        let weights = applying(inject, inject.staff.evaluation.weights.unwrap_or(plan.profile.weights));
        let whole: u64 = weights.iter().map(|weight| u64::from(*weight)).sum();
        for (sum, weight) in thousandths.iter_mut().zip(weights) {
            *sum += (u64::from(inject.worth()) * 1000 * u64::from(weight)).checked_div(whole).unwrap_or_default();
        }
    }
    let shown = PARTS.iter().zip(thousandths).filter(|(_, sum)| *sum > 0);
    let shown: Vec<String> = shown.map(|(part, sum)| format!("{part} {}", (sum + 500) / 1000)).collect();
    (!shown.is_empty()).then(|| shown.join(", "))
}

/// The weights of the parts that apply to an inject, in the order of [`PARTS`].
fn applying(inject: &Inject, weights: Weights) -> [u32; PARTS.len()] {
    let form = inject.content.form.as_ref();
    let fields = || form.iter().flat_map(|form| &form.fields);
    let has_key = fields().any(|field| field.points > 0 && inject.key_of(field).is_some());
    let only_acknowledged = form.is_some_and(|form| form.acknowledge && form.fields.is_empty());
    let given = |applies: bool, weight| if applies { weight } else { 0 };
    [
        given(!inject.criteria().is_empty(), weights.quality),
        given(has_key, weights.accuracy),
        given(only_acknowledged || fields().any(|field| field.wanted), weights.completeness),
        given(form.is_some_and(|form| form.target.is_some() || form.deadline.is_some()), weights.timeliness),
        given(inject.actions().iter().any(|action| action.weight > 0), weights.collaboration),
    ]
}

/// What evaluators have to look at for one team that gets everything; none if that is nothing.
pub(super) fn marking(plan: &Plan) -> Option<String> {
    let played = || plan.injects.iter().filter(|inject| inject.kind != InjectKind::Practice);
    let marked = played().filter(|inject| !inject.criteria().is_empty());
    let criteria: Vec<_> = marked.clone().flat_map(Inject::criteria).collect();
    let actions: Vec<_> = played().flat_map(Inject::actions).collect();
    if criteria.is_empty() && actions.is_empty() {
        return None;
    }
    let anchored = criteria.iter().filter(|criterion| !criterion.anchors.is_empty()).count();
    let critical = |count: usize| if count > 0 { format!(", {count} critical") } else { String::new() };
    let critical_criteria = critical(criteria.iter().filter(|criterion| criterion.critical).count());
    let critical_actions = critical(actions.iter().filter(|action| action.critical).count());
    Some(format!(
        "injects {}, criteria {} ({anchored} with anchors{critical_criteria}), actions {}{}",
        marked.count(),
        criteria.len(),
        actions.len(),
        if critical_actions.is_empty() { critical_actions } else { format!(" ({})", &critical_actions[2..]) },
    ))
}
