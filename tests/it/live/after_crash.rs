//! What must hold of a log that a server has written which was killed again and again, and of everybody
//! who played on meanwhile.

use std::collections::{BTreeMap, BTreeSet};

use drillhall::engine::{
    event::{Event, Fact},
    id::{InjectId, TeamId},
    plan::Trigger,
    role::Role,
    state::{Call, CallStanding, Stage, State},
    text::Language,
    view::{board::Board, frames},
};
use serde_json::Value;

use super::crash::Person;

/// Everything that somebody wrote into a fact.
fn written(fact: &Fact) -> Vec<String> {
    let own = match fact {
        Fact::Paused { reason, .. }
        | Fact::InjectHeld { reason, .. }
        | Fact::InjectRecalled { reason, .. }
        | Fact::InjectExcused { reason, .. } => Some(reason.clone()),
        Fact::MessageSent { title, .. } => Some(title.get(&Language::from("en")).to_owned()),
        Fact::InjectAdded { inject } => Some(inject.content.title.get(&Language::from("en")).to_owned()),
        _ => None,
    };
    let prose = fact.prose().into_iter().filter_map(|prose| prose.text().map(ToOwned::to_owned));
    own.into_iter().chain(prose).collect()
}

pub(super) fn check_log(events: &[(i64, Event)], people: &[Person], kills: usize) {
    let facts = || events.iter().map(|(_, event)| &event.fact);
    let texts: Vec<String> = facts().flat_map(written).collect();
    let mut times: BTreeMap<&str, usize> = BTreeMap::new();
    for text in &texts {
        *times.entry(text).or_default() += 1;
    }
    for person in people {
        assert!(person.outbox.is_empty());
        assert_eq!(person.accepted.len(), usize::try_from(person.asked - person.refused).unwrap());
        // What is done without words leaves none, and control's words stand in no row if what they are about was
        // done already; what anybody else said is there once.
        let said =
            |key: &&String| !person.wordless.contains(*key) && (!person.is_bold() || times.contains_key(key.as_str()));
        for key in person.accepted.keys().filter(said) {
            assert_eq!(times.get(key.as_str()), Some(&1), "{key}");
        }
    }
    let outages = facts().filter(|fact| matches!(fact, Fact::OutageNoted { .. })).count();
    assert!((1..=kills).contains(&outages), "{outages} outages");
}

/// Control moved time and injects about: still nobody was sent anything twice, and nothing is overdue.
pub(super) fn check_control(events: &[(i64, Event)], people: &[Person]) {
    let control = people.iter().find(|person| person.viewer.role == Role::Facilitator).unwrap();
    assert!(control.accepted.len() > 15, "control did {} things", control.accepted.len());
    let kinds: BTreeSet<&str> = events.iter().map(|(_, event)| event.fact.kind()).collect();
    let wanted = [
        "break_began",
        "corrective_action_put",
        "flag_set",
        "hint_opened",
        "information_asked",
        "inject_added",
        "inject_held",
        "inject_missed",
        "inject_recalled",
        "inject_resent",
        "inject_retimed",
        "inject_skipped",
        "jumped",
        "link_cut",
        "no_duff_decided",
        "observation_noted",
        "peer_sent",
        "rate_set",
        "release_armed",
        "release_undone",
        "said",
        "shifted",
        "suspension_lifted",
        "variable_set",
    ];
    let missing: Vec<&str> = wanted.into_iter().filter(|kind| !kinds.contains(kind)).collect();
    assert!(missing.is_empty(), "no {missing:?} in {kinds:?}");
    check_calls(events);
    let mut sent: BTreeMap<(&InjectId, &TeamId), usize> = BTreeMap::new();
    for (_, event) in events {
        if let Fact::InjectReleased { inject, teams, .. } = &event.fact {
            for team in teams.keys() {
                *sent.entry((inject, team)).or_default() += 1;
            }
        }
    }
    assert!(sent.values().all(|times| *times == 1), "{sent:?}");
    let state = State::replay(events.iter().map(|(_, event)| event)).unwrap();
    assert!(state.next_deadline().is_none_or(|due| due > state.at), "something is overdue");
    check_fates(&state);
}

/// Nothing of the plan is lost on the way: what has had its time went out, or waits where staff can see it.
fn check_fates(state: &State) {
    for (position, inject) in state.plan.injects.iter().enumerate() {
        for team in state.teams.iter().filter(|_| matches!(inject.trigger, Trigger::At { .. })) {
            let waits = team.missed.contains_key(&position)
                || team.held.contains_key(&position)
                || team.detained.contains_key(&position)
                || team.armed.contains_key(&position)
                || team.due_at(position).is_some();
            let is_past = team.deliveries.contains_key(&position) || team.skipped.contains(&position);
            assert!(waits || is_past, "{} is on no list of {}", inject.id, team.id);
        }
    }
}

/// Real help came first, whoever called: nothing went to a team that stood, nobody had two calls open, and
/// play went on over none that a decision left open.
fn check_calls(events: &[(i64, Event)]) {
    let mut state = State::open(&events.first().unwrap().1).unwrap();
    let mut called: BTreeSet<bool> = BTreeSet::new();
    for (seq, event) in &events[1..] {
        match &event.fact {
            Fact::InjectReleased { teams, .. } => {
                assert!(!state.suspended, "row {seq}: something was sent while all stood");
                let mut teams = teams.keys().map(|team| state.team(team).unwrap());
                assert!(teams.all(|team| !team.suspended), "row {seq}: something was sent to a team that stood");
            }
            Fact::NoDuffRaised { team, .. } => {
                called.insert(team.is_some());
                assert!(state.calls.values().all(|call| call.by != event.actor), "row {seq}: a second call");
            }
            _ => {}
        }
        state.apply(event);
        if matches!(event.fact, Fact::SuspensionLifted { team: None, .. }) {
            let is_answered = |call: &Call| call.standing == CallStanding::TeamOnly;
            assert!(state.calls.values().all(is_answered), "row {seq}: play went on over a call");
        }
    }
    assert_eq!(called, BTreeSet::from([false, true]), "somebody of a team and somebody of the staff called");
}

/// Whatever was due was released or missed, for every team, and once.
pub(super) fn check_injects(events: &[(i64, Event)]) {
    let mut found: BTreeMap<(InjectId, TeamId), usize> = BTreeMap::new();
    for (_, event) in events {
        let (inject, teams): (_, Vec<&TeamId>) = match &event.fact {
            Fact::InjectReleased { inject, teams, .. } => (inject, teams.keys().collect()),
            Fact::InjectMissed { inject, teams, .. } => (inject, teams.iter().collect()),
            _ => continue,
        };
        for team in teams {
            *found.entry((inject.clone(), team.clone())).or_default() += 1;
        }
    }
    let state = State::replay(events.iter().map(|(_, event)| event)).unwrap();
    assert_eq!(state.stage(), Stage::Paused);
    let now = state.clock.plan(state.at);
    let due = |inject: &&drillhall::engine::plan::Inject| matches!(inject.trigger, Trigger::At { at } if at <= now);
    let due: Vec<_> = state.plan.injects.iter().filter(due).collect();
    assert!(due.len() > 2, "play was long enough: {now:?}");
    for team in &state.teams {
        for inject in &due {
            assert_eq!(found.get(&(inject.id.clone(), team.id.clone())), Some(&1), "{} for {}", inject.id, team.id);
        }
    }
    assert_eq!(found.len(), due.len() * state.teams.len(), "nothing before its time");
}

/// What everybody holds is what the log, as far as they heard of it, lets them see.
pub(super) fn check_boards(events: &[(i64, Event)], people: &[Person]) {
    let language = Language::from("en");
    for person in people {
        let mut board = Board::default();
        for (seq, event) in events.iter().take_while(|(seq, _)| *seq <= person.last_seq) {
            for frame in frames::frames(*seq, event, &language) {
                board.take(&frame);
            }
        }
        let seen = board.seen_by(&person.viewer);
        let seen: BTreeMap<String, Value> =
            seen.map(|(key, card)| (key.to_owned(), serde_json::to_value(card).unwrap())).collect();
        assert!(person.cards == seen, "{} holds {} cards, the log {}", person.name, person.cards.len(), seen.len());
    }
}
