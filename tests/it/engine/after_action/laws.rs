//! What holds for everything that comes after play.

use std::collections::BTreeSet;

use drillhall::engine::{codec, event::Event, state::State};

use super::acts::{add_note, feedback};
use crate::engine::{
    every::{every_act, is_after_action, reported, somebody_for},
    fixture::{Drill, choice},
};
use drillhall::engine::event::FindingKind;

/// Everything that can be done after play, done.
fn all_done() -> Drill {
    let drill = reported().and("atoll-player", add_note(FindingKind::Strength, "calm", false));
    let drill = drill.and("basin-player", feedback(&[("realism", choice("neither"))]));
    let acts = every_act(&reported()).into_iter().filter(|tried| is_after_action(tried.action));
    acts.fold(drill, |drill, tried| drill.when(somebody_for(&tried), tried.act).done())
}

#[test]
fn replay_gives_the_same_state_and_the_number_of_the_last_row() {
    let drill = all_done();
    let replayed = State::replay(&drill.log).unwrap();
    assert!(replayed == drill.state);
    assert_eq!(usize::try_from(replayed.seq), Ok(drill.log.len()));
}

#[test]
fn every_fact_keeps_its_form_in_the_log() {
    let drill = all_done();
    let kinds: BTreeSet<&str> = drill.log.iter().map(|event| event.fact.kind()).collect();
    for kind in [
        "feedback_given",
        "hot_wash_added",
        "hot_wash_moved",
        "hot_wash_merged",
        "hot_wash_withdrawn",
        "finding_edited",
        "findings_ordered",
        "finding_withdrawn",
        "signed_off",
        "corrective_action_put",
        "corrective_state_set",
        "report_proposed",
        "release_declined",
        "report_released",
    ] {
        assert!(kinds.contains(kind), "{kind}");
    }
    for Event { at, actor, fact } in &drill.log {
        let body = codec::body(fact);
        let read = codec::event(fact.kind(), codec::VERSION, *at, &codec::actor_text(actor), &body).unwrap();
        assert_eq!(codec::body(&read.fact), body);
        assert_eq!(fact.prose().len(), fact.clone().prose_mut().len());
    }
}
