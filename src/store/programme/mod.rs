//! Programmes: days on which several exercises share organisations, teams, people and links. What happens in an
//! exercise stays in its log; here is who takes part in all of them, and as what.

mod link;
mod person;

use crate::engine::{
    id::{ExerciseId, TeamId},
    text::Language,
    time::Timestamp,
};

pub use link::{DayLink, DayLinkUse};
pub use person::{DayPerson, DayPlace, DayRole};

use super::{
    Store, StoreError,
    db::{reading, writing},
    value::Column,
};

/// A programme.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Programme {
    pub id: String,
    pub title: String,
    /// Id of the account that organises it.
    pub owner: String,
    pub created_at: Timestamp,
}

/// An organisation that sends teams or people.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Organisation {
    pub id: String,
    pub name: String,
    /// ISO 3166-1 alpha-2.
    pub country: Option<String>,
    pub kind: String,
}

/// A team of the day: it is in every exercise under the same id.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub struct DayTeam {
    pub team: TeamId,
    pub name: String,
    pub language: Language,
    /// Id of the organisation that sends it.
    pub organisation: Option<String>,
    pub created_at: Timestamp,
}

/// An exercise of the day.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub struct DayExercise {
    pub exercise: ExerciseId,
    /// Its place in the order of the day.
    pub position: u32,
    pub planned_start: Option<Timestamp>,
    /// Id of the account that directs it.
    pub lead: String,
}

type ProgrammeColumns = (String, String, String, i64);
type TeamColumns = (String, String, String, Option<String>, i64);
type ExerciseColumns = (String, i64, Option<i64>, String);

fn programme((id, title, owner, created_at): ProgrammeColumns) -> Programme {
    Programme { id, title, owner, created_at: Timestamp(created_at) }
}

fn team((team, name, language, organisation, created_at): TeamColumns) -> DayTeam {
    let (team, language) = (TeamId(team), Language(language));
    DayTeam { team, name, language, organisation, created_at: Timestamp(created_at) }
}

fn exercise((exercise, position, planned_start, lead): ExerciseColumns) -> Result<DayExercise, StoreError> {
    const POSITION: Column = Column { table: "programme_exercises", name: "position" };
    let (exercise, position) = (ExerciseId(exercise), POSITION.count(position)?);
    Ok(DayExercise { exercise, position, planned_start: planned_start.map(Timestamp), lead })
}

impl Store {
    /// Adds a programme.
    pub async fn create_programme(&self, programme: &Programme) -> Result<(), StoreError> {
        writing!(self, |pool| {
            sqlx::query("INSERT INTO programmes (id, title, owner, created_at) VALUES ($1, $2, $3, $4)")
                .bind(&programme.id)
                .bind(&programme.title)
                .bind(&programme.owner)
                .bind(programme.created_at.0)
                .execute(pool)
                .await?;
        });
        Ok(())
    }

    /// A programme.
    pub async fn programme(&self, id: &str) -> Result<Option<Programme>, StoreError> {
        let found: Option<ProgrammeColumns> = reading!(self, |pool| {
            sqlx::query_as("SELECT id, title, owner, created_at FROM programmes WHERE id = $1")
                .bind(id)
                .fetch_optional(pool)
                .await?
        });
        Ok(found.map(programme))
    }

    /// The programmes that an account organises, or leads an exercise of; the newest first.
    pub async fn programmes_of(&self, account: &str) -> Result<Vec<Programme>, StoreError> {
        let found: Vec<ProgrammeColumns> = reading!(self, |pool| {
            sqlx::query_as(
                "SELECT id, title, owner, created_at FROM programmes
                 WHERE owner = $1 OR id IN (SELECT programme FROM programme_exercises WHERE lead = $1)
                 ORDER BY created_at DESC, id DESC",
            )
            .bind(account)
            .fetch_all(pool)
            .await?
        });
        Ok(found.into_iter().map(programme).collect())
    }

    /// Adds an organisation to a programme. False if there is one with its id.
    pub async fn add_organisation(&self, programme: &str, organisation: &Organisation) -> Result<bool, StoreError> {
        let added = writing!(self, |pool| {
            sqlx::query(
                "INSERT INTO programme_organisations (programme, organisation, name, country, kind)
                 VALUES ($1, $2, $3, $4, $5) ON CONFLICT (programme, organisation) DO NOTHING",
            )
            .bind(programme)
            .bind(&organisation.id)
            .bind(&organisation.name)
            .bind(organisation.country.as_deref())
            .bind(&organisation.kind)
            .execute(pool)
            .await?
            .rows_affected()
        });
        Ok(added == 1)
    }

    /// The organisations of a programme, by name.
    pub async fn organisations(&self, programme: &str) -> Result<Vec<Organisation>, StoreError> {
        let found: Vec<(String, String, Option<String>, String)> = reading!(self, |pool| {
            sqlx::query_as("SELECT organisation, name, country, kind FROM programme_organisations WHERE programme = $1")
                .bind(programme)
                .fetch_all(pool)
                .await?
        });
        let organisation = |(id, name, country, kind)| Organisation { id, name, country, kind };
        let mut organisations: Vec<Organisation> = found.into_iter().map(organisation).collect();
        // Databases sort text each in their own way.
        organisations.sort_by(|one, other| (&one.name, &one.id).cmp(&(&other.name, &other.id)));
        Ok(organisations)
    }

    /// Adds a team to a programme. False if there is one with its id.
    pub async fn add_day_team(&self, programme: &str, team: &DayTeam) -> Result<bool, StoreError> {
        let added = writing!(self, |pool| {
            sqlx::query(
                "INSERT INTO programme_teams (programme, team, name, language, organisation, created_at)
                 VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (programme, team) DO NOTHING",
            )
            .bind(programme)
            .bind(team.team.as_str())
            .bind(&team.name)
            .bind(&team.language.0)
            .bind(team.organisation.as_deref())
            .bind(team.created_at.0)
            .execute(pool)
            .await?
            .rows_affected()
        });
        Ok(added == 1)
    }

    /// The teams of a programme, in the order in which they were added.
    pub async fn day_teams(&self, programme: &str) -> Result<Vec<DayTeam>, StoreError> {
        let found: Vec<TeamColumns> = reading!(self, |pool| {
            sqlx::query_as(
                "SELECT team, name, language, organisation, created_at FROM programme_teams WHERE programme = $1",
            )
            .bind(programme)
            .fetch_all(pool)
            .await?
        });
        let mut teams: Vec<DayTeam> = found.into_iter().map(team).collect();
        teams.sort_by(|one, other| (one.created_at, &one.team).cmp(&(other.created_at, &other.team)));
        Ok(teams)
    }

    /// Puts an exercise into a programme.
    pub async fn add_day_exercise(&self, programme: &str, exercise: &DayExercise) -> Result<(), StoreError> {
        writing!(self, |pool| {
            sqlx::query(
                "INSERT INTO programme_exercises (exercise, programme, position, planned_start, lead)
                 VALUES ($1, $2, $3, $4, $5)",
            )
            .bind(exercise.exercise.as_str())
            .bind(programme)
            .bind(i64::from(exercise.position))
            .bind(exercise.planned_start.map(|at| at.0))
            .bind(&exercise.lead)
            .execute(pool)
            .await?;
        });
        Ok(())
    }

    /// The exercises of a programme, in the order of the day.
    pub async fn day_exercises(&self, programme: &str) -> Result<Vec<DayExercise>, StoreError> {
        let found: Vec<ExerciseColumns> = reading!(self, |pool| {
            sqlx::query_as(
                "SELECT exercise, position, planned_start, lead FROM programme_exercises WHERE programme = $1",
            )
            .bind(programme)
            .fetch_all(pool)
            .await?
        });
        let mut exercises: Vec<DayExercise> = found.into_iter().map(exercise).collect::<Result<_, _>>()?;
        exercises.sort_by(|one, other| (one.position, &one.exercise).cmp(&(other.position, &other.exercise)));
        Ok(exercises)
    }

    /// Moves an exercise in the day. False if the programme has no such exercise.
    pub async fn plan_day_exercise(
        &self,
        programme: &str,
        exercise: &ExerciseId,
        position: u32,
        planned_start: Option<Timestamp>,
    ) -> Result<bool, StoreError> {
        let moved = writing!(self, |pool| {
            sqlx::query(
                "UPDATE programme_exercises SET position = $1, planned_start = $2
                 WHERE programme = $3 AND exercise = $4",
            )
            .bind(i64::from(position))
            .bind(planned_start.map(|at| at.0))
            .bind(programme)
            .bind(exercise.as_str())
            .execute(pool)
            .await?
            .rows_affected()
        });
        Ok(moved == 1)
    }
}
