//! What was measured, as JSON and as a table.

use std::{fmt::Write, time::Duration};

use serde::Serialize;

/// The figures of one measurement.
#[derive(Debug, Default, Serialize)]
pub(in crate::cli) struct Figures {
    pub(super) connections: u32,
    pub(super) teams: u32,
    pub(super) injects: u32,
    /// From the start of the server's process until it accepted connections.
    pub(super) ready_ms: f64,
    pub(super) joins_per_second: f64,
    pub(super) connects_per_second: f64,
    /// What the server's memory grew by while everybody connected, for each of them.
    pub(super) kib_per_connection: f64,
    /// Rows that somebody should have received and did not.
    pub(in crate::cli) lost: u64,
    /// Rows that somebody received twice or out of order.
    pub(in crate::cli) doubled: u64,
    /// From the instant at which an inject was due to the instant that the server put on it, before it
    /// was stored; one for each inject.
    pub(super) stamped_ms: Spread,
    /// From the instant at which an inject was due until the first of all connections had read it: the
    /// first write to a socket came no later. One for each inject.
    pub(super) first_has_it_ms: Spread,
    /// From the instant at which an inject was due until a connection had read it; one for each of both.
    pub(in crate::cli) delivery_ms: Spread,
    /// From the instant at which an inject was due until every connection had read it; one for each
    /// inject.
    pub(super) all_have_it_ms: Spread,
    /// The server's processor time while injects went out, for each inject and connection.
    pub(super) cpu_us_per_delivery: f64,
    pub(super) answers: u32,
    /// From the instant at which an answer was to be sent until it was acknowledged as stored.
    pub(in crate::cli) ack_ms: Spread,
    pub(super) accepted_per_second: f64,
    pub(super) cpu_us_per_answer: f64,
    pub(super) flood: Flood,
    pub(super) reconnect: Reconnect,
    /// Where attempts to sign in were asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) login_flood: Option<LoginFlood>,
    /// The server's memory at the end.
    pub(super) server_kib: u64,
}

/// Messages to everybody, sent as fast as they are taken.
#[derive(Debug, Default, Serialize)]
pub(super) struct Flood {
    pub(super) messages: u32,
    pub(super) deliveries_per_second: f64,
    pub(super) cpu_us_per_delivery: f64,
}

/// Everybody comes back at once and has missed something.
#[derive(Debug, Default, Serialize)]
pub(super) struct Reconnect {
    pub(super) missed_each: u32,
    /// Until the last one had all that it missed.
    pub(super) seconds: f64,
    pub(super) cpu_us_per_connection: f64,
}

/// Injects go out while thousands try to sign in.
#[derive(Debug, Default, Serialize)]
pub(super) struct LoginFlood {
    pub(super) attempts: u32,
    /// Whose password was looked at.
    pub(super) refused: u32,
    /// Who was told to wait instead.
    pub(super) turned_away: u32,
    /// From the instant at which an inject was due until a connection had read it, meanwhile.
    pub(super) delivery_ms: Spread,
    /// How many times as long as before that took for all but a hundredth.
    pub(super) p99_ratio: f64,
}

/// How times are spread.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Spread {
    /// Half of them are no more than this, in milliseconds.
    pub p50: f64,
    /// All but a hundredth are no more than this, in milliseconds.
    pub p99: f64,
    /// The longest, in milliseconds.
    pub max: f64,
}

impl Spread {
    /// The spread of some times, each figure one of them; all nought if there are none.
    #[must_use]
    pub fn of(mut times: Vec<Duration>) -> Self {
        times.sort_unstable();
        let at = |percent: usize| {
            let index = (times.len() * percent).div_ceil(100).saturating_sub(1);
            times.get(index).map_or(0.0, |time| millis(*time))
        };
        Self { p50: at(50), p99: at(99), max: at(100) }
    }
}

pub(super) fn millis(time: Duration) -> f64 {
    rounded(time.as_secs_f64() * 1e3)
}

/// Microseconds for each of so many.
pub(super) fn micros_each(time: Duration, count: u64) -> f64 {
    rounded(time.as_secs_f64() * 1e6 / float(count.max(1)))
}

/// How many in each second.
pub(super) fn per_second(count: u64, time: Duration) -> f64 {
    rounded(float(count) / time.as_secs_f64().max(1e-9))
}

/// To two places: nothing here is known better.
pub(super) fn rounded(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}

#[expect(clippy::cast_precision_loss, reason = "figures for people, far below 2^52")]
pub(super) fn float(count: u64) -> f64 {
    count as f64
}

impl Figures {
    pub(super) fn is_clean(&self) -> bool {
        self.lost == 0 && self.doubled == 0
    }

    pub(super) fn table(&self) -> String {
        let Self { connections, teams, injects, answers, flood, reconnect, .. } = self;
        let mut table = format!("{connections} connections in {teams} teams, {injects} injects, {answers} answers\n\n");
        let mut line = |name: &str, value: String| {
            // Writing to a string cannot fail.
            writeln!(table, "  {name:<44}{value}").ok();
        };
        line("rows lost / doubled", format!("{} / {}", self.lost, self.doubled));
        line("inject due until stamped", self.stamped_ms.line());
        line("inject due until the first has read it", self.first_has_it_ms.line());
        line("inject due until one has read it", self.delivery_ms.line());
        line("inject due until all have read it", self.all_have_it_ms.line());
        line("server CPU per delivery", format!("{} us", self.cpu_us_per_delivery));
        line("answer stored and acknowledged", self.ack_ms.line());
        line("answers accepted per second", format!("{}", self.accepted_per_second));
        line("server CPU per answer", format!("{} us", self.cpu_us_per_answer));
        line("flood: deliveries per second", format!("{}", flood.deliveries_per_second));
        line("flood: server CPU per delivery", format!("{} us", flood.cpu_us_per_delivery));
        let came_back = format!("{} s, {} rows missed each", reconnect.seconds, reconnect.missed_each);
        line("everybody back at once", came_back);
        line("server CPU per return", format!("{} us", reconnect.cpu_us_per_connection));
        if let Some(LoginFlood { attempts, refused, turned_away, delivery_ms, p99_ratio }) = &self.login_flood {
            line("sign-ins tried, looked at / turned away", format!("{attempts}, {refused} / {turned_away}"));
            line("meanwhile due until one has read it", delivery_ms.line());
            line("that p99 against the one before", format!("{p99_ratio} times"));
        }
        line("memory per idle connection", format!("{} KiB", self.kib_per_connection));
        line("server memory at the end", format!("{} KiB", self.server_kib));
        line("joins / connects per second", format!("{} / {}", self.joins_per_second, self.connects_per_second));
        line("server ready after", format!("{} ms", self.ready_ms));
        table
    }
}

impl Spread {
    fn line(&self) -> String {
        format!("p50 {} ms, p99 {} ms, max {} ms", self.p50, self.p99, self.max)
    }
}
