//! The program as people run it.

mod commands;
mod rehearsed;
mod run;
mod tamper;
