//! How much lay on a team's table, and when nothing did.

use super::{
    model::{Quarter, Stretch},
    watch::Watched,
};
use crate::engine::time::Millis;

/// Length of the steps in which workload is counted.
const QUARTER: Millis = Millis::minutes(15);

/// The workload of each quarter hour that play touches.
pub(super) fn quarters(watched: &Watched, play: Stretch) -> Vec<Quarter> {
    let first = play.from.0.div_euclid(QUARTER.0);
    let last = play.until.minus(Millis(1)).max(play.from).0.div_euclid(QUARTER.0);
    let starts = (first..=last).map(|n| Millis(n.saturating_mul(QUARTER.0)));
    starts.map(|from| quarter(watched, Stretch { from, until: from.plus(QUARTER) }, last * QUARTER.0)).collect()
}

fn quarter(watched: &Watched, step: Stretch, last: i64) -> Quarter {
    // What happens after the end belongs to the last quarter.
    let within = |time: &Millis| step.from <= *time && (*time < step.until || step.from.0 == last);
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let tables = || watched.tables.iter();
    let open = tables().filter(|table| table.from < step.until && table.until.is_some_and(|until| until > step.from));
    Quarter {
        from: step.from,
        arrived: count(tables().filter(|table| within(&table.from)).count()),
        open: count(open.count()),
        due: count(tables().filter_map(|table| table.due).filter(|due| step.from <= *due && *due < step.until).count()),
        acts: count(watched.acts.iter().filter(|act| within(act)).count()),
    }
}

/// Stretches longer than `quiet_after` in which nothing is open and nothing new arrives.
pub(super) fn dead(watched: &Watched, play: Stretch, quiet_after: Millis) -> Vec<Stretch> {
    let mut dead = Vec::new();
    let mut busy_until = play.from;
    // Tables are in order of time.
    for table in &watched.tables {
        dead.push(Stretch { from: busy_until, until: table.from });
        busy_until = busy_until.max(table.until.unwrap_or(table.from));
    }
    dead.push(Stretch { from: busy_until, until: play.until });
    dead.retain(|stretch| stretch.until.minus(stretch.from) > quiet_after);
    dead
}
