//! Whether results that were released follow from the log: everything is scored anew up to the row before,
//! and must be the same to the thousandth of a point, with the same reasons.

use super::build::ReportError;
use crate::engine::{
    event::{Event, Fact, TeamScoreReleased},
    id::TeamId,
    score::{InjectScore, RULES, TeamScore, team_score},
    state::State,
};

/// What scoring a log anew shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recomputed {
    /// Every team's score at the end of the log, in order of joining.
    pub scores: Vec<TeamScore>,
    /// Names of the teams, in the same order.
    pub names: Vec<String>,
    /// How many results were released, and found to be the same.
    pub released: u32,
    /// The first that is another one.
    pub difference: Option<Difference>,
}

/// A result that was released and does not follow from the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Row of the release.
    pub seq: i64,
    /// Whose.
    pub team: TeamId,
    /// Where in the result.
    pub place: String,
    /// What was released.
    pub released: String,
    /// What follows from the log.
    pub recomputed: String,
}

/// Scores a log anew, from its first row on.
pub fn recompute(events: &[(i64, Event)]) -> Result<Recomputed, ReportError> {
    let (first, rest) = events.split_first().ok_or(ReportError::NoBeginning)?;
    let mut state = State::open(&first.1).ok_or(ReportError::NoBeginning)?;
    let (mut released, mut difference) = (0, None);
    for (seq, event) in rest {
        if let Fact::TeamScoreReleased(result) = &event.fact {
            let found = compare(*seq, &state, result);
            released += u32::from(found.is_none());
            difference = difference.or(found);
        }
        state.apply(event);
    }
    Ok(Recomputed {
        scores: state.teams.iter().map(|team| team_score(&state, team)).collect(),
        names: state.teams.iter().map(|team| team.name.clone()).collect(),
        released,
        difference,
    })
}

fn compare(seq: i64, state: &State, result: &TeamScoreReleased) -> Option<Difference> {
    let differs = |place: &str, released: String, recomputed: String| {
        let team = result.team.clone();
        (released != recomputed).then(|| Difference { seq, team, place: place.to_owned(), released, recomputed })
    };
    if result.rules > RULES {
        return differs("rules", result.rules.to_string(), RULES.to_string());
    }
    let Some(team) = state.team(&result.team) else {
        return differs("team", result.team.to_string(), "none".to_owned());
    };
    let (old, new) = (&*result.score, &team_score(state, team));
    let milli = |score: Option<i64>| score.map_or_else(|| "none".to_owned(), |milli| milli.to_string());
    let inject = |(old, new): (&InjectScore, &InjectScore)| {
        let place = format!("inject {}", new.inject);
        let points = differs(&format!("{place}, points"), milli(old.points_milli), milli(new.points_milli));
        points.or_else(|| differs(&place, format!("{old:?}"), format!("{new:?}")))
    };
    let in_injects = || old.injects.iter().zip(&new.injects).find_map(inject);
    let in_sums = || {
        differs("injects", old.injects.len().to_string(), new.injects.len().to_string())
            .or_else(|| differs("points", old.points_milli.to_string(), new.points_milli.to_string()))
            .or_else(|| {
                differs("attainable points", old.attainable_milli.to_string(), new.attainable_milli.to_string())
            })
            .or_else(|| differs("score", milli(old.score_milli), milli(new.score_milli)))
            .or_else(|| differs("result", format!("{old:?}"), format!("{new:?}")))
    };
    in_injects().or_else(in_sums)
}
