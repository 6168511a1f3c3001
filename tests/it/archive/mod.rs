//! Archives: what goes in comes out elsewhere, and what somebody made of one in between is noticed.

mod fixture;
mod hostile;
mod incomplete;
mod round_trip;
mod served;
mod tampered;
