//! Play: the socket, and the same over plain requests.

use axum::{
    extract::State,
    http::{HeaderMap, HeaderValue, StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
};
use serde::Deserialize;

use super::{Doors, Here, InExercise, forbidden, uploads};
use crate::{
    account::{Accounts, Caller},
    engine::{
        id::FileHash,
        role::{Action, Relation, may_with},
        state::State as Play,
        text::Language,
        view::Viewer,
    },
    http::{Json, Path, Query},
    live::{
        api::{CommandAccepted, PostCommand, PostPreview, Preview, Seat, Ticket},
        events,
        hub::Hello,
        socket::{self, Handshake, NoHandshake},
        wire::ServerFrame,
    },
    problem::{Problem, ProblemBody},
};

/// The caller's place.
#[utoipa::path(get, path = "/api/v1/exercises/{exercise}/seat", tag = "play", params(("exercise" = String, Path), ("seat" = Option<String>, Query)),
    responses((status = 200, body = Seat), (status = 403, body = ProblemBody)))]
pub(super) async fn seat(State(doors): State<Doors>, here: Here) -> Result<Json<Seat>, Problem> {
    Ok(Json(doors.seat_of(here.caller.seat.unwrap_or_default(), &here.exercise.id, here.viewer).await?))
}

/// A single-use ticket for a socket that cannot carry a cookie.
#[utoipa::path(post, path = "/api/v1/exercises/{exercise}/tickets", tag = "play", params(("exercise" = String, Path), ("seat" = Option<String>, Query)),
    responses((status = 200, body = Ticket), (status = 403, body = ProblemBody)))]
pub(super) async fn ticket(State(doors): State<Doors>, here: Here) -> Result<Json<Ticket>, Problem> {
    let (ticket, expires_at) = doors.accounts.ticket(&here.caller)?;
    Ok(Json(Ticket { ticket, expires_at }))
}

/// The live protocol over a websocket; see `docs/PROTOCOL.md`.
#[utoipa::path(get, path = "/api/v1/exercises/{exercise}/socket", tag = "play", params(("exercise" = String, Path), ("seat" = Option<String>, Query)),
    responses((status = 101, description = "ClientFrame one way, ServerFrame the other"), (status = 403, body = ProblemBody)))]
pub(super) async fn socket(
    State(doors): State<Doors>,
    Path(InExercise { exercise: id }): Path<InExercise>,
    parts: Parts,
    handshake: Result<Handshake, NoHandshake>,
) -> Result<Response, Problem> {
    let handshake =
        handshake.map_err(|refused| Problem::new(StatusCode::BAD_REQUEST, "no_handshake", refused.body_text()))?;
    // Without a cookie the first frame brings a ticket.
    let held = doors.accounts.caller(&parts, Some(&id)).await.ok().and_then(|caller| place(&doors.accounts, &caller));
    let exercise = doors.live.exercise(&id).await?.ok_or_else(forbidden)?;
    let redeem: socket::Redeem = Box::new(move |ticket| {
        let (accounts, id) = (doors.accounts.clone(), id.clone());
        Box::pin(async move { place(&accounts, &accounts.redeem_ticket(&id, &ticket).await.ok()?) })
    });
    Ok(socket::limited(handshake).on_upgrade(move |socket| socket::serve(socket, exercise, held, redeem)))
}

/// Who somebody is in the exercise, with what watches over the right to be it.
fn place(accounts: &Accounts, caller: &Caller) -> Option<socket::Place> {
    let watch = accounts.watch(caller);
    caller.person.clone().map(|person| socket::Place { person, watch })
}

#[derive(Deserialize)]
pub(super) struct Position {
    epoch: Option<String>,
    last_seq: Option<i64>,
    language: Option<Language>,
}

/// The frames of the live protocol as server-sent events, where no websocket gets through.
#[utoipa::path(get, path = "/api/v1/exercises/{exercise}/events", tag = "play",
    params(("exercise" = String, Path), ("seat" = Option<String>, Query), ("epoch" = Option<String>, Query),
        ("last_seq" = Option<i64>, Query), ("language" = Option<String>, Query)),
    responses((status = 200, description = "A stream of ServerFrame, one an event", content_type = "text/event-stream"),
        (status = 403, body = ProblemBody)))]
pub(super) async fn events(
    State(doors): State<Doors>,
    here: Here,
    Query(position): Query<Position>,
) -> Result<impl IntoResponse, Problem> {
    let watch = doors.accounts.watch(&here.caller);
    let hello = Hello {
        person: here.person,
        epoch: position.epoch,
        last_seq: position.last_seq.unwrap_or_default().max(0),
        language: position.language.unwrap_or_else(|| Language::from("en")),
    };
    events::listen(&here.exercise, &hello, watch).ok_or_else(forbidden)
}

#[derive(Deserialize)]
pub(super) struct Reading {
    language: Option<Language>,
}

/// Everything the caller may see, as a client starts from it.
#[utoipa::path(get, path = "/api/v1/exercises/{exercise}/snapshot", tag = "play",
    params(("exercise" = String, Path), ("seat" = Option<String>, Query), ("language" = Option<String>, Query)),
    responses((status = 200, body = ServerFrame), (status = 403, body = ProblemBody)))]
pub(super) async fn snapshot(here: Here, Query(reading): Query<Reading>) -> Result<Json<ServerFrame>, Problem> {
    let language = reading.language.unwrap_or_else(|| Language::from("en"));
    Ok(Json(here.exercise.snapshot(&here.person, &language).ok_or_else(forbidden)?))
}

/// A command.
#[utoipa::path(post, path = "/api/v1/exercises/{exercise}/commands", tag = "play", request_body = PostCommand, params(("exercise" = String, Path), ("seat" = Option<String>, Query)),
    responses((status = 200, body = CommandAccepted), (status = 403, body = ProblemBody), (status = 404, body = ProblemBody), (status = 409, body = ProblemBody), (status = 422, body = ProblemBody), (status = 503, body = ProblemBody)))]
pub(super) async fn command(
    State(doors): State<Doors>,
    here: Here,
    Json(PostCommand { key, act }): Json<PostCommand>,
) -> Result<Json<CommandAccepted>, Problem> {
    let seq = here.exercise.ask(&here.person, &key, act, doors.clock.now()).await?;
    Ok(Json(CommandAccepted { key, seq }))
}

/// What an act would lead to now, for staff who may see what is to come. Nothing happens.
#[utoipa::path(post, path = "/api/v1/exercises/{exercise}/preview", tag = "play", request_body = PostPreview,
    params(("exercise" = String, Path), ("seat" = Option<String>, Query), ("language" = Option<String>, Query)),
    responses((status = 200, body = Preview), (status = 403, body = ProblemBody)))]
pub(super) async fn preview_act(
    here: Here,
    Query(reading): Query<Reading>,
    Json(PostPreview { act }): Json<PostPreview>,
) -> Result<Json<Preview>, Problem> {
    here.allow(Action::SeeGroundTruth)?;
    let language = reading.language.unwrap_or_else(|| Language::from("en"));
    Ok(Json(here.exercise.preview(&here.person, act, &language)))
}

#[derive(Deserialize)]
pub(super) struct InFile {
    hash: FileHash,
}

/// A file of an inject that the caller's team has received, or that the team handed in; staff may have those
/// of every team that they may see.
#[utoipa::path(get, path = "/api/v1/exercises/{exercise}/files/{hash}", tag = "play",
    params(("exercise" = String, Path), ("hash" = String, Path), ("seat" = Option<String>, Query)),
    responses((status = 200, description = "The bytes"), (status = 404, body = ProblemBody)))]
pub(super) async fn file(
    State(doors): State<Doors>,
    here: Here,
    Path(InFile { hash }): Path<InFile>,
) -> Result<Response, Problem> {
    let missing = || Problem::new(StatusCode::NOT_FOUND, "unknown_file", "there is no such file for you");
    let Some(name) = here.exercise.read(|play, _| name_for(play, &here.viewer, &hash)) else {
        let handed_in = here.exercise.read(|play, _| uploads::handed_in(play, &here.viewer, &hash).cloned());
        let taken = handed_in.ok_or_else(missing)?;
        let file = doors.store.file(&hash).await?.ok_or_else(missing)?;
        return Ok(uploads::attachment(taken.name.text(), &taken.media_type, file.bytes));
    };
    let file = doors.store.file(&hash).await?.ok_or_else(missing)?;
    let inline = matches!(file.media_type.as_str(), "image/png" | "image/jpeg" | "image/svg+xml");
    let mut headers = HeaderMap::new();
    let kind = HeaderValue::from_str(&file.media_type).unwrap_or(HeaderValue::from_static("application/octet-stream"));
    headers.insert(header::CONTENT_TYPE, kind);
    headers.insert(header::CONTENT_DISPOSITION, disposition(inline, &name));
    // A picture may be text that holds scripts: nothing in it ever runs.
    headers.insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static("default-src 'none'; style-src 'unsafe-inline'; sandbox"),
    );
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, max-age=31536000, immutable"));
    Ok((headers, file.bytes).into_response())
}

/// The file's name, if the viewer may have it: control every file, a team those of its injects.
fn name_for(play: &Play, viewer: &Viewer, hash: &FileHash) -> Option<String> {
    let all = may_with(viewer.role, &viewer.extras.sights, Action::SeeGroundTruth, Relation::Other);
    let team = viewer.team.as_ref().and_then(|team| play.team(team));
    let contents = play.plan.injects.iter().enumerate().flat_map(|(position, inject)| {
        let delivery = team.and_then(|team| team.deliveries.get(&position));
        let received = delivery.map(|delivery| delivery.alternative.as_ref());
        let others = inject.alternatives.iter().filter(move |other| all || received == Some(Some(&other.id)));
        let ordinary = (all || received == Some(None)).then_some(&inject.content);
        ordinary.into_iter().chain(others.map(|other| &other.content))
    });
    let mut attachments = contents.flat_map(|content| &content.attachments);
    attachments.find(|attachment| attachment.hash == *hash).map(|attachment| attachment.name.clone())
}

fn disposition(inline: bool, name: &str) -> HeaderValue {
    let safe: String =
        name.chars().map(|c| if c.is_ascii_alphanumeric() || "._-".contains(c) { c } else { '_' }).collect();
    let way = if inline { "inline" } else { "attachment" };
    HeaderValue::from_str(&format!("{way}; filename=\"{safe}\"")).unwrap_or(HeaderValue::from_static("attachment"))
}
