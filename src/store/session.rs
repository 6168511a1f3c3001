//! Sessions of accounts. The secret in the cookie is kept as a hash only.

use crate::engine::time::Timestamp;

use super::{
    Store, StoreError,
    db::{reading, writing},
};

/// A session of an account.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub struct AccountSession {
    pub token_hash: String,
    /// Id of the account.
    pub account: String,
    pub created_at: Timestamp,
    pub last_seen_at: Timestamp,
    pub expires_at: Timestamp,
    pub revoked_at: Option<Timestamp>,
}

impl AccountSession {
    /// Whether it may still be used.
    #[must_use]
    pub fn is_valid(&self, now: Timestamp) -> bool {
        self.revoked_at.is_none() && now < self.expires_at
    }
}

impl Store {
    /// Adds a session of an account.
    pub async fn create_session(&self, session: &AccountSession) -> Result<(), StoreError> {
        writing!(self, |pool| {
            sqlx::query(
                "INSERT INTO account_sessions (token_hash, account, created_at, last_seen_at, expires_at, revoked_at)
                 VALUES ($1, $2, $3, $4, $5, $6)",
            )
            .bind(&session.token_hash)
            .bind(&session.account)
            .bind(session.created_at.0)
            .bind(session.last_seen_at.0)
            .bind(session.expires_at.0)
            .bind(session.revoked_at.map(|at| at.0))
            .execute(pool)
            .await?;
        });
        Ok(())
    }

    /// The session with a token, valid or not: ask [`AccountSession::is_valid`].
    pub async fn session_by_token(&self, token_hash: &str) -> Result<Option<AccountSession>, StoreError> {
        let found: Option<(String, i64, i64, i64, Option<i64>)> = reading!(self, |pool| {
            sqlx::query_as(
                "SELECT account, created_at, last_seen_at, expires_at, revoked_at FROM account_sessions
                 WHERE token_hash = $1",
            )
            .bind(token_hash)
            .fetch_optional(pool)
            .await?
        });
        Ok(found.map(|(account, created_at, last_seen_at, expires_at, revoked_at)| AccountSession {
            token_hash: token_hash.to_owned(),
            account,
            created_at: Timestamp(created_at),
            last_seen_at: Timestamp(last_seen_at),
            expires_at: Timestamp(expires_at),
            revoked_at: revoked_at.map(Timestamp),
        }))
    }

    /// Notes that a session was used.
    pub async fn touch_session(&self, token_hash: &str, now: Timestamp) -> Result<(), StoreError> {
        writing!(self, |pool| {
            sqlx::query("UPDATE account_sessions SET last_seen_at = $1 WHERE token_hash = $2")
                .bind(now.0)
                .bind(token_hash)
                .execute(pool)
                .await?;
        });
        Ok(())
    }

    /// Ends a session. False if there is none, or it was ended before.
    pub async fn revoke_session(&self, token_hash: &str, now: Timestamp) -> Result<bool, StoreError> {
        let revoked = writing!(self, |pool| {
            sqlx::query("UPDATE account_sessions SET revoked_at = $1 WHERE token_hash = $2 AND revoked_at IS NULL")
                .bind(now.0)
                .bind(token_hash)
                .execute(pool)
                .await?
                .rows_affected()
        });
        Ok(revoked == 1)
    }

    /// Ends every session of an account; says how many.
    pub async fn revoke_sessions_of_account(&self, account: &str, now: Timestamp) -> Result<u64, StoreError> {
        Ok(writing!(self, |pool| {
            sqlx::query("UPDATE account_sessions SET revoked_at = $1 WHERE account = $2 AND revoked_at IS NULL")
                .bind(now.0)
                .bind(account)
                .execute(pool)
                .await?
                .rows_affected()
        }))
    }
}
