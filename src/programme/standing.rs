//! Who asks something of a programme: an account that organises it or leads an exercise of it, a person with a
//! pass, or both in one browser. Whoever is neither does not learn whether there is such a programme.

use std::sync::Arc;

use axum::{
    extract::FromRequestParts,
    http::{StatusCode, request::Parts},
};

use crate::{
    account::AccountId,
    audit::Who,
    engine::{
        id::{ExerciseId, PersonId},
        role::{Action, Relation},
        view::{Extras, Viewer},
    },
    http::Path,
    live::{Exercise, http::Doors},
    problem::Problem,
    store::{DayExercise, DayPerson, DayPlace, DayRole, Programme},
};

/// The programme named in the path, and who asks.
pub(super) struct Standing {
    pub(super) programme: Programme,
    /// Its exercises, in the order of the day.
    pub(super) exercises: Vec<DayExercise>,
    /// The account that is signed in, whether or not it has a part in this programme.
    pub(super) account: Option<AccountId>,
    /// Who the account is in exercises.
    account_people: Vec<(ExerciseId, PersonId)>,
    /// The person with the pass of this browser.
    pub(super) person: Option<DayPerson>,
    places: Vec<DayPlace>,
    pub(super) who: Who,
}

/// The first parameter of the paths below a programme.
#[derive(serde::Deserialize)]
pub(super) struct InProgramme {
    pub(super) programme: String,
}

impl Standing {
    /// Whoever asks for a programme, with a part in it or not.
    pub(super) async fn of_anybody(parts: &mut Parts, doors: &Doors) -> Result<Option<Self>, Problem> {
        let Path(InProgramme { programme: id }) = Path::from_request_parts(parts, doors).await?;
        let Some(programme) = doors.store.programme(&id).await? else { return Ok(None) };
        let caller = doors.accounts.caller(parts, None).await.ok();
        let (account, who) = caller.map_or((None, Who::Nobody), |caller| (caller.account.clone(), caller.who()));
        let account_people = match &account {
            Some(account) => doors.store.account_people(account).await?,
            None => Vec::new(),
        };
        let person = doors.accounts.pass(parts, &id).await?;
        let places = match &person {
            Some(person) => doors.store.places_of(&person.id).await?,
            None => Vec::new(),
        };
        let exercises = doors.store.day_exercises(&id).await?;
        Ok(Some(Self { programme, exercises, account, account_people, person, places, who }))
    }

    /// Whether the account organises the programme.
    pub(super) fn organises(&self) -> bool {
        self.account.as_ref() == Some(&self.programme.owner)
    }

    /// Whether the account organises the programme or was made the lead of an exercise of it.
    pub(super) fn is_staff(&self) -> bool {
        self.organises() || self.exercises.iter().any(|one| self.account.as_ref() == Some(&one.lead))
    }

    /// Refuses unless the account organises the programme.
    pub(super) fn organiser(&self) -> Result<&AccountId, Problem> {
        self.account.as_ref().filter(|_| self.organises()).ok_or_else(forbidden)
    }

    /// Refuses unless the programme has the exercise.
    pub(super) fn exercise(&self, id: &ExerciseId) -> Result<&DayExercise, Problem> {
        self.exercises.iter().find(|one| one.exercise == *id).ok_or_else(unknown_exercise)
    }

    /// What the account is in an exercise.
    pub(super) fn account_in(&self, exercise: &Exercise) -> Option<Viewer> {
        let person = self.account_people.iter().find(|(id, _)| *id == exercise.id).map(|(_, person)| person);
        person.and_then(|person| exercise.viewer(person))
    }

    /// Whether the account may let people into an exercise.
    pub(super) fn lets_into(&self, exercise: &Exercise) -> bool {
        self.account_in(exercise).is_some_and(|viewer| viewer.may(Action::ManagePeople, Relation::Other))
    }

    /// The place of the person with the pass in an exercise, if one was said or taken.
    pub(super) fn place_in(&self, exercise: &ExerciseId) -> Option<&DayPlace> {
        self.places.iter().find(|place| place.exercise == *exercise)
    }

    /// What the person with the pass is in an exercise, or would be on entering; none once control took the role.
    pub(super) fn person_in(&self, exercise: &Exercise) -> Option<DayRole> {
        match self.place_in(&exercise.id) {
            Some(place) if place.seated_at.is_some() => {
                exercise.viewer(&place.seated_as).map(|viewer| DayRole { role: viewer.role, team: viewer.team })
            }
            Some(place) => Some(place.role.clone()),
            None => self.person.as_ref()?.role.clone(),
        }
    }

    /// Those who look at what an exercise showed: the account, and the person with the pass, who reads what was
    /// released to the team before entering, too.
    pub(super) fn viewers_in(&self, exercise: &Exercise) -> Vec<Viewer> {
        let person = self.person_in(exercise).map(|DayRole { role, team }| {
            let seated = self.place_in(&exercise.id).filter(|place| place.seated_at.is_some());
            let nobody = || Viewer { person: PersonId::from(""), role, team, blind: true, extras: Extras::default() };
            seated.and_then(|place| exercise.viewer(&place.seated_as)).unwrap_or_else(nobody)
        });
        self.account_in(exercise).into_iter().chain(person).collect()
    }

    /// An exercise of the programme, running or loaded for this.
    pub(super) async fn load(&self, doors: &Doors, id: &ExerciseId) -> Result<Arc<Exercise>, Problem> {
        self.exercise(id)?;
        doors.live.exercise(id).await?.ok_or_else(unknown_exercise)
    }
}

impl FromRequestParts<Doors> for Standing {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, doors: &Doors) -> Result<Self, Problem> {
        let found = Self::of_anybody(parts, doors).await?;
        found.filter(|standing| standing.is_staff() || standing.person.is_some()).ok_or_else(forbidden)
    }
}

pub(super) fn forbidden() -> Problem {
    Problem::forbidden("you have no part in this programme that allows this")
}

fn unknown_exercise() -> Problem {
    Problem::new(StatusCode::NOT_FOUND, "unknown_exercise", "the programme has no such exercise")
}
