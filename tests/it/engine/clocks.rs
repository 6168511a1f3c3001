//! The two clocks of a team: active time, which teams work in, and plan time, which the story
//! follows.

use drillhall::engine::{
    clock::Clock,
    command::Order,
    event::DuffVerdict,
    time::{Millis, Rate, Timestamp},
};

use super::{
    fixture::{START, answer, given, given_at_rate, lift, no_duff, pause, release, resume},
    plan::{at, empty, lagoon},
};

/// An outage between two seconds since `StartEx`.
fn outage(from: i64, to: i64) -> Order {
    Order::NoteOutage { from: START.plus(Millis::seconds(from)), to: START.plus(Millis::seconds(to)) }
}

#[test]
fn both_clocks_start_with_startex_and_run_at_the_rate() {
    assert_eq!(given(lagoon()).at(5).clocks("atoll"), (0, 0));
    assert_eq!(given(lagoon()).started().at(5).clocks("atoll"), (300, 300));
    assert_eq!(given_at_rate(lagoon(), Rate(2000)).started().at(5).clocks("atoll"), (600, 600));
    assert_eq!(given_at_rate(lagoon(), Rate(500)).started().at(5).clocks("atoll"), (150, 150));
}

#[test]
fn plan_time_starts_where_the_plan_opens() {
    let mut early = lagoon();
    early.opens_at = Millis::minutes(-10);
    assert_eq!(given(early).started().at(5).clocks("atoll"), (300, -300));
}

#[test]
fn a_pause_stops_both_clocks_of_everybody() {
    let drill = given(lagoon()).started().at(2).and("director", pause(None)).at(4);
    assert_eq!(drill.clocks("atoll"), (120, 120));
    let drill = drill.and("director", resume(None)).at(5);
    assert_eq!((drill.clocks("atoll"), drill.clocks("basin")), ((180, 180), (180, 180)));
}

#[test]
fn a_team_paused_alone_stays_behind() {
    let drill = given(lagoon()).started().at(2).and("director", pause(Some("atoll"))).at(4);
    let drill = drill.and("director", resume(Some("atoll"))).at(5);
    assert_eq!((drill.clocks("atoll"), drill.clocks("basin")), ((180, 180), (300, 300)));
    assert_eq!(drill.state.clock.plan(drill.now), Millis::minutes(5), "the exercise went on");
}

#[test]
fn pauses_that_overlap_count_once() {
    let drill = given(lagoon()).started().at(1).and("director", pause(Some("atoll")));
    let drill = drill.at(2).and("director", pause(None)).at(3).and("director", resume(Some("atoll")));
    assert_eq!(drill.at(4).and("director", resume(None)).at(5).clocks("atoll"), (120, 120));
}

#[test]
fn a_suspension_stops_the_clocks_like_a_pause() {
    let drill = given(lagoon()).started().at(2).and("director", no_duff()).at(4);
    assert_eq!(drill.and("director", lift(None)).at(5).clocks("atoll"), (180, 180));
    let drill = given(lagoon()).started().at(2).and("atoll-player", no_duff()).decided(DuffVerdict::TeamOnly).at(4);
    let drill = drill.and("director", lift(Some("atoll"))).at(5);
    assert_eq!((drill.clocks("atoll"), drill.clocks("basin")), ((180, 180), (300, 300)));
}

#[test]
fn a_resumed_team_still_waits_for_the_end_of_a_suspension() {
    let drill = given(lagoon()).started().at(1).and("director", pause(None)).and("director", no_duff());
    let drill = drill.at(2).and("director", resume(None)).at(3);
    assert_eq!(drill.clocks("atoll"), (60, 60));
}

#[test]
fn an_outage_is_taken_out_of_active_time_while_plan_time_goes_on() {
    let mut drill = given_at_rate(lagoon(), Rate(2000)).started().asleep_until(90);
    drill.order(outage(30, 90)).unwrap();
    assert_eq!(drill.clocks("atoll"), (60, 180));
}

#[test]
fn an_outage_gives_no_time_back_to_a_clock_that_stood() {
    let mut drill = given(lagoon()).started().at_seconds(20).and("director", pause(Some("atoll"))).asleep_until(50);
    drill.order(outage(30, 50)).unwrap();
    assert_eq!((drill.clocks("atoll"), drill.clocks("basin")), ((20, 20), (30, 50)));
    let mut drill = given(lagoon()).started().at_seconds(20).and("director", pause(None));
    drill = drill.at_seconds(40).and("director", resume(None)).asleep_until(50);
    drill.order(outage(10, 50)).unwrap();
    assert_eq!(drill.clocks("atoll"), (20, 30), "only what ran is given back");
}

#[test]
fn an_outage_ends_now_at_the_latest_and_one_of_no_length_is_no_fact() {
    let drill = given(lagoon()).started().asleep_until(40).when_ordered(outage(20, 4_000)).then(&["outage of 20 s"]);
    assert_eq!(drill.clocks("atoll"), (20, 40));
    drill.when_ordered(outage(30, 30)).then(&[]).when_ordered(outage(30, 20)).then(&[]);
}

#[test]
fn an_answer_on_time_before_an_outage_takes_no_negative_time() {
    let plan = lagoon();
    let mut drill = given(plan).started().at(2).and("director", release("extra", None)).asleep_until(150);
    drill.order(outage(60, 150)).unwrap();
    drill.when("atoll-lead", answer("extra", "right")).then(&["extra answer 1 of atoll after 0 s"]);
}

#[test]
fn elapsed_time_rounds_down_and_due_time_up() {
    let mut clock = Clock::stopped(Millis(0), Rate(333));
    clock.start(Timestamp(100));
    assert_eq!(clock.active(Timestamp(103)), Millis(0));
    assert_eq!(clock.active_due(Millis(1)), Some(Timestamp(104)));
    assert_eq!(clock.active(Timestamp(104)), Millis(1));
}

#[test]
fn elapsed_time_rounds_down_before_the_plan_opens_too() {
    let mut clock = Clock::stopped(Millis(-1), Rate(333));
    clock.start(Timestamp(0));
    assert_eq!(clock.plan(Timestamp(3)), Millis(-1));
    assert_eq!(clock.plan_due(Millis(0)), Some(Timestamp(4)));
    assert_eq!(clock.plan(Timestamp(4)), Millis(0));
}

#[test]
fn pauses_lose_no_fraction_of_a_millisecond() {
    let mut clock = Clock::stopped(Millis(0), Rate(250));
    for start in [0, 10, 20, 30] {
        clock.start(Timestamp(start));
        clock.stop(Timestamp(start + 1));
    }
    assert_eq!(clock.active(Timestamp(40)), Millis(1));
}

#[test]
fn a_new_rate_counts_from_its_instant_on() {
    let mut clock = Clock::stopped(Millis(0), Rate::REAL);
    clock.start(Timestamp(0));
    clock.set_rate(Rate(3000), Timestamp(10));
    assert_eq!(clock.active(Timestamp(20)), Millis(40));
    clock.stop(Timestamp(20));
    clock.set_rate(Rate::REAL, Timestamp(30));
    assert!(!clock.is_running(), "a new rate starts nothing");
}

#[test]
fn an_instant_long_past_reads_as_it_was_then() {
    let mut clock = Clock::stopped(Millis(0), Rate::REAL);
    clock.start(Timestamp(10));
    clock.stop(Timestamp(20));
    clock.start(Timestamp(50));
    let read = [5, 15, 20, 40, 50, 55].map(|at| clock.active(Timestamp(at)).0);
    assert_eq!(read, [0, 5, 10, 10, 10, 15]);
}

#[test]
fn a_clock_that_stands_has_nothing_due() {
    assert_eq!(Clock::stopped(Millis(0), Rate::REAL).plan_due(Millis(5)), None);
    assert_eq!(given(lagoon()).state.next_deadline(), None);
    assert_eq!(given(lagoon()).started().and("director", pause(None)).state.next_deadline(), None);
}

#[test]
fn a_time_that_no_clock_can_reach_is_never_due() {
    let mut far = empty();
    far.injects = vec![at("never", 0)];
    far.injects[0].trigger = drillhall::engine::plan::Trigger::At { at: Millis(i64::MAX) };
    assert_eq!(given(far).started().state.next_deadline(), None);
}

#[test]
fn an_instant_never_goes_back() {
    let mut drill = given(lagoon()).started().at(5).and("director", pause(None));
    drill.now = START;
    let drill = drill.and("director", resume(None));
    assert_eq!(drill.log.last().unwrap().at, START.plus(Millis::minutes(5)));
}

#[test]
fn a_clock_that_opens_below_nought_reaches_what_is_due_last_of_all() {
    let mut clock = Clock::stopped(Millis(-1), Rate::REAL);
    clock.start(Timestamp(0));
    let last = Millis(i64::MAX / 1000);
    let due = clock.plan_due(last).expect("there is such an instant");
    assert_eq!((clock.plan(due), clock.plan(Timestamp(due.0 - 1))), (last, Millis(last.0 - 1)));
}
