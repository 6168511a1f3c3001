//! A drill day: exercises that share organisations, teams, people and links, each with its own scenario, lead and
//! clock. What is shared lies in the store; what happens stays in the logs of the exercises.
//!
//! - Organising gives no right inside an exercise: ground truth is for those who direct it.
//! - A team of the day joins every exercise by the engine's own rule, whenever either of them was made.
//! - A person of the day has one pass, and takes the place in an exercise on entering it. One person has one role
//!   in an exercise: the first word stands.

pub mod api;
pub mod http;

mod enrol;
mod place;
mod span;
mod standing;
