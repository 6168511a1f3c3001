//! The running server from outside: real sockets, real seats, real databases. Nothing waits by
//! sleeping; whoever waits, waits for a frame.

mod after_crash;
mod bad_input;
pub(crate) mod client;
mod crash;
mod crash_plan;
mod drafts;
pub(crate) mod drill;
mod events;
pub(crate) mod fixture;
mod full_disk;
mod grants;
mod import;
mod indicators;
mod joining;
mod leak;
mod leak_random;
mod marking;
mod outbox;
mod personal;
mod process;
mod programme;
mod refused;
mod rehearsal;
mod replay;
mod reports;
mod revoked;
mod routes;
mod runner;
mod secrets;
mod socket;
mod staff;
mod taxonomies;
mod uploads;
