//! Simulated people: the same seed gives the same drill, and every part of a drill is played.

mod behaviour;
mod pace;
mod rehearse;
