//! Figures of a day from the scorecards of its exercises. Scores are put together by the points that could be had,
//! in whole numbers, rounded once.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Part,
    model::{CapabilityFigure, CapabilityOfDay, TeamCapability, TeamInExercise},
};
use crate::{
    engine::{id::ExerciseId, plan::Capability},
    report::{
        across::rating,
        measure::{count, median},
        model::{Report, Scorecard},
        version::LEAST_TEAMS,
    },
};

/// How a team did in an exercise.
pub(super) fn in_exercise(report: &Report, team: &Scorecard) -> TeamInExercise {
    let of = |line: &crate::engine::score::CapabilityScore| {
        let (rating, suggested) = rating(&report.objectives, team, line.capability);
        TeamCapability {
            capability: line.capability,
            score_milli: line.score_milli,
            attainable_milli: line.attainable_milli,
            counted: line.counted,
            rating,
            suggested,
        }
    };
    TeamInExercise {
        exercise: report.exercise.clone(),
        score_milli: team.score_milli,
        attainable_milli: team.attainable_milli,
        counted: team.counted,
        capabilities: team.capabilities.iter().map(of).collect(),
    }
}

/// Scores of a hundred put together by the points that could be had in each.
pub(super) fn weighted<'a>(scores: impl Iterator<Item = (Option<i64>, i64)> + 'a) -> Option<i64> {
    let (sum, weight) = scores
        .filter_map(|(score, weight)| Some((score?, weight)))
        .filter(|(_, weight)| *weight > 0)
        .fold((0_i128, 0_i128), |(sum, all), (score, weight)| {
            (sum + i128::from(score) * i128::from(weight), all + i128::from(weight))
        });
    if weight == 0 {
        return None;
    }
    // Half to even, as everywhere.
    let (down, rest) = (sum.div_euclid(weight), sum.rem_euclid(weight));
    let up = match (rest * 2).cmp(&weight) {
        std::cmp::Ordering::Less => 0,
        std::cmp::Ordering::Greater => 1,
        std::cmp::Ordering::Equal => down.rem_euclid(2),
    };
    i64::try_from(down + up).ok()
}

/// The capabilities of a team over the day; of one that was rated twice, the later counts.
pub(super) fn over_the_day(exercises: &[TeamInExercise]) -> Vec<TeamCapability> {
    let lines = || exercises.iter().flat_map(|one| &one.capabilities);
    let all: BTreeSet<Capability> = lines().map(|line| line.capability).collect();
    let of = |capability: Capability| {
        let mine = || lines().filter(move |line| line.capability == capability);
        TeamCapability {
            capability,
            score_milli: weighted(mine().map(|line| (line.score_milli, line.attainable_milli))),
            attainable_milli: mine().map(|line| line.attainable_milli).sum(),
            counted: mine().map(|line| line.counted).sum(),
            rating: mine().filter_map(|line| line.rating).next_back(),
            suggested: mine().filter_map(|line| line.suggested).next_back(),
        }
    };
    all.into_iter().map(of).collect()
}

/// How teams did in each capability. `least` teams have to stand behind a figure.
pub(super) fn capabilities(parts: &[Part], teams: &[Vec<TeamInExercise>], least: u32) -> Vec<CapabilityOfDay> {
    let all: BTreeSet<Capability> =
        teams.iter().flatten().flat_map(|one| &one.capabilities).map(|line| line.capability).collect();
    let of = |capability: Capability| {
        let of_team = |exercises: &Vec<TeamInExercise>| {
            over_the_day(exercises).into_iter().find(|line| line.capability == capability)?.score_milli
        };
        let scores: Vec<i64> = teams.iter().filter_map(of_team).collect();
        let (n, exercises) = (count(scores.len()), parts.iter().filter(|part| part.report.is_some()));
        CapabilityOfDay {
            capability,
            exercises: exercises.map(|part| figure(&part.exercise, capability, teams, least)).collect(),
            median_milli: median(scores).filter(|_| n >= least),
            teams: n,
        }
    };
    all.into_iter().map(of).collect()
}

fn figure(
    exercise: &ExerciseId,
    capability: Capability,
    teams: &[Vec<TeamInExercise>],
    least: u32,
) -> CapabilityFigure {
    let here = || teams.iter().flatten().filter(|one| one.exercise == *exercise);
    let lines = || here().flat_map(|one| &one.capabilities).filter(|line| line.capability == capability);
    let scores: Vec<i64> = lines().filter_map(|line| line.score_milli).collect();
    let mut ratings = BTreeMap::new();
    for rating in lines().filter_map(|line| line.rating) {
        *ratings.entry(rating).or_insert(0) += 1;
    }
    if ratings.values().sum::<u32>() < least {
        ratings.clear();
    }
    let teams = count(scores.len());
    CapabilityFigure {
        exercise: exercise.clone(),
        median_milli: median(scores).filter(|_| teams >= least),
        teams,
        ratings,
    }
}

/// Leaves out what a team did in an exercise, or in a capability of it, where fewer than [`LEAST_TEAMS`] teams have
/// a figure. Says whether anything was.
pub(super) fn thin_out(teams: &mut [Vec<TeamInExercise>]) -> bool {
    let mut scored: BTreeMap<ExerciseId, u32> = BTreeMap::new();
    let mut shown: BTreeMap<(ExerciseId, Capability), u32> = BTreeMap::new();
    for one in teams.iter().flatten() {
        *scored.entry(one.exercise.clone()).or_default() += u32::from(one.score_milli.is_some());
        for line in &one.capabilities {
            let is_there = line.score_milli.is_some();
            *shown.entry((one.exercise.clone(), line.capability)).or_default() += u32::from(is_there);
        }
    }
    let too_few = |n: Option<&u32>| n.is_none_or(|n| *n < LEAST_TEAMS);
    let mut left_out = false;
    for one in teams.iter_mut().flatten() {
        if too_few(scored.get(&one.exercise)) {
            left_out |= one.score_milli.is_some();
            (one.score_milli, one.attainable_milli, one.counted) = (None, 0, 0);
        }
        let exercise = one.exercise.clone();
        let before = one.capabilities.len();
        one.capabilities.retain(|line| !too_few(shown.get(&(exercise.clone(), line.capability))));
        left_out |= one.capabilities.len() < before;
    }
    left_out
}
