//! What indicators are understood as, for whoever types them: no client knows the rule.

use axum::{extract::State, http::StatusCode};

use super::{Doors, Here};
use crate::{
    engine::view::card::RecognisedCard,
    http::Json,
    live::api::PostIndicators,
    problem::{Problem, ProblemBody},
};

/// Most bytes that are read at once: as many as a draft may have.
const TEXT_LIMIT: usize = 64 * 1024;

/// What the lines of a text are understood as. Nothing is kept.
#[utoipa::path(post, path = "/api/v1/exercises/{exercise}/indicators", tag = "play", request_body = PostIndicators,
    params(("exercise" = String, Path), ("seat" = Option<String>, Query)),
    responses((status = 200, body = RecognisedCard), (status = 403, body = ProblemBody), (status = 413, body = ProblemBody),
        (status = 429, body = ProblemBody)))]
pub(super) async fn recognise(
    State(doors): State<Doors>,
    here: Here,
    Json(PostIndicators { text }): Json<PostIndicators>,
) -> Result<Json<RecognisedCard>, Problem> {
    doors.accounts.limits().recognise(here.person.as_str())?;
    if text.len() > TEXT_LIMIT {
        let detail = "at most 64 KiB are read at once: send fewer lines";
        return Err(Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "too_large", detail));
    }
    Ok(Json(RecognisedCard::of(&text)))
}
