//! Fitting to another end what hangs together: followers, phases, breaks and cuts; and what is left
//! when it is undone.

use drillhall::engine::{
    command::{Act, Passed},
    event::{Fact, Weakened},
    plan::{Capability, InjectKind, Objective, Plan},
    rejection::Rejection,
};

use super::{
    acts::{fit, jump, recall},
    fit::{could, fitted, playing},
    fixture::{Drill, given, pause, release, resume, skip},
    plan::{after, at, cut, minutes, of_kind, pause_at, phase, text, with},
};

/// What was dropped.
fn dropped(drill: &Drill) -> Vec<String> {
    fitted(drill).0
}

#[test]
fn a_leader_and_what_follows_it_stay_or_go_together() {
    let chains = || {
        let followed = [could(at("two", 20)), after("echo", "two", minutes(5))];
        let spare = [could(at("three", 30)), could(after("tail", "three", minutes(5)))];
        let rest = [at("one", 10), at("last", 50)];
        with(followed.into_iter().chain(spare).chain(rest).collect())
    };
    let drill = given(chains()).started().and("director", fit(24, &[]));
    assert_eq!(dropped(&drill), ["tail", "three"], "what must be played holds its leader");
    let drill = drill.and("director", release("three", None));
    assert!(!drill.at(24).team("atoll").deliveries.contains_key(&3), "a follower that was dropped came");
    let drill = given(chains()).started().and("director", fit(24, &["tail"]));
    assert!(dropped(&drill).is_empty(), "what is to be kept holds its leader");
}

#[test]
fn a_follower_that_waits_already_comes_before_the_new_end() {
    let plan = with(vec![at("one", 1), after("echo", "one", minutes(50))]);
    let drill = given(plan).started().at(2).and("director", fit(30, &[])).at(30);
    assert!(drill.team("atoll").deliveries.contains_key(&1), "it kept its old time");
}

/// `one` at twenty minutes with the line cut till forty, a phase and a break of ten minutes at thirty.
fn course() -> Plan {
    Plan {
        phases: vec![phase("storm", 30)],
        breaks: vec![pause_at("tea", 30, 10)],
        cuts: vec![cut(None, 20, 40)],
        ..with(vec![at("one", 20), at("last", 50)])
    }
}

#[test]
fn phases_breaks_and_cuts_move_with_the_injects() {
    let drill = given(course()).started().and("director", fit(40, &[]));
    assert_eq!(drill.state.planned_end, minutes(30));
    let drill = drill.when_it_is(10).then(&["line cut for atoll+basin", "one detained for atoll+basin"]);
    let drill = drill.when_it_is(15).then(&["phase storm", "break tea"]).when_it_is(25).then(&["break over"]);
    drill.when_it_is(31).then(&["line restored for atoll+basin", "one to atoll+basin due"]);
}

#[test]
fn an_end_in_forty_minutes_with_a_break_ahead_is_in_forty_minutes() {
    let drill = given(course()).started().and("director", fit(40, &[])).at(40);
    assert_eq!(drill.clocks("atoll").1, drill.state.planned_end.0 / 1000);
}

#[test]
fn a_break_that_is_on_takes_from_the_room_as_well() {
    let plan = Plan { breaks: vec![pause_at("tea", 5, 20)], ..with(vec![at("last", 50)]) };
    let drill = given(plan).started().at(10).and("director", fit(45, &[]));
    assert_eq!(drill.state.planned_end, minutes(25));
    let drill = drill.when("director", fit(24, &[])).refused(Rejection::NoRoom);
    assert_eq!(drill.at(45).clocks("atoll").1, 25 * 60);
}

#[test]
fn one_undo_gives_back_phases_breaks_cuts_and_followers() {
    let plan = || {
        let mut plan = course();
        plan.injects.extend([could(at("spare", 45)), could(after("tail", "spare", minutes(1)))]);
        plan
    };
    let drill = given(plan()).started().and("director", fit(39, &[])).and("director", Act::UndoFit);
    let mut untouched = given(plan()).started().state;
    (untouched.at, untouched.seq) = (drill.state.at, drill.state.seq);
    assert!(drill.state == untouched);
    let drill = given(plan()).started().and("director", fit(20, &[]));
    assert_eq!(dropped(&drill), ["spare", "tail"]);
    let drill = drill.and("director", release("spare", None)).at(2).and("director", Act::UndoFit);
    drill.at(3).when_it_is(20).then(&["line cut for atoll+basin", "one detained for atoll+basin"]);
}

#[test]
fn what_was_dropped_and_is_past_by_the_undo_waits_in_the_tray() {
    let drill = playing().and("director", fit(24, &[])).at(1).and("director", pause(None));
    let drill = drill.and("director", jump(45, Passed::Skip)).when("director", Act::UndoFit);
    let drill = drill.then(&["fit undone", "three missed for atoll+basin", "four missed for atoll+basin"]);
    drill.when("director", resume(None)).then(&["resumed"]);
}

/// Of seven that give evidence one is dropped, and three were sent or may still come.
#[test]
fn what_can_give_no_evidence_any_more_is_not_counted_as_left() {
    let mut plan = with(vec![
        at("sent", 1),
        at("recalled", 1),
        at("skipped", 20),
        could(at("spare", 40)),
        after("echo", "skipped", minutes(1)),
        of_kind(at("watched", 45), InjectKind::ExpectedAction),
        at("last", 50),
        after("reply", "last", minutes(1)),
    ]);
    plan.objectives = vec![Objective {
        id: "triage".into(),
        title: text("triage"),
        capability: Capability::TriageAndClassification,
        weight: 1,
        critical: false,
    }];
    plan.injects.iter_mut().for_each(|inject| inject.staff.objectives = vec!["triage".into()]);
    let drill = given(plan).started().at(2).and("director", recall("recalled", None));
    let drill = drill.and("director", skip("skipped", None)).and("director", fit(25, &[]));
    let Fact::PlanFitted { weakened, .. } = drill.last_fact() else { panic!("a fitting") };
    assert_eq!(*weakened, [Weakened { objective: "triage".into(), left: 3, lost: 1 }]);
}
