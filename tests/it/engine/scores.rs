//! Scores: a reason for every point, and no silent nought.

use drillhall::engine::{
    command::{Act, AnswerInput},
    id::OptionId,
    score::{Reason, team_score},
};

use super::{
    fixture::{Drill, answer, choice, choices, given, release, submit},
    plan::lagoon,
};

fn asked() -> Drill {
    given(lagoon()).started().at(12)
}

fn signs(drill: Drill, chosen: &[&str]) -> Drill {
    drill.and("atoll-lead", submit("task", &[("cause", choice("right")), ("signs", choices(chosen))]))
}

/// Thousandths given, and why.
fn scored(drill: &Drill, field: &str) -> (Option<i64>, Reason) {
    let item = drill.score("atoll", "task", field);
    (item.points_milli, item.reason)
}

fn wrong(chosen: &[&str]) -> Reason {
    Reason::Wrong { chosen: chosen.iter().map(|id| OptionId::from(*id)).collect() }
}

#[test]
fn a_choice_has_the_credit_of_its_option() {
    let cause = |option| scored(&asked().and("atoll-lead", answer("task", option)), "cause");
    assert_eq!(cause("right"), (Some(4000), Reason::Right { late: false }));
    assert_eq!(cause("near"), (Some(2000), Reason::Partial { credit_permille: 500, late: false }));
    assert_eq!(cause("wrong"), (Some(0), wrong(&["wrong"])));
}

#[test]
fn a_set_has_the_credit_of_its_overlap() {
    let set = |chosen: &[&str]| scored(&signs(asked(), chosen), "signs");
    let overlap = |matched, missing, extra| Reason::Overlap { matched, missing, extra, late: false };
    assert_eq!(set(&["a", "b"]), (Some(3000), Reason::Right { late: false }));
    assert_eq!(set(&["a"]), (Some(1998), overlap(1, 1, 0)), "two thirds, rounded down to permille");
    assert_eq!(set(&["a", "c"]), (Some(1500), overlap(1, 1, 1)));
    assert_eq!(set(&["a", "b", "c", "d"]), (Some(1998), overlap(2, 0, 2)));
    assert_eq!(set(&["c", "d"]), (Some(0), wrong(&["c", "d"])));
}

#[test]
fn texts_decisions_and_indicators_wait_for_a_mark() {
    let full = [
        ("cause", choice("right")),
        ("note", AnswerInput::Text("seen".to_owned())),
        ("call", AnswerInput::Decision { option: Some("stop".into()), rationale: "so".to_owned() }),
        ("marks", AnswerInput::Indicators(vec!["192.0.2.1".to_owned()])),
    ];
    let drill = asked().and("atoll-lead", submit("task", &full));
    for field in ["note", "call", "marks"] {
        assert_eq!(scored(&drill, field), (None, Reason::NotYetMarked));
    }
    let total = team_score(&drill.state, drill.team("atoll"));
    assert_eq!(total.unmarked_milli, 5000);
    assert_eq!((total.points_milli, total.attainable_milli), (4000, 7000), "unmarked points are not attainable yet");
}

#[test]
fn a_key_that_does_not_fit_its_field_leaves_it_to_a_person() {
    let mut plan = lagoon();
    let keys = &mut plan.injects[1].staff.keys;
    let set = keys[&"signs".into()].clone();
    keys.insert("call".into(), set);
    let call = AnswerInput::Decision { option: Some("stop".into()), rationale: "so".to_owned() };
    let drill = given(plan).started().at(12);
    let drill = drill.and("atoll-lead", submit("task", &[("cause", choice("right")), ("call", call)]));
    assert_eq!(scored(&drill, "call"), (None, Reason::NotYetMarked));
}

#[test]
fn a_field_left_empty_has_no_points_and_says_so() {
    let drill = asked().and("atoll-lead", answer("task", "right"));
    assert_eq!(scored(&drill, "signs"), (Some(0), Reason::LeftEmpty));
    assert_eq!(scored(&drill, "note"), (Some(0), Reason::LeftEmpty));
}

#[test]
fn while_there_is_time_nothing_is_lost() {
    assert_eq!(scored(&asked(), "cause"), (None, Reason::Open));
    let total = team_score(&asked().state, asked().team("atoll"));
    assert_eq!((total.points_milli, total.attainable_milli, total.unmarked_milli), (0, 0, 0));
}

#[test]
fn after_the_deadline_no_answer_counts_as_nought() {
    assert_eq!(scored(&asked().at(20), "cause"), (Some(0), Reason::NotAnswered));
    assert_eq!(scored(&asked().at(20), "note"), (Some(0), Reason::NotAnswered));
}

#[test]
fn a_deadline_that_passed_at_the_instant_of_endex_counts() {
    let drill = asked().asleep_until(20 * 60).and("director", Act::EndEx);
    assert_eq!(scored(&drill, "cause"), (Some(0), Reason::NotAnswered));
}

#[test]
fn a_deadline_that_endex_cut_off_leaves_the_item_out() {
    let drill = asked().and("director", Act::EndEx).at(30);
    assert_eq!(scored(&drill, "cause"), (None, Reason::Open));
}

#[test]
fn without_a_deadline_there_is_time_until_endex() {
    let drill = asked().and("director", release("extra", None)).at(50);
    assert_eq!(drill.score("atoll", "extra", "cause").reason, Reason::Open);
    let drill = drill.and("director", Act::EndEx);
    let item = drill.score("atoll", "extra", "cause");
    assert_eq!((item.points_milli, item.reason), (Some(0), Reason::NotAnswered));
}

#[test]
fn a_late_answer_is_worth_what_the_profile_says() {
    let drill = asked().at(30).and("atoll-lead", answer("task", "right"));
    assert_eq!(scored(&drill, "cause"), (Some(2000), Reason::Right { late: true }));
    let drill = signs(asked().at(30), &["a"]);
    let overlap = Reason::Overlap { matched: 1, missing: 1, extra: 0, late: true };
    assert_eq!(scored(&drill, "signs"), (Some(999), overlap));
}

#[test]
fn no_profile_makes_a_late_answer_worth_more() {
    let mut plan = lagoon();
    plan.profile.late_credit_permille = 5_000;
    let drill = given(plan).started().at(30).and("atoll-lead", answer("task", "right"));
    assert_eq!(scored(&drill, "cause").0, Some(4000));
}

#[test]
fn a_late_revision_does_not_touch_the_score() {
    let drill = asked().and("atoll-lead", answer("task", "right")).at(30).and("atoll-lead", answer("task", "wrong"));
    let item = drill.score("atoll", "task", "cause");
    assert_eq!((item.points_milli, item.revision), (Some(4000), Some(1)));
}

#[test]
fn practice_and_fields_worth_nothing_are_not_scored() {
    let drill = asked().and("atoll-lead", answer("warmup", "right"));
    let items = team_score(&drill.state, drill.team("atoll")).items;
    assert!(items.iter().all(|item| item.inject.as_str() == "task"), "no practice");
    assert!(items.iter().all(|item| item.field.as_str() != "why"), "no field without points");
}

#[test]
fn what_was_never_sent_is_not_counted() {
    let items = team_score(&given(lagoon()).started().state, given(lagoon()).team("atoll")).items;
    assert_eq!(items, []);
}
