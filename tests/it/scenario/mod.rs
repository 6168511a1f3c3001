//! From scenario files to plans.

mod check;
pub(crate) mod fixture;
mod import;
