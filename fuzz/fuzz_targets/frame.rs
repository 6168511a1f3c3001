//! Frames of a websocket, one a line, into a drill that is being played.
#![no_main]

#[allow(dead_code, reason = "each target uses one part of it")]
#[path = "../judge/mod.rs"]
mod judge;

libfuzzer_sys::fuzz_target!(|data: &[u8]| judge::frame(data));
