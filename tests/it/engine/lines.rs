//! Lines that are cut in the play: what waits for them, what comes through, and in which order.

use drillhall::engine::{
    plan::{Channel, Inject, Plan},
    rejection::Rejection,
};

use super::{
    acts::{cut_link, hold, restore_link, set_flag, write_to},
    fixture::{Drill, add_team, given, pause, release, resume, skip},
    plan::{at, contact, cut, flag, has_flag, when, with},
    views::keys,
};

fn by_phone(inject: Inject) -> Inject {
    let mut inject = inject;
    inject.content.channel = Channel::Phone;
    inject
}

/// The line is down from two to ten minutes; in file order `late` (6), `early` (4), `call` (5, by phone).
fn plan() -> Plan {
    Plan {
        cuts: vec![cut(None, 2, 10)],
        directory: vec![contact("north"), contact("south")],
        ..with(vec![at("late", 6), at("early", 4), by_phone(at("call", 5))])
    }
}

fn down() -> Drill {
    given(plan()).started().when_it_is(2).then(&["line cut for atoll+basin"])
}

#[test]
fn what_comes_over_the_line_waits_for_it_and_a_phone_call_passes() {
    let drill = down().when_it_is(7);
    let drill =
        drill.then(&["early detained for atoll+basin", "call to atoll+basin due", "late detained for atoll+basin"]);
    assert!(keys(&drill, "director").contains("detained/late/atoll"));
    assert!(
        keys(&drill, "atoll-player").contains("line/0/atoll") && !keys(&drill, "basin-lead").contains("line/0/atoll")
    );
    let drill = drill.when_it_is(11);
    let drill = drill.then(&["line restored for atoll+basin", "early to atoll+basin due", "late to atoll+basin due"]);
    assert!(!keys(&drill, "director").contains("detained/late/atoll"));
    assert!(!keys(&drill, "atoll-player").contains("line/0/atoll"));
}

#[test]
fn staff_may_send_hold_or_skip_what_waits_for_the_line() {
    let drill = down().at(7).and("director", release("early", Some(&["atoll"])));
    let drill = drill.and("director", skip("late", None)).and("director", hold("early", None)).at(9);
    drill.when_it_is(20).then(&["line restored for atoll+basin"]);
}

#[test]
fn a_branch_that_waits_for_the_line_goes_out_only_if_its_condition_still_holds() {
    let branch = when("branch", has_flag("seen"), 0);
    let mut plan = Plan { cuts: vec![cut(None, 2, 10)], ..with(vec![branch]) };
    plan.flags = vec![flag("seen", None)];
    let cut_off = || given(plan.clone()).started().at(4).and("director", set_flag("seen", None, true)).at(6);
    cut_off().when_it_is(10).then(&["line restored for atoll+basin", "branch to atoll+basin due"]);
    let drill = cut_off().and("director", set_flag("seen", Some(&["atoll"]), false));
    drill.when_it_is(10).then(&["line restored for atoll+basin", "branch to basin due"]);
}

/// An inject that is due with the cut waits for the line; one that is due when it is back does not.
#[test]
fn a_line_changes_before_what_is_due_at_the_same_instant() {
    let plan = Plan { cuts: vec![cut(None, 2, 10)], ..with(vec![at("mail", 2), at("news", 10)]) };
    let drill =
        given(plan).started().when_it_is(2).then(&["line cut for atoll+basin", "mail detained for atoll+basin"]);
    let drill = drill.when_it_is(11);
    drill.then(&["line restored for atoll+basin", "mail to atoll+basin due", "news to atoll+basin due"]);
}

#[test]
fn a_cut_may_be_of_one_cohort_and_two_may_overlap() {
    let plan = Plan {
        cohorts: vec!["reef".into(), "shelf".into()],
        cuts: vec![cut(Some("reef"), 2, 10), cut(None, 8, 12)],
        ..with(vec![at("mail", 5)])
    };
    let drill = given(plan).started().when_it_is(5);
    let drill = drill.then(&["line cut for atoll", "mail detained for atoll", "mail to basin due"]);
    let drill = drill.when_it_is(11).then(&["line cut for atoll+basin", "line restored for atoll"]);
    drill.when_it_is(13).then(&["line restored for atoll+basin", "mail to atoll due"]);
}

#[test]
fn a_line_goes_by_the_clock_of_each_team() {
    let drill =
        given(plan()).started().at(1).and("director", pause(Some("atoll"))).when_it_is(2).then(&["line cut for basin"]);
    let drill = drill.at(3).and("director", resume(Some("atoll")));
    drill.when_it_is(5).then(&["line cut for atoll", "early detained for basin", "call to basin due"]);
}

#[test]
fn a_team_that_joins_during_a_cut_is_under_it() {
    let drill = down().at(3).when("director", add_team("cove")).then(&["cove joins no cohort", "line cut for cove"]);
    let drill = drill.when_it_is(4).then(&["early detained for atoll+basin+cove"]);
    assert!(drill.team("cove").cuts.contains(&Some(0)));
}

#[test]
fn over_a_dead_line_no_message_comes_or_goes() {
    let plan = Plan { cohorts: vec!["reef".into(), "shelf".into()], cuts: vec![cut(Some("reef"), 2, 10)], ..plan() };
    let drill = given(plan).started().at(1).when("atoll-lead", write_to(&["south"], "all well"));
    let drill = drill.then(&["atoll to basin: all well"]).at(3);
    let drill = drill.when("atoll-lead", write_to(&["south"], "help")).refused(Rejection::LinkDown);
    let drill = drill.when("basin-lead", write_to(&["north"], "hello?")).refused(Rejection::LinkDown);
    drill.at(10).when("basin-lead", write_to(&["north"], "hello?")).then(&["basin to atoll: hello?"]);
}

#[test]
fn staff_cut_and_restore_a_line_by_hand() {
    let plan = with(vec![at("mail", 5)]);
    let drill = given(plan).started().when("facilitator", cut_link("atoll")).then(&["line cut for atoll"]);
    assert!(keys(&drill, "atoll-player").contains("line/hand/atoll"));
    let drill = drill.when("director", cut_link("atoll")).refused(Rejection::AlreadyCut("atoll".into()));
    let drill = drill.when("director", restore_link("basin")).refused(Rejection::NotCut("basin".into()));
    let drill = drill.when_it_is(5).then(&["mail detained for atoll", "mail to basin due"]);
    let drill = drill.when("director", restore_link("atoll")).then(&["line restored for atoll", "mail to atoll due"]);
    assert!(!keys(&drill, "atoll-player").contains("line/hand/atoll"));
}

#[test]
fn a_line_that_the_plan_cut_may_be_restored_before_its_time() {
    let drill = down().at(3).and("director", cut_link("atoll"));
    let drill = drill.when("director", restore_link("atoll"));
    let drill = drill.then(&["line restored for atoll", "line restored for atoll"]);
    let drill = drill.when_it_is(4).then(&["early detained for basin", "early to atoll due"]);
    drill.at(9).when_it_is(10).then(&["line restored for basin", "early to basin due"]);
}
