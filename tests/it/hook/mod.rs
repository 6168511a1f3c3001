//! Hooks: where they may go, what they are told, and that nobody waits for them.

mod address;
mod delivery;
mod fixture;
mod settings;
