//! The door of a day: what a link is for, and what redeeming it gives. Looking at it consumes nothing.

use axum::{
    extract::State,
    http::{StatusCode, header, request::Parts},
    response::IntoResponse,
};

use super::{
    day::{titles, you},
    links::no_link,
};
use crate::{
    account::Newcomer,
    http::{Json, limits::Client},
    id::token_hash,
    live::http::{Doors, checked_language, checked_name, used_up},
    problem::{Problem, ProblemBody},
    programme::{
        api::{DayPass, DayPreview, JoinDay, PreviewDay},
        place::{role_taken, said},
        standing::Standing,
    },
    store::{DayLink, DayLinkUse, DayPerson, DayRole},
};

/// What a link of a programme is for.
#[utoipa::path(post, path = "/api/v1/day/preview", operation_id = "preview_day", tag = "programmes", request_body = PreviewDay,
    responses((status = 200, body = DayPreview), (status = 404, body = ProblemBody), (status = 429, body = ProblemBody)))]
pub(super) async fn preview(
    State(doors): State<Doors>,
    client: Client,
    Json(PreviewDay { token }): Json<PreviewDay>,
) -> Result<Json<DayPreview>, Problem> {
    let hash = token_hash(&token);
    let link = good(&doors, known(&doors, &hash, client).await?)?;
    if link.uses >= link.max_uses {
        return Err(used_up());
    }
    let programme = doors.store.programme(&link.programme).await?.ok_or_else(no_link)?;
    let teams = doors.store.day_teams(&programme.id).await?;
    let is_for = |one: &crate::store::DayExercise| {
        link.exercises.as_ref().is_none_or(|exercises| exercises.contains(&one.exercise))
    };
    let exercises: Vec<_> = doors.store.day_exercises(&programme.id).await?.into_iter().filter(is_for).collect();
    let mut titles = titles(&doors, &exercises).await?;
    Ok(Json(DayPreview {
        programme: programme.id,
        title: programme.title,
        role: link.role,
        team_name: teams.into_iter().find(|team| Some(&team.team) == link.team.as_ref()).map(|team| team.name),
        exercises: exercises.iter().filter_map(|one| titles.remove(&one.exercise)).collect(),
        only: link.exercises.is_some(),
    }))
}

/// Redeems a link of a programme for a pass. Whoever holds a pass of it already becomes nobody else by that, but
/// may come to be staff in an exercise in which that person is not yet anybody. With the same key it may be asked
/// again when the answer was lost on the way.
#[utoipa::path(post, path = "/api/v1/programmes/{programme}/join", operation_id = "join_day", tag = "programmes", request_body = JoinDay,
    params(("programme" = String, Path)),
    responses((status = 201, body = DayPass), (status = 404, body = ProblemBody), (status = 409, body = ProblemBody), (status = 429, body = ProblemBody)))]
pub(super) async fn join(
    State(doors): State<Doors>,
    client: Client,
    mut parts: Parts,
    Json(wanted): Json<JoinDay>,
) -> Result<impl IntoResponse, Problem> {
    let hash = token_hash(&wanted.token);
    let link = known(&doors, &hash, client).await?;
    let name = checked_name(&wanted.name)?;
    checked_language(&wanted.language)?;
    let standing = Standing::of_anybody(&mut parts, &doors).await?.ok_or_else(no_link)?;
    // Only who holds both the link and the key finds the pass again.
    let id = match &wanted.key {
        Some(key) => token_hash(&format!("{hash}/{key}")),
        None => doors.random.uuid().to_string(),
    };
    let before = doors.store.day_person(&id).await?.filter(|person| person.is_valid(doors.clock.now()));
    let (person, cookie) = if let Some(person) = before {
        let cookie = doors.accounts.reopen_pass(&person).await?;
        (person, cookie)
    } else {
        let link = good(&doors, link)?;
        if link.programme != standing.programme.id {
            return Err(no_link());
        }
        match &standing.person {
            Some(person) if !wanted.anew => join_as(&doors, person, &link).await?,
            _ => {
                let newcomer = Newcomer {
                    id,
                    name: name.to_owned(),
                    language: wanted.language.clone(),
                    account: standing.account.clone(),
                    organisation: link.organisation.clone(),
                };
                join_anew(&doors, newcomer, &hash).await?
            }
        }
    };
    let pass = DayPass { programme: person.programme.clone(), you: you(&person) };
    Ok((StatusCode::CREATED, [(header::SET_COOKIE, cookie)], Json(pass)))
}

async fn join_anew(doors: &Doors, newcomer: Newcomer, hash: &str) -> Result<(DayPerson, String), Problem> {
    let link = used(doors, hash).await?;
    let joined = async {
        let (person, cookie) = doors.accounts.open_pass(newcomer, &link).await?;
        say_places(doors, &person, &link).await?;
        Ok((person, cookie))
    };
    returned(doors, &link, joined.await).await
}

/// A person of the day comes by another link: more to do, and never a second role in one exercise.
async fn join_as(doors: &Doors, person: &DayPerson, link: &DayLink) -> Result<(DayPerson, String), Problem> {
    let wanted = DayRole { role: link.role, team: link.team.clone() };
    let is_that = match &link.exercises {
        None if person.role.as_ref() == Some(&wanted) => true,
        None if person.role.is_some() => return Err(role_taken()),
        None => false,
        Some(exercises) => {
            let places = doors.store.places_of(&person.id).await?;
            let here = || places.iter().filter(|place| exercises.contains(&place.exercise));
            if here().any(|place| place.role != wanted) {
                return Err(role_taken());
            }
            here().count() == exercises.len()
        }
    };
    if !is_that {
        let link = used(doors, &link.token_hash).await?;
        let joined = async {
            if link.exercises.is_none() && !doors.store.set_day_role(&person.id, &wanted).await? {
                return Err(role_taken());
            }
            say_places(doors, person, &link).await
        };
        returned(doors, &link, joined.await).await?;
    }
    let person = doors.store.day_person(&person.id).await?.ok_or_else(no_link)?;
    let cookie = doors.accounts.reopen_pass(&person).await?;
    Ok((person, cookie))
}

async fn say_places(doors: &Doors, person: &DayPerson, link: &DayLink) -> Result<(), Problem> {
    for exercise in link.exercises.iter().flatten() {
        said(doors, person, exercise, DayRole { role: link.role, team: link.team.clone() }).await?;
    }
    Ok(())
}

/// A link that there is. It is looked up before anything is counted: who has one is never refused for what others
/// at the same address tried.
async fn known(doors: &Doors, hash: &str, client: Client) -> Result<DayLink, Problem> {
    let limits = doors.accounts.limits();
    let Some(link) = doors.store.day_link_by_token(hash).await? else {
        limits.missed(client)?;
        return Err(no_link());
    };
    limits.join(hash)?;
    Ok(link)
}

fn good(doors: &Doors, link: DayLink) -> Result<DayLink, Problem> {
    if link.is_valid(doors.clock.now()) { Ok(link) } else { Err(no_link()) }
}

async fn used(doors: &Doors, hash: &str) -> Result<DayLink, Problem> {
    match doors.store.use_day_link(hash, doors.clock.now()).await? {
        DayLinkUse::Used(link) => Ok(*link),
        DayLinkUse::Full => Err(used_up()),
        DayLinkUse::Gone => Err(no_link()),
    }
}

/// Gives the use of a link back if nothing came of it.
async fn returned<T>(doors: &Doors, link: &DayLink, joined: Result<T, Problem>) -> Result<T, Problem> {
    if joined.is_err() {
        doors.store.return_day_link_use(&link.id).await?;
    }
    joined
}
