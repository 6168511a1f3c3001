//! Many join links at once, of a list: every line is looked at before anything is made, and then all are made or none.

use std::collections::BTreeMap;

use axum::{extract::State, http::StatusCode};

use super::{
    Doors, Here,
    joining::{minted, shown},
};
use crate::{
    account::{Flaw, LinkTerms, RollError, RollLine, read_roll},
    engine::{
        command::{Act, Actor, AddTeams, Command, NewTeam, Order},
        id::TeamId,
        role::Action,
        text::Language,
    },
    http::{Json, limits::Client},
    live::{
        api::NewLink,
        door::{PostRoll, Roll, RollMade, RollRow},
    },
    problem::{Problem, ProblemBody},
};

/// What a list would make, line by line. Nothing is made.
#[utoipa::path(post, path = "/api/v1/exercises/{exercise}/links/preview", tag = "joining", request_body = PostRoll,
    params(("exercise" = String, Path), ("seat" = Option<String>, Query)),
    responses((status = 200, body = Roll), (status = 403, body = ProblemBody), (status = 422, body = ProblemBody)))]
pub(super) async fn preview_roll(
    State(doors): State<Doors>,
    here: Here,
    Json(wanted): Json<PostRoll>,
) -> Result<Json<Roll>, Problem> {
    let (lines, teams) = checked(&doors, &here, &wanted)?;
    let good = lines.iter().all(|line| line.flaws.is_empty());
    let new_teams = teams.into_iter().map(|team| team.team).collect();
    Ok(Json(Roll { rows: lines.into_iter().map(row).collect(), new_teams, good }))
}

/// Makes every link of a list, and the teams that it names, if nothing at all is wrong with it.
#[utoipa::path(post, path = "/api/v1/exercises/{exercise}/links/list", tag = "joining", request_body = PostRoll,
    params(("exercise" = String, Path), ("seat" = Option<String>, Query)),
    responses((status = 201, body = RollMade), (status = 403, body = ProblemBody), (status = 422, body = ProblemBody)))]
pub(super) async fn make_roll(
    State(doors): State<Doors>,
    client: Client,
    here: Here,
    Json(wanted): Json<PostRoll>,
) -> Result<(StatusCode, Json<RollMade>), Problem> {
    let (rows, teams) = checked(&doors, &here, &wanted)?;
    let wanted_links: Vec<LinkTerms> = rows.iter().filter_map(RollLine::terms).collect();
    if wanted_links.len() < rows.len() {
        let detail = "something is wrong in this list: look at its preview; nothing was made";
        return Err(Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "bad_roll", detail));
    }
    if !teams.is_empty() {
        // One act: every team or none. Should the links fail after it, the same list makes them later.
        let act = Act::AddTeams(AddTeams { teams });
        here.exercise.ask(&here.person, &wanted.key, act, doors.clock.now()).await?;
    }
    let made = doors.accounts.mint_links(&here.exercise.id, wanted_links).await?;
    for (link, _) in &made {
        here.note(&doors, client, minted(link)).await?;
    }
    let links = made.into_iter().map(|(link, secret)| NewLink { link: shown(link), path: format!("/join#{secret}") });
    Ok((StatusCode::CREATED, Json(RollMade { links: links.collect() })))
}

/// The lines with everything that is wrong with them, and the teams that would have to be made.
fn checked(doors: &Doors, here: &Here, wanted: &PostRoll) -> Result<(Vec<RollLine>, Vec<NewTeam>), Problem> {
    here.allow(Action::ManagePeople)?;
    let mut lines = read_roll(&wanted.csv, doors.clock.now()).map_err(refused)?;
    let mut new: BTreeMap<TeamId, NewTeam> = BTreeMap::new();
    let mut then = here.exercise.read(|state, _| state.clone());
    for line in &mut lines {
        let Some(team) = line.team.clone().filter(|_| line.flaws.is_empty()) else { continue };
        match new.get(&team) {
            // The first line of a new team says what it is called; the others may repeat it.
            Some(known) if !line.team_name.is_empty() && known.name != line.team_name => {
                line.flaws.push(Flaw::TeamName);
            }
            Some(_) => {}
            None if then.team(&team).is_some() => {}
            None if !wanted.create_teams => line.flaws.push(Flaw::UnknownTeam),
            None if line.team_name.is_empty() => line.flaws.push(Flaw::TeamName),
            None => {
                let language = line.language.clone().unwrap_or_else(|| Language::from("en"));
                let (name, cohort, alias) = (line.team_name.clone(), None, None);
                let one = NewTeam { team: team.clone(), name, language, cohort, alias };
                match tried(doors, here, &mut then, &one) {
                    Ok(()) => _ = new.insert(team, one),
                    Err(flaw) => line.flaws.push(flaw),
                }
            }
        }
    }
    // In the order of the list, for teams join in it.
    let mut ordered = Vec::new();
    for line in &lines {
        ordered.extend(line.team.as_ref().and_then(|team| new.remove(team)));
    }
    Ok((lines, ordered))
}

/// Adds a team to a copy of the state, as it would be added.
fn tried(doors: &Doors, here: &Here, then: &mut crate::engine::state::State, team: &NewTeam) -> Result<(), Flaw> {
    let now = doors.clock.now();
    let order = Order::Act(Act::AddTeams(AddTeams { teams: vec![team.clone()] }));
    let actor = Actor::Person(here.person.clone());
    let command = Command { actor, received_at: now, mint: doors.random.mint(), order };
    let events = then.decide(&command, now).map_err(|_why| Flaw::TeamRefused)?;
    for event in &events {
        then.apply(event);
    }
    Ok(())
}

fn row(line: RollLine) -> RollRow {
    RollRow {
        line: line.line,
        role: line.role,
        team: line.team,
        team_name: line.team_name,
        language: line.language,
        uses: line.uses.unwrap_or(1),
        label: line.label,
        expires_at: line.expires_at,
        flaws: line.flaws,
    }
}

fn refused(error: RollError) -> Problem {
    match error {
        RollError::Unreadable => Problem::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "roll_unreadable",
            "this is no list: save it as CSV with the coding UTF-8",
        ),
        RollError::Empty => Problem::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "roll_empty",
            "there is no line below the names of the columns",
        ),
        RollError::TooLong => Problem::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "roll_too_long",
            "a list has at most 1,000 lines and 256 KiB: take it in parts",
        ),
        RollError::NoRole => Problem::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "roll_no_role",
            "there is no column `role`: the first line names the columns",
        ),
    }
}
