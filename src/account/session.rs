//! Signing in and out.

use super::{AccountError, AccountId, Accounts, api::Account, cookie, password::Verdict};
use crate::{
    engine::time::Millis,
    id::token_hash,
    problem::Problem,
    store::{self, AccountSession, StoreError},
};

/// However often it is used, a session ends after this long.
const SESSION_LENGTH: Millis = Millis::minutes(7 * 24 * 60);
/// A session that nobody uses ends after this long.
const IDLE_LENGTH: Millis = Millis::minutes(12 * 60);
/// Use is noted this often, so that reading does not write each time.
const NOTED_EVERY: Millis = Millis::minutes(5);

impl Accounts {
    /// Signs in: the account, and the value of the `Set-Cookie` header. An unknown login and a wrong
    /// password look the same and take the same time.
    pub async fn sign_in(&self, login: &str, password: String) -> Result<(Account, String), AccountError> {
        let found = self.0.store.account_by_login(&normal_login(login)).await?;
        let hash = found.as_ref().map(|account| account.password_hash.clone());
        let verdict = self.0.passwords.verify(password.clone(), hash).await?;
        let Some(account) = found.filter(|_| verdict != Verdict::Wrong) else {
            return Err(AccountError::WrongCredentials);
        };
        if verdict == Verdict::RightButOld {
            let hash = self.0.passwords.hash(password).await?;
            self.0.store.set_password_hash(&account.id, &hash).await?;
        }
        let cookie = self.begin_session(&account.id).await?;
        Ok((account.into(), cookie))
    }

    pub(super) async fn begin_session(&self, account: &AccountId) -> Result<String, StoreError> {
        let now = self.0.clock.now();
        let token = self.0.random.token();
        let session = AccountSession {
            token_hash: token_hash(&token),
            account: account.clone(),
            created_at: now,
            last_seen_at: now,
            expires_at: now.plus(SESSION_LENGTH),
            revoked_at: None,
        };
        self.0.store.create_session(&session).await?;
        Ok(cookie::begin_session(&token, SESSION_LENGTH))
    }

    /// Ends a session, by the secret in its cookie. Ending what is over already changes nothing.
    pub(super) async fn end_session(&self, secret: &str) -> Result<(), StoreError> {
        self.0.store.revoke_session(&token_hash(secret), self.0.clock.now()).await?;
        Ok(())
    }

    /// Whose session this is, if it may still be used.
    pub(super) async fn account_of_session(&self, hash: &str) -> Result<Option<AccountId>, StoreError> {
        let now = self.0.clock.now();
        let session = self.0.store.session_by_token(hash).await?;
        let usable = |session: &AccountSession| session.is_valid(now) && now.since(session.last_seen_at) < IDLE_LENGTH;
        let Some(session) = session.filter(usable) else { return Ok(None) };
        if now.since(session.last_seen_at) >= NOTED_EVERY {
            self.0.store.touch_session(hash, now).await?;
        }
        Ok(Some(session.account))
    }
}

impl From<store::Account> for Account {
    fn from(account: store::Account) -> Self {
        Self { account: account.id, login: account.login }
    }
}

/// Logins differ in more than spaces around them and the size of letters.
pub(super) fn normal_login(login: &str) -> String {
    login.trim().to_lowercase()
}

pub(super) fn over() -> Problem {
    Problem::unauthorized("your session is over: sign in again")
}
