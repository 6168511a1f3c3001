//! Start, pause, resume, end: what each stage of an exercise allows.

use drillhall::engine::{
    command::{Act, Creation, Order},
    rejection::Rejection,
    state::{Stage, State},
    step::by_system,
    time::Rate,
};

use super::{
    acts::cancel,
    every::{every_act, in_play, ready, somebody_for},
    fixture::{Drill, START, given, lift, no_duff, pause, resume, seat},
    plan::lagoon,
};

fn created(rate: Rate) -> Result<(), Rejection> {
    let creation =
        Creation { exercise: "drill".into(), plan: lagoon(), plan_hash: String::new(), rate, rehearsal: false };
    State::create(&by_system(Order::Create(Box::new(creation)), START), START).map(|_| ())
}

#[test]
fn the_rate_lies_between_a_tenth_and_a_thousand_times_real_time() {
    for rate in [100, 1000, 1_000_000] {
        assert_eq!(created(Rate(rate)), Ok(()));
    }
    for rate in [0, 99, 1_000_001] {
        assert_eq!(created(Rate(rate)), Err(Rejection::BadRate));
    }
}

#[test]
fn a_log_opens_once_and_with_its_creation() {
    assert_eq!(State::create(&by_system(Order::Pulse, START), START), Err(Rejection::NotCreated));
    let creation =
        Creation { exercise: "2".into(), plan: lagoon(), plan_hash: String::new(), rate: Rate::REAL, rehearsal: false };
    given(lagoon()).when_ordered(Order::Create(Box::new(creation))).refused(Rejection::AlreadyCreated);
}

#[test]
fn startex_starts_the_clock_and_the_first_phase() {
    given(lagoon()).when("director", Act::StartEx).then(&["started", "phase quiet"]);
}

#[test]
fn startex_is_given_once() {
    given(lagoon()).started().when("director", Act::StartEx).refused(Rejection::WrongStage(Stage::Running));
}

#[test]
fn startex_needs_a_team() {
    let creation =
        Creation { exercise: "3".into(), plan: lagoon(), plan_hash: String::new(), rate: Rate::REAL, rehearsal: false };
    let created = State::create(&by_system(Order::Create(Box::new(creation)), START), START).unwrap();
    let mut alone = given(lagoon());
    alone.state = State::open(&created).unwrap();
    let role = drillhall::engine::role::Role::ExerciseDirector;
    alone.order(Order::Seat(seat("director", role, None))).unwrap();
    alone.when("director", Act::StartEx).refused(Rejection::NoTeams);
}

#[test]
fn everybody_pauses_and_resumes() {
    let drill = given(lagoon()).started().when("facilitator", pause(None)).then(&["paused"]);
    let drill = drill.when("facilitator", pause(None)).refused(Rejection::AlreadyPaused);
    let drill = drill.when("facilitator", resume(None)).then(&["resumed"]);
    drill.when("facilitator", resume(None)).refused(Rejection::NotPaused);
}

#[test]
fn one_team_pauses_and_resumes() {
    let drill = given(lagoon()).started().when("director", pause(Some("atoll"))).then(&["paused of atoll"]);
    assert_eq!(drill.state.stage(), Stage::Running);
    let drill = drill.when("director", pause(Some("atoll"))).refused(Rejection::AlreadyPaused);
    let drill = drill.when("director", resume(Some("basin"))).refused(Rejection::NotPaused);
    let drill = drill.when("director", pause(Some("cove"))).refused(Rejection::UnknownTeam("cove".into()));
    drill.when("director", resume(Some("atoll"))).then(&["resumed of atoll"]);
}

#[test]
fn a_pause_needs_a_reason_of_one_line() {
    let with_reason = |reason: &str| Act::Pause { team: None, reason: reason.to_owned() };
    let drill = given(lagoon()).started().when("director", with_reason("  ")).refused(Rejection::EmptyText);
    let too_long = Rejection::TextTooLong { actual: 301, limit: 300 };
    drill.when("director", with_reason(&"x".repeat(301))).refused(too_long);
}

#[test]
fn endex_ends_play_once_and_stops_time() {
    let drill = given(lagoon()).started().at(5).when("director", Act::EndEx).then(&["ended"]);
    let drill = drill.when_it_is(50).then(&[]);
    assert_eq!(drill.clocks("atoll"), (300, 300));
    drill.when("director", Act::EndEx).refused(Rejection::WrongStage(Stage::Ended));
}

#[test]
fn endex_may_come_during_a_pause_or_a_suspension() {
    given(lagoon()).started().and("director", pause(None)).when("director", Act::EndEx).then(&["ended"]);
    given(lagoon()).started().and("director", no_duff()).when("director", Act::EndEx).then(&["ended"]);
}

#[test]
fn a_stage_follows_from_what_happened() {
    let paused = || given(lagoon()).started().and("director", pause(None));
    let both = || paused().and("director", no_duff());
    assert_eq!(given(lagoon()).state.stage(), Stage::Ready);
    assert_eq!(given(lagoon()).started().state.stage(), Stage::Running);
    assert_eq!(paused().state.stage(), Stage::Paused);
    assert_eq!(both().state.stage(), Stage::Suspended);
    assert_eq!(both().and("director", lift(None)).state.stage(), Stage::Paused);
    assert_eq!(both().and("director", Act::EndEx).state.stage(), Stage::Ended);
}

#[test]
fn each_act_has_its_stages() {
    let stages: [(Stage, Build); 6] = [
        (Stage::Ready, ready),
        (Stage::Running, in_play),
        (Stage::Paused, || in_play().and("director", pause(None))),
        (Stage::Suspended, || in_play().and("planner", no_duff())),
        (Stage::Ended, || in_play().and("director", Act::EndEx)),
        (Stage::Cancelled, || in_play().and("director", cancel())),
    ];
    for (stage, drill) in stages {
        let column = stage as usize;
        for tried in every_act(&drill()) {
            let cell = tried.stages.split(' ').nth(column).expect("a cell for each stage");
            let drill = drill();
            assert_eq!(drill.state.stage(), stage);
            let outcome = drill.when(somebody_for(&tried), tried.act.clone());
            match cell {
                "y" => assert!(outcome.is_allowed(), "{stage:?}: {:?}", tried.act),
                "-" => _ = outcome.refused(Rejection::WrongStage(stage)),
                _ => assert!(!outcome.is_allowed() && !outcome.is_for_its_stage(), "{stage:?}: {:?}", tried.act),
            }
        }
    }
}

type Build = fn() -> Drill;
