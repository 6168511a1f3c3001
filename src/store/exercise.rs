//! Exercises, and the people in them. What happens in an exercise is in its log; here is what is
//! needed to find it, and the names, which never enter a log.

use crate::engine::{
    id::{ExerciseId, PersonId},
    text::Language,
    time::{Rate, Timestamp},
};

use super::{
    Store, StoreError,
    db::{reading, writing},
    value::Column,
};

/// An exercise as lists show it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Exercise {
    pub id: ExerciseId,
    pub title: String,
    /// The scenario that it was made from, by name.
    pub scenario: String,
    /// Where it stands, as the engine's `Stage` prints it.
    pub state: String,
    pub rate: Rate,
    pub created_at: Timestamp,
}

/// A person in one exercise.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Person {
    pub id: PersonId,
    pub name: String,
    pub language: Language,
}

type Columns = (String, String, String, String, i64, i64);

fn exercise((id, title, scenario, state, rate, created_at): Columns) -> Result<Exercise, StoreError> {
    const RATE: Column = Column { table: "exercises", name: "rate" };
    let rate = Rate(RATE.count(rate)?);
    Ok(Exercise { id: ExerciseId(id), title, scenario, state, rate, created_at: Timestamp(created_at) })
}

impl Store {
    /// Adds an exercise.
    pub async fn create_exercise(&self, exercise: &Exercise) -> Result<(), StoreError> {
        writing!(self, |pool| {
            sqlx::query(
                "INSERT INTO exercises (id, title, scenario, state, rate, created_at)
                 VALUES ($1, $2, $3, $4, $5, $6)",
            )
            .bind(exercise.id.as_str())
            .bind(&exercise.title)
            .bind(&exercise.scenario)
            .bind(&exercise.state)
            .bind(i64::from(exercise.rate.0))
            .bind(exercise.created_at.0)
            .execute(pool)
            .await?;
        });
        Ok(())
    }

    /// Every exercise, the newest first.
    pub async fn exercises(&self) -> Result<Vec<Exercise>, StoreError> {
        let found: Vec<Columns> = reading!(self, |pool| {
            sqlx::query_as(
                "SELECT id, title, scenario, state, rate, created_at FROM exercises
                 ORDER BY created_at DESC, id DESC",
            )
            .fetch_all(pool)
            .await?
        });
        found.into_iter().map(exercise).collect()
    }

    /// One exercise.
    pub async fn exercise(&self, id: &ExerciseId) -> Result<Option<Exercise>, StoreError> {
        let found: Option<Columns> = reading!(self, |pool| {
            sqlx::query_as("SELECT id, title, scenario, state, rate, created_at FROM exercises WHERE id = $1")
                .bind(id.as_str())
                .fetch_optional(pool)
                .await?
        });
        found.map(exercise).transpose()
    }

    /// Notes where an exercise stands. A running one does it by its batches.
    pub async fn set_exercise_state(&self, id: &ExerciseId, state: &str) -> Result<(), StoreError> {
        writing!(self, |pool| {
            sqlx::query("UPDATE exercises SET state = $1 WHERE id = $2")
                .bind(state)
                .bind(id.as_str())
                .execute(pool)
                .await?;
        });
        Ok(())
    }

    /// Adds a person to an exercise, or changes name and language of one who is there.
    pub async fn put_person(&self, exercise: &ExerciseId, person: &Person) -> Result<(), StoreError> {
        writing!(self, |pool| {
            sqlx::query(
                "INSERT INTO people (exercise, person, name, language) VALUES ($1, $2, $3, $4)
                 ON CONFLICT (exercise, person) DO UPDATE SET name = excluded.name, language = excluded.language",
            )
            .bind(exercise.as_str())
            .bind(person.id.as_str())
            .bind(&person.name)
            .bind(&person.language.0)
            .execute(pool)
            .await?;
        });
        Ok(())
    }

    /// A person in an exercise.
    pub async fn person(&self, exercise: &ExerciseId, id: &PersonId) -> Result<Option<Person>, StoreError> {
        let found: Option<(String, String)> = reading!(self, |pool| {
            sqlx::query_as("SELECT name, language FROM people WHERE exercise = $1 AND person = $2")
                .bind(exercise.as_str())
                .bind(id.as_str())
                .fetch_optional(pool)
                .await?
        });
        Ok(found.map(|(name, language)| Person { id: id.clone(), name, language: Language(language) }))
    }

    /// Everybody in an exercise, by id.
    pub async fn people(&self, exercise: &ExerciseId) -> Result<Vec<Person>, StoreError> {
        let found: Vec<(String, String, String)> = reading!(self, |pool| {
            sqlx::query_as("SELECT person, name, language FROM people WHERE exercise = $1")
                .bind(exercise.as_str())
                .fetch_all(pool)
                .await?
        });
        let person = |(id, name, language)| Person { id: PersonId(id), name, language: Language(language) };
        let mut people: Vec<Person> = found.into_iter().map(person).collect();
        // Databases sort text each in their own way.
        people.sort_by(|one, other| one.id.cmp(&other.id));
        Ok(people)
    }
}
