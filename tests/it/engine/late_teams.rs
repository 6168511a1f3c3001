//! A team that joins after staff moved the plan about: it gets what the others do.

use drillhall::engine::{
    command::Act,
    plan::{Inject, Plan},
};

use super::{
    acts::{amend, fit, shift},
    fit::{could, playing},
    fixture::{Drill, add_team, given, release, retime},
    plan::{after, at, cut, for_teams, manual, minutes, with},
};

fn joined(drill: Drill) -> Drill {
    drill.and("director", add_team("cove"))
}

#[test]
fn a_team_that_joins_after_a_fitting_gets_the_fitted_times() {
    let drill = joined(playing().and("director", fit(30, &[])).at(3));
    drill.at(4).when_it_is(5).then(&["one to atoll+basin+cove due"]);
}

#[test]
fn it_does_not_get_what_the_fitting_dropped() {
    let drill = joined(playing().and("director", fit(24, &[])));
    for inject in [2, 3] {
        assert!(drill.team("cove").skipped.contains(&inject), "inject {inject} was dropped");
    }
    let times = |team: &str| (0..5).map(|inject| drill.team(team).due_at(inject)).collect::<Vec<_>>();
    assert_eq!(times("cove"), times("atoll"));
}

#[test]
fn an_undo_gives_it_back_the_times_of_the_plan() {
    let drill = joined(playing().and("director", fit(24, &[])).and("director", shift(5)).at(1));
    let drill = drill.and("director", Act::UndoFit);
    assert!(drill.team("cove").skipped.is_empty());
    let drill = drill.when_it_is(15).then(&["one to atoll+basin+cove due"]);
    drill.at(44).when_it_is(45).then(&["four to atoll+basin+cove due"]);
}

#[test]
fn a_team_that_joins_after_the_undo_gets_the_times_of_the_plan() {
    let drill = joined(playing().and("director", fit(24, &[])).and("director", Act::UndoFit));
    drill.when_it_is(10).then(&["one to atoll+basin+cove due"]).at(39);
}

#[test]
fn a_team_that_joins_after_two_fittings_falls_back_to_the_first() {
    let drill = joined(playing().and("director", fit(30, &[])).and("director", fit(24, &[])));
    drill.and("director", Act::UndoFit).when_it_is(5).then(&["one to atoll+basin+cove due"]);
    let drill = playing().and("director", fit(30, &[])).and("director", fit(24, &[])).and("director", Act::UndoFit);
    joined(drill).when_it_is(5).then(&["one to atoll+basin+cove due"]);
}

/// `one` at twenty minutes, `echo` four minutes after it, the line down from thirty to forty.
fn course() -> Plan {
    let injects = vec![at("one", 20), after("echo", "one", minutes(4)), at("last", 60)];
    Plan { cuts: vec![cut(None, 30, 40)], ..with(injects) }
}

#[test]
fn lines_and_followers_of_a_late_team_are_fitted_and_given_back() {
    let fitted = || joined(given(course()).started().and("director", fit(30, &[])));
    let drill = fitted().when_it_is(10).then(&["one to atoll+basin+cove due"]);
    let drill = drill.when_it_is(12).then(&["echo to atoll+basin+cove due"]);
    let drill = drill.when_it_is(15).then(&["line cut for atoll+basin+cove"]);
    drill.when_it_is(20).then(&["line restored for atoll+basin+cove"]);
    let drill = fitted().and("director", Act::UndoFit).when_it_is(20).then(&["one to atoll+basin+cove due"]);
    let drill = drill.when_it_is(24).then(&["echo to atoll+basin+cove due"]);
    drill.when_it_is(30).then(&["line cut for atoll+basin+cove"]);
}

#[test]
fn what_waits_for_teams_that_have_yet_to_join_is_fitted_too() {
    let plan = || with(vec![for_teams(at("cove-only", 20), &["cove"]), could(for_teams(at("spare", 40), &["cove"]))]);
    let drill = joined(given(plan()).started().and("director", fit(30, &[])));
    drill.when_it_is(10).then(&["cove-only to cove due"]).when_it_is(20).then(&["spare to cove due"]);
    let drill = joined(given(plan()).started().and("director", fit(12, &[])));
    assert!(drill.team("cove").skipped.contains(&1));
}

fn retimed(inject: Inject, teams: Option<&[&str]>) -> Drill {
    joined(given(with(vec![inject])).started().and("director", retime("one", teams, 8)))
}

#[test]
fn a_new_time_for_all_teams_is_that_of_a_late_team_too() {
    retimed(at("one", 20), None).when_it_is(8).then(&["one to atoll+basin+cove due"]);
    retimed(manual("one"), None).when_it_is(8).then(&["one to atoll+basin+cove due"]);
    let all_by_name = retimed(at("one", 20), Some(&["atoll", "basin"]));
    all_by_name.when_it_is(8).then(&["one to atoll+basin+cove due"]);
    let drill = retimed(at("one", 20), Some(&["atoll"])).when_it_is(8).then(&["one to atoll due"]);
    drill.when_it_is(20).then(&["one to basin+cove due"]);
}

#[test]
fn a_new_time_given_after_a_fitting_outlasts_the_undo_for_a_late_team() {
    let drill = playing().and("director", fit(24, &[])).and("director", retime("three", None, 25));
    let drill = joined(drill).and("director", Act::UndoFit).at(24);
    assert_eq!(drill.team("cove").due_at(2), Some(minutes(25)));
    drill.when_it_is(25).then(&["three to atoll+basin+cove due"]);
}

#[test]
fn a_late_team_gets_an_amended_inject_when_it_says() {
    let drill = joined(given(with(vec![at("one", 20)])).started().and("director", amend(at("one", 8))));
    drill.when_it_is(8).then(&["one to atoll+basin+cove due"]);
    let drill = given(with(vec![at("one", 20)])).started().and("director", shift(5));
    joined(drill.and("director", amend(manual("one")))).when_it_is(50).then(&[]);
}

#[test]
fn what_fell_due_at_its_new_time_before_a_team_joined_waits_in_its_tray() {
    let drill = playing().and("director", fit(30, &[])).at(7).when("director", add_team("cove"));
    let drill = drill.then(&["cove joins no cohort", "one missed for cove"]);
    drill.when("director", release("one", None)).then(&["one to cove from the tray"]);
}
