//! Links that make an account: the first one's, and personal invitations for others.

use crate::engine::time::Timestamp;

use super::{
    Store, StoreError,
    db::{reading, writing},
};

/// A personal invitation: whoever opens it makes an account, once. Its token is kept as a hash only.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Invitation {
    pub id: String,
    pub token_hash: String,
    /// What the account will be.
    pub platform_role: String,
    /// For whom it is, for those who hand it out.
    pub label: String,
    pub created_at: Timestamp,
    pub expires_at: Timestamp,
    pub used_at: Option<Timestamp>,
    /// The account that was made with it.
    pub account: Option<String>,
    pub revoked_at: Option<Timestamp>,
}

impl Invitation {
    /// Whether it may still be used.
    #[must_use]
    pub fn is_open(&self, now: Timestamp) -> bool {
        self.used_at.is_none() && self.revoked_at.is_none() && now < self.expires_at
    }
}

#[derive(sqlx::FromRow)]
struct Columns {
    id: String,
    token_hash: String,
    platform_role: String,
    label: String,
    created_at: i64,
    expires_at: i64,
    used_at: Option<i64>,
    account: Option<String>,
    revoked_at: Option<i64>,
}

impl From<Columns> for Invitation {
    fn from(columns: Columns) -> Self {
        Self {
            id: columns.id,
            token_hash: columns.token_hash,
            platform_role: columns.platform_role,
            label: columns.label,
            created_at: Timestamp(columns.created_at),
            expires_at: Timestamp(columns.expires_at),
            used_at: columns.used_at.map(Timestamp),
            account: columns.account,
            revoked_at: columns.revoked_at.map(Timestamp),
        }
    }
}

impl Store {
    /// Adds an invitation.
    pub async fn create_invitation(&self, invitation: &Invitation) -> Result<(), StoreError> {
        writing!(self, |pool| {
            sqlx::query(
                "INSERT INTO account_invitations (id, token_hash, platform_role, label, created_at, expires_at)
                 VALUES ($1, $2, $3, $4, $5, $6)",
            )
            .bind(&invitation.id)
            .bind(&invitation.token_hash)
            .bind(&invitation.platform_role)
            .bind(&invitation.label)
            .bind(invitation.created_at.0)
            .bind(invitation.expires_at.0)
            .execute(pool)
            .await?;
        });
        Ok(())
    }

    /// The invitation with a token, open or not: ask [`Invitation::is_open`].
    pub async fn invitation_by_token(&self, token_hash: &str) -> Result<Option<Invitation>, StoreError> {
        let found: Option<Columns> = reading!(self, |pool| {
            sqlx::query_as("SELECT * FROM account_invitations WHERE token_hash = $1")
                .bind(token_hash)
                .fetch_optional(pool)
                .await?
        });
        Ok(found.map(Invitation::from))
    }

    /// Every invitation, the newest first.
    pub async fn invitations(&self) -> Result<Vec<Invitation>, StoreError> {
        let found: Vec<Columns> = reading!(self, |pool| {
            sqlx::query_as("SELECT * FROM account_invitations ORDER BY created_at DESC, id DESC")
                .fetch_all(pool)
                .await?
        });
        Ok(found.into_iter().map(Invitation::from).collect())
    }

    /// Uses an invitation up for an account. False if it is not open: of any number at once, one succeeds.
    pub async fn use_invitation(&self, token_hash: &str, account: &str, now: Timestamp) -> Result<bool, StoreError> {
        let used = writing!(self, |pool| {
            sqlx::query(
                "UPDATE account_invitations SET used_at = $1, account = $2
                 WHERE token_hash = $3 AND used_at IS NULL AND revoked_at IS NULL AND expires_at > $1",
            )
            .bind(now.0)
            .bind(account)
            .bind(token_hash)
            .execute(pool)
            .await?
            .rows_affected()
        });
        Ok(used == 1)
    }

    /// Gives an invitation back that came to nothing, for the login was taken.
    pub async fn return_invitation(&self, token_hash: &str) -> Result<(), StoreError> {
        writing!(self, |pool| {
            sqlx::query("UPDATE account_invitations SET used_at = NULL, account = NULL WHERE token_hash = $1")
                .bind(token_hash)
                .execute(pool)
                .await?;
        });
        Ok(())
    }

    /// Takes an invitation back. False if there is none that waits.
    pub async fn revoke_invitation(&self, id: &str, now: Timestamp) -> Result<bool, StoreError> {
        let revoked = writing!(self, |pool| {
            sqlx::query(
                "UPDATE account_invitations SET revoked_at = $1
                 WHERE id = $2 AND used_at IS NULL AND revoked_at IS NULL",
            )
            .bind(now.0)
            .bind(id)
            .execute(pool)
            .await?
            .rows_affected()
        });
        Ok(revoked == 1)
    }

    /// Keeps a link that makes the first account, once.
    pub async fn create_setup_link(&self, token_hash: &str, now: Timestamp) -> Result<(), StoreError> {
        writing!(self, |pool| {
            sqlx::query("INSERT INTO setup_links (token_hash, created_at) VALUES ($1, $2)")
                .bind(token_hash)
                .bind(now.0)
                .execute(pool)
                .await?;
        });
        Ok(())
    }

    /// Uses a setup link up. False if there is none made after `made_after`, or it was used before:
    /// of any number at once, one succeeds.
    pub async fn use_setup_link(
        &self,
        token_hash: &str,
        made_after: Timestamp,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let used = writing!(self, |pool| {
            sqlx::query(
                "UPDATE setup_links SET used_at = $1
                 WHERE token_hash = $2 AND created_at > $3 AND used_at IS NULL",
            )
            .bind(now.0)
            .bind(token_hash)
            .bind(made_after.0)
            .execute(pool)
            .await?
            .rows_affected()
        });
        Ok(used == 1)
    }
}
