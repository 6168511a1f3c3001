//! Drillhall runs cyber drills for national incident-response teams.

pub mod engine;
pub mod scenario;
