//! Injects in the hands of staff: held and freed, released with ten seconds to think, recalled,
//! shown again, excused, extended.

use drillhall::engine::{
    command::{Act, Passed},
    event::Fact,
    rejection::Rejection,
    score::Outcome,
    state::Stage,
    time::Millis,
    view::card::Card,
};

use super::{
    acts::{arm, excuse, extend, free, hold, minute, recall, resend, second, undo},
    fixture::{Drill, acknowledge, answer, given, lift, no_duff, pause, release, resume, retime, skip},
    plan::{after, at, flag, has_flag, lagoon, manual, minutes, quiz, when, with},
    views::{cards, keys},
};

fn mail() -> Drill {
    given(with(vec![at("mail", 10), after("echo", "mail", minutes(5)), manual("news")])).started()
}

#[test]
fn a_held_inject_does_not_go_out_by_itself() {
    let drill = mail().when("facilitator", hold("mail", Some(&["atoll"]))).then(&["mail held for atoll"]);
    drill.when_it_is(10).then(&["mail to basin due"]).when_it_is(14).then(&[]);
}

#[test]
fn a_freed_inject_goes_out_at_its_time() {
    let drill = mail().and("director", hold("mail", None)).at(8);
    let drill = drill.when("director", free("mail", None)).then(&["mail freed for atoll+basin"]);
    drill.when_it_is(10).then(&["mail to atoll+basin due"]);
    let at_its_time = mail().and("director", hold("mail", None)).at(10);
    at_its_time.when("director", free("mail", None)).then(&["mail freed for atoll+basin", "mail to atoll+basin due"]);
}

#[test]
fn one_that_is_freed_after_its_time_waits_in_the_tray() {
    let drill = mail().and("director", hold("mail", None)).at(11).when("director", free("mail", Some(&["basin"])));
    let drill = drill.then(&["mail freed for basin", "mail missed for basin"]);
    assert!(drill.team("atoll").held.contains_key(&0) && drill.team("basin").missed.contains_key(&0));
    let seen = keys(&drill, "director");
    assert!(
        seen.contains("missed/mail/basin") && seen.contains("held/mail/atoll") && !seen.contains("held/mail/basin")
    );
}

#[test]
fn a_held_follower_keeps_the_time_that_its_leader_gave_it() {
    let held = || mail().and("director", hold("echo", None)).at(12);
    let drill = held().when("director", free("echo", None)).then(&["echo freed for atoll+basin"]);
    drill.when_it_is(15).then(&["echo to atoll+basin due"]);
    let late = ["echo freed for atoll+basin", "echo missed for atoll+basin"];
    held().at(20).when("director", free("echo", None)).then(&late);
}

#[test]
fn a_held_branch_goes_out_after_it_is_freed_if_its_condition_holds() {
    let mut plan = with(vec![when("branch", has_flag("seen"), 1)]);
    plan.flags = vec![flag("seen", None)];
    let set = |value| super::acts::set_flag("seen", Some(&["atoll"]), value);
    let drill = given(plan.clone()).started().and("director", hold("branch", None)).and("director", set(true)).at(5);
    let drill = drill.when("director", free("branch", None)).then(&["branch freed for atoll+basin"]);
    drill.when_it_is(6).then(&["branch to atoll due"]);
    let drill = given(plan).started().and("director", set(true)).and("director", hold("branch", None));
    let drill = drill.and("director", set(false)).and("director", free("branch", None));
    drill.when_it_is(9).then(&[]);
}

#[test]
fn what_is_held_may_be_released_skipped_or_retimed() {
    let held = || mail().and("director", hold("mail", None));
    let drill = held().when("director", release("mail", None)).then(&["mail to atoll+basin by hand"]);
    drill.when("director", free("mail", None)).refused(already("mail", None, 0));
    assert!(held().and("director", skip("mail", None)).team("atoll").held.is_empty());
    held().and("director", retime("mail", None, 3)).when_it_is(3).then(&["mail to atoll+basin due"]);
}

fn already(inject: &str, by: Option<&str>, second_of_release: i64) -> Rejection {
    let by = Some(by.unwrap_or("director").into());
    Rejection::AlreadyReleased { inject: inject.into(), by, at: second(second_of_release) }
}

#[test]
fn only_what_is_still_to_come_is_held_once_and_only_what_is_held_is_freed() {
    let drill = mail().when("director", free("mail", None)).refused(Rejection::NotHeld("mail".into()));
    let drill = drill.and("director", hold("mail", Some(&["atoll"])));
    let drill = drill.when("director", hold("mail", Some(&["atoll"]))).refused(Rejection::AlreadyHeld("mail".into()));
    let drill = drill.when("director", hold("mail", None)).then(&["mail held for basin"]);
    let drill = drill.when("director", hold("nowhere", None)).refused(Rejection::UnknownInject("nowhere".into()));
    let unknown = Rejection::UnknownTeam("cove".into());
    let drill = drill.when("director", free("mail", Some(&["cove"]))).refused(unknown);
    let silent = Act::Hold { inject: "news".into(), teams: None, reason: " ".to_owned() };
    drill.when("director", silent).refused(Rejection::EmptyText);
    let ended = mail().and("director", Act::EndEx);
    ended.when("director", hold("mail", None)).refused(Rejection::WrongStage(Stage::Ended));
}

#[test]
fn a_release_waits_ten_seconds_in_which_it_can_be_undone() {
    let armed = || mail().when("facilitator", arm("news", None)).then(&["news armed for atoll+basin"]);
    let drill = armed().when_it_is_milli(9_999).then(&[]);
    let drill = drill.when_it_is_milli(10_000).then(&["news to atoll+basin by hand"]);
    let Fact::InjectReleased { by, due, .. } = drill.last_fact() else { panic!("released") };
    assert_eq!((by.clone(), *due), (Some("facilitator".into()), None));
    drill.when("director", undo("news")).refused(Rejection::NothingToUndo);
    let drill = armed().at_millis(9_999).when("director", undo("news")).then(&["news undone for atoll+basin"]);
    drill.when_it_is(5).then(&[]);
}

#[test]
fn an_undone_release_leaves_the_inject_at_its_time() {
    let drill = mail().and("director", arm("mail", Some(&["atoll"]))).and("director", undo("mail"));
    drill.when_it_is(10).then(&["mail to atoll+basin due"]);
}

#[test]
fn the_ten_seconds_are_of_the_wall_and_pass_in_a_pause() {
    let drill = mail().and("director", pause(None)).and("director", arm("news", None));
    drill.when_it_is_second(10).then(&["news to atoll+basin by hand"]);
}

#[test]
fn a_release_that_a_suspension_or_a_sleep_overtakes_waits_for_staff() {
    let drill = mail().and("director", arm("news", None)).and("director", no_duff()).when_it_is_second(60).then(&[]);
    let drill = drill.when("director", lift(None)).then(&["lifted: all safe", "news missed for atoll+basin"]);
    assert_eq!(drill.missed("atoll", 2), second(10));
    drill.when("director", release("news", None)).then(&["news to atoll+basin from the tray"]);
    let asleep = |until| mail().and("director", arm("news", None)).asleep_until(until).when_it_wakes();
    asleep(15).then(&["news to atoll+basin by hand"]);
    asleep(16).then(&["news missed for atoll+basin"]);
}

#[test]
fn a_second_release_of_what_waits_says_who_was_first() {
    let drill = mail().and("facilitator", arm("news", Some(&["atoll"]))).at_seconds(3);
    let drill = drill.when("director", arm("news", Some(&["atoll"]))).refused(already("news", Some("facilitator"), 0));
    let drill = drill.when("director", arm("news", None)).then(&["news armed for basin"]);
    let drill = drill.when_it_is_second(10).then(&["news to atoll by hand"]);
    drill.when_it_is_second(13).then(&["news to basin by hand"]);
}

#[test]
fn a_release_at_once_overtakes_one_that_waits_for_the_same_team_only() {
    let drill = mail().and("facilitator", arm("news", None)).and("director", release("news", Some(&["basin"])));
    assert!(
        keys(&drill, "director").contains("armed/news/atoll") && !keys(&drill, "director").contains("armed/news/basin")
    );
    drill.when_it_is_second(10).then(&["news to atoll by hand"]);
}

#[test]
fn what_falls_due_while_its_release_waits_goes_out_once_by_hand() {
    let drill = mail().at_seconds(595).and("director", arm("mail", Some(&["atoll"])));
    let drill = drill.when_it_is(10).then(&["mail to basin due"]);
    drill.when_it_is_second(605).then(&["mail to atoll by hand"]);
}

#[test]
fn a_skip_a_hold_or_a_new_time_stops_a_release_that_waits() {
    for act in [skip("news", None), hold("news", None), retime("news", None, 50)] {
        mail().and("director", arm("news", None)).and("director", act).when_it_is(1).then(&[]);
    }
}

#[test]
fn a_release_that_waits_ends_with_play() {
    mail().and("director", arm("news", None)).and("director", Act::EndEx).when_it_is(1).then(&[]);
    let unknown = Rejection::UnknownInject("nowhere".into());
    mail().when("director", undo("nowhere")).refused(unknown);
    mail().when("director", arm("nowhere", None)).refused(Rejection::UnknownInject("nowhere".into()));
}

/// `task` came to both teams at ten minutes, with ten to answer; it is twelve.
fn asked() -> Drill {
    given(lagoon()).started().at(12)
}

#[test]
fn a_recalled_inject_counts_for_nothing_and_says_so() {
    let drill = asked().and("atoll-lead", answer("task", "wrong"));
    let drill = drill.when("facilitator", recall("task", Some(&["atoll"]))).then(&["task recalled for atoll"]);
    assert_eq!(drill.score("atoll", "task").outcome, Outcome::Recalled);
    assert_eq!(drill.score("atoll", "task").points_milli, None);
    assert!(keys(&drill, "atoll-player").contains("recalled/task/atoll"));
    let drill = drill.when("atoll-lead", answer("task", "right")).then(&["task answer 2 of atoll after 120 s, late"]);
    drill.when_it_is(20).then(&["echo to atoll+basin due", "phase storm", "task closed for basin"]);
}

#[test]
fn only_what_was_sent_is_recalled_once_and_with_a_reason() {
    let drill = asked().when("director", recall("news", None)).refused(Rejection::NotReleased("news".into()));
    let drill = drill.when("director", recall("nowhere", None)).refused(Rejection::UnknownInject("nowhere".into()));
    let drill = drill.and("director", recall("task", Some(&["atoll"])));
    let again = Rejection::AlreadyRecalled("task".into());
    let drill = drill.when("director", recall("task", Some(&["atoll"]))).refused(again.clone());
    let drill = drill.when("director", resend("task", Some(&["atoll"]))).refused(again.clone());
    let drill = drill.when("director", extend("task", Some(&["atoll"]), 5)).refused(again);
    let silent = Act::Recall { inject: "task".into(), teams: None, reason: String::new() };
    let drill = drill.when("director", silent).refused(Rejection::EmptyText);
    let drill = drill.when("director", release("task", Some(&["atoll"])));
    let by_itself = Rejection::AlreadyReleased { inject: "task".into(), by: None, at: minute(10) };
    drill.refused(by_itself);
}

#[test]
fn an_inject_is_shown_again_to_teams_that_have_it() {
    let drill = asked().when("facilitator", resend("task", Some(&["basin"]))).then(&["task resent to basin"]);
    assert!(keys(&drill, "basin-lead").contains("resent/task/basin"));
    assert_eq!(drill.delivery("task", "basin").released_at, minute(10), "its time stays");
    drill.when("director", resend("news", None)).refused(Rejection::NotReleased("news".into()));
}

#[test]
fn an_excused_team_owes_no_answer() {
    let drill = asked().when("director", excuse("task", Some(&["atoll"]))).then(&["task excused for atoll"]);
    let reason = Outcome::Excused { because: "power cut".to_owned() };
    assert_eq!(drill.score("atoll", "task").outcome, reason);
    let drill =
        drill.when("director", excuse("task", Some(&["atoll"]))).refused(Rejection::AlreadyExcused("task".into()));
    let drill = drill.when("director", excuse("task", None)).then(&["task excused for basin"]);
    let drill = drill.when("director", excuse("news", None)).refused(Rejection::NotReleased("news".into()));
    let after = drill.and("director", Act::EndEx).when("director", excuse("tie", None));
    after.then(&["tie excused for atoll+basin"]);
    let silent = Act::Excuse { inject: "task".into(), teams: None, reason: " ".to_owned() };
    asked().when("director", silent).refused(Rejection::EmptyText);
}

#[test]
fn a_team_is_given_longer() {
    let drill = asked().when("facilitator", extend("task", Some(&["atoll"]), 5));
    let drill = drill.then(&["task extended to 900 s for atoll"]).at(19);
    let drill = drill.when_it_is(20).then(&["phase storm", "task closed for basin"]);
    let drill = drill.at(24).when("atoll-lead", answer("task", "right")).then(&["task answer 1 of atoll after 840 s"]);
    let drill = drill.when("basin-lead", answer("task", "right")).then(&["task answer 1 of basin after 840 s, late"]);
    drill.when_it_is(25).then(&["task closed for atoll"]);
}

#[test]
fn all_are_given_longer_each_from_the_deadline_that_it_has() {
    let drill = asked().and("director", extend("task", Some(&["atoll"]), 5));
    let drill = drill.when("director", extend("task", None, 2));
    drill.then(&["task extended to 720 s for basin", "task extended to 1020 s for atoll"]);
}

#[test]
fn a_closed_answer_is_open_again() {
    let drill = asked().at(21);
    assert!(drill.delivery("task", "atoll").closed && keys(&drill, "atoll-lead").contains("closed/task/atoll"));
    assert_eq!(drill.score("atoll", "task").outcome, Outcome::TeamOffline, "nobody has opened it");
    let drill = drill.and("director", extend("task", Some(&["atoll"]), 10));
    assert!(!drill.delivery("task", "atoll").closed && !keys(&drill, "atoll-lead").contains("closed/task/atoll"));
    assert_eq!(drill.score("atoll", "task").outcome, Outcome::Open);
    let drill = drill.when("atoll-lead", answer("task", "right")).then(&["task answer 1 of atoll after 660 s"]);
    drill.at(29).when_it_is(30).then(&["task closed for atoll", "reef-only to atoll due"]);
}

#[test]
fn an_extension_has_a_length_and_something_to_extend() {
    let by = |by: Millis| Act::Extend { inject: "task".into(), teams: None, by };
    for bad in [Millis(0), minutes(-5), Millis(i64::MAX), minutes(7 * 24 * 60 + 1)] {
        asked().when("director", by(bad)).refused(Rejection::NoLength);
    }
    let drill = asked().when("director", extend("tie", None, 5)).refused(Rejection::NoDeadline("tie".into()));
    let drill = drill.when("director", extend("news", None, 5)).refused(Rejection::NotReleased("news".into()));
    drill
        .and("director", Act::EndEx)
        .when("director", extend("task", None, 5))
        .refused(Rejection::WrongStage(Stage::Ended));
}

#[test]
fn a_team_that_was_paused_after_its_extension_has_all_of_it() {
    let drill =
        given(with(vec![quiz(at("task", 1), Some(5))])).started().at(2).and("director", extend("task", None, 5));
    let drill = drill.and("director", pause(Some("atoll"))).at(8).and("director", resume(Some("atoll")));
    let drill = drill.when_it_is(11).then(&["task closed for basin"]);
    drill.when_it_is(17).then(&["task closed for atoll"]);
}

#[test]
fn acknowledging_needs_no_answer() {
    let drill = asked().and("director", recall("task", None));
    drill.when("atoll-lead", acknowledge("task")).then(&["task acknowledged of atoll"]);
}

#[test]
fn a_release_by_hand_is_not_lost_when_the_plan_comes_to_it() {
    let mut mail = at("mail", 5);
    mail.only_if = Some(has_flag("seen"));
    let mut plan = with(vec![mail]);
    plan.flags = vec![flag("seen", None)];
    let drill = given(plan).started().at_seconds(298).and("facilitator", arm("mail", None));
    drill.when_it_is_second(308).then(&["mail to atoll+basin by hand"]);
}

#[test]
fn a_release_that_is_undone_after_its_time_waits_in_the_tray() {
    let drill = mail().at_seconds(598).and("facilitator", arm("mail", Some(&["atoll"]))).at_seconds(603);
    let undone = ["mail undone for atoll", "mail missed for atoll"];
    let drill = drill.when("facilitator", undo("mail")).then(&undone);
    assert!(drill.team("basin").deliveries.contains_key(&0));
}

#[test]
fn a_release_is_undone_for_some_teams_only() {
    let drill = mail().and("facilitator", arm("news", None));
    let undo_one = Act::UndoRelease { inject: "news".into(), teams: Some(["basin".into()].into()) };
    let drill = drill.when("facilitator", undo_one.clone()).then(&["news undone for basin"]);
    let drill = drill.when("facilitator", undo_one).refused(Rejection::NothingToUndo);
    drill.when_it_is_second(10).then(&["news to atoll by hand"]);
}

#[test]
fn whoever_answered_late_is_in_time_once_the_deadline_is_later() {
    let asked = || given(lagoon()).started().at(21).and("atoll-lead", answer("task", "right"));
    let worth = |drill: &Drill| drill.score("atoll", "task").late_permille;
    assert_eq!(worth(&asked()), 500, "half for a late answer");
    assert_eq!(worth(&asked().and("director", extend("task", None, 5))), 1000);
    let still_late = asked().at(40).and("basin-lead", answer("task", "right")).and("director", extend("task", None, 5));
    assert_eq!(still_late.score("basin", "task").late_permille, 500);
}

#[test]
fn an_extension_says_which_answers_count_as_in_time_now() {
    let drill = given(lagoon()).started().at(12).and("atoll-lead", answer("task", "wrong")).at(21);
    let drill = drill.and("atoll-lead", answer("task", "right")).at(40).and("atoll-lead", answer("task", "near"));
    let in_time =
        |drill: &Drill, team: &str| match &cards(drill, &format!("{team}-lead"))[&format!("extended/task/{team}")] {
            Card::Extended(card) => card.in_time.iter().copied().collect::<Vec<_>>(),
            other => panic!("{other:?}"),
        };
    let drill = drill.and("director", extend("task", None, 5));
    assert_eq!((in_time(&drill, "atoll"), in_time(&drill, "basin")), (vec![1, 2], vec![]));
    let drill = drill.and("director", extend("task", None, 5));
    assert_eq!(in_time(&drill, "atoll"), [1, 2], "what was let in before stays in");
    assert_eq!(in_time(&drill.and("director", extend("task", None, 10)), "atoll"), [1, 2, 3]);
}

#[test]
fn all_of_the_tray_is_decided_in_the_order_of_the_plan() {
    let plan = || with(vec![at("zebra", 15), at("mule", 10), at("ant", 5)]);
    let missed = || given(plan()).started().at(1).and("director", super::acts::jump(20, Passed::Tray));
    let sent =
        ["ant to atoll+basin from the tray", "mule to atoll+basin from the tray", "zebra to atoll+basin from the tray"];
    let drill = missed().when("facilitator", Act::ReleaseMissed).then(&sent);
    drill.when("facilitator", Act::ReleaseMissed).refused(Rejection::TrayEmpty);
    let skip_all = || Act::SkipMissed { reason: "no time".to_owned() };
    let skipped = ["ant skipped for atoll+basin", "mule skipped for atoll+basin", "zebra skipped for atoll+basin"];
    missed().when("director", skip_all()).then(&skipped);
    missed().when("atoll-lead", Act::ReleaseMissed).refused(Rejection::Forbidden);
    let jumped = given(plan()).started().at(1).when("director", super::acts::jump(20, Passed::Release));
    jumped.then(&["jumped 1140 s", "ant to atoll+basin due", "mule to atoll+basin due", "zebra to atoll+basin due"]);
}

#[test]
fn nothing_reaches_a_team_that_stands_after_a_call() {
    let stands = || mail().and("atoll-player", no_duff());
    let drill = stands().when("director", release("news", None));
    let drill = drill.then(&["news to basin by hand", "news missed for atoll"]);
    drill.when("director", release("news", Some(&["atoll"]))).refused(Rejection::TeamSuspended("atoll".into()));
    let armed = mail().and("director", arm("news", None)).and("atoll-player", no_duff());
    armed.when_it_is_second(10).then(&["news to basin by hand", "news missed for atoll"]);
    let drill = stands().when("director", super::acts::add_and_send(manual("more")));
    let drill = drill.then(&["more added", "more armed for atoll+basin"]);
    drill.when_it_is_second(10).then(&["more to basin by hand", "more missed for atoll"]);
}

/// Otherwise nothing would end the ten seconds, and the server would ask for them without end.
#[test]
fn what_a_standing_team_has_in_the_tray_stays_there_when_it_is_sent() {
    let asleep = mail().asleep_until(12 * 60).when_it_wakes().then(&["mail missed for atoll+basin"]);
    let tray = asleep.and("atoll-player", no_duff()).and("director", arm("mail", None));
    let drill = tray.when_it_is_second(12 * 60 + 10).then(&["mail undone for atoll", "mail to basin from the tray"]);
    assert!(drill.team("atoll").armed.is_empty() && drill.team("atoll").missed.contains_key(&0));
    let drill = drill.and("director", lift(Some("atoll")));
    drill.when("director", release("mail", None)).then(&["mail to atoll from the tray"]);
}
