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

/// A scenario with every kind of branch in it, and nothing wrong.
pub(crate) const BRANCHES: &str = r"format: 1
meta: {name: branches, title: {en: Branches, fr: Branches}, tlp: clear, languages: [en, fr], duration: 60m}
cohorts: [a, b]
directory:
  - {name: {en: North, fr: Nord}, role: {en: Peer, fr: Pair}, address: north@cirt.example, alias: north, for_team: true}
  - {name: {en: South, fr: Sud}, role: {en: Peer, fr: Pair}, address: south@cirt.example, alias: south, for_team: true}
flags:
  - {id: warned, title: {en: Warned, fr: Averti}, when: {answer: {inject: alert, field: act, includes: warn}}}
variables:
  - {id: town, title: {en: Town, fr: Ville}, default: {en: Saltmere, fr: Salines}}
breaks:
  - {id: tea, title: {en: Tea, fr: Pause}, at: 30m, length: 10m}
cuts:
  - {cohort: a, at: 40m, until: 45m, notice: {en: The line is down., fr: La ligne est coupée.}}
injects:
  - id: alert
    kind: admin
    at: 1m
    player:
      title: {en: Alert, fr: Alerte}
      body: {en: 'Trouble in {{town}}.', fr: 'Ennuis à {{town}}.'}
      form:
        acknowledge: true
        fields:
          - id: act
            label: {en: What now?, fr: Que faire ?}
            points: 10
            choice: [{id: warn, label: {en: Warn, fr: Avertir}}, {id: wait, label: {en: Wait, fr: Attendre}}]
          - {id: why, label: {en: Why?, fr: Pourquoi ?}, long_text: {max_chars: 100}}
        hints:
          - {id: who, label: {en: Whom?, fr: Qui ?}, price_percent: 20}
    staff:
      keys: {act: {choice: warn}}
      hints: {who: {en: The neighbours., fr: Les voisins.}}
  - id: thanks
    kind: admin
    when: {flag: warned}
    delay: 2m
    only_if: {not: {received: reproach}}
    player: {title: {en: Thanks, fr: Merci}, body: {en: Well done., fr: Bien joué.}}
    alternatives:
      - id: short
        when: {logged: 3}
        player: {title: {en: Thanks, fr: Merci}, body: {en: 'Well noted, {{town}}.', fr: 'Bien noté, {{town}}.'}}
  - id: reproach
    kind: contingency
    when: {all: [{silent: {inject: alert, for: 20m}}, {not: {received: thanks}}]}
    player: {title: {en: Asleep?, fr: Vous dormez ?}, body: {en: Hello?, fr: Allô ?}, channel: phone}
";
