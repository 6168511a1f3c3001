//! From scenario files to plans.

mod check;
mod docs;
pub(crate) mod fixture;
mod import;
mod lint;
mod mutation;
mod pack;
