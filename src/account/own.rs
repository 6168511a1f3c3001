//! What people do about their own account: other password, and the sessions that they have open.

use super::{
    AccountError, Accounts,
    api::SessionLine,
    session::{Held, Visitor},
};
use crate::{
    audit::Deed,
    store::{AccountSession, StoreError},
};

impl Accounts {
    /// Gives an account another password. Needs the one before; every other session ends.
    pub(super) async fn change_password(
        &self,
        held: &Held,
        old: String,
        new: String,
        visitor: &Visitor,
    ) -> Result<(), AccountError> {
        self.confirm(held, Some(old), visitor).await?;
        let account = &held.account.id;
        let hash = self.good_password(&held.account.login, new).await?;
        self.0.store.set_password_hash(account, &hash).await?;
        self.end_others(held).await?;
        Ok(self.0.audit.note(&held.by(visitor), &Deed::PasswordChanged { account: account.clone() }).await?)
    }

    /// The sessions of an account that may be used, the one used last first.
    pub(super) async fn own_sessions(&self, held: &Held) -> Result<Vec<SessionLine>, StoreError> {
        let sessions = self.0.store.sessions(&held.account.id).await?;
        let usable = sessions.into_iter().filter(|session| self.is_usable(session));
        Ok(usable.map(|session| line(session, &held.session.token_hash)).collect())
    }

    /// Ends one of one's own sessions.
    pub(super) async fn end_own(&self, held: &Held, id: &str, visitor: &Visitor) -> Result<(), AccountError> {
        let account = &held.account.id;
        if !self.0.store.revoke_session_of_account(account, id, self.0.clock.now()).await? {
            return Err(AccountError::UnknownSession);
        }
        self.rights_taken().await?;
        let deed = Deed::SessionsRevoked { account: account.clone(), sessions: 1 };
        Ok(self.0.audit.note(&held.by(visitor), &deed).await?)
    }

    /// Ends every session of an account but the one that acts; says how many.
    pub(super) async fn end_all_others(&self, held: &Held, visitor: &Visitor) -> Result<u64, AccountError> {
        let sessions = self.end_others(held).await?;
        let deed = Deed::SessionsRevoked { account: held.account.id.clone(), sessions };
        self.0.audit.note(&held.by(visitor), &deed).await?;
        Ok(sessions)
    }

    async fn end_others(&self, held: &Held) -> Result<u64, StoreError> {
        let (account, own) = (&held.account.id, Some(held.session.token_hash.as_str()));
        let ended = self.0.store.revoke_sessions_of_account(account, own, self.0.clock.now()).await?;
        self.rights_taken().await?;
        Ok(ended)
    }
}

fn line(session: AccountSession, own: &str) -> SessionLine {
    SessionLine {
        current: session.token_hash == own,
        session: session.id,
        created_at: session.created_at,
        last_seen_at: session.last_seen_at,
        device: session.device,
        address: session.address,
        factor: session.factor,
    }
}
