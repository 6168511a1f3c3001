//! Teams and roles: joining, late joining, leaving.

use drillhall::engine::{
    command::{Act, Order},
    rejection::Rejection,
    role::Role,
    state::Stage,
    text::Language,
};

use super::{
    fixture::{self, START, add_team, given, pause, release, retime, revoke, skip},
    plan::{lagoon, minutes},
};

fn seat(person: &str, role: Role, team: Option<&str>) -> Order {
    Order::Seat(fixture::seat(person, role, team))
}

fn join(id: &str, name: &str, cohort: Option<&str>) -> Act {
    let (team, language) = (id.into(), Language::from("en"));
    Act::AddTeam { team, name: name.to_owned(), language, cohort: cohort.map(Into::into), alias: None }
}

#[test]
fn a_person_takes_one_role() {
    let drill = given(lagoon()).when_ordered(seat("ana", Role::Player, Some("atoll")));
    let drill = drill.then(&["ana becomes Player of atoll"]);
    let drill = drill.when_ordered(seat("ana", Role::Observer, None)).refused(Rejection::RoleTaken("ana".into()));
    drill.when_ordered(seat("ana", Role::Player, Some("atoll"))).refused(Rejection::RoleTaken("ana".into()));
}

#[test]
fn team_roles_need_a_team_and_staff_has_none() {
    for role in Role::ALL {
        let (right, wrong) = if role.is_in_team() { (Some("atoll"), None) } else { (None, Some("atoll")) };
        given(lagoon()).when_ordered(seat("ana", role, wrong)).refused(Rejection::TeamMismatch);
        assert!(given(lagoon()).when_ordered(seat("ana", role, right)).is_allowed());
    }
    given(lagoon())
        .when_ordered(seat("ana", Role::Player, Some("cove")))
        .refused(Rejection::UnknownTeam("cove".into()));
}

#[test]
fn a_person_whose_role_is_taken_away_can_do_nothing_and_may_come_back() {
    let drill = given(lagoon()).when("director", revoke("facilitator")).then(&["facilitator leaves"]);
    let drill = drill.started().when("facilitator", pause(None)).refused(Rejection::Forbidden);
    let drill = drill.when("director", revoke("facilitator")).refused(Rejection::UnknownPerson("facilitator".into()));
    drill.when_ordered(seat("facilitator", Role::Observer, None)).then(&["facilitator becomes Observer"]);
    given(lagoon()).when("director", revoke("atoll-lead")).then(&["atoll-lead leaves of atoll"]);
}

#[test]
fn the_last_director_stays() {
    let drill = given(lagoon()).when("director", revoke("director")).refused(Rejection::LastDirector);
    let drill =
        drill.when_ordered(seat("second", Role::ExerciseDirector, None)).then(&["second becomes ExerciseDirector"]);
    let drill = drill.when("director", revoke("director")).then(&["director leaves"]);
    drill.when("second", revoke("second")).refused(Rejection::LastDirector);
}

fn enrol(id: &str) -> Order {
    Order::Enrol { team: id.into(), name: id.to_owned(), language: Language::from("en") }
}

#[test]
fn a_team_of_the_programme_joins_by_the_same_rule_without_anybody_of_the_exercise() {
    let drill = given(lagoon()).when_ordered(enrol("cove")).then(&["cove joins reef"]);
    let drill = drill.when_ordered(enrol("cove")).refused(Rejection::TeamExists("cove".into()));
    let drill = drill.when_ordered(enrol("Cove!")).refused(Rejection::BadTeamId("Cove!".into()));
    let drill = drill.started().and("director", Act::EndEx);
    drill.when_ordered(enrol("delta")).refused(Rejection::WrongStage(Stage::Ended));
}

#[test]
fn the_programme_takes_a_role_away_as_a_director_does() {
    let unseat = |person: &str| Order::Unseat { person: person.into() };
    let drill = given(lagoon()).when_ordered(unseat("atoll-lead")).then(&["atoll-lead leaves of atoll"]);
    let drill = drill.when_ordered(unseat("atoll-lead")).refused(Rejection::UnknownPerson("atoll-lead".into()));
    drill.when_ordered(unseat("director")).refused(Rejection::LastDirector);
}

#[test]
fn a_team_joins_the_cohort_named_or_the_smallest() {
    let drill = given(lagoon()).when("director", join("cove", "Cove", Some("shelf"))).then(&["cove joins shelf"]);
    let drill = drill.when("director", add_team("delta")).then(&["delta joins reef"]);
    drill.when("director", add_team("estuary")).then(&["estuary joins reef"]);
    let unknown = Rejection::UnknownCohort("sky".to_owned());
    given(lagoon()).when("director", join("cove", "Cove", Some("sky"))).refused(unknown);
    given(super::plan::empty()).when("director", add_team("cove")).then(&["cove joins no cohort"]);
}

#[test]
fn a_team_has_a_plain_id_of_its_own_and_a_name() {
    given(lagoon()).when("director", add_team("atoll")).refused(Rejection::TeamExists("atoll".into()));
    for bad in ["", "Cove", "co ve", "co/ve", "côve", &"x".repeat(41)] {
        given(lagoon()).when("director", add_team(bad)).refused(Rejection::BadTeamId(bad.into()));
    }
    given(lagoon()).when("director", join("cove", " ", None)).refused(Rejection::EmptyText);
    given(lagoon()).when("director", join("port-2", "Port", None)).then(&["port-2 joins reef"]);
}

#[test]
fn a_team_that_joins_before_startex_misses_nothing() {
    let drill = given(lagoon()).and("director", add_team("cove")).started();
    drill.when_it_is(1).then(&["warmup to atoll+basin+cove due"]);
}

#[test]
fn a_team_that_joins_late_finds_the_past_in_the_tray() {
    let drill = given(lagoon()).started().at(35).when("director", add_team("cove"));
    let drill = drill.then(&[
        "cove joins reef",
        "warmup missed for cove",
        "task missed for cove",
        "tie missed for cove",
        "reef-only missed for cove",
        "phase quiet for cove",
        "phase storm for cove",
    ]);
    assert_eq!(drill.missed("cove", 1), START.plus(minutes(35)));
    assert_eq!(drill.clocks("cove"), (2100, 2100), "its clocks read what the exercise's read");
}

#[test]
fn a_late_teams_tray_follows_its_cohort_and_the_future_comes_by_itself() {
    let drill = given(lagoon()).started().at(9).when("director", join("cove", "Cove", Some("shelf")));
    let drill = drill.then(&["cove joins shelf", "warmup missed for cove", "phase quiet for cove"]);
    let drill = drill.when_it_is(10).then(&["task to atoll+basin+cove due", "tie to atoll+basin+cove due"]);
    drill.at(29).when_it_is(30).then(&["reef-only to atoll due"]);
}

#[test]
fn a_late_team_may_join_during_a_pause() {
    let drill = given(lagoon()).started().at(5).and("director", pause(None)).at(20);
    let drill = drill.when("director", add_team("cove")).then(&["cove joins reef", "warmup missed for cove"]);
    assert_eq!(drill.clocks("cove"), (300, 300));
    assert!(!drill.team("cove").clock.is_running());
}

#[test]
fn a_late_teams_tray_is_released_and_chains_follow() {
    let drill = given(lagoon()).started().at(35).and("director", add_team("cove"));
    let drill = drill.when("director", release("task", None)).then(&["task to cove from the tray"]);
    let drill = drill.and("director", skip("tie", Some(&["cove"]))).and("director", retime("reef-only", None, 38));
    drill.when_it_is(40).then(&["reef-only to cove due", "echo to cove due"]);
}
