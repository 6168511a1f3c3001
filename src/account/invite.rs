//! New accounts: the first by a link that the server shows when it starts without any, others by a personal
//! invitation, or by whoever may run commands on the server's machine. There is no account that nobody made.

use std::io::BufRead;

use super::{
    AccountError, Accounts, PlatformRole,
    api::{Account, InvitationLine, InvitationPreview},
    session::{Visitor, normal_login},
    strength,
};
use crate::{
    audit::{By, Deed, Who},
    engine::time::{Millis, Timestamp},
    id::token_hash,
    store::{self, Invitation, StoreError},
};

const SETUP_LENGTH: Millis = Millis::minutes(24 * 60);
const LOGIN_CHARACTERS: std::ops::RangeInclusive<usize> = 1..=64;
/// Longest note of an invitation, in characters.
const LABEL_CHARACTERS: usize = 200;

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
        visitor: &Visitor,
    ) -> Result<(Account, String), AccountError> {
        if !self.0.store.accounts().await?.is_empty() {
            return Err(AccountError::BadSetupLink);
        }
        // Hashed before the link is used up: what goes wrong here can be put right with the same link.
        let account = self.new_account(login, PlatformRole::PlatformAdmin, password).await?;
        let now = self.0.clock.now();
        if !self.0.store.use_setup_link(&token_hash(token), now.plus(Millis(-SETUP_LENGTH.0)), now).await? {
            return Err(AccountError::BadSetupLink);
        }
        self.add(&account, &By::new(Who::Nobody, visitor.address)).await?;
        let cookie = self.begin_session(&account.id, None, visitor).await?;
        Ok((self.shown(&account).await?, cookie))
    }

    /// Makes an account with a password that is read as one line. For whoever runs commands on the
    /// server's machine: the line comes from standard input, so that it is in no list of processes.
    pub async fn create(&self, login: &str, role: PlatformRole, input: impl BufRead) -> Result<Account, AccountError> {
        let account = self.new_account(login, role, line_of(input)?).await?;
        self.add(&account, &By::OPERATOR).await?;
        Ok(self.shown(&account).await?)
    }

    /// Makes a personal invitation: the path of its link, whose secret is kept nowhere, and when it is void.
    pub async fn invite(
        &self,
        role: PlatformRole,
        label: &str,
        by: &By,
    ) -> Result<(InvitationLine, String), AccountError> {
        if label.chars().any(char::is_control) || label.chars().count() > LABEL_CHARACTERS {
            return Err(AccountError::BadLabel);
        }
        let now = self.0.clock.now();
        let token = self.0.random.token();
        let invitation = Invitation {
            id: self.0.random.uuid().to_string(),
            token_hash: token_hash(&token),
            platform_role: role.name().to_owned(),
            label: label.to_owned(),
            created_at: now,
            expires_at: now.plus(self.rules().invitation),
            used_at: None,
            account: None,
            revoked_at: None,
        };
        self.0.store.create_invitation(&invitation).await?;
        let deed = Deed::AccountInvited { invitation: invitation.id.clone(), role: role.name().to_owned() };
        self.0.audit.note(by, &deed).await?;
        Ok((line(invitation, now), format!("/invited#{token}")))
    }

    /// Every invitation, the newest first.
    pub(super) async fn invitations(&self) -> Result<Vec<InvitationLine>, StoreError> {
        let now = self.0.clock.now();
        Ok(self.0.store.invitations().await?.into_iter().map(|invitation| line(invitation, now)).collect())
    }

    /// Takes an invitation back that nobody has used.
    pub(super) async fn take_invitation_back(&self, id: &str, by: &By) -> Result<(), AccountError> {
        if !self.0.store.revoke_invitation(id, self.0.clock.now()).await? {
            return Err(AccountError::UnknownInvitation);
        }
        Ok(self.0.audit.note(by, &Deed::InvitationRevoked { invitation: id.to_owned() }).await?)
    }

    /// What an invitation is for. Looking consumes nothing.
    pub(super) async fn preview_invitation(&self, token: &str) -> Result<InvitationPreview, AccountError> {
        let found = self.0.store.invitation_by_token(&token_hash(token)).await?;
        let open = found.filter(|invitation| invitation.is_open(self.0.clock.now()));
        let invitation = open.ok_or(AccountError::BadInvitation)?;
        let role = PlatformRole::stored(&invitation.platform_role);
        Ok(InvitationPreview {
            role,
            expires_at: invitation.expires_at,
            must_enrol: self.rules().second_factor.contains(&role),
        })
    }

    /// Makes the account of an invitation, and signs in with it.
    pub(super) async fn accept_invitation(
        &self,
        token: &str,
        login: &str,
        password: String,
        visitor: &Visitor,
    ) -> Result<(Account, String), AccountError> {
        let role = self.preview_invitation(token).await?.role;
        let account = self.new_account(login, role, password).await?;
        let hash = token_hash(token);
        if !self.0.store.use_invitation(&hash, &account.id, self.0.clock.now()).await? {
            return Err(AccountError::BadInvitation);
        }
        if let Err(error) = self.add(&account, &By::new(Who::Nobody, visitor.address)).await {
            self.0.store.return_invitation(&hash).await?;
            return Err(error);
        }
        let cookie = self.begin_session(&account.id, None, visitor).await?;
        Ok((self.shown(&account).await?, cookie))
    }

    async fn new_account(
        &self,
        login: &str,
        role: PlatformRole,
        password: String,
    ) -> Result<store::Account, AccountError> {
        let login = normal_login(login);
        let is_login = LOGIN_CHARACTERS.contains(&login.chars().count())
            && !login.chars().any(|character| character.is_whitespace() || character.is_control());
        if !is_login {
            return Err(AccountError::BadLogin);
        }
        Ok(store::Account {
            id: self.0.random.uuid().to_string(),
            password_hash: self.good_password(&login, password).await?,
            login,
            platform_role: role.name().to_owned(),
            created_at: self.0.clock.now(),
            disabled_at: None,
        })
    }

    /// The hash of a new password, if it is a good one for somebody of a login.
    pub(super) async fn good_password(&self, login: &str, password: String) -> Result<String, AccountError> {
        if !strength::CHARACTERS.contains(&password.chars().count()) {
            return Err(AccountError::BadPassword);
        }
        if strength::is_weak(&password, login) {
            return Err(AccountError::WeakPassword);
        }
        Ok(self.0.passwords.hash(password).await?)
    }

    async fn add(&self, account: &store::Account, by: &By) -> Result<(), AccountError> {
        if !self.0.store.create_account(account).await? {
            return Err(AccountError::LoginTaken);
        }
        let deed = Deed::AccountCreated { account: account.id.clone(), role: account.platform_role.clone() };
        Ok(self.0.audit.note(by, &deed).await?)
    }
}

/// The first line of what is read.
pub(super) fn line_of(input: impl BufRead) -> Result<String, std::io::Error> {
    Ok(input.lines().next().transpose()?.unwrap_or_default())
}

fn line(invitation: Invitation, now: Timestamp) -> InvitationLine {
    InvitationLine {
        open: invitation.is_open(now),
        role: PlatformRole::stored(&invitation.platform_role),
        invitation: invitation.id,
        label: invitation.label,
        created_at: invitation.created_at,
        expires_at: invitation.expires_at,
        used_at: invitation.used_at,
    }
}
