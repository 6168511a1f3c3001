//! Join links: whoever opens one may take a seat, as often as its quota says.

use crate::engine::{
    id::{ExerciseId, TeamId},
    role::Role,
    time::Timestamp,
};

use super::{
    Store, StoreError,
    db::{reading, writing},
    value::{Column, role_name},
};

/// A join link. Its token is kept as a hash only.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub struct JoinLink {
    pub id: String,
    pub exercise: ExerciseId,
    pub token_hash: String,
    pub role: Role,
    pub team: Option<TeamId>,
    /// For those who hand it out.
    pub label: String,
    pub max_uses: u32,
    pub uses: u32,
    pub created_at: Timestamp,
    pub expires_at: Option<Timestamp>,
    pub revoked_at: Option<Timestamp>,
}

/// What came of using a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkUse {
    /// It counted; the link as it is now.
    Used(JoinLink),
    /// There is no such link.
    Unknown,
    /// Every use is taken.
    Full,
    /// Its time is over.
    Expired,
    /// Somebody took it back.
    Revoked,
}

#[derive(sqlx::FromRow)]
struct Columns {
    id: String,
    exercise: String,
    token_hash: String,
    role: String,
    team: Option<String>,
    label: String,
    max_uses: i64,
    uses: i64,
    created_at: i64,
    expires_at: Option<i64>,
    revoked_at: Option<i64>,
}

impl TryFrom<Columns> for JoinLink {
    type Error = StoreError;

    fn try_from(columns: Columns) -> Result<Self, StoreError> {
        let column = |name| Column { table: "join_links", name };
        Ok(Self {
            id: columns.id,
            exercise: ExerciseId(columns.exercise),
            token_hash: columns.token_hash,
            role: column("role").role(&columns.role)?,
            team: columns.team.map(TeamId),
            label: columns.label,
            max_uses: column("max_uses").count(columns.max_uses)?,
            uses: column("uses").count(columns.uses)?,
            created_at: Timestamp(columns.created_at),
            expires_at: columns.expires_at.map(Timestamp),
            revoked_at: columns.revoked_at.map(Timestamp),
        })
    }
}

impl Store {
    /// Adds a link.
    pub async fn create_link(&self, link: &JoinLink) -> Result<(), StoreError> {
        self.create_links(std::slice::from_ref(link)).await
    }

    /// Adds links: all of them, or none.
    pub async fn create_links(&self, links: &[JoinLink]) -> Result<(), StoreError> {
        writing!(self, |pool| {
            let mut together = pool.begin().await?;
            for link in links {
                sqlx::query(
                    "INSERT INTO join_links (id, exercise, token_hash, role, team, label, max_uses, uses, created_at,
                     expires_at, revoked_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
                )
                .bind(&link.id)
                .bind(link.exercise.as_str())
                .bind(&link.token_hash)
                .bind(role_name(link.role))
                .bind(link.team.as_ref().map(TeamId::as_str))
                .bind(&link.label)
                .bind(i64::from(link.max_uses))
                .bind(i64::from(link.uses))
                .bind(link.created_at.0)
                .bind(link.expires_at.map(|at| at.0))
                .bind(link.revoked_at.map(|at| at.0))
                .execute(&mut *together)
                .await?;
            }
            together.commit().await?;
        });
        Ok(())
    }

    /// The link with a token.
    pub async fn link_by_token(&self, token_hash: &str) -> Result<Option<JoinLink>, StoreError> {
        let found: Option<Columns> = reading!(self, |pool| {
            sqlx::query_as("SELECT * FROM join_links WHERE token_hash = $1")
                .bind(token_hash)
                .fetch_optional(pool)
                .await?
        });
        found.map(JoinLink::try_from).transpose()
    }

    /// The links of an exercise, in the order they were made.
    pub async fn links(&self, exercise: &ExerciseId) -> Result<Vec<JoinLink>, StoreError> {
        let found: Vec<Columns> = reading!(self, |pool| {
            sqlx::query_as("SELECT * FROM join_links WHERE exercise = $1 ORDER BY created_at, id")
                .bind(exercise.as_str())
                .fetch_all(pool)
                .await?
        });
        found.into_iter().map(JoinLink::try_from).collect()
    }

    /// Takes one use of a link, if it has one left and is still good. Check and count are one
    /// statement: of any number at once, never more than the quota succeed.
    pub async fn use_link(&self, token_hash: &str, now: Timestamp) -> Result<LinkUse, StoreError> {
        let used: Option<Columns> = writing!(self, |pool| {
            sqlx::query_as(
                "UPDATE join_links SET uses = uses + 1
                 WHERE token_hash = $1 AND uses < max_uses AND revoked_at IS NULL
                 AND (expires_at IS NULL OR expires_at > $2)
                 RETURNING *",
            )
            .bind(token_hash)
            .bind(now.0)
            .fetch_optional(pool)
            .await?
        });
        if let Some(columns) = used {
            return Ok(LinkUse::Used(columns.try_into()?));
        }
        Ok(match self.link_by_token(token_hash).await? {
            None => LinkUse::Unknown,
            Some(link) if link.revoked_at.is_some() => LinkUse::Revoked,
            Some(link) if link.expires_at.is_some_and(|expires_at| expires_at <= now) => LinkUse::Expired,
            Some(_) => LinkUse::Full,
        })
    }

    /// Gives a use of a link back that came to nothing.
    pub async fn return_link_use(&self, id: &str) -> Result<(), StoreError> {
        writing!(self, |pool| {
            sqlx::query("UPDATE join_links SET uses = uses - 1 WHERE id = $1 AND uses > 0")
                .bind(id)
                .execute(pool)
                .await?;
        });
        Ok(())
    }

    /// Takes a link back. False if there is none, or somebody did so before. Seats taken with it stay.
    pub async fn revoke_link(&self, exercise: &ExerciseId, id: &str, now: Timestamp) -> Result<bool, StoreError> {
        let revoked = writing!(self, |pool| {
            sqlx::query("UPDATE join_links SET revoked_at = $1 WHERE exercise = $2 AND id = $3 AND revoked_at IS NULL")
                .bind(now.0)
                .bind(exercise.as_str())
                .bind(id)
                .execute(pool)
                .await?
                .rows_affected()
        });
        Ok(revoked == 1)
    }
}
