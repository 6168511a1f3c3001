//! One step of an exercise: a command, and everything that follows from it at the same instant.
//! The runner and the rehearsal take the same steps.

use super::{
    command::{Actor, Command, Order},
    event::{Event, Fault},
    prose::Mint,
    rejection::Rejection,
    state::State,
    time::Timestamp,
};

/// Most pulses that one instant may need. Past it something feeds itself, and play pauses.
const PULSES_AT_ONCE: usize = 1_000;

/// Decides a command, takes its events into the state, and pulses until nothing more follows.
/// Returns all events in order; a refusal changes nothing.
pub fn step(state: &mut State, command: &Command, at: Timestamp) -> Result<Vec<Event>, Rejection> {
    let at = at.max(state.at);
    let mut events = take(state, command, at)?;
    for _ in 0..PULSES_AT_ONCE {
        let following = take(state, &by_system(Order::Pulse, at), at)?;
        if following.is_empty() {
            return Ok(events);
        }
        events.extend(following);
    }
    events.extend(take(state, &by_system(Order::NoteFault { fault: Fault::Runaway }, at), at)?);
    Ok(events)
}

fn take(state: &mut State, command: &Command, at: Timestamp) -> Result<Vec<Event>, Rejection> {
    let events = state.decide(command, at)?;
    for event in &events {
        state.apply(event);
    }
    Ok(events)
}

/// A command of the server itself; none of them needs ids. The one that opens a log does: its salt would be
/// known to everybody.
#[must_use]
pub fn by_system(order: Order, at: Timestamp) -> Command {
    Command { actor: Actor::System, received_at: at, mint: Mint::new([0; 32]), order }
}
