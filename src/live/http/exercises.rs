//! Scenarios, exercises and teams.

use std::sync::OnceLock;

use axum::{
    extract::State,
    http::{StatusCode, header, request::Parts},
    response::IntoResponse,
};

use super::{Doors, Here, no_account};
use crate::{
    account::PlatformAction,
    audit::{By, Deed},
    engine::{command::Act, role::Role, text::Language, time::Rate},
    http::{Json, limits::Client},
    live::{
        Exercise,
        api::{CommandAccepted, CreateExercise, CreateTeam, ExerciseSummary, ScenarioSummary, Seat},
    },
    problem::{Problem, ProblemBody},
    scenario,
    store::File,
};

/// The scenario packs on this server, for those who set exercises up.
#[utoipa::path(get, path = "/api/v1/scenarios", tag = "exercises",
    responses((status = 200, body = [ScenarioSummary]), (status = 401, body = ProblemBody)))]
pub(super) async fn scenarios(State(doors): State<Doors>, parts: Parts) -> Result<Json<Vec<ScenarioSummary>>, Problem> {
    // Packs come with the program: they are read once.
    static SUMMARIES: OnceLock<Vec<ScenarioSummary>> = OnceLock::new();
    doors.accounts.caller(&parts, None).await?.allow(PlatformAction::CreateExercises)?;
    let summaries = tokio::task::spawn_blocking(|| SUMMARIES.get_or_init(shipped_summaries).clone()).await;
    Ok(Json(summaries.map_err(Problem::internal)?))
}

fn shipped_summaries() -> Vec<ScenarioSummary> {
    let packs = scenario::shipped().into_iter().filter_map(|name| scenario::load_shipped(&name).ok());
    let summary = |pack: scenario::Pack| ScenarioSummary {
        name: pack.plan.name,
        title: pack.plan.title,
        summary: pack.plan.summary,
        languages: pack.plan.languages,
    };
    packs.map(summary).collect()
}

/// The caller's exercises.
#[utoipa::path(get, path = "/api/v1/exercises", tag = "exercises", responses((status = 200, body = [ExerciseSummary]), (status = 401, body = ProblemBody)))]
pub(super) async fn list(State(doors): State<Doors>, parts: Parts) -> Result<Json<Vec<ExerciseSummary>>, Problem> {
    let account = doors.accounts.caller(&parts, None).await?.account.ok_or_else(no_account)?;
    let mut summaries = Vec::new();
    for (id, _) in doors.store.account_people(&account).await? {
        if let Some(exercise) = doors.live.exercise(&id).await? {
            summaries.push(summary(&doors, &exercise).await?);
        }
    }
    Ok(Json(summaries))
}

/// Creates an exercise. Whoever creates it is its director: administrators and accounts that may direct.
#[utoipa::path(post, path = "/api/v1/exercises", tag = "exercises", request_body = CreateExercise,
    responses((status = 201, body = ExerciseSummary), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody), (status = 422, body = ProblemBody)))]
pub(super) async fn create(
    State(doors): State<Doors>,
    parts: Parts,
    Client(from): Client,
    Json(wanted): Json<CreateExercise>,
) -> Result<(StatusCode, Json<ExerciseSummary>), Problem> {
    let caller = doors.accounts.caller(&parts, None).await?;
    let who = caller.who();
    let account = caller.allow(PlatformAction::CreateExercises)?;
    let login = doors.store.account(account).await?.ok_or_else(no_account)?.login;
    let pack = read_pack(&wanted)?;
    let exercise = open_exercise(&doors, pack, wanted.rate.unwrap_or(Rate::REAL), wanted.rehearsal).await?;
    let person = exercise.seat(Role::ExerciseDirector, None, &login, &Language::from("en"), None).await?;
    doors.store.put_account_person(account, &exercise.id, &person).await?;
    let scenario = exercise.read(|state, _| state.plan.name.clone());
    let deed = Deed::ExerciseCreated { exercise: exercise.id.clone(), scenario };
    doors.accounts.audit().note(&By::new(who, from), &deed).await?;
    Ok((StatusCode::CREATED, Json(summary(&doors, &exercise).await?)))
}

/// The pack that somebody names or sends.
pub fn read_pack(wanted: &CreateExercise) -> Result<scenario::Pack, Problem> {
    let read = match (&wanted.scenario, &wanted.yaml) {
        (Some(name), None) => scenario::load_shipped(name),
        (None, Some(yaml)) => scenario::load_text(yaml),
        (Some(_), Some(_)) | (None, None) => {
            return Err(Problem::new(
                StatusCode::UNPROCESSABLE_ENTITY,
                "one_scenario",
                "name a scenario or send one, not both",
            ));
        }
    };
    read.map_err(|diagnostics| Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "bad_scenario", diagnostics.to_string()))
}

/// Opens an exercise from a pack, its files included.
pub async fn open_exercise(
    doors: &Doors,
    pack: scenario::Pack,
    rate: Rate,
    rehearsal: bool,
) -> Result<std::sync::Arc<Exercise>, Problem> {
    let plan_hash = scenario::plan_hash(&pack.plan);
    for file in &pack.files {
        let kept = File { hash: file.hash.clone(), media_type: file.media_type.to_owned(), bytes: file.bytes.clone() };
        doors.store.put_file(&kept).await?;
    }
    let exercise = doors.live.create(pack.plan, plan_hash, rate, rehearsal).await?;
    for file in &pack.files {
        doors.store.add_exercise_file(&exercise.id, &file.path, &file.hash).await?;
    }
    Ok(exercise)
}

/// An exercise.
#[utoipa::path(get, path = "/api/v1/exercises/{exercise}", tag = "exercises", params(("exercise" = String, Path), ("seat" = Option<String>, Query)),
    responses((status = 200, body = ExerciseSummary), (status = 403, body = ProblemBody)))]
pub(super) async fn show(State(doors): State<Doors>, here: Here) -> Result<Json<ExerciseSummary>, Problem> {
    Ok(Json(summary(&doors, &here.exercise).await?))
}

async fn summary(doors: &Doors, exercise: &Exercise) -> Result<ExerciseSummary, Problem> {
    let stored = doors.store.exercise(&exercise.id).await?;
    let created_at = stored.map(|stored| stored.created_at).unwrap_or_default();
    Ok(exercise.read(|state, head| ExerciseSummary {
        exercise: exercise.id.clone(),
        title: state.plan.title.clone(),
        stage: state.stage(),
        rehearsal: state.rehearsal,
        created_at,
        head_seq: head.seq,
        head_hash: head.hash.clone(),
    }))
}

/// Adds a team.
#[utoipa::path(post, path = "/api/v1/exercises/{exercise}/teams", tag = "exercises", request_body = CreateTeam, params(("exercise" = String, Path), ("seat" = Option<String>, Query)),
    responses((status = 201, body = CommandAccepted), (status = 403, body = ProblemBody), (status = 409, body = ProblemBody)))]
pub(super) async fn add_team(
    State(doors): State<Doors>,
    here: Here,
    Json(CreateTeam { key, team, name, language, cohort, alias }): Json<CreateTeam>,
) -> Result<(StatusCode, Json<CommandAccepted>), Problem> {
    let act = Act::AddTeam { team, name, language, cohort, alias };
    let seq = here.exercise.ask(&here.person, &key, act, doors.clock.now()).await?;
    Ok((StatusCode::CREATED, Json(CommandAccepted { key, seq })))
}

/// Gives the signed-in account its own place in an exercise.
#[utoipa::path(post, path = "/api/v1/exercises/{exercise}/seats", tag = "exercises", params(("exercise" = String, Path)),
    responses((status = 201, body = Seat), (status = 403, body = ProblemBody)))]
pub(super) async fn take_seat(State(doors): State<Doors>, here: Here) -> Result<impl IntoResponse, Problem> {
    // A seat does not beget seats: it would outlive whatever ends the first.
    here.caller.account.as_ref().ok_or_else(no_account)?;
    let (seat, cookie) =
        doors.accounts.take_seat(&here.caller, &here.exercise.id, &here.person, here.viewer.role).await?;
    let seat = doors.seat_of(seat, &here.exercise.id, here.viewer).await?;
    Ok((StatusCode::CREATED, [(header::SET_COOKIE, cookie)], Json(seat)))
}
