//! A small scenario that is right, for tests that need some plan.

use std::collections::BTreeMap;

use drillhall::{
    engine::plan::Plan,
    scenario::{MAIN_FILE, Pack, diagnostic::Diagnostics, load_from},
};

/// Two injects: an alert with a scored task, and a call that follows it.
pub(crate) const TWO_INJECTS: &str = r"format: 1
meta:
  name: two-injects
  title: Two injects
  tlp: clear
  languages: [en]
  duration: 30m
cohorts: [a, b]
objectives:
  - {id: triage, title: Tell an incident from noise, capability: triage_and_classification}
personas:
  - {id: soc, name: Watch desk}
injects:
  - id: alert
    kind: task
    at: 1m
    audience: all
    player:
      title: Many failed sign-ins
      body: 400 failed sign-ins from 203.0.113.9 in five minutes.
      channel: soc_alert
      from: soc
      form:
        target: 5m
        deadline: 10m
        fields:
          - id: class
            label: What is it?
            required: true
            points: 10
            choice: [{id: guessing, label: Password guessing}, {id: phishing, label: Phishing}]
          - {id: why, label: Why?, long_text: {max_chars: 500}}
    staff:
      objectives: [triage]
      keys:
        class: {choice: guessing}
      samples:
        weak: {class: {choice: phishing}}
        good: {class: {choice: guessing}, why: {text: One source and many accounts.}}
  - id: call
    kind: contextual
    after: {inject: alert, delay: 5m}
    player:
      title: The minister calls
      body: She asks whether she can still sign in.
      channel: phone
";

/// Checks one document as the scenario file of a pack with nothing else in it.
pub(crate) fn load_text(scenario: &str) -> Result<Pack, Diagnostics> {
    load_from(&BTreeMap::from([(MAIN_FILE.to_owned(), scenario.to_owned())]), MAIN_FILE)
}

/// The plan of [`TWO_INJECTS`].
pub(crate) fn two_injects() -> Plan {
    load_text(TWO_INJECTS).unwrap_or_else(|wrong| panic!("{wrong}")).plan
}
