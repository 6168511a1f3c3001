//! Fitting what is left of the plan to another end: what is tightened, what is dropped, what it costs.

use std::collections::BTreeSet;

use drillhall::engine::{
    command::Act,
    event::{Fact, Weakened},
    plan::{Capability, Inject, Objective, Plan, Priority},
    rejection::Rejection,
    state::Stage,
    time::Timestamp,
};

use super::{
    acts::{amend, fit, rate, shift},
    fixture::{Drill, given, no_duff, pause, release, resume, retime, skip},
    plan::{after, at, lagoon, minutes, text, with},
};

pub(super) fn could(inject: Inject) -> Inject {
    Inject { priority: Priority::Could, ..inject }
}

fn should(inject: Inject) -> Inject {
    Inject { priority: Priority::Should, ..inject }
}

/// An hour: `one` at ten minutes, then every ten minutes one of less and less worth.
fn plan() -> Plan {
    with(vec![at("one", 10), should(at("two", 20)), could(at("three", 30)), could(at("four", 40)), at("five", 50)])
}

pub(super) fn playing() -> Drill {
    given(plan()).started()
}

/// What was dropped, and the minutes of what stays.
pub(super) fn fitted(drill: &Drill) -> (Vec<String>, Vec<(String, i64)>) {
    let Some(Fact::PlanFitted { dropped, retimed, .. }) =
        drill.log.iter().rev().map(|event| &event.fact).find(|fact| matches!(fact, Fact::PlanFitted { .. }))
    else {
        panic!("a fitting")
    };
    let times = retimed.iter().map(|(inject, time)| (inject.to_string(), time.0 / 60_000)).collect();
    (dropped.iter().map(ToString::to_string).collect(), times)
}

fn times(list: &[(&str, i64)]) -> Vec<(String, i64)> {
    let mut times: Vec<_> = list.iter().map(|(inject, minute)| ((*inject).to_owned(), *minute)).collect();
    times.sort();
    times
}

#[test]
fn gaps_are_tightened_evenly_before_anything_is_dropped() {
    let drill = playing().when("facilitator", fit(30, &[])).then(&["fitted: 0 dropped, 5 retimed"]);
    assert_eq!(fitted(&drill), (vec![], times(&[("one", 5), ("two", 10), ("three", 15), ("four", 20), ("five", 25)])));
    assert_eq!(drill.state.planned_end, minutes(30));
    drill.at(4).when_it_is(5).then(&["one to atoll+basin due"]);
}

#[test]
fn what_could_be_played_goes_first_the_latest_first_then_what_should_be() {
    let dropped = |end| fitted(&playing().and("director", fit(end, &[]))).0;
    assert_eq!(dropped(29), ["four"]);
    assert_eq!(dropped(24), ["four", "three"]);
    assert_eq!(dropped(19), ["four", "three", "two"]);
    assert_eq!(dropped(1), ["four", "three", "two"], "what must be played stays, however tight");
}

#[test]
fn what_is_to_be_kept_is_kept() {
    let drill = playing().and("director", fit(24, &["four", "three"]));
    assert_eq!(fitted(&drill).0, ["two"]);
    let unknown = Rejection::UnknownInject("nowhere".into());
    playing().when("director", fit(24, &["nowhere"])).refused(unknown);
}

#[test]
fn what_is_dropped_does_not_come_and_the_rest_comes_at_its_new_time() {
    let drill = playing().and("director", fit(24, &[])).at(1);
    let events = drill.when_it_is(24).events();
    let sent = events.iter().filter_map(|event| match &event.fact {
        Fact::InjectReleased { inject, .. } => Some(inject.as_str()),
        _ => None,
    });
    assert_eq!(sent.collect::<Vec<_>>(), ["one", "two", "five"]);
}

#[test]
fn injects_that_come_together_are_dropped_together_or_not_at_all() {
    let tied = || with(vec![at("one", 10), could(at("spare", 30)), at("must", 30)]);
    let drill = given(tied()).started().and("director", fit(10, &[]));
    assert_eq!(fitted(&drill), (vec![], times(&[("one", 1), ("spare", 5), ("must", 5)])));
    let both = with(vec![at("one", 10), could(at("spare", 30)), could(at("more", 30))]);
    let drill = given(both).started().and("director", fit(10, &[]));
    assert_eq!(fitted(&drill).0, ["more", "spare"]);
}

#[test]
fn it_says_which_objectives_lose_evidence() {
    let objective = |id: &str| Objective {
        id: id.into(),
        title: text(id),
        capability: Capability::TriageAndClassification,
        weight: 1,
        critical: false,
    };
    let mut plan = plan();
    plan.objectives = vec![objective("triage"), objective("telling")];
    for (inject, objectives) in
        plan.injects.iter_mut().zip([vec!["triage"], vec![], vec!["triage"], vec![], vec!["telling"]])
    {
        inject.staff.objectives = objectives.into_iter().map(Into::into).collect();
    }
    let drill = given(plan).started().and("director", fit(24, &[]));
    let Fact::PlanFitted { weakened, .. } = drill.last_fact() else { panic!("a fitting") };
    assert_eq!(*weakened, [Weakened { objective: "triage".into(), left: 1, lost: 1 }]);
}

#[test]
fn room_is_counted_at_the_speed_that_time_runs_at() {
    let drill = playing().and("director", rate(2000)).when("director", fit(30, &[])).refused(Rejection::NothingToFit);
    drill.when("director", fit(15, &[])).then(&["fitted: 0 dropped, 5 retimed"]);
}

#[test]
fn an_end_lies_ahead_and_before_the_planned_one() {
    let drill = playing().at(5).when("director", fit(5, &[])).refused(Rejection::EndInPast);
    let drill = drill.when("director", fit(60, &[])).refused(Rejection::NothingToFit);
    let never = Act::FitToEnd { end: Timestamp(i64::MAX), keep: BTreeSet::new() };
    let drill = drill.when("director", never).refused(Rejection::TimeOutOfRange);
    drill.and("director", Act::EndEx).when("director", fit(50, &[])).refused(Rejection::WrongStage(Stage::Ended));
}

#[test]
fn nothing_comes_later_than_it_would_have() {
    let drill = playing().and("director", retime("three", Some(&["basin"]), 12)).and("director", fit(40, &[]));
    assert!(drill.at(12).team("basin").deliveries.contains_key(&2), "a fitting made an inject later");
}

#[test]
fn a_team_that_is_behind_keeps_what_the_others_have_had() {
    let drill = playing().at(2).and("director", pause(Some("atoll"))).at(15).and("director", resume(Some("atoll")));
    let drill = drill.and("director", fit(40, &[])).at(22);
    assert!(!drill.team("atoll").deliveries.contains_key(&0));
    drill.when_it_is(23).then(&["one to atoll due"]);
}

#[test]
fn followers_move_with_their_leaders() {
    let plan = with(vec![at("one", 20), after("echo", "one", minutes(3)), at("last", 40)]);
    let drill = given(plan).started().and("director", fit(30, &[])).at(10);
    assert!(drill.team("atoll").deliveries.contains_key(&0));
    drill.when_it_is_second(690).then(&["echo to atoll+basin due"]);
}

#[test]
fn one_undo_gives_back_every_time_and_what_was_dropped() {
    let drill = playing().at(1).and("director", fit(24, &[]));
    let drill = drill.when("facilitator", Act::UndoFit).then(&["fit undone"]);
    assert_eq!(drill.state.planned_end, minutes(60));
    let drill = drill.when("director", Act::UndoFit).refused(Rejection::NothingToUndo);
    let drill = drill.when_it_is(10).then(&["one to atoll+basin due"]);
    drill.at(39).when_it_is(40).then(&["four to atoll+basin due"]);
}

#[test]
fn an_undo_after_some_were_sent_gives_back_the_rest() {
    let drill = playing().and("director", fit(24, &[])).at(8);
    assert!(drill.team("atoll").deliveries.contains_key(&0));
    let drill = drill.and("director", Act::UndoFit).when_it_is(19).then(&[]);
    drill.when_it_is(20).then(&["two to atoll+basin due"]).when_it_is(30).then(&["three to atoll+basin due"]);
}

#[test]
fn an_undo_leaves_alone_what_staff_decided_since() {
    let drill = playing().and("director", fit(24, &[])).and("director", skip("two", None));
    let drill = drill.and("director", retime("three", None, 25)).and("director", release("five", None));
    let drill = drill.and("director", Act::UndoFit).at(10);
    let drill = drill.when_it_is(24).then(&[]).when_it_is(25).then(&["three to atoll+basin due"]);
    drill.when_it_is(59).then(&["four to atoll+basin due"]);
}

#[test]
fn an_undo_after_a_shift_gives_back_the_shifted_times() {
    let drill = playing().and("director", fit(30, &[])).and("director", shift(5)).and("director", Act::UndoFit);
    assert_eq!(drill.state.planned_end, minutes(65));
    drill.when_it_is(15).then(&["one to atoll+basin due"]);
}

#[test]
fn an_undo_leaves_the_time_that_an_amended_inject_was_given() {
    let drill = playing().and("director", fit(30, &[])).and("director", amend(at("one", 8)));
    drill.and("director", Act::UndoFit).when_it_is(8).then(&["one to atoll+basin due"]);
}

#[test]
fn what_is_late_after_an_undo_waits_in_the_tray() {
    let drill = playing().and("director", fit(24, &[])).at(35).when("director", Act::UndoFit);
    drill.then(&["fit undone", "three missed for atoll+basin"]);
}

#[test]
fn the_last_fitting_alone_is_undone() {
    let drill = playing().and("director", fit(30, &[])).and("director", fit(24, &[])).and("director", Act::UndoFit);
    assert_eq!(drill.state.planned_end, minutes(30));
    let drill = drill.when_it_is(5).then(&["one to atoll+basin due"]);
    drill.when("director", Act::UndoFit).refused(Rejection::NothingToUndo);
}

#[test]
fn a_fitting_may_be_made_before_startex_and_in_a_suspension() {
    given(plan()).when("director", fit(30, &[])).then(&["fitted: 0 dropped, 5 retimed"]);
    playing().and("director", no_duff()).when("director", fit(30, &[])).then(&["fitted: 0 dropped, 5 retimed"]);
    assert!(!given(lagoon()).when("planner", fit(30, &[])).is_allowed());
}
