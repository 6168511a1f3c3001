//! Seats: the sessions of people in exercises. The secret in the cookie is kept as a hash only.

use crate::engine::{
    id::{ExerciseId, PersonId},
    role::Role,
    time::Timestamp,
};

use super::{
    Store, StoreError,
    db::{reading, writing},
    value::{Column, role_name},
};

/// A person's session in an exercise.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Seat {
    pub id: String,
    pub exercise: ExerciseId,
    pub person: PersonId,
    pub token_hash: String,
    /// The role it was given with; what the person may do now is in the log.
    pub role: Option<Role>,
    /// The join link that it was taken with.
    pub link: Option<String>,
    /// The session of the account that took it, by the hash of its secret: it ends with that.
    pub session: Option<String>,
    pub created_at: Timestamp,
    pub expires_at: Timestamp,
    pub revoked_at: Option<Timestamp>,
}

impl Seat {
    /// Whether it may still be used.
    #[must_use]
    pub fn is_valid(&self, now: Timestamp) -> bool {
        self.revoked_at.is_none() && now < self.expires_at
    }
}

#[derive(sqlx::FromRow)]
struct Columns {
    id: String,
    exercise: String,
    person: String,
    token_hash: String,
    role: Option<String>,
    link: Option<String>,
    session: Option<String>,
    created_at: i64,
    expires_at: i64,
    revoked_at: Option<i64>,
}

impl TryFrom<Columns> for Seat {
    type Error = StoreError;

    fn try_from(columns: Columns) -> Result<Self, StoreError> {
        const ROLE: Column = Column { table: "seats", name: "role" };
        Ok(Self {
            id: columns.id,
            exercise: ExerciseId(columns.exercise),
            person: PersonId(columns.person),
            token_hash: columns.token_hash,
            role: columns.role.map(|role| ROLE.role(&role)).transpose()?,
            link: columns.link,
            session: columns.session,
            created_at: Timestamp(columns.created_at),
            expires_at: Timestamp(columns.expires_at),
            revoked_at: columns.revoked_at.map(Timestamp),
        })
    }
}

impl Store {
    /// Adds a seat for a person who is in the exercise.
    pub async fn create_seat(&self, seat: &Seat) -> Result<(), StoreError> {
        writing!(self, |pool| {
            sqlx::query(
                "INSERT INTO seats (id, exercise, person, token_hash, role, link, session, created_at, expires_at,
                 revoked_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
            )
            .bind(&seat.id)
            .bind(seat.exercise.as_str())
            .bind(seat.person.as_str())
            .bind(&seat.token_hash)
            .bind(seat.role.map(role_name))
            .bind(seat.link.as_deref())
            .bind(seat.session.as_deref())
            .bind(seat.created_at.0)
            .bind(seat.expires_at.0)
            .bind(seat.revoked_at.map(|at| at.0))
            .execute(pool)
            .await?;
        });
        Ok(())
    }

    /// The seat with a token, valid or not: ask [`Seat::is_valid`].
    pub async fn seat_by_token(&self, token_hash: &str) -> Result<Option<Seat>, StoreError> {
        let found: Option<Columns> = reading!(self, |pool| {
            sqlx::query_as("SELECT * FROM seats WHERE token_hash = $1").bind(token_hash).fetch_optional(pool).await?
        });
        found.map(Seat::try_from).transpose()
    }

    /// The seat with an id, valid or not: ask [`Seat::is_valid`].
    pub async fn seat(&self, id: &str) -> Result<Option<Seat>, StoreError> {
        let found: Option<Columns> = reading!(self, |pool| {
            sqlx::query_as("SELECT * FROM seats WHERE id = $1").bind(id).fetch_optional(pool).await?
        });
        found.map(Seat::try_from).transpose()
    }

    /// Gives a seat another secret.
    pub async fn set_seat_token(&self, id: &str, token_hash: &str) -> Result<(), StoreError> {
        writing!(self, |pool| {
            sqlx::query("UPDATE seats SET token_hash = $1 WHERE id = $2")
                .bind(token_hash)
                .bind(id)
                .execute(pool)
                .await?;
        });
        Ok(())
    }

    /// Takes a seat away. False if there is none, or it was taken away before.
    pub async fn revoke_seat(&self, id: &str, now: Timestamp) -> Result<bool, StoreError> {
        let revoked = writing!(self, |pool| {
            sqlx::query("UPDATE seats SET revoked_at = $1 WHERE id = $2 AND revoked_at IS NULL")
                .bind(now.0)
                .bind(id)
                .execute(pool)
                .await?
                .rows_affected()
        });
        Ok(revoked == 1)
    }

    /// The people who hold a good seat that was taken with a link.
    pub async fn people_of_link(&self, link: &str, now: Timestamp) -> Result<Vec<PersonId>, StoreError> {
        let found: Vec<(String,)> = reading!(self, |pool| {
            sqlx::query_as(
                "SELECT DISTINCT person FROM seats WHERE link = $1 AND revoked_at IS NULL AND expires_at > $2
                 ORDER BY person",
            )
            .bind(link)
            .bind(now.0)
            .fetch_all(pool)
            .await?
        });
        Ok(found.into_iter().map(|(person,)| PersonId(person)).collect())
    }

    /// The link that a person took the last seat with.
    pub async fn link_of_person(&self, exercise: &ExerciseId, person: &PersonId) -> Result<Option<String>, StoreError> {
        let found: Option<(Option<String>,)> = reading!(self, |pool| {
            sqlx::query_as(
                "SELECT link FROM seats WHERE exercise = $1 AND person = $2 ORDER BY created_at DESC, id DESC LIMIT 1",
            )
            .bind(exercise.as_str())
            .bind(person.as_str())
            .fetch_optional(pool)
            .await?
        });
        Ok(found.and_then(|(link,)| link))
    }

    /// Takes every seat away that was taken with a link; says how many.
    pub async fn revoke_seats_of_link(&self, link: &str, now: Timestamp) -> Result<u64, StoreError> {
        Ok(writing!(self, |pool| {
            sqlx::query("UPDATE seats SET revoked_at = $1 WHERE link = $2 AND revoked_at IS NULL")
                .bind(now.0)
                .bind(link)
                .execute(pool)
                .await?
                .rows_affected()
        }))
    }

    /// Takes every seat of a person in an exercise away; says how many.
    pub async fn revoke_seats_of_person(
        &self,
        exercise: &ExerciseId,
        person: &PersonId,
        now: Timestamp,
    ) -> Result<u64, StoreError> {
        Ok(writing!(self, |pool| {
            sqlx::query("UPDATE seats SET revoked_at = $1 WHERE exercise = $2 AND person = $3 AND revoked_at IS NULL")
                .bind(now.0)
                .bind(exercise.as_str())
                .bind(person.as_str())
                .execute(pool)
                .await?
                .rows_affected()
        }))
    }
}
