//! Programmes as lists and pages show them.

use std::collections::BTreeMap;

use axum::{
    extract::State,
    http::{StatusCode, request::Parts},
};

use super::{checked, links, shared};
use crate::{
    account::PlatformAction,
    audit::{By, Deed},
    engine::{
        id::{ExerciseId, PersonId},
        role::Role,
        view::{Extras, Viewer, card::LastValue, value},
    },
    http::{Json, Path, limits::Client},
    live::http::Doors,
    problem::{Problem, ProblemBody},
    programme::{
        api::{CreateProgramme, DayExerciseLine, DayPersonLine, DayPlaceLine, DayYou, ProgrammeSummary, ProgrammeView},
        place::leave_everywhere,
        standing::Standing,
    },
    store::{DayExercise, DayPerson, DayTeam, Programme},
};

/// The programmes that the caller organises, or leads an exercise of.
#[utoipa::path(get, path = "/api/v1/programmes", operation_id = "list_programmes", tag = "programmes",
    responses((status = 200, body = [ProgrammeSummary]), (status = 401, body = ProblemBody)))]
pub(super) async fn list(State(doors): State<Doors>, parts: Parts) -> Result<Json<Vec<ProgrammeSummary>>, Problem> {
    let account = doors.accounts.caller(&parts, None).await?.account.ok_or_else(no_account)?;
    let mut summaries = Vec::new();
    for programme in doors.store.programmes_of(&account).await? {
        summaries.push(summary(&doors, programme, &account).await?);
    }
    Ok(Json(summaries))
}

/// Creates a programme. Whoever creates it organises it.
#[utoipa::path(post, path = "/api/v1/programmes", operation_id = "create_programme", tag = "programmes", request_body = CreateProgramme,
    responses((status = 201, body = ProgrammeSummary), (status = 401, body = ProblemBody), (status = 422, body = ProblemBody)))]
pub(super) async fn create(
    State(doors): State<Doors>,
    parts: Parts,
    Client(from): Client,
    Json(CreateProgramme { title }): Json<CreateProgramme>,
) -> Result<(StatusCode, Json<ProgrammeSummary>), Problem> {
    let caller = doors.accounts.caller(&parts, None).await?;
    let who = caller.who();
    let account = caller.allow(PlatformAction::CreateExercises)?.clone();
    let title = checked::title(&title)?.to_owned();
    let (id, created_at) = (doors.random.uuid().to_string(), doors.clock.now());
    let programme = Programme { id, title, owner: account.clone(), created_at };
    doors.store.create_programme(&programme).await?;
    let deed = Deed::ProgrammeCreated { programme: programme.id.clone() };
    doors.accounts.audit().note(&By::new(who, from), &deed).await?;
    Ok((StatusCode::CREATED, Json(summary(&doors, programme, &account).await?)))
}

async fn summary(doors: &Doors, programme: Programme, account: &str) -> Result<ProgrammeSummary, Problem> {
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let exercises = count(doors.store.day_exercises(&programme.id).await?.len());
    let teams = count(doors.store.day_teams(&programme.id).await?.len());
    let Programme { id, title, owner, created_at } = programme;
    Ok(ProgrammeSummary { programme: id, title, created_at, exercises, teams, organises: owner == account })
}

/// A programme, as far as the caller may see it.
#[utoipa::path(get, path = "/api/v1/programmes/{programme}", operation_id = "show_programme", tag = "programmes", params(("programme" = String, Path)),
    responses((status = 200, body = ProgrammeView), (status = 403, body = ProblemBody)))]
pub(super) async fn show(State(doors): State<Doors>, standing: Standing) -> Result<Json<ProgrammeView>, Problem> {
    let id = standing.programme.id.clone();
    let mut exercises = Vec::new();
    for one in &standing.exercises {
        exercises.push(line(&doors, &standing, one).await?);
    }
    let own = |team: &DayTeam| {
        let of_day =
            standing.person.as_ref().and_then(|person| person.role.as_ref()).and_then(|role| role.team.as_ref());
        standing.is_staff() || of_day == Some(&team.team)
    };
    let teams = doors.store.day_teams(&id).await?.into_iter().filter(own).map(shared::team_line).collect();
    let organisations = if standing.is_staff() { doors.store.organisations(&id).await? } else { Vec::new() };
    let people = if standing.organises() { people(&doors, &id).await? } else { Vec::new() };
    Ok(Json(ProgrammeView {
        programme: id,
        title: standing.programme.title.clone(),
        server_time: doors.clock.now(),
        organises: standing.organises(),
        you: standing.person.as_ref().map(you),
        exercises,
        organisations: organisations.into_iter().filter_map(shared::organisation_line).collect(),
        teams,
        people,
        links: links::seen(&doors, &standing).await?,
    }))
}

async fn line(doors: &Doors, standing: &Standing, one: &DayExercise) -> Result<DayExerciseLine, Problem> {
    let exercise = standing.load(doors, &one.exercise).await?;
    let lead = if standing.is_staff() { doors.store.account(&one.lead).await? } else { None };
    // What everybody at the wall reads; nothing else of an exercise is told here.
    let anybody = Viewer {
        person: PersonId::from(""),
        role: Role::Observer,
        team: None,
        blind: false,
        extras: Extras::default(),
    };
    let now = doors.clock.now();
    let line = exercise.read(|state, _| DayExerciseLine {
        exercise: one.exercise.clone(),
        position: one.position,
        title: state.plan.title.clone(),
        stage: state.stage(),
        rehearsal: state.rehearsal,
        clock: value::clocks(state, &anybody, now).into_iter().find_map(|(_, value)| match value {
            LastValue::Clock(clock) => Some(clock),
            _ => None,
        }),
        planned_start: one.planned_start,
        lead: lead.map(|account| account.login),
        directs: None,
        role: None,
    });
    let directs = standing.account_in(&exercise).map(|viewer| viewer.role);
    Ok(DayExerciseLine { directs, role: standing.person_in(&exercise).map(|role| role.role), ..line })
}

async fn people(doors: &Doors, programme: &str) -> Result<Vec<DayPersonLine>, Problem> {
    let mut lines = Vec::new();
    for person in doors.store.day_people(programme).await? {
        let places = doors.store.places_of(&person.id).await?.into_iter().map(|place| DayPlaceLine {
            exercise: place.exercise,
            role: place.role.role,
            team: place.role.team,
            seated: place.seated_at.is_some(),
        });
        let places = places.collect();
        let DayPerson { id, name, language, organisation, role, created_at, revoked_at, .. } = person;
        let (role, team) = role.map_or((None, None), |role| (Some(role.role), role.team));
        let (came_at, removed_at) = (created_at, revoked_at);
        lines.push(DayPersonLine { person: id, name, language, organisation, role, team, places, came_at, removed_at });
    }
    Ok(lines)
}

#[derive(serde::Deserialize)]
pub(super) struct OfPerson {
    person: String,
}

/// Sends somebody away from the programme: the pass is void, and so are roles, seats and connections in all its
/// exercises.
#[utoipa::path(delete, path = "/api/v1/programmes/{programme}/people/{person}", operation_id = "remove_day_person", tag = "programmes",
    params(("programme" = String, Path), ("person" = String, Path)),
    responses((status = 204), (status = 403, body = ProblemBody), (status = 404, body = ProblemBody)))]
pub(super) async fn remove_person(
    State(doors): State<Doors>,
    Client(from): Client,
    standing: Standing,
    Path(OfPerson { person }): Path<OfPerson>,
) -> Result<StatusCode, Problem> {
    standing.organiser()?;
    let programme = standing.programme.id.clone();
    let known = doors.store.day_person(&person).await?.filter(|one| one.programme == programme);
    known.ok_or_else(|| Problem::new(StatusCode::NOT_FOUND, "unknown_person", "the programme has no such person"))?;
    // Again for one who was sent away before: an exercise may not have been there to let go.
    doors.store.revoke_day_person(&programme, &person, doors.clock.now()).await?;
    leave_everywhere(&doors, &person).await?;
    let deed = Deed::ProgrammePersonRemoved { programme, person };
    doors.accounts.audit().note(&By::new(standing.who, from), &deed).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Who somebody with a pass is.
pub(super) fn you(person: &DayPerson) -> DayYou {
    let role = person.role.as_ref();
    DayYou {
        person: person.id.clone(),
        name: person.name.clone(),
        language: person.language.clone(),
        role: role.map(|role| role.role),
        team: role.and_then(|role| role.team.clone()),
    }
}

/// Titles of exercises, by id.
pub(super) async fn titles(
    doors: &Doors,
    exercises: &[DayExercise],
) -> Result<BTreeMap<ExerciseId, crate::engine::text::Text>, Problem> {
    let mut titles = BTreeMap::new();
    for one in exercises {
        if let Some(exercise) = doors.live.exercise(&one.exercise).await? {
            titles.insert(one.exercise.clone(), exercise.read(|state, _| state.plan.title.clone()));
        }
    }
    Ok(titles)
}

fn no_account() -> Problem {
    Problem::unauthorized("sign in first")
}
