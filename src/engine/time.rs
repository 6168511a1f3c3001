//! Time as a ledger. Wall time comes in with commands; each team keeps two exercise clocks.
//!
//! *Active time* is what a team has had to work in: running wall time times the rate, without
//! pauses, suspensions and credited outages. Deadlines and timing metrics use it.
//! *Plan time* is where the story stands: active time plus jumps plus credited outages. Injects
//! fall due on it.
//!
//! Elapsed time rounds down and due instants round up, so a pulse at a due instant always finds
//! its item due.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A wall-clock instant: milliseconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(transparent)]
#[schema(value_type = i64)]
pub struct Timestamp(pub i64);

/// A length of time, or a reading of an exercise clock, in milliseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(transparent)]
#[schema(value_type = i64)]
pub struct Millis(pub i64);

impl Millis {
    /// So many seconds.
    #[must_use]
    pub const fn seconds(seconds: i64) -> Self {
        Self(seconds.saturating_mul(1000))
    }

    /// So many minutes.
    #[must_use]
    pub const fn minutes(minutes: i64) -> Self {
        Self(minutes.saturating_mul(60_000))
    }

    /// This much later.
    #[must_use]
    pub const fn plus(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }

    /// This much earlier.
    #[must_use]
    pub const fn minus(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

impl Timestamp {
    /// This much later.
    #[must_use]
    pub const fn plus(self, length: Millis) -> Self {
        Self(self.0.saturating_add(length.0))
    }

    /// Time from an earlier instant to this one; negative if it is a later one.
    #[must_use]
    pub const fn since(self, earlier: Self) -> Millis {
        Millis(self.0.saturating_sub(earlier.0))
    }

    /// Whether a calendar has it, from 1970 to 9999. What a client claims may lie outside.
    #[must_use]
    pub const fn is_in_calendar(self) -> bool {
        0 <= self.0 && self.0 <= 253_402_207_200_000
    }
}

/// How fast exercise time runs, in permille of wall time: 1000 is real time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(transparent)]
#[schema(value_type = u32)]
pub struct Rate(pub u32);

impl Rate {
    /// Real time.
    pub const REAL: Self = Self(1000);
    /// Slowest and fastest rate that an exercise may run at.
    pub const LIMITS: std::ops::RangeInclusive<u32> = 100..=1_000_000;
}

/// The two clocks of one team, or of the exercise as a whole.
///
/// Readings are kept in thousandths of a millisecond (milliseconds times permille), so that no
/// pause loses a fraction. They stand for the start of the run that goes on or was the last one:
/// what was read from a line before a stop can still be timed exactly after it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clock {
    rate: Rate,
    since: Timestamp,
    /// None while time passes.
    until: Option<Timestamp>,
    active_micros: i64,
    plan_micros: i64,
}

impl Clock {
    /// A stopped clock that reads zero active time and the given plan time.
    #[must_use]
    pub fn stopped(opens_at: Millis, rate: Rate) -> Self {
        let never = Timestamp(0);
        let plan_micros = opens_at.0.saturating_mul(1000);
        Self { rate, since: never, until: Some(never), active_micros: 0, plan_micros }
    }

    /// Whether time passes.
    #[must_use]
    pub fn is_running(&self) -> bool {
        self.until.is_none()
    }

    /// The rate.
    #[must_use]
    pub fn rate(&self) -> Rate {
        self.rate
    }

    /// Active time at an instant. An instant before the last start reads as that moment.
    #[must_use]
    pub fn active(&self, at: Timestamp) -> Millis {
        Millis(self.active_micros.saturating_add(self.elapsed_micros(at)).div_euclid(1000))
    }

    /// Plan time at an instant. An instant before the last start reads as that moment.
    #[must_use]
    pub fn plan(&self, at: Timestamp) -> Millis {
        Millis(self.plan_micros.saturating_add(self.elapsed_micros(at)).div_euclid(1000))
    }

    /// First instant at which plan time is at least `due`; none while the clock stands, or if no
    /// instant is late enough.
    #[must_use]
    pub fn plan_due(&self, due: Millis) -> Option<Timestamp> {
        self.instant_of(due, self.plan_micros)
    }

    /// First instant at which active time is at least `due`; none while the clock stands, or if no
    /// instant is late enough.
    #[must_use]
    pub fn active_due(&self, due: Millis) -> Option<Timestamp> {
        self.instant_of(due, self.active_micros)
    }

    /// Lets time pass from now on.
    pub fn start(&mut self, at: Timestamp) {
        if !self.is_running() {
            self.settle(at);
            self.until = None;
        }
    }

    /// Stops time.
    pub fn stop(&mut self, at: Timestamp) {
        if self.is_running() {
            self.until = Some(at.max(self.since));
        }
    }

    /// Sets the rate of a clock from an instant on.
    pub fn set_rate(&mut self, rate: Rate, at: Timestamp) {
        self.settle(at);
        self.rate = rate;
    }

    /// Takes an outage of the platform out of active time. Plan time went on.
    pub fn credit_outage(&mut self, from: Timestamp, to: Timestamp) {
        if self.is_running() {
            let lost = to.since(from.max(self.since)).0.max(0);
            self.active_micros = self.active_micros.saturating_sub(lost.saturating_mul(i64::from(self.rate.0)));
        }
    }

    /// Takes the run so far into the readings; another begins at this instant.
    fn settle(&mut self, at: Timestamp) {
        let elapsed = self.elapsed_micros(at);
        self.active_micros = self.active_micros.saturating_add(elapsed);
        self.plan_micros = self.plan_micros.saturating_add(elapsed);
        self.since = at;
        self.until = self.until.map(|_| at);
    }

    fn elapsed_micros(&self, at: Timestamp) -> i64 {
        let until = self.until.map_or(at, |until| until.min(at));
        until.since(self.since).0.max(0).saturating_mul(i64::from(self.rate.0))
    }

    fn instant_of(&self, due: Millis, base_micros: i64) -> Option<Timestamp> {
        if !self.is_running() {
            return None;
        }
        let reading = i128::from(due.0) * 1000;
        let missing = (reading - i128::from(base_micros)).max(0);
        if reading.max(missing) > i128::from(i64::MAX) {
            return None;
        }
        let rate = i128::from(self.rate.0.max(1));
        let wait = i64::try_from((missing + rate - 1) / rate).ok()?;
        self.since.0.checked_add(wait).map(Timestamp)
    }
}
