//! The go/no-go list, and the small download with which a client measures its line.

use axum::{
    extract::State,
    http::{StatusCode, header},
    response::IntoResponse,
};
use serde::Deserialize;

use super::{Doors, Here};
use crate::{
    engine::{
        event::ReadyState,
        readiness::{Present, lines},
        role::Action,
        time::Timestamp,
    },
    http::{Json, Query},
    live::door::{Readiness, SignReadiness},
    problem::{Problem, ProblemBody},
};

/// Eight seconds on the thinnest line that a drill is held on (64 kbit/s).
const SAMPLE: usize = 64 * 1024;

#[derive(Deserialize)]
pub(super) struct Looking {
    clock: Option<Timestamp>,
}

/// How ready the exercise is, line by line.
#[utoipa::path(get, path = "/api/v1/exercises/{exercise}/readiness", tag = "exercises",
    params(("exercise" = String, Path), ("seat" = Option<String>, Query), ("clock" = Option<i64>, Query)),
    responses((status = 200, body = Readiness), (status = 403, body = ProblemBody)))]
pub(super) async fn readiness(
    State(doors): State<Doors>,
    here: Here,
    Query(Looking { clock }): Query<Looking>,
) -> Result<Json<Readiness>, Problem> {
    here.allow(Action::ControlInjects)?;
    let now = doors.clock.now();
    Ok(Json(Readiness { lines: standing(&here, now, clock), server_time: now }))
}

/// Signs the list as it stands this moment, for the director.
#[utoipa::path(post, path = "/api/v1/exercises/{exercise}/readiness", tag = "exercises", request_body = SignReadiness,
    params(("exercise" = String, Path), ("seat" = Option<String>, Query)),
    responses((status = 201, body = Readiness), (status = 403, body = ProblemBody), (status = 409, body = ProblemBody)))]
pub(super) async fn sign(
    State(doors): State<Doors>,
    here: Here,
    Json(SignReadiness { seen, clock, note }): Json<SignReadiness>,
) -> Result<(StatusCode, Json<Readiness>), Problem> {
    here.allow(Action::StartAndEnd)?;
    let now = doors.clock.now();
    let lines = standing(&here, now, Some(clock));
    // Nobody signs what was not to be seen. Seconds of the clocks may differ.
    let gist = |lines: &[ReadyState]| lines.iter().map(|line| (line.line, line.go)).collect::<Vec<_>>();
    if gist(&lines) != gist(&seen) {
        let detail = "the list has changed since you looked: read it again, then sign";
        return Err(Problem::new(StatusCode::CONFLICT, "readiness_changed", detail));
    }
    here.exercise.sign_ready(&here.person, lines.clone(), note, now).await?;
    Ok((StatusCode::CREATED, Json(Readiness { lines, server_time: now })))
}

fn standing(here: &Here, now: Timestamp, clock: Option<Timestamp>) -> Vec<ReadyState> {
    let people = here.exercise.online();
    here.exercise.read(|state, _| {
        let clock_wrong = now < state.at || !now.is_in_calendar();
        let present = Present { people, clock_off: clock.map(|clock| now.since(clock)), clock_wrong };
        lines(state, &present)
    })
}

/// Bytes that no line can make fewer, to see how many come through in a second.
#[utoipa::path(get, path = "/api/v1/exercises/{exercise}/sample", tag = "play",
    params(("exercise" = String, Path), ("seat" = Option<String>, Query)),
    responses((status = 200, description = "64 KiB"), (status = 403, body = ProblemBody), (status = 429, body = ProblemBody)))]
pub(super) async fn sample(State(doors): State<Doors>, here: Here) -> Result<impl IntoResponse, Problem> {
    doors.accounts.limits().sample(here.person.as_str())?;
    let headers = [(header::CONTENT_TYPE, "application/octet-stream"), (header::CACHE_CONTROL, "no-store")];
    Ok((headers, doors.random.bytes::<SAMPLE>().to_vec()))
}
