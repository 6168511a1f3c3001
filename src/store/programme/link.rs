//! Links of a programme: one for each team and role of the day, or for staff of some of its exercises.

use crate::engine::{
    id::{ExerciseId, TeamId},
    role::Role,
    time::Timestamp,
};

use super::super::{
    Store, StoreError,
    db::{reading, writing},
    value::{Column, role_name},
};

/// A link of a programme. Its token is kept as a hash only.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub struct DayLink {
    pub id: String,
    pub programme: String,
    pub token_hash: String,
    pub role: Role,
    pub team: Option<TeamId>,
    /// Id of the organisation that sends whoever comes by it, where that is not the team's.
    pub organisation: Option<String>,
    /// For these exercises only; none for the whole day.
    pub exercises: Option<Vec<ExerciseId>>,
    /// For those who hand it out.
    pub label: String,
    pub max_uses: u32,
    pub uses: u32,
    pub created_at: Timestamp,
    pub expires_at: Timestamp,
    pub revoked_at: Option<Timestamp>,
}

impl DayLink {
    /// Whether it may still be looked at, used up or not.
    #[must_use]
    pub fn is_valid(&self, now: Timestamp) -> bool {
        self.revoked_at.is_none() && now < self.expires_at
    }
}

/// What came of using a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DayLinkUse {
    /// It counted; the link as it is now.
    Used(Box<DayLink>),
    /// Every use is taken.
    Full,
    /// There is no such link, its time is over, or somebody took it back.
    Gone,
}

#[derive(sqlx::FromRow)]
struct Columns {
    id: String,
    programme: String,
    token_hash: String,
    role: String,
    team: Option<String>,
    organisation: Option<String>,
    exercises: Option<String>,
    label: String,
    max_uses: i64,
    uses: i64,
    created_at: i64,
    expires_at: i64,
    revoked_at: Option<i64>,
}

impl TryFrom<Columns> for DayLink {
    type Error = StoreError;

    fn try_from(columns: Columns) -> Result<Self, StoreError> {
        let column = |name| Column { table: "programme_links", name };
        let list = |json: String| {
            serde_json::from_str(&json).map_err(|_not_a_list| column("exercises").inconsistent(json.clone()))
        };
        Ok(Self {
            id: columns.id,
            programme: columns.programme,
            token_hash: columns.token_hash,
            role: column("role").role(&columns.role)?,
            team: columns.team.map(TeamId),
            organisation: columns.organisation,
            exercises: columns.exercises.map(list).transpose()?,
            label: columns.label,
            max_uses: column("max_uses").count(columns.max_uses)?,
            uses: column("uses").count(columns.uses)?,
            created_at: Timestamp(columns.created_at),
            expires_at: Timestamp(columns.expires_at),
            revoked_at: columns.revoked_at.map(Timestamp),
        })
    }
}

impl Store {
    /// Adds a link to a programme.
    pub async fn create_day_link(&self, link: &DayLink) -> Result<(), StoreError> {
        let exercises = link.exercises.as_ref().map(|list| serde_json::to_string(list).unwrap_or_default());
        writing!(self, |pool| {
            sqlx::query(
                "INSERT INTO programme_links (id, programme, token_hash, role, team, organisation, exercises, label,
                 max_uses, uses, created_at, expires_at, revoked_at)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
            )
            .bind(&link.id)
            .bind(&link.programme)
            .bind(&link.token_hash)
            .bind(role_name(link.role))
            .bind(link.team.as_ref().map(TeamId::as_str))
            .bind(link.organisation.as_deref())
            .bind(exercises.as_deref())
            .bind(&link.label)
            .bind(i64::from(link.max_uses))
            .bind(i64::from(link.uses))
            .bind(link.created_at.0)
            .bind(link.expires_at.0)
            .bind(link.revoked_at.map(|at| at.0))
            .execute(pool)
            .await?;
        });
        Ok(())
    }

    /// The link with a token.
    pub async fn day_link_by_token(&self, token_hash: &str) -> Result<Option<DayLink>, StoreError> {
        let found: Option<Columns> = reading!(self, |pool| {
            sqlx::query_as("SELECT * FROM programme_links WHERE token_hash = $1")
                .bind(token_hash)
                .fetch_optional(pool)
                .await?
        });
        found.map(DayLink::try_from).transpose()
    }

    /// The links of a programme, in the order in which they were made.
    pub async fn day_links(&self, programme: &str) -> Result<Vec<DayLink>, StoreError> {
        let found: Vec<Columns> = reading!(self, |pool| {
            sqlx::query_as("SELECT * FROM programme_links WHERE programme = $1 ORDER BY created_at, id")
                .bind(programme)
                .fetch_all(pool)
                .await?
        });
        found.into_iter().map(DayLink::try_from).collect()
    }

    /// Takes one use of a link, if it has one left and is still good. Check and count are one statement: of any
    /// number at once, never more than the quota succeed.
    pub async fn use_day_link(&self, token_hash: &str, now: Timestamp) -> Result<DayLinkUse, StoreError> {
        let used: Option<Columns> = writing!(self, |pool| {
            sqlx::query_as(
                "UPDATE programme_links SET uses = uses + 1
                 WHERE token_hash = $1 AND uses < max_uses AND revoked_at IS NULL AND expires_at > $2
                 RETURNING *",
            )
            .bind(token_hash)
            .bind(now.0)
            .fetch_optional(pool)
            .await?
        });
        if let Some(columns) = used {
            return Ok(DayLinkUse::Used(Box::new(columns.try_into()?)));
        }
        let is_there = self.day_link_by_token(token_hash).await?.is_some_and(|link| link.is_valid(now));
        Ok(if is_there { DayLinkUse::Full } else { DayLinkUse::Gone })
    }

    /// Gives a use of a link back that came to nothing.
    pub async fn return_day_link_use(&self, id: &str) -> Result<(), StoreError> {
        writing!(self, |pool| {
            sqlx::query("UPDATE programme_links SET uses = uses - 1 WHERE id = $1 AND uses > 0")
                .bind(id)
                .execute(pool)
                .await?;
        });
        Ok(())
    }

    /// Takes a link back. False if there is none, or somebody did so before. Whoever came by it stays.
    pub async fn revoke_day_link(&self, programme: &str, id: &str, now: Timestamp) -> Result<bool, StoreError> {
        let revoked = writing!(self, |pool| {
            sqlx::query(
                "UPDATE programme_links SET revoked_at = $1
                 WHERE programme = $2 AND id = $3 AND revoked_at IS NULL",
            )
            .bind(now.0)
            .bind(programme)
            .bind(id)
            .execute(pool)
            .await?
            .rows_affected()
        });
        Ok(revoked == 1)
    }
}
