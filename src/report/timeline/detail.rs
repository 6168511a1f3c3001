//! What a line says beside its kind, in figures and names that need no translation.

use crate::{
    engine::{
        event::{ByHand, Polarity, Rating, Weakened},
        id::{ObjectiveId, TeamId},
        state::State,
        text::Language,
        time::Millis,
    },
    markup::figures,
};

/// How much later or earlier: `+5:00`.
pub(super) fn change(by: Millis) -> String {
    let length = figures::length(by);
    if by.0 < 0 { length } else { format!("+{length}") }
}

/// The language that a team works in.
pub(super) fn language_of(state: &State, team: &TeamId) -> Language {
    state.team(team).map_or_else(|| Language::from("en"), |team| team.language.clone())
}

/// An objective and how many of the injects with evidence for it are left.
pub(super) fn weakened(state: &State, weakened: &Weakened) -> String {
    let objective = state.plan.objectives.iter().find(|objective| objective.id == weakened.objective);
    let language = state.plan.languages.first().cloned().unwrap_or_else(|| Language::from("en"));
    let title = objective.map_or(weakened.objective.as_str(), |objective| objective.title.get(&language));
    format!("{title}: {} / {}", weakened.left, weakened.left + weakened.lost)
}

/// A hint and what it cost.
pub(super) fn priced(permille: u32, hint: &str) -> String {
    format!("\u{2212}{} %\n{hint}", figures::points(i64::from(permille) * 100, "."))
}

/// Who told whom, and what.
pub(super) fn told<'a>(
    state: &State,
    from: &TeamId,
    to: impl Iterator<Item = &'a TeamId>,
    text: Option<&str>,
) -> String {
    let name = |id: &TeamId| state.team(id).map_or_else(|| id.to_string(), |team| team.name.clone());
    let to: Vec<String> = to.map(name).collect();
    format!("{} \u{2192} {}\n{}", name(from), to.join(", "), text.unwrap_or_default()).trim_end().to_owned()
}

/// An observer's note with whether it speaks for or against.
pub(super) fn weighed(polarity: Polarity, text: &str) -> String {
    match polarity {
        Polarity::Positive => format!("(+) {text}"),
        Polarity::Neutral => text.to_owned(),
        Polarity::Negative => format!("(\u{2212}) {text}"),
    }
}

/// An objective, its rating by its letter (HSEEP), and why.
pub(super) fn rated(objective: &ObjectiveId, rating: Rating, reason: &str) -> String {
    let letter = match rating {
        Rating::Performed => 'P',
        Rating::Some => 'S',
        Rating::Major => 'M',
        Rating::Unable => 'U',
    };
    format!("{objective}: {letter}\n{reason}").trim_end().to_owned()
}

/// Who called, when that was, and the code that was read back.
pub(super) fn by_hand(by_hand: &ByHand) -> String {
    let caller = by_hand.caller.text().unwrap_or("\u{2013}");
    format!("{caller}, {} UTC, {}", figures::time_of_day(by_hand.happened_at), by_hand.code)
}
