//! TLS: certificates good and bad, handshakes, the hall's own authority, and a drill over all of it.

mod certificate;
pub(crate) mod fixture;
mod hall;
mod listener;
mod plain;
pub(crate) mod served;
