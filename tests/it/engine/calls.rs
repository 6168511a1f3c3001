//! Calls of NO DUFF: staff have half a minute to decide on a player's, then play stands for all.

use drillhall::engine::{
    command::{Act, Actor, DecideNoDuff, Order},
    event::{DuffVerdict, Event, Fact, Fault},
    id::ItemId,
    rejection::Rejection,
    state::{CallStanding, Stage},
    view::card::Card,
};

use super::{
    acts::{cancel, minute, schedule, second},
    fixture::{Drill, given, lift, lift_for, no_duff, pause, resume},
    plan::lagoon,
    views::{cards, keys},
};

fn decide(item: &ItemId, verdict: DuffVerdict) -> Act {
    Act::DecideNoDuff(DecideNoDuff { item: item.clone(), verdict, note: "we know".to_owned() })
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

/// How the cards of a call's own team say that it stands.
fn stands(drill: &Drill, item: &ItemId) -> CallStanding {
    let cards = cards(drill, "facilitator");
    let Some(Card::DuffState { standing, .. }) = cards.get(&format!("duff_state/{item}")) else { panic!("no card") };
    *standing
}

#[test]
fn a_lift_closes_no_call_that_nobody_decided_on() {
    // A fire, for which all play stands; then a heart attack in another team.
    let drill = called().decided(DuffVerdict::SuspendAll);
    let fire = drill.last_item();
    let drill = drill.at(2).and("basin-player", no_duff());
    let heart = drill.last_item();
    let unanswered = Rejection::UnansweredCalls([heart.clone()].into());
    let drill = drill.when("director", lift(None)).refused(unanswered.clone());
    let drill = drill.when("director", lift_for(None, &[&fire])).refused(unanswered);
    let drill =
        drill.when("director", lift_for(None, &[&heart])).refused(Rejection::UnansweredCalls([fire.clone()].into()));
    let decided = drill.and("director", decide(&heart, DuffVerdict::TeamOnly));
    let decided = decided.when("director", lift(None)).then(&["lifted: all safe"]);
    assert_eq!((stands(&decided, &fire), stands(&decided, &heart)), (CallStanding::Lifted, CallStanding::TeamOnly));
    assert_eq!(decided.state.calls.keys().collect::<Vec<_>>(), [&heart], "basin's team still waits for help");
}

#[test]
fn a_lift_closes_the_calls_that_it_names() {
    let drill = called().decided(DuffVerdict::SuspendAll);
    let fire = drill.last_item();
    let drill = drill.and("basin-player", no_duff()).and("observer", no_duff());
    let seen = drill.last_item();
    let basin = drill.state.calls.keys().find(|item| **item != fire && **item != seen).expect("basin's").clone();
    let drill = drill.and("director", lift_for(None, &[&fire, &basin, &seen]));
    assert!(drill.state.calls.is_empty());
    assert_eq!(stands(&drill, &seen), CallStanding::Lifted);
    let drill = drill.when("director", lift_for(Some("atoll"), &[&fire])).refused(Rejection::UnknownCall(fire));
    drill.when_it_is(5).then(&[]);
}

#[test]
fn a_team_is_lifted_for_its_own_calls() {
    let drill = called();
    let (atoll, drill) = (drill.last_item(), drill.and("basin-player", no_duff()));
    let drill =
        drill.when("director", lift_for(Some("basin"), &[&atoll])).refused(Rejection::UnknownCall(atoll.clone()));
    let drill = drill.and("director", lift(Some("basin")));
    let drill = drill.when("atoll-player", no_duff()).refused(Rejection::CallOpen);
    // The other player of atoll saw something else, and nobody has looked at it.
    let drill = drill.and("atoll-moderator", no_duff());
    let second = drill.last_item();
    let drill =
        drill.when("director", lift(Some("atoll"))).refused(Rejection::UnansweredCalls([second.clone()].into()));
    let drill = drill.and("director", lift_for(Some("atoll"), &[&atoll, &second]));
    drill.when_it_is(5).then(&[]);
}

#[test]
fn a_lift_of_a_team_leaves_the_call_that_all_play_stands_for() {
    let drill = called().decided(DuffVerdict::SuspendAll);
    let item = drill.last_item();
    let drill = drill.and("director", lift(Some("atoll")));
    assert_eq!(stands(&drill, &item), CallStanding::AllStand);
    let drill = drill.and("director", lift(None));
    assert!(drill.state.calls.is_empty() && drill.state.stage() == Stage::Running);
}

#[test]
fn a_call_says_how_it_stands_from_the_alarm_to_the_decision() {
    let drill = called();
    let item = drill.last_item();
    assert_eq!(stands(&drill, &item), CallStanding::Open);
    let drill = drill.when_it_is_second(90).then(&["suspended"]);
    assert_eq!(stands(&drill, &item), CallStanding::Widened);
    let drill = drill.and("director", lift(None));
    assert_eq!(stands(&drill, &item), CallStanding::Lifted);
    let by_lead = given(lagoon()).started().and("atoll-lead", no_duff());
    let item = by_lead.last_item();
    assert_eq!(stands(&by_lead, &item), CallStanding::AllStand);
    let by_lead = by_lead.and("director", lift(None));
    assert_eq!(stands(&by_lead, &item), CallStanding::Lifted);
    let shown = cards(&by_lead, "atoll-player");
    let Some(Card::DuffState { decision: Some(seq), .. }) = shown.get(&format!("duff_state/{item}")) else {
        panic!("it does not say by what")
    };
    assert!(shown.contains_key(&format!("decision/{seq}")));
    assert!(
        !keys(&by_lead, "basin-lead").iter().any(|key| key.starts_with("duff")),
        "another team hears nothing of it"
    );
    let closed = given(lagoon()).started().and("observer", no_duff());
    let item = closed.last_item();
    assert_eq!(stands(&closed.decided(DuffVerdict::StandDown), &item), CallStanding::StoodDown);
}

#[test]
fn an_alarm_beside_a_suspension_can_be_stood_down() {
    let drill = given(lagoon()).started().and("director", no_duff()).and("observer", no_duff());
    let drill = drill.decided(DuffVerdict::StandDown).when("director", lift(None)).then(&["lifted: all safe"]);
    assert!(drill.state.calls.is_empty());
}

#[test]
fn an_old_lift_that_names_no_calls_closes_those_it_is_about() {
    let mut drill = called().and("director", no_duff());
    let fact = serde_json::json!({"type": "suspension_lifted", "team": null, "decision": {"part": "p", "sha256": "", "bytes": 4}});
    let fact: Fact = serde_json::from_value(fact).expect("an old row is read");
    drill.state.apply(&Event { at: drill.now, actor: Actor::System, fact });
    assert!(drill.state.calls.is_empty());
}

#[test]
fn play_does_not_begin_over_an_open_call() {
    let drill = given(lagoon()).and("director", schedule(minute(10))).and("atoll-player", no_duff());
    let item = drill.last_item();
    let refused = Rejection::OpenCalls([item.clone()].into());
    let drill = drill.when("director", Act::StartEx).refused(refused);
    let drill = drill.connected("atoll", true).when_it_is(10).then(&["start held: OpenCall"]);
    let drill = drill.and("director", decide(&item, DuffVerdict::StandDown));
    drill.when("director", Act::StartEx).then(&["started", "phase quiet"]);
}

#[test]
fn once_play_stands_for_all_nothing_widens_any_more() {
    let drill = called();
    let item = drill.last_item();
    let drill = drill.and("director", no_duff()).when_it_is(8).then(&[]);
    let drill = drill.and("director", decide(&item, DuffVerdict::TeamOnly)).and("director", lift(None));
    assert_eq!(drill.state.stage(), Stage::Running);
    drill.when_it_is(12).then(&[]);
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
    let silent =
        Act::DecideNoDuff(DecideNoDuff { item: item.clone(), verdict: DuffVerdict::TeamOnly, note: " ".to_owned() });
    let drill = drill.when("director", silent).refused(Rejection::EmptyText);
    let unknown = ItemId::from("nothing");
    let refused = Rejection::UnknownCall(unknown.clone());
    let drill = drill.when("director", decide(&unknown, DuffVerdict::TeamOnly)).refused(refused);
    let drill = drill.when("atoll-lead", decide(&item, DuffVerdict::TeamOnly)).refused(Rejection::Forbidden);
    drill.when("atoll-player", no_duff()).refused(Rejection::CallOpen);
}

#[test]
fn a_fault_does_not_hide_a_call() {
    let drill = called().when_ordered(Order::NoteFault { fault: Fault::Other }).then(&["fault"]);
    drill.when_it_is_second(90).then(&["suspended"]);
}
