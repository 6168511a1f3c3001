//! Who somebody is: accounts that sign in with a password, seats that people took with a link, and
//! the short tokens that stand for either. What they may do is the engine's to say.
//!
//! - Secrets are random and kept as hashes, or are passwords and kept as argon2id.
//! - A ticket or access token is worth what the session or seat that asked for it is worth at the
//!   moment of use: taking that away takes them away.

pub mod api;
pub mod http;
pub mod password;

mod caller;
mod cookie;
mod error;
mod seat;
mod session;
mod setup;
mod token;

use std::{fmt, sync::Arc};

pub use caller::Caller;
pub use error::AccountError;
pub use seat::LinkTerms;

use crate::{
    audit::Audit,
    clock::Clock,
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
}

impl fmt::Debug for Accounts {
    /// Without the key that it signs with.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Accounts").finish_non_exhaustive()
    }
}

impl Accounts {
    /// Takes the key to sign with from the store; the first time, makes one.
    pub async fn open(store: Store, clock: Clock, random: Random, limits: Limits) -> Result<Self, StoreError> {
        let fresh = hex::encode(random.bytes::<32>());
        let secret = store.setting_or_insert("signing_secret", &fresh).await?;
        let tokens = token::Tokens::new(secret.as_bytes(), random.clone());
        let passwords = password::Passwords::new(random.clone());
        let audit = Audit::new(store.clone(), clock.clone());
        Ok(Self(Arc::new(Inner { store, clock, random, passwords, tokens, limits, audit })))
    }

    /// The log of what is done to the platform.
    #[must_use]
    pub fn audit(&self) -> &Audit {
        &self.0.audit
    }

    /// How often somebody may try.
    #[must_use]
    pub fn limits(&self) -> &Limits {
        &self.0.limits
    }
}
