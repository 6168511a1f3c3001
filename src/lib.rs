//! Drillhall runs cyber drills for national incident-response teams.

pub mod clock;
pub mod engine;
pub mod id;
pub mod store;

pub mod config;
pub mod problem;

pub mod account;
pub mod http;
pub mod live;
pub mod report;
