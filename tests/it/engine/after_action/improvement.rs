//! The improvement plan: whose actions, which steps, and what is carried on.

use drillhall::engine::{
    after_action::candidate_objectives,
    command::{Act, PutCorrectiveAction},
    event::{
        CorrectiveActionPut,
        CorrectiveState::{self, Agreed, Deferred, Implemented, InProgress, Proposed, Rejected, Verified},
        CostBand, Fact, Scope,
    },
    rejection::{AfterAction, Judging, Rejection},
    role::Role,
    view::card::Card,
};

use super::{
    acts::{action, put, set_state, state},
    ended,
};
use crate::engine::{
    fixture::{Drill, given, revoke},
    plan::lagoon,
    views::{cards, keys},
};

const ALL: [CorrectiveState; 7] = [Proposed, Agreed, InProgress, Implemented, Verified, Rejected, Deferred];

fn of_atoll() -> Drill {
    ended().and("atoll-lead", put("tell", "atoll"))
}

fn with(change: fn(&mut PutCorrectiveAction)) -> Act {
    let mut wanted = action("tell", Scope::Event);
    change(&mut wanted);
    Act::PutCorrectiveAction(Box::new(wanted))
}

/// The same, on the way that leads there.
fn at(wanted: CorrectiveState) -> Drill {
    let way: &[CorrectiveState] = match wanted {
        Proposed => &[],
        Agreed => &[Agreed],
        InProgress => &[Agreed, InProgress],
        Implemented => &[Agreed, Implemented],
        Verified => &[Agreed, Implemented, Verified],
        Rejected => &[Rejected],
        Deferred => &[Deferred],
    };
    let by = |state| if state == Verified { "director" } else { "atoll-lead" };
    way.iter().fold(of_atoll(), |drill, step| drill.and(by(*step), state("tell", *step, Some("because"))))
}

#[test]
fn a_lead_and_a_moderator_plan_for_the_own_team_a_player_proposes_and_staff_plan_for_all() {
    let drill =
        ended().when("atoll-lead", put("tell", "atoll")).then(&["tell of team/atoll: Write down whom to tell."]);
    let drill = drill.when("atoll-lead", put("more", "basin")).refused(Rejection::Forbidden);
    let drill = drill.when("atoll-lead", with(|_| {})).refused(Rejection::Forbidden);
    let drill = drill.when("atoll-player", put("tell", "atoll")).refused(Rejection::Forbidden);
    let drill = drill.when("atoll-player", state("tell", Deferred, Some("later"))).refused(Rejection::Forbidden);
    assert!(ended().when("atoll-player", put("more", "atoll")).is_allowed(), "what is new");
    assert!(ended().when("atoll-moderator", put("more", "atoll")).is_allowed());
    ended().when("basin-moderator", put("more", "atoll")).refused(Rejection::Forbidden);
    for person in ["director", "facilitator", "lead-evaluator", "evaluator"] {
        assert!(ended().when(person, put("more", "basin")).is_allowed(), "{person}");
    }
    for person in ["planner", "actor", "observer", "reviewer"] {
        ended().when(person, put("more", "atoll")).refused(Rejection::Forbidden);
    }
    assert!(keys(&drill, "atoll-player").contains("improvement/tell"));
    assert!(keys(&drill, "evaluator").contains("improvement/tell"));
    for person in ["basin-lead", "observer", "actor", "reviewer"] {
        assert!(!keys(&drill, person).contains("improvement/tell"), "{person}");
    }
}

#[test]
fn critical_gaps_do_not_wait_for_the_end() {
    given(lagoon()).when("atoll-lead", put("tell", "atoll")).then(&["tell of team/atoll: Write down whom to tell."]);
}

#[test]
fn another_teams_action_is_none_that_a_lead_could_change() {
    let unknown = Rejection::from(AfterAction::UnknownCorrectiveAction("tell".into()));
    let drill = of_atoll().when("basin-lead", set_state("tell", Agreed)).refused(unknown.clone());
    let drill = drill.when("basin-lead", put("tell", "basin")).refused(AfterAction::ScopeFixed.into());
    let drill = drill.when("director", with(|_| {})).refused(AfterAction::ScopeFixed.into());
    assert_eq!(drill.state.after_action.corrective_actions.len(), 1);
    ended().when("basin-lead", set_state("tell", Agreed)).refused(unknown);
}

#[test]
fn days_are_days_and_come_in_order() {
    for day in ["2027-02-30", "tomorrow", "2027-3-1", "20270301", "2027-03-01T00:00", "1969-12-31"] {
        let mut wanted = action("tell", Scope::Event);
        wanted.completion = Some(day.into());
        ended().when("director", Act::PutCorrectiveAction(Box::new(wanted))).refused(AfterAction::BadDate.into());
    }
    ended().when("director", with(|it| it.completion = Some("2027-01-03".into()))).refused(AfterAction::BadDate.into());
    assert!(ended().when("director", with(|it| it.completion = it.start.clone())).is_allowed());
    assert!(ended().when("director", with(|it| it.start = None)).is_allowed());
    ended().when("director", with(|it| it.text = String::new())).refused(Rejection::EmptyText);
    ended().when("director", with(|it| it.action = "Tell them".into())).refused(Rejection::BadId);
    let unknown = AfterAction::UnknownFinding("none".into());
    ended().when("director", with(|it| it.finding = Some("none".into()))).refused(unknown.into());
}

#[test]
fn each_state_has_its_next_steps() {
    let next = |from| match from {
        Proposed => vec![Agreed, Rejected, Deferred],
        Agreed => vec![InProgress, Implemented, Rejected, Deferred],
        InProgress => vec![Implemented, Rejected, Deferred],
        Implemented => vec![InProgress, Verified],
        Verified => vec![InProgress],
        Rejected => vec![Proposed],
        Deferred => vec![Proposed, Agreed, InProgress, Rejected],
    };
    for from in ALL {
        for to in ALL {
            let outcome = at(from).when("director", state("tell", to, Some("because")));
            if next(from).contains(&to) {
                let told = format!("tell is {to:?}");
                assert_eq!(outcome.then(&[&told]).state.after_action.corrective_actions[&"tell".into()].state, to);
            } else {
                outcome.refused(AfterAction::WrongStep { from, to }.into());
            }
        }
    }
}

#[test]
fn what_nobody_owns_is_not_agreed() {
    for flaw in [|it: &mut PutCorrectiveAction| it.owner = None, |it: &mut PutCorrectiveAction| it.completion = None] {
        let drill = ended().and("director", with(flaw));
        drill.when("director", set_state("tell", Agreed)).refused(AfterAction::OwnerOrDateMissing.into());
    }
}

#[test]
fn a_second_person_verifies() {
    let drill =
        at(Implemented).when("atoll-lead", set_state("tell", Verified)).refused(Judging::SecondPersonNeeded.into());
    drill.when("director", set_state("tell", Verified)).then(&["tell is Verified"]);
}

#[test]
fn what_is_rejected_or_deferred_has_a_reason() {
    for step in [Rejected, Deferred] {
        for note in [None, Some("  ")] {
            of_atoll().when("atoll-lead", state("tell", step, note)).refused(Judging::ReasonNeeded.into());
        }
    }
    assert!(of_atoll().when("atoll-lead", set_state("tell", Agreed)).is_allowed(), "others need none");
}

#[test]
fn a_change_of_words_leaves_the_state_as_it_was() {
    let drill = at(InProgress).and("atoll-lead", put("tell", "atoll"));
    assert_eq!(drill.state.after_action.corrective_actions[&"tell".into()].state, InProgress);
}

#[test]
fn teams_do_not_learn_who_of_the_staff_decided() {
    let drill = at(Verified);
    let by = |person| match cards(&drill, person).remove("improvement_state/tell") {
        Some(Card::ImprovementState(card)) => (card.state, card.by),
        other => panic!("{other:?}"),
    };
    assert_eq!(by("facilitator"), (Verified, Some("director".into())));
    assert_eq!(by("atoll-player"), (Verified, None));
    assert!(!keys(&drill, "basin-lead").contains("improvement_state/tell"));
}

#[test]
fn an_action_is_overdue_after_its_day_while_something_is_left_to_do() {
    let overdue =
        |state, day: &str| at(state).state.after_action.corrective_actions[&"tell".into()].is_overdue(&day.into());
    assert!(!overdue(Agreed, "2027-03-31") && overdue(Agreed, "2027-04-01"));
    for (state, expected) in [
        (Proposed, true),
        (InProgress, true),
        (Deferred, true),
        (Implemented, false),
        (Verified, false),
        (Rejected, false),
    ] {
        assert_eq!(overdue(state, "2028-01-01"), expected, "{state:?}");
    }
}

#[test]
fn what_nobody_verified_is_carried_into_the_next_exercise() {
    for state in ALL {
        let candidates = candidate_objectives(&at(state).state);
        let found: Vec<_> = candidates.iter().map(|it| (it.action.as_str(), it.state)).collect();
        let expected = if matches!(state, Verified | Rejected) { vec![] } else { vec![("tell", state)] };
        assert_eq!(found, expected);
    }
}

#[test]
fn it_stays_open_when_the_exercise_was_called_off_and_its_lead_left() {
    let mut drill = of_atoll();
    drill.seat("other-lead", Role::TeamLead, Some("atoll"));
    let drill = drill.and("director", revoke("atoll-lead"));
    drill.when("other-lead", set_state("tell", Agreed)).then(&["tell is Agreed"]);
}

#[test]
fn what_an_action_costs_is_said_in_bands_and_old_logs_say_nothing() {
    let drill = of_atoll();
    let Some(Card::Improvement(card)) = cards(&drill, "atoll-player").remove("improvement/tell") else {
        panic!("a card");
    };
    assert_eq!(card.cost, Some(CostBand::Medium));
    let Some(Fact::CorrectiveActionPut(put)) = drill.log.last().map(|event| event.fact.clone()) else {
        panic!("it was put");
    };
    let mut old = (*put).clone();
    old.cost = None;
    let written = serde_json::to_value(&old).unwrap();
    assert!(written.get("cost").is_none(), "the hash of an old row stays as it was: {written}");
    let read: CorrectiveActionPut = serde_json::from_value(written).unwrap();
    assert_eq!(read.cost, None);
}
