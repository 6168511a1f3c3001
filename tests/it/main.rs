//! The one integration binary: real files, real databases, real sockets.
#![expect(clippy::unwrap_used, reason = "what fails in a test shall stop it, also in its helpers")]

mod live;
mod postgres;
mod scenario;
mod store;
