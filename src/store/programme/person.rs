//! People of a programme: the pass that shows who they are, and what they are in each exercise.

use crate::engine::{
    id::{ExerciseId, PersonId, TeamId},
    role::Role,
    text::Language,
    time::Timestamp,
};

use super::super::{
    Store, StoreError,
    db::{reading, writing},
    value::{Column, role_name},
};

/// A role, and the team of those that are in one.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub struct DayRole {
    pub role: Role,
    pub team: Option<TeamId>,
}

/// Somebody who takes part in the day.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub struct DayPerson {
    pub id: String,
    pub programme: String,
    pub name: String,
    pub language: Language,
    /// Id of the organisation that sends the person.
    pub organisation: Option<String>,
    /// In every exercise for which nothing else is said.
    pub role: Option<DayRole>,
    /// The account that was signed in when the link was redeemed.
    pub account: Option<String>,
    /// The link that it was redeemed with.
    pub link: String,
    /// Hash of the secret of the pass.
    pub token_hash: String,
    pub created_at: Timestamp,
    pub expires_at: Timestamp,
    pub revoked_at: Option<Timestamp>,
}

impl DayPerson {
    /// Whether the pass may still be used.
    #[must_use]
    pub fn is_valid(&self, now: Timestamp) -> bool {
        self.revoked_at.is_none() && now < self.expires_at
    }
}

/// What a person of the day is in one exercise.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub struct DayPlace {
    pub exercise: ExerciseId,
    pub role: DayRole,
    /// Who that is there.
    pub seated_as: PersonId,
    /// Since when; none if the place was not taken yet.
    pub seated_at: Option<Timestamp>,
}

#[derive(sqlx::FromRow)]
struct Columns {
    id: String,
    programme: String,
    name: String,
    language: String,
    organisation: Option<String>,
    role: Option<String>,
    team: Option<String>,
    account: Option<String>,
    link: String,
    token_hash: String,
    created_at: i64,
    expires_at: i64,
    revoked_at: Option<i64>,
}

#[derive(sqlx::FromRow)]
struct PlaceColumns {
    exercise: String,
    role: String,
    team: Option<String>,
    seated_as: String,
    seated_at: Option<i64>,
}

impl TryFrom<Columns> for DayPerson {
    type Error = StoreError;

    fn try_from(columns: Columns) -> Result<Self, StoreError> {
        const ROLE: Column = Column { table: "programme_people", name: "role" };
        let role = columns.role.map(|role| ROLE.role(&role)).transpose()?;
        let team = columns.team.map(TeamId);
        Ok(Self {
            id: columns.id,
            programme: columns.programme,
            name: columns.name,
            language: Language(columns.language),
            organisation: columns.organisation,
            role: role.map(|role| DayRole { role, team }),
            account: columns.account,
            link: columns.link,
            token_hash: columns.token_hash,
            created_at: Timestamp(columns.created_at),
            expires_at: Timestamp(columns.expires_at),
            revoked_at: columns.revoked_at.map(Timestamp),
        })
    }
}

impl TryFrom<PlaceColumns> for DayPlace {
    type Error = StoreError;

    fn try_from(columns: PlaceColumns) -> Result<Self, StoreError> {
        const ROLE: Column = Column { table: "programme_places", name: "role" };
        Ok(Self {
            exercise: ExerciseId(columns.exercise),
            role: DayRole { role: ROLE.role(&columns.role)?, team: columns.team.map(TeamId) },
            seated_as: PersonId(columns.seated_as),
            seated_at: columns.seated_at.map(Timestamp),
        })
    }
}

impl Store {
    /// Adds a person to a programme.
    pub async fn create_day_person(&self, person: &DayPerson) -> Result<(), StoreError> {
        let role = person.role.as_ref();
        writing!(self, |pool| {
            sqlx::query(
                "INSERT INTO programme_people (id, programme, name, language, organisation, role, team, account, link,
                 token_hash, created_at, expires_at, revoked_at)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
            )
            .bind(&person.id)
            .bind(&person.programme)
            .bind(&person.name)
            .bind(&person.language.0)
            .bind(person.organisation.as_deref())
            .bind(role.map(|role| role_name(role.role)))
            .bind(role.and_then(|role| role.team.as_ref()).map(TeamId::as_str))
            .bind(person.account.as_deref())
            .bind(&person.link)
            .bind(&person.token_hash)
            .bind(person.created_at.0)
            .bind(person.expires_at.0)
            .bind(person.revoked_at.map(|at| at.0))
            .execute(pool)
            .await?;
        });
        Ok(())
    }

    /// The person with a pass, valid or not: ask [`DayPerson::is_valid`].
    pub async fn day_person_by_pass(&self, token_hash: &str) -> Result<Option<DayPerson>, StoreError> {
        let found: Option<Columns> = reading!(self, |pool| {
            sqlx::query_as("SELECT * FROM programme_people WHERE token_hash = $1")
                .bind(token_hash)
                .fetch_optional(pool)
                .await?
        });
        found.map(DayPerson::try_from).transpose()
    }

    /// The person with an id, valid or not: ask [`DayPerson::is_valid`].
    pub async fn day_person(&self, id: &str) -> Result<Option<DayPerson>, StoreError> {
        let found: Option<Columns> = reading!(self, |pool| {
            sqlx::query_as("SELECT * FROM programme_people WHERE id = $1").bind(id).fetch_optional(pool).await?
        });
        found.map(DayPerson::try_from).transpose()
    }

    /// Everybody in a programme, in the order in which they came.
    pub async fn day_people(&self, programme: &str) -> Result<Vec<DayPerson>, StoreError> {
        let found: Vec<Columns> = reading!(self, |pool| {
            sqlx::query_as("SELECT * FROM programme_people WHERE programme = $1 ORDER BY created_at, id")
                .bind(programme)
                .fetch_all(pool)
                .await?
        });
        found.into_iter().map(DayPerson::try_from).collect()
    }

    /// Gives a pass another secret.
    pub async fn set_pass_token(&self, id: &str, token_hash: &str) -> Result<(), StoreError> {
        writing!(self, |pool| {
            sqlx::query("UPDATE programme_people SET token_hash = $1 WHERE id = $2")
                .bind(token_hash)
                .bind(id)
                .execute(pool)
                .await?;
        });
        Ok(())
    }

    /// Says what somebody is all day who came for some exercises only. False if that was said before.
    pub async fn set_day_role(&self, id: &str, role: &DayRole) -> Result<bool, StoreError> {
        let set = writing!(self, |pool| {
            sqlx::query("UPDATE programme_people SET role = $1, team = $2 WHERE id = $3 AND role IS NULL")
                .bind(role_name(role.role))
                .bind(role.team.as_ref().map(TeamId::as_str))
                .bind(id)
                .execute(pool)
                .await?
                .rows_affected()
        });
        Ok(set == 1)
    }

    /// Sends somebody away: the pass is void. False if there is no such person, or that was done before.
    pub async fn revoke_day_person(&self, programme: &str, id: &str, now: Timestamp) -> Result<bool, StoreError> {
        let revoked = writing!(self, |pool| {
            sqlx::query(
                "UPDATE programme_people SET revoked_at = $1
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

    /// Says what somebody is in an exercise. The first word stands: returns what it is.
    pub async fn put_place(&self, person: &str, place: &DayPlace) -> Result<DayPlace, StoreError> {
        let kept: PlaceColumns = writing!(self, |pool| {
            sqlx::query_as(
                "INSERT INTO programme_places (person, exercise, role, team, seated_as, seated_at)
                 VALUES ($1, $2, $3, $4, $5, $6)
                 ON CONFLICT (person, exercise) DO UPDATE SET role = programme_places.role
                 RETURNING exercise, role, team, seated_as, seated_at",
            )
            .bind(person)
            .bind(place.exercise.as_str())
            .bind(role_name(place.role.role))
            .bind(place.role.team.as_ref().map(TeamId::as_str))
            .bind(place.seated_as.as_str())
            .bind(place.seated_at.map(|at| at.0))
            .fetch_one(pool)
            .await?
        });
        kept.try_into()
    }

    /// Notes that somebody took the place in an exercise.
    pub async fn note_seated(&self, person: &str, exercise: &ExerciseId, now: Timestamp) -> Result<(), StoreError> {
        writing!(self, |pool| {
            sqlx::query("UPDATE programme_places SET seated_at = $1 WHERE person = $2 AND exercise = $3")
                .bind(now.0)
                .bind(person)
                .bind(exercise.as_str())
                .execute(pool)
                .await?;
        });
        Ok(())
    }

    /// What somebody is in each exercise for which it was said, or where the place was taken.
    pub async fn places_of(&self, person: &str) -> Result<Vec<DayPlace>, StoreError> {
        let found: Vec<PlaceColumns> = reading!(self, |pool| {
            sqlx::query_as("SELECT exercise, role, team, seated_as, seated_at FROM programme_places WHERE person = $1")
                .bind(person)
                .fetch_all(pool)
                .await?
        });
        let mut places: Vec<DayPlace> = found.into_iter().map(DayPlace::try_from).collect::<Result<_, _>>()?;
        places.sort_by(|one, other| one.exercise.cmp(&other.exercise));
        Ok(places)
    }
}
