//! What earlier exercises showed, beside a report: each team's own, and nobody else's.

use drillhall::{
    engine::{id::TeamId, text::Language},
    report::{
        html::{languages, render},
        model::{Report, Version},
    },
};
use serde_json::{Value, json};

use super::{
    across::exercise,
    hall::{Hall, THREE, choice, choices, three_tasks},
};

/// In it Reef Watch was half right, and was to write down whom to tell.
fn before() -> Report {
    let teams = [("north-1", "Reef Watch", "en"), ("north-2", "Lagoon Desk", "fr")];
    let mut hall = Hall::playing_as("0180-before", -300, &three_tasks(), &teams);
    for (team, right) in [("north-1", false), ("north-2", true)] {
        for inject in THREE {
            let class = if right { "guessing" } else { "spraying" };
            hall.answer_to(inject, 120, team, &[("class", choice(class)), ("signs", choices(&["rate", "source"]))]);
        }
    }
    let put = |action: &str, scope: Value| {
        let act = json!({ "type": "put_corrective_action", "action": action, "scope": scope, "text": format!("Do {action}"),
                          "element": "planning", "owner": "Ministry", "completion": "2025-06-30", "priority": "high" });
        serde_json::from_value(act).unwrap()
    };
    hall.act(1_800, "director", drillhall::engine::command::Act::EndEx);
    hall.act(1_900, "director", put("reef-plan", json!({ "team": "north-1" })));
    hall.act(1_901, "director", put("lagoon-plan", json!({ "team": "north-2" })));
    hall.act(1_902, "director", put("common-plan", json!("event")));
    hall.report()
}

/// The ids are those of the other team of before: names count.
fn now() -> Report {
    exercise("0190-now", 0, &[("north-2", "Reef Watch", "en"), ("north-1", "Lagoon Desk", "fr")], 120).report()
}

fn english(report: &Report) -> String {
    render(report, &Language::from("en"))
}

#[test]
fn what_a_team_showed_before_stands_beside_its_bars() {
    let report = now().beside(vec![before()]).unwrap();
    let reef = &report.teams[0];
    let [line] = reef.earlier.as_slice() else { panic!("{:?}", reef.earlier) };
    assert_eq!((line.exercise.as_str(), line.day.as_ref().unwrap().0.as_str()), ("0180-before", "2025-03-07"));
    let score = line.score_of(reef.capabilities[0].capability).unwrap();
    assert!(score < reef.capabilities[0].score_milli.unwrap(), "it did better");
    assert_eq!(line.improvement.len(), 1);
    let page = english(&report);
    assert!(page.contains(">Before</th>") && page.contains("<span class=\"quiet\">2025-03-07</span>"), "{page}");
    assert!(page.contains("What became of the corrective actions: A tiny drill") && page.contains("Do common-plan"));
    let without = english(&now());
    assert!(!without.contains(">Before</th>") && !without.contains("id=\"earlier\""));
}

#[test]
fn each_team_reads_its_own_and_the_community_and_the_public_none() {
    let report = now().beside(vec![before()]).unwrap();
    let own = report.clone().for_readers(&Version::Team { team: TeamId::from("north-2") }).unwrap();
    let written = |report: &Report| {
        let pages: String = languages().map(|language| render(report, &Language::from(language))).collect();
        serde_json::to_string(report).unwrap() + &pages
    };
    let said = written(&own);
    assert!(said.contains("Do reef-plan") && said.contains("0180-before"));
    for other in ["Do lagoon-plan", "Do common-plan", "Lagoon", "north-1"] {
        assert!(!said.contains(other), "{other}");
    }
    for version in [Version::Community, Version::Public] {
        let said = written(&report.clone().for_readers(&version).unwrap());
        assert!(!said.contains("0180-before") && !said.contains("Do reef-plan"), "{version:?}");
    }
}

#[test]
fn the_order_of_earlier_logs_changes_no_byte_and_none_is_there_twice() {
    let older = || exercise("0170-older", -500, &[("x", "reef watch", "en")], 120).report();
    let one = now().beside(vec![before(), older()]).unwrap();
    let other = now().beside(vec![older(), before()]).unwrap();
    assert_eq!(serde_json::to_string(&one).unwrap(), serde_json::to_string(&other).unwrap());
    assert_eq!(english(&one), english(&other));
    let days: Vec<_> = one.teams[0].earlier.iter().map(|line| line.exercise.as_str()).collect();
    assert_eq!(days, ["0170-older", "0180-before"]);
    assert_eq!(now().beside(vec![before(), before()]).unwrap_err().code(), "exercise_twice");
    assert_eq!(now().beside(vec![now()]).unwrap_err().code(), "exercise_twice");
    let rehearsal = Report { rehearsal: true, ..before() };
    assert_eq!(now().beside(vec![rehearsal]).unwrap_err().code(), "rehearsal");
}

#[test]
fn what_was_told_under_stricter_rules_stays_under_them() {
    use drillhall::engine::plan::Tlp;
    let red = Report { tlp: Tlp::Red, ..before() };
    let report = now().beside(vec![red]).unwrap();
    assert_eq!(report.tlp, Tlp::Red);
    let own = report.for_readers(&Version::Team { team: TeamId::from("north-2") }).unwrap();
    assert_eq!(own.tlp, Tlp::Red);
}
