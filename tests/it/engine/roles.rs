//! Who may do what: every cell of role, action and relation, and that each act asks for it.

use drillhall::engine::{
    command::Act,
    rejection::Rejection,
    role::{Action, Relation, Role, may},
};

use super::{
    fixture::{
        Drill, acknowledge, add_team, answer, given, lift, message, no_duff, pause, release, resume, retime, say, skip,
        write_log,
    },
    plan::lagoon,
};

/// `A`: for every team and the exercise as a whole; `o`: for the own team only; `.`: never.
#[rustfmt::skip]
const MATRIX: [(Action, &str); 15] = [
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
    (Action::RaiseNoDuff,    "A   A   A   A   A   A   A   .   A   A   A"),
    (Action::LiftSuspension, "A   .   .   .   .   .   .   .   .   .   ."),
    (Action::Erase,          "A   .   .   .   .   .   .   .   .   .   ."),
    (Action::SeeScores,      "A   .   A   .   A   .   .   .   o   .   ."),
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

#[test]
fn the_matrix_names_every_action_once() {
    let named: std::collections::BTreeSet<Action> = MATRIX.iter().map(|(action, _)| *action).collect();
    assert_eq!(named.len(), MATRIX.len());
    assert_eq!(named.last(), Some(&Action::SeeScores), "the last of them: a new action needs a row");
}

/// `task` is with the teams, `tie` too; atoll is paused, play is suspended for basin.
fn in_play() -> Drill {
    let drill = given(lagoon()).started().at(12).and("director", pause(Some("atoll")));
    drill.and("basin-player", no_duff()).and("director", release("extra", None))
}

/// Each act with the action that it asks for, and what makes it succeed for somebody allowed.
fn acts() -> Vec<(Action, Act)> {
    vec![
        (Action::ManagePeople, add_team("cove")),
        (Action::ManagePeople, Act::RevokeGrant { person: "reviewer".into() }),
        (Action::StartAndEnd, Act::EndEx),
        (Action::RunClock, pause(None)),
        (Action::RunClock, resume(Some("atoll"))),
        (Action::ControlInjects, release("news", None)),
        (Action::ControlInjects, skip("news", None)),
        (Action::ControlInjects, retime("news", None, 40)),
        (Action::ControlInjects, message(None)),
        (Action::Receive, Act::NoteDelivered { inject: "task".into() }),
        (Action::Receive, Act::NoteOpened { inject: "task".into() }),
        (Action::Receive, acknowledge("task")),
        (Action::Submit, answer("task", "right")),
        (Action::WriteTeamLog, write_log("seen")),
        (Action::Talk, say(Some("atoll"), "hello")),
        (Action::RaiseNoDuff, no_duff()),
        (Action::LiftSuspension, lift(Some("basin"))),
    ]
}

#[test]
fn every_act_asks_the_matrix() {
    let people: [(&str, Role); 11] = [
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
    for (action, act) in acts() {
        for (person, role) in people {
            let relation = if role.is_in_team() { Relation::Own } else { Relation::Other };
            let outcome = in_play().when(person, act.clone());
            if may(role, action, relation) {
                assert!(outcome.is_allowed(), "{person} may: {act:?}");
            } else {
                outcome.refused(Rejection::Forbidden);
            }
        }
        in_play().when("stranger", act).refused(Rejection::Forbidden);
    }
}

#[test]
fn the_server_itself_acts_for_nobody() {
    for (_, act) in acts() {
        let mut drill = in_play();
        let refused = drill.order(drillhall::engine::command::Order::Act(act));
        assert_eq!(refused.map(|events| events.len()), Err(Rejection::Forbidden));
    }
}

/// `StartEx` and erasing need another beginning.
#[test]
fn only_the_director_starts_and_erases() {
    for person in ["planner", "facilitator", "lead-evaluator", "atoll-lead", "reviewer"] {
        given(lagoon()).when(person, Act::StartEx).refused(Rejection::Forbidden);
        let erase = Act::ErasePart { part: "nowhere".into(), reason: "x".to_owned() };
        given(lagoon()).when(person, erase).refused(Rejection::Forbidden);
    }
}
