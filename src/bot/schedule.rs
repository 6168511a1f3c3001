//! What the staff of a rehearsal do when: read off the plan.

use crate::engine::{
    id::InjectId,
    plan::{Inject, Plan, Trigger},
    text::{Language, Text},
    time::Millis,
};

/// How long after the inject before it the facilitator sends one that is released by hand.
const BY_HAND_AFTER: Millis = Millis::minutes(3);

/// When the facilitator sends what is released by hand: some time after the inject before it in
/// the file, which is where its author put it in the story.
pub(super) fn releases_by_hand(plan: &Plan) -> Vec<(Millis, InjectId)> {
    let mut times: Vec<Option<Millis>> = vec![None; plan.injects.len()];
    // Each pass settles at least one inject that can be settled; a cycle settles none.
    for _ in 0..plan.injects.len() {
        let before = times.clone();
        for (position, inject) in plan.injects.iter().enumerate().filter(|(_, inject)| inject.is_sent()) {
            let time = plan_time(plan, position, inject, &times);
            if let Some(slot) = times.get_mut(position) {
                *slot = time;
            }
        }
        if times == before {
            break;
        }
    }
    let by_hand = |inject: &Inject| inject.is_sent() && inject.trigger == Trigger::Manual;
    plan.injects
        .iter()
        .zip(times)
        .filter(|(inject, _)| by_hand(inject))
        .filter_map(|(inject, time)| Some((time?, inject.id.clone())))
        .collect()
}

fn plan_time(plan: &Plan, position: usize, inject: &Inject, times: &[Option<Millis>]) -> Option<Millis> {
    match &inject.trigger {
        Trigger::At { at } => Some(*at),
        Trigger::After { inject: leader, delay } => {
            let leader = plan.inject_position(leader)?;
            (*times.get(leader)?).map(|time| time.plus(*delay))
        }
        Trigger::When { .. } => None,
        Trigger::Manual => {
            let last = plan.duration.minus(Millis::minutes(1)).max(plan.opens_at);
            let earlier =
                (0..position).rev().find(|n| plan.injects.get(*n).is_some_and(|inject| is_timed(plan, inject)));
            let before = earlier.map_or(Some(plan.opens_at), |n| times.get(n).copied().flatten());
            before.map(|time| time.plus(BY_HAND_AFTER).min(last))
        }
    }
}

/// Whether the plan alone says when an inject goes out: it is sent, and no condition leads to it.
fn is_timed(plan: &Plan, inject: &Inject) -> bool {
    let mut last = inject;
    // As many steps as there are injects: a cycle leads nowhere.
    for _ in &plan.injects {
        match &last.trigger {
            Trigger::At { .. } | Trigger::Manual => return inject.is_sent(),
            Trigger::When { .. } => return false,
            Trigger::After { inject: leader, .. } => {
                match plan.inject_position(leader).and_then(|n| plan.injects.get(n)) {
                    Some(leader) => last = leader,
                    None => return false,
                }
            }
        }
    }
    false
}

/// What the facilitator tells everybody in the middle.
pub(super) fn half_time() -> (Text, Text) {
    let text = |in_languages: [(&str, &str); 3]| {
        Text(in_languages.into_iter().map(|(language, text)| (Language::from(language), text.to_owned())).collect())
    };
    (
        text([
            ("en", "Half of the time is over"),
            ("fr", "La moitié du temps est passée"),
            ("es", "Ha pasado la mitad del tiempo"),
        ]),
        text([
            ("en", "Check that your log is complete. What you have not answered yet can still be answered."),
            ("fr", "Vérifiez que votre journal est complet. Ce qui n'a pas encore de réponse peut encore en recevoir."),
            ("es", "Compruebe que su registro está completo. Lo que aún no tiene respuesta todavía puede responderse."),
        ]),
    )
}
