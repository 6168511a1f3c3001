//! An exported log, and rows of one whose chain somebody has made anew.
#![no_main]

#[allow(dead_code, reason = "each target uses one part of it")]
#[path = "../judge/mod.rs"]
mod judge;

libfuzzer_sys::fuzz_target!(|data: &[u8]| judge::log(data));
