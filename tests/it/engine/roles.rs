//! Who may do what: every cell of role, action and relation, and that each act asks for it.

use std::collections::BTreeSet;

use drillhall::engine::{
    command::{Act, Order},
    rejection::Rejection,
    role::{Action, Relation, Role, may},
};
use utoipa::PartialSchema;

use super::{
    every::{Tried, every_act, in_play, is_after_action, ready, reported, scores_out},
    fixture::Drill,
};

/// `A`: for every team and the exercise as a whole; `o`: for the own team only; `.`: never.
#[rustfmt::skip]
const MATRIX: [(Action, &str); 32] = [
    //                     dir pla fac rol lea eva obs rev tle pla tmo
    (Action::SeePublic,      "A   A   A   A   A   A   A   .   A   A   A"),
    (Action::SeeGroundTruth, "A   A   A   .   A   A   .   .   .   .   ."),
    (Action::SeeTeam,        "A   A   A   .   A   A   .   .   o   o   o"),
    (Action::ManagePeople,   "A   .   .   .   .   .   .   .   .   .   ."),
    (Action::StartAndEnd,    "A   .   .   .   .   .   .   .   .   .   ."),
    (Action::RunClock,       "A   .   A   .   .   .   .   .   .   .   ."),
    (Action::ControlInjects, "A   .   A   .   .   .   .   .   .   .   ."),
    (Action::Receive,        ".   .   .   .   .   .   .   .   o   o   ."),
    (Action::Submit,         ".   .   .   .   .   .   .   .   o   o   ."),
    (Action::WriteTeamLog,   ".   .   .   .   .   .   .   .   o   o   ."),
    (Action::Talk,           "A   .   A   .   .   .   .   .   o   o   o"),
    (Action::TalkToStaff,    "A   .   A   A   .   .   .   .   .   .   ."),
    (Action::SpeakAsPersona, "A   .   A   A   .   .   .   .   .   .   ."),
    (Action::WriteToPeers,   ".   .   .   .   .   .   .   .   o   o   ."),
    (Action::Observe,        "A   .   A   .   A   A   A   .   .   .   o"),
    (Action::RaiseNoDuff,    "A   A   A   A   A   A   A   .   A   A   A"),
    (Action::DecideNoDuff,   "A   .   A   .   .   .   .   .   .   .   ."),
    (Action::LiftSuspension, "A   .   .   .   .   .   .   .   .   .   ."),
    (Action::Erase,          "A   .   .   .   .   .   .   .   .   .   ."),
    (Action::SeeScores,      "A   .   A   .   A   .   .   .   o   .   ."),
    (Action::Mark,           ".   .   .   .   A   A   .   .   .   .   ."),
    (Action::NoteActions,    "A   .   A   .   A   A   .   .   .   .   ."),
    (Action::Moderate,       ".   .   .   .   A   .   .   .   .   .   ."),
    (Action::RunMarking,     "A   .   .   .   A   .   .   .   .   .   ."),
    (Action::LeadTeam,       ".   .   .   .   .   .   .   .   o   .   ."),
    (Action::GiveFeedback,   ".   .   .   A   A   A   A   .   A   A   A"),
    (Action::AddToHotWash,   "A   A   A   A   A   A   A   .   A   A   A"),
    (Action::RunHotWash,     "A   .   A   .   .   .   .   .   .   .   ."),
    (Action::WriteFindings,  "A   .   .   .   A   .   .   .   .   .   ."),
    (Action::ProposeFindings,"A   .   .   .   A   A   .   .   .   .   ."),
    (Action::PlanImprovement,"A   .   A   .   A   A   .   .   o   .   ."),
    (Action::PublishReport,  "A   .   .   .   A   .   .   .   .   .   ."),
];

#[test]
fn the_matrix_holds_in_every_cell() {
    for (action, row) in MATRIX {
        let cells: Vec<&str> = row.split_whitespace().collect();
        assert_eq!(cells.len(), Role::ALL.len());
        for (role, cell) in Role::ALL.into_iter().zip(cells) {
            let own = may(role, action, Relation::Own);
            let other = may(role, action, Relation::Other);
            assert_eq!((own, other), (cell != ".", cell == "A"), "{role:?} {action:?}: {cell}");
        }
    }
}

/// A new action does not compile before it has a place here, and the place wants a row.
fn place(action: Action) -> usize {
    match action {
        Action::SeePublic => 0,
        Action::SeeGroundTruth => 1,
        Action::SeeTeam => 2,
        Action::ManagePeople => 3,
        Action::StartAndEnd => 4,
        Action::RunClock => 5,
        Action::ControlInjects => 6,
        Action::Receive => 7,
        Action::Submit => 8,
        Action::WriteTeamLog => 9,
        Action::Talk => 10,
        Action::TalkToStaff => 11,
        Action::SpeakAsPersona => 12,
        Action::WriteToPeers => 13,
        Action::Observe => 14,
        Action::RaiseNoDuff => 15,
        Action::DecideNoDuff => 16,
        Action::LiftSuspension => 17,
        Action::Erase => 18,
        Action::SeeScores => 19,
        Action::Mark => 20,
        Action::NoteActions => 21,
        Action::Moderate => 22,
        Action::RunMarking => 23,
        Action::LeadTeam => 24,
        Action::GiveFeedback => 25,
        Action::AddToHotWash => 26,
        Action::RunHotWash => 27,
        Action::WriteFindings => 28,
        Action::ProposeFindings => 29,
        Action::PlanImprovement => 30,
        Action::PublishReport => 31,
    }
}

#[test]
fn the_matrix_names_every_action_once() {
    for (index, (action, _)) in MATRIX.iter().enumerate() {
        assert_eq!(place(*action), index, "{action:?}");
    }
    assert_eq!(MATRIX.len(), place(Action::PublishReport) + 1, "the last of them");
}

fn kind(act: &Act) -> String {
    serde_json::to_value(act).expect("an act is JSON")["type"].as_str().expect("it has a type").to_owned()
}

#[test]
fn every_act_is_tried() {
    let tried: BTreeSet<String> = every_act(&in_play()).iter().map(|tried| kind(&tried.act)).collect();
    let schema = serde_json::to_value(Act::schema()).expect("a schema is JSON");
    let known = schema["oneOf"].as_array().expect("one of many").iter();
    // An act with a structure of its own is all of that and its type.
    let typed = |act: &serde_json::Value| {
        let mut parts = act["allOf"].as_array().into_iter().flatten().chain([act]);
        parts.find_map(|part| part["properties"]["type"]["enum"][0].as_str()).map(str::to_owned)
    };
    let known: BTreeSet<String> = known.map(|act| typed(act).expect("it has a type")).collect();
    assert_eq!(tried, known);
}

/// The drill in which an act makes sense: what begins an exercise does so before it began.
fn scene(tried: &Tried) -> Drill {
    let only_before = tried.stages.starts_with('y') && !tried.stages[1..].contains('y');
    match tried.act {
        Act::Appeal(_) | Act::AnswerAppeal(_) => scores_out(),
        _ if is_after_action(tried.action) => reported(),
        Act::ReleaseScores { .. } => in_play().and("director", Act::EndEx),
        _ if only_before => ready(),
        _ => in_play(),
    }
}

const PEOPLE: [(&str, Role); 11] = [
    ("director", Role::ExerciseDirector),
    ("planner", Role::Planner),
    ("facilitator", Role::Facilitator),
    ("actor", Role::RolePlayer),
    ("lead-evaluator", Role::LeadEvaluator),
    ("evaluator", Role::Evaluator),
    ("observer", Role::Observer),
    ("reviewer", Role::Reviewer),
    ("atoll-lead", Role::TeamLead),
    ("atoll-player", Role::Player),
    ("atoll-moderator", Role::TeamModerator),
];

#[test]
fn every_act_asks_the_matrix() {
    for tried in every_act(&in_play()) {
        for (person, role) in PEOPLE {
            let relation = if role.is_in_team() { Relation::Own } else { Relation::Other };
            let outcome = scene(&tried).when(person, tried.act.clone());
            let has_a_team = role.is_in_team() || !of_ones_own_team(&tried.act);
            if matches!(tried.act, Act::WithdrawFromHotWash(_)) && person != "lead-evaluator" {
                assert!(!outcome.is_allowed(), "somebody else wrote it");
            } else if matches!(tried.act, Act::DeclineRelease(_)) && person == "lead-evaluator" {
                assert!(!outcome.is_allowed(), "somebody else proposed it, and only a director declines that");
            } else if may(role, tried.action, relation) && has_a_team {
                assert!(outcome.is_allowed(), "{person} may: {:?}", tried.act);
            } else if has_a_team {
                outcome.refused(Rejection::Forbidden);
            } else {
                assert!(!outcome.is_allowed(), "{person} has no team: {:?}", tried.act);
            }
        }
        scene(&tried).when("stranger", tried.act).refused(Rejection::Forbidden);
    }
}

/// Whether only people of a team can do it, whatever their role allows beyond.
fn of_ones_own_team(act: &Act) -> bool {
    matches!(act, Act::AskInformation { .. } | Act::Say { team: None, .. })
}

#[test]
fn the_server_itself_acts_for_nobody() {
    for tried in every_act(&in_play()) {
        let refused = scene(&tried).order(Order::Act(tried.act));
        assert_eq!(refused.map(|events| events.len()), Err(Rejection::Forbidden));
    }
}
