//! The program as people run it: a process with arguments, output and an exit code.

mod account;
mod across;
mod audit;
mod commands;
mod load;
mod msel;
mod paper;
mod people;
mod print;
mod rehearsed;
pub(crate) mod run;
mod score;
mod serve;
mod tamper;
