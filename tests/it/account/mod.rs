//! Who somebody is.

mod administration;
mod audit;
mod invitations;
mod own;
mod password;
mod people;
mod plain_http;
mod policy;
mod seats;
mod second_factor;
mod sessions;
mod setup;
mod strength;
mod tokens;
