//! What administrators do to accounts, over the network or by commands on the server's machine. Whatever takes
//! rights away ends the sessions of the account, and with them what is open by them.

use std::io::BufRead;

use super::{
    AccountError, AccountId, Accounts, PlatformRole,
    api::{AccountAct, AccountLine},
    invite::line_of,
};
use crate::{
    audit::{By, Deed},
    store::{self, StoreError},
};

impl Accounts {
    /// Every account, the oldest first.
    pub async fn list(&self) -> Result<Vec<AccountLine>, StoreError> {
        let mut lines = Vec::new();
        for account in self.0.store.accounts().await? {
            let second_factor = !self.second_ways(&account.id).await?.is_empty();
            let sessions = self.0.store.sessions(&account.id).await?;
            lines.push(AccountLine {
                last_seen_at: sessions.iter().map(|session| session.last_seen_at).max(),
                sessions: sessions.iter().filter(|session| self.is_usable(session)).count(),
                role: PlatformRole::stored(&account.platform_role),
                second_factor,
                account: account.id,
                login: account.login,
                created_at: account.created_at,
                disabled_at: account.disabled_at,
            });
        }
        Ok(lines)
    }

    /// The account of a login, for commands.
    pub async fn named(&self, login: &str) -> Result<AccountId, AccountError> {
        let found = self.0.store.account_by_login(&super::session::normal_login(login)).await?;
        found.map(|account| account.id).ok_or(AccountError::UnknownAccount)
    }

    /// Does something to an account. The last administrator stays one.
    pub async fn act(&self, id: &AccountId, act: AccountAct, by: &By) -> Result<(), AccountError> {
        let account = self.0.store.account(id).await?.ok_or(AccountError::UnknownAccount)?;
        let takes_admin = match act {
            AccountAct::Disable => true,
            AccountAct::SetRole { role } => role != PlatformRole::PlatformAdmin,
            AccountAct::Enable | AccountAct::ResetSecondFactor | AccountAct::RevokeSessions => false,
        };
        if takes_admin && self.is_last_admin(&account).await? {
            return Err(AccountError::LastAdmin);
        }
        let (store, now) = (&self.0.store, self.0.clock.now());
        let account = id.clone();
        let deed = match act {
            AccountAct::Disable => {
                store.set_disabled(id, Some(now)).await?;
                Deed::AccountDisabled { account }
            }
            AccountAct::Enable => {
                store.set_disabled(id, None).await?;
                Deed::AccountEnabled { account }
            }
            AccountAct::SetRole { role } => {
                store.set_platform_role(id, role.name()).await?;
                Deed::AccountRoleChanged { account, role: role.name().to_owned() }
            }
            AccountAct::ResetSecondFactor => {
                store.drop_totp(id).await?;
                store.drop_recovery_codes(id).await?;
                Deed::SecondFactorReset { account }
            }
            AccountAct::RevokeSessions => {
                let sessions = self.end_all(id).await?;
                Deed::SessionsRevoked { account, sessions }
            }
        };
        // Enabling gives no session back that was good before.
        self.end_all(id).await?;
        Ok(self.0.audit.note(by, &deed).await?)
    }

    /// Gives an account another password, which is read as one line. For whoever runs commands on the server's
    /// machine.
    pub async fn set_password(&self, id: &AccountId, input: impl BufRead) -> Result<(), AccountError> {
        let account = self.0.store.account(id).await?.ok_or(AccountError::UnknownAccount)?;
        let hash = self.good_password(&account.login, line_of(input)?).await?;
        self.0.store.set_password_hash(id, &hash).await?;
        self.end_all(id).await?;
        Ok(self.0.audit.note(&By::OPERATOR, &Deed::PasswordChanged { account: account.id }).await?)
    }

    async fn end_all(&self, id: &AccountId) -> Result<u64, StoreError> {
        let ended = self.0.store.revoke_sessions_of_account(id, None, self.0.clock.now()).await?;
        self.rights_taken().await?;
        Ok(ended)
    }

    async fn is_last_admin(&self, account: &store::Account) -> Result<bool, StoreError> {
        let is_admin = |one: &store::Account| {
            one.disabled_at.is_none() && PlatformRole::stored(&one.platform_role) == PlatformRole::PlatformAdmin
        };
        let others = self.0.store.accounts().await?.into_iter().filter(|one| one.id != account.id);
        Ok(is_admin(account) && !others.into_iter().any(|one| is_admin(&one)))
    }
}
