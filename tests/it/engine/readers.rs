//! Who reads which answers, and how many read each.

use std::collections::BTreeSet;

use drillhall::engine::{
    command::{Act, AssignMarking},
    plan::{Inject, MarkingPolicy, Plan},
    rejection::Judging,
    role::Role,
    score::marks_needed,
    text::Language,
};

use super::{
    fixture::{Drill, add_team, answer, given},
    judging::mark,
    plan::{at, criterion, expected, manual, objective, quiz, with},
};

/// A quiz that people mark by one criterion.
fn judged(inject: Inject, critical: bool) -> Inject {
    let mut inject = quiz(inject, None);
    inject.staff.evaluation.criteria = vec![criterion("clear", 1, critical)];
    inject
}

fn plan(policy: MarkingPolicy, injects: Vec<Inject>) -> Plan {
    let mut plan = with(injects);
    plan.profile.marking = policy;
    plan
}

/// Atoll and basin work in English, cove in French, and all have answered.
fn in_two_languages() -> Drill {
    let cove = Act::AddTeam {
        team: "cove".into(),
        name: "Cove".to_owned(),
        language: Language::from("fr"),
        cohort: None,
        alias: None,
    };
    let injects = vec![judged(at("first", 10), false), judged(at("second", 10), false)];
    let mut drill = given(plan(MarkingPolicy::Small, injects)).and("director", cove).started().at(12);
    drill.seat("cove-lead", Role::TeamLead, Some("cove"));
    ["atoll-lead", "cove-lead"]
        .iter()
        .fold(drill, |drill, lead| drill.and(lead, answer("first", "right")).and(lead, answer("second", "right")))
}

fn assign_languages(injects: Option<&[&str]>, languages: &[&str]) -> Act {
    let injects = injects.map(|ids| ids.iter().map(|id| (*id).into()).collect());
    let languages: BTreeSet<_> = languages.iter().map(|tag| Language::from(*tag)).collect();
    Act::AssignMarking(AssignMarking { person: "evaluator".into(), injects, languages: Some(languages), home: None })
}

/// Which answers the evaluator may mark, of atoll and cove to both injects.
fn markable(assigned: Act) -> Vec<(&'static str, &'static str)> {
    let all = ["atoll", "cove"].into_iter().flat_map(|team| [(team, "first"), (team, "second")]);
    let drill = in_two_languages().and("lead-evaluator", assigned);
    let state = &drill.state;
    let covers = |(team, inject): &(&str, &str)| {
        let (_, inject) = state.inject(&(*inject).into()).expect("the plan has it");
        state.is_assigned(&"evaluator".into(), drill.team(team), inject)
    };
    all.filter(covers).collect()
}

#[test]
fn an_evaluator_reads_the_languages_that_were_assigned() {
    assert_eq!(markable(assign_languages(None, &["fr"])), [("cove", "first"), ("cove", "second")]);
    assert_eq!(markable(assign_languages(None, &["en"])), [("atoll", "first"), ("atoll", "second")]);
    assert_eq!(markable(assign_languages(None, &["en", "fr"])).len(), 4);
    assert_eq!(markable(assign_languages(None, &["ar"])), [], "nobody writes in it");
    assert_eq!(markable(assign_languages(Some(&["second"]), &["fr"])), [("cove", "second")], "both must fit");
}

#[test]
fn an_answer_in_another_language_is_not_for_the_evaluator_to_mark() {
    let drill = in_two_languages().and("lead-evaluator", assign_languages(None, &["fr"]));
    let drill = drill.and("evaluator", mark("cove", "first", &[("clear", 3)]));
    let other = drill.when("evaluator", mark("atoll", "first", &[("clear", 3)]));
    let drill = other.refused(Judging::NotAssigned("first".into()).into());
    drill.and("lead-evaluator", mark("atoll", "first", &[("clear", 3)]));
}

/// How many of five hundred answers need two marks: five teams, a hundred injects.
fn marked_twice(policy: MarkingPolicy, critical: bool) -> usize {
    let injects = (0..100).map(|n| judged(manual(&format!("i{n}")), critical)).collect();
    let drill = given(plan(policy, injects));
    let drill = ["t2", "t3", "t4"].iter().fold(drill, |drill, team| drill.and("director", add_team(team)));
    let state = &drill.state;
    let answers = state.teams.iter().flat_map(|team| state.plan.injects.iter().map(move |inject| (team, inject)));
    let needed: Vec<u32> = answers.map(|(team, inject)| marks_needed(state, team, inject)).collect();
    assert!(needed.len() == 500 && needed.iter().all(|n| [1, 2].contains(n)));
    needed.iter().filter(|n| **n == 2).count()
}

#[test]
fn in_a_national_exercise_a_fifth_of_the_answers_is_marked_twice() {
    let sampled = marked_twice(MarkingPolicy::National, false);
    assert!((75..=125).contains(&sampled), "{sampled} of 500 are not about a fifth");
    assert_eq!(marked_twice(MarkingPolicy::Small, false), 0);
    assert_eq!(marked_twice(MarkingPolicy::Strict, false), 500);
}

#[test]
fn in_a_national_exercise_every_critical_answer_is_marked_twice() {
    assert_eq!(marked_twice(MarkingPolicy::National, true), 500, "by a criterion");
    let needed = |critical: bool, by_objective: bool| {
        let mut inject = judged(manual("task"), false);
        inject.staff.evaluation.actions = vec![expected("told", 1, critical)];
        inject.staff.objectives = vec!["triage".into()];
        let mut plan = plan(MarkingPolicy::National, vec![inject]);
        plan.objectives = vec![objective("triage", by_objective)];
        let drill = given(plan);
        let needed = |team| marks_needed(&drill.state, drill.team(team), &drill.state.plan.injects[0]);
        [needed("atoll"), needed("basin")]
    };
    assert_eq!(needed(true, false), [2, 2], "by an action");
    assert_eq!(needed(false, true), [2, 2], "by an objective");
    assert_eq!(needed(false, false), [1, 1], "neither of these two is in the sample");
}
