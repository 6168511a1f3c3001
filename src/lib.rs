//! Drillhall runs cyber drills for national incident-response teams.

pub mod clock;
pub mod id;
pub mod engine;
pub mod scenario;
pub mod store;
pub mod account;
pub mod bot;
pub mod live;
pub mod report;
pub mod problem;
pub mod cli;
