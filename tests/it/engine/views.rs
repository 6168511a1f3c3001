//! Who sees what: names, texts and scores that must not travel further than they may.

use std::collections::{BTreeMap, BTreeSet};

use drillhall::engine::{
    command::Act,
    id::TeamId,
    plan::Preset,
    role::{Role, Sight},
    score::{Standing, board::ScoreBoard, public_standings, standings, team_score},
    text::Language,
    view::{
        Audience, Extras, Viewer,
        board::Board,
        card::{Card, LastValue},
        frames::frames,
        value::{clocks, scores},
    },
};

use super::{
    fixture::{Drill, add_team, answer, given, message, no_duff, pause, release, revoke, say, write_log},
    judging::release_scores,
    plan::{at, lagoon, manual, minutes, quiz, with},
};

fn viewer(role: Role, team: Option<&str>) -> Viewer {
    Viewer { person: "somebody".into(), role, team: team.map(Into::into), blind: false, extras: Extras::default() }
}

pub(super) fn seat_of(person: &str, drill: &Drill) -> Viewer {
    Viewer { blind: false, ..drill.state.viewer(&person.into()).expect("somebody who is here") }
}

fn board(drill: &Drill) -> Board {
    let mut board = Board::default();
    for (seq, event) in (1..).zip(&drill.log) {
        for frame in frames(seq, event, &Language::from("en")) {
            board.take(&frame);
        }
    }
    board
}

pub(super) fn keys(drill: &Drill, person: &str) -> BTreeSet<String> {
    board(drill).seen_by(&seat_of(person, drill)).map(|(key, _)| key.to_owned()).collect()
}

pub(super) fn cards(drill: &Drill, person: &str) -> BTreeMap<String, Card> {
    board(drill).seen_by(&seat_of(person, drill)).map(|(key, card)| (key.to_owned(), card.clone())).collect()
}

fn card(drill: &Drill, person: &str, prefix: &str) -> Option<Card> {
    board(drill).seen_by(&seat_of(person, drill)).find(|(key, _)| key.starts_with(prefix)).map(|(_, card)| card.clone())
}

#[test]
fn a_team_sees_its_own_injects_and_answers_and_staff_see_all() {
    let drill = given(lagoon()).started().at(12).and("director", release("news", Some(&["basin"])));
    let drill = drill.and("atoll-lead", answer("task", "right"));
    for person in ["atoll-lead", "atoll-player", "atoll-moderator"] {
        let seen = keys(&drill, person);
        assert!(seen.contains("inject/task") && seen.contains("response/task/atoll/1"));
        assert!(!seen.contains("inject/news") && !seen.contains("plan"));
    }
    assert!(!keys(&drill, "basin-lead").contains("response/task/atoll/1"));
    for person in ["director", "planner", "facilitator", "lead-evaluator", "evaluator"] {
        let seen = keys(&drill, person);
        assert!(
            seen.contains("plan") && seen.contains("released/news/basin") && seen.contains("response/task/atoll/1")
        );
    }
}

#[test]
fn the_wall_sees_what_is_public_and_one_sentence_for_guests() {
    let drill = given(lagoon()).started().at(12).and("director", release("news", None)).and("director", message(None));
    let seen = keys(&drill, "observer");
    assert!(["exercise", "started", "phase/quiet", "guest/news"].iter().all(|key| seen.contains(*key)), "{seen:?}");
    assert!(!seen.iter().any(|key| key.starts_with("inject/") || key.starts_with("person/") || key == "directory"));
    assert!(!keys(&drill, "atoll-lead").contains("guest/news"));
    assert_eq!(keys(&drill, "reviewer"), BTreeSet::new(), "reviewers wait for what is released");
}

#[test]
fn a_cohort_is_known_to_staff_only() {
    let drill = given(lagoon());
    let cohort = |person| match card(&drill, person, "team/atoll") {
        Some(Card::Team(team)) => team.cohort,
        other => panic!("{other:?}"),
    };
    assert_eq!(cohort("director"), Some("reef".into()));
    assert_eq!(cohort("atoll-lead"), None);
    assert!(card(&drill, "basin-lead", "team/atoll").is_none(), "teams do not learn of each other");
}

#[test]
fn players_do_not_learn_who_in_control_speaks() {
    let drill = given(lagoon()).and("facilitator", say(Some("atoll"), "hello"));
    let by = |person| match card(&drill, person, "said/") {
        Some(Card::Said { by, .. }) => by,
        other => panic!("{other:?}"),
    };
    assert_eq!(by("director"), Some("facilitator".into()));
    assert_eq!(by("atoll-lead"), None);
    assert!(card(&drill, "basin-lead", "said/").is_none());
}

#[test]
fn an_alarm_is_told_to_staff_and_to_the_own_team_only() {
    let drill = given(lagoon()).started().and("atoll-lead", no_duff());
    for person in ["director", "planner", "actor", "evaluator", "observer", "atoll-player"] {
        assert!(card(&drill, person, "duff/").is_some(), "{person}");
    }
    assert!(card(&drill, "basin-lead", "duff/").is_none());
    assert!(card(&drill, "basin-lead", "suspension").is_some(), "but that play stands");
}

#[test]
fn a_teams_log_pause_and_message_are_its_own() {
    let drill = given(lagoon()).started().and("atoll-lead", write_log("seen"));
    let drill = drill.and("director", pause(Some("atoll"))).and("director", message(Some("atoll")));
    for prefix in ["entry/", "pause/atoll", "message/"] {
        assert!(card(&drill, "atoll-player", prefix).is_some() && card(&drill, "director", prefix).is_some());
        assert!(card(&drill, "basin-lead", prefix).is_none() && card(&drill, "observer", prefix).is_none());
    }
}

#[test]
fn a_person_is_known_to_the_own_team_and_to_staff_until_the_role_is_taken_away() {
    let drill = given(lagoon());
    assert!(keys(&drill, "atoll-lead").contains("person/atoll-player"));
    assert!(!keys(&drill, "basin-lead").contains("person/atoll-player"));
    let drill = drill.and("director", revoke("atoll-player"));
    assert!(!keys(&drill, "atoll-lead").contains("person/atoll-player"));
    assert!(!keys(&drill, "director").contains("person/atoll-player"));
}

#[test]
fn clocks_are_shown_of_the_exercise_and_of_the_teams_in_sight() {
    let drill = given(lagoon()).started().and("director", add_team("cove"));
    let of = |role, team| -> Vec<String> {
        clocks(&drill.state, &viewer(role, team), drill.now).into_iter().map(|(key, _)| key).collect()
    };
    assert_eq!(of(Role::Facilitator, None), ["clock", "clock/atoll", "clock/basin", "clock/cove"]);
    assert_eq!(of(Role::Player, Some("atoll")), ["clock", "clock/atoll"]);
    assert_eq!(of(Role::Observer, None), ["clock"]);
    assert_eq!(of(Role::Reviewer, None), Vec::<String>::new());
}

fn score_keys(drill: &Drill, role: Role, team: Option<&str>) -> Vec<String> {
    values_of(drill, role, team).into_iter().map(|(key, _)| key).collect()
}

fn values_of(drill: &Drill, role: Role, team: Option<&str>) -> Vec<(String, LastValue)> {
    let board = ScoreBoard::new(&drill.state);
    scores(&drill.state, board.teams(), &viewer(role, team))
}

#[test]
fn staff_see_scores_as_the_matrix_says() {
    let drill = given(lagoon());
    for role in [Role::ExerciseDirector, Role::Facilitator, Role::LeadEvaluator] {
        assert_eq!(score_keys(&drill, role, None), ["score/atoll", "score/basin"]);
    }
    for role in [Role::Planner, Role::RolePlayer, Role::Evaluator, Role::Observer, Role::Reviewer] {
        assert_eq!(score_keys(&drill, role, None), Vec::<String>::new(), "{role:?}");
    }
}

#[test]
fn teams_see_their_own_points_if_the_profile_says_so() {
    let mut quiet = lagoon();
    quiet.profile.live_scores = false;
    for role in [Role::TeamLead, Role::Player, Role::TeamModerator] {
        assert_eq!(score_keys(&given(lagoon()), role, Some("atoll")), ["score/atoll"]);
        assert_eq!(score_keys(&given(quiet.clone()), role, Some("atoll")), Vec::<String>::new());
    }
}

#[test]
fn the_wall_shames_nobody_unless_the_profile_says_so() {
    let mut open = lagoon();
    open.profile.wall_scores = true;
    let drill = given(open);
    assert_eq!(score_keys(&drill, Role::Observer, None), ["scores"]);
    assert_eq!(score_keys(&drill, Role::Reviewer, None), Vec::<String>::new());
    assert_eq!(on_the_wall(&drill), (Vec::new(), false), "two teams are too few");
}

/// Name, score, quarter, and whether that is the name of a team.
type OnTheWall = (String, Option<i64>, u32, bool);

/// Name, score, quarter and whether it is named, in order; and whether that is frozen.
fn on_the_wall(drill: &Drill) -> (Vec<OnTheWall>, bool) {
    let values = values_of(drill, Role::Observer, None);
    let Some((_, LastValue::Scores { standings, frozen })) = values.into_iter().next() else { panic!("the wall") };
    let line = |line: Standing| (line.name, line.score_milli, line.band, line.named);
    (standings.into_iter().map(line).collect(), frozen)
}

/// Five teams, of which atoll has agreed to be named; atoll and basin answered right, the others not.
fn five(preset: Preset) -> Drill {
    let mut plan = with(vec![quiz(at("task", 1), Some(5)), quiz(manual("more"), None)]);
    plan.profile.wall_scores = true;
    plan.profile.preset = preset;
    plan.profile.freeze = Some(minutes(10));
    let drill = ["cove", "dune", "east"].iter().fold(given(plan), |drill, team| drill.and("director", add_team(team)));
    let drill = drill.and("atoll-lead", Act::GiveConsent { named: true }).started().at(2);
    let drill = drill.and("atoll-lead", answer("task", "right")).and("basin-lead", answer("task", "right"));
    drill.at(10)
}

#[test]
fn the_wall_names_who_agreed_and_knows_the_others_by_code() {
    let drill = five(Preset::Competition);
    let code = |team| drill.state.code_name(drill.team(team));
    let (standings, frozen) = on_the_wall(&drill);
    assert!(!frozen);
    assert!(standings.contains(&("atoll".to_owned(), Some(100_000), 1, true)));
    assert!(standings.contains(&(code("basin"), Some(100_000), 1, false)));
    assert!(standings.contains(&(code("cove"), Some(0), 2, false)), "{standings:?}");
    assert_eq!(standings.len(), 5);
}

#[test]
fn outside_a_competition_everybody_is_told_quarters_and_no_more() {
    for preset in [Preset::CapabilityBuilding, Preset::Balanced, Preset::Comcheck, Preset::ObservationOnly] {
        let drill = five(preset);
        let mut expected: Vec<(u32, String)> = [("basin", 1), ("cove", 2), ("dune", 2), ("east", 2)]
            .map(|(team, band)| (band, drill.state.code_name(drill.team(team))))
            .into();
        expected.push((1, "atoll".to_owned()));
        expected.sort();
        let (standings, _) = on_the_wall(&drill);
        assert!(standings.iter().all(|(_, score, ..)| score.is_none()), "{preset:?}: {standings:?}");
        let told: Vec<_> = standings.into_iter().map(|(name, _, band, _)| (band, name)).collect();
        assert_eq!(told, expected, "{preset:?}: by name within a quarter");
    }
}

#[test]
fn no_exact_score_leaves_for_whoever_may_see_none() {
    let frozen = || five(Preset::Balanced).when_it_is(50).then(&["5 standings frozen"]);
    for drill in [five(Preset::Balanced), frozen()] {
        for (role, team) in [(Role::Observer, None), (Role::Player, Some("cove")), (Role::TeamLead, Some("cove"))] {
            for (key, value) in values_of(&drill, role, team) {
                let told = serde_json::to_string(&value).unwrap();
                assert!(key == "score/cove" || !told.contains("_milli"), "{role:?}: {told}");
                assert!(!told.contains("basin"), "{role:?}: {told}");
            }
        }
    }
}

#[test]
fn standings_freeze_before_the_end_and_open_with_the_release() {
    let drill = five(Preset::Competition).when_it_is(50).then(&["5 standings frozen"]);
    let before = on_the_wall(&drill);
    assert!(before.1);
    let drill = drill.and("director", release("more", None)).and("atoll-lead", answer("more", "wrong"));
    assert_eq!(on_the_wall(&drill), before, "play goes on unseen");
    let drill = drill.and("director", Act::EndEx).and("lead-evaluator", release_scores());
    let (standings, frozen) = on_the_wall(&drill);
    assert!(!frozen && standings.contains(&("atoll".to_owned(), Some(50_000), 1, true)), "{standings:?}");
}

#[test]
fn the_audiences_of_a_viewer_are_those_that_the_viewer_is_in() {
    let (own, other) = (TeamId::from("atoll"), TeamId::from("basin"));
    let of_team = |team: &TeamId| {
        [Audience::Team, Audience::Lead, Audience::Moderator, Audience::Scorecard]
            .map(|audience| audience(team.clone()))
    };
    let people = ["ana", "ben"].map(|person| Audience::Person(person.into()));
    let mut every = vec![Audience::All, Audience::Control, Audience::Logs, Audience::Scorecards];
    every.extend(Role::ALL.map(Audience::Role));
    every.extend(of_team(&own).into_iter().chain(of_team(&other)).chain(people));
    let sights = [Sight::GroundTruth, Sight::TeamLogs, Sight::Scorecards].map(|sight| BTreeSet::from([sight]));
    let granted = sights.map(|sights| (Role::Observer, Extras { sights, ..Extras::default() }));
    let reads = (Role::Player, Extras { scorecard: true, ..Extras::default() });
    for (role, extras) in Role::ALL.map(|role| (role, Extras::default())).into_iter().chain(granted).chain([reads]) {
        let team = role.is_in_team().then(|| own.clone());
        let viewer = Viewer { person: "ana".into(), role, team, blind: false, extras };
        let is_in = every.iter().filter(|audience| viewer.is_in(audience)).cloned().collect();
        assert_eq!(viewer.audiences(), is_in, "{role:?}");
    }
}

#[test]
fn quarters_go_by_how_many_teams_are_better_and_need_five_scores() {
    let drill = five(Preset::Competition);
    let teams = drill.state.teams.iter();
    let mut scores: Vec<_> = teams.map(|team| team_score(&drill.state, team)).collect();
    for (score, milli) in scores.iter_mut().zip([20, 40, 50, 10, 40]) {
        score.score_milli = Some(milli);
    }
    let lines = standings(&drill.state, &scores);
    let lines: Vec<_> = lines.iter().map(|line| (line.score_milli, line.band)).collect();
    assert_eq!(lines, [(50, 1), (40, 1), (40, 1), (20, 3), (10, 4)].map(|(score, band)| (Some(score), band)));
    scores[4].score_milli = None;
    assert_eq!(standings(&drill.state, &scores), [], "four of five are too few");
}

#[test]
fn nothing_freezes_that_nobody_sees() {
    let mut plan = with(Vec::new());
    plan.profile.freeze = Some(minutes(10));
    given(plan).started().when_it_is(55).then(&[]);
}

#[test]
fn within_a_quarter_nobody_is_told_who_is_better() {
    let drill = five(Preset::Balanced);
    for best in [[50, 40, 3, 2, 1], [40, 50, 3, 2, 1]] {
        let teams = drill.state.teams.iter();
        let mut scores: Vec<_> = teams.map(|team| team_score(&drill.state, team)).collect();
        scores.iter_mut().zip(best).for_each(|(score, milli)| score.score_milli = Some(milli));
        let all = standings(&drill.state, &scores);
        let told = public_standings(&drill.state, all);
        let told: Vec<_> = told.into_iter().map(|line| (line.band, line.name)).collect();
        assert!(told.is_sorted(), "{told:?}");
        assert_eq!(told.iter().map(|(band, _)| *band).collect::<Vec<_>>(), [1, 1, 2, 3, 4]);
    }
}
