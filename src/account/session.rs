//! Signing in and out, and how long that holds.

use std::net::IpAddr;

use axum::{extract::FromRequestParts, http::request::Parts};

use super::{
    AccountError, AccountId, Accounts, PlatformRole,
    api::{Account, SecondStep},
    cookie, device, factor,
    password::Verdict,
};
use crate::{
    audit::{By, Who},
    engine::time::Millis,
    http::{Line, limits::Client},
    id::token_hash,
    problem::Problem,
    store::{self, AccountSession, StoreError},
};

/// Use is noted this often, so that reading does not write each time.
const NOTED_EVERY: Millis = Millis::minutes(5);
/// So soon after signing in nobody is asked for the password again.
const FRESH: Millis = Millis::minutes(10);

/// Where somebody signs in from.
#[derive(Clone, Debug, Default)]
pub(super) struct Visitor {
    pub(super) address: Option<IpAddr>,
    /// Roughly what browser on what machine.
    pub(super) device: String,
    pub(super) line: Line,
}

impl Visitor {
    pub(super) fn client(&self) -> Client {
        Client(self.address)
    }
}

impl<S: Sync> FromRequestParts<S> for Visitor {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Self::Rejection> {
        let Client(address) = Client::from_request_parts(parts, state).await?;
        let line = Line::from_request_parts(parts, state).await?;
        Ok(Self { address, device: device::device(&parts.headers), line })
    }
}

/// What a session was begun with beside the password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Factor {
    Totp,
    RecoveryCode,
}

impl Factor {
    fn name(self) -> &'static str {
        match self {
            Self::Totp => "totp",
            Self::RecoveryCode => "recovery_code",
        }
    }
}

/// A session that may be used, and whose it is.
#[derive(Clone, Debug)]
pub(super) struct Held {
    pub(super) session: AccountSession,
    pub(super) account: store::Account,
    pub(super) role: PlatformRole,
    /// The policy wants a second factor and there is none yet: it is good for nothing but enrolling one.
    pub(super) must_enrol: bool,
}

impl Held {
    /// Who that is to the audit log.
    pub(super) fn by(&self, visitor: &Visitor) -> By {
        By::new(Who::Account(self.account.id.clone()), visitor.address)
    }

    /// Refuses unless it may be used for everything that the account may do.
    pub(super) fn whole(self) -> Result<Self, AccountError> {
        if self.must_enrol { Err(AccountError::SecondFactorNeeded) } else { Ok(self) }
    }
}

/// What came of a right password.
pub(super) enum Signed {
    /// Signed in: the account, and the value of the `Set-Cookie` header.
    In(Account, String),
    /// The second factor is to come.
    Half(SecondStep),
}

impl Accounts {
    /// Signs in with a password. An unknown login, a wrong password and an account that is disabled look the same
    /// and take the same time.
    pub(super) async fn sign_in(
        &self,
        login: &str,
        password: String,
        visitor: &Visitor,
    ) -> Result<Signed, AccountError> {
        let found = self.0.store.account_by_login(&normal_login(login)).await?;
        let hash = found.as_ref().map(|account| account.password_hash.clone());
        let verdict = self.0.passwords.verify(password.clone(), hash).await?;
        let enabled = found.filter(|account| account.disabled_at.is_none());
        let Some(account) = enabled.filter(|_| verdict != Verdict::Wrong) else {
            return Err(AccountError::WrongCredentials);
        };
        if verdict == Verdict::RightButOld {
            let hash = self.0.passwords.hash(password).await?;
            self.0.store.set_password_hash(&account.id, &hash).await?;
        }
        let ways = self.second_ways(&account.id).await?;
        if ways.is_empty() {
            let cookie = self.begin_session(&account.id, None, visitor).await?;
            return Ok(Signed::In(self.shown(&account).await?, cookie));
        }
        let (challenge, expires_at) = self.0.tokens.challenge(&account.id, self.0.clock.now());
        Ok(Signed::Half(SecondStep { challenge, expires_at, ways }))
    }

    /// The second step: a code of the device, or a recovery code. Ends the challenge if it is right.
    pub(super) async fn finish_sign_in(
        &self,
        challenge: &str,
        code: &str,
        visitor: &Visitor,
    ) -> Result<(Account, String), AccountError> {
        let now = self.0.clock.now();
        let account = self.0.tokens.challenged(challenge, now).ok_or(AccountError::BadChallenge)?;
        // Six digits could be guessed; a recovery code could not.
        let limits = self.limits();
        let tried = match factor::digits(code) {
            Some(_) => limits.second_step(&account, visitor.client()),
            None => limits.attempt(visitor.client()),
        };
        tried.map_err(AccountError::Refused)?;
        let account = self.0.store.account(&account).await?.filter(|account| account.disabled_at.is_none());
        let account = account.ok_or(AccountError::BadChallenge)?;
        let factor = self.take_code(&account.id, code).await?.ok_or(AccountError::WrongCode)?;
        if !self.0.tokens.end_challenge(challenge, now) {
            return Err(AccountError::BadChallenge);
        }
        let cookie = self.begin_session(&account.id, Some(factor), visitor).await?;
        Ok((self.shown(&account).await?, cookie))
    }

    /// Begins a session: the value of the `Set-Cookie` header.
    pub(super) async fn begin_session(
        &self,
        account: &AccountId,
        factor: Option<Factor>,
        visitor: &Visitor,
    ) -> Result<String, StoreError> {
        Ok(self.open_session(account, factor, visitor).await?.1)
    }

    /// Begins a session: the hash of its secret, and the value of the `Set-Cookie` header.
    pub(super) async fn open_session(
        &self,
        account: &AccountId,
        factor: Option<Factor>,
        visitor: &Visitor,
    ) -> Result<(String, String), StoreError> {
        let now = self.0.clock.now();
        let token = self.0.random.token();
        let length = self.rules().absolute;
        let session = AccountSession {
            id: self.0.random.uuid().to_string(),
            token_hash: token_hash(&token),
            account: account.clone(),
            factor: factor.map(|factor| factor.name().to_owned()),
            device: visitor.device.clone(),
            address: visitor.address.map(|address| address.to_string()),
            created_at: now,
            last_seen_at: now,
            expires_at: now.plus(length),
            revoked_at: None,
        };
        self.0.store.create_session(&session).await?;
        Ok((session.token_hash, cookie::begin_session(&token, length)))
    }

    /// Ends a session, by the secret in its cookie. Ending what is over already changes nothing.
    pub(super) async fn end_session(&self, secret: &str) -> Result<(), StoreError> {
        if self.0.store.revoke_session(&token_hash(secret), self.0.clock.now()).await? {
            self.rights_taken().await?;
        }
        Ok(())
    }

    /// A session by the hash of its secret, if it may still be used, and for what.
    pub(super) async fn held(&self, hash: &str) -> Result<Option<Held>, StoreError> {
        let now = self.0.clock.now();
        let Some(session) = self.0.store.session_by_token(hash).await?.filter(|session| self.is_usable(session)) else {
            return Ok(None);
        };
        let account = self.0.store.account(&session.account).await?.filter(|account| account.disabled_at.is_none());
        let Some(account) = account else { return Ok(None) };
        if now.since(session.last_seen_at) >= NOTED_EVERY {
            self.0.store.touch_session(hash, now).await?;
        }
        let role = PlatformRole::stored(&account.platform_role);
        let must_enrol = session.factor.is_none() && self.rules().second_factor.contains(&role);
        Ok(Some(Held { session, account, role, must_enrol }))
    }

    /// Whether a session has neither been ended nor grown old, by the policy as it is now.
    pub(super) fn is_usable(&self, session: &AccountSession) -> bool {
        let (now, rules) = (self.0.clock.now(), self.rules());
        session.is_valid(now)
            && now.since(session.created_at) < rules.absolute
            && now.since(session.last_seen_at) < rules.idle
    }

    /// Refuses unless whoever acts has signed in just now or gives the password again: a browser left open shall
    /// not be enough to change how somebody signs in.
    pub(super) async fn confirm(
        &self,
        held: &Held,
        password: Option<String>,
        visitor: &Visitor,
    ) -> Result<(), AccountError> {
        let Some(password) = password else {
            let fresh = self.0.clock.now().since(held.session.created_at) < FRESH;
            return if fresh { Ok(()) } else { Err(AccountError::PasswordNeeded) };
        };
        self.limits().sign_in(&held.account.login, visitor.client()).map_err(AccountError::Refused)?;
        match self.0.passwords.verify(password, Some(held.account.password_hash.clone())).await? {
            Verdict::Wrong => Err(AccountError::WrongPassword),
            Verdict::Right | Verdict::RightButOld => Ok(()),
        }
    }

    /// An account as its owner is told of it.
    pub(super) async fn shown(&self, account: &store::Account) -> Result<Account, StoreError> {
        let role = PlatformRole::stored(&account.platform_role);
        let second_factor = !self.second_ways(&account.id).await?.is_empty();
        let must_enrol = !second_factor && self.rules().second_factor.contains(&role);
        Ok(Account { account: account.id.clone(), login: account.login.clone(), role, second_factor, must_enrol })
    }
}

/// Logins differ in more than spaces around them and the size of letters.
pub(super) fn normal_login(login: &str) -> String {
    login.trim().to_lowercase()
}

pub(super) fn over() -> Problem {
    Problem::unauthorized("your session is over: sign in again")
}
