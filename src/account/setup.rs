//! New accounts: the first by a link that the server shows when it starts without any, others by
//! whoever may run commands on its machine.

use std::io::BufRead;

use super::{AccountError, Accounts, api::Account, session::normal_login};
use crate::{
    engine::time::Millis,
    id::token_hash,
    store::{self, StoreError},
};

const SETUP_LENGTH: Millis = Millis::minutes(24 * 60);
const LOGIN_CHARACTERS: std::ops::RangeInclusive<usize> = 1..=64;
const PASSWORD_CHARACTERS: std::ops::RangeInclusive<usize> = 15..=256;
/// The only platform role there is yet.
const ADMIN: &str = "admin";

impl Accounts {
    /// Path of a new link that makes the first account. None if there is an account.
    pub async fn setup_link(&self) -> Result<Option<String>, StoreError> {
        if !self.0.store.accounts().await?.is_empty() {
            return Ok(None);
        }
        let token = self.0.random.token();
        self.0.store.create_setup_link(&token_hash(&token), self.0.clock.now()).await?;
        Ok(Some(format!("/setup#{token}")))
    }

    /// Makes the first account with the secret of the link, and signs in with it.
    pub(super) async fn set_up(
        &self,
        token: &str,
        login: &str,
        password: String,
    ) -> Result<(Account, String), AccountError> {
        if !self.0.store.accounts().await?.is_empty() {
            return Err(AccountError::BadSetupLink);
        }
        // Hashed before the link is used up: what goes wrong here can be put right with the same link.
        let account = self.new_account(login, password).await?;
        let now = self.0.clock.now();
        if !self.0.store.use_setup_link(&token_hash(token), now.plus(Millis(-SETUP_LENGTH.0)), now).await? {
            return Err(AccountError::BadSetupLink);
        }
        let account = self.add(account).await?;
        let cookie = self.begin_session(&account.account).await?;
        Ok((account, cookie))
    }

    /// Makes an account with a password that is read as one line. For whoever runs commands on the
    /// server's machine: the line comes from standard input, so that it is in no list of processes.
    pub async fn create_admin(&self, login: &str, input: impl BufRead) -> Result<Account, AccountError> {
        let password = input.lines().next().transpose()?.unwrap_or_default();
        self.add(self.new_account(login, password).await?).await
    }

    async fn new_account(&self, login: &str, password: String) -> Result<store::Account, AccountError> {
        let login = normal_login(login);
        let is_login = LOGIN_CHARACTERS.contains(&login.chars().count())
            && !login.chars().any(|character| character.is_whitespace() || character.is_control());
        if !is_login {
            return Err(AccountError::BadLogin);
        }
        if !PASSWORD_CHARACTERS.contains(&password.chars().count()) {
            return Err(AccountError::BadPassword);
        }
        Ok(store::Account {
            id: self.0.random.uuid().to_string(),
            login,
            password_hash: self.0.passwords.hash(password).await?,
            platform_role: ADMIN.to_owned(),
            created_at: self.0.clock.now(),
        })
    }

    async fn add(&self, account: store::Account) -> Result<Account, AccountError> {
        if self.0.store.create_account(&account).await? { Ok(account.into()) } else { Err(AccountError::LoginTaken) }
    }
}
