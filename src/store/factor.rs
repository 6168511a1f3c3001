//! What people prove themselves with beside their password: codes that a device makes, and codes on paper.

use std::fmt;

use crate::engine::time::Timestamp;

use super::{
    Store, StoreError,
    db::{reading, writing},
};

/// The secret that an account shares with a device that makes codes.
#[derive(Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub struct TotpSecret {
    /// In base32. Whoever has it can make codes, so it is never printed.
    pub secret: String,
    pub created_at: Timestamp,
    /// When its owner showed that the device makes the right codes; before that it counts for nothing.
    pub confirmed_at: Option<Timestamp>,
}

impl fmt::Debug for TotpSecret {
    /// Without the secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TotpSecret").field("confirmed_at", &self.confirmed_at).finish_non_exhaustive()
    }
}

impl Store {
    /// Keeps a secret that waits to be confirmed, in place of another one that does. False if the account has one
    /// that is confirmed.
    pub async fn put_totp(&self, account: &str, secret: &str, now: Timestamp) -> Result<bool, StoreError> {
        let put = writing!(self, |pool| {
            sqlx::query(
                "INSERT INTO account_totp (account, secret, created_at, last_step) VALUES ($1, $2, $3, 0)
                 ON CONFLICT (account) DO UPDATE SET secret = $2, created_at = $3, last_step = 0
                 WHERE account_totp.confirmed_at IS NULL",
            )
            .bind(account)
            .bind(secret)
            .bind(now.0)
            .execute(pool)
            .await?
            .rows_affected()
        });
        Ok(put == 1)
    }

    /// The secret of an account, confirmed or not.
    pub async fn totp(&self, account: &str) -> Result<Option<TotpSecret>, StoreError> {
        let found: Option<(String, i64, Option<i64>)> = reading!(self, |pool| {
            sqlx::query_as("SELECT secret, created_at, confirmed_at FROM account_totp WHERE account = $1")
                .bind(account)
                .fetch_optional(pool)
                .await?
        });
        Ok(found.map(|(secret, created_at, confirmed_at)| TotpSecret {
            secret,
            created_at: Timestamp(created_at),
            confirmed_at: confirmed_at.map(Timestamp),
        }))
    }

    /// Confirms the secret of an account by the code of a step. False if it was confirmed before or is another one now.
    pub async fn confirm_totp(
        &self,
        account: &str,
        secret: &str,
        step: i64,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let confirmed = writing!(self, |pool| {
            sqlx::query(
                "UPDATE account_totp SET confirmed_at = $1, last_step = $2
                 WHERE account = $3 AND secret = $4 AND confirmed_at IS NULL",
            )
            .bind(now.0)
            .bind(step)
            .bind(account)
            .bind(secret)
            .execute(pool)
            .await?
            .rows_affected()
        });
        Ok(confirmed == 1)
    }

    /// Takes the code of a step. False if that of this step or of a later one was taken already: of any number at
    /// once, one succeeds.
    pub async fn take_totp_step(&self, account: &str, step: i64) -> Result<bool, StoreError> {
        let taken = writing!(self, |pool| {
            sqlx::query(
                "UPDATE account_totp SET last_step = $1
                 WHERE account = $2 AND last_step < $1 AND confirmed_at IS NOT NULL",
            )
            .bind(step)
            .bind(account)
            .execute(pool)
            .await?
            .rows_affected()
        });
        Ok(taken == 1)
    }

    /// Forgets the secret of an account. False if it has none.
    pub async fn drop_totp(&self, account: &str) -> Result<bool, StoreError> {
        let dropped = writing!(self, |pool| {
            sqlx::query("DELETE FROM account_totp WHERE account = $1")
                .bind(account)
                .execute(pool)
                .await?
                .rows_affected()
        });
        Ok(dropped == 1)
    }

    /// Keeps the hashes of new recovery codes; what was there before works no more.
    pub async fn put_recovery_codes(&self, account: &str, hashes: &[String]) -> Result<(), StoreError> {
        self.drop_recovery_codes(account).await?;
        for hash in hashes {
            writing!(self, |pool| {
                sqlx::query("INSERT INTO account_recovery_codes (account, code_hash) VALUES ($1, $2)")
                    .bind(account)
                    .bind(hash)
                    .execute(pool)
                    .await?;
            });
        }
        Ok(())
    }

    /// How many recovery codes of an account are left.
    pub async fn recovery_codes_left(&self, account: &str) -> Result<i64, StoreError> {
        let (left,): (i64,) = reading!(self, |pool| {
            sqlx::query_as("SELECT count(*) FROM account_recovery_codes WHERE account = $1 AND used_at IS NULL")
                .bind(account)
                .fetch_one(pool)
                .await?
        });
        Ok(left)
    }

    /// Uses a recovery code up. False if the account has none of that hash left: of any number at once, one succeeds.
    pub async fn use_recovery_code(&self, account: &str, hash: &str, now: Timestamp) -> Result<bool, StoreError> {
        let used = writing!(self, |pool| {
            sqlx::query(
                "UPDATE account_recovery_codes SET used_at = $1
                 WHERE account = $2 AND code_hash = $3 AND used_at IS NULL",
            )
            .bind(now.0)
            .bind(account)
            .bind(hash)
            .execute(pool)
            .await?
            .rows_affected()
        });
        Ok(used == 1)
    }

    /// Forgets every recovery code of an account.
    pub async fn drop_recovery_codes(&self, account: &str) -> Result<(), StoreError> {
        writing!(self, |pool| {
            sqlx::query("DELETE FROM account_recovery_codes WHERE account = $1").bind(account).execute(pool).await?;
        });
        Ok(())
    }
}
