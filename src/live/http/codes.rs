//! Codes with which people go on elsewhere: on another device, or after the own one has gone.

use axum::{
    extract::State,
    http::{StatusCode, header},
    response::IntoResponse,
};

use super::{
    Doors, Here, forbidden,
    joining::{joined_before, no_link},
};
use crate::{
    account::meant,
    audit::Deed,
    engine::{
        id::PersonId,
        rejection::Rejection,
        role::{Action, Role},
    },
    http::{Json, limits::Client},
    id::token_hash,
    live::{
        Refusal,
        api::Seat,
        door::{Code, EnterCode, PostCode},
    },
    problem::{Problem, ProblemBody},
};

/// What a camera reads begins so; nothing that is typed does.
const BY_CAMERA: &str = "seat-";

/// A code for the caller's own seat, or for somebody else's: control may give the people of teams one, the director
/// anybody but directors, who sign in.
#[utoipa::path(post, path = "/api/v1/exercises/{exercise}/codes", tag = "joining", request_body = PostCode,
    params(("exercise" = String, Path), ("seat" = Option<String>, Query)),
    responses((status = 201, body = Code), (status = 403, body = ProblemBody), (status = 404, body = ProblemBody),
        (status = 429, body = ProblemBody)))]
pub(super) async fn mint_code(
    State(doors): State<Doors>,
    client: Client,
    here: Here,
    Json(PostCode { person }): Json<PostCode>,
) -> Result<(StatusCode, Json<Code>), Problem> {
    doors.accounts.limits().mint_code(here.person.as_str())?;
    let person = person.unwrap_or_else(|| here.person.clone());
    let role = may_reseat(&here, &person)?;
    // The director's account is worth more than a code: whoever lost its device signs in again.
    if role == Role::ExerciseDirector {
        return Err(forbidden());
    }
    let link = doors.store.link_of_person(&here.exercise.id, &person).await?;
    let new = doors.accounts.mint_code(&here.exercise.id, &person, link).await?;
    let deed = Deed::SeatCodeMinted { exercise: here.exercise.id.clone(), person: person.clone() };
    here.note(&doors, client, deed).await?;
    let path = format!("/join#{}", new.token);
    Ok((StatusCode::CREATED, Json(Code { person, code: new.code, path, expires_at: new.expires_at })))
}

/// The role of whoever gets a code, if the caller may give one.
fn may_reseat(here: &Here, person: &PersonId) -> Result<Role, Problem> {
    let grant = here.exercise.read(|state, _| state.grants.get(person).cloned());
    if *person != here.person {
        here.allow(Action::ControlInjects)?;
        let unknown = || Problem::from(Refusal::from(Rejection::UnknownPerson(person.clone())));
        let grant = grant.as_ref().ok_or_else(unknown)?;
        if !grant.role.is_in_team() {
            here.allow(Action::ManagePeople)?;
        }
    }
    grant.map(|grant| grant.role).ok_or_else(forbidden)
}

/// Takes a seat along to this device with its code. The seat on the device before ends.
#[utoipa::path(post, path = "/api/v1/join/code", tag = "joining", request_body = EnterCode,
    responses((status = 201, body = Seat), (status = 404, body = ProblemBody), (status = 422, body = ProblemBody),
        (status = 429, body = ProblemBody)))]
pub(super) async fn enter_code(
    State(doors): State<Doors>,
    client: Client,
    Json(EnterCode { code, key }): Json<EnterCode>,
) -> Result<impl IntoResponse, Problem> {
    let hash = if code.starts_with(BY_CAMERA) {
        let hash = token_hash(&code);
        doors.accounts.limits().join(&hash)?;
        hash
    } else {
        // Counted before anything is looked up: a right guess would be let in, so a guess must be rare.
        doors.accounts.limits().enter_code(client)?;
        token_hash(&meant(&code).ok_or_else(bad_code)?)
    };
    let id = match key {
        Some(key) => token_hash(&format!("{hash}/{key}")),
        None => doors.random.uuid().to_string(),
    };
    let (seat, cookie) = match joined_before(&doors, &id).await? {
        Some(seat) => seat,
        None => moved(&doors, &hash, id).await?,
    };
    Ok((StatusCode::CREATED, [(header::SET_COOKIE, cookie)], Json(seat)))
}

async fn moved(doors: &Doors, hash: &str, id: String) -> Result<(Seat, String), Problem> {
    let code = doors.store.use_code(hash, doors.clock.now()).await?.ok_or_else(unknown_code)?;
    let exercise = doors.live.exercise(&code.exercise).await?.ok_or_else(no_link)?;
    // Whoever was sent out meanwhile stays out.
    let viewer = exercise.viewer(&code.person).ok_or_else(unknown_code)?;
    let (id, cookie) = doors.accounts.move_seat(id, &code, viewer.role).await?;
    exercise.disconnect(&code.person);
    Ok((doors.seat_of(id, &exercise.id, viewer).await?, cookie))
}

fn bad_code() -> Problem {
    let detail = "a code has eight letters and digits: look at it again";
    Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "bad_code", detail)
}

fn unknown_code() -> Problem {
    let detail = "this code is not known, was used, or is older than ten minutes: ask for a new one";
    Problem::new(StatusCode::NOT_FOUND, "unknown_code", detail)
}
