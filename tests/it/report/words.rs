//! The words of a report, in each of its languages.

use std::collections::{BTreeMap, BTreeSet};

use drillhall::{
    engine::plan::{Capability, InjectKind},
    markup::phrase::named,
    report::html::languages,
};

use crate::markup::catalogue::{gaps, words};

#[test]
fn each_language_says_everything_with_the_same_gaps() {
    assert_eq!(languages().collect::<Vec<_>>(), ["ar", "en", "es", "fr", "pt", "ru", "zh"]);
    let english = gaps(&words("report", "en"));
    for language in languages() {
        assert_eq!(gaps(&words("report", language)), english, "{language}");
    }
}

/// Kinds of facts that leave no line in the timeline.
const NO_LINE: [&str; 40] = [
    "action_noted",
    "action_proposed",
    "adjustment_proposed",
    "answer_marked",
    "consent_given",
    "corrective_action_put",
    "corrective_state_set",
    "delegate_named",
    "feedback_given",
    "finding_edited",
    "finding_withdrawn",
    "findings_ordered",
    "hall_contact_set",
    "hot_wash_added",
    "hot_wash_merged",
    "hot_wash_moved",
    "hot_wash_withdrawn",
    "inject_delivered",
    "inject_opened",
    "mark_withdrawn",
    "marking_assigned",
    "prepared",
    "organisation_named",
    "receipts_noted",
    "release_armed",
    "release_declined",
    "release_undone",
    "report_proposed",
    "report_released",
    "request_taken",
    "responsible_named",
    "role_granted",
    "role_revoked",
    "scorecard_shown",
    "scores_vetoed",
    "signed_off",
    "staff_said",
    "team_score_released",
    "test_sent",
    "variable_set",
];

#[test]
fn each_kind_of_fact_has_a_label_in_each_language() {
    let source = include_str!("../../../src/engine/event/kind.rs");
    let (_, names) = source.split_once("fn kind(").unwrap();
    let kinds: BTreeSet<&str> = names.split('"').skip(1).step_by(2).collect();
    assert!(kinds.len() > 60 && NO_LINE.iter().all(|kind| kinds.contains(kind)), "{kinds:?}");
    for language in languages() {
        let words = words("report", language);
        let labels: BTreeSet<&str> = words["happened"].as_object().unwrap().keys().map(String::as_str).collect();
        let told = kinds.iter().copied().filter(|kind| !NO_LINE.contains(kind));
        // Two lines are called otherwise than their fact.
        let told: BTreeSet<&str> = told.chain(["inject_jumped_over", "fault_runaway"]).collect();
        assert_eq!(labels, told, "{language}");
    }
}

#[test]
fn names_of_the_engine_have_words() {
    let words = words("report", "en");
    let names = |key: &str| -> BTreeMap<String, String> { serde_json::from_value(words[key].clone()).unwrap() };
    assert_eq!(named(&names("capabilities"), Capability::CrisisDecisionMaking), "Decisions in a crisis");
    assert_eq!(named(&names("kinds"), InjectKind::InformationRequest), "on request");
    assert_eq!(named(&names("happened"), "of a newer release"), "of a newer release");
}
