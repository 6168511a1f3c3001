//! What the exercises of a day share: organisations and teams.

use std::collections::BTreeSet;

use axum::{extract::State, http::StatusCode};

use super::checked;
use crate::{
    audit::{By, Deed},
    http::{Json, limits::Client},
    live::http::{Doors, checked_language, checked_name},
    problem::{Problem, ProblemBody},
    programme::{
        api::{AddDayTeams, AddOrganisations, DayOrganisation, DayTeamLine},
        enrol::enrol_everywhere,
        standing::Standing,
    },
    store::{DayTeam, Organisation},
};

/// Adds organisations: all of them or none.
#[utoipa::path(post, path = "/api/v1/programmes/{programme}/organisations", operation_id = "add_day_organisations", tag = "programmes",
    request_body = AddOrganisations, params(("programme" = String, Path)),
    responses((status = 201, body = [DayOrganisation]), (status = 403, body = ProblemBody), (status = 409, body = ProblemBody), (status = 422, body = ProblemBody)))]
pub(super) async fn add_organisations(
    State(doors): State<Doors>,
    Client(from): Client,
    standing: Standing,
    Json(AddOrganisations { organisations }): Json<AddOrganisations>,
) -> Result<(StatusCode, Json<Vec<DayOrganisation>>), Problem> {
    standing.organiser()?;
    checked::at_once(organisations.len())?;
    let programme = standing.programme.id.clone();
    let wanted: Vec<Organisation> = organisations.iter().map(organisation).collect::<Result<_, _>>()?;
    let known = doors.store.organisations(&programme).await?;
    let mut ids: BTreeSet<&str> = known.iter().map(|one| one.id.as_str()).collect();
    for one in &wanted {
        if !ids.insert(&one.id) {
            return Err(organisation_exists(&one.id));
        }
    }
    for one in &wanted {
        if !doors.store.add_organisation(&programme, one).await? {
            return Err(organisation_exists(&one.id));
        }
    }
    let organisations = wanted.iter().map(|one| one.id.clone()).collect();
    let deed = Deed::ProgrammeOrganisationsAdded { programme, organisations };
    doors.accounts.audit().note(&By::new(standing.who, from), &deed).await?;
    Ok((StatusCode::CREATED, Json(wanted.into_iter().filter_map(organisation_line).collect())))
}

fn organisation(wanted: &DayOrganisation) -> Result<Organisation, Problem> {
    let kind = serde_json::to_value(wanted.kind).ok();
    Ok(Organisation {
        id: checked::id(&wanted.organisation)?.to_owned(),
        name: checked_name(&wanted.name)?.to_owned(),
        country: wanted.country.as_deref().map(checked::country).transpose()?,
        kind: kind.as_ref().and_then(|kind| kind.as_str()).unwrap_or_default().to_owned(),
    })
}

/// An organisation as it is told; none if a later version of the server has put it there.
pub(super) fn organisation_line(kept: Organisation) -> Option<DayOrganisation> {
    let kind = serde_json::from_value(serde_json::Value::String(kept.kind)).ok()?;
    Some(DayOrganisation { organisation: kept.id, name: kept.name, country: kept.country, kind })
}

fn organisation_exists(id: &str) -> Problem {
    let detail = format!("there is an organisation '{id}' in this programme already");
    Problem::new(StatusCode::CONFLICT, "organisation_exists", detail)
}

/// Adds teams to the programme and to each of its exercises that has not ended: all of them or none.
#[utoipa::path(post, path = "/api/v1/programmes/{programme}/teams", operation_id = "add_day_teams", tag = "programmes", request_body = AddDayTeams,
    params(("programme" = String, Path)),
    responses((status = 201, body = [DayTeamLine]), (status = 403, body = ProblemBody), (status = 404, body = ProblemBody), (status = 409, body = ProblemBody), (status = 422, body = ProblemBody)))]
pub(super) async fn add_teams(
    State(doors): State<Doors>,
    Client(from): Client,
    standing: Standing,
    Json(AddDayTeams { teams }): Json<AddDayTeams>,
) -> Result<(StatusCode, Json<Vec<DayTeamLine>>), Problem> {
    standing.organiser()?;
    checked::at_once(teams.len())?;
    let programme = standing.programme.id.clone();
    let known = doors.store.day_teams(&programme).await?;
    let mut ids: BTreeSet<&str> = known.iter().map(|one| one.team.as_str()).collect();
    for one in &teams {
        if !ids.insert(one.team.as_str()) {
            return Err(team_exists(one.team.as_str()));
        }
    }
    let organisations = doors.store.organisations(&programme).await?;
    let now = doors.clock.now();
    let mut added = Vec::new();
    // A millisecond apart, so that they join each exercise in the order in which they were given.
    for (later, one) in (0..).zip(&teams) {
        if let Some(wanted) = &one.organisation
            && organisations.iter().all(|known| known.id != *wanted)
        {
            return Err(unknown_organisation(wanted));
        }
        added.push(DayTeam {
            team: checked::id(one.team.as_str())?.into(),
            name: checked_name(&one.name)?.to_owned(),
            language: checked_language(&one.language)?.clone(),
            organisation: one.organisation.clone(),
            created_at: crate::engine::time::Timestamp(now.0 + later),
        });
    }
    for one in &added {
        if !doors.store.add_day_team(&programme, one).await? {
            return Err(team_exists(one.team.as_str()));
        }
    }
    enrol_everywhere(&doors, &programme, &added).await?;
    let deed = Deed::ProgrammeTeamsAdded { programme, teams: added.iter().map(|one| one.team.clone()).collect() };
    doors.accounts.audit().note(&By::new(standing.who, from), &deed).await?;
    Ok((StatusCode::CREATED, Json(added.into_iter().map(team_line).collect())))
}

/// A team as it is told.
pub(super) fn team_line(DayTeam { team, name, language, organisation, .. }: DayTeam) -> DayTeamLine {
    DayTeamLine { team, name, language, organisation }
}

pub(super) fn unknown_organisation(id: &str) -> Problem {
    let detail = format!("there is no organisation '{id}' in this programme");
    Problem::new(StatusCode::NOT_FOUND, "unknown_organisation", detail)
}

fn team_exists(id: &str) -> Problem {
    let detail = format!("there is a team '{id}' in this programme already");
    Problem::new(StatusCode::CONFLICT, "team_exists", detail).naming([("team".to_owned(), id.to_owned())].into())
}
