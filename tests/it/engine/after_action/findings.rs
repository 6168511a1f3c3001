//! Strengths and areas of the report: who writes them, what they rest on, and who answers for them.

use drillhall::engine::{
    command::{Act, SignOff, WithdrawFinding},
    event::{Draft, Scope},
    rejection::{AfterAction, Rejection},
    state::Stage,
    view::card::Card,
};

use super::{
    acts::{edit, finding, order},
    ended,
};
use crate::engine::{
    fixture::{Drill, given},
    plan::lagoon,
    views::{cards, keys},
};

const EVENT: Scope = Scope::Event;

fn sign(scope: Scope) -> Act {
    Act::SignOff(SignOff { scope })
}

fn order_of(drill: &Drill) -> Vec<&str> {
    drill.state.after_action.findings_of(&EVENT).iter().map(|finding| finding.finding.as_str()).collect()
}

#[test]
fn the_director_and_the_lead_evaluator_write_findings_after_the_end() {
    let early = given(lagoon()).started();
    early.when("director", edit("late", &EVENT)).refused(Rejection::WrongStage(Stage::Running));
    let drill = ended().when("director", edit("late", &EVENT)).then(&["late of event: late in short"]);
    let drill = drill.when("lead-evaluator", edit("late", &EVENT)).then(&["late of event: late in short"]);
    for person in ["facilitator", "planner", "observer", "atoll-lead"] {
        let refused = ended().when(person, edit("late", &EVENT)).refused(Rejection::Forbidden);
        assert!(refused.state.after_action.findings.is_empty());
    }
    assert!(keys(&drill, "evaluator").contains("finding/late"));
    for person in ["atoll-lead", "observer", "reviewer", "actor"] {
        assert!(!keys(&drill, person).contains("finding/late"), "{person}");
    }
}

#[test]
fn a_finding_rests_on_rows_that_are_there() {
    let drill = ended();
    let last = i64::try_from(drill.log.len()).unwrap();
    let on = |rows: Vec<i64>| {
        let mut wanted = finding("late", &EVENT);
        wanted.rows = rows;
        Act::EditFinding(Box::new(wanted))
    };
    for row in [0, -1, last + 1, i64::MAX] {
        let refused = ended().when("director", on(vec![1, row]));
        refused.refused(AfterAction::UnknownRow(row).into());
    }
    let many = Rejection::from(AfterAction::TooManyRows { limit: 1_000 });
    let drill = drill.when("director", on(vec![1; 1_001])).refused(many);
    drill.when("director", on(vec![last])).then(&["late of event: late in short"]);
}

#[test]
fn a_finding_has_a_name_of_its_own_a_title_and_an_observation() {
    let with = |change: fn(&mut drillhall::engine::command::EditFinding)| {
        let mut wanted = finding("late", &EVENT);
        change(&mut wanted);
        ended().when("director", Act::EditFinding(Box::new(wanted)))
    };
    with(|wanted| wanted.finding = "Late!".into()).refused(Rejection::BadId);
    with(|wanted| wanted.title = " ".to_owned()).refused(Rejection::EmptyText);
    with(|wanted| wanted.observation = String::new()).refused(Rejection::EmptyText);
    with(|wanted| wanted.title = "x".repeat(301)).refused(Rejection::TextTooLong { actual: 301, limit: 300 });
    with(|wanted| wanted.scope = Scope::Team("cove".into())).refused(Rejection::UnknownTeam("cove".into()));
    with(|wanted| wanted.analysis = Some("  ".to_owned())).then(&["late of event: late in short"]);
    let drill = ended().and("director", edit("late", &EVENT));
    let moved = edit("late", &Scope::Team("atoll".into()));
    drill.when("director", moved).refused(AfterAction::ScopeFixed.into());
}

#[test]
fn an_edit_says_which_draft_it_takes_the_place_of() {
    let mut wanted = finding("late", &EVENT);
    wanted.drafted_from = Some(Draft { rule: "slow-notice".to_owned(), key: "triage".to_owned() });
    let drill = ended().and("director", Act::EditFinding(Box::new(wanted.clone())));
    let Some(Card::Finding(card)) = cards(&drill, "lead-evaluator").remove("finding/late") else { panic!("a card") };
    assert_eq!((card.drafted_from, card.by), (wanted.drafted_from, Some("director".into())));
}

#[test]
fn findings_stand_in_the_order_that_people_give() {
    let drill = ["a", "b", "c"].into_iter().fold(ended(), |drill, id| drill.and("director", edit(id, &EVENT)));
    assert_eq!(order_of(&drill), ["a", "b", "c"]);
    let whole = Rejection::from(AfterAction::OrderIncomplete);
    let drill = drill.when("director", order(&EVENT, &["c", "a"])).refused(whole.clone());
    let drill = drill.when("director", order(&EVENT, &["c", "a", "a"])).refused(whole.clone());
    let drill = drill.when("director", order(&EVENT, &["c", "a", "b", "b"])).refused(whole);
    let drill = drill.when("director", order(&EVENT, &["c", "a", "b"])).then(&["order of event: c a b"]);
    assert_eq!(order_of(&drill), ["c", "a", "b"]);
    let drill = drill.and("director", edit("d", &EVENT));
    let drill = drill
        .when("director", Act::WithdrawFinding(WithdrawFinding { finding: "a".into() }))
        .then(&["a of event withdrawn"]);
    assert_eq!(order_of(&drill), ["c", "b", "d"]);
    assert!(!keys(&drill, "director").contains("finding/a"));
    let gone = AfterAction::UnknownFinding("a".into());
    drill.when("director", Act::WithdrawFinding(WithdrawFinding { finding: "a".into() })).refused(gone.into());
}

#[test]
fn a_later_edit_lifts_the_signature() {
    let signed = || ended().and("director", edit("late", &EVENT)).and("lead-evaluator", sign(EVENT));
    let is_signed = |drill: &Drill| {
        let shown = keys(drill, "director").contains("signed_off/event");
        assert_eq!(shown, drill.state.after_action.signed_off.contains_key(&EVENT));
        shown
    };
    assert!(is_signed(&signed()));
    let drill = signed().when("director", sign(EVENT)).refused(AfterAction::AlreadySigned.into());
    assert!(is_signed(&drill.and("director", edit("calm", &Scope::Team("atoll".into())))), "of something else");
    assert!(!is_signed(&signed().and("director", edit("late", &EVENT))));
    assert!(!is_signed(&signed().and("director", order(&EVENT, &["late"]))));
    let drill = signed().and("director", Act::WithdrawFinding(WithdrawFinding { finding: "late".into() }));
    assert!(!is_signed(&drill));
    assert!(is_signed(&drill.when("director", sign(EVENT)).then(&["event signed off"])));
}

#[test]
fn an_evaluator_puts_findings_forward_until_somebody_else_writes_them() {
    let withdraw = || Act::WithdrawFinding(WithdrawFinding { finding: "late".into() });
    let drill = ended().when("evaluator", edit("late", &EVENT)).then(&["late of event: late in short"]);
    let drill = drill.and("evaluator", edit("late", &EVENT));
    drill.when("evaluator", withdraw()).then(&["late of event withdrawn"]);
    let drill = ended().and("evaluator", edit("late", &EVENT)).and("lead-evaluator", edit("late", &EVENT));
    let drill = drill.when("evaluator", edit("late", &EVENT)).refused(Rejection::Forbidden);
    let drill = drill.when("evaluator", withdraw()).refused(Rejection::Forbidden);
    let drill = drill.when("evaluator", order(&EVENT, &["late"])).refused(Rejection::Forbidden);
    drill.when("evaluator", sign(EVENT)).refused(Rejection::Forbidden);
}

#[test]
fn what_is_signed_off_is_not_for_evaluators_to_change() {
    let signed = Rejection::from(AfterAction::AlreadySigned);
    let drill = ended().and("evaluator", edit("late", &EVENT)).and("lead-evaluator", sign(EVENT));
    let drill = drill.when("evaluator", edit("late", &EVENT)).refused(signed.clone());
    let drill = drill.when("evaluator", edit("more", &EVENT)).refused(signed);
    let of_a_team = edit("more", &Scope::Team("atoll".into()));
    assert!(drill.when("evaluator", of_a_team).is_allowed(), "that is another part of the report");
}
