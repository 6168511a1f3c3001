//! Reading, acknowledging and answering. An answer is never refused for its time.

use drillhall::engine::{
    command::{Act, AnswerInput},
    event::{Answer, Fact},
    id::FieldId,
    number::Number,
    plan::FieldKind,
    rejection::Rejection,
    time::{Millis, Timestamp},
};

use super::{
    fixture::{
        Drill, Outcome, START, acknowledge, answer, choice, choices, given, no_duff, pause, release, resume, submit,
    },
    plan::{at, field, lagoon, minutes, with, with_form},
};

/// `task` came at ten minutes and closes at twenty; it is twelve.
fn asked() -> Drill {
    given(lagoon()).started().at(12)
}

fn words(text: &str) -> AnswerInput {
    AnswerInput::Text(text.to_owned())
}

fn decision(option: Option<&str>, rationale: &str) -> AnswerInput {
    AnswerInput::Decision { option: option.map(Into::into), rationale: rationale.to_owned() }
}

fn lines(lines: &[&str]) -> AnswerInput {
    AnswerInput::Indicators(lines.iter().map(|line| (*line).to_owned()).collect())
}

fn number(written: &str) -> AnswerInput {
    AnswerInput::Number(written.to_owned())
}

fn time(written: &str) -> AnswerInput {
    AnswerInput::Time(written.to_owned())
}

/// Somebody answers an inject that asks for one thing only.
fn only(kind: FieldKind, input: AnswerInput) -> Outcome {
    let task = with_form(at("task", 10), None, vec![field("it", 0, kind)]);
    given(with(vec![task])).started().at(12).when("atoll-lead", submit("task", &[("it", input)]))
}

fn from_two_to_three() -> FieldKind {
    let parsed = |text| Some(Number::parse(text).expect("a number"));
    FieldKind::Number { least: parsed("2"), most: parsed("3"), unit: None }
}

fn delivered(inject: &str) -> Act {
    Act::NoteDelivered { inject: inject.into() }
}

fn opened(inject: &str) -> Act {
    Act::NoteOpened { inject: inject.into() }
}

#[test]
fn only_the_first_receipt_of_a_team_is_a_fact() {
    let drill = asked().when("atoll-player", delivered("task")).then(&["task delivered of atoll"]);
    let drill = drill.when("atoll-lead", delivered("task")).then(&[]);
    let drill = drill.when("atoll-lead", opened("task")).then(&["task opened of atoll"]);
    let drill = drill.when("atoll-player", opened("task")).then(&[]);
    let drill = drill.when("atoll-player", acknowledge("task")).then(&["task acknowledged of atoll"]);
    let drill = drill.when("atoll-lead", acknowledge("task")).then(&[]);
    drill.when("basin-lead", delivered("task")).then(&["task delivered of basin"]);
}

#[test]
fn receipts_are_timed_on_the_active_clock_from_the_release_on() {
    let drill = asked().and("atoll-player", delivered("task")).and("director", pause(None)).at(15);
    let drill = drill.and("atoll-player", opened("task")).and("director", resume(None)).at(16);
    let drill = drill.and("atoll-player", acknowledge("task"));
    let delivery = drill.delivery("task", "atoll");
    assert_eq!(delivery.delivered_after, Some(minutes(2)));
    assert_eq!(delivery.opened_after, Some(minutes(2)), "the pause does not count");
    assert_eq!(delivery.acknowledged_after, Some(minutes(3)));
}

#[test]
fn only_what_asks_for_it_is_acknowledged() {
    asked().when("atoll-lead", acknowledge("tie")).refused(Rejection::NothingToAcknowledge("tie".into()));
}

#[test]
fn what_a_team_has_not_received_does_not_exist_for_it() {
    let drill = given(lagoon()).started().and("director", release("extra", Some(&["basin"])));
    for id in ["extra", "nowhere"] {
        for act in [delivered(id), opened(id), acknowledge(id), answer(id, "right")] {
            let drill = given(lagoon()).started().and("director", release("extra", Some(&["basin"])));
            drill.when("atoll-lead", act).refused(Rejection::UnknownInject(id.into()));
        }
    }
    drill.when("basin-lead", answer("extra", "right")).then(&["extra answer 1 of basin after 0 s"]);
}

#[test]
fn a_field_of_each_kind_takes_its_answer() {
    let full = [
        ("cause", choice("right")),
        ("signs", choices(&["b", "a"])),
        ("note", words("  seen it ")),
        ("call", decision(Some("stop"), " too risky ")),
        ("why", decision(None, "because")),
        ("marks", lines(&[" 192.0.2.1 ", "", "evil.example"])),
    ];
    let drill = asked().when("atoll-lead", submit("task", &full)).then(&["task answer 1 of atoll after 120 s"]);
    let kept = &drill.delivery("task", "atoll").responses[0].answers;
    assert_eq!(kept[&"cause".into()], Answer::Choice("right".into()));
    assert_eq!(kept[&"signs".into()], Answer::Choices(["a".into(), "b".into()].into()));
    let said = |field: &str| kept[&field.into()].prose().and_then(|prose| prose.text()).unwrap().to_owned();
    assert_eq!(said("note"), "seen it");
    assert_eq!(said("call"), "too risky");
    assert_eq!(said("why"), "because");
    assert_eq!(said("marks"), "192.0.2.1\nevil.example");
}

#[test]
fn an_answer_that_does_not_fit_its_field_is_refused() {
    let no_option = "there is no such option";
    let other_type = "another type of answer is asked for";
    let table = [
        ("cause", choice("blue"), no_option),
        ("cause", words("right"), other_type),
        ("signs", choices(&["a", "blue"]), no_option),
        ("signs", choice("a"), other_type),
        ("note", choice("a"), other_type),
        ("call", decision(Some("blue"), "so"), no_option),
        ("call", decision(None, "so"), "choose an option"),
        ("call", decision(Some("stop"), " "), "say why"),
        ("why", decision(Some("stop"), "so"), no_option),
        ("marks", lines(&["a", "b", "c"]), "too many lines"),
        ("marks", lines(&["a\nb"]), "one indicator a line, of at most 500 characters"),
        ("marks", lines(&[&"x".repeat(501)]), "one indicator a line, of at most 500 characters"),
        ("marks", words("a"), other_type),
    ];
    for (field, input, reason) in table {
        let answers = [("cause", choice("right")), (field, input)];
        asked()
            .when("atoll-lead", submit("task", &answers))
            .refused(Rejection::BadAnswer { field: field.into(), reason });
    }
}

#[test]
fn an_answer_of_a_kind_with_rules_of_its_own_is_held_against_them() {
    let other_type = "another type of answer is asked for";
    let no_class = "this is no class or type of the taxonomy (RSIT)";
    let no_severity = "a severity is informational, low, medium, high or critical";
    let no_technique = "give ids of techniques such as `T1566` or `T1566.001`";
    let no_number = "write a number with at most three decimals";
    let no_time = "give date, time and offset from UTC: `2027-09-17T04:10-04:00`";
    let out_of_range = "the number is out of range";
    let line = || FieldKind::ShortText { max_chars: 5 };
    let techniques = || FieldKind::Techniques { most: 2 };
    let table = [
        (FieldKind::Classification, choice("mischief"), no_class),
        (FieldKind::Classification, words("availability"), other_type),
        (FieldKind::Severity, choice("grave"), no_severity),
        (FieldKind::Severity, choice("High"), no_severity),
        (techniques(), choices(&["T1566", "T99999"]), no_technique),
        (techniques(), choices(&["T1566", "T1078", "T1059"]), "too many techniques"),
        (techniques(), choice("T1566"), other_type),
        (line(), words("a\nb"), "write one line"),
        (line(), words("a\rb"), "write one line"),
        (from_two_to_three(), number("many"), no_number),
        (from_two_to_three(), number("2.0005"), no_number),
        (from_two_to_three(), number("1.999"), out_of_range),
        (from_two_to_three(), number("3.001"), out_of_range),
        (from_two_to_three(), words("2"), other_type),
        (FieldKind::Timestamp, time("yesterday"), no_time),
        (FieldKind::Timestamp, time("2027-09-17T04:10"), no_time),
        (FieldKind::Timestamp, time("2027-09-17-04:00"), no_time),
        (FieldKind::Timestamp, words("2027-09-17T04:10-04:00"), other_type),
        (FieldKind::File, words("abc"), other_type),
    ];
    for (kind, input, reason) in table {
        only(kind, input).refused(Rejection::BadAnswer { field: "it".into(), reason });
    }
    only(line(), words("abcdef")).refused(Rejection::TextTooLong { actual: 6, limit: 5 });
}

#[test]
fn what_lies_just_within_the_rules_of_its_kind_is_taken() {
    let table = [
        (FieldKind::Classification, choice("availability")),
        (FieldKind::Severity, choice("high")),
        (FieldKind::Techniques { most: 2 }, choices(&["T1566", "T1566.001"])),
        (FieldKind::ShortText { max_chars: 5 }, words(" abcde\n")),
        (from_two_to_three(), number("2")),
        (from_two_to_three(), number("3,000")),
        (FieldKind::Timestamp, time("2027-09-17T04:10-04:00")),
    ];
    for (kind, input) in table {
        only(kind, input).then(&["task answer 1 of atoll after 120 s"]);
    }
}

#[test]
fn ten_thousand_lines_of_indicators_are_refused() {
    let many = |n| AnswerInput::Indicators(vec!["192.0.2.1".to_owned(); n]);
    let most = || FieldKind::Indicators { max_lines: 500 };
    only(most(), many(10_000)).refused(Rejection::BadAnswer { field: "it".into(), reason: "too many lines" });
    only(most(), many(501)).refused(Rejection::BadAnswer { field: "it".into(), reason: "too many lines" });
    only(most(), many(500)).then(&["task answer 1 of atoll after 120 s"]);
}

#[test]
fn a_text_has_at_most_the_characters_of_its_field() {
    let with_note = |note: &str| submit("task", &[("cause", choice("right")), ("note", words(note))]);
    let drill = asked().when("atoll-lead", with_note(&"é".repeat(21)));
    let drill = drill.refused(Rejection::TextTooLong { actual: 21, limit: 20 });
    drill.when("atoll-lead", with_note(&"é".repeat(20))).then(&["task answer 1 of atoll after 120 s"]);
}

#[test]
fn a_required_field_must_be_filled_in() {
    let only_note = submit("task", &[("note", words("seen"))]);
    asked().when("atoll-lead", only_note).refused(Rejection::FieldMissing("cause".into()));
}

#[test]
fn a_field_left_empty_is_left_out() {
    let empty = [
        ("cause", choice("right")),
        ("signs", choices(&[])),
        ("note", words("  ")),
        ("why", decision(None, " ")),
        ("marks", lines(&[" "])),
    ];
    let drill = asked().and("atoll-lead", submit("task", &empty));
    let kept = &drill.delivery("task", "atoll").responses[0].answers;
    assert_eq!(kept.keys().map(FieldId::as_str).collect::<Vec<_>>(), ["cause"]);
}

#[test]
fn an_answer_says_something() {
    let mut optional = lagoon();
    optional.injects[1].content.form.as_mut().unwrap().fields[0].required = false;
    given(optional).started().at(12).when("atoll-lead", submit("task", &[])).refused(Rejection::EmptyText);
}

#[test]
fn a_field_that_was_not_asked_for_is_refused() {
    let unknown = Rejection::UnknownField { inject: "task".into(), field: "mood".into() };
    asked().when("atoll-lead", submit("task", &[("mood", words("fine"))])).refused(unknown);
}

#[test]
fn an_inject_without_fields_takes_no_answer() {
    asked().when("atoll-lead", answer("tie", "right")).refused(Rejection::NothingToAnswer("tie".into()));
}

#[test]
fn revisions_count_up_and_the_last_in_time_is_official() {
    let drill = asked().when("atoll-lead", answer("task", "wrong")).then(&["task answer 1 of atoll after 120 s"]);
    let drill = drill.at(15).when("atoll-lead", answer("task", "right"));
    let drill = drill.then(&["task answer 2 of atoll after 300 s"]);
    assert_eq!(drill.delivery("task", "atoll").official().unwrap().revision, 2);
    let drill = drill.at(30).when("atoll-lead", answer("task", "near"));
    let drill = drill.then(&["task answer 3 of atoll after 1200 s, late"]);
    assert_eq!(drill.delivery("task", "atoll").official().unwrap().revision, 2, "a late one does not replace it");
}

#[test]
fn without_one_in_time_the_last_late_answer_is_official() {
    let drill = asked().at(30).and("atoll-lead", answer("task", "wrong")).and("atoll-lead", answer("task", "right"));
    assert_eq!(drill.delivery("task", "atoll").official().unwrap().revision, 2);
}

#[test]
fn each_team_has_its_own_answer() {
    let drill = asked().and("atoll-lead", answer("task", "right"));
    drill.when("basin-lead", answer("task", "wrong")).then(&["task answer 1 of basin after 120 s"]);
}

#[test]
fn an_answer_at_the_deadline_is_in_time_and_one_after_it_is_late() {
    let drill = asked().at(20).when("atoll-lead", answer("task", "right"));
    let drill = drill.then(&["task answer 1 of atoll after 600 s"]);
    drill
        .at_seconds(1201)
        .when("atoll-lead", answer("task", "right"))
        .then(&["task answer 2 of atoll after 601 s, late"]);
}

#[test]
fn lateness_is_judged_by_when_it_was_read_although_the_window_closed_first() {
    let drill = asked().at_seconds(1202);
    assert!(drill.delivery("task", "atoll").closed);
    let drill = drill.when_read_at_second(1199, "atoll-lead", answer("task", "right"));
    let drill = drill.then(&["task answer 1 of atoll after 599 s"]);
    let last = drill.log.last().unwrap();
    assert_eq!(last.at, START.plus(Millis::seconds(1202)), "order goes by the decision");
}

#[test]
fn lateness_is_judged_on_the_active_clock() {
    let drill = asked().and("director", pause(Some("atoll"))).at(25).and("director", resume(Some("atoll"))).at(26);
    let drill = drill.when("atoll-lead", answer("task", "right")).then(&["task answer 1 of atoll after 180 s"]);
    drill.when("basin-lead", answer("task", "right")).then(&["task answer 1 of basin after 960 s, late"]);
}

#[test]
fn an_answer_during_a_pause_counts_at_the_moment_of_the_pause() {
    let drill = asked().and("director", pause(None)).at(40);
    drill.when("atoll-lead", answer("task", "right")).then(&["task answer 1 of atoll after 120 s"]);
    let drill = asked().and("director", no_duff()).at(40);
    drill.when("atoll-lead", answer("task", "right")).then(&["task answer 1 of atoll after 120 s"]);
}

#[test]
fn an_answer_after_endex_is_kept_as_late() {
    let drill = asked().and("director", Act::EndEx);
    let drill = drill.when("atoll-lead", answer("task", "right")).then(&["task answer 1 of atoll after 120 s"]);
    let drill = drill.at(13).when("atoll-lead", answer("task", "right"));
    let drill = drill.then(&["task answer 2 of atoll after 120 s, late"]);
    drill.when_read_at_second(700, "basin-lead", answer("task", "right")).then(&["task answer 1 of basin after 100 s"]);
}

#[test]
fn a_claim_of_when_it_was_written_is_kept_for_people_only() {
    let with_claim = |claim| match answer("task", "right") {
        Act::Submit { inject, answers, .. } => Act::Submit { inject, answers, composed_at: Some(claim) },
        other => other,
    };
    let claimed = |drill: &Drill| match drill.last_fact() {
        Fact::ResponseSubmitted { composed_at, late, .. } => (*composed_at, *late),
        other => panic!("{other:?}"),
    };
    let drill = asked().at(30).and("atoll-lead", with_claim(START));
    assert_eq!(claimed(&drill), (Some(START), true));
    for nonsense in [Timestamp(i64::MAX), Timestamp(i64::MIN)] {
        let drill = asked().and("atoll-lead", with_claim(nonsense));
        assert_eq!(claimed(&drill), (None, false), "honest work is not refused for a broken clock");
    }
}
