//! The course of the exercise: a start that is armed, calling off, speed, and shifts of what is left.

use drillhall::engine::{
    command::Act,
    event::Fact,
    rejection::Rejection,
    state::Stage,
    time::{Millis, Timestamp},
};

use super::{
    acts::{cancel, fit, free, hold, minute, rate, schedule, shift},
    fixture::{Drill, START, answer, given, lift, no_duff, pause, release, resume, retime, write_log},
    plan::{at, cut, empty, lagoon, minutes, pause_at, phase, quiz, with},
};

fn scheduled() -> Drill {
    given(lagoon()).when("director", schedule(minute(5))).then(&["start scheduled"])
}

#[test]
fn an_armed_start_is_given_by_itself_once_somebody_is_there() {
    let drill = scheduled().connected("basin", true).when_it_is_milli(5 * 60_000 - 1).then(&[]);
    let drill = drill.when_it_is(5).then(&["started", "phase quiet"]);
    assert_eq!((drill.state.started_at, drill.state.scheduled), (Some(minute(5)), None));
}

#[test]
fn an_armed_start_is_never_given_into_an_empty_hall() {
    let drill = scheduled().connected("basin", true).connected("basin", false);
    let drill = drill.when_it_is(5).then(&["start held: EmptyHall"]);
    assert_eq!(drill.state.stage(), Stage::Ready);
    drill.when_it_is(50).then(&[]).when("director", Act::StartEx).then(&["started", "phase quiet"]);
}

#[test]
fn an_armed_start_that_is_found_too_late_is_for_staff_to_decide() {
    let awake = |seconds| scheduled().connected("atoll", true).asleep_until(seconds).when_it_wakes();
    awake(305).then(&["started", "phase quiet"]);
    awake(306).then(&["start held: TooLate"]);
}

#[test]
fn an_armed_start_may_be_moved_taken_back_and_overtaken() {
    let drill = scheduled().connected("atoll", true).and("director", schedule(minute(9)));
    let drill = drill.when_it_is(8).then(&[]).when("director", Act::UnscheduleStart).then(&["start unscheduled"]);
    let drill = drill.when_it_is(20).then(&[]);
    drill.when("director", Act::UnscheduleStart).refused(Rejection::NotScheduled);
    let drill = scheduled().connected("atoll", true).started();
    drill.when_it_is(6).then(&["warmup to atoll+basin due"]);
}

#[test]
fn only_a_time_ahead_in_a_named_zone_can_be_armed() {
    let drill = given(lagoon());
    let drill = drill.when("director", schedule(START)).refused(Rejection::StartInPast);
    let drill = drill.when("director", schedule(Timestamp(i64::MAX))).refused(Rejection::TimeOutOfRange);
    let mars = Act::ScheduleStart { at: minute(5), zone: "Mars/Olympus".to_owned() };
    let drill = drill.when("director", mars).refused(Rejection::BadZone("Mars/Olympus".to_owned()));
    let nowhere = Act::ScheduleStart { at: minute(5), zone: " ".to_owned() };
    let drill = drill.when("director", nowhere).refused(Rejection::EmptyText);
    let drill = drill.when("facilitator", schedule(minute(5))).refused(Rejection::Forbidden);
    drill.started().when("director", schedule(minute(5))).refused(Rejection::WrongStage(Stage::Running));
}

#[test]
fn a_called_off_exercise_stands_and_says_why() {
    let drill = scheduled().connected("atoll", true).when("director", cancel()).then(&["cancelled"]);
    drill.when_it_is(9).then(&[]).when("director", cancel()).refused(Rejection::WrongStage(Stage::Cancelled));
    let drill = given(lagoon()).started().at(12).when("director", cancel()).then(&["cancelled"]).at(40);
    assert_eq!((drill.state.stage(), drill.clocks("atoll")), (Stage::Cancelled, (720, 720)));
    let silent = Act::Cancel { reason: " ".to_owned() };
    given(lagoon()).when("director", silent).refused(Rejection::EmptyText);
    let ended = given(lagoon()).started().and("director", Act::EndEx);
    ended.when("director", cancel()).refused(Rejection::WrongStage(Stage::Ended));
}

#[test]
fn honest_work_is_kept_as_late_after_calling_off() {
    let drill = given(lagoon()).started().at(12).and("director", cancel()).at(13);
    let drill = drill.when("atoll-lead", answer("task", "right")).then(&["task answer 1 of atoll after 120 s, late"]);
    drill.when("atoll-lead", write_log("seen")).then(&["log of atoll: seen"]);
}

#[test]
fn what_is_armed_or_called_does_not_come_after_calling_off() {
    let drill = given(lagoon()).started().and("director", super::acts::arm("news", None));
    let drill = drill.and("atoll-player", no_duff()).and("director", cancel());
    drill.when_it_is(9).then(&[]);
}

#[test]
fn time_runs_at_another_speed_from_then_on() {
    let drill = given(with(vec![at("mail", 10)])).started().at(2);
    let drill = drill.when("facilitator", rate(4000)).then(&["rate 4000"]);
    let drill = drill.when_it_is(4).then(&["mail to atoll+basin due"]);
    assert_eq!(drill.clocks("atoll"), (600, 600));
}

#[test]
fn a_speed_set_before_startex_or_in_a_pause_counts_when_time_runs() {
    let drill = given(with(vec![at("mail", 10)])).and("director", rate(2000)).started();
    let drill = drill.at(1).and("director", pause(None)).and("director", rate(500)).at(9).and("director", resume(None));
    assert_eq!(drill.at(11).clocks("basin"), (180, 180));
}

#[test]
fn a_speed_lies_between_a_tenth_and_a_thousand_times_real_time() {
    for bad in [i64::MIN, -1000, -1, 0, 99, 1_000_001, i64::from(u32::MAX) + 1001, i64::MAX] {
        given(lagoon()).started().when("director", rate(bad)).refused(Rejection::BadRate);
    }
    for good in [100, 1_000_000] {
        let drill = given(lagoon()).started().and("director", rate(good));
        assert_eq!(i64::from(drill.state.clock.rate().0), good);
    }
}

#[test]
fn everything_that_is_left_falls_due_later() {
    let mut plan = with(vec![at("mail", 10), at("news", 20)]);
    plan.phases = vec![phase("storm", 15)];
    let drill = given(plan).started().at(12).when("director", shift(5)).then(&["shifted 300 s"]);
    assert_eq!(drill.state.planned_end, minutes(65));
    let drill = drill.when_it_is(19).then(&[]).when_it_is(20).then(&["phase storm"]);
    drill.when_it_is(25).then(&["news to atoll+basin due"]);
}

#[test]
fn what_staff_gave_a_time_or_hold_is_shifted_too() {
    let drill = given(lagoon()).started().and("director", retime("news", None, 3)).and("director", hold("tie", None));
    let drill = drill.and("director", shift(2)).and("director", free("tie", None)).at(4);
    let drill = drill.when_it_is(5).then(&["news to atoll+basin due"]).at(11);
    drill.when_it_is(12).then(&["task to atoll+basin due", "tie to atoll+basin due"]);
}

#[test]
fn breaks_and_lines_are_shifted_too() {
    let mut plan = empty();
    plan.breaks = vec![pause_at("tea", 4, 1)];
    plan.cuts = vec![cut(None, 2, 3)];
    let drill = given(plan).started().and("director", shift(10)).when_it_is(11).then(&[]);
    let drill = drill.when_it_is(13).then(&["line cut for atoll+basin", "line restored for atoll+basin"]);
    drill.when_it_is(14).then(&["break tea"]);
}

#[test]
fn deadlines_are_not_shifted() {
    let drill = given(with(vec![quiz(at("task", 1), Some(10))])).started().at(2).and("director", shift(30));
    drill.when_it_is(11).then(&["task closed for atoll+basin"]);
}

#[test]
fn nothing_is_shifted_to_before_now() {
    let drill = given(with(vec![at("mail", 1), at("news", 20)])).started().at(12);
    let most = Rejection::ShiftIntoPast { most: minutes(8) };
    let drill = drill.when("director", shift(-9)).refused(most);
    assert_eq!(Rejection::ShiftIntoPast { most: minutes(8) }.code(), "shift_into_past");
    drill.when("director", shift(-8)).then(&["shifted -480 s", "news to atoll+basin due"]);
}

#[test]
fn the_team_that_is_furthest_decides_how_far_back_a_shift_goes() {
    let drill = given(with(vec![at("mail", 20)])).started().at(2).and("director", pause(Some("atoll"))).at(12);
    let drill = drill.when("director", shift(-9)).refused(Rejection::ShiftIntoPast { most: minutes(8) });
    drill.when("director", shift(-8)).then(&["shifted -480 s", "mail to basin due"]);
}

#[test]
fn a_team_that_stands_alone_is_minded_by_a_shift_too() {
    let drill = given(with(vec![at("mail", 20)])).started().at(2).and("director", pause(Some("basin"))).at(12);
    let drill = drill.and("director", retime("mail", Some(&["atoll"]), 60));
    let drill = drill.when("director", shift(-19)).refused(Rejection::ShiftIntoPast { most: minutes(18) });
    drill.when("director", shift(-18)).then(&["shifted -1080 s"]);
}

#[test]
fn what_overslept_is_missed_before_the_rest_is_shifted() {
    let asleep = || given(with(vec![at("mail", 1), at("news", 20)])).started().asleep_until(600);
    asleep().when("director", shift(2)).then(&["mail missed for atoll+basin", "shifted 120 s"]);
    asleep().when("director", shift(-10)).then(&[
        "mail missed for atoll+basin",
        "shifted -600 s",
        "news to atoll+basin due",
    ]);
}

#[test]
fn a_shift_has_a_length_of_at_most_a_year() {
    let by = |by| Act::Shift { by: Millis(by) };
    let drill = given(lagoon()).when("director", by(0)).refused(Rejection::NoLength);
    for far in [i64::MAX, i64::MIN, 400 * 24 * 3_600_000] {
        given(lagoon()).when("director", by(far)).refused(Rejection::TimeOutOfRange);
    }
    drill.when("director", by(60_000)).then(&["shifted 60 s"]);
}

#[test]
fn a_team_that_joins_after_a_shift_has_the_shifted_times() {
    let drill = given(with(vec![at("mail", 10)])).started().and("director", shift(5)).at(12);
    let drill = drill.when("director", super::fixture::add_team("cove")).then(&["cove joins no cohort"]);
    drill.when_it_is(15).then(&["mail to atoll+basin+cove due"]);
}

#[test]
fn time_is_moved_only_while_play_goes_on() {
    let ended = || given(lagoon()).started().and("director", Act::EndEx);
    for act in [rate(2000), shift(5), fit(50, &[]), Act::UndoFit, Act::UnscheduleStart] {
        assert!(!ended().when("director", act).is_allowed());
    }
    let drill = given(lagoon()).started().and("director", no_duff());
    let drill = drill.when("director", shift(5)).then(&["shifted 300 s"]);
    assert!(matches!(drill.last_fact(), Fact::Shifted { .. }));
    drill.and("director", lift(None)).when("director", release("news", None)).then(&["news to atoll+basin by hand"]);
}
