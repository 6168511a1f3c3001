//! A whole drill in virtual time.

use std::collections::{BTreeMap, BTreeSet};

use drillhall::{
    bot::{
        cast::Cast,
        many::rehearse_many,
        profile::Profile,
        rehearse::{OPENS_AT, Rehearsal, RehearseError, rehearse},
    },
    engine::{
        codec,
        event::Fact,
        id::BreakId,
        plan::{Break, Condition, FieldKind, Plan, Trigger},
        state::{Stage, State},
        text::Text,
        time::Millis,
    },
    report::rehearsal::model::TriggerKind,
    scenario::{self, load_shipped},
};

use crate::scenario::fixture::{load_text, two_injects};

fn played(plan: &Plan, teams: usize, seed: u64) -> Rehearsal {
    rehearse(plan, &scenario::plan_hash(plan), &Cast::invented(plan, teams, &[]), seed).unwrap()
}

/// Everything that a log would hold of it, texts included.
fn bytes(rehearsal: &Rehearsal) -> Vec<String> {
    rehearsal
        .events
        .iter()
        .map(|event| {
            let texts: Vec<_> = event.fact.clone().prose_mut().iter().map(|prose| prose.content.clone()).collect();
            format!("{} {:?} {} {texts:?}", event.at.0, event.actor, codec::body(&event.fact))
        })
        .collect()
}

#[test]
fn the_same_seed_gives_the_same_log() {
    let plan = two_injects();
    assert_eq!(bytes(&played(&plan, 3, 1)), bytes(&played(&plan, 3, 1)));
    assert_ne!(bytes(&played(&plan, 3, 1)), bytes(&played(&plan, 3, 2)));
}

#[test]
fn nobody_rehearses_without_teams() {
    let plan = two_injects();
    let nobody = Cast::invented(&plan, 0, &[]);
    assert_eq!(rehearse(&plan, "", &nobody, 1), Err(RehearseError::NoTeams));
}

#[test]
fn every_shipped_pack_is_played_to_its_end_and_nothing_is_refused() {
    for name in scenario::shipped() {
        let plan = load_shipped(&name).unwrap_or_else(|wrong| panic!("{wrong}")).plan;
        let rehearsal = played(&plan, 6, 1);
        assert_eq!(rehearsal.refusals, [], "{name}");
        let state = State::replay(&rehearsal.events).unwrap();
        assert_eq!(state.stage(), Stage::Ended, "{name}");
        assert!(rehearsal.events.is_sorted_by_key(|event| event.at), "{name}");
        for team in &state.teams {
            for (position, inject) in plan.injects.iter().enumerate() {
                let meant = inject.is_sent() && State::is_for(inject, team);
                // What is released by hand or by a branch depends on what teams ask, do and leave undone.
                let waits =
                    matches!(inject.trigger, Trigger::Manual | Trigger::When { .. }) || inject.only_if.is_some();
                if !(meant && waits) {
                    assert_eq!(team.deliveries.contains_key(&position), meant, "{name}: {} for {}", inject.id, team.id);
                }
            }
        }
    }
}

#[test]
fn a_sample_answer_that_does_not_fit_its_form_is_told_and_play_goes_on() {
    let mut plan = two_injects();
    let form = plan.injects[0].content.form.as_mut().unwrap();
    form.fields[1].kind = FieldKind::LongText { max_chars: 5 };
    let rehearsal = played(&plan, 6, 1);
    let refused: BTreeSet<_> = rehearsal.refusals.iter().map(|refusal| refusal.why.code()).collect();
    assert_eq!(refused, BTreeSet::from(["text_too_long"]));
    assert_eq!(State::replay(&rehearsal.events).unwrap().stage(), Stage::Ended);
}

#[test]
fn play_begins_and_ends_when_the_plan_says() {
    let plan = two_injects();
    let rehearsal = played(&plan, 2, 5);
    let at = |kind| rehearsal.events.iter().find(|event| event.fact.kind() == kind).map(|event| event.at).unwrap();
    let length = plan.duration.minus(plan.opens_at);
    assert_eq!(at("exercise_created"), OPENS_AT);
    assert_eq!(at("exercise_ended").since(at("exercise_started")), length);
}

const BY_HAND: &str = r"format: 1
meta: {name: by-hand, title: By hand, tlp: clear, languages: [en], duration: 30m}
injects:
  - id: first
    kind: contextual
    at: 5m
    player: {title: First, body: It begins., channel: mail}
  - id: on-request
    kind: task
    manual: true
    player: {title: On request, body: Here is the log., channel: mail}
  - id: in-reserve
    kind: contextual
    manual: true
    audience: {teams: [low-marsh]}
    player: {title: In reserve, body: Have you thought of it?, channel: phone}
  - id: follows
    kind: contextual
    after: {inject: in-reserve, delay: 2m}
    audience: {teams: [low-marsh]}
    player: {title: Follows, body: And now., channel: phone}
";

#[test]
fn the_facilitator_sends_what_waits_for_a_hand_some_time_after_what_precedes_it() {
    let plan = load_text(BY_HAND).unwrap_or_else(|wrong| panic!("{wrong}")).plan;
    let rehearsal = played(&plan, 2, 1);
    let started = rehearsal.events.iter().find(|event| matches!(event.fact, Fact::ExerciseStarted(_))).unwrap().at;
    let mut sent = BTreeMap::new();
    let mut teams = BTreeSet::new();
    for event in &rehearsal.events {
        if let Fact::InjectReleased { inject, teams: to, .. } = &event.fact {
            sent.insert(inject.to_string(), event.at.since(started).plus(plan.opens_at).0 / Millis::minutes(1).0);
            teams.insert((inject.to_string(), to.keys().map(ToString::to_string).collect::<Vec<_>>()));
        }
    }
    assert_eq!(
        sent.into_iter().collect::<Vec<_>>(),
        [
            ("first".to_owned(), 5),
            ("follows".to_owned(), 13),
            ("in-reserve".to_owned(), 11),
            ("on-request".to_owned(), 8),
        ]
    );
    // A team that the plan names takes part, so that what is meant for it reaches somebody.
    assert!(teams.contains(&("in-reserve".to_owned(), vec!["low-marsh".to_owned()])), "{teams:?}");
}

#[test]
fn a_rehearsal_says_of_itself_that_it_is_one() {
    let rehearsal = played(&two_injects(), 2, 1);
    let body = codec::body(&rehearsal.events[0].fact);
    assert!(body.contains(r#""rehearsal":true"#), "{body}");
    assert!(rehearsal.state.rehearsal);
    assert_eq!(rehearsal.state, State::replay(&rehearsal.events).unwrap());
}

#[test]
fn a_drill_says_nothing_of_it_so_old_logs_keep_their_bytes() {
    let mut created = played(&two_injects(), 1, 1).events.swap_remove(0);
    let Fact::ExerciseCreated { rehearsal, .. } = &mut created.fact else { panic!("{created:?}") };
    *rehearsal = false;
    let body = codec::body(&created.fact);
    assert!(!body.contains("rehearsal"), "{body}");
    let read = codec::event("exercise_created", codec::VERSION, created.at, "system", &body).unwrap();
    assert_eq!(read, created);
}

const ON_DEMAND: &str = r"format: 1
meta: {name: on-demand, title: On demand, tlp: clear, languages: [en], duration: 40m}
injects:
  - id: question
    kind: task
    at: 1m
    player:
      title: Question
      body: What is it?
      channel: mail
      form:
        target: 5m
        fields:
          - {id: why, label: Why?, required: true, long_text: {max_chars: 300}}
  - id: nudge
    kind: contingency
    manual: true
    player: {title: Nudge, body: Have you seen the question?, channel: phone}
  - id: data
    kind: information_request
    manual: true
    player: {title: Data, body: Here it is., channel: mail}
  - id: follows
    kind: contextual
    after: {inject: nudge, delay: 2m}
    player: {title: Follows, body: And now., channel: phone}
  - id: out-of-reach
    kind: contextual
    at: 5m
    audience: {teams: [elsewhere]}
    player: {title: Out of reach, body: Nobody., channel: phone}
";

fn on_demand() -> Plan {
    load_text(ON_DEMAND).unwrap_or_else(|wrong| panic!("{wrong}")).plan
}

#[test]
fn contingencies_go_to_the_silent_and_data_to_those_who_ask() {
    let mut plan = on_demand();
    // Released by hand three minutes after the one before: later than the target.
    plan.injects[0].content.form.as_mut().unwrap().target = Some(Millis::minutes(2));
    let cast = Cast::invented(&plan, 3, &[Profile::Silent, Profile::Chatty, Profile::Fast]);
    let tally = rehearse_many(&plan, "", &cast, 1, 200, 2).unwrap();
    let frequencies = tally.frequencies(&plan);
    let sent = |inject: &str| frequencies.injects.iter().find(|line| line.inject.as_str() == inject).unwrap();
    assert!((200..480).contains(&sent("nudge").sent_to), "{:?}", sent("nudge"));
    assert_eq!(sent("follows").sent_to, sent("nudge").sent_to);
    assert!((200..400).contains(&sent("data").sent_to), "{:?}", sent("data"));
}

#[test]
fn many_rehearsals_say_what_never_went_out() {
    let plan = on_demand();
    // The plan names a team, so it takes part; without it, its inject reaches nobody.
    let mut cast = Cast::invented(&plan, 3, &[]);
    cast.teams.remove(0);
    let counted = rehearse_many(&plan, "", &cast, 7, 20, 1).unwrap().frequencies(&plan);
    assert_eq!(counted.runs, 20);
    assert!(counted.never.iter().any(|inject| inject.as_str() == "out-of-reach"), "{counted:?}");
    let question = &counted.injects[0];
    assert_eq!((question.runs, question.meant_for, question.sent_to), (20, 40, 40));
    assert_eq!(counted, rehearse_many(&plan, "", &cast, 7, 20, 3).unwrap().frequencies(&plan));
}

#[test]
fn the_first_of_many_is_the_same_as_one() {
    let plan = on_demand();
    let cast = Cast::invented(&plan, 4, &[]);
    let mut one = drillhall::report::rehearsal::Tally::new(plan.injects.len());
    one.take(&played(&plan, 4, 3).state);
    assert_eq!(rehearse_many(&plan, &scenario::plan_hash(&plan), &cast, 3, 1, 4).unwrap(), one);
}

#[test]
fn a_contingency_that_waits_for_silence_goes_to_the_silent() {
    let mut plan = on_demand();
    let silent = Condition::Silent { inject: plan.injects[0].id.clone(), length: Millis::minutes(25) };
    plan.injects[1].trigger = Trigger::When { condition: silent, delay: Millis(0) };
    let sent = |profile| {
        let cast = Cast::invented(&plan, 3, &[profile]);
        let counted = rehearse_many(&plan, "", &cast, 1, 20, 2).unwrap().frequencies(&plan);
        let nudge = counted.injects.iter().find(|line| line.inject.as_str() == "nudge").unwrap().clone();
        assert_eq!((nudge.trigger, nudge.meant_for), (TriggerKind::Condition, 60));
        nudge.sent_to
    };
    assert!(sent(Profile::Silent) > 45, "{}", sent(Profile::Silent));
    assert!(sent(Profile::Fast) < 5, "{}", sent(Profile::Fast));
}

#[test]
fn a_break_moves_what_staff_do_with_the_story() {
    let mut plan = on_demand();
    let title = Text::new("en", "Coffee");
    plan.breaks =
        vec![Break { id: BreakId::from("coffee"), at: Millis::minutes(2), length: Millis::minutes(15), title }];
    let rehearsal = played(&plan, 2, 1);
    let state = &rehearsal.state;
    assert_eq!(state.stage(), Stage::Ended);
    assert_eq!(state.clock.plan(state.ended_at.unwrap()), plan.duration);
    assert_eq!(state.ended_at.unwrap().since(state.started_at.unwrap()), plan.duration.plus(Millis::minutes(15)));
    assert_eq!(rehearsal.refusals, []);
}
