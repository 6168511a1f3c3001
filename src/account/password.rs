//! Passwords, kept as argon2id. Hashing is meant to be slow, so it has threads of its own, one fewer than there are
//! cores and at a low priority, with a short queue before them: a flood of sign-ins is turned away and slows
//! nobody else.

use std::{
    num::NonZeroUsize,
    panic,
    sync::{Arc, Mutex, PoisonError, mpsc},
    thread::{self, available_parallelism},
};

use argon2::{Algorithm, Argon2, Params, PasswordHash, PasswordHasher, PasswordVerifier, Version, password_hash};
use tokio::sync::{Semaphore, oneshot};

use crate::id::Random;

/// 19 MiB, two passes, one lane: what OWASP asks for at least.
const MEMORY_KIB: u32 = 19_456;
const PASSES: u32 = 2;
const LANES: u32 = 1;

/// Sign-ins that wait for each thread, at some 35 ms each.
pub const QUEUE_PER_THREAD: usize = 30;
/// How far hashing steps back behind the drill where both want a core: it gets a tenth of it then.
const NICENESS: i32 = 10;

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
    Stopped,
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
    /// Goes to whichever thread is free; they end when this is dropped.
    work: mpsc::Sender<Job>,
}

type Job = Box<dyn FnOnce() + Send>;

impl Passwords {
    /// One at a time for each core but one.
    ///
    /// # Panics
    /// If the system starts no thread.
    #[must_use]
    pub fn new(random: Random) -> Self {
        let threads = threads();
        let (work, jobs) = mpsc::channel();
        let jobs = Arc::new(Mutex::new(jobs));
        for _ in 0..threads {
            let jobs = Arc::clone(&jobs);
            let started = thread::Builder::new().name("passwords".to_owned()).spawn(move || hash_all(&jobs));
            started.expect("the system starts a thread");
        }
        Self { random, queue: Semaphore::new(threads * (QUEUE_PER_THREAD + 1)), work }
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
        let (answer, result) = oneshot::channel();
        let job = Box::new(move || {
            // A client that hangs up while it waits is not worked for.
            if !answer.is_closed() {
                answer.send(work()).ok();
            }
        });
        self.work.send(job).map_err(|_no_thread| PasswordError::Stopped)?;
        result.await.map_err(|_no_thread| PasswordError::Stopped)
    }
}

/// How many passwords are worked on at a time.
#[must_use]
pub fn threads() -> usize {
    available_parallelism().map_or(1, NonZeroUsize::get).saturating_sub(1).max(1)
}

/// Works off jobs until nobody can bring any more.
fn hash_all(jobs: &Mutex<mpsc::Receiver<Job>>) {
    // Where that is not allowed it is as it was: only slower for others.
    rustix::process::nice(NICENESS).ok();
    loop {
        let job = jobs.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(job) = job else { return };
        // One that falls over shall not take the thread from those behind it; whoever waits for it is told.
        panic::catch_unwind(panic::AssertUnwindSafe(job)).ok();
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
