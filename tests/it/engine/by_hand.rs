//! By phone or on paper: control enters what a team did, at the time at which it really came.

use drillhall::engine::{
    command::{AcknowledgeFor, Act},
    event::Fact,
    rejection::Rejection,
    time::Timestamp,
};

use super::{
    acts::{acknowledge_for, answer_for, cancel, minute, recall, second},
    fixture::{Drill, acknowledge, answer, choice, given, pause, resume},
    plan::{lagoon, minutes},
    views::keys,
};

/// `task` came at ten minutes and closes at twenty.
fn asked(now: i64) -> Drill {
    given(lagoon()).started().at(now)
}

fn told(team: &str, at: Timestamp) -> Act {
    answer_for(team, "task", &[("cause", choice("right"))], at)
}

#[test]
fn an_answer_is_judged_by_the_time_at_which_it_really_came() {
    let drill = asked(30).when("facilitator", told("atoll", minute(19)));
    let drill = drill.then(&["task answer 1 of atoll after 540 s, by hand"]);
    assert_eq!(drill.field("atoll", "task", "cause").credit_permille, Some(1000));
    asked(30).when("facilitator", told("atoll", second(1200))).then(&["task answer 1 of atoll after 600 s, by hand"]);
    let late = asked(30).when("facilitator", told("atoll", second(1201)));
    late.then(&["task answer 1 of atoll after 601 s, late, by hand"]);
}

#[test]
fn the_answer_that_came_last_counts_not_the_one_that_was_typed_last() {
    let drill = asked(16).and("atoll-lead", answer("task", "right"));
    let older = answer_for("atoll", "task", &[("cause", choice("wrong"))], minute(12));
    let drill = drill.and("facilitator", older);
    assert_eq!(drill.field("atoll", "task", "cause").credit_permille, Some(1000));
    assert_eq!(drill.delivery("task", "atoll").official().map(|response| response.revision), Some(1));
}

#[test]
fn a_call_before_a_pause_is_timed_before_it_and_one_in_it_at_its_beginning() {
    let paused = || asked(12).and("director", pause(None)).at(40).and("director", resume(None)).at(45);
    paused().when("director", told("atoll", minute(11))).then(&["task answer 1 of atoll after 60 s, by hand"]);
    paused().when("director", told("atoll", minute(30))).then(&["task answer 1 of atoll after 120 s, by hand"]);
    paused().when("director", told("atoll", minute(42))).then(&["task answer 1 of atoll after 240 s, by hand"]);
}

#[test]
fn a_call_cannot_come_before_the_release_or_in_the_future() {
    let drill = asked(30).when("director", told("atoll", second(599))).refused(Rejection::BeforeRelease("task".into()));
    let drill = drill.when("director", told("atoll", second(1921))).refused(Rejection::FutureTime);
    let drill = drill.when("director", told("atoll", Timestamp(i64::MAX))).refused(Rejection::FutureTime);
    let drill = drill.when("director", told("atoll", second(1920)));
    let drill = drill.then(&["task answer 1 of atoll after 1200 s, late, by hand"]);
    let Fact::ResponseSubmitted { by_hand: Some(by_hand), received_at, .. } = drill.last_fact() else {
        panic!("by hand")
    };
    assert_eq!((by_hand.happened_at, *received_at), (minute(30), minute(30)), "a fast watch counts as now");
}

#[test]
fn what_was_typed_in_says_who_called_who_typed_and_a_code_to_read_back() {
    let drill = asked(12).and("facilitator", told("basin", minute(11)));
    let event = drill.log.last().expect("an event");
    let Fact::ResponseSubmitted { by_hand: Some(by_hand), .. } = &event.fact else { panic!("by hand") };
    assert_eq!((event.actor.person(), by_hand.caller.text()), (Some(&"facilitator".into()), Some("Ana")));
    let letters =
        |part: &str| part.len() == 3 && part.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
    assert!(by_hand.code.split('-').all(letters) && by_hand.code.len() == 7, "{}", by_hand.code);
    assert!(!by_hand.code.contains(['0', 'O', '1', 'I']), "letters that are mistaken for others");
    let other = drill.and("facilitator", told("basin", minute(11)));
    let Fact::ResponseSubmitted { by_hand: Some(second_call), .. } = other.last_fact() else { panic!("by hand") };
    let first = other.log.iter().rev().nth(1).map(|event| &event.fact);
    let Some(Fact::ResponseSubmitted { by_hand: Some(first_call), .. }) = first else { panic!("by hand") };
    assert_ne!(second_call.code, first_call.code);
}

#[test]
fn an_answer_by_phone_is_a_revision_like_any_other() {
    let drill = asked(12).and("atoll-lead", answer("task", "wrong"));
    let drill = drill.when("director", told("atoll", minute(11)));
    let drill = drill.then(&["task answer 2 of atoll after 60 s, by hand"]);
    assert!(keys(&drill, "atoll-player").contains("response/task/atoll/2"));
}

#[test]
fn an_answer_by_phone_fits_its_form_and_belongs_to_what_the_team_has() {
    let answer = |inject: &str, option: &str| answer_for("atoll", inject, &[("cause", choice(option))], minute(11));
    let bad = Rejection::BadAnswer { field: "cause".into(), reason: "there is no such option" };
    let drill = asked(12).when("director", answer("task", "blue")).refused(bad);
    let drill = drill.when("director", answer("tie", "right")).refused(Rejection::NothingToAnswer("tie".into()));
    let drill = drill.when("director", answer("news", "right")).refused(Rejection::NotReleased("news".into()));
    let drill = drill.when("director", answer("nowhere", "right")).refused(Rejection::UnknownInject("nowhere".into()));
    let drill = drill.when("director", told("cove", minute(11))).refused(Rejection::UnknownTeam("cove".into()));
    let nobody = Act::AcknowledgeFor(AcknowledgeFor {
        team: "atoll".into(),
        inject: "task".into(),
        happened_at: minute(11),
        caller: " ".to_owned(),
    });
    let drill = drill.when("director", nobody).refused(Rejection::EmptyText);
    drill.when("atoll-lead", told("atoll", minute(11))).refused(Rejection::Forbidden);
}

#[test]
fn it_is_taken_after_a_recall_and_after_calling_off() {
    let drill = asked(12).and("director", recall("task", None)).when("director", told("atoll", minute(11)));
    drill.then(&["task answer 1 of atoll after 60 s, late, by hand"]);
    let drill = asked(12).and("director", cancel()).at(30).when("director", told("atoll", minute(11)));
    let drill = drill.then(&["task answer 1 of atoll after 60 s, by hand"]);
    drill.when("director", told("atoll", minute(13))).then(&["task answer 2 of atoll after 120 s, late, by hand"]);
}

#[test]
fn an_acknowledgement_by_phone_is_timed_when_it_came_and_counts_once() {
    let drill = asked(15).when("facilitator", acknowledge_for("atoll", "task", minute(11)));
    let drill = drill.then(&["task acknowledged of atoll, by hand"]);
    assert_eq!(drill.delivery("task", "atoll").acknowledged_after, Some(minutes(1)));
    let drill = drill.when("atoll-lead", acknowledge("task")).then(&[]);
    let again = Rejection::AlreadyAcknowledged("task".into());
    let drill = drill.when("director", acknowledge_for("atoll", "task", minute(12))).refused(again);
    let nothing = Rejection::NothingToAcknowledge("tie".into());
    let drill = drill.when("director", acknowledge_for("atoll", "tie", minute(12))).refused(nothing);
    drill
        .when("director", acknowledge_for("atoll", "task", super::fixture::START))
        .refused(Rejection::BeforeRelease("task".into()));
}
