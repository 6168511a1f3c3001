//! Who was there. Only what somebody did tells it: an answer, a receipt that was opened, a mark. How well
//! they did plays no part.

use std::collections::BTreeMap;

use crate::engine::{
    event::Event,
    id::{ExerciseId, PersonId, TeamId},
    marking::marking,
    role::Role,
    state::{Grant, State},
    text::Text,
    time::Timestamp,
};

/// A log that does not say who took part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AttendanceError {
    /// The first row is missing or of another kind.
    #[error("the log does not begin with the creation of an exercise")]
    NoBeginning,
    /// Who takes part can still change.
    #[error("play has not ended: certificates say who took part, so they wait for EndEx")]
    NotEnded,
}

/// An exercise that has ended, and who took part in it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Attendance {
    pub exercise: ExerciseId,
    pub title: Text,
    /// `EXERCISE EXERCISE EXERCISE`, with `REHEARSAL` if it was one.
    pub marking: &'static str,
    pub rehearsal: bool,
    pub started_at: Timestamp,
    pub ended_at: Timestamp,
    /// By id.
    pub people: Vec<Attendant>,
}

/// Somebody who took part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attendant {
    /// Who. Names are in no log.
    pub person: PersonId,
    /// As what, when they last acted.
    pub role: Role,
    /// In which team.
    pub team: Option<TeamId>,
    /// Its name.
    pub team_name: Option<String>,
    /// What they did first and last in play; none of those who only marked afterwards.
    pub present: Option<(Timestamp, Timestamp)>,
}

/// Reads who did something from the start of play on, marks after its end included.
pub fn attendance(events: &[(i64, Event)]) -> Result<Attendance, AttendanceError> {
    let ((_, first), rest) = events.split_first().ok_or(AttendanceError::NoBeginning)?;
    let mut state = State::open(first).ok_or(AttendanceError::NoBeginning)?;
    let mut people = BTreeMap::new();
    for (_, event) in rest {
        let before = state.ended_at.is_none();
        let grant = event.actor.person().and_then(|person| Some((person.clone(), state.grants.get(person)?.clone())));
        state.apply(event);
        // What began play was done in it.
        let Some((person, grant)) = grant.filter(|_| state.started_at.is_some()) else { continue };
        let known = people.remove(&person).and_then(|(_, present)| present);
        let present = if before { Some((known.map_or(event.at, |(from, _)| from), event.at)) } else { known };
        people.insert(person, (grant, present));
    }
    let (Some(started_at), Some(ended_at)) = (state.started_at, state.ended_at) else {
        return Err(AttendanceError::NotEnded);
    };
    let name = |id: &TeamId| state.teams.iter().find(|team| team.id == *id).map(|team| team.name.clone());
    let attendant = |(person, (grant, present)): (PersonId, (Grant, _))| Attendant {
        person,
        role: grant.role,
        team_name: grant.team.as_ref().and_then(name),
        team: grant.team,
        present,
    };
    Ok(Attendance {
        exercise: state.exercise.clone(),
        title: state.plan.title.clone(),
        marking: marking(state.rehearsal),
        rehearsal: state.rehearsal,
        started_at,
        ended_at,
        people: people.into_iter().map(attendant).collect(),
    })
}
