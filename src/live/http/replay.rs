//! Looking back: the exercise as somebody saw it at an instant. Reading it again counts as nothing
//! and changes nothing.

use std::{collections::BTreeMap, ops::ControlFlow};

use axum::{extract::State, http::StatusCode};
use serde::Deserialize;
use tokio::sync::Semaphore;

use super::{Doors, Here, forbidden};
use crate::{
    engine::{
        codec::CodecError,
        event::Event,
        id::{PersonId, TeamId},
        role::{Action, Relation, Role},
        state::Stage,
        text::Language,
        time::Timestamp,
        view::{Extras, Viewer},
    },
    http::{Json, Query},
    live::{
        api::{Replay, ReplayMarks, ReplaySpan, ReplayViewer},
        replay::{Lens, Watch, marks::Marks},
    },
    problem::{Problem, ProblemBody},
    store::{chain::StoredRow, record},
};

/// Rows that are read and folded at a time: a long log never lies in memory whole.
const PAGE: u32 = 1_000;
/// How many logs are folded at a time. Whoever looks back waits for a turn; play goes first.
static TURNS: Semaphore = Semaphore::const_new(2);

#[derive(Deserialize)]
pub(super) struct Instant {
    at: Option<String>,
    held: Option<i64>,
}

/// Through whose eyes to look: the caller's own unless something else is said.
#[derive(Deserialize)]
pub(super) struct Eyes {
    #[serde(rename = "as")]
    role: Option<String>,
    team: Option<TeamId>,
    person: Option<PersonId>,
    language: Option<Language>,
}

/// What somebody saw at an instant: the cards as they held them, and the clocks. Staff who may see the
/// ground truth look through the eyes of any role; others, after `EndEx`, through those of their own
/// team, and see nothing that they were not shown themselves. With `held`, the row of a board that the
/// client has of the same viewer, only what differs from it is sent.
#[utoipa::path(get, path = "/api/v1/exercises/{exercise}/replay", tag = "results",
    params(("exercise" = String, Path), ("seat" = Option<String>, Query), ("at" = i64, Query, description = "Unix time in milliseconds"),
        ("as" = Option<Role>, Query), ("team" = Option<String>, Query), ("person" = Option<String>, Query),
        ("language" = Option<String>, Query), ("held" = Option<i64>, Query)),
    responses((status = 200, body = Replay), (status = 403, body = ProblemBody), (status = 404, body = ProblemBody),
        (status = 409, body = ProblemBody), (status = 422, body = ProblemBody)))]
pub(super) async fn replay(
    State(doors): State<Doors>,
    here: Here,
    Query(Instant { at, held }): Query<Instant>,
    Query(eyes): Query<Eyes>,
) -> Result<Json<Replay>, Problem> {
    let lens = lens(&here, &eyes)?;
    let at = at
        .and_then(|at| at.parse().ok())
        .map(Timestamp)
        .ok_or_else(|| bad_at("say `at` as Unix time in milliseconds"))?;
    if at > doors.clock.now() {
        return Err(bad_at("this instant lies ahead: choose one in the past"));
    }
    let people = doors.store.people(&here.exercise.id).await?;
    let names: BTreeMap<_, _> = people.into_iter().map(|person| (person.id, person.name)).collect();
    let viewer = shown(&lens);
    let watch = fold(&doors, &here, Watch::new(lens, at, held), Watch::take).await?;
    let before = || bad_at("this instant lies before the log begins: choose a later one");
    let seen = watch.finish(&names).ok_or_else(before)?;
    Ok(Json(Replay {
        viewer,
        at,
        seq: seen.seq,
        next_at: seen.next_at,
        span: span(&here, seen.first_at),
        since: seen.since,
        cards: seen.cards,
        values: seen.values,
    }))
}

/// When somebody saw something happen, and what: the marks of a slider over the exercise.
#[utoipa::path(get, path = "/api/v1/exercises/{exercise}/replay/marks", tag = "results",
    params(("exercise" = String, Path), ("seat" = Option<String>, Query), ("as" = Option<Role>, Query),
        ("team" = Option<String>, Query), ("person" = Option<String>, Query), ("language" = Option<String>, Query)),
    responses((status = 200, body = ReplayMarks), (status = 403, body = ProblemBody), (status = 404, body = ProblemBody),
        (status = 409, body = ProblemBody), (status = 422, body = ProblemBody)))]
pub(super) async fn marks(
    State(doors): State<Doors>,
    here: Here,
    Query(eyes): Query<Eyes>,
) -> Result<Json<ReplayMarks>, Problem> {
    let lens = lens(&here, &eyes)?;
    let viewer = shown(&lens);
    let (first_at, marks, left_out) = fold(&doors, &here, Marks::new(lens), Marks::take).await?.finish();
    Ok(Json(ReplayMarks { viewer, span: span(&here, first_at.unwrap_or_default()), marks, left_out }))
}

/// Whose eyes, if the caller may look through them.
fn lens(here: &Here, eyes: &Eyes) -> Result<Lens, Problem> {
    let wanted = eyes.role.as_deref().map(role).transpose()?;
    let language = eyes.language.clone().unwrap_or_else(|| Language::from("en"));
    let asker = here.viewer.clone();
    let viewer = if asker.may(Action::SeeGroundTruth, Relation::Other) {
        anybody(here, wanted, eyes)?
    } else {
        one_of_us(here, wanted, eyes)?
    };
    Ok(Lens { viewer, asker, language: here.exercise.language(&language) })
}

fn role(name: &str) -> Result<Role, Problem> {
    serde_json::from_value(name.into()).map_err(|_unknown| {
        let detail = format!("there is no role '{name}': `as` takes one such as `player`, `team_lead` or `observer`");
        Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "unknown_role", detail)
    })
}

/// Somebody in any role of any team; a person as what the person is now.
fn anybody(here: &Here, role: Option<Role>, eyes: &Eyes) -> Result<Viewer, Problem> {
    if let Some(person) = &eyes.person {
        let viewer = here.exercise.viewer(person).filter(|viewer| {
            role.is_none_or(|role| role == viewer.role) && (eyes.team.is_none() || eyes.team == viewer.team)
        });
        return viewer.ok_or_else(|| unknown_person(person));
    }
    let role = match role {
        None if eyes.team.is_none() => return Ok(here.viewer.clone()),
        None => return Err(team_mismatch()),
        Some(role) if role.is_in_team() != eyes.team.is_some() => return Err(team_mismatch()),
        Some(role) => role,
    };
    if let Some(team) = &eyes.team
        && here.exercise.read(|state, _| state.team(team).is_none())
    {
        let detail = format!("there is no team '{team}' in this exercise");
        return Err(Problem::new(StatusCode::NOT_FOUND, "unknown_team", detail));
    }
    let blind = here.exercise.read(|state, _| state.marks_blind(role));
    Ok(Viewer { person: nobody(), role, team: eyes.team.clone(), blind, extras: Extras::default() })
}

/// The caller, or somebody in another role of the caller's team. Whether there are other teams and
/// people is not told.
fn one_of_us(here: &Here, role: Option<Role>, eyes: &Eyes) -> Result<Viewer, Problem> {
    here.allow(Action::SeePublic)?;
    let own = &here.viewer;
    let is_own_role = role.is_none_or(|role| role == own.role);
    let viewer = match role {
        _ if eyes.team.is_some() && eyes.team != own.team => return Err(forbidden()),
        _ if eyes.person.as_ref().is_some_and(|person| *person != own.person || !is_own_role) => {
            return Err(forbidden());
        }
        Some(role) if !is_own_role && role.is_in_team() && own.team.is_some() => {
            Viewer { person: nobody(), role, team: own.team.clone(), blind: false, extras: Extras::default() }
        }
        _ if is_own_role => own.clone(),
        _ => return Err(forbidden()),
    };
    if !matches!(here.exercise.read(|state, _| state.stage()), Stage::Ended | Stage::Cancelled) {
        let detail = "the replay opens to you after EndEx";
        return Err(Problem::new(StatusCode::CONFLICT, "wrong_stage", detail));
    }
    Ok(viewer)
}

/// Anybody in a role: no card is for a person without an id.
fn nobody() -> PersonId {
    PersonId::from("")
}

fn shown(lens: &Lens) -> ReplayViewer {
    let Viewer { person, role, team, .. } = lens.viewer.clone();
    let person = Some(person).filter(|person| *person != nobody());
    ReplayViewer { role, team, person, language: lens.language.clone() }
}

fn span(here: &Here, first_at: Timestamp) -> ReplaySpan {
    here.exercise.read(|state, _| ReplaySpan {
        first_at,
        started_at: state.started_at,
        ended_at: state.ended_at,
        last_at: state.at,
    })
}

/// Hands every row of the log to `take`, until that has enough.
pub(super) async fn fold<T: Send + 'static>(
    doors: &Doors,
    here: &Here,
    mut folded: T,
    take: fn(&mut T, i64, &Event) -> ControlFlow<()>,
) -> Result<T, Problem> {
    let _turn = TURNS.acquire().await.map_err(Problem::internal)?;
    let stream = record::stream_of(&here.exercise.id);
    let mut after = 0;
    loop {
        let page = doors.store.read_log(&stream, after, PAGE).await?;
        let Some(last) = page.last() else { return Ok(folded) };
        after = last.row.seq;
        let work = tokio::task::spawn_blocking(move || {
            let flow = take_page(&mut folded, &page, take);
            (folded, flow)
        });
        let (back, flow) = work.await.map_err(Problem::internal)?;
        if flow.map_err(Problem::internal)?.is_break() {
            return Ok(back);
        }
        folded = back;
    }
}

fn take_page<T>(
    folded: &mut T,
    page: &[StoredRow],
    take: fn(&mut T, i64, &Event) -> ControlFlow<()>,
) -> Result<ControlFlow<()>, CodecError> {
    for stored in page {
        let event = record::event(stored)?;
        if take(folded, stored.row.seq, &event).is_break() {
            return Ok(ControlFlow::Break(()));
        }
    }
    Ok(ControlFlow::Continue(()))
}

fn bad_at(detail: &str) -> Problem {
    Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "bad_at", detail)
}

fn team_mismatch() -> Problem {
    let detail = "a team role needs a team, any other must not have one";
    Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "team_mismatch", detail)
}

fn unknown_person(person: &PersonId) -> Problem {
    let detail = format!("nobody with the id '{person}' has that role in this exercise");
    Problem::new(StatusCode::NOT_FOUND, "unknown_person", detail)
}
