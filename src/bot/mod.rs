//! Simulated people: they fill a hall for a demonstration and play a whole drill for a rehearsal.
//!
//! What they do is decided in one place ([`behaviour`]), from a seed, a [`profile`] and from what a
//! team really receives, so a rehearsal in virtual time and bots on real sockets behave alike.

pub mod behaviour;
pub mod cast;
mod dice;
mod facilitator;
pub mod http;
pub mod many;
pub mod pace;
pub mod player;
pub mod profile;
pub mod rehearse;
mod schedule;
mod words;
