//! Before the start: teams by the list, comcheck, and the go/no-go list.

use std::collections::BTreeMap;

use drillhall::engine::{
    command::{Act, Actor, AddTeams, AnswerInput, Comcheck, Command, NewTeam, Order, TickReady},
    event::{Begun, Event, Fact, Prepared, ReadyLine},
    id::InjectId,
    plan::{InjectKind, practice_messages},
    prose::Mint,
    readiness::{Present, lines},
    rejection::{Preparing, Rejection},
    role::Role,
    score::team_score,
    state::{Stage, State},
    time::Millis,
};

use super::{
    every::ready,
    fixture::{Drill, START, acknowledge, choice, given},
    plan::lagoon,
};

fn open() -> Act {
    Act::Comcheck(Comcheck { open: true })
}

fn close() -> Act {
    Act::Comcheck(Comcheck { open: false })
}

fn tick(line: ReadyLine, done: bool) -> Act {
    Act::TickReady(TickReady { line, done, note: Some("by Ana".to_owned()) })
}

fn first_message(drill: &Drill) -> InjectId {
    drill.state.preparation.comcheck.as_ref().expect("one was sent").messages[0].id.clone()
}

fn reads(inject: &InjectId) -> Act {
    let answers = BTreeMap::from([("reads".into(), choice("well"))]);
    Act::Submit { inject: inject.clone(), answers, composed_at: None }
}

fn sign(drill: &Drill, who: &str) -> Result<Vec<Event>, Rejection> {
    let lines = lines(&drill.state, &Present::default());
    let order = Order::SignReady { lines, note: Some("with the paper pack".to_owned()) };
    let actor = Actor::Person(who.into());
    drill.state.decide(&Command { actor, received_at: drill.now, mint: Mint::new([7; 32]), order }, drill.now)
}

fn signed(mut drill: Drill) -> Drill {
    for event in sign(&drill, "director").expect("a director signs") {
        drill.state.apply(&event);
        drill.log.push(event);
    }
    drill
}

#[test]
fn many_teams_join_together_or_not_at_all() {
    let team = |id: &str| NewTeam {
        team: id.into(),
        name: id.to_uppercase(),
        language: "en".into(),
        cohort: None,
        alias: None,
    };
    let all = |ids: &[&str]| Act::AddTeams(AddTeams { teams: ids.iter().map(|id| team(id)).collect() });
    let told = ["coral joins reef", "dune joins shelf"];
    given(lagoon()).when("director", all(&["coral", "dune"])).then(&told);
    given(lagoon()).when("director", all(&["coral", "atoll"])).refused(Rejection::TeamExists("atoll".into()));
    given(lagoon()).when("director", all(&["coral", "coral"])).refused(Rejection::TeamExists("coral".into()));
    given(lagoon()).when("facilitator", all(&["coral"])).refused(Rejection::Forbidden);
}

#[test]
fn a_comcheck_sends_one_message_a_channel_and_ends_with_the_start() {
    let plan = lagoon();
    let messages = practice_messages(&plan, 1);
    let channels: std::collections::BTreeSet<_> = messages.iter().map(|message| message.content.channel).collect();
    assert_eq!(channels.len(), messages.len(), "one each");
    assert!(messages.iter().all(|message| message.kind == InjectKind::Practice));
    for message in &messages {
        for language in &plan.languages {
            for text in [&message.content.title, &message.content.body] {
                assert!(!text.get(language).is_empty() && !text.get(language).contains('{'), "{text:?}");
            }
        }
    }
    let sent = format!("comcheck 1: {} messages to atoll+basin", messages.len());
    let drill = given(plan);
    drill.when("facilitator", open()).then(&[&sent]);
    let again = given(lagoon()).and("facilitator", open()).when("facilitator", open());
    again.then(&["comcheck 1 over", &sent.replace("comcheck 1", "comcheck 2")]);
    given(lagoon()).and("facilitator", open()).when("director", close()).then(&["comcheck 1 over"]);
    given(lagoon()).when("director", close()).refused(Preparing::NoComcheck.into());
    given(lagoon()).and("facilitator", open()).when("director", Act::StartEx).then(&[
        "comcheck 1 over",
        "started",
        "phase quiet",
    ]);
    given(lagoon()).started().when("facilitator", open()).refused(Rejection::WrongStage(Stage::Running));
}

#[test]
fn a_team_answers_as_it_would_in_play_and_nothing_counts() {
    let drill = given(lagoon()).and("facilitator", open());
    let inject = first_message(&drill);
    let scored = team_score(&drill.state, &drill.state.teams[0]);
    let drill = drill.and("atoll-player", Act::NoteDelivered { inject: inject.clone() });
    let drill = drill.and("atoll-player", acknowledge(inject.as_str())).and("atoll-lead", reads(&inject));
    let comcheck = drill.state.preparation.comcheck.as_ref().unwrap();
    assert_eq!(comcheck.answered.len(), 1);
    let all = drill.state.preparation.comcheck.as_ref().unwrap().round.messages.len();
    assert_eq!(comcheck.is_done_by(&"atoll".into()), all == 1);
    assert_eq!(team_score(&drill.state, &drill.state.teams[0]), scored, "no score knows it");
    assert!(drill.state.teams[0].deliveries.is_empty(), "nor any inbox of play");
    let wrong = BTreeMap::from([("reads".into(), AnswerInput::Choice("perhaps".into()))]);
    let outcome = drill.when("basin-lead", Act::Submit { inject: inject.clone(), answers: wrong, composed_at: None });
    assert!(!outcome.is_allowed());
    // Once play has begun there is no such inject.
    given(lagoon())
        .and("facilitator", open())
        .started()
        .when("atoll-lead", reads(&inject))
        .refused(Rejection::UnknownInject(inject));
}

#[test]
fn the_list_says_what_is_missing_and_why() {
    let drill = ready();
    let of = |state: &State, present: &Present, line: ReadyLine| {
        let found = lines(state, present).into_iter().find(|state| state.line == line).unwrap();
        (found.go, found.count, found.of, found.missing)
    };
    let nobody = Present::default();
    let people = ["director", "facilitator", "atoll-lead", "basin-player"];
    let some = Present { people: people.map(Into::into).into(), clock_off: Some(Millis(-3_000)), clock_wrong: false };
    let all = 3;
    let team = |ids: &[&str]| ids.iter().map(|id| (*id).to_owned()).collect::<Vec<_>>();
    assert_eq!(of(&drill.state, &nobody, ReadyLine::Teams), (false, 0, all, team(&["atoll", "basin", "dune"])));
    assert_eq!(of(&drill.state, &some, ReadyLine::Teams), (false, 2, all, team(&["dune"])));
    assert_eq!(of(&drill.state, &some, ReadyLine::Leads), (false, 1, all, team(&["basin", "dune"])));
    assert!(of(&drill.state, &some, ReadyLine::Languages).0);
    assert_eq!(of(&drill.state, &some, ReadyLine::Standby), (true, 2, 2, Vec::new()));
    assert!(!of(&drill.state, &nobody, ReadyLine::Standby).0);
    assert!(of(&drill.state, &some, ReadyLine::Evaluators).0, "the lead evaluator marks everything");
    assert!(!of(&drill.state, &some, ReadyLine::Contacts).0);
    assert_eq!(of(&drill.state, &some, ReadyLine::Clock), (true, 3, 0, Vec::new()));
    assert!(!of(&drill.state, &nobody, ReadyLine::Clock).0, "nobody has said what time it is");
    let late = Present { clock_off: Some(Millis::minutes(3)), ..some.clone() };
    assert!(!of(&drill.state, &late, ReadyLine::Clock).0);
    assert!(!of(&drill.state, &some, ReadyLine::Comcheck).0);
    assert!(!of(&drill.state, &some, ReadyLine::Paper).0);
    let drill = drill.and("facilitator", tick(ReadyLine::Paper, true));
    assert!(of(&drill.state, &some, ReadyLine::Paper).0);
    drill.when("director", tick(ReadyLine::Teams, true)).refused(Preparing::NotByHand.into());
}

#[test]
fn evaluators_cover_every_answer_but_their_own() {
    let mut drill = ready();
    for person in ["lead-evaluator", "second-lead"] {
        drill.state.grants.remove(&person.into());
    }
    let uncovered = |drill: &Drill| {
        let found = lines(&drill.state, &Present::default());
        found.into_iter().find(|state| state.line == ReadyLine::Evaluators).unwrap()
    };
    let before = uncovered(&drill);
    assert!(before.go && before.of > 0, "one evaluator has everything: {before:?}");
    let assignment = drill.state.assignments.get_mut(&"evaluator".into()).unwrap();
    assignment.home = Some("atoll".into());
    let home = uncovered(&drill);
    assert!(!home.go && home.count < home.of && !home.missing.is_empty(), "nobody else marks atoll: {home:?}");
    drill.state.grants.retain(|_, grant| grant.role != Role::Evaluator);
    assert_eq!(uncovered(&drill).count, 0);
}

#[test]
fn the_director_signs_what_stands_and_a_tick_taken_back_voids_it() {
    let drill = given(lagoon()).and("facilitator", tick(ReadyLine::Paper, true));
    assert_eq!(sign(&drill, "facilitator"), Err(Rejection::Forbidden));
    let drill = signed(drill);
    let list = drill.state.preparation.signed.clone().expect("it is signed");
    assert_eq!(list.by, Some("director".into()));
    let paper = list.lines.iter().find(|line| line.line == ReadyLine::Paper).unwrap();
    assert_eq!((paper.go, paper.note.as_ref().and_then(|note| note.text())), (true, Some("by Ana")));
    let voided = signed(given(lagoon()).and("facilitator", tick(ReadyLine::Paper, true)));
    let voided = voided.and("facilitator", tick(ReadyLine::Paper, false));
    assert!(voided.state.preparation.signed.is_none());
    // The note that was copied goes with the one that it was copied of.
    let note = drill.state.preparation.ticks[&ReadyLine::Paper].as_ref().unwrap().part.clone();
    let erased = drill.and("director", Act::ErasePart { part: note, reason: "asked to".to_owned() });
    let left = erased.state.preparation.signed.unwrap();
    assert!(left.lines.iter().all(|line| line.note.as_ref().is_none_or(|note| note.text().is_none())));
}

#[test]
fn the_log_notes_a_start_without_a_signature() {
    let begun = |drill: &Drill| {
        let of = |event: &Event| match &event.fact {
            Fact::ExerciseStarted(begun) => Some(begun.unsigned),
            _ => None,
        };
        drill.log.iter().find_map(of)
    };
    assert_eq!(begun(&given(lagoon()).started()), Some(true));
    assert_eq!(begun(&signed(given(lagoon())).started()), Some(false));
    let mut rehearsal = given(lagoon());
    rehearsal.state.rehearsal = true;
    assert_eq!(begun(&rehearsal.started()), Some(false), "a rehearsal signs nothing");
    let text = serde_json::to_string(&Fact::ExerciseStarted(Begun::default())).unwrap();
    assert_eq!(text, r#"{"type":"exercise_started"}"#, "logs of before read as they were");
    assert!(matches!(serde_json::from_str(&text).unwrap(), Fact::ExerciseStarted(_)));
}

#[test]
fn what_was_prepared_reads_as_it_was_written() {
    let drill = signed(given(lagoon()).and("facilitator", open()).and("facilitator", tick(ReadyLine::Power, true)));
    for event in &drill.log {
        let read: Fact = serde_json::from_str(&serde_json::to_string(&event.fact).unwrap()).unwrap();
        if let (Fact::Prepared(Prepared::ComcheckSent { injects, .. }), Fact::Prepared(other)) = (&event.fact, &read) {
            assert!(matches!(other, Prepared::ComcheckSent { injects: again, .. } if again == injects));
        }
        assert_eq!(read.kind(), event.fact.kind());
    }
    assert!(drill.now >= START);
}
