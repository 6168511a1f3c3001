//! Many rehearsals of one plan, one after another seed, on all cores.

use std::{num::NonZero, thread};

use super::{
    cast::Cast,
    rehearse::{RehearseError, rehearse},
};
use crate::{engine::plan::Plan, report::rehearsal::Tally};

/// Plays so many rehearsals with the seeds from `seed` on, and counts what went out. The counts do
/// not depend on how many cores there are.
pub fn rehearse_many(plan: &Plan, plan_hash: &str, cast: &Cast, seed: u64, runs: u32) -> Result<Tally, RehearseError> {
    let cores = u32::try_from(thread::available_parallelism().map_or(1, NonZero::get)).unwrap_or(1).clamp(1, 64);
    let some = |first: u32| -> Result<Tally, RehearseError> {
        let mut tally = Tally::new(plan.injects.len());
        for n in (first..runs).step_by(usize::try_from(cores).unwrap_or(1)) {
            tally.take(&rehearse(plan, plan_hash, cast, seed.wrapping_add(u64::from(n)))?.state);
        }
        Ok(tally)
    };
    thread::scope(|scope| {
        let workers: Vec<_> = (0..cores).map(|first| scope.spawn(move || some(first))).collect();
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
