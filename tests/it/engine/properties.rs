//! What holds for every plan and every course of play, also when clocks jump and clients lie.
//!
//! A failure prints the smallest course that shows it, and the seed to find it again.

use std::collections::{BTreeMap, BTreeSet};

use drillhall::{
    engine::{
        codec,
        command::{
            Act, ApproveRelease, Command, DecideNoDuff, DeclineRelease, LiftSuspension, Order, WithdrawFromHotWash,
        },
        event::{DuffVerdict, EntryKind, Event, Fact, Fault, HintOpened, NoDuffDecided},
        id::{InjectId, ItemId, PartId, PersonId, TeamId},
        prose::{Mint, PartContent},
        role::{Role, Sight},
        score::{board::ScoreBoard, team_score},
        state::State,
        step::{by_system, step},
        text::Language,
        time::{Millis, Timestamp},
        view::{
            Extras, Viewer,
            board::Board,
            card::{Card, Coming},
            frames::{Frame, frames},
            value::{agenda_items, clocks, scores},
        },
    },
    report::recompute::recompute,
};
use proptest::{prelude::*, strategy::ValueTree, test_runner::TestRunner};

use super::{
    after_action::acts::{merge, move_note},
    arbitrary::{About, Course, Move, Numbers, TEAMS, When, Wish, course},
    fixture::given_at_rate,
};
use crate::random::cases;

/// A played course: its state and its log.
pub(super) struct Played {
    pub(super) state: State,
    pub(super) log: Vec<Event>,
}

/// Plays a course, and shows each step's beginning, its outcome and its end to `watch`.
pub(super) fn play(course: &Course, mut watch: impl FnMut(&State, bool, &State)) -> Played {
    let drill = given_at_rate(course.plan.clone(), course.rate);
    let (mut state, mut log, mut now) = (drill.state, drill.log, drill.now);
    for (n, asked) in (0u32..).zip(&course.moves) {
        now = match asked.when {
            When::After(wait) => now.plus(wait),
            When::At(instant) => instant,
        };
        let pulse =
            |state: &mut State, at| step(state, &by_system(Order::Pulse, at), at).expect("a pulse is never refused");
        while let Some(due) = state.next_deadline().filter(|due| asked.awake && *due <= now) {
            let came = pulse(&mut state, due);
            assert!(!came.is_empty(), "a pulse at its deadline {due:?} found nothing");
            log.extend(came);
        }
        let before = state.clone();
        let outcome = step(&mut state, &command(asked, &log, now, n), now);
        watch(&before, outcome.is_ok(), &state);
        log.extend(outcome.unwrap_or_default());
    }
    Played { state, log }
}

fn command(asked: &Move, log: &[Event], now: Timestamp, n: u32) -> Command {
    let mut random = [7; 32];
    random[..4].copy_from_slice(&n.to_be_bytes());
    let order = match &asked.wish {
        Wish::Order(order) => order.clone(),
        Wish::About { what, nth } => Order::Act(about(what, *nth, log)),
    };
    let received_at = Timestamp(now.0.saturating_sub(asked.read_before.0));
    Command { actor: asked.actor.clone(), received_at, mint: Mint::new(random), order }
}

/// An act about the nth thing of its kind in the log, or about nothing.
fn about(what: &About, nth: usize, log: &[Event]) -> Act {
    let items = log.iter().filter_map(|event| match (&event.fact, what) {
        (Fact::InformationAsked { item, .. }, About::Take | About::Reply(_))
        | (Fact::NoDuffRaised { item, .. }, About::Decide(_))
        | (Fact::LogWritten { item, .. }, About::Correct) => Some(item.clone()),
        (Fact::HotWashAdded(added), About::Move(..) | About::Merge | About::Withdraw) => Some(added.item.clone()),
        (Fact::ReportProposed(proposed), About::Approve | About::Decline) => Some(proposed.item.clone()),
        _ => None,
    });
    let before = items.clone().cycle().nth(nth.saturating_sub(1));
    let item = items.cycle().nth(nth).unwrap_or_else(|| ItemId::from("none"));
    match what {
        About::Erase => {
            let part = parts(log).into_keys().nth(nth).unwrap_or_else(|| PartId::from("none"));
            Act::ErasePart { part, reason: "asked to".to_owned() }
        }
        About::Undo => {
            let armed = log.iter().rev().find_map(|event| match &event.fact {
                Fact::ReleaseArmed { inject, .. } => Some(inject.clone()),
                _ => None,
            });
            Act::UndoRelease { inject: armed.unwrap_or_else(|| InjectId::from("none")), teams: None }
        }
        About::Take => Act::TakeRequest { item },
        About::Reply(inject) => Act::AnswerRequest { item, text: Some("this".to_owned()), inject: inject.clone() },
        About::Decide(verdict) => {
            Act::DecideNoDuff(DecideNoDuff { item, verdict: *verdict, note: "we know".to_owned() })
        }
        About::Lift(team) => Act::LiftSuspension(LiftSuspension {
            team: team.clone(),
            decision: "all safe".to_owned(),
            calls: Some(open_calls(log, team.as_ref())),
        }),
        About::Move(kind, hidden) => move_note(&item, *kind, *hidden),
        About::Merge => merge(&item, before.filter(|before| *before != item).as_ref()),
        About::Withdraw => Act::WithdrawFromHotWash(WithdrawFromHotWash { item }),
        About::Approve => Act::ApproveRelease(ApproveRelease { item }),
        About::Decline => Act::DeclineRelease(DeclineRelease { item, reason: "canary-staff".to_owned() }),
        About::Correct => Act::WriteLog {
            text: "better".to_owned(),
            happened_at: None,
            inject: None,
            kind: EntryKind::default(),
            tlp: None,
            corrects: Some(item),
        },
    }
}

/// The open calls of NO DUFF, or those of one team.
fn open_calls(log: &[Event], of: Option<&TeamId>) -> BTreeSet<ItemId> {
    let mut open = BTreeSet::new();
    for event in log {
        match &event.fact {
            Fact::NoDuffRaised { item, team, .. } if of.is_none() || team.as_ref() == of => {
                open.insert(item.clone());
            }
            Fact::NoDuffDecided(NoDuffDecided { item, verdict: DuffVerdict::StandDown, .. }) => _ = open.remove(item),
            Fact::SuspensionLifted { calls: Some(calls), .. } => open.retain(|item| !calls.contains_key(item)),
            _ => {}
        }
    }
    open
}

/// The texts that a log's events carry, as the parts table would hold them.
fn parts(log: &[Event]) -> BTreeMap<PartId, PartContent> {
    let mut parts = BTreeMap::new();
    for event in log {
        for prose in event.fact.clone().prose_mut() {
            parts.extend(prose.content.clone().map(|content| (prose.part.clone(), content)));
        }
    }
    parts
}

/// An event written as a row of the log and read again, with its texts joined.
fn reread(event: &Event, parts: &BTreeMap<PartId, PartContent>) -> Event {
    let (kind, actor) = (event.fact.kind(), codec::actor_text(&event.actor));
    let mut read =
        codec::event(kind, codec::VERSION, event.at, &actor, &codec::body(&event.fact)).expect("it is readable");
    for prose in read.fact.prose_mut() {
        prose.content = parts.get(&prose.part).cloned();
    }
    read
}

fn viewers() -> Vec<Viewer> {
    let of_team = |team: &str| {
        let team = team.to_owned();
        [Role::TeamLead, Role::Player, Role::TeamModerator].map(move |role| Viewer {
            person: PersonId(format!("{team}-viewer")),
            role,
            team: Some(team.as_str().into()),
            blind: false,
            extras: Extras { scorecard: team == "atoll", ..Extras::default() },
        })
    };
    let alone = |role, sights: &[Sight]| Viewer {
        person: "viewer".into(),
        role,
        team: None,
        blind: false,
        extras: Extras { sights: sights.iter().copied().collect(), ..Extras::default() },
    };
    let staff = Role::ALL.into_iter().filter(|role| !role.is_in_team()).map(|role| alone(role, &[]));
    let sights: [&[Sight]; 3] =
        [&[Sight::GroundTruth], &[Sight::TeamLogs, Sight::Scorecards], &[Sight::GroundTruth, Sight::TeamLogs]];
    let granted = sights.map(|sights| alone(Role::Observer, sights));
    staff.chain(granted).chain(TEAMS.into_iter().flat_map(of_team)).collect()
}

fn frames_of(log: &[Event]) -> impl Iterator<Item = (&Event, Vec<Frame>)> {
    let english = Language::from("en");
    (1..).zip(log).map(move |(seq, event)| (event, frames(seq, event, &english)))
}

fn is_for(frame: &Frame, viewer: &Viewer) -> bool {
    frame.to.iter().any(|audience| viewer.is_in(audience))
}

proptest! {
    #![proptest_config(cases(64))]

    #[test]
    fn replaying_a_log_gives_the_state_that_play_gave(course in course(Numbers::Fair)) {
        let Played { state, log } = play(&course, |_, _, _| {});
        prop_assert!(State::replay(&log) == Some(state.clone()));
        let all = parts(&log);
        let read: Vec<Event> = log.iter().map(|event| reread(event, &all)).collect();
        prop_assert_eq!(&read, &log);
        let mut left = all;
        for event in &log {
            if let Fact::PartErased { part, .. } = &event.fact {
                left.remove(part);
            }
        }
        let read: Vec<Event> = log.iter().map(|event| reread(event, &left)).collect();
        prop_assert!(State::replay(&read) == Some(state), "an erased text makes a difference");
    }

    #[test]
    fn a_body_names_its_own_kind(course in course(Numbers::Fair)) {
        for event in play(&course, |_, _, _| {}).log {
            let body: serde_json::Value = serde_json::from_str(&codec::body(&event.fact)).unwrap();
            prop_assert_eq!(body["type"].as_str(), Some(event.fact.kind()));
        }
    }

    #[test]
    fn a_refusal_changes_nothing(course in course(Numbers::Fair)) {
        play(&course, |before, allowed, after| assert!(allowed || before == after));
    }

    #[test]
    fn a_pulse_finds_something_at_the_next_deadline_and_nothing_before(course in course(Numbers::Fair)) {
        play(&course, |_, allowed, state| if allowed { deadline_is_exact(state) });
    }

    /// What has passed by waits in the tray, unless a jump was asked to send it.
    #[test]
    fn no_act_leaves_anything_due_before_now_on_a_clock_that_stands(course in course(Numbers::Fair)) {
        play(&course, |before, _, after| {
            let was_due = due_by_now(before, after.at, |due, now| due <= now);
            let is_late = due_by_now(after, after.at, |due, now| due < now);
            let new: Vec<_> = is_late.difference(&was_due).collect();
            let moved = |(team, _): &&(TeamId, InjectId)| {
                let reading = |state: &State| state.team(team).map(|team| team.clock.plan(after.at));
                reading(before) != reading(after)
            };
            assert!(new.iter().all(moved), "{new:?}");
        });
    }

    #[test]
    fn no_instant_needs_pulses_without_end(course in course(Numbers::Fair)) {
        let log = play(&course, |_, _, _| {}).log;
        let of_itself = |event: &&Event| matches!(&event.fact, Fact::FaultNoted { fault: Fault::Runaway });
        prop_assert_eq!(log.iter().find(of_itself), None);
    }

    #[test]
    fn instants_never_decrease(course in course(Numbers::Fair)) {
        let log = play(&course, |_, _, _| {}).log;
        prop_assert!(log.is_sorted_by_key(|event| event.at));
    }

    #[test]
    fn the_same_commands_give_the_same_log(course in course(Numbers::Fair)) {
        let [first, second] = [(); 2].map(|()| play(&course, |_, _, _| {}).log);
        prop_assert_eq!(first, second);
    }

    #[test]
    fn points_lie_between_nought_and_what_is_attainable(course in course(Numbers::Fair)) {
        let state = play(&course, |_, _, _| {}).state;
        for score in state.teams.iter().map(|team| team_score(&state, team)) {
            prop_assert!((0..=score.attainable_milli).contains(&score.points_milli));
            prop_assert!(score.score_milli.is_none_or(|milli| (0..=100_000).contains(&milli)));
        }
    }

    #[test]
    fn a_board_that_follows_play_is_what_scoring_everything_anew_gives(course in course(Numbers::Fair)) {
        let log = play(&course, |_, _, _| {}).log;
        let (first, rest) = log.split_first().expect("a log has a beginning");
        let mut state = State::open(first).expect("it opens the log");
        let mut board = ScoreBoard::new(&state);
        for event in rest {
            state.apply(event);
            board.follow(&state, event);
            let anew = ScoreBoard::new(&state);
            prop_assert_eq!(board.teams(), anew.teams(), "after {:?}", event.fact);
        }
    }

    #[test]
    fn released_results_follow_from_the_log(course in course(Numbers::Fair)) {
        let log: Vec<(i64, Event)> = (1..).zip(play(&course, |_, _, _| {}).log).collect();
        prop_assert_eq!(recompute(&log).expect("it begins").difference, None);
    }

    #[test]
    fn hostile_numbers_do_no_harm(course in course(Numbers::Hostile)) {
        let Played { state, log } = play(&course, |_, allowed, state| if allowed { deadline_is_exact(state) });
        prop_assert!(State::replay(&log) == Some(state.clone()));
        prop_assert!(log.is_sorted_by_key(|event| event.at));
        for viewer in viewers() {
            for instant in [i64::MIN, 0, i64::MAX] {
                prop_assert_eq!(clocks(&state, &viewer, Timestamp(instant)).is_empty(), viewer.role == Role::Reviewer);
            }
            prop_assert!(scores(&state, ScoreBoard::new(&state).teams(), &viewer).len() <= TEAMS.len());
        }
        prop_assert_eq!(frames_of(&log).count(), log.len());
    }
}

/// What is on the agenda of teams whose clocks stand, and due so.
fn due_by_now(state: &State, at: Timestamp, is_so: fn(Millis, Millis) -> bool) -> BTreeSet<(TeamId, InjectId)> {
    let mut due = BTreeSet::new();
    for item in agenda_items(state) {
        for team in state.teams.iter().filter(|team| !team.clock.is_running()) {
            let is_for = item.teams.as_ref().is_none_or(|teams| teams.contains(&team.id));
            if let Coming::Inject { inject } = &item.what
                && is_for
                && is_so(item.plan_time, team.clock.plan(at))
            {
                due.insert((team.id.clone(), inject.clone()));
            }
        }
    }
    due
}

/// Right after a step nothing is due any more.
fn deadline_is_exact(state: &State) {
    let Some(due) = state.next_deadline() else { return };
    assert!(due > state.at, "a step left something due");
    let pulse = |at| state.decide(&by_system(Order::Pulse, at), at).expect("a pulse is never refused");
    assert!(pulse(Timestamp(due.0 - 1)).is_empty());
    assert!(!pulse(due).is_empty());
}

proptest! {
    #![proptest_config(cases(32))]

    /// A client keeps the last card of each key. It always holds what a newcomer would be shown.
    #[test]
    fn a_board_and_the_frames_after_it_give_every_later_board(course in course(Numbers::Fair)) {
        let log = play(&course, |_, _, _| {}).log;
        let mut board = Board::default();
        let mut clients: Vec<(Viewer, BTreeMap<String, Card>)> =
            viewers().into_iter().map(|viewer| (viewer, BTreeMap::new())).collect();
        for (_, frames) in frames_of(&log) {
            for (viewer, cards) in &mut clients {
                let own: Vec<&Frame> = frames.iter().filter(|frame| is_for(frame, viewer)).collect();
                let keys: BTreeSet<&str> = own.iter().map(|frame| frame.key.as_str()).collect();
                prop_assert_eq!(keys.len(), own.len(), "two frames of one event under one key");
                for Frame { key, card, .. } in own {
                    match card {
                        Some(card) => cards.insert(key.clone(), card.clone()),
                        None => cards.remove(key),
                    };
                }
            }
            for frame in frames {
                board.take(&frame);
            }
            for (viewer, cards) in &clients {
                let shown: Vec<(&str, &Card)> = board.seen_by(viewer).collect();
                let held: Vec<(&str, &Card)> = cards.iter().map(|(key, card)| (key.as_str(), card)).collect();
                prop_assert!(shown == held, "{viewer:?}");
            }
        }
    }

    /// Staff notes, injects that are not released to it, and anything of another team, even a name.
    #[test]
    fn nothing_reaches_a_team_that_it_may_not_see(course in course(Numbers::Fair)) {
        let log = play(&course, |_, _, _| {}).log;
        for (event, frames) in frames_of(&log) {
            for viewer in viewers().iter().filter(|viewer| viewer.role.is_in_team()) {
                let shown = frames.iter().filter(|frame| is_for(frame, viewer));
                for text in shown.map(|frame| format!("{} {}", frame.key, serde_json::to_string(&frame.card).unwrap())) {
                    prop_assert_eq!(leak(event, viewer, &text), None, "{}", text);
                }
            }
        }
    }
}

/// What a text for a member of a team holds that it must not.
fn leak(event: &Event, viewer: &Viewer, text: &str) -> Option<String> {
    let own = viewer.team.as_ref().expect("a member of a team");
    let forbidden = [
        ("canary-staff", false),
        ("canary-expected", matches!(&event.fact, Fact::TeamScoreReleased(result) if result.team == *own)),
        ("canary-hint", matches!(&event.fact, Fact::HintOpened(HintOpened { team, .. }) if team == own)),
        ("canary-other-words", matches!(&event.fact, Fact::InjectReleased { alternative: Some(_), .. })),
    ];
    if let Some((canary, _)) = forbidden.into_iter().find(|(canary, may)| !may && text.contains(canary)) {
        return Some(canary.to_owned());
    }
    // A message from another team is the one thing that a team learns of it.
    let writer = match &event.fact {
        Fact::PeerSent { from, to, .. } if to.contains_key(own) => Some(from.as_str()),
        _ => None,
    };
    let others = TEAMS.iter().filter(|team| **team != own.as_str() && writer != Some(**team));
    if let Some(other) = others.into_iter().find(|team| text.contains(**team)) {
        return Some(format!("something of {other}"));
    }
    let may_name = match &event.fact {
        Fact::InjectReleased { inject, teams, .. } if teams.contains_key(own) => Some(inject.as_str()),
        _ => None,
    };
    let bodies = text.match_indices("canary-of-").map(|(at, canary)| &text[at + canary.len()..]);
    bodies
        .filter(|rest| !may_name.is_some_and(|id| rest.starts_with(id)))
        .map(|_| "an unreleased inject".to_owned())
        .next()
}

/// The properties say little of facts that no random course brings about. The rarest have tests of
/// their own rules.
#[test]
fn random_courses_bring_nearly_every_kind_of_fact() {
    let mut runner = TestRunner::deterministic();
    let mut seen = BTreeMap::<&str, usize>::new();
    for _ in 0..150 {
        let course = course(Numbers::Fair).new_tree(&mut runner).expect("courses are never refused").current();
        for event in play(&course, |_, _, _| {}).log {
            *seen.entry(event.fact.kind()).or_default() += 1;
        }
    }
    assert!(seen.len() >= 72, "of 82 kinds: {seen:?}");
}
