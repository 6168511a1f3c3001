//! Join links: what they are for, and what redeeming one gives. The secret stays in the fragment
//! of the link, which browsers never send; looking at a link consumes nothing.

use axum::{
    extract::State,
    http::{StatusCode, header},
    response::IntoResponse,
};

use super::{Doors, Here};
use crate::{
    account::LinkTerms,
    engine::{id::TeamId, role::Action},
    http::{Json, Path, limits::Client},
    id::token_hash,
    live::api::{CreateLink, Join, JoinPreview, Link, NewLink, PreviewJoin, Seat},
    problem::{Problem, ProblemBody},
    store::{JoinLink, LinkUse},
};

/// Longest name shown, in characters.
const NAME_LIMIT: usize = 80;

/// What a join link is for.
#[utoipa::path(post, path = "/api/v1/join/preview", tag = "joining", request_body = PreviewJoin,
    responses((status = 200, body = JoinPreview), (status = 404, body = ProblemBody), (status = 429, body = ProblemBody)))]
pub(super) async fn preview(
    State(doors): State<Doors>,
    client: Client,
    Json(PreviewJoin { token }): Json<PreviewJoin>,
) -> Result<Json<JoinPreview>, Problem> {
    let hash = token_hash(&token);
    doors.accounts.limits().join(&hash, client)?;
    let link = doors.store.link_by_token(&hash).await?.ok_or_else(no_link)?;
    if link.revoked_at.is_some() || link.expires_at.is_some_and(|expires| expires <= doors.clock.now()) {
        return Err(no_link());
    }
    if link.uses >= link.max_uses {
        return Err(used_up());
    }
    let exercise = doors.live.exercise(&link.exercise).await?.ok_or_else(no_link)?;
    Ok(Json(exercise.read(|state, _| JoinPreview {
        exercise: link.exercise.clone(),
        title: state.plan.title.clone(),
        role: link.role,
        team_name: link.team.as_ref().and_then(|team| state.team(team)).map(|team| team.name.clone()),
        team: link.team.clone(),
        languages: state.plan.languages.clone(),
    })))
}

/// Redeems a join link for a place in its exercise.
#[utoipa::path(post, path = "/api/v1/join", tag = "joining", request_body = Join,
    responses((status = 201, body = Seat), (status = 404, body = ProblemBody), (status = 409, body = ProblemBody), (status = 429, body = ProblemBody)))]
pub(super) async fn join(
    State(doors): State<Doors>,
    client: Client,
    Json(Join { token, name, language }): Json<Join>,
) -> Result<impl IntoResponse, Problem> {
    let hash = token_hash(&token);
    doors.accounts.limits().join(&hash, client)?;
    let name = checked_name(&name)?;
    let link = match doors.store.use_link(&hash, doors.clock.now()).await? {
        LinkUse::Used(link) => link,
        LinkUse::Full => return Err(used_up()),
        LinkUse::Unknown | LinkUse::Expired | LinkUse::Revoked => return Err(no_link()),
    };
    let exercise = doors.live.exercise(&link.exercise).await?.ok_or_else(no_link)?;
    let person = exercise.seat(link.role, link.team.as_ref(), name, &language).await?;
    let (seat, cookie) = doors.accounts.open_seat(&exercise.id, &person, link.role, Some(&link.id)).await?;
    let (exercise, role, team) = (exercise.id.clone(), link.role, link.team);
    let seat = Seat { seat, exercise, person, name: name.to_owned(), role, team, language };
    Ok((StatusCode::CREATED, [(header::SET_COOKIE, cookie)], Json(seat)))
}

/// The join links of an exercise.
#[utoipa::path(get, path = "/api/v1/exercises/{exercise}/links", tag = "joining", params(("exercise" = String, Path), ("seat" = Option<String>, Query)),
    responses((status = 200, body = [Link]), (status = 403, body = ProblemBody)))]
pub(super) async fn links(State(doors): State<Doors>, here: Here) -> Result<Json<Vec<Link>>, Problem> {
    here.allow(Action::ManagePeople)?;
    let links = doors.store.links(&here.exercise.id).await?;
    Ok(Json(links.into_iter().map(shown).collect()))
}

/// Mints a join link. Its secret is shown this once.
#[utoipa::path(post, path = "/api/v1/exercises/{exercise}/links", tag = "joining", request_body = CreateLink, params(("exercise" = String, Path), ("seat" = Option<String>, Query)),
    responses((status = 201, body = NewLink), (status = 403, body = ProblemBody), (status = 422, body = ProblemBody)))]
pub(super) async fn mint(
    State(doors): State<Doors>,
    here: Here,
    Json(wanted): Json<CreateLink>,
) -> Result<(StatusCode, Json<NewLink>), Problem> {
    here.allow(Action::ManagePeople)?;
    if wanted.role.is_in_team() != wanted.team.is_some() {
        return Err(Problem::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "team_mismatch",
            "a team role needs a team, any other must not have one",
        ));
    }
    if let Some(team) = &wanted.team
        && here.exercise.read(|state, _| state.team(team).is_none())
    {
        return Err(unknown_team(team));
    }
    let CreateLink { role, team, label, max_uses, expires_at } = wanted;
    let terms = LinkTerms { role, team, label, max_uses, expires_at };
    let (link, secret) = doors.accounts.mint_link(&here.exercise.id, terms).await?;
    Ok((StatusCode::CREATED, Json(NewLink { link: shown(link), path: format!("/join#{secret}") })))
}

#[derive(serde::Deserialize)]
pub(super) struct InLink {
    link: String,
}

/// Revokes a join link. Whoever redeemed it before stays.
#[utoipa::path(delete, path = "/api/v1/exercises/{exercise}/links/{link}", tag = "joining",
    params(("exercise" = String, Path), ("link" = String, Path), ("seat" = Option<String>, Query)),
    responses((status = 204), (status = 403, body = ProblemBody), (status = 404, body = ProblemBody)))]
pub(super) async fn revoke(
    State(doors): State<Doors>,
    here: Here,
    Path(InLink { link }): Path<InLink>,
) -> Result<StatusCode, Problem> {
    here.allow(Action::ManagePeople)?;
    let revoked = doors.store.revoke_link(&here.exercise.id, &link, doors.clock.now()).await?;
    if revoked { Ok(StatusCode::NO_CONTENT) } else { Err(no_link()) }
}

fn shown(link: JoinLink) -> Link {
    Link {
        link: link.id,
        role: link.role,
        team: link.team,
        label: link.label,
        max_uses: link.max_uses,
        uses: link.uses,
        expires_at: link.expires_at.unwrap_or_default(),
        revoked_at: link.revoked_at,
    }
}

fn checked_name(name: &str) -> Result<&str, Problem> {
    let name = name.trim();
    let good = !name.is_empty() && name.chars().count() <= NAME_LIMIT && !name.chars().any(char::is_control);
    good.then_some(name)
        .ok_or_else(|| Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "bad_name", "give a name of 1 to 80 characters"))
}

fn no_link() -> Problem {
    Problem::new(
        StatusCode::NOT_FOUND,
        "unknown_link",
        "this link is not known, has expired or was revoked: ask whoever sent it",
    )
}

fn used_up() -> Problem {
    Problem::new(
        StatusCode::CONFLICT,
        "link_used_up",
        "this link has been used as often as it may be: ask whoever sent it for another",
    )
}

fn unknown_team(team: &TeamId) -> Problem {
    Problem::new(StatusCode::NOT_FOUND, "unknown_team", format!("there is no team '{team}' in this exercise"))
}
