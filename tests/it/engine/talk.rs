//! The team's log, its thread with control, and erasing what somebody wrote.

use drillhall::engine::{
    command::{Act, Actor, Command, Order},
    event::{EntryKind, Fact},
    id::PartId,
    rejection::Rejection,
    step::{by_system, step},
    time::{Millis, Timestamp},
};

use super::{
    fixture::{Drill, START, choice, given, say, submit, write_log},
    plan::lagoon,
};

fn entry(happened_at: Option<Timestamp>, inject: Option<&str>) -> Act {
    Act::WriteLog {
        text: "seen".to_owned(),
        happened_at,
        inject: inject.map(Into::into),
        kind: EntryKind::Observation,
        tlp: None,
        corrects: None,
    }
}

fn erase(part: &PartId) -> Act {
    Act::ErasePart { part: part.clone(), reason: "asked to".to_owned() }
}

#[test]
fn a_team_writes_its_log() {
    let drill = given(lagoon()).when("atoll-player", write_log(" seen ")).then(&["log of atoll: seen"]);
    let drill = drill.when("atoll-lead", write_log("done")).then(&["log of atoll: done"]);
    assert_eq!((drill.team("atoll").entries.len(), drill.team("basin").entries.len()), (2, 0));
}

#[test]
fn an_entry_says_something_and_not_too_much() {
    let drill = given(lagoon()).when("atoll-lead", write_log(" ")).refused(Rejection::EmptyText);
    let long = Rejection::TextTooLong { actual: 8_001, limit: 8_000 };
    drill.when("atoll-lead", write_log(&"x".repeat(8_001))).refused(long);
}

#[test]
fn an_entry_may_tell_of_earlier_and_two_minutes_ahead_at_most() {
    let happened = |drill: &Drill| match drill.last_fact() {
        Fact::LogWritten { happened_at, .. } => *happened_at,
        other => panic!("{other:?}"),
    };
    let drill = given(lagoon()).started().at(5).and("atoll-lead", entry(None, None));
    assert_eq!(happened(&drill), START.plus(Millis::minutes(5)), "now, unless it says when");
    let drill = drill.and("atoll-lead", entry(Some(START), None));
    assert_eq!(happened(&drill), START);
    let drill = drill.and("atoll-lead", entry(Some(START.plus(Millis::minutes(7))), None));
    let ahead = START.plus(Millis(7 * 60_000 + 1));
    let drill = drill.when("atoll-lead", entry(Some(ahead), None)).refused(Rejection::FutureTime);
    drill.when("atoll-lead", entry(Some(Timestamp(i64::MIN)), None)).refused(Rejection::TimeOutOfRange);
}

#[test]
fn an_entry_belongs_to_an_inject_that_the_team_received() {
    let drill = given(lagoon()).started().at(12);
    let drill = drill.when("atoll-lead", entry(None, Some("task"))).then(&["log of atoll: seen"]);
    drill.when("atoll-lead", entry(None, Some("news"))).refused(Rejection::UnknownInject("news".into()));
}

#[test]
fn a_team_and_control_talk_in_the_teams_thread() {
    let drill = given(lagoon()).when("atoll-player", say(None, "help")).then(&["team in thread of atoll: help"]);
    let drill = drill.when("atoll-moderator", say(Some("atoll"), "soon")).then(&["team in thread of atoll: soon"]);
    drill.when("facilitator", say(Some("atoll"), "how?")).then(&["control in thread of atoll: how?"]);
}

#[test]
fn nobody_writes_into_the_thread_of_another_team() {
    for who in ["atoll-lead", "atoll-player", "atoll-moderator"] {
        given(lagoon()).when(who, say(Some("basin"), "psst")).refused(Rejection::Forbidden);
        given(lagoon()).when(who, say(Some("cove"), "psst")).refused(Rejection::Forbidden);
    }
}

#[test]
fn control_says_which_team_it_talks_to() {
    let drill = given(lagoon()).when("director", say(None, "hello")).refused(Rejection::TeamMismatch);
    let drill = drill.when("director", say(Some("cove"), "hello")).refused(Rejection::UnknownTeam("cove".into()));
    drill.when("director", say(Some("atoll"), "")).refused(Rejection::EmptyText);
}

fn part_of(drill: &Drill) -> PartId {
    drill.last_fact().clone().prose_mut()[0].part.clone()
}

#[test]
fn the_director_erases_a_text_once() {
    let drill = given(lagoon()).and("atoll-lead", write_log("my name"));
    let part = part_of(&drill);
    let drill = drill.when("director", erase(&part)).then(&["erased"]);
    let drill = drill.when("director", erase(&part)).refused(Rejection::UnknownPart(part));
    let unknown = PartId::from("nowhere");
    drill.when("director", erase(&unknown)).refused(Rejection::UnknownPart(unknown));
}

#[test]
fn erasing_needs_a_reason() {
    let drill = given(lagoon()).and("atoll-lead", say(None, "my name"));
    let act = Act::ErasePart { part: part_of(&drill), reason: String::new() };
    drill.when("director", act).refused(Rejection::EmptyText);
}

#[test]
fn an_erased_answer_is_gone_from_the_state_and_its_score_stays() {
    let note = drillhall::engine::command::AnswerInput::Text("my name".to_owned());
    let answers = [("cause", choice("right")), ("note", note)];
    let drill = given(lagoon()).started().at(12).and("atoll-lead", submit("task", &answers));
    let before = drill.score("atoll", "task");
    let part = part_of(&drill);
    let drill = drill.and("director", erase(&part));
    let note = drill.delivery("task", "atoll").responses[0].answers[&"note".into()].prose().unwrap();
    assert_eq!((&note.part, note.text()), (&part, None));
    assert_eq!(drill.score("atoll", "task"), before);
}

#[test]
fn many_texts_go_at_once_each_once_and_those_that_are_gone_are_passed_over() {
    let drill = given(lagoon()).and("atoll-lead", write_log("one"));
    let first = part_of(&drill);
    let drill = drill.and("atoll-player", write_log("two"));
    let parts = vec![first.clone(), part_of(&drill), first, PartId::from("nowhere")];
    let erase = Order::Erase { parts, reason: "kept long enough".to_owned() };
    let mut state = drill.state.clone();
    let erased = step(&mut state, &by_system(erase.clone(), drill.now), drill.now).unwrap();
    assert_eq!(erased.len(), 2, "{erased:?}");
    assert_eq!(step(&mut state, &by_system(erase.clone(), drill.now), drill.now).unwrap(), []);
    let by_player = Command { actor: Actor::Person("atoll-lead".into()), ..by_system(erase, drill.now) };
    assert_eq!(step(&mut drill.state.clone(), &by_player, drill.now), Err(Rejection::Forbidden));
}
