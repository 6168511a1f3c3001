//! Codes with which people take their seats along to another device. Kept as hashes, used once.

use crate::engine::{
    id::{ExerciseId, PersonId},
    time::Timestamp,
};

use super::{
    Store, StoreError,
    db::{reading, writing},
};

/// A code that a person may take the own seat along with.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub struct SeatCode {
    /// Hash of what is typed.
    pub code_hash: String,
    /// Hash of what a camera reads.
    pub token_hash: String,
    pub exercise: ExerciseId,
    pub person: PersonId,
    /// The join link that the person came with: seats taken with the code go when it takes its seats along.
    pub link: Option<String>,
    pub created_at: Timestamp,
    pub expires_at: Timestamp,
}

#[derive(sqlx::FromRow)]
struct Columns {
    code_hash: String,
    token_hash: String,
    exercise: String,
    person: String,
    link: Option<String>,
    created_at: i64,
    expires_at: i64,
}

impl From<Columns> for SeatCode {
    fn from(columns: Columns) -> Self {
        Self {
            code_hash: columns.code_hash,
            token_hash: columns.token_hash,
            exercise: ExerciseId(columns.exercise),
            person: PersonId(columns.person),
            link: columns.link,
            created_at: Timestamp(columns.created_at),
            expires_at: Timestamp(columns.expires_at),
        }
    }
}

impl Store {
    /// Keeps a code in place of whatever the person had, and forgets those whose time is over.
    pub async fn put_code(&self, code: &SeatCode) -> Result<(), StoreError> {
        writing!(self, |pool| {
            let mut together = pool.begin().await?;
            sqlx::query("DELETE FROM seat_codes WHERE (exercise = $1 AND person = $2) OR expires_at <= $3")
                .bind(code.exercise.as_str())
                .bind(code.person.as_str())
                .bind(code.created_at.0)
                .execute(&mut *together)
                .await?;
            sqlx::query(
                "INSERT INTO seat_codes (code_hash, token_hash, exercise, person, link, created_at, expires_at)
                 VALUES ($1, $2, $3, $4, $5, $6, $7)",
            )
            .bind(&code.code_hash)
            .bind(&code.token_hash)
            .bind(code.exercise.as_str())
            .bind(code.person.as_str())
            .bind(code.link.as_deref())
            .bind(code.created_at.0)
            .bind(code.expires_at.0)
            .execute(&mut *together)
            .await?;
            together.commit().await?;
        });
        Ok(())
    }

    /// Uses a code up, by either hash. Check and use are one statement: of any number at once, one succeeds.
    pub async fn use_code(&self, hash: &str, now: Timestamp) -> Result<Option<SeatCode>, StoreError> {
        let used: Option<Columns> = writing!(self, |pool| {
            sqlx::query_as(
                "UPDATE seat_codes SET used_at = $1
                 WHERE (code_hash = $2 OR token_hash = $2) AND used_at IS NULL AND expires_at > $1
                 RETURNING code_hash, token_hash, exercise, person, link, created_at, expires_at",
            )
            .bind(now.0)
            .bind(hash)
            .fetch_optional(pool)
            .await?
        });
        Ok(used.map(SeatCode::from))
    }

    /// Forgets the codes of a person.
    pub async fn drop_codes(&self, exercise: &ExerciseId, person: &PersonId) -> Result<(), StoreError> {
        writing!(self, |pool| {
            sqlx::query("DELETE FROM seat_codes WHERE exercise = $1 AND person = $2")
                .bind(exercise.as_str())
                .bind(person.as_str())
                .execute(pool)
                .await?;
        });
        Ok(())
    }

    /// How many codes could be used now.
    pub async fn live_codes(&self, now: Timestamp) -> Result<i64, StoreError> {
        let (count,): (i64,) = reading!(self, |pool| {
            sqlx::query_as("SELECT COUNT(*) FROM seat_codes WHERE used_at IS NULL AND expires_at > $1")
                .bind(now.0)
                .fetch_one(pool)
                .await?
        });
        Ok(count)
    }
}
