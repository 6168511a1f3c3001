//! The shell around the routes.

mod client;
mod headers;
mod logging;
mod metrics;
mod origin;
mod proxy;
mod refusals;
