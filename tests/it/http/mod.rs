//! The shell around the routes.

mod headers;
mod logging;
mod origin;
mod refusals;
