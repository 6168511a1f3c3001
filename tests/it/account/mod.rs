//! Who somebody is.

mod seats;
mod sessions;
mod setup;
mod tokens;
