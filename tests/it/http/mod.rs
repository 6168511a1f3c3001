//! The shell around the routes.

mod client;
mod every_route;
mod headers;
mod logging;
mod metrics;
mod origin;
mod proxy;
mod refusals;
mod slow;
