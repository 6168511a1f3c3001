//! NO DUFF: whoever raises it, staff are told; how much of play stands depends on who did.

use drillhall::{
    engine::{
        command::{Act, LiftSuspension},
        event::{DuffVerdict, Fact},
        rejection::Rejection,
        state::Stage,
        text::Language,
        view::card::Card,
    },
    print::{Standing, print},
};

use super::{
    fixture::{Drill, given, lift, no_duff, pause},
    plan::lagoon,
    views::{cards, keys},
};

fn playing() -> Drill {
    given(lagoon()).started()
}

#[test]
fn staff_and_team_leads_suspend_all_play() {
    for who in ["director", "planner", "facilitator", "actor", "lead-evaluator", "evaluator"] {
        let drill = playing().when(who, no_duff()).then(&["no duff: real fire", "suspended"]);
        assert_eq!(drill.state.stage(), Stage::Suspended);
    }
    playing().when("atoll-lead", no_duff()).then(&["no duff of atoll: real fire", "suspended"]);
}

#[test]
fn players_and_moderators_suspend_their_own_team() {
    for who in ["atoll-player", "atoll-moderator"] {
        let drill = playing().when(who, no_duff()).then(&["no duff of atoll: real fire", "suspended of atoll"]);
        assert_eq!(drill.state.stage(), Stage::Running);
        assert!(drill.team("atoll").suspended && !drill.team("basin").suspended);
    }
}

#[test]
fn an_observer_alarms_and_stops_nothing() {
    let drill = playing().when("observer", no_duff()).then(&["no duff: real fire"]);
    assert_eq!(drill.state.stage(), Stage::Running);
}

#[test]
fn a_reviewer_cannot_raise_it() {
    playing().when("reviewer", no_duff()).refused(Rejection::Forbidden);
    playing().when("stranger", no_duff()).refused(Rejection::Forbidden);
}

#[test]
fn a_second_alarm_is_heard_and_suspends_nothing_twice() {
    let drill = playing().and("director", no_duff());
    let drill = drill.when("observer", no_duff()).then(&["no duff: real fire"]);
    drill.when("atoll-player", no_duff()).then(&["no duff of atoll: real fire"]);
    let drill = playing().and("atoll-player", no_duff());
    let drill = drill.when("atoll-player", no_duff()).refused(Rejection::CallOpen);
    let drill = drill.when("atoll-lead", no_duff()).then(&["no duff of atoll: real fire", "suspended"]);
    assert!(drill.state.suspended);
}

#[test]
fn it_is_heard_before_and_after_play_and_during_a_pause() {
    given(lagoon()).when("director", no_duff()).then(&["no duff: real fire"]);
    playing().and("director", Act::EndEx).when("director", no_duff()).then(&["no duff: real fire"]);
    let drill = playing().and("director", pause(None));
    drill.when("director", no_duff()).then(&["no duff: real fire", "suspended"]);
}

#[test]
fn it_says_what_and_where_to_call_back() {
    let alarm = |text: &str, call_back: &str| Act::RaiseNoDuff { text: text.into(), call_back: call_back.into() };
    let drill = playing().when("director", alarm("", "+1")).refused(Rejection::EmptyText);
    let drill = drill.when("director", alarm("fire", " ")).refused(Rejection::EmptyText);
    let long = Rejection::TextTooLong { actual: 301, limit: 300 };
    drill.when("director", alarm("fire", &"1".repeat(301))).refused(long);
}

#[test]
fn the_director_lifts_a_suspension_by_a_written_decision() {
    let drill = playing().and("atoll-lead", no_duff()).when("director", lift(None)).then(&["lifted: all safe"]);
    assert_eq!(drill.state.stage(), Stage::Running);
    let silent = Act::LiftSuspension(LiftSuspension { team: None, decision: " ".to_owned(), calls: None });
    playing().and("director", no_duff()).when("director", silent).refused(Rejection::EmptyText);
    playing().and("director", no_duff()).when("facilitator", lift(None)).refused(Rejection::Forbidden);
}

#[test]
fn what_is_not_suspended_cannot_be_lifted() {
    let drill = playing().when("director", lift(None)).refused(Rejection::NotSuspended);
    let drill = drill.when("director", lift(Some("atoll"))).refused(Rejection::NotSuspended);
    drill.when("director", lift(Some("cove"))).refused(Rejection::UnknownTeam("cove".into()));
}

#[test]
fn a_team_and_the_whole_are_lifted_apart() {
    let drill = playing().and("atoll-player", no_duff()).decided(DuffVerdict::TeamOnly).and("director", no_duff());
    let drill = drill.when("director", lift(None)).then(&["lifted: all safe"]);
    assert!(drill.team("atoll").suspended);
    let drill = drill.when("director", lift(Some("atoll"))).then(&["lifted of atoll: all safe"]);
    assert!(drill.team("atoll").clock.is_running());
}

fn reach(text: &str) -> Act {
    Act::SetHallContact { text: text.to_owned() }
}

#[test]
fn whoever_decides_on_calls_says_how_the_hall_is_reached_and_everybody_reads_the_last_of_it() {
    let drill = given(lagoon()).when("facilitator", reach("desk, +1 868")).then(&["hall contact: desk, +1 868"]);
    let drill = drill.started().and("director", Act::EndEx);
    let drill = drill.when("director", reach(" room 2, +1 999 ")).then(&["hall contact: room 2, +1 999"]);
    for person in ["atoll-player", "basin-lead", "observer", "actor", "planner"] {
        let Some(Card::HallContact { text, .. }) = cards(&drill, person).remove("hall_contact") else {
            panic!("not told: {person}")
        };
        assert_eq!(text.text.as_deref(), Some("room 2, +1 999"));
    }
    assert!(!keys(&drill, "reviewer").contains("hall_contact"));
}

#[test]
fn nobody_else_says_how_the_hall_is_reached_and_it_is_a_line() {
    let mut drill = given(lagoon());
    for person in ["planner", "atoll-lead", "observer", "evaluator", "actor"] {
        drill = drill.when(person, reach("me")).refused(Rejection::Forbidden);
    }
    let drill = drill.when("director", reach(" ")).refused(Rejection::EmptyText);
    drill.when("director", reach(&"1".repeat(301))).refused(Rejection::TextTooLong { actual: 301, limit: 300 });
}

#[test]
fn how_the_hall_is_reached_is_printed_until_it_is_erased() {
    let english = Language::from("en");
    let paper = |drill: &Drill| print(&Standing::of_log(&drill.log).unwrap(), &english);
    let drill = given(lagoon()).and("director", reach("desk, <+1 868>"));
    let printed = paper(&drill);
    assert!(
        printed.contact_card.contains("desk, &lt;+1 868&gt;") && printed.answer_sheets.contains("desk, &lt;+1 868&gt;")
    );
    let Fact::HallContactSet { text } = drill.last_fact() else { panic!("not set") };
    let part = text.part.clone();
    let drill = drill.and("director", Act::ErasePart { part, reason: "asked to".to_owned() });
    assert_eq!(drill.state.hall_contact, None);
    assert!(!paper(&drill).contact_card.contains("868"));
}
