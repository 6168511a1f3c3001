//! Calls of NO DUFF: staff have half a minute to decide on a player's, then play stands for all.

use drillhall::engine::{
    command::{Act, Order},
    event::DuffVerdict,
    id::ItemId,
    rejection::Rejection,
    state::Stage,
};

use super::{
    acts::{cancel, second},
    fixture::{Drill, given, lift, no_duff, pause, resume},
    plan::lagoon,
    views::keys,
};

fn decide(item: &ItemId, verdict: DuffVerdict) -> Act {
    Act::DecideNoDuff { item: item.clone(), verdict, note: "we know".to_owned() }
}

/// A player of atoll has called at one minute, so atoll stands.
fn called() -> Drill {
    given(lagoon()).started().at(1).and("atoll-player", no_duff())
}

#[test]
fn a_players_call_stops_everybody_after_thirty_seconds_to_the_millisecond() {
    let drill = called().when_it_is_milli(89_999).then(&[]).when_it_is_milli(90_000).then(&["suspended"]);
    assert_eq!((drill.state.stage(), drill.log.last().map(|event| event.at)), (Stage::Suspended, Some(second(90))));
    drill.when_it_is(9).then(&[]);
    let asleep = called().asleep_until(3_600).when_it_wakes().into_drill();
    assert_eq!(asleep.state.stage(), Stage::Suspended, "late is not too late here");
}

#[test]
fn staff_decide_in_time() {
    let decided = |verdict| called().at_millis(89_999).decided(verdict);
    let drill = decided(DuffVerdict::TeamOnly).when_it_is_milli(100_000).then(&[]);
    assert_eq!((drill.state.stage(), drill.team("atoll").suspended), (Stage::Running, true));
    let drill = called();
    let item = drill.last_item();
    let drill = drill.when("facilitator", decide(&item, DuffVerdict::SuspendAll));
    let drill = drill.then(&["decided: SuspendAll", "suspended"]);
    assert!(keys(&drill, "atoll-lead").contains(&format!("duff_decided/{item}")));
    drill.when_it_is(9).then(&[]);
}

#[test]
fn a_call_in_a_pause_stops_everybody_too() {
    let drill = given(lagoon()).started().at(1).and("director", pause(None));
    let drill = drill.when("atoll-player", no_duff()).then(&["no duff of atoll: real fire", "suspended of atoll"]);
    let drill = drill.when_it_is_second(90).then(&["suspended"]);
    let drill = drill.and("director", lift(None)).and("director", resume(None));
    assert!(drill.team("basin").clock.is_running() && !drill.team("atoll").clock.is_running());
}

#[test]
fn a_call_outside_play_stops_nothing_and_is_closed_by_standing_down() {
    let drill = given(lagoon()).when("atoll-player", no_duff()).then(&["no duff of atoll: real fire"]);
    let item = drill.last_item();
    let drill = drill.when_it_is(5).then(&[]).when("atoll-player", no_duff()).refused(Rejection::CallOpen);
    let drill = drill.when("director", decide(&item, DuffVerdict::SuspendAll)).then(&["decided: SuspendAll"]);
    let drill = drill.when("director", decide(&item, DuffVerdict::StandDown)).then(&["decided: StandDown"]);
    let drill = drill.when("director", decide(&item, DuffVerdict::StandDown)).refused(Rejection::UnknownCall(item));
    drill.when("atoll-player", no_duff()).then(&["no duff of atoll: real fire"]);
    for over in [cancel(), Act::EndEx] {
        let drill = given(lagoon()).started().and("director", over);
        drill.when("atoll-player", no_duff()).then(&["no duff of atoll: real fire"]).when_it_is(5).then(&[]);
    }
}

#[test]
fn a_call_that_something_stands_for_is_not_stood_down_but_lifted() {
    let drill = called();
    let item = drill.last_item();
    let drill = drill.when("director", decide(&item, DuffVerdict::StandDown)).refused(Rejection::StillSuspended);
    let drill = drill.and("director", lift(Some("atoll"))).when_it_is(5).then(&[]);
    let drill = drill.when("director", decide(&item, DuffVerdict::StandDown)).refused(Rejection::UnknownCall(item));
    drill.when("atoll-player", no_duff()).then(&["no duff of atoll: real fire", "suspended of atoll"]);
}

#[test]
fn lifting_closes_the_calls_that_it_is_about() {
    let drill = called().and("basin-player", no_duff()).and("director", lift(Some("basin")));
    let drill = drill.when("atoll-player", no_duff()).refused(Rejection::CallOpen);
    let drill = drill.and("basin-player", no_duff()).and("observer", no_duff()).and("director", no_duff());
    let drill = drill.and("director", lift(None));
    assert!(drill.state.calls.is_empty());
    drill.when_it_is(5).then(&[]);
}

#[test]
fn once_play_stands_for_all_nothing_widens_any_more() {
    let drill = called().and("director", no_duff()).and("director", lift(None)).at(2);
    assert_eq!(drill.state.stage(), Stage::Running);
    drill.when_it_is(8).then(&[]);
}

#[test]
fn an_observers_call_waits_for_staff_without_a_limit() {
    let drill = given(lagoon()).started().and("observer", no_duff());
    let item = drill.last_item();
    let drill = drill.when_it_is_second(59).then(&[]);
    let drill = drill.when("facilitator", decide(&item, DuffVerdict::SuspendAll));
    drill.then(&["decided: SuspendAll", "suspended"]);
}

#[test]
fn a_decision_says_why_on_a_call_that_is_open() {
    let drill = called();
    let item = drill.last_item();
    let silent = Act::DecideNoDuff { item: item.clone(), verdict: DuffVerdict::TeamOnly, note: " ".to_owned() };
    let drill = drill.when("director", silent).refused(Rejection::EmptyText);
    let unknown = ItemId::from("nothing");
    let refused = Rejection::UnknownCall(unknown.clone());
    let drill = drill.when("director", decide(&unknown, DuffVerdict::TeamOnly)).refused(refused);
    let drill = drill.when("atoll-lead", decide(&item, DuffVerdict::TeamOnly)).refused(Rejection::Forbidden);
    drill.when("atoll-player", no_duff()).refused(Rejection::CallOpen);
}

#[test]
fn a_fault_does_not_hide_a_call() {
    let drill = called().when_ordered(Order::NoteFault { reason: "disk".to_owned() }).then(&["fault"]);
    drill.when_it_is_second(90).then(&["suspended"]);
}
