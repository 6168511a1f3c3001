//! Teams of the day join its exercises: those that are there, and those that come later. Each side writes itself
//! down first and looks at the other then, so of any two at least one sees the other; twice changes nothing.

use crate::{
    live::{Exercise, Refusal, http::Doors},
    problem::Problem,
    store::DayTeam,
};

/// Teams join an exercise that has not ended, in their order.
pub(super) async fn enrol(exercise: &Exercise, teams: &[DayTeam]) -> Result<(), Refusal> {
    for DayTeam { team, name, language, .. } in teams {
        if exercise.read(|state, _| state.team(team).is_some()) {
            continue;
        }
        match exercise.enrol(team, name, language).await {
            Err(refusal) if refusal.code() == "team_exists" => {}
            // It is over: there is nothing to play in it any more.
            Err(refusal) if refusal.code() == "wrong_stage" => return Ok(()),
            done => {
                done?;
            }
        }
    }
    Ok(())
}

/// All teams of a programme join an exercise.
pub(super) async fn enrol_all(doors: &Doors, programme: &str, exercise: &Exercise) -> Result<(), Problem> {
    let teams = doors.store.day_teams(programme).await?;
    Ok(enrol(exercise, &teams).await?)
}

/// Teams join every exercise of a programme. One that cannot take them now does when somebody enters.
pub(super) async fn enrol_everywhere(doors: &Doors, programme: &str, teams: &[DayTeam]) -> Result<(), Problem> {
    for one in doors.store.day_exercises(programme).await? {
        let joined: Result<(), Problem> = async {
            match doors.live.exercise(&one.exercise).await? {
                Some(exercise) => Ok(enrol(&exercise, teams).await?),
                None => Ok(()),
            }
        }
        .await;
        if let Err(problem) = joined {
            tracing::warn!(exercise = %one.exercise, code = problem.code(), "teams of the day could not join yet");
        }
    }
    Ok(())
}
