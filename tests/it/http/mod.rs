//! The shell around the routes.

mod client;
mod headers;
mod logging;
mod origin;
mod refusals;
