//! What the doctor says of good and of bad.

mod command;
mod host;
mod server;
