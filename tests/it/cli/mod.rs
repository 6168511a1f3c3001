//! The program as people run it: a process with arguments, output and an exit code.

mod across;
mod commands;
mod load;
mod msel;
mod paper;
mod people;
mod print;
mod rehearsed;
pub(crate) mod run;
mod score;
mod tamper;
