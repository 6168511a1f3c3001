//! Exercises of a day: created with the teams of the day, moved in it, entered with a pass.

use axum::{
    extract::State,
    http::{StatusCode, header},
    response::IntoResponse,
};

use super::checked;
use crate::{
    audit::{By, Deed},
    engine::{id::ExerciseId, role::Role, text::Language, time::Rate},
    http::{Json, Path, limits::Client},
    live::{
        api::{CreateExercise, Seat},
        http::{Doors, open_exercise, read_pack},
    },
    problem::{Problem, ProblemBody},
    programme::{
        api::{CreateDayExercise, NewDayExercise, PlanDayExercise},
        enrol::enrol_all,
        place::{enter as take_place, leave_everywhere},
        standing::{Standing, forbidden},
    },
    store::{Account, DayExercise},
};

/// Most exercises of one programme.
const EXERCISES: usize = 50;

/// Creates an exercise in a programme. Its lead directs it; whoever organises the programme gets no right in it by
/// that.
#[utoipa::path(post, path = "/api/v1/programmes/{programme}/exercises", operation_id = "create_day_exercise", tag = "programmes",
    request_body = CreateDayExercise, params(("programme" = String, Path)),
    responses((status = 201, body = NewDayExercise), (status = 403, body = ProblemBody), (status = 404, body = ProblemBody), (status = 422, body = ProblemBody)))]
pub(super) async fn create(
    State(doors): State<Doors>,
    Client(from): Client,
    standing: Standing,
    Json(wanted): Json<CreateDayExercise>,
) -> Result<(StatusCode, Json<NewDayExercise>), Problem> {
    let owner = standing.organiser()?;
    if standing.exercises.len() >= EXERCISES {
        return Err(checked::bad("a programme has at most 50 exercises"));
    }
    let lead = lead(&doors, owner, wanted.lead.as_deref()).await?;
    let rate = wanted.rate.unwrap_or(Rate::REAL);
    let CreateDayExercise { scenario, yaml, rehearsal, planned_start, .. } = wanted;
    let pack = read_pack(&CreateExercise { scenario, yaml, rate: Some(rate), rehearsal })?;
    let exercise = open_exercise(&doors, pack, rate, rehearsal).await?;
    let person = exercise.seat(Role::ExerciseDirector, None, &lead.login, &Language::from("en"), None).await?;
    doors.store.put_account_person(&lead.id, &exercise.id, &person).await?;
    let position = standing.exercises.iter().map(|one| one.position).max().map_or(1, |last| last.saturating_add(1));
    let one = DayExercise { exercise: exercise.id.clone(), position, planned_start, lead: lead.id.clone() };
    let programme = standing.programme.id.clone();
    doors.store.add_day_exercise(&programme, &one).await?;
    enrol_all(&doors, &programme, &exercise).await?;
    let scenario = exercise.read(|state, _| state.plan.name.clone());
    let created = Deed::ExerciseCreated { exercise: exercise.id.clone(), scenario };
    let added = Deed::ProgrammeExerciseAdded { programme, exercise: exercise.id.clone(), lead: lead.id };
    let by = By::new(standing.who.clone(), from);
    doors.accounts.audit().note(&by, &created).await?;
    doors.accounts.audit().note(&by, &added).await?;
    Ok((StatusCode::CREATED, Json(NewDayExercise { exercise: one.exercise, position })))
}

/// The account that is to direct an exercise.
async fn lead(doors: &Doors, owner: &str, login: Option<&str>) -> Result<Account, Problem> {
    let found = match login {
        Some(login) => doors.store.account_by_login(&login.trim().to_lowercase()).await?,
        None => doors.store.account(owner).await?,
    };
    let detail = "nobody signs in with this login: make the account first";
    found.ok_or_else(|| Problem::new(StatusCode::NOT_FOUND, "unknown_account", detail))
}

#[derive(serde::Deserialize)]
pub(super) struct OfExercise {
    exercise: ExerciseId,
}

/// Moves an exercise in the day. Its lead may do so, too.
#[utoipa::path(put, path = "/api/v1/programmes/{programme}/exercises/{exercise}", operation_id = "plan_day_exercise", tag = "programmes",
    request_body = PlanDayExercise, params(("programme" = String, Path), ("exercise" = String, Path)),
    responses((status = 204), (status = 403, body = ProblemBody), (status = 404, body = ProblemBody)))]
pub(super) async fn plan(
    State(doors): State<Doors>,
    standing: Standing,
    Path(OfExercise { exercise }): Path<OfExercise>,
    Json(PlanDayExercise { position, planned_start }): Json<PlanDayExercise>,
) -> Result<StatusCode, Problem> {
    let one = standing.exercise(&exercise)?;
    if !standing.organises() && standing.account.as_ref() != Some(&one.lead) {
        return Err(forbidden());
    }
    doors.store.plan_day_exercise(&standing.programme.id, &exercise, position, planned_start).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Gives the person with the pass the place in an exercise.
#[utoipa::path(post, path = "/api/v1/programmes/{programme}/exercises/{exercise}/seat", operation_id = "enter_day_exercise", tag = "programmes",
    params(("programme" = String, Path), ("exercise" = String, Path)),
    responses((status = 201, body = Seat), (status = 403, body = ProblemBody), (status = 404, body = ProblemBody), (status = 409, body = ProblemBody)))]
pub(super) async fn enter(
    State(doors): State<Doors>,
    standing: Standing,
    Path(OfExercise { exercise }): Path<OfExercise>,
) -> Result<impl IntoResponse, Problem> {
    let (seat, cookie) = take_place(&doors, &standing, &exercise).await?;
    // Sent away in this very moment: of the two, one sees the other.
    if let Some(person) = &standing.person
        && doors.store.day_person(&person.id).await?.is_none_or(|now| now.revoked_at.is_some())
    {
        leave_everywhere(&doors, &person.id).await?;
        return Err(forbidden());
    }
    Ok((StatusCode::CREATED, [(header::SET_COOKIE, cookie)], Json(seat)))
}
