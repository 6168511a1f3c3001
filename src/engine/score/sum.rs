//! From injects to a team: sums of integers, and what becomes of excused injects.

use super::{
    exact::part_of,
    inject::inject_score,
    result::{InjectScore, Outcome, TeamScore},
};
use crate::engine::state::{State, Team};

/// The highest score, in thousandths of a point.
pub(super) const HUNDRED: i64 = 100_000;

/// Points given and attainable, in thousandths.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sum {
    /// Given.
    pub points: i64,
    /// Attainable.
    pub attainable: i64,
    /// How many counted.
    pub counted: u32,
}

impl Sum {
    /// A score from 0 to 100 in thousandths; none while nothing counts.
    #[must_use]
    pub fn score(&self) -> Option<i64> {
        (self.attainable > 0).then(|| part_of(HUNDRED, self.points, self.attainable))
    }

    pub(super) fn add(&mut self, (points, attainable): (i64, i64)) {
        self.points = self.points.saturating_add(points);
        self.attainable = self.attainable.saturating_add(attainable);
        self.counted += 1;
    }

    /// Whether something of this worth would raise the score or begin it.
    fn gains_by(&self, (points, attainable): (i64, i64)) -> bool {
        i128::from(points) * i128::from(self.attainable) > i128::from(self.points) * i128::from(attainable)
    }
}

/// What counts, and for each excused inject whether it is kept: excusing never lowers a score, so one
/// whose removal would lower it stays.
pub(super) fn sum<'a>(parts: impl Iterator<Item = &'a Part> + Clone) -> (Sum, Vec<usize>) {
    let mut sum = Sum::default();
    parts.clone().filter(|part| !part.excused).for_each(|part| sum.add(part.worth));
    let mut excused: Vec<&Part> = parts.filter(|part| part.excused).collect();
    // The best first: as soon as one does not help, none after it does.
    excused.sort_by(|one, other| {
        let [one, other] = [one, other].map(|part| (i128::from(part.worth.0), i128::from(part.worth.1)));
        (other.0 * one.1).cmp(&(one.0 * other.1))
    });
    let mut kept = Vec::new();
    for part in excused {
        if sum.attainable == 0 && sum.counted == 0 && part.worth.0 > 0 || sum.gains_by(part.worth) {
            sum.add(part.worth);
            kept.push(part.place);
        }
    }
    (sum, kept)
}

/// Points and attainable points of something that counts.
#[derive(Clone, Copy, Debug)]
pub(super) struct Part {
    /// Where it stands among the injects of the team.
    pub(super) place: usize,
    pub(super) worth: (i64, i64),
    pub(super) excused: bool,
}

/// The parts of a team's injects, as far as they have points.
pub(super) fn parts(injects: &[InjectScore]) -> impl Iterator<Item = Part> + Clone + '_ {
    injects.iter().enumerate().filter_map(|(place, score)| {
        let excused = matches!(score.outcome, Outcome::Excused { .. } | Outcome::ExcusedKept { .. });
        Some(Part { place, worth: (score.points_milli?, score.attainable_milli), excused })
    })
}

/// A team's score, made anew from its injects.
#[must_use]
pub fn team_score(state: &State, team: &Team) -> TeamScore {
    let injects = (0..state.plan.injects.len()).filter_map(|position| inject_score(state, team, position));
    of_injects(team, injects.collect())
}

/// A team's score from the scores of its injects.
pub(super) fn of_injects(team: &Team, mut injects: Vec<InjectScore>) -> TeamScore {
    let parts: Vec<Part> = parts(&injects).collect();
    let (sum, kept) = sum(parts.iter());
    for (place, score) in injects.iter_mut().enumerate() {
        // One that was kept may be no longer, now that others are worth something else.
        if let Outcome::Excused { because } | Outcome::ExcusedKept { because } = &mut score.outcome {
            let because = std::mem::take(because);
            let is_kept = kept.contains(&place);
            score.outcome = if is_kept { Outcome::ExcusedKept { because } } else { Outcome::Excused { because } };
        }
    }
    let unmarked = injects.iter().filter(|score| matches!(score.outcome, Outcome::Unmarked { .. } | Outcome::Split));
    let adjustment_milli = team.adjustment();
    let asked = injects.iter().filter(|score| score.attainable_milli > 0 && score.outcome != Outcome::NotScored);
    TeamScore {
        team: team.id.clone(),
        score_milli: sum.score().map(|score| (score + adjustment_milli).clamp(0, HUNDRED)),
        points_milli: sum.points,
        attainable_milli: sum.attainable,
        unmarked_milli: unmarked.map(|score| score.attainable_milli).sum(),
        counted: sum.counted,
        asked: u32::try_from(asked.count()).unwrap_or(u32::MAX),
        adjustment_milli,
        injects,
    }
}
