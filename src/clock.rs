//! The only file that reads the real clock. Everybody else asks a [`Clock`] that was handed to them,
//! so a test sets the time and a simulation runs as fast as it likes.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use tokio::sync::watch;

use crate::engine::time::{Millis, Timestamp};

/// A sleeper looks at the clock again after this long: wall time may have been set, or the machine
/// may have slept.
const LONGEST_NAP: Duration = Duration::from_secs(1);
/// The timer wakes sleepers by the millisecond, and late by one or two: for so long before the instant they
/// look at the clock themselves, and let others run in between.
const WATCHFUL: Duration = Duration::from_millis(2);

/// Tells the time. Clones tell the same time.
#[derive(Clone, Debug)]
pub struct Clock(Source);

#[derive(Clone, Debug)]
enum Source {
    System,
    Manual(watch::Receiver<Timestamp>),
}

impl Clock {
    /// The wall clock of the machine.
    #[must_use]
    pub fn system() -> Self {
        Self(Source::System)
    }

    /// The present instant.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        match &self.0 {
            Source::System => system_now(),
            Source::Manual(time) => *time.borrow(),
        }
    }

    /// Returns once the clock reads `due` or later.
    pub async fn sleep_until(&self, due: Timestamp) {
        match &self.0 {
            Source::System => loop {
                let due = Duration::from_millis(u64::try_from(due.0).unwrap_or_default());
                let Some(left) = due.checked_sub(since_epoch()).filter(|left| !left.is_zero()) else { return };
                nap(left).await;
            },
            Source::Manual(time) => {
                // An error means that nobody can move the time any more: then it never comes.
                if time.clone().wait_for(|&now| now >= due).await.is_err() {
                    std::future::pending::<()>().await;
                }
            }
        }
    }

    /// Returns once the clock reads `due` or later, or no longer reads an instant within `length` before it:
    /// wall time was set back.
    pub async fn wait_out(&self, length: Millis, due: Timestamp) {
        let outside = |now: Timestamp| now >= due || now < due.minus(length);
        match &self.0 {
            Source::System => loop {
                let now = system_now();
                if outside(now) {
                    return;
                }
                nap(Duration::from_millis(u64::try_from(due.since(now).0).unwrap_or_default())).await;
            },
            Source::Manual(time) => {
                if time.clone().wait_for(|&now| outside(now)).await.is_err() {
                    std::future::pending::<()>().await;
                }
            }
        }
    }
}

/// Measures how long something takes, for figures; no rule depends on it.
#[derive(Clone, Copy, Debug)]
pub struct Stopwatch(std::time::Instant);

impl Stopwatch {
    /// Begins now.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "a measurement is of real time")]
    pub fn start() -> Self {
        Self(std::time::Instant::now())
    }

    /// Time that has passed since.
    #[must_use]
    pub fn elapsed(&self) -> Duration {
        self.0.elapsed()
    }
}

/// Moves the time of the clocks that it gave out.
#[derive(Clone, Debug)]
pub struct ManualClock(watch::Sender<Timestamp>);

impl ManualClock {
    /// Time stands at `start` until somebody moves it.
    #[must_use]
    pub fn starting_at(start: Timestamp) -> Self {
        Self(watch::Sender::new(start))
    }

    /// A clock that tells this time.
    #[must_use]
    pub fn clock(&self) -> Clock {
        Clock(Source::Manual(self.0.subscribe()))
    }

    /// Sets the time, forwards or backwards as a wall clock can be.
    pub fn set(&self, now: Timestamp) {
        self.0.send_replace(now);
    }

    /// Lets time pass.
    pub fn advance(&self, length: Millis) {
        self.0.send_modify(|now| *now = now.plus(length));
    }
}

/// Sleeps for a part of what is left, or lets others run once.
async fn nap(left: Duration) {
    match left.checked_sub(WATCHFUL) {
        Some(rest) => tokio::time::sleep(rest.min(LONGEST_NAP)).await,
        None => tokio::task::yield_now().await,
    }
}

#[expect(clippy::disallowed_methods, reason = "here the wall clock is read, and nowhere else")]
fn since_epoch() -> Duration {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default()
}

fn system_now() -> Timestamp {
    Timestamp(i64::try_from(since_epoch().as_millis()).unwrap_or(i64::MAX))
}
