//! Jumps of the story, for everybody or to bring one team to where the others are.

use drillhall::engine::{
    command::{Act, Passed},
    event::Fact,
    plan::Plan,
    rejection::Rejection,
    state::Stage,
    time::Millis,
    view::card::Card,
};

use super::{
    acts::{free, hold, jump, jump_to_next, minute, realign},
    fixture::{Drill, answer, given, no_duff, pause, resume},
    plan::{after, at, cut, lagoon, minutes, pause_at, phase, quiz, with},
    views::cards,
};

/// `mail` at five minutes, `news` at ten, `last` at twenty; it is one.
fn ahead() -> Drill {
    given(with(vec![at("mail", 5), at("news", 10), at("last", 20)])).started().at(1)
}

#[test]
fn what_lies_between_waits_in_the_tray_and_what_is_at_the_place_goes_out() {
    let drill = ahead().when("facilitator", jump(10, Passed::Tray));
    let drill = drill.then(&["mail missed for atoll+basin", "jumped 540 s", "news to atoll+basin due"]);
    assert_eq!(drill.clocks("atoll"), (60, 600), "active time stays");
    assert_eq!(drill.missed("atoll", 0), minute(1));
    drill.at(10).when_it_is(11).then(&["last to atoll+basin due"]);
}

#[test]
fn what_lies_between_goes_out_in_order_or_is_skipped() {
    let drill = ahead().when("director", jump(11, Passed::Release));
    drill.then(&["jumped 600 s", "mail to atoll+basin due", "news to atoll+basin due"]);
    let drill = ahead().when("director", jump(11, Passed::Skip));
    let drill = drill.then(&["mail skipped for atoll+basin", "news skipped for atoll+basin", "jumped 600 s"]);
    assert!(drill.team("basin").missed.is_empty());
}

#[test]
fn a_skip_says_by_a_code_that_a_jump_passed_it() {
    let drill = ahead().and("director", jump(11, Passed::Skip));
    let shown = cards(&drill, "facilitator");
    let Some(Card::Skipped(fate)) = shown.get("skipped/mail/atoll") else { panic!("it was not skipped") };
    assert_eq!((fate.reason.as_str(), fate.jumped), ("", true));
}

#[test]
fn a_jump_to_the_next_inject_passes_nothing() {
    let drill = ahead().when("director", jump_to_next()).then(&["jumped 240 s", "mail to atoll+basin due"]);
    let drill = drill.when("director", jump_to_next()).then(&["jumped 300 s", "news to atoll+basin due"]);
    let drill = drill.when("director", jump_to_next()).then(&["jumped 600 s", "last to atoll+basin due"]);
    drill.when("director", jump_to_next()).refused(Rejection::NothingAhead);
}

#[test]
fn the_next_inject_is_that_of_the_team_that_is_nearest_to_one() {
    let drill = ahead().and("director", pause(Some("atoll"))).at(3).and("director", resume(Some("atoll")));
    let drill = drill.when("director", jump_to_next()).then(&["jumped 120 s", "mail to basin due"]);
    drill.when("director", jump_to_next()).then(&["jumped 120 s", "mail to atoll due"]);
}

#[test]
fn time_does_not_run_back() {
    let drill = ahead().at(6);
    for to in [-5, 0, 6] {
        let refused = Rejection::JumpBackwards(minutes(6));
        ahead().at(6).when("director", jump(to, Passed::Tray)).refused(refused);
    }
    let forever = Act::Jump { to: Some(Millis(i64::MAX)), passed: Passed::Release };
    drill.when("director", forever).refused(Rejection::TimeOutOfRange);
}

#[test]
fn a_jump_in_a_pause_lets_things_go_out_when_time_runs_again() {
    let drill = ahead().and("director", pause(None)).at(3);
    let drill = drill.when("director", jump(10, Passed::Skip)).then(&["mail skipped for atoll+basin", "jumped 540 s"]);
    assert_eq!(drill.clocks("basin"), (60, 600));
    drill.at(9).when("director", resume(None)).then(&["resumed", "news to atoll+basin due"]);
}

#[test]
fn a_jump_needs_play() {
    given(lagoon()).when("director", jump(5, Passed::Tray)).refused(Rejection::WrongStage(Stage::Ready));
    let suspended = ahead().and("director", no_duff());
    suspended.when("director", jump(9, Passed::Tray)).refused(Rejection::WrongStage(Stage::Suspended));
}

#[test]
fn a_jump_never_shortens_an_answer() {
    let plan = with(vec![quiz(at("task", 1), Some(10)), at("last", 30)]);
    let drill = given(plan).started().at(2).and("director", jump(40, Passed::Skip)).at(10);
    let drill = drill.when("atoll-lead", answer("task", "right")).then(&["task answer 1 of atoll after 540 s"]);
    drill.when_it_is(11).then(&["task closed for atoll+basin"]);
}

#[test]
fn followers_of_what_was_jumped_over_wait_for_it() {
    let plan = || with(vec![at("mail", 5), after("echo", "mail", minutes(1))]);
    let drill = given(plan()).started().and("director", jump(30, Passed::Tray)).when_it_is(9).then(&[]);
    let drill = drill.and("director", super::fixture::release("mail", None));
    drill.when_it_is(10).then(&["echo to atoll+basin due"]);
}

/// It fell due before the jump was decided: it goes out, and is not put into the tray as well.
#[test]
fn what_fell_due_at_the_instant_of_a_jump_goes_out_once() {
    let plan = || with(vec![at("mail", 5), after("echo", "mail", Millis(0)), at("news", 10)]);
    let drill = given(plan()).started().asleep_until(302).when("director", jump(10, Passed::Skip));
    let drill =
        drill.then(&["mail to atoll+basin due", "echo to atoll+basin due", "jumped 298 s", "news to atoll+basin due"]);
    assert!(drill.team("atoll").skipped.is_empty());
}

#[test]
fn moves_and_lines_that_a_jump_passes_come_at_once_and_a_break_is_left_out() {
    let mut plan = with(vec![at("mail", 20)]);
    plan.phases = vec![phase("storm", 5)];
    plan.cuts = vec![cut(None, 6, 7)];
    plan.breaks = vec![pause_at("tea", 8, 10)];
    let drill = given(plan).started().when("director", jump(9, Passed::Tray));
    let drill = drill.then(&[
        "break tea left out",
        "jumped 540 s",
        "phase storm",
        "line cut for atoll+basin",
        "line restored for atoll+basin",
    ]);
    drill.when_it_is(11).then(&["mail to atoll+basin due"]);
}

#[test]
fn a_jump_to_a_break_makes_it() {
    let plan = Plan { breaks: vec![pause_at("tea", 8, 10)], ..with(vec![at("mail", 20)]) };
    given(plan).started().when("director", jump(8, Passed::Tray)).then(&["jumped 480 s", "break tea"]);
}

#[test]
fn what_is_held_is_late_after_a_jump_over_it() {
    let drill = ahead().and("director", hold("mail", None)).and("director", jump(8, Passed::Skip));
    assert!(drill.team("atoll").skipped.is_empty(), "it is held, not passed");
    drill.when("director", free("mail", None)).then(&["mail freed for atoll+basin", "mail missed for atoll+basin"]);
}

/// Atoll stands at one minute, the exercise at eight.
fn behind() -> Drill {
    ahead().and("director", pause(Some("atoll"))).at(8).and("director", resume(Some("atoll")))
}

#[test]
fn a_team_that_is_behind_is_brought_to_where_the_exercise_stands() {
    let drill = behind().when("facilitator", realign("atoll", Passed::Tray));
    let drill = drill.then(&["mail missed for atoll", "jumped 420 s of atoll"]);
    assert_eq!((drill.clocks("atoll"), drill.clocks("basin")), ((60, 480), (480, 480)));
    drill.when_it_is(10).then(&["news to atoll+basin due"]);
}

#[test]
fn a_team_brought_forward_gets_or_skips_what_it_has_not_had() {
    let drill = behind().when("director", realign("atoll", Passed::Release));
    drill.then(&["jumped 420 s of atoll", "mail to atoll due"]);
    let drill = behind().when("director", realign("atoll", Passed::Skip));
    drill.then(&["mail skipped for atoll", "jumped 420 s of atoll"]);
}

#[test]
fn only_a_team_that_is_behind_is_realigned() {
    let drill = behind().when("director", realign("basin", Passed::Tray)).refused(Rejection::NotBehind("basin".into()));
    let drill = drill.when("director", realign("cove", Passed::Tray)).refused(Rejection::UnknownTeam("cove".into()));
    let drill = drill.and("director", realign("atoll", Passed::Tray));
    let drill = drill.when("director", realign("atoll", Passed::Tray)).refused(Rejection::NotBehind("atoll".into()));
    assert!(matches!(drill.last_fact(), Fact::Jumped { team: Some(_), .. }));
}

#[test]
fn a_team_realigned_while_it_stands_falls_behind_again() {
    let drill = ahead().and("director", pause(Some("atoll"))).at(4).and("director", realign("atoll", Passed::Tray));
    assert_eq!(drill.clocks("atoll"), (60, 240));
    assert_eq!(drill.at(6).clocks("atoll"), (60, 240));
}
