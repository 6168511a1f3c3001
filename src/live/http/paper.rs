//! The report on paper. Setting it takes a core for a while, so it is done beside play and one at a time.

use axum::{
    extract::State,
    http::{HeaderValue, header},
    response::IntoResponse,
};
use tokio::sync::Semaphore;

use super::{
    Doors, Here,
    results::{Reading, made},
};
use crate::{
    engine::text::Language,
    http::Query,
    problem::{Problem, ProblemBody},
    report::model::Report,
};

/// How many reports are set at a time. Whoever wants one waits for a turn; play goes first.
static TURNS: Semaphore = Semaphore::const_new(1);

/// The after-action report as PDF.
#[utoipa::path(get, path = "/api/v1/exercises/{exercise}/report.pdf", tag = "results",
    params(("exercise" = String, Path), ("seat" = Option<String>, Query),
        ("for" = Option<String>, Query), ("team" = Option<String>, Query), ("at" = Option<i64>, Query), ("language" = Option<String>, Query)),
    responses((status = 200, description = "PDF"), (status = 403, body = ProblemBody), (status = 422, body = ProblemBody),
        (status = 501, body = ProblemBody, description = "The server was built without PDF, or has no font for a script")))]
pub(super) async fn report_pdf(
    State(doors): State<Doors>,
    here: Here,
    Query(reading): Query<Reading>,
) -> Result<impl IntoResponse, Problem> {
    let report = made(&doors, &here, &reading).await?;
    let language = reading.language();
    let turn = TURNS.acquire().await.map_err(Problem::internal)?;
    let set = tokio::task::spawn_blocking(move || {
        // The turn is held by the work itself: a client that hangs up does not free it early.
        let _turn = turn;
        set(&report, &language)
    });
    let bytes = set.await.map_err(Problem::internal)??;
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("application/pdf")),
        (header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment; filename=\"EXERCISE-report.pdf\"")),
    ];
    Ok((headers, bytes))
}

#[cfg(feature = "pdf")]
fn set(report: &Report, language: &Language) -> Result<Vec<u8>, Problem> {
    use crate::report::pdf::{Fonts, PdfError, render};
    use axum::http::StatusCode;

    render(report, language, &Fonts::of_the_machine(None)).map_err(|wrong| match wrong {
        PdfError::NoFont { .. } => Problem::new(StatusCode::NOT_IMPLEMENTED, "pdf_font_missing", wrong.to_string()),
        wrong => Problem::internal(wrong),
    })
}

#[cfg(not(feature = "pdf"))]
fn set(_: &Report, _: &Language) -> Result<Vec<u8>, Problem> {
    use axum::http::StatusCode;

    let detail = "this server was built without PDF: print report.html, or build it with 'make build PDF=1'";
    Err(Problem::new(StatusCode::NOT_IMPLEMENTED, "pdf_not_built", detail))
}
