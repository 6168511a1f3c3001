//! What is to come, for moderators and role players.

use serde::Deserialize;

use super::{Here, forbidden};
use crate::{
    engine::text::Language,
    http::{Json, Query},
    live::coming::{ComingInject, coming as in_words},
    problem::{Problem, ProblemBody},
};

#[derive(Deserialize)]
pub(super) struct Reading {
    language: Option<Language>,
}

/// The injects of the caller's own team, for its moderator; of the own simulated senders, for a role player.
#[utoipa::path(get, path = "/api/v1/exercises/{exercise}/coming", tag = "play",
    params(("exercise" = String, Path), ("seat" = Option<String>, Query), ("language" = Option<String>, Query)),
    responses((status = 200, body = [ComingInject]), (status = 403, body = ProblemBody)))]
pub(super) async fn coming(here: Here, Query(reading): Query<Reading>) -> Result<Json<Vec<ComingInject>>, Problem> {
    let language = here.exercise.language(&reading.language.unwrap_or_else(|| Language::from("en")));
    let injects = here.exercise.read(|state, _| in_words(state, &here.viewer, &language));
    Ok(Json(injects.ok_or_else(forbidden)?))
}
