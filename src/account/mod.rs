//! Who somebody is: accounts that sign in with a password and a second factor, seats that people took with a link,
//! and the short tokens that stand for either. What they may do in an exercise is the engine's to say; what on the
//! platform, [`PlatformRole::may`].
//!
//! - Secrets are random and kept as hashes, or are passwords and kept as argon2id. Only what makes the codes of a
//!   device must be kept as it is: it is shown once and printed nowhere.
//! - A ticket or access token is worth what the session or seat that asked for it is worth at the
//!   moment of use: taking that away takes them away, and what is open by them.

pub mod api;
pub mod http;
pub mod password;
pub mod policy;
pub mod totp;

mod admin;
mod caller;
mod code;
mod cookie;
mod device;
mod error;
mod factor;
mod invite;
mod open;
mod own;
mod recovery;
mod role;
mod roll;
mod pass;
mod seat;
mod session;
mod strength;
mod token;

use std::{fmt, sync::Arc};

pub use caller::Caller;
pub use code::{NewCode, meant};
pub use error::AccountError;
pub use open::Watch;
pub use pass::Newcomer;
pub use role::{PlatformAction, PlatformRole};
pub use roll::{Flaw, LABEL, LINK_AT_MOST, RollError, Row as RollLine, USES, read as read_roll};
pub use seat::LinkTerms;

use crate::{
    audit::Audit,
    clock::Clock,
    config::{Config, Policy},
    http::limits::Limits,
    id::Random,
    store::{Store, StoreError},
};

/// What an account is called by.
pub type AccountId = String;

/// What a seat is called by.
pub type SeatId = String;

/// Knows everybody. Clones share everything.
#[derive(Clone)]
pub struct Accounts(Arc<Inner>);

struct Inner {
    store: Store,
    clock: Clock,
    random: Random,
    passwords: password::Passwords,
    tokens: token::Tokens,
    limits: Limits,
    audit: Audit,
    terms: Terms,
    open: Arc<open::Open>,
}

/// What the operator asks of people who sign in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Terms {
    /// Who needs a second factor, and how long things hold.
    pub policy: Policy,
    /// Whether passwords are taken over plain HTTP from other machines.
    pub allow_plain_sign_in: bool,
}

impl Drop for Inner {
    /// Whoever looks after connections sees that there is nobody left to do it for.
    fn drop(&mut self) {
        self.open.wake();
    }
}

impl From<&Config> for Terms {
    fn from(config: &Config) -> Self {
        Self { policy: config.policy, allow_plain_sign_in: config.allow_plain_sign_in }
    }
}

impl fmt::Debug for Accounts {
    /// Without the key that it signs with.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Accounts").finish_non_exhaustive()
    }
}

impl Accounts {
    /// Takes the key to sign with from the store; the first time, makes one.
    pub async fn open(
        store: Store,
        clock: Clock,
        random: Random,
        limits: Limits,
        terms: Terms,
    ) -> Result<Self, StoreError> {
        let fresh = hex::encode(random.bytes::<32>());
        let secret = store.setting_or_insert("signing_secret", &fresh).await?;
        let tokens = token::Tokens::new(secret.as_bytes(), random.clone());
        let passwords = password::Passwords::new(random.clone());
        let audit = Audit::new(store.clone(), clock.clone());
        let open = Arc::new(open::Open::default());
        let inner = Inner { store, clock, random, passwords, tokens, limits, audit, terms, open: Arc::clone(&open) };
        let accounts = Self(Arc::new(inner));
        tokio::spawn(open::look_after(Arc::downgrade(&accounts.0), open));
        Ok(accounts)
    }

    /// The log of what is done to the platform.
    #[must_use]
    pub fn audit(&self) -> &Audit {
        &self.0.audit
    }

    /// What the policy asks for.
    #[must_use]
    pub fn rules(&self) -> &'static policy::Rules {
        policy::rules(self.0.terms.policy)
    }

    /// How often somebody may try.
    #[must_use]
    pub fn limits(&self) -> &Limits {
        &self.0.limits
    }
}
