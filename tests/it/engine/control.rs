//! What control sends: release, skip and retime for all or named teams, and messages outside the
//! plan.

use drillhall::engine::{
    command::Act,
    event::{Fact, ReleaseCause},
    rejection::Rejection,
    text::Text,
    time::Millis,
};

use super::{
    fixture::{START, given, message, pause, release, retime, skip},
    plan::{lagoon, minutes, text},
};

#[test]
fn a_manual_inject_waits_for_staff() {
    let drill = given(lagoon()).started().at(50);
    drill.when("facilitator", release("news", None)).then(&["news to atoll+basin by hand"]);
}

#[test]
fn an_inject_of_the_plan_may_be_released_before_its_time_and_then_does_not_come_again() {
    let drill = given(lagoon()).started().when("director", release("tie", None));
    let drill = drill.then(&["tie to atoll+basin by hand"]);
    let Fact::InjectReleased { due, cause: ReleaseCause::Staff, .. } = drill.last_fact() else { panic!("by hand") };
    assert_eq!(*due, None);
    drill.at(9).when_it_is(10).then(&["task to atoll+basin due"]);
}

fn released_already(inject: &str) -> Rejection {
    Rejection::AlreadyReleased { inject: inject.into(), by: Some("director".into()), at: START }
}

#[test]
fn a_release_to_all_skips_teams_that_have_it() {
    let drill = given(lagoon()).started().and("director", release("news", Some(&["atoll"])));
    let drill = drill.when("director", release("news", None)).then(&["news to basin by hand"]);
    let drill = drill.when("director", release("news", None)).refused(released_already("news"));
    drill.when("director", release("news", Some(&["basin"]))).refused(released_already("news"));
}

#[test]
fn a_release_to_all_means_the_audience_a_named_team_may_be_outside_it() {
    let drill = given(lagoon()).started();
    let drill = drill.when("director", release("reef-only", None)).then(&["reef-only to atoll by hand"]);
    drill.when("director", release("reef-only", Some(&["basin"]))).then(&["reef-only to basin by hand"]);
}

#[test]
fn a_release_may_come_during_a_pause() {
    let drill = given(lagoon()).started().at(2).and("director", pause(None)).at(8);
    let drill = drill.when("director", release("news", None)).then(&["news to atoll+basin by hand"]);
    assert_eq!(drill.delivery("news", "atoll").clock_at_release, minutes(2));
}

#[test]
fn a_release_of_what_was_skipped_takes_the_skip_back() {
    let drill = given(lagoon()).started().and("director", skip("news", None)).and("director", release("news", None));
    assert!(drill.team("atoll").skipped.is_empty());
}

#[test]
fn a_skipped_inject_does_not_come_for_the_teams_named() {
    let drill = given(lagoon()).started().when("director", skip("tie", Some(&["atoll"])));
    let drill = drill.then(&["tie skipped for atoll"]).at(9);
    drill.when_it_is(10).then(&["task to atoll+basin due", "tie to basin due"]);
}

#[test]
fn a_skip_for_all_leaves_out_teams_that_have_it_already() {
    let drill = given(lagoon()).started().and("director", release("news", Some(&["atoll"])));
    drill.when("director", skip("news", None)).then(&["news skipped for basin"]);
}

#[test]
fn a_skip_needs_a_reason() {
    let no_reason = Act::Skip { inject: "tie".into(), teams: None, reason: " ".to_owned() };
    given(lagoon()).started().when("director", no_reason).refused(Rejection::EmptyText);
}

#[test]
fn a_retimed_inject_comes_at_its_new_time() {
    let drill = given(lagoon()).started().when("director", retime("tie", Some(&["atoll"]), 12));
    let drill = drill.then(&["tie retimed to 720 s for atoll"]).at(9);
    let drill = drill.when_it_is(10).then(&["task to atoll+basin due", "tie to basin due"]);
    drill.when_it_is(12).then(&["tie to atoll due"]);
}

#[test]
fn a_manual_or_skipped_inject_may_be_given_a_time() {
    let drill = given(lagoon()).started().and("director", skip("tie", None)).and("director", retime("tie", None, 2));
    let drill = drill.and("director", retime("news", None, 3)).at(1);
    drill.when_it_is(3).then(&["tie to atoll+basin due", "news to atoll+basin due"]);
}

#[test]
fn a_new_time_lies_in_the_future_of_every_team_addressed() {
    let drill = given(lagoon()).started().at(2).and("director", pause(Some("atoll"))).at(5);
    let drill = drill.when("director", retime("tie", None, 5)).refused(Rejection::TimeInPast);
    let drill = drill.when("director", retime("tie", None, 3)).refused(Rejection::TimeInPast);
    drill.when("director", retime("tie", Some(&["atoll"]), 3)).then(&["tie retimed to 180 s for atoll"]);
}

#[test]
fn a_new_time_is_one_that_a_log_can_hold() {
    let forever = Act::Retime { inject: "tie".into(), teams: None, at: Millis(i64::MAX) };
    given(lagoon()).started().when("director", forever).refused(Rejection::TimeOutOfRange);
}

#[test]
fn nothing_is_done_to_an_inject_that_is_unknown_watched_for_or_everywhere() {
    let ready = || given(lagoon()).started().and("director", release("news", None));
    let all: [fn(&str) -> Act; 3] = [|id| release(id, None), |id| skip(id, None), |id| retime(id, None, 40)];
    for act in all {
        ready().when("director", act("nowhere")).refused(Rejection::UnknownInject("nowhere".into()));
        ready().when("director", act("watch")).refused(Rejection::NeverSent("watch".into()));
        ready().when("director", act("news")).refused(released_already("news"));
    }
    let named = Some(&["cove"][..]);
    for act in [release("tie", named), skip("tie", named), retime("tie", named, 40)] {
        ready().when("director", act).refused(Rejection::UnknownTeam("cove".into()));
    }
}

#[test]
fn an_empty_list_of_teams_is_said_to_be_empty() {
    let named = Some(&[][..]);
    for act in [release("tie", named), skip("tie", named), retime("tie", named, 40)] {
        given(lagoon()).started().when("director", act).refused(Rejection::NoTeamNamed);
    }
}

#[test]
fn a_message_goes_to_everybody_or_to_one_team() {
    let drill = given(lagoon()).started().when("facilitator", message(None)).then(&["message"]);
    let drill = drill.when("facilitator", message(Some("atoll"))).then(&["message of atoll"]);
    drill.when("facilitator", message(Some("cove"))).refused(Rejection::UnknownTeam("cove".into()));
}

#[test]
fn a_message_says_something_in_each_language_that_it_names() {
    let send = |title: Text, body: Text| Act::SendMessage { team: None, title, body, persona: None };
    let drill = given(lagoon()).when("director", send(Text::default(), text("x"))).refused(Rejection::EmptyText);
    let drill = drill.when("director", send(text("x"), text("  "))).refused(Rejection::EmptyText);
    let mut half = text("Notice");
    half.0.insert("fr".into(), " ".to_owned());
    let drill = drill.when("director", send(half, text("x"))).refused(Rejection::EmptyText);
    let long = Rejection::TextTooLong { actual: 8_001, limit: 8_000 };
    let drill = drill.when("director", send(text("x"), text(&"é".repeat(8_001)))).refused(long);
    drill.when("director", send(text(" x "), text("y"))).then(&["message"]);
}
