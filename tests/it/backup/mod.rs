//! A backup is made while people play, and a server goes on from it on either database.

mod command;
mod drill;
mod round_trip;
mod tampered;
