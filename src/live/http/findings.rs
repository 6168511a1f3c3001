//! Drafts of strengths and areas, for those who write the report.

use axum::extract::State;

use super::{
    Doors, Here,
    results::{Reading, whole},
};
use crate::{
    engine::{event::Scope, role::Action},
    http::{Json, Query},
    problem::{Problem, ProblemBody},
    report::{
        self,
        model::{DraftedFinding, Version},
    },
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
    let sees_scores = here.allow(Action::SeeScores).is_ok();
    if !sees_scores {
        here.allow(Action::ProposeFindings)?;
    }
    let report = whole(&doors, &here, None, Version::Staff).await?;
    let mut drafts = report::drafts(&report, &reading.language());
    // Whoever may still have answers to mark does not learn from them how each team did.
    drafts.retain(|draft| sees_scores || draft.scope == Scope::Event);
    Ok(Json(drafts))
}
