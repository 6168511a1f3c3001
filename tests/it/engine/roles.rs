//! Who may do what, in tables that are written out by hand: every cell of role, action and relation, and every act
//! by every role. Nobody of another exercise may do any of it.

use std::collections::BTreeSet;

use drillhall::engine::{
    command::{Act, Order},
    rejection::Rejection,
    role::{Action, Role, Sight},
};
use utoipa::PartialSchema;

use super::{
    acts::{free, hold, observe, set_word, undo},
    after_action::acts::{put, set_state},
    every::{
        Tried, every_act, hand_over, in_play, is_after_action, propose_action, ready, remove, reported, scores_out,
    },
    fixture::{Drill, as_role, given, message, release, say},
    judging::delegate,
    plan::lagoon,
};
use drillhall::engine::event::CorrectiveState;

/// `A`: for every team and the exercise as a whole; `o`: for the own team only; `.`: never. Some cells ask for
/// more where the act is decided; those have tests of their own (`granting`, `answers`).
#[rustfmt::skip]
const MATRIX: [(Action, &str); 43] = [
    //                         dir pla fac rol lea eva obs rev tle pla tmo
    (Action::SeePublic,          "A   A   A   A   A   A   A   .   A   A   A"),
    (Action::SeeGroundTruth,     "A   A   A   .   A   A   .   .   .   .   ."),
    (Action::SeeTeam,            "A   A   A   .   A   A   .   .   o   o   o"),
    (Action::ReadLogs,           "A   A   A   .   A   A   .   .   o   o   o"),
    (Action::SeeComing,          "A   A   A   .   A   A   .   .   .   .   o"),
    (Action::ExportLog,          "A   A   A   .   A   A   .   .   .   .   ."),
    (Action::WritePlan,          "A   A   .   .   .   .   .   .   .   .   o"),
    (Action::ManagePeople,       "A   .   .   .   .   .   .   .   .   .   ."),
    (Action::StartAndEnd,        "A   .   .   .   .   .   .   .   .   .   ."),
    (Action::RunClock,           "A   .   A   .   .   .   .   .   .   .   ."),
    (Action::ControlInjects,     "A   .   A   .   .   .   .   .   .   .   ."),
    (Action::HoldAndRelease,     "A   .   A   .   .   .   .   .   .   .   o"),
    (Action::AddressTeam,        "A   .   A   .   .   .   .   .   .   .   o"),
    (Action::Receive,            ".   .   .   .   .   .   .   .   o   o   ."),
    (Action::Submit,             ".   .   .   .   .   .   .   .   o   o   ."),
    (Action::WriteTeamLog,       ".   .   .   .   .   .   .   .   o   o   ."),
    (Action::Talk,               "A   .   A   .   .   .   .   .   o   o   o"),
    (Action::TalkToStaff,        "A   .   A   A   .   .   .   .   .   .   ."),
    (Action::SpeakAsPersona,     "A   .   A   A   .   .   .   .   .   .   ."),
    (Action::WriteToPeers,       ".   .   .   .   .   .   .   .   o   o   ."),
    (Action::Observe,            "A   .   A   .   A   A   A   .   .   .   o"),
    (Action::RaiseNoDuff,        "A   A   A   A   A   A   A   .   A   A   A"),
    (Action::DecideNoDuff,       "A   .   A   .   .   .   .   .   .   .   ."),
    (Action::LiftSuspension,     "A   .   .   .   .   .   .   .   .   .   ."),
    (Action::Erase,              "A   .   .   .   .   .   .   .   .   .   ."),
    (Action::SeeScores,          "A   .   A   .   A   .   .   .   o   .   ."),
    (Action::ReadScorecards,     "A   A   A   .   A   A   .   .   o   o   o"),
    (Action::Mark,               ".   .   .   .   A   A   .   .   .   .   ."),
    (Action::NoteActions,        "A   .   A   .   A   A   .   .   .   .   ."),
    (Action::ProposeActions,     ".   .   .   .   .   .   .   .   .   .   o"),
    (Action::Moderate,           ".   .   .   .   A   .   .   .   .   .   ."),
    (Action::RunMarking,         "A   .   .   .   A   .   .   .   .   .   ."),
    (Action::ReleaseScores,      ".   .   .   .   A   .   .   .   .   .   ."),
    (Action::VetoScores,         "A   .   .   .   .   .   .   .   .   .   ."),
    (Action::LeadTeam,           ".   .   .   .   .   .   .   .   o   .   ."),
    (Action::GiveFeedback,       ".   .   .   A   A   A   A   .   A   A   A"),
    (Action::AddToHotWash,       "A   A   A   A   A   A   A   .   A   A   A"),
    (Action::RunHotWash,         "A   .   A   .   .   .   .   .   .   .   ."),
    (Action::WriteFindings,      "A   .   .   .   A   .   .   .   .   .   ."),
    (Action::ProposeFindings,    "A   .   .   .   A   A   .   .   .   .   ."),
    (Action::PlanImprovement,    "A   .   A   .   A   A   .   .   o   .   o"),
    (Action::ProposeImprovement, "A   .   A   .   A   A   .   .   o   o   o"),
    (Action::PublishReport,      "A   .   .   .   A   .   .   .   .   .   ."),
];

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

fn cells(row: &str) -> Vec<&str> {
    let cells: Vec<&str> = row.split_whitespace().collect();
    assert_eq!(cells.len(), Role::ALL.len(), "{row}");
    cells
}

#[test]
fn the_matrix_holds_in_every_cell_and_for_nobody_of_another_exercise() {
    let here = given(lagoon()).state;
    let mut elsewhere = given(lagoon());
    for (person, role) in PEOPLE {
        elsewhere.seat(&format!("far-{person}"), role, role.is_in_team().then_some("atoll"));
    }
    let (own, other) = ("atoll".into(), "basin".into());
    for (action, row) in MATRIX {
        for ((person, role), cell) in PEOPLE.into_iter().zip(cells(row)) {
            let may = |person: &str, state: &drillhall::engine::state::State| {
                [Some(&own), Some(&other), None].map(|team| state.allows(&person.into(), action, team))
            };
            let expected = match cell {
                "A" => [true; 3],
                "o" => [true, false, false],
                "." => [false; 3],
                _ => panic!("{cell}"),
            };
            assert_eq!(may(person, &here), expected, "{role:?} {action:?}: {cell}");
            let far = format!("far-{person}");
            assert_eq!(may(&far, &here), [false; 3], "{role:?} of another exercise: {action:?}");
            assert_eq!(may(&far, &elsewhere.state), expected, "there {role:?} may {action:?}: {cell}");
        }
    }
}

#[test]
fn an_observer_sees_more_by_an_explicit_grant_only() {
    let granted = |sights: &[Sight]| {
        let grant = as_role("observer", Role::Observer, None);
        let act =
            Act::GrantRole(drillhall::engine::command::GrantRole { sights: sights.iter().copied().collect(), ..grant });
        given(lagoon()).and("director", act).state
    };
    let truth = [Action::SeeGroundTruth, Action::SeeTeam, Action::ReadLogs, Action::ReadScorecards];
    let plain = [Action::SeePublic, Action::Observe, Action::RaiseNoDuff, Action::GiveFeedback, Action::AddToHotWash];
    for (sights, more) in [
        (&[][..], &[][..]),
        (&[Sight::GroundTruth], &truth),
        (&[Sight::TeamLogs], &[Action::ReadLogs]),
        (&[Sight::Scorecards], &[Action::ReadScorecards]),
        (&[Sight::TeamLogs, Sight::Scorecards], &[Action::ReadLogs, Action::ReadScorecards]),
    ] {
        let state = granted(sights);
        for (action, _) in MATRIX {
            let may = state.allows(&"observer".into(), action, Some(&"atoll".into()));
            assert_eq!(may, plain.contains(&action) || more.contains(&action), "{sights:?} {action:?}");
        }
    }
}

/// A new action does not compile before it has a place here, and the place wants a row.
fn place(action: Action) -> usize {
    match action {
        Action::SeePublic => 0,
        Action::SeeGroundTruth => 1,
        Action::SeeTeam => 2,
        Action::ReadLogs => 3,
        Action::SeeComing => 4,
        Action::ExportLog => 5,
        Action::WritePlan => 6,
        Action::ManagePeople => 7,
        Action::StartAndEnd => 8,
        Action::RunClock => 9,
        Action::ControlInjects => 10,
        Action::HoldAndRelease => 11,
        Action::AddressTeam => 12,
        Action::Receive => 13,
        Action::Submit => 14,
        Action::WriteTeamLog => 15,
        Action::Talk => 16,
        Action::TalkToStaff => 17,
        Action::SpeakAsPersona => 18,
        Action::WriteToPeers => 19,
        Action::Observe => 20,
        Action::RaiseNoDuff => 21,
        Action::DecideNoDuff => 22,
        Action::LiftSuspension => 23,
        Action::Erase => 24,
        Action::SeeScores => 25,
        Action::ReadScorecards => 26,
        Action::Mark => 27,
        Action::NoteActions => 28,
        Action::ProposeActions => 29,
        Action::Moderate => 30,
        Action::RunMarking => 31,
        Action::ReleaseScores => 32,
        Action::VetoScores => 33,
        Action::LeadTeam => 34,
        Action::GiveFeedback => 35,
        Action::AddToHotWash => 36,
        Action::RunHotWash => 37,
        Action::WriteFindings => 38,
        Action::ProposeFindings => 39,
        Action::PlanImprovement => 40,
        Action::ProposeImprovement => 41,
        Action::PublishReport => 42,
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

/// `y`: allowed; `.`: forbidden; `-`: the role may, but not this person or not now. Who is in a team is in the one
/// that the act is about.
#[rustfmt::skip]
const ACTS: [(&str, &str); 99] = [
    //                            dir pla fac rol lea eva obs rev tle pla tmo
    ("add_team",                   "y   .   .   .   .   .   .   .   .   .   ."),
    ("add_teams",                  "y   .   .   .   .   .   .   .   .   .   ."),
    ("comcheck",                   "y   .   y   .   .   .   .   .   .   .   ."),
    ("tick_ready",                 "y   .   y   .   .   .   .   .   .   .   ."),
    ("grant_role",                 "y   .   .   .   .   .   .   .   .   .   ."),
    ("revoke_grant",               "y   .   .   .   .   .   .   .   .   .   ."),
    ("name_organisation",          "y   .   .   .   .   .   .   .   .   .   ."),
    ("remove_member",              ".   .   .   .   .   .   .   .   y   .   ."),
    ("hand_over_lead",             "y   .   .   .   .   .   .   .   y   .   ."),
    ("show_scorecard",             ".   .   .   .   .   .   .   .   y   .   ."),
    ("veto_scores",                "y   .   .   .   .   .   .   .   .   .   ."),
    ("propose_action",             ".   .   .   .   .   .   .   .   .   .   y"),
    ("start_ex",                   "y   .   .   .   .   .   .   .   .   .   ."),
    ("schedule_start",             "y   .   .   .   .   .   .   .   .   .   ."),
    ("unschedule_start",           "y   .   .   .   .   .   .   .   .   .   ."),
    ("end_ex",                     "y   .   .   .   .   .   .   .   .   .   ."),
    ("cancel",                     "y   .   .   .   .   .   .   .   .   .   ."),
    ("pause",                      "y   .   y   .   .   .   .   .   .   .   ."),
    ("resume",                     "y   .   y   .   .   .   .   .   .   .   ."),
    ("set_rate",                   "y   .   y   .   .   .   .   .   .   .   ."),
    ("jump",                       "y   .   y   .   .   .   .   .   .   .   ."),
    ("realign",                    "y   .   y   .   .   .   .   .   .   .   ."),
    ("shift",                      "y   .   y   .   .   .   .   .   .   .   ."),
    ("fit_to_end",                 "y   .   y   .   .   .   .   .   .   .   ."),
    ("undo_fit",                   "y   .   y   .   .   .   .   .   .   .   ."),
    ("skip_break",                 "y   .   y   .   .   .   .   .   .   .   ."),
    ("cut_link",                   "y   .   y   .   .   .   .   .   .   .   ."),
    ("restore_link",               "y   .   y   .   .   .   .   .   .   .   ."),
    ("release",                    "y   .   y   .   .   .   .   .   .   .   y"),
    ("undo_release",               "y   .   y   .   .   .   .   .   .   .   y"),
    ("release_missed",             "y   .   y   .   .   .   .   .   .   .   ."),
    ("skip_missed",                "y   .   y   .   .   .   .   .   .   .   ."),
    ("skip",                       "y   .   y   .   .   .   .   .   .   .   ."),
    ("retime",                     "y   .   y   .   .   .   .   .   .   .   ."),
    ("hold",                       "y   .   y   .   .   .   .   .   .   .   y"),
    ("free",                       "y   .   y   .   .   .   .   .   .   .   y"),
    ("recall",                     "y   .   y   .   .   .   .   .   .   .   ."),
    ("resend",                     "y   .   y   .   .   .   .   .   .   .   ."),
    ("excuse",                     "y   .   y   .   .   .   .   .   .   .   ."),
    ("extend",                     "y   .   y   .   .   .   .   .   .   .   ."),
    ("amend",                      "y   -   y   .   .   .   .   .   .   .   ."),
    ("add_inject",                 "y   -   y   .   .   .   .   .   .   .   ."),
    ("name_responsible",           "y   .   y   .   .   .   .   .   .   .   ."),
    ("send_test",                  "y   .   y   .   .   .   .   .   .   .   ."),
    ("submit_for",                 "y   .   y   .   .   .   .   .   .   .   ."),
    ("acknowledge_for",            "y   .   y   .   .   .   .   .   .   .   ."),
    ("deliver_for",                "y   .   y   .   .   .   .   .   .   .   ."),
    ("set_flag",                   "y   .   y   .   .   .   .   .   .   .   ."),
    ("set_variable",               "y   -   y   .   .   .   .   .   .   .   -"),
    ("take_request",               "y   .   y   .   .   .   .   .   .   .   ."),
    ("answer_request",             "y   .   y   .   .   .   .   .   .   .   ."),
    ("send_message",               "y   .   y   .   .   .   .   .   .   .   ."),
    ("send_message as a persona",  "y   .   y   y   .   .   .   .   .   .   ."),
    ("note_delivered",             ".   .   .   .   .   .   .   .   y   y   ."),
    ("note_opened",                ".   .   .   .   .   .   .   .   y   y   ."),
    ("acknowledge",                ".   .   .   .   .   .   .   .   y   y   ."),
    ("submit",                     ".   .   .   .   .   .   .   .   y   y   ."),
    ("open_hint",                  ".   .   .   .   .   .   .   .   y   y   ."),
    ("write_log",                  ".   .   .   .   .   .   .   .   y   y   ."),
    ("write_to_peers",             ".   .   .   .   .   .   .   .   y   y   ."),
    ("say",                        "y   .   y   .   .   .   .   .   y   y   y"),
    ("say to control",             "-   -   -   -   -   -   -   -   y   y   y"),
    ("ask_information",            ".   .   .   .   .   .   .   .   y   y   y"),
    ("say_to_staff",               "y   .   y   y   .   .   .   .   .   .   ."),
    ("observe",                    "y   .   y   .   y   y   y   .   .   .   y"),
    ("raise_no_duff",              "y   y   y   y   y   y   y   .   y   y   y"),
    ("decide_no_duff",             "y   .   y   .   .   .   .   .   .   .   ."),
    ("set_hall_contact",           "y   .   y   .   .   .   .   .   .   .   ."),
    ("lift_suspension",            "y   .   .   .   .   .   .   .   .   .   ."),
    ("erase_part",                 "y   .   .   .   .   .   .   .   .   .   ."),
    ("credit_outage",              "y   .   y   .   .   .   .   .   .   .   ."),
    ("name_delegate",              ".   .   .   .   .   .   .   .   y   .   ."),
    ("give_consent",               ".   .   .   .   .   .   .   .   y   .   ."),
    ("set_marking_policy",         "y   .   .   .   y   .   .   .   .   .   ."),
    ("assign_marking",             "y   .   .   .   y   .   .   .   .   .   ."),
    ("mark",                       ".   .   .   .   y   y   .   .   .   .   ."),
    ("withdraw_mark",              ".   .   .   .   y   y   .   .   .   .   ."),
    ("rate_objective",             ".   .   .   .   y   y   .   .   .   .   ."),
    ("moderate",                   ".   .   .   .   y   .   .   .   .   .   ."),
    ("note_action",                "y   .   y   .   y   y   .   .   .   .   ."),
    ("propose_adjustment",         "y   .   .   .   y   .   .   .   .   .   ."),
    ("decide_adjustment",          "y   .   .   .   y   .   .   .   .   .   ."),
    ("release_scores",             ".   .   .   .   y   .   .   .   .   .   ."),
    ("appeal",                     ".   .   .   .   .   .   .   .   y   .   ."),
    ("answer_appeal",              ".   .   .   .   y   .   .   .   .   .   ."),
    ("give_feedback",              ".   .   .   y   y   y   y   .   y   y   y"),
    ("add_to_hot_wash",            "y   y   y   y   y   y   y   .   y   y   y"),
    ("move_in_hot_wash",           "y   .   y   .   .   .   .   .   .   .   ."),
    ("merge_in_hot_wash",          "y   .   y   .   .   .   .   .   .   .   ."),
    ("withdraw_from_hot_wash",     "-   -   -   -   y   -   -   .   -   -   -"),
    ("edit_finding",               "y   .   .   .   y   y   .   .   .   .   ."),
    ("order_findings",             "y   .   .   .   y   .   .   .   .   .   ."),
    ("withdraw_finding",           "y   .   .   .   y   .   .   .   .   .   ."),
    ("sign_off",                   "y   .   .   .   y   .   .   .   .   .   ."),
    ("put_corrective_action",      "y   .   y   .   y   y   .   .   y   y   y"),
    ("set_corrective_state",       "y   .   y   .   y   y   .   .   y   .   y"),
    ("propose_release",            "y   .   .   .   y   .   .   .   .   .   ."),
    ("approve_release",            "y   .   .   .   y   .   .   .   .   .   ."),
    ("decline_release",            "y   .   .   .   .   .   .   .   .   .   ."),
];

/// What the table calls an act.
fn called(act: &Act) -> String {
    match act {
        Act::SendMessage { persona: Some(_), .. } => "send_message as a persona".to_owned(),
        Act::Say { team: None, .. } => "say to control".to_owned(),
        other => kind(other),
    }
}

#[test]
fn every_act_is_done_by_those_whom_the_table_names() {
    let mut named: Vec<String> = every_act(&in_play()).iter().map(|tried| called(&tried.act)).collect();
    named.sort_unstable();
    let mut rows = ACTS.map(|(act, _)| act);
    rows.sort_unstable();
    assert_eq!(named, rows, "each act has one row, and each row one act");
    for tried in every_act(&in_play()) {
        let name = called(&tried.act);
        let (_, row) = ACTS.into_iter().find(|(act, _)| *act == name).expect("it has a row");
        for ((person, _), cell) in PEOPLE.into_iter().zip(cells(row)) {
            let outcome = scene(&tried).when(person, tried.act.clone());
            match cell {
                "y" => assert!(outcome.is_allowed(), "{person} may {name}: {:?}", outcome.why()),
                "." => _ = outcome.refused(Rejection::Forbidden),
                "-" => assert!(!outcome.is_allowed() && !outcome.is_forbidden(), "{person}: {name}"),
                _ => panic!("{cell}"),
            }
        }
        scene(&tried).when("stranger", tried.act.clone()).refused(Rejection::Forbidden);
    }
}

/// The people of another team can do nothing of it to this one.
#[test]
fn what_is_for_the_own_team_reaches_no_other() {
    let others = ["basin-lead", "basin-player", "basin-moderator"];
    for act in [
        release("news", Some(&["atoll"])),
        hold("news", Some(&["atoll"])),
        free("spare", Some(&["atoll"])),
        message(Some("atoll")),
        set_word("word", "atoll", "two"),
        say(Some("atoll"), "hello"),
        observe(Some("atoll"), "calm"),
        propose_action("atoll", "task", "told"),
        delegate("atoll-player", false),
        remove("atoll-player"),
        hand_over("atoll-player"),
        put("more", "atoll"),
        set_state("drill", CorrectiveState::Agreed),
    ] {
        for person in others {
            let after = matches!(act, Act::SetCorrectiveState(_) | Act::PutCorrectiveAction(_));
            let drill = if after { reported() } else { in_play() };
            let before = drill.state.clone();
            let outcome = drill.when(person, act.clone());
            assert!(!outcome.is_allowed(), "{person} did {act:?}");
            assert!(outcome.done().state == before);
        }
    }
    let drill = in_play().and("basin-moderator", undo("extra"));
    assert_eq!(drill.team("atoll").armed.len(), 1, "a moderator takes back the release to the own team alone");
}

#[test]
fn the_server_itself_acts_for_nobody() {
    for tried in every_act(&in_play()) {
        let refused = scene(&tried).order(Order::Act(tried.act));
        assert_eq!(refused.map(|events| events.len()), Err(Rejection::Forbidden));
    }
}
