//! Numbers and times as people read them, rounded half to even.

use drillhall::{
    engine::time::{Millis, Timestamp},
    markup::figures::{instant, length, percent, points, story_time, tenths},
};

#[test]
fn points_round_half_to_even() {
    let shown = [12_000, 12_500, 12_340, 12_350, 12_250, 0, -1_500].map(|milli| points(milli, "."));
    assert_eq!(shown, ["12", "12.5", "12.3", "12.4", "12.2", "0", "-1.5"]);
    assert_eq!(points(12_500, ","), "12,5");
}

#[test]
fn tenths_round_half_to_even_and_are_always_shown() {
    let shown = [10_000, 12_340, 12_350, 12_250, 9_960, -40, -60].map(|milli| tenths(milli, 1000));
    assert_eq!(shown, ["10.0", "12.3", "12.4", "12.2", "10.0", "0.0", "-0.1"]);
    assert_eq!(tenths(2 * 100, 3), "66.7");
}

#[test]
fn shares_of_nothing_are_none() {
    assert_eq!((percent(1, 3), percent(1, 8), percent(3, 8), percent(0, 0)), (Some(33), Some(12), Some(38), None));
}

#[test]
fn times_are_readable() {
    assert_eq!(length(Millis::seconds(245)), "4:05");
    assert_eq!(length(Millis::seconds(3_845)), "1:04:05");
    assert_eq!(story_time(Millis::minutes(-10)), "T\u{2212}0:10:00");
    assert_eq!(story_time(Millis::minutes(72)), "T+1:12:00");
    assert_eq!(instant(Timestamp(1_767_258_000_000)), "2026-01-01 09:00:00 UTC");
    assert_eq!(instant(Timestamp(i64::MAX)), "9223372036854775807 ms");
}
