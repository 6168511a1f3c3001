//! The engine, rule by rule. Each test reads *given* a drill, *when* somebody acts, *then* this
//! is what the log says (or this is why not); [`fixture`] holds the drill and the words.

mod acts;
mod agenda;
mod answers;
mod arbitrary;
mod branches;
mod breaks;
mod by_hand;
mod calls;
mod clocks;
mod control;
mod course;
mod every;
mod fit;
mod fit_course;
mod fixture;
mod help;
mod injects;
mod jumps;
mod lines;
mod model;
mod people;
mod plan;
mod printed;
mod properties;
mod pulse;
mod receipts;
mod roles;
mod safety;
mod scores;
mod stages;
mod talk;
mod told;
mod views;
mod voices;
mod written;
