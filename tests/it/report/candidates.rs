//! What an exercise hands on to the next: objectives that its scenario takes as they are.

use drillhall::{engine::command::Act, report::candidates::candidates};
use serde_json::{Value, json};

use super::hall::{Hall, TASK};
use crate::scenario::fixture::load_text;

fn drill(actions: &[(&str, &str, Value)]) -> Hall {
    let mut hall = Hall::playing(TASK, &[("reef", "Reef Watch", "en")]);
    hall.act(1_800, "director", Act::EndEx);
    for (n, (action, text, capability)) in (0..).zip(actions) {
        let put = json!({ "type": "put_corrective_action", "action": action, "scope": { "team": "reef" }, "text": text,
                          "capability": capability, "element": "planning", "owner": "Ministry",
                          "completion": "2026-06-30", "priority": "high" });
        hall.act(1_900 + n, "reef", serde_json::from_value(put).unwrap());
    }
    hall
}

fn yaml(hall: &Hall) -> String {
    candidates(&hall.log()).unwrap().yaml()
}

/// The next scenario, with these objectives in the place of its own ones.
fn next(objectives: &str) -> String {
    let lines =
        TASK.lines().filter(|line| !line.starts_with("  - {id: triage,") && !line.contains("objectives: [triage]"));
    lines.collect::<Vec<_>>().join("\n").replace("objectives:\n", objectives) + "\n"
}

#[test]
fn candidates_say_where_they_come_from() {
    let mut hall = drill(&[
        ("tell", "Write down whom to tell", json!("coordination_and_sharing")),
        ("phone", "A phone list", Value::Null),
    ]);
    let step = |action: &str, state: &str| {
        serde_json::from_value(json!({ "type": "set_corrective_state", "action": action, "state": state })).unwrap()
    };
    hall.act(1_950, "reef", step("tell", "agreed"));
    insta::assert_snapshot!(yaml(&hall), @r#"
    # EXERCISE EXERCISE EXERCISE TLP:AMBER
    # Corrective actions that nobody has verified, of exercise 0190-tiny: A tiny drill
    # Each has the words of its action in every language: say it as what a team should be able to do, and translate it.
    objectives:
      # Action phone of 0190-tiny, team/reef: proposed, due 2026-06-30
      # names no capability, so it is left out: A phone list
      # Action tell of 0190-tiny, team/reef: agreed, due 2026-06-30
      - id: "tell"
        title: {"en": "Write down whom to tell", "fr": "Write down whom to tell"}
        capability: coordination_and_sharing
    "#);
    let table = String::from_utf8(candidates(&hall.log()).unwrap().csv().unwrap()).unwrap();
    assert!(
        table.contains("0190-tiny,tell,team/reef,Write down whom to tell,coordination_and_sharing,agreed,2026-06-30\n")
    );
    let value = serde_json::to_value(candidates(&hall.log()).unwrap()).unwrap();
    assert_eq!((&value["candidates"][1]["action"], &value["exercise"]), (&json!("tell"), &json!("0190-tiny")));
}

/// Whatever people write into an action, and whatever its id looks like, the checker takes it.
#[test]
fn what_is_written_passes_the_checker_in_the_next_scenario() {
    let hostile = [
        "Say \"who\", 'when' and: what # now",
        "Two\nlines\r\nand a\ttab",
        "- id: injected\n    title: x",
        "{{quay}} & <b>bold</b> \\ *stars*",
        "\u{644}\u{627} \u{5927} \u{1f30a}\u{2028}next",
        "%TAG !yaml! @at `tick` | > ? ! & *",
    ];
    let ids = ["no", "123", "1e5", "null", "true", "0x1f"];
    let actions: Vec<_> =
        ids.iter().zip(hostile).map(|(id, text)| (*id, text, json!("triage_and_classification"))).collect();
    let hall = drill(&actions);
    let loaded = load_text(&next(&yaml(&hall))).unwrap_or_else(|wrong| panic!("{wrong}"));
    let mut found: Vec<_> = loaded.plan.objectives.iter().map(|objective| objective.id.as_str()).collect();
    found.sort_unstable();
    assert_eq!(found, ["0x1f", "123", "1e5", "no", "null", "true"]);
    let long = drill(&[("long", &"word ".repeat(500), json!("crisis_decision_making"))]);
    let loaded = load_text(&next(&yaml(&long))).unwrap_or_else(|wrong| panic!("{wrong}"));
    assert!(loaded.plan.objectives[0].title.get(&"en".into()).ends_with("\u{2026}"));
}

#[test]
fn what_is_verified_is_not_handed_on_and_nothing_is_a_list_too() {
    let written = yaml(&drill(&[]));
    assert!(written.ends_with("objectives: []\n"), "{written}");
    let unnamed = yaml(&drill(&[("phone", "A phone list", Value::Null)]));
    assert!(unnamed.contains("objectives: []\n  # Action phone"), "{unnamed}");
    load_text(&next(&unnamed)).unwrap_or_else(|wrong| panic!("{wrong}"));
}
