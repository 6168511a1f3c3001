//! From scenario files to plans.

mod branch;
mod check;
mod docs;
mod document;
pub(crate) mod fixture;
mod import;
mod lint;
mod msel;
mod msel_times;
mod mutation;
mod never;
mod pack;
mod round_trip;
mod typed;
