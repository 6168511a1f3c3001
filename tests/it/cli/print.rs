//! `drillhall print`, as people run it: what is on the pages, and what must not be.

use super::run::Desk;

/// Everything of staff's that a scenario can hold, each under a name of its own.
const CANARIES: [&str; 9] = [
    "CANARY-NOTES",
    "CANARY-EXPECTED",
    "CANARY-OBJECTIVE",
    "CANARY-RESPONSIBLE",
    "CANARY-SAMPLE",
    "CANARY-TRUTH",
    "CANARY-HINT",
    "CANARY-ANCHOR",
    "CANARY-ACTION",
];

const SCENARIO: &str = r#"format: 1
meta:
  name: canary
  title: "A </style><script>alert(1)</script> drill"
  tlp: amber
  languages: [en]
  duration: 30m
ground_truth: CANARY-TRUTH
objectives:
  - {id: triage, title: CANARY-OBJECTIVE, capability: triage_and_classification}
directory:
  - {name: The regulator, role: Takes reports, address: desk@regulator.example}
injects:
  - id: by-hand
    kind: contextual
    manual: true
    player: {title: The minister calls, body: She is worried., channel: phone}
  - id: later
    kind: task
    after: {inject: alert, delay: 5m}
    player:
      title: Next question
      body: What now?
      channel: mail
      form:
        fields:
          - {id: next, label: What do you do?, long_text: {max_chars: 500}}
          - {id: hosts, label: How many?, number: {least: 0, most: 12.5, unit: hosts}}
          - {id: kind, label: Which class?, classification: {}}
          - {id: bad, label: How bad?, severity: {}}
          - {id: how, label: Which techniques?, techniques: {most: 3}}
          - {id: since, label: Since when?, timestamp: {}}
          - {id: log, label: The log, file: {}}
          - {id: report, sitrep: {without: [decisions]}}
    staff:
      evaluation:
        rubric:
          - id: clear
            title: Clear
            anchors: {0: CANARY-ANCHOR, 1: One, 2: Two, 3: Three, 4: Four}
        actions: [{id: told, text: CANARY-ACTION, critical: true}]
  - id: alert
    kind: task
    at: 1m
    player:
      title: Many failed sign-ins
      body: Four hundred in five minutes.
      channel: soc_alert
      form:
        deadline: 10m
        hints: [{id: look, label: Where to look, price_percent: 20}]
        fields:
          - id: class
            label: What is it?
            required: true
            points: 10
            choice: [{id: guessing, label: Password guessing}, {id: phishing, label: Phishing}]
          - {id: why, label: Why?, long_text: {max_chars: 500}}
    staff:
      notes: CANARY-NOTES
      hints: {look: CANARY-HINT}
      expected: [CANARY-EXPECTED]
      objectives: [triage]
      responsible: CANARY-RESPONSIBLE
      keys:
        class: {options: {guessing: 100, phishing: 37}}
      samples:
        good: {class: {choice: guessing}, why: {text: CANARY-SAMPLE}}
"#;

fn printed(arguments: &[&str]) -> Desk {
    let desk = Desk::new();
    desk.write("canary.yaml", SCENARIO);
    let ran = desk.run(&[&["print", "canary.yaml", "-o", "paper"], arguments].concat());
    assert_eq!(ran.code, Some(0), "{ran:?}");
    desk
}

fn page(desk: &Desk, name: &str) -> String {
    String::from_utf8(desk.read(&format!("paper/{name}.html"))).unwrap()
}

#[test]
fn sheets_and_card_hold_nothing_of_staffs() {
    let desk = printed(&["--language", "en", "--language", "ar"]);
    for language in ["en", "ar"] {
        let book = page(&desk, &format!("inject-book.{language}"));
        // The book proves that the canaries live. Samples and the truth of the story are no part of it.
        for told in [
            "CANARY-NOTES",
            "CANARY-EXPECTED",
            "CANARY-OBJECTIVE",
            "CANARY-RESPONSIBLE",
            "CANARY-HINT",
            "CANARY-ANCHOR",
            "CANARY-ACTION",
            "37",
        ] {
            assert!(book.contains(told), "{told}");
        }
        assert!(book.contains("STAFF ONLY"));
        for name in ["answer-sheets", "contact-card"] {
            let html = page(&desk, &format!("{name}.{language}"));
            let (_, body) = html.split_once("<body>").unwrap();
            let found: Vec<_> = CANARIES.into_iter().chain(["37", "STAFF"]).filter(|it| body.contains(it)).collect();
            assert_eq!(found, [""; 0], "{name}.{language}");
        }
    }
}

#[test]
fn a_sheet_asks_what_the_form_asks() {
    let html = page(&printed(&[]), "answer-sheets.en");
    assert_eq!(html.matches("<article class=\"sheet\">").count(), 2);
    for asked in ["Many failed sign-ins", "What is it?", "Password guessing", "Phishing", "Why?", "Where to look"] {
        assert!(html.contains(asked), "{asked}");
    }
    for asked in [
        "A number from 0 to 12.5:",
        "Unit: hosts",
        "<bdi lang=\"en\">Intrusion Attempts</bdi>",
        "Informational",
        "Ids such as T1566.001, at most 3:",
        "Date, time and offset from UTC:",
        "Hand the file in",
        "<h2 class=\"document\"><bdi>Situation report",
        "Outlook",
    ] {
        assert!(html.contains(asked), "{asked}");
    }
    assert!(!html.contains("Decisions taken"));
    // The first in time, though it stands last in the file, has the first number.
    assert!(html.find("Many failed sign-ins") < html.find("Next question"));
    assert!(!html.contains("Four hundred"), "the message is read out when its time has come");
}

#[test]
fn every_page_is_marked_stands_alone_and_lets_nothing_become_markup() {
    let desk = printed(&["--language", "en", "--language", "ar"]);
    for name in ["inject-book", "answer-sheets", "contact-card"] {
        let html = page(&desk, &format!("{name}.ar"));
        assert!(html.starts_with("<!doctype html>\n<html lang=\"ar\" dir=\"rtl\">"), "{name}");
        for forbidden in ["<script", "<link", "<img", "@import", "url(", "src=", "style="] {
            assert!(!html.contains(forbidden), "{name}: {forbidden}");
        }
        assert_eq!(html.matches("</style>").count(), 1, "{name}");
        assert!(html.matches("EXERCISE EXERCISE EXERCISE").count() >= 4, "{name}");
        assert!(html.contains("TLP:AMBER"), "{name}");
        assert!(html.contains("counter(page) \" / \" counter(pages)"), "{name}");
    }
    let card = page(&desk, "contact-card.ar");
    assert!(card.contains("NO DUFF, NO DUFF, NO DUFF. This is a real emergency."));
    assert!(card.contains("desk@regulator.example"));
}

#[test]
fn a_log_prints_the_plan_with_its_teams_and_what_they_were_sent() {
    let desk = Desk::rehearsed();
    let ran = desk.run(&["print", "log.jsonl", "-o", "paper", "--language", "zh"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let book = page(&desk, "inject-book.zh");
    // It was a rehearsal, and says so in the margins of every sheet of paper, too.
    assert_eq!(book.matches("center { content: \"EXERCISE EXERCISE EXERCISE \u{2013} REHEARSAL ").count(), 2, "{book}");
    assert!(book.contains("<th scope=\"row\"><bdi>") && book.contains(" UTC</td>"), "{book}");
}

#[test]
fn a_language_without_words_is_refused() {
    let desk = Desk::new();
    let ran = desk.run(&["print", "small.yaml", "-o", "paper", "--language", "tlh"]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.err.contains("there are words to print in ar, en, es, fr, pt, ru, zh"), "{}", ran.err);
    let ran = desk.run(&["print", "small.yaml", "-o", "paper", "--language", "en-/../x"]);
    assert_eq!(ran.code, Some(2));
}
