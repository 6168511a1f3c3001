//! Many rehearsals of one plan, one after another seed, on several cores.

use std::thread;

use super::{
    cast::Cast,
    rehearse::{RehearseError, rehearse},
};
use crate::{engine::plan::Plan, report::rehearsal::Tally};

/// Plays so many rehearsals with the seeds from `seed` on, and counts what went out. The counts do
/// not depend on the number of threads.
pub fn rehearse_many(
    plan: &Plan,
    plan_hash: &str,
    cast: &Cast,
    seed: u64,
    runs: u32,
    threads: usize,
) -> Result<Tally, RehearseError> {
    let threads = threads.clamp(1, 64);
    let some = |first: usize| -> Result<Tally, RehearseError> {
        let mut tally = Tally::new(plan.injects.len());
        for n in (0..runs).skip(first).step_by(threads) {
            tally.take(&rehearse(plan, plan_hash, cast, seed.wrapping_add(u64::from(n)))?.state);
        }
        Ok(tally)
    };
    thread::scope(|scope| {
        let workers: Vec<_> = (0..threads).map(|first| scope.spawn(move || some(first))).collect();
        let mut all = Tally::new(plan.injects.len());
        for worker in workers {
            match worker.join() {
                Ok(tally) => all.add(&tally?),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        Ok(all)
    })
}
