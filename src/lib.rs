//! Drillhall runs cyber drills for national incident-response teams.

pub mod clock;
pub mod id;
pub mod engine;
pub mod scenario;
pub mod store;
pub mod report;
pub mod bot;
pub mod problem;
pub mod config;
pub mod http;
pub mod account;
pub mod live;
pub mod app;
pub mod cli;
