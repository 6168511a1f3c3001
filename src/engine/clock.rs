//! Time as a ledger: the two clocks that each team keeps, and the exercise as a whole.
//!
//! *Active time* is what a team has had to work in: running wall time times the rate, without
//! pauses, suspensions and credited outages. Deadlines and timing metrics use it.
//! *Plan time* is where the story stands: active time plus jumps plus credited outages. Injects
//! fall due on it.
//!
//! The ledger keeps every run, so that what was read from a line before a stop, or told by phone an
//! hour later, can still be timed exactly. Elapsed time rounds down and due instants round up, so a
//! pulse at a due instant always finds its item due.

use super::time::{Millis, Rate, Timestamp};

/// The two clocks of one team, or of the exercise as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clock {
    /// The rate of the run that goes on, or of the next one.
    rate: Rate,
    /// In order of time, each after the one before; the last one goes on while the clock runs.
    runs: Vec<Run>,
}

/// A stretch of wall time in which the clock ran at one rate.
///
/// Readings are kept in thousandths of a millisecond (milliseconds times permille), so that no pause
/// loses a fraction.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Run {
    rate: Rate,
    since: Timestamp,
    /// None while time passes.
    until: Option<Timestamp>,
    /// When the platform went down: active time stands from then on to the end of the run.
    down_since: Option<Timestamp>,
    /// Readings at the beginning.
    active_micros: i64,
    plan_micros: i64,
}

impl Run {
    fn plan_micros(&self, at: Timestamp) -> i64 {
        self.later(self.plan_micros, at)
    }

    fn active_micros(&self, at: Timestamp) -> i64 {
        self.later(self.active_micros, self.down_since.map_or(at, |down| down.min(at)))
    }

    /// A reading of the beginning, as it is at an instant. The sum is bounded, not its parts: a reading
    /// below nought would otherwise stop short of what is due last of all.
    fn later(&self, reading: i64, at: Timestamp) -> i64 {
        let until = self.until.map_or(at, |until| until.min(at));
        let elapsed = (i128::from(until.0) - i128::from(self.since.0)).max(0) * i128::from(self.rate.0);
        i64::try_from(i128::from(reading) + elapsed).unwrap_or(i64::MAX)
    }
}

impl Clock {
    /// A stopped clock that reads zero active time and the given plan time.
    #[must_use]
    pub fn stopped(opens_at: Millis, rate: Rate) -> Self {
        let never = Timestamp(0);
        let plan_micros = opens_at.0.saturating_mul(1000);
        let run = Run { rate, since: never, until: Some(never), down_since: None, active_micros: 0, plan_micros };
        Self { rate, runs: vec![run] }
    }

    /// Whether time passes.
    #[must_use]
    pub fn is_running(&self) -> bool {
        self.runs.last().is_some_and(|run| run.until.is_none())
    }

    /// The rate.
    #[must_use]
    pub fn rate(&self) -> Rate {
        self.rate
    }

    /// Active time at an instant, be it long past.
    #[must_use]
    pub fn active(&self, at: Timestamp) -> Millis {
        Millis(self.run_at(at).map_or(0, |run| run.active_micros(at)).div_euclid(1000))
    }

    /// Plan time at an instant, be it long past.
    #[must_use]
    pub fn plan(&self, at: Timestamp) -> Millis {
        Millis(self.run_at(at).map_or(0, |run| run.plan_micros(at)).div_euclid(1000))
    }

    /// First instant since the clock last stood at which plan time is at least `due`; none while it
    /// stands, or if no instant is late enough.
    #[must_use]
    pub fn plan_due(&self, due: Millis) -> Option<Timestamp> {
        self.instant_of(due, Run::plan_micros, |run| run.plan_micros)
    }

    /// First instant since the clock last stood at which active time is at least `due`; none while it
    /// stands, or if no instant is late enough.
    #[must_use]
    pub fn active_due(&self, due: Millis) -> Option<Timestamp> {
        self.instant_of(due, Run::active_micros, |run| run.active_micros)
    }

    /// Lets time pass from now on.
    pub fn start(&mut self, at: Timestamp) {
        if !self.is_running() {
            self.begin_run(at, None, Millis(0));
        }
    }

    /// Stops time.
    pub fn stop(&mut self, at: Timestamp) {
        if let Some(run) = self.runs.last_mut()
            && run.until.is_none()
        {
            run.until = Some(at.max(run.since));
        }
    }

    /// Sets the rate from an instant on.
    pub fn set_rate(&mut self, rate: Rate, at: Timestamp) {
        self.rate = rate;
        if self.is_running() {
            self.begin_run(at, None, Millis(0));
        }
    }

    /// Lets the story go on by so much. Active time stays.
    pub fn jump(&mut self, by: Millis, at: Timestamp) {
        let until = if self.is_running() { None } else { Some(at) };
        self.begin_run(at, until, by);
    }

    /// Takes an outage of the platform out of active time. Plan time went on.
    pub fn credit_outage(&mut self, from: Timestamp, to: Timestamp) {
        let Some(run) = self.runs.last_mut().filter(|run| run.until.is_none()) else { return };
        let from = from.max(run.since);
        if from < to {
            run.down_since = Some(from);
            self.begin_run(to, None, Millis(0));
        }
    }

    /// Ends the run that goes on and begins another at the readings of this instant.
    fn begin_run(&mut self, at: Timestamp, until: Option<Timestamp>, jump: Millis) {
        self.stop(at);
        let Some(last) = self.runs.last() else { return };
        // An instant never goes back, so nothing of the last run lies after it.
        let at = at.max(last.until.unwrap_or(at));
        let run = Run {
            rate: self.rate,
            since: at,
            until: until.map(|until| until.max(at)),
            down_since: None,
            active_micros: last.active_micros(at),
            plan_micros: last.plan_micros(at).saturating_add(jump.0.saturating_mul(1000)),
        };
        self.runs.push(run);
    }

    /// The run that an instant lies in, or the one before it.
    fn run_at(&self, at: Timestamp) -> Option<&Run> {
        let after = self.runs.partition_point(|run| run.since <= at);
        self.runs.get(after.saturating_sub(1))
    }

    fn instant_of(
        &self,
        due: Millis,
        reading_at: impl Fn(&Run, Timestamp) -> i64,
        reading_first: impl Fn(&Run) -> i64,
    ) -> Option<Timestamp> {
        let due = i128::from(due.0) * 1000;
        let run = self.stretch().iter().find(|run| match run.until {
            Some(until) => i128::from(reading_at(run, until)) >= due,
            None => true,
        })?;
        let missing = (due - i128::from(reading_first(run))).max(0);
        if due > i128::from(i64::MAX) {
            return None;
        }
        let rate = i128::from(run.rate.0.max(1));
        let wait = i64::try_from((missing + rate - 1) / rate).ok()?;
        run.since.0.checked_add(wait).map(Timestamp)
    }

    /// The runs since the clock last stood; none while it stands.
    fn stretch(&self) -> &[Run] {
        if !self.is_running() {
            return &[];
        }
        let joined = |pair: &[Run]| matches!(pair, [before, after] if before.until == Some(after.since));
        let standing = self.runs.windows(2).rposition(|pair| !joined(pair));
        self.runs.get(standing.map_or(0, |index| index + 1)..).unwrap_or_default()
    }
}
