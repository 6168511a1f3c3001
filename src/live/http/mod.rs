//! Routes of exercises. Each handler reads the same way: who asks, may they, do it, answer.

mod archive;
mod codes;
mod coming;
mod drafts;
mod exercises;
mod findings;
mod indicators;
mod joining;
mod marking;
mod paper;
mod personal;
mod play;
mod readiness;
mod replay;
mod results;
mod roll;
mod sides;
mod taxonomies;
mod uploads;

use std::{net::IpAddr, sync::Arc};

use axum::{
    extract::FromRequestParts,
    http::{StatusCode, request::Parts},
};
use utoipa_axum::{router::OpenApiRouter, routes};

pub use exercises::{open_exercise, read_pack};
pub(crate) use joining::{checked_language, checked_name, used_up};

use super::{Exercise, Intake, Live, LiveError, Refusal, api::Seat, personal::Privacy};
use crate::{
    account::{Accounts, Caller},
    audit::{By, Deed},
    clock::Clock,
    engine::{
        id::{ExerciseId, PersonId, TeamId},
        role::{Action, Relation},
        view::Viewer,
    },
    http::{Path, limits::Client},
    id::Random,
    problem::Problem,
    store::Store,
};

/// What the routes need.
#[derive(Clone)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Doors {
    pub live: Live,
    pub accounts: Accounts,
    pub store: Store,
    pub clock: Clock,
    pub random: Random,
    pub intake: Intake,
    pub privacy: Privacy,
}

/// Routes that watch the time themselves, because what they take may come over a slow line.
pub const PATIENT: [&str; 1] = ["/api/v1/exercises/{exercise}/uploads"];

/// The routes, with their description, under their whole paths.
#[must_use]
pub fn routes() -> OpenApiRouter<Doors> {
    OpenApiRouter::new()
        .routes(routes!(exercises::scenarios))
        .routes(routes!(exercises::list, exercises::create))
        .routes(routes!(exercises::show))
        .routes(routes!(exercises::add_team))
        .routes(routes!(exercises::take_seat))
        .routes(routes!(joining::preview))
        .routes(routes!(joining::join))
        .routes(routes!(joining::links, joining::mint))
        .routes(routes!(joining::revoke))
        .routes(routes!(roll::preview_roll))
        .routes(routes!(roll::make_roll))
        .routes(routes!(codes::mint_code))
        .routes(routes!(codes::enter_code))
        .routes(routes!(readiness::readiness, readiness::sign))
        .routes(routes!(readiness::sample))
        .routes(routes!(play::seat))
        .routes(routes!(play::ticket))
        .routes(routes!(play::socket))
        .routes(routes!(play::events))
        .routes(routes!(play::snapshot))
        .routes(routes!(play::command))
        .routes(routes!(play::preview_act))
        .routes(routes!(play::file))
        .routes(routes!(coming::coming))
        .routes(routes!(marking::marking))
        .routes(routes!(marking::judging))
        .routes(routes!(uploads::hand_in))
        .routes(routes!(drafts::draft, drafts::keep_draft, drafts::drop_draft))
        .routes(routes!(indicators::recognise))
        .routes(routes!(replay::replay))
        .routes(routes!(replay::marks))
        .routes(routes!(results::log))
        .routes(routes!(results::export))
        .routes(routes!(archive::archive))
        .routes(routes!(results::score))
        .routes(routes!(findings::findings))
        .routes(routes!(results::report))
        .routes(routes!(results::report_page))
        .routes(routes!(paper::report_pdf))
        .routes(routes!(results::report_csv))
        .routes(routes!(results::report_xlsx))
        .routes(routes!(personal::mine))
        .routes(routes!(personal::erase_own_name))
        .routes(routes!(personal::erase))
        .routes(routes!(personal::retention, personal::set_retention))
        .routes(routes!(taxonomies::attack_techniques))
        .routes(routes!(taxonomies::rsit_classes))
}

impl Doors {
    /// A place as its holder is told of it.
    pub async fn seat_of(&self, seat: String, exercise: &ExerciseId, viewer: Viewer) -> Result<Seat, Problem> {
        let person = self.store.person(exercise, &viewer.person).await?.ok_or_else(forbidden)?;
        Ok(Seat {
            seat,
            exercise: exercise.clone(),
            person: viewer.person,
            name: person.name,
            role: viewer.role,
            team: viewer.team,
            language: person.language,
        })
    }
}

/// The exercise named in the path, and the person in it who asks.
pub(crate) struct Here {
    pub(crate) exercise: Arc<Exercise>,
    person: PersonId,
    caller: Caller,
    viewer: Viewer,
}

impl Here {
    /// Refuses unless the person's role allows an action beyond its own team.
    pub(crate) fn allow(&self, action: Action) -> Result<(), Problem> {
        if self.viewer.may(action, Relation::Other) { Ok(()) } else { Err(forbidden()) }
    }

    /// Notes an administrative act of the caller.
    async fn note(&self, doors: &Doors, client: Client, deed: Deed) -> Result<(), Problem> {
        Ok(doors.accounts.audit().note(&By::new(self.caller.who(), client.0), &deed).await?)
    }

    /// Notes that something of the exercise leaves the platform.
    async fn note_export(&self, doors: &Doors, from: Option<IpAddr>, what: &str) {
        let deed = Deed::ExerciseExported { exercise: self.exercise.id.clone(), what: what.to_owned() };
        // Where nothing can be stored any more, taking the log away may be all that is left to do.
        if let Err(error) = doors.accounts.audit().note(&By::new(self.caller.who(), from), &deed).await {
            tracing::error!(error = &error as &dyn std::error::Error, what, "an export could not be noted");
        }
    }

    /// The person's own team; refuses unless the person's role allows an action there.
    fn own_team(&self, action: Action) -> Result<&TeamId, Problem> {
        let team = self.viewer.team.as_ref().filter(|_| self.viewer.may(action, Relation::Own));
        team.ok_or_else(forbidden)
    }
}

impl FromRequestParts<Doors> for Here {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, doors: &Doors) -> Result<Self, Problem> {
        let Path(InExercise { exercise: id }) = Path::from_request_parts(parts, doors).await?;
        let caller = doors.accounts.caller(parts, Some(&id)).await?;
        // Somebody without a role here does not learn whether the exercise exists.
        let person = caller.person.clone().ok_or_else(forbidden)?;
        let exercise = doors.live.exercise(&id).await?.ok_or_else(forbidden)?;
        let viewer = exercise.viewer(&person).ok_or_else(forbidden)?;
        Ok(Self { exercise, person, caller, viewer })
    }
}

fn forbidden() -> Problem {
    Problem::forbidden("you have no role in this exercise that allows this")
}

fn no_account() -> Problem {
    Problem::unauthorized("sign in first")
}

/// The first parameter of the paths below an exercise.
#[derive(serde::Deserialize)]
struct InExercise {
    exercise: ExerciseId,
}

/// Refusals that the present state is the reason of: the same may be right a moment later. So are all
/// that begin with `already_`.
const CONFLICTS: [&str; 39] = [
    "alias_taken",
    "appeals_closed",
    "break_gone",
    "call_open",
    "inject_exists",
    "key_reused",
    "last_director",
    "link_down",
    "no_alias",
    "no_comcheck",
    "no_teams",
    "not_behind",
    "not_cut",
    "not_held",
    "not_paused",
    "not_recalled",
    "not_released",
    "not_scheduled",
    "not_suspended",
    "not_vetoed",
    "nothing_ahead",
    "nothing_to_fit",
    "nothing_to_undo",
    "open_calls",
    "order_incomplete",
    "other_side",
    "role_taken",
    "scope_fixed",
    "scores_not_out",
    "scores_out",
    "scores_vetoed",
    "still_suspended",
    "team_exists",
    "unanswered_calls",
    "unmarked_answers",
    "wrong_stage",
    "wrong_step",
    "tray_empty",
    "team_suspended",
];

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        let code = refusal.code();
        let status = match code {
            "forbidden" => StatusCode::FORBIDDEN,
            code if code.starts_with("unknown_") => StatusCode::NOT_FOUND,
            code if code.starts_with("already_") || CONFLICTS.contains(&code) => StatusCode::CONFLICT,
            "unavailable" => return Self::unavailable(refusal),
            "taken_over" => StatusCode::SERVICE_UNAVAILABLE,
            _ => StatusCode::UNPROCESSABLE_ENTITY,
        };
        Self::new(status, code, refusal.to_string()).naming(refusal.values())
    }
}

impl From<LiveError> for Problem {
    fn from(error: LiveError) -> Self {
        match error {
            LiveError::Refused(refusal) => refusal.into(),
            LiveError::Store(error) => error.into(),
            LiveError::Append(error) => Self::unavailable(error),
            LiveError::Load(error) => Self::internal(error),
        }
    }
}
