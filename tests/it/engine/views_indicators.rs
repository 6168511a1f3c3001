//! What a team and those who run the exercise see of a list of indicators: what each line was understood as.

use drillhall::engine::{
    command::AnswerInput,
    id::FieldId,
    indicator::Kind,
    plan::FieldKind,
    view::card::{AnswerCard, Card, RecognisedCard},
};

use super::{
    fixture::{Drill, given, submit},
    plan::{at, field, with, with_form},
    views::{cards, keys},
};

/// The atoll has answered with these lines.
fn answered(lines: &[&str]) -> Drill {
    let lines = AnswerInput::Indicators(lines.iter().map(|line| (*line).to_owned()).collect());
    let task = with_form(at("task", 10), None, vec![field("marks", 1, FieldKind::Indicators { max_lines: 500 })]);
    given(with(vec![task])).started().at(12).and("atoll-lead", submit("task", &[("marks", lines)]))
}

/// The text as a person sees it, and what it was understood as.
fn shown(drill: &Drill, person: &str) -> (Option<String>, Option<RecognisedCard>) {
    let Some(Card::Response(mut response)) = cards(drill, person).remove("response/task/atoll/1") else {
        panic!("{person} sees no answer");
    };
    match response.answers.remove(&FieldId::from("marks")) {
        Some(AnswerCard::Indicators { lines, recognised }) => (lines.text, recognised),
        other => panic!("{other:?}"),
    }
}

fn lines(card: &RecognisedCard) -> Vec<(Kind, &str)> {
    card.shown.iter().map(|one| (one.kind, one.value.as_str())).collect()
}

#[test]
fn an_answer_shows_what_each_line_was_understood_as() {
    let drill = answered(&[
        "hxxp://evil[.]example",
        "192.0.2[.]7",
        "Evil.Example",
        "192.0.2.7",
        "a hunch",
        "CVE-2024-1234,AS64500",
    ]);
    for person in ["atoll-lead", "atoll-player", "atoll-moderator", "director", "evaluator"] {
        let (text, recognised) = shown(&drill, person);
        assert!(text.expect("it is there").starts_with("hxxp://evil[.]example\n"), "as it was typed");
        let recognised = recognised.expect("it was read");
        let expected = [
            (Kind::Url, "http://evil.example"),
            (Kind::Ipv4, "192.0.2.7"),
            (Kind::Domain, "evil.example"),
            (Kind::Other, "a hunch"),
            (Kind::Cve, "CVE-2024-1234"),
            (Kind::Asn, "AS64500"),
        ];
        assert_eq!(lines(&recognised), expected, "in the order of the lines, each once");
        assert!(expected.iter().all(|(kind, _)| recognised.kinds[kind] == 1), "{:?}", recognised.kinds);
        assert_eq!(recognised.more, 0);
    }
    assert!(!keys(&drill, "basin-lead").contains("response/task/atoll/1"));
}

#[test]
fn an_erased_list_leaves_nothing_of_what_it_was_understood_as() {
    let mut drill = answered(&["192.0.2.7"]);
    for event in &mut drill.log {
        // As the log is read once its texts are gone.
        for prose in event.fact.prose_mut() {
            prose.content = None;
        }
    }
    for person in ["atoll-lead", "director"] {
        assert_eq!(shown(&drill, person), (None, None), "{person}");
    }
}

#[test]
fn a_long_list_is_counted_whole_and_shown_in_part() {
    let list = |length: usize, line: &dyn Fn(usize) -> String| {
        RecognisedCard::of(&(0..length).map(line).collect::<Vec<_>>().join("\n"))
    };
    let many = list(300, &|n| format!("host-{n}[.]example"));
    assert_eq!((many.kinds[&Kind::Domain], many.shown.len(), many.more), (300, 200, 100));
    assert_eq!(many.shown[0].value, "host-0.example");
    let long = list(500, &|n| format!("http://evil.example/{n:0>450}"));
    assert_eq!((long.kinds[&Kind::Url], long.shown.len(), long.more), (500, 69, 431), "no more than 32 KiB");
    assert_eq!(RecognisedCard::of(" \n\n"), RecognisedCard::default());
}
