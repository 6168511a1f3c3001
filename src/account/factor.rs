//! Second factors of an account: enrolling a device that makes codes, recovery codes, and taking either.

use super::{
    AccountError, AccountId, Accounts,
    api::{Factors, RecoveryCodes, SecondWay, TotpSecret},
    recovery,
    session::{Factor, Held, Visitor},
    totp,
};
use crate::{audit::Deed, store::StoreError};

/// Digits of a code of the device.
const DIGITS: usize = 6;

impl Accounts {
    /// What an account has beside its password.
    pub(super) async fn factors(&self, account: &AccountId) -> Result<Factors, StoreError> {
        let totp = self.has_totp(account).await?;
        let recovery_codes_left = self.0.store.recovery_codes_left(account).await?;
        Ok(Factors { totp, recovery_codes_left })
    }

    /// In which ways the second step of signing in may be taken; none if there is none to take.
    pub(super) async fn second_ways(&self, account: &AccountId) -> Result<Vec<SecondWay>, StoreError> {
        let mut ways = Vec::new();
        if self.has_totp(account).await? {
            ways.push(SecondWay::Totp);
        }
        // Paper stands in for a device; by itself it is no second factor.
        if !ways.is_empty() && self.0.store.recovery_codes_left(account).await? > 0 {
            ways.push(SecondWay::RecoveryCode);
        }
        Ok(ways)
    }

    async fn has_totp(&self, account: &AccountId) -> Result<bool, StoreError> {
        Ok(self.0.store.totp(account).await?.is_some_and(|totp| totp.confirmed_at.is_some()))
    }

    /// Makes a secret for a device. It counts once the device has shown a code.
    pub(super) async fn begin_totp(
        &self,
        held: &Held,
        password: Option<String>,
        visitor: &Visitor,
    ) -> Result<TotpSecret, AccountError> {
        self.confirm(held, password, visitor).await?;
        let secret = totp::secret(self.0.random.bytes());
        if !self.0.store.put_totp(&held.account.id, &secret, self.0.clock.now()).await? {
            return Err(AccountError::AlreadyEnrolled);
        }
        let uri = totp::uri(&held.account.login, &secret);
        Ok(TotpSecret { secret, uri })
    }

    /// Enrols the device that shows the right code: recovery codes, and the cookie of a new session that has the
    /// second factor. Every other session ends.
    pub(super) async fn enrol_totp(
        &self,
        held: &Held,
        code: &str,
        visitor: &Visitor,
    ) -> Result<(RecoveryCodes, String), AccountError> {
        let account = &held.account.id;
        let now = self.0.clock.now();
        let waiting = self.0.store.totp(account).await?.filter(|totp| totp.confirmed_at.is_none());
        let secret = waiting.ok_or(AccountError::NothingToEnrol)?.secret;
        let step = totp::step(&secret, code, now).ok_or(AccountError::WrongCode)?;
        if !self.0.store.confirm_totp(account, &secret, step, now).await? {
            return Err(AccountError::NothingToEnrol);
        }
        let codes = self.make_recovery_codes(account).await?;
        let cookie = self.begin_again(held, Some(Factor::Totp), visitor).await?;
        self.0
            .audit
            .note(&held.by(visitor), &Deed::SecondFactorEnrolled { account: account.clone(), way: "totp".to_owned() })
            .await?;
        Ok((codes, cookie))
    }

    /// Forgets the device. Every other session ends, and this one has no second factor any more.
    pub(super) async fn drop_own_totp(
        &self,
        held: &Held,
        password: String,
        visitor: &Visitor,
    ) -> Result<String, AccountError> {
        self.confirm(held, Some(password), visitor).await?;
        let account = &held.account.id;
        self.0.store.drop_totp(account).await?;
        if self.second_ways(account).await?.is_empty() {
            self.0.store.drop_recovery_codes(account).await?;
        }
        let cookie = self.begin_again(held, None, visitor).await?;
        self.0
            .audit
            .note(&held.by(visitor), &Deed::SecondFactorRemoved { account: account.clone(), way: "totp".to_owned() })
            .await?;
        Ok(cookie)
    }

    /// New recovery codes; those before work no more.
    pub(super) async fn renew_recovery_codes(
        &self,
        held: &Held,
        password: Option<String>,
        visitor: &Visitor,
    ) -> Result<RecoveryCodes, AccountError> {
        self.confirm(held, password, visitor).await?;
        if self.second_ways(&held.account.id).await?.is_empty() {
            return Err(AccountError::NothingToEnrol);
        }
        Ok(self.make_recovery_codes(&held.account.id).await?)
    }

    pub(super) async fn make_recovery_codes(&self, account: &AccountId) -> Result<RecoveryCodes, StoreError> {
        let codes: Vec<String> = (0..recovery::CODES).map(|_| recovery::new_code(&self.0.random)).collect();
        let hashes: Vec<String> = codes.iter().map(|code| recovery::hash(code)).collect();
        self.0.store.put_recovery_codes(account, &hashes).await?;
        Ok(RecoveryCodes { codes })
    }

    /// Takes a code, of the device or from paper, that then works no more. None if it is not right.
    pub(super) async fn take_code(&self, account: &AccountId, code: &str) -> Result<Option<Factor>, StoreError> {
        let now = self.0.clock.now();
        if let Some(typed) = digits(code) {
            let totp = self.0.store.totp(account).await?.filter(|totp| totp.confirmed_at.is_some());
            let step = totp.and_then(|totp| totp::step(&totp.secret, &typed, now));
            return Ok(match step {
                Some(step) if self.0.store.take_totp_step(account, step).await? => Some(Factor::Totp),
                _ => None,
            });
        }
        let used = self.0.store.use_recovery_code(account, &recovery::hash(code), now).await?;
        Ok(used.then_some(Factor::RecoveryCode))
    }

    /// Ends every session of an account and begins another one for whoever acts: the way to sign in has changed.
    pub(super) async fn begin_again(
        &self,
        held: &Held,
        factor: Option<Factor>,
        visitor: &Visitor,
    ) -> Result<String, StoreError> {
        let account = &held.account.id;
        let (fresh, cookie) = self.open_session(account, factor, visitor).await?;
        self.0.store.revoke_sessions_of_account(account, Some(&fresh), self.0.clock.now()).await?;
        self.rights_taken().await?;
        Ok(cookie)
    }
}

/// The six digits of a code of the device; none if it is something else, which may be a recovery code.
pub(super) fn digits(code: &str) -> Option<String> {
    let typed: String = code.chars().filter(|c| !c.is_whitespace()).collect();
    (typed.len() == DIGITS && typed.bytes().all(|byte| byte.is_ascii_digit())).then_some(typed)
}
