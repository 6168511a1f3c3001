//! Marking: who may, what levels need, two readers, and what is released.

use drillhall::engine::{
    command::{Act, Actor, Command, Creation, Order},
    event::{ActionStatus, Event, Fact, Rating},
    id::{InjectId, ItemId, TeamId},
    plan::{Inject, MarkingPolicy, Plan},
    prose::Mint,
    rejection::{Judging, Rejection},
    score::{Agreement, Cap, Outcome, agreement, board::ScoreBoard, capabilities, objectives},
    state::{Stage, State},
    text::Text,
    time::Rate,
};

use super::{
    acts::excuse,
    fixture::{Drill, START, answer, given},
    golden,
    judging::{
        adjust, after_release, answer_appeal, appeal, assign, decide_adjustment, mark, mark_silently, moderate, note,
        rate_objective, release_scores, withdraw,
    },
    plan::{at, criterion, expected, manual, objective, quiz},
    scores::weighing,
    views::{cards, keys},
};

const TASK: &str = "task";

fn task() -> InjectId {
    TASK.into()
}

/// One task of four points whose rubric has one criterion; quality alone counts.
fn plan(policy: MarkingPolicy) -> Plan {
    let mut plan = weighing([1, 0, 0, 0, 0], |task| {
        *task = quiz(at("task", 10), Some(10));
        task.staff.evaluation.criteria = vec![criterion("clear", 1, false)];
        task.staff.evaluation.actions = vec![expected("told", 1, true)];
        task.staff.objectives = vec!["triage".into()];
    });
    plan.objectives = vec![objective("triage", false)];
    plan.profile.marking = policy;
    plan
}

/// Both teams have answered.
fn answered(policy: MarkingPolicy) -> Drill {
    let drill = given(plan(policy)).started().at(12);
    drill.and("atoll-lead", answer("task", "right")).and("basin-lead", answer("task", "wrong"))
}

fn small() -> Drill {
    answered(MarkingPolicy::Small)
}

fn clear(level: u8) -> [(&'static str, u8); 1] {
    [("clear", level)]
}

/// Two leads and an evaluator, so that two people can mark.
fn marked_twice(first: u8, second: u8) -> Drill {
    let drill = answered(MarkingPolicy::Strict).and("lead-evaluator", assign("evaluator", None, None));
    let code = drill.state.code_name(drill.team("atoll"));
    drill.and("evaluator", mark(&code, TASK, &clear(first))).and("lead-evaluator", mark("atoll", TASK, &clear(second)))
}

#[test]
fn a_mark_gives_points_at_once() {
    let drill = small().when("evaluator", mark("atoll", TASK, &clear(3))).then(&["task of atoll marked"]);
    assert_eq!(drill.score("atoll", TASK).points_milli, Some(3_000));
    assert_eq!(drill.score("basin", TASK).outcome, Outcome::Unmarked { missing: 1 });
}

#[test]
fn a_mark_is_changed_by_a_new_one_and_taken_back_by_whoever_gave_it() {
    let drill =
        small().and("evaluator", mark("atoll", TASK, &clear(1))).and("evaluator", mark("atoll", TASK, &clear(4)));
    assert_eq!(drill.score("atoll", TASK).points_milli, Some(4_000));
    let drill = drill.when("lead-evaluator", withdraw("atoll", TASK)).refused(Judging::NotMarked(task()).into());
    let drill = drill.when("evaluator", withdraw("atoll", TASK)).then(&["task of atoll no longer marked"]);
    assert_eq!(drill.score("atoll", TASK).outcome, Outcome::Unmarked { missing: 1 });
}

#[test]
fn low_levels_and_critical_criteria_need_a_sentence() {
    for level in 0..=2 {
        let needed = Judging::FeedbackNeeded(task()).into();
        small().when("evaluator", mark_silently("atoll", TASK, &clear(level))).refused(needed);
    }
    for level in 3..=4 {
        assert!(small().when("evaluator", mark_silently("atoll", TASK, &clear(level))).is_allowed());
    }
    let mut critical = plan(MarkingPolicy::Small);
    critical.injects[1].staff.evaluation.criteria = vec![criterion("clear", 1, true)];
    let drill = given(critical).started().at(12).and("atoll-lead", answer("task", "right"));
    drill.when("evaluator", mark_silently("atoll", TASK, &clear(4))).refused(Judging::FeedbackNeeded(task()).into());
}

#[test]
fn levels_are_whole_and_for_each_criterion() {
    let refused = |levels: &[(&str, u8)], why: Judging| {
        small().when("evaluator", mark("atoll", TASK, levels)).refused(why.into());
    };
    refused(&clear(5), Judging::BadLevel);
    refused(&[], Judging::LevelMissing("clear".into()));
    refused(&[("clear", 1), ("bold", 1)], Judging::UnknownCriterion { inject: task(), criterion: "bold".into() });
}

#[test]
fn only_answers_that_people_judge_are_marked() {
    let drill = small().when("evaluator", mark("atoll", "warmup", &clear(1)));
    let drill = drill.refused(Judging::NothingToMark("warmup".into()).into());
    let nothing = given(plan(MarkingPolicy::Small)).started().at(12).when("evaluator", mark("atoll", TASK, &clear(1)));
    nothing.refused(Judging::NothingToMark(task()).into());
    drill.when("evaluator", mark("cove", TASK, &clear(1))).refused(Rejection::UnknownTeam("cove".into()));
}

#[test]
fn whoever_is_assigned_marks_and_nobody_of_the_own_organisation() {
    let drill = small().and("lead-evaluator", assign("evaluator", Some(&["warmup"]), Some("basin")));
    let not_assigned = Judging::NotAssigned(task()).into();
    let drill = drill.when("evaluator", mark("atoll", TASK, &clear(3))).refused(not_assigned);
    let drill = drill.and("director", assign("evaluator", Some(&["task"]), Some("basin")));
    let drill = drill.and("evaluator", mark("atoll", TASK, &clear(3)));
    let own: Rejection = Judging::OwnOrganisation(TeamId::from("basin")).into();
    let drill = drill.when("evaluator", mark("basin", TASK, &clear(4))).refused(own.clone());
    let drill = drill.when("evaluator", note("basin", TASK, "told", ActionStatus::Met)).refused(own.clone());
    let drill = drill.when("evaluator", rate_objective("basin", "triage", Rating::Some, Some("so"))).refused(own);
    drill.when("director", assign("planner", None, None)).refused(Judging::NotEvaluator("planner".into()).into());
}

#[test]
fn a_small_exercise_needs_one_mark() {
    let drill = small().and("evaluator", mark("atoll", TASK, &clear(3)));
    let second = drill.when("lead-evaluator", mark("atoll", TASK, &clear(1)));
    second.refused(Judging::AlreadyMarked(task()).into());
}

#[test]
fn a_strict_exercise_takes_the_mean_of_two_marks() {
    let drill = marked_twice(3, 2);
    assert_eq!(drill.score("atoll", TASK).points_milli, Some(2_500));
    assert_eq!(agreement(&drill.state), Agreement { pairs: 1, same: 0, within_one: 1 });
}

#[test]
fn marks_two_levels_apart_wait_for_the_lead_evaluator() {
    let drill = marked_twice(4, 2);
    assert_eq!(drill.score("atoll", TASK).outcome, Outcome::Split);
    let Act::Moderate(mut silent) = moderate("atoll", TASK, &clear(4)) else { unreachable!("it is one") };
    silent.reason = " ".to_owned();
    let drill = drill.when("lead-evaluator", Act::Moderate(silent)).refused(Judging::ReasonNeeded.into());
    let drill = drill.and("lead-evaluator", moderate("atoll", TASK, &clear(4)));
    assert_eq!(drill.score("atoll", TASK).points_milli, Some(4_000));
    assert_eq!(agreement(&drill.state), Agreement { pairs: 1, same: 0, within_one: 0 }, "of what people gave");
}

#[test]
fn the_order_of_marks_does_not_matter() {
    let drill = answered(MarkingPolicy::Strict).and("lead-evaluator", assign("evaluator", None, None));
    let code = drill.state.code_name(drill.team("atoll"));
    let other =
        drill.and("lead-evaluator", mark("atoll", TASK, &clear(2))).and("evaluator", mark(&code, TASK, &clear(3)));
    assert_eq!(other.score("atoll", TASK).points_milli, marked_twice(3, 2).score("atoll", TASK).points_milli);
}

#[test]
fn blind_marking_knows_teams_by_code_names_only() {
    let drill = answered(MarkingPolicy::Strict).and("lead-evaluator", assign("evaluator", None, None));
    let drill = drill.when("evaluator", mark("atoll", TASK, &clear(3))).refused(Rejection::UnknownTeam("atoll".into()));
    let before = drill.state.code_name(drill.team("atoll"));
    let policy = Act::SetMarkingPolicy { policy: MarkingPolicy::Strict };
    let drill = drill.and("lead-evaluator", policy);
    assert_ne!(drill.state.code_name(drill.team("atoll")), before, "a salt that evaluators never see");
}

/// The first event of a log, decided with this randomness.
fn created(random: u8) -> Event {
    let (plan, plan_hash) = (plan(MarkingPolicy::Strict), "hash".to_owned());
    let creation = Creation { exercise: "drill".into(), plan, plan_hash, rate: Rate::REAL, rehearsal: false };
    let order = Order::Create(Box::new(creation));
    let command = Command { actor: Actor::System, received_at: START, mint: Mint::new([random; 32]), order };
    State::create(&command, START).expect("a fair rate")
}

#[test]
fn code_names_hang_on_a_salt_that_nobody_can_tell_from_the_plan() {
    let played = answered(MarkingPolicy::Strict).log;
    let code = |first: Event| {
        let log: Vec<Event> = std::iter::once(first).chain(played.iter().skip(1).cloned()).collect();
        let state = State::replay(&log).expect("it begins with its creation");
        state.code_name(state.team(&"atoll".into()).expect("it plays"))
    };
    assert_ne!(code(created(1)), code(created(2)), "the same plan and the same team");
    assert_eq!(code(created(1)), code(created(1)), "the same log, the same names");
}

#[test]
fn a_log_of_before_the_salt_folds_to_the_code_names_that_it_had() {
    let mut old = created(1);
    let Fact::ExerciseCreated { marking_salt, .. } = &mut old.fact else { unreachable!("it opens a log") };
    *marking_salt = None;
    let written = serde_json::to_string(&old.fact).unwrap();
    assert!(!written.contains("marking_salt"));
    old.fact = serde_json::from_str(&written).unwrap();
    let played = answered(MarkingPolicy::Strict).log;
    let log: Vec<Event> = std::iter::once(old).chain(played.into_iter().skip(1)).collect();
    let state = State::replay(&log).expect("it begins with its creation");
    assert_eq!(state.code_name(state.team(&"atoll".into()).expect("it plays")), "HPXMD", "SHA-256 of hash/atoll");
}

#[test]
fn a_newer_answer_has_to_be_read_anew() {
    let drill = small().and("evaluator", mark("atoll", TASK, &clear(3))).and("atoll-lead", answer("task", "wrong"));
    assert_eq!(drill.score("atoll", TASK).outcome, Outcome::Unmarked { missing: 1 });
}

#[test]
fn marks_of_others_are_not_shown_to_a_second_reader() {
    let drill = small().and("lead-evaluator", mark("atoll", TASK, &clear(3)));
    let key = "mark/task/atoll/lead-evaluator";
    assert!(keys(&drill, "lead-evaluator").contains(key) && keys(&drill, "director").contains(key));
    for other in ["evaluator", "facilitator", "atoll-lead"] {
        assert!(!keys(&drill, other).contains(key), "{other}");
    }
}

#[test]
fn the_checklist_is_ticked_by_those_who_watch() {
    let drill =
        small().when("facilitator", note("atoll", TASK, "told", ActionStatus::Met)).then(&["told of atoll Met"]);
    let unknown = Judging::UnknownAction { inject: task(), action: "sung".into() }.into();
    let drill = drill.when("facilitator", note("atoll", TASK, "sung", ActionStatus::Met)).refused(unknown);
    drill.when("atoll-lead", note("atoll", TASK, "told", ActionStatus::Met)).refused(Rejection::Forbidden);
}

#[test]
fn a_rating_is_suggested_by_the_score_and_capped_by_what_is_critical() {
    let rated = |drill: &Drill| objectives(&drill.state, drill.team("atoll"), &drill.total("atoll")).remove(0);
    let drill = small().and("evaluator", mark("atoll", TASK, &clear(4)));
    assert_eq!((rated(&drill).suggested, rated(&drill).counted, rated(&drill).mapped), (Some(Rating::Performed), 1, 1));
    let drill = drill.and("facilitator", note("atoll", TASK, "told", ActionStatus::NotMet));
    let line = rated(&drill);
    assert_eq!(line.suggested, Some(Rating::Major));
    assert_eq!(line.capped_by, [Cap::Action { inject: task(), action: "told".into() }]);
    let low = small().and("evaluator", mark("atoll", TASK, &clear(2)));
    assert_eq!(rated(&low).suggested, Some(Rating::Major), "fifty of a hundred");
    let lowest = small().and("evaluator", mark("atoll", TASK, &clear(1)));
    assert_eq!(rated(&lowest).suggested, Some(Rating::Unable));
    assert_eq!(capabilities(&drill.state, &drill.total("atoll"))[0].score_milli, None, "one inject is not enough");
}

#[test]
fn an_override_of_a_suggested_rating_needs_a_reason() {
    let drill = small().and("evaluator", mark("atoll", TASK, &clear(4)));
    let other = |reason| rate_objective("atoll", "triage", Rating::Some, reason);
    let drill = drill.when("evaluator", other(None)).refused(Judging::ReasonNeeded.into());
    let drill = drill.when("evaluator", other(Some("  "))).refused(Judging::ReasonNeeded.into());
    let drill = drill.when("evaluator", other(Some("helped by control"))).then(&["triage of atoll rated Some"]);
    assert!(drill.when("evaluator", rate_objective("atoll", "triage", Rating::Performed, None)).is_allowed());
}

#[test]
fn a_confirmed_rating_falls_with_the_suggestion_that_it_confirmed() {
    let line = |drill: &Drill| objectives(&drill.state, drill.team("atoll"), &drill.total("atoll")).remove(0);
    let confirmed = || {
        let drill = small().and("evaluator", mark("atoll", TASK, &clear(4)));
        drill.and("evaluator", rate_objective("atoll", "triage", Rating::Performed, None))
    };
    let before = line(&confirmed());
    assert_eq!((before.rating, before.lapsed), (Some(Rating::Performed), None));
    let drill = confirmed().and("facilitator", note("atoll", TASK, "told", ActionStatus::NotMet));
    let after = line(&drill);
    assert_eq!((after.rating, after.lapsed), (None, Some(Rating::Performed)), "it is to be confirmed again");
    let anew = rate_objective("atoll", "triage", Rating::Performed, None);
    let drill = drill.when("evaluator", anew).refused(Judging::ReasonNeeded.into());
    let drill = after_release(drill);
    assert_eq!(released_ratings(&drill, "atoll"), [Rating::Major], "what the figures suggest now");
}

#[test]
fn a_rating_with_a_reason_stands_whatever_the_figures_say_later() {
    for rating in [Rating::Performed, Rating::Some] {
        let drill = small().and("evaluator", mark("atoll", TASK, &clear(4)));
        let drill = drill.and("evaluator", rate_objective("atoll", "triage", rating, Some("seen it done")));
        let drill = drill.and("facilitator", note("atoll", TASK, "told", ActionStatus::NotMet));
        let drill = after_release(drill);
        assert_eq!(released_ratings(&drill, "atoll"), [rating]);
    }
}

#[test]
fn a_team_is_told_what_was_expected_with_its_result_and_not_before() {
    let mut plan = plan(MarkingPolicy::Small);
    let task = plan.injects.iter_mut().find(|inject| inject.id == task()).unwrap();
    task.staff.expected = vec![Text::new("en", "Call the operator")];
    let drill = given(plan).started().at(12).and("atoll-lead", answer(TASK, "right")).and("director", Act::EndEx);
    let told = |drill: &Drill| format!("{:?}", cards(drill, "atoll-lead")).contains("Call the operator");
    assert!(!told(&drill) && told(&drill.and("lead-evaluator", release_scores())));
}

/// The ratings of the last result that a team was released.
fn released_ratings(drill: &Drill, team: &str) -> Vec<Rating> {
    let result = drill.log.iter().rev().find_map(|event| match &event.fact {
        Fact::TeamScoreReleased(result) if result.team.as_str() == team => Some(result),
        _ => None,
    });
    result.expect("it was released").ratings.values().copied().collect()
}

#[test]
fn scores_are_released_after_the_end_and_each_team_gets_its_own() {
    let drill = small().and("evaluator", mark("atoll", TASK, &clear(2)));
    let drill = drill.when("lead-evaluator", release_scores()).refused(Rejection::WrongStage(Stage::Running));
    let drill = drill.and("director", Act::EndEx);
    let strictly = Act::ReleaseScores { unfinished: false };
    let drill = drill.when("lead-evaluator", strictly).refused(Judging::UnmarkedAnswers(1).into());
    let drill = drill.when("lead-evaluator", release_scores());
    let drill = drill.then(&["score of atoll released", "score of basin released", "scores released"]);
    assert!(keys(&drill, "atoll-lead").contains("result/atoll"));
    assert!(!keys(&drill, "atoll-lead").contains("result/basin"));
    assert!(keys(&drill, "observer").contains("results"));
    let after = drill.when("evaluator", mark("basin", TASK, &clear(4))).refused(Judging::ScoresOut.into());
    let after = after.and("lead-evaluator", moderate("basin", TASK, &clear(4)));
    assert!(after.when("lead-evaluator", release_scores()).is_allowed(), "after an appeal, again");
}

#[test]
fn an_appeal_is_raised_once_in_time_and_answered_in_writing() {
    let drill = small().when("atoll-lead", appeal(TASK)).refused(Judging::ScoresNotOut.into());
    let drill = after_release(drill).and("atoll-lead", appeal(TASK));
    let drill = drill.when("atoll-lead", appeal(TASK)).refused(Judging::AlreadyAppealed(task()).into());
    let item = drill.last_item();
    let drill = drill.when("director", answer_appeal(&item, true)).refused(Rejection::Forbidden);
    let drill = drill.and("lead-evaluator", answer_appeal(&item, true));
    assert!(keys(&drill, "atoll-player").contains("appeal_answer/task/atoll"));
    let drill = drill.when("lead-evaluator", answer_appeal(&item, false)).refused(Rejection::AlreadyAnswered);
    let late = drill.asleep_until(26 * 3600).when("basin-lead", appeal(TASK));
    late.refused(Judging::AppealsClosed.into());
}

#[test]
fn nobody_answers_appeals_or_moves_scores_of_the_own_organisation() {
    let own = || Rejection::from(Judging::OwnOrganisation(TeamId::from("atoll")));
    let drill = small().and("evaluator", mark("atoll", TASK, &clear(2)));
    let drill = drill.and("director", assign("lead-evaluator", None, Some("atoll")));
    let drill = drill.when("lead-evaluator", adjust("atoll", 1_000)).refused(own());
    let drill = drill.and("director", adjust("atoll", 1_000));
    let item = drill.team("atoll").adjustments.keys().next().expect("proposed").clone();
    let drill = drill.when("lead-evaluator", decide_adjustment(&item, true)).refused(own());
    let drill = after_release(drill).and("atoll-lead", appeal(TASK));
    let item = drill.last_item();
    drill.when("lead-evaluator", answer_appeal(&item, true)).refused(own());
}

#[test]
fn an_adjustment_needs_two_people_and_stays_within_five_points() {
    let drill = small().and("evaluator", mark("atoll", TASK, &clear(2)));
    assert_eq!(drill.total("atoll").score_milli, Some(50_000));
    for milli in [0, 5_001, -5_001] {
        assert!(!small().when("director", adjust("atoll", milli)).is_allowed(), "{milli}");
    }
    let drill = drill.and("director", adjust("atoll", 4_000));
    let item = drill.team("atoll").adjustments.keys().next().expect("proposed").clone();
    assert_eq!(drill.total("atoll").score_milli, Some(50_000), "nothing moves before a second person agrees");
    let drill = drill.when("director", decide_adjustment(&item, true)).refused(Judging::SecondPersonNeeded.into());
    let drill = drill.and("lead-evaluator", decide_adjustment(&item, true));
    assert_eq!(drill.total("atoll").score_milli, Some(54_000));
    let drill = drill.when("lead-evaluator", decide_adjustment(&item, false)).refused(Judging::AlreadyDecided.into());
    drill.when("director", adjust("atoll", 2_000)).refused(Judging::AdjustmentLimit.into());
}

#[test]
fn what_nobody_raised_or_proposed_is_not_decided_on() {
    let nothing = ItemId::from("nothing");
    let drill = after_release(small()).and("atoll-lead", appeal(TASK));
    let unknown = Judging::UnknownAppeal(nothing.clone()).into();
    let drill = drill.when("lead-evaluator", answer_appeal(&nothing, true)).refused(unknown);
    let drill = drill.and("director", adjust("atoll", 1_000));
    let unknown = Judging::UnknownAdjustment(nothing.clone()).into();
    drill.when("lead-evaluator", decide_adjustment(&nothing, true)).refused(unknown);
}

#[test]
fn an_adjustment_needs_a_reason() {
    for reason in ["", "  "] {
        let Act::ProposeAdjustment(mut silent) = adjust("atoll", 1_000) else { unreachable!("it is one") };
        silent.reason = reason.to_owned();
        small().when("director", Act::ProposeAdjustment(silent)).refused(Judging::ReasonNeeded.into());
    }
}

#[test]
fn an_adjusted_score_stays_between_nought_and_a_hundred() {
    for (level, milli, expected) in [(4, 3_000, 100_000), (0, -3_000, 0)] {
        let drill =
            small().and("evaluator", mark("atoll", TASK, &clear(level))).and("director", adjust("atoll", milli));
        let item = drill.team("atoll").adjustments.keys().next().expect("proposed").clone();
        let drill = drill.and("lead-evaluator", decide_adjustment(&item, true));
        assert_eq!(drill.total("atoll").score_milli, Some(expected));
    }
}

/// Two answers: `task` marked, `second` right by its key.
fn two(level: u8, second: &str) -> Drill {
    let mut plan = plan(MarkingPolicy::Small);
    plan.profile.weights.accuracy = 1;
    plan.injects[1].staff.keys.clear();
    plan.injects.push(quiz(manual("second"), None));
    let drill = given(plan).started().at(12).and("director", super::fixture::release("second", None));
    let drill = drill.and("atoll-lead", answer("task", "right")).and("atoll-lead", answer("second", second));
    drill.and("evaluator", mark("atoll", TASK, &clear(level)))
}

#[test]
fn excusing_never_lowers_a_score() {
    // Half of 4 and 4 of 4: without the better one the score would fall, so it stays.
    let kept = two(2, "right").and("director", excuse("second", None));
    assert_eq!(kept.total("atoll").score_milli, Some(75_000));
    assert_eq!(kept.score("atoll", "second").outcome, Outcome::ExcusedKept { because: "power cut".to_owned() });
    let removed = two(2, "wrong").and("director", excuse("second", None));
    assert_eq!(removed.total("atoll").score_milli, Some(50_000));
    assert_eq!(removed.score("atoll", "second").outcome, Outcome::Excused { because: "power cut".to_owned() });
}

#[test]
fn a_decision_on_an_older_answer_is_history() {
    let drill = marked_twice(4, 2).and("lead-evaluator", moderate("atoll", TASK, &clear(4)));
    let drill = drill.and("atoll-lead", answer("task", "wrong"));
    assert_eq!(drill.score("atoll", TASK).outcome, Outcome::Unmarked { missing: 2 });
}

#[test]
fn what_waits_for_the_lead_evaluator_is_shown_as_unmarked() {
    let total = marked_twice(4, 2).total("atoll");
    assert_eq!((total.unmarked_milli, total.attainable_milli, total.score_milli), (4_000, 0, None));
}

#[test]
fn of_several_excused_injects_the_best_are_kept_first() {
    let mut plan = plan(MarkingPolicy::Small);
    plan.injects.extend(["fair", "good"].map(|id| Inject { id: id.into(), ..plan.injects[1].clone() }));
    let drill = given(plan).started().at(12);
    let drill = [("task", 1), ("fair", 2), ("good", 4)].into_iter().fold(drill, |drill, (id, level)| {
        let drill = drill.and("atoll-lead", answer(id, "right"));
        drill.and("evaluator", mark("atoll", id, &clear(level)))
    });
    let drill = drill.and("director", excuse("fair", None)).and("director", excuse("good", None));
    // A quarter of 4 and 4 of 4: half of 4 would only lower that.
    assert_eq!(drill.total("atoll").score_milli, Some(62_500));
    assert_eq!(drill.score("atoll", "fair").outcome, Outcome::Excused { because: "power cut".to_owned() });
}

#[test]
fn a_refused_adjustment_moves_nothing_and_two_are_held_against_the_limit_together() {
    let drill = small().and("evaluator", mark("atoll", TASK, &clear(2)));
    let drill = (0..3).fold(drill, |drill, _| drill.and("director", adjust("atoll", 4_000)));
    let items: Vec<ItemId> = drill.team("atoll").adjustments.keys().cloned().collect();
    let drill = drill.and("lead-evaluator", decide_adjustment(&items[0], false));
    assert_eq!(drill.total("atoll").score_milli, Some(50_000));
    let drill = drill.and("lead-evaluator", decide_adjustment(&items[1], true));
    let both = drill.when("lead-evaluator", decide_adjustment(&items[2], true));
    both.refused(Judging::AdjustmentLimit.into());
}

#[test]
fn evaluators_who_give_the_same_level_agree_in_both_ways() {
    assert_eq!(agreement(&marked_twice(3, 3).state), Agreement { pairs: 1, same: 1, within_one: 1 });
}

#[test]
fn what_is_excused_is_kept_too_where_nothing_else_counts() {
    let mut plan = plan(MarkingPolicy::Small);
    plan.injects[1].staff.evaluation.actions.clear();
    let drill = given(plan).started().at(12).and("atoll-lead", answer("task", "right"));
    let drill = drill.and("evaluator", mark("atoll", TASK, &clear(2))).and("director", excuse(TASK, None));
    assert_eq!(drill.total("atoll").score_milli, Some(50_000));
}

/// Plays the log to a board, which is at each step what scoring everything anew gives.
pub(super) fn a_board_follows(log: &[Event]) {
    let mut state = State::open(&log[0]).expect("it opens a log");
    let mut board = ScoreBoard::new(&state);
    for event in &log[1..] {
        state.apply(event);
        board.follow(&state, event);
        let anew = ScoreBoard::new(&state);
        assert_eq!(board.teams(), anew.teams(), "{}", event.fact.kind());
    }
}

#[test]
fn a_board_follows_what_is_taken_back_and_what_two_people_agree_on() {
    a_board_follows(&golden::played().log);
    let drill = small().and("evaluator", mark("atoll", TASK, &clear(3))).and("evaluator", withdraw("atoll", TASK));
    a_board_follows(&drill.log);
}
