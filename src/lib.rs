//! Drillhall runs cyber drills for national incident-response teams.

pub mod engine;

pub mod account;
pub mod bot;
pub mod live;
pub mod problem;
pub mod report;
