//! Routes on what is kept of people: one's own, and what a director answers for.

use axum::{
    extract::State,
    http::{HeaderValue, StatusCode, header},
    response::IntoResponse,
};

use super::{Doors, Here, replay};
use crate::{
    audit::{By, Deed},
    engine::{command::Actor, id::PersonId, rejection::Rejection, role::Action, state::Stage, text::Language},
    http::{Json, Path, Query, limits::Client},
    live::{
        Refusal,
        personal::{
            Own, OwnData,
            api::{ErasePerson, ErasedPerson, Kept, SetRetention},
            goes_at,
        },
    },
    problem::{Problem, ProblemBody},
    store::record::stream_of,
};

/// Days that what is personal may be kept: ten years at most.
const DAYS: std::ops::RangeInclusive<u32> = 1..=3_660;
/// Longest reason, in characters.
const REASON_LIMIT: usize = 300;

#[derive(serde::Deserialize)]
pub(super) struct Reading {
    language: Option<Language>,
}

/// Everything that the exercise keeps of the caller, as a file.
#[utoipa::path(get, path = "/api/v1/exercises/{exercise}/mine", tag = "personal",
    params(("exercise" = String, Path), ("seat" = Option<String>, Query), ("language" = Option<String>, Query)),
    responses((status = 200, body = OwnData), (status = 403, body = ProblemBody)))]
pub(super) async fn mine(
    State(doors): State<Doors>,
    here: Here,
    Query(reading): Query<Reading>,
) -> Result<impl IntoResponse, Problem> {
    let exercise = here.exercise.id.clone();
    let kept = doors.store.person(&exercise, &here.person).await?.ok_or_else(super::forbidden)?;
    let agreed_at = doors.store.agreed_at(&exercise, &here.person).await?;
    let language = here.exercise.language(&reading.language.unwrap_or_else(|| kept.language.clone()));
    let own = replay::fold(&doors, &here, Own::of(here.viewer.clone(), language), Own::take).await?;
    let rehearsal = here.exercise.read(|state, _| state.rehearsal);
    let data = own.finish(exercise, (kept.name, kept.language, agreed_at), rehearsal);
    let attached = HeaderValue::from_static("attachment; filename=\"EXERCISE-my-data.json\"");
    Ok(([(header::CONTENT_DISPOSITION, attached)], Json(data)))
}

/// Erases the caller's own name, once play is over. What the caller did stays, under a pseudonym.
#[utoipa::path(delete, path = "/api/v1/exercises/{exercise}/mine/name", tag = "personal",
    params(("exercise" = String, Path), ("seat" = Option<String>, Query)),
    responses((status = 204), (status = 403, body = ProblemBody), (status = 409, body = ProblemBody)))]
pub(super) async fn erase_own_name(
    State(doors): State<Doors>,
    Client(from): Client,
    here: Here,
) -> Result<StatusCode, Problem> {
    let stage = here.exercise.read(|state, _| state.stage());
    if !matches!(stage, Stage::Ended | Stage::Cancelled) {
        return Err(Refusal::from(Rejection::WrongStage(stage)).into());
    }
    here.exercise.erase_name(&here.person).await?;
    let deed =
        Deed::PersonErased { exercise: here.exercise.id.clone(), person: here.person.clone(), texts: 0, files: 0 };
    doors.accounts.audit().note(&By::new(here.caller.who(), from), &deed).await?;
    Ok(StatusCode::NO_CONTENT)
}

#[derive(serde::Deserialize)]
pub(super) struct InPerson {
    person: PersonId,
}

/// Erases a person's name and, if it is asked, every text that the person wrote and every file that the person
/// handed in. The chain of the log stays whole.
#[utoipa::path(post, path = "/api/v1/exercises/{exercise}/people/{person}/erasure", tag = "personal",
    request_body = ErasePerson,
    params(("exercise" = String, Path), ("person" = String, Path), ("seat" = Option<String>, Query)),
    responses((status = 200, body = ErasedPerson), (status = 403, body = ProblemBody), (status = 404, body = ProblemBody),
        (status = 422, body = ProblemBody)))]
pub(super) async fn erase(
    State(doors): State<Doors>,
    Client(from): Client,
    here: Here,
    Path(InPerson { person }): Path<InPerson>,
    Json(ErasePerson { texts, reason }): Json<ErasePerson>,
) -> Result<Json<ErasedPerson>, Problem> {
    here.allow(Action::Erase)?;
    let reason = reason.trim();
    if reason.is_empty() || reason.chars().count() > REASON_LIMIT {
        let detail = "say why in 1 to 300 characters: the log keeps the reason";
        return Err(Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "reason_needed", detail));
    }
    if doors.store.person(&here.exercise.id, &person).await?.is_none() {
        return Err(Refusal::from(Rejection::UnknownPerson(person)).into());
    }
    here.exercise.erase_name(&person).await?;
    let erased = if texts {
        here.exercise.erase_texts(Actor::Person(here.person.clone()), Some(&person), reason).await?
    } else {
        crate::live::personal::Erased::default()
    };
    let (texts, files) = (erased.texts, erased.files);
    let deed = Deed::PersonErased { exercise: here.exercise.id.clone(), person, texts, files };
    doors.accounts.audit().note(&By::new(here.caller.who(), from), &deed).await?;
    Ok(Json(ErasedPerson { texts, files }))
}

/// How long what is personal is kept in this exercise, and when it goes.
#[utoipa::path(get, path = "/api/v1/exercises/{exercise}/retention", tag = "personal",
    params(("exercise" = String, Path), ("seat" = Option<String>, Query)),
    responses((status = 200, body = Kept), (status = 403, body = ProblemBody)))]
pub(super) async fn retention(State(doors): State<Doors>, here: Here) -> Result<Json<Kept>, Problem> {
    let held = doors.privacy.of(&doors.store, &here.exercise.id).await?;
    let ended_at = doors.store.ended_at(&stream_of(&here.exercise.id)).await?;
    Ok(Json(Kept {
        days: held.days,
        scope: held.scope,
        goes_at: ended_at.map(|ended_at| goes_at(ended_at, &held)),
        done_at: held.done_at,
        contact: doors.privacy.contact,
    }))
}

/// Says how long what is personal is kept in this exercise.
#[utoipa::path(put, path = "/api/v1/exercises/{exercise}/retention", tag = "personal", request_body = SetRetention,
    params(("exercise" = String, Path), ("seat" = Option<String>, Query)),
    responses((status = 200, body = Kept), (status = 403, body = ProblemBody), (status = 422, body = ProblemBody)))]
pub(super) async fn set_retention(
    State(doors): State<Doors>,
    Client(from): Client,
    here: Here,
    Json(SetRetention { days, scope }): Json<SetRetention>,
) -> Result<Json<Kept>, Problem> {
    here.allow(Action::Erase)?;
    if !DAYS.contains(&days) {
        let detail = "what is personal is kept for 1 to 3660 days behind the end of play";
        return Err(Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "bad_retention", detail));
    }
    doors.store.put_retention(&here.exercise.id, days, scope).await?;
    let deed = Deed::RetentionSet { exercise: here.exercise.id.clone(), days };
    doors.accounts.audit().note(&By::new(here.caller.who(), from), &deed).await?;
    retention(State(doors), here).await
}
