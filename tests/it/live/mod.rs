//! The running server from outside: real sockets, real seats, real databases. Nothing waits by
//! sleeping; whoever waits, waits for a frame.

mod client;
mod drill;
mod fixture;
mod leak;
mod runner;
mod socket;
