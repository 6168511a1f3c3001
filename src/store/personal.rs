//! What tells who people are, how long it is kept, and how it goes.

use crate::engine::{
    id::{ExerciseId, FileHash, PersonId},
    time::Timestamp,
};

use super::{
    Store, StoreError,
    db::{reading, writing},
    value::Column,
};

/// How much goes when what is personal has been kept long enough.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum RetentionScope {
    /// Names, seats, links and drafts. What teams wrote stays, under pseudonyms.
    Names,
    /// All that, and every text that people wrote and every file that they handed in.
    Texts,
}

impl RetentionScope {
    fn name(self) -> &'static str {
        match self {
            Self::Names => "names",
            Self::Texts => "texts",
        }
    }
}

/// How long an exercise keeps what tells who people are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Retention {
    /// Days behind the end of play.
    pub days: u32,
    /// What goes then.
    pub scope: RetentionScope,
    /// When it went.
    pub done_at: Option<Timestamp>,
}

impl Store {
    /// What somebody has said about how long an exercise keeps what is personal.
    pub async fn retention(&self, exercise: &ExerciseId) -> Result<Option<Retention>, StoreError> {
        const DAYS: Column = Column { table: "retention", name: "days" };
        const SCOPE: Column = Column { table: "retention", name: "scope" };
        let found: Option<(i64, String, Option<i64>)> = reading!(self, |pool| {
            sqlx::query_as("SELECT days, scope, done_at FROM retention WHERE exercise = $1")
                .bind(exercise.as_str())
                .fetch_optional(pool)
                .await?
        });
        let Some((days, scope, done_at)) = found else { return Ok(None) };
        let scope = match scope.as_str() {
            "names" => RetentionScope::Names,
            "texts" => RetentionScope::Texts,
            other => return Err(SCOPE.inconsistent(other)),
        };
        Ok(Some(Retention { days: DAYS.count(days)?, scope, done_at: done_at.map(Timestamp) }))
    }

    /// Says how long an exercise keeps what is personal. What is gone already stays gone.
    pub async fn put_retention(
        &self,
        exercise: &ExerciseId,
        days: u32,
        scope: RetentionScope,
    ) -> Result<(), StoreError> {
        writing!(self, |pool| {
            sqlx::query(
                "INSERT INTO retention (exercise, days, scope) VALUES ($1, $2, $3)
                 ON CONFLICT (exercise) DO UPDATE SET days = excluded.days, scope = excluded.scope",
            )
            .bind(exercise.as_str())
            .bind(i64::from(days))
            .bind(scope.name())
            .execute(pool)
            .await?;
        });
        Ok(())
    }

    /// Notes that what is personal is gone, with what held for it.
    pub async fn note_retired(
        &self,
        exercise: &ExerciseId,
        held: &Retention,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        writing!(self, |pool| {
            sqlx::query(
                "INSERT INTO retention (exercise, days, scope, done_at) VALUES ($1, $2, $3, $4)
                 ON CONFLICT (exercise) DO UPDATE SET done_at = excluded.done_at",
            )
            .bind(exercise.as_str())
            .bind(i64::from(held.days))
            .bind(held.scope.name())
            .bind(now.0)
            .execute(pool)
            .await?;
        });
        Ok(())
    }

    /// When play of a log ended, or was called off; none while it goes on or has not begun.
    pub async fn ended_at(&self, stream: &str) -> Result<Option<Timestamp>, StoreError> {
        let (at,): (Option<i64>,) = reading!(self, |pool| {
            sqlx::query_as(
                "SELECT MAX(at) FROM log WHERE stream = $1 AND kind IN ('exercise_ended', 'exercise_cancelled')",
            )
            .bind(stream)
            .fetch_one(pool)
            .await?
        });
        Ok(at.map(Timestamp))
    }

    /// Notes that somebody was told at the door what is kept.
    pub async fn note_agreed(
        &self,
        exercise: &ExerciseId,
        person: &PersonId,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        writing!(self, |pool| {
            sqlx::query("UPDATE people SET agreed_at = $1 WHERE exercise = $2 AND person = $3")
                .bind(now.0)
                .bind(exercise.as_str())
                .bind(person.as_str())
                .execute(pool)
                .await?;
        });
        Ok(())
    }

    /// When somebody was told at the door what is kept, if it was there that they came in.
    pub async fn agreed_at(&self, exercise: &ExerciseId, person: &PersonId) -> Result<Option<Timestamp>, StoreError> {
        let found: Option<(Option<i64>,)> = reading!(self, |pool| {
            sqlx::query_as("SELECT agreed_at FROM people WHERE exercise = $1 AND person = $2")
                .bind(exercise.as_str())
                .bind(person.as_str())
                .fetch_optional(pool)
                .await?
        });
        Ok(found.and_then(|(at,)| at).map(Timestamp))
    }

    /// Drops what somebody has typed and not sent.
    pub async fn drop_drafts_of(&self, exercise: &ExerciseId, person: &PersonId) -> Result<(), StoreError> {
        writing!(self, |pool| {
            sqlx::query("UPDATE drafts SET body = NULL, version = version + 1 WHERE exercise = $1 AND person = $2")
                .bind(exercise.as_str())
                .bind(person.as_str())
                .execute(pool)
                .await?;
        });
        Ok(())
    }

    /// Takes every join link of an exercise back.
    pub async fn revoke_links(&self, exercise: &ExerciseId, now: Timestamp) -> Result<(), StoreError> {
        writing!(self, |pool| {
            sqlx::query("UPDATE join_links SET revoked_at = $1 WHERE exercise = $2 AND revoked_at IS NULL")
                .bind(now.0)
                .bind(exercise.as_str())
                .execute(pool)
                .await?;
        });
        Ok(())
    }

    /// Puts a pseudonym in place of the name that somebody in an exercise has in the programme that led there.
    pub async fn erase_day_name(&self, exercise: &ExerciseId, person: &PersonId) -> Result<(), StoreError> {
        writing!(self, |pool| {
            sqlx::query(
                "UPDATE programme_people SET name = 'P-' || substr(id, 1, 6)
                 WHERE id IN (SELECT person FROM programme_places WHERE exercise = $1 AND seated_as = $2)",
            )
            .bind(exercise.as_str())
            .bind(person.as_str())
            .execute(pool)
            .await?;
        });
        Ok(())
    }

    /// Puts pseudonyms in place of the names of whole programmes, and takes their passes back, once what was personal is
    /// gone from every exercise of the day. Says how many people there were.
    pub async fn retire_programmes(&self, now: Timestamp) -> Result<u64, StoreError> {
        Ok(writing!(self, |pool| {
            sqlx::query(
                "UPDATE programme_people
                 SET name = 'P-' || substr(id, 1, 6), account = NULL, revoked_at = COALESCE(revoked_at, $1)
                 WHERE (revoked_at IS NULL OR name <> 'P-' || substr(id, 1, 6))
                 AND EXISTS (SELECT 1 FROM programme_exercises AS held WHERE held.programme = programme_people.programme)
                 AND NOT EXISTS (
                     SELECT 1 FROM programme_exercises AS held
                     LEFT JOIN retention ON retention.exercise = held.exercise
                     WHERE held.programme = programme_people.programme AND retention.done_at IS NULL
                 )",
            )
            .bind(now.0)
            .execute(pool)
            .await?
            .rows_affected()
        }))
    }

    /// Drops the bytes of a file that somebody handed in, unless a scenario has them or somebody handed in the same
    /// and was not erased. True if they are gone.
    pub async fn drop_handed_in(&self, hash: &FileHash) -> Result<bool, StoreError> {
        let dropped = writing!(self, |pool| {
            sqlx::query(
                "DELETE FROM files WHERE hash = $1
                 AND NOT EXISTS (SELECT 1 FROM exercise_files WHERE exercise_files.hash = $1)
                 AND NOT EXISTS (
                     SELECT 1 FROM log JOIN parts ON parts.stream = log.stream AND parts.seq = log.seq
                     WHERE log.kind = 'file_taken' AND log.body LIKE '%' || $1 || '%'
                 )",
            )
            .bind(hash.as_str())
            .execute(pool)
            .await?
            .rows_affected()
        });
        Ok(dropped == 1)
    }
}
