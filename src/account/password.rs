//! Passwords, kept as argon2id. Hashing is meant to be slow, so it runs on as many threads as there
//! are cores and no more, with a short queue before them: a flood of sign-ins is turned away and
//! slows nobody else.

use std::{num::NonZeroUsize, sync::Arc, thread::available_parallelism};

use argon2::{Algorithm, Argon2, Params, PasswordHash, PasswordHasher, PasswordVerifier, Version, password_hash};
use tokio::{sync::Semaphore, task::spawn_blocking};

use crate::id::Random;

/// 19 MiB, two passes, one lane: what OWASP asks for at least.
const MEMORY_KIB: u32 = 19_456;
const PASSES: u32 = 2;
const LANES: u32 = 1;

/// Sign-ins that wait for each core, at some 35 ms each.
pub const QUEUE_PER_CORE: usize = 30;

/// The hash of no password, with the same parameters. Verifying against it takes as long as against
/// a real one, so time does not tell whether there is such a login.
const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// Why a password was neither hashed nor verified.
#[derive(Debug, thiserror::Error)]
#[expect(missing_docs, reason = "the messages say it")]
pub enum PasswordError {
    #[error("many people are signing in at this moment: wait a few seconds and try again")]
    Busy,
    #[error("the password could not be hashed")]
    Hash(password_hash::Error),
    #[error("hashing was broken off")]
    Stopped(#[from] tokio::task::JoinError),
}

/// What came of verifying a password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is not the password.
    Wrong,
    /// It is the password.
    Right,
    /// It is the password, but was hashed with other parameters than today's: hash it again.
    RightButOld,
}

/// Hashes and verifies.
pub struct Passwords {
    random: Random,
    /// One permit for each password that waits or is worked on.
    queue: Semaphore,
    /// One permit for each core.
    cores: Arc<Semaphore>,
}

impl Passwords {
    /// As many at a time as there are cores.
    #[must_use]
    pub fn new(random: Random) -> Self {
        let cores = available_parallelism().map_or(1, NonZeroUsize::get);
        Self { random, queue: Semaphore::new(cores * (QUEUE_PER_CORE + 1)), cores: Arc::new(Semaphore::new(cores)) }
    }

    /// The hash to keep for a password.
    pub async fn hash(&self, password: String) -> Result<String, PasswordError> {
        let salt: [u8; 16] = self.random.bytes();
        let hashed = self.work(move || argon2()?.hash_password_with_salt(password.as_bytes(), &salt)).await?;
        hashed.map(|hash| hash.to_string()).map_err(PasswordError::Hash)
    }

    /// Whether a password is the one that was hashed. Without a hash it is wrong, in the same time.
    pub async fn verify(&self, password: String, hash: Option<String>) -> Result<Verdict, PasswordError> {
        self.work(move || verify(&password, hash.as_deref().unwrap_or(NOBODY))).await?.map_err(PasswordError::Hash)
    }

    async fn work<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, PasswordError> {
        let _place = self.queue.try_acquire().map_err(|_full| PasswordError::Busy)?;
        let core = self.cores.clone().acquire_owned().await.map_err(|_closed| PasswordError::Busy)?;
        // The core is held by the work itself: a client that hangs up does not free it early.
        Ok(spawn_blocking(move || {
            let _core = core;
            work()
        })
        .await?)
    }
}

fn argon2() -> password_hash::Result<Argon2<'static>> {
    let params = Params::new(MEMORY_KIB, PASSES, LANES, None)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

fn verify(password: &str, hash: &str) -> password_hash::Result<Verdict> {
    let hash = PasswordHash::new(hash)?;
    // Takes the parameters from the hash.
    match argon2()?.verify_password(password.as_bytes(), &hash) {
        Ok(()) => Ok(if is_current(&hash) { Verdict::Right } else { Verdict::RightButOld }),
        Err(password_hash::Error::PasswordInvalid) => Ok(Verdict::Wrong),
        Err(error) => Err(error),
    }
}

fn is_current(hash: &PasswordHash) -> bool {
    let params = Params::try_from(hash);
    hash.algorithm == argon2::ARGON2ID_IDENT
        && params.is_ok_and(|params| (params.m_cost(), params.t_cost(), params.p_cost()) == (MEMORY_KIB, PASSES, LANES))
}
