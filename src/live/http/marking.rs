//! The marking desk, and the board of those who run the marking.

use serde::Deserialize;

use super::{Here, forbidden};
use crate::{
    engine::{
        id::InjectId,
        role::{Action, Relation},
        text::Language,
    },
    http::{Json, Query},
    live::marking::{
        MarkingDesk, Wanted, desk,
        judging::{JudgingBoard, board},
    },
    problem::{Problem, ProblemBody},
};

#[derive(Deserialize)]
pub(super) struct Desk {
    inject: Option<InjectId>,
    language: Option<Language>,
    /// Without papers it says how far everything is, and no more.
    papers: Option<bool>,
}

/// What the caller has to mark: rubrics, answers, and what the caller gave them. With `inject` only the
/// answers to that one, with `papers=false` none at all.
#[utoipa::path(get, path = "/api/v1/exercises/{exercise}/marking", tag = "marking",
    params(("exercise" = String, Path), ("seat" = Option<String>, Query), ("inject" = Option<String>, Query),
        ("papers" = Option<bool>, Query), ("language" = Option<String>, Query)),
    responses((status = 200, body = MarkingDesk), (status = 403, body = ProblemBody)))]
pub(super) async fn marking(
    here: Here,
    Query(Desk { inject, language, papers }): Query<Desk>,
) -> Result<Json<MarkingDesk>, Problem> {
    let may = [Action::Mark, Action::RunMarking].map(|action| here.viewer.may(action, Relation::Other));
    if !may.contains(&true) {
        return Err(forbidden());
    }
    let language = here.exercise.language(&language.unwrap_or_else(|| Language::from("en")));
    let wanted = match &inject {
        _ if papers == Some(false) => Wanted::Progress,
        Some(inject) => Wanted::Inject(inject),
        None => Wanted::All,
    };
    // On a copy: nobody in play waits for it.
    let state = here.exercise.read(|state, _| state.clone());
    Ok(Json(desk(&state, &here.viewer, wanted, &language)))
}

#[derive(Deserialize)]
pub(super) struct Reading {
    language: Option<Language>,
}

/// Where the marking stands: who has marked what, what is open, and how teams did by objective, by
/// capability and in time.
#[utoipa::path(get, path = "/api/v1/exercises/{exercise}/judging", tag = "marking",
    params(("exercise" = String, Path), ("seat" = Option<String>, Query), ("language" = Option<String>, Query)),
    responses((status = 200, body = JudgingBoard), (status = 403, body = ProblemBody)))]
pub(super) async fn judging(
    here: Here,
    Query(Reading { language }): Query<Reading>,
) -> Result<Json<JudgingBoard>, Problem> {
    here.allow(Action::RunMarking)?;
    let language = here.exercise.language(&language.unwrap_or_else(|| Language::from("en")));
    let state = here.exercise.read(|state, _| state.clone());
    Ok(Json(board(&state, &language)))
}
