//! Accounts, and who they are in each exercise.

use std::fmt;

use crate::engine::{
    id::{ExerciseId, PersonId},
    time::Timestamp,
};

use super::{
    Store, StoreError,
    db::{reading, writing},
};

/// Somebody who signs in with a password.
#[derive(Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Account {
    pub id: String,
    pub login: String,
    pub password_hash: String,
    pub platform_role: String,
    pub created_at: Timestamp,
    /// Since when nobody may sign in with it.
    pub disabled_at: Option<Timestamp>,
}

impl fmt::Debug for Account {
    /// Without the password's hash.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Account").field("id", &self.id).field("login", &self.login).finish_non_exhaustive()
    }
}

type Columns = (String, String, String, String, i64, Option<i64>);

fn account((id, login, password_hash, platform_role, created_at, disabled_at): Columns) -> Account {
    let (created_at, disabled_at) = (Timestamp(created_at), disabled_at.map(Timestamp));
    Account { id, login, password_hash, platform_role, created_at, disabled_at }
}

impl Store {
    /// Adds an account. False if the login is taken.
    pub async fn create_account(&self, account: &Account) -> Result<bool, StoreError> {
        let created = writing!(self, |pool| {
            sqlx::query(
                "INSERT INTO accounts (id, login, password_hash, platform_role, created_at)
                 VALUES ($1, $2, $3, $4, $5) ON CONFLICT (login) DO NOTHING",
            )
            .bind(&account.id)
            .bind(&account.login)
            .bind(&account.password_hash)
            .bind(&account.platform_role)
            .bind(account.created_at.0)
            .execute(pool)
            .await?
            .rows_affected()
        });
        Ok(created == 1)
    }

    /// Every account, the oldest first.
    pub async fn accounts(&self) -> Result<Vec<Account>, StoreError> {
        let found: Vec<Columns> = reading!(self, |pool| {
            sqlx::query_as(
                "SELECT id, login, password_hash, platform_role, created_at, disabled_at
                 FROM accounts ORDER BY created_at, id",
            )
            .fetch_all(pool)
            .await?
        });
        Ok(found.into_iter().map(account).collect())
    }

    /// The account with a login.
    pub async fn account_by_login(&self, login: &str) -> Result<Option<Account>, StoreError> {
        let found: Option<Columns> = reading!(self, |pool| {
            sqlx::query_as(
                "SELECT id, login, password_hash, platform_role, created_at, disabled_at FROM accounts WHERE login = $1",
            )
            .bind(login)
            .fetch_optional(pool)
            .await?
        });
        Ok(found.map(account))
    }

    /// The account with an id.
    pub async fn account(&self, id: &str) -> Result<Option<Account>, StoreError> {
        let found: Option<Columns> = reading!(self, |pool| {
            sqlx::query_as(
                "SELECT id, login, password_hash, platform_role, created_at, disabled_at FROM accounts WHERE id = $1",
            )
            .bind(id)
            .fetch_optional(pool)
            .await?
        });
        Ok(found.map(account))
    }

    /// Gives an account another password.
    pub async fn set_password_hash(&self, account: &str, password_hash: &str) -> Result<(), StoreError> {
        writing!(self, |pool| {
            sqlx::query("UPDATE accounts SET password_hash = $1 WHERE id = $2")
                .bind(password_hash)
                .bind(account)
                .execute(pool)
                .await?;
        });
        Ok(())
    }

    /// Gives an account another platform role. False if there is none, or it had that role already.
    pub async fn set_platform_role(&self, account: &str, role: &str) -> Result<bool, StoreError> {
        let changed = writing!(self, |pool| {
            sqlx::query("UPDATE accounts SET platform_role = $1 WHERE id = $2 AND platform_role <> $1")
                .bind(role)
                .bind(account)
                .execute(pool)
                .await?
                .rows_affected()
        });
        Ok(changed == 1)
    }

    /// Disables an account, or with none as the instant enables it again. False if it is so already.
    pub async fn set_disabled(&self, account: &str, at: Option<Timestamp>) -> Result<bool, StoreError> {
        let changed = writing!(self, |pool| {
            sqlx::query("UPDATE accounts SET disabled_at = $1 WHERE id = $2 AND (disabled_at IS NULL) = $3")
                .bind(at.map(|at| at.0))
                .bind(account)
                .bind(at.is_some())
                .execute(pool)
                .await?
                .rows_affected()
        });
        Ok(changed == 1)
    }

    /// Notes that rights of accounts were taken away, for every server on this data to see.
    pub async fn note_account_change(&self) -> Result<(), StoreError> {
        writing!(self, |pool| {
            sqlx::query("UPDATE account_changes SET changes = changes + 1 WHERE one = 1").execute(pool).await?;
        });
        Ok(())
    }

    /// How often rights of accounts were taken away.
    pub async fn account_changes(&self) -> Result<i64, StoreError> {
        let (changes,): (i64,) = reading!(self, |pool| {
            sqlx::query_as("SELECT changes FROM account_changes WHERE one = 1").fetch_one(pool).await?
        });
        Ok(changes)
    }

    /// Says who an account is in an exercise. The first word stands: returns who it is.
    pub async fn put_account_person(
        &self,
        account: &str,
        exercise: &ExerciseId,
        person: &PersonId,
    ) -> Result<PersonId, StoreError> {
        let (person,): (String,) = writing!(self, |pool| {
            sqlx::query_as(
                "INSERT INTO account_people (account, exercise, person) VALUES ($1, $2, $3)
                 ON CONFLICT (account, exercise) DO UPDATE SET person = account_people.person RETURNING person",
            )
            .bind(account)
            .bind(exercise.as_str())
            .bind(person.as_str())
            .fetch_one(pool)
            .await?
        });
        Ok(PersonId(person))
    }

    /// Who an account is in each of its exercises.
    pub async fn account_people(&self, account: &str) -> Result<Vec<(ExerciseId, PersonId)>, StoreError> {
        let found: Vec<(String, String)> = reading!(self, |pool| {
            sqlx::query_as("SELECT exercise, person FROM account_people WHERE account = $1")
                .bind(account)
                .fetch_all(pool)
                .await?
        });
        Ok(found.into_iter().map(|(exercise, person)| (ExerciseId(exercise), PersonId(person))).collect())
    }
}
