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
    /// What it is called by in lists, for the hash is worth something to whoever asks for a ticket.
    pub id: String,
    pub token_hash: String,
    /// Id of the account.
    pub account: String,
    /// What it was begun with beside the password, if anything.
    pub factor: Option<String>,
    /// Roughly what browser on what machine, for its owner to know it again.
    pub device: String,
    /// Where it was begun from.
    pub address: Option<String>,
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

#[derive(sqlx::FromRow)]
struct Columns {
    id: String,
    token_hash: String,
    account: String,
    factor: Option<String>,
    device: String,
    address: Option<String>,
    created_at: i64,
    last_seen_at: i64,
    expires_at: i64,
    revoked_at: Option<i64>,
}

impl From<Columns> for AccountSession {
    fn from(columns: Columns) -> Self {
        Self {
            id: columns.id,
            token_hash: columns.token_hash,
            account: columns.account,
            factor: columns.factor,
            device: columns.device,
            address: columns.address,
            created_at: Timestamp(columns.created_at),
            last_seen_at: Timestamp(columns.last_seen_at),
            expires_at: Timestamp(columns.expires_at),
            revoked_at: columns.revoked_at.map(Timestamp),
        }
    }
}

impl Store {
    /// Adds a session of an account.
    pub async fn create_session(&self, session: &AccountSession) -> Result<(), StoreError> {
        writing!(self, |pool| {
            sqlx::query(
                "INSERT INTO account_sessions (id, token_hash, account, factor, device, address, created_at,
                 last_seen_at, expires_at, revoked_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
            )
            .bind(&session.id)
            .bind(&session.token_hash)
            .bind(&session.account)
            .bind(session.factor.as_deref())
            .bind(&session.device)
            .bind(session.address.as_deref())
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
        let found: Option<Columns> = reading!(self, |pool| {
            sqlx::query_as("SELECT * FROM account_sessions WHERE token_hash = $1")
                .bind(token_hash)
                .fetch_optional(pool)
                .await?
        });
        Ok(found.map(AccountSession::from))
    }

    /// The sessions of an account that were not ended, the one used last first. Some may be too old.
    pub async fn sessions(&self, account: &str) -> Result<Vec<AccountSession>, StoreError> {
        let found: Vec<Columns> = reading!(self, |pool| {
            sqlx::query_as(
                "SELECT * FROM account_sessions WHERE account = $1 AND revoked_at IS NULL
                 ORDER BY last_seen_at DESC, id DESC",
            )
            .bind(account)
            .fetch_all(pool)
            .await?
        });
        Ok(found.into_iter().map(AccountSession::from).collect())
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

    /// Ends one of an account's sessions by its id. False if the account has none of that id.
    pub async fn revoke_session_of_account(&self, account: &str, id: &str, now: Timestamp) -> Result<bool, StoreError> {
        let revoked = writing!(self, |pool| {
            sqlx::query(
                "UPDATE account_sessions SET revoked_at = $1 WHERE account = $2 AND id = $3 AND revoked_at IS NULL",
            )
            .bind(now.0)
            .bind(account)
            .bind(id)
            .execute(pool)
            .await?
            .rows_affected()
        });
        Ok(revoked == 1)
    }

    /// Ends every session of an account but the one with a token, if one is named; says how many.
    pub async fn revoke_sessions_of_account(
        &self,
        account: &str,
        but: Option<&str>,
        now: Timestamp,
    ) -> Result<u64, StoreError> {
        Ok(writing!(self, |pool| {
            sqlx::query(
                "UPDATE account_sessions SET revoked_at = $1
                 WHERE account = $2 AND token_hash <> $3 AND revoked_at IS NULL",
            )
            .bind(now.0)
            .bind(account)
            // No hash is empty.
            .bind(but.unwrap_or_default())
            .execute(pool)
            .await?
            .rows_affected()
        }))
    }
}
