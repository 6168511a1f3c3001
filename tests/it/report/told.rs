//! What the timeline tells of the facilitator's day.

use drillhall::{
    engine::{
        command::{Act, Observe},
        event::Polarity,
        text::Language,
        time::Millis,
    },
    report::html::render,
};

use super::hall::{Hall, TASK};

fn eventful() -> Hall {
    let mut hall = Hall::playing(TASK, &[("a", "Alpha", "en")]);
    hall.act(30, "director", Act::Shift { by: Millis::minutes(2) });
    hall.act(40, "director", Act::SetRate { permille: 1500 });
    hall.act(300, "director", Act::Extend { inject: "alert".into(), teams: None, by: Millis::minutes(5) });
    let note = Act::Observe(Observe {
        text: "They wrote it down".to_owned(),
        team: Some("a".into()),
        inject: None,
        capability: None,
        polarity: Polarity::Negative,
    });
    hall.act(310, "director", note);
    let call = Act::RaiseNoDuff { text: "Somebody fell".to_owned(), call_back: "555-0199".to_owned() };
    hall.act(320, "director", call);
    hall
}

#[test]
fn the_timeline_says_by_how_much_and_for_or_against() {
    let report = eventful().report();
    let text = |kind: &str| {
        let line = report.timeline.iter().find(|line| line.kind == kind);
        line.unwrap_or_else(|| panic!("{kind} is not told")).text.clone().unwrap_or_default()
    };
    assert_eq!(text("shifted"), "+2:00");
    assert_eq!(text("rate_set"), "\u{d7} 1.5");
    assert_eq!(text("deadline_extended"), "+5:00");
    assert_eq!(text("observation_noted"), "(\u{2212}) They wrote it down");
    assert_eq!(text("no_duff_raised"), "Somebody fell");
}

#[test]
fn a_new_time_is_told_with_the_time_that_it_is() {
    let mut hall = Hall::playing(TASK, &[("a", "Alpha", "en")]);
    hall.act(30, "director", Act::Retime { inject: "alert".into(), teams: None, at: Millis::minutes(4) });
    let report = hall.report();
    let line = report.timeline.iter().find(|line| line.kind == "inject_retimed").unwrap();
    assert_eq!(line.text.as_deref(), Some("T+0:04:00"));
}

#[test]
fn the_number_to_call_back_is_in_no_report() {
    let report = eventful().report();
    assert!(!serde_json::to_string(&report).unwrap().contains("555-0199"));
    assert!(!render(&report, &Language::from("en")).contains("555-0199"));
}
