//! What did not reach a team: when it counts, when it does not, and time that is given back.

use drillhall::engine::{
    command::Act,
    rejection::{Judging, Rejection},
    score::{Metric, Outcome, timings},
};

use super::{
    acts::{answer_for, extend, minute, second},
    fixture::{Drill, answer, choice, given, revoke},
    judging::{credit, delegate, read_by_phone},
    marks::a_board_follows,
    plan::{at, quiz, with},
};

/// `task` came at ten minutes and closes at twenty. Atoll was gone from minute nine to thirteen.
fn cut_off() -> Drill {
    let drill = given(with(vec![quiz(at("task", 10), Some(10))])).started().connected("atoll", true).at(9);
    drill.connected("atoll", false).at(13).connected("atoll", true)
}

#[test]
fn what_never_came_counts_as_nought_and_says_why() {
    let score = cut_off().at(20).score("atoll", "task");
    assert_eq!((score.points_milli, score.outcome), (Some(0), Outcome::TeamOffline));
}

#[test]
fn what_never_came_in_a_confirmed_outage_does_not_count() {
    let drill = cut_off().when("facilitator", credit("atoll", minute(10), minute(13)));
    let drill = drill.then(&["outage of atoll credited: task 180 s"]);
    let drill = drill.when_it_is(20).then(&["task closed for basin"]).when_it_is(23).then(&["task closed for atoll"]);
    let score = drill.score("atoll", "task");
    assert_eq!((score.points_milli, score.outcome), (None, Outcome::NotDelivered));
    assert_eq!(drill.total("atoll").score_milli, None);
}

#[test]
fn time_given_back_is_no_part_of_how_long_a_team_took() {
    let drill = cut_off().and("facilitator", credit("atoll", minute(10), minute(13))).at(22);
    let drill = drill.when("atoll-lead", answer("task", "right")).then(&["task answer 1 of atoll after 720 s"]);
    let score = drill.score("atoll", "task");
    assert_eq!((score.tau.map(|tau| tau.0 / 1000), score.points_milli), (Some(540), Some(4_000)));
}

#[test]
fn time_lost_before_an_inject_came_is_taken_out_once() {
    let delivered = || Act::NoteDelivered { inject: "task".into() };
    let credited = || credit("atoll", minute(10), minute(13));
    let drill = cut_off().and("atoll-lead", delivered()).and("facilitator", credited());
    let drill = drill.at(22).and("atoll-lead", answer("task", "right"));
    let score = drill.score("atoll", "task");
    assert_eq!(score.tau.map(|tau| tau.0 / 1000), Some(540), "from minute 13, when it came");
    let open = |drill: &Drill| timings(&drill.state, &drill.state.teams)[&Metric::Answer].median;
    assert_eq!(open(&drill).map(|time| time.0 / 1000), Some(540));
    // Minutes 14 to 16 were lost while it lay before the team: those are no part of it.
    let later = cut_off().and("atoll-lead", delivered()).at(14).connected("atoll", false).at(16);
    let later = later.connected("atoll", true).and("facilitator", credit("atoll", minute(14), minute(16)));
    let later = later.at(20).and("atoll-lead", answer("task", "right"));
    assert_eq!(later.score("atoll", "task").tau.map(|tau| tau.0 / 1000), Some(300));
    assert_eq!(open(&later).map(|time| time.0 / 1000), Some(300));
}

#[test]
fn an_answer_that_was_a_little_late_is_in_time_once_the_outage_is_credited() {
    let drill = cut_off().at(21).and("atoll-lead", answer("task", "right"));
    assert_eq!(drill.score("atoll", "task").late_permille, 500);
    let drill = drill.and("director", credit("atoll", minute(10), minute(13)));
    assert_eq!(drill.score("atoll", "task").late_permille, 1000);
}

#[test]
fn only_a_measured_absence_is_credited_once_and_within_bounds() {
    let drill = cut_off().when("director", credit("atoll", minute(8), minute(11)));
    let drill = drill.refused(Judging::NotAbsent("atoll".into()).into());
    let drill = drill.when("director", credit("basin", minute(10), minute(11)));
    let drill = drill.refused(Judging::NotAbsent("basin".into()).into());
    let drill = drill.when("director", credit("atoll", minute(11), minute(11))).refused(Judging::BadStretch.into());
    let drill = drill.when("director", credit("atoll", minute(12), minute(14))).refused(Judging::BadStretch.into());
    let drill = drill.and("director", credit("atoll", minute(10), minute(12)));
    let drill = drill.when("director", credit("atoll", minute(11), minute(13)));
    let drill = drill.refused(Judging::AlreadyCredited("atoll".into()).into());
    let drill = drill.connected("atoll", false).at(40);
    let limit = drill.state.plan.profile.outage_limit;
    let long = drill.when("director", credit("atoll", minute(20), minute(36)));
    let drill = long.refused(Judging::OutageLimit { limit }.into());
    drill.when("atoll-lead", credit("atoll", minute(20), minute(21))).refused(Rejection::Forbidden);
}

#[test]
fn what_was_read_over_the_phone_counts_as_delivered() {
    let drill = cut_off().when("facilitator", read_by_phone("atoll", "task", minute(12)));
    let drill = drill.then(&["task delivered of atoll"]).at(20);
    assert_eq!(drill.score("atoll", "task").outcome, Outcome::NotAnswered);
    let early = drill.when("facilitator", read_by_phone("atoll", "task", second(599)));
    let drill = early.refused(Rejection::BeforeRelease("task".into()));
    drill
        .when("facilitator", read_by_phone("atoll", "nowhere", minute(12)))
        .refused(Rejection::UnknownInject("nowhere".into()));
}

#[test]
fn what_a_team_has_is_not_read_to_it_over_the_phone() {
    let received = || Rejection::AlreadyReceived("task".into());
    let on_a_device = cut_off().and("atoll-lead", Act::NoteDelivered { inject: "task".into() });
    on_a_device.when("facilitator", read_by_phone("atoll", "task", minute(12))).refused(received());
    let by_phone = cut_off().and("facilitator", read_by_phone("atoll", "task", minute(12)));
    by_phone.when("director", read_by_phone("atoll", "task", minute(13))).refused(received());
    let answered = cut_off().and("atoll-lead", answer("task", "right"));
    answered.when("facilitator", read_by_phone("atoll", "task", minute(12))).refused(received());
    assert_eq!(received().code(), "already_received");
    assert!(received().to_string().contains("has reached the team"), "{}", received());
}

#[test]
fn an_answer_by_phone_shows_that_the_team_had_it() {
    let drill = cut_off().and("director", answer_for("atoll", "task", &[("cause", choice("right"))], minute(12)));
    assert_eq!(drill.score("atoll", "task").points_milli, Some(4_000));
}

#[test]
fn official_answers_come_from_the_lead_or_a_delegate() {
    let drill = cut_off().when("atoll-player", answer("task", "right")).refused(Judging::NotDelegate.into());
    let stranger = drill.when("atoll-lead", delegate("basin-player", true));
    let drill = stranger.refused(Judging::NotInTeam("basin-player".into()).into());
    let drill = drill.and("atoll-lead", delegate("atoll-player", true));
    let drill = drill.and("atoll-player", answer("task", "right"));
    let drill = drill.and("atoll-lead", delegate("atoll-player", false));
    let drill = drill.when("atoll-player", answer("task", "wrong")).refused(Judging::NotDelegate.into());
    let drill = drill.and("director", revoke("basin-lead"));
    assert!(drill.when("basin-player", answer("task", "right")).is_allowed(), "a team without a lead answers");
}

#[test]
fn only_the_time_in_which_an_inject_was_open_is_given_back() {
    let before = cut_off().when("director", credit("atoll", minute(9), minute(13)));
    before.then(&["outage of atoll credited: task 180 s"]);
    let answered = cut_off().and("director", answer_for("atoll", "task", &[("cause", choice("right"))], minute(11)));
    let answered = answered.when("director", credit("atoll", minute(10), minute(13)));
    answered.then(&["outage of atoll credited: task 60 s"]);
    let over = cut_off().at(18).connected("atoll", false).at(25);
    over.when("director", credit("atoll", minute(18), minute(25))).then(&["outage of atoll credited: task 120 s"]);
}

#[test]
fn the_limit_holds_for_all_stretches_together() {
    let drill = cut_off().at(20).connected("atoll", false).at(40);
    let drill = drill.and("director", credit("atoll", minute(20), minute(30)));
    let limit = drill.state.plan.profile.outage_limit;
    let drill = drill.when("director", credit("atoll", minute(30), minute(36)));
    let drill = drill.refused(Judging::OutageLimit { limit }.into());
    assert!(
        drill.when("director", credit("atoll", minute(30), minute(35))).is_allowed(),
        "a quarter of an hour in all"
    );
}

#[test]
fn a_board_follows_time_that_is_given_back_or_added() {
    let late = || cut_off().at(21).and("atoll-lead", answer("task", "right"));
    a_board_follows(&late().and("director", credit("atoll", minute(10), minute(13))).log);
    a_board_follows(&late().and("director", extend("task", Some(&["atoll"]), 5)).log);
}
