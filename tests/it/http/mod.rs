//! The shell around the routes.

mod client;
mod every_route;
mod headers;
mod logging;
mod origin;
mod refusals;
mod slow;
