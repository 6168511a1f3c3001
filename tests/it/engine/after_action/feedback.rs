//! Feedback: what is asked, who gives it, and that nobody learns who said what.

use std::collections::BTreeSet;

use drillhall::engine::{
    after_action::{Returned, feedback_sums, feedback_texts},
    command::{Act, AnswerInput},
    plan::{Field, FieldKind, usual_feedback},
    rejection::{AfterAction, Rejection},
    role::Role,
    state::Stage,
    view::{
        card::{Card, LastValue},
        value,
    },
};

use super::{acts::feedback, ended};
use crate::engine::{
    fixture::{Drill, choice, given},
    plan::{lagoon, text},
    views::{cards, keys, seat_of},
};

fn words(text: &str) -> AnswerInput {
    AnswerInput::Text(text.to_owned())
}

/// Texts of the board that staff see.
fn texts(drill: &Drill, person: &str) -> Vec<Option<String>> {
    let cards = cards(drill, person).into_iter();
    cards
        .filter_map(|(_, card)| if let Card::FeedbackText(card) = card { Some(card.text.text) } else { None })
        .collect()
}

#[test]
fn the_usual_form_is_whole_in_every_language() {
    let languages: BTreeSet<&str> = ["en", "fr", "es", "ar", "pt", "ru", "zh"].into();
    let whole = |text: &drillhall::engine::text::Text| {
        let known: BTreeSet<&str> = text.0.keys().map(|language| language.0.as_str()).collect();
        assert_eq!(known, languages, "{text:?}");
        assert!(text.0.values().all(|words| !words.trim().is_empty()));
    };
    assert_eq!(usual_feedback().len(), 8);
    for field in usual_feedback() {
        whole(&field.label);
        let options = field.kind.options();
        assert!(options.len() == 5 || matches!(field.kind, FieldKind::LongText { .. }));
        for option in options {
            whole(&option.label);
        }
    }
}

#[test]
fn endex_asks_everybody_what_is_usual_unless_the_scenario_asks_something() {
    let asked = |drill: &Drill, person| match cards(drill, person).remove("feedback") {
        Some(Card::Feedback(card)) => card.fields.iter().map(|field| field.id.to_string()).collect(),
        _ => Vec::new(),
    };
    assert_eq!(asked(&ended(), "atoll-player").len(), 8);
    assert_eq!(asked(&ended(), "observer").len(), 8);
    assert_eq!(asked(&ended(), "reviewer"), [""; 0]);
    assert_eq!(asked(&given(lagoon()).started(), "atoll-player"), [""; 0], "not before the end");
    let mut plan = lagoon();
    let mut food: Field = usual_feedback()[0].clone();
    (food.id, food.label) = ("food".into(), text("The food was good."));
    plan.feedback = vec![food];
    let drill = given(plan).started().and("director", Act::EndEx);
    assert_eq!(asked(&drill, "atoll-player"), ["food"]);
    drill.when("atoll-player", feedback(&[("food", choice("agree"))])).then(&["feedback on 1 questions"]);
}

#[test]
fn each_person_gives_feedback_once_and_may_replace_it() {
    let first = feedback(&[("pace", choice("disagree")), ("went-well", words("the maps"))]);
    let drill = ended().when("atoll-player", first).then(&["feedback on 2 questions"]);
    let again = feedback(&[("pace", choice("agree")), ("went-well", words("the tea"))]);
    let drill = drill.when("atoll-player", again).then(&["feedback on 2 questions, anew"]);
    let sums = feedback_sums(&drill.state);
    let pace = sums.questions.iter().find(|sums| sums.field.as_str() == "pace").unwrap();
    assert_eq!((pace.given, pace.options.get(&"agree".into()), pace.options.len()), (1, Some(&1), 1));
    assert_eq!(sums.by_role[&Role::Player], Returned { given: 1, asked: 2 });
    assert_eq!(texts(&drill, "director"), [Some("the tea".to_owned())]);
}

#[test]
fn feedback_is_asked_for_after_the_end_and_by_questions_of_the_form() {
    let agree = || feedback(&[("pace", choice("agree"))]);
    given(lagoon()).started().when("atoll-player", agree()).refused(Rejection::WrongStage(Stage::Running));
    let drill = ended().when("director", agree()).refused(Rejection::Forbidden);
    let drill = drill.when("reviewer", agree()).refused(Rejection::Forbidden);
    let strange = feedback(&[("weather", choice("agree"))]);
    let drill = drill.when("observer", strange).refused(AfterAction::UnknownQuestion("weather".into()).into());
    let drill = drill.when("observer", feedback(&[])).refused(Rejection::EmptyText);
    let long = feedback(&[("went-well", words(&"x".repeat(2_001)))]);
    drill.when("observer", long).refused(Rejection::TextTooLong { actual: 2_001, limit: 2_000 });
}

#[test]
fn nobody_is_told_who_said_what() {
    let said = feedback(&[("to-improve", words("begin later"))]);
    let drill = ended().and("basin-lead", said);
    for person in ["director", "facilitator", "lead-evaluator"] {
        let all = cards(&drill, person);
        let (_, card) = all.iter().find(|(key, _)| key.starts_with("feedback_text/")).expect("staff read it");
        assert!(!serde_json::to_string(card).unwrap().contains("basin"));
        let (_, value) = value::feedback(&drill.state, &seat_of(person, &drill)).expect("staff see sums");
        assert!(!serde_json::to_string(&value).unwrap().contains("basin"));
    }
    for person in ["basin-player", "atoll-lead", "observer", "actor"] {
        assert!(!keys(&drill, person).iter().any(|key| key.starts_with("feedback_")), "{person}");
        assert_eq!(value::feedback(&drill.state, &seat_of(person, &drill)), None);
    }
    let own: Vec<_> = keys(&drill, "basin-lead").into_iter().filter(|key| key.starts_with("feedback_")).collect();
    assert_eq!(own, ["feedback_given"], "that it was given, and no more");
}

#[test]
fn the_order_of_texts_does_not_tell_who_was_first() {
    let say = |drill: Drill, who: &str| drill.and(who, feedback(&[("to-improve", words(who))]));
    let people = ["atoll-lead", "atoll-player", "basin-lead", "basin-player", "observer", "evaluator"];
    let drill = people.into_iter().fold(ended(), say);
    let question = "to-improve".into();
    let texts = feedback_texts(&drill.state, &question);
    assert!(texts.is_sorted_by_key(|text| &text.part));
    assert_eq!(texts.len(), people.len());
}

#[test]
fn an_erased_text_is_gone_from_state_and_the_sums_stay() {
    let drill = ended().and("basin-lead", feedback(&[("to-improve", words("begin later")), ("pace", choice("agree"))]));
    let part = feedback_texts(&drill.state, &"to-improve".into())[0].part.clone();
    let drill = drill.and("director", Act::ErasePart { part, reason: "asked to".to_owned() });
    assert_eq!(feedback_texts(&drill.state, &"to-improve".into())[0].text(), None);
    let Some((_, LastValue::Feedback { sums })) = value::feedback(&drill.state, &seat_of("director", &drill)) else {
        panic!("sums")
    };
    assert_eq!(sums.questions.iter().map(|question| question.given).sum::<u32>(), 2);
}
