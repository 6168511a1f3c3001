//! Planned breaks: time stands for everybody and goes on by itself.

use drillhall::engine::{
    command::{Act, Order},
    event::{Fact, Fault},
    plan::Plan,
    rejection::Rejection,
    state::Stage,
};

use super::{
    acts::{cancel, minute, shift, skip_break},
    fixture::{Drill, given, lift, no_duff, pause, resume},
    plan::{at, cut, minutes, pause_at, phase, with},
    views::keys,
};

/// A break of ten minutes at five; `mail` comes with it, `news` two minutes after.
fn plan() -> Plan {
    Plan { breaks: vec![pause_at("tea", 5, 10)], ..with(vec![at("mail", 5), at("news", 7)]) }
}

fn in_break() -> Drill {
    given(plan()).started().when_it_is(5).then(&["mail to atoll+basin due", "break tea"])
}

#[test]
fn a_break_begins_after_what_is_due_with_it_and_ends_by_itself() {
    let drill = in_break();
    assert_eq!((drill.state.stage(), drill.state.on_break), (Stage::Paused, Some(minute(15))));
    let drill = drill.when_it_is_milli(15 * 60_000 - 1).then(&[]).when_it_is(15).then(&["break over"]);
    assert_eq!(drill.clocks("atoll"), (300, 300));
    drill.when_it_is(17).then(&["news to atoll+basin due"]);
}

#[test]
fn time_may_run_again_before_a_break_is_over() {
    let drill = in_break().at(8).when("facilitator", resume(None)).then(&["resumed"]);
    drill.when_it_is(10).then(&["news to atoll+basin due"]).when_it_is(40).then(&[]);
}

#[test]
fn a_pause_that_is_given_in_a_break_outlasts_it() {
    let drill = in_break().when("director", pause(None)).then(&["paused"]);
    assert!(!keys(&drill, "atoll-lead").contains("break"));
    let drill = drill.when_it_is(40).then(&[]).when("director", pause(None)).refused(Rejection::AlreadyPaused);
    drill.when("director", resume(None)).then(&["resumed"]);
}

#[test]
fn a_fault_in_a_break_outlasts_it() {
    let drill = in_break().when_ordered(Order::NoteFault { fault: Fault::Other }).then(&["fault"]);
    assert!(!keys(&drill, "atoll-lead").contains("break"));
    drill.when_it_is(40).then(&[]);
}

#[test]
fn a_break_ends_after_a_suspension_in_it_is_lifted() {
    let drill = in_break().and("director", no_duff()).when_it_is(20).then(&[]);
    let drill = drill.when("director", lift(None)).then(&["lifted: all safe", "break over"]);
    assert_eq!(drill.state.stage(), Stage::Running);
}

#[test]
fn play_may_end_in_a_break() {
    in_break().when("director", Act::EndEx).then(&["ended"]).when_it_is(40).then(&[]);
}

#[test]
fn a_break_that_is_found_late_begins_then_and_nothing_bursts_out_after_it() {
    let drill = given(plan()).started().asleep_until(600);
    let drill =
        drill.when_it_wakes().then(&["mail missed for atoll+basin", "news missed for atoll+basin", "break tea"]);
    let Fact::BreakBegan { ends_at, .. } = drill.last_fact() else { panic!("a break") };
    assert_eq!(*ends_at, minute(20));
    drill.when_it_is(50).then(&["break over"]);
}

#[test]
fn an_act_that_stops_time_finds_the_break_that_came_before_it() {
    let drill = given(plan()).started().at(4).asleep_until(301);
    let drill = drill.when("director", no_duff());
    drill.then(&["mail to atoll+basin due", "break tea", "no duff: real fire", "suspended"]);
}

#[test]
fn breaks_that_touch_follow_one_another() {
    let plan = Plan { breaks: vec![pause_at("tea", 1, 2), pause_at("prayer", 1, 3)], ..with(vec![]) };
    let drill = given(plan).started().when_it_is(1).then(&["break tea"]);
    drill.when_it_is(3).then(&["break over", "break prayer"]).when_it_is(6).then(&["break over"]);
}

#[test]
fn everybody_sees_a_break_until_it_is_over() {
    let sees =
        |drill: &Drill| keys(drill, "atoll-player").contains("break") && keys(drill, "observer").contains("break");
    let drill = in_break();
    assert!(sees(&drill));
    let drill = drill.at(16);
    assert!(!sees(&drill));
}

#[test]
fn a_planned_break_may_be_left_out() {
    let drill = given(plan()).started().when("facilitator", skip_break("tea")).then(&["break tea left out"]);
    let drill = drill.when("director", skip_break("tea")).refused(Rejection::BreakGone("tea".into()));
    let drill = drill.when("director", skip_break("lunch")).refused(Rejection::UnknownBreak("lunch".into()));
    drill.when_it_is(5).then(&["mail to atoll+basin due"]).when_it_is(7).then(&["news to atoll+basin due"]);
}

#[test]
fn a_break_that_has_begun_cannot_be_left_out() {
    in_break().when("director", skip_break("tea")).refused(Rejection::BreakGone("tea".into()));
}

#[test]
fn a_shift_puts_no_break_phase_or_cut_before_now() {
    let mut plans = [(); 3].map(|()| with(vec![at("last", 30)]));
    plans[0].breaks = vec![pause_at("tea", 10, 5)];
    plans[1].phases = vec![phase("storm", 10)];
    plans[2].cuts = vec![cut(None, 10, 20)];
    for plan in plans {
        let drill = given(plan).started().at(2);
        drill.when("director", shift(-9)).refused(Rejection::ShiftIntoPast { most: minutes(8) });
    }
}

#[test]
fn nobody_is_shown_a_break_or_a_pause_after_the_end() {
    let over = |drill: &Drill| keys(drill, "atoll-lead").iter().all(|key| key != "break" && key != "pause");
    assert!(over(&in_break().and("director", Act::EndEx)));
    assert!(over(&in_break().and("director", cancel())));
    assert!(over(&in_break().and("director", pause(None)).and("director", cancel())));
}
