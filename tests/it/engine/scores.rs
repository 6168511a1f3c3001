//! Scores of injects: a reason for every point, exact parts, one rounding.

use drillhall::engine::{
    command::{Act, AnswerInput},
    event::ActionStatus,
    id::OptionId,
    plan::{AnswerKey, FieldKind, Inject, InjectKind, Near, Plan, Preset, Weights},
    score::{Band, Component, Outcome, Reason, board::ScoreBoard},
    state::State,
    time::Timestamp,
};

use super::{
    acts::open_hint,
    fixture::{Drill, acknowledge, answer, choice, choices, given, release, submit},
    judging::{mark, note},
    plan::{
        all_fields, at, criterion, expected, field, hinted, lagoon, manual, minutes, of_kind, quiz, with, with_form,
    },
};

/// A plan with one task at ten minutes, which these weights judge; keys and fields as in [`lagoon`].
pub(super) fn weighing(weights: [u32; 5], change: impl FnOnce(&mut Inject)) -> Plan {
    let [quality, accuracy, completeness, timeliness, collaboration] = weights;
    let mut plan = lagoon();
    plan.profile.weights = Weights { quality, accuracy, completeness, timeliness, collaboration };
    plan.injects.truncate(2);
    change(&mut plan.injects[1]);
    plan
}

const ACCURACY: [u32; 5] = [0, 1, 0, 0, 0];

fn asked() -> Drill {
    given(lagoon()).started().at(12)
}

fn signs(chosen: &[&str]) -> (Option<u32>, Reason) {
    let drill = asked().and("atoll-lead", submit("task", &[("cause", choice("right")), ("signs", choices(chosen))]));
    let line = drill.field("atoll", "task", "signs");
    (line.credit_permille, line.reason)
}

fn wrong(chosen: &[&str]) -> Reason {
    Reason::Wrong { chosen: chosen.iter().map(|id| OptionId::from(*id)).collect() }
}

#[test]
fn a_choice_has_the_credit_of_its_option() {
    let cause = |option| {
        let line = asked().and("atoll-lead", answer("task", option)).field("atoll", "task", "cause");
        (line.credit_permille, line.reason)
    };
    assert_eq!(cause("right"), (Some(1000), Reason::Right));
    assert_eq!(cause("near"), (Some(500), Reason::Partial));
    assert_eq!(cause("wrong"), (Some(0), wrong(&["wrong"])));
}

#[test]
fn a_set_has_the_credit_of_its_overlap() {
    let overlap = |matched, missing, extra| Reason::Overlap { matched, missing, extra };
    assert_eq!(signs(&["a", "b"]), (Some(1000), Reason::Right));
    assert_eq!(signs(&["a"]), (Some(667), overlap(1, 1, 0)), "two thirds, for reading");
    assert_eq!(signs(&["a", "c"]), (Some(500), overlap(1, 1, 1)));
    assert_eq!(signs(&["c", "d"]), (Some(0), wrong(&["c", "d"])));
}

#[test]
fn accuracy_goes_by_the_points_of_fields_and_is_rounded_once() {
    // (4 x 1 + 3 x 2/3) / 7 of 12 points: 72/7 = 10.285714…
    let drill = given(weighing(ACCURACY, |_| {})).started().at(12);
    let drill = drill.and("atoll-lead", submit("task", &[("cause", choice("right")), ("signs", choices(&["a"]))]));
    assert_eq!(drill.score("atoll", "task").points_milli, Some(10_286));
}

/// One field with its key; accuracy alone counts.
fn keyed(kind: FieldKind, key: AnswerKey, given_answer: AnswerInput) -> Option<i64> {
    let mut inject = with_form(at("task", 10), Some(minutes(10)), vec![field("it", 10, kind)]);
    inject.staff.keys = [("it".into(), key)].into();
    let mut plan = with(vec![inject]);
    plan.profile.weights = Weights { accuracy: 1, ..Weights::NOTHING };
    let drill = given(plan).started().at(12).and("atoll-lead", submit("task", &[("it", given_answer)]));
    drill.score("atoll", "task").points_milli
}

#[test]
fn a_number_is_right_within_its_range_and_near_it_worth_part() {
    let number = |text: &str| {
        let near = Near { least: num("90"), most: num("110"), credit_permille: 250 };
        let key = AnswerKey::Range { least: num("99.5"), most: num("100.5"), near: Some(near) };
        keyed(FieldKind::Number { least: None, most: None, unit: None }, key, AnswerInput::Number(text.to_owned()))
    };
    assert_eq!(
        [number("100"), number("99,5"), number("100.501"), number("90"), number("89.999")],
        [Some(10_000), Some(10_000), Some(2_500), Some(2_500), Some(0)]
    );
}

fn num(text: &str) -> drillhall::engine::number::Number {
    drillhall::engine::number::Number::parse(text).expect("a number")
}

#[test]
fn a_line_is_compared_without_regard_to_case_and_spaces() {
    let line = |text: &str| {
        let key = AnswerKey::Texts([("Blue Heron".to_owned(), 1000), ("heron".to_owned(), 300)].into());
        keyed(FieldKind::ShortText { max_chars: 50 }, key, AnswerInput::Text(text.to_owned()))
    };
    assert_eq!([line(" blue   HERON "), line("Heron"), line("egret")], [Some(10_000), Some(3_000), Some(0)]);
}

#[test]
fn indicators_are_compared_in_normal_form() {
    let key = AnswerKey::Indicators(vec!["203.0.113.77".to_owned(), "sync.tidewater-sync.example".to_owned()]);
    let lines = ["203[.]0[.]113[.]77", "hxxps://other[.]example/x", "SYNC.tidewater-sync.example."];
    let given = AnswerInput::Indicators(lines.map(str::to_owned).to_vec());
    // Two of two right and one too many: 4/5.
    assert_eq!(keyed(FieldKind::Indicators { max_lines: 5 }, key, given), Some(8_000));
}

#[test]
fn times_classes_severities_and_techniques_have_their_keys() {
    let first = Timestamp(1_821_168_600_000);
    let key = AnswerKey::Times { first, last: Timestamp(first.0 + 60_000) };
    let time = |text: &str| keyed(FieldKind::Timestamp, key.clone(), AnswerInput::Time(text.to_owned()));
    assert_eq!(time("2027-09-17T04:10-04:00"), Some(10_000));
    assert_eq!(time("2027-09-17T08:11Z"), Some(10_000), "the same, told in UTC");
    assert_eq!(time("2027-09-17T04:12-04:00"), Some(0));
    let options = |right: &str| AnswerKey::Options([(right.into(), 1000)].into());
    assert_eq!(keyed(FieldKind::Severity, options("high"), choice("high")), Some(10_000));
    let class = keyed(FieldKind::Classification, options("availability"), choice("availability"));
    assert_eq!(class, Some(10_000));
    let key = AnswerKey::Set(vec!["T1566".into(), "T1078".into()]);
    assert_eq!(keyed(FieldKind::Techniques { most: 5 }, key, choices(&["T1566"])), Some(6_667));
}

#[test]
fn what_people_judge_waits_for_a_mark() {
    let full = [("cause", choice("right")), ("note", AnswerInput::Text("seen".to_owned()))];
    let drill = asked().and("atoll-lead", submit("task", &full));
    assert_eq!(drill.score("atoll", "task").outcome, Outcome::Unmarked { missing: 1 });
    let total = drill.total("atoll");
    assert_eq!((total.unmarked_milli, total.attainable_milli, total.score_milli), (12_000, 0, None));
    assert_eq!(drill.field("atoll", "task", "note").reason, Reason::ByPeople);
}

#[test]
fn a_field_left_empty_is_at_level_nought_without_a_mark() {
    let drill = asked().and("atoll-lead", answer("task", "right"));
    assert_eq!(drill.field("atoll", "task", "signs").reason, Reason::LeftEmpty);
    let score = drill.score("atoll", "task");
    assert_eq!(score.outcome, Outcome::Counted);
    assert!(score.criteria.iter().all(|line| line.levels == [0]));
}

#[test]
fn a_key_that_does_not_fit_its_field_leaves_it_to_people() {
    let mut plan = lagoon();
    let keys = &mut plan.injects[1].staff.keys;
    let set = keys[&"signs".into()].clone();
    keys.insert("call".into(), set);
    let call = AnswerInput::Decision { option: Some("stop".into()), rationale: "so".to_owned() };
    let drill = given(plan).started().at(12);
    let drill = drill.and("atoll-lead", submit("task", &[("cause", choice("right")), ("call", call)]));
    assert_eq!(drill.field("atoll", "task", "call").reason, Reason::ByPeople);
}

#[test]
fn quality_is_the_rubric_by_weight() {
    let plan = weighing([1, 0, 0, 0, 0], |task| {
        task.staff.evaluation.criteria = vec![criterion("clear", 3, false), criterion("whole", 1, false)];
    });
    let drill = given(plan).started().at(12).and("atoll-lead", answer("task", "right"));
    let drill = drill.and("evaluator", mark("atoll", "task", &[("clear", 4), ("whole", 1)]));
    // (3 x 4/4 + 1 x 1/4) / 4 of 12 points.
    assert_eq!(drill.score("atoll", "task").points_milli, Some(9_750));
}

#[test]
fn completeness_counts_wanted_fields_only() {
    let plan = weighing([0, 0, 1, 0, 0], |task| {
        let form = task.content.form.as_mut().expect("it has a form");
        form.fields.iter_mut().filter(|field| ["note", "call", "marks"].contains(&field.id.as_str())).for_each(
            |field| {
                field.wanted = true;
            },
        );
    });
    let full = [("cause", choice("wrong")), ("note", AnswerInput::Text("seen".to_owned()))];
    let drill = given(plan).started().at(12).and("atoll-lead", submit("task", &full));
    assert_eq!(drill.score("atoll", "task").points_milli, Some(4_000), "one of three, of 12 points");
}

#[test]
fn an_acknowledgement_is_an_answer_where_nothing_else_is_asked() {
    let mut task = with_form(at("task", 10), Some(minutes(10)), Vec::new());
    task.staff.evaluation.points = Some(5);
    let mut plan = with(vec![task]);
    plan.profile.weights = Preset::Comcheck.weights();
    let drill = given(plan).started().at(12).and("atoll-lead", acknowledge("task"));
    assert_eq!(drill.score("atoll", "task").points_milli, Some(5_000));
    assert_eq!(drill.at(21).score("basin", "task").points_milli, Some(0));
}

/// A right answer so many seconds after the release; it reached the team at once or later.
fn answered_after(seconds: i64, delivered: Option<i64>) -> (Option<i64>, Option<Band>) {
    let plan = weighing([0, 1, 0, 1, 0], |task| {
        *task = quiz(at("task", 10), Some(10));
        task.content.form.as_mut().expect("it has a form").target = Some(minutes(5));
        task.staff.evaluation.points = Some(100);
    });
    let mut plan = plan;
    plan.profile.grace = minutes(2);
    let mut drill = given(plan).started().at(10);
    if let Some(delivered) = delivered {
        drill = drill.at_seconds(600 + delivered).and("atoll-lead", Act::NoteDelivered { inject: "task".into() });
    }
    let drill = drill.at_seconds(600 + seconds).and("atoll-lead", answer("task", "right"));
    let score = drill.score("atoll", "task");
    (score.points_milli, score.band)
}

#[test]
fn timeliness_falls_from_the_target_to_the_deadline_then_to_the_grace_then_away() {
    assert_eq!(answered_after(300, None), (Some(100_000), Some(Band::Prompt)));
    // Half-way: 0.7; the mean with accuracy is 0.85.
    assert_eq!(answered_after(450, None), (Some(85_000), Some(Band::Falling)));
    assert_eq!(answered_after(600, None), (Some(70_000), Some(Band::Falling)));
    assert_eq!(answered_after(601, None), (Some(60_000), Some(Band::Grace)));
    assert_eq!(answered_after(720, None), (Some(60_000), Some(Band::Grace)));
    // After the grace nothing is left of it, and all is worth half.
    assert_eq!(answered_after(721, None), (Some(25_000), Some(Band::Late)));
}

#[test]
fn the_deadline_runs_from_release_and_tau_from_delivery() {
    assert_eq!(answered_after(420, Some(120)), (Some(100_000), Some(Band::Prompt)), "five minutes after it came");
    assert_eq!(answered_after(600, Some(120)), (Some(70_000), Some(Band::Falling)), "at the deadline all the same");
    assert_eq!(answered_after(601, Some(300)).1, Some(Band::Grace));
}

#[test]
fn haste_helps_a_good_answer_only() {
    let points = |option| {
        let plan = weighing([0, 1, 0, 1, 0], |task| {
            task.content.form.as_mut().expect("it has a form").fields.truncate(1);
            task.staff.evaluation.points = Some(100);
        });
        given(plan).started().at(10).and("atoll-lead", answer("task", option)).score("atoll", "task").points_milli
    };
    assert_eq!(points("right"), Some(100_000));
    // Merit 0.5 earns 0.5/0.6 of timeliness: (0.5 + 0.8333…) / 2.
    assert_eq!(points("near"), Some(66_667));
    assert_eq!(points("wrong"), Some(0), "fast rubbish is worth nothing");
}

#[test]
fn expected_actions_count_met_partly_or_not_and_unseen_ones_are_left_out() {
    let plan = || {
        weighing([0, 1, 0, 0, 1], |task| {
            *task = quiz(at("task", 10), Some(10));
            task.staff.evaluation.actions = vec![expected("told", 2, false), expected("logged", 1, false)];
        })
    };
    let drill = || given(plan()).started().at(12).and("atoll-lead", answer("task", "right"));
    assert_eq!(drill().score("atoll", "task").points_milli, Some(4_000), "nobody has looked: that is no failure");
    let seen = drill().and("facilitator", note("atoll", "task", "told", ActionStatus::Partly));
    assert_eq!(seen.score("atoll", "task").points_milli, Some(3_000));
    let seen = seen.and("facilitator", note("atoll", "task", "logged", ActionStatus::NotMet));
    // (2 x 1/2 + 0) / 3 = 1/3; the mean with accuracy is 2/3 of 4 points.
    assert_eq!(seen.score("atoll", "task").points_milli, Some(2_667));
    let seen = seen.and("facilitator", note("atoll", "task", "logged", ActionStatus::NotObserved));
    assert_eq!(seen.score("atoll", "task").points_milli, Some(3_000));
}

#[test]
fn an_action_that_is_only_watched_for_counts_once_it_was_noted() {
    let mut watch = of_kind(manual("watch"), InjectKind::ExpectedAction);
    watch.staff.evaluation.points = Some(10);
    watch.staff.evaluation.actions = vec![expected("told", 1, false)];
    let drill = given(with(vec![watch])).started().at(1);
    assert_eq!(drill.score("atoll", "watch").outcome, Outcome::Open);
    let drill =
        drill.and("evaluator", note("atoll", "watch", "told", ActionStatus::Partly)).and("director", Act::EndEx);
    assert_eq!(drill.score("atoll", "watch").points_milli, Some(5_000));
    assert_eq!(drill.score("basin", "watch").outcome, Outcome::NotObserved);
    assert_eq!(drill.total("basin").score_milli, None);
}

#[test]
fn parts_that_do_not_apply_leave_their_weight_to_the_others() {
    let drill = given(weighing([45, 20, 15, 10, 10], |task| *task = quiz(at("task", 10), None))).started().at(12);
    let score = drill.and("atoll-lead", answer("task", "right")).score("atoll", "task");
    let parts: Vec<Component> = score.components.iter().map(|part| part.component).collect();
    assert_eq!((parts, score.points_milli), (vec![Component::Accuracy], Some(4_000)));
}

#[test]
fn while_there_is_time_nothing_is_lost() {
    assert_eq!(asked().score("atoll", "task").outcome, Outcome::Open);
    let total = asked().total("atoll");
    assert_eq!((total.points_milli, total.attainable_milli, total.counted, total.asked), (0, 0, 0, 1));
}

#[test]
fn after_the_deadline_no_answer_counts_as_nought() {
    let drill = asked().and("atoll-lead", Act::NoteOpened { inject: "task".into() }).at(20);
    let score = drill.score("atoll", "task");
    assert_eq!((score.points_milli, score.outcome), (Some(0), Outcome::NotAnswered));
    assert_eq!(drill.total("atoll").score_milli, Some(0));
}

#[test]
fn a_deadline_that_passed_at_the_instant_of_endex_counts() {
    let drill = asked().asleep_until(20 * 60).and("director", Act::EndEx);
    assert_eq!(drill.score("atoll", "task").points_milli, Some(0));
}

#[test]
fn a_deadline_that_endex_cut_off_leaves_the_inject_out() {
    let drill = asked().and("director", Act::EndEx).at(30);
    assert_eq!(drill.score("atoll", "task").outcome, Outcome::Open);
}

#[test]
fn without_a_deadline_there_is_time_until_endex() {
    let drill = asked().and("director", release("extra", None)).at(50);
    assert_eq!(drill.score("atoll", "extra").outcome, Outcome::Open);
    assert_eq!(drill.and("director", Act::EndEx).score("atoll", "extra").points_milli, Some(0));
}

#[test]
fn no_profile_makes_a_late_answer_worth_more() {
    let mut plan = weighing(ACCURACY, |task| *task = quiz(at("task", 10), Some(10)));
    plan.profile.late_credit_permille = 5_000;
    let drill = given(plan).started().at(30).and("atoll-lead", answer("task", "right"));
    assert_eq!(drill.score("atoll", "task").points_milli, Some(4_000));
}

#[test]
fn a_late_revision_does_not_touch_the_score() {
    let drill = asked().and("atoll-lead", answer("task", "right")).at(30).and("atoll-lead", answer("task", "wrong"));
    assert_eq!(drill.field("atoll", "task", "cause").credit_permille, Some(1000));
    assert_eq!(drill.score("atoll", "task").revision, Some(1));
}

#[test]
fn practice_and_what_is_worth_nothing_are_not_scored() {
    let drill = asked().and("atoll-lead", answer("warmup", "right"));
    let total = drill.total("atoll");
    assert!(total.injects.iter().all(|score| score.inject.as_str() == "task"), "no practice, no news");
    let mut plan = with(vec![with_form(at("task", 10), None, all_fields())]);
    plan.profile.weights = Preset::ObservationOnly.weights();
    let drill = given(plan).started().at(12).and("atoll-lead", answer("task", "right"));
    assert_eq!(drill.score("atoll", "task").outcome, Outcome::NotScored);
    assert_eq!(drill.total("atoll").score_milli, None);
}

#[test]
fn what_was_never_sent_is_not_counted() {
    assert_eq!(given(lagoon()).started().total("atoll").injects, []);
}

#[test]
fn a_board_that_follows_play_is_what_scoring_anew_gives() {
    let log = super::golden::played().log;
    let kinds = ["outage_credited", "inject_excused", "adjustment_decided", "answer_moderated"];
    assert!(kinds.iter().all(|kind| log.iter().any(|event| event.fact.kind() == *kind)), "the drill has each of these");
    let mut state = State::open(&log[0]).expect("it begins with its creation");
    let mut board = ScoreBoard::new(&state);
    for event in &log[1..] {
        state.apply(event);
        board.follow(&state, event);
        assert_eq!(board.teams(), ScoreBoard::new(&state).teams(), "after {}", event.fact.kind());
    }
}

#[test]
fn both_ends_of_a_range_belong_to_it() {
    let near = Near { least: num("90"), most: num("110"), credit_permille: 250 };
    let key = AnswerKey::Range { least: num("99.5"), most: num("100.5"), near: Some(near) };
    let number = |text: &str| {
        let kind = FieldKind::Number { least: None, most: None, unit: None };
        keyed(kind, key.clone(), AnswerInput::Number(text.to_owned()))
    };
    assert_eq!([number("100.5"), number("110"), number("110.001")], [Some(10_000), Some(2_500), Some(0)]);
}

#[test]
fn what_is_left_empty_keeps_its_weight() {
    let drill = given(weighing(ACCURACY, |_| {})).started().at(12).and("atoll-lead", answer("task", "right"));
    assert_eq!(drill.score("atoll", "task").points_milli, Some(6_857), "four of seven points, of 12");
    let full = [("cause", choice("right")), ("note", AnswerInput::Text("seen".to_owned()))];
    let drill = given(weighing([1, 0, 0, 0, 0], |_| {})).started().at(12).and("atoll-lead", submit("task", &full));
    let drill = drill.and("evaluator", mark("atoll", "task", &[("note", 4)]));
    assert_eq!(drill.score("atoll", "task").points_milli, Some(4_800), "two of five points that people judge, of 12");
}

#[test]
fn an_acknowledgement_is_complete_and_a_late_one_is_worth_part() {
    let acknowledged = |minute| {
        let mut task = with_form(at("task", 10), Some(minutes(10)), Vec::new());
        task.staff.evaluation.points = Some(5);
        let mut plan = with(vec![task]);
        plan.profile.weights = Weights { completeness: 1, ..Weights::NOTHING };
        let drill = given(plan).started().at(minute).and("atoll-lead", acknowledge("task"));
        drill.score("atoll", "task").points_milli
    };
    assert_eq!([acknowledged(20), acknowledged(21)], [Some(5_000), Some(2_500)]);
}

#[test]
fn hints_take_off_three_tenths_at_most_and_never_more_than_there_is() {
    let points = |option| {
        let plan = weighing(ACCURACY, |task| {
            *task = hinted(hinted(quiz(at("task", 10), Some(10)), "where", 200), "who", 200);
        });
        let drill = given(plan).started().at(12).and("atoll-lead", open_hint("task", "where"));
        let drill = drill.and("atoll-lead", open_hint("task", "who")).and("atoll-lead", answer("task", option));
        drill.score("atoll", "task").points_milli
    };
    assert_eq!([points("right"), points("wrong")], [Some(2_800), Some(0)]);
}

#[test]
fn where_nothing_but_time_applies_it_counts_in_full() {
    let drill = given(weighing([0, 0, 0, 1, 0], |task| *task = quiz(at("task", 10), Some(10)))).started().at(12);
    assert_eq!(drill.and("atoll-lead", answer("task", "right")).score("atoll", "task").points_milli, Some(4_000));
}

#[test]
fn an_inject_may_have_weights_of_its_own() {
    let plan = weighing([1, 0, 0, 0, 0], |task| {
        *task = quiz(at("task", 10), Some(10));
        task.staff.evaluation.weights = Some(Weights { accuracy: 1, ..Weights::NOTHING });
    });
    let drill = given(plan).started().at(12).and("atoll-lead", answer("task", "right"));
    assert_eq!(drill.score("atoll", "task").points_milli, Some(4_000));
}

#[test]
fn without_a_deadline_timeliness_has_fallen_as_far_as_it_will_after_twice_the_target() {
    let after = |seconds: i64| {
        let plan = weighing([0, 1, 0, 1, 0], |task| {
            *task = quiz(at("task", 10), None);
            task.content.form.as_mut().expect("it has a form").target = Some(minutes(5));
            task.staff.evaluation.points = Some(100);
        });
        let drill = given(plan).started().at_seconds(600 + seconds).and("atoll-lead", answer("task", "right"));
        drill.score("atoll", "task").points_milli
    };
    assert_eq!([after(300), after(450), after(600), after(1_800)], [100_000, 85_000, 70_000, 70_000].map(Some));
}

#[test]
fn what_gives_no_points_is_not_among_what_was_asked() {
    let mut plan = with(vec![quiz(at("task", 10), None)]);
    plan.profile.weights = Preset::ObservationOnly.weights();
    let drill = given(plan).started().at(12).and("atoll-lead", answer("task", "right"));
    assert_eq!((drill.total("atoll").counted, drill.total("atoll").asked), (0, 0));
}

#[test]
fn whoever_opened_it_had_it() {
    let plan = weighing([0, 1, 0, 1, 0], |task| *task = quiz(at("task", 10), Some(10)));
    let drill = given(plan).started().at(12).and("atoll-lead", Act::NoteOpened { inject: "task".into() }).at(15);
    let score = drill.and("atoll-lead", answer("task", "right")).score("atoll", "task");
    assert_eq!(score.tau, Some(minutes(3)));
}
