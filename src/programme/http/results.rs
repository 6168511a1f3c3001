//! What a day showed: scorecards and reports that span its exercises.

use axum::{
    extract::State,
    http::{HeaderValue, StatusCode, header},
    response::{Html, IntoResponse},
};
use serde::Deserialize;

use crate::{
    audit::{By, Deed},
    engine::{id::TeamId, text::Language},
    http::{Json, Query, limits::Client},
    live::http::Doors,
    problem::{Problem, ProblemBody},
    programme::{
        span::{Wanted, day},
        standing::Standing,
    },
    report::{
        VersionError, html,
        model::Version,
        programme::{
            build,
            model::{ProgrammeReport, TeamLine},
            tables::{self, TABLES},
        },
    },
};

/// For whom a report is, and in which language.
#[derive(Deserialize)]
pub(super) struct Reading {
    /// For whom: `staff`, `team`, `community` or `public`.
    #[serde(rename = "for")]
    readers: Option<String>,
    /// Which team a version for a team is about.
    team: Option<TeamId>,
    /// Language of the words; English without it.
    language: Option<Language>,
    /// Which table; all without it.
    table: Option<String>,
}

/// How teams did over the day, as far as the caller may see it: all of an exercise that the caller answers for, of
/// the others what was released to the own team.
#[utoipa::path(get, path = "/api/v1/programmes/{programme}/scorecards", operation_id = "day_scorecards", tag = "programmes",
    params(("programme" = String, Path)),
    responses((status = 200, body = [TeamLine]), (status = 403, body = ProblemBody)))]
pub(super) async fn scorecards(State(doors): State<Doors>, standing: Standing) -> Result<Json<Vec<TeamLine>>, Problem> {
    let day = day(&doors, &standing, &Wanted::Scorecards).await?;
    let mut teams = build(day, &Version::Staff).map_err(|wrong| unmade(&wrong))?.teams;
    // Of others than the own team a person learns what comes of a right in an exercise, and no name besides.
    teams.retain(|team| standing.is_staff() || !team.exercises.is_empty());
    Ok(Json(teams))
}

/// The report of the day.
#[utoipa::path(get, path = "/api/v1/programmes/{programme}/report", operation_id = "day_report", tag = "programmes",
    params(("programme" = String, Path), ("for" = Option<String>, Query), ("team" = Option<String>, Query)),
    responses((status = 200, body = ProgrammeReport), (status = 403, body = ProblemBody), (status = 422, body = ProblemBody)))]
pub(super) async fn report(
    State(doors): State<Doors>,
    Client(from): Client,
    standing: Standing,
    Query(reading): Query<Reading>,
) -> Result<Json<ProgrammeReport>, Problem> {
    let made = made(&doors, &standing, &reading).await?;
    note(&doors, standing, from, &made, "json").await?;
    Ok(Json(made))
}

/// The report of the day as a page that stands alone.
#[utoipa::path(get, path = "/api/v1/programmes/{programme}/report.html", operation_id = "day_report_page", tag = "programmes",
    params(("programme" = String, Path), ("for" = Option<String>, Query), ("team" = Option<String>, Query), ("language" = Option<String>, Query)),
    responses((status = 200, description = "HTML"), (status = 403, body = ProblemBody), (status = 422, body = ProblemBody)))]
pub(super) async fn report_page(
    State(doors): State<Doors>,
    Client(from): Client,
    standing: Standing,
    Query(reading): Query<Reading>,
) -> Result<impl IntoResponse, Problem> {
    let made = made(&doors, &standing, &reading).await?;
    note(&doors, standing, from, &made, "html").await?;
    let policy = HeaderValue::from_static("default-src 'none'; style-src 'unsafe-inline'; sandbox");
    Ok(([(header::CONTENT_SECURITY_POLICY, policy)], Html(html::programme::render(&made, &reading.language()))))
}

/// The figures of the report of the day as comma-separated tables.
#[utoipa::path(get, path = "/api/v1/programmes/{programme}/report.csv", operation_id = "day_report_csv", tag = "programmes",
    params(("programme" = String, Path), ("for" = Option<String>, Query), ("team" = Option<String>, Query), ("language" = Option<String>, Query), ("table" = Option<String>, Query)),
    responses((status = 200, description = "CSV"), (status = 403, body = ProblemBody), (status = 422, body = ProblemBody)))]
pub(super) async fn report_csv(
    State(doors): State<Doors>,
    Client(from): Client,
    standing: Standing,
    Query(reading): Query<Reading>,
) -> Result<impl IntoResponse, Problem> {
    let only = reading.table.as_deref();
    if let Some(unknown) = only.filter(|only| !TABLES.contains(only)) {
        let detail = format!("no table is called {unknown}: there are {}", TABLES.join(", "));
        return Err(Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "unknown_table", detail));
    }
    let made = made(&doors, &standing, &reading).await?;
    note(&doors, standing, from, &made, "csv").await?;
    let bytes = tables::sheets(&made, &reading.language(), only).map_err(Problem::internal)?;
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8")),
        (header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment; filename=\"EXERCISE-day.csv\"")),
    ];
    Ok((headers, bytes))
}

impl Reading {
    fn language(&self) -> Language {
        self.language.clone().unwrap_or_else(|| Language::from("en"))
    }

    /// The version that was asked for; else what the reader has most use for.
    fn version(&self, standing: &Standing) -> Result<Version, Problem> {
        if let Some(readers) = &self.readers {
            return Version::named(readers, self.team.clone()).map_err(|wrong| unmade(&wrong));
        }
        let role = standing.person.as_ref().and_then(|person| person.role.as_ref());
        Ok(match role.and_then(|role| role.team.clone()) {
            _ if standing.is_staff() => Version::Staff,
            Some(team) => Version::Team { team },
            None => Version::Community,
        })
    }
}

/// The report that somebody may read. Whoever may see nothing of any exercise gets none.
async fn made(doors: &Doors, standing: &Standing, reading: &Reading) -> Result<ProgrammeReport, Problem> {
    let version = reading.version(standing)?;
    let day = day(doors, standing, &Wanted::Version(version.clone())).await?;
    if day.parts.iter().all(|part| part.report.is_none()) && !standing.is_staff() {
        return Err(Problem::forbidden("nothing of this was released to you yet"));
    }
    build(day, &version).map_err(|wrong| unmade(&wrong))
}

/// Notes that all of a day leaves the platform; what was released left it before.
async fn note(
    doors: &Doors,
    standing: Standing,
    from: Option<std::net::IpAddr>,
    made: &ProgrammeReport,
    format: &str,
) -> Result<(), Problem> {
    if made.version != Version::Staff {
        return Ok(());
    }
    let deed = Deed::ProgrammeExported { programme: made.programme.clone(), what: format!("staff.{format}") };
    Ok(doors.accounts.audit().note(&By::new(standing.who, from), &deed).await?)
}

fn unmade(wrong: &VersionError) -> Problem {
    let says = wrong.to_string();
    match wrong {
        VersionError::NoSuchVersion(_) => Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "unknown_version", says),
        VersionError::WhichTeam(_) => Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "no_team_named", says),
        VersionError::NoSuchTeam { .. } => Problem::new(StatusCode::NOT_FOUND, "unknown_team", says),
    }
}
