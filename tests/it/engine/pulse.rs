//! What passing time brings, in which order, and what waits in the missed tray.

use drillhall::engine::{
    command::{Act, Order},
    event::{DuffVerdict, Fact, Fault, ReleaseCause},
    plan::{Plan, Trigger},
    state::Stage,
    time::{Millis, Rate, Timestamp},
};

use super::{
    fixture::{Drill, START, add_team, given, given_at_rate, no_duff, pause, release, resume, retime, skip},
    plan::{after, at, empty, for_teams, lagoon, minutes, phase, with_form},
    views::keys,
};

fn plan(injects: Vec<drillhall::engine::plan::Inject>) -> Plan {
    Plan { injects, ..empty() }
}

#[test]
fn an_inject_goes_out_at_its_time_in_one_event() {
    let drill = given(plan(vec![at("mail", 10)])).started().when_it_is_second(599).then(&[]);
    let drill = drill.when_it_is(10).then(&["mail to atoll+basin due"]);
    let Fact::InjectReleased { due, cause, teams, content, .. } = drill.last_fact() else { panic!("released") };
    assert_eq!(*due, Some(START.plus(minutes(10))));
    assert_eq!(*cause, ReleaseCause::Due);
    assert!(teams.values().all(|reading| *reading == minutes(10)), "with the reading of each active clock");
    assert_eq!(**content, drill.state.plan.injects[0].content);
}

#[test]
fn at_twice_the_rate_it_goes_out_in_half_the_time() {
    let drill = given_at_rate(plan(vec![at("mail", 10)]), Rate(2000)).started();
    drill.when_it_is(5).then(&["mail to atoll+basin due"]);
}

#[test]
fn an_inject_goes_only_to_its_audience() {
    let only_basin = for_teams(at("mail", 1), &["basin"]);
    given(plan(vec![only_basin])).started().when_it_is(1).then(&["mail to basin due"]);
    let drill = given(lagoon()).started().at(29).when_it_is(30);
    drill.then(&["reef-only to atoll due"]);
}

#[test]
fn an_expected_action_is_never_sent() {
    given(lagoon()).started().at(14).when_it_is(16).then(&["echo to atoll+basin due"]);
}

#[test]
fn what_is_due_before_the_plan_opens_goes_out_at_startex() {
    let drill = given(plan(vec![at("rules", -5), at("mail", 0)]));
    drill.when("director", Act::StartEx).then(&["started", "rules to atoll+basin due", "mail to atoll+basin due"]);
}

#[test]
fn what_falls_due_together_comes_in_order_of_the_file() {
    let late_first = plan(vec![at("b", 2), at("c", 1), at("a", 2)]);
    let drill = given(late_first).started().asleep_until(122);
    drill.when_it_wakes().then(&["c missed for atoll+basin", "b to atoll+basin due", "a to atoll+basin due"]);
}

#[test]
fn at_one_instant_a_phase_begins_before_windows_close_before_injects_go_out() {
    let plan = Plan {
        phases: vec![phase("storm", 2)],
        injects: vec![at("mail", 2), with_form(at("task", 1), Some(minutes(1)), Vec::new())],
        ..empty()
    };
    let drill = given(plan).started().at(1).when_it_is(2);
    drill.then(&["phase storm", "task closed for atoll+basin", "mail to atoll+basin due"]);
}

#[test]
fn teams_whose_clocks_differ_get_it_at_their_own_times_earliest_first() {
    let behind = || given(plan(vec![at("mail", 2)])).started().and("director", pause(Some("atoll"))).at(1);
    let drill = behind().and("director", resume(Some("atoll"))).when_it_is(2).then(&["mail to basin due"]);
    drill.when_it_is(3).then(&["mail to atoll due"]);
    let drill = given(plan(vec![at("mail", 2)])).started().and("director", pause(Some("atoll"))).at_seconds(2);
    let drill = drill.and("director", resume(Some("atoll"))).asleep_until(123);
    drill.when_it_wakes().then(&["mail to basin due", "mail to atoll due"]);
}

#[test]
fn phases_begin_in_order_of_time_each_once() {
    let plan = Plan { phases: vec![phase("storm", 2), phase("quiet", 0), phase("calm", 2)], ..empty() };
    let drill = given(plan).when("director", Act::StartEx).then(&["started", "phase quiet"]);
    drill.when_it_is(2).then(&["phase storm", "phase calm"]).when_it_is(9).then(&[]);
}

#[test]
fn a_team_that_is_behind_reads_the_next_situation_when_its_own_clock_comes_there() {
    let plan = || Plan { phases: vec![phase("storm", 2)], ..empty() };
    let drill = given(plan()).started().and("director", pause(Some("atoll"))).at(1);
    let drill = drill.and("director", resume(Some("atoll")));
    let drill = drill.when_it_is(2).then(&["phase storm for the exercise and basin"]);
    let reads_it = |drill: &Drill, person| keys(drill, person).contains("phase/storm");
    assert!(!reads_it(&drill, "atoll-player"), "the situation was told too early");
    assert!(["basin-player", "observer", "facilitator"].iter().all(|person| reads_it(&drill, person)));
    let drill = drill.when_it_is(3).then(&["phase storm for atoll"]);
    assert!(reads_it(&drill, "atoll-player"));
}

#[test]
fn a_team_that_joins_in_play_reads_the_situation_as_it_is() {
    let plan = Plan { phases: vec![phase("quiet", 0), phase("storm", 2)], ..empty() };
    let drill = given(plan).started().at(3).when("director", add_team("cay"));
    drill.then(&["cay joins no cohort", "phase quiet for cay", "phase storm for cay"]);
}

#[test]
fn nothing_falls_due_while_time_stands() {
    let mail = || given(plan(vec![at("mail", 2)])).started().at(1);
    mail().and("director", pause(None)).when_it_is(5).then(&[]);
    mail().and("director", no_duff()).when_it_is(5).then(&[]);
    mail().and("director", Act::EndEx).when_it_is(5).then(&[]);
    mail().and("director", pause(Some("atoll"))).when_it_is(5).then(&["mail to basin due"]);
    let of_one_team = mail().and("atoll-player", no_duff()).decided(DuffVerdict::TeamOnly);
    of_one_team.when_it_is(5).then(&["mail to basin due"]);
}

#[test]
fn what_was_left_of_the_wait_is_left_after_a_pause() {
    let drill = given(plan(vec![at("mail", 2)])).started().at(1).and("director", pause(None)).at(10);
    let drill = drill.and("director", resume(None)).when_it_is_second(659).then(&[]);
    drill.when_it_is(11).then(&["mail to atoll+basin due"]);
}

#[test]
fn what_is_found_up_to_five_seconds_late_still_goes_out() {
    let drill = given(plan(vec![at("mail", 1)])).started().asleep_until(65);
    drill.when_it_wakes().then(&["mail to atoll+basin due"]);
}

#[test]
fn what_is_found_later_waits_in_the_tray() {
    let drill = given(plan(vec![at("mail", 1)])).started().asleep_until(66);
    let drill = drill.when_it_wakes().then(&["mail missed for atoll+basin"]);
    assert_eq!(drill.missed("atoll", 0), START.plus(minutes(1)), "with the time it was due");
    drill.when_it_is(30).then(&[]);
}

#[test]
fn five_seconds_are_of_the_wall_not_of_the_rate() {
    let drill = given_at_rate(plan(vec![at("mail", 10)]), Rate(10_000)).started().asleep_until(65);
    drill.when_it_wakes().then(&["mail to atoll+basin due"]);
}

#[test]
fn a_long_sleep_never_bursts() {
    let plan = plan((1..=20).map(|minute| at(&format!("mail-{minute:02}"), minute)).collect());
    let drill = given(plan).started().asleep_until(21 * 60);
    let events = drill.when_it_wakes().events();
    assert_eq!(events.len(), 20);
    assert!(events.iter().all(|event| matches!(event.fact, Fact::InjectMissed { .. })));
}

fn overslept() -> Drill {
    given(plan(vec![at("mail", 1), at("news", 2)])).started().asleep_until(600)
}

/// A stopped clock cannot say how late an item was: it would come out as if due on resuming.
#[test]
fn a_pause_given_on_waking_does_not_turn_the_missed_into_a_burst() {
    let missed = ["mail missed for atoll+basin", "news missed for atoll+basin"];
    let drill = overslept().when("director", pause(None)).then(&[missed[0], missed[1], "paused"]);
    drill.at(11).when("director", resume(None)).then(&["resumed"]);
    let drill = overslept().when("director", pause(Some("atoll")));
    drill.then(&[missed[0], missed[1], "paused of atoll"]);
    let drill = overslept().when("director", no_duff());
    drill.then(&[missed[0], missed[1], "no duff: real fire", "suspended"]);
    let drill = overslept().when_ordered(Order::NoteFault { fault: Fault::Other });
    drill.then(&[missed[0], missed[1], "fault"]);
}

#[test]
fn what_fell_due_just_before_a_pause_comes_before_it_and_by_the_server() {
    let drill = given(plan(vec![at("mail", 1)])).started().asleep_until(61);
    let drill = drill.when("director", pause(None)).then(&["mail to atoll+basin due", "paused"]);
    let released = &drill.log[drill.log.len() - 2];
    assert_eq!(released.actor, drillhall::engine::command::Actor::System);
}

#[test]
fn a_window_that_ran_out_just_before_endex_is_closed() {
    let task = with_form(at("task", 0), Some(minutes(1)), Vec::new());
    let drill = given(plan(vec![task])).started().asleep_until(61);
    drill.when("director", Act::EndEx).then(&["task closed for atoll+basin", "ended"]);
}

fn with_tray() -> Drill {
    let drill = overslept();
    drill.when_it_wakes().then(&["mail missed for atoll+basin", "news missed for atoll+basin"])
}

#[test]
fn the_tray_is_released() {
    let drill = with_tray().when("director", release("mail", None)).then(&["mail to atoll+basin from the tray"]);
    let Fact::InjectReleased { due, .. } = drill.last_fact() else { panic!("released") };
    assert_eq!(*due, Some(START.plus(minutes(1))), "it keeps the time at which it was due");
    assert!(!drill.team("atoll").missed.contains_key(&0));
}

#[test]
fn the_tray_is_released_for_one_team_and_skipped_for_the_other() {
    let drill = with_tray().when("director", release("mail", Some(&["atoll"])));
    let drill = drill.then(&["mail to atoll from the tray"]);
    let drill = drill.when("director", skip("mail", None)).then(&["mail skipped for basin"]);
    let basin = drill.team("basin");
    assert!(!basin.missed.contains_key(&0) && basin.skipped.contains(&0));
}

#[test]
fn the_tray_is_retimed() {
    let drill =
        with_tray().when("director", retime("mail", None, 20)).then(&["mail retimed to 1200 s for atoll+basin"]);
    assert!(!drill.team("atoll").missed.contains_key(&0));
    drill.when_it_is(20).then(&["mail to atoll+basin due"]);
}

#[test]
fn an_after_chain_runs_from_each_release() {
    let chain = || plan(vec![after("c", "b", minutes(2)), at("a", 1), after("b", "a", minutes(1))]);
    let drill = given(chain()).started().when_it_is(1).then(&["a to atoll+basin due"]);
    let drill = drill.when_it_is(2).then(&["b to atoll+basin due"]);
    drill.when_it_is(4).then(&["c to atoll+basin due"]);
}

#[test]
fn an_after_chain_of_no_delay_follows_at_once() {
    let chain = plan(vec![after("c", "b", Millis(0)), at("a", 1), after("b", "a", Millis(0))]);
    let drill = given(chain).started().when_it_is(1);
    drill.then(&["a to atoll+basin due", "b to atoll+basin due", "c to atoll+basin due"]);
}

#[test]
fn an_after_chain_follows_a_release_by_hand_and_from_the_tray() {
    let chain = || plan(vec![at("mail", 1), after("echo", "mail", minutes(5))]);
    let drill = given(chain()).started().and("director", release("mail", Some(&["basin"])));
    drill.when_it_is(5).then(&["mail to atoll due", "echo to basin due"]);
    let drill = given(chain()).started().asleep_until(600).when_it_wakes().then(&["mail missed for atoll+basin"]);
    let drill = drill.and("director", release("mail", None)).when_it_is_second(899).then(&[]);
    drill.when_it_is(15).then(&["echo to atoll+basin due"]);
}

#[test]
fn a_follower_keeps_its_audience_and_is_not_sent_if_only_watched_for() {
    let only_basin = for_teams(after("echo", "mail", minutes(1)), &["basin"]);
    let watched =
        super::plan::of_kind(after("watch", "mail", minutes(1)), drillhall::engine::plan::InjectKind::ExpectedAction);
    let drill = given(plan(vec![at("mail", 1), only_basin, watched])).started().at(1);
    drill.when_it_is(9).then(&["echo to basin due"]);
}

#[test]
fn what_staff_decided_for_a_follower_stands_when_its_leader_goes_out() {
    let chain = || given(plan(vec![at("mail", 10), after("echo", "mail", minutes(1))])).started();
    chain().and("director", skip("echo", None)).at(10).when_it_is(40).then(&[]);
    let drill = chain().and("director", retime("echo", None, 30)).at(10).when_it_is(29).then(&[]);
    drill.when_it_is(30).then(&["echo to atoll+basin due"]);
    let drill = chain().and("director", release("echo", None)).at(10);
    drill.when_it_is(40).then(&[]);
}

#[test]
fn a_follower_in_the_tray_stays_there_when_its_leader_goes_out() {
    let chain = plan(vec![at("mail", 10), after("echo", "mail", minutes(1))]);
    let drill = given(chain).started().and("director", retime("echo", None, 1)).asleep_until(90);
    let drill = drill.when_it_wakes().then(&["echo missed for atoll+basin"]).at(10);
    drill.when_it_is(40).then(&[]);
}

#[test]
fn followers_of_a_skipped_inject_do_not_come() {
    let drill = given(plan(vec![at("mail", 10), after("echo", "mail", minutes(1))])).started();
    drill.and("director", skip("mail", None)).when_it_is(40).then(&[]);
}

#[test]
fn the_official_answer_closes_at_the_deadline_of_each_teams_clock() {
    let task = with_form(at("task", 1), Some(minutes(2)), Vec::new());
    let drill = given(plan(vec![task])).started().at(2).and("director", pause(Some("atoll"))).at(3);
    assert!(drill.delivery("task", "basin").closed && !drill.delivery("task", "atoll").closed);
    let drill = drill.and("director", resume(Some("atoll")));
    drill.when_it_is(4).then(&["task closed for atoll"]);
}

#[test]
fn a_deadline_that_passed_in_an_outage_is_given_its_time_back() {
    let task = with_form(at("task", 1), Some(minutes(2)), Vec::new());
    let drill = given(plan(vec![task])).started().at(2).asleep_until(600);
    let from_to = |from, to| Order::NoteOutage { from: START.plus(minutes(from)), to: START.plus(minutes(to)) };
    let drill = drill.when_ordered(from_to(2, 10)).then(&["outage of 480 s"]);
    drill.when_it_is(11).then(&["task closed for atoll+basin"]);
}

#[test]
fn a_chain_without_end_pauses_play_with_a_fault() {
    let mut injects = vec![at("i0", 1)];
    injects.extend((1..1_100).map(|n| after(&format!("i{n}"), &format!("i{}", n - 1), Millis(0))));
    let mut drill = given(plan(injects)).started();
    drill.now = START.plus(minutes(1));
    let events = drill.when_it_wakes();
    let drill = events.into_drill();
    assert!(matches!(drill.last_fact(), Fact::FaultNoted { fault: Fault::Runaway }));
    assert_eq!(drill.state.stage(), Stage::Paused);
}

#[test]
fn the_next_deadline_is_the_earliest_of_phases_injects_and_windows() {
    let plan = Plan {
        phases: vec![phase("storm", 7)],
        injects: vec![with_form(at("task", 5), Some(minutes(1)), Vec::new()), at("mail", 9)],
        ..empty()
    };
    let mut drill = given(plan).started();
    let mut instants: Vec<Timestamp> = Vec::new();
    while let Some(due) = drill.state.next_deadline() {
        instants.push(due);
        drill = drill.at(due.since(START).0 / 60_000);
    }
    assert_eq!(instants, [5, 6, 7, 9].map(|minute| START.plus(minutes(minute))));
}

#[test]
fn an_inject_after_one_that_is_unknown_never_comes() {
    let lost = super::plan::inject("lost", Trigger::After { inject: "nowhere".into(), delay: minutes(1) });
    given(plan(vec![lost])).started().when_it_is(50).then(&[]);
}
