//! Drafts: what a team has typed for an inject and not sent. Kept beside the log, never in it; the last
//! write wins, and its number tells whether somebody else wrote in between.

use crate::engine::{
    id::{ExerciseId, InjectId, PersonId, TeamId},
    time::Timestamp,
};

use super::{
    Store, StoreError,
    db::{reading, writing},
};

/// Where a draft belongs.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub struct DraftPlace {
    pub exercise: ExerciseId,
    pub team: TeamId,
    pub inject: InjectId,
}

/// A draft as it was written last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// Counts the writes of its place from 1 on, those that drop it included.
    pub version: i64,
    /// Who wrote it, or dropped it.
    pub person: PersonId,
    /// When.
    pub at: Timestamp,
    /// What was typed; none once it was dropped.
    pub body: Option<String>,
}

impl Store {
    /// The draft of a place, if there ever was one.
    pub async fn draft(&self, place: &DraftPlace) -> Result<Option<Draft>, StoreError> {
        let found: Option<(i64, String, i64, Option<String>)> = reading!(self, |pool| {
            sqlx::query_as(
                "SELECT version, person, at, body FROM drafts WHERE exercise = $1 AND team = $2 AND inject = $3",
            )
            .bind(place.exercise.as_str())
            .bind(place.team.as_str())
            .bind(place.inject.as_str())
            .fetch_optional(pool)
            .await?
        });
        Ok(found.map(|(version, person, at, body)| Draft {
            version,
            person: PersonId(person),
            at: Timestamp(at),
            body,
        }))
    }

    /// Puts a draft in place of what was there. Returns its number.
    pub async fn put_draft(
        &self,
        place: &DraftPlace,
        person: &PersonId,
        body: &str,
        now: Timestamp,
    ) -> Result<i64, StoreError> {
        self.write_draft(place, person, Some(body), now).await
    }

    /// Drops the draft of a place, and whatever text it held.
    pub async fn drop_draft(&self, place: &DraftPlace, person: &PersonId, now: Timestamp) -> Result<(), StoreError> {
        self.write_draft(place, person, None, now).await?;
        Ok(())
    }

    async fn write_draft(
        &self,
        place: &DraftPlace,
        person: &PersonId,
        body: Option<&str>,
        now: Timestamp,
    ) -> Result<i64, StoreError> {
        let (version,): (i64,) = writing!(self, |pool| {
            sqlx::query_as(
                "INSERT INTO drafts (exercise, team, inject, version, person, at, body)
                 VALUES ($1, $2, $3, 1, $4, $5, $6)
                 ON CONFLICT (exercise, team, inject) DO UPDATE SET
                     version = drafts.version + 1, person = excluded.person, at = excluded.at, body = excluded.body
                 RETURNING version",
            )
            .bind(place.exercise.as_str())
            .bind(place.team.as_str())
            .bind(place.inject.as_str())
            .bind(person.as_str())
            .bind(now.0)
            .bind(body)
            .fetch_one(pool)
            .await?
        });
        Ok(version)
    }
}
