//! Who somebody is.
pub mod api;
