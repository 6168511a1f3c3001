//! The route that rehearses an exercise's plan as it stands, for staff. It plays in memory on the
//! side: nothing of it comes near the exercise's own log.

use std::{collections::BTreeMap, sync::Arc};

use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use tokio::sync::Semaphore;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    cast::Cast,
    many::rehearse_many,
    profile::{Profile, UnknownProfile},
    rehearse::rehearse,
};
use crate::{
    engine::{id::TeamId, plan::Plan, role::Action},
    http::{Json, Query},
    live::http::{Doors, Here},
    problem::{Problem, ProblemBody},
    report::rehearsal::{
        analyse,
        model::{Analysis, Frequencies, Terms},
    },
};

/// Most teams and runs of one request.
const MOST_TEAMS: usize = 20;
const MOST_RUNS: u32 = 50;
/// How many teams play where the exercise has none yet.
const TEAMS: usize = 5;
/// Rehearsals are worked off one at a time, on one core: play that is live comes first.
static TURN: Semaphore = Semaphore::const_new(1);

/// The routes, with their description, under their whole paths.
#[must_use]
pub fn routes() -> OpenApiRouter<Doors> {
    OpenApiRouter::new().routes(routes!(rehearsal))
}

/// A rehearsal of an exercise's plan.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PlanRehearsal {
    /// What chance was made from.
    pub seed: u64,
    /// How each team played.
    pub profiles: BTreeMap<TeamId, Profile>,
    /// What the rehearsal with that seed showed.
    pub analysis: Analysis,
    /// How often each inject went out in all runs.
    pub frequencies: Frequencies,
}

#[derive(Deserialize)]
struct Wanted {
    teams: Option<usize>,
    seed: Option<u64>,
    runs: Option<u32>,
    profiles: Option<String>,
    evaluators: Option<u32>,
}

/// Everything that a rehearsal needs, away from the exercise.
struct Rehearsing {
    plan: Arc<Plan>,
    plan_hash: String,
    cast: Cast,
    seed: u64,
    runs: u32,
    terms: Terms,
}

/// Rehearses the plan of an exercise with simulated teams, in memory. The teams are those of the
/// exercise, and invented ones if more are asked for.
#[utoipa::path(get, path = "/api/v1/exercises/{exercise}/rehearsal", tag = "results",
    params(("exercise" = String, Path), ("seat" = Option<String>, Query),
        ("teams" = Option<u32>, Query, description = "1 to 20; those of the exercise without it"),
        ("seed" = Option<u64>, Query, description = "What chance is made from; 1 without it"),
        ("runs" = Option<u32>, Query, description = "1 to 50, each with the next seed; 1 without it"),
        ("profiles" = Option<String>, Query, description = "How the teams play, in turn: fast,slow,silent,wrong,chatty"),
        ("evaluators" = Option<u32>, Query, description = "How many people share the marking; 2 without it")),
    responses((status = 200, body = PlanRehearsal), (status = 403, body = ProblemBody), (status = 422, body = ProblemBody)))]
async fn rehearsal(here: Here, Query(wanted): Query<Wanted>) -> Result<Json<PlanRehearsal>, Problem> {
    here.allow(Action::SeeGroundTruth)?;
    let rehearsing = wanted.of(&here)?;
    let turn = TURN.acquire().await.map_err(Problem::internal)?;
    let shown = tokio::task::spawn_blocking(move || {
        let shown = rehearsing.play();
        drop(turn);
        shown
    });
    Ok(Json(shown.await.map_err(Problem::internal)??))
}

impl Wanted {
    fn of(self, here: &Here) -> Result<Rehearsing, Problem> {
        let profiles = self.profiles.as_deref().unwrap_or_default().split(',').filter(|name| !name.is_empty());
        let profiles: Vec<Profile> = profiles
            .map(str::parse)
            .collect::<Result<_, UnknownProfile>>()
            .map_err(|unknown| bad(&unknown.to_string()))?;
        let runs = self.runs.unwrap_or(1);
        if !(1..=MOST_RUNS).contains(&runs) {
            return Err(bad(&format!(
                "a rehearsal on the server has 1 to {MOST_RUNS} runs; `drillhall rehearse` has more"
            )));
        }
        let evaluators = self.evaluators.unwrap_or(Terms::default().evaluators);
        if !(1..=1000).contains(&evaluators) {
            return Err(bad("1 to 1000 evaluators can share the marking"));
        }
        here.exercise.read(|state, _| {
            let present = if state.teams.is_empty() { TEAMS } else { state.teams.len().min(MOST_TEAMS) };
            let teams = self.teams.unwrap_or(present);
            if !(1..=MOST_TEAMS).contains(&teams) {
                return Err(bad(&format!("a rehearsal on the server has 1 to {MOST_TEAMS} teams")));
            }
            Ok(Rehearsing {
                plan: Arc::clone(&state.plan),
                plan_hash: state.plan_hash.clone(),
                cast: Cast::of_exercise(state, teams, &profiles),
                seed: self.seed.unwrap_or(1),
                runs,
                terms: Terms { evaluators, ..Terms::default() },
            })
        })
    }
}

impl Rehearsing {
    fn play(&self) -> Result<PlanRehearsal, Problem> {
        let Self { plan, plan_hash, cast, seed, runs, terms } = self;
        let rehearsal = rehearse(plan, plan_hash, cast, *seed).map_err(|error| bad(&error.to_string()))?;
        let analysis = analyse(&rehearsal.events, *terms).map_err(Problem::internal)?;
        let tally = rehearse_many(plan, plan_hash, cast, *seed, *runs, 1).map_err(|error| bad(&error.to_string()))?;
        Ok(PlanRehearsal { seed: *seed, profiles: cast.profiles(), analysis, frequencies: tally.frequencies(plan) })
    }
}

fn bad(detail: &str) -> Problem {
    Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "bad_rehearsal", detail)
}
