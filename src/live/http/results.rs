//! The log and what is made of it, for staff.

use axum::{
    extract::State,
    http::{HeaderValue, StatusCode, header},
    response::{Html, IntoResponse},
};
use serde::Deserialize;
use tokio::sync::Semaphore;

use super::{Doors, Here};
use crate::{
    engine::{
        event::Event,
        id::TeamId,
        role::Action,
        score::{TeamScore, board::ScoreBoard},
        text::Language,
        view::{card::LastValue, value},
    },
    http::{Json, Query, limits::Client},
    live::api::{LogPage, LogRow},
    problem::{Problem, ProblemBody},
    report::{
        self, VersionError,
        model::{Report, Version},
        tables::{self, TABLES},
    },
    scenario::msel::FileKind,
    store::{
        chain::{Head, StoredRow},
        jsonl, record,
    },
};

/// Most rows of one page.
const PAGE: u32 = 1_000;

#[derive(Deserialize)]
pub(super) struct Paging {
    #[serde(default)]
    after: i64,
    limit: Option<u32>,
}

/// A page of the log.
#[utoipa::path(get, path = "/api/v1/exercises/{exercise}/log", tag = "results",
    params(("exercise" = String, Path), ("seat" = Option<String>, Query), ("after" = Option<i64>, Query), ("limit" = Option<u32>, Query)),
    responses((status = 200, body = LogPage), (status = 403, body = ProblemBody)))]
pub(super) async fn log(
    State(doors): State<Doors>,
    here: Here,
    Query(Paging { after, limit }): Query<Paging>,
) -> Result<Json<LogPage>, Problem> {
    here.allow(Action::ExportLog)?;
    let limit = limit.unwrap_or(PAGE).clamp(1, PAGE);
    let stored = doors.store.read_log(&record::stream_of(&here.exercise.id), after, limit).await?;
    let full = u32::try_from(stored.len()).is_ok_and(|rows| rows == limit);
    let next_after = stored.last().filter(|_| full).map(|last| last.row.seq);
    let rows = stored.into_iter().map(shown).collect::<Result<_, _>>()?;
    Ok(Json(LogPage { rows, next_after }))
}

fn shown(StoredRow { row, .. }: StoredRow) -> Result<LogRow, Problem> {
    let body = serde_json::value::RawValue::from_string(row.body).map_err(Problem::internal)?;
    Ok(LogRow { seq: row.seq, at: row.at, actor: row.actor, kind: row.kind, body, hash: row.hash })
}

/// The whole log as a file that `drillhall verify` and `drillhall report` read.
#[utoipa::path(get, path = "/api/v1/exercises/{exercise}/log.jsonl", tag = "results", params(("exercise" = String, Path), ("seat" = Option<String>, Query)),
    responses((status = 200, description = "One row a line"), (status = 403, body = ProblemBody)))]
pub(super) async fn export(
    State(doors): State<Doors>,
    Client(from): Client,
    here: Here,
) -> Result<impl IntoResponse, Problem> {
    here.allow(Action::ExportLog)?;
    let rows = whole_log(&doors, &here).await?;
    let mut file = Vec::new();
    let head = rows.last().map_or_else(Head::genesis, |last| Head { seq: last.row.seq, hash: last.row.hash.clone() });
    here.note_export(&doors, from, "log").await;
    jsonl::write(&mut file, &record::stream_of(&here.exercise.id), &head, &rows).map_err(Problem::internal)?;
    let attached = if here.exercise.read(|state, _| state.rehearsal) {
        "attachment; filename=\"EXERCISE-REHEARSAL-log.jsonl\""
    } else {
        "attachment; filename=\"EXERCISE-log.jsonl\""
    };
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("application/jsonl")),
        (header::CONTENT_DISPOSITION, HeaderValue::from_static(attached)),
    ];
    Ok((headers, file))
}

/// Scores that the caller may see.
#[utoipa::path(get, path = "/api/v1/exercises/{exercise}/score", tag = "results", params(("exercise" = String, Path), ("seat" = Option<String>, Query)),
    responses((status = 200, body = [TeamScore]), (status = 403, body = ProblemBody)))]
pub(super) async fn score(here: Here) -> Json<Vec<TeamScore>> {
    let values = here.exercise.read(|state, _| value::scores(state, ScoreBoard::new(state).teams(), &here.viewer));
    let scores = values.into_iter().filter_map(|(_, value)| match value {
        LastValue::Score(score) => Some(score),
        _ => None,
    });
    Json(scores.collect())
}

/// For whom a report is, and in which language.
#[derive(Deserialize)]
pub(super) struct Reading {
    /// For whom: `staff` (everything), `team`, `brief`, `community` or `public`.
    #[serde(rename = "for")]
    readers: Option<String>,
    /// Which team a version for a team or the brief is about.
    team: Option<TeamId>,
    /// Language of the words; English without it.
    language: Option<Language>,
    /// Which table; all without it.
    table: Option<String>,
    /// Of the log up to which row: what somebody proposed to release is read as it will go out.
    at: Option<i64>,
}

impl Reading {
    pub(super) fn language(&self) -> Language {
        self.language.clone().unwrap_or_else(|| Language::from("en"))
    }
}

/// The after-action report.
#[utoipa::path(get, path = "/api/v1/exercises/{exercise}/report", tag = "results",
    params(("exercise" = String, Path), ("seat" = Option<String>, Query),
        ("for" = Option<String>, Query), ("team" = Option<String>, Query), ("at" = Option<i64>, Query)),
    responses((status = 200, body = Report), (status = 403, body = ProblemBody), (status = 422, body = ProblemBody)))]
pub(super) async fn report(
    State(doors): State<Doors>,
    here: Here,
    Query(reading): Query<Reading>,
) -> Result<Json<Report>, Problem> {
    Ok(Json(made(&doors, &here, &reading).await?))
}

/// The after-action report as a page that stands alone.
#[utoipa::path(get, path = "/api/v1/exercises/{exercise}/report.html", tag = "results",
    params(("exercise" = String, Path), ("seat" = Option<String>, Query),
        ("for" = Option<String>, Query), ("team" = Option<String>, Query), ("at" = Option<i64>, Query), ("language" = Option<String>, Query)),
    responses((status = 200, description = "HTML"), (status = 403, body = ProblemBody), (status = 422, body = ProblemBody)))]
pub(super) async fn report_page(
    State(doors): State<Doors>,
    here: Here,
    Query(reading): Query<Reading>,
) -> Result<impl IntoResponse, Problem> {
    let made = made(&doors, &here, &reading).await?;
    let policy = HeaderValue::from_static("default-src 'none'; style-src 'unsafe-inline'; sandbox");
    Ok(([(header::CONTENT_SECURITY_POLICY, policy)], Html(report::html::render(&made, &reading.language()))))
}

/// The figures of the report as comma-separated tables.
#[utoipa::path(get, path = "/api/v1/exercises/{exercise}/report.csv", tag = "results",
    params(("exercise" = String, Path), ("seat" = Option<String>, Query),
        ("for" = Option<String>, Query), ("team" = Option<String>, Query), ("at" = Option<i64>, Query), ("language" = Option<String>, Query), ("table" = Option<String>, Query)),
    responses((status = 200, description = "CSV"), (status = 403, body = ProblemBody), (status = 422, body = ProblemBody)))]
pub(super) async fn report_csv(
    State(doors): State<Doors>,
    here: Here,
    Query(reading): Query<Reading>,
) -> Result<impl IntoResponse, Problem> {
    let (kind, name) = ("text/csv; charset=utf-8", "attachment; filename=\"EXERCISE-report.csv\"");
    sheets(&made(&doors, &here, &reading).await?, &reading, FileKind::Csv, kind, name)
}

/// The figures of the report as a workbook.
#[utoipa::path(get, path = "/api/v1/exercises/{exercise}/report.xlsx", tag = "results",
    params(("exercise" = String, Path), ("seat" = Option<String>, Query),
        ("for" = Option<String>, Query), ("team" = Option<String>, Query), ("at" = Option<i64>, Query), ("language" = Option<String>, Query), ("table" = Option<String>, Query)),
    responses((status = 200, description = "Workbook"), (status = 403, body = ProblemBody), (status = 422, body = ProblemBody)))]
pub(super) async fn report_xlsx(
    State(doors): State<Doors>,
    here: Here,
    Query(reading): Query<Reading>,
) -> Result<impl IntoResponse, Problem> {
    let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    let name = "attachment; filename=\"EXERCISE-report.xlsx\"";
    sheets(&made(&doors, &here, &reading).await?, &reading, FileKind::Xlsx, kind, name)
}

fn sheets(
    report: &Report,
    reading: &Reading,
    kind: FileKind,
    content_type: &'static str,
    attached: &'static str,
) -> Result<impl IntoResponse + use<>, Problem> {
    let only = reading.table.as_deref();
    if let Some(unknown) = only.filter(|only| !TABLES.contains(only)) {
        let detail = format!("no table is called {unknown}: there are {}", TABLES.join(", "));
        return Err(Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "unknown_table", detail));
    }
    let bytes = tables::sheets(report, &reading.language(), kind, only).map_err(Problem::internal)?;
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(content_type)),
        (header::CONTENT_DISPOSITION, HeaderValue::from_static(attached)),
    ];
    Ok((headers, bytes))
}

/// How many reports are made at a time: each reads a whole log. Whoever wants one waits for a turn.
static TURNS: Semaphore = Semaphore::const_new(2);

/// The report that somebody may read: whoever answers for it has all of the log, or of it up to a row, and every
/// version, as a draft, too; everybody else what was released to them, as the log had it when it was proposed.
pub(super) async fn made(doors: &Doors, here: &Here, reading: &Reading) -> Result<Report, Problem> {
    let version = wanted(here, reading)?;
    let released = released_to(here, &version)?;
    let mut report = whole(doors, here, released.or(reading.at), version).await?;
    // The release came after the rows that it shows.
    report.draft &= released.is_none();
    Ok(report)
}

/// The report as a version has it, of the log up to a row. Asks nobody whether the caller may read it.
pub(super) async fn whole(doors: &Doors, here: &Here, at: Option<i64>, version: Version) -> Result<Report, Problem> {
    let turn = TURNS.acquire().await.map_err(Problem::internal)?;
    let mut rows = whole_log(doors, here).await?;
    let made = tokio::task::spawn_blocking(move || {
        // The turn is held by the work itself: a client that hangs up does not free it early.
        let _turn = turn;
        rows.retain(|stored| at.is_none_or(|at| stored.row.seq <= at));
        let head = rows.last().map(|last| last.row.hash.clone());
        let events: Vec<(i64, Event)> = rows
            .iter()
            .map(|stored| Ok((stored.row.seq, record::event(stored)?)))
            .collect::<Result<_, crate::engine::codec::CodecError>>()
            .map_err(Problem::internal)?;
        let report = report::build(&events, head).map_err(|wrong| match at {
            Some(_) => {
                Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "bad_at", "the log has no such row to end a report at")
            }
            None => Problem::internal(wrong),
        })?;
        report.for_readers(&version).map_err(|wrong| unmade(&wrong))
    });
    made.await.map_err(Problem::internal)?
}

/// The version that was asked for; else what the reader has most use for.
fn wanted(here: &Here, reading: &Reading) -> Result<Version, Problem> {
    if let Some(readers) = &reading.readers {
        return Version::named(readers, reading.team.clone()).map_err(|wrong| unmade(&wrong));
    }
    match &here.viewer.team {
        Some(team) if here.allow(Action::SeeScores).is_err() => Ok(Version::Team { team: team.clone() }),
        _ => Ok(Version::Staff),
    }
}

/// Up to which row somebody may read a version; none for all of it.
fn released_to(here: &Here, version: &Version) -> Result<Option<i64>, Problem> {
    let Err(forbidden) = here.allow(Action::SeeScores) else { return Ok(None) };
    let Some((version, team)) = version.released_as() else { return Err(forbidden) };
    let at_seq = here.exercise.read(|state, _| state.released_to(version, team, &here.viewer));
    at_seq.map(Some).ok_or(forbidden)
}

fn unmade(wrong: &VersionError) -> Problem {
    let says = wrong.to_string();
    match wrong {
        VersionError::NoSuchVersion(_) => Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "unknown_version", says),
        VersionError::WhichTeam(_) => Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "no_team_named", says),
        VersionError::NoSuchTeam { .. } => Problem::new(StatusCode::NOT_FOUND, "unknown_team", says),
    }
}

async fn whole_log(doors: &Doors, here: &Here) -> Result<Vec<StoredRow>, Problem> {
    Ok(doors.store.read_whole_log(&record::stream_of(&here.exercise.id)).await?)
}
