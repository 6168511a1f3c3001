//! Places of people of the day in its exercises: taken on entering, and taken away from all of them at once.

use axum::http::StatusCode;

use super::{
    enrol::enrol,
    standing::{Standing, forbidden},
};
use crate::{
    engine::id::{ExerciseId, PersonId},
    id::token_hash,
    live::{Exercise, LiveError, api::Seat, http::Doors},
    problem::Problem,
    store::{self as kept, DayPerson, DayPlace, DayRole},
};

/// The person with the pass takes the place in an exercise, or takes it up again. Returns it with the value of the
/// `Set-Cookie` header.
pub(super) async fn enter(doors: &Doors, standing: &Standing, id: &ExerciseId) -> Result<(Seat, String), Problem> {
    let person = standing.person.as_ref().ok_or_else(forbidden)?;
    let exercise = standing.load(doors, id).await?;
    refuse_second_role(doors, standing, person, &exercise).await?;
    let seated_as = match standing.place_in(id).filter(|place| place.seated_at.is_some()) {
        Some(place) => place.seated_as.clone(),
        None => take(doors, standing, person, &exercise).await?,
    };
    let viewer = exercise.viewer(&seated_as).ok_or_else(away)?;
    // One seat for each place: its cookie is handed over anew, so that places do not pile up.
    let seat = token_hash(&format!("{}/{}", person.id, exercise.id));
    let cookie = if let Some(kept) = doors.store.seat(&seat).await? {
        reopened(doors, &kept).await?
    } else {
        match doors.accounts.open_seat(seat.clone(), &exercise.id, &seated_as, viewer.role, None).await {
            Ok((_, cookie)) => cookie,
            // Entered twice in one moment: the other one opened it.
            Err(failed) => match doors.store.seat(&seat).await? {
                Some(kept) => reopened(doors, &kept).await?,
                None => return Err(failed.into()),
            },
        }
    };
    Ok((doors.seat_of(seat, &exercise.id, viewer).await?, cookie))
}

async fn reopened(doors: &Doors, kept: &kept::Seat) -> Result<String, Problem> {
    if !kept.is_valid(doors.clock.now()) {
        return Err(away());
    }
    Ok(doors.accounts.reopen_seat(kept).await?)
}

/// Takes a place that nobody sat in before.
async fn take(
    doors: &Doors,
    standing: &Standing,
    person: &DayPerson,
    exercise: &Exercise,
) -> Result<PersonId, Problem> {
    let wanted = standing.person_in(exercise).ok_or_else(forbidden)?;
    let place = said(doors, person, &exercise.id, wanted).await?;
    let DayRole { role, team } = &place.role;
    if let Some(team) = team {
        // It may have been added while the exercise could not take it.
        let teams = doors.store.day_teams(&person.programme).await?;
        let own: Vec<_> = teams.into_iter().filter(|one| one.team == *team).collect();
        enrol(exercise, &own).await?;
    }
    match exercise.seat_as(&place.seated_as, (*role, team.as_ref()), &person.name, &person.language, None).await {
        // Seated in a moment that was not noted: the role is the one that was said.
        Err(LiveError::Refused(refusal)) if refusal.code() == "role_taken" => {}
        seated => seated?,
    }
    doors.store.note_seated(&person.id, &exercise.id, doors.clock.now()).await?;
    Ok(place.seated_as)
}

/// What a person is in an exercise from now on. The first word stands.
pub(super) async fn said(
    doors: &Doors,
    person: &DayPerson,
    exercise: &ExerciseId,
    role: DayRole,
) -> Result<DayPlace, Problem> {
    let seated_as = PersonId(doors.random.uuid().simple().to_string());
    let place = DayPlace { exercise: exercise.clone(), role: role.clone(), seated_as, seated_at: None };
    let kept = doors.store.put_place(&person.id, &place).await?;
    if kept.role == role { Ok(kept) } else { Err(role_taken()) }
}

/// Whoever is somebody in an exercise by an account is nobody else there.
async fn refuse_second_role(
    doors: &Doors,
    standing: &Standing,
    person: &DayPerson,
    exercise: &Exercise,
) -> Result<(), Problem> {
    let by_account = match &person.account {
        Some(account) => doors.store.account_people(account).await?,
        None => Vec::new(),
    };
    let is_here =
        |(id, of_account): &(ExerciseId, PersonId)| *id == exercise.id && exercise.viewer(of_account).is_some();
    if standing.account_in(exercise).is_some() || by_account.iter().any(is_here) {
        return Err(role_taken());
    }
    Ok(())
}

/// Sends somebody away from every exercise: the role goes, then the seats, and with them every connection.
pub(super) async fn leave_everywhere(doors: &Doors, person: &str) -> Result<(), Problem> {
    let mut failed = None;
    for DayPlace { exercise: id, seated_as, .. } in doors.store.places_of(person).await? {
        // Seats first: they need nothing but the store, and without one nobody comes back.
        doors.store.revoke_seats_of_person(&id, &seated_as, doors.clock.now()).await?;
        let unseated: Result<(), Problem> = async {
            let Some(exercise) = doors.live.exercise(&id).await? else { return Ok(()) };
            exercise.disconnect(&seated_as);
            match exercise.unseat(&seated_as).await {
                // Never seated there; or nobody else directs it, and then the seat alone goes.
                Err(refusal) if ["unknown_person", "last_director"].contains(&refusal.code()) => Ok(()),
                unseated => unseated.map(|_row| ()).map_err(Problem::from),
            }
        }
        .await;
        // One exercise that cannot be reached must not keep the person in the others.
        failed = failed.or(unseated.err());
    }
    failed.map_or(Ok(()), Err)
}

pub(super) fn role_taken() -> Problem {
    Problem::new(
        StatusCode::CONFLICT,
        "role_taken",
        "one person has one role in an exercise: you have another one there already",
    )
}

fn away() -> Problem {
    Problem::forbidden("your place in this exercise was taken away: ask those who run it")
}
