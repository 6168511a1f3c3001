//! The board of the hot wash: who writes, who puts in order, and whose name stands with what.

use drillhall::{
    engine::{
        command::{Act, Actor, WithdrawFromHotWash},
        event::{Fact, FindingKind},
        id::ItemId,
        rejection::{AfterAction, Rejection},
        state::Stage,
        text::Language,
        view::{Viewer, card::Card},
    },
    live::replay::Lens,
};

use super::{
    acts::{add_note, merge, move_note, note},
    ended,
};
use crate::engine::{
    fixture::{Drill, given},
    plan::lagoon,
    views::{cards, keys, seat_of},
};

fn last_note(drill: &Drill) -> ItemId {
    let found = drill.log.iter().rev().find_map(|event| match &event.fact {
        Fact::HotWashAdded(added) => Some(added.item.clone()),
        _ => None,
    });
    found.expect("there is a note")
}

/// What stands on the board for somebody.
fn board(drill: &Drill, person: &str) -> Vec<(FindingKind, Option<String>)> {
    let notes = cards(drill, person).into_iter().filter(|(key, _)| key.starts_with("hot_wash/"));
    notes
        .filter_map(|(_, card)| if let Card::HotWash(card) = card { Some((card.kind, card.text.text)) } else { None })
        .collect()
}

fn slow() -> (FindingKind, Option<String>) {
    (FindingKind::Area, Some("too slow".to_owned()))
}

fn with_note(who: &str, anonymous: bool) -> (Drill, ItemId) {
    let drill = ended().and(who, add_note(FindingKind::Area, "too slow", anonymous));
    let item = last_note(&drill);
    (drill, item)
}

#[test]
fn everybody_sees_the_board_after_the_end_but_reviewers() {
    let note = || add_note(FindingKind::Area, "too slow", false);
    let drill = given(lagoon()).started();
    let drill = drill.when("atoll-player", note()).refused(Rejection::WrongStage(Stage::Running));
    let drill = drill.and("director", Act::EndEx).when("atoll-player", note()).then(&["Area on the board: too slow"]);
    for person in ["director", "evaluator", "observer", "actor", "atoll-player", "basin-lead"] {
        assert_eq!(board(&drill, person), [slow()], "{person}");
    }
    assert_eq!(board(&drill, "reviewer"), []);
    drill.when("reviewer", note()).refused(Rejection::Forbidden);
}

#[test]
fn a_name_is_told_to_staff_and_to_the_own_team() {
    let (drill, item) = with_note("atoll-player", false);
    let key = format!("hot_wash_source/{item}");
    let by = |person| match cards(&drill, person).remove(&key) {
        Some(Card::HotWashSource(card)) => card.by,
        _ => None,
    };
    assert_eq!(by("director"), Some("atoll-player".into()));
    assert_eq!(by("atoll-lead"), Some("atoll-player".into()));
    for person in ["basin-lead", "observer", "actor"] {
        assert_eq!(by(person), None, "{person}");
    }
}

#[test]
fn without_a_name_nobody_is_told_who_wrote_a_note() {
    let (drill, item) = with_note("atoll-player", true);
    for person in ["director", "lead-evaluator", "atoll-player", "atoll-lead", "basin-lead", "observer"] {
        let seen = cards(&drill, person);
        assert!(
            !seen.contains_key(&format!("hot_wash_own/{item}"))
                && !seen.contains_key(&format!("hot_wash_source/{item}"))
        );
        let about = seen.iter().filter(|(key, _)| key.starts_with("hot_wash"));
        for (key, card) in about {
            assert!(!serde_json::to_string(card).unwrap().contains("atoll"), "{person}: {key}");
        }
    }
}

#[test]
fn a_team_is_named_to_staff_alone_and_only_by_who_sees_it() {
    let about = |team| note(FindingKind::Strength, "calm", true, Some(team));
    let drill = ended().and("evaluator", about("atoll"));
    let key = format!("hot_wash_source/{}", last_note(&drill));
    assert!(keys(&drill, "director").contains(&key));
    assert!(!keys(&drill, "basin-lead").contains(&key) && !keys(&drill, "atoll-lead").contains(&key));
    let drill = drill.when("basin-lead", about("atoll")).refused(Rejection::UnknownTeam("atoll".into()));
    let drill = drill.when("observer", about("atoll")).refused(Rejection::UnknownTeam("atoll".into()));
    drill.when("basin-lead", about("basin")).then(&["Strength on the board: calm"]);
}

#[test]
fn who_leads_the_hot_wash_moves_hides_and_shows_again() {
    let (drill, item) = with_note("atoll-player", true);
    let drill = drill.when("lead-evaluator", move_note(&item, FindingKind::Area, true)).refused(Rejection::Forbidden);
    let drill = drill.when("facilitator", move_note(&item, FindingKind::Area, true)).then(&["note to Area, hidden"]);
    assert_eq!((board(&drill, "basin-lead"), board(&drill, "director")), (vec![], vec![]));
    assert!(keys(&drill, "director").contains(&format!("hot_wash_hidden/{item}")));
    let drill = drill.when("facilitator", move_note(&item, FindingKind::Strength, false)).then(&["note to Strength"]);
    assert_eq!(board(&drill, "basin-lead"), [(FindingKind::Strength, slow().1)]);
    assert!(!keys(&drill, "director").contains(&format!("hot_wash_hidden/{item}")));
}

#[test]
fn what_is_erased_does_not_come_back_by_moving() {
    let (drill, item) = with_note("atoll-player", false);
    let drill = drill.and("facilitator", move_note(&item, FindingKind::Area, true));
    let (part, copy) = drill
        .log
        .iter()
        .find_map(|event| match &event.fact {
            Fact::HotWashMoved(moved) => Some((moved.of.clone(), moved.text.clone().expect("it was there"))),
            _ => None,
        })
        .expect("it was moved");
    let drill = drill.and("director", Act::ErasePart { part: part.clone(), reason: "asked to".to_owned() });
    let erased: Vec<_> = drill
        .log
        .iter()
        .filter_map(|event| match &event.fact {
            Fact::PartErased { part, .. } => Some(part.clone()),
            _ => None,
        })
        .collect();
    assert!(erased.contains(&part) && erased.contains(&copy.text.part), "its copies go with it");
    let drill = drill.and("facilitator", move_note(&item, FindingKind::Area, false));
    assert_eq!(board(&drill, "basin-lead"), [(FindingKind::Area, None)]);
}

#[test]
fn notes_that_say_the_same_stand_under_one() {
    let (drill, first) = with_note("atoll-player", false);
    let drill = drill.and("basin-player", add_note(FindingKind::Area, "slow, really", false));
    let second = last_note(&drill);
    let drill = drill.and("observer", add_note(FindingKind::Area, "slow!", false));
    let third = last_note(&drill);
    let drill = drill.when("facilitator", merge(&third, Some(&second))).then(&["1 notes merged"]);
    let drill = drill.when("facilitator", merge(&second, Some(&first))).then(&["2 notes merged"]);
    let unknown = |item: &ItemId| Rejection::from(AfterAction::UnknownNote(item.clone()));
    let drill = drill.when("facilitator", merge(&first, Some(&second))).refused(unknown(&second));
    let drill = drill.when("facilitator", merge(&first, Some(&first))).refused(unknown(&first));
    let under = drill.state.after_action.board(FindingKind::Area);
    assert_eq!((under.len(), under[0].1.len()), (1, 2));
    assert!(keys(&drill, "basin-lead").contains(&format!("hot_wash_merged/{third}")));
    let drill = drill.when("facilitator", merge(&third, None)).then(&["note alone"]);
    assert!(!keys(&drill, "basin-lead").contains(&format!("hot_wash_merged/{third}")));
    let drill = drill
        .when("atoll-player", Act::WithdrawFromHotWash(WithdrawFromHotWash { item: first.clone() }))
        .then(&["note withdrawn, 1 freed"]);
    assert_eq!(drill.state.after_action.board(FindingKind::Area).len(), 2);
    let left: Vec<_> = keys(&drill, "atoll-player").into_iter().filter(|key| key.contains(first.as_str())).collect();
    assert_eq!(left, [""; 0]);
}

#[test]
fn authors_take_their_own_notes_back() {
    let (drill, item) = with_note("atoll-player", false);
    let withdraw = || Act::WithdrawFromHotWash(WithdrawFromHotWash { item: item.clone() });
    let drill = drill.when("director", withdraw()).refused(AfterAction::NotAuthor(item.clone()).into());
    let drill = drill.when("atoll-player", withdraw()).then(&["note withdrawn, 0 freed"]);
    for person in ["director", "atoll-player", "basin-lead"] {
        assert!(!keys(&drill, person).iter().any(|key| key.starts_with("hot_wash")), "{person}");
    }
    drill.when("atoll-player", withdraw()).refused(AfterAction::UnknownNote(item.clone()).into());
}

#[test]
fn the_log_does_not_say_who_wrote_a_note_without_a_name() {
    let (drill, item) = with_note("atoll-player", true);
    assert_eq!(drill.log.last().unwrap().actor, Actor::System);
    assert!(!keys(&drill, "atoll-player").contains(&format!("hot_wash_own/{item}")));
    let withdraw = Act::WithdrawFromHotWash(WithdrawFromHotWash { item: item.clone() });
    drill.when("atoll-player", withdraw).refused(AfterAction::NotAuthor(item).into());
}

#[test]
fn nobody_learns_an_author_through_borrowed_eyes() {
    let (drill, item) = with_note("atoll-player", false);
    let (viewer, director) = (seat_of("atoll-player", &drill), seat_of("director", &drill));
    let shown = |asker: &Viewer| -> Vec<String> {
        let lens = Lens { viewer: viewer.clone(), asker: asker.clone(), language: Language::from("en") };
        let rows = (1..).zip(&drill.log);
        rows.flat_map(|(seq, event)| lens.frames(seq, event)).map(|frame| frame.key).collect()
    };
    let own = format!("hot_wash_own/{item}");
    assert!(shown(&viewer).contains(&own));
    assert!(shown(&director).contains(&format!("hot_wash/{item}")) && !shown(&director).contains(&own));
}
