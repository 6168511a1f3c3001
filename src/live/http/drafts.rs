//! Drafts of a team's answers, for its own people: a reload, another device or a colleague goes on where
//! somebody stopped. The last write wins, and says so.

use axum::{extract::State, http::StatusCode};
use serde::Deserialize;

use super::{Doors, Here, forbidden};
use crate::{
    engine::{id::InjectId, rejection::Rejection, role::Action},
    http::{Json, Path},
    live::{
        Refusal,
        api::{Draft, DraftWritten, PutDraft},
    },
    problem::{Problem, ProblemBody},
    store::{Draft as Kept, DraftPlace},
};

/// Most bytes of a draft.
const DRAFT_LIMIT: usize = 64 * 1024;

#[derive(Deserialize)]
pub(super) struct InDraft {
    inject: InjectId,
}

/// What the caller's team has typed for an inject and not sent.
#[utoipa::path(get, path = "/api/v1/exercises/{exercise}/drafts/{inject}", tag = "play",
    params(("exercise" = String, Path), ("inject" = String, Path), ("seat" = Option<String>, Query)),
    responses((status = 200, body = Draft), (status = 403, body = ProblemBody), (status = 404, body = ProblemBody)))]
pub(super) async fn draft(
    State(doors): State<Doors>,
    here: Here,
    Path(InDraft { inject }): Path<InDraft>,
) -> Result<Json<Draft>, Problem> {
    let place = place(&here, inject)?;
    let kept = doors.store.draft(&place).await?;
    Ok(Json(shown(&doors, &here, kept).await?))
}

/// Keeps what the caller's team has typed, in place of what was kept. Tells if somebody else wrote since the
/// draft that the caller began from.
#[utoipa::path(put, path = "/api/v1/exercises/{exercise}/drafts/{inject}", tag = "play", request_body = PutDraft,
    params(("exercise" = String, Path), ("inject" = String, Path), ("seat" = Option<String>, Query)),
    responses((status = 200, body = DraftWritten), (status = 403, body = ProblemBody), (status = 404, body = ProblemBody),
        (status = 413, body = ProblemBody), (status = 429, body = ProblemBody)))]
pub(super) async fn keep_draft(
    State(doors): State<Doors>,
    here: Here,
    Path(InDraft { inject }): Path<InDraft>,
    Json(PutDraft { answers, base }): Json<PutDraft>,
) -> Result<Json<DraftWritten>, Problem> {
    let place = place(&here, inject)?;
    doors.accounts.limits().keep(here.person.as_str())?;
    let body = serde_json::to_string(&answers).map_err(Problem::internal)?;
    if body.len() > DRAFT_LIMIT {
        let detail = "a draft has at most 64 KiB: make it shorter";
        return Err(Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "too_large", detail));
    }
    let _turn = doors.intake.turn().await;
    let before = doors.store.draft(&place).await?;
    let at = doors.clock.now();
    let version = doors.store.put_draft(&place, &here.person, &body, at).await?;
    let overtaken = base.is_some_and(|base| base.checked_add(1) != Some(version));
    let overwrote = if overtaken { Some(shown(&doors, &here, before).await?) } else { None };
    Ok(Json(DraftWritten { version, at, overwrote }))
}

/// Drops the draft: the answer was sent, or is not wanted any more.
#[utoipa::path(delete, path = "/api/v1/exercises/{exercise}/drafts/{inject}", tag = "play",
    params(("exercise" = String, Path), ("inject" = String, Path), ("seat" = Option<String>, Query)),
    responses((status = 204), (status = 403, body = ProblemBody), (status = 404, body = ProblemBody)))]
pub(super) async fn drop_draft(
    State(doors): State<Doors>,
    here: Here,
    Path(InDraft { inject }): Path<InDraft>,
) -> Result<StatusCode, Problem> {
    let place = place(&here, inject)?;
    doors.accounts.limits().keep(here.person.as_str())?;
    let _turn = doors.intake.turn().await;
    if doors.store.draft(&place).await?.is_some_and(|kept| kept.body.is_some()) {
        doors.store.drop_draft(&place, &here.person, doors.clock.now()).await?;
    }
    Ok(StatusCode::NO_CONTENT)
}

/// Where the draft belongs: the caller's team, and an inject that it has received.
fn place(here: &Here, inject: InjectId) -> Result<DraftPlace, Problem> {
    let team = here.own_team(Action::Receive)?.clone();
    let received = here.exercise.read(|play, _| {
        if play.preparation.message(&team, &inject).is_some() {
            return Some(());
        }
        let (position, _) = play.inject(&inject)?;
        play.team(&team)?.deliveries.get(&position).map(|_| ())
    });
    received.ok_or_else(|| Problem::from(Refusal::from(Rejection::UnknownInject(inject.clone()))))?;
    Ok(DraftPlace { exercise: here.exercise.id.clone(), team, inject })
}

async fn shown(doors: &Doors, here: &Here, kept: Option<Kept>) -> Result<Draft, Problem> {
    let Some(kept) = kept else { return Ok(Draft::default()) };
    let person = doors.store.person(&here.exercise.id, &kept.person).await?.ok_or_else(forbidden)?;
    let answers = kept.body.as_deref().map(serde_json::from_str).transpose().map_err(Problem::internal)?;
    Ok(Draft { version: kept.version, answers, by: Some(kept.person), name: Some(person.name), at: Some(kept.at) })
}
