//! Every test of the server in one binary: real files, real databases, real sockets.
#![expect(clippy::unwrap_used, reason = "what fails in a test shall stop it, also in its helpers")]

mod account;
mod archive;
mod backup;
mod bot;
mod cli;
mod clock;
mod config;
mod docs;
mod doctor;
mod engine;
mod fuzz;
mod hook;
mod http;
mod id;
mod intake;
mod live;
mod markup;
mod openapi;
mod postgres;
mod print;
mod random;
mod report;
mod scenario;
mod server;
mod store;
mod tidy;
mod tls;
