//! The JSON of a whole report in each of its versions: whoever reads it by a program notices a change here first.

use drillhall::{
    engine::{command::Act, role::Role},
    report::model::{Report, Version},
};
use serde_json::{Value, json};

use super::hall::{Hall, TASK, choice, choices, text};

/// A small drill with something in every part of its report: answers on time, late and none, notes, findings, actions.
fn played(teams: &[(&str, &str, &str)]) -> Report {
    let mut hall = Hall::playing(TASK, teams);
    hall.join("lead", Role::LeadEvaluator);
    hall.answer(
        120,
        "reef",
        &[("class", choice("guessing")), ("signs", choices(&["rate"])), ("why", text("All from one source."))],
    );
    hall.answer(900, "lagoon", &[("class", choice("storm"))]);
    hall.act(1_800, "director", Act::EndEx);
    let acts = [
        ("reef", json!({ "type": "add_to_hot_wash", "kind": "strength", "text": "Calm", "anonymous": true })),
        (
            "lead",
            json!({ "type": "edit_finding", "finding": "late", "scope": "event", "kind": "area", "title": "Late",
                         "observation": "One of two was late.", "rows": [5] }),
        ),
        ("lead", put("common", &json!("event"), "low")),
        ("reef", put("own", &json!({ "team": "reef" }), "high")),
    ];
    for (n, (person, act)) in (1_900..).zip(acts) {
        hall.act(n, person, serde_json::from_value(act).unwrap());
    }
    hall.report()
}

fn put(action: &str, scope: &Value, cost: &str) -> Value {
    json!({ "type": "put_corrective_action", "action": action, "scope": scope, "text": format!("Do {action}"),
            "capability": "triage_and_classification", "element": "training", "owner": "Ministry",
            "completion": "2026-03-31", "priority": "high", "cost": cost })
}

const TWO: [(&str, &str, &str); 2] = [("reef", "Reef Watch", "en"), ("lagoon", "Lagoon Desk", "fr")];

fn of(version: &Version) -> Report {
    played(&TWO).for_readers(version).unwrap()
}

#[test]
fn a_report_for_staff() {
    insta::assert_json_snapshot!(of(&Version::Staff));
}

#[test]
fn a_report_for_a_team() {
    insta::assert_json_snapshot!(of(&Version::Team { team: "reef".into() }));
}

#[test]
fn a_brief() {
    insta::assert_json_snapshot!(of(&Version::Brief { team: "reef".into() }));
}

#[test]
fn a_report_for_the_community() {
    insta::assert_json_snapshot!(of(&Version::Community));
}

#[test]
fn a_report_for_the_public() {
    let more = [("atoll", "Atoll", "en"), ("basin", "Basin", "fr"), ("cove", "Cove", "en")];
    let five: Vec<_> = TWO.into_iter().chain(more).collect();
    insta::assert_json_snapshot!(played(&five).for_readers(&Version::Public).unwrap());
}
