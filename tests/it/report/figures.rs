//! What a report says, checked by hand.

use drillhall::{
    engine::{
        command::{Act, Actor, Order},
        time::Millis,
    },
    report::{ReportError, build, model::Limit},
};

use super::hall::{Hall, OPENED, TASK, choice, choices, text};

const TEAMS: [(&str, &str, &str); 2] = [("port-meridian", "Port Meridian", "en"), ("baie-claire", "Baie Claire", "fr")];

#[test]
fn a_scorecard_adds_up_by_hand() {
    let mut hall = Hall::playing(TASK, &TEAMS);
    hall.act(70, "port-meridian", Act::NoteOpened { inject: "alert".into() });
    hall.act(75, "port-meridian", Act::Acknowledge { inject: "alert".into() });
    // In time: 40 % of 10 points; one of two right and one wrong is F1 = 2/4 of 6 points; the text waits, and all with it.
    hall.answer(
        240,
        "port-meridian",
        &[
            ("class", choice("spraying")),
            ("signs", choices(&["rate", "hour"])),
            ("why", text("Many accounts,\none source.")),
        ],
    );
    hall.act(
        300,
        "port-meridian",
        Act::WriteLog {
            text: "Told the operator.".to_owned(),
            happened_at: None,
            inject: None,
            kind: drillhall::engine::event::EntryKind::Observation,
            tlp: None,
            corrects: None,
        },
    );
    // After the deadline: accuracy 10/16 by 20, quality 0 by 45, timeliness 0 by 10, and half of that: 1/12 of 20.
    hall.answer(700, "baie-claire", &[("class", choice("guessing"))]);
    hall.act(1_800, "director", Act::EndEx);
    let report = hall.report();
    insta::assert_json_snapshot!(report.teams[0], @r#"
    {
      "team": "port-meridian",
      "name": "Port Meridian",
      "code": "A52SX",
      "language": "en",
      "score_milli": null,
      "counted": 0,
      "adjustment_milli": 0,
      "points_milli": 0,
      "attainable_milli": 0,
      "unmarked_milli": 20000,
      "received": 1,
      "answered": 1,
      "asked": 1,
      "log_entries": 1,
      "objectives": [
        {
          "objective": "triage",
          "score_milli": null,
          "attainable_milli": 0,
          "counted": 0,
          "mapped": 1,
          "suggested": null,
          "capped_by": [],
          "rating": null
        }
      ],
      "capabilities": [
        {
          "capability": "triage_and_classification",
          "score_milli": null,
          "attainable_milli": 0,
          "counted": 0,
          "mapped": 1
        }
      ],
      "timings": {
        "open": {
          "median": 0,
          "p90": 0,
          "n": 1,
          "not_done": 0
        },
        "acknowledge": {
          "median": 5000,
          "p90": 5000,
          "n": 1,
          "not_done": 0
        },
        "answer": {
          "median": 170000,
          "p90": 170000,
          "n": 1,
          "not_done": 0
        }
      },
      "edited": [],
      "signed_off": false,
      "improvement": [],
      "findings": [
        {
          "key": "in_target/alert",
          "kind": "strength",
          "rule": {
            "rule": "in_target",
            "inject": "alert",
            "title": {
              "en": "Many failed sign-ins",
              "fr": "Beaucoup d'échecs de connexion"
            },
            "median": 180000,
            "target": 300000,
            "n": 1,
            "of": 1
          },
          "capability": "triage_and_classification",
          "weight_permille": 0,
          "rows": [
            8,
            11
          ]
        }
      ],
      "injects": [
        {
          "inject": "alert",
          "title": {
            "en": "Many failed sign-ins",
            "fr": "Beaucoup d'échecs de connexion"
          },
          "kind": "task",
          "capabilities": [
            "triage_and_classification"
          ],
          "released_seq": 8,
          "released_at": 1767258060000,
          "delivered_after": null,
          "opened_after": 10000,
          "acknowledged_after": 15000,
          "answered_after": 180000,
          "target": 300000,
          "deadline": 600000,
          "late": false,
          "revisions": 1,
          "answer_seq": 11,
          "fields": [
            {
              "field": "class",
              "label": {
                "en": "What is it?",
                "fr": "De quoi s'agit-il ?"
              },
              "answer": "Password spraying",
              "erased": false,
              "points": 10,
              "credit_permille": 400,
              "reason": {
                "why": "partial"
              }
            },
            {
              "field": "signs",
              "label": {
                "en": "What shows it?",
                "fr": "Qu'est-ce qui le montre ?"
              },
              "answer": "The hour\nThe rate",
              "erased": false,
              "points": 6,
              "credit_permille": 500,
              "reason": {
                "why": "overlap",
                "matched": 1,
                "missing": 1,
                "extra": 1
              }
            },
            {
              "field": "why",
              "label": {
                "en": "Why?",
                "fr": "Pourquoi ?"
              },
              "answer": "Many accounts,\none source.",
              "erased": false,
              "points": 4,
              "credit_permille": null,
              "reason": {
                "why": "by_people"
              }
            }
          ],
          "criteria": [],
          "feedback": [],
          "score": {
            "inject": "alert",
            "attainable_milli": 20000,
            "points_milli": null,
            "outcome": {
              "why": "unmarked",
              "missing": 1
            },
            "components": [
              {
                "component": "accuracy",
                "weight": 20,
                "share_permille": 438
              },
              {
                "component": "timeliness",
                "weight": 10,
                "share_permille": 1000
              }
            ],
            "fields": [
              {
                "field": "class",
                "points": 10,
                "credit_permille": 400,
                "reason": {
                  "why": "partial"
                }
              },
              {
                "field": "signs",
                "points": 6,
                "credit_permille": 500,
                "reason": {
                  "why": "overlap",
                  "matched": 1,
                  "missing": 1,
                  "extra": 1
                }
              },
              {
                "field": "why",
                "points": 4,
                "credit_permille": null,
                "reason": {
                  "why": "by_people"
                }
              }
            ],
            "criteria": [],
            "actions": [],
            "band": "prompt",
            "tau": 170000,
            "hints_permille": 0,
            "late_permille": 1000,
            "revision": 1
          },
          "expected": [
            {
              "en": "Calls it guessing",
              "fr": "Parle d'essais"
            }
          ]
        }
      ],
      "earlier": []
    }
    "#);
    let late = &report.teams[1];
    assert_eq!((late.points_milli, late.attainable_milli, late.unmarked_milli), (1_667, 20_000, 0));
    assert!(late.injects[0].late);
    assert_eq!(late.injects[0].fields[0].answer.as_deref(), Some("Essais de mots de passe"));
    assert_eq!(report.limits, [Limit::Unmarked { answers: 1, points_milli: 20_000 }]);
}

#[test]
fn the_timeline_tells_what_happened_in_order_and_names_its_rows() {
    let mut hall = Hall::playing(TASK, &TEAMS);
    hall.order(
        300,
        Actor::System,
        Order::NoteOutage { from: OPENED.plus(Millis::seconds(200)), to: OPENED.plus(Millis::seconds(290)) },
    );
    hall.act(400, "director", Act::Pause { team: None, reason: "Lunch".to_owned() });
    let report = hall.report();
    let told: Vec<String> = report
        .timeline
        .iter()
        .map(|line| {
            let text = line.text.as_ref().map_or_else(String::new, |text| format!(": {text}"));
            format!("{} {}s {}{text}", line.seq, line.plan_time.0 / 1000, line.kind)
        })
        .collect();
    insta::assert_snapshot!(told.join("\n"), @r"
    1 0s exercise_created
    3 0s team_added
    5 0s team_added
    7 0s exercise_started
    8 60s inject_released
    9 300s outage_noted
    10 400s paused: Lunch
    ");
    assert_eq!(report.limits, [Limit::NotEnded, Limit::Outage { lasted: Millis::seconds(90) }]);
}

#[test]
fn erased_text_is_said_to_be_erased_and_points_stay() {
    let mut hall = Hall::playing(TASK, &TEAMS);
    hall.answer(240, "port-meridian", &[("class", choice("guessing")), ("why", text("Ask Jane Doe, she knows."))]);
    let before = hall.report().teams[0].points_milli;
    let part =
        hall.events.iter().find_map(|event| event.fact.clone().prose_mut().first().map(|prose| prose.part.clone()));
    hall.act(300, "director", Act::ErasePart { part: part.unwrap(), reason: "A real name".to_owned() });
    // What the parts table no longer has is not joined when the log is read.
    for event in &mut hall.events {
        for prose in event.fact.prose_mut() {
            prose.content = None;
        }
    }
    let report = hall.report();
    let why = &report.teams[0].injects[0].fields[2];
    assert_eq!((why.answer.as_deref(), why.erased), (None, true));
    assert_eq!(report.teams[0].points_milli, before);
    assert!(report.limits.contains(&Limit::Erased { parts: 1 }), "{:?}", report.limits);
    assert!(!serde_json::to_string(&report).unwrap().contains("Jane"));
}

#[test]
fn a_log_without_its_beginning_makes_no_report() {
    assert_eq!(build(&[], None), Err(ReportError::NoBeginning));
    let hall = Hall::playing(TASK, &TEAMS);
    assert_eq!(build(&hall.log()[1..], None), Err(ReportError::NoBeginning));
}
