//! Who somebody is.

mod password;
mod seats;
mod sessions;
mod setup;
mod tokens;
