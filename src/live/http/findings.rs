//! Drafts of strengths and areas, for those who write the report.

use axum::extract::State;

use super::{
    Doors, Here,
    results::{Reading, made},
};
use crate::{
    engine::role::Action,
    http::{Json, Query},
    problem::{Problem, ProblemBody},
    report::{self, model::DraftedFinding},
};

/// What rules have found in the log and nobody has adopted yet.
#[utoipa::path(get, path = "/api/v1/exercises/{exercise}/findings", tag = "results",
    params(("exercise" = String, Path), ("seat" = Option<String>, Query), ("language" = Option<String>, Query)),
    responses((status = 200, body = [DraftedFinding]), (status = 403, body = ProblemBody)))]
pub(super) async fn findings(
    State(doors): State<Doors>,
    here: Here,
    Query(reading): Query<Reading>,
) -> Result<Json<Vec<DraftedFinding>>, Problem> {
    here.allow(Action::SeeScores)?;
    let made = made(&doors, &here, &reading.of_everything()).await?;
    Ok(Json(report::drafts(&made, &reading.language())))
}
