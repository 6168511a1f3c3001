//! Quality: levels that evaluators give, and when there are enough of them.

use sha2::{Digest, Sha256};

use super::{
    exact::{Exact, ratio, weighted},
    result::CriterionScore,
};
use crate::engine::{
    event::Marked,
    plan::{Criterion, Inject, MarkingPolicy, TOP_LEVEL},
    state::{Delivery, Markings, State, Team},
};

/// Levels this far apart are no longer one opinion.
const SPLIT: u8 = 2;

/// Where the marking of an answer stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Marking {
    /// Nothing in it waits for people.
    NotNeeded,
    /// So many marks are missing.
    Missing(u32),
    /// Marks differ by two levels, and the lead evaluator has not decided.
    Split,
    /// It is marked: levels by criterion, lowest first.
    Done(Vec<CriterionScore>),
}

/// Where the marking of the official answer stands.
#[must_use]
pub fn marking(state: &State, team: &Team, inject: &Inject, delivery: &Delivery) -> Marking {
    let criteria = inject.criteria();
    let (Some(response), false) = (delivery.official(), criteria.is_empty()) else { return Marking::NotNeeded };
    let revision = response.revision;
    let is_judged = |criterion: &Criterion| Inject::is_judged(criterion, |field| response.answers.contains_key(field));
    let lines = |marks: &[&Marked]| lines(&criteria, marks, is_judged);
    if !criteria.iter().any(is_judged) {
        return Marking::Done(lines(&[]));
    }
    let marks: Vec<&Marked> = delivery.markings.of_revision(revision).collect();
    if let Some(decided) = delivery.markings.moderated(revision) {
        return Marking::Done(lines(&[decided]));
    }
    let needed = marks_needed(state, team, inject);
    let there = u32::try_from(marks.len()).unwrap_or(u32::MAX);
    if there < needed {
        return Marking::Missing(needed - there);
    }
    let lines = lines(&marks);
    if needed > 1 && lines.iter().any(is_split) { Marking::Split } else { Marking::Done(lines) }
}

/// How many marks an answer needs by the policy.
#[must_use]
pub fn marks_needed(state: &State, team: &Team, inject: &Inject) -> u32 {
    match state.marking_policy {
        MarkingPolicy::Small => 1,
        MarkingPolicy::National => 1 + u32::from(state.is_critical(inject) || is_sampled(state, team, inject)),
        MarkingPolicy::Strict => 2,
    }
}

/// A fifth of the answers, the same whoever asks and whenever.
fn is_sampled(state: &State, team: &Team, inject: &Inject) -> bool {
    let name = [state.exercise.as_str(), team.id.as_str(), inject.id.as_str()].join("/");
    Sha256::digest(name.as_bytes()).first().is_some_and(|byte| byte % 5 == 0)
}

fn lines(criteria: &[Criterion], marks: &[&Marked], is_judged: impl Fn(&Criterion) -> bool) -> Vec<CriterionScore> {
    let line = |criterion: &Criterion| {
        let mut levels: Vec<u8> = marks
            .iter()
            .filter_map(|mark| mark.levels.get(&criterion.id))
            .map(|level| (*level).min(TOP_LEVEL))
            .collect();
        levels.sort_unstable();
        if !is_judged(criterion) {
            levels = vec![0];
        }
        CriterionScore {
            criterion: criterion.id.clone(),
            weight: criterion.weight,
            levels,
            critical: criterion.critical,
        }
    };
    criteria.iter().map(line).collect()
}

fn is_split(line: &CriterionScore) -> bool {
    let range = line.levels.first().zip(line.levels.last());
    range.is_some_and(|(least, most)| most - least >= SPLIT)
}

/// The share of the rubric: the mean of the levels of each criterion over the highest, by weight.
pub(super) fn quality(lines: &[CriterionScore]) -> Option<Exact> {
    let share = |line: &CriterionScore| {
        let sum: u64 = line.levels.iter().map(|level| u64::from(*level)).sum();
        (line.weight, ratio(sum, u64::from(TOP_LEVEL) * line.levels.len() as u64))
    };
    weighted(lines.iter().map(share))
}

impl Markings {
    /// Marks of a revision of the answer; those of others are history.
    pub fn of_revision(&self, revision: u32) -> impl Iterator<Item = &Marked> {
        self.marks.values().filter(move |mark| mark.revision == revision)
    }

    /// What the lead evaluator decided on a revision.
    #[must_use]
    pub fn moderated(&self, revision: u32) -> Option<&Marked> {
        self.moderated.as_ref().filter(|mark| mark.revision == revision)
    }
}
